#!/usr/bin/env bash
# samples/run.sh goes the whole way, twice, and leaves a packet that says what Form 6251 says.
set -euo pipefail
program=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work DUALBASIS=$program LC_ALL=C.UTF-8
unset DUALBASIS_LEDGER XDG_DATA_HOME COLUMNS || true
failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

cd "$work"
"$source/samples/run.sh" "$work/out" >first
"$source/samples/run.sh" "$work/out" >second
cmp -s first second || fail "a second run says something else"
grep -q '^2k .* -212,360 ' first || fail "no line 2k of Form 6251"
grep -q '^11  *Alternative minimum tax  *0' first || fail "no line 11 of Form 6251"
grep -q '^2025 .* 43,856 .* 61,082 ' first || fail "no credit log"
grep -q 'FOUND' first && fail "check has found something"

pdftotext -layout "$work/out/packet.pdf" packet.txt 2>/dev/null
for words in 'Ada and Ben Quill' '(212,360)' '61,082' 'etrade-gains-losses-2025.csv' \
	5201ed08a4ac7013e2b595aa27a59e7a88e627b26bee5fb84166663837214385; do
	grep -qF -- "$words" packet.txt || fail "the PDF has not: $words"
done
unzip -tqq "$work/out/packet.xlsx" || fail "the workbook is no archive"
unzip -p "$work/out/packet.xlsx" xl/workbook.xml >workbook.xml
for sheet in 6251 8801 '8949 regular' '8949 amt' 'Schedule D' Lots; do
	grep -q "sheet name=\"$sheet\"" workbook.xml || fail "the workbook has no sheet $sheet"
done
grep -q 'definedName name="f6251_2k"' workbook.xml || fail "line 2k has no name in the workbook"
[ "$(stat -c %a "$work/out/packet.pdf")" = 600 ] || fail "others may read the packet"
exit $failed
