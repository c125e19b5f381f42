#!/usr/bin/env bash
# The example of the Instructions for Form 6251 (2025), line 2k, from recorded facts to the line:
# 200 shares, two sales, -118,000, and the carryovers into 2026.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME || true
failed=0

value() {
	"$dualbasis" explain "$1" "$2" --json | jq -r '.data.nodes[0].value'
}
expect() {
	local got
	got=$(value "$1" "$2")
	[ "$got" = "$3" ] || {
		echo "FAILED: $1 $2 is $got, not $3"
		failed=1
	}
}

"$dualbasis" init >/dev/null
"$dualbasis" record grant --id G1 --kind iso --symbol ACME --date 2023-01-03 --shares 200 --strike 100
"$dualbasis" record exercise --symbol ACME --grant G1 --grant-date 2023-01-03 --date 2024-03-13 \
	--shares 200 --strike 100 --fmv 1000
"$dualbasis" record sale --symbol ACME --date 2025-01-18 --shares 100 --proceeds 75000
"$dualbasis" record sale --symbol ACME --date 2025-04-21 --shares 100 --proceeds 60000
for year in 2024 2025 2026; do
	"$dualbasis" fact $year status=single wages=100000 >/dev/null
done

# 2024: the spread; bases of 20,000 and 200,000.
expect 2024 6251.2i 180000.00
"$dualbasis" record sale --symbol ACME --date 2025-06-01 --shares 1 --price 1 2>err && failed=1
grep -q '0 shares are there, 1 are asked for' err || failed=1

# 2025: ordinary income of 65,000 for the regular tax only; a gain of 50,000 against an allowed
# loss of 3,000; -65,000 and -53,000.
expect 2025 1040.wages 165000.00
expect 2025 schedule_d.allowed 50000.00
expect 2025 schedule_d@amt.7 -25000.00
expect 2025 schedule_d@amt.15 -40000.00
expect 2025 schedule_d@amt.allowed -3000.00
expect 2025 6251.2k -118000.00

# "You have an AMT capital loss carryover from 2025 to 2026 of $62,000, of which $22,000 is short
# term and $40,000 is long term. ... your adjustment reported on your 2026 Form 6251 would be
# limited to ($3,000)."
expect 2026 schedule_d@amt.6 -22000.00
expect 2026 schedule_d@amt.14 -40000.00
expect 2026 6251.2k -3000.00

# Every step of it can be computed again.
"$dualbasis" explain 2025 6251.2k --verify >out
grep -q '^verified' out || failed=1
exit $failed
