#!/usr/bin/env bash
# The whole way, for an invented household: installs what is missing, builds, makes a ledger, imports
# the brokers' files and Forms 3921, takes the figures of the returns, prints Form 6251, and leaves
# the packet of 2025 as PDF and as a spreadsheet in out/.
#
#   samples/run.sh [FOLDER]      FOLDER in place of out/
#   DUALBASIS=PROGRAM samples/run.sh      with a program that is built already
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-out}
mkdir -p "$out"
out=$(realpath --relative-base=. "$out")

if [ -z "${DUALBASIS:-}" ]; then
	cmake/packages.sh build
	DUALBASIS=$out/build/dualbasis
	[ -x "$DUALBASIS" ] || echo "building in $out/build ..."
	{
		cmake -S . -B "$out/build" -DDUALBASIS_TESTS=OFF
		cmake --build "$out/build" -j"$(nproc)" --target dualbasis
	} >"$out/build.log" 2>&1 || {
		tail -n 40 "$out/build.log"
		echo "the build failed; all of it is in $out/build.log" >&2
		exit 1
	}
fi

# Show a command, then run it.
dualbasis() {
	local word
	printf '\n$ dualbasis'
	for word; do
		case $word in
		*' '*) printf ' "%s"' "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	printf '\n'
	"$DUALBASIS" "$@"
}
export DUALBASIS_LEDGER=$out/quill.dualbasis
rm -f "$DUALBASIS_LEDGER"

dualbasis init
dualbasis import samples/2022 samples/2023 samples/2024 samples/2025
for year in 2022 2023 2024 2025; do
	dualbasis fact $year --from samples/figures/figures-$year.txt
done
dualbasis lots
dualbasis form 6251 2025
dualbasis credit
dualbasis packet 2025 --client "Ada and Ben Quill" -o "$out/packet.pdf" -o "$out/packet.xlsx"
dualbasis check

cat <<END

The ledger is $DUALBASIS_LEDGER; the packet is $out/packet.pdf and $out/packet.xlsx.
To look further:
  export DUALBASIS_LEDGER=$(realpath "$DUALBASIS_LEDGER") PATH=$(dirname "$(realpath "$DUALBASIS")"):\$PATH
  dualbasis explain 2025 6251.2k
  dualbasis sales 2025
END
