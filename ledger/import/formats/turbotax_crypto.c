/*
 * The crypto gain and loss file that many tools write for TurboTax; its columns come in more
 * than one order.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "currency name", "purchase date", "cost basis",
	"date sold", NULL };

static const struct column columns[] = {
	COLUMN("currency name", DESCRIPTION),
	COLUMN("purchase date", ACQUIRED),
	COLUMN("cost basis", BASIS),
	COLUMN("date sold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_turbotax_crypto = {
	.name = "turbotax-crypto",
	.what = "crypto gain/loss for TurboTax as CSV",
	.digital = true,
	.table = &table,
};
