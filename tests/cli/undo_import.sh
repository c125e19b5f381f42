#!/usr/bin/env bash
# Two files say one sale: it stands until both are undone, and `undo` says so.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

sales() {
	"$dualbasis" sales 2025 --json | jq '.data.rows | map(select(.book == "regular")) | length'
}

first=$source/tests/import/samples/apex-8949/5XX00001_2025_8949.csv
{
	head -1 "$first"
	sed -n 2p "$first"
} >second.csv
"$dualbasis" init >/dev/null
"$dualbasis" import "$first" >/dev/null
all=$(sales)
expect "rows known from the first" "$("$dualbasis" import second.csv --json | jq .data.same)" 1
expect "sales of both" "$(sales)" "$all"
expect "told before" "$("$dualbasis" undo 1 --reason "wrong" --dry-run --json | jq .data.stand_on)" 1
expect "told" "$("$dualbasis" undo 1 --reason "wrong" | grep -c '1 of its facts stands on')" 1
expect "sales of the second" "$(sales)" 1
expect "state in the table a person reads" \
	"$(sqlite3 "$DUALBASIS_LEDGER" "SELECT count(*) FROM readable WHERE state = 'stands'")" 1
"$dualbasis" undo 3 --reason "not wrong" >/dev/null
expect "sales of both again" "$(sales)" "$all"
expect "known once" \
	"$(sqlite3 "$DUALBASIS_LEDGER" "SELECT count(*) FROM readable WHERE state = 'known'")" 1
"$dualbasis" check >/dev/null
exit $bad
