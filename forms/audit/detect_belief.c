/*
 * Mistakes about what an option or a share is: the filed lines are those of other facts than
 * happened. The facts are changed into what the filer took them to be, and replayed.
 */
#include "forms/audit/detect.h"

static size_t drop_kind(struct facts *facts, enum fact_kind kind)
{
	size_t kept = 0, dropped = 0;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == kind)
			dropped++;
		else
			facts->at[kept++] = facts->at[i];
	facts->count = kept;
	return dropped;
}

/* ---- exercised too long after employment ended: R-002 ---------------------------------- */

static bool still_employed(struct facts *facts)
{
	return drop_kind(facts, FACT_LEFT) > 0;
}

bool late_exercise_as_iso(struct sight *sight)
{
	if (!sight_believes(sight, still_employed))
		return false;
	sight->text =
		"an option was exercised more than three months after employment ended "
		"and treated as an ISO; it is none: the spread is wages at the exercise, "
		"is the basis for both taxes, and has no place on line 2i";
	sight->claim = pool_printf(sight->pool,
		"An option was exercised more than three months after the taxpayer's "
		"employment had ended. IRC 421 does not apply to it (IRC 422(a)(2)): the "
		"excess of the shares' value over the price paid is compensation in the "
		"year of the exercise and part of their basis, for the regular tax and "
		"for the alternative minimum tax alike. Wages are %s, and line 2i of "
		"Form 6251 is %s.",
		dollars(sight->pool, line_of(sight->its, "f1040.wages")),
		dollars(sight->pool, line_of(sight->its, "f6251.2i")));
	return true;
}

/* ---- the $100,000 limit: R-005, R-006 --------------------------------------------------- */

static bool no_limit(struct facts *facts)
{
	size_t changed = drop_kind(facts, FACT_EXERCISABLE);

	for (size_t i = 0; i < facts->count; i++) {
		struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_EXERCISE && fact->option != OPTION_NSO &&
			fact->nso_shares.e8 != 0) {
			fact->nso_shares.e8 = 0;
			changed++;
		}
	}
	return changed > 0;
}

bool limit_excess_as_iso(struct sight *sight)
{
	if (!sight_believes(sight, no_limit))
		return false;
	sight->text =
		"more than $100,000 of options became exercisable for the first time in "
		"one year; what is over it was treated as ISO, but is none: its spread "
		"is wages at the exercise and has no place on line 2i";
	sight->claim = pool_printf(sight->pool,
		"Options for stock worth more than $100,000 when granted became "
		"exercisable for the first time in one calendar year. The part over that "
		"limit is not an incentive stock option (IRC 422(d)). Its spread at the "
		"exercise is compensation and part of the basis for both taxes. Wages "
		"are %s, and line 2i of Form 6251 is %s.",
		dollars(sight->pool, line_of(sight->its, "f1040.wages")),
		dollars(sight->pool, line_of(sight->its, "f6251.2i")));
	return true;
}

/* ---- unvested shares: R-044, R-045 ------------------------------------------------------- */

static bool came_unvested(const struct fact *fact)
{
	return fact->kind == FACT_EXERCISE && fact->unvested.e8 > 0;
}

static bool all_elected(struct facts *facts)
{
	size_t changed = 0;

	for (size_t i = 0; i < facts->count; i++)
		if (came_unvested(&facts->at[i]) && facts->at[i].elected != COVERED_YES) {
			facts->at[i].elected = COVERED_YES;
			changed++;
		}
	return changed > 0;
}

bool unvested_at_exercise_value(struct sight *sight)
{
	if (!sight_believes(sight, all_elected))
		return false;
	sight->text = "shares were bought unvested and without an 83(b) election; the "
		      "AMT measures them when they vest, at their value then, not at the "
		      "exercise (box 4 of Form 3921)";
	sight->claim = pool_printf(sight->pool,
		"Incentive stock options were exercised for shares that had not vested, "
		"and no election under IRC 83(b) was made. For the alternative minimum "
		"tax their spread is income when they vest, at their value on that day "
		"(IRC 56(b)(3), 83(a)), not at the exercise. Line 2i of Form 6251 is %s.",
		dollars(sight->pool, line_of(sight->its, "f6251.2i")));
	return true;
}

/* The exercise that unvested shares came from, by lot or by day. */
static const struct fact *origin_of(const struct facts *facts, const struct fact *vest)
{
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (came_unvested(fact) &&
			(vest->lot != 0 ? fact->lot == vest->lot
					: fact->symbol == vest->symbol &&
						fact->day.number ==
							vest->other_day.number))
			return fact;
	}
	return NULL;
}

/* With an election the regular tax, too, was measured at the exercise: what it does not do. */
static bool vest_changes_nothing(struct facts *facts)
{
	size_t changed = 0;

	for (size_t i = 0; i < facts->count; i++) {
		struct fact *const vest = &facts->at[i];
		const struct fact *const exercise =
			vest->kind == FACT_VEST ? origin_of(facts, vest) : NULL;

		if (exercise != NULL && exercise->elected == COVERED_YES &&
			vest->fmv.e8 != exercise->fmv.e8) {
			vest->fmv = exercise->fmv;
			changed++;
		}
	}
	return changed > 0;
}

bool election_without_effect(struct sight *sight)
{
	if (!sight_believes(sight, vest_changes_nothing))
		return false;
	sight->text = "an 83(b) election on ISO shares counts for the AMT only; wages of "
		      "a disqualifying sale are measured at the value when the shares "
		      "vested, not at the exercise";
	sight->claim = pool_printf(sight->pool,
		"Shares bought unvested by exercising incentive stock options were sold "
		"in a disqualifying disposition: %s. The election under IRC 83(b) has "
		"effect for the alternative minimum tax only; compensation is measured "
		"by the value of the shares when they vested. Wages are %s.",
		sales_words(sight, ISO_DISQUALIFYING),
		dollars(sight->pool, line_of(sight->its, "f1040.wages")));
	return true;
}
