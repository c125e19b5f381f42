/*
 * Wealthfront, rows of Form 8949 as CSV, without a header: what and how many, acquired, sold,
 * proceeds, cost, code, adjustment, gain, term.
 */
#include "ledger/import/formats.h"

enum { MARK_CODE, MARK_ADJUSTMENT };
enum { CELLS = 9, ACQUIRED_CELL = 1, SOLD_CELL = 2, TERM_CELL = 8 };

static const struct column columns[] = {
	COLUMN("description", SHARES_DESCRIPTION),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost", BASIS),
	MARKED("code", MARK_CODE),
	MARKED("adjustment", MARK_ADJUSTMENT),
	COLUMN("gain", NOTHING),
	COLUMN("term", TERM),
	COLUMNS_END,
};

static bool is_day(const char *text)
{
	struct day day;
	struct fail ignored;

	return value_day(text, DAY_MONTH_FIRST, 2099, false, &day, &ignored);
}

static bool detect(const struct preview *preview)
{
	if (preview->count == 0 || preview->record[0].count != CELLS)
		return false;
	const struct record *const first = &preview->record[0];
	const char *const acquired = record_text(first, ACQUIRED_CELL);
	const char *const term = record_text(first, TERM_CELL);

	return is_day(record_text(first, SOLD_CELL)) &&
		(is_day(acquired) || value_various(acquired) || value_blank(acquired)) &&
		(value_is(term, "short-term") || value_is(term, "long-term"));
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)use;
	return draft_wash(reading, draft->mark[MARK_CODE], MARK_ADJUSTMENT, why);
}

static const struct table table = {
	.column = columns,
	.no_header = true,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_wealthfront = {
	.name = "wealthfront",
	.what = "Wealthfront: rows of Form 8949 as CSV",
	.detect = detect,
	.table = &table,
};
