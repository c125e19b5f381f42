/*
 * Schwab Equity Awards Center: what a transaction and its details mean, in CSV and in JSON.
 *
 * A lapse and its deposit are one vest: the lapse becomes the row, the deposit a transfer. The
 * 1099-B of such shares shows a basis of 0 or of the purchase price only. An exercise has no
 * fair market value here; Form 3921 does. Shares for the tax of a vest were withheld, unless a sale
 * price stands beside them: then they were sold, and the 1099-B has that sale.
 *
 * Gross proceeds stand beside each lot, fees and the amount that was left beside the whole sale. A
 * sale brings what is left, so that each lot bears its shares' part of the fees.
 */
#include "ledger/import/formats/schwab_eac.h"

#include <string.h>

/* Values that an event adds to its details. */
#define EAC_OWN 7

static const struct column columns[] = {
	EXTRA("type", TEXT, "type"),
	COLUMN("shares", QUANTITY),
	COLUMN("sharesexercised", QUANTITY),
	EXTRA("saleprice", MONEY, "sale_price"),
	EXTRA("subscriptiondate", DAY, "subscription_date"),
	EXTRA("subscriptionfairmarketvalue", MONEY, "subscription_fmv"),
	EXTRA("purchasedate", DAY, "purchase_date"),
	EXTRA("purchaseprice", MONEY, "purchase_price"),
	EXTRA("purchasefairmarketvalue", MONEY, "purchase_fmv"),
	EXTRA("dispositiontype", TEXT, "disposition"),
	EXTRA("grantid", TEXT, "grant_id"),
	EXTRA("vestdate", DAY, "vest_date"),
	EXTRA("vestfairmarketvalue", MONEY, "vest_fmv"),
	COLUMN("grossproceeds", PROCEEDS),
	COLUMN("totalcostbasis", BASIS),
	EXTRA("realizedgainloss", MONEY, "gain"),
	COLUMN("holdingperiod", TERM),
	COLUMN("awarddate", GRANTED),
	EXTRA("awardid", TEXT, "award_id"),
	COLUMN("awardprice", STRIKE),
	COLUMN("awardtype", OPTION),
	COLUMN("fairmarketvalueprice", FMV),
	EXTRA("sharessoldwithheldfortaxes", MONEY, "withheld_shares"),
	EXTRA("netsharesdeposited", MONEY, "net_shares"),
	EXTRA("taxes", MONEY, "taxes"),
	EXTRA("action", TEXT, "action"),
	/* of the event itself, under names no detail has */
	COLUMN("event sold", SOLD),
	COLUMN("event acquired", ACQUIRED),
	COLUMN("event symbol", SYMBOL),
	COLUMN("event quantity", QUANTITY),
	EXTRA("event amount", MONEY, "amount"),
	EXTRA("event fees", MONEY, "fees"),
	COLUMNS_END,
};

/* The names that older files have for the same. */
static const struct {
	const char *older, *name;
} synonyms[] = {
	{ "subscriptionfmv", "subscriptionfairmarketvalue" },
	{ "purchasefmv", "purchasefairmarketvalue" },
	{ "vestfmv", "vestfairmarketvalue" },
	{ "fairmarketvalue", "fairmarketvalueprice" },
	{ "totaltaxes", "taxes" },
	{ "awardname", "awardid" },
};

static const struct {
	const char *starts;
	enum row_kind kind;
} actions[] = {
	{ "sale", ROW_SALE },
	{ "quick sale", ROW_SALE },
	{ "forced quick", ROW_SALE },
	{ "forced s", ROW_SALE }, /* "Forced Sale", "Forced Sell" */
	{ "lapse", ROW_RSU_VEST },
	{ "deposit", ROW_TRANSFER }, /* of an ESPP: a purchase */
	{ "exercise", ROW_OPTION_EXERCISE },
	{ "sell to cover", ROW_OPTION_EXERCISE },
	{ "dividend", ROW_DIVIDEND },
	{ "tax withholding", ROW_TAX_WITHHOLDING },
	{ "tax reversal", ROW_TAX_REVERSAL },
	{ "wire transfer", ROW_TRANSFER },
	{ "journal", ROW_TRANSFER },
	{ "forced disbursement", ROW_TRANSFER },
	{ "adjustment", ROW_TRANSFER },
	{ "gift", ROW_TRANSFER },
};

bool eac_set(char *to, size_t room, const char *value, long line, long column,
	struct fail *why)
{
	const size_t length = strlen(value);

	if (length >= room)
		return fail_at(why, FAIL_BAD_INPUT, line, column,
			"\"%s...\" is too long (want less than %zu bytes)",
			CUT(value, 40), room);
	memcpy(to, value, length + 1);
	return true;
}

