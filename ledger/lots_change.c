/* Securities that become others: what may not be, which comes first, and what it means for losses. */
#include "ledger/base/sort.h"
#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define WINDOW 30

static bool changes(const struct fact *fact)
{
	return (fact->kind == FACT_MERGER && fact->target != 0) ||
		fact->kind == FACT_SPIN_OFF || fact->kind == FACT_SYMBOL_CHANGE;
}

static int compare_changes(const void *left, const void *right, const void *rank)
{
	const struct fact *const a = *(const struct fact *const *)left;
	const struct fact *const b = *(const struct fact *const *)right;

	if (a->day.number != b->day.number)
		return a->day.number < b->day.number ? -1 : 1;
	return fact_compare(a, b, rank);
}

/* A name stands for one security at all times, so two that merge must stay two. */
static bool stays_two(struct replay *replay, const struct fact *fact)
{
	const struct names *const names = replay->facts->names;

	if (fact->kind == FACT_SYMBOL_CHANGE ||
		replay_security(replay, fact) != replay->security[fact->target])
		return true;
	fail_set(replay->why, FAIL_BAD_INPUT,
		"%s and %s are names of one security, so that one cannot become the "
		"other",
		fact_security_text(fact, names), names_text(names, fact->target));
	fail_hint(replay->why,
		"new shares for old ones are a split; void the alias or symbol change "
		"that "
		"makes them one, or give the new company a name of its own");
	return fail_in_fact(replay->why, fact, names);
}

bool replay_changes(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += changes(&facts->at[i]);
	replay->changes = pool_alloc(&replay->scratch, count * sizeof(struct fact *));
	for (size_t i = 0; i < facts->count; i++)
		if (changes(&facts->at[i]))
			replay->changes[replay->change_count++] = &facts->at[i];
	sort_stable(replay->changes, count, sizeof *replay->changes, compare_changes,
		replay->rank);
	for (size_t i = 0; i < count; i++)
		if (!stays_two(replay, replay->changes[i]))
			return false;
	return true;
}

/* ---- order within a day ---------------------------------------------------------------- */

static bool moves(const struct event *event)
{
	return event->rank == RANK_CHANGE && changes(event->fact) &&
		event->fact->kind != FACT_SYMBOL_CHANGE;
}

static bool circle(struct replay *replay, const struct event *event)
{
	const struct names *const names = replay->facts->names;

	fail_set(replay->why, FAIL_BAD_INPUT,
		"on that day %s also becomes %s again, in a circle",
		names_text(names, event->fact->target),
		fact_security_text(event->fact, names));
	fail_hint(replay->why, "void one of them, or correct its date");
	return fail_in_fact(replay->why, event->fact, names);
}

/* What becomes a security comes before what becomes of it: S is spun off, then S merges. */
static bool order_day(
	struct replay *replay, struct event *event, size_t count, uint32_t *arriving)
{
	for (size_t i = 0; i < count; i++)
		if (moves(&event[i]))
			arriving[replay->security[event[i].fact->target]]++;
	for (size_t i = 0; i < count; i++) {
		size_t next = i;

		while (next < count &&
			arriving[replay_security(replay, event[next].fact)] > 0)
			next++;
		if (next == count)
			return circle(replay, &event[i]);
		const struct event first = event[next];

		for (size_t k = next; k > i; k--)
			event[k] = event[k - 1];
		event[i] = first;
		if (moves(&first))
			arriving[replay->security[first.fact->target]]--;
	}
	return true;
}

bool changes_order(struct replay *replay)
{
	if (replay->change_count < 2)
		return true;
	uint32_t *const arriving = pool_alloc(&replay->scratch,
		(names_count(replay->facts->names) + 1) * sizeof *arriving);

	for (size_t from = 0, to; from < replay->event_count; from = to) {
		const struct event *const first = &replay->event[from];

		for (to = from + 1; to < replay->event_count &&
			replay->event[to].day.number == first->day.number &&
			replay->event[to].rank == first->rank;
			to++)
			;
		if (first->rank == RANK_CHANGE && to - from > 1 &&
			!order_day(replay, &replay->event[from], to - from, arriving))
			return false;
	}
	return true;
}

