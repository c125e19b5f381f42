#!/usr/bin/env bash
# A broker's total that differs is refused; waived with a reason, it stands in the packet.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

"$dualbasis" init >/dev/null
"$dualbasis" fact 2025 status=single wages=100000 >/dev/null
sed 's/0000000000015054\.05/0000000000015054.06/' \
	"$source/tests/import/samples/fidelity-1099/2025_1099_Individual-2345.csv" >form.csv

code=0
"$dualbasis" import form.csv 2>told || code=$?
expect "exit code" "$code" 5
expect "sales" "$("$dualbasis" sales 2025 --json | jq '.data.rows | length')" 0
"$dualbasis" import form.csv --waive "the broker rounds" >/dev/null
"$dualbasis" packet 2025 -o packet.pdf >/dev/null
pdftotext -layout packet.pdf packet.txt 2>/dev/null
expect "the reason in the packet" "$(grep -c 'the broker rounds' packet.txt)" 1
expect "the difference in the packet" "$(grep -c 'a difference of 0.01' packet.txt)" 1
expect "the file in the packet" "$(grep -c 'form.csv .*28 .*a difference of 0.01\|form.csv  *28' packet.txt)" 1

"$dualbasis" packet 2025 -o packet.json -o packet.xlsx -o packet.csv -o packet.txf >notes
expect "in the JSON packet" "$(jq -r '.waivers[] | [.file, .reason] | join("|")' packet.json)" \
	"form.csv|the broker rounds"
expect "the difference there" "$(jq -r '.waivers[0].difference' packet.json |
	grep -c 'a difference of 0.01')" 1
expect "the row there" "$(jq '.waivers[0].row' packet.json)" 28
unzip -p packet.xlsx xl/sharedStrings.xml >strings
expect "in the workbook" "$(grep -c 'the broker rounds' strings)" 1
expect "told of the others" "$(grep -c '1 total of a broker.s file was waived' notes)" 2
"$dualbasis" fact 2024 status=single wages=100000 >/dev/null
"$dualbasis" packet 2024 -o other.json >/dev/null
expect "of another year" "$(jq '.waivers | length' other.json)" 0
exit $bad
