#!/usr/bin/env bash
# A loss of December stays provisional until January is known; and every road shows wash sales.
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
has() { # what, words, text
	[[ $3 == *"$2"* ]] || {
		echo "FAILED: $1: wanted \"$2\" in:"
		echo "$3"
		failed=1
	}
}
sales() { "$dualbasis" sales 2024 --json | jq -c "$1"; }

"$dualbasis" init >/dev/null
"$dualbasis" fact 2024 status=mfj wages=200000 >/dev/null
"$dualbasis" record purchase --symbol ACME --date 2024-02-01 --shares 100 --price 50 --lot A >/dev/null
"$dualbasis" record sale --symbol ACME --date 2024-12-20 --shares 100 --price 30 --lot A >/dev/null
same "the row" '["2025-01-19","2000.00"]' "$(sales '.data.rows[0] | [.provisional_until, .loss_at_stake]')"
same "the window" \
	'{"lot":"A","sold":"2024-12-20","shares":"100","until":"2025-01-19","passed":true,"regular":"2000.00","amt":"2000.00"}' \
	"$(sales '.data.provisional[0]')"
has "form 8949" "2025-01-19" "$("$dualbasis" form 8949 2024)"
has "sales" "! 1 row is not final" "$("$dualbasis" sales 2024)"
todo=$("$dualbasis" todo)
has "todo" "fact 2024 bought_in_january=no" "$todo"
same "todo, by rule" '["sale","2025-01-19"]' "$("$dualbasis" todo --json |
	jq -c '.data.items[] | select(.rule == "R-089") | [(.text | if test("sale of 100 of lot A") then "sale" else . end), (.text | capture("until (?<day>[0-9-]+)").day)]')"
has "clocks" "last day on which an acquisition takes the loss of 2024-12-20 (2000.00)" \
	"$("$dualbasis" clocks --from 2024-12-28)"
"$dualbasis" packet 2024 -o packet.json >/dev/null
same "the packet's data" '"2025-01-19"' "$(jq -c '.provisional[0].until' packet.json)"
"$dualbasis" packet 2024 -o packet.pdf >/dev/null
if command -v pdftotext >/dev/null; then
	has "the packet" "1 row of Form 8949 is not final" "$(pdftotext -layout packet.pdf - 2>/dev/null)"
else
	echo "pdftotext is not there: the packet was not read"
fi

# Nothing came: the row is final, and the figure is the same.
before=$(sales '[.data.rows[] | .gain]')
"$dualbasis" fact 2024 bought_in_january=no >/dev/null
same "answered" '[[null,null],[]]' "$(sales '[(.data.rows[0] | [.provisional_until, .loss_at_stake]), .data.provisional]')"
same "the gain" "$before" "$(sales '[.data.rows[] | .gain]')"

# Something did come: the row says what took its loss, and of which day it is.
"$dualbasis" record purchase --symbol ACME --date 2025-01-10 --shares 40 --price 31 --lot B >/dev/null
same "what took it" '["W","800.00","B"]' "$(sales '.data.rows[0] | [.codes, .adjustment, .replacement]')"
same "the wash sale" '{"lot":"A","sold":"2024-12-20","shares":"100","broker":null,"regular":"800.00","amt":"800.00","replacement":"B","replacement_acquired":"2025-01-10","why":""}' \
	"$(sales '.data.wash_sales[0]')"
has "in words" "B of 2025-01-10" "$("$dualbasis" sales 2024)"
has "todo tells" "acquired in the next year, it took a loss of the year before" "$("$dualbasis" todo --all --json)"

# A broker's own figure: a table of `reconcile`, and words of `explain`. The broker has matched 10 of the
# 40 shares: 300 of 2,000 - 800 = 1,200. The ISO shares lose for the AMT alone, 100 x (50 - 30); 40 are replaced: 800.
export DUALBASIS_LEDGER=$work/broker.dualbasis
cat >tax.csv <<'END'
Description,Additional Description,Date Acquired,Date Sold,Sales Proceeds,Cost or Other Basis,Adjustment Code,Adjustment Amount,Wash Sale,Reporting Category,Long/Short,Federal Tax Withheld,Owner
ACME,40 sh,01/06/2025,06/20/2025,800.00,2000.00,W,300.00,W,A,Short,,T
ISOX,100 sh,02/01/2023,05/01/2025,3000.00,1000.00,,,,D,Long,,T
END
"$dualbasis" init >/dev/null
for year in 2023 2024 2025; do "$dualbasis" fact $year status=single wages=100000 >/dev/null; done
"$dualbasis" import tax.csv --account one >/dev/null
record() { "$dualbasis" record "$@" >/dev/null; }
record purchase --symbol ACME --date 2025-01-06 --shares 40 --price 50 --account one --lot A
record purchase --symbol ACME --date 2025-06-25 --shares 40 --price 19 --account two --lot B
record exercise --symbol ISOX --grant-date 2021-01-04 --date 2023-02-01 --strike 10 --fmv 50 --shares 100 --lot E
record rsu --symbol ISOX --date 2025-05-15 --shares 40 --fmv 31 --lot V
same "reconcile" '[["A","300.00","1200.00","900.00","1200.00"],["D","0.00","0.00","0.00","800.00"]]' \
	"$("$dualbasis" reconcile 2025 --json |
		jq -c '[.data.accounts[] | [.box, .broker_wash, .wash, .wash_difference, .wash_amt]]')"
squeezed() { sed 's/│//g' <<<"$1" | tr -s ' \n' ' '; }
table=$(squeezed "$("$dualbasis" reconcile 2025)")
has "reconcile's table" "account box broker, 1g ours 1g off by ours, AMT" "$table"
has "reconcile's row" "one A 300.00 1,200.00 900.00 1,200.00" "$table"
has "reconcile's row of the AMT" "one D 0.00 0.00 0.00 800.00" "$table"
has "explain" "wash sale: loss not allowed 1,200.00, of 40 shares; carried by B of 2025-06-25; box 1g of the broker 300.00: shares came into another account" \
	"$(squeezed "$("$dualbasis" explain 2025 schedule_d.1b)")"
has "explain, for the AMT" "wash sale: loss not allowed 0.00 (AMT 800.00), of 0 (AMT 40) shares; carried by V of 2025-05-15; box 1g of the broker 0.00" \
	"$(squeezed "$("$dualbasis" explain 2025 6251.2k)")"
same "explain's data" '[true]' "$("$dualbasis" explain 2025 6251.2k --json |
	jq -c '[.data.nodes[].parts[].note | select(. != null) | test("carried by V")] | unique')"
exit $failed
