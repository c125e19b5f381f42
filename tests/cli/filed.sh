#!/usr/bin/env bash
# filed --from: text, tables, JSON and fillable PDFs give the same lines, each with its place; what cannot
# be read leaves the ledger as it was. Official forms are filled in where ../shared/irs has them.
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME="$work" LC_ALL=C.UTF-8 DUALBASIS_LEDGER=$work/l.dualbasis
unset XDG_DATA_HOME COLUMNS || true
failed=0

fail() {
	echo "FAILED: $*"
	failed=1
}

# ---- a form of our own: the fields of a page, their values in order, and what the document says it is
# pdf FILE TITLE PAGE VALUE...
pdf() {
	local file=$1 title=$2 page=$3 i=0 value kids=""
	shift 3
	{
		printf '%%PDF-1.7\n%%\xbf\xf7\xa2\xfe\n%%QDF-1.0\n\n'
		printf '1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R ] >> >>\nendobj\n\n'
		printf '2 0 obj\n<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>\nendobj\n\n'
		printf '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 612 792 ] >>\nendobj\n\n'
		for value in "$@"; do
			kids="$kids $((6 + i)) 0 R"
			i=$((i + 1))
		done
		printf '4 0 obj\n<< /T (topmostSubform[0]) /Kids [%s ] >>\nendobj\n\n' "$kids"
		printf '5 0 obj\n<< /Title (%s) >>\nendobj\n\n' "$(sed 's/[()]/\\&/g' <<<"$title")"
		i=0
		for value in "$@"; do
			printf '%d 0 obj\n<< /T (f%d_%d[0]) /FT /Tx /Parent 4 0 R' $((6 + i)) "$page" $((i + 1))
			[ -z "$value" ] || printf ' /V (%s)' "$(sed 's/[()]/\\&/g' <<<"$value")"
			printf ' >>\nendobj\n\n'
			i=$((i + 1))
		done
		printf 'xref\n0 1\n0000000000 65535 f \ntrailer <<\n  /Root 1 0 R\n  /Info 5 0 R\n  /Size 1\n>>\nstartxref\n1\n%%%%EOF\n'
	} >qdf.pdf
	fix-qdf qdf.pdf >"$file"
}

# ---- the same lines from four kinds of files
cat >filed.txt <<'END'
# as printed
f6251.1 = $414,303
f6251.2a = 14,600.
f6251.2b = (150)
f6251.2k = (167,600)
f6251.4 = 261,153
END
cat >filed.csv <<'END'
remark,amount,line
taxable income,"$414,303",f6251.1
"Schedule A, or the standard deduction","14,600.",f6251.2a
,(150),f6251.2b
,"(167,600)",f6251.2k
,"261,153",f6251.4
,,f6251.5
END
cat >object.json <<'END'
{ "f6251.1": "$414,303", "f6251.2a": 14600, "f6251.2b": "(150)",
  "f6251.2k": "-167,600", "f6251.4": 261153, "f6251.5": null }
END
cat >list.json <<'END'
[
  { "line": "f6251.1", "amount": 414303 },
  { "line": "f6251.2a", "amount": "14600.00", "remark": { "of": [ 1, 2 ] } },
  { "amount": -150, "line": "f6251.2b" },
  { "name": "6251.2k", "value": "(167,600)" },
  { "line": "f6251.4", "amount": "261153" }
]
END
# Lines 1, 2a, 2b (in parentheses on the form, so without a sign), ... of page 1 from its third field.
pdf form.pdf "2024 Form 6251" 1 "Mara Lind" 000-00-0000 "414,303" "14,600." 150 "" "" "" "" "" "" "" "" \
	"(167,600)" "" "" "" "" "" "" "" "" "" "" "261,153"
lines='[["f6251.1","414303.00"],["f6251.2a","14600.00"],["f6251.2b","-150.00"],["f6251.2k","-167600.00"],
	["f6251.4","261153.00"]]'