void eac_clear(struct eac_detail *detail, long line)
{
	detail->count = detail->used = 0;
	detail->line = line;
}

static void plain_name(const char *name, char to[64])
{
	size_t used = 0;

	for (; *name != '\0' && used < 63; name++) {
		const char c =
			*name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;

		if (c >= 'a' && c <= 'z')
			to[used++] = c;
	}
	to[used] = '\0';
	for (size_t i = 0; i < COUNT(synonyms); i++)
		if (strcmp(synonyms[i].older, to) == 0)
			strcpy(to, synonyms[i].name);
}

static bool add(struct eac_detail *detail, const char *value, long line, long column,
	struct fail *why)
{
	const size_t length = strlen(value);

	if (detail->used + length + 1 > EAC_BYTES)
		return fail_at(why, FAIL_BAD_INPUT, line, column, "a detail is too long");
	char *const text = detail->bytes + detail->used;

	memcpy(text, value, length + 1);
	detail->used += length + 1;
	detail->pair[detail->count] = (struct pair){
		.name = detail->name[detail->count],
		.cell = { .text = text, .length = length, .line = line },
		.column = column,
	};
	detail->count++;
	return true;
}

bool eac_add(struct eac_detail *detail, const char *name, const char *value, long line,
	long column, struct fail *why)
{
	if (value_blank(value))
		return true;
	if (detail->count + EAC_OWN >= EAC_PAIRS)
		return fail_at(why, FAIL_BAD_INPUT, line, column,
			"a detail has more than %d values", EAC_PAIRS - EAC_OWN);
	plain_name(name, detail->name[detail->count]);
	return add(detail, value, line, column, why);
}

/* A value of the event itself, under a name that no detail has. */
static bool add_event(struct eac_detail *detail, const char *name, const char *value,
	const struct eac_event *event, enum eac_column column, struct fail *why)
{
	static const char *const titles[EAC_AMOUNT + 1] = { [EAC_DATE] = "Date",
		[EAC_SYMBOL] = "Symbol",
		[EAC_QUANTITY] = "Quantity",
		[EAC_FEES] = "FeesAndCommissions",
		[EAC_AMOUNT] = "Amount" };

	if (value_blank(value))
		return true;
	strcpy(detail->name[detail->count], name);
	if (!add(detail, value, event->at[column], event->columns ? (long)column : 0,
		    why))
		return false;
	detail->pair[detail->count - 1].title = titles[column];
	return true;
}

static const char *value_of(const struct eac_detail *detail, const char *name)
{
	for (size_t i = 0; i < detail->count; i++)
		if (strcmp(detail->pair[i].name, name) == 0)
			return detail->pair[i].cell.text;
	return NULL;
}

static bool has(const struct eac_detail *detail, const char *name)
{
	return value_of(detail, name) != NULL;
}

/* ---- fees -------------------------------------------------------------------------- */

/* An amount of the event itself, without its sign; 0 where it is blank. */
static bool own_amount(struct reading *reading, const struct eac_event *event,
	const char *text, enum eac_column column, const char *name, struct money *amount,
	struct fail *why)
{
	const char *plain;

	*amount = (struct money){ 0 };
	if (value_blank(text))
		return true;
	if (value_decimal(text, false, &reading->scratch, &plain, why) &&
		value_money(plain + (*plain == '-'), amount, why))
		return true;
	why->row = event->at[column];
	why->column = event->columns ? (long)column : 0;
	return fail_in(why, "column \"%s\"", name);
}

/* The shares of a lot as they weigh in the division; what cannot be read is told later. */
static int64_t weight_of(struct reading *reading, const struct eac_detail *detail)
{
	const char *const text = value_of(detail, "shares");
	struct fail ignored;
	const char *plain;
	int128 shares;

	if (text == NULL ||
		!value_decimal(text, false, &reading->scratch, &plain, &ignored) ||
		!value_e8(plain, &shares) || shares < 0 || shares > SHARES_LIMIT_E8)
		return 0;
	return (int64_t)shares;
}

/* What is sold in one transaction, and what of it the lots so far have borne. */
struct bearing {
	struct money fees;
	int64_t all, gone; /* shares, 1e-8 */
	bool borne;
};

static bool bear(struct reading *reading, const struct eac_event *event,
	struct bearing *bearing, struct eac_detail *detail, struct fail *why)
{
	const int64_t before = bearing->gone;
	struct money part = bearing->fees;
	char text[MONEY_TEXT];

	bearing->gone += weight_of(reading, detail);
	if (bearing->all > 0)
		part = money_less(money_part(bearing->fees, bearing->gone, bearing->all),
			money_part(bearing->fees, before, bearing->all));
	else if (bearing->borne)
		part = (struct money){ 0 };
	bearing->borne = true;
	return part.cents == 0 ||
		add_event(detail, "event fees", money_plain(part, text), event, EAC_FEES,
			why);
}

