/* From facts to lots: basis in each book, clocks, and what is income at once. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/fact_words.h"
#include "ledger/replay.h"

static const struct money nothing = { 0 };

struct day iso_qualifies_on(struct day granted, struct day acquired)
{
	const struct day a = day_held_longer_than(granted, 2);
	const struct day b = day_held_longer_than(acquired, 1);

	return a.number > b.number ? a : b;
}

/* A lot with what every way of acquiring shares says. */
static struct lot lot_of(const struct fact *fact, enum lot_kind kind, int64_t shares)
{
	struct lot lot = {
		.label = fact->lot,
		.symbol = fact->symbol,
		.account = fact->account,
		.owner = fact->owner,
		.kind = kind,
		.origin = fact,
		.acquired = fact->day,
		.granted = DAY_NONE,
		.vested = DAY_NONE,
		.qualifies_on = DAY_NONE,
		.shares = { shares },
	};

	for (int b = 0; b < BOOKS; b++)
		lot.held_since[b] = fact->day;
	return lot;
}

static struct tally tally_of(int64_t shares, struct money cost, struct money value)
{
	struct tally tally = { .shares = shares };

	tally.total[TOTAL_COST] = cost.cents;
	tally.total[TOTAL_VALUE] = value.cents;
	tally.total[TOTAL_MEASURE] = value.cents;
	for (int b = 0; b < BOOKS; b++)
		tally.total[TOTAL_BASIS + b] = cost.cents;
	return tally;
}

static void set_bases(struct tally *tally, struct money basis)
{
	for (int b = 0; b < BOOKS; b++)
		tally->total[TOTAL_BASIS + b] = basis.cents;
}

static uint32_t add_shelved(struct replay *replay, const struct event *event,
	struct lot lot, struct tally tally)
{
	const uint32_t at = lot_add(
		replay, lot, tally, replay_security(replay, event->fact), event->slot);

	lot_shelve(replay, at);
	return at;
}

/* ---- exercises ---------------------------------------------------------------------- */

/* Shares of one exercise that share their fate: R-015. */
struct tranche {
	int64_t shares, not_iso;
	uint32_t vesting; /* index, or NONE */
	bool unvested;
};

struct tranches {
	struct tranche *at;
	size_t count;
};

/* Those vested at once, each vest or forfeiture to come, and those whose vest is not known. */
static struct tranches tranches_of(
	struct replay *replay, const struct fact *fact, int64_t shares, int64_t not_iso)
{
	size_t from, to;

	vestings_of(replay, fact, &from, &to);
	struct tranches list = { must_alloc((to - from + 2) * sizeof(struct tranche)),
		0 };
	int64_t unvested = fact->kind == FACT_RESTRICTED || fact->unvested.e8 > shares
		? shares
		: fact->unvested.e8;

	if (shares > unvested)
		list.at[list.count++] =
			(struct tranche){ shares - unvested, 0, NONE, false };
	for (size_t i = from; i < to && unvested > 0; i++) {
		const struct fact *const vest = replay->vesting[i].fact;
		int64_t part = units_between(replay, replay_security(replay, fact),
			vest->day, fact->day, vest->shares.e8);

		part = part < unvested ? part : unvested;
		unvested -= part;
		list.at[list.count++] = (struct tranche){ part, 0, (uint32_t)i, true };
	}
	if (unvested > 0)
		list.at[list.count++] = (struct tranche){ unvested, 0, NONE, true };
	int64_t *const weight = must_alloc(list.count * sizeof *weight);
	struct money *const part = must_alloc(list.count * sizeof *part);

	for (size_t i = 0; i < list.count; i++)
		weight[i] = list.at[i].shares;
	if (list.count > 0)
		split_whole((struct money){ not_iso }, weight, list.count, part);
	for (size_t i = 0; i < list.count; i++)
		list.at[i].not_iso = part[i].cents;
	free(weight);
	free(part);
	return list;
}

/* What an exercise puts into a lot, before vesting is looked at. */
struct bought {
	struct lot model;
	struct money cost, value; /* of all the shares that become lots */
	struct money inherited;   /* what the option was worth in an estate */
	int64_t shares;
	bool after_death; /* of who was granted the option */
};

/* One lot's part of what was bought. */
struct portion {
	int64_t shares;
	bool iso;
	struct money cost, value, inherited;
};

