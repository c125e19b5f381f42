#!/usr/bin/env bash
# audit on the command line: exit codes, the JSON that scripts rely on, the files it writes, the clock.
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
code() { # WANTED COMMAND...
	local wanted=$1 got=0
	shift
	"$@" >out 2>err || got=$?
	[ "$got" = "$wanted" ] || {
		fail "exit code $got, not $wanted: $*"
		cat out err
	}
}
holds() { # WORDS FILTER
	jq -e "$2" out >/dev/null || {
		fail "$1"
		jq -c . out
	}
}

# ---- nothing is known as filed
"$dualbasis" init >/dev/null
code 3 "$dualbasis" audit
"$dualbasis" fact 2024 status=mfj wages=300000 credit_carryforward=60000 >/dev/null
"$dualbasis" record exercise --symbol ACME --grant-date 2019-01-02 --date 2021-03-01 --shares 1000 --strike 10 \
	--fmv 50 >/dev/null
"$dualbasis" record sale --symbol ACME --date 2024-06-03 --shares 1000 --price 70 >/dev/null
code 3 "$dualbasis" audit 2024
grep -q "nothing is known" err || fail "nothing filed: $(cat err)"
code 3 "$dualbasis" audit 2020
code 2 "$dualbasis" audit 2024 --on yesterday
code 2 "$dualbasis" audit year

# ---- filed right: nothing is found
"$dualbasis" filed 2024 f6251.2k=-40,000 f8801.25=13735 f8801.26=46265 f1040.total_tax=49072 >/dev/null
code 0 "$dualbasis" audit
grep -q "what was entered as filed is what computes" out || fail "filed right: $(cat out)"
code 0 "$dualbasis" audit 2024 --json
holds "no findings" '.ok and .data.findings == [] and .data.amendments == []'

# ---- example C-15: filed without the AMT basis
"$dualbasis" filed 2024 f6251.2k=0 f8801.25=7735 f8801.26=52265 f1040.total_tax=55072 filed_on=2025-04-10 \
	withheld=50000 paid=5072@2025-04-10 --replace "it was filed otherwise" >/dev/null
code 1 "$dualbasis" audit --on 2027-06-01
grep -q "^! The time to claim the refund for 2024 ends on 2028-04-18" out || fail "the clock: $(cat out)"
code 1 "$dualbasis" audit --on 2026-06-01
! grep -q "^! The time" out || fail "the clock, too early: $(cat out)"
code 1 "$dualbasis" audit 2024 --json --on 2026-06-01
holds "the keys of a finding" '.data.findings | length == 1 and (.[0] | [.code, .year, .line, .filed, .computed,
	.tax_effect, .credit_effect, .claim_by] == ["amt_basis_missed", 2024, "f6251.2k", "0.00", "-40000.00",
	"-6000.00", "-6000.00", "2028-04-18"] and (.text | length > 0))'
holds "the year" '.data.years[0] | .total_tax_filed == "55072.00" and .total_tax_computed == "49072.00" and .open and
	.refund_cap == "55072.00" and (.assumptions | index("adjustments")) and (.filing_day_assumed | not)'
holds "the amendment" '.data.amendments[0] | .year == 2024 and .worth_filing and .tax_change == "-6000.00" and
	any(.lines[]; .line == "7" and .original == "7735.00" and .change == "6000.00" and .correct == "13735.00") and
	(.explanation | contains("IRC 56(b)(3)")) and (.attachments | index("Form 6251, corrected"))'
code 1 "$dualbasis" audit 2024 --amend --on 2028-04-19
grep -q "barred" out || fail "barred: $(cat out)"
code 1 "$dualbasis" audit 2024 --json --on 2028-04-19
holds "barred" '(.data.findings[0].open | not) and (.data.amendments[0].worth_filing | not)'

# ---- the packet of the amendment, and the packet of the year
code 1 "$dualbasis" audit -o a.pdf -o a.xlsx --on 2026-06-01
grep -qx "wrote a.xlsx" out || fail "files: $(cat out)"
pdftotext -layout a.pdf a.txt 2>/dev/null
for words in "Audit of filed returns" "Form 1040-X figures for 2024" "Explanation of changes (draft)" \
	"Schedule D (Form 1040), refigured for the AMT, 2024"; do
	grep -qF "$words" a.txt || fail "a.pdf has no \"$words\""
done
unzip -p a.xlsx xl/workbook.xml | grep -o 'sheet name="[^"]*"' | tr '\n' ' ' >sheets
for sheet in Audit "1040-X 2024" "6251 2024" "8801 2024" "Schedule D amt 2024"; do
	grep -qF "\"$sheet\"" sheets || fail "a.xlsx has no sheet \"$sheet\": $(cat sheets)"
done
code 2 "$dualbasis" audit -o a.doc
code 0 "$dualbasis" packet 2024 -o p.pdf -o p.xlsx
pdftotext -layout p.pdf p.txt 2>/dev/null
grep -qF "Form 1040-X figures for 2024" p.txt || fail "the year's packet has no amendment"
unzip -p p.xlsx xl/workbook.xml | grep -q '"1040-X 2024"' || fail "the year's workbook has no amendment"

# ---- contradictions come before the comparison
"$dualbasis" filed 2024 f6251.6=5 f6251.4=400000 f6251.5=133300 >/dev/null
code 1 "$dualbasis" audit 2024 --on 2026-06-01
awk '/^! As filed, 2024: line f6251.6/ { said = NR } /^Year/ && !table { table = NR } END { exit !(said && said < table) }' \
	out || fail "contradictions: $(cat out)"
exit $failed
