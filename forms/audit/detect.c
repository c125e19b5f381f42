/* The table of detectors, each a mistake that people have paid for, and what they share. */
#include "forms/audit/detect.h"

#include <stdlib.h>
#include <string.h>

bool near(struct money a, struct money b)
{
	return llabs(a.cents - b.cents) <= AUDIT_TOLERANCE_CENTS;
}

bool positive(struct money amount)
{
	return amount.cents > AUDIT_TOLERANCE_CENTS;
}

bool nothing(struct money amount)
{
	return llabs(amount.cents) <= AUDIT_TOLERANCE_CENTS;
}

struct money line_of(const struct tax_return *its, const char *id)
{
	struct value value;
	struct fail why;

	if (!return_find(its, id, &value, &why) || !value.filled)
		return (struct money){ 0 };
	return value.amount;
}

bool differs(const struct sight *sight, const char *id, struct money *filed,
	struct money *computed)
{
	*computed = line_of(sight->its, id);
	return filed_amount(sight->filed, id, filed) && !near(*filed, *computed);
}

bool differs_on_form(const struct sight *sight, const char *id, struct money *filed,
	struct money *computed)
{
	return !filed_without(sight->filed, id) && differs(sight, id, filed, computed);
}

void put(struct sight *sight, const char *line, struct money amount)
{
	sight->override[sight->overrides++] = (struct override){ line, amount };
}

bool put_as_filed(struct sight *sight, const char *line, struct money filed)
{
	sight->line = line;
	put(sight, line, filed);
	return true;
}

const char *amount_words(struct pool *pool, struct money amount)
{
	char text[MONEY_TEXT];

	return pool_printf(pool, "%s", money_short(amount, text));
}

const char *dollars(struct pool *pool, struct money amount)
{
	const struct money size = { llabs(amount.cents) };

	return pool_printf(
		pool, amount.cents < 0 ? "($%s)" : "$%s", amount_words(pool, size));
}

const char *day_words(struct pool *pool, struct day day)
{
	int year, month, mday;

	day_to_civil(day, &year, &month, &mday);
	return pool_printf(pool, "%02d/%02d/%d", month, mday, year);
}

/* What finds more comes before what it would otherwise be taken for. */
const struct detector detectors[] = {
	{ "regular_basis_raised", "the AMT basis used on the regular Schedule D",
		"IRC 1012", regular_basis_raised, { NULL } },
	{ "adjustment_on_other_line",
		"the difference of line 2k entered on line 2i or 3 instead",
		"Form 6251, line 2k", adjustment_on_other_line,
		{ "regular_basis_raised" } },
	{ "amt_basis_missed", "ISO shares sold without the AMT basis (line 2k left out)",
		"IRC 56(b)(3); Form 6251, line 2k", amt_basis_missed,
		{ "regular_basis_raised", "adjustment_on_other_line" } },
	{ "amt_reversal_missed",
		"wages of a later-year disqualifying sale not taken off for the AMT",
		"IRC 56(b)(3); Form 6251, line 2k", amt_reversal_missed,
		{ "amt_basis_missed" } },
	{ "amt_loss_not_limited",
		"line 2k as a sum over lots, without the limit on AMT losses",
		"IRC 1211(b); Form 6251, line 2k", amt_loss_not_limited,
		{ "amt_basis_missed" } },
	{ "amt_carryover_dropped", "the AMT's own capital loss carryover not carried in",
		"IRC 1212(b)", amt_carryover_dropped, { NULL } },
	{ "anniversary_sale",
		"a sale a day before the shares qualify, filed as qualifying",
		"IRC 422(a)(1)", anniversary_sale, { NULL } },
	{ "disqualifying_called_qualifying",
		"wages of a disqualifying sale left out of the return", "IRC 421(b)",
		disqualifying_called_qualifying, { "anniversary_sale" } },
	{ "loss_sale_full_spread",
		"wages of the full spread on a disqualifying sale below it",
		"IRC 422(c)(2)", loss_sale_full_spread, { NULL } },
	{ "compensation_twice_in_wages", "compensation from ISO shares in wages twice",
		"IRC 421(b)", compensation_twice_in_wages, { "loss_sale_full_spread" } },
	{ "basis_not_raised",
		"compensation taxed as wages and again as gain (no code B on Form 8949)",
		"Form 8949, column (g)", basis_not_raised, { NULL } },
	{ "exercise_not_reported", "an exercise never put on line 2i",
		"IRC 56(b)(3); Form 6251, line 2i", exercise_not_reported, { NULL } },
	{ "same_year_sale_on_2i", "shares sold in the year of exercise left on line 2i",
		"IRC 56(b)(3)", same_year_sale_on_2i, { NULL } },
	{ "spread_not_by_form_3921", "line 2i does not follow from Forms 3921",
		"Form 3921, boxes 3 to 5", spread_not_by_form_3921,
		{ "same_year_sale_on_2i" } },
	{ "deduction_not_added_back",
		"standard deduction or taxes not added back on line 2a", "IRC 56(b)(1)",
		deduction_not_added_back, { NULL } },
	{ "flat_rate", "one flat rate on line 7", "IRC 55(b)(1)", flat_rate, { NULL } },
	{ "separate_increase_missed",
		"the increase of line 4 on a separate return left out", "IRC 55(d)(2)",
		separate_increase_missed, { NULL } },
	{ "barred_credit_kept",
		"credit of a barred year carried on as if it were still there",
		"IRC 53(b)(2)", barred_credit_kept, { NULL } },
	{ "unclaimed_credit_kept",
		"credit that an open year did not claim carried on instead of claimed",
		"IRC 53(b)(2)", unclaimed_credit_kept, { "barred_credit_kept" } },
	{ "last_year_not_carried_in", "last year's AMT not entered on line 16",
		"IRC 53(b)(1); Form 8801, line 16", last_year_not_carried_in, { NULL } },
	{ "credit_not_carried_in", "last year's credit not entered on line 19",
		"IRC 53(b); Form 8801, line 19", credit_not_carried_in, { NULL } },
	{ "credit_not_claimed", "an allowable minimum tax credit not claimed",
		"IRC 53(c)", credit_not_claimed,
		{ "credit_not_carried_in", "last_year_not_carried_in" } },
	{ "negative_line_18_dropped", "a negative line 18 taken as zero",
		"Form 8801, line 18", negative_line_18_dropped, { NULL } },
	{ "exclusion_tax_misplaced", "Form 8801 Part III with wrong worksheet lines",
		"Form 8801, lines 27 to 55", exclusion_tax_misplaced, { NULL } },
	{ "unsupported_software", "a program that leaves ISOs out of the AMT",
		"Form 6251, lines 2i and 2k", unsupported_software,
		{ "amt_basis_missed" } },
	{ NULL, NULL, NULL, NULL, { NULL } },
};
