/*
 * Robinhood, consolidated 1099 as CSV: sections whose header and rows share the first cell;
 * cost stands before proceeds, and a code says whether the basis was reported.
 */
#include "ledger/base/text.h"
#include "ledger/import/formats.h"

enum { MARK_NO_BASIS };

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
	COLUMN("ordinary", ORDINARY),
	COLUMN("fed tax withheld", WITHHELD),
	COLUMN("wash amt disallowed", WASH),
	COLUMN("accrdmktdiscount", DISCOUNT),
	COLUMN("form8949code", BOX),
	COLUMN("grossproceedsindicator", GROSS),
	COLUMN("lossnotallowed", NO_LOSS),
	COLUMN("non covered", NONCOVERED),
	MARKED("basis not shown", MARK_NO_BASIS),
	EXTRA("profit", MONEY, "profit_closed"),
	EXTRA("unrelprofitprev", MONEY, "unrealized_prior"),
	EXTRA("unrelprofit", MONEY, "unrealized"),
	EXTRA("aggprofit", MONEY, "aggregate"),
	COLUMNS_END,
};

static const struct income_name div_names[] = {
	{ "ordinary div", INCOME_DIVIDENDS },
	{ "qualified div", INCOME_QUALIFIED },
	{ "total cap gain", INCOME_DISTRIBUTIONS },
	{ "unrecsec1250", INCOME_GAIN_1250 },
	{ "sec1202", INCOME_GAIN_1202 },
	{ "p28 gain", INCOME_GAIN_28 },
	{ "nontaxdist", INCOME_NONDIVIDEND },
	{ "fedtaxwh", INCOME_DIV_WITHHELD },
	{ "sec199a", INCOME_DIV_199A },
	{ "investexp", INCOME_DIV_EXPENSES },
	{ "fortaxpd", INCOME_DIV_FOREIGN },
	{ "cashliq", INCOME_DIV_CASH },
	{ "noncashliq", INCOME_DIV_NONCASH },
	{ "exemptintdiv", INCOME_DIV_EXEMPT },
	{ "specifiedpabintdiv", INCOME_DIV_ACTIVITY },
	{ NULL, INCOME_KINDS },
};
static const struct income_name int_names[] = {
	{ "int income", INCOME_INTEREST },
	{ "early wd penalty", INCOME_INT_PENALTY },
	{ "int usbonds", INCOME_INT_TREASURY },
	{ "fed tax wh", INCOME_INT_WITHHELD },
	{ "inv expense", INCOME_INT_EXPENSES },
	{ "for tax pd", INCOME_INT_FOREIGN },
	{ "tax expmt int", INCOME_INT_EXEMPT },
	{ "specifiedpabint", INCOME_INT_ACTIVITY },
	{ "marketdiscount", INCOME_INT_DISCOUNT },
	{ "bondpremium", INCOME_INT_PREMIUM },
	{ "bondpremiumtreasury", INCOME_INT_US_PREMIUM },
	{ "bondpremiumtaxexempt", INCOME_INT_EXEMPT_PREMIUM },
	{ NULL, INCOME_KINDS },
};

/* What the columns of the section in force mean. */
#define SECTION_COLUMNS 64
struct own {
	size_t columns;
	enum income column[SECTION_COLUMNS];
};

static bool no_header(const struct record *record, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, record->line, 2,
		"the section %s does not begin with its header (want \"ACCOUNT NUMBER\", "
		"\"TAX YEAR\", ...)",
		CUT(record_text(record, 0), 20));
	return fail_hint(why, "download the file again");
}

/* A header of the sections of dividends and interest, or the figures under it. */
static bool take_income(
	struct reading *reading, const struct record *record, struct fail *why)
{
	struct own *own = reading->own;
	const bool dividends = value_is(record_text(record, 0), "1099-div");

	if (own == NULL)
		reading->own = own = pool_alloc(&reading->pool, sizeof *own);
	if (value_is(record_text(record, 1), "account number")) {
		for (own->columns = 0;
			own->columns < record->count && own->columns < SECTION_COLUMNS;
			own->columns++)
			own->column[own->columns] =
				income_of_name(dividends ? div_names : int_names,
					record_text(record, own->columns));
		return true;
	}
	if (own->columns == 0)
		return no_header(record, why);
	reading_take_year(reading, record_text(record, 2));
	for (size_t i = 0; i < own->columns && i < record->count; i++)
		if (own->column[i] != INCOME_KINDS &&
			!reading_income(reading, own->column[i], record_text(record, i),
				record->line, (long)i + 1, why))
			return false;
	return true;
}

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
	const char *const section = record_text(record, 0);

	if (value_is(section, "1099-div") || value_is(section, "1099-int"))
		return take_income(reading, record, why) ? RECORD_SKIP : RECORD_FAILED;
	if (value_is(section, "1099-b"))
		return reading->have_header || no_header(record, why) ? RECORD_ROW
								      : RECORD_FAILED;
	if (value_blank(section) && !value_blank(record_text(record, 1))) {
		fail_at(why, FAIL_BAD_INPUT, record->line, 1,
			"the row does not say its section (want 1099-B or another)");
		fail_hint(why, "download the file again");
		return RECORD_FAILED;
	}
	/* No such section was seen yet, so that its columns are not known. */
	if (value_starts(section, "1099-") &&
		!value_is(record_text(record, 1), "account number"))
		reading_note(reading,
			"line %ld: the section %s is not read: enter what it says "
			"with `dualbasis fact`",
			record->line, CUT(section, 20));
	return RECORD_SKIP;
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	(void)use;
	(void)why;
	if (value_starts(draft->mark[MARK_NO_BASIS], "y"))
		draft->row.basis = NULL;
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.covered_by_box = true,
	.contracts = true,
	.short_rows = true,
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
