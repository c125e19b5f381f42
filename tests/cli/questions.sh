#!/usr/bin/env bash
# The questions of a year: todo asks them, fact answers, the packet prints them, lock waits for them.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis LC_ALL=C.UTF-8
failed=0
same() { # what, wanted, found
	[ "$2" = "$3" ] || {
		echo "FAILED: $1: wanted \"$2\", found \"$3\""
		failed=1
	}
}
open() { "$dualbasis" todo --json | jq -r '[.data.items[] | select(.year == 2024 and .rule == null) | .command] | join("\n")'; }

"$dualbasis" init >/dev/null
"$dualbasis" fact 2024 status=mfj wages=200000 >/dev/null
same "a year without shares" "" "$(open)"
"$dualbasis" lock 2024 >/dev/null
"$dualbasis" unlock 2024 --reason "shares came" >/dev/null
"$dualbasis" record exercise --symbol ACME --grant-date 2019-01-02 --date 2024-03-01 --shares 100 \
	--strike 1.00 --fmv 31.00 >/dev/null
same "questions of a year with an exercise" "early_exercise exercises_complete sold_same_year sales_complete \
credit_before other_amt_items special_situations moved_state" \
	"$(open | sed -n 's/^dualbasis fact 2024 \(.*\)=yes|no$/\1/p' | tr '\n' ' ' | sed 's/ $//')"

before=$("$dualbasis" form 6251 2024 --json)
"$dualbasis" fact 2024 early_exercise=no exercises_complete=yes sold_same_year=yes sales_complete=yes \
	credit_before=no other_amt_items=no special_situations=no moved_state=no >/dev/null
same "an answer changes no line" "$before" "$("$dualbasis" form 6251 2024 --json)"
same "an answer that calls for more" "import the 1099-B, or dualbasis record sale" "$(open)"
"$dualbasis" lock 2024 >/dev/null 2>&1 && same "lock with an open question" refused locked
"$dualbasis" lock 2024 --reason "it is filed" >/dev/null
"$dualbasis" unlock 2024 --reason "a test" >/dev/null
"$dualbasis" record sale --symbol ACME --date 2024-06-03 --shares 40 --price 20 >/dev/null
"$dualbasis" fact 2024 sold_same_year=no --replace "the sale is in" bought_elsewhere=no compensation_counted=no >/dev/null
same "all are answered" "" "$(open)"
"$dualbasis" lock 2024 >/dev/null

"$dualbasis" packet 2024 -o packet.pdf >/dev/null
if command -v pdftotext >/dev/null; then
	pdftotext -layout packet.pdf - 2>/dev/null >packet.txt
	grep -q "Questions of 2024" packet.txt || same "the packet" "has questions" "has none"
	grep -qE "^moved_state: .* no +answered" packet.txt || same "the packet" "an answer" "$(grep moved_state packet.txt)"
else
	echo "pdftotext is not there: the packet was not read"
fi
exit $failed
