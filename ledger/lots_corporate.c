/* What companies do to shares: splits, mergers, spin-offs, new symbols. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/replay.h"

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

static int compare_splits(const void *left, const void *right)
{
	const struct split *const a = left, *const b = right;
	int by = BY(a->security, b->security);

	if (by == 0)
		by = BY(a->day.number, b->day.number);
	if (by == 0)
		by = BY(a->now, b->now);
	return by != 0 ? by : BY(a->before, b->before);
}

void replay_splits(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += facts->at[i].kind == FACT_SPLIT;
	replay->split = pool_alloc(&replay->scratch, count * sizeof *replay->split);
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_SPLIT)
			replay->split[replay->split_count++] =
				(struct split){ replay_security(replay, fact), fact->day,
					fact->shares.e8, fact->per.e8 };
	}
	qsort(replay->split, count, sizeof *replay->split, compare_splits);
}

/* More than can be counted stays so: nobody holds it, and what asks for it is refused. */
int64_t units_scaled(int64_t shares, struct shares now, struct shares before)
{
	const int128 limit = INT64_MAX / 4;
	const int128 product = (int128)shares * now.e8;

	return product / before.e8 >= limit ? (int64_t)limit
					    : divide_half_away(product, before.e8);
}

int64_t units_between(const struct replay *replay, uint32_t security, struct day from,
	struct day to, int64_t shares)
{
	if (replay->split_count == 0)
		return shares;
	const bool forward = from.number <= to.number;
	const struct day first = forward ? from : to, last = forward ? to : from;
	size_t low = 0, high = replay->split_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (replay->split[middle].security < security ||
			(replay->split[middle].security == security &&
				replay->split[middle].day.number <= first.number))
			low = middle + 1;
		else
			high = middle;
	}
	/* A split comes first on its day: what came or went that day is in new units. */
	for (; low < replay->split_count && replay->split[low].security == security &&
		replay->split[low].day.number <= last.number;
		low++) {
		const struct split *const split = &replay->split[low];

		const struct shares now = { split->now }, before = { split->before };

		shares = forward ? units_scaled(shares, now, before)
				 : units_scaled(shares, before, now);
	}
	return shares;
}

static void split(struct replay *replay, const struct fact *fact)
{
	const struct held held = held_lots(replay, replay_security(replay, fact));

	for (size_t i = 0; i < held.count; i++) {
		const uint32_t at = held.at[i];
		const bool shelved = replay->state[at].shelved;

		lot_unshelve(replay, at);
		lot_scale(replay, at, fact->shares.e8, fact->per.e8);
		if (shelved && replay->lot[at].open.e8 > 0)
			lot_shelve(replay, at);
	}
	free(held.at);
}

/* Both names mean one security from the start (see resolve_aliases); the words change now. */
static void rename_symbol(struct replay *replay, const struct fact *fact)
{
	const struct held held = held_lots(replay, replay_security(replay, fact));

	for (size_t i = 0; i < held.count; i++)
		replay->lot[held.at[i]].symbol = fact->target;
	free(held.at);
}

/* ---- mergers ------------------------------------------------------------------------ */

/* Cash beside shares: in each book gain up to the cash is recognized: R-064, s. 356, s. 358. */
static void take_boot(
	struct replay *replay, const struct event *event, uint32_t at, struct money boot)
{
	const struct fact *const fact = event->fact;
	struct lot *const lot = &replay->lot[at];
	struct tally tally = tally_rest(lot_tally(replay, at));
	const struct shares now = { divide_half_away(
		(int128)lot->open.e8 * fact->shares.e8, fact->per.e8) };
	const struct money worth = price_times(fact->fmv, now);
	struct disposition gone = {
		.sale = fact,
		.reported = event->reported,
		.lot = at,
		.owner = lot->owner,
		/* Within a retirement account it is on no form. */
		.manner =
			replay->sheltered[lot->account] ? MANNER_sheltered : MANNER_boot,
		.sold = fact->day,
		.proceeds = boot,
		.replacement = NOTICE_NOWHERE,
		.why_this_lot = "held at the merger",
	};

