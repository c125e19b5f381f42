/*
 * Washems!, the input of its version for 1099-Bs: eleven cells without a header, a lot a row:
 * security, account, lot, acquired, sold, shares, price, sale price, cost, proceeds, gain. Lots
 * that are still held have no day of sale; their gain and proceeds are blank.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { CELLS = 11, ACQUIRED_CELL = 3, SOLD_CELL = 4, SHARES_CELL = 5, COST_CELL = 8 };

static const struct column columns[] = {
	COLUMN("security", DESCRIPTION),
	COLUMN("account", ACCOUNT),
	EXTRA("lot id", TEXT, "lot_id"),
	COLUMN("acquired", ACQUIRED),
	COLUMN("sold", SOLD),
	COLUMN("shares", QUANTITY),
	EXTRA("price", MONEY, "price"),
	EXTRA("sale price", MONEY, "sale_price"),
	COLUMN("cost", BASIS),
	COLUMN("proceeds", PROCEEDS),
	EXTRA("gain", MONEY, "gain"),
	COLUMNS_END,
};

static bool is_day(const char *text)
{
	struct day day;
	struct fail ignored;

	return strchr(text, '/') != NULL &&
		value_day(text, DAY_MONTH_FIRST, 2099, false, &day, &ignored);
}

static bool is_number(const char *text)
{
	return !value_blank(text) && strspn(text, "-0123456789. ") == strlen(text);
}

static bool is_lot(const struct record *record)
{
	const char *const sold = record_text(record, SOLD_CELL);

	return record->count == CELLS && is_day(record_text(record, ACQUIRED_CELL)) &&
		(value_blank(sold) || is_day(sold)) &&
		is_number(record_text(record, SHARES_CELL)) &&
		is_number(record_text(record, COST_CELL));
}

static bool detect(const struct preview *preview)
{
	/* A template's own titles may stand first, or a row in which something is wrong. */
	return (preview->count > 0 && is_lot(&preview->record[0])) ||
		(preview->count > 1 && preview->record[0].count == CELLS &&
			is_lot(&preview->record[1]));
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	(void)reading;
	(void)why;
	return value_starts(record_text(record, 0), "security") &&
			!is_day(record_text(record, ACQUIRED_CELL))
		? RECORD_SKIP
		: RECORD_ROW;
}

static const struct table table = {
	.column = columns,
	.no_header = true,
	.kind = ROW_SALE,
	.held_too = true,
	.look = look,
};

const struct format format_washems = {
	.name = "washems",
	.what = "Washems!: input for 1099-Bs as CSV",
	.supplement = true,
	.detect = detect,
	.table = &table,
};
