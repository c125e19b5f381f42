#!/usr/bin/env bash
# Two spouses, joint, apart and joint again: whose lots, figures, credit and losses a return has.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis LC_ALL=C.UTF-8
failed=0
same() { # what, wanted, found
	[ "$2" = "$3" ] || {
		echo "FAILED: $1: wanted \"$2\", found \"$3\""
		failed=1
	}
}
d() { "$dualbasis" "$@"; }
line() { # form line year [options]
	local form=$1 line=$2 year=$3
	shift 3
	d form "$form" "$year" --json "$@" | jq -r --arg line "$line" '.data.lines[] | select(.line == $line) | .value'
}

d init >/dev/null
d record exercise --symbol ACME --grant-date 2020-01-15 --date 2022-03-01 --shares 10000 --strike 1 --fmv 31 \
	--owner ann --lot A >/dev/null
d record exercise --symbol BETA --grant-date 2020-01-15 --date 2022-04-01 --shares 100 --strike 50 --fmv 50 \
	--owner bea --lot B >/dev/null
d record sale --symbol BETA --date 2023-06-05 --shares 100 --price 1 --lot B >/dev/null
d fact 2022 status=mfj wages=250000 >/dev/null
d fact 2023 status=mfj >/dev/null
d fact 2023 --owner ann wages=200000 >/dev/null
d fact 2023 --owner bea wages=100000 >/dev/null
d fact 2024 --owner ann status=mfs wages=200000 >/dev/null
d fact 2024 --owner bea status=mfs wages=100000 >/dev/null
d fact 2025 status=mfj wages=300000 >/dev/null

# A joint year is both spouses', whoever is asked for.
same "joint wages" 300000.00 "$(line 1040 wages 2023)"
same "joint wages, asked for bea" 300000.00 "$(line 1040 wages 2023 --owner bea)"

# A separate year is one's own; without --owner the main person's.
same "ann's wages" 200000.00 "$(line 1040 wages 2024)"
same "bea's wages" 100000.00 "$(line 1040 wages 2024 --owner bea)"
balance=$(line 8801 26 2023)
same "ann's credit" "$balance" "$(line 8801 19 2024 --owner ann)"
same "bea's credit" 0.00 "$(line 8801 19 2024 --owner bea)"
same "ann's loss" 0.00 "$(line schedule_d 14 2024 | tr -d -)"
same "bea's loss" -1900.00 "$(line schedule_d 14 2024 --owner bea)"

# And joint again: what is left of both.
same "the credit is joint again" "$(line 8801 26 2024)" "$(line 8801 19 2025)"
same "bea's loss comes along" -400.00 "$(line schedule_d 14 2025)"
same "joint is joint" "$(d form 8801 2025 --json)" "$(d form 8801 2025 --json --owner bea)"

# The credit log tells whose returns and whose balance.
same "whose return" "ann and bea/ann/ann and bea" \
	"$(d credit --json | jq -r '[.data.years[1, 2, 3].return_of] | join("/")')"
same "whose balance" "$balance" \
	"$(d credit --json | jq -r '.data.years[1].owners[] | select(.owner == "ann") | .balance')"
same "bea has none" 0.00 \
	"$(d credit --owner bea --json | jq -r '.data.years[1].owners[] | select(.owner == "bea") | .balance')"

# Where it comes from is told, and every step computed again.
d explain 2024 8801.19 --verify >told
grep -q "ann's part of" told || same "explain" "ann's part" "$(cat told)"
grep -q "carried" told || same "explain" carried "$(cat told)"
d explain 2025 schedule_d.14 | grep -c >/dev/null "bea's return of 2024" || same "explain" "bea's return" "another"

# Lots, sales and packets of one spouse.
same "bea's lots" B "$(d lots --all --owner bea --json | jq -r '.data.lots[].id')"
same "ann's sales" 0 "$(d sales 2023 --owner ann --json | jq '.data.rows | length')"
d packet 2024 --owner bea >packet
grep -q "bea, married filing separately" packet || same "packet" "whose it is" "not said"
grep -q "tie-outs fail" packet && same "packet" "tie-outs hold" "one fails"
grep -q "of the tie-outs fails" packet && same "packet" "tie-outs hold" "one fails"
d packet 2025 >packet
grep -q "ann and bea, married filing jointly" packet || same "packet" "both" "not said"
grep -q "of the tie-outs fail" packet && same "packet of 2025" "tie-outs hold" "one fails"
d packet 2024 --owner bea -o bea.xlsx >/dev/null
d packet 2024 --owner bea -o bea.csv >/dev/null

