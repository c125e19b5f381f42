/* Replays facts in the order in which they happened. */
#include "ledger/lots.h"

#include <assert.h>
#include <stdlib.h>

#include "ledger/fact_words.h"
#include "ledger/record.h"
#include "ledger/replay.h"

static const char *const lot_kinds[] = {
	[LOT_ISO] = "iso",
	[LOT_NSO] = "nso",
	[LOT_AS_REPORTED] = "as_reported",
};
static_assert(COUNT(lot_kinds) == LOT_KINDS, "every kind has its name");

static const char *const disposition_kinds[] = {
	[DISPOSED_PLAIN] = "plain",
	[DISPOSED_QUALIFYING] = "qualifying",
	[DISPOSED_DISQUALIFYING] = "disqualifying",
};

const char *lot_kind_name(enum lot_kind kind)
{
	return lot_kinds[kind];
}

const char *disposition_kind_name(enum disposition_kind kind)
{
	return disposition_kinds[kind];
}

uint32_t replay_security(const struct replay *replay, const struct fact *fact)
{
	return replay->security[fact->symbol != 0 ? fact->symbol : fact->alias];
}

void replay_note(struct replay *replay, enum notice_kind kind, const struct fact *fact,
	uint32_t lot, uint32_t disposition)
{
	GROW(replay->notice, replay->notice_count, replay->notice_room);
	replay->notice[replay->notice_count++] =
		(struct notice){ kind, fact, lot, disposition };
}

/* What every name of a security means; an alias of two securities is refused. */
static bool resolve_aliases(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	const size_t count = names_count(facts->names) + 1;
	uint32_t *const map = pool_alloc(&replay->scratch, count * sizeof *map);

	for (size_t i = 0; i < count; i++)
		map[i] = (uint32_t)i;
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_SECURITY || fact->alias == 0 ||
			fact->alias == fact->symbol)
			continue;
		if (map[fact->alias] != fact->alias && map[fact->alias] != fact->symbol) {
			fail_set(replay->why, FAIL_BAD_INPUT,
				"\"%.120s\" means %s and also %s",
				names_text(facts->names, fact->alias),
				names_text(facts->names, map[fact->alias]),
				names_text(facts->names, fact->symbol));
			fail_hint(replay->why, "void one of the two");
			return fail_in_fact(replay->why, fact, facts->names);
		}
		map[fact->alias] = fact->symbol;
	}
	/* An alias of an alias means what that means. */
	for (size_t i = 0; i < count; i++)
		for (size_t hops = 0; map[map[i]] != map[i] && hops < count; hops++)
			map[i] = map[map[i]];
	replay->security = map;
	replay->known = pool_alloc(&replay->scratch, count * sizeof *replay->known);
	return true;
}

static bool check_facts(struct replay *replay)
{
	const struct facts *const facts = replay->facts;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (!fact_check(fact, replay->why))
			return fail_in_fact(replay->why, fact, facts->names);
		replay->has_accounts |= fact->account != 0;
		replay->has_owners |= fact->owner != 0;
		replay->has_dates |=
			fact->kind == FACT_REPORTED_SALE && day_known(fact->other_day);
	}
	return true;
}

static void collect_events(struct replay *replay)
{
	const struct facts *const facts = replay->facts;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_EXERCISE)
			continue;
		GROW(replay->event, replay->event_count, replay->event_room);
		replay->event[replay->event_count++] =
			(struct event){ fact->day, RANK_ACQUIRE, fact, NULL };
	}
	replay_join(replay);
	events_sort(replay->event, replay->event_count, replay->rank);
}

static bool happen(struct replay *replay, const struct event *event)
{
	bool good = false;

	switch (event->rank) {
	case RANK_ACQUIRE:
		good = replay_acquire(replay, event->fact);
		break;
	case RANK_DISPOSE:
		good = replay_dispose(replay, event);
		break;
	}
	if (good)
		return true;
	return fail_in_fact(replay->why,
		event->fact != NULL ? event->fact : event->reported,
		replay->facts->names);
}

static bool replay_all(struct replay *replay)
{
	if (!check_facts(replay) || !resolve_aliases(replay) || !replay_labels(replay) ||
		!replay_grants(replay))
		return false;
	replay->rank = order_of_names(replay->facts->names, &replay->scratch);
	collect_events(replay);
	for (size_t i = 0; i < replay->event_count; i++) {
		if (!happen(replay, &replay->event[i]))
			return false;
		/* All sales of a day take their shares before any is taxed: R-080. */
		if (i + 1 == replay->event_count ||
			replay->event[i + 1].day.number != replay->event[i].day.number)
			replay_settle(replay);
	}
	return true;
}

/* qsort has no context; the rank of names travels with each notice. */
struct ranked {
	struct notice notice;
	const uint32_t *rank;
};

static int compare_notices(const void *left, const void *right)
{
	const struct ranked *const x = left, *const y = right;
	const struct notice *const a = &x->notice, *const b = &y->notice;
	int by = a->fact->day.number < b->fact->day.number
		? -1
		: a->fact->day.number > b->fact->day.number;

	if (by == 0)
		by = fact_compare(a->fact, b->fact, x->rank);
	if (by == 0)
		by = a->kind < b->kind ? -1 : a->kind > b->kind;
	return by != 0 ? by : a->lot < b->lot ? -1 : a->lot > b->lot;
}

static void sort_notices(struct replay *replay)
{
	struct ranked *const ranked = must_alloc(replay->notice_count * sizeof *ranked);

	for (size_t i = 0; i < replay->notice_count; i++)
		ranked[i] = (struct ranked){ replay->notice[i], replay->rank };
	qsort(ranked, replay->notice_count, sizeof *ranked, compare_notices);
	for (size_t i = 0; i < replay->notice_count; i++)
		replay->notice[i] = ranked[i].notice;
	free(ranked);
}

static void release(struct replay *replay)
{
	free(replay->event);
	free(replay->lot);
	free(replay->state);
	free(replay->disposition);
	free(replay->notice);
	free(replay->pending);
	shelves_release(&replay->shelves);
	pool_release(&replay->scratch);
}

bool lots_replay(
	const struct facts *facts, struct lots *lots, struct pool *pool, struct fail *why)
{
	struct replay replay = { .facts = facts, .pool = pool, .why = why };
	const bool good = replay_all(&replay);

	if (good) {
		sort_notices(&replay);
		*lots = (struct lots){
			.lot = replay.lot,
			.lot_count = replay.lot_count,
			.disposition = replay.disposition,
			.disposition_count = replay.disposition_count,
			.notice = replay.notice,
			.notice_count = replay.notice_count,
			.facts = facts,
		};
		pool_adopt(pool, replay.lot);
		pool_adopt(pool, replay.disposition);
		pool_adopt(pool, replay.notice);
		replay.lot = NULL;
		replay.disposition = NULL;
		replay.notice = NULL;
	}
	release(&replay);
	return good;
}
