/*
 * E*TRADE / Morgan Stanley at Work, BenefitHistory: sheets of the purchase plan, of restricted
 * stock (whose column names repeat) and of options. A vest's value is the taxable gain of its
 * withholdings over the shares released.
 */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/formats.h"

enum {
	MARK_TYPE,
	MARK_NUMBER,
	MARK_PERIOD,
	MARK_RELEASED,
	MARK_VESTED,
	MARK_GAIN,
	MARK_EVENT,
	MARK_GRANT_DATE
};

/* ---- purchase plan ----------------------------------------------------------------------- */

static const char *const espp_header[] = { "record type", "purchase date",
	"purchase price", "purchase date fmv", NULL };

static const struct column espp_columns[] = {
	MARKED("record type", MARK_TYPE),
	COLUMN("symbol", SYMBOL),
	COLUMN("purchase date", ACQUIRED),
	EXTRA("purchase price", MONEY, "purchase_price"),
	COLUMN("purchased qty.", QUANTITY),
	EXTRA("net shares", MONEY, "net_shares"),
	EXTRA("grant date", DAY, "grant_date"),
	EXTRA("grant date fmv", MONEY, "grant_fmv"),
	EXTRA("purchase date fmv", MONEY, "purchase_fmv"),
	EXTRA("qualified plan?", TEXT, "qualified_plan"),
	COLUMNS_END,
};

/* A row whose kind, grant or event is blank is part of nothing. */
static bool says(const struct draft *draft, int mark, struct fail *why)
{
	return draft->mark[mark] == NULL || !value_blank(draft->mark[mark]) ||
		draft_mark_blank(draft, mark, "it is blank",
			"download the file again, or fill the cell in", why);
}

static bool finish_purchase(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	*use = value_is(draft->mark[MARK_TYPE], "purchase");
	return says(draft, MARK_TYPE, why);
}

/* ---- what a grant's records have in common ------------------------------------------------- */

#define TEXT 64

struct grant {
	char symbol[TEXT], number[TEXT], granted[TEXT], strike[TEXT];
	enum option_kind option;
};

/* A vest that waits for its withholdings, joined by the grant's number and the period. */
struct vest {
	struct grant of;
	bool valued;
	long line;
	char period[TEXT], day[TEXT], released[TEXT], withheld[TEXT], gain[TEXT];
};

/* A grant has as many at most; more are no longer waited for. */
#define VESTS_MOST 256

struct own {
	struct grant grant;           /* the last one read */
	struct vest vest[VESTS_MOST]; /* of that grant, waiting */
	size_t vests;
};

static struct own *own(struct reading *reading)
{
	if (reading->own == NULL)
		reading->own = pool_alloc(&reading->pool, sizeof(struct own));
	return reading->own;
}

static void keep(char to[TEXT], const char *text)
{
	size_t length = text == NULL ? 0 : strlen(text);

	if (length >= TEXT)
		length = TEXT - 1;
	if (length > 0)
		memcpy(to, text, length);
	to[length] = '\0';
}

static bool keep_grant(
	struct reading *reading, const struct draft *draft, struct fail *why)
{
	struct grant *const grant = &own(reading)->grant;
	struct day granted;

	if (!draft_mark_day(reading, MARK_GRANT_DATE, &granted, why))
		return false;
	keep(grant->symbol, draft->row.symbol);
	keep(grant->number, draft->mark[MARK_NUMBER]);
	keep(grant->granted, draft->mark[MARK_GRANT_DATE]);
	keep(grant->strike, draft->row.strike);
	grant->option = draft->row.option;
	return true;
}

static bool equal(const char *a, const char *b)
{
	return b != NULL && strcmp(a, b) == 0;
}

static bool day_of(const char *text, struct day *day, struct fail *why)
{
	return value_blank(text) ||
		value_day(text, DAY_MONTH_FIRST, 2079, true, day, why);
}

/* ---- restricted stock ---------------------------------------------------------------------- */

static const char *const stock_header[] = { "record type", "grant number",
	"settlement type", "vest period", "taxable gain", NULL };

