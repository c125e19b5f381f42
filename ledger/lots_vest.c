/* Shares bought or awarded unvested: when they vest, and when they are given back. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/base/sort.h"
#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

struct origin {
	uint32_t security;
	int32_t day;
	const struct fact *fact;
};

static int compare_origins(const void *left, const void *right)
{
	const struct origin *const a = left, *const b = right;
	int by = BY(a->security, b->security);

	if (by == 0)
		by = BY(a->day, b->day);
	return by != 0 ? by : BY(a->fact, b->fact);
}

static int compare_vestings(const void *left, const void *right, const void *rank)
{
	const struct vesting *const a = left, *const b = right;
	/* By which origin only has to bring those of one together. */
	int by = BY(a->origin, b->origin);

	if (by == 0)
		by = BY(a->fact->day.number, b->fact->day.number);
	return by != 0 ? by : fact_compare(a->fact, b->fact, rank);
}

static bool is_origin(const struct fact *fact)
{
	return fact->kind == FACT_RESTRICTED ||
		(fact->kind == FACT_EXERCISE && fact->unvested.e8 > 0);
}

/* The exercise or award that a vest is of. */
static bool find_origin(struct replay *replay, const struct origin *origins, size_t count,
	const struct fact *vest, const struct fact **found)
{
	struct fail *const why = replay->why;
	const struct names *const names = replay->facts->names;

	if (vest->lot != 0) {
		*found = origin_of_name(replay, vest->lot);
		if (*found != NULL && is_origin(*found))
			return true;
		fail_set(why, FAIL_BAD_INPUT, "no shares named \"%s\" came unvested",
			names_text(names, vest->lot));
		return fail_hint(
			why, "say at the exercise how many were unvested, or award them");
	}
	const struct origin key = { replay_security(replay, vest), vest->other_day.number,
		NULL };
	size_t from = 0, to = count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (origins[middle].security < key.security ||
			(origins[middle].security == key.security &&
				origins[middle].day < key.day))
			from = middle + 1;
		else
			to = middle;
	}
	if (from == count || origins[from].security != key.security ||
		origins[from].day != key.day) {
		char day[DAY_TEXT];

		return fail_set(why, FAIL_BAD_INPUT, "no unvested shares came on %s",
			day_iso(vest->other_day, day));
	}
	if (from + 1 < count && origins[from + 1].security == key.security &&
		origins[from + 1].day == key.day) {
		fail_set(why, FAIL_BAD_INPUT, "unvested shares came twice on that day");
		return fail_hint(why, "name the lots, and say which one with lot");
	}
	*found = origins[from].fact;
	return true;
}

static bool not_before_origin(
	struct replay *replay, const struct fact *fact, const struct fact *origin)
{
	char day[DAY_TEXT];

	if (fact->day.number >= origin->day.number)
		return true;
	return fail_set(replay->why, FAIL_BAD_INPUT,
		"that is before the shares came, on %s", day_iso(origin->day, day));
}

/* No more vests, and is given back, than came unvested. */
static bool check_sums(struct replay *replay)
{
	for (size_t i = 0; i < replay->vesting_count;) {
		const struct fact *const origin = replay->vesting[i].origin;
		const int64_t had = origin->kind == FACT_RESTRICTED ? origin->shares.e8
								    : origin->unvested.e8;
		int64_t sum = 0;

		for (; i < replay->vesting_count && replay->vesting[i].origin == origin;
			i++) {
			const struct fact *const fact = replay->vesting[i].fact;

			sum += units_between(replay, replay_security(replay, fact),
				fact->day, origin->day, fact->shares.e8);
			if (sum <= had)
				continue;
			char there[MONEY_TEXT], asked[MONEY_TEXT];

			fail_set(replay->why, FAIL_BAD_INPUT,
				"%s shares came unvested, %s vest or are given back",
				shares_plain((struct shares){ had }, there),
				shares_plain((struct shares){ sum }, asked));
			return fail_in_fact(replay->why, fact, replay->facts->names);
		}
	}
	return true;
}