	for (int b = 0; b < BOOKS; b++) {
		const struct money basis = { tally.total[TOTAL_BASIS + b] };
		const struct money realized = money_less(money_plus(boot, worth), basis);

		gone.taken[b] = gone.basis[b] = money_less(
			boot, money_max((struct money){ 0 }, money_min(boot, realized)));
		gone.term[b] = fact->day.number >=
				day_held_longer_than(lot->held_since[b], 1).number
			? TERM_LONG
			: TERM_SHORT;
		tally.total[TOTAL_BASIS + b] -= gone.basis[b].cents;
	}
	lot_set(replay, at, tally);
	GROW(replay->disposition, replay->disposition_count, replay->disposition_room);
	replay->disposition[replay->disposition_count++] = gone;
}

/* The cash of all lots is the price times the shares; its parts lose no cent. */
static struct money *cash_of(
	const struct replay *replay, const struct fact *fact, const struct held *held)
{
	int64_t *const weight = must_alloc(held->count * sizeof *weight);
	struct money *const cash = must_alloc(held->count * sizeof *cash);
	struct shares sum = { 0 };

	for (size_t i = 0; i < held->count; i++) {
		weight[i] = replay->lot[held->at[i]].open.e8;
		sum.e8 += weight[i];
	}
	if (held->count > 0)
		split_whole(price_times(fact->price, sum), weight, held->count, cash);
	free(weight);
	return cash;
}

/* A reorganization: lots go on as the new security with their clocks: R-064. */
static void reorganize(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	const uint32_t from = replay_security(replay, fact);
	const uint32_t to = replay->security[fact->target];
	const struct held held = held_lots(replay, from);
	struct money *const cash = cash_of(replay, fact, &held);

	if (from != to)
		replay->chain[from] = NONE;
	for (size_t i = 0; i < held.count; i++) {
		const uint32_t at = held.at[i];
		const bool shelved = replay->state[at].shelved;

		if (fact->price.e8 > 0)
			take_boot(replay, event, at, cash[i]);
		lot_unshelve(replay, at);
		lot_scale(replay, at, fact->shares.e8, fact->per.e8);
		lot_set_security(replay, at, to, fact->target);
		if (shelved && replay->lot[at].open.e8 > 0)
			lot_shelve(replay, at);
	}
	if (from != to)
		held_join(replay, &held, to);
	free(cash);
	free(held.at);
}

/* Everything is disposed of for cash, or for cash and shares at their value. */
static void cash_out(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	const struct held held = held_lots(replay, replay_security(replay, fact));
	struct money *const cash = cash_of(replay, fact, &held);

	for (size_t i = 0; i < held.count; i++) {
		const struct lot old = replay->lot[held.at[i]];
		struct money proceeds = cash[i];
		const int64_t shares = fact->target == 0
			? 0
			: divide_half_away(
				  (int128)old.open.e8 * fact->shares.e8, fact->per.e8);
		const struct money worth =
			price_times(fact->fmv, (struct shares){ shares });

		if (fact->target != 0)
			proceeds = money_plus(proceeds, worth);
		dispose_of_lot(replay, event, MANNER_merger, held.at[i])->proceeds =
			proceeds;
		if (shares == 0)
			continue;
		struct lot lot = {
			.label = old.label,
			.symbol = fact->target,
			.account = old.account,
			.owner = old.owner,
			.kind = LOT_PURCHASE,
			.origin = fact,
			.acquired = fact->day,
			.granted = DAY_NONE,
			.vested = DAY_NONE,
			.qualifies_on = DAY_NONE,
			.shares = { shares },
		};
		struct tally tally = { .shares = shares };

		for (int t = 0; t < TOTALS; t++)
			tally.total[t] = worth.cents;
		for (int b = 0; b < BOOKS; b++)
			lot.held_since[b] = fact->day;
		/* Bought, for the wash sale rules (s. 1091(a)): see is_taxable_exchange(). */
		const uint32_t slot = replay->sheltered[old.account] ? NONE : event->slot;

		lot_is_part(replay, &lot, held.at[i], parting_by(fact));
		lot_shelve(replay,
			lot_add(replay, lot, tally, replay->security[fact->target],
				slot));
		if (!replay->sheltered[old.account])
			replay->exchanged[fact - replay->facts->at] += shares;
	}
	if (event->slot != NONE)
		slot_born(replay, event->slot);
	free(cash);
	free(held.at);
}

/* ---- spin-offs ---------------------------------------------------------------------- */

