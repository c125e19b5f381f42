#!/usr/bin/env bash
# Every exit code of `help exit-codes`, reached; and the list itself.
set -euo pipefail
dualbasis=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis
unset XDG_DATA_HOME NO_COLOR || true
failed=0

expect() {
	local want=$1 code=0
	shift
	"$@" >out 2>err || code=$?
	[ "$code" = "$want" ] || {
		echo "FAILED: exit code $code, not $want: $*"
		cat err
		failed=1
	}
}

"$dualbasis" help exit-codes >codes
diff -u - codes <<'END' || failed=1
  0  ok             done
  1  findings       done, and something was found: by audit, check or reconcile
  2  usage          the command is not understood, a value in it cannot be read, or it names what does not exist
  3  missing_facts  a fact or figure is missing that only you can give
  4  not_modelled   the situation is outside what the program computes
  5  bad_input      a file is wrong, what is said cannot be true, a year is locked, or the ledger is damaged
  6  system         input or output, a lock, or memory failed
END

expect 0 "$dualbasis" init
expect 2 "$dualbasis" nonsense
expect 2 "$dualbasis" fact 2024 nonsense=1
expect 3 "$dualbasis" form 6251 2024
expect 4 "$dualbasis" fact 2011 status=mfj
expect 5 "$dualbasis" import "$dualbasis"
expect 6 "$dualbasis" init
expect 6 "$dualbasis" log --ledger nowhere.dualbasis

# A year that is locked is bad input, and says so.
expect 0 "$dualbasis" fact 2024 status=mfj wages=200000
expect 0 "$dualbasis" lock 2024
expect 5 "$dualbasis" fact 2024 salt_paid=1
code=0
"$dualbasis" fact 2024 salt_paid=1 --json >out || code=$?
[ "$(jq -r .error.code out)" = locked ] && [ "$code" = 5 ] || {
	echo "FAILED: a locked year as JSON: $(cat out)"
	failed=1
}

# A page of a document was changed behind our back: found by check, as damage.
"$dualbasis" import "$source/samples/2025" >/dev/null
cp ledger.dualbasis damaged.dualbasis
offset=$(grep -abom1 'Record Type,Symbol' damaged.dualbasis | cut -d: -f1)
printf 'X' | dd of=damaged.dualbasis bs=1 seek="$offset" conv=notrunc status=none
expect 0 "$dualbasis" check
expect 5 "$dualbasis" check --ledger damaged.dualbasis

# What does not meet, and what should be mended, is found.
expect 0 "$dualbasis" reconcile 2025
expect 0 "$dualbasis" record exercise --symbol OTHER --grant-date 2019-01-02 --date 2022-03-01 \
	--shares 10 --strike 1 --fmv 2
expect 0 "$dualbasis" record sale --symbol OTHER --date 2025-03-03 --shares 10 --price 3
expect 1 "$dualbasis" reconcile 2025
expect 0 "$dualbasis" doctor
chmod 644 ledger.dualbasis
expect 1 "$dualbasis" doctor

# An answer that cannot be written is no answer.
code=0
"$dualbasis" help >/dev/full 2>err || code=$?
[ "$code" = 6 ] || {
	echo "FAILED: a full disk gives exit code $code"
	failed=1
}
exit $failed
