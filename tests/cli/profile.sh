#!/usr/bin/env bash
# A mapping of the user's own: `import --profile new` begins it, `import --profile FILE` uses and
# keeps it; later files of the same header need no option.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

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
"$dualbasis" import --profile my.profile bank.csv >told
expect "told as kept" "$(grep -c 'the profile is kept' told)" 1
expect "sales" "$("$dualbasis" sales 2025 --json | jq '[.data.rows[] | select(.book == "regular")] | length')" 1

# The next file of that header is read through it, also when the profile's file is gone.
mv my.profile kept.profile
sed -e 's/1\.234,50/2.234,50/' -e 's/20\.06/21.07/' bank.csv >next.csv
row=$("$dualbasis" import --dry-run --json next.csv)
expect "proceeds of the next" "$(jq -r '.data.rows[0].proceeds' <<<"$row")" 2234.50
expect "its note" "$(jq -r '.data.notes[]' <<<"$row" | grep -c 'read through my.profile')" 1
"$dualbasis" import next.csv >told
expect "told in the summary" "$(grep -c 'note: read through my.profile' told)" 1
expect "sales of both" "$("$dualbasis" sales 2025 --json | jq '[.data.rows[] | select(.book == "regular")] | length')" 2
"$dualbasis" check >/dev/null || expect "check" "$?" 0

# --profile wins; another delimiter or column makes another header.
tr ';' '\t' <next.csv >tabs.csv
sed 's/delimiter semicolon/delimiter tab/; s/box F/box C/' kept.profile >tabs.profile
code=0
"$dualbasis" import tabs.csv 2>told || code=$?
expect "another delimiter" "$code $(grep -c 'no format that is known' told)" "5 1"
expect "a tab's" "$("$dualbasis" import --profile tabs.profile --dry-run --json tabs.csv |
	jq -r '.data.rows[0].box')" C
sed 's/box F/box E/' kept.profile >wins.profile
row=$("$dualbasis" import --profile wins.profile --dry-run --json next.csv)
expect "--profile wins" "$(jq -r '.data.rows[0].box, (.data.notes | length)' <<<"$row" | xargs)" "E 0"
sed 's/Pieces/Pieces;Fees/; s/;40;/;40;1,00;/; s/;;;5/;;;;5/' next.csv >wider.csv
code=0
"$dualbasis" import wider.csv 2>told || code=$?
expect "a changed header" "$code" 5
expect "told as unknown" "$(grep -c 'no format that is known' told)" 1

# A profile that is named later for the same header takes over.
sed 's/constant box F/constant box C/' kept.profile >later.profile
sed 's/2\.234,50/3.234,50/; s/21\.07/22.08/' next.csv >third.csv
"$dualbasis" import --profile later.profile third.csv >/dev/null
sed 's/3\.234,50/4.234,50/; s/22\.08/23.08/' third.csv >fourth.csv
row=$("$dualbasis" import --dry-run --json fourth.csv)
expect "the later profile" "$(jq -r '.data.rows[0].box' <<<"$row")" C
# Undone with its import it is forgotten, and the first is back.
"$dualbasis" undo --reason "not this one" >/dev/null
row=$("$dualbasis" import --dry-run --json fourth.csv)
expect "the first again" "$(jq -r '.data.rows[0].box' <<<"$row")" F
expect "--format wins" "$("$dualbasis" import --dry-run --format taxact fourth.csv 2>&1 | grep -c 'read through')" 0

# A total that no rule leaves out says which rule would.
printf 'Sum of all;;;;;4.234,50;1.000,00\n' >>fourth.csv
grep -v '^only' kept.profile >rules.profile
sed -i '/Dividend/d' fourth.csv
code=0
"$dualbasis" import --profile rules.profile fourth.csv 2>told || code=$?
expect "a total" "$code" 5
expect "where" "$(grep -c 'fourth.csv:4: the row does not say the day of sale' told)" 1
expect "the rule" "$(grep -c 'skip "What" "Sum of all"' told)" 1
printf 'skip "What" "Sum of all"\n' >>rules.profile
expect "with the rule" "$("$dualbasis" import --profile rules.profile --dry-run --json fourth.csv |
	jq '.data.rows | length')" 1

exit $bad
