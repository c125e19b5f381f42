/*
 * E*TRADE / Morgan Stanley at Work, Gains & Losses, collapsed or expanded, of either age. It
 * is a plan's statement, not a tax form: Acquisition Cost is what the 1099-B reports, Adjusted
 * Cost Basis adds the income that was on the W-2. A gain from the wrong one is taxed twice.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum {
	MARK_TYPE,
	MARK_GAIN,
	MARK_ADJUSTED,
	MARK_INCOME_PER_SHARE,
	MARK_VEST_FMV,
	MARK_EXERCISE_FMV,
	MARK_GRANT_FMV,
	MARK_PURCHASE_FMV
};

/* A reading's state: the header is not in English. */
enum { BY_NAME, BY_PLACE };

static const char *const header[] = { "record type", "plan type", "acquisition cost",
	NULL };

static const struct column columns[] = {
	MARKED("record type", MARK_TYPE),
	COLUMN("symbol", SYMBOL),
	EXTRA("plan type", TEXT, "plan_type"),
	COLUMN("quantity", QUANTITY),
	COLUMN("qty.", QUANTITY),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("acquisition cost", BASIS),
	EXTRA("ordinary income recognized", MONEY, "ordinary_income"),
	MARKED("ordinary income recognized per share", MARK_INCOME_PER_SHARE),
	EXTRA("adjusted cost basis", MONEY, "adjusted_basis"),
	COLUMN("date sold", SOLD),
	COLUMN("total proceeds", PROCEEDS),
	EXTRA("deferred loss", MONEY, "deferred_loss"),
	MARKED("gain/loss", MARK_GAIN),
	MARKED("adjusted gain/loss", MARK_ADJUSTED),
	COLUMN("term", TERM),
	COLUMN("capital gains status", TERM),
	COLUMN("total wash sale adjustment amount", WASH),
	EXTRA("order type", TEXT, "order_type"),
	COLUMN("covered status", COVERED),
	EXTRA("qualified plan*", TEXT, "qualified_plan"),
	EXTRA("disposition type", TEXT, "disposition"),
	EXTRA("type", TEXT, "type"),
	EXTRA("grant date", DAY, "grant_date"),
	MARKED("grant date fmv", MARK_GRANT_FMV),
	EXTRA("discount amount", MONEY, "discount"),
	EXTRA("purchase date", DAY, "purchase_date"),
	MARKED("purchase date fair mkt. value", MARK_PURCHASE_FMV),
	EXTRA("purchase price", MONEY, "purchase_price"),
	EXTRA("grant number", TEXT, "grant_number"),
	EXTRA("83(b) election", TEXT, "election_83b"),
	EXTRA("vest date", DAY, "vest_date"),
	MARKED("vest date fmv", MARK_VEST_FMV),
	EXTRA("exercise date", DAY, "exercise_date"),
	MARKED("exercise date fmv", MARK_EXERCISE_FMV),
	EXTRA("grant price", MONEY, "grant_price"),
	EXTRA("order number", TEXT, "order_number"),
	COLUMNS_END,
};

struct own {
	const char *proceeds; /* of the Summary row */
	long line;
};

/*
 * Headers are translated with the account's language. Then the number of columns tells the
 * layout, and the words of the plans, which stay English, tell that it is this format.
 */
static const char *const old_collapsed[] = { "record type", "symbol", "plan type", "qty.",
	"date acquired", "acquisition cost", "acquisition cost per share",
	"ordinary income recognized", "ordinary income recognized per share",
	"adjusted cost basis", "adjusted cost basis per share", "date sold",
	"total proceeds", "proceeds per share", "gain/loss", "adjusted gain/loss",
	"adjusted gain (loss) per share", "term" };
static const char *const new_collapsed[] = { "record type", "symbol", "plan type",
	"quantity", "date acquired", "", "acquisition cost", "acquisition cost per share",
	"ordinary income recognized", "ordinary income recognized per share",
	"adjusted cost basis", "adjusted cost basis per share", "date sold",
	"total proceeds", "proceeds per share", "deferred loss", "gain/loss", "",
	"adjusted gain/loss", "adjusted gain (loss) per share", "capital gains status",
	"", "total wash sale adjustment amount", "", "", "", "", "" };
static const char *const expanded[] = { "order type", "covered status", "qualified plan?",
	"disposition type", "type", "grant date", "grant date fmv", "discount amount",
	"purchase date", "purchase date fair mkt. value", "purchase price",
	"grant number", "83(b) election", "vest date", "vest date fmv", "exercise date",
	"exercise date fmv", "grant price", "order number" };

static bool is_plan(const char *text)
{
	static const char *const plans[] = { "RS", "ESPP", "SO", "ES/BUY" };

	for (size_t i = 0; i < COUNT(plans); i++)
		if (strcmp(text, plans[i]) == 0)
			return true;
	return false;
}

static bool is_layout(size_t count)
{
	return count == COUNT(old_collapsed) || count == COUNT(new_collapsed) ||
		count == COUNT(old_collapsed) + COUNT(expanded) ||
		count == COUNT(new_collapsed) + COUNT(expanded);
}

