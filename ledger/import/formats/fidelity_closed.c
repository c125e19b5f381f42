/*
 * Fidelity, closed positions or closed lots: cost and proceeds changed places over the years,
 * so both ages are read by name. Prose about the download ends the file.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "symbol(cusip)", "date acquired", "date sold",
	"cost basis", NULL };

static const struct column columns[] = {
	COLUMN("symbol(cusip)", SYMBOL_CUSIP),
	COLUMN("security description", DESCRIPTION),
	COLUMN("quantity", QUANTITY),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost basis", BASIS),
	COLUMN("short-term gain/loss", SHORT_GAIN),
	COLUMN("long-term gain/loss", LONG_GAIN),
	COLUMN("short term gain/loss", SHORT_GAIN),
	COLUMN("long term gain/loss", LONG_GAIN),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_fidelity_closed = {
	.name = "fidelity-closed",
	.what = "Fidelity: closed lots as CSV",
	.supplement = true,
	.table = &table,
};
