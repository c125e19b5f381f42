#!/usr/bin/env bash
# help, the man page and the completions say the same; every example in them is understood.
set -euo pipefail
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin
ln -s "$dualbasis" bin/dualbasis
export HOME=$work
unset XDG_DATA_HOME DUALBASIS_LEDGER NO_COLOR || true
failed=0
fail() {
	echo "FAILED: $*"
	failed=1
}

"$dualbasis" help >overview
"$dualbasis" help --man >page.roff
# The page's words, without roff's marks.
sed -e 's/\\f[BRI]//g' -e 's/\\-/-/g' -e 's/\\&//g' -e 's/\\e/\\/g' page.roff >page
"$dualbasis" completion bash >bash.sh
"$dualbasis" completion zsh >zsh.sh
"$dualbasis" completion fish >fish.fish
bash -n bash.sh || fail "the bash completion is no bash"

mapfile -t verbs < <(sed -n '/^everywhere/q; s/^  \([a-z]*\)  .*/\1/p' overview)
[ ${#verbs[@]} -ge 15 ] || fail "only ${#verbs[@]} commands in the overview"
for verb in "${verbs[@]}"; do
	"$dualbasis" help "$verb" >text
	"$dualbasis" "$verb" --help >again
	cmp -s text again || fail "$verb --help differs from help $verb"
	grep -q "^\.SS $verb\$" page.roff || fail "no $verb in the man page"
	# No option twice, save for the kinds of a verb.
	[ -z "$(sed "/^$verb [a-z-]*:/,\$d" text | grep -o '^  \(-., \)\?--[a-z-]*' | sort | uniq -d)" ] ||
		fail "$verb has an option twice"
	# Every option of help in the man page, and in each completion.
	for option in $(grep -o '^  \(-., \)\?--[a-z-]*' text | grep -o -- '--[a-z-]*'); do
		sed -n "/^\.SS $verb\$/,/^\.S[SH] /p" page >part
		grep -q -- "$option\( \|\$\)" part || fail "man: $verb $option"
		grep -q -- "$option" bash.sh || fail "bash: $verb $option"
		grep -q -- "$option" zsh.sh || fail "zsh: $verb $option"
		grep -q -- "-l ${option#--}\( \|\$\)" fish.fish || fail "fish: $verb $option"
	done
	# And every option of the man page in help.
	for option in $(sed -n "/^\.SS $verb\$/,/^\.S[SH] /p" page | sed -n '/^\.TP$/{n;p}' | grep -o -- '--[a-z-]*'); do
		grep -q -- "$option" text || fail "help: $verb $option"
	done
	# Examples are the same in both, and the parser knows their words: whatever fails is no usage.
	sed -n '/^examples:/,$p' text | sed -n 's/^  //p' >examples
	[ -s examples ] || fail "$verb has no examples"
	while IFS= read -r example; do
		grep -qF -- "$example" page || fail "man has not: $example"
		words=${example#dualbasis }
		code=0
		mkdir -p try
		(cd try && DUALBASIS_LEDGER=none/ledger.dualbasis PATH="$work/bin:$PATH" bash -c "$example" </dev/null >../out 2>../err) || code=$?
		[ "$code" -ne 2 ] || fail "not understood: $words: $(cat err)"
	done <examples
done
for code in 0 1 2 3 4 5 6; do
	grep -q "^\.B $code\$" page.roff || fail "exit code $code is not in the man page"
done
for name in DUALBASIS_LEDGER XDG_DATA_HOME NO_COLOR; do
	grep -q "^\.B $name\$" page.roff || fail "$name is not in the man page"
done
if command -v groff >/dev/null; then
	groff -man -ww -Tutf8 page.roff >rendered 2>warnings
	[ ! -s warnings ] || fail "groff: $(cat warnings)"
fi
# The completion of bash completes.
complete_words() {
	bash -c 'source bash.sh; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dualbasis; printf "%s\n" "${COMPREPLY[@]}"' _ "$@"
}
[ "$(complete_words dualbasis imp)" = import ] || fail "completes no command"
[ "$(complete_words dualbasis record purch)" = purchase ] || fail "completes no kind"
complete_words dualbasis record exercise --gr >out
grep -qx -- --grant-date out || fail "completes no option of a kind"
complete_words dualbasis --ledger x lots --o >out
grep -qx -- --on out || fail "completes no option after a global one"
exit $failed