for file in filed.txt filed.csv object.json list.json form.pdf; do
	rm -f "$DUALBASIS_LEDGER"
	"$dualbasis" init >/dev/null
	"$dualbasis" filed 2024 --from $file --json >out || fail "$file: exit code $?"
	jq -e --argjson want "$lines" '[.data.figures[] | [.name, .value]] == $want' out >/dev/null || {
		fail "$file: other lines"
		jq -c '.data.figures' out
	}
	# Each line knows its document and row.
	"$dualbasis" filed 2024 | grep -Eq "f6251.2k +-167,600.00 +$file:[0-9]+" || fail "$file: no place"
	# Going in twice changes nothing.
	"$dualbasis" filed 2024 --from $file --json | jq -e 'all(.data.figures[]; .fate == "same")' >/dev/null ||
		fail "$file: twice"
done
"$dualbasis" filed 2024 | grep -q 'f6251.2k .* form.pdf:14$' || fail "the field's number is the row"

# ---- words beside lines, and lists of them
cat >words.json <<'END'
{ "filed_on": "2025-04-11", "withheld": "33,300", "not_filed": [ "6251", "8801" ],
  "paid": [ "100@2024-06-15", "200 @ 2024-09-15" ] }
END
rm -f "$DUALBASIS_LEDGER"
"$dualbasis" init >/dev/null
"$dualbasis" filed 2024 --from words.json --json |
	jq -e '[.data.figures[].value] == ["2025-04-11","33300.00","f6251","f8801","100.00","200.00"]' >/dev/null ||
	fail "words"

# ---- lines that contradict each other are said when they come in, and again before the comparison
rm -f "$DUALBASIS_LEDGER"
"$dualbasis" init >/dev/null
"$dualbasis" filed 2024 f6251.1=400000 f6251.2a=14,600 f6251.4=500,000 >out || fail "contradiction: exit code $?"
grep -q '^! 2024: line f6251.4 as filed is 500,000, but the lines that make it come to 414,600:' out ||
	fail "contradiction: $(cat out)"
"$dualbasis" filed 2024 f6251.4=414,600 --replace "a slip" --json | jq -e '.data.warnings == []' >/dev/null ||
	fail "no contradiction any more"
"$dualbasis" filed 2024 not_filed=8801 f8801.25=5 --json | jq -e '.data.warnings | length == 1' >/dev/null ||
	fail "a line of a form that was not filed"

# ---- the other forms of 2024, 2025 and 2020
rm -f "$DUALBASIS_LEDGER"
"$dualbasis" init >/dev/null
read_pdf() { # TITLE PAGE YEAR NUMBER VALUE WANTED
	local values=() i
	for ((i = 1; i < $4; i++)); do values+=(""); done
	pdf one.pdf "$1" "$2" "${values[@]}" "$5"
	"$dualbasis" filed "$3" --from one.pdf --dry-run --json >out || fail "$1: exit code $?"
	jq -er '.data.figures[] | "\(.name)=\(.value)"' out | grep -qx "$6" || fail "$1, field $4 of page $2: $(cat out)"
}
read_pdf "2024 Form 1040" 1 2024 41 "176,800" f1040.wages=176800.00
read_pdf "2024 Form 1040" 2 2024 14 "33,300" withheld=33300.00
read_pdf "2025 Form 1040" 1 2025 75 "428,903" f1040.agi=428903.00
read_pdf "2020 Form 1040" 2 2020 10 "5,000" f1040.total_tax=5000.00
read_pdf "2024 Schedule 2 (Form 1040)" 1 2024 12 "37,403" f1040.amt=37403.00
read_pdf "2023 Schedule 2 (Form 1040)" 1 2023 3 "37,403" f1040.amt=37403.00
read_pdf "2024 Schedule 2 (Form 1040)" 1 2024 22 "8,698" f1040.niit=8698.00
read_pdf "2024 Schedule 3 (Form 1040)" 1 2024 10 "7,781" f8801.25=7781.00
read_pdf "2024 Schedule D (Form 1040)" 2 2024 4 "3,000" schedule_d.21=-3000.00
read_pdf "2025 Form 6251" 1 2025 15 "-40,000" f6251.2k=-40000.00

