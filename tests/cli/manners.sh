#!/usr/bin/env bash
# Where the ledger lies, what it is readable by, dry runs, colour, options before and after the verb.
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work/home
mkdir "$HOME"
unset XDG_DATA_HOME DUALBASIS_LEDGER NO_COLOR COLUMNS || true
failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

# The ledger's place: the home's data folder, XDG_DATA_HOME, DUALBASIS_LEDGER, --ledger.
"$dualbasis" init >out
[ -f home/.local/share/dualbasis/ledger.dualbasis ] || fail "no ledger in the home's data folder"
grep -q '^next:' out || fail "init says not what is next"
grep -q 'export DUALBASIS_LEDGER' out && fail "init speaks of a place that is the usual one"
XDG_DATA_HOME=$work/data "$dualbasis" init >/dev/null
[ -f data/dualbasis/ledger.dualbasis ] || fail "no ledger in XDG_DATA_HOME"
XDG_DATA_HOME=relative "$dualbasis" log >/dev/null || fail "a relative XDG_DATA_HOME is not ignored"
DUALBASIS_LEDGER=$work/env.dualbasis "$dualbasis" init >/dev/null
[ -f env.dualbasis ] || fail "no ledger at DUALBASIS_LEDGER"
DUALBASIS_LEDGER=$work/env.dualbasis "$dualbasis" init --ledger option.dualbasis >out
[ -f option.dualbasis ] || fail "--ledger does not go before DUALBASIS_LEDGER"
grep -q 'export DUALBASIS_LEDGER=option.dualbasis' out || fail "init says not how to find it again"
[ "$(stat -c %a option.dualbasis)" = 600 ] || fail "others may read the ledger"
[ "$(stat -c %a home/.local/share/dualbasis)" = 700 ] || fail "others may read its folder"

# Global options before or after the verb, short, abbreviated, with "=".
for words in '--ledger option.dualbasis log' 'log --ledger option.dualbasis' 'log -l option.dualbasis' \
	'--ledger=option.dualbasis log' 'log --led option.dualbasis'; do
	# shellcheck disable=SC2086
	[ "$("$dualbasis" $words)" = 'nothing has been entered yet' ] || fail "not understood: $words"
done
export DUALBASIS_LEDGER=option.dualbasis

# A dry run writes nothing, whatever the command.
sha256sum option.dualbasis >before
"$dualbasis" record exercise --symbol ACME --grant-date 2019-01-02 --date 2022-03-01 --shares 10000 \
	--strike 1.00 --fmv 31.00 --dry-run >out
grep -q 'AMT income of 2022: 300,000.00' out || fail "a dry run says not what would be"
"$dualbasis" fact 2024 status=mfj wages=1 --dry-run >/dev/null
"$dualbasis" import "$source/samples/2025" --dry-run >out
grep -q 'nothing was written' out || fail "a dry run says not that it is one"
"$dualbasis" init --ledger never.dualbasis --dry-run >/dev/null
[ ! -e never.dualbasis ] || fail "a dry run of init makes a ledger"
DUALBASIS_LEDGER=none.dualbasis "$dualbasis" import "$source/samples/2025" --dry-run >/dev/null ||
	fail "looking at a file needs a ledger"
[ ! -e none.dualbasis ] || fail "a dry run of import makes a ledger"
sha256sum --quiet -c before || fail "a dry run changed the ledger"

# What is entered again changes nothing, and leaves no batch.
"$dualbasis" import "$source"/samples/20* >/dev/null
sha256sum option.dualbasis >before
"$dualbasis" import "$source"/samples/20* >out
[ "$(grep -c 'in the ledger already' out)" = 6 ] || fail "a second import is not seen as one"
"$dualbasis" fact 2024 --from "$source/samples/figures/figures-2024.txt" >/dev/null
sha256sum option.dualbasis >before
"$dualbasis" fact 2024 --from "$source/samples/figures/figures-2024.txt" >out
[ "$(grep -c 'stands already' out)" = 7 ] || fail "figures entered again are not seen"
sha256sum --quiet -c before || fail "figures entered again changed the ledger"

# A figure is replaced with a reason, and both stay in the log.
"$dualbasis" fact 2024 wages=271,500 --replace 'corrected W-2' >out
grep -q 'in place of  *271,300.00' out || fail "what was replaced is not said: $(cat out)"
"$dualbasis" fact 2024 >out
grep -q '271,500.00' out || fail "a replaced figure does not stand"
"$dualbasis" undo --reason 'it was right' >/dev/null
"$dualbasis" fact 2024 >out
grep -q '271,300.00' out || fail "undo does not bring a figure back"
"$dualbasis" log >out
grep -q 'corrected W-2' out && grep -q 'it was right' out || fail "the log forgets"

# Colour only on a terminal, or when asked; never under NO_COLOR.
colour=$(printf '\033')
"$dualbasis" lots >out
grep -q "$colour" out && fail "colour in a pipe"
"$dualbasis" lots --color=always >out
grep -q "$colour" out || fail "no colour when asked"
if command -v script >/dev/null; then
	TERM=xterm script -qec "\"$dualbasis\" lots" out </dev/null >/dev/null
	grep -q "$colour" out || fail "no colour on a terminal"
	TERM=xterm NO_COLOR=1 script -qec "\"$dualbasis\" lots" out </dev/null >/dev/null
	grep -q "$colour" out && fail "colour under NO_COLOR"
	TERM=dumb script -qec "\"$dualbasis\" lots" out </dev/null >/dev/null
	grep -q "$colour" out && fail "colour on a terminal that says it is dumb"
fi

# What a message or a preview quotes, from arguments or from files, cannot move the cursor.
"$dualbasis" "fo${colour}[2Jo" 2>out && fail "a command that there is not"
grep -q "$colour" out && fail "an escape in a message"
{
	echo 'Description of Property,Date Acquired,Date Sold or Disposed,Proceeds,Cost or Other Basis'
	echo "1 sh AC${colour}[2JME,01/02/2024,03/04/2025,200.00,100.00"
} >escape.csv
"$dualbasis" import escape.csv --dry-run >out 2>&1 || fail "$(cat out)"
grep -q 'ME *acquired 2024-01-02' out || fail "the preview shows no row"
grep -q "$colour" out && fail "an escape in a preview"

# An answer that cannot be written is a failure, said where it can still be read.
for words in "lots" "lots --json"; do
	code=0
	"$dualbasis" $words >/dev/full 2>out || code=$?
	[ "$code $(grep -c 'the answer could not be written' out)" = "6 1" ] || fail "$words on a full disk: $code $(cat out)"
done

# A narrow terminal gets narrower tables.
[ "$(COLUMNS=60 "$dualbasis" log | wc -L)" -le 60 ] ||
	fail "a table is wider than the terminal"

# Backup and restore.
"$dualbasis" backup copy.dualbasis >/dev/null
"$dualbasis" restore copy.dualbasis --ledger again.dualbasis >/dev/null
[ "$("$dualbasis" log)" = "$("$dualbasis" log --ledger again.dualbasis)" ] || fail "a restored ledger differs"
exit $failed
