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
