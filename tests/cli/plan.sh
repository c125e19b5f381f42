#!/usr/bin/env bash
# The room before the AMT: in dollars and shares, with a ledger and without, and what bounds it.
set -euo pipefail
source "$(dirname "$0")/support/same.sh"
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work LC_ALL=C.UTF-8
unset DUALBASIS_LEDGER XDG_DATA_HOME COLUMNS || true
has() { # what, words, text
	grep -qF -- "$2" <<<"$(tr '\n' ' ' <<<"$3" | tr -s ' ')" || {
		echo "FAILED: $1: no \"$2\" in"
		echo "$3"
		failed=1
	}
}
room() { # filter, words of the command
	local filter=$1
	shift
	"$dualbasis" plan room "$@" --json | jq -r ".data | $filter"
}

# ---- without a ledger ----
# EX-055, EX-057, EX-058, EX-056, EX-004 and R-104.
same "EX-055" 34511.53 "$(room .room 2025 status=single wages=150000)"
same "EX-055 in shares" "383 amt 0%" \
	"$(room '"\(.shares) \(.binding) \(.margin)"' 2025 status=single wages=150000 --strike 1 --price 91 --shares 10000 --margin 0)"
same "a margin of 5% if nothing is said" "364 amt 5% 32785.95" \
	"$(room '"\(.shares) \(.binding) \(.margin) \(.usable)"' 2025 status=single wages=150,000 --strike 1 --price 91)"
same "EX-057" 33925.00 "$(room .room 2024 status=single wages=150000)"
same "EX-058" 27480.76 "$(room .room 2021 status=single wages=150000)"
same "EX-056 by the standard deduction" 41823.07 "$(room .room 2025 status=single wages=265750)"
same "EX-056 itemizing" 57573.07 "$(room .room 2025 status=single wages=250000 deduction=itemized)"
for pair in 250000:34307.69 300000:30461.53 500000:24121.42 800000:94337.50 1500000:179073.21; do
	same "R-104, wages of ${pair%:*}" "${pair#*:}" "$(room .room 2026 status=mfj "wages=${pair%:*}")"
done
same "F-025" 51 "$(room .shares 2026 status=mfj wages=500000 --strike 56 --price 526 --margin 0)"

# F-020, F-026: the form says the same, and one share more owes.
amt() { # year, figures as a row of compute
	printf 'year,status,wages,iso_spread\n%s\n' "$1" | "$dualbasis" compute --cents --lines f6251.11 | tail -n 1
}
same "AMT at the room" 0.00 "$(amt 2025,single,150000,34511.53)"
same "AMT a dollar on" 0.26 "$(amt 2025,single,150000,34512.53)"
same "AMT at 383 shares" 0.00 "$(amt 2025,single,150000,34470)"
same "AMT at 384 shares" 12.60 "$(amt 2025,single,150000,34560)"
same "as printed in whole dollars" 34513.49 "$(room .form_room 2025 status=single wages=150000)"
same "as printed in cents" 34511.55 "$(room .form_room 2025 status=single wages=150000 --cents)"
same "the Tax Table and the rate schedule" "47605.23 47605.23 47618.23" \
	"$(room .room 2025 status=single wages=60001 --schedule) $(room .room 2025 status=single wages=60001 --schedule --cents) $(room .room 2025 status=single wages=60001)"

same "no price" "null no grant and no price are given, --strike DOLLARS --price DOLLARS" \
	"$(room '"\(.shares) \(.shares_reason)"' 2025 status=single wages=150000)"
same "under water" "null no_spread" \
	"$(room '"\(.shares) \(.binding)"' 2025 status=single wages=150000 --strike 91 --price 91)"
same "all shares there are" "300 shares" \
	"$(room '"\(.shares) \(.binding)"' 2025 status=single wages=150000 --strike 1 --price 91 --shares 300)"
same "AMT is owed already" "0.00 0 amt_owed_already 4027.00" \
	"$(room '"\(.room) \(.shares) \(.binding) \(.amt_already)"' 2025 status=single wages=150000 iso_spread=50000 --strike 1 --price 91)"
