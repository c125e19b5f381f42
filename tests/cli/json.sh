#!/usr/bin/env bash
# Every answer as JSON is one object with the shape that scripts rely on.
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME || true
failed=0

# holds COMMAND... -- FILTER: the answer of the command satisfies the jq filter.
holds() {
	local words=()
	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	"$dualbasis" "${words[@]}" --json >answer 2>err || {
		echo "FAILED: ${words[*]}: $(cat answer err)"
		failed=1
		return
	}
	[ ! -s err ] || {
		echo "FAILED: ${words[*]}: words on stderr: $(cat err)"
		failed=1
	}
	jq -e -s 'length == 1 and .[0].ok == true and (.[0].data | type == "object")' answer >/dev/null || {
		echo "FAILED: ${words[*]}: not one good object"
		failed=1
	}
	jq -e "def money: type == \"string\" and test(\"^-?[0-9]+\\\\.[0-9]{2}\$\");
		def day: type == \"string\" and test(\"^[0-9]{4}-[0-9]{2}-[0-9]{2}\$\");
		def shares: type == \"string\" and test(\"^[0-9]+(\\\\.[0-9]+)?\$\");
		.data | ($2)" answer >/dev/null || {
		echo "FAILED: ${words[*]}: $2"
		head -c 2000 answer
		failed=1
	}
}

holds version -- '.version | test("^[0-9]+\\.")'
holds init -- '.created and (.ledger | endswith("ledger.dualbasis"))'
holds import "$source/samples/2025/schwab-1099-2025.csv" --dry-run -- '
	.format == "schwab-1099" and (.rows | length == 4) and (.rows[0] |
	.kind == "sale" and .description == "GALENA LITHIUM LTD" and .quantity == "200.00" and
	.date_acquired == "2022-06-01" and .date_sold == "2025-02-11" and .proceeds == "2010.00" and
	.basis == "7350.00" and .wash_disallowed == "0.00" and .term == "long" and .covered == true and
	.box == "D" and (.flags | type == "array") and has("plan") and has("symbol") and has("cusip"))'
holds import "$source/samples/2024" "$source/samples/2025/schwab-1099-2025.csv" --dry-run -- '
	.files | length == 2 and all(.file and .format and (.rows | length > 0))'
holds import "$source"/samples/20* -- '
	.files | length == 6 and all(.new > 0 and .same == 0 and (.sha256 | length == 64))'
holds import "$source"/samples/20* -- '.files | length == 6 and all(.known and .new == 0)'
for year in 2022 2023 2024 2025; do
	holds fact $year --from "$source/samples/figures/figures-$year.txt" -- '
		.figures | length == 7 and all(.fate == "new") and (.[1].value | money)'
done
holds fact 2024 -- '.figures | length == 7 and (.[1] | .name == "wages" and .value == "271300.00" and
	.source == "figures-2024.txt:5")'
holds lots -- '.lots | length == 2 and all(
	(.id | test("^L[0-9]+$")) and .symbol == "TLMC" and has("account") and .kind == "iso" and
	(.acquired | day) and (.shares | shares) and (.basis.regular | money) and (.basis.amt | money) and
	(.qualifies_on | day) and has("source"))'
holds lots -- '.lots[1] | .shares == "5000" and .basis.regular == "4000.00" and .basis.amt == "230000.00"'
holds lots --on 2024-12-31 -- '[.lots[] | select(.symbol == "TLMC").shares] == ["1500", "9000", "1200"]'
holds sales 2025 -- '.rows | length == 18 and all(
	(.book == "regular" or .book == "amt") and (.box | test("^[A-L]$")) and .description and
	has("acquired") and (.sold | day) and (.proceeds | money) and (.basis | money) and
	(.codes | type == "string") and (.adjustment | money) and (.gain | money) and
	(.term == "short" or .term == "long") and has("lot"))'
holds sales 2025 -- '[.rows[] | select(.book == "regular" and .codes == "B")] | length == 1 and
	(.[0] | .adjustment == "-20998.70" and .gain == "0.00" and .basis == "25200.00")'
holds form f6251 2025 -- '(.lines | map(.line)) as $lines | ($lines | index("1b")) < ($lines | index("2k")) and
	($lines | index("2k")) < ($lines | index("11")) and (.lines | all(has("label") and has("status") and
	(.value == null or (.value | money)) and (.status | test("^(entered|computed|carried|constant|assumed|missing|not_modelled)$"))))'
holds form 2025 6251 --cents -- '.lines[] | select(.line == "2k").value == "-212360.00"'
holds form schedule_d@amt 2025 -- '.lines[] | select(.line == "16").value | money'
holds form 8949 2025 -- '.rows | length == 18'
holds form 8949 2025 -- '(.lines | length > 0 and all((.line | test("^[A-L].2[degh]$")) and (.label | type == "string") and .status == "computed" and (.value | money))) and
	(def cents: sub("\\."; "") | tonumber; [.lines[] | select(.line | endswith("h")).value | cents] | add) ==
	(def cents: sub("\\."; "") | tonumber; [.rows[] | select(.book == "regular").gain | cents] | add)'
