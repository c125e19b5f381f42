/*
 * TD Ameritrade, gain and loss by GainsKeeper: amounts are after wash sales, whose losses are
 * not shown, so they differ from the 1099-B. "Total:" ends the file.
 */
#include "ledger/import/formats.h"

enum { MARK_TYPE };

static const char *const header[] = { "trans type", "open date", "adj cost", "close date",
	"adj proceeds", NULL };

static const struct column columns[] = {
	COLUMN("security", NAME_SYMBOL),
	MARKED("trans type", MARK_TYPE),
	COLUMN("qty", QUANTITY),
	COLUMN("open date", ACQUIRED),
	COLUMN("adj cost", BASIS),
	COLUMN("close date", SOLD),
	COLUMN("adj proceeds", PROCEEDS),
	COLUMN("term", TERM),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	(void)use;
	(void)why;
	draft->short_sale = value_starts(draft->mark[MARK_TYPE], "buy to cover");
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_td_ameritrade = {
	.name = "td-ameritrade",
	.what = "TD Ameritrade: gain/loss as CSV",
	.supplement = true,
	.table = &table,
};
