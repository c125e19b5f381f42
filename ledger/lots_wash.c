/*
 * Wash sales, in each book by itself: losses matched, share for share, with acquisitions within
 * 30 days either way, across all accounts of the household. Losses in the order
 * of the sales, acquisitions in the order of their days (Reg. 1.1091-1).
 *
 * Positions taken, where the law leaves room: shares of the acquisition that is sold replace
 * none of it (Rev. Rul. 56-602); what was acquired before the sale replaces only with shares
 * still held at the end of its day, for only those can carry the loss.
 */
#include <assert.h>
#include <stdlib.h>

#include "ledger/replay.h"

#define WINDOW   30
#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

/* ---- the acquisitions, by security and day ------------------------------------------- */

/*
 * Shares for shares on which all gain or loss is recognized: the new ones are acquired "by an
 * exchange on which the entire amount of gain or loss was recognized by law" (s. 1091(a)). How many
 * they are hangs on what is held then, so a first pass counts them (lots_replay_until).
 */
bool is_taxable_exchange(const struct fact *fact)
{
	return fact->kind == FACT_MERGER && fact->taxable && fact->target != 0;
}

static uint32_t acquired_security(const struct replay *replay, const struct fact *fact)
{
	return is_taxable_exchange(fact) ? replay->security[fact->target]
					 : replay_security(replay, fact);
}

/* Shares that an event acquires; 0 if it is no acquisition in the sense of s. 1091. */
static int64_t acquired_by(const struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;

	if (fact == NULL)
		return 0;
	if (fact->kind == FACT_EXERCISE)
		return fact->shares.e8 - swapped_shares(replay, fact);
	if (fact->kind == FACT_RSU)
		return fact->kept_known ? fact->kept.e8 : fact->shares.e8;
	if (fact->kind == FACT_ESPP || fact->kind == FACT_PURCHASE)
		return fact->shares.e8;
	if (fact->kind == FACT_RESTRICTED)
		return fact->elected == COVERED_YES ? fact->shares.e8 : 0;
	/* All gain or loss is recognized, so these are acquired by a taxable exchange. */
	if (is_taxable_exchange(fact))
		return replay->known_exchanged == NULL
			? 0
			: replay->known_exchanged[fact - replay->facts->at];
	if (fact->kind == FACT_VEST) {
		const struct fact *const origin = replay->vesting[event->vesting].origin;

		return origin->kind == FACT_RESTRICTED && origin->elected != COVERED_YES
			? fact->shares.e8
			: 0;
	}
	return 0;
}

struct sorting {
	uint32_t security;
	uint32_t event; /* in the order of days */
};

static int compare_slots(const void *left, const void *right)
{
	const struct sorting *const a = left, *const b = right;
	const int by = BY(a->security, b->security);

	return by != 0 ? by : BY(a->event, b->event);
}

void replay_slots(struct replay *replay)
{
	struct sorting *list = NULL;
	size_t count = 0, room = 0;

	for (size_t i = 0; i < replay->event_count; i++) {
		struct event *const event = &replay->event[i];

		event->slot = NONE;
		if (acquired_by(replay, event) <= 0)
			continue;
		GROW(list, count, room);
		list[count++] = (struct sorting){ acquired_security(replay, event->fact),
			(uint32_t)i };
	}
	if (count > 1)
		qsort(list, count, sizeof *list, compare_slots);
	replay->slot = must_alloc(count * sizeof *replay->slot);
	replay->slot_count = count;
	replay->kept_promise = NONE;
	for (size_t i = 0; i < count; i++) {
		struct event *const event = &replay->event[list[i].event];
		struct slot *const slot = &replay->slot[i];

		event->slot = (uint32_t)i;
		*slot = (struct slot){ .security = list[i].security,
			.day = event->day,
			.shares = acquired_by(replay, event),
			.account = event->fact->account,
			.sheltered = replay->sheltered[event->fact->account],
			.first = NONE,
			.last = NONE };
		for (int b = 0; b < BOOKS; b++) {
			slot->cursor[b] = NONE;
			slot->promise[b] = slot->last_promise[b] = NONE;
			slot->next[b] = (uint32_t)i;
		}
	}
	free(list);
	const size_t securities = names_count(replay->facts->names) + 1;
	size_t at = 0;

	replay->slots_from =
		pool_alloc(&replay->scratch, (securities + 1) * sizeof(uint32_t));
	for (size_t i = 0; i <= securities; i++) {
		while (at < count && replay->slot[at].security < i)
			at++;
		replay->slots_from[i] = (uint32_t)at;
	}
}

