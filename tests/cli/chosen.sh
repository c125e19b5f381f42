#!/usr/bin/env bash
# A sale that could take several lots says which it took and why, on every road.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis LC_ALL=C.UTF-8
failed=0
has() { # what, words, text
	[[ $3 == *"$2"* ]] || {
		echo "FAILED: $1: wanted \"$2\" in:"
		echo "$3"
		failed=1
	}
}
"$dualbasis" init >/dev/null
"$dualbasis" fact 2024 status=single >/dev/null
"$dualbasis" record purchase --symbol ACME --date 2023-01-05 --shares 10 --price 5 --lot A >/dev/null
"$dualbasis" record purchase --symbol ACME --date 2023-02-05 --shares 10 --price 6 --lot B >/dev/null
sale=(record sale --symbol ACME --date 2024-03-05 --shares 4 --price 9)
has "record" "4 of lot A (first in, first out)" "$("$dualbasis" "${sale[@]}" --dry-run)"
has "record as JSON" '"A","first in, first out"' "$("$dualbasis" "${sale[@]}" --dry-run --json |
	jq -c '.data.dispositions[0] | [.lot, .why]')"
has "a named lot" "4 of lot B (identified)" "$("$dualbasis" "${sale[@]}" --lot B)"
printf 'record,symbol,date,shares,price\nsale,ACME,2024-04-05,5,9\n' >sale.csv
"$dualbasis" import sale.csv >/dev/null
has "sales" "by what chose theirs: first in, first out: 1." "$("$dualbasis" sales 2024 | tr -s '\n ' ' ')"
has "sales as JSON" '[["A","first in, first out",2],["B","identified",1]]' "$("$dualbasis" sales 2024 --json |
	jq -c '[.data.rows[] | select(.book == "regular") | [.lot, .why_this_lot, .choices]] | sort')"
has "explain" "A: 5 of 10 ACME sold 2024-04-05 (first in, first out)" "$("$dualbasis" explain 2024 schedule_d.16)"
has "explain as JSON" "first in, first out" "$("$dualbasis" explain 2024 schedule_d.16 --json)"
exit $failed