bool replay_vestings(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	struct origin *origins = NULL;
	struct vesting *list = NULL;
	size_t count = 0, room = 0, made = 0, made_room = 0;
	bool good = true;

	for (size_t i = 0; i < facts->count; i++)
		if (is_origin(&facts->at[i])) {
			GROW(origins, count, room);
			origins[count++] =
				(struct origin){ replay_security(replay, &facts->at[i]),
					facts->at[i].day.number, &facts->at[i] };
		}
	if (count > 1)
		qsort(origins, count, sizeof *origins, compare_origins);
	for (size_t i = 0; good && i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];
		const struct fact *origin = NULL;

		if (fact->kind != FACT_VEST && fact->kind != FACT_FORFEITURE)
			continue;
		good = find_origin(replay, origins, count, fact, &origin) &&
			not_before_origin(replay, fact, origin);
		if (!good) {
			fail_in_fact(replay->why, fact, facts->names);
			break;
		}
		GROW(list, made, made_room);
		list[made++] = (struct vesting){ fact, origin, NONE, NONE };
	}
	sort_stable(list, made, sizeof *list, compare_vestings, replay->rank);
	replay->vesting = pool_copy(&replay->scratch, list, made * sizeof *list);
	replay->vesting_count = made;
	free(list);
	free(origins);
	return good && check_sums(replay);
}

void vestings_of(
	const struct replay *replay, const struct fact *origin, size_t *from, size_t *to)
{
	size_t low = 0, high = replay->vesting_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (replay->vesting[middle].origin < origin)
			low = middle + 1;
		else
			high = middle;
	}
	*from = *to = low;
	while (*to < replay->vesting_count && replay->vesting[*to].origin == origin)
		++*to;
}

/* ---- what happens ------------------------------------------------------------------- */

/* Shares that vest: the compensation of an option that is no ISO, the inclusion of one. */
static void vest_lot(
	struct replay *replay, const struct fact *fact, uint32_t at, struct money value)
{
	struct lot *const lot = &replay->lot[at];
	const bool elected = lot->origin->elected == COVERED_YES;
	struct tally tally = tally_rest(lot_tally(replay, at));
	const struct money cost = { tally.total[TOTAL_COST] };
	const struct money spread =
		money_max((struct money){ 0 }, money_less(value, cost));

	lot->vested = fact->day;
	lot->unvested = false;
	/* For the regular tax an 83(b) election on an ISO does nothing: R-045. */
	if (lot->kind == LOT_ISO || !elected)
		tally.total[TOTAL_MEASURE] = value.cents;
	if (!elected) {
		tally.total[TOTAL_VALUE] = value.cents;
		for (int b = 0; b < BOOKS; b++) {
			if (b == BOOK_REGULAR && lot->kind == LOT_ISO)
				continue;
			/* Days that came with a loss carried over stay: s. 1223(3). */
			const int32_t tacked = lot->adjusted[b].cents > 0
				? lot->acquired.number - lot->held_since[b].number
				: 0;

			tally.total[TOTAL_BASIS + b] += spread.cents;
			lot->held_since[b] = day_plus(fact->day, -tacked);
		}
		if (lot->kind == LOT_ISO) {
			lot->inclusion = spread;
			lot->inclusion_year = day_year(fact->day);
		} else {
			lot->compensation = spread;
			lot->compensation_year = day_year(fact->day);
		}
	}
	lot_set(replay, at, tally);
	lot_shelve(replay, at);
}

/* Restricted shares without an election are transferred when they vest: R-116. */
static void vest_award(
	struct replay *replay, const struct event *event, const struct fact *award)
{
	const struct fact *const fact = event->fact;
	const struct money cost = price_times(award->price, fact->shares);
	const struct money value = price_times(fact->fmv, fact->shares);
	const struct money spread =
		money_max((struct money){ 0 }, money_less(value, cost));
	struct lot lot = {
		.label = award->lot,
		.symbol = fact->symbol,
		.account = award->account,
		.owner = award->owner,
		.kind = LOT_RESTRICTED,
		.origin = award,
		.acquired = fact->day,
		.granted = DAY_NONE,
		.vested = fact->day,
		.qualifies_on = DAY_NONE,
		.shares = fact->shares,
		.compensation = spread,
		.compensation_year = day_year(fact->day),
		.parted = (uint32_t)(fact - replay->facts->at) + 1,
		.part = parting_by(fact).letter,
	};
	struct tally tally = { .shares = fact->shares.e8 };

