/* Replays facts in the order in which they happened. */
#include "ledger/lots.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/fact_words.h"
#include "ledger/record.h"
#include "ledger/replay.h"

static const char *const lot_kinds[] = {
	[LOT_ISO] = "iso",
	[LOT_NSO] = "nso",
	[LOT_AS_REPORTED] = "as_reported",
	[LOT_RSU] = "rsu",
	[LOT_RESTRICTED] = "restricted",
	[LOT_ESPP] = "espp",
	[LOT_PURCHASE] = "purchase",
	[LOT_GIFT] = "gift",
	[LOT_INHERITED] = "inherited",
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
	replay->notice[replay->notice_count++] = (struct notice){
		.kind = kind, .fact = fact, .lot = lot, .disposition = disposition
	};
}

/* An alias or an old symbol means a security; two of them is a contradiction. */
static bool set_meaning(struct replay *replay, uint32_t *map, const struct fact *fact,
	uint32_t from, uint32_t to)
{
	const struct names *const names = replay->facts->names;

	if (from == 0 || from == to)
		return true;
	if (map[from] != from && map[from] != to) {
		fail_set(replay->why, FAIL_BAD_INPUT, "\"%s\" means %s and also %s",
			CUT(names_text(names, from), 120), names_text(names, map[from]),
			names_text(names, to));
		fail_hint(replay->why, "void one of the two");
		return fail_in_fact(replay->why, fact, names);
	}
	map[from] = to;
	return true;
}

/* Whether the names of a circle became one another on a single day, which none can. */
static bool circle_of_a_day(struct replay *replay, const uint32_t *map, uint32_t in)
{
	const struct facts *const facts = replay->facts;
	const struct fact *found = NULL;
	uint32_t at = in;

	do {
		const struct fact *change = NULL;

		for (size_t i = 0; change == NULL && i < facts->count; i++)
			if (facts->at[i].kind == FACT_SYMBOL_CHANGE &&
				facts->at[i].symbol == at &&
				facts->at[i].target == map[at])
				change = &facts->at[i];
		if (change == NULL ||
			(found != NULL && found->day.number != change->day.number))
			return false;
		found = change;
		at = map[at];
	} while (at != in);
	fail_set(replay->why, FAIL_BAD_INPUT,
		"on that day %s also becomes %s again, in a circle",
		names_text(facts->names, found->target),
		names_text(facts->names, found->symbol));
	fail_hint(replay->why, "void one of them, or correct its date");
	fail_in_fact(replay->why, found, facts->names);
	return true;
}

/*
 * Names that mean each other in a circle, as when a company takes its old symbol again, are one
 * security: the first of them in the alphabet stands for it.
 */
static bool close_circles(struct replay *replay, uint32_t *map, size_t count)
{
	const struct names *const names = replay->facts->names;
	uint32_t *const walk = pool_alloc(&replay->scratch, count * sizeof *walk);

	for (size_t i = 0; i < count; i++) {
		uint32_t at = (uint32_t)i;

		while (walk[at] == 0) {
			walk[at] = (uint32_t)i + 1;
			at = map[at];
		}
		if (walk[at] != (uint32_t)i + 1 || map[at] == at)
			continue;
		uint32_t least = at;

		for (uint32_t next = map[at]; next != at; next = map[next])
			if (strcmp(names_text(names, next), names_text(names, least)) < 0)
				least = next;
		if (circle_of_a_day(replay, map, least))
			return false;
		map[least] = least;
	}
	return true;
}

/* What every name of a security means. */
static bool resolve_aliases(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	const size_t count = names_count(facts->names) + 1;
	uint32_t *const map = pool_alloc(&replay->scratch, count * sizeof *map);
	bool good = true;

	for (size_t i = 0; i < count; i++)
		map[i] = (uint32_t)i;
	for (size_t i = 0; good && i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_SECURITY)
			good = set_meaning(replay, map, fact, fact->alias, fact->symbol);
		else if (fact->kind == FACT_SYMBOL_CHANGE)
			good = set_meaning(replay, map, fact, fact->symbol, fact->target);
	}
	/* An alias of an alias means what that means. */
	good = good && close_circles(replay, map, count);
	for (size_t i = 0; good && i < count; i++)
		while (map[map[i]] != map[i])
			map[i] = map[map[i]];
	replay->security = map;
	replay->known = pool_alloc(&replay->scratch, count * sizeof *replay->known);
	replay->chain = pool_alloc(&replay->scratch, count * sizeof *replay->chain);
	for (size_t i = 0; i < count; i++)
		replay->chain[i] = NONE;
	return good;
}

/* Kinds whose shares are taken from lots of a place. */
static bool takes_lots(enum fact_kind kind)
{
	return kind == FACT_SALE || kind == FACT_REPORTED_SALE || kind == FACT_GIFT ||
		kind == FACT_CASH_IN_LIEU || kind == FACT_TO_SPOUSE || kind == FACT_SWAP;
}

