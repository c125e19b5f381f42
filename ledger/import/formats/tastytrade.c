/*
 * tastytrade, 1099-B as CSV. The adjustment of the gain is the disallowed wash sale loss; the names
 * of the days' columns have changed. What was opened short may be acquired after it was sold.
 */
#include "ledger/import/formats.h"

enum { MARK_OPENING };

static const char *const header[] = { "8949_box", "underlying_symbol",
	"security_description", NULL };

static const struct column columns[] = {
	COLUMN("tax_year", YEAR),
	COLUMN("tax year", YEAR),
	COLUMN("account*", ACCOUNT),
	COLUMN("security_description", DESCRIPTION),
	COLUMN("underlying_symbol", SYMBOL),
	MARKED("opening_transaction", MARK_OPENING),
	COLUMN("opening_date", ACQUIRED),
	COLUMN("open_date", ACQUIRED),
	COLUMN("date_acquired", ACQUIRED),
	COLUMN("acquired_date", ACQUIRED),
	COLUMN("quantity", QUANTITY),
	COLUMN("closing_date", SOLD),
	COLUMN("close_date", SOLD),
	COLUMN("date_sold", SOLD),
	COLUMN("sold_date", SOLD),
	COLUMN("cost", BASIS),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("gain_adj", WASH),
	COLUMN("gain_loss_adj", WASH),
	COLUMN("term", TERM),
	COLUMN("8949_box", BOX),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const opening = draft->mark[MARK_OPENING];

	(void)reading;
	(void)use;
	(void)why;
	/* An option is not its underlying's shares. */
	if (names_contract(draft->row.description))
		draft->row.symbol = NULL;
	draft->short_sale = value_starts(opening, "sto") || value_starts(opening, "sell");
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_tastytrade = {
	.name = "tastytrade",
	.what = "tastytrade: 1099-B as CSV",
	.table = &table,
};
