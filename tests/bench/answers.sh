#!/usr/bin/env bash
# How long the commands take on the sample ledger, from the shell and back.
#
#   tests/bench/answers.sh PROGRAM
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
times=50

"$dualbasis" init >/dev/null
"$dualbasis" import "$source"/samples/20?? >/dev/null
for year in 2022 2023 2024 2025; do
	"$dualbasis" fact $year --from "$source/samples/figures/figures-$year.txt" >/dev/null
done

measure() {
	local began=$EPOCHREALTIME ended i
	for ((i = 0; i < times; i++)); do "$dualbasis" "$@" >/dev/null; done
	ended=$EPOCHREALTIME
	printf '%7.2f ms  dualbasis %s\n' "$(((${ended/./} - ${began/./}) / times))e-3" "$*"
}
measure version
measure lots
measure sales 2025
measure form f6251 2025
measure credit
measure explain 2025 6251.2k
measure check
measure packet 2025 -o "$work/packet.pdf"
measure packet 2025 -o "$work/packet.xlsx"