/* How far proceeds that are made of shares and price may stray: the price is printed rounded. */
static int128 price_slack(struct reading *reading, const struct eac_detail *detail)
{
	const char *const price = value_of(detail, "saleprice");
	const char *const point = price == NULL ? NULL : strchr(price, '.');
	const size_t decimals = point == NULL ? 0 : strspn(point + 1, "0123456789");
	int128 half = 50000000;

	if (price == NULL || decimals > 7 || has(detail, "grossproceeds"))
		return 0;
	for (size_t i = 0; i < decimals; i++)
		half /= 10;
	return half * weight_of(reading, detail) / 100000000;
}

/* A sale whose lots are not told: it brought what was left, and what it cost. */
static bool whole_sale(struct eac_detail *detail, const struct eac_event *event,
	struct money fees, struct money amount, struct fail *why)
{
	char text[MONEY_TEXT];

	return has(detail, "shares") || has(detail, "grossproceeds") ||
		value_blank(event->amount) ||
		add_event(detail, "grossproceeds",
			money_plain(money_plus(amount, fees), text), event, EAC_AMOUNT,
			why);
}

/* ---- rows -------------------------------------------------------------------------- */

static enum row_kind kind_of(const struct eac_event *event)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (value_starts(event->action, actions[i].starts))
			return actions[i].kind;
	return ROW_KINDS;
}

/* Shares of the purchase plan came in; those that dividends bought ("Div Reinv") are none. */
static bool is_purchase(const struct eac_event *event, const struct eac_detail *detail)
{
	return value_is(event->description, "espp") ||
		(has(detail, "purchasedate") && !value_is(event->description, "rs") &&
			!value_starts(event->description, "div"));
}

static bool emit_one(struct reading *reading, const struct eac_event *event,
	struct eac_detail *detail, enum row_kind kind, struct fail *why)
{
	if (value_starts(event->action, "deposit") && is_purchase(event, detail))
		kind = ROW_ESPP_PURCHASE;
	reading->state = (int)kind;
	const bool own_quantity = has(detail, "shares") || has(detail, "sharesexercised");

	if (!add_event(detail, "event symbol", event->symbol, event, EAC_SYMBOL, why) ||
		!add_event(detail, row_acquires(kind) ? "event acquired" : "event sold",
			event->date, event, EAC_DATE, why) ||
		(!own_quantity &&
			!add_event(detail, "event quantity", event->quantity, event,
				EAC_QUANTITY, why)) ||
		(kind != ROW_SALE &&
			!add_event(detail, "event amount", event->amount, event,
				EAC_AMOUNT, why)))
		return false;
	return table_add_row(reading, detail->pair, detail->count,
		detail->line > 0 ? detail->line : event->line, why);
}

bool eac_emit(struct reading *reading, const struct eac_event *event,
	struct eac_detail *detail, size_t details, struct fail *why)
{
	const enum row_kind kind = kind_of(event);
	struct bearing bearing = { .all = 0 };
	struct money amount;
	int128 slack = 0;

	if (value_blank(event->action)) {
		fail_at(why, FAIL_BAD_INPUT, event->line,
			event->columns ? (long)EAC_ACTION : 0,
			"the row does not say what happened (want Sale, Lapse, ...)");
		return fail_hint(why, "download the file again");
	}
	if (kind == ROW_KINDS) {
		reading->file->skipped++;
		reading_note(reading, "action \"%s\" is not known and left out",
			CUT(event->action, 60));
		return true;
	}
	if (!own_amount(reading, event, event->fees, EAC_FEES, "FeesAndCommissions",
		    &bearing.fees, why) ||
		!own_amount(reading, event, event->amount, EAC_AMOUNT, "Amount", &amount,
			why))
		return false;
	if (details == 0)
		eac_clear(detail, 0);
	for (size_t i = 0; i < details; i++) {
		bearing.all += weight_of(reading, &detail[i]);
		slack += price_slack(reading, &detail[i]);
	}
	memset(&reading->group, 0, sizeof reading->group);
	for (size_t i = 0; i == 0 || i < details; i++)
		if ((kind == ROW_SALE && details <= 1 &&
			    !whole_sale(&detail[i], event, bearing.fees, amount, why)) ||
			!bear(reading, event, &bearing, &detail[i], why) ||
			!emit_one(reading, event, &detail[i], kind, why))
			return false;
	/* Each lot is rounded to the cent, the amount only once. */
	if (kind == ROW_SALE && value_is(event->action, "sale"))
		reading_check(reading, event->line, "amount of the sale after fees",
			event->amount,
			reading->group.proceeds - (int128)bearing.fees.cents * 1000000,
			slack + (int128)(details > 0 ? details - 1 : 0) * 500000);
	return true;
}

