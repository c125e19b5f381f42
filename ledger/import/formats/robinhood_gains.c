/*
 * Robinhood, realized gains as CSV, as given for 2023 (cells shielded as ="...") and for 2024. Only
 * the first columns of each are known for certain, so that all are taken by name. A wash sale's
 * adjustment of the cost is in the cost already, and is no loss disallowed.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "symbol", "event", "qty", "open date",
	"closed date", "cost", NULL };

static const struct column columns[] = {
	COLUMN("symbol", SYMBOL),
	COLUMN("description", DESCRIPTION),
	EXTRA("event", TEXT, "event"),
	COLUMN("qty", QUANTITY),
	COLUMN("open date", ACQUIRED),
	COLUMN("closed date", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost", BASIS),
	COLUMN("term", TERM),
	COLUMN("short term*", SHORT_GAIN),
	COLUMN("long term*", LONG_GAIN),
	COLUMN("disallowed*", WASH),
	COLUMNS_END,
};

static const char *const later_header[] = { "close date", "open date", "security",
	"units closed", "tax cost", NULL };

static const struct column later_columns[] = {
	COLUMN("close date", SOLD),
	COLUMN("open date", ACQUIRED),
	COLUMN("security", DESCRIPTION),
	EXTRA("record type", TEXT, "record_type"),
	COLUMN("units closed", QUANTITY),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("tax cost", BASIS),
	EXTRA("ws cost adj", MONEY, "wash_adjustment"),
	COLUMN("term", TERM),
	COLUMN("short term*", SHORT_GAIN),
	COLUMN("long term*", LONG_GAIN),
	COLUMN("disallowed*", WASH),
	COLUMNS_END,
};

static const struct table later_table = {
	.column = later_columns,
	.header = later_header,
	.kind = ROW_SALE,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.other = &later_table,
};

const struct format format_robinhood_gains = {
	.name = "robinhood-gains",
	.what = "Robinhood: realized gains of 2023 or 2024 as CSV",
	.supplement = true,
	.table = &table,
};
