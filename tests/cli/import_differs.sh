#!/usr/bin/env bash
# What an import finds in the ledger with other amounts is told field by field, with both values and
# where the ledger's comes from: refused, replaced, or beside a tax form that stands.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

head="ACCOUNT_ID,TAX_YEAR,SYMBOL,SEC_DESCR,QUANTITY,1099_ACQ_DATE,1099_DISP_DATE,1099_COST,1099_PROCEEDS,1099_DISALLOWED_LOSS,TERM,COVERED_IND,8949_BOX"
row() { # acquired, basis, proceeds
	echo "5XX482,2025,DLSW,DELTA LOOM INC,40,$1,2025-03-04,$2,$3,0,L,N,E"
}
{ echo "$head" && row 2024-01-02 10.00 4000.00; } >first.csv
{ echo "$head" && row 2024-01-03 12.50 4000.00; } >second.csv
"$dualbasis" init >/dev/null
"$dualbasis" import first.csv >/dev/null

code=0
told=$("$dualbasis" import second.csv --json) || code=$?
expect "refused" "$code $(jq -r .error.row <<<"$told")" "5 2"
expect "every field, both values and the row" "$(jq -r .error.message <<<"$told")" \
	"the ledger has this sale with other amounts: day acquired 2024-01-03 here, 2024-01-02 in first.csv:2; basis 12.50 here, 10.00 in first.csv:2"

"$dualbasis" import second.csv --replace "the broker's letter" --dry-run >told
expect "told before it is done" "$(grep -c 'this file.s stands' told)" 2
told=$("$dualbasis" import second.csv --replace "the broker's letter" --json)
expect "the fields replaced" "$(jq -c '[.data.differences[] | [.line, .field, .file, .ledger, .ledger_file, .ledger_row, .stands]]' <<<"$told")" \
	'[[2,"day acquired","2024-01-03","2024-01-02","first.csv",2,"file"],[2,"basis","12.50","10.00","first.csv",2,"file"]]'
expect "none is left out" "$(jq .data.differences_more <<<"$told")" 0

# A statement of other proceeds: the form's stand, and the difference is said.
cat >gains.csv <<'END'
Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,Ordinary Income Recognized,Adjusted Cost Basis,Date Sold,Total Proceeds,Capital Gains Status
Sell,DLSW,RS,40,01/03/2024,0.00,3000.00,3000.00,03/04/2025,3990.00,Long
END
"$dualbasis" import gains.csv >told
expect "beside the form" "$(grep -c 'proceeds 3990.00 here, 4000.00 in second.csv:2; the ledger.s stands' told)" 1

# Records that were entered by hand.
"$dualbasis" record purchase --symbol ACME --date 2023-06-01 --shares 100 --price 12.34 >/dev/null
printf 'record,date,symbol,shares,price\npurchase,2023-06-01,ACME,100,12.43\n' >records.csv
told=$("$dualbasis" import records.csv --json || true)
expect "by hand" "$(jq -r .error.message <<<"$told" | grep -c 'price 12.43 here, 12.34 as entered by hand')" 1
told=$("$dualbasis" import records.csv --replace "a slip" --json)
expect "by hand, replaced" "$(jq -c '[.data.differences[] | [.line, .field, .file, .ledger, .ledger_file, .stands]]' <<<"$told")" \
	'[[2,"price","12.43","12.34",null,"file"]]'
printf 'record,date,symbol,shares,price\npurchase,2023-06-01,ACME,100,12.53\n' >again.csv
"$dualbasis" import again.csv --replace "once more" >told
expect "from the file of records" "$(grep -c 'line 2, purchase of 100 ACME on 2023-06-01: price 12.53 here, 12.43 in records.csv:2; this file.s stands' told)" 1
"$dualbasis" check >/dev/null
exit $bad
