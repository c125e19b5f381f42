/*
 * TaxAct's stock import. A wash sale and its amount stand in one row; the category is the box.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_SHARES, MARK_CODE, MARK_AMOUNT, MARK_WASH };

static const char *const header[] = { "description", "date acquired", "date sold",
	"sales proceeds", "cost or other basis", NULL };

static const struct column columns[] = {
	COLUMN("description", DESCRIPTION),
	MARKED("additional description", MARK_SHARES),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("sales proceeds", PROCEEDS),
	COLUMN("cost or other basis", BASIS),
	MARKED("adjustment code", MARK_CODE),
	MARKED("adjustment amount", MARK_AMOUNT),
	MARKED("wash sale*", MARK_WASH),
	COLUMN("reporting category", BOX),
	COLUMN("long/short", TERM),
	COLUMN("federal tax withheld", WITHHELD),
	COLUMN("withholding", WITHHELD),
	EXTRA("owner", TEXT, "owner"),
	COLUMNS_END,
};

/* "40 sh": a quantity and nothing else. */
static bool take_shares(struct reading *reading, struct draft *draft, struct fail *why)
{
	const char *const text = draft->mark[MARK_SHARES];
	const size_t length = text == NULL ? 0 : strspn(text, "0123456789,.");

	if (length == 0 || !value_starts(text + length, "sh"))
		return true;
	return value_decimal(scratch_text(&reading->scratch, text, length), false,
		       &reading->scratch, &draft->row.quantity, why) ||
		draft_mark_failed(draft, MARK_SHARES, why);
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *code = draft->mark[MARK_CODE];

	(void)use;
	/* The "W" has a column of its own in some of its files. */
	if (value_blank(code)) {
		const char *const wash = draft->mark[MARK_WASH];

		code = value_blank(wash) || value_starts(wash, "n") ? code : "W";
	} else if (strpbrk(code, "Ww") == NULL) {
		draft_plan(draft, "adjustment_code",
			scratch_text(&reading->scratch, code, strlen(code)));
	}
	if (!draft_wash(reading, code, MARK_AMOUNT, why))
		return false;
	if (!value_blank(code) && value_is(draft->row.wash_disallowed, "0.00") &&
		strpbrk(code, "Ww") != NULL)
		draft_flag(draft, "a wash sale whose amount is not shown");
	return take_shares(reading, draft, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_taxact = {
	.name = "taxact",
	.what = "TaxAct: stock import as CSV",
	.table = &table,
};
