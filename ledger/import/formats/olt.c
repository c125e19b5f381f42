/*
 * OLT (OnLine Taxes), the workbook for its stock import.
 */
#include "ledger/import/formats.h"

enum { MARK_CODE };

static const char *const header[] = { "description of capital asset", "date acquired",
	"date sold", "applicable checkbox on form 8949", NULL };

static const struct column columns[] = {
	COLUMN("description of capital asset", SHARES_DESCRIPTION),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("proceeds or sales price ($)", PROCEEDS),
	COLUMN("cost or other basis ($)", BASIS),
	MARKED("code(s)", MARK_CODE),
	EXTRA("adjustments to gain or loss ($)", MONEY, "adjustment"),
	COLUMN("accrued market discount ($)", DISCOUNT),
	COLUMN("wash sale loss disallowed ($)", WASH),
	COLUMN("long term/short term/ordinary", TERM),
	COLUMN("federal income tax withheld ($)", WITHHELD),
	COLUMN("noncovered security", NONCOVERED),
	COLUMN("loss not allowed based on amount in 1d", NO_LOSS),
	COLUMN("applicable checkbox on form 8949", BOX),
	EXTRA("whose capital assets", TEXT, "owner"),
	EXTRA("payer name", TEXT, "payer"),
	EXTRA("form type", TEXT, "form_type"),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const code = draft->mark[MARK_CODE];

	(void)reading;
	(void)use;
	(void)why;
	if (!value_blank(code) && !value_is(code, "w"))
		draft_flag(draft, "an adjustment other than a wash sale");
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_olt = {
	.name = "olt",
	.what = "OLT: stock import as a workbook",
	.table = &table,
};