/* ---- losses beside acquisitions of the company merged with ----------------------------- */

/* Something of a slot is held at the end of the day, or will come. */
static bool can_replace(const struct replay *replay, uint32_t at)
{
	if (!replay->slot[at].born)
		return true;
	for (uint32_t lot = replay->slot[at].first; lot != NONE;
		lot = replay->state[lot].after)
		if (replay->lot[lot].open.e8 > 0)
			return true;
	return false;
}

static bool acquired_within(const struct replay *replay, uint32_t security,
	struct day from, struct day to, uint32_t own)
{
	size_t low = replay->slots_from[security];
	size_t high = replay->slots_from[security + 1];

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (replay->slot[middle].day.number < from.number)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < replay->slots_from[security + 1] &&
		replay->slot[low].day.number <= to.number;
		low++)
		if (low != own && can_replace(replay, (uint32_t)low))
			return true;
	return false;
}

/* A loss in either book, or one that s. 422(c)(2) took off compensation, that no replacement has. */
static bool has_loss(const struct disposition *disposition)
{
	if (disposition->manner != MANNER_sale &&
		disposition->manner != MANNER_cash_in_lieu &&
		disposition->manner != MANNER_merger)
		return false;
	if (disposition->kind == DISPOSED_DISQUALIFYING &&
		disposition_gain(disposition, BOOK_REGULAR).cents == 0 &&
		disposition->washed[BOOK_REGULAR].e8 < disposition->shares.e8)
		return true;
	for (int b = 0; b < BOOKS; b++)
		if (disposition_gain(disposition, (enum book)b).cents < 0)
			return true;
	return false;
}

/*
 * Stocks of a predecessor and a successor "may be" substantially identical in a reorganization
 * (Pub. 550), stocks of two companies ordinarily are not: the facts decide, and the ledger has not
 * got them. So a loss in the old stock beside an acquisition of the new one after the exchange, or
 * the other way round, is allowed and said. The exchange itself acquires nothing in the sense of s.
 * 1091(a): only one on which all gain or loss is recognized does. A mere new symbol is one security,
 * where losses are washed as ever.
 */
static void note_successor(struct replay *replay, const struct disposition *disposition,
	const struct fact *merger)
{
	const struct fact *const sale =
		disposition->sale != NULL ? disposition->sale : disposition->reported;
	const uint32_t of = replay_security(replay, sale);
	const uint32_t old = replay_security(replay, merger);
	const uint32_t new = replay->security[merger->target];
	const bool before = disposition->sold.number < merger->day.number;
	const uint32_t own = replay->state[disposition->lot].slot;
	bool found = false;

	if (before && of == old)
		found = acquired_within(replay, new, merger->day,
			day_plus(disposition->sold, WINDOW), own);
	else if (!before && of == new)
		found = acquired_within(replay, old, day_plus(disposition->sold, -WINDOW),
			day_plus(merger->day, -1), own);
	if (found)
		replay_note(replay, NOTICE_successor_bought, sale, disposition->lot,
			NOTICE_NOWHERE);
}

void note_successors(struct replay *replay, size_t from)
{
	if (replay->change_count == 0)
		return;
	for (size_t i = from; i < replay->disposition_count; i++) {
		const struct disposition *const disposition = &replay->disposition[i];
		size_t low = 0, high = replay->change_count;

		if (!has_loss(disposition))
			continue;
		while (low < high) {
			const size_t middle = low + (high - low) / 2;

			if (replay->changes[middle]->day.number <
				disposition->sold.number - WINDOW)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < replay->change_count &&
			replay->changes[low]->day.number <=
				disposition->sold.number + WINDOW;
			low++)
			if (replay->changes[low]->kind == FACT_MERGER &&
				!replay->changes[low]->taxable)
				note_successor(replay, disposition, replay->changes[low]);
	}
}
