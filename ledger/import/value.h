/*
 * value.h: what brokers write into cells, read exactly.
 *
 * Amounts become plain decimal text (sign, digits, point) with the file's own decimals and
 * never pass through a floating-point number. Failures have no place; the caller adds it.
 */
#ifndef DUALBASIS_IMPORT_VALUE_H
#define DUALBASIS_IMPORT_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/base/day.h"
#include "ledger/base/money.h"

/* Text made for one row, in blocks that never move; cleared when the row is gone. */
struct scratch_block;
struct scratch {
	struct scratch_block *first, *now;
	size_t used; /* of the block in use */
};
void scratch_release(struct scratch *);
void scratch_clear(struct scratch *);
char *scratch_take(struct scratch *, size_t bytes); /* never NULL */
/* Give back what the last scratch_take() did not need. */
void scratch_trim(struct scratch *, const char *end);
const char *scratch_text(struct scratch *, const char *, size_t length);

/* Blank, or a word for it: "--", "-", "N/A", "NA", "n/a"; NULL (no such column) is blank. */
bool value_blank(const char *);

/*
 * "$1,234.50", "(5.00)", "-$5", "$-5", "+$5", "- $5.00", "1,379.23 ", "0008180.00", "200.",
 * "3E-9" as plain decimal text in the scratch. With decimal_comma "1.234,50" is meant.
 */
bool value_decimal(const char *, bool decimal_comma, struct scratch *, const char **plain,
	struct fail *) MUST_USE;

enum day_order { DAY_MONTH_FIRST, DAY_DAY_FIRST };

/*
 * A day in any form of brokers: 06/20/2025, 6/20/25, 20250620, 2025-06-20, 20-JUN-2025,
 * JUN/20/2025, "06/20/2025 as of 06/18/2025" (the second), with or without a time of day.
 * A two-digit year beyond pivot_year's is of the last century. Placeholders (12/31/1969,
 * 01/01/1970, 01/01/0001) give DAY_NONE. `serial` allows a spreadsheet's day number.
 */
bool value_day(const char *, enum day_order, int pivot_year, bool serial, struct day *,
	struct fail *) MUST_USE;

/* "VARIOUS" in any case. */
bool value_various(const char *);

/* Case-blind equality and prefix, of text with its outer blanks taken off; NULL is neither. */
bool value_is(const char *, const char *word);
bool value_starts(const char *, const char *prefix);

/* Exact sums of decimal text, in 1e-8, and back to plain text of `decimals` places. */
bool value_e8(const char *plain, int128 *e8); /* rounds half away; false: not plain */
char *value_e8_text(int128 e8, char to[48]);

/* Plain text to the cent, rounded half away from zero once; the same for 1e-8 units. */
bool value_money(const char *plain, struct money *, struct fail *) MUST_USE;
bool value_shares(
	const char *plain, struct shares *, bool *rounded, struct fail *) MUST_USE;

#endif
