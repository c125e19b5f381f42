#!/usr/bin/env bash
# Commands that write at the same time: each one sees what those before it wrote. Of ten different
# values of one figure one is entered and nine are refused; ten replacements all take their turn;
# of the sales that together want more shares than are held only those are taken that can be.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME NO_COLOR || true

failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

# Runs "$@" with 1 to 10 for N, all at once, and counts the exit codes: "1x0 9x5".
at_once() {
	local n pids=()

	for n in $(seq 10); do
		(
			code=0
			"${@//N/$n}" >"out$n" 2>&1 || code=$?
			echo "$code" >"code$n"
		) &
		pids+=($!)
	done
	wait "${pids[@]}"
	cat code* | sort -n | uniq -c | awk '{ printf "%s%dx%d", sep, $1, $2; sep = " " }'
}

figures() {
	"$dualbasis" fact "$1" --json | grep -c '"name"'
}

for round in 1 2 3; do
	rm -f "$DUALBASIS_LEDGER"
	"$dualbasis" init >out

	got=$(at_once "$dualbasis" fact 2024 wages=N)
	[ "$got" = "1x0 9x5" ] || fail "round $round: ten values of a figure: $got"
	[ "$(figures 2024)" = 1 ] || fail "round $round: $(figures 2024) figures stand"

	got=$(at_once "$dualbasis" fact 2024 wages=10N --replace "turn N")
	[ "$got" = "10x0" ] || fail "round $round: ten replacements: $got: $(cat out*)"
	[ "$(figures 2024)" = 1 ] || fail "round $round: $(figures 2024) figures stand"

	"$dualbasis" record purchase --symbol ACME --date 2020-01-02 --shares 100 --price 1 >out
	got=$(at_once "$dualbasis" record sale --symbol ACME --date 2024-01-02 --shares 30 --price 1N)
	[ "$got" = "3x0 7x5" ] || fail "round $round: ten sales of 30 of 100 shares: $got"
	"$dualbasis" check >out || fail "round $round: $(cat out)"
done
exit $failed
