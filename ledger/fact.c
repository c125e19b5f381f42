/* The words of facts' codes, as people and the ledger file know them. */
#include "ledger/fact.h"

#include <assert.h>
#include <string.h>

#include "ledger/base/pool.h"

static const char *const kinds[] = {
	[FACT_NONE] = "none",
	[FACT_SECURITY] = "security",
	[FACT_GRANT] = "grant",
	[FACT_EXERCISE] = "exercise",
	[FACT_SALE] = "sale",
	[FACT_REPORTED_SALE] = "reported_sale",
	[FACT_FIGURE] = "figure",
	[FACT_FILED] = "filed",
	[FACT_VEST] = "vest",
	[FACT_FORFEITURE] = "forfeiture",
	[FACT_RSU] = "rsu",
	[FACT_RESTRICTED] = "restricted",
	[FACT_ESPP] = "espp",
	[FACT_PURCHASE] = "purchase",
	[FACT_GIFT_RECEIVED] = "gift_received",
	[FACT_INHERITANCE] = "inheritance",
	[FACT_GIFT] = "gift",
	[FACT_TO_SPOUSE] = "to_spouse",
	[FACT_DEATH] = "death",
	[FACT_WORTHLESS] = "worthless",
	[FACT_CASH_IN_LIEU] = "cash_in_lieu",
	[FACT_TRANSFER] = "transfer",
	[FACT_SPLIT] = "split",
	[FACT_MERGER] = "merger",
	[FACT_SPIN_OFF] = "spin_off",
	[FACT_SYMBOL_CHANGE] = "symbol_change",
	[FACT_ORDER] = "order",
	[FACT_SWAP] = "swap",
	[FACT_LEFT] = "left",
	[FACT_EXERCISABLE] = "exercisable",
	[FACT_ACCOUNT] = "account",
	[FACT_WAIVER] = "waiver",
};
static_assert(COUNT(kinds) == FACT_KINDS, "every kind has its word");

static const char *const options[] = {
	[OPTION_UNKNOWN] = "",
	[OPTION_ISO] = "iso",
	[OPTION_NSO] = "nso",
};

static const char *const terms[] = {
	[TERM_UNKNOWN] = "",
	[TERM_SHORT] = "short",
	[TERM_LONG] = "long",
};

static const char *const covereds[] = {
	[COVERED_UNKNOWN] = "",
	[COVERED_YES] = "yes",
	[COVERED_NO] = "no",
};

const struct words fact_kind_words = { kinds, COUNT(kinds) };
const struct words option_words = { options, COUNT(options) };
const struct words term_words = { terms, COUNT(terms) };
const struct words covered_words = { covereds, COUNT(covereds) };

#define EMPTY_day                                                                        \
	{                                                                                \
		INT32_MIN                                                                \
	}
#define EMPTY_year   0
#define EMPTY_number 0
#define EMPTY_text   0
#define EMPTY_shares                                                                     \
	{                                                                                \
		0                                                                        \
	}
#define EMPTY_price                                                                      \
	{                                                                                \
		0                                                                        \
	}
#define EMPTY_money                                                                      \
	{                                                                                \
		0                                                                        \
	}
#define EMPTY_flag    false
#define EMPTY_option  OPTION_UNKNOWN
#define EMPTY_term    TERM_UNKNOWN
#define EMPTY_covered COVERED_UNKNOWN
#define EMPTY_letter  0

const struct fact FACT_EMPTY = {
#define X(type, field, what) .field = EMPTY_##type,
	FACT_FIELDS(X)
#undef X
};

static const char *word_of(const struct words *words, size_t code)
{
	assert(code < words->count);
	return words->word[code];
}

const char *fact_kind_name(enum fact_kind kind)
{
	return word_of(&fact_kind_words, kind);
}

const char *option_name(enum option_kind option)
{
	return word_of(&option_words, option);
}

const char *term_name(enum term term)
{
	return word_of(&term_words, term);
}

const char *covered_name(enum covered covered)
{
	return word_of(&covered_words, covered);
}

bool words_find(const struct words *words, const char *word, int *code)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->word[i], word) == 0) {
			*code = (int)i;
			return true;
		}
	return false;
}

int fact_year(const struct fact *fact)
{
	if (fact->year != 0)
		return fact->year;
	return day_known(fact->day) ? day_year(fact->day) : 0;
}

#define SAME_day(field)     (a->field.number == b->field.number)
#define SAME_year(field)    (a->field == b->field)
#define SAME_number(field)  (a->field == b->field)
#define SAME_text(field)    (a->field == b->field)
#define SAME_shares(field)  (a->field.e8 == b->field.e8)
#define SAME_price(field)   (a->field.e8 == b->field.e8)
#define SAME_money(field)   (a->field.cents == b->field.cents)
#define SAME_flag(field)    (a->field == b->field)
#define SAME_option(field)  (a->field == b->field)
#define SAME_term(field)    (a->field == b->field)
#define SAME_covered(field) (a->field == b->field)
#define SAME_letter(field)  (a->field == b->field)

bool fact_same(const struct fact *a, const struct fact *b)
{
#define X(type, field, what) &&SAME_##type(field)
	return a->kind == b->kind FACT_FIELDS(X);
#undef X
}
