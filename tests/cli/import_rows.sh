#!/usr/bin/env bash
# `import --dry-run --json` of every sample: rows with the same keys and kinds of value whatever the
# format, as many as are counted, amounts as plain decimals, and a ledger that stays as it was. A file
# that does not say which security was sold shows its rows too; it is only refused when it is to go
# in. Records of our own are no rows of a broker.
set -euo pipefail
dualbasis=$(realpath "$1")
samples=$(realpath "$2")/tests/import/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME || true

failed=0 files=0
fail() {
	echo "FAILED: $*"
	failed=1
}

well_formed='
def decimal: . == null or (type == "string" and test("^-?[0-9]+(\\.[0-9]+)?$"));
def day: . == null or . == "VARIOUS" or test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
.ok and (.data.format | type == "string") and (.data.rows | length > 0 or $empty) and
(.data.rows | all(
	(keys | contains(["kind", "description", "symbol", "cusip", "quantity", "date_acquired",
		"date_sold", "proceeds", "basis", "wash_disallowed", "market_discount",
		"federal_withheld", "term", "covered", "box", "flags", "plan"])) and
	(.kind != "sale" or .wash_disallowed != null) and
	(.kind | IN("sale", "1256", "rsu_vest", "espp_purchase", "option_exercise", "dividend",
		"tax_withholding", "tax_reversal", "transfer")) and
	([.quantity, .proceeds, .basis, .wash_disallowed, .market_discount, .federal_withheld]
		| all(decimal)) and
	([.date_acquired, .date_sold] | all(day)) and
	(.term | IN("short", "long", "unknown", null)) and
	(.covered | IN(true, false, null)) and
	(.box == null or (.box | test("^[A-L]$"))) and
	(.flags | type == "array") and (.plan | type == "object")))'

# Each row says what would become of it, and the counts are of the rows.
counted='
.data as $data | ["new", "same", "changed", "unused", "error"] |
all(. as $fate | ($data.rows | map(select(.fate == $fate)) | length) == $data[$fate]) and
([$data[.[]]] | add) == ($data.rows | length)'

"$dualbasis" init >out
cp "$DUALBASIS_LEDGER" before
while IFS= read -r -d '' file; do
	files=$((files + 1))
	# One sample is an export in which nothing happened.
	empty=false
	[[ $file != *20260105091733.csv ]] || empty=true
	"$dualbasis" import "$file" --dry-run --json >out 2>err || fail "$file: $(cat out err)"
	[ "$(jq --argjson empty $empty "$well_formed" <out)" = true ] || fail "$file: $(cut -c1-200 out)"
	[ "$(jq "$counted" <out)" = true ] || fail "$file: the counts are not the rows: $(jq -c '.data | del(.rows)' out)"
done < <(find "$samples" -type f ! -path "*/records/*" -print0 | sort -z)
cmp -s "$DUALBASIS_LEDGER" before || fail "the ledger changed"
[ "$files" -gt 50 ] || fail "only $files samples"
exit $failed
