/* household.h: facts written quickly in tests, and their replay. */
#ifndef DUALBASIS_TESTS_HOUSEHOLD_H
#define DUALBASIS_TESTS_HOUSEHOLD_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/lots.h"

struct household {
	struct facts facts;
	size_t room;
	struct pool pool;
};

static inline struct household household(void)
{
	return (struct household){ .facts = { NULL, 0, names_new() } };
}

static inline void household_release(struct household *home)
{
	free(home->facts.at);
	names_free(home->facts.names);
	pool_release(&home->pool);
}

static inline uint32_t name(struct household *home, const char *text)
{
	return names_add(home->facts.names, text, strlen(text));
}

static inline struct day on(const char *text)
{
	struct day day = DAY_NONE;
	struct fail why = { 0 };

	if (text != NULL)
		cr_assert(
			day_parse_iso(text, strlen(text), &day, &why), "%s", why.message);
	return day;
}

/* Valid until the next fact is added. */
static inline struct fact *add_fact(struct household *home, struct fact fact)
{
	GROW(home->facts.at, home->facts.count, home->room);
	fact.id = (int64_t)home->facts.count + 1;
	home->facts.at[home->facts.count] = fact;
	return &home->facts.at[home->facts.count++];
}

static inline struct fact *add(
	struct household *home, enum fact_kind kind, const char *symbol, const char *day)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = kind;
	fact.symbol = name(home, symbol);
	fact.day = on(day);
	return add_fact(home, fact);
}

static inline struct shares shares_of(const char *text)
{
	struct shares shares;
	struct fail why = { 0 };

	cr_assert(shares_parse(text, &shares, &why), "%s", why.message);
	return shares;
}

static inline struct price price_of(const char *text)
{
	struct price price;
	struct fail why = { 0 };

	cr_assert(price_parse(text, &price, &why), "%s", why.message);
	return price;
}

static inline struct money money_of(const char *text)
{
	struct money money;
	struct fail why = { 0 };

	cr_assert(money_parse(text, &money, &why), "%s", why.message);
	return money;
}

static inline struct fact *exercise(struct household *home, const char *symbol,
	const char *granted, const char *day, const char *shares, const char *strike,
	const char *fmv)
{
	struct fact *const fact = add(home, FACT_EXERCISE, symbol, day);

	fact->other_day = on(granted);
	fact->shares = shares_of(shares);
	fact->price = price_of(strike);
	fact->fmv = price_of(fmv);
	return fact;
}

static inline struct fact *sale(struct household *home, const char *symbol,
	const char *day, const char *shares, const char *price)
{
	struct fact *const fact = add(home, FACT_SALE, symbol, day);

	fact->shares = shares_of(shares);
	fact->price = price_of(price);
	return fact;
}

/* A 1099-B row; a NULL basis is a blank one. */
static inline struct fact *reported(struct household *home, const char *symbol,
	const char *day, const char *acquired, const char *shares, const char *proceeds,
	const char *basis)
{
	struct fact *const fact = add(home, FACT_REPORTED_SALE, symbol, day);

	fact->other_day = on(acquired);
	fact->shares = shares_of(shares);
	fact->proceeds = money_of(proceeds);
	fact->proceeds_known = true;
	fact->basis_known = basis != NULL;
	if (basis != NULL)
		fact->basis = money_of(basis);
	return fact;
}

static inline const struct facts *facts_of(struct household *home)
{
	return &home->facts;
}

static inline struct lots replay(struct household *home)
{
	struct lots lots = { 0 };
	struct fail why = { 0 };

	cr_assert(lots_replay(&home->facts, &lots, &home->pool, &why), "%s", why.message);
	return lots;
}

/*
 * The same facts entered in another order. What was replayed from them before points to
 * facts that have moved: compare what lots hold by value.
 */
static inline void household_shuffle(struct household *home, uint64_t seed)
{
	uint64_t state = seed * 2 + 1;

	for (size_t i = home->facts.count; i > 1; i--) {
		state = state * UINT64_C(6364136223846793005) +
			UINT64_C(1442695040888963407);
		const size_t k = (size_t)((state >> 33) % i);
		const struct fact fact = home->facts.at[i - 1];

		home->facts.at[i - 1] = home->facts.at[k];
		home->facts.at[k] = fact;
		home->facts.at[i - 1].id = (int64_t)i;
		home->facts.at[k].id = (int64_t)k + 1;
	}
}

#endif
