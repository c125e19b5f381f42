/* Searches the spread at which a year begins to owe AMT. */
#include <assert.h>
#include <string.h>

#include "forms/plan/plan.h"

/* ---- a return with more spread ------------------------------------------------------------ */

struct line_ref plan_line_of(const struct tax_return *its, const char *id)
{
	struct line_ref line;
	struct fail none;
	const bool found =
		law_line_find(return_law(its), return_year(its), id, &line, &none);

	assert(found);
	return line;
}

/* More of the input, or of the line itself where that was entered by hand. */
static struct return_input *with_spread(
	const struct tax_return *its, struct money spread, struct pool *pool)
{
	const struct law *const law = return_law(its);
	const struct return_input *const given = return_given(its);
	struct return_input *const in = pool_copy(pool, given, sizeof *given);
	const uint32_t line_2i = plan_line_of(its, "f6251.2i").number;
	struct fail none;
	size_t index;

	for (size_t i = 0; i < given->line_count; i++) {
		if (given->lines[i].line.number != line_2i)
			continue;
		struct entered_line *const lines = pool_copy(
			pool, given->lines, given->line_count * sizeof *given->lines);

		lines[i].amount = money_plus(lines[i].amount, spread);
		in->lines = lines;
		return in;
	}
	const size_t inputs = law_inputs(law);
	struct entered *const entered = pool_alloc(pool, (inputs + 1) * sizeof *entered);

	if (given->entered != NULL)
		memcpy(entered, given->entered, inputs * sizeof *entered);
	const bool found = law_input_find(law, "iso_spread", &index, &none);

	assert(found);
	entered[index].given = true;
	entered[index].amount = money_plus(entered[index].amount, spread);
	in->entered = entered;
	return in;
}

bool plan_return(const struct tax_return *its, struct money spread, bool exact,
	struct tax_return **again, struct pool *pool, struct fail *why)
{
	struct return_input *const in = with_spread(its, spread, pool);

	in->exact = exact;
	return return_evaluate(return_law(its), in, return_prior(its), again, pool, why);
}

bool plan_point(const struct tax_return *its, struct money spread,
	struct plan_point *point, struct fail *why)
{
	const struct {
		const char *line;
		struct money *to;
	} reads[] = {
		{ "f6251.2i", &point->line_2i },
		{ "f6251.9", &point->tentative },
		{ "f6251.10", &point->regular },
		{ "f6251.11", &point->amt },
		{ "f8801.25", &point->credit_used },
		{ "f8801.26", &point->credit_left },
		{ "f1040.total_tax", &point->total_tax },
	};
	struct pool pool = { 0 };
	struct tax_return *again;
	const bool done = plan_return(its, spread, true, &again, &pool, why);

	*point = (struct plan_point){ .spread = spread };
	for (size_t i = 0; done && i < COUNT(reads); i++)
		*reads[i].to =
			return_line(again, plan_line_of(again, reads[i].line)).amount;
	pool_release(&pool);
	return done;
}

/* ---- the search --------------------------------------------------------------------------- */

/* What is entered does not move when line 2i does. */
static bool moves(const struct tax_return *its, struct fail *why)
{
	static const char *const lines[] = { "f6251.4", "f6251.6", "f6251.7", "f6251.9",
		"f6251.11", "f6251.40" };

	for (size_t i = 0; i < COUNT(lines); i++) {
		if (!return_line(its, plan_line_of(its, lines[i])).overridden)
			continue;
		fail_set(why, FAIL_NOT_MODELLED,
			"%s of %d is entered by hand, and so does not move with an "
			"exercise",
			lines[i], return_year(its));
		return fail_hint(why,
			"take it back (dualbasis log, dualbasis undo) and enter the "
			"figures it is made from");
	}
	return true;
}

static bool owes(const struct tax_return *its, int64_t cents, bool exact, bool *owed,
	struct fail *why)
{
	struct pool pool = { 0 };
	struct tax_return *again;
	const bool done =
		plan_return(its, (struct money){ cents }, exact, &again, &pool, why);

	if (done)
		*owed = return_owes(again, plan_line_of(again, "f6251.11"));
	pool_release(&pool);
	return done;
}

/* The last cent without AMT, and whether one more has any. -1: none is without. */
static bool search(const struct tax_return *its, bool exact, int64_t *free_cents,
	bool *limited, struct fail *why)
{
	int64_t low = -1, high = 0;
	bool owed = false;

	for (;;) {
		if (!owes(its, high, exact, &owed, why))
			return false;
		if (owed || high >= PLAN_SPREAD_MOST)
			break;
		low = high;
		high = high < 100 ? 100 : high + high / 4;
		if (high > PLAN_SPREAD_MOST)
			high = PLAN_SPREAD_MOST;
	}
	*limited = owed;
	while (owed && high - low > 1) {
		const int64_t middle = low + (high - low) / 2;
		bool there;

		if (!owes(its, middle, exact, &there, why))
			return false;
		*(there ? &high : &low) = middle;
	}
	*free_cents = owed ? low : high;
	return true;
}

bool plan_room(const struct tax_return *its, struct plan_room *room, struct fail *why)
{
	int64_t exact, printed;
	bool limited;

	*room = (struct plan_room){ 0 };
	if (!moves(its, why) || !search(its, true, &exact, &room->limited, why) ||
		!search(its, false, &printed, &limited, why))
		return false;
	room->owed = exact < 0;
	room->room.cents = exact < 0 ? 0 : exact;
	room->form_room.cents = printed < 0 ? 0 : printed;
	return plan_point(its, (struct money){ 0 }, &room->none, why) &&
		plan_point(its, room->room, &room->full, why);
}
