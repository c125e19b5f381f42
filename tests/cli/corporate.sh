#!/usr/bin/env bash
# A part sold, then a reverse split with cash in lieu, a merger, a spin-off: no share is lost in the
# eyes of "check", and "lots" calls the shares what they are called today.
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
d() { "$dualbasis" "$@"; }
whole() { # after what
	d check --json >out || true
	same "check after $1" true "$(jq -r '.data.checks[] | select(.name == "lots") | .ok' out)"
}

d init >/dev/null
d record exercise --symbol ACME --grant-date 2019-01-02 --date 2022-03-01 --shares 1000 --strike 1 --fmv 301 --lot A >/dev/null
d record sale --symbol ACME --date 2023-09-01 --shares 10 --price 100.5 --lot A >/dev/null
whole "a sale"
d record split --symbol ACME --date 2023-10-01 --shares 1 --per 7 >/dev/null
whole "a reverse split"
d record cash-in-lieu --symbol ACME --date 2023-10-02 --shares 0.42857143 --price 700 --lot A >/dev/null
whole "cash in lieu"
d record merger --symbol ACME --date 2024-01-02 --to MEGA --shares 2 --per 1 --fmv 400 --cash 100 >/dev/null
whole "a merger"
d record spin-off --symbol MEGA --date 2024-02-01 --to SPUN --shares 1 --per 4 --keeps 0.8 >/dev/null
whole "a spin-off"
d record sale --symbol MEGA --date 2024-04-01 --shares 10 --price 500 >/dev/null
d record split --symbol MEGA --date 2024-05-01 --shares 3 --per 2 >/dev/null
whole "another split"

# 990 / 7, less the fraction: 141; two new for one: 282, less 10: 272, three for two: 408. A quarter of 282.
same "what is held" "MEGA 408 SPUN 70.5" "$(d lots | awk '/ISO/ { printf "%s%s %s", sep, $2, $6; sep = " " }')"
exit $failed
