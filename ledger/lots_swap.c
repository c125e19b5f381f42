/* Old shares that pay for an exercise live on as new ones: R-066. */
#include "ledger/base/sort.h"
#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

static int compare_swaps(const void *left, const void *right, const void *rank)
{
	const struct fact *const a = *(const struct fact *const *)left;
	const struct fact *const b = *(const struct fact *const *)right;
	const int by = BY(a->lot, b->lot);

	return by != 0 ? by : fact_compare(a, b, rank);
}

/* The exercise that a swap pays is of the same security and day. */
static bool check(struct replay *replay, const struct fact *swap)
{
	const struct names *const names = replay->facts->names;
	const struct fact *const exercise = replay->named[swap->lot];

	if (exercise == NULL || exercise->kind != FACT_EXERCISE)
		fail_set(replay->why, FAIL_BAD_INPUT, "no exercise made a lot \"%s\"",
			names_text(names, swap->lot));
	else if (exercise->day.number != swap->day.number ||
		replay_security(replay, exercise) != replay_security(replay, swap))
		fail_set(replay->why, FAIL_BAD_INPUT,
			"the exercise of lot \"%s\" is of another day or security",
			names_text(names, swap->lot));
	else
		return true;
	return fail_in_fact(replay->why, swap, names);
}

bool replay_swaps(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += facts->at[i].kind == FACT_SWAP;
	replay->swaps = pool_alloc(&replay->scratch, count * sizeof *replay->swaps);
	for (size_t i = 0; i < facts->count; i++) {
		if (facts->at[i].kind != FACT_SWAP)
			continue;
		if (!check(replay, &facts->at[i]))
			return false;
		replay->swaps[replay->swap_count++] = &facts->at[i];
	}
	sort_stable(
		replay->swaps, count, sizeof *replay->swaps, compare_swaps, replay->rank);
	return true;
}

static size_t first_of(const struct replay *replay, uint32_t lot)
{
	size_t from = 0, to = replay->swap_count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (replay->swaps[middle]->lot < lot)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

int64_t swapped_shares(const struct replay *replay, const struct fact *exercise)
{
	int64_t sum = 0;

	if (exercise->lot == 0)
		return 0;
	for (size_t i = first_of(replay, exercise->lot);
		i < replay->swap_count && replay->swaps[i]->lot == exercise->lot; i++)
		sum += replay->swaps[i]->shares.e8;
	return sum;
}

struct swapping {
	struct taking taking;
	const struct lot *model; /* of the shares that the exercise brings */
	uint16_t made;
};

/* Immature shares are disposed of; all keep basis and holding period in every book. */
static void use_swap(struct taking *taking, uint32_t old, int64_t shares)
{
	struct swapping *const swapping = (struct swapping *)taking;
	struct replay *const replay = taking->replay;
	const struct event *const event = taking->event;

	use_dispose(taking, old, shares);
	const struct disposition gone = replay_settle_last(replay);
	struct lot lot = replay->lot[old];
	/* They cost what the old ones were worth: no compensation is left in them. */
	const struct money worth =
		price_times(event->fact->fmv, (struct shares){ shares });
	struct tally tally = { .shares = shares };

	for (int i = 0; i < TOTALS; i++)
		tally.total[i] = worth.cents;
	for (int b = 0; b < BOOKS; b++)
		tally.total[TOTAL_BASIS + b] = gone.basis[b].cents;
	lot_is_part(replay, &lot, old, parting_by(taking->fact));
	lot.again = swapping->made++;
	lot.shares.e8 = shares;
	lot.inclusion = lot.compensation = (struct money){ 0 };
	lot.inclusion_year = lot.compensation_year = 0;
	lot.kind = LOT_ISO;
	lot.label = swapping->model->label;
	lot.grant = swapping->model->grant;
	lot.granted = swapping->model->granted;
	lot.acquired = swapping->model->acquired;
	lot.origin = swapping->model->origin;
	lot.qualifies_on = iso_qualifies_on(lot.granted, lot.acquired);
	for (int b = 0; b < BOOKS; b++)
		lot.adjusted[b] = (struct money){ 0 };
	lot_add(replay, lot, tally, replay->state[old].security, NONE);
}

bool replay_swap(
	struct replay *replay, const struct event *event, const struct lot *model)
{
	/* Given for shares that are no ISO's, old ones go on as they are (s. 1036). */
	if (model->kind != LOT_ISO)
		return true;
	for (size_t i = first_of(replay, event->fact->lot);
		i < replay->swap_count && replay->swaps[i]->lot == event->fact->lot;
		i++) {
		const struct fact *const swap = replay->swaps[i];
		struct swapping swapping = {
			.taking = {
				.replay = replay,
				.event = event,
				.fact = swap,
				.security = replay_security(replay, swap),
				.account = swap->account,
				.owner = swap->owner,
				.label = swap->name,
				.need = swap->shares.e8,
				.manner = MANNER_swap,
				.use = use_swap,
			},
			.model = model,
		};

		replay_note(replay, NOTICE_value_of_swap, swap, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
		const size_t first = replay->lot_count;

		if (!take_shares(&swapping.taking))
			return fail_in_fact(replay->why, swap, replay->facts->names);
		/* Not while shares are being taken from the shelves. */
		for (size_t at = first; at < replay->lot_count; at++)
			lot_shelve(replay, (uint32_t)at);
	}
	return true;
}
