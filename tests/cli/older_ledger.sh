#!/usr/bin/env bash
# A ledger of the first schema is migrated when it is opened, and answers as one made today does.
set -euo pipefail
dualbasis=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work
old=$work/old.dualbasis new=$work/new.dualbasis

# A step that ledgers have been through is never edited: a change is a step of its own.
sha256sum --quiet --check - <<EOF
e69457d42ce2cfaf989f136476474d4c25d78326a972afaead77a08cbf39c9e0  $source/schema/0001.sql
32c2752af9607992ace10231c194ec4c5013a33794efc3f56d861d632a4f0c3e  $source/schema/0002.sql
EOF

cp "$source/tests/ledger/version1/ledger.db" "$old"
chmod 600 "$old"
bash "$source/tests/ledger/version1/make.sh" "$dualbasis" "$new" \
	"$source/tests/import/samples/robinhood-1099" >/dev/null

bad=0
same() { # the words of a command
	if ! diff <("$dualbasis" "$@" -l "$old" 2>&1) <("$dualbasis" "$@" -l "$new" 2>&1) >"$work/diff"; then
		echo "dualbasis $*: the migrated ledger (<) and a new one (>) differ"
		cat "$work/diff"
		bad=1
	fi
}

version() {
	sqlite3 "$1" 'PRAGMA user_version'
}

[ "$(version "$old")" = 1 ] || {
	echo "the older ledger has version $(version "$old")"
	bad=1
}
same check
[ "$(version "$old")" = "$(version "$new")" ] || {
	echo "the ledger was migrated to $(version "$old"), new ones have $(version "$new")"
	bad=1
}
for year in 2022 2023 2024 2025; do
	same sales "$year" --json
done
for year in 2022 2023 2024; do
	same form f6251 "$year" --json
done
same lots --json
same credit --json
same record sale --symbol QLL --date 2024-08-01 --shares 10 --price 21 --lot A --fee 4.95 --json
same sales 2024 --json
same record sale --symbol QLL --date 2022-08-01 --shares 10 --price 21 --lot A
exit $bad