# ---- what cannot be read
sha() { sha256sum "$DUALBASIS_LEDGER" | cut -c1-64; }
before=$(sha)
refuse() { # FILE YEAR CODE WORDS
	local code=0
	"$dualbasis" filed "$2" --from "$1" >out 2>&1 || code=$?
	[ "$code" = "$3" ] || fail "$1: exit code $code"
	grep -qF -- "$4" out || {
		fail "$1: wanted \"$4\""
		cat out
	}
	[ "$(sha)" = "$before" ] || fail "$1: the ledger has changed"
}
qpdf --encrypt secret secret 256 -- form.pdf locked.pdf
refuse locked.pdf 2024 5 "locked.pdf: the PDF is encrypted with a password"
head -c 900 form.pdf >cut.pdf
refuse cut.pdf 2024 5 "cut.pdf: the PDF is damaged or cut off"
# Found by fuzzing: a number that no file can have was called an error of the system.
LC_ALL=C sed '/^startxref/{n;s/.*/99999999999999999999999/}' form.pdf >large.pdf
refuse large.pdf 2024 5 "large.pdf: the PDF is damaged or cut off"
# So was a word of the library's own on the terminal, about a document without a root.
LC_ALL=C sed 's#/Root 1 0 R#/Root 9999 0 R#' form.pdf >rootless.pdf
refuse rootless.pdf 2024 5 "rootless.pdf: the PDF is damaged or cut off"
! grep -q WARNING out || fail "the library speaks"
refuse form.pdf 2023 5 'the PDF is "2024 Form 6251", not of 2023'
pdf other.pdf "2024 Form 8801" 1 1
refuse other.pdf 2024 4 'the fields of "Form 8801" are not known'
pdf old.pdf "2019 Form 1040" 1 1
refuse old.pdf 2019 4 'the fields of Form 1040 of 2019 are not known'
pdf nameless.pdf "Return" 1 1
refuse nameless.pdf 2024 5 "does not say which form of which year it is"
pdf strange.pdf "2024 Form 6251" 7 1 2 3
refuse strange.pdf 2024 5 "has none of its fields"
pdf blank.pdf "2024 Form 6251" 1 "Mara Lind" "" "" ""
refuse blank.pdf 2024 5 "no amount is filled in"
pdf words.pdf "2024 Form 6251" 1 "" "" "see statement"
refuse words.pdf 2024 5 'line 1 (field topmostSubform[0].f1_3[0]) holds "see statement", which is no amount'
qpdf --empty empty.pdf
refuse empty.pdf 2024 5 "the PDF has no fields to fill in"
printf '%%PDF-1.7\nnothing\n' >no.pdf
refuse no.pdf 2024 5 "damaged or cut off"
printf 'line,sum\nf6251.1,2\n' >no-header.csv
refuse no-header.csv 2024 5 "no-header.csv:1:1: the first row is no header"
printf 'line,amount\nf6251.1,\n,5\n' >no-name.csv
refuse no-name.csv 2024 5 "no-name.csv:3:1"
printf 'line,amount\nf6251.1,x\n' >no-amount.csv
refuse no-amount.csv 2024 5 "no-amount.csv:2:2"
printf '{ "f6251.1": {} }' >deep.json
refuse deep.json 2024 5 "deep.json:1: this is neither a figure nor a list of them"
printf '[ { "amount": 5 } ]' >no-line.json
refuse no-line.json 2024 5 "this figure does not say its line"
printf '{ "f6251.1": 5 } 6' >more.json
refuse more.json 2024 5 "more.json:1"
printf '{ "f6251.99": 5 }' >unknown.json
refuse unknown.json 2024 5 'unknown.json:1'
printf 'f6251.1 = 5\nf6251.1 = 6\n' >twice.txt
refuse twice.txt 2024 5 "is given twice"
"$dualbasis" fact 2024 --from form.pdf >out 2>&1 && fail "fact takes a PDF"
grep -q "only .filed. reads" out || fail "fact and a PDF: $(cat out)"

