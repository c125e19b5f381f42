/*
 * E*TRADE / Morgan Stanley at Work, Gains & Losses, collapsed or expanded, of either age. It
 * is a plan's statement, not a tax form: Acquisition Cost is what the 1099-B reports, Adjusted
 * Cost Basis adds the income that was on the W-2. A gain from the wrong one is taxed twice.
 */
#include <stdio.h>
#include <string.h>

#include "ledger/import/formats.h"

enum {
	MARK_TYPE,
	MARK_GAIN,
	MARK_ADJUSTED,
	MARK_INCOME_PER_SHARE,
	MARK_VEST_FMV,
	MARK_EXERCISE_FMV,
	MARK_PLAN
};

static const char *const header[] = { "record type", "plan type", "acquisition cost",
	NULL };

static const struct column columns[] = {
	{ "record type", TAKE_MARK, NULL, MARK_TYPE, NULL },
	{ "symbol", TAKE_SYMBOL, NULL, 0, NULL },
	{ "plan type", TAKE_PLAN_TEXT, "plan_type", 0, NULL },
	{ "quantity", TAKE_QUANTITY, NULL, 0, NULL },
	{ "qty.", TAKE_QUANTITY, NULL, 0, NULL },
	{ "date acquired", TAKE_ACQUIRED, NULL, 0, NULL },
	{ "acquisition cost", TAKE_BASIS, NULL, 0, NULL },
	{ "ordinary income recognized", TAKE_PLAN_MONEY, "ordinary_income", 0, NULL },
	{ "ordinary income recognized per share", TAKE_MARK, NULL, MARK_INCOME_PER_SHARE,
		NULL },
	{ "adjusted cost basis", TAKE_PLAN_MONEY, "adjusted_basis", 0, NULL },
	{ "date sold", TAKE_SOLD, NULL, 0, NULL },
	{ "total proceeds", TAKE_PROCEEDS, NULL, 0, NULL },
	{ "deferred loss", TAKE_PLAN_MONEY, "deferred_loss", 0, NULL },
	{ "gain/loss", TAKE_MARK, NULL, MARK_GAIN, NULL },
	{ "adjusted gain/loss", TAKE_MARK, NULL, MARK_ADJUSTED, NULL },
	{ "term", TAKE_TERM, NULL, 0, NULL },
	{ "capital gains status", TAKE_TERM, NULL, 0, NULL },
	{ "total wash sale adjustment amount", TAKE_WASH, NULL, 0, NULL },
	{ "order type", TAKE_PLAN_TEXT, "order_type", 0, NULL },
	{ "covered status", TAKE_COVERED, NULL, 0, NULL },
	{ "qualified plan*", TAKE_PLAN_TEXT, "qualified_plan", 0, NULL },
	{ "disposition type", TAKE_PLAN_TEXT, "disposition", 0, NULL },
	{ "type", TAKE_PLAN_TEXT, "type", 0, NULL },
	{ "grant date", TAKE_PLAN_DAY, "grant_date", 0, NULL },
	{ "grant date fmv", TAKE_PLAN_MONEY, "grant_fmv", 0, NULL },
	{ "discount amount", TAKE_PLAN_MONEY, "discount", 0, NULL },
	{ "purchase date", TAKE_PLAN_DAY, "purchase_date", 0, NULL },
	{ "purchase date fair mkt. value", TAKE_PLAN_MONEY, "purchase_fmv", 0, NULL },
	{ "purchase price", TAKE_PLAN_MONEY, "purchase_price", 0, NULL },
	{ "grant number", TAKE_PLAN_TEXT, "grant_number", 0, NULL },
	{ "83(b) election", TAKE_PLAN_TEXT, "election_83b", 0, NULL },
	{ "vest date", TAKE_PLAN_DAY, "vest_date", 0, NULL },
	{ "vest date fmv", TAKE_MARK, NULL, MARK_VEST_FMV, NULL },
	{ "exercise date", TAKE_PLAN_DAY, "exercise_date", 0, NULL },
	{ "exercise date fmv", TAKE_MARK, NULL, MARK_EXERCISE_FMV, NULL },
	{ "grant price", TAKE_PLAN_MONEY, "grant_price", 0, NULL },
	{ "order number", TAKE_PLAN_TEXT, "order_number", 0, NULL },
	{ NULL, TAKE_NOTHING, NULL, 0, NULL },
};

struct own {
	const char *proceeds; /* of the Summary row */
	long line;
};

static bool detect(const struct preview *preview)
{
	return preview_find(preview, header) != NULL;
}

