/*
 * Coinbase, gain and loss as CSV, after some lines of preamble. A blank cost or blank proceeds
 * is unknown, not zero.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "asset name", "cost basis (usd)",
	"date of disposition", NULL };

static const struct column columns[] = {
	EXTRA("transaction type", TEXT, "transaction_type"),
	EXTRA("transaction id", TEXT, "transaction_id"),
	EXTRA("tax lot id", TEXT, "tax_lot"),
	COLUMN("asset name", DESCRIPTION),
	COLUMN("amount", QUANTITY),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("cost basis (usd)", BASIS),
	COLUMN("date of disposition", SOLD),
	COLUMN("proceeds (usd)", PROCEEDS),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_coinbase = {
	.name = "coinbase",
	.what = "Coinbase: gain/loss as CSV",
	.digital = true,
	.table = &table,
};
