#!/usr/bin/env bash
# A lot is called what the user called it, in every answer and file; its parts are counted; a lot
# without a name is called by its place in the list.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME NO_COLOR || true

failed=0
expect() {
	if [ "$2" != "$3" ]; then
		echo "FAILED: $1: \"$2\", want \"$3\""
		failed=1
	fi
}
values() {
	grep -E "^ *\"$1\": " | sed -e 's/.*": "\(.*\)",*/\1/' | sort | tr '\n' ' '
}

"$dualbasis" init >out
exercise=(record exercise --symbol ACME --grant-date 2019-01-02 --strike 1.00 --fmv 31.00)
said=$("$dualbasis" "${exercise[@]}" --date 2022-03-01 --shares 1000 --lot A --account One)
expect "what was recorded" "$(sed -n 's/^  lot \(.*\): regular.*/\1/p' <<<"$said")" A
"$dualbasis" "${exercise[@]}" --date 2022-04-01 --shares 10 --json >out
expect "a lot without a name" "$(values id <out)" "L2 "
"$dualbasis" record transfer --symbol ACME --date 2023-01-03 --to Two --shares 400 --lot A >out
expect "lots" "$("$dualbasis" lots --json | values id)" "A A.2 L2 "
expect "lots as text" "$("$dualbasis" lots | awk '/ISO/ { printf "%s ", $1 }')" "A L2 A.2 "

said=$("$dualbasis" record sale --symbol ACME --date 2024-06-03 --shares 700 --price 80 --lot A)
expect "the sale" "$(grep -o 'of lot [^ ]*' <<<"$said" | tr '\n' ' ')" "of lot A of lot A.2 "
expect "sales" "$("$dualbasis" sales 2024 --json | values lot)" "A A A.2 A.2 "
for year in 2022 2023 2024; do
	"$dualbasis" fact $year status=mfj wages=300000 >out
done
"$dualbasis" packet 2024 -o packet.csv >out
expect "packet.csv" "$(grep -c ',A,\|,A.2,' packet.csv)" 2
"$dualbasis" explain 2022 6251.2i >out
expect "explain" "$(grep -c ' A: \| A.2: \| L2: ' out)" 3
"$dualbasis" clocks --from 2022-03-02 --json >out
expect "clocks" "$(values lot <out | tr ' ' '\n' | sort -u | tr '\n' ' ' | sed "s,^ ,,")" "A.2 L2 "
exit $failed