same "sizes, with the AMT of each" "none 0 0.00
fitting 364 0.00
room 383 0.00
one_more 384 12.60
quarter 2500 50483.00
half 5000 113483.00
all 10000 264151.00" "$(room '.exercises[] | "\(.size) \(.shares) \(.amt)"' 2025 status=single wages=150000 --strike 1 --price 91 --shares 10000)"
same "what was counted" "wages=150000.00 deduction=standard" \
	"$(room '[.figures[] | "\(.name)=\(.value)"] | join(" ")' 2025 status=single wages=150000 deduction=standard)"
same "the forms of 2026 are drafts, those of 2025 not" "true false" \
	"$(room '.draft != null' 2026 status=mfj) $(room '.draft != null' 2025 status=mfj)"
has "in words" "Room: more spread, with AMT still zero 34,511.53" "$("$dualbasis" plan room 2025 status=single wages=150000)"
[ ! -e "$work/.local" ] || {
	echo "FAILED: a plan without a ledger made a file"
	failed=1
}

# ---- with a ledger ----
export DUALBASIS_LEDGER=$work/ledger.dualbasis
"$dualbasis" init >/dev/null
record=("$dualbasis" record)
"${record[@]}" grant --id G1 --kind iso --symbol ACME --date 2019-01-02 --shares 10000 --strike 1.00 >/dev/null
"${record[@]}" grant --id G2 --kind iso --symbol ACME --date 2020-01-02 --shares 4000 --strike 8.00 >/dev/null
"${record[@]}" grant --id N1 --kind nso --symbol ACME --date 2020-01-02 --shares 4000 --strike 8.00 >/dev/null
"${record[@]}" exercise --symbol ACME --grant G1 --date 2022-03-01 --shares 4000 --strike 1.00 --fmv 31.00 >/dev/null
for year in 2022 2023 2024; do
	"$dualbasis" fact $year status=single wages=150000 >/dev/null
done
same "a year without a status is asked for" "3 missing_facts" \
	"$("$dualbasis" plan room 2025 --json | jq -r '.error.code' | sed "s/^/$("$dualbasis" plan room 2025 >/dev/null 2>&1 || echo $?) /")"

before=$(sha256sum <ledger.dualbasis)
same "figures of the command alone" 34511.53 "$(room .room 2025 status=single wages=150000)"
same "the ledger is as it was" "$before" "$(sha256sum <ledger.dualbasis)"
"$dualbasis" fact 2025 status=single wages=150000 >/dev/null
same "figures of the ledger" "34511.53 0.00" "$(room '"\(.room) \(.spread_counted)"' 2025)"
same "one in place of the ledger's" "$(room .room 2025 status=mfj wages=300000)" \
	"$(room .room 2025 status=mfj wages=300000 --ledger ledger.dualbasis)"
same "what is left of the ISO grants" "G1 ACME 1.00 6000
G2 ACME 8.00 4000" "$(room '.grants[] | "\(.grant) \(.symbol) \(.strike) \(.left)"' 2025)"

# An exercise of the year comes off the room, dollar for dollar.
"${record[@]}" exercise --symbol ACME --grant G1 --date 2025-03-01 --shares 500 --strike 1.00 --fmv 21.00 >/dev/null
same "after an exercise" "24511.53 10000.00" "$(room '"\(.room) \(.spread_counted)"' 2025)"
same "the grants share the room" "1791 amt 23283.00
G1 0 1164
G2 1791 1791" "$(room '"\(.shares) \(.binding) \(.exercises[1].spread)", (.grants[] | "\(.grant) \(.shares) \(.alone)")' 2025 --price 21)"
same "one grant alone" "1164 amt G1" "$(room '"\(.shares) \(.binding) \([.grants[].grant] | join(" "))"' 2025 --price 21 --grant G1)"
same "the room is not free" "6373.00" "$(room .exercises[0].credit_used 2025)"
has "the room is not free, in words" "The room is not free: a minimum tax credit is carried" "$("$dualbasis" plan room 2025)"

