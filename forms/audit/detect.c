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
	sight->override[sight->overrides++] =
		(struct override){ sight->year, line, amount };
}

bool put_as_filed(struct sight *sight, const char *line, struct money filed)
{
	sight->line = line;
	put(sight, line, filed);
	return true;
}

void put_losses(struct sight *sight, const struct money regular[TERMS],
	const struct money amt[TERMS], enum mistaken mistaken)
{
	const struct {
		const char *line;
		struct money loss;
	} moved[] = {
		{ "schedule_d.7", regular[TERM_SHORT] },
		{ "schedule_d.15", regular[TERM_LONG] },
		{ "schedule_d@amt.7", amt[TERM_SHORT] },
		{ "schedule_d@amt.15", amt[TERM_LONG] },
	};

	for (size_t i = 0; i < COUNT(moved); i++) {
		const struct money right = line_of(sight->its, moved[i].line);
		const struct money loss = moved[i].loss;

		if (loss.cents != 0)
			put(sight, moved[i].line,
				mistaken == LEFT_OUT ? money_plus(right, loss)
						     : money_less(right, loss));
	}
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

/*
 * What finds more comes before what it would otherwise be taken for: a line whose filed amount
 * the mistakes found so far explain is not looked at again.
 */
const struct detector detectors[] = {
	{ "late_exercise_as_iso",
		"an option exercised too long after leaving, treated as ISO",
		"IRC 422(a)(2)", late_exercise_as_iso, false },
	{ "limit_excess_as_iso", "options over the $100,000 limit treated as ISO",
		"IRC 422(d)", limit_excess_as_iso, false },
	{ "unvested_at_exercise_value",
		"unvested shares put on line 2i at the exercise, by box 4 of Form 3921",
		"IRC 83(a), 56(b)(3)", unvested_at_exercise_value, false },
	{ "election_without_effect",
		"an 83(b) election on ISO shares believed to count for the regular tax",
		"IRC 83(e)(1)", election_without_effect, false },
	{ "regular_basis_raised", "the AMT basis used on the regular Schedule D",
		"IRC 1012", regular_basis_raised, false },
	{ "wash_sale_missed",
		"a loss deducted though shares were acquired within 30 days", "IRC 1091",
		wash_sale_missed, false },
	{ "worthless_loss_missed", "shares that became worthless left out",
		"IRC 165(g), 6511(d)(1)", worthless_loss_missed, false },
	{ "adjustment_on_other_line",
		"the difference of line 2k entered on line 2i or 3 instead",
		"Form 6251, line 2k", adjustment_on_other_line, false },
	{ "amt_wash_ignored", "wash sales of the AMT's losses not looked for",
		"IRC 1091, 56(b)(3)", amt_wash_ignored, false },
	{ "amt_basis_missed", "ISO shares sold without the AMT basis (line 2k left out)",
		"IRC 56(b)(3); Form 6251, line 2k", amt_basis_missed, false },
	{ "amt_reversal_missed",
		"wages of a later-year disqualifying sale not taken off for the AMT",
		"IRC 56(b)(3); Form 6251, line 2k", amt_reversal_missed, false },
	{ "amt_loss_not_limited",
		"line 2k as a sum over lots, without the limit on AMT losses",
		"IRC 1211(b); Form 6251, line 2k", amt_loss_not_limited, false },
	{ "amt_carryover_dropped", "the AMT's own capital loss carryover not carried in",
		"IRC 1212(b)", amt_carryover_dropped, false },
	{ "gift_of_immature_shares",
		"shares given away before they qualify, without the wages",
		"IRC 424(c)(1), 422(c)(2)(B)", gift_of_immature_shares, false },
	{ "anniversary_sale",
		"a sale a day before the shares qualify, filed as qualifying",
		"IRC 422(a)(1)", anniversary_sale, false },
	{ "disqualifying_called_qualifying",
		"wages of a disqualifying sale left out of the return", "IRC 421(b)",
		disqualifying_called_qualifying, false },
	{ "rescue_sale_washed",
		"wages limited to the gain in spite of a purchase within 30 days",
		"IRC 422(c)(2)(B), 1091", rescue_sale_washed, false },
	{ "loss_sale_full_spread",
		"wages of the full spread on a disqualifying sale below it",
		"IRC 422(c)(2)", loss_sale_full_spread, false },
	{ "compensation_twice_in_wages", "compensation from ISO shares in wages twice",
		"IRC 421(b)", compensation_twice_in_wages, false },
	{ "basis_not_raised",
		"compensation taxed as wages and again as gain (no code B on Form 8949)",
		"Form 8949, column (g)", basis_not_raised, false },
	{ "exercise_not_reported", "an exercise, or a vest, never put on line 2i",
		"IRC 56(b)(3); Form 6251, line 2i", exercise_not_reported, false },
	{ "same_year_sale_on_2i", "shares sold in the year of exercise left on line 2i",
		"IRC 56(b)(3)", same_year_sale_on_2i, false },
	{ "spread_not_by_form_3921", "line 2i does not follow from Forms 3921",
		"Form 3921, boxes 3 to 5", spread_not_by_form_3921, false },
	{ "deduction_not_added_back",
		"standard deduction or taxes not added back on line 2a", "IRC 56(b)(1)",
		deduction_not_added_back, false },
	{ "flat_rate", "one flat rate on line 7", "IRC 55(b)(1)", flat_rate, false },
	{ "separate_increase_missed",
		"the increase of line 4 on a separate return left out", "IRC 55(d)(2)",
		separate_increase_missed, false },
	{ "barred_credit_kept",
		"credit of a barred year carried on as if it were still there",
		"IRC 53(b)(2)", barred_credit_kept, true },
	{ "unclaimed_credit_kept",
		"credit that an open year did not claim carried on instead of claimed",
		"IRC 53(b)(2)", unclaimed_credit_kept, true },
	{ "last_year_not_carried_in", "last year's AMT not entered on line 16",
		"IRC 53(b)(1); Form 8801, line 16", last_year_not_carried_in, false },
	{ "credit_not_carried_in", "last year's credit not entered on line 19",
		"IRC 53(b); Form 8801, line 19", credit_not_carried_in, false },
	{ "credit_not_claimed", "an allowable minimum tax credit not claimed",
		"IRC 53(c)", credit_not_claimed, false },
	{ "negative_line_18_dropped", "a negative line 18 taken as zero",
		"Form 8801, line 18", negative_line_18_dropped, false },
	{ "exclusion_tax_misplaced", "Form 8801 Part III with wrong worksheet lines",
		"Form 8801, lines 27 to 55", exclusion_tax_misplaced, false },
	{ "credit_of_other_spouse", "credit carried on whole after a joint return",
		"Vichich v. Commissioner, 146 T.C. 163", credit_of_other_spouse, false },
	{ "estimated_tax_short",
		"too little withheld or paid in estimates for a safe harbour",
		"IRC 6654(d)", estimated_tax_short, false },
	{ "unsupported_software", "a program that leaves ISOs out of the AMT",
		"Form 6251, lines 2i and 2k", unsupported_software, false },
	{ "state_amt_unexamined", "California's AMT, whose lines programs have dropped",
		"Schedule P (540), lines 9 and 10", state_amt_unexamined, false },
	{ "state_move_unexamined",
		"wages on shares exercised in California and sold after moving away",
		"FTB Pub. 1004", state_move_unexamined, false },
	{ NULL, NULL, NULL, NULL, false },
};

const struct unexamined_words audit_unexamined[] = {
	{ "state returns and the AMT of states",
		"no state's figures are computed; `filed YEAR state=CA` brings "
		"reminders" },
	{ "the penalty on underpaid estimated tax, and interest",
		"missing the safe harbours is pointed out; Form 2210 is not computed" },
	{ "where a fair market value comes from",
		"line 2i is held against the values entered, not against a valuation "
		"report" },
	{ "whose credit it is after a death or divorce",
		"the question is put; the share of each spouse is for you to enter" },
	{ "relief that reopens a barred year (IRC 1311 to 1314)",
		"it needs a determination, and a lawyer" },
	{ "what a program printed on worksheets that are not filed",
		"only lines of forms are compared" },
	{ NULL, NULL },
};