holds plan room 2026 status=mfj wages=290000 --strike 0.80 --price 62 -- '(.room | money) and (.form_room | money) and
	(.shares | shares) and .binding == "amt" and .margin == "5%" and (.exercises | length > 3 and
	all((.spread | money) and (.amt | money) and (.total_tax | money) and .size)) and
	(.grants | length == 1) and (.figures | length == 1) and (.assumed | length > 9)'
holds plan exercise 2026 status=mfj wages=290000 --strike 0.80 --price 62 --shares 5000 -- '(.amt | money) and
	(.total_tax | money) and (.spread == "306000.00") and (.shares == "5000") and .credit == null and .credit_reason and
	(.same_year_sale_until | day) and (.lines | length > 9 and all((.with | money) and (.without | money) and .label)) and
	(.prices | length == 5)'
holds credit -- '.years | map(.year) == [2022, 2023, 2024, 2025] and all(.[];
	(.generated | money) and (.line18_adjustment | money) and (.used | money) and (.balance | money) and
	(.amt_basis_outstanding | money))'
holds explain 2025 6251.2k -- '.line == "6251.2k" and (.nodes[0] | .value == "-212360.00" and .status == "computed") and
	([.nodes[].parts[].sources[].sha256 | select(. != null)] | length > 10 and all(length == 64))'
holds todo -- '.items | map(select(.year == 2025 and .weight == "question" and (.command | test("^dualbasis fact 2025 [a-z_]+=yes.no$")))) | length > 3'
holds clocks --from 2023-01-01 -- '.clocks | length > 3 and all((.day | day) and .lot and .what)'
holds check -- '.checks | length > 5 and all(.ok)'
holds reconcile 2025 -- '(.accounts | length == 6 and all(.proceeds_difference == "0.00" and (.broker.basis | money) and
	(.adjustment | money))) and (.unreported == [])'
holds doctor -- '.checks | length > 5 and all(.state != "FOUND")'
holds limits -- '.limits | length > 3 and all(has("refused") and .effect and .what)'
holds compute --columns -- '.columns | map(.name) | index("wages") and index("iso_spread") and index("prior_qdcg_5")'
holds packet 2025 -- 'type == "object"'
holds packet 2025 -o p.json -- '.files == ["p.json"]'
jq -e . p.json >/dev/null || failed=1
holds help -- '.text | length > 100'
holds completion bash -- '.text | length > 100'
holds record sale --symbol TLMC --date 2025-12-01 --shares 10 --price 60 --dry-run -- '
	.dry_run and (.dispositions | length == 1) and (.dispositions[0] | .lot == "L1" and (.gain.regular | money))'
holds lock 2024 --reason "a test" -- '.locked'
holds unlock 2024 --reason "a test" -- '.locked == false'
holds undo --reason "a test" --dry-run -- '.undone > 0'
holds backup copy.dualbasis -- '.file == "copy.dualbasis"'
holds restore copy.dualbasis --ledger again.dualbasis -- '.ledger == "again.dualbasis"'
holds log -- '.batches | length > 5 and all((.at | length == 16) and .command)'

# An error is one object too, with a code, a place and exit code.
code=0
"$dualbasis" fact 2024 wages=1 --json >answer || code=$?
[ "$code" = 5 ] && jq -e '.ok == false and .error.code == "bad_input" and (.error | has("hint") and
	has("file") and .row == null and .column == null)' answer >/dev/null || failed=1

# refused TEXT COMMAND...: the error as JSON has the text, and is UTF-8, whatever bytes were given.
refused() {
	local text=$1
	shift
	if "$dualbasis" "$@" --json >answer 2>err; then
		echo "FAILED: $*: not refused"
		failed=1
	fi
	if ! iconv -f UTF-8 -t UTF-8 answer >/dev/null 2>&1 ||
		! jq -e --arg text "$text" '.ok == false and
			([.error.message, .error.file, .error.hint] | any(. != null and contains($text)))' answer >/dev/null; then
		echo "FAILED: $*: $(cat answer err)"
		failed=1
	fi
}

replaced=$'\xef\xbf\xbd'
head='Description of property,Date acquired,Date sold,Proceeds,Cost basis'
printf '%s\nACME,1/2/2025,6/31/2025,1,2\n' "$head" >$'caf\xe9.csv'
refused "caf$replaced.csv" import $'caf\xe9.csv' --dry-run
mkdir $'d\xff'
printf 'a,b\n1,2\n' >$'d\xff/\x7f\xe2\x80\xa8.csv'
refused $'d\xef\xbf\xbd/\x7f\xe2\x80\xa8.csv' import $'d\xff' --dry-run
# Where a quotation is cut, no character is: 59 letters and one of two bytes.
long=$(printf 'x%.0s' {1..59})
printf '%s\nACME,1/2/2025,%s,1,2\n' "$head" "$long"$'\xc3\xa9\xc3\xa9' >long.csv
refused "\"$long\" is not a day" import long.csv --dry-run
exit $failed
