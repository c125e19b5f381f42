#!/usr/bin/env bash
# Runs harnesses to a number of executions each and prints what became of them.
#
#   tests/fuzz/many.sh BUILD [EXECUTIONS] [NAME...]
#
# BUILD is a folder configured with -DDUALBASIS_FUZZ=ON -DDUALBASIS_FUZZ_LONG=ON and CC=clang; 10
# million executions of every harness are what is usual. Inputs are kept short, so that there can
# be many; the short turn of tests/run.sh has them as long as the seeds. What is found is kept in
# BUILD/found. TMPDIR=/dev/shm keeps the corpus off the disk.
set -uo pipefail
cd "$(dirname "$0")/../.."
build=${1:?the folder of the build is missing}
executions=${2:-10000000}
shift $(($# < 2 ? $# : 2))
declare -A longest=([value]=64 [entry]=256 [figure]=64 [returns]=128 [cells]=256 [txf]=256
	[detect]=384 [broker]=640 [workbook]=1024 [flex]=1024 [profile]=640 [filed]=192 [pdf]=640)
# Freed memory waits in a small quarantine, which stays in the processor's cache.
export ASAN_OPTIONS=${ASAN_OPTIONS:-quarantine_size_mb=2:thread_local_quarantine_size_kb=64:malloc_context_size=2}
[ $# -gt 0 ] || set -- $(basename -a "$build"/tests/fuzz/fuzz_* | grep -v '\.' | sed 's/^fuzz_//')
mkdir -p "$build/found"
failed=0
for name; do
	log=$build/found/$name.log
	corpus=$(mktemp -d)
	began=$SECONDS
	seeds=(tests/fuzz/seeds/"$name")
	[ -d "$build/corpus/$name" ] && seeds+=("$build/corpus/$name")
	dictionary=$build/found/$name.dict
	tests/fuzz/words.sh "$name" >"$dictionary" || exit 1
	[ -s "$dictionary" ] || dictionary=
	nice "$build/tests/fuzz/fuzz_$name" -runs="$executions" -max_len="${longest[$name]:-512}" \
		${dictionary:+-dict="$dictionary"} -timeout=10 -rss_limit_mb=2048 -entropic=0 -print_funcs=0 \
		-print_final_stats=1 \
		-artifact_prefix="$build/found/$name-" "$corpus" "${seeds[@]}" >"$log" 2>&1
	status=$?
	rm -rf "$corpus"
	[ "$status" -eq 0 ] || failed=1
	printf '%-10s %10s executions %6d s  %s\n' "$name" \
		"$(sed -n 's/^stat::number_of_executed_units: //p' "$log")" $((SECONDS - began)) \
		"$(case $status in 0) echo clean ;; 72) echo interrupted ;; *) echo "FAILED, see $log" ;; esac)"
done
exit $failed
