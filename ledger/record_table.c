/* The kinds that can be recorded, their options, and what must hold of each fact by itself. */
#include <stddef.h>

#include "ledger/base/pool.h"
#include "ledger/record.h"

#define AT(field) offsetof(struct fact, field)

#define NEED(name, type, field, help)                                                    \
	{                                                                                \
		name, type, true, AT(field), 0, NULL, help                               \
	}
#define MAY(name, type, field, help)                                                     \
	{                                                                                \
		name, type, false, AT(field), 0, NULL, help                              \
	}
#define MAY_KNOWN(name, type, field, help)                                               \
	{                                                                                \
		name, type, false, AT(field), AT(field##_known), NULL, help              \
	}
#define MAY_WORD(name, field, words, help)                                               \
	{                                                                                \
		name, RECORD_WORD, false, AT(field), 0, &(words), help                   \
	}

#define SYMBOL  NEED("symbol", RECORD_TEXT, symbol, "the security")
#define ACCOUNT MAY("account", RECORD_TEXT, account, "where it is held")
#define OWNER   MAY("owner", RECORD_TEXT, owner, "which spouse")

static const struct record_option of_grant[] = {
	NEED("id", RECORD_TEXT, grant, "your own name of the grant"),
	SYMBOL,
	NEED("date", RECORD_DAY, day, "day of the grant"),
	NEED("shares", RECORD_SHARES, shares, "shares under option"),
	NEED("strike", RECORD_PRICE, price, "price to pay a share"),
	MAY_WORD("kind", option, option_words, "iso or nso (iso if not given)"),
	OWNER,
};

static const struct record_option of_exercise[] = {
	SYMBOL,
	MAY("grant-date", RECORD_DAY, other_day, "day of the grant (Form 3921 box 1)"),
	NEED("date", RECORD_DAY, day, "day of the exercise (box 2)"),
	NEED("strike", RECORD_PRICE, price, "price paid a share (box 3)"),
	NEED("fmv", RECORD_PRICE, fmv, "fair market value a share that day (box 4)"),
	NEED("shares", RECORD_SHARES, shares, "shares bought (box 5)"),
	MAY_WORD("kind", option, option_words, "iso or nso (the grant's if not given)"),
	MAY("grant", RECORD_TEXT, grant, "the grant's id"),
	MAY("lot", RECORD_TEXT, lot, "your own name of the shares bought"),
	ACCOUNT,
	OWNER,
};

static const struct record_option of_sale[] = {
	SYMBOL,
	NEED("date", RECORD_DAY, day, "trade date"),
	NEED("shares", RECORD_SHARES, shares, "shares sold"),
	MAY("price", RECORD_PRICE, price, "price got a share"),
	MAY_KNOWN("proceeds", RECORD_MONEY, proceeds, "got in total, after fees"),
	MAY("lot", RECORD_TEXT, lot, "the lot that was identified to the broker"),
	MAY("grant", RECORD_TEXT, grant, "only shares of this grant"),
	ACCOUNT,
	OWNER,
};

static const struct record_option of_security[] = {
	SYMBOL,
	MAY("alias", RECORD_TEXT, alias, "a broker's description of it; may be repeated"),
	MAY("cusip", RECORD_TEXT, alias, "its CUSIP"),
};

#define KIND(name, kind, options, help)                                                  \
	{                                                                                \
		name, kind, help, options, COUNT(options)                                \
	}

static const struct record_kind table[] = {
	KIND("grant", FACT_GRANT, of_grant, "an option grant"),
	KIND("exercise", FACT_EXERCISE, of_exercise,
		"shares bought by exercising an option"),
	KIND("sale", FACT_SALE, of_sale, "shares sold"),
	KIND("security", FACT_SECURITY, of_security,
		"a security, and other names that brokers give it"),
};

const struct record_kind *record_kinds(size_t *count)
{
	*count = COUNT(table);
	return table;
}

static bool above_zero(const char *what, int64_t number, struct fail *why)
{
	if (number > 0)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "%s must be more than zero", what);
}

static bool not_negative(const char *what, int64_t number, struct fail *why)
{
	if (number >= 0)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "%s must not be negative", what);
}

static bool not_before(const char *what, struct day day, const char *than_what,
	struct day than, struct fail *why)
{
	char a[DAY_TEXT], b[DAY_TEXT];

	if (!day_known(day) || !day_known(than) || day.number >= than.number)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "%s %s is before %s %s", what,
		day_iso(day, a), than_what, day_iso(than, b));
}

static bool check_exercise(const struct fact *fact, struct fail *why)
{
	if (!above_zero("shares", fact->shares.e8, why) ||
		!not_before("the exercise of", fact->day, "the grant of", fact->other_day,
			why))
		return false;
	if (!day_known(fact->other_day) && fact->grant == 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"the exercise says neither its grant nor the day of the grant");
		return fail_hint(why, "give grant-date (Form 3921 box 1), or grant");
	}
	/* A zero or blank box is not a zero. */
	return above_zero("the strike", fact->price.e8, why) &&
		above_zero("the fair market value", fact->fmv.e8, why);
}

static bool check_sale(const struct fact *fact, struct fail *why)
{
	if (!above_zero("shares", fact->shares.e8, why) ||
		!not_negative("proceeds", fact->proceeds.cents, why) ||
		!not_negative("the price", fact->price.e8, why))
		return false;
	if (!fact->proceeds_known && fact->price.e8 == 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"the sale says neither its price nor its proceeds");
		return fail_hint(why, "give price, or proceeds");
	}
	return true;
}

bool fact_check(const struct fact *fact, struct fail *why)
{
	switch (fact->kind) {
	case FACT_GRANT:
		return above_zero("shares", fact->shares.e8, why) &&
			above_zero("the strike", fact->price.e8, why);
	case FACT_EXERCISE:
		return check_exercise(fact, why);
	case FACT_SALE:
		return check_sale(fact, why);
	case FACT_REPORTED_SALE:
		/* A broker's row may lack its shares, and a short sale closes before it opens. */
		return not_negative("shares", fact->shares.e8, why);
	case FACT_NONE:
	case FACT_SECURITY:
	case FACT_FIGURE:
	case FACT_FILED:
	case FACT_KINDS:
		break;
	}
	return true;
}
