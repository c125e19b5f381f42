/*
 * Chase, realized gains. Distributions of funds come as rows without days and are no sales.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "acquired date", "sale date",
	"market cost/proceeds usd", "cost basis usd", NULL };

static const struct column columns[] = {
	COLUMN("account number", ACCOUNT),
	COLUMN("account name", ACCOUNT_WORDS),
	COLUMN("description", DESCRIPTION),
	COLUMN("acquired date", ACQUIRED),
	COLUMN("sale date", SOLD),
	COLUMN("quantity", QUANTITY),
	COLUMN("market cost/proceeds usd", PROCEEDS),
	COLUMN("cost basis usd", BASIS),
	COLUMN("long term realized gain loss usd", LONG_GAIN),
	COLUMN("short term realized gain loss usd", SHORT_GAIN),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)why;
	if (draft->sold == NULL || value_blank(draft->sold->text)) {
		*use = false;
		reading_note(reading,
			"rows without days are distributions of funds, not sales");
	}
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_chase = {
	.name = "chase",
	.what = "Chase: realized gains as CSV",
	.supplement = true,
	.table = &table,
};
