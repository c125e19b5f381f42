#!/usr/bin/env bash
# The program is killed at random instants of an import, 200 times. Each time the ledger passes
# its check, and holds all of the three files' facts or none.
set -euo pipefail
dualbasis=$(realpath "$1")
samples=$(realpath "$2")/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME NO_COLOR || true
files=("$samples"/2025/*.csv)

"$dualbasis" init >out
"$dualbasis" import "$samples"/2022/*.csv "$samples"/2023/*.csv "$samples"/2024/*.csv >out
cp "$DUALBASIS_LEDGER" before

# Batches and their facts: what a half import would show.
state() {
	"$dualbasis" log --json | grep -E '"(id|facts)"' | tr -d ' \n'
}

none=$(state)
start=$(date +%s%N)
"$dualbasis" import "${files[@]}" >out
took=$((($(date +%s%N) - start) / 1000))
all=$(state)
[ "$all" != "$none" ]

failed=0 kept=0 lost=0 amid=0
for round in $(seq 200); do
	rm -f "$DUALBASIS_LEDGER"-journal
	cp before "$DUALBASIS_LEDGER"
	"$dualbasis" import "${files[@]}" >out 2>&1 &
	program=$!
	sleep "$(printf '0.%06d' $((RANDOM * took / 32768)))"
	kill -KILL "$program" 2>err || true
	wait "$program" 2>err || true
	[ ! -e "$DUALBASIS_LEDGER"-journal ] || amid=$((amid + 1))
	if ! "$dualbasis" check >out 2>err; then
		echo "FAILED: round $round: check does not pass"
		cat out err
		failed=1
	fi
	case $(state) in
	"$all") kept=$((kept + 1)) ;;
	"$none") lost=$((lost + 1)) ;;
	*)
		echo "FAILED: round $round: a part of the import is there"
		failed=1
		;;
	esac
done
echo "killed 200 times, $amid of them with the import half written: $kept whole, $lost absent"
[ "$kept" -gt 0 ] && [ "$lost" -gt 0 ] || {
	echo "FAILED: the instants were not spread over the import"
	failed=1
}
exit $failed
