#!/usr/bin/env bash
# A mapping of the user's own: `import --profile new` begins it, `import --profile FILE` keeps it.
set -euo pipefail
dualbasis=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

bad=0
expect() { # what, found, wanted
	[ "$2" = "$3" ] || {
		echo "$1: found $2, want $3"
		bad=1
	}
}

cat >bank.csv <<'END'
Sales of the year
What;Kind;Sold On;Bought On;Pieces;Total;Paid
ACME INC;Sale;20.06.2025;11.03.2024;40;1.234,50;1.000,00
ACME INC;Dividend;21.06.2025;;;5,00;
END
"$dualbasis" init >/dev/null
"$dualbasis" import --profile new bank.csv >my.profile
expect "a suggested line" "$(grep -c '^column "sold on" ignore$' my.profile)" 1
expect "the delimiter" "$(grep '^delimiter' my.profile)" "delimiter semicolon"

sed -i -e 's/"what" ignore/"what" description/' -e 's/"sold on" ignore/"sold on" sold/' \
	-e 's/"bought on" ignore/"bought on" acquired/' -e 's/"pieces" ignore/"pieces" quantity/' \
	-e 's/"total" ignore/"total" proceeds/' -e 's/"paid" ignore/"paid" basis/' \
	-e 's/month-first/day-first/' my.profile
printf 'decimals comma\nonly kind Sale\nconstant box F\n' >>my.profile

row=$("$dualbasis" import --profile my.profile --dry-run --json bank.csv)
expect "rows" "$(jq '.data.rows | length' <<<"$row")" 1
expect "proceeds" "$(jq -r '.data.rows[0].proceeds' <<<"$row")" 1234.50
expect "day sold" "$(jq -r '.data.rows[0].date_sold' <<<"$row")" 2025-06-20
expect "box" "$(jq -r '.data.rows[0].box' <<<"$row")" F
code=0
"$dualbasis" import --profile none.profile bank.csv 2>told || code=$?
expect "a missing profile" "$code" 6
"$dualbasis" import --profile my.profile bank.csv >/dev/null
expect "sales" "$("$dualbasis" sales 2025 --json | jq '[.data.rows[] | select(.book == "regular")] | length')" 1

exit $bad