static bool check_facts(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	const size_t names = names_count(facts->names) + 1;

	replay->sheltered =
		pool_alloc(&replay->scratch, names * sizeof *replay->sheltered);
	replay->owner_of = pool_alloc(&replay->scratch, names * sizeof *replay->owner_of);
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (!fact_check(fact, replay->why))
			return fail_in_fact(replay->why, fact, facts->names);
		replay->has_accounts |= fact->account != 0 || fact->kind == FACT_TRANSFER;
		replay->has_owners |= fact->owner != 0 || fact->kind == FACT_TO_SPOUSE ||
			fact->kind == FACT_DEATH;
		replay->has_plans |= fact->plan != 0;
		replay->anywhere |= takes_lots(fact->kind) && fact->account == 0;
		replay->has_dates |=
			fact->kind == FACT_REPORTED_SALE && day_known(fact->other_day);
		if (fact->kind == FACT_ACCOUNT && fact->owner != 0)
			replay->owner_of[fact->account] = fact->owner;
		if (fact->kind == FACT_ACCOUNT &&
			strcmp(names_text(facts->names, fact->text), "ira") == 0)
			replay->sheltered[fact->account] = true;
	}
	return true;
}

/* When in its day a fact happens, and what it does; those without are read beforehand. */
static const struct {
	bool happens;
	enum rank rank;
	bool (*happen)(struct replay *, const struct event *);
} deeds[FACT_KINDS] = {
	[FACT_SYMBOL_CHANGE] = { true, RANK_CHANGE, replay_corporate },
	[FACT_SPLIT] = { true, RANK_CHANGE, replay_corporate },
	[FACT_SPIN_OFF] = { true, RANK_CHANGE, replay_corporate },
	[FACT_MERGER] = { true, RANK_CHANGE, replay_corporate },
	[FACT_EXERCISE] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_RSU] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_RESTRICTED] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_ESPP] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_PURCHASE] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_GIFT_RECEIVED] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_INHERITANCE] = { true, RANK_ACQUIRE, replay_acquire },
	[FACT_VEST] = { false, RANK_VEST, replay_vest },
	[FACT_FORFEITURE] = { false, RANK_VEST, replay_forfeit },
	[FACT_TRANSFER] = { true, RANK_MOVE, replay_move },
	[FACT_TO_SPOUSE] = { true, RANK_MOVE, replay_move },
	[FACT_GIFT] = { true, RANK_DISPOSE, replay_dispose },
	[FACT_SALE] = { false, RANK_DISPOSE, replay_dispose },
	[FACT_CASH_IN_LIEU] = { false, RANK_DISPOSE, replay_dispose },
	[FACT_REPORTED_SALE] = { false, RANK_DISPOSE, replay_dispose },
	[FACT_DEATH] = { true, RANK_END, replay_end },
	[FACT_WORTHLESS] = { true, RANK_END, replay_end },
};

static void add_event(struct replay *replay, const struct fact *fact, uint32_t vesting)
{
	struct event event = { .day = fact->day,
		.rank = deeds[fact->kind].rank,
		.slot = NONE,
		.vesting = vesting,
		.fact = fact };

	/* What is bought out was for sale that day; what comes of a merger is, too. */
	if (fact->kind == FACT_MERGER && (fact->taxable || fact->target == 0))
		event.rank = RANK_END;
	if (fact->kind == FACT_WORTHLESS) {
		/* As if sold on the last day of the year (s. 165(g), R-058). */
		const bool exists =
			day_from_civil(day_year(fact->day), 12, 31, &event.day);

		assert(exists);
	}
	GROW(replay->event, replay->event_count, replay->event_room);
	replay->event[replay->event_count++] = event;
}

static void collect_events(struct replay *replay)
{
	const struct facts *const facts = replay->facts;

	for (size_t i = 0; i < facts->count; i++)
		if (deeds[facts->at[i].kind].happens)
			add_event(replay, &facts->at[i], NONE);
	for (size_t i = 0; i < replay->vesting_count; i++)
		add_event(replay, replay->vesting[i].fact, (uint32_t)i);
	replay_join(replay);
	if (day_known(replay->until)) {
		size_t kept = 0;

		for (size_t i = 0; i < replay->event_count; i++)
			if (replay->event[i].day.number <= replay->until.number)
				replay->event[kept++] = replay->event[i];
		replay->event_count = kept;
	}
	events_sort(replay->event, replay->event_count, replay->rank);
}

static bool happen(struct replay *replay, const struct event *event)
{
	const struct fact *const fact =
		event->fact != NULL ? event->fact : event->reported;
	const bool good = event->rank == RANK_END
		? replay_end(replay, event)
		: deeds[fact->kind].happen(replay, event);

	return good || fail_in_fact(replay->why, fact, replay->facts->names);
}

static bool prepare(struct replay *replay)
{
	if (!check_facts(replay) || !resolve_aliases(replay) || !replay_labels(replay) ||
		!replay_picks(replay) || !replay_grants(replay))
		return false;
	replay->rank = order_of_names(replay->facts->names, &replay->scratch);
	replay_splits(replay);
	if (!replay_changes(replay) || !replay_supersessions(replay) ||
		!replay_exercisable(replay))
		return false;
	replay_limits(replay);
	return replay_vestings(replay) && replay_swaps(replay) && replay_standing(replay);
}

