#!/usr/bin/env bash
# Files that cannot be read, folders with a stranger in them, and progress on a terminal.
set -euo pipefail
source "$(dirname "$0")/support/expect.sh"
dualbasis=$(realpath "$1") source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/a.dualbasis

refused() { # what, exit code, words of the message, arguments of import
	local what=$1 want=$2 words=$3 code=0 before after
	shift 3
	before=$(sha256sum <a.dualbasis)
	"$dualbasis" import "$@" >out 2>told || code=$?
	after=$(sha256sum <a.dualbasis)
	expect "$what: exit code" "$code" "$want"
	expect "$what: message" "$(grep -c -e "$words" told)" 1
	expect "$what: the ledger" "$after" "$before"
	expect "$what: output" "$(wc -c <out)" 0
}

"$dualbasis" init >/dev/null
mkdir papers
cp "$source"/samples/2022/*.csv papers

# Who may read everything cannot be refused a file.
if [ "$(id -u)" != 0 ]; then
	chmod 0 papers/*.csv
	refused "unreadable" 6 'cannot be opened: Permission denied' papers/form-3921-2022.csv
	chmod 600 papers/*.csv
fi
ln -s nowhere lost.csv
refused "a link to nowhere" 6 'lost.csv: cannot be opened' lost.csv

printf 'Dear Ben,\nhere are your papers.\n' >papers/letter.txt
refused "a stranger in a folder" 5 'papers/letter.txt: this is no format that is known' papers
expect "the way out" "$(grep -c 'name the files to take instead of the folder' told)" 1
refused "a stranger by name" 5 'letter.txt: this is no format that is known' \
	papers/form-3921-2022.csv papers/letter.txt
expect "no folder to leave" "$(grep -c 'instead of the folder' told || true)" 0
"$dualbasis" import papers/*.csv >/dev/null
expect "the named files" "$("$dualbasis" lots --json | jq '.data.lots | length > 0')" true

# A terminal shows how far a long file is, and nothing of it stays; what is no terminal shows none.
cat >long.profile <<'END'
name long
column "S" symbol
column "Q" quantity
column "D" sold
column "P" proceeds
END
awk 'BEGIN { print "S,Q,D,P"; for (i = 1; i <= 45000; i++) printf "S%d,1,03/04/2025,%d.00\n", i % 90, i }' >long.csv
if script -qec true shown >/dev/null 2>&1; then
	script -qec "'$dualbasis' import --profile long.profile long.csv" shown >/dev/null
	tr '\r' '\n' <shown >lines
	expect "progress" "$(grep -c '^[24]0000 rows$' lines)" 2
	expect "cleared before the answer" "$(grep -c '^long.csv: long, tax year 2025$' lines)" 1
	expect "comparing with what stands" "$(grep -c '^comparing: [24]0000 rows$' lines)" 2
	expect "told before the rows are taken" "$(grep -n '000 rows$' lines | head -1 | grep -c comparing)" 1
else
	echo "script is not installed: progress on a terminal was not tried"
	"$dualbasis" import --profile long.profile long.csv >/dev/null
fi
sed 's/^S\([0-9]\)/T\1/' long.csv >other.csv
"$dualbasis" import other.csv >out 2>told
expect "no terminal" "$(wc -c <told)" 0

exit $bad
