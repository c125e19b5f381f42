/* A lot's life: made, shelved, taken from, split, scaled. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/replay.h"

static void join_family(struct replay *replay, uint32_t at, uint32_t index)
{
	struct slot *const slot = &replay->slot[index];
	struct lot_state *const state = &replay->state[at];

	state->before = slot->last;
	if (slot->last == NONE)
		slot->first = at;
	else
		replay->state[slot->last].after = at;
	slot->last = at;
}

/* ---- tallies ------------------------------------------------------------------------ */

struct tally *lot_tally(const struct replay *replay, uint32_t at)
{
	assert(replay->state[at].tally != NONE);
	return &replay->tally[replay->state[at].tally];
}

static bool worth_more(const struct tally *tally)
{
	return tally->total[TOTAL_VALUE] > tally->total[TOTAL_COST];
}

static uint32_t tally_new(struct replay *replay, struct tally tally)
{
	uint32_t at = replay->kept_tally;

	if (at != 0) {
		replay->kept_tally = (uint32_t)replay->tally[at - 1].shares;
	} else {
		GROW(replay->tally, replay->tally_count, replay->tally_room);
		at = (uint32_t)++replay->tally_count;
	}
	replay->tally[at - 1] = tally;
	return at - 1;
}

static void tally_drop(struct replay *replay, uint32_t lot)
{
	const uint32_t at = replay->state[lot].tally;

	replay->tally[at].shares = replay->kept_tally;
	replay->kept_tally = at + 1;
	replay->state[lot].tally = NONE;
}

static void tally_put(struct replay *replay, uint32_t at, struct tally tally)
{
	*lot_tally(replay, at) = tally;
	replay->state[at].worth_more = worth_more(&tally);
}

/* ---- lots --------------------------------------------------------------------------- */

static uint32_t append(struct replay *replay, struct lot lot, struct lot_state state)
{
	const uint32_t at = (uint32_t)replay->lot_count;

	assert(at < NONE);
	GROW(replay->lot, replay->lot_count, replay->lot_room);
	GROW(replay->state, replay->lot_count, replay->state_room);
	GROW(replay->epoch, replay->lot_count, replay->epoch_room);
	replay->epoch[at] = 0;
	lot.number = at + 1;
	replay->lot[at] = lot;
	replay->state[at] = state;
	replay->state[at].next_of_security = replay->chain[state.security];
	replay->chain[state.security] = at;
	replay->lot_count++;
	return at;
}

uint32_t lot_add(struct replay *replay, struct lot lot, struct tally tally,
	uint32_t security, uint32_t slot)
{
	if (lot.owner == 0)
		lot.owner = replay->owner_of[lot.account];
	if (lot.earner == 0)
		lot.earner = lot.owner;
	lot.open = lot.shares;
	lot.resized = (struct shares){ 0 };
	lot.cost.cents = tally.total[TOTAL_COST];
	lot.value.cents = tally.total[TOTAL_VALUE];
	for (int b = 0; b < BOOKS; b++) {
		lot.basis[b].cents = tally.total[TOTAL_BASIS + b];
		lot.open_basis[b] = lot.basis[b];
	}
	const uint32_t at = append(replay, lot,
		(struct lot_state){ .tally = tally_new(replay, tally),
			.worth_more = worth_more(&tally),
			.security = security,
			.slot = slot,
			.before = NONE,
			.after = NONE,
			.vesting = NONE,
			.next_spun = NONE,
			.last_part = NONE,
			.earlier_part = NONE });

	if (slot != NONE)
		join_family(replay, at, slot);
	replay->known[security] |= 1u << lot.kind;
	return at;
}

bool lot_included(const struct replay *replay, uint32_t at)
{
	return replay->lot[at].inclusion_year != 0 && replay->state[at].worth_more;
}

struct part lot_take(struct replay *replay, uint32_t at, int64_t shares)
{
	struct lot *const lot = &replay->lot[at];
	const struct part part = tally_take(lot_tally(replay, at), shares);

	lot->open.e8 -= shares;
	for (int b = 0; b < BOOKS; b++)
		lot->open_basis[b].cents -= part.of[TOTAL_BASIS + b];
	if (lot->open.e8 == 0) {
		lot_unshelve(replay, at);
		tally_drop(replay, at);
	}
	return part;
}

void lot_is_part(
	struct replay *replay, struct lot *part, uint32_t whole, struct parting parting)
{
	uint32_t before = replay->state[whole].last_part;

