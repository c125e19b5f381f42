#!/usr/bin/env bash
# The rooms: no include runs against cli > export > forms > ledger > schema, and each foreign library's
# header is included by exactly one file.
set -uo pipefail
cd "$2"
bad=0
complain() {
	echo "$*"
	bad=1
}
refuse() { # what, then a command that must find nothing
	local what=$1 found
	shift
	found=$("$@") && complain "$what: $found"
}

rooms=(schema ledger forms export cli)
include='^[[:space:]]*#[[:space:]]*include[[:space:]]*'
for i in "${!rooms[@]}"; do
	[ -n "$(find "${rooms[$i]}" -name '*.[ch]')" ] || complain "${rooms[$i]}: nothing there"
	for ((j = i + 1; j < ${#rooms[@]}; j++)); do
		refuse "${rooms[$i]} includes ${rooms[$j]}" grep -rnE "$include\"${rooms[$j]}/" "${rooms[$i]}"
	done
done
refuse "an own header not by its full path" grep -rnE "$include\"(\.\./|[^/\"]*\")" "${rooms[@]}"
refuse "tests included by the program" grep -rnE "$include\"tests/" "${rooms[@]}"

for header in sqlite3.h hpdf.h xlsxwriter.h qpdf/qpdf-c.h; do
	files=$(grep -rlE "$include<$header>" "${rooms[@]}")
	[ "$(printf '%s\n' "$files" | grep -c .)" = 1 ] ||
		complain "<$header> wants one file, is included by: ${files:-none}"
done

# Rules that a search of the text can hold.
refuse "setlocale" grep -rnE '\bsetlocale *\(' --include='*.c' "${rooms[@]}"
refuse "only cli prints" grep -rnE '(^|[^a-z_])(printf|puts|putchar|perror) *\(' --include='*.c' \
	schema ledger forms export
refuse "floating point where money flows" grep -rnE '^[^*/]*\b(double|float)\b' --include='*.[ch]' \
	--exclude='batch*' --exclude='generated*' ledger forms
exit $bad
