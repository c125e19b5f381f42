/* Standing instructions on which lots to sell: facts with a day, for sales on it or later. */
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/fact_words.h"
#include "ledger/replay.h"

static const struct {
	const char *name;
	const char *words;
} orders[ORDERS] = {
	[ORDER_FIFO] = { "fifo", "first in, first out" },
	[ORDER_LIFO] = { "lifo", "last in, first out" },
	[ORDER_HIGHEST_COST] = { "highest-cost", "highest cost first" },
	[ORDER_LOWEST_COST] = { "lowest-cost", "lowest cost first" },
	[ORDER_HIGHEST_GAP] = { "highest-amt-gap", "highest AMT gap first" },
	[ORDER_LOWEST_GAP] = { "lowest-amt-gap", "lowest AMT gap first" },
};

static bool find_order(const char *name, enum order *order, struct fail *why)
{
	const char *names[ORDERS];

	for (int i = 0; i < ORDERS; i++) {
		names[i] = orders[i].name;
		if (strcmp(names[i], name) == 0) {
			*order = (enum order)i;
			return true;
		}
	}
	const char *const nearest = nearest_word(name, names, ORDERS);

	fail_set(why, FAIL_BAD_INPUT, "\"%s\" is no order of lots", CUT(name, 60));
	if (nearest != NULL)
		return fail_hint(why, "did you mean %s?", nearest);
	return fail_hint(why,
		"fifo, lifo, highest-cost, lowest-cost, highest-amt-gap, lowest-amt-gap");
}

static int narrow(const struct fact *fact)
{
	return (fact->account != 0) + (fact->symbol != 0);
}

/* The latest first; of one day the one that says more. */
static int compare_standing(const void *left, const void *right, const void *rank)
{
	const struct fact *const a = ((const struct standing *)left)->fact;
	const struct fact *const b = ((const struct standing *)right)->fact;

	if (a->day.number != b->day.number)
		return a->day.number > b->day.number ? -1 : 1;
	if (narrow(a) != narrow(b))
		return narrow(a) > narrow(b) ? -1 : 1;
	return fact_compare(a, b, rank);
}

bool replay_standing(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += facts->at[i].kind == FACT_ORDER;
	replay->standing = pool_alloc(&replay->scratch, count * sizeof *replay->standing);
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];
		struct standing standing = { .fact = fact };
		char day[DAY_TEXT];

		if (fact->kind != FACT_ORDER)
			continue;
		if (!find_order(names_text(facts->names, fact->text), &standing.order,
			    replay->why))
			return fail_in_fact(replay->why, fact, facts->names);
		standing.words = pool_printf(replay->pool, "standing order of %s: %s",
			day_iso(fact->day, day), orders[standing.order].words);
		replay->standing[replay->standing_count++] = standing;
	}
	sort_stable(replay->standing, count, sizeof *replay->standing, compare_standing,
		replay->rank);
	return true;
}

const struct standing *standing_for(
	const struct replay *replay, uint32_t security, uint32_t account, struct day day)
{
	for (size_t i = 0; i < replay->standing_count; i++) {
		const struct standing *const standing = &replay->standing[i];
		const struct fact *const fact = standing->fact;

		if (fact->day.number <= day.number &&
			(fact->account == 0 || fact->account == account) &&
			(fact->symbol == 0 || replay_security(replay, fact) == security))
			return standing;
	}
	return NULL;
}
