#!/usr/bin/env bash
# Sets up, builds and runs all tests.
#
#   tests/run.sh          a plain build and every test
#   tests/run.sh --all    the same again under ASan and UBSan, a short turn of every fuzzer, and
#                         the formatting
#
# Ends with one line, "N passed, N failed, N skipped", and a status that is 0 only when nothing failed
# and something passed.
set -uo pipefail
cd "$(dirname "$0")/.."
all=${1:-}
export LC_ALL=C.UTF-8 CTEST_OUTPUT_ON_FAILURE=1
jobs=$(nproc)
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }

# A step that is no ctest counts as one.
step() {
	local name=$1
	shift
	say "$name"
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $name"
	fi
}

# Build in a folder with the given options, run ctest there, add up its counts.
suite() {
	local name=$1 folder=$2
	shift 2
	say "$name: build"
	if ! cmake -S . -B "$folder" "$@" >"$folder.log" 2>&1 ||
		! cmake --build "$folder" -j"$jobs" >>"$folder.log" 2>&1; then
		tail -n 40 "$folder.log"
		echo "FAILED: $name does not build"
		failed=$((failed + 1))
		return
	fi
	say "$name: tests"
	local out="$folder/ctest.out" total bad missed
	ctest --test-dir "$folder" -j"$jobs" --no-tests=error >"$out" 2>&1
	local status=$?
	cat "$out"
	total=$(sed -n 's/.* tests failed out of \([0-9]*\)$/\1/p' "$out" | tail -n 1)
	bad=$(sed -n 's/.*, \([0-9]*\) tests failed out of [0-9]*$/\1/p' "$out" | tail -n 1)
	missed=$(grep -c '\*\*\*Skipped' "$out")
	if [ -z "$total" ] || [ "$total" -eq 0 ]; then
		echo "FAILED: $name ran no test"
		failed=$((failed + 1))
		return
	fi
	if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
		bad=1
	fi
	failed=$((failed + bad))
	skipped=$((skipped + missed))
	passed=$((passed + total - bad - missed))
}

formatted() {
	git ls-files -z '*.c' '*.h' | xargs -0 clang-format --dry-run --Werror
}

# A short turn of every fuzzer, from its seeds; a crash fails.
fuzz() {
	local seconds=$1 folder=build-fuzz harness name
	CC=clang cmake -S . -B "$folder" -DDUALBASIS_FUZZ=ON -DDUALBASIS_TESTS=OFF >"$folder.log" 2>&1 &&
		cmake --build "$folder" -j"$jobs" >>"$folder.log" 2>&1 || {
		tail -n 40 "$folder.log"
		return 1
	}
	local found=0
	for harness in "$folder"/tests/fuzz/fuzz_*; do
		[ -x "$harness" ] && [ -f "$harness" ] || continue
		found=1
		name=$(basename "$harness")
		local seeds="tests/fuzz/seeds/${name#fuzz_}"
		[ -d "$seeds" ] || seeds=
		mkdir -p "$folder/corpus/$name"
		echo "-- $name, $seconds s"
		local words=$folder/$name.dict
		tests/fuzz/words.sh "${name#fuzz_}" >"$words" || return 1
		[ -s "$words" ] || words=
		"$harness" -max_total_time="$seconds" ${words:+-dict="$words"} -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 \
			-artifact_prefix="$folder/$name-" "$folder/corpus/$name" ${seeds:+"$seeds"} \
			>"$folder/$name.log" 2>&1 || {
			tail -n 30 "$folder/$name.log"
			return 1
		}
	done
	[ "$found" = 1 ] || {
		echo "no fuzzer was built"
		return 1
	}
}

step "packages" cmake/packages.sh build test
suite "plain" build
if [ "$all" = --all ]; then
	suite "ASan and UBSan" build-sanitize -DDUALBASIS_SANITIZE=ON
	step "fuzzers, a short turn" fuzz 10
	step "formatting" formatted
fi
printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