static const struct column stock_columns[] = {
	MARKED("record type", MARK_TYPE),
	COLUMN("symbol", SYMBOL),
	MARKED("grant date", MARK_GRANT_DATE),
	EXTRA("withheld qty.", MONEY, "withheld_shares"),
	COLUMN("vested qty.", NOTHING), /* of the grant; the second is of the vest */
	MARKED("vested qty.", MARK_VESTED),
	MARKED("grant number", MARK_NUMBER),
	MARKED("vest period", MARK_PERIOD),
	COLUMN("vest date", ACQUIRED),
	MARKED("released qty", MARK_RELEASED),
	MARKED("taxable gain", MARK_GAIN),
	COLUMNS_END,
};

/* The value of a share at vest, exactly where it comes out even to eight decimals. */
static void take_value(struct reading *reading, const struct vest *vest)
{
	struct row *const row = &reading->draft.row;
	const char *plain;
	struct fail ignored;
	int128 gain, shares;
	char text[48];

	if (!vest->valued || row->quantity == NULL ||
		!value_decimal(vest->gain, false, &reading->scratch, &plain, &ignored) ||
		!value_e8(plain, &gain) || !value_e8(row->quantity, &shares) ||
		shares <= 0 || gain <= 0 || gain > PRICE_LIMIT_E8)
		return;
	const int128 price = gain * 100000000 / shares;

	if (price > PRICE_LIMIT_E8)
		return;
	value_e8_text((int128)divide_half_away(gain * 100000000, shares), text);
	row->fmv = scratch_text(&reading->scratch, text, strlen(text));
}

static bool emit_vest(struct reading *reading, const struct vest *vest, struct fail *why)
{
	struct draft *const draft = draft_begin(reading, ROW_RSU_VEST, vest->line);
	struct row *const row = &draft->row;

	row->symbol = row->description = vest->of.symbol;
	if (!day_of(vest->day, &row->acquired, why) ||
		!day_of(vest->of.granted, &row->granted, why) ||
		(!value_blank(vest->released) &&
			!value_decimal(vest->released, false, &reading->scratch,
				&row->quantity, why))) {
		why->row = vest->line;
		return false;
	}
	take_value(reading, vest);
	draft_plan(draft, "grant_number", vest->of.number);
	if (*vest->withheld != '\0')
		draft_plan(draft, "withheld_shares", vest->withheld);
	return draft_emit(reading, why);
}

/* The vests of a grant are complete: the next grant or the end has come. */
static bool emit_vests(struct reading *reading, struct fail *why)
{
	struct own *const all = own(reading);

	for (size_t i = 0; i < all->vests; i++)
		if (!emit_vest(reading, &all->vest[i], why))
			return false;
	all->vests = 0;
	return true;
}

static bool is_none(const char *text)
{
	return text == NULL || strpbrk(text, "123456789") == NULL;
}

/* A withholding tells the taxable gain of its vest; those of one vest all tell the same. */
static bool take_withholding(
	struct reading *reading, const struct draft *draft, struct fail *why)
{
	struct own *const all = own(reading);
	const char *gain;

	if (!value_blank(draft->mark[MARK_GAIN]) &&
		!draft_mark_decimal(reading, MARK_GAIN, &gain, why))
		return false;

	for (size_t i = 0; i < all->vests; i++) {
		struct vest *const vest = &all->vest[i];

		if (!vest->valued && equal(vest->of.number, draft->mark[MARK_NUMBER]) &&
			equal(vest->period, draft->mark[MARK_PERIOD])) {
			keep(vest->gain, draft->mark[MARK_GAIN]);
			vest->valued = true;
			return true;
		}
	}
	return true;
}

static bool keep_vest(
	struct reading *reading, const struct draft *draft, struct fail *why)
{
	struct own *const all = own(reading);
	struct vest vest = { .of = all->grant, .line = draft->row.line };
	const char *released;

