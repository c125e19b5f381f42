/*
 * wash-sale-calculator: lots, sold and held, before or after its work. A lot without a day of sale
 * is held; an adjustment is a wash sale's under the code W.
 */
#include "ledger/import/formats.h"

enum { MARK_CODE, MARK_ADJUSTMENT };

static const char *const header[] = { "cnt", "sym", "buydate", "basis", "selldate",
	"proceeds", "adjcode", NULL };

static const struct column columns[] = {
	COLUMN("cnt", QUANTITY),
	COLUMN("sym", SYMBOL),
	EXTRA("desc", TEXT, "lot_id"),
	COLUMN("buydate", ACQUIRED),
	COLUMN("basis", BASIS),
	COLUMN("selldate", SOLD),
	COLUMN("proceeds", PROCEEDS),
	MARKED("adjcode", MARK_CODE),
	MARKED("adj", MARK_ADJUSTMENT),
	EXTRA("formposition", TEXT, "position"),
	EXTRA("isreplacement", TEXT, "is_replacement"),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)use;
	return draft_wash(reading, draft->mark[MARK_CODE], MARK_ADJUSTMENT, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.symbol_names = true,
	.held_too = true,
	.finish = finish,
};

const struct format format_wash_sale_calculator = {
	.name = "wash-sale-calculator",
	.what = "wash-sale-calculator: lots as CSV",
	.supplement = true,
	.table = &table,
};