/* The first slot from `at` on that has something left in a book, with the way shortened. */
static uint32_t with_rest(struct replay *replay, enum book book, uint32_t at)
{
	uint32_t end = at;

	while (end < replay->slot_count && replay->slot[end].next[book] != end)
		end = replay->slot[end].next[book];
	while (at < replay->slot_count && at != end) {
		const uint32_t next = replay->slot[at].next[book];

		replay->slot[at].next[book] = end;
		at = next;
	}
	return end;
}

static uint32_t first_in_window(
	const struct replay *replay, uint32_t security, struct day day)
{
	size_t from = replay->slots_from[security];
	size_t to = replay->slots_from[security + 1];

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (replay->slot[middle].day.number < day.number - WINDOW)
			from = middle + 1;
		else
			to = middle;
	}
	return (uint32_t)from;
}

/* ---- matching ----------------------------------------------------------------------- */

static void add_match(struct replay *replay, struct match match)
{
	GROW(replay->match, replay->match_count, replay->match_room);
	replay->match[replay->match_count++] = match;
}

/* A promise lives for thirty days at most; its place is used again. */
static uint32_t new_promise(struct replay *replay)
{
	const uint32_t kept = replay->kept_promise;

	if (kept != NONE) {
		replay->kept_promise = replay->promise[kept].next;
		return kept;
	}
	GROW(replay->promise, replay->promise_count, replay->promise_room);
	return (uint32_t)replay->promise_count++;
}

/* Of an acquisition still to come: the next shares of it are promised. */
static int64_t promise_from(struct replay *replay, enum book book, uint32_t at,
	const struct disposition *sale, int64_t wanted)
{
	const struct day sold = sale->sold;
	struct slot *const slot = &replay->slot[at];
	const int64_t left = slot->shares - slot->promised[book];
	const int64_t asked =
		units_between(replay, slot->security, sold, slot->day, wanted);
	const int64_t given = asked < left ? asked : left;
	/* All that was wanted, or what the rest of the slot is in the sale's units. */
	int64_t matched = asked <= left
		? wanted
		: units_between(replay, slot->security, slot->day, sold, given);

	matched = matched < wanted ? matched : wanted;
	const uint32_t promise = new_promise(replay);

	replay->promise[promise] = (struct promise){ .shares = given,
		.next = NONE,
		.disposition = (uint32_t)(sale - replay->disposition) };
	if (slot->last_promise[book] == NONE)
		slot->promise[book] = promise;
	else
		replay->promise[slot->last_promise[book]].next = promise;
	slot->last_promise[book] = promise;
	slot->promised[book] += given;
	if (slot->promised[book] == slot->shares)
		slot->next[book] = at + 1;
	add_match(replay, (struct match){ true, promise, matched, slot->sheltered });
	return matched;
}

/* Of lots that are there: those held and not matched yet in this book, in order. */
static int64_t match_from(struct replay *replay, enum book book, uint32_t at,
	const struct disposition *disposition, int64_t wanted)
{
	struct slot *const slot = &replay->slot[at];
	int64_t matched = 0;

	while (matched < wanted && slot->cursor[book] != NONE) {
		uint32_t lot = slot->cursor[book];
		const int64_t open = replay->lot[lot].open.e8;

		if (open > wanted - matched)
			lot = lot_split(replay, lot, wanted - matched,
				parting_by_loss(disposition, book));
		slot->cursor[book] = replay->state[lot].after;
		if (open == 0)
			continue;
		matched += replay->lot[lot].open.e8;
		add_match(replay,
			(struct match){
				false, lot, replay->lot[lot].open.e8, slot->sheltered });
	}
	if (slot->cursor[book] == NONE)
		slot->next[book] = at + 1;
	return matched;
}

int64_t wash_match(struct replay *replay, enum book book,
	const struct disposition *disposition, const uint32_t *account, int64_t shares)
{
	const struct lot_state *const sold = &replay->state[disposition->lot];
	const uint32_t security = sold->security, own = sold->slot;
	const struct day day = disposition->sold;
	int64_t matched = 0;

	replay->match_count = 0;
	for (uint32_t at =
			with_rest(replay, book, first_in_window(replay, security, day));
		matched < shares && at < replay->slot_count &&
		replay->slot[at].security == security &&
		replay->slot[at].day.number <= day.number + WINDOW;
		at = with_rest(replay, book, at + 1)) {
		if (at == own ||
			(account != NULL && replay->slot[at].account != *account))
			continue;
		matched += replay->slot[at].born
			? match_from(replay, book, at, disposition, shares - matched)
			: promise_from(replay, book, at, disposition, shares - matched);
	}
	return matched;
}

