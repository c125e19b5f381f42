#!/usr/bin/env bash
# Every file of the samples goes into a fresh ledger, for real: `import` takes it, `check` finds
# nothing wrong, the same file again adds nothing, and the year's sales can be told. Two files say
# nowhere which security was sold; they are refused until --symbol says it.
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

"$dualbasis" init >out
cp "$DUALBASIS_LEDGER" empty
while IFS= read -r -d '' file; do
	name=${file#"$samples"/} options=()
	files=$((files + 1))
	rm -f "$DUALBASIS_LEDGER"*
	cp empty "$DUALBASIS_LEDGER"
	case $name in
	"netbenefits/View closed lots.csv" | netbenefits/stock-sales.tsv)
		if "$dualbasis" import "$file" >out 2>err; then
			fail "$name was taken without a symbol"
		fi
		grep -q -- "--symbol SYMBOL" err || fail "$name: $(cat err)"
		options=(--symbol DLSW)
		;;
	esac
	if ! "$dualbasis" import "$file" "${options[@]}" --json >out 2>err; then
		fail "$name: $(cat out err)"
		continue
	fi
	[ "$(jq '.data.changed' <out)" = 0 ] || fail "$name changes what it said itself"
	"$dualbasis" check >out 2>err || fail "$name: check: $(cat out err)"
	"$dualbasis" lots >out 2>err || fail "$name: lots: $(cat out err)"
	"$dualbasis" sales 2025 >out 2>err || fail "$name: sales: $(cat out err)"
	"$dualbasis" todo >out 2>err || fail "$name: todo: $(cat out err)"
	"$dualbasis" import "$file" "${options[@]}" --json >out 2>err ||
		fail "$name again: $(cat out err)"
	[ "$(jq '.data.known' <out)" = true ] || fail "$name is not known again: $(cat out)"
done < <(find "$samples" -type f -print0 | sort -z)

# A form and its correction together: no command that adds the dividends of both.
rm -f "$DUALBASIS_LEDGER"*
cp empty "$DUALBASIS_LEDGER"
sed 's/^"Form 1099 B",""/"Corrected","Yes"\n&/; s/"903.60"/"950.00"/' \
	"$samples/schwab-1099/XXXX-X482.CSV" >corrected.csv
"$dualbasis" import "$samples/schwab-1099/XXXX-X482.CSV" corrected.csv >out 2>err ||
	fail "a form and its correction: $(cat err)"
grep -q "in place of the earlier form's" out || fail "a correction's figures: $(cat out)"
! grep -q "ordinary_dividends=" out || fail "dividends of both forms are added: $(cat out)"
[ "$("$dualbasis" sales 2025 --json |
	jq '[.data.rows[] | select(.book == "regular")] | length')" = 12 ] ||
	fail "a form and its correction are not 12 sales"

[ "$files" -gt 55 ] || fail "only $files samples"
exit $failed