# A split makes two of one, at half the strike; what can be exercised by the end of the year bounds it.
"${record[@]}" split --symbol ACME --date 2025-06-02 --shares 2 --per 1 >/dev/null
same "after a split" "G1 0.50 11000
G2 4.00 8000" "$(room '.grants[] | "\(.grant) \(.strike) \(.left)"' 2025)"
"${record[@]}" exercisable --grant G2 --date 2021-01-02 --shares 100 >/dev/null
"${record[@]}" exercisable --grant G2 --date 2026-01-02 --shares 100 >/dev/null
same "exercisable by the end of 2025" "200 exercisable" "$(room '"\(.shares) \(.binding)"' 2025 --price 11 --grant G2)"
same "exercisable by the end of 2026" "300 exercisable" \
	"$(room '"\(.shares) \(.binding)"' 2026 status=single wages=150000 --price 11 --grant G2)"
"${record[@]}" symbol-change --symbol ACME --date 2025-07-01 --to NEWCO >/dev/null
same "after a change of the symbol" "NEWCO NEWCO" "$(room '[.grants[].symbol] | join(" ")' 2025)"

# Shares beyond the limit of $100,000 are no ISOs.
"${record[@]}" grant --id G3 --kind iso --symbol MICA --date 2021-01-04 --shares 30000 --strike 10.00 >/dev/null
"${record[@]}" exercisable --grant G3 --date 2022-01-04 --shares 15000 >/dev/null
"${record[@]}" exercisable --grant G3 --date 2023-01-04 --shares 15000 >/dev/null
same "beyond the limit" "20000" "$(room '.grants[] | select(.grant == "G3") | .left' 2025)"
same "one company by its symbol" "G3" "$(room '[.grants[].grant] | join(" ")' 2025 --price 11 --symbol MICA)"
has "beyond the limit, in words" "10,000 shares of grant G3 are beyond \$100,000" "$("$dualbasis" plan room 2025 --price 11 --symbol MICA)"

# A grant that another supersedes is left in that one; a used one is not there.
"${record[@]}" grant --id G4 --kind iso --symbol MICA --date 2025-08-01 --shares 30000 --strike 9.00 --fmv 9.00 --supersedes G3 >/dev/null
same "superseded" "G4" "$(room '[.grants[] | select(.symbol == "MICA") | .grant] | join(" ")' 2025)"

# Options assumed in a merger are those of the new company; of cash only the company knows.
"${record[@]}" grant --id M1 --kind iso --symbol OPAL --date 2021-01-04 --shares 900 --strike 6.00 >/dev/null
"${record[@]}" merger --symbol OPAL --date 2024-02-01 --to TOPAZ --shares 1 --per 3 >/dev/null
same "assumed in a merger" "M1 TOPAZ 18.00 300" \
	"$(room '.grants[] | select(.grant == "M1") | "\(.grant) \(.symbol) \(.strike) \(.left)"' 2025)"
"${record[@]}" grant --id M2 --kind iso --symbol RUBY --date 2021-01-04 --shares 900 --strike 6.00 >/dev/null
"${record[@]}" merger --symbol RUBY --date 2024-02-01 --cash 20.00 >/dev/null
same "cashed out" "" "$(room '.grants[] | select(.grant == "M2") | .grant' 2025)"

# A warning where employment has ended.
"${record[@]}" left --symbol MICA --date 2025-11-03 >/dev/null
has "employment has ended" "Employment ended on 2025-11-03" "$("$dualbasis" plan room 2025 --price 11 --symbol MICA)"

# ---- one exercise ----
exercise() { # filter, words of the command
	local filter=$1
	shift
	"$dualbasis" plan exercise "$@" --json | jq -r ".data | $filter"
}
DUALBASIS_LEDGER=nowhere
for pair in 400000:560042.00 500000:558902.00 600000:553241.00; do
	same "F-002, wages of ${pair%:*}" "${pair#*:} 1880000.00 224000.00" \
		"$(exercise '"\(.amt) \(.spread) \(.cost)"' 2026 status=mfj "wages=${pair%:*}" --strike 56 --price 526 --shares 4000)"
