/*
 * The columns of txfexpress: cost stands before the day sold.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "symbol", "quantity", "date acquired", "cost",
	"date sold", "proceeds", NULL };

static const struct column columns[] = {
	COLUMN("symbol", SYMBOL),
	COLUMN("quantity", QUANTITY),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("cost", BASIS),
	COLUMN("date sold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.symbol_names = true,
};

const struct format format_txfexpress = {
	.name = "txfexpress",
	.what = "txfexpress: sales as CSV",
	.table = &table,
};
