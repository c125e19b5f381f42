/* From facts to lots: grants found, basis in each book, clocks. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

/* The grants in the order of their ids, for finding one; each id once. */
static int compare_grants(const void *left, const void *right)
{
	const struct fact *const a = *(const struct fact *const *)left;
	const struct fact *const b = *(const struct fact *const *)right;
	const int by = BY(a->grant, b->grant);

	return by != 0 ? by : BY(a->id, b->id);
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
	return true;
}

static const struct fact *grant_by_id(const struct replay *replay, uint32_t id)
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

/* The grant that an exercise names, or that its security and grant date mean; or none. */
static bool find_grant(
	struct replay *replay, const struct fact *exercise, const struct fact **found)
{
	struct fail *const why = replay->why;
	const uint32_t security = replay_security(replay, exercise);
	char day[DAY_TEXT], other[DAY_TEXT];

	*found = NULL;
	if (exercise->grant != 0) {
		const struct fact *const grant = grant_by_id(replay, exercise->grant);

		if (grant == NULL) {
			if (day_known(exercise->other_day))
				return true;
			fail_set(why, FAIL_BAD_INPUT, "no grant is named \"%s\"",
				names_text(replay->facts->names, exercise->grant));
			return fail_hint(why, "record the grant, or give the grant date");
		}
		if (replay_security(replay, grant) != security)
			return fail_set(why, FAIL_BAD_INPUT, "grant %s is of %s",
				names_text(replay->facts->names, grant->grant),
				fact_security_text(grant, replay->facts->names));
		if (day_known(exercise->other_day) &&
			exercise->other_day.number != grant->day.number)
			return fail_set(why, FAIL_BAD_INPUT,
				"the grant date is %s, but grant %s is of %s",
				day_iso(exercise->other_day, day),
				names_text(replay->facts->names, grant->grant),
				day_iso(grant->day, other));
		*found = grant;
		return true;
	}
	for (size_t i = 0; i < replay->grant_count; i++) {
		const struct fact *const grant = replay->grants[i];

		if (grant->day.number != exercise->other_day.number ||
			replay_security(replay, grant) != security)
			continue;
		if (*found != NULL) {
			fail_set(why, FAIL_BAD_INPUT,
				"two grants of that day are recorded: \"%s\" and \"%s\"",
				names_text(replay->facts->names, (*found)->grant),
				names_text(replay->facts->names, grant->grant));
			return fail_hint(why, "say which one with grant");
		}
		*found = grant;
	}
	return true;
}

/* Each name of a lot is given once. */
bool replay_labels(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	const struct fact **const first = pool_alloc(&replay->scratch,
		(names_count(facts->names) + 1) * sizeof(struct fact *));

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_EXERCISE || fact->lot == 0)
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
	return true;
}

uint32_t replay_add_lot(
	struct replay *replay, struct lot lot, struct tally tally, uint32_t security)
{
	const uint32_t at = (uint32_t)replay->lot_count;

	GROW(replay->lot, replay->lot_count, replay->lot_room);
	GROW(replay->state, replay->lot_count, replay->state_room);
	lot.number = at + 1;
	lot.cost.cents = tally.total[TOTAL_COST];
	lot.value.cents = tally.total[TOTAL_VALUE];
	lot.open = lot.shares;
	for (int b = 0; b < BOOKS; b++) {
		lot.basis[b].cents = tally.total[TOTAL_BASIS + b];
		lot.open_basis[b] = lot.basis[b];
	}
	replay->lot[at] = lot;
	replay->state[at] = (struct lot_state){ tally, security, 0 };
	replay->lot_count++;
	return at;
}

/* The first day on which both clocks have run out: R-031. */
static struct day qualifies_on(struct day granted, struct day acquired)
{
	const struct day a = day_held_longer_than(granted, 2);
	const struct day b = day_held_longer_than(acquired, 1);

	return a.number > b.number ? a : b;
}

static bool exercise(struct replay *replay, const struct fact *fact)
{
	const struct fact *grant;

	if (!find_grant(replay, fact, &grant))
		return false;
	enum option_kind option = fact->option;

	if (option == OPTION_UNKNOWN && grant != NULL)
		option = grant->option;
	if (grant == NULL)
		replay_note(replay, NOTICE_grant_assumed, fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
	const bool iso = option != OPTION_NSO;
	/* Each price times the shares, then subtract: R-010. */
	const struct money cost = price_times(fact->price, fact->shares);
	const struct money value = price_times(fact->fmv, fact->shares);
	const struct money spread =
		money_max((struct money){ 0 }, money_less(value, cost));
	const struct day granted = grant != NULL ? grant->day : fact->other_day;

	if (granted.number > fact->day.number) {
		char day[DAY_TEXT];

		return fail_set(replay->why, FAIL_BAD_INPUT,
			"the exercise is before the grant of %s", day_iso(granted, day));
	}
	struct lot lot = {
		.label = fact->lot,
		.symbol = fact->symbol,
		.account = fact->account,
		.owner = fact->owner != 0 ? fact->owner
			: grant != NULL   ? grant->owner
					  : 0,
		.kind = iso ? LOT_ISO : LOT_NSO,
		.origin = fact,
		.grant = grant,
		.acquired = fact->day,
		.granted = granted,
		.qualifies_on = iso ? qualifies_on(granted, fact->day) : DAY_NONE,
		.shares = fact->shares,
		.inclusion = iso ? spread : (struct money){ 0 },
		.inclusion_year = iso ? day_year(fact->day) : 0,
		.compensation = iso ? (struct money){ 0 } : spread,
	};
	struct tally tally = { .shares = fact->shares.e8 };

	tally.total[TOTAL_COST] = cost.cents;
	tally.total[TOTAL_VALUE] = value.cents;
	tally.total[TOTAL_MEASURE] = value.cents;
	for (int b = 0; b < BOOKS; b++) {
		const bool included = !iso || b != BOOK_REGULAR;

		/* The AMT basis rises by what was included, whether or not tax was due: R-040. */
		tally.total[TOTAL_BASIS + b] =
			money_plus(cost, included ? spread : (struct money){ 0 }).cents;
		lot.held_since[b] = fact->day;
	}
	const uint32_t security = replay_security(replay, fact);

	replay->known[security] = true;
	replay_shelve(replay, replay_add_lot(replay, lot, tally, security));
	return true;
}

bool replay_acquire(struct replay *replay, const struct fact *fact)
{
	assert(fact->kind == FACT_EXERCISE);
	return exercise(replay, fact);
}