# As filed, and audited, each for itself.
d filed 2024 --owner bea f8801.19="${balance%.*}" filed_on=2025-04-10 >/dev/null
d audit 2024 --owner bea --json >audit && true
same "bea kept ann's credit" credit_of_other_spouse \
	"$(jq -r '[.data.findings[].code] | unique | join(" ")' audit)"
d audit 2024 --owner ann >/dev/null 2>&1 && same "ann's audit" "nothing filed" "something"

# Invariants, and locks that hold both returns.
d check --json | jq -e '.data.checks[] | select(.name == "owners") | .ok' >/dev/null ||
	same "check" "owners add up" "they do not"
d lock 2024 --reason "filed" >/dev/null
d fact 2023 --owner bea short_term_gain=-5000 >/dev/null 2>&1 && same "a locked year" kept changed
d unlock 2024 --reason "a test" >/dev/null

# Divorce with credit of both: asked for, stated, and the parts make up the whole.
d init --ledger two.dualbasis >/dev/null
export DUALBASIS_LEDGER=$work/two.dualbasis
for who in ann bea; do
	d record exercise --symbol ACME --grant-date 2020-01-15 --date 2022-03-01 --shares 5000 --strike 1 --fmv 31 \
		--owner $who --lot $who >/dev/null
done
d fact 2022 status=mfj wages=250000 >/dev/null
d fact 2023 status=mfj wages=250000 >/dev/null
d todo --all | grep -c >/dev/null "stated before filing apart" || same "todo" "what would have to be stated" "nothing"
d fact 2024 --owner ann status=single wages=100000 >/dev/null
code=0
d credit >out 2>&1 || code=$?
same "an open division" 3 $code
grep -q "in proportion to each one's own items: ann" out || same "the hint" "the parts in proportion" "$(cat out)"
d fact 2024 --owner ann credit_carryforward=30000 >/dev/null
same "as stated" 30000.00 "$(line 8801 19 2024)"
d explain 2024 8801.19 | grep -c >/dev/null "as stated" || same "explain" "as stated" "another"
d fact 2024 --owner bea status=single wages=90000 >/dev/null
whole=$(line 8801 26 2023)
same "the rest is bea's" "$(printf '%s.00' $((${whole%.*} - 30000)))" "$(line 8801 19 2024 --owner bea)"

# Whose a sale is binds a lot by name too, and a grant: part of lot X is bea's, the rest ann's.
d init --ledger parts.dualbasis >/dev/null
export DUALBASIS_LEDGER=$work/parts.dualbasis
d record grant --id G --symbol ACME --date 2020-01-15 --shares 200 --strike 1 --owner ann >/dev/null
d record exercise --grant G --symbol ACME --grant-date 2020-01-15 --date 2022-03-01 --shares 100 --strike 1 --fmv 31 \
	--owner ann --lot X >/dev/null
code=0
d record sale --symbol ACME --date 2025-06-02 --shares 10 --price 80 --owner bea --lot X >out 2>&1 || code=$?
same "another's lot" 5 $code
grep -q 'lot "X" belongs to ann on that day, not to bea' out || same "whose it is" "said" "$(cat out)"
d record to-spouse --symbol ACME --date 2025-02-03 --shares 40 --lot X --owner ann --to bea >/dev/null
d record sale --symbol ACME --date 2025-06-02 --shares 10 --price 80 --owner bea --lot X >/dev/null
d record sale --symbol ACME --date 2025-06-03 --shares 20 --price 80 --owner bea --grant G >/dev/null
d record sale --symbol ACME --date 2025-06-04 --shares 5 --price 80 --owner ann --lot X >/dev/null
d fact 2025 --owner ann status=single wages=100000 >/dev/null
d fact 2025 --owner bea status=single wages=90000 >/dev/null
sold() { d sales 2025 --owner "$1" --json | jq -r '[.data.rows[] | select(.book == "regular") | .proceeds] | join(" ")'; }
same "bea's sales" "800.00 1600.00" "$(sold bea)"
same "ann's sales" 400.00 "$(sold ann)"
code=0
d record sale --symbol ACME --date 2025-06-05 --shares 20 --price 80 --owner bea --lot X >out 2>&1 || code=$?
same "more than bea's part" 5 $code
code=0
d record sale --symbol ACME --date 2025-06-05 --shares 20 --price 80 --owner bea --grant G >out 2>&1 || code=$?
same "more than bea's part of the grant" 5 $code
exit $failed
