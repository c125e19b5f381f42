#!/usr/bin/env bash
# `reconcile`: two accounts box by box, totals typed from the paper form, statements, corrections,
# waivers, and what is on no 1099-B.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$(realpath "$1") source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

exits() { # code, arguments of reconcile
	local want=$1 code=0
	shift
	"$dualbasis" reconcile "$@" >out 2>told || code=$?
	expect "exit code of reconcile $*" "$code" "$want"
}
# Account, box, rows, proceeds, basis and column (g), one line each.
lines() {
	"$dualbasis" reconcile 2025 "$@" --json | jq -r '.data.accounts[] | [.account // "-", .box,
		.broker.sales, .broker.proceeds, .broker.basis, .adjustment, .proceeds_difference] | join(" ")'
}

"$dualbasis" init >/dev/null
"$dualbasis" import "$source/samples/2022" "$source/samples/2023" "$source/samples/2025" >/dev/null

exits 0 2025
expect "accounts and boxes" "$(lines)" "- D 2 291791.87 28400.00 -20998.70 0.00
XXXX-X731 A 2 8058.75 8377.00 0.00 0.00
XXXX-X731 D 2 7926.00 11716.80 0.00 0.00
Z31877204 A 1 3447.00 3861.90 138.30 0.00
Z31877204 D 1 6212.40 2904.00 0.00 0.00
Z31877204 E 1 4480.00 2150.00 0.00 0.00"
expect "one account" "$(lines --account XXXX-X731 | wc -l)" 2
exits 2 2025 --account XXXX-X732
expect "a slip in its name" "$(grep -c 'did you mean XXXX-X731' told)" 1

# Totals as the paper prints them: of one account, of all.
exits 0 2025 --account Z31877204 A.proceeds=3447 A.basis=3861.90 A.wash=138.30 e.proceeds=4480.00
exits 0 2025 A.proceeds=11505.75 D.proceeds=14138.40 D.withheld=0
exits 1 2025 A.proceeds=11505.76
expect "the difference" "$(grep -c 'A  *proceeds  *3  *11,505.75  *11,505.76  *0.01' out)" 1
"$dualbasis" reconcile 2025 B.basis=-5 --json >out || true
expect "of a box without rows" "$(jq -c '.data.printed_totals' out | tr -d '" ')" \
	"[{box:B,what:basis,sales:0,rows:0.00,printed:-5.00,difference:-5.00}]"
for wrong in M.proceeds=1 A.gain=1 A.proceeds Aproceeds=1 A.proceeds=1,0 A.proceeds= =1 A; do
	exits 2 2025 "$wrong"
	expect "$wrong says why" "$(wc -c <out) $(grep -c . told)" "0 $(grep -c . told)"
done
exits 2 2025 A.proceeds=1 a.proceeds=1
expect "twice" "$(grep -c 'A.proceeds is given twice' told)" 1

# A sale that a plan's statement tells alone is no row of a 1099-B, until its form comes.
exits 0 2025
expect "statements are marked" "$(grep -c 'D\*' out) $(grep -c '2 sales are told by a statement alone' out)" "1 1"
cat >broker.profile <<'END'
name etrade-paper
column "Symbol" symbol
column "Quantity" quantity
column "Acquired" acquired
column "Sold" sold
column "Proceeds" proceeds
column "Basis" basis
constant box D
constant account E-77
END
cat >form.csv <<'END'
Symbol,Quantity,Acquired,Sold,Proceeds,Basis
TLMC,4000,11/06/2023,03/12/2025,245593.17,3200.00
TLMC,1200,12/04/2023,04/10/2025,46198.70,25200.00
END
"$dualbasis" import --profile broker.profile form.csv >/dev/null
expect "with its form" "$(lines | grep '291791.87')" "E-77 D 2 291791.87 28400.00 -20998.70 0.00"
exits 0 2025 --account E-77 D.proceeds=291791.87 D.basis=28400
expect "no statement is left" "$(grep -c statement out || true)" 0

# A corrected form takes the first one's place, and so do its totals.
sed -e 's/\(1099-B-Detail *,Z31877204,[^,]*,[^,]*,,,\),/\103\/02\/2026,/g' \
	-e 's/0000000000006212\.40/0000000000006312.40/g; s/0000000000014139\.40/0000000000014239.40/g' \
	-e 's/0000000000003308\.40/0000000000003408.40/g' \
	"$source/samples/2025/fidelity-1099-2025.csv" >corrected.csv
"$dualbasis" import corrected.csv >told
expect "corrected" "$(grep -c 'corrected form' told)" 1
expect "one row of it" "$(lines --account Z31877204 | grep ' D ')" "Z31877204 D 1 6312.40 2904.00 0.00 0.00"
exits 1 2025 --account Z31877204 D.proceeds=6212.40
exits 0 2025 --account Z31877204 D.proceeds=6312.40

# What was taken although its totals differ does not meet the typed total either.
tr '\r' '\n' <"$source/samples/2025/fidelity-1099-2025.csv" |
	sed -e 's/Z31877204/Z99/' -e '/^1099-B-Detail.*CRLN/ s/3447\.00/3448.00/' >differs.csv
code=0
"$dualbasis" import differs.csv >told 2>&1 || code=$?
expect "refused" "$code" 5
"$dualbasis" import differs.csv --waive "a typing error of theirs" >/dev/null
exits 1 2025 --account Z99 A.proceeds=3447.00
exits 0 2025 --account Z99 A.proceeds=3448.00

# A sale that only the user knows of.
"$dualbasis" record exercise --symbol OTHER --grant-date 2019-01-02 --date 2022-03-01 --shares 10 \
	--strike 1 --fmv 2 --account Z31877204 >/dev/null
"$dualbasis" record sale --symbol OTHER --date 2025-03-03 --shares 10 --price 3 --account Z31877204 >/dev/null
exits 1 2025
expect "it is listed" "$(grep -c 'OTHER.*on no 1099-B' out)" 1
exits 0 2025 --account XXXX-X731

exit $bad