/* The same fraction of every total stays; the clocks go along: R-065. */
static void spin_off_lot(
	struct replay *replay, const struct fact *fact, uint32_t at, bool taxable)
{
	struct tally tally = tally_rest(lot_tally(replay, at));
	struct lot lot = replay->lot[at];
	struct tally new = { .shares = divide_half_away(
				     (int128)lot.open.e8 * fact->shares.e8,
				     fact->per.e8) };

	if (new.shares == 0)
		return;
	lot_is_part(replay, &lot, at, parting_by(fact));
	lot.symbol = fact->target;
	lot.shares.e8 = new.shares;
	lot.compensation = (struct money){ 0 };
	if (taxable) {
		const struct money worth =
			price_times(fact->fmv, (struct shares){ new.shares });

		lot.kind = LOT_PURCHASE;
		lot.origin = fact;
		lot.acquired = fact->day;
		lot.granted = lot.qualifies_on = lot.vested = DAY_NONE;
		lot.unvested = false;
		lot.inclusion = (struct money){ 0 };
		lot.inclusion_year = 0;
		for (int t = 0; t < TOTALS; t++)
			new.total[t] = worth.cents;
		for (int b = 0; b < BOOKS; b++) {
			lot.held_since[b] = fact->day;
			lot.adjusted[b] = (struct money){ 0 };
		}
	} else {
		const int64_t whole = 100000000;

		for (int t = 0; t < TOTALS; t++) {
			const int64_t stays = money_part((struct money){ tally.total[t] },
				fact->fraction.e8, whole)
						      .cents;

			new.total[t] = tally.total[t] - stays;
			tally.total[t] = stays;
		}
		struct lot *const parent = &replay->lot[at];

		lot.inclusion = money_less(parent->inclusion,
			money_part(parent->inclusion, fact->fraction.e8, whole));
		parent->inclusion = money_less(parent->inclusion, lot.inclusion);
		for (int b = 0; b < BOOKS; b++) {
			lot.adjusted[b] = money_less(parent->adjusted[b],
				money_part(
					parent->adjusted[b], fact->fraction.e8, whole));
			parent->adjusted[b] =
				money_less(parent->adjusted[b], lot.adjusted[b]);
		}
		lot_set(replay, at, tally);
	}
	const uint32_t made =
		lot_add(replay, lot, new, replay->security[fact->target], NONE);

	const uint32_t vesting = replay->state[at].vesting;

	if (lot.unvested && vesting != NONE) {
		replay->state[made].vesting = vesting;
		replay->state[made].next_spun = replay->vesting[vesting].spun;
		replay->vesting[vesting].spun = made;
	}
	if (!lot.unvested)
		lot_shelve(replay, made);
}

static void spin_off(struct replay *replay, const struct fact *fact)
{
	const struct held held = held_lots(replay, replay_security(replay, fact));

	for (size_t i = 0; i < held.count; i++)
		spin_off_lot(replay, fact, held.at[i], fact->taxable);
	if (fact->taxable && held.count > 0)
		replay_note(replay, NOTICE_spin_off_income, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	free(held.at);
}

/* New shares must be countable, and worth no more than amounts go up to. */
static bool fits(struct replay *replay, const struct fact *fact)
{
	if (fact->shares.e8 <= 0 || fact->per.e8 <= 0)
		return true;
	const struct held held = held_lots(replay, replay_security(replay, fact));
	bool good = true;

	for (size_t i = 0; good && i < held.count; i++) {
		const int128 now = (int128)replay->lot[held.at[i]].shares.e8 *
			fact->shares.e8 / fact->per.e8;

		good = now < INT64_MAX / 2 && price_fits(fact->fmv, (int64_t)now) &&
			price_fits(fact->price, replay->lot[held.at[i]].shares.e8);
	}
	free(held.at);
	return good ||
		fail_set(replay->why, FAIL_BAD_INPUT,
			"the new shares would be more than can be counted, or worth more "
			"than a trillion dollars");
}

bool replay_corporate(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;

	if (!fits(replay, fact))
		return false;
	if (fact->kind == FACT_SPLIT)
		split(replay, fact);
	else if (fact->kind == FACT_SYMBOL_CHANGE)
		rename_symbol(replay, fact);
	else if (fact->kind == FACT_SPIN_OFF)
		spin_off(replay, fact);
	else if (fact->taxable || fact->target == 0)
		cash_out(replay, event);
	else
		reorganize(replay, event);
	return true;
}
