/*
 * Options that go over to the new company in a merger (s. 424(a), R-004): they are the old ones, with
 * their first day, for as many of the new shares as the exchange gives, at a strike lower or higher by
 * the same. Only where shares alone are exchanged: beside cash the company says how many there are,
 * and its word is recorded as a grant of the new shares with the first day.
 */
#include "ledger/replay.h"

/* The first merger of a security from a day on, to another one; NULL if there is none by `to`. */
static const struct fact *next_merger(
	const struct replay *replay, uint32_t security, struct day from, struct day to)
{
	for (size_t i = 0; i < replay->change_count; i++) {
		const struct fact *const change = replay->changes[i];

		if (change->day.number > to.number)
			break;
		if (change->kind == FACT_MERGER && change->day.number >= from.number &&
			replay_security(replay, change) == security)
			return change;
	}
	return NULL;
}

uint32_t employer_on(
	const struct replay *replay, const struct fact *grant, struct day day)
{
	uint32_t security = replay_security(replay, grant);
	struct day from = grant->day;

	/* No security becomes itself again on one day (changes_order), so this ends. */
	for (size_t i = 0; i < replay->change_count; i++) {
		const struct fact *const merger =
			next_merger(replay, security, from, day);

		if (merger == NULL)
			break;
		security = replay->security[merger->target];
		from = merger->day;
	}
	return security;
}

/* The mergers, in their order, that lead from a grant's security to that of an exercise. */
struct steps {
	const struct fact *merger[8];
	size_t count;
};

static bool steps_between(const struct replay *replay, const struct fact *grant,
	const struct fact *exercise, struct steps *steps)
{
	const uint32_t wanted = replay_security(replay, exercise);
	uint32_t security = replay_security(replay, grant);
	struct day from = grant->day;

	steps->count = 0;
	while (security != wanted) {
		const struct fact *const merger =
			next_merger(replay, security, from, exercise->day);

		if (merger == NULL || merger->price.e8 != 0 ||
			steps->count == COUNT(steps->merger))
			return false;
		steps->merger[steps->count++] = merger;
		security = replay->security[merger->target];
		from = merger->day;
	}
	return true;
}

bool grant_reaches(const struct replay *replay, const struct fact *grant,
	const struct fact *exercise)
{
	struct steps steps;

	return steps_between(replay, grant, exercise, &steps);
}

int64_t units_of_grant(const struct replay *replay, const struct fact *exercise,
	const struct fact *grant, int64_t shares)
{
	struct steps steps;
	struct day day = exercise->day;
	uint32_t security = replay_security(replay, exercise);

	if (!steps_between(replay, grant, exercise, &steps))
		steps.count = 0;
	for (size_t i = steps.count; i-- > 0;) {
		const struct fact *const merger = steps.merger[i];

		shares = units_between(replay, security, day, merger->day, shares);
		shares = units_scaled(shares, merger->per, merger->shares);
		day = merger->day;
		security = replay_security(replay, merger);
	}
	return units_between(replay, security, day, grant->day, shares);
}

int64_t units_of_exercise(const struct replay *replay, const struct fact *exercise,
	const struct fact *grant, int64_t shares)
{
	struct steps steps;
	struct day day = grant->day;
	uint32_t security = replay_security(replay, grant);

	if (!steps_between(replay, grant, exercise, &steps))
		steps.count = 0;
	for (size_t i = 0; i < steps.count; i++) {
		const struct fact *const merger = steps.merger[i];

		shares = units_between(replay, security, day, merger->day, shares);
		shares = units_scaled(shares, merger->shares, merger->per);
		day = merger->day;
		security = replay->security[merger->target];
	}
	return units_between(replay, security, day, exercise->day, shares);
}
