#!/usr/bin/env bash
# The days ahead: of each lot in both books, and of each return that was filed.
set -euo pipefail
source "$(dirname "$0")/support/same.sh"
dualbasis=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work DUALBASIS_LEDGER=$work/ledger.dualbasis LC_ALL=C.UTF-8
clocks() { # from, filter
	"$dualbasis" clocks --from "$1" --json | jq -r ".data.clocks[] | $2"
}
of_lot() { # lot: its days
	clocks 2023-01-01 "select(.lot == \"$1\") | \"\(.day) \(.event) \(.book) \(.shares)\""
}

"$dualbasis" init >/dev/null
same "nothing is ahead" "[]" "$("$dualbasis" clocks --json | jq -c .data.clocks)"

exercise=(record exercise --symbol ACME --strike 1.00 --shares 100)
"$dualbasis" "${exercise[@]}" --grant-date 2023-01-02 --date 2024-03-01 --fmv 31.00 --lot A >/dev/null
same "an exercise of vested options" \
	"2024-12-31 same_year_sale amt 100
2025-01-03 two_years_from_grant null 100
2025-03-02 long_term both 100
2025-03-02 qualifies null 100" "$(of_lot A)"

# Without an 83(b) the income is of the year of the vest, and the AMT's holding period starts then.
"$dualbasis" "${exercise[@]}" --grant-date 2024-02-01 --date 2024-03-01 --fmv 1.00 --unvested 100 --lot E >/dev/null
"$dualbasis" record vest --symbol ACME --lot E --date 2025-06-01 --shares 100 --fmv 40 >/dev/null
early=$("$dualbasis" lots --json | jq -r '.data.lots[] | select(.id | startswith("E-v")) | .id')
same "an early exercise" \
	"2025-03-02 long_term regular 100
2025-12-31 same_year_sale amt 100
2026-02-02 two_years_from_grant null 100
2026-02-02 qualifies null 100
2026-06-02 long_term amt 100" "$(of_lot "$early")"

# What vests once a sale qualifies has no income that a disqualifying sale could take back.
"$dualbasis" "${exercise[@]}" --grant-date 2021-02-01 --date 2024-03-02 --fmv 1.00 --unvested 100 --lot Q >/dev/null
"$dualbasis" record vest --symbol ACME --lot Q --date 2025-06-02 --shares 100 --fmv 40 >/dev/null
late=$("$dualbasis" lots --json | jq -r '.data.lots[] | select(.id | startswith("Q-v")) | .id')
same "a vest after the sale qualifies" "0" "$(of_lot "$late" | grep -c same_year_sale || true)"
# Vested before the sale qualifies, in the same year: not after it does.
"$dualbasis" "${exercise[@]}" --grant-date 2021-02-01 --date 2024-03-03 --fmv 1.00 --unvested 100 --lot R >/dev/null
"$dualbasis" record vest --symbol ACME --lot R --date 2025-01-10 --shares 100 --fmv 40 >/dev/null
soon=$("$dualbasis" lots --json | jq -r '.data.lots[] | select(.id | startswith("R-v")) | .id')
same "a vest in the year in which the sale qualifies" "2025-03-03 same_year_sale amt 100" \
	"$(of_lot "$soon" | grep same_year_sale)"

# A lot that is sold has no days any more.
"$dualbasis" record sale --symbol ACME --date 2024-11-01 --shares 100 --price 20 --lot A >/dev/null
same "a lot that is gone" "" "$(of_lot A)"

# IRC 6511: three years from filing, the due date at the earliest; two years from a payment.
claims() { clocks "$1" 'select(.event == "claim") | "\(.day) \(.year) \(.lot) \(.what)"'; }
"$dualbasis" filed 2023 filed_on=2024-02-10 withheld=70000 paid=1200@2024-06-10 >/dev/null
same "filed early" "2027-04-15 2023 null last day to claim a refund of 2023 (IRC 6511)" "$(claims 2025-11-01)"
same "on the day" "2023" "$(clocks 2027-04-15 'select(.event == "claim") | .year')"
same "the day after" "" "$(clocks 2027-04-16 'select(.event == "claim") | .year')"
# 10 October 2026 is a Saturday, the 12th a holiday (IRC 7503).
"$dualbasis" filed 2022 filed_on=2023-10-10 extended_to=2023-10-15 withheld=70000 paid=1200@2025-06-10 >/dev/null
same "filed on extension, paid late" \
	"2026-10-10 2022 null last day to claim a refund of 2022 that leaves no doubt (IRC 6511)
2026-10-13 2022 null last day to claim a refund of 2022 (IRC 6511); what was withheld may be out of reach by then
2027-06-10 2022 null last day to claim back what was paid last of 2022's tax: two years (IRC 6511)" \
	"$(claims 2025-11-01 | grep ' 2022 null')"
# Spouses apart; a day that nobody entered.
"$dualbasis" fact 2021 status=mfs --owner ann >/dev/null
"$dualbasis" filed 2021 --owner ann withheld=70000 >/dev/null
same "a spouse's return" \
	"2025-04-15 2021 null last day to claim a refund of ann's 2021 (IRC 6511); the day of filing is not entered: its due date is taken" \
	"$(claims 2025-01-01 | grep ' 2021 null')"
"$dualbasis" clocks --from 2025-11-01 >text
for words in "last day to claim a refund of 2023" "a sale that takes back" "long-term for the AMT"; do
	grep -q "$words" text || {
		echo "FAILED: the text lacks \"$words\""
		failed=1
	}
done
exit $failed
