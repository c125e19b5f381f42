#!/usr/bin/env bash
# Installs the Debian packages that are missing, and asks for nothing when none is.
#
#   cmake/packages.sh build          what building and running needs
#   cmake/packages.sh build test     and what the tests need
#   cmake/packages.sh --list test    print the names only
set -euo pipefail

build=(gcc libc6-dev cmake make pkg-config fonts-liberation2
	libsqlite3-dev libxlsxwriter-dev libhpdf-dev libmd-dev zlib1g-dev
	libzip-dev libexpat1-dev libjansson-dev libqpdf-dev)
test=(libcriterion-dev jq qpdf poppler-utils libreoffice-calc-nogui libxml2-utils unzip sqlite3
	groff-base clang clang-format libclang-rt-14-dev git)

list=false
wanted=()
for word in "${@:-build}"; do
	case $word in
	build) wanted+=("${build[@]}") ;;
	test) wanted+=("${test[@]}") ;;
	--list) list=true ;;
	*)
		echo "packages.sh: \"$word\" is neither build nor test" >&2
		exit 2
		;;
	esac
done
if $list; then
	printf '%s\n' "${wanted[@]}"
	exit 0
fi

missing=()
for package in "${wanted[@]}"; do
	state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "packages.sh: please install as root: apt-get install ${missing[*]}" >&2
		exit 1
	fi
	as_root=(sudo)
fi
echo "installing: ${missing[*]}"
install() {
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
# A fresh machine has no lists yet; one with lists needs no second download of them.
install 2>/dev/null || { "${as_root[@]}" apt-get update -qq && install; }
