/*
 * Betterment, 1099-B as CSV: thousands of small rows, the quantity inside the description,
 * with or without an account and a comma at the end.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "gross proceeds", "cost or other basis",
	"noncovered securities", "reporting category", NULL };

static const struct column columns[] = {
	COLUMN("account", ACCOUNT),
	COLUMN("description", SHARES_DESCRIPTION),
	COLUMN("symbol", SYMBOL),
	COLUMN("cusip", CUSIP),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("gross proceeds", PROCEEDS),
	COLUMN("cost or other basis", BASIS),
	COLUMN("wash sale loss disallowed", WASH),
	COLUMN("federal income tax withheld", WITHHELD),
	COLUMN("type of gain(loss)", TERM),
	COLUMN("noncovered securities", NONCOVERED),
	COLUMN("reporting category", BOX),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_betterment = {
	.name = "betterment",
	.what = "Betterment: 1099-B as CSV",
	.table = &table,
};