static void add_bought(struct replay *replay, const struct event *event,
	const struct bought *bought, const struct tranche *tranche,
	struct portion portion)
{
	const bool iso = portion.iso;
	const int64_t shares = portion.shares;
	const struct money cost = portion.cost, value = portion.value;
	struct lot lot = bought->model;
	struct tally tally = tally_of(shares, cost, value);
	const bool elected = event->fact->elected == COVERED_YES;
	/* Unvested shares are looked at again when they vest. */
	const bool now = !tranche->unvested || elected;
	const struct money spread = money_max(nothing, money_less(value, cost));

	if (lot.kind == LOT_ISO && !iso)
		lot.kind = LOT_NSO;
	lot.shares.e8 = shares;
	lot.unvested = tranche->unvested;
	if (tranche->vesting != NONE) {
		const struct fact *const vest = replay->vesting[tranche->vesting].fact;

		lot.parted = (uint32_t)(vest - replay->facts->at) + 1;
		lot.part = parting_by(vest).letter;
	}
	lot.unsure =
		tranche->unvested && tranche->vesting == NONE && shares < bought->shares;
	lot.over_limit = lot.kind == LOT_NSO && bought->model.kind == LOT_ISO;
	lot.qualifies_on = !iso       ? DAY_NONE
		: bought->after_death ? lot.acquired
				      : iso_qualifies_on(lot.granted, lot.acquired);
	if (!now)
		tally.total[TOTAL_VALUE] = tally.total[TOTAL_MEASURE] = cost.cents;
	if (now && iso) {
		/* The AMT basis rises by what was included, tax or no tax: R-040. */
		lot.inclusion = spread;
		lot.inclusion_year = day_year(lot.acquired);
		for (int b = 0; b < BOOKS; b++)
			if (b != BOOK_REGULAR)
				tally.total[TOTAL_BASIS + b] += spread.cents;
	} else if (now) {
		lot.compensation = spread;
		lot.compensation_year = day_year(lot.acquired);
		set_bases(&tally, money_plus(cost, spread));
	}
	/* The AMT has the value of the day already, as if s. 421 did not apply. */
	tally.total[TOTAL_BASIS + BOOK_REGULAR] += portion.inherited.cents;
	const uint32_t at = lot_add(
		replay, lot, tally, replay_security(replay, event->fact), event->slot);

	replay->state[at].vesting = tranche->vesting;
	if (!tranche->unvested)
		lot_shelve(replay, at);
	else if (tranche->vesting == NONE)
		replay_note(replay, NOTICE_not_vested, event->fact, at, NOTICE_NOWHERE);
}

/* Each product of a price and the shares is rounded once, and shared by the tranches: R-010. */
static void add_tranches(struct replay *replay, const struct event *event,
	const struct bought *bought, int64_t not_iso)
{
	const struct tranches list =
		tranches_of(replay, event->fact, bought->shares, not_iso);
	const size_t parts = list.count * 2;
	int64_t *const weight = must_alloc(parts * sizeof *weight);
	struct money *const cost = must_alloc(parts * sizeof *cost);
	struct money *const value = must_alloc(parts * sizeof *value);
	struct money *const inherited = must_alloc(parts * sizeof *inherited);

	for (size_t i = 0; i < list.count; i++) {
		weight[2 * i] = list.at[i].shares - list.at[i].not_iso;
		weight[2 * i + 1] = list.at[i].not_iso;
	}
	split_whole(bought->cost, weight, parts, cost);
	split_whole(bought->value, weight, parts, value);
	split_whole(bought->inherited, weight, parts, inherited);
	for (size_t i = 0; i < parts; i++) {
		/* What an NSO was worth in an estate is no basis: its spread is income (s. 1014(c)). */
		const bool iso = i % 2 == 0 && bought->model.kind == LOT_ISO;

		if (weight[i] > 0)
			add_bought(replay, event, bought, &list.at[i / 2],
				(struct portion){ weight[i], i % 2 == 0, cost[i],
					value[i], iso ? inherited[i] : nothing });
	}
	free(weight);
	free(cost);
	free(value);
	free(inherited);
	free(list.at);
}

/*
 * Old shares pay, never those that are just bought. Last, so that the shares of lowest basis are
 * taken first afterwards: R-066.
 */