/* Shares times price where the gross proceeds are left blank. */
static void make_proceeds(struct reading *reading, struct row *row, const char *price)
{
	int128 shares, dollars;
	char text[48];

	if (row->proceeds != NULL || row->quantity == NULL || price == NULL ||
		!value_e8(price, &dollars) || !value_e8(row->quantity, &shares) ||
		dollars > PRICE_LIMIT_E8 || dollars < 0 || shares > SHARES_LIMIT_E8 ||
		shares < 0)
		return;
	value_e8_text(
		(int128)divide_half_away(dollars * shares, 100000000000000) * 1000000,
		text);
	row->proceeds = scratch_text(&reading->scratch, text, strlen(text));
}

/* The day of the vest or of the purchase, read again as a day. */
static void acquired_from(struct draft *draft, const char *extra)
{
	const char *const text = draft_extra(draft, extra);
	struct fail ignored;

	if (text != NULL &&
		!day_parse_iso(text, strlen(text), &draft->row.acquired, &ignored))
		draft->row.acquired = DAY_NONE;
}

/* A lapse or a deposit of an award's shares, by the award and the day of the vest. */
struct vest {
	struct vest *next;
	const char *award;
	struct day day;
	bool lapse;
	long line;
	size_t number; /* from 1 */
};

/* Each deposit is compared with each lapse; no plan has so many. */
#define VESTS_MOST 2000

static void keep_vest(struct reading *reading, const struct draft *draft, bool lapse)
{
	const char *const award = draft_extra(draft, "award_id");
	struct vest *const first = reading->own;
	const size_t number = first == NULL ? 1 : first->number + 1;

	if (number > VESTS_MOST)
		return;
	struct vest *const vest = pool_alloc(&reading->pool, sizeof *vest);

	*vest = (struct vest){ .next = first,
		.award = award == NULL ? ""
				       : pool_text(&reading->pool, award, strlen(award)),
		.day = draft->row.acquired,
		.lapse = lapse,
		.line = draft->row.line,
		.number = number };
	reading->own = vest;
}

static bool has_lapse(const struct vest *first, const struct vest *deposit)
{
	for (const struct vest *at = first; at != NULL; at = at->next)
		if (at->lapse && at->day.number == deposit->day.number &&
			strcmp(at->award, deposit->award) == 0)
			return true;
	return false;
}

void eac_end(struct reading *reading)
{
	size_t alone = 0;
	long line = 0;

	for (const struct vest *at = reading->own; at != NULL; at = at->next)
		if (!at->lapse && !has_lapse(reading->own, at)) {
			alone++;
			line = at->line;
		}
	if (alone > 0)
		reading_note(reading,
			"deposits of vested shares without their lapse: %zu, the first "
			"on line %ld; import the file that has it, or record rsu",
			alone, line);
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;

	(void)use;
	row->kind = (enum row_kind)reading->state;
	switch (row->kind) {
	case ROW_SALE:
		acquired_from(draft, "purchase_date");
		if (!day_known(row->acquired))
			acquired_from(draft, "vest_date");
		make_proceeds(reading, row, draft_extra(draft, "sale_price"));
		return true;
	case ROW_ESPP_PURCHASE:
		acquired_from(draft, "purchase_date");
		if (day_known(row->acquired))
			draft->acquired = NULL; /* the day of the deposit */
		return true;
	case ROW_RSU_VEST:
		if (!draft_days(reading, why))
			return false;
		keep_vest(reading, draft, true);
		if (draft_extra(draft, "sale_price") != NULL)
			reading_note(reading,
				"line %ld: %s shares were sold for the tax: import the "
				"1099-B of that sale, or record it",
				row->line,
				draft_extra(draft, "withheld_shares") != NULL
					? draft_extra(draft, "withheld_shares")
					: "some");
		return true;
	case ROW_TRANSFER:
		if (draft_extra(draft, "vest_date") == NULL)
			return true;
		acquired_from(draft, "vest_date");
		keep_vest(reading, draft, false);
		row->acquired = DAY_NONE;
		return true;
	case ROW_1256:
	case ROW_OPTION_EXERCISE:
	case ROW_DIVIDEND:
	case ROW_TAX_WITHHOLDING:
	case ROW_TAX_REVERSAL:
	case ROW_KINDS:
		break;
	}
	return true;
}

const struct table eac_table = {
	.column = columns,
	.kind = ROW_SALE,
	.symbol_names = true,
	.finish = finish,
};
