#!/usr/bin/env bash
# Runs the catalogue of messages, tests/errors/*: each case gives exactly its message and exit code,
# leaves the ledger's bytes as they were, and says the same as JSON.
#
# A case is text. Lines before the first ">>>" say what it is about; then
#   >>> file NAME     the lines that follow are the file NAME
#   >>> bytes NAME    the same, with backslashes as in printf '%b', and no newline of its own
#   >>> setup         commands that must succeed, in a new ledger
#   >>> no ledger     the case has none
#   >>> command       the command, one line
#   >>> error         what it prints on stderr
#   >>> exit N        its exit code
set -euo pipefail
program=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/dualbasis"
export PATH="$work/bin:$PATH" SAMPLES="$source/samples" LC_ALL=C.UTF-8
unset NO_COLOR XDG_DATA_HOME || true

cases=0 failed=0
fail() {
	echo "FAILED: $(basename "$case"): $*"
	failed=$((failed + 1))
}

# Splits a case into the folder it runs in and $parts/{setup,command,error,exit}.
split() {
	local line target="" mode=""
	: >"$parts/setup"
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		'>>> file '*) mode=line target="$folder/${line#>>> file }" && : >"$target" ;;
		'>>> bytes '*) mode=bytes target="$folder/${line#>>> bytes }" && : >"$target" ;;
		'>>> setup' | '>>> command' | '>>> error') mode=line target="$parts/${line#>>> }" && : >"$target" ;;
		'>>> no ledger') touch "$parts/none" && target= ;;
		'>>> exit '*) echo "${line#>>> exit }" >"$parts/exit" && target= ;;
		'>>>'*) echo "unknown part: $line" && return 1 ;;
		*)
			[ -n "$target" ] || continue
			if [ "$mode" = bytes ]; then printf '%b' "$line" >>"$target"; else printf '%s\n' "$line" >>"$target"; fi
			;;
		esac
	done <"$case"
}

# Every byte of the ledger, and that nothing lies beside it.
state() {
	(cd "$home" && find . -type f -print0 | sort -z | xargs -0 -r sha256sum)
}

# What differs from run to run.
plain() {
	sed -e "s|$home|HOME|g" -e 's/today is [0-9-]*/today is TODAY/'
}

one() {
	local part
	rm -rf "$work/case"
	home=$work/case/home folder=$work/case/folder parts=$work/case/parts
	mkdir -p "$home" "$folder" "$parts"
	export HOME=$home DUALBASIS_LEDGER=$home/ledger.dualbasis
	split || {
		fail "cannot be read"
		return
	}
	for part in command error exit; do
		[ -s "$parts/$part" ] || {
			fail "has no part \"$part\""
			return
		}
	done
	cd "$folder"
	[ -e "$parts/none" ] || dualbasis init >/dev/null
	bash -euo pipefail "$parts/setup" >"$parts/setup.out" 2>&1 || {
		fail "its setup: $(cat "$parts/setup.out")"
		return
	}
	state >"$parts/before"
	local code=0
	bash "$parts/command" >"$parts/stdout" 2>"$parts/raw" || code=$?
	plain <"$parts/raw" >"$parts/stderr"
	state >"$parts/after"
	diff -u "$parts/error" "$parts/stderr" || fail "another message"
	[ "$code" = "$(cat "$parts/exit")" ] || fail "exit code $code"
	cmp -s "$parts/before" "$parts/after" || fail "the ledger was changed"

	# The same as JSON: the message's words, its code, its place.
	code=0
	bash -c "$(cat "$parts/command") --json" >"$parts/json" 2>"$parts/json.err" || code=$?
	[ "$code" = "$(cat "$parts/exit")" ] || fail "exit code $code with --json"
	[ ! -s "$parts/json.err" ] || fail "words on stderr with --json: $(cat "$parts/json.err")"
	# Of several failures `error` is the first; those that one hint answers stand above it.
	jq -r 'if .ok then error("ok") elif .errors and .errors[0].message != .error.message then
			error("another first") else
		(.errors // [.error]) as $all | [range($all | length)] | map($all[.] +
			{last: (. + 1 == ($all | length) or $all[. + 1].hint != $all[.].hint)} |
		"dualbasis: " + ([.file, .row, .column] | map(select(. != null) | tostring + ":") | join("")) +
		(if .file then " " else "" end) + .message + "\n" +
		(if .hint and .last then "hint: " + .hint + "\n" else "" end)) | add end +
		(.summary // "")' <"$parts/json" |
		sed '$d' | plain >"$parts/told" || fail "no JSON error"
	diff -u "$parts/error" "$parts/told" || fail "another message as JSON"
}

for case in "$source"/tests/errors/*; do
	cases=$((cases + 1))
	one
done
echo "$cases cases, $failed failures"
[ "$cases" -gt 60 ] && [ "$failed" -eq 0 ]