static bool pay_with_others(struct replay *replay, const struct event *event,
	const struct lot *model, size_t first, size_t end)
{
	for (size_t at = first; at < end; at++)
		if (!replay->lot[at].unvested)
			lot_unshelve(replay, (uint32_t)at);
	if (!replay_swap(replay, event, model))
		return false;
	for (size_t at = first; at < end; at++)
		if (!replay->lot[at].unvested)
			lot_shelve(replay, (uint32_t)at);
	return true;
}

static bool exercise(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	const struct fact *grant;

	if (!find_grant(replay, fact, &grant))
		return false;
	if (grant == NULL)
		replay_note(replay, NOTICE_grant_assumed, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	const struct day granted = grant != NULL ? grant->day : fact->other_day;

	if (granted.number > fact->day.number) {
		char day[DAY_TEXT];

		return fail_set(replay->why, FAIL_BAD_INPUT,
			"the exercise is before the grant of %s", day_iso(granted, day));
	}
	if (grant != NULL &&
		(!grant_in_force(replay, fact, grant) ||
			!grant_take(replay, fact, grant)))
		return false;
	if (grant != NULL)
		note_strike(replay, fact, grant);
	const int64_t not_iso = shares_not_iso(replay, fact, grant);
	struct bought bought = {
		.model = lot_of(fact, LOT_ISO, fact->shares.e8),
		.cost = price_times(fact->price, fact->shares),
		.value = price_times(fact->fmv, fact->shares),
		.shares = fact->shares.e8,
		.after_death = not_iso < fact->shares.e8 &&
			exercised_after_death(replay, fact, grant),
	};
	const int64_t swapped = swapped_shares(replay, fact);

	bought.model.grant = grant;
	bought.model.granted = granted;
	if (bought.model.owner == 0 && grant != NULL)
		bought.model.owner = grant->owner;
	if (not_iso == bought.shares)
		bought.model.kind = LOT_NSO;
	/* What was paid for the option is cost; what it was worth in an estate is not. */
	if (bought.after_death)
		bought.inherited = fact->basis;
	else
		bought.cost = money_plus(bought.cost, fact->basis);
	if (bought.after_death && !fact->basis_known)
		replay_note(replay, NOTICE_exercised_by_estate, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	if (swapped > 0) {
		/*
		 * The old shares pay, and live on as new ones; the others cost what cash was
		 * paid, and all of the spread is on them: R-066.
		 */
		if (not_iso > 0 && not_iso < bought.shares) {
			fail_set(replay->why, FAIL_BAD_INPUT,
				"old shares pay for an option of which a part is no ISO");
			return fail_hint(replay->why,
				"record two exercises, kind iso and kind nso, each with "
				"the "
				"old shares that paid for it");
		}
		if (swapped > bought.shares)
			return fail_set(replay->why, FAIL_BAD_INPUT,
				"more old shares are given than new ones are bought");
		const struct money paid =
			price_times(fact->fmv, (struct shares){ swapped });

		bought.shares -= swapped;
		bought.value = money_less(bought.value, paid);
		bought.cost = money_max(nothing, money_less(bought.cost, paid));
	}
	if (fact->unvested.e8 > 0 && fact->elected == COVERED_UNKNOWN)
		replay_note(replay, NOTICE_election_unknown, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	const size_t first = replay->lot_count;

	if (bought.shares > 0)
		add_tranches(replay, event, &bought,
			not_iso < bought.shares ? not_iso : bought.shares);
	return swapped == 0 ||
		pay_with_others(replay, event, &bought.model, first, replay->lot_count);
}

/* ---- plans -------------------------------------------------------------------------- */

static bool rsu(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	/* Gross shares are wages, net shares are the lot. */
	const struct shares kept = fact->kept_known ? fact->kept : fact->shares;
	const struct money value = price_times(fact->fmv, kept);
	struct lot lot = lot_of(fact, LOT_RSU, kept.e8);
	struct tally tally = tally_of(kept.e8, nothing, value);

	set_bases(&tally, value);
	lot.compensation = price_times(fact->fmv, fact->shares);
	lot.compensation_year = day_year(fact->day);
	const uint32_t at =
		lot_add(replay, lot, tally, replay_security(replay, fact), event->slot);

	/* Where all are withheld there are wages, and nothing to sell. */
	if (kept.e8 > 0)
		lot_shelve(replay, at);
	return true;
}

/* With an 83(b) election a transfer now; without one nothing happens until it vests: R-116. */
static bool restricted(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;

	if (fact->elected == COVERED_UNKNOWN)
		replay_note(replay, NOTICE_election_unknown, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	if (fact->elected != COVERED_YES)
		return true;
	struct bought bought = {
		.model = lot_of(fact, LOT_RESTRICTED, fact->shares.e8),
		.cost = price_times(fact->price, fact->shares),
		.value = price_times(fact->fmv, fact->shares),
		.shares = fact->shares.e8,
	};
	add_tranches(replay, event, &bought, bought.shares);
	return true;
}

/* What the option price would have been on the grant date, by the discount seen: R-112. */
static struct price price_at_grant(struct replay *replay, const struct fact *fact)
{
	if (fact->grant_price.e8 > 0)
		return fact->grant_price;
	const int64_t lower =
		fact->grant_fmv.e8 < fact->fmv.e8 ? fact->grant_fmv.e8 : fact->fmv.e8;

	replay_note(replay, NOTICE_price_assumed, fact, NOTICE_NOWHERE, NOTICE_NOWHERE);
	return (struct price){ divide_half_away(
		(int128)fact->price.e8 * fact->grant_fmv.e8, lower) };
}

static bool espp(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	const struct money cost = price_times(fact->price, fact->shares);
	const struct money discount =
		money_less(price_times(fact->grant_fmv, fact->shares),
			price_times(price_at_grant(replay, fact), fact->shares));
	struct lot lot = lot_of(fact, LOT_ESPP, fact->shares.e8);
	struct tally tally =
		tally_of(fact->shares.e8, cost, price_times(fact->fmv, fact->shares));

	lot.granted = fact->other_day;
	lot.qualifies_on = iso_qualifies_on(fact->other_day, fact->day);
	tally.total[TOTAL_VALUE] = money_plus(cost, money_max(nothing, discount)).cents;
	const uint32_t at = add_shelved(replay, event, lot, tally);

	replay->lot[at].value = price_times(fact->fmv, fact->shares);
	return true;
}

/* ---- the market, gifts, estates ----------------------------------------------------- */

static bool purchase(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	const struct money cost =
		fact->basis_known ? fact->basis : price_times(fact->price, fact->shares);

	add_shelved(replay, event, lot_of(fact, LOT_PURCHASE, fact->shares.e8),
		tally_of(fact->shares.e8, cost, cost));
	return true;
}

/* The donor's basis and holding; below it, the value on the day of the gift for a loss. */
static bool gift_received(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	struct lot lot = lot_of(fact, LOT_GIFT, fact->shares.e8);
	const struct money value =
		fact->fmv.e8 > 0 ? price_times(fact->fmv, fact->shares) : fact->basis;
	struct tally tally = tally_of(fact->shares.e8, fact->basis, value);

	if (fact->amt_basis_known)
		tally.total[TOTAL_BASIS + BOOK_AMT] = fact->amt_basis.cents;
	else
		replay_note(replay, NOTICE_amt_basis_assumed, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	for (int b = 0; b < BOOKS; b++)
		lot.held_since[b] = fact->other_day;
	lot.acquired = fact->other_day;
	add_shelved(replay, event, lot, tally);
	return true;
}

static bool inheritance(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	const struct money value = price_times(fact->fmv, fact->shares);
	struct lot lot = lot_of(fact, LOT_INHERITED, fact->shares.e8);

	/* Long-term from the first day: s. 1223(9). */
	for (int b = 0; b < BOOKS; b++)
		lot.held_since[b] = day_plus(day_plus_years(fact->day, -1), -1);
	add_shelved(replay, event, lot, tally_of(fact->shares.e8, value, value));
	return true;
}

bool replay_acquire(struct replay *replay, const struct event *event)
{
	static bool (*const ways[FACT_KINDS])(struct replay *, const struct event *) = {
		[FACT_EXERCISE] = exercise,
		[FACT_RSU] = rsu,
		[FACT_RESTRICTED] = restricted,
		[FACT_ESPP] = espp,
		[FACT_PURCHASE] = purchase,
		[FACT_GIFT_RECEIVED] = gift_received,
		[FACT_INHERITANCE] = inheritance,
	};

	assert(ways[event->fact->kind] != NULL);
	if (!ways[event->fact->kind](replay, event))
		return false;
	if (event->slot == NONE)
		return true;
	size_t from, to;

	vestings_of(replay, event->fact, &from, &to);
	for (size_t i = from; i < to; i++)
		replay->vesting[i].slot = event->slot;
	slot_born(replay, event->slot);
	return true;
}
