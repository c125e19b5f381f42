/*
 * tastytrade, 1099-B as CSV. gain_adj is the disallowed wash sale loss.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "8949_box", "underlying_symbol", "closing_date",
	NULL };

static const struct column columns[] = {
	COLUMN("tax_year", YEAR),
	COLUMN("security_description", DESCRIPTION),
	COLUMN("underlying_symbol", SYMBOL),
	COLUMN("opening_date", ACQUIRED),
	COLUMN("quantity", QUANTITY),
	COLUMN("closing_date", SOLD),
	COLUMN("cost", BASIS),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("gain_adj", WASH),
	COLUMN("term", TERM),
	COLUMN("8949_box", BOX),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_tastytrade = {
	.name = "tastytrade",
	.what = "tastytrade: 1099-B as CSV",
	.table = &table,
};
