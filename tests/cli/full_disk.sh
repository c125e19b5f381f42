#!/usr/bin/env bash
# A disk that is really full: an import, a backup and records on a small file system with 0 to all of
# the kilobytes they need still free. Each time the program says what is wrong, the ledger opens,
# `check` passes, and the change is there in full or not at all.
set -euo pipefail
if [ "${3:-}" != mounted ]; then
	if ! unshare -rm mount -t tmpfs -o size=64k none /mnt 2>/dev/null; then
		echo "skipped: mount is not installed, or not allowed here"
		exit 0
	fi
	exec unshare -rm bash "$0" "$1" "$2" mounted
fi
dualbasis=$(realpath "$1")
samples=$(realpath "$2")/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work
unset XDG_DATA_HOME NO_COLOR DUALBASIS_LEDGER || true
files=("$samples"/2025/*.csv)

"$dualbasis" --ledger "$work/before" init >out
"$dualbasis" --ledger "$work/before" import "$samples"/202[234]/*.csv >out
cp before after
"$dualbasis" --ledger "$work/after" import "${files[@]}" >out

state() {
	"$dualbasis" --ledger "$1" log --json | grep -E '"(id|facts)"' | tr -d ' \n'
}
none=$(state "$work/before")
all=$(state "$work/after")

failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

# What a full disk leaves of `$2`: the states that may be.
look() {
	if ! "$dualbasis" --ledger "$1" check >out 2>err; then
		fail "$2: check does not pass: $(cat out err)"
	fi
	case $(state "$1") in
	"$all") kept=$((kept + 1)) ;;
	"$none") lost=$((lost + 1)) ;;
	*) fail "$2: a part of it is there" ;;
	esac
}

before=$(stat -c %s before)
most=$(($(stat -c %s after) * 2 - before + 65536))
kept=0 lost=0 said=0
mkdir disk
for free in $(seq 0 8192 $most); do
	mount -t tmpfs -o size=$(((before + free + 4095) / 4096 * 4096)) none disk
	cp before disk/ledger
	code=0
	"$dualbasis" --ledger "$work/disk/ledger" import "${files[@]}" >out 2>err || code=$?
	if [ $code != 0 ]; then
		said=$((said + 1))
		[ $code = 6 ] || fail "import with $free free: exit code $code: $(cat err)"
		grep -q "full\|space" err || fail "import with $free free: $(cat err)"
	fi
	look "$work/disk/ledger" "import with $free free"

	code=0
	cp before disk/ledger
	"$dualbasis" --ledger "$work/disk/ledger" backup "$work/disk/copy" >out 2>err || code=$?
	if [ -e disk/copy ]; then
		[ $code = 0 ] || fail "backup with $free free failed and left a file"
		[ "$(state "$work/disk/copy")" = "$none" ] || fail "a part of the backup"
	else
		[ $code = 6 ] || fail "backup with $free free: exit code $code"
	fi
	umount disk
done
echo "full at $said sizes: $kept whole, $lost absent"
[ "$kept" -gt 0 ] && [ "$lost" -gt 0 ] && [ "$said" -gt 3 ] || fail "the sizes miss the point"
exit $failed