/* ---- carrying ----------------------------------------------------------------------- */

/* The loss becomes basis, and the holding period tacks on (s. 1223(3)). */
static void give_to_lot(struct replay *replay, enum book book, uint32_t at,
	struct money loss, int32_t tacked)
{
	struct tally tally = tally_rest(lot_tally(replay, at));
	struct lot *const lot = &replay->lot[at];

	tally.total[TOTAL_BASIS + (int)book] += loss.cents;
	lot->adjusted[book] = money_plus(lot->adjusted[book], loss);
	lot->held_since[book] = day_plus(lot->held_since[book], -tacked);
	lot_set(replay, at, tally);
	if (replay->standing_count > 0 && replay->state[at].shelved) {
		/* Its place in an order by cost or gap has changed. */
		lot_unshelve(replay, at);
		lot_shelve(replay, at);
	}
}

void wash_carry(struct replay *replay, enum book book, struct disposition *disposition,
	struct money loss)
{
	const struct lot *const sold = &replay->lot[disposition->lot];
	const int32_t held = day_known(sold->held_since[book])
		? disposition->sold.number - sold->held_since[book].number
		: 0;
	int64_t sum = 0, gone = 0;
	bool lost = false;

	for (size_t i = 0; i < replay->match_count; i++)
		sum += replay->match[i].shares;
	disposition->washed[book].e8 += sum;
	for (size_t i = 0; i < replay->match_count; i++) {
		const struct match *const match = &replay->match[i];
		const int64_t before = money_part(loss, gone, sum).cents;

		gone += match->shares;
		const struct money part = { money_part(loss, gone, sum).cents - before };

		lost |= match->lost;
		if (match->promised) {
			replay->promise[match->at].loss =
				match->lost ? (struct money){ 0 } : part;
			replay->promise[match->at].tacked = match->lost ? 0 : held;
			continue;
		}
		if (disposition->replacement == NOTICE_NOWHERE)
			disposition->replacement = match->at;
		if (!match->lost)
			give_to_lot(replay, book, match->at, part, held);
	}
	if (lost)
		replay_note(replay, NOTICE_wash_lost,
			disposition->sale != NULL ? disposition->sale
						  : disposition->reported,
			disposition->lot, NOTICE_NOWHERE);
}

/* The sale learns what has taken its loss; of another year, so does the reader. */
static void tell_sale(struct replay *replay, uint32_t at, uint32_t lot)
{
	struct disposition *const sale = &replay->disposition[at];
	const bool first = sale->replacement == NOTICE_NOWHERE;

	if (!first)
		return;
	sale->replacement = lot;
	if (day_year(replay->lot[lot].acquired) > day_year(sale->sold))
		replay_note(replay, NOTICE_wash_next_year,
			sale->sale != NULL ? sale->sale : sale->reported, lot, at);
}

/* What was promised in one book, lot after lot of the family. */
static void keep_promises(struct replay *replay, struct slot *slot, enum book book)
{
	uint32_t lot = slot->first;

	for (uint32_t at = slot->promise[book]; at != NONE;) {
		const struct promise promise = replay->promise[at];

		replay->promise[at].next = replay->kept_promise;
		replay->kept_promise = at;
		at = promise.next;
		int64_t left = promise.shares, gone = 0;

		while (left > 0 && lot != NONE) {
			uint32_t piece = lot;

			if (replay->lot[lot].open.e8 > left)
				piece = lot_split(replay, lot, left,
					parting_by_loss(
						&replay->disposition[promise.disposition],
						book));
			else
				lot = replay->state[lot].after;
			const int64_t shares = replay->lot[piece].open.e8;
			const int64_t before =
				money_part(promise.loss, gone, promise.shares).cents;

			gone += shares;
			left -= shares;
			tell_sale(replay, promise.disposition, piece);
			give_to_lot(replay, book, piece,
				(struct money){
					money_part(promise.loss, gone, promise.shares)
						.cents -
					before },
				promise.tacked);
		}
	}
	slot->cursor[book] = lot;
}

void slot_born(struct replay *replay, uint32_t at)
{
	struct slot *const slot = &replay->slot[at];

	slot->born = true;
	for (int b = 0; b < BOOKS; b++)
		slot->cursor[b] = slot->first;
	for (int b = 0; b < BOOKS; b++)
		keep_promises(replay, slot, (enum book)b);
	for (int b = 0; b < BOOKS; b++)
		if (slot->cursor[b] == NONE)
			slot->next[b] = at + 1;
}
