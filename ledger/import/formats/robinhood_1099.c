/*
 * Robinhood, consolidated 1099 as CSV: sections whose header and rows share the first cell;
 * cost stands before proceeds, and a code says whether the basis was reported.
 */
#include "ledger/import/formats.h"

enum { MARK_ORDINARY, MARK_NO_BASIS, MARK_NO_LOSS };

static const char *const header[] = { "account number", "sale date", "form8949code",
	NULL };

static const struct column columns[] = {
	COLUMN("account number", ACCOUNT),
	COLUMN("tax year", YEAR),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("sale date", SOLD),
	COLUMN("description", DESCRIPTION),
	COLUMN("shares", QUANTITY),
	COLUMN("cost basis", BASIS),
	COLUMN("sales price", PROCEEDS),
	COLUMN("term", TERM),
	MARKED("ordinary", MARK_ORDINARY),
	COLUMN("fed tax withheld", WITHHELD),
	COLUMN("wash amt disallowed", WASH),
	COLUMN("accrdmktdiscount", DISCOUNT),
	COLUMN("form8949code", BOX),
	COLUMN("grossproceedsindicator", GROSS),
	MARKED("lossnotallowed", MARK_NO_LOSS),
	COLUMN("non covered", NONCOVERED),
	MARKED("basis not shown", MARK_NO_BASIS),
	EXTRA("profit", MONEY, "profit_closed"),
	EXTRA("unrelprofitprev", MONEY, "unrealized_prior"),
	EXTRA("unrelprofit", MONEY, "unrealized"),
	EXTRA("aggprofit", MONEY, "aggregate"),
	COLUMNS_END,
};

static bool detect(const struct preview *preview)
{
	for (size_t i = 0; i < preview->count; i++)
		if (value_starts(record_text(&preview->record[i], 0), "1099-") &&
			value_is(record_text(&preview->record[i], 1), "account number"))
			return true;
	return false;
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	(void)why;
	return reading->have_header && value_is(record_text(record, 0), "1099-b")
		? RECORD_ROW
		: RECORD_SKIP;
}

static bool yes(const char *text)
{
	return text != NULL && value_starts(text, "y");
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	(void)use;
	(void)why;
	if (yes(draft->mark[MARK_NO_BASIS]))
		draft->row.basis = NULL;
	if (yes(draft->mark[MARK_ORDINARY]))
		draft_flag(draft, "ordinary");
	if (yes(draft->mark[MARK_NO_LOSS]))
		draft_flag(draft, "the loss is not allowed based on box 1d");
	if (draft->plans > 0 && draft->row.proceeds == NULL)
		draft->row.kind = ROW_1256;
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.covered_by_box = true,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish,
};

const struct format format_robinhood_1099 = {
	.name = "robinhood-1099",
	.what = "Robinhood: consolidated 1099 as CSV",
	.detect = detect,
	.table = &table,
};
