#!/usr/bin/env bash
# The sample household's packets: the same figures in every kind of file, whole or not at all.
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME SOURCE_DATE_EPOCH || true
failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

"$dualbasis" init >/dev/null
"$dualbasis" import "$source"/samples/20* >/dev/null
for year in 2022 2023 2024 2025; do
	"$dualbasis" fact $year --from "$source/samples/figures/figures-$year.txt" >/dev/null
done

# Equal ledgers give equal bytes, for their owner only; no file is left over.
mkdir first second
for year in 2022 2023 2024 2025; do
	for folder in first second; do
		"$dualbasis" packet $year --client 'Ada & Ben "Quill"' -o $folder/$year.pdf \
			-o $folder/$year.xlsx -o $folder/$year.txf -o $folder/$year.csv \
			-o $folder/$year.json >/dev/null
	done
done
for file in first/*; do
	cmp "$file" "second/${file#first/}" || fail "$file differs from one run to the next"
	[ "$(stat -c %a "$file")" = 600 ] || fail "$file can be read by others"
done
[ "$(ls first | wc -l)" = 20 ] || fail "files left over: $(ls first)"
SOURCE_DATE_EPOCH=1767225600 "$dualbasis" packet 2025 -o dated.pdf -o dated.xlsx >/dev/null
grep -aq 'CreationDate (D:20260101000000' dated.pdf || fail "the PDF has no date of SOURCE_DATE_EPOCH"

# What `form` answers stands in the PDF, and in the JSON.
for year in 2022 2023 2024 2025; do
	qpdf --check first/$year.pdf >check 2>&1 || fail "$year.pdf: $(cat check)"
	pdftotext -layout first/$year.pdf text 2>/dev/null
	for form in 1040 6251 8801 schedule_d schedule_d@amt; do
		"$dualbasis" form $form $year --json >answer
		jq -r '.data.lines[] | select(.value != null and (.value | test("[.]"))) | .value' \
			answer >amounts
		[ -s amounts ] || fail "$form of $year has no amount"
		while read -r amount; do
			whole=${amount%.*}
			grouped=$(printf "%'d" "${whole#-}" | sed ':a;s/^\([0-9]*\)\([0-9]\{3\}\)/\1,\2/;ta;s/^,//')
			grep -qF -- "$grouped" text || fail "$form of $year: $amount is not in the PDF"
		done <amounts
		jq -e --slurpfile packet first/$year.json '
			.data as $form | $packet[0].forms[] | select(.form == $form.form) | .lines == $form.lines' \
			answer >/dev/null || fail "$form of $year: the JSON packet says something else"
	done
	"$dualbasis" sales $year --json | jq -e --slurpfile packet first/$year.json \
		'.data.rows == $packet[0].rows' >/dev/null || fail "sales of $year in the JSON packet"
done

# TXF and CSV hold the sales of the regular Form 8949: no row and no cent is lost.
for year in 2024 2025; do
	"$dualbasis" sales $year --json |
		jq -r '.data.rows[] | select(.book == "regular") | [.proceeds, .basis] | @tsv' | sort >rows
	tr -d '\r' <first/$year.txf |
		awk '/^\$/ { n++; v[n] = substr($0, 2) } /^\^/ { if (n) print v[2] "\t" v[1]; n = 0 }' | sort >txf
	cmp rows txf || fail "TXF of $year"
	[ "$(tail -n +2 first/$year.csv | wc -l)" = "$(wc -l <rows)" ] || fail "CSV of $year"
done

# Refusals leave nothing behind.
refused() {
	local code=$1
	shift
	local status=0
	"$dualbasis" "$@" >out 2>err || status=$?
	[ "$status" = "$code" ] || fail "$*: exit $status, wanted $code: $(cat err)"
}
mkdir empty
refused 2 packet 2025 -o empty/packet.docx
refused 6 packet 2025 -o empty/no/packet.pdf
refused 3 packet 2021 -o empty/packet.pdf
refused 2 packet 2025 -o empty
# A disk that is full before the file is whole.
for ending in pdf xlsx json; do
	(
		trap '' XFSZ
		ulimit -f 24
		refused 6 packet 2025 -o empty/packet.$ending
		exit $failed
	) || failed=1
done
[ -z "$(ls -A empty)" ] || fail "a refused packet left $(ls -A empty)"

# LibreOffice calculates every formula anew: all cells of all sheets stay what they were.
if command -v soffice >/dev/null; then
	for mode in 0 1; do
		mkdir -p profile$mode/user sheets$mode
		cat >profile$mode/user/registrymodifications.xcu <<-END
			<?xml version="1.0" encoding="UTF-8"?>
			<oor:items xmlns:oor="http://openoffice.org/2001/registry">
			<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>$mode</value></prop></item>
			</oor:items>
		END
		soffice "-env:UserInstallation=file://$work/profile$mode" --headless --convert-to \
			'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
			--outdir sheets$mode first/*.xlsx >soffice.log 2>&1 || fail "soffice: $(cat soffice.log)"
	done
	diff -r sheets0 sheets1 || fail "LibreOffice calculates other values"
	cells=$(cat sheets0/*.csv | wc -l)
	[ "$cells" -gt 3000 ] || fail "only $cells lines in the sheets"
	grep -l 'FAIL\|Err:\|#NAME\|#VALUE\|#REF' sheets0/*.csv && fail "errors in the sheets"
else
	echo "skipped: soffice is not installed"
fi
exit $failed
