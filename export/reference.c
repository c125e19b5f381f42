/* Names cells of a workbook, and puts formulas in their places. */
#include "export/reference.h"

#include <assert.h>
#include <stdlib.h>

#include "ledger/base/text.h"

const char *column_letters(int column, struct pool *pool)
{
	char letters[8];
	size_t at = sizeof letters;

	for (column++; column > 0; column = (column - 1) / 26)
		letters[--at] = (char)('A' + (column - 1) % 26);
	return pool_text(pool, letters + at, sizeof letters - at);
}

const char *cell_reference(struct pool *pool, const char *sheet, int row, int column)
{
	return pool_printf(
		pool, "'%s'!$%s$%d", sheet, column_letters(column, pool), row + 1);
}

const char *place_formula(
	const char *formula, const struct frame *frame, int row, struct pool *pool)
{
	struct text text = TEXT_EMPTY;

	for (const char *at = formula; *at != '\0';) {
		if (*at != '{') {
			text_add_bytes(&text, at++, 1);
			continue;
		}
		char *end;
		const int column = (int)strtol(at + 1, &end, 10);
		const char *const letters = column_letters(column, pool);
		const bool range = *end == ':';

		if (range)
			text_addf(&text, "%s%d:%s%d", letters, frame->first + 1, letters,
				frame->totals > frame->first ? frame->totals
							     : frame->first + 1);
		else
			text_addf(&text, "%s%d", letters, row + 1);
		end += range;
		assert(*end == '}');
		at = end + 1;
	}
	const char *const placed = pool_text(pool, text.at, text.length);

	text_release(&text);
	return placed;
}