done
same "F-005: in the order of the form" "f6251.2i f6251.4 f6251.5 f6251.6 f6251.7 f6251.9 f6251.10 f6251.11 f8801.25 f8801.26 f1040.total_tax" \
	"$(exercise '[.lines[].line] | join(" ")' 2026 status=mfj --strike 56 --price 526 --shares 4000)"
same "F-011: at 26% of the change of the spread" "-10 97200.00 25272.00
-5 102600.00 26676.00
0 108000.00 28080.00
5 113400.00 29484.00
10 118800.00 30888.00" "$(exercise '.prices[] | "\(.percent) \(.spread) \(.amt)"' \
	2025 status=single wages=150000 iso_spread=34511.53 --strike 0 --price 108 --shares 1000 --cents)"
same "F-031: days left of the year" "363 11 2026-12-31" \
	"$(exercise .days_left 2026 status=mfj --strike 1 --price 2 --shares 1 --date 2026-01-02) $(exercise '"\(.days_left) \(.same_year_sale_until)"' 2026 status=mfj --strike 1 --price 2 --shares 1 --date 2026-12-20)"
same "AMT becomes credit where next year's form is known" "13.00 13.00 null" \
	"$(exercise '"\(.amt) \(.credit) \(.credit_reason)"' 2025 status=single wages=150000 --strike 1 --price 91 --shares 384)"
same "and is not told where it is not" "null there is no Form 8801 of 2027 yet" \
	"$(exercise '"\(.credit) \(.credit_reason)"' 2026 status=single wages=150000 --strike 1 --price 91 --shares 384)"
has "near the end of the full exemption" "AMT income comes within 10,000 of 1,000,000" \
	"$("$dualbasis" plan exercise 2026 status=mfj wages=500000 --strike 0 --price 490 --shares 1000)"
has "past it" "AMT income passes 1,000,000 by 10,000" \
	"$("$dualbasis" plan exercise 2026 status=mfj wages=500000 --strike 0 --price 510 --shares 1000)"
has "both bases" "a basis of 56.00 for the regular tax and of 526.00 for the AMT" \
	"$("$dualbasis" plan exercise 2026 status=mfj wages=500000 --strike 56 --price 526 --shares 4000)"
DUALBASIS_LEDGER=$work/ledger.dualbasis
before=$(sha256sum <ledger.dualbasis)
same "of a grant in the ledger" "G2 NEWCO 4.00 7000.00" \
	"$(exercise '"\(.grant) \(.symbol) \(.strike) \(.spread)"' 2025 --grant G2 --price 11 --shares 1000)"
same "F-001: the ledger is as it was" "$before" "$(sha256sum <ledger.dualbasis)"

# ---- two spouses ----
export DUALBASIS_LEDGER=$work/two.dualbasis
"$dualbasis" init >/dev/null
"${record[@]}" grant --id A1 --owner ann --kind iso --symbol ACME --date 2019-01-02 --shares 1000 --strike 1.00 >/dev/null
"${record[@]}" grant --id B1 --owner bea --kind iso --symbol ACME --date 2019-01-02 --shares 1000 --strike 1.00 >/dev/null
"$dualbasis" fact 2025 --owner ann status=mfs wages=150000 >/dev/null
"$dualbasis" fact 2025 --owner bea status=mfs wages=90000 >/dev/null
same "a separate return" "A1 B1" \
	"$(room '[.grants[].grant] | join(" ")' 2025 --owner ann) $(room '[.grants[].grant] | join(" ")' 2025 --owner bea)"
same "in place of both" "A1 B1" "$(room '[.grants[].grant] | join(" ")' 2025 status=mfj wages=240000)"
same "in place of one spouse's" "$(room .room 2025 status=mfs wages=200000 --owner ann)" \
	"$(DUALBASIS_LEDGER=nowhere room .room 2025 status=mfs wages=200000)"
exit $failed
