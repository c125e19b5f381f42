/*
 * A CSV that people make by hand from E*TRADE's 1099-B, for lack of one from the broker.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "term", "cusip", "dateacquired", "datesold",
	"washsaleloss", NULL };

static const struct column columns[] = {
	COLUMN("term", TERM),
	COLUMN("description", DESCRIPTION),
	COLUMN("cusip", CUSIP),
	COLUMN("quantity", QUANTITY),
	COLUMN("dateacquired", ACQUIRED),
	COLUMN("datesold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("costbasis", BASIS),
	COLUMN("washsaleloss", WASH),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_etrade_community = {
	.name = "etrade-community",
	.what = "E*TRADE 1099-B, made by hand as CSV",
	.table = &table,
};
