/* What is an ISO and what is not: the $100,000 limit, the end of employment, 10 % owners. */
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/replay.h"

#define WHOLE INT64_C(100000000)

/* Shares of a grant that become exercisable in a year. */
struct first_exercisable {
	uint32_t owner;
	uint32_t security; /* stands for the employer and its group */
	int year;
	const struct fact *grant;
	size_t at; /* of the grant */
	int64_t shares;
};

static int compare_exercisable(const void *left, const void *right, const void *rank)
{
	const struct first_exercisable *const a = left, *const b = right;

	if (a->owner != b->owner)
		return a->owner < b->owner ? -1 : 1;
	if (a->security != b->security)
		return a->security < b->security ? -1 : 1;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->grant->day.number != b->grant->day.number)
		return a->grant->day.number < b->grant->day.number ? -1 : 1;
	const int by = fact_compare(a->grant, b->grant, rank);

	return by != 0 ? by : a->shares < b->shares ? -1 : a->shares > b->shares;
}

/* Whole shares of an option that still fit under $100,000 at their value when granted. */
static int64_t shares_that_fit(int128 used, int64_t value, int64_t shares)
{
	const int128 limit = (int128)100000 * WHOLE * WHOLE;
	const int128 room = limit > used ? (limit - used) / value : 0;
	const int128 whole = room / WHOLE * WHOLE;

	return whole < shares ? (int64_t)whole : shares;
}

/*
 * In each year, in the order granted (s. 422(d), R-005). "All plans of the employer, its parent and
 * its subsidiaries" are taken to be those on one security: another one is another employer's.
 */
static void apply_limit(
	struct replay *replay, const struct first_exercisable *list, size_t count)
{
	int128 used = 0;

	for (size_t i = 0; i < count; i++) {
		if (i > 0 &&
			(list[i].owner != list[i - 1].owner ||
				list[i].security != list[i - 1].security ||
				list[i].year != list[i - 1].year))
			used = 0;
		const struct fact *const grant = list[i].grant;
		/* Without a value the strike stands for it: it may not be lower. */
		const int64_t value = grant->fmv.e8 > 0 ? grant->fmv.e8 : grant->price.e8;
		const int64_t iso = shares_that_fit(used, value, list[i].shares);

		used += (int128)iso * value;
		replay->nso_of_grant[list[i].at] += list[i].shares - iso;
		if (iso < list[i].shares)
			replay_note(replay, NOTICE_over_limit, grant, NOTICE_NOWHERE,
				NOTICE_NOWHERE);
	}
}

/*
 * What of a superseded grant was to become exercisable in a later year than that of the change is
 * out of the count: the new grant is there instead, in the years and at the value of its own. In the
 * year of the change and before it the first one counts on, by its own terms, to the end of that
 * year (s. 424(h), s. 422(d)(2), Reg. 1.422-4(b)(5), R-004).
 */
static bool replaced_before(const struct replay *replay, const struct fact *exercisable,
	const struct fact *grant)
{
	const struct fact *const successor = grant_successor(replay, grant);

	return successor != NULL && day_year(exercisable->day) > day_year(successor->day);
}

static void note_grants(struct replay *replay)
{
	for (size_t i = 0; i < replay->grant_count; i++) {
		const struct fact *const grant = replay->grants[i];

		if (grant->option == OPTION_NSO || grant->fmv.e8 == 0)
			continue;
		if (grant->large &&
			(int128)grant->price.e8 * 10 < (int128)grant->fmv.e8 * 11)
			replay_note(replay, NOTICE_large_holder, grant, NOTICE_NOWHERE,
				NOTICE_NOWHERE);
		else if (grant->price.e8 < grant->fmv.e8)
			replay_note(replay, NOTICE_discounted, grant, NOTICE_NOWHERE,
				NOTICE_NOWHERE);
	}
}

void replay_limits(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	const size_t grants = replay->grant_count;
	struct first_exercisable *list = NULL;
	size_t count = 0, room = 0;

	replay->nso_of_grant = pool_alloc(&replay->scratch, grants * sizeof(int64_t));
	replay->nso_taken = pool_alloc(&replay->scratch, grants * sizeof(int64_t));
	replay->exercised = pool_alloc(&replay->scratch, grants * sizeof(int64_t));
	size_t lefts = 0;

	for (size_t i = 0; i < facts->count; i++)
		lefts += facts->at[i].kind == FACT_LEFT;
	replay->lefts = pool_alloc(&replay->scratch, lefts * sizeof(struct fact *));
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_LEFT)
			replay->lefts[replay->left_count++] = fact;
		if (fact->kind != FACT_EXERCISABLE)
			continue;
		const struct fact *const grant = grant_by_id(replay, fact->grant);

		if (grant == NULL || grant->option == OPTION_NSO ||
			replaced_before(replay, fact, grant))
			continue;
		GROW(list, count, room);
		list[count++] = (struct first_exercisable){ grant->owner,
			employer_on(replay, grant, fact->day), day_year(fact->day), grant,
			grant_index(replay, grant), fact->shares.e8 };
	}
	sort_stable(list, count, sizeof *list, compare_exercisable, replay->rank);
	apply_limit(replay, list, count);
	note_grants(replay);
	free(list);
}

