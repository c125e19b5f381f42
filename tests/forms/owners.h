/*
 * owners.h: a household of several people in tests: what each enters, and the chain of returns
 * of one of them, or of all.
 */
#ifndef DUALBASIS_TESTS_OWNERS_H
#define DUALBASIS_TESTS_OWNERS_H

#include "forms/chain.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/forms/household.h"

static struct law *law;
static struct household house;
static struct lots lots;
static struct chain chain;

static inline void law_load(void)
{
	struct fail why;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	household_begin(&house, "owners");
}

static inline void law_drop(void)
{
	household_end(&house);
	law_free(law);
}

/* "ann year 2023 ..." is what ann enters; without a name it is the household's. */
static inline void enter(const char *text)
{
	static const char *const people[] = { "ann", "bea", "carl" };
	char *const copy = pool_text(&house.pool, text, strlen(text));
	char *next = NULL;

	for (char *line = strtok_r(copy, "\n", &next); line != NULL;
		line = strtok_r(NULL, "\n", &next)) {
		const size_t before = house.facts.count;
		uint32_t owner = 0;

		for (size_t i = 0; i < COUNT(people); i++) {
			const size_t length = strlen(people[i]);

			if (strncmp(line, people[i], length) == 0 &&
				line[length] == ' ') {
				owner = name(&house, people[i]);
				line += length + 1;
			}
		}
		household_line(&house, law, line);
		for (size_t i = before; i < house.facts.count; i++)
			house.facts.at[i].owner = owner;
	}
}

static inline void dies(
	const char *who, const char *symbol, const char *on, const char *fmv)
{
	struct fact *const fact = add(&house, FACT_DEATH);

	fact->symbol = name(&house, symbol);
	fact->owner = name(&house, who);
	fact->day = day(on);
	fact->fmv = price(fmv);
}

static inline bool computed(const char *who, struct fail *why)
{
	const struct chain_options options = { .cents = true,
		.owner = who == NULL ? 0 : name(&house, who) };

	*why = (struct fail){ 0 };
	return lots_replay(&house.facts, &lots, &house.pool, why) &&
		chain_compute(
			law, &house.facts, &lots, options, &chain, &house.pool, why);
}

static inline void compute(const char *who)
{
	struct fail why;
	const bool done = computed(who, &why);

	cr_assert(done, "%s", why.message);
	const bool agree = chain_owners_agree(&chain, &why);

	cr_assert(agree, "%s", why.message);
}

static inline struct value value(int year, const char *id)
{
	const struct tax_return *its;
	struct value value;
	struct fail why;
	const bool found = chain_year(&chain, year, &its, &why) &&
		return_find(its, id, &value, &why);

	cr_assert(found, "%d %s: %s", year, id, why.message);
	return value;
}

static inline int64_t line(int year, const char *id)
{
	return value(year, id).amount.cents;
}

static inline int64_t of(const char *who, int year, const char *id)
{
	compute(who);
	return line(year, id);
}

static inline void expect_refusal(
	const char *who, enum fail_kind kind, const char *words, const char *hint)
{
	struct fail why;

	cr_assert(not(computed(who, &why)), "%s", words);
	cr_expect(eq(int, why.kind, (int)kind), "%s", why.message);
	cr_expect(strstr(why.message, words) != NULL, "%s", why.message);
	cr_expect(strstr(why.hint, hint) != NULL, "%s", why.hint);
}

#endif