static const char *under(
	const struct reading *reading, const struct record *record, const char *name)
{
	for (size_t i = 0; i < reading->mapped; i++)
		if (reading->map[i] != NULL && strcmp(reading->map[i]->name, name) == 0)
			return record_text(record, i);
	return "";
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const type = record_text(record, 0);

	if (!reading->have_header)
		return RECORD_SKIP;
	if (value_is(type, "sell"))
		return RECORD_ROW;
	if (value_is(type, "summary")) {
		struct own *const own = pool_alloc(&reading->pool, sizeof *own);
		const char *const text = under(reading, record, "total proceeds");

		own->proceeds = pool_text(&reading->pool, text, strlen(text));
		own->line = record->line;
		reading->own = own;
		return RECORD_SKIP;
	}
	/* A stray number under a blank row has been seen; a row with words is another thing. */
	size_t filled = 0;

	for (size_t i = 0; i < record->count; i++)
		filled += !value_blank(record->cell[i].text);
	if (filled <= 1)
		return RECORD_SKIP;
	fail_at(why, FAIL_BAD_INPUT, record->line, 1,
		"column \"Record Type\": \"%.40s\" is unknown (want Sell or Summary)",
		type);
	return RECORD_FAILED;
}

/*
 * A fair market value that is not 0 ("none"). The CSV prints it as a date, "98at1900": whole
 * dollars of it, with the cents lost; then nothing is better than a wrong figure.
 */
static bool take_fmv(
	struct reading *reading, const char *text, const char **fmv, struct fail *why)
{
	const char *plain;
	int128 value;

	*fmv = NULL;
	if (text == NULL || value_blank(text) || strstr(text, "at19") != NULL)
		return true;
	if (!value_decimal(text, false, &reading->scratch, &plain, why))
		return fail_in(why, "fair market value");
	if (value_e8(plain, &value) && value != 0)
		*fmv = plain;
	return true;
}

static const char *plan_value(const struct draft *draft, const char *name)
{
	for (size_t i = 0; i < draft->plans; i++)
		if (strcmp(draft->plan[i].name, name) == 0)
			return draft->plan[i].value;
	return NULL;
}

/* Printed gains must be those of the printed amounts, to the rounding of three cells. */
static void check_gain(
	struct reading *reading, struct draft *draft, const char *gain, const char *basis)
{
	const char *plain;
	struct fail ignored;
	int128 printed, proceeds, cost;

	if (gain == NULL || value_blank(gain) || basis == NULL ||
		draft->row.proceeds == NULL ||
		!value_decimal(gain, false, &reading->scratch, &plain, &ignored) ||
		!value_e8(plain, &printed) || !value_e8(draft->row.proceeds, &proceeds) ||
		!value_e8(basis, &cost))
		return;
	const int128 off = proceeds - cost - printed;

	if (off > 2000000 || off < -2000000)
		draft_flag(draft, "the printed gain is not proceeds less cost");
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;
	const char *vest, *exercise;
	const char *const plan = plan_value(draft, "plan_type");

	(void)use;
	row->description = row->symbol;
	check_gain(reading, draft, draft->mark[MARK_GAIN], row->basis);
	check_gain(reading, draft, draft->mark[MARK_ADJUSTED],
		plan_value(draft, "adjusted_basis"));
	if (!take_fmv(reading, draft->mark[MARK_VEST_FMV], &vest, why) ||
		!take_fmv(reading, draft->mark[MARK_EXERCISE_FMV], &exercise, why))
		return false;
	/* A vest costs nothing, so its income a share is the value a share. */
	if (vest == NULL && plan != NULL && strcmp(plan, "RS") == 0 &&
		!take_fmv(reading, draft->mark[MARK_INCOME_PER_SHARE], &vest, why))
		return false;
	if (vest != NULL)
		draft_plan(draft, "vest_fmv", vest);
	if (exercise != NULL)
		draft_plan(draft, "exercise_fmv", exercise);
	if (plan != NULL && strcmp(plan, "SO") == 0) {
		const char *const type = plan_value(draft, "type");

		row->option = type == NULL ? OPTION_UNKNOWN
			: value_starts(type, "iso") || value_starts(type, "incentive")
			? OPTION_ISO
			: value_starts(type, "n") ? OPTION_NSO
						  : OPTION_UNKNOWN;
		row->strike = plan_value(draft, "grant_price");
		row->fmv = exercise;
	}
	return true;
}

static bool end(struct reading *reading, struct fail *why)
{
	const struct own *const own = reading->own;

	(void)why;
	/* Rows are rounded to the cent one by one, the summary only once. */
	if (own != NULL)
		reading_check(reading, own->line, "summary: total proceeds",
			own->proceeds, reading->sum.proceeds,
			(int128)reading->sum.rows * 500000);
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish,
	.end = end,
};

const struct format format_etrade_gl = {
	.name = "etrade-gl",
	.what = "E*TRADE / Morgan Stanley at Work: Gains & Losses",
	.supplement = true,
	.detect = detect,
	.table = &table,
};