/*
 * Room for what every event makes at least: growing arrays that are large leave holes. Room that is
 * never used costs no memory.
 */
static void reserve(struct replay *replay)
{
	const size_t room = replay->event_count + 16;

	replay->tally = must_grow(NULL, room, sizeof *replay->tally);
	replay->tally_room = room;
	/* Some were made before the first event. */
	replay->notice_room = replay->notice_count + room;
	replay->notice =
		must_grow(replay->notice, replay->notice_room, sizeof *replay->notice);
	replay->lot = must_grow(NULL, room, sizeof *replay->lot);
	replay->state = must_grow(NULL, room, sizeof *replay->state);
	replay->epoch = must_grow(NULL, room, sizeof *replay->epoch);
	replay->disposition = must_grow(NULL, room, sizeof *replay->disposition);
	replay->lot_room = replay->state_room = replay->epoch_room = room;
	replay->disposition_room = room;
}

static void end_day(struct replay *replay, size_t *settled)
{
	replay_settle(replay);
	note_successors(replay, *settled);
	*settled = replay->disposition_count;
}

static bool replay_all(struct replay *replay)
{
	if (!prepare(replay))
		return false;
	collect_events(replay);
	if (!changes_order(replay))
		return false;
	reserve(replay);
	replay_slots(replay);
	size_t settled = 0;

	for (size_t i = 0; i < replay->event_count; i++) {
		if (!happen(replay, &replay->event[i]))
			return false;
		/* All sales of a day take their shares before any is taxed: R-080. */
		if (i + 1 == replay->event_count ||
			replay->event[i + 1].day.number != replay->event[i].day.number)
			end_day(replay, &settled);
	}
	free(replay->event);
	replay->event = NULL;
	return replay_superseded_shares(replay);
}

static int compare_notices(const void *left, const void *right, const void *rank)
{
	const struct notice *const a = left, *const b = right;
	int by = a->fact->day.number < b->fact->day.number
		? -1
		: a->fact->day.number > b->fact->day.number;

	if (by == 0)
		by = fact_compare(a->fact, b->fact, rank);
	if (by == 0)
		by = a->kind < b->kind ? -1 : a->kind > b->kind;
	return by != 0 ? by : a->lot < b->lot ? -1 : a->lot > b->lot;
}

static void release(struct replay *replay)
{
	free(replay->event);
	free(replay->lot);
	free(replay->state);
	free(replay->epoch);
	free(replay->tally);
	free(replay->disposition);
	free(replay->notice);
	free(replay->pending);
	free(replay->slot);
	free(replay->promise);
	free(replay->match);
	shelves_release(&replay->shelves);
	pool_release(&replay->scratch);
}

bool lots_replay(
	const struct facts *facts, struct lots *lots, struct pool *pool, struct fail *why)
{
	return lots_replay_until(facts, DAY_NONE, lots, pool, why);
}

/* Shares that taxable mergers give, by place of the fact; NULL where there are none. */
static int64_t *room_for_exchanged(const struct facts *facts, struct pool *pool)
{
	for (size_t i = 0; i < facts->count; i++)
		if (is_taxable_exchange(&facts->at[i]))
			return pool_alloc(pool, facts->count * sizeof(int64_t));
	return NULL;
}

bool lots_replay_until(const struct facts *facts, struct day until, struct lots *lots,
	struct pool *pool, struct fail *why)
{
	struct pool counts = { 0 };
	struct replay replay = { .facts = facts,
		.until = until,
		.pool = pool,
		.why = why,
		.exchanged = room_for_exchanged(facts, &counts) };
	bool good = replay_all(&replay);

	if (good && replay.exchanged != NULL) {
		/* No wash sale changes how many shares are held: the counts are the same again. */
		const int64_t *const known = replay.exchanged;

		release(&replay);
		replay = (struct replay){ .facts = facts,
			.until = until,
			.pool = pool,
			.why = why,
			.exchanged = room_for_exchanged(facts, &counts),
			.known_exchanged = known };
		good = replay_all(&replay);
	}

	if (good) {
		sort_stable(replay.notice, replay.notice_count, sizeof *replay.notice,
			compare_notices, replay.rank);
		replay_shadows(&replay);
		*lots = (struct lots){
			.lot = replay.lot,
			.lot_count = replay.lot_count,
			.disposition = replay.disposition,
			.disposition_count = replay.disposition_count,
			.notice = replay.notice,
			.notice_count = replay.notice_count,
			.facts = facts,
		};
		replay_options(&replay, lots);
		pool_adopt(pool, replay.lot);
		pool_adopt(pool, replay.disposition);
		pool_adopt(pool, replay.notice);
		replay.lot = NULL;
		replay.disposition = NULL;
		replay.notice = NULL;
	}
	release(&replay);
	pool_release(&counts);
	return good;
}
