/*
 * EquatePlus (Computershare): shares of a purchase plan, with semicolons and decimal commas.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "acquisition date", "consumption", "purchase price",
	NULL };

static const struct column columns[] = {
	COLUMN("acquisition date", ACQUIRED),
	COLUMN("plan", DESCRIPTION),
	COLUMN("quantity", QUANTITY),
	EXTRA("consumption", MONEY, "consumption"),
	EXTRA("purchase price", MONEY, "purchase_price"),
	EXTRA("currency", TEXT, "currency"),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.decimal_comma = true,
	.kind = ROW_ESPP_PURCHASE,
};

const struct format format_equateplus = {
	.name = "equateplus",
	.what = "EquatePlus: shares of a purchase plan as CSV",
	.supplement = true,
	.table = &table,
};
