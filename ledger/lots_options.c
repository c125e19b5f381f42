/* What is left of the recorded grants when all has happened. */
#include "ledger/replay.h"

#define AT_LAST ((struct day){ INT32_MAX })

/* Shares of a grant, as they turn into those of today. */
struct turning {
	const struct replay *replay;
	uint32_t security, symbol;
	struct day day;
	int64_t shares;
};

/* Cash for all shares, or nothing for any: no record says what became of the options. */
static bool ended(const struct turning *it)
{
	const struct replay *const replay = it->replay;
	const struct facts *const facts = replay->facts;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if ((fact->kind == FACT_WORTHLESS ||
			    (fact->kind == FACT_MERGER && fact->target == 0)) &&
			fact->day.number >= it->day.number &&
			!(day_known(replay->until) &&
				fact->day.number > replay->until.number) &&
			replay_security(replay, fact) == it->security)
			return true;
	}
	return false;
}

/* False where nothing says what became of the option. */
static bool turn(struct turning *it)
{
	const struct replay *const replay = it->replay;

	for (size_t i = 0; i < replay->change_count; i++) {
		const struct fact *const change = replay->changes[i];

		if (change->day.number < it->day.number ||
			(day_known(replay->until) &&
				change->day.number > replay->until.number) ||
			replay_security(replay, change) != it->security)
			continue;
		if (change->kind == FACT_SYMBOL_CHANGE)
			it->symbol = change->target;
		if (change->kind != FACT_MERGER)
			continue;
		if (change->price.e8 != 0)
			return false;
		it->shares = units_scaled(units_between(replay, it->security, it->day,
						  change->day, it->shares),
			change->shares, change->per);
		it->security = replay->security[change->target];
		it->symbol = change->target;
		it->day = change->day;
	}
	it->shares = units_between(replay, it->security, it->day,
		day_known(replay->until) ? replay->until : AT_LAST, it->shares);
	return !ended(it);
}

static struct shares turned(const struct replay *replay, const struct fact *grant,
	struct day day, int64_t shares)
{
	struct turning it = { .replay = replay,
		.security = employer_on(replay, grant, day),
		.day = day,
		.shares = shares };

	return (struct shares){ turn(&it) ? it.shares : 0 };
}

static void add_vests(
	const struct replay *replay, const struct fact *grant, struct options_left *left)
{
	const struct facts *const facts = replay->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += facts->at[i].kind == FACT_EXERCISABLE &&
			facts->at[i].grant == grant->grant;
	if (count == 0)
		return;
	left->vests = pool_alloc(replay->pool, count * sizeof *left->vests);
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_EXERCISABLE && fact->grant == grant->grant)
			left->vests[left->vest_count++] = (struct option_vests){
				fact->day,
				turned(replay, grant, fact->day, fact->shares.e8),
			};
	}
}

/* The strike of all shares together stays what it was. */
static struct price strike_now(const struct fact *grant, int64_t shares)
{
	return (struct price){ divide_half_away(
		(int128)grant->price.e8 * grant->shares.e8, shares) };
}

void replay_options(const struct replay *replay, struct lots *lots)
{
	lots->option = pool_alloc(
		replay->pool, (replay->grant_count + 1) * sizeof *lots->option);
	for (size_t i = 0; i < replay->grant_count; i++) {
		const struct fact *const grant = replay->grants[i];
		const int64_t left = grant->shares.e8 - replay->taken_of_grant[i];
		const int64_t beyond = replay->nso_of_grant[i] - replay->nso_taken[i];
		struct turning all = { replay, replay_security(replay, grant),
			grant->symbol, grant->day, grant->shares.e8 };

		if (replay->successor[i] != NULL || left <= 0 || !turn(&all) ||
			all.shares <= 0 ||
			(day_known(replay->until) &&
				grant->day.number > replay->until.number))
			continue;
		struct options_left *const option = &lots->option[lots->option_count++];

		*option = (struct options_left){
			.grant = grant,
			.symbol = all.symbol,
			.shares = turned(replay, grant, grant->day, left),
			.over_limit = turned(replay, grant, grant->day,
				beyond < 0              ? 0
					: beyond > left ? left
							: beyond),
			.strike = strike_now(grant, all.shares),
			.exercised = turned(
				replay, grant, grant->day, replay->taken_of_grant[i]),
		};
		add_vests(replay, grant, option);
	}
}
