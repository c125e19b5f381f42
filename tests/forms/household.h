/*
 * household.h: households over several years as text, for tests: lots replayed from facts, the
 * chain of returns, and the lines that are wanted, to the cent.
 *
 * "tax table" or "tax schedule"; "dollars": lines are whole dollars; "year 2024 NAME=VALUE ..."; "exercise LOT GRANTED DAY SHARES
 * STRIKE FMV"; "sale LOT DAY SHARES PRICE"; "want 2024 LINE AMOUNT"; "#" begins a remark.
 */
#ifndef DUALBASIS_TESTS_HOUSEHOLD_H
#define DUALBASIS_TESTS_HOUSEHOLD_H

#include "forms/chain.h"
#include "tests/forms/case.h"

#define WORDS 64

struct want {
	int year;
	const char *line;
	int64_t cents;
};

struct household {
	const char *name;
	struct facts facts;
	size_t fact_room;
	struct want *want;
	size_t wants, want_room;
	bool schedule, dollars;
	struct pool pool;
};

static inline struct fact *add(struct household *household, enum fact_kind kind)
{
	GROW(household->facts.at, household->facts.count, household->fact_room);
	struct fact *const fact = &household->facts.at[household->facts.count++];

	*fact = FACT_EMPTY;
	fact->kind = kind;
	fact->id = (int64_t)household->facts.count;
	return fact;
}

static inline uint32_t name(struct household *household, const char *words)
{
	return names_add(household->facts.names, words, strlen(words));
}

static inline struct day day(const char *words)
{
	struct day day;
	struct fail why;

	cr_assert(day_parse_iso(words, strlen(words), &day, &why), "%s", words);
	return day;
}

static inline struct shares shares(const char *words)
{
	struct shares shares;
	struct fail why;

	cr_assert(shares_parse(words, &shares, &why), "%s", words);
	return shares;
}

static inline struct price price(const char *words)
{
	struct price price;
	struct fail why;

	cr_assert(price_parse(words, &price, &why), "%s", words);
	return price;
}

static inline void exercise(struct household *household, char **word)
{
	struct fact *const fact = add(household, FACT_EXERCISE);

	fact->symbol = name(household, "ACME");
	fact->option = OPTION_ISO;
	fact->lot = name(household, word[1]);
	fact->other_day = day(word[2]);
	fact->day = day(word[3]);
	fact->shares = shares(word[4]);
	fact->price = price(word[5]);
	fact->fmv = price(word[6]);
}

static inline void sale(struct household *household, char **word)
{
	struct fact *const fact = add(household, FACT_SALE);

	fact->symbol = name(household, "ACME");
	fact->lot = name(household, word[1]);
	fact->day = day(word[2]);
	fact->shares = shares(word[3]);
	fact->price = price(word[4]);
}

static inline void year(
	struct household *household, const struct law *law, char **word, size_t words)
{
	for (size_t i = 2; i < words; i++) {
		struct fact *const fact = add(household, FACT_FIGURE);
		const int64_t id = fact->id;
		struct fail why;

		if (!figure_from_words(law, atoi(word[1]), word[i],
			    household->facts.names, fact, &why))
			cr_fatal("%s: %s: %s", household->name, word[i], why.message);
		fact->id = id;
	}
}

static inline void want(struct household *household, char **word)
{
	GROW(household->want, household->wants, household->want_room);
	household->want[household->wants++] = (struct want){ .year = atoi(word[1]),
		.line = pool_text(&household->pool, word[2], strlen(word[2])),
		.cents = case_money(word[3]).cents };
}

static inline void household_line(
	struct household *household, const struct law *law, char *line)
{
	char *word[WORDS], *next = NULL;
	size_t words = 0;

	for (char *at = strtok_r(line, " \n", &next); at != NULL;
		at = strtok_r(NULL, " \n", &next)) {
		cr_assert(words < WORDS);
		word[words++] = at;
	}
	if (words == 0 || *word[0] == '#')
		return;
	if (strcmp(word[0], "tax") == 0 && words == 2)
		household->schedule = strcmp(word[1], "schedule") == 0;
	else if (strcmp(word[0], "dollars") == 0 && words == 1)
		household->dollars = true;
	else if (strcmp(word[0], "year") == 0 && words > 2)
		year(household, law, word, words);
	else if (strcmp(word[0], "exercise") == 0 && words == 7)
		exercise(household, word);
	else if (strcmp(word[0], "sale") == 0 && words == 5)
		sale(household, word);
	else if (strcmp(word[0], "want") == 0 && words == 4)
		want(household, word);
	else
		cr_fatal("%s: %s", household->name, word[0]);
}

static inline void household_begin(struct household *household, const char *title)
{
	*household = (struct household){ .name = title, .schedule = true };
	household->facts.names = names_new();
}

static inline void household_end(struct household *household)
{
	names_free(household->facts.names);
	free(household->facts.at);
	free(household->want);
	pool_release(&household->pool);
}

/* Replays, computes and compares; `least` lines must be wanted. */
static inline void household_check(
	struct household *household, const struct law *law, size_t least)
{
	const struct chain_options options = { .cents = !household->dollars,
		.schedule = household->schedule };
	struct lots lots;
	struct chain chain;
	struct fail why;

	if (!lots_replay(&household->facts, &lots, &household->pool, &why) ||
		!chain_compute(law, &household->facts, &lots, options, &chain,
			&household->pool, &why))
		cr_fatal("%s: %s", household->name, why.message);
	cr_expect(household->wants >= least, "%s: %zu lines wanted", household->name,
		household->wants);
	for (size_t i = 0; i < household->wants; i++) {
		const struct want *const wanted = &household->want[i];
		const struct tax_return *found;
		struct value value;

		if (!chain_year(&chain, wanted->year, &found, &why) ||
			!return_find(found, wanted->line, &value, &why))
			cr_fatal("%s: %d %s: %s", household->name, wanted->year,
				wanted->line, why.message);
		cr_expect(eq(i64, value.amount.cents, wanted->cents), "%s %d %s",
			household->name, wanted->year, wanted->line);
	}
}

#endif