	part->parent = replay->lot[whole].number;
	part->parted = (uint32_t)(parting.by - replay->facts->at) + 1;
	part->part = parting.letter;
	part->over_limit = part->unsure = false;
	part->again = 0;
	/* Parts made by one sale, in one book or the other, are the latest ones. */
	for (; before != NONE && replay->lot[before].parted == part->parted;
		before = replay->state[before].earlier_part)
		if (replay->lot[before].part == part->part)
			part->again++;
}

uint32_t lot_split(
	struct replay *replay, uint32_t at, int64_t shares, struct parting parting)
{
	assert(shares > 0 && shares < replay->lot[at].open.e8);
	const bool included = lot_included(replay, at);
	const struct part part = tally_take(lot_tally(replay, at), shares);
	struct lot *const rest = &replay->lot[at];
	struct lot lot = *rest;
	struct lot_state state = replay->state[at];

	lot_is_part(replay, &lot, at, parting);
	lot.shares.e8 = lot.open.e8 = shares;
	lot.cost.cents = part.of[TOTAL_COST];
	lot.value.cents = part.of[TOTAL_VALUE];
	lot.compensation.cents = 0;
	lot.inclusion.cents = included ? part.of[TOTAL_VALUE] - part.of[TOTAL_COST] : 0;
	struct tally tally = { .shares = shares };

	for (int i = 0; i < TOTALS; i++)
		tally.total[i] = part.of[i];
	rest->shares.e8 -= shares;
	rest->open.e8 -= shares;
	rest->cost = money_less(rest->cost, lot.cost);
	rest->value = money_less(rest->value, lot.value);
	rest->inclusion = money_less(rest->inclusion, lot.inclusion);
	for (int b = 0; b < BOOKS; b++) {
		lot.basis[b].cents = part.of[TOTAL_BASIS + b];
		lot.open_basis[b] = lot.basis[b];
		rest->basis[b] = money_less(rest->basis[b], lot.basis[b]);
		rest->open_basis[b] = money_less(rest->open_basis[b], lot.basis[b]);
		/* The losses carried in go along, share by share. */
		lot.adjusted[b] =
			money_part(rest->adjusted[b], shares, rest->shares.e8 + shares);
		rest->adjusted[b] = money_less(rest->adjusted[b], lot.adjusted[b]);
	}
	state.tally = tally_new(replay, tally);
	state.worth_more = worth_more(&tally);
	state.shelved = false;
	state.after = at;
	state.last_part = NONE;
	state.earlier_part = replay->state[at].last_part;
	const uint32_t piece = append(replay, lot, state);

	replay->state[at].last_part = piece;

	if (state.slot != NONE) {
		struct slot *const slot = &replay->slot[state.slot];

		if (state.before == NONE)
			slot->first = piece;
		else
			replay->state[state.before].after = piece;
		replay->state[at].before = piece;
		for (int b = 0; b < BOOKS; b++)
			if (slot->cursor[b] == at)
				slot->cursor[b] = piece;
	} else {
		replay->state[piece].after = NONE;
	}
	if (replay->state[at].shelved)
		lot_shelve(replay, piece);
	return piece;
}

void lot_set(struct replay *replay, uint32_t at, struct tally tally)
{
	struct lot *const lot = &replay->lot[at];
	const struct tally old = tally_rest(lot_tally(replay, at));

	lot->cost.cents += tally.total[TOTAL_COST] - old.total[TOTAL_COST];
	lot->value.cents += tally.total[TOTAL_VALUE] - old.total[TOTAL_VALUE];
	for (int b = 0; b < BOOKS; b++) {
		const int64_t more =
			tally.total[TOTAL_BASIS + b] - old.total[TOTAL_BASIS + b];

		lot->basis[b].cents += more;
		lot->open_basis[b].cents += more;
	}
	tally_put(replay, at, tally);
}

void lot_scale(struct replay *replay, uint32_t at, int64_t now, int64_t before)
{
	struct lot *const lot = &replay->lot[at];
	struct tally rest = tally_rest(lot_tally(replay, at));
	const int64_t gone = lot->shares.e8 - lot->open.e8;

	lot->shares.e8 = divide_half_away((int128)lot->shares.e8 * now, before);
	lot->open.e8 = divide_half_away((int128)lot->open.e8 * now, before);
	lot->resized.e8 += lot->shares.e8 - lot->open.e8 - gone;
	rest.shares = lot->open.e8;
	tally_put(replay, at, rest);
}

