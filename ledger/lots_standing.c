/* Standing instructions on which lots to sell: facts with a day, for sales on it or later. */
#include <stdlib.h>
#include <string.h>

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

	fail_set(why, FAIL_BAD_INPUT, "\"%.60s\" is no order of lots", name);
	if (nearest != NULL)
		return fail_hint(why, "did you mean %s?", nearest);
	return fail_hint(why,
		"fifo, lifo, highest-cost, lowest-cost, highest-amt-gap, lowest-amt-gap");
}

struct sorting {
	struct standing standing;
	const uint32_t *rank;
};

static int narrow(const struct fact *fact)
{
	return (fact->account != 0) + (fact->symbol != 0);
}

/* The latest first; of one day the one that says more. */
static int compare_standing(const void *left, const void *right)
{
	const struct sorting *const x = left, *const y = right;
	const struct fact *const a = x->standing.fact, *const b = y->standing.fact;

	if (a->day.number != b->day.number)
		return a->day.number > b->day.number ? -1 : 1;
	if (narrow(a) != narrow(b))
		return narrow(a) > narrow(b) ? -1 : 1;
	return fact_compare(a, b, x->rank);
}

bool replay_standing(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	struct sorting *list = NULL;
	size_t count = 0, room = 0;
	bool good = true;

	for (size_t i = 0; good && i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];
		struct standing standing = { .fact = fact };
		char day[DAY_TEXT];

		if (fact->kind != FACT_ORDER)
			continue;
		good = find_order(names_text(facts->names, fact->text), &standing.order,
			       replay->why) ||
			fail_in_fact(replay->why, fact, facts->names);
		standing.words = pool_printf(replay->pool, "standing order of %s: %s",
			day_iso(fact->day, day), orders[standing.order].words);
		GROW(list, count, room);
		list[count++] = (struct sorting){ standing, replay->rank };
	}
	if (count > 1)
		qsort(list, count, sizeof *list, compare_standing);
	replay->standing = pool_alloc(&replay->scratch, count * sizeof(struct standing));
	for (size_t i = 0; i < count; i++)
		replay->standing[i] = list[i].standing;
	replay->standing_count = count;
	free(list);
	return good;
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