/* A plan's word alone may be a symbol (RS, SO): days and an order's words stand where they must. */
static bool is_sell(const struct record *record)
{
	const bool is_new = record->count == COUNT(new_collapsed) ||
		record->count == COUNT(new_collapsed) + COUNT(expanded);
	const size_t first = is_new ? COUNT(new_collapsed) : COUNT(old_collapsed);
	const size_t days[] = { 4, is_new ? 12 : 11 };
	struct fail ignored;
	struct day day;

	if (!is_plan(record_text(record, 2)))
		return false;
	for (size_t i = 0; i < COUNT(days); i++)
		if (!value_day(record_text(record, days[i]), DAY_MONTH_FIRST, 2079, true,
			    &day, &ignored))
			return false;
	return record->count == first ||
		value_starts(record_text(record, first), "sell ") ||
		strstr(record_text(record, first), " STC") != NULL ||
		value_is(record_text(record, first), "same-day sale");
}

static bool detect(const struct preview *preview)
{
	if (preview_find(preview, header) != NULL)
		return true;
	if (preview->count < 2 || !is_layout(preview->record[0].count))
		return false;
	for (size_t i = 1; i < preview->count && i < 4; i++)
		if (is_layout(preview->record[i].count) && is_sell(&preview->record[i]))
			return true;
	return false;
}

/* Read on as if the header were the English one. */
static void map_by_place(struct reading *reading, size_t count)
{
	const char *names[COUNT(new_collapsed) + COUNT(expanded)];
	const bool is_new = count == COUNT(new_collapsed) ||
		count == COUNT(new_collapsed) + COUNT(expanded);
	const size_t first = is_new ? COUNT(new_collapsed) : COUNT(old_collapsed);

	for (size_t i = 0; i < count; i++)
		names[i] = i >= first ? expanded[i - first]
			: is_new      ? new_collapsed[i]
				      : old_collapsed[i];
	reading_map(reading, names, count);
	reading->state = BY_PLACE;
	reading_note(reading,
		"the header is not in English: columns are taken by their place");
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const type = record_text(record, 0);

	if (!reading->have_header) {
		if (is_layout(record->count))
			map_by_place(reading, record->count);
		return RECORD_SKIP;
	}
	if (value_is(type, "sell") ||
		(reading->state == BY_PLACE && is_plan(record_text(record, 2))))
		return RECORD_ROW;
	if (value_is(type, "summary") || reading->state == BY_PLACE) {
		struct own *const own = pool_alloc(&reading->pool, sizeof *own);
		const char *const text = reading_under(reading, record, TAKE_PROCEEDS);

		own->proceeds = pool_text(&reading->pool, text, strlen(text));
		own->line = record->line;
		reading->own = own;
		return RECORD_SKIP;
	}
	/* A stray number under a blank row has been seen; a row with words is another thing. */
	if (record_filled(record, 2) < 2)
		return RECORD_SKIP;
	fail_at(why, FAIL_BAD_INPUT, record->line, 1,
		"column \"Record Type\": \"%s\" is unknown (want Sell or Summary)",
		CUT(type, 40));
	return RECORD_FAILED;
}

/* A value that was taken for a spreadsheet's day number: "98at1900", "1900-04-07". */
static bool is_day_of_1900(const char *text)
{
	const size_t length = strlen(text);

	return strstr(text, "at19") != NULL ||
		(length >= 8 && strpbrk(text + 1, "-/") != NULL &&
			strstr(text, "19") != NULL &&
			strspn(text, "0123456789-/") == length);
}

/*
 * A fair market value that is not 0 ("none"). The CSV prints it as a date: whole dollars of it,
 * with the cents lost; then nothing is better than a wrong figure.
 */
static bool take_fmv(
	struct reading *reading, int mark, const char **fmv, struct fail *why)
{
	const char *const text = reading->draft.mark[mark];
	const char *plain;
	int128 value;

	*fmv = NULL;
	if (text == NULL || value_blank(text) || is_day_of_1900(text))
		return true;
	if (!draft_mark_decimal(reading, mark, &plain, why))
		return false;
	if (value_e8(plain, &value) && value != 0)
		*fmv = plain;
	return true;
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
	const char *vest, *exercise, *granted, *bought;
	const char *const plan = draft_extra(draft, "plan_type");

	(void)use;
	check_gain(reading, draft, draft->mark[MARK_GAIN], row->basis);
	check_gain(reading, draft, draft->mark[MARK_ADJUSTED],
		draft_extra(draft, "adjusted_basis"));
	if (!take_fmv(reading, MARK_VEST_FMV, &vest, why) ||
		!take_fmv(reading, MARK_EXERCISE_FMV, &exercise, why) ||
		!take_fmv(reading, MARK_GRANT_FMV, &granted, why) ||
		!take_fmv(reading, MARK_PURCHASE_FMV, &bought, why))
		return false;
	/* A vest costs nothing, so its income a share is the value a share. */
	if (vest == NULL && plan != NULL && strcmp(plan, "RS") == 0 &&
		!take_fmv(reading, MARK_INCOME_PER_SHARE, &vest, why))
		return false;
	if (granted != NULL)
		draft_plan(draft, "grant_fmv", granted);
	if (bought != NULL)
		draft_plan(draft, "purchase_fmv", bought);
	if (vest != NULL)
		draft_plan(draft, "vest_fmv", vest);
	if (exercise != NULL)
		draft_plan(draft, "exercise_fmv", exercise);
	if (plan != NULL && strcmp(plan, "SO") == 0) {
		const char *const type = draft_extra(draft, "type");

		row->option = option_of_words(type);
		row->strike = draft_extra(draft, "grant_price");
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
	.symbol_names = true,
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