/* ---- shelves ------------------------------------------------------------------------ */

#define KEYS_MOST 24

/* All the shelves that a lot belongs on. */
static size_t keys_of(
	const struct replay *replay, uint32_t at, struct shelf_key keys[KEYS_MOST])
{
	const struct lot *const lot = &replay->lot[at];
	const uint32_t security = replay->state[at].security;
	const bool sheltered = replay->sheltered[lot->account];
	const uint32_t accounts[] = { SHELF_ANY, lot->account };
	const uint32_t owners[] = { SHELF_ANY, lot->owner };
	size_t count = 0;
	int32_t extra;

	/* Where every taker says its account, no lot needs to be on the shelf of all. */
	const int first = sheltered || (replay->has_accounts && !replay->anywhere);

	for (int a = first; a <= replay->has_accounts; a++)
		for (int o = 0; o <= replay->has_owners; o++)
			for (enum shelf_kind kind = SHELF_PLACE; kind <= SHELF_PLAN_DATE;
				kind++) {
				const bool dated =
					kind == SHELF_DATE || kind == SHELF_PLAN_DATE;
				const bool plan =
					kind == SHELF_PLAN || kind == SHELF_PLAN_DATE;

				if ((dated && !replay->has_dates) ||
					(plan && !replay->has_plans))
					continue;
				keys[count++] = (struct shelf_key){ kind, security,
					accounts[a], owners[o],
					dated ? lot->acquired.number : 0,
					plan ? lot->kind : 0 };
			}
	if (lot->label != 0)
		keys[count++] = (struct shelf_key){ .kind = SHELF_LABEL,
			.extra = (int32_t)lot->label };
	else if (origin_is_picked(replay, lot, &extra))
		keys[count++] = (struct shelf_key){ .kind = SHELF_LABEL, .extra = extra };
	if (lot->grant != NULL && lot->grant->grant != 0)
		keys[count++] = (struct shelf_key){ .kind = SHELF_GRANT,
			.security = security,
			.extra = (int32_t)lot->grant->grant };
	assert(count <= KEYS_MOST);
	return count;
}

void lot_shelve(struct replay *replay, uint32_t at)
{
	struct shelf_key keys[KEYS_MOST];
	const size_t count = keys_of(replay, at, keys);

	assert(!replay->state[at].shelved && replay->lot[at].open.e8 > 0);
	replay->state[at].shelved = true;
	for (size_t i = 0; i < count; i++)
		shelf_put(replay, shelf_make(replay, keys[i]), at);
}

void lot_unshelve(struct replay *replay, uint32_t at)
{
	struct shelf_key keys[KEYS_MOST];

	if (!replay->state[at].shelved)
		return;
	const size_t count = keys_of(replay, at, keys);

	for (size_t i = 0; i < count; i++)
		shelf_find(replay, keys[i])->open--;
	replay->state[at].shelved = false;
	replay->epoch[at]++;
}

/* ---- all lots of a security --------------------------------------------------------- */

void lot_set_security(
	struct replay *replay, uint32_t at, uint32_t security, uint32_t symbol)
{
	const bool shelved = replay->state[at].shelved;

	lot_unshelve(replay, at);
	replay->lot[at].symbol = symbol;
	replay->known[security] |= 1u << replay->lot[at].kind;
	replay->state[at].security = security;
	if (shelved)
		lot_shelve(replay, at);
}

static int compare_numbers(const void *left, const void *right)
{
	const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return a < b ? -1 : a > b;
}

struct held held_lots(struct replay *replay, uint32_t security)
{
	struct held held = { NULL, 0 };
	size_t room = 0;
	uint32_t *link = &replay->chain[security];

	while (*link != NONE) {
		const uint32_t at = *link;

		/* Closed lots never open again, moved ones have another chain. */
		if (replay->lot[at].open.e8 == 0 ||
			replay->state[at].security != security) {
			*link = replay->state[at].next_of_security;
			continue;
		}
		GROW(held.at, held.count, room);
		held.at[held.count++] = at;
		link = &replay->state[at].next_of_security;
	}
	if (held.count > 1)
		qsort(held.at, held.count, sizeof *held.at, compare_numbers);
	return held;
}

void held_join(struct replay *replay, const struct held *held, uint32_t security)
{
	for (size_t i = 0; i < held->count; i++) {
		replay->state[held->at[i]].next_of_security = replay->chain[security];
		replay->chain[security] = held->at[i];
	}
}
