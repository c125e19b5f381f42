#!/usr/bin/env bash
# The packet's register of lots opens with what was held, whatever the shares are called by then:
# after a merger, a new symbol, a spin-off.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME NO_COLOR || true

failed=0
expect() {
	if [ "$2" != "$3" ]; then
		echo "FAILED: $1: \"$2\", want \"$3\""
		failed=1
	fi
}
# A row of a lot: security, opening, acquired, disposed, closing.
row() {
	"$dualbasis" packet "$1" -o packet.pdf >out
	pdftotext -layout packet.pdf packet.txt 2>/dev/null
	awk -v lot="$2" '$1 == lot && $3 == "ISO" && NF > 10 && $9 ~ /^[0-9]+$/ { print $2, $6, $7, $8, $9; exit }' packet.txt
}

"$dualbasis" init >out
"$dualbasis" record exercise --symbol ACME --grant-date 2019-01-02 --date 2022-03-01 --shares 100 --strike 1 --fmv 31 >out
"$dualbasis" record symbol-change --symbol ACME --date 2023-05-01 --to ACMX >out
"$dualbasis" record merger --symbol ACMX --date 2024-05-01 --to NEWCO --shares 2 --per 1 >out
"$dualbasis" record spin-off --symbol NEWCO --date 2025-05-01 --to SPUN --shares 1 --per 2 --keeps 0.75 >out
for year in 2022 2023 2024 2025; do
	"$dualbasis" fact $year status=mfj wages=300000 >out
done
expect "2022" "$(row 2022 L1)" "ACME 0 100 0 100"
expect "a new symbol" "$(row 2023 L1)" "ACMX 100 0 0 100"
expect "a merger" "$(row 2024 L1)" "NEWCO 100 100 0 200"
expect "a spin-off" "$(row 2025 L1)" "NEWCO 200 0 0 200"
expect "what is spun off" "$(row 2025 L1-c4)" "SPUN 0 100 0 100"
exit $failed
