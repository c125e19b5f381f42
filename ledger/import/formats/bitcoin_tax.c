/*
 * bitcoin.tax, gains as CSV.
 */
#include "ledger/import/formats.h"

enum { MARK_CURRENCY };

static const char *const header[] = { "volume", "symbol", "date acquired", "date sold",
	"currency", NULL };

static const struct column columns[] = {
	COLUMN("volume", QUANTITY),
	COLUMN("symbol", SYMBOL),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost basis", BASIS),
	MARKED("currency", MARK_CURRENCY),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const currency = draft->mark[MARK_CURRENCY];

	(void)reading;
	(void)use;
	if (value_blank(currency) || value_is(currency, "usd"))
		return true;
	fail_set(why, FAIL_BAD_INPUT, "amounts are in \"%s\" (want USD)",
		CUT(currency, 20));
	return fail_hint(why, "export the file in dollars");
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.symbol_names = true,
	.finish = finish,
};

const struct format format_bitcoin_tax = {
	.name = "bitcoin-tax",
	.what = "bitcoin.tax: gains as CSV",
	.digital = true,
	.table = &table,
};
