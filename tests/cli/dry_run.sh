#!/usr/bin/env bash
# --dry-run does all but the writing: it is refused with the message and the exit code of the real
# command, and whatever it answers the ledger's bytes stay as they are.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir home
export HOME=$work/home DUALBASIS_LEDGER=$work/home/ledger.dualbasis LC_ALL=C.UTF-8
failed=0 cases=0
fail() {
	echo "FAILED: $*"
	failed=1
}
bytes() { (cd home && find . -type f -print0 | sort -z | xargs -0 -r sha256sum); }
answer() { # runs a command: its code, then what it says on stderr
	local code=0
	"$dualbasis" "$@" >out 2>err || code=$?
	echo "exit $code"
	cat err
}
refused() { # exit code, words, command: as dry run and in earnest, in text and as JSON
	local code=$1 words=$2 before dry real
	shift 2
	cases=$((cases + 1))
	before=$(bytes)
	dry=$(answer "$@" --dry-run)
	[ "$(bytes)" = "$before" ] || fail "$*: the dry run wrote"
	real=$(answer "$@")
	[ "$dry" = "$real" ] || fail "$*: dry: $dry; in earnest: $real"
	[[ $real == "exit $code"* ]] || fail "$*: wanted exit $code: $real"
	[[ $real == *"$words"* ]] || fail "$*: wanted \"$words\": $real"
	dry=$(answer "$@" --dry-run --json && cat out)
	real=$(answer "$@" --json && cat out)
	[ "$dry" = "$real" ] || fail "$* --json: dry: $dry; in earnest: $real"
	[ "$(bytes)" = "$before" ] || fail "$*: what was refused left bytes"
}
taken() { # command: the dry run takes what the real one takes
	local before
	cases=$((cases + 1))
	before=$(bytes)
	[ "$(answer "$@" --dry-run)" = "exit 0" ] || fail "$* --dry-run: $(cat out err)"
	[ "$(bytes)" = "$before" ] || fail "$*: the dry run wrote"
	[ "$(answer "$@")" = "exit 0" ] || fail "$*: $(cat out err)"
	[ "$(bytes)" != "$before" ] || fail "$*: nothing was written"
}

cat >sales.csv <<'END'
record,symbol,date,shares,price
sale,ACME,2024-06-03,150,80.00
END
cat >exercises.csv <<'END'
record,symbol,grant-date,date,shares,strike,fmv
exercise,ACME,2019-01-02,2022-03-01,100,1.00,31.00
END
cat >more.csv <<'END'
record,symbol,grant-date,date,shares,strike,fmv
exercise,ACME,2019-01-02,2022-03-01,50,1.00,31.00
END
cat >purchase.csv <<'END'
record,symbol,date,shares,price
purchase,BETA,2024-06-04,10,80.00
END

# Where there is no ledger yet a file is tried on an empty one; nothing is made.
[ "$(answer import exercises.csv --dry-run)" = "exit 0" ] || fail "without a ledger: $(cat err)"
grep -q "there is no ledger yet" out || fail "without a ledger: $(cat out)"
[ "$(answer import sales.csv --dry-run | head -1)" = "exit 5" ] || fail "a sale without a ledger: $(cat out)"
[ -z "$(bytes)" ] || fail "a dry run made a ledger"
[ "$(answer import exercises.csv | head -1)" = "exit 6" ] || fail "an import without a ledger"

"$dualbasis" init >/dev/null
refused 5 "150" import sales.csv
taken import exercises.csv
refused 5 "100 shares are there, 150 are asked for" import sales.csv
# Files of one command are tried together.
[ "$(answer import sales.csv more.csv --dry-run)" = "exit 0" ] || fail "two files: $(cat err)"
taken import more.csv sales.csv
# A known file is shown again.
[ "$(answer import sales.csv --dry-run --json)" = "exit 0" ] || fail "a known file: $(cat err)"
[ "$(jq -c '[.data.dry_run, .data.known, .data.same, .data.new]' out)" = "[true,true,1,0]" ] || fail "a known file: $(cat out)"

refused 5 "shares" record sale --symbol ACME --date 2024-07-01 --shares 1 --price 80
taken fact 2024 status=single wages=100000
refused 5 "wages" fact 2024 wages=1
refused 5 "without batch 1: sale of 150 ACME on 2024-06-03: 50 shares are there" undo 1 --reason "not mine"
for question in early_exercise=no sold_same_year=no exercises_complete=yes sales_complete=yes \
	compensation_counted=no credit_before=no other_amt_items=no moved_state=no; do
	"$dualbasis" fact 2024 "$question" >/dev/null 2>&1 || true
done
refused 3 "open question" lock 2024
taken lock 2024 --reason "filed"
refused 5 "locked" fact 2024 taxable_interest=5
refused 5 "locked" record purchase --symbol BETA --date 2024-07-01 --shares 1 --price 80
refused 5 "locked" import purchase.csv
taken unlock 2024 --reason "amended"
taken undo --reason "locked after all"
[ "$cases" -ge 15 ] || fail "only $cases cases"
exit $failed
