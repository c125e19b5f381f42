#!/usr/bin/env bash
# `compute` as people script against it: the published years through a pipe, exit codes, and what is
# written before a row that stops it.
set -uo pipefail
program=$1
vectors=$2/tests/vectors/annual.csv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
complain() {
	echo "FAILED: $*"
	failed=1
}

# The figures of annual.csv by name, the expected amounts beside them; rows that two programs agree on.
columns=$(head -1 "$vectors" | cut -d, -f1-14)
wants=f1040.agi,f1040.taxable_income,f1040.tax,f6251.4,f6251.5,f6251.6
awk -F, -v columns="$columns" 'NR == 1 { print columns; next } $26 == "A" {
	line = $1; for (i = 2; i <= 14; i++) line = line "," $i; print line }' "$vectors" >"$work/in.csv"
awk -F, -v wants="id,$wants" 'NR == 1 { print wants; next }
	$26 == "A" { printf "%s,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f\n", $1, $15, $16, $17, $18, $19, $20 }' \
	"$vectors" >"$work/want.csv"
rows=$(wc -l <"$work/want.csv")
[ "$rows" -gt 1000 ] || complain "only $rows rows of annual.csv are trusted"
"$program" compute --cents --lines "$wants" <"$work/in.csv" >"$work/got.csv" || complain "annual.csv: exit $?"
cmp -s "$work/got.csv" "$work/want.csv" ||
	complain "annual.csv: $(diff "$work/got.csv" "$work/want.csv" | head -5)"
# In pieces, through pipes, and in any order it is the same.
(head -1 "$work/in.csv" && tail -n +2 "$work/in.csv" | tac) | "$program" compute --cents --lines "$wants" |
	(IFS= read -r header && echo "$header" && tac) | cmp -s - "$work/want.csv" ||
	complain "rows depend on each other"

# expects CODE 'words of stderr' 'stdout' ARGUMENTS... (input on stdin)
expects() {
	local code=$1 words=$2 out=$3 got
	shift 3
	"$program" compute "$@" >"$work/out" 2>"$work/err"
	got=$?
	[ "$got" = "$code" ] || complain "compute $*: exit $got, wanted $code"
	[ -z "$words" ] || grep -qF -- "$words" "$work/err" || complain "compute $*: $(cat "$work/err")"
	[ "$(cat "$work/out")" = "$out" ] || complain "compute $*: wrote $(cat "$work/out")"
}
expects 0 '' $'f1040.agi\n7.00' --lines f1040.agi <<<$'year,status,wages\n2024,single,7'
expects 2 '"wagse"' '' --lines f1040.agi <<<$'year,status,wagse\n2024,single,7'
expects 2 '2zz' '' --lines f6251.2zz <<<$'year,status\n2024,single'
expects 5 '3:3:' $'f1040.agi\n7.00' --lines f1040.agi <<<$'year,status,wages\n2024,single,7\n2024,single,7o'
expects 4 '3:' $'f1040.agi\n0.00' --lines f1040.agi <<<$'year,status\n2024,single\n2016,single'
expects 4 'Form 2555' 'f1040.agi' --lines f1040.agi <<<$'year,status,form_2555\n2024,single,yes'
expects 0 '' $'id,f1040.agi,error\na,,there are forms for 2018 to 2026 only\nb,0.00,' \
	--lines f1040.agi --keep-going <<<$'id,year,status\na,2016,single\nb,2024,mfs'

# A reader that stops early is no crash, and a disk without room is said.
"$program" compute --lines f1040.agi <"$work/in.csv" | head -1 >/dev/null
if [ -w /dev/full ]; then
	"$program" compute <"$work/in.csv" >/dev/full 2>"$work/err"
	code=$?
	[ "$code" = 6 ] || complain "a full disk: exit $code"
fi
exit $failed
