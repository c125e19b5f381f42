#!/usr/bin/env bash
# Prints a dictionary for a harness: the words that stand in the sources of what it reads, so
# that no list of them has to be kept beside the sources. Nothing is printed for a harness whose
# input has no words.
#
#   tests/fuzz/words.sh NAME >NAME.dict
set -euo pipefail
cd "$(dirname "$0")/../.."
declare -A sources=(
	[broker]="ledger/import/formats/*.c ledger/import/take.c"
	[detect]="ledger/import/formats/*.c"
	[entry]="ledger/record*.c"
	[figure]="forms/figure.c forms/question.c"
	[filed]="forms/figure.c forms/file/text.c forms/file/json.c"
	[flex]="ledger/import/formats/ibkr_flex.c ledger/import/xml.c"
	[form]="forms/engine/parse*.c forms/engine/token.c"
	[json]="ledger/import/formats/fdx.c ledger/import/formats/schwab_eac*.c"
	[ofx]="ledger/import/formats/ofx.c ledger/import/tags.c"
	[pdf]="forms/file/pdf*.c"
	[profile]="ledger/import/profile*.c"
	[records]="ledger/record*.c ledger/import/import_records.c"
	[returns]="forms/compute_read.c forms/status.c"
	[txf]="ledger/import/formats/txf.c"
	[workbook]="ledger/import/workbook.c ledger/import/formats/etrade*.c ledger/import/formats/carta.c
		ledger/import/formats/gainskeeper.c ledger/import/formats/olt.c"
)
[ -n "${sources[${1:?the name of a harness is missing}]:-}" ] || exit 0
# Strings of 2 to 40 plain bytes that neither begin nor end with a blank, outside of messages.
# shellcheck disable=SC2086
sed '/^#/d; /fail_\|refuse(/d' ${sources[$1]} | grep -o '"[^" \\%][^"\\%]\{0,38\}[^" \\%]"' | LC_ALL=C sort -u
