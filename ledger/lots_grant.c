/* Grants, and the names that lots are given. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

static int compare_grants(const void *left, const void *right)
{
	const struct fact *const a = *(const struct fact *const *)left;
	const struct fact *const b = *(const struct fact *const *)right;
	const int by = BY(a->grant, b->grant);

	return by != 0 ? by : BY(a, b);
}

struct dated {
	uint32_t security;
	int32_t day;
	uint32_t at;
};

static int compare_dated(const void *left, const void *right)
{
	const struct dated *const a = left, *const b = right;
	int by = BY(a->security, b->security);

	if (by == 0)
		by = BY(a->day, b->day);
	return by != 0 ? by : BY(a->at, b->at);
}

static void index_by_day(struct replay *replay)
{
	const size_t count = replay->grant_count;
	struct dated *const dated = must_alloc(count * sizeof *dated);

	for (size_t i = 0; i < count; i++)
		dated[i] = (struct dated){ replay_security(replay, replay->grants[i]),
			replay->grants[i]->day.number, (uint32_t)i };
	qsort(dated, count, sizeof *dated, compare_dated);
	replay->grants_by_day = pool_alloc(&replay->scratch, count * sizeof(uint32_t));
	for (size_t i = 0; i < count; i++)
		replay->grants_by_day[i] = dated[i].at;
	free(dated);
}

bool replay_grants(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	size_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += facts->at[i].kind == FACT_GRANT;
	replay->grants = pool_alloc(&replay->scratch, count * sizeof(struct fact *));
	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == FACT_GRANT)
			replay->grants[replay->grant_count++] = &facts->at[i];
	qsort(replay->grants, count, sizeof(struct fact *), compare_grants);
	for (size_t i = 1; i < count; i++)
		if (replay->grants[i]->grant != 0 &&
			replay->grants[i]->grant == replay->grants[i - 1]->grant) {
			fail_set(replay->why, FAIL_BAD_INPUT,
				"two grants are named \"%s\"",
				names_text(facts->names, replay->grants[i]->grant));
			fail_hint(replay->why, "void one of them, or give it another id");
			return fail_in_fact(replay->why, replay->grants[i], facts->names);
		}
	index_by_day(replay);
	replay->taken_of_grant = pool_alloc(&replay->scratch, count * sizeof(int64_t));
	return true;
}

size_t grant_index(const struct replay *replay, const struct fact *grant)
{
	size_t from = 0, to = replay->grant_count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (compare_grants(&replay->grants[middle], &grant) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	assert(from < replay->grant_count && replay->grants[from] == grant);
	return from;
}

const struct fact *grant_by_id(const struct replay *replay, uint32_t id)
{
	size_t from = 0, to = replay->grant_count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (replay->grants[middle]->grant < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < replay->grant_count && replay->grants[from]->grant == id
		? replay->grants[from]
		: NULL;
}

/* The first place in grants_by_day that is not before a security's day. */
static size_t first_on(const struct replay *replay, uint32_t security, struct day day)
{
	size_t from = 0, to = replay->grant_count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const struct fact *const grant =
			replay->grants[replay->grants_by_day[middle]];
		const uint32_t of = replay_security(replay, grant);

		if (of < security || (of == security && grant->day.number < day.number))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* The second one of a day is one too many. */
static bool found_one(
	struct replay *replay, const struct fact *grant, const struct fact **found)
{
	const struct names *const names = replay->facts->names;

	if (*found == NULL) {
		*found = grant;
		return true;
	}
	fail_set(replay->why, FAIL_BAD_INPUT,
		"two grants of that day are recorded: \"%s\" and \"%s\"",
		names_text(names, (*found)->grant), names_text(names, grant->grant));
	return fail_hint(replay->why, "say which one: --grant ID, or the column Grant");
}

/* Of a company that was merged into this one since. */
static bool find_assumed_by_day(
	struct replay *replay, const struct fact *exercise, const struct fact **found)
{
	if (replay->change_count == 0)
		return true;
	for (size_t i = 0; i < replay->grant_count; i++) {
		const struct fact *const grant = replay->grants[i];

		if (grant->day.number == exercise->other_day.number &&
			grant_reaches(replay, grant, exercise) &&
			!found_one(replay, grant, found))
			return false;
	}
	return true;
}

static bool find_by_day(
	struct replay *replay, const struct fact *exercise, const struct fact **found)
{
	const uint32_t security = replay_security(replay, exercise);

	for (size_t i = first_on(replay, security, exercise->other_day);
		i < replay->grant_count; i++) {
		const struct fact *const grant = replay->grants[replay->grants_by_day[i]];

		if (replay_security(replay, grant) != security ||
			grant->day.number != exercise->other_day.number)
			break;
		if (!found_one(replay, grant, found))
			return false;
	}
	return *found != NULL || find_assumed_by_day(replay, exercise, found);
}

bool find_grant(
	struct replay *replay, const struct fact *exercise, const struct fact **found)
{
	struct fail *const why = replay->why;
	const struct names *const names = replay->facts->names;
	char day[DAY_TEXT], other[DAY_TEXT];

	*found = NULL;
	if (exercise->grant == 0)
		return find_by_day(replay, exercise, found);
	const struct fact *const grant = grant_by_id(replay, exercise->grant);

	if (grant == NULL) {
		if (day_known(exercise->other_day))
			return true;
		fail_set(why, FAIL_BAD_INPUT, "no grant is named \"%s\"",
			names_text(names, exercise->grant));
		return fail_hint(why, "record the grant, or give the grant date");
	}
	if (!grant_reaches(replay, grant, exercise)) {
		fail_set(why, FAIL_BAD_INPUT, "grant %s is of %s",
			names_text(names, grant->grant),
			fact_security_text(grant, names));
		return fail_hint(why,
			"an option assumed in a merger (s. 424(a)) is found by the "
			"record "
			"of the merger, where shares alone are exchanged; else record a "
			"grant of the new symbol with the first one's date, and the "
			"shares "
			"and strike that the company says");
	}
	if (day_known(exercise->other_day) &&
		exercise->other_day.number != grant->day.number)
		return fail_set(why, FAIL_BAD_INPUT,
			"the grant date is %s, but grant %s is of %s",
			day_iso(exercise->other_day, day),
			names_text(names, grant->grant), day_iso(grant->day, other));
	*found = grant;
	return true;
}

/* Splits round to 1e-8 of a share, so a grant used up may seem to be short of a little. */
#define SLACK 1000

bool grant_take(
	struct replay *replay, const struct fact *exercise, const struct fact *grant)
{
	struct fail *const why = replay->why;
	int64_t *const taken = &replay->taken_of_grant[grant_index(replay, grant)];
	const int64_t asked =
		units_of_grant(replay, exercise, grant, exercise->shares.e8);
	char has[MONEY_TEXT], left[MONEY_TEXT], wanted[MONEY_TEXT];

	if (asked <= grant->shares.e8 - *taken + SLACK) {
		*taken += asked;
		return true;
	}
	const int64_t rest =
		units_of_exercise(replay, exercise, grant, grant->shares.e8 - *taken);
	const struct shares there = { rest > 0 ? divide_half_away(rest, SLACK) * SLACK
					       : 0 };

	fail_set(why, FAIL_BAD_INPUT,
		"grant %s of %s shares has %s left, %s are asked for",
		names_text(replay->facts->names, grant->grant),
		shares_plain(grant->shares, has), shares_plain(there, left),
		shares_plain(exercise->shares, wanted));
	return fail_hint(
		why, "correct the grant or the exercise; a split is a record, too");
}

static bool fits_grant(
	struct replay *replay, const struct fact *fact, const struct fact *grant)
{
	struct fail *const why = replay->why;
	char day[DAY_TEXT], has[MONEY_TEXT];

	if (grant == NULL) {
		fail_set(why, FAIL_BAD_INPUT, "no grant is named \"%s\"",
			names_text(replay->facts->names, fact->grant));
		return fail_hint(why, "record the grant first");
	}
	if (fact->day.number < grant->day.number)
		return fail_set(why, FAIL_BAD_INPUT, "that is before the grant of %s",
			day_iso(grant->day, day));
	if (units_between(replay, replay_security(replay, grant), fact->day, grant->day,
		    fact->shares.e8) > grant->shares.e8 + SLACK)
		return fail_set(why, FAIL_BAD_INPUT, "the grant has %s shares",
			shares_plain(grant->shares, has));
	return true;
}

bool replay_exercisable(struct replay *replay)
{
	const struct facts *const facts = replay->facts;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == FACT_EXERCISABLE &&
			!fits_grant(replay, &facts->at[i],
				grant_by_id(replay, facts->at[i].grant)))
			return fail_in_fact(replay->why, &facts->at[i], facts->names);
	return true;
}

