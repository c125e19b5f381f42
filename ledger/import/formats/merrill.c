/*
 * Merrill, realized gains of all accounts. "Security" is a code of its own, not the ticker;
 * wash sales are not shown.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "security description", "liquidation date",
	"liquidation amount ($)", NULL };

static const struct column columns[] = {
	COLUMN("security description", DESCRIPTION),
	COLUMN("account #", ACCOUNT),
	COLUMN("acquisition date", ACQUIRED),
	COLUMN("liquidation date", SOLD),
	COLUMN("quantity", QUANTITY),
	COLUMN("acquisition cost ($)", BASIS),
	COLUMN("liquidation amount ($)", PROCEEDS),
	COLUMN("short/long", TERM),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_merrill = {
	.name = "merrill",
	.what = "Merrill: realized gains as CSV",
	.supplement = true,
	.table = &table,
};
