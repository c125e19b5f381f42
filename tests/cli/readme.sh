#!/usr/bin/env bash
# The README's commands do what it shows: every "$ command" in a console block is run, in order, and its
# output held to the lines below it. A line "..." stands for any lines.
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/here"
ln -s "$dualbasis" "$work/bin/dualbasis"
ln -s "$source/samples" "$work/here/samples"
cd "$work/here"
export PATH="$work/bin:$PATH" HOME="$work" LC_ALL=C.UTF-8
unset DUALBASIS_LEDGER XDG_DATA_HOME COLUMNS || true

# Does the output hold the wanted lines in order, "..." standing for any?
matches() {
	awk 'NR == FNR { want[++wants] = $0; next }
	{ got[++gots] = $0 }
	function from(w, g,	i) {
		for (; w <= wants && want[w] != "..."; w++)
			if (want[w] != got[g++]) {
				if (w > far) far = w
				return 0
			}
		if (w > wants) return g == gots + 1
		for (i = g; i <= gots + 1; i++)
			if (from(w + 1, i)) return 1
		return 0
	}
	END {
		if (from(1, 1)) exit 0
		print "first line that differs: " (far ? want[far] : got[wants + 1])
		exit 1
	}' "$1" "$2"
}

commands=0 failed=0 command="" shown=false
: >wanted
check() {
	[ -n "$command" ] || return 0
	commands=$((commands + 1))
	case $command in
	'export '*) eval "$command" && : >printed ;;
	*)
		# Exit code 1 means that an audit has found something, as it shall.
		code=0
		bash -c "$command" >printed 2>&1 || code=$?
		[ "$code" -le 1 ] || {
			echo "FAILED: $command: exit code $code"
			failed=1
		}
		;;
	esac
	matches wanted printed || {
		echo "FAILED: $command"
		diff -u wanted printed | head -n 60
		failed=1
	}
	: >wanted
	command=
}
while IFS= read -r line; do
	case $line in
	'```console') shown=true ;;
	'```') check && shown=false ;;
	'$ '*) if $shown; then check && command=${line#\$ }; fi ;;
	*) if $shown; then printf '%s\n' "$line" >>wanted; fi ;;
	esac
done <"$source/README.md"

# What the packet leaves is a PDF and a workbook.
[ "$(head -c 5 packet.pdf)" = '%PDF-' ] || failed=1
[ "$(head -c 2 packet.xlsx)" = PK ] || failed=1
# The two commands it promises are there, and can be run.
for script in samples/run.sh tests/run.sh; do
	grep -qx "$script" "$source/README.md" && [ -x "$source/$script" ] || {
		echo "FAILED: $script"
		failed=1
	}
done
echo "$commands commands"
[ "$commands" -ge 12 ] && [ $failed = 0 ]
