/*
 * Vanguard, realized gains. Which gain column is filled tells the term.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "company name", "date sold", "date acquired",
	"total cost", "proceeds", NULL };

static const struct column columns[] = {
	COLUMN("account number", ACCOUNT),
	COLUMN("symbol", SYMBOL),
	COLUMN("company name", DESCRIPTION),
	COLUMN("date sold", SOLD),
	COLUMN("date acquired", ACQUIRED),
	EXTRA("event", TEXT, "event"),
	EXTRA("cost basis method", TEXT, "method"),
	COLUMN("quantity", QUANTITY),
	COLUMN("total cost", BASIS),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("short term gain/loss", SHORT_GAIN),
	COLUMN("long term gain/loss", LONG_GAIN),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_vanguard = {
	.name = "vanguard",
	.what = "Vanguard: realized gains as CSV",
	.supplement = true,
	.table = &table,
};