# ---- official forms: fill every field that is taken with a number, print it, and find the number beside
# ---- the line's own label on the page
# Each number that was filled in, with the word that stands just left of it on the page.
beside() {
	pdftotext -bbox "$1" - 2>/dev/null | sed -n 's/^ *<page .*/page/p; s/^ *<word xMin="\(.*\)" yMin="\(.*\)" xMax="\(.*\)" yMax="\(.*\)">\(.*\)<\/word>/\1 \2 \3 \4 \5/p' |
		awk '$1 == "page" { show(); count = 0; next }
			{ left[++count] = $1; middle[count] = ($2 + $4) / 2; right[count] = $3; word[count] = $5 }
			function show(	i, k, best) {
				for (i = 1; i <= count; i++) {
					if (word[i] !~ /^1[0-9][0-9][0-9][0-9]$/) continue
					best = 0
					for (k = 1; k <= count; k++)
						if (word[k] !~ /^[()$.]$/ && k != i && right[k] <= left[i] &&
							middle[k] - middle[i] < 7 && middle[i] - middle[k] < 7 &&
							(!best || right[k] > right[best]))
							best = k
					print word[i], word[best]
				}
			}
			END { show() }'
}
irs=$source/../shared/irs
[ -d "$irs" ] || irs=$(dirname "$source")/shared/irs
official=0
DUALBASIS_LEDGER=$work/blank.dualbasis "$dualbasis" init >/dev/null
if [ -d "$irs" ]; then
	for year in 2020 2021 2022 2023 2024 2025; do
		"$dualbasis" filed $year --template >template.txt
		for form in f1040 f1040s2 f1040s3 f1040sd f6251; do
			[ -f "$irs/$form--$year.pdf" ] || continue
			[ "$form-$year" != f1040s3-2020 ] || continue
			qpdf --object-streams=disable "$irs/$form--$year.pdf" official.pdf 2>/dev/null || [ $? = 3 ]
			qpdf --json --json-stream-data=none official.pdf >form.json 2>/dev/null
			# Each text field that is wide enough for an amount gets its own number.
			jq '.qpdf[1] as $objects | [.acroform.fields[] | select(.fieldtype == "/Tx")] | to_entries
				| map(.key as $key | .value as $field
					| $objects["obj:\($field.annotation.object)"].value["/Rect"] as $box
					| select($box[2] - $box[0] > 50 and $box[2] - $box[0] < 90)
					| {key: "obj:\($field.object)", value: {value:
						($objects["obj:\($field.object)"].value + {"/V": "u:\(10000 + $key)"})}})
				| from_entries as $filled
				| {qpdf: [{jsonversion: 2, pdfversion: "1.7", maxobjectid: 99999,
					pushedinheritedpageresources: false, calledgetallpages: false}, $filled]}' \
				form.json >fill.json
			qpdf official.pdf --update-from-json=fill.json --generate-appearances filled.pdf 2>/dev/null ||
				[ $? = 3 ]
			DUALBASIS_LEDGER=$work/blank.dualbasis "$dualbasis" filed $year --from filled.pdf --dry-run --json >out || {
				fail "$form of $year: exit code $?"
				continue
			}
			beside filled.pdf >beside.txt
			while read -r name value; do
				line=$(grep -B1 "^$name =" template.txt | sed -n 's/.*, line //p' || true)
				case $name in
				withheld) line=25d ;;
				f8801.25) line=6b ;;
				f1040.*) line=${line##*, } ;;
				*) line=${name##*.} ;;
				esac
				[ -n "$line" ] || continue
				grep -qx "${value#-} $line" beside.txt ||
					fail "$form of $year: $name = $value stands beside $(grep "^${value#-} " beside.txt), not $line"
				official=$((official + 1))
			done < <(jq -r '.data.figures[] | "\(.name) \(.value | sub("\\.00$"; ""))"' out)
		done
	done
	echo "$official lines of official forms stand where they are read"
	[ "$official" -gt 300 ] || fail "too few lines of official forms"
else
	echo "official forms are not here: their fields were not checked"
fi
exit $failed