/* The same day of a later month, or that month's last one. */
static struct day months_later(struct day day, int months)
{
	int year, month, mday;
	struct day later;

	day_to_civil(day, &year, &month, &mday);
	month += months;
	year += (month - 1) / 12;
	month = (month - 1) % 12 + 1;
	while (!day_from_civil(year, month, mday, &later))
		mday--;
	return later;
}

/* How the employment of who was granted the option had ended by the exercise; NULL if it had not. */
static const struct fact *last_left(const struct replay *replay,
	const struct fact *exercise, const struct fact *grant)
{
	const struct fact *last = NULL;
	const uint32_t owner =
		grant != NULL && grant->owner != 0 ? grant->owner : exercise->owner;

	for (size_t i = 0; i < replay->left_count; i++) {
		const struct fact *const left = replay->lefts[i];

		if (left->day.number > exercise->day.number ||
			(left->symbol != 0 &&
				replay_security(replay, left) !=
					replay_security(replay, exercise) &&
				(grant == NULL ||
					replay_security(replay, left) !=
						replay_security(replay, grant))) ||
			(left->owner != 0 && owner != 0 && left->owner != owner))
			continue;
		if (last == NULL || left->day.number > last->day.number)
			last = left;
	}
	return last;
}

static bool left_because(
	const struct replay *replay, const struct fact *left, const char *reason)
{
	return left != NULL &&
		strcmp(names_text(replay->facts->names, left->text), reason) == 0;
}

bool exercised_after_death(const struct replay *replay, const struct fact *exercise,
	const struct fact *grant)
{
	return left_because(replay, last_left(replay, exercise, grant), "died");
}

/* Exercised too long after employment ended: 3 months, a year if disabled. */
static bool too_late(const struct replay *replay, const struct fact *exercise,
	const struct fact *grant)
{
	const struct fact *const last = last_left(replay, exercise, grant);

	if (last == NULL || left_because(replay, last, "died"))
		return false;
	const int months = left_because(replay, last, "disabled") ? 12 : 3;

	return exercise->day.number > months_later(last->day, months).number;
}

static void note_age(
	struct replay *replay, const struct fact *exercise, const struct fact *grant)
{
	const struct day granted = grant != NULL ? grant->day : exercise->other_day;
	const int most = grant != NULL && grant->large ? 5 : 10;

	if (exercise->day.number > day_plus_years(granted, most).number)
		replay_note(replay, NOTICE_option_too_old, exercise, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
}

/* What the company said was bought as no ISO's is off the part over the limit. */
static int64_t designated(struct replay *replay, const struct fact *exercise,
	const struct fact *grant, int64_t shares)
{
	if (grant != NULL && grant->option != OPTION_NSO) {
		const size_t at = grant_index(replay, grant);

		replay->exercised[at] +=
			units_of_grant(replay, exercise, grant, exercise->shares.e8);
		replay->nso_taken[at] += units_of_grant(replay, exercise, grant, shares);
	}
	return shares;
}

/*
 * A slice of the part over the limit, as much of it as of the grant. The grant is counted in
 * its own units, whatever splits and mergers made of them.
 */
static int64_t slice_of_limit(
	struct replay *replay, const struct fact *exercise, const struct fact *grant)
{
	const size_t at = grant_index(replay, grant);
	const int64_t shares = exercise->shares.e8;

	replay->exercised[at] += units_of_grant(replay, exercise, grant, shares);
	const int64_t most = replay->exercised[at] < grant->shares.e8
		? replay->exercised[at]
		: grant->shares.e8;
	const int64_t due = divide_half_away(
		(int128)replay->nso_of_grant[at] * most, grant->shares.e8);
	int64_t slice =
		units_of_exercise(replay, exercise, grant, due - replay->nso_taken[at]);

	if (shares % WHOLE == 0)
		slice = divide_half_away(slice, WHOLE) * WHOLE;
	if (exercise->option == OPTION_ISO) {
		/* The company designated ISO shares; are so many left? */
		const int64_t isos = grant->shares.e8 - replay->nso_of_grant[at];

		if (replay->exercised[at] - replay->nso_taken[at] > isos)
			replay_note(replay, NOTICE_iso_over_limit, exercise,
				NOTICE_NOWHERE, NOTICE_NOWHERE);
		slice = 0;
	}
	slice = slice < 0 ? 0 : slice > shares ? shares : slice;
	replay->nso_taken[at] += units_of_grant(replay, exercise, grant, slice);
	return slice;
}

int64_t shares_not_iso(
	struct replay *replay, const struct fact *exercise, const struct fact *grant)
{
	enum option_kind option = exercise->option;

	if (option == OPTION_UNKNOWN && grant != NULL)
		option = grant->option;
	if (option == OPTION_NSO)
		return designated(replay, exercise, grant, exercise->shares.e8);
	note_age(replay, exercise, grant);
	if (too_late(replay, exercise, grant)) {
		replay_note(replay, NOTICE_exercised_late, exercise, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
		return exercise->shares.e8;
	}
	if (exercise->nso_shares.e8 > 0)
		return designated(replay, exercise, grant, exercise->nso_shares.e8);
	if (grant == NULL)
		return 0;
	return slice_of_limit(replay, exercise, grant);
}
