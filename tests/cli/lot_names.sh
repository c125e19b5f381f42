#!/usr/bin/env bash
# A lot is called what the user called it, else by the number of the fact that brought it, in every
# answer and file; a part says what made it one. Nothing that is entered later changes an id.
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
expect "lots" "$("$dualbasis" lots --json | values id)" "A A-t3 L2 "
expect "lots as text" "$("$dualbasis" lots | awk '/ISO/ { printf "%s ", $1 }')" "A L2 A-t3 "

said=$("$dualbasis" record sale --symbol ACME --date 2024-06-03 --shares 700 --price 80 --lot A)
expect "the sale" "$(grep -o 'of lot [^ ]*' <<<"$said" | tr '\n' ' ')" "of lot A of lot A-t3 "
expect "sales" "$("$dualbasis" sales 2024 --json | values lot)" "A A A-t3 A-t3 "
for year in 2022 2023 2024; do
	"$dualbasis" fact $year status=mfj wages=300000 >out
done
"$dualbasis" packet 2024 -o packet.csv >out
expect "packet.csv" "$(grep -c ',A,\|,A-t3,' packet.csv)" 2
"$dualbasis" explain 2022 6251.2i >out
expect "explain" "$(grep -c ' A: \| A-t3: \| L2: ' out)" 3
"$dualbasis" clocks --from 2022-03-02 --json >out
expect "clocks" "$(values lot <out | tr ' ' '\n' | sort -u | tr '\n' ' ' | sed "s,^ ,,")" "A-t3 L2 "

# Earlier acquisitions, entered later, change no id; a sale takes what it named.
"$dualbasis" "${exercise[@]}" --date 2021-03-01 --shares 20 >out
expect "an earlier one" "$("$dualbasis" lots --json | values id)" "A-t3 L11 L2 "
"$dualbasis" record sale --symbol ACME --date 2024-06-04 --shares 4 --price 80 --lot L2 --json >out
expect "taken by its number" "$(values lot <out)$(values why <out)" "L2 identified "
"$dualbasis" "${exercise[@]}" --date 2021-02-01 --shares 30 --json >out
expect "one more" "$(values id <out)" "L13 "
expect "the sale since" "$("$dualbasis" sales 2024 --json | jq -r '.data.rows[] | select(.sold == "2024-06-04") | .lot' | sort -u)" L2

# By its day, where one lot is of it; kept as its id.
"$dualbasis" record sale --symbol ACME --date 2024-06-05 --shares 5 --price 80 --acquired 2021-03-01 --json >out
expect "by its day" "$(values lot <out)" "L11 "
"$dualbasis" "${exercise[@]}" --date 2021-03-01 --shares 7 >out
expect "another of that day" "$("$dualbasis" sales 2024 --json | jq -r '.data.rows[] | select(.sold == "2024-06-05") | .lot' | sort -u)" L11

# A part is taken by its own id, in its account; the name alone means the rest first, then the parts.
"$dualbasis" record sale --symbol ACME --date 2024-06-06 --shares 50 --price 80 --lot A --account Two --json >out
expect "a name in another account" "$(values lot <out)" "A-t3 "
"$dualbasis" record sale --symbol ACME --date 2024-06-07 --shares 50 --price 80 --lot A-t3 --json >out
expect "a part by its id" "$(values lot <out)" "A-t3 "
"$dualbasis" record transfer --symbol ACME --date 2024-07-01 --lot L2 --to Two >out
expect "moved whole" "$("$dualbasis" lots --json | values id)" "A-t3 L11 L13 L15 L2 "

# A name of the user's own wins over the number that it looks like.
"$dualbasis" record purchase --symbol OTHER --date 2024-01-02 --shares 1 --price 5 --lot L15 --json >out
expect "a name like a number" "$("$dualbasis" lots --json | values id | tr ' ' '\n' | grep -c '^L0*15$')" 2
"$dualbasis" check >out || { cat out; failed=1; }
exit $failed
