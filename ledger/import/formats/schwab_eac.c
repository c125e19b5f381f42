/*
 * Schwab Equity Awards Center: what a transaction and its details mean, in CSV and in JSON.
 *
 * A lapse and its deposit are one vest: the lapse becomes the row, the deposit a transfer. The
 * 1099-B of such shares shows a basis of 0 or of the purchase price only. An exercise has no
 * fair market value here; Form 3921 does. Shares for the tax of a vest were withheld, unless a sale
 * price stands beside them: then they were sold, and the 1099-B has that sale.
 */
#include "ledger/import/formats/schwab_eac.h"

#include <string.h>

enum { MARK_PRICE };

static const struct column columns[] = {
	EXTRA("type", TEXT, "type"),
	COLUMN("shares", QUANTITY),
	COLUMN("sharesexercised", QUANTITY),
	EXTRA("saleprice", MONEY, "sale_price"),
	MARKED("saleprice", MARK_PRICE),
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
};

static const struct {
	const char *starts;
	enum row_kind kind;
} actions[] = {
	{ "sale", ROW_SALE },
	{ "quick sale", ROW_SALE },
	{ "forced quick", ROW_SALE },
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

bool eac_set(char *to, size_t room, const char *value, long line, struct fail *why)
{
	const size_t length = strlen(value);

	if (length >= room)
		return fail_at(why, FAIL_BAD_INPUT, line, 0, "\"%s...\" is too long",
			CUT(value, 40));
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

static bool add(struct eac_detail *detail, const char *value, long line, struct fail *why)
{
	const size_t length = strlen(value);

	if (detail->used + length + 1 > EAC_BYTES)
		return fail_at(why, FAIL_BAD_INPUT, line, 0, "a detail is too long");
	char *const text = detail->bytes + detail->used;

	memcpy(text, value, length + 1);
	detail->used += length + 1;
	detail->pair[detail->count].name = detail->name[detail->count];
	detail->pair[detail->count++].cell =
		(struct cell){ .text = text, .length = length, .line = line };
	return true;
}

bool eac_add(struct eac_detail *detail, const char *name, const char *value, long line,
	struct fail *why)
{
	if (value_blank(value))
		return true;
	if (detail->count + 4 >= EAC_PAIRS)
		return fail_at(why, FAIL_BAD_INPUT, line, 0,
			"a detail has more than %d values", EAC_PAIRS);
	plain_name(name, detail->name[detail->count]);
	return add(detail, value, line, why);
}

static bool add_event(struct eac_detail *detail, const char *name, const char *value,
	long line, struct fail *why)
{
	if (value_blank(value))
		return true;
	strcpy(detail->name[detail->count], name);
	return add(detail, value, line, why);
}

static bool has(const struct eac_detail *detail, const char *name)
{
	for (size_t i = 0; i < detail->count; i++)
		if (strcmp(detail->pair[i].name, name) == 0)
			return true;
	return false;
}

bool eac_emit(struct reading *reading, const struct eac_event *event,
	struct eac_detail *detail, struct fail *why)
{
	enum row_kind kind = ROW_KINDS;
	const long line = event->line;

	for (size_t i = 0; kind == ROW_KINDS && i < COUNT(actions); i++)
		if (value_starts(event->action, actions[i].starts))
			kind = actions[i].kind;
	if (kind == ROW_KINDS) {
		reading->file->skipped++;
		reading_note(reading, "action \"%s\" is not known and left out",
			CUT(event->action, 60));
		return true;
	}
	if (value_starts(event->action, "deposit") && has(detail, "purchasedate"))
		kind = ROW_ESPP_PURCHASE;
	reading->state = (int)kind;
	const bool acquires = kind == ROW_RSU_VEST || kind == ROW_OPTION_EXERCISE;
	const bool own_quantity = has(detail, "shares") || has(detail, "sharesexercised");

	if (!add_event(detail, "event symbol", event->symbol, line, why) ||
		!add_event(detail, acquires ? "event acquired" : "event sold",
			event->date, line, why) ||
		(!own_quantity &&
			!add_event(
				detail, "event quantity", event->quantity, line, why)) ||
		(kind != ROW_SALE &&
			!add_event(detail, "event amount", event->amount, line, why)))
		return false;
	return table_add_row(reading, detail->pair, detail->count,
		detail->line > 0 ? detail->line : line, why);
}

/* Shares times price where the gross proceeds are left blank. */
static bool make_proceeds(
	struct reading *reading, struct row *row, const char *price, struct fail *why)
{
	const char *plain;
	int128 shares, dollars;
	char text[48];

	if (row->proceeds != NULL || row->quantity == NULL || price == NULL)
		return true;
	if (!value_decimal(price, false, &reading->scratch, &plain, why))
		return fail_in(why, "column \"SalePrice\"");
	if (!value_e8(plain, &dollars) || !value_e8(row->quantity, &shares) ||
		dollars > PRICE_LIMIT_E8 || dollars < 0 || shares > SHARES_LIMIT_E8 ||
		shares < 0)
		return true;
	value_e8_text(
		(int128)divide_half_away(dollars * shares, 100000000000000) * 1000000,
		text);
	row->proceeds = scratch_text(&reading->scratch, text, strlen(text));
	return true;
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

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;

	(void)use;
	row->kind = (enum row_kind)reading->state;
	row->description = row->symbol;
	switch (row->kind) {
	case ROW_SALE:
		acquired_from(draft, "purchase_date");
		if (!day_known(row->acquired))
			acquired_from(draft, "vest_date");
		return make_proceeds(reading, row, draft->mark[MARK_PRICE], why);
	case ROW_ESPP_PURCHASE:
		acquired_from(draft, "purchase_date");
		return true;
	case ROW_RSU_VEST:
		if (draft_extra(draft, "sale_price") != NULL)
			reading_note(reading,
				"line %ld: %s shares were sold for the tax: import the "
				"1099-B of that sale, or record it",
				row->line,
				draft_extra(draft, "withheld_shares") != NULL
					? draft_extra(draft, "withheld_shares")
					: "some");
		return true;
	case ROW_1256:
	case ROW_OPTION_EXERCISE:
	case ROW_DIVIDEND:
	case ROW_TAX_WITHHOLDING:
	case ROW_TAX_REVERSAL:
	case ROW_TRANSFER:
	case ROW_KINDS:
		break;
	}
	return true;
}

const struct table eac_table = {
	.column = columns,
	.kind = ROW_SALE,
	.finish = finish,
};
