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

static bool is_sale(const struct record *record)
{
	const char *const acquired = record_text(record, ACQUIRED_CELL);
	const char *const term = record_text(record, TERM_CELL);

	return record->count == CELLS && is_day(record_text(record, SOLD_CELL)) &&
		(is_day(acquired) || value_various(acquired) || value_blank(acquired)) &&
		(value_is(term, "short-term") || value_is(term, "long-term"));
}

/* One row may be wrong, which is for the reading to say, if the next one is right. */
static bool detect(const struct preview *preview)
{
	return (preview->count > 0 && is_sale(&preview->record[0])) ||
		(preview->count > 1 && preview->record[0].count == CELLS &&
			is_sale(&preview->record[1]));
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
