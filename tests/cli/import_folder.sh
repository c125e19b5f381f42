#!/usr/bin/env bash
# A folder as people have it: what is taken, what is left out and said so, and with one bad file
# among many: nothing is written, and all that is wrong is told, with what each file would bring.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$(realpath "$1") source=$(realpath "$2")
samples=$source/tests/import/samples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis
unset XDG_DATA_HOME || true

mkdir -p papers/2024 papers/empty
cp "$samples/fidelity-1099/2025_1099_Individual-2345.csv" papers/fidelity.csv
cp "$samples/schwab-1099/XXXX-X482.CSV" papers/
cp "$samples/schwab-1099/XXXX-X482.CSV" "papers/copy of it.csv"
cp "$samples/apex-8949/5XX00001_2025_8949.csv" papers/2024/
cp "$samples/chase/realized_2025.csv" "$(printf 'papers/a\nb\033[31m\302\233c.csv')"
printf '%%PDF-1.7\n' >papers/1099.pdf
printf '\0\0\0\1Bud1' >papers/.DS_Store
# shellcheck disable=SC2088
touch 'papers/~$gains.xlsx' papers/Thumbs.db
mkfifo papers/pipe
ln -s ../papers/fidelity.csv papers/link.csv
"$dualbasis" init >/dev/null

# ---- what is taken, and what is left out -----------------------------------------------
"$dualbasis" import papers --dry-run >out 2>told
expect "a look says nothing else" "$(wc -c <told)" 0
expect "left out" "$(sed -n '/^left out:/,/^$/p' out)" "left out:
  papers/.DS_Store (hidden)
  papers/1099.pdf (a PDF: brokers have the same as CSV, which can be imported)
  papers/2024 (a folder: name it too, to take its files)
  papers/Thumbs.db (hidden)
  papers/empty (a folder: name it too, to take its files)
  papers/pipe (no file)
  papers/~\$gains.xlsx (hidden)"
expect "files that are the same" "$(grep -c 'this file is in the ledger already' out)" 2
expect "in all" "$(grep -c '^in all, 5 files: 34 new' out)" 1
expect "no control characters" "$(LC_ALL=C grep -c $'[\001-\010\013-\037]' out || true)" 0
expect "one line for a name" "$(grep -c '^a?b' out)" 1
# The file's name stands above its rows, and each row says what would become of it.
expect "the name first" "$(grep -n -m1 fidelity.csv out | cut -d: -f1)" \
	"$(($(grep -n -m1 'ACME ROBOTICS INC ACRB' out | cut -d: -f1) - $(sed -n '/^fidelity.csv/,/^ .* new /p' out | wc -l) + 1))"
expect "nothing was written" "$("$dualbasis" lots --json | jq '.data.lots | length')" 0

"$dualbasis" import papers --json >out
expect "files" "$(jq '.data.files | length' out)" 5
expect "left out, as JSON" "$(jq -c '.data.left_out | map(.path)' out)" \
	'["papers/.DS_Store","papers/1099.pdf","papers/2024","papers/Thumbs.db","papers/empty","papers/pipe","papers/~$gains.xlsx"]'
expect "the name as it is" "$(jq -c '.data.files[1].file' out)" '"a\nb\u001b[31m'$'\302\233''c.csv"'
"$dualbasis" import papers >again
expect "again" "$(grep -c 'this file is in the ledger already' again)" 5
expect "again: nothing new" "$(grep -c '^in all, 5 files: 0 new$' again)" 1
for command in log todo "sales 2025" check; do
	# shellcheck disable=SC2086
	"$dualbasis" $command >shown || true
	expect "no control characters in $command" \
		"$(LC_ALL=C grep -c $'[\001-\010\013-\037]' shown || true)" 0
done

# ---- one bad file among many -------------------------------------------------------------
rm a.dualbasis papers/pipe
"$dualbasis" init >/dev/null
before=$(sha256sum <a.dualbasis)
sed '3s/"612.25"/"612.2x"/; s/"12\/30\/2025"/"12\/32\/2025"/' "$samples/schwab-1099/XXXX-X482.CSV" |
	sed 's/"612.25"/"6l2.25"/' >papers/wrong.csv
sed 's/0000000000015054\.05/0000000000015054.06/' papers/fidelity.csv >papers/totals.csv
: >papers/empty.csv
printf 'Dear Ben,\n' >papers/letter.txt
ln -s nowhere papers/lost.csv
code=0
"$dualbasis" import papers >out 2>told || code=$?
expect "exit code" "$code" 5
expect "the ledger" "$(sha256sum <a.dualbasis)" "$before"
expect "nothing else is said" "$(wc -c <out)" 0
expect "every bad file" "$(sed -n 's/^dualbasis: \([^:]*\):.*/\1/p' told | sort -u | tr '\n' ' ')" \
	"papers/empty.csv papers/letter.txt papers/lost.csv papers/totals.csv papers/wrong.csv "
expect "every bad row" "$(grep -c '^dualbasis: papers/wrong.csv:[0-9]*:[0-9]*: column' told)" 2
expect "the count" "$(grep -c '^nothing was imported: 5 of 10 files cannot be taken$' told)" 1
expect "a good one" "$(grep -c '^  papers/XXXX-X482.CSV: schwab-1099: ' told)" 1
expect "a bad one" "$(grep -c '^  papers/wrong.csv: schwab-1099: 10 same, 2 error$' told)" 1
expect "the way out" "$(tail -1 told)" \
	"to leave a file out, name the files to take instead of the folder"
code=0
"$dualbasis" import papers --json >out 2>told || code=$?
expect "exit code as JSON" "$code" 5
expect "the first" "$(jq -r .error.file out)" papers/empty.csv
expect "all as JSON" "$(jq -c '.errors | map(.file | ltrimstr("papers/"))' out)" \
	'["empty.csv","letter.txt","lost.csv","totals.csv","wrong.csv","wrong.csv"]'
expect "their rows" "$(jq -c '.errors | map(.row)' out | tr -d '0-9')" '[null,null,null,,,]'
expect "nothing on stderr" "$(wc -c <told)" 0

# As long as the files are wrong a look says the same.
"$dualbasis" import papers --dry-run 2>look >out || true
"$dualbasis" import papers 2>told >out || true
expect "a look" "$(cat look)" "$(cat told)"

exit $bad