	for (int i = 0; i < TOTALS; i++)
		tally.total[i] = money_plus(cost, spread).cents;
	tally.total[TOTAL_COST] = cost.cents;
	for (int b = 0; b < BOOKS; b++)
		lot.held_since[b] = fact->day;
	lot_shelve(replay,
		lot_add(replay, lot, tally, replay_security(replay, fact), event->slot));
	slot_born(replay, event->slot);
}

static bool is_award(const struct fact *origin)
{
	return origin->kind == FACT_RESTRICTED && origin->elected != COVERED_YES;
}

/* The open lots of a vesting, within its family. */
static struct held lots_of_vesting(
	struct replay *replay, const struct vesting *vesting, uint32_t index)
{
	struct held held = { NULL, 0 };
	size_t room = 0;

	if (vesting->slot == NONE)
		return held;
	for (uint32_t at = replay->slot[vesting->slot].first; at != NONE;
		at = replay->state[at].after)
		if (replay->state[at].vesting == index && replay->lot[at].open.e8 > 0) {
			GROW(held.at, held.count, room);
			held.at[held.count++] = at;
		}
	return held;
}

static struct money cost_of(const struct replay *replay, uint32_t at)
{
	return (struct money){ tally_rest(lot_tally(replay, at)).total[TOTAL_COST] };
}

/* Shares spun off meanwhile vest as well, by the fraction of the basis that went with them. */
static void vest_spun(struct replay *replay, const struct fact *fact, uint32_t vesting,
	struct money cost, struct money value)
{
	for (uint32_t at = replay->vesting[vesting].spun; at != NONE;
		at = replay->state[at].next_spun) {
		if (replay->lot[at].open.e8 == 0)
			continue;
		const struct money own = cost_of(replay, at);

		vest_lot(replay, fact, at,
			cost.cents > 0 ? money_part(value, own.cents, cost.cents) : own);
		replay_note(replay, NOTICE_spun_value, fact, at, NOTICE_NOWHERE);
	}
}

bool replay_vest(struct replay *replay, const struct event *event)
{
	const uint32_t index = event->vesting;
	const struct vesting *const vesting = &replay->vesting[index];

	if (is_award(vesting->origin)) {
		vest_award(replay, event, vesting->origin);
		return true;
	}
	const struct held held = lots_of_vesting(replay, vesting, index);

	struct money cost = { 0 }, value = { 0 };

	for (size_t i = 0; i < held.count; i++) {
		const struct money worth =
			price_times(event->fact->fmv, replay->lot[held.at[i]].open);

		cost = money_plus(cost, cost_of(replay, held.at[i]));
		value = money_plus(value, worth);
		vest_lot(replay, event->fact, held.at[i], worth);
	}
	free(held.at);
	vest_spun(replay, event->fact, index, cost, value);
	return true;
}

/* No deduction for what was included, only for what was paid: R-048. */
bool replay_forfeit(struct replay *replay, const struct event *event)
{
	const uint32_t index = event->vesting;
	const struct vesting *const vesting = &replay->vesting[index];
	const struct held held = lots_of_vesting(replay, vesting, index);
	const struct fact *const fact = event->fact;
	int64_t *const weight = must_alloc(held.count * sizeof *weight);
	struct money *const part = must_alloc(held.count * sizeof *part);

	for (size_t i = 0; i < held.count; i++)
		weight[i] = replay->lot[held.at[i]].open.e8;
	if (held.count > 0)
		split_whole(fact->proceeds, weight, held.count, part);
	for (size_t i = 0; i < held.count; i++)
		dispose_of_lot(replay, event, MANNER_forfeiture, held.at[i])->proceeds =
			part[i];
	free(weight);
	free(part);
	free(held.at);
	return true;
}
