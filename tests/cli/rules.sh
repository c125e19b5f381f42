#!/usr/bin/env bash
# The table of rules (tests/ledger/cases/rules.md): every rule from 1 to 150 is there once, in order,
# in its section; each test that is said to hold a rule names it, and what a case names is held.
set -euo pipefail
tests=$(realpath "$2")/tests
table=$tests/ledger/cases/rules.md

failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

# The last rule of each section.
declare -A last=([-]=0 [A]=9 [B]=19 [C]=29 [D]=39 [E]=49 [F]=59 [G]=69 [H]=79 [I]=89 [J]=99 [K]=109
	[L]=119 [M]=129 [N]=139 [O]=150)

# A case names a rule in its first line, any other test wherever it says what it holds.
names() {
	case $1 in
	ledger/cases/*) grep -qE "^case .*\b$2\b" "$tests/$1" ;;
	*) grep -qw "$2" "$tests/$1" ;;
	esac
}

expect_held() {
	local rule=$1 section=$2 held=$3 path

	case $held in
	"no number: "?* | "not built: "?*)
		case $section in
		[A-HL])
			[ "${held%%:*}" = "no number" ] || fail "$rule is of the ledger, and not held"
			;;
		esac
		! grep -qE "^case .*\b$rule\b" "$tests"/ledger/cases/*.case ||
			fail "$rule: a case names it, but the table says \"$held\""
		return
		;;
	esac
	[ -n "$held" ] || fail "$rule: nothing holds it"
	for path in ${held//,/ }; do
		path=${path//\`/}
		if [ ! -f "$tests/$path" ]; then
			fail "$rule: there is no tests/$path"
		elif ! names "$path" "$rule"; then
			fail "$rule: tests/$path does not name it"
		fi
	done
}

number=0 section=-
while IFS='|' read -r before rule what held after; do
	case $before in
	"## "*)
		[ "$number" = "${last[$section]}" ] || fail "section $section ends with $number"
		section=${before:3:1}
		;;
	esac
	rule=${rule// /}
	[ "${rule:0:2}" = R- ] || continue
	number=$((number + 1))
	[ "$rule" = "R-$(printf %03d $number)" ] || fail "after rule $((number - 1)) stands $rule"
	[ -n "${what// /}" ] || fail "$rule: it says nothing"
	[ -z "$after" ] || fail "$rule: a row of more than three columns"
	held=${held#" "}
	expect_held "$rule" "$section" "${held%" "}"
done <"$table"
[ "$number" = 150 ] || fail "the table has $number rules, not 150"
exit $failed
