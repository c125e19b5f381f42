#!/usr/bin/env bash
# What keeps a ledger well: doctor sees what is wrong around it, backup and restore bring it back as it
# was, lots --on and clocks tell other days.
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
found() { "$dualbasis" doctor --json | jq -r '[.data.checks[] | select(.state == "FOUND") | .name] | join(" ")'; }
lots() { "$dualbasis" lots --json "$@" | jq -r '[.data.lots[] | .id + " " + .shares + " " + .basis.amt] | join(", ")'; }

"$dualbasis" init >/dev/null
"$dualbasis" record exercise --symbol ACME --grant-date 2021-01-04 --date 2022-03-01 --shares 100 --strike 1 --fmv 31 >/dev/null
"$dualbasis" record split --symbol ACME --date 2022-09-01 --shares 2 --per 1 >/dev/null
"$dualbasis" record sale --symbol ACME --date 2023-06-01 --shares 50 --price 40 >/dev/null

# Another day: in that day's shares, nothing before the exercise, everything of the day itself.
same "the day before the exercise" "" "$(lots --on 2022-02-28)"
same "the day of the exercise" "L1 100 3100.00" "$(lots --on 2022-03-01)"
same "after the split" "L1 200 3100.00" "$(lots --on 2022-09-01)"
same "after the sale" "L1 150 2325.00" "$(lots --on 2023-06-01)"
same "today" "L1 150 2325.00" "$(lots)"
# A sale qualifies once two years from the grant are over: from the day after 4 January 2023 (R-031).
same "clocks" "2022-12-31 2023-01-05 2023-03-02" "$("$dualbasis" clocks --from 2022-03-02 --json |
	jq -r '[.data.clocks[].day] | unique | join(" ")')"

# The doctor: all is well, then a leftover of a killed command, then a file that others may read.
same "a healthy ledger" "" "$(found)"
"$dualbasis" doctor >/dev/null
: >ledger.dualbasis.new-4711-0
: >ledger.dualbasis.newer
same "a leftover" leftover "$(found || true)"
code=0
"$dualbasis" doctor >doctor.txt || code=$?
same "its exit code" 1 "$code"
grep -q "$work/ledger.dualbasis.new-4711-0 is of a command that was killed" doctor.txt ||
	same "doctor" "the leftover's name" "$(cat doctor.txt)"
rm ledger.dualbasis.new-4711-0
chmod 644 ledger.dualbasis
same "a ledger that others may read" privacy "$(found || true)"
chmod 600 ledger.dualbasis

# A backup is the ledger; restoring brings back what was undone since, and keeps what was there.
"$dualbasis" backup copy.dualbasis >/dev/null
same "the backup's mode" 600 "$(stat -c %a copy.dualbasis)"
same "the backup's lots" "$(lots)" "$(lots --ledger copy.dualbasis)"
"$dualbasis" undo --reason "a test" >/dev/null
same "undone" "L1 200 3100.00" "$(lots)"
"$dualbasis" restore copy.dualbasis --replace >/dev/null
same "restored" "L1 150 2325.00" "$(lots)"
same "kept" "L1 200 3100.00" "$(lots --ledger ledger.dualbasis.before-restore-1)"
"$dualbasis" check >/dev/null
# A byte changed in the middle: refused, and the ledger stays.
"$dualbasis" backup broken.dualbasis >/dev/null
printf '\377\377\377\377' | dd of=broken.dualbasis bs=1 seek=4096 conv=notrunc status=none
if "$dualbasis" restore broken.dualbasis --replace >/dev/null 2>&1; then same "a broken backup" refused restored; fi
if "$dualbasis" restore broken.dualbasis --dry-run >/dev/null 2>&1; then same "a broken backup, dry" refused good; fi
same "a good backup, dry" true "$("$dualbasis" restore copy.dualbasis --dry-run --json | jq .data.dry_run)"
same "after a broken backup" "L1 150 2325.00" "$(lots)"
same "nothing is left lying" "" "$(found)"
exit $failed