	/* Said where they stand: the row itself is made when the grant is over. */
	if (!draft_days(reading, why) ||
		(!value_blank(draft->mark[MARK_RELEASED]) &&
			!draft_mark_price(reading, MARK_RELEASED, &released, why)))
		return false;
	keep(vest.period, draft->mark[MARK_PERIOD]);
	keep(vest.released, draft->mark[MARK_RELEASED]);
	keep(vest.day, draft->acquired != NULL ? draft->acquired->text : "");
	keep(vest.withheld, draft_extra(draft, "withheld_shares"));
	/* The draft's texts are kept, so that other rows may now be made. */
	if (all->vests == VESTS_MOST && !emit_vests(reading, why))
		return false;
	all->vest[all->vests++] = vest;
	return true;
}

static bool finish_stock(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const type = draft->mark[MARK_TYPE];

	*use = false;
	if (!says(draft, MARK_TYPE, why) || !says(draft, MARK_NUMBER, why))
		return false;
	if (value_is(type, "tax withholding")) {
		if (!take_withholding(reading, draft, why))
			return false;
		draft->later = true;
		return true;
	}
	if (value_is(type, "grant")) {
		return keep_grant(reading, draft, why) && emit_vests(reading, why);
	}
	if (!value_is(type, "vest schedule") ||
		(is_none(draft->mark[MARK_RELEASED]) &&
			is_none(draft->mark[MARK_VESTED])))
		return true;
	if (!keep_vest(reading, draft, why))
		return false;
	reading->draft.later = true;
	return true;
}

/* ---- options ------------------------------------------------------------------------------- */

static const char *const options_header[] = { "record type", "grant number",
	"exercise price", "expiration date", "event type", NULL };

static const struct column options_columns[] = {
	MARKED("record type", MARK_TYPE),
	COLUMN("symbol", SYMBOL),
	MARKED("grant date", MARK_GRANT_DATE),
	COLUMN("exercise price", STRIKE),
	MARKED("grant number", MARK_NUMBER),
	COLUMN("type", OPTION),
	EXTRA("type", TEXT, "type"),
	COLUMN("date", ACQUIRED),
	MARKED("event type", MARK_EVENT),
	COLUMN("qty", QUANTITY),
	COLUMNS_END,
};

static bool finish_option(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const struct grant *const grant = &own(reading)->grant;
	struct row *const row = &draft->row;

	*use = false;
	if (!says(draft, MARK_TYPE, why) || !says(draft, MARK_NUMBER, why) ||
		(value_is(draft->mark[MARK_TYPE], "event") &&
			!says(draft, MARK_EVENT, why)))
		return false;
	if (value_is(draft->mark[MARK_TYPE], "grant"))
		return keep_grant(reading, draft, why);
	if (draft->mark[MARK_EVENT] == NULL ||
		!value_is(draft->mark[MARK_EVENT], "shares exercised") ||
		!equal(grant->number, draft->mark[MARK_NUMBER]))
		return true;
	*use = true;
	row->symbol = row->description = grant->symbol;
	row->option = grant->option;
	if (*grant->strike != '\0')
		row->strike = grant->strike;
	draft_plan(draft, "grant_number", grant->number);
	return day_of(grant->granted, &row->granted, why);
}

static bool end(struct reading *reading, struct fail *why)
{
	return emit_vests(reading, why);
}

/* Totals end a sheet; the vest before them is complete. */
static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	(void)why;
	return reading->have_header && !value_starts(record_text(record, 0), "total")
		? RECORD_ROW
		: RECORD_SKIP;
}

static const struct table options_table = {
	.column = options_columns,
	.header = options_header,
	.kind = ROW_OPTION_EXERCISE,
	.look = look,
	.finish = finish_option,
	.end = end,
};

static const struct table stock_table = {
	.column = stock_columns,
	.header = stock_header,
	.kind = ROW_RSU_VEST,
	.look = look,
	.finish = finish_stock,
	.end = end,
	.other = &options_table,
};

static const struct table espp_table = {
	.column = espp_columns,
	.header = espp_header,
	.kind = ROW_ESPP_PURCHASE,
	.look = look,
	.symbol_names = true,
	.finish = finish_purchase,
	.end = end,
	.other = &stock_table,
};

const struct format format_etrade_benefits = {
	.name = "etrade-benefit-history",
	.what = "E*TRADE / Morgan Stanley at Work: BenefitHistory workbook",
	.supplement = true,
	.table = &espp_table,
};