/* Whether `lot` of a fact of this kind is the name that it gives to its shares. */
bool brings_a_lot(enum fact_kind kind)
{
	static const bool naming[FACT_KINDS] = {
		[FACT_EXERCISE] = true,
		[FACT_RSU] = true,
		[FACT_RESTRICTED] = true,
		[FACT_ESPP] = true,
		[FACT_PURCHASE] = true,
		[FACT_GIFT_RECEIVED] = true,
		[FACT_INHERITANCE] = true,
	};
	return naming[kind];
}

bool replay_labels(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	const struct fact **const first = pool_alloc(&replay->scratch,
		(names_count(facts->names) + 1) * sizeof(struct fact *));

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->lot == 0 || !brings_a_lot(fact->kind))
			continue;
		if (first[fact->lot] != NULL) {
			struct text other = TEXT_EMPTY;

			fact_words(first[fact->lot], facts->names, &other);
			fail_set(replay->why, FAIL_BAD_INPUT,
				"lot \"%s\" is named twice, first by %s",
				names_text(facts->names, fact->lot), other.at);
			text_release(&other);
			fail_hint(replay->why, "give the second one another name");
			return fail_in_fact(replay->why, fact, facts->names);
		}
		first[fact->lot] = fact;
	}
	replay->named = first;
	return true;
}
