/* Fits shares into a room. */
#include <assert.h>
#include <stdlib.h>

#include "forms/plan/plan.h"

#define WHOLE INT64_C(100000000) /* a share */
/* As many shares as anyone can be asked about: a hundred million. */
#define SHARES_MOST (INT64_C(100000000) * WHOLE)

const char *plan_bound_name(enum plan_bound bound)
{
	static const char *const names[] = {
		[PLAN_BY_AMT] = "amt",
		[PLAN_BY_OWED] = "amt_owed_already",
		[PLAN_BY_SHARES] = "shares",
		[PLAN_BY_EXERCISABLE] = "exercisable",
		[PLAN_BY_NO_SPREAD] = "no_spread",
		[PLAN_BY_NOTHING] = "unlimited",
	};

	return names[bound];
}

/* First exercisable by the end of the year, less what was exercised before. */
static struct shares exercisable(const struct options_left *option, int year)
{
	struct shares sum = { -option->exercised.e8 };

	for (size_t i = 0; i < option->vest_count; i++)
		if (day_year(option->vests[i].day) <= year)
			sum.e8 += option->vests[i].shares.e8;
	return sum.e8 < 0 ? (struct shares){ 0 } : sum;
}

static int64_t less(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

void plan_grants(const struct lots *lots, int year, struct plan_grant **grants,
	size_t *count, struct pool *pool)
{
	*count = 0;
	*grants = pool_alloc(pool, (lots->option_count + 1) * sizeof **grants);
	for (size_t i = 0; i < lots->option_count; i++) {
		const struct options_left *const option = &lots->option[i];
		const struct shares isos = { option->shares.e8 - option->over_limit.e8 };

		if (option->grant->option == OPTION_NSO ||
			day_year(option->grant->day) > year || isos.e8 <= 0)
			continue;
		struct plan_grant *const grant = &(*grants)[(*count)++];

		*grant = (struct plan_grant){ .option = option,
			.strike = option->strike,
			.left = isos,
			.available = isos,
			.vests_known = option->vest_count > 0 };
		if (grant->vests_known)
			grant->available.e8 = less(isos.e8, exercisable(option, year).e8);
	}
}

struct money plan_spread(
	const struct plan_grant *grant, struct price price, struct shares shares)
{
	if (price.e8 <= grant->strike.e8)
		return (struct money){ 0 };
	return money_less(price_times(price, shares), price_times(grant->strike, shares));
}

/* The most whole shares of at most `most` (1e-8) whose spread is within `room`. */
static int64_t fitting(const struct plan_grant *grant, struct price price,
	struct money room, int64_t most)
{
	int64_t low = 0, high = most / WHOLE;

	while (low < high) {
		const int64_t middle = low + (high - low + 1) / 2;
		const struct shares shares = { middle * WHOLE };

		if (price_fits(price, shares.e8) &&
			plan_spread(grant, price, shares).cents <= room.cents)
			low = middle;
		else
			high = middle - 1;
	}
	return low * WHOLE;
}

static int64_t most_of(const struct plan_grant *grant)
{
	return grant->endless ? SHARES_MOST : grant->available.e8 / WHOLE * WHOLE;
}

/* What stops at all shares that are there. */
static enum plan_bound bound_of_all(const struct plan_grant *grant)
{
	return grant->endless                          ? PLAN_BY_NOTHING
		: grant->available.e8 < grant->left.e8 ? PLAN_BY_EXERCISABLE
						       : PLAN_BY_SHARES;
}

static enum plan_bound bound_of(const struct plan_room *room,
	const struct plan_grant *grant, struct shares shares)
{
	if (grant->spread.e8 == 0)
		return PLAN_BY_NO_SPREAD;
	if (!grant->endless && shares.e8 == most_of(grant))
		return bound_of_all(grant);
	return room->owed ? PLAN_BY_OWED : room->limited ? PLAN_BY_AMT : PLAN_BY_NOTHING;
}

/* The least spread first; of the same, the grant that comes first. */
static int by_spread(const void *left, const void *right)
{
	const struct plan_grant *const a = *(struct plan_grant *const *)left;
	const struct plan_grant *const b = *(struct plan_grant *const *)right;

	if (a->spread.e8 != b->spread.e8)
		return a->spread.e8 < b->spread.e8 ? -1 : 1;
	return a < b ? -1 : a > b;
}

void plan_fit(const struct plan_room *room, struct price price, int margin,
	struct plan_grant *grant, size_t count, struct plan_shares *fit)
{
	struct plan_grant **const order = must_alloc((count + 1) * sizeof *order);

	assert(margin >= 0 && margin <= 10000);
	/* Rounded down: what a margin leaves is no more than its part. */
	*fit = (struct plan_shares){ .usable.cents = (int64_t)((int128)room->room.cents *
					     (10000 - margin) / 10000) };
	struct money rest = fit->usable;

	for (size_t i = 0; i < count; i++) {
		grant[i].spread.e8 =
			price.e8 > grant[i].strike.e8 ? price.e8 - grant[i].strike.e8 : 0;
		grant[i].alone.e8 =
			fitting(&grant[i], price, fit->usable, most_of(&grant[i]));
		grant[i].bound = bound_of(room, &grant[i], grant[i].alone);
		order[i] = &grant[i];
	}
	qsort(order, count, sizeof(struct plan_grant *), by_spread);
	fit->bound = count > 0 ? order[0]->bound : PLAN_BY_SHARES;
	for (size_t i = 0; i < count; i++) {
		order[i]->shares.e8 = fitting(order[i], price, rest, most_of(order[i]));
		const struct money spread =
			plan_spread(order[i], price, order[i]->shares);

		rest = money_less(rest, spread);
		fit->spread = money_plus(fit->spread, spread);
		fit->shares.e8 += order[i]->shares.e8;
		/* The first grant of which something stays behind says why. */
		if (order[i]->shares.e8 < most_of(order[i])) {
			fit->bound = bound_of(room, order[i], order[i]->shares);
			break;
		}
		fit->bound = bound_of(room, order[i], order[i]->shares);
	}
	free(order);
}
