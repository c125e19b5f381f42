/*
 * Whether an exercise keeps to its grant: the grant is in force, and the strike is its own.
 *
 * A change that gives more benefits (a lower strike, a longer term) is a new grant that supersedes
 * the first (s. 424(h), R-004). From its day on the first one cannot be exercised; what was
 * exercised before stays with it. An acceleration is no such change, nor is an option assumed or
 * substituted in a reorganization (s. 424(a)): see lots_assumed.c.
 */
#include <stdlib.h>

#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define CENT  1000000 /* of a price, in 1e-8 dollars */
#define SLACK 1000    /* of shares, as in grant_take() */

static bool unfit(struct replay *replay, const struct fact *grant, const char *hint)
{
	fail_hint(replay->why, "%s", hint);
	return fail_in_fact(replay->why, grant, replay->facts->names);
}

/* What can be said before any share is counted. */
static bool can_supersede(
	struct replay *replay, const struct fact *grant, const struct fact *first)
{
	const struct names *const names = replay->facts->names;
	struct fail *const why = replay->why;
	char day[DAY_TEXT];

	if (first == NULL) {
		fail_set(why, FAIL_BAD_INPUT,
			"it supersedes \"%s\", but no grant has that id",
			names_text(names, grant->target));
		return unfit(replay, grant, "record the first grant, too");
	}
	/* Of the same shares, or of those that became them in a merger. */
	if (!grant_reaches(replay, first, grant)) {
		fail_set(why, FAIL_BAD_INPUT, "it supersedes %s, which is a grant of %s",
			names_text(names, first->grant),
			fact_security_text(first, names));
		return unfit(replay, grant,
			"an option assumed or substituted in a merger (s. 424(a)) is no "
			"new grant: record the merger, and exercise the first grant "
			"under "
			"the new symbol");
	}
	if (first->owner != 0 && grant->owner != 0 && first->owner != grant->owner) {
		fail_set(why, FAIL_BAD_INPUT, "it supersedes %s, which is a grant of %s",
			names_text(names, first->grant), names_text(names, first->owner));
		return unfit(replay, grant, "give both the same owner");
	}
	/* Later, and so never in a circle. */
	if (grant->day.number > first->day.number)
		return true;
	fail_set(why, FAIL_BAD_INPUT,
		"it supersedes %s, which is of %s and so not before it",
		names_text(names, first->grant), day_iso(first->day, day));
	return unfit(replay, grant, "the date of the new grant is the day of the change");
}

bool replay_supersessions(struct replay *replay)
{
	const struct names *const names = replay->facts->names;
	const size_t count = replay->grant_count;

	replay->successor = pool_alloc(&replay->scratch, count * sizeof(struct fact *));
	for (size_t i = 0; i < count; i++) {
		const struct fact *const grant = replay->grants[i];

		if (grant->target == 0)
			continue;
		const struct fact *const first = grant_by_id(replay, grant->target);

		if (!can_supersede(replay, grant, first))
			return false;
		const struct fact **const successor =
			&replay->successor[grant_index(replay, first)];

		if (*successor != NULL) {
			fail_set(replay->why, FAIL_BAD_INPUT,
				"it supersedes %s, as \"%s\" does",
				names_text(names, first->grant),
				names_text(names, (*successor)->grant));
			return unfit(replay, grant,
				"where one grant was changed in two ways, record it as "
				"two "
				"grants of its first day");
		}
		*successor = grant;
	}
	return true;
}

const struct fact *grant_successor(const struct replay *replay, const struct fact *grant)
{
	return replay->successor[grant_index(replay, grant)];
}

bool grant_in_force(
	struct replay *replay, const struct fact *exercise, const struct fact *grant)
{
	const struct names *const names = replay->facts->names;
	const struct fact *const successor = grant_successor(replay, grant);
	char day[DAY_TEXT];

	if (successor == NULL || exercise->day.number < successor->day.number)
		return true;
	fail_set(replay->why, FAIL_BAD_INPUT, "grant %s was superseded by %s on %s",
		names_text(names, grant->grant), names_text(names, successor->grant),
		day_iso(successor->day, day));
	return fail_hint(replay->why,
		"exercise the new one: --grant %s, without the first one's grant date",
		names_text(names, successor->grant));
}

/*
 * At the end, when all that was exercised of the first grants is known. Shares added by a change are
 * a grant of their own (Reg. 1.424-1(e)); fewer may be left of an exchange of options.
 */
bool replay_superseded_shares(struct replay *replay)
{
	const struct names *const names = replay->facts->names;

	for (size_t i = 0; i < replay->grant_count; i++) {
		const struct fact *const first = replay->grants[i];
		const struct fact *const grant = replay->successor[i];
		char asked[MONEY_TEXT], left[MONEY_TEXT];

		if (grant == NULL ||
			(day_known(replay->until) &&
				replay->until.number < grant->day.number))
			continue;
		const int64_t wanted =
			units_of_grant(replay, grant, first, grant->shares.e8);
		const int64_t there = first->shares.e8 - replay->taken_of_grant[i];

		if (wanted < there - SLACK)
			replay_note(replay, NOTICE_supersedes_fewer, grant,
				NOTICE_NOWHERE, NOTICE_NOWHERE);
		if (wanted <= there + SLACK)
			continue;
		const int64_t now = units_of_exercise(replay, grant, first, there);
		const struct shares rest = {
			now > 0 ? divide_half_away(now, SLACK) * SLACK : 0
		};

		fail_set(replay->why, FAIL_BAD_INPUT,
			"it supersedes %s, of which %s shares were left that day, not %s",
			names_text(names, first->grant), shares_plain(rest, left),
			shares_plain(grant->shares, asked));
		return unfit(replay, grant,
			"shares that the change adds are a grant of their own; correct "
			"the "
			"grants, or what was exercised before");
	}
	return true;
}

/* ---- the strike ----------------------------------------------------------------------- */

/* A spin-off lowers strikes by what only the company knows; shares before it cost the old one. */
static bool spun_off_between(
	const struct replay *replay, uint32_t security, struct day from, struct day to)
{
	for (size_t i = 0; i < replay->change_count; i++) {
		const struct fact *const change = replay->changes[i];

		if (change->kind == FACT_SPIN_OFF && change->day.number > from.number &&
			change->day.number <= to.number &&
			replay_security(replay, change) == security)
			return true;
	}
	return false;
}

void note_strike(
	struct replay *replay, const struct fact *exercise, const struct fact *grant)
{
	/* A split or a merger divides the strike by what it multiplies shares with. */
	const struct price wanted = { units_of_grant(
		replay, exercise, grant, grant->price.e8) };
	const int64_t off = llabs(exercise->price.e8 - wanted.e8);
	/* Companies round a strike after it up to a cent, so that no spread is added. */
	const bool split = units_of_exercise(replay, exercise, grant, grant->shares.e8) !=
		grant->shares.e8;

	if (off == 0 || (split && off <= CENT) ||
		spun_off_between(replay, replay_security(replay, grant), grant->day,
			exercise->day) ||
		spun_off_between(replay, replay_security(replay, exercise), grant->day,
			exercise->day))
		return;
	replay_note(
		replay, NOTICE_strike_differs, exercise, NOTICE_NOWHERE, NOTICE_NOWHERE);
	replay->notice[replay->notice_count - 1].found = exercise->price;
	replay->notice[replay->notice_count - 1].wanted = wanted;
}
