/* Mistakes that Form 6251 shows. */
#include <string.h>

#include "forms/audit/detect.h"

/* Who forgets the AMT basis has one Schedule D: Part III was figured with its gains too. */
static void put_one_schedule_d(struct sight *sight)
{
	put(sight, "schedule_d@amt.7", line_of(sight->its, "schedule_d.7"));
	put(sight, "schedule_d@amt.15", line_of(sight->its, "schedule_d.15"));
}

/* "was filed as 0", or that the form was not filed. */
static const char *as_it_was(
	const struct sight *sight, const char *line, struct money filed)
{
	return filed_without(sight->filed, line)
		? "Form 6251 was not filed"
		: pool_printf(sight->pool, "line %s was filed as %s",
			  strchr(line, '.') + 1, amount_words(sight->pool, filed));
}

static const char *as_reported(
	const struct sight *sight, const char *line, struct money filed)
{
	if (filed_without(sight->filed, line))
		return "was filed without Form 6251";
	return pool_printf(sight->pool, "reported %s on line %s of Form 6251",
		dollars(sight->pool, filed), strchr(line, '.') + 1);
}

/* The credit is right, and so is the tax: Form 6251 was figured right and not sent in. */
static bool figured_though_not_filed(const struct sight *sight)
{
	struct money credit, tax;

	return filed_without(sight->filed, "f6251.2k") &&
		!filed_without(sight->filed, "f8801.25") &&
		filed_amount(sight->filed, "f8801.25", &credit) &&
		near(credit, line_of(sight->its, "f8801.25")) &&
		filed_amount(sight->filed, "f1040.total_tax", &tax) &&
		near(tax, line_of(sight->its, "f1040.total_tax"));
}

/* Reversals on line 2i or 3: right in sum, so that AMTI is right. */
bool adjustment_on_other_line(struct sight *sight)
{
	static const char *const lines[] = { "f6251.2i", "f6251.2k", "f6251.3" };
	struct money filed_sum = { 0 }, sum = { 0 }, filed, computed;

	if (!differs_on_form(sight, "f6251.2k", &filed, &computed) || nothing(computed))
		return false;
	for (size_t i = 0; i < COUNT(lines); i++) {
		if (!filed_amount(sight->filed, lines[i], &filed))
			filed = (struct money){ 0 };
		filed_sum = money_plus(filed_sum, filed);
		sum = money_plus(sum, line_of(sight->its, lines[i]));
	}
	if (!near(filed_sum, sum))
		return false;
	for (size_t i = 0; i < COUNT(lines); i++)
		if (filed_amount(sight->filed, lines[i], &filed))
			put(sight, lines[i], filed);
	sight->line = "f6251.2k";
	sight->text = pool_printf(sight->pool,
		"what belongs on line 2k (%s) was filed on line 2i or 3: income for the "
		"AMT is right, but a reader of the form, and next year's Form 8801, take "
		"it for something else",
		amount_words(sight->pool, line_of(sight->its, "f6251.2k")));
	return true;
}

bool amt_basis_missed(struct sight *sight)
{
	const struct year_lots *const lots = &sight->lots;
	struct money filed, computed;

	/* Left blank, or with the reversal of compensation alone. */
	if (!differs(sight, "f6251.2k", &filed, &computed) || nothing(lots->gap) ||
		filed.cents <= computed.cents ||
		!(nothing(filed) || near(filed, money_negate(lots->earlier))) ||
		figured_though_not_filed(sight))
		return false;
	sight->only_if_worth = filed_without(sight->filed, "f6251.2k");
	sight->text = pool_printf(sight->pool,
		"ISO shares were sold whose AMT basis is %s above the regular basis, but "
		"%s; with two complete Schedules D line 2k is %s",
		amount_words(sight->pool, lots->gap), as_it_was(sight, "f6251.2k", filed),
		amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"The taxpayer sold shares bought by exercising incentive stock options: "
		"%s. For the alternative minimum tax their basis includes the %s that "
		"was income for that tax when the options were exercised (IRC 56(b)(3)), "
		"so that the gain is smaller than for the regular tax. The original "
		"return %s. Line 2k, the difference between Schedule D refigured for the "
		"alternative minimum tax and the regular Schedule D, is %s.",
		sales_words(sight, ISO_QUALIFYING), dollars(sight->pool, lots->gap),
		as_reported(sight, "f6251.2k", filed), dollars(sight->pool, computed));
	put_one_schedule_d(sight);
	return put_as_filed(sight, "f6251.2k", filed);
}

bool amt_reversal_missed(struct sight *sight)
{
	const struct year_lots *const lots = &sight->lots;
	struct money filed, computed;

	if (!differs(sight, "f6251.2k", &filed, &computed) || !positive(lots->earlier) ||
		!(near(filed, money_plus(computed, lots->earlier)) || nothing(filed)) ||
		figured_though_not_filed(sight))
		return false;
	sight->only_if_worth = filed_without(sight->filed, "f6251.2k");
	sight->text = pool_printf(sight->pool,
		"a disqualifying sale gave %s of wages on shares whose spread the AMT "
		"had taxed in an earlier year; line 2k takes that off again (%s), but %s",
		amount_words(sight->pool, lots->earlier),
		amount_words(sight->pool, computed), as_it_was(sight, "f6251.2k", filed));
	sight->claim = pool_printf(sight->pool,
		"Shares bought by exercising incentive stock options were sold in a "
		"disqualifying disposition: %s. The compensation of %s is income for the "
		"regular tax only: for the alternative minimum tax the spread was income "
		"in the year of the exercise (IRC 56(b)(3)), and line 2k of Form 6251 "
		"takes the compensation off. The original return %s. The correct amount "
		"is %s.",
		sales_words(sight, ISO_LATER_YEAR), dollars(sight->pool, lots->earlier),
		as_reported(sight, "f6251.2k", filed), dollars(sight->pool, computed));
	if (nothing(filed))
		put_one_schedule_d(sight);
	return put_as_filed(sight, "f6251.2k", filed);
}

bool amt_loss_not_limited(struct sight *sight)
{
	struct money filed, computed;

	if (sight->lots.iso_sales == 0 ||
		!differs_on_form(sight, "f6251.2k", &filed, &computed) ||
		!near(filed, money_less(sight->lots.per_lot, sight->lots.earlier)))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2k was filed as the sum of the lots' differences (%s); a net "
		"capital loss is limited in each system by itself, so it is %s",
		amount_words(sight->pool, filed), amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"Line 2k of Form 6251 was reported as %s, the sum of the differences in "
		"gain of the shares sold. The loss on the Schedule D refigured for the "
		"alternative minimum tax is limited by IRC 1211(b) as the regular one "
		"is, and the excess is carried over. The difference of the two schedules "
		"is %s.",
		dollars(sight->pool, filed), dollars(sight->pool, computed));
	return put_as_filed(sight, "f6251.2k", filed);
}

static const char *const amt_carryover[] = { "schedule_d@amt.6", "schedule_d@amt.14" };

/* Nobody files the AMT's Schedule D: line 2k shows whether its carryover was carried in. */
static bool line_2k_without_carryover(struct sight *sight)
{
	const struct override none[] = { { 0, amt_carryover[0], { 0 } },
		{ 0, amt_carryover[1], { 0 } } };
	struct money filed, computed;

	if (!differs_on_form(sight, "f6251.2k", &filed, &computed))
		return false;
	const struct tax_return *const without = sight_with(sight, none, COUNT(none));

	if (without == NULL || !near(filed, line_of(without, "f6251.2k")))
		return false;
	sight->line =
		amt_carryover[nothing(line_of(sight->its, amt_carryover[1])) ? 0 : 1];
	for (size_t i = 0; i < COUNT(none); i++)
		put(sight, none[i].line, none[i].amount);
	return true;
}

static bool carryover_filed_as_nothing(struct sight *sight)
{
	bool dropped = false;

	for (size_t i = 0; i < COUNT(amt_carryover); i++) {
		struct money filed, computed;

		if (!differs(sight, amt_carryover[i], &filed, &computed))
			continue;
		put(sight, amt_carryover[i], filed);
		sight->line = amt_carryover[i];
		dropped = dropped || nothing(filed);
	}
	if (!dropped)
		sight->overrides = 0;
	return dropped;
}

bool amt_carryover_dropped(struct sight *sight)
{
	const struct money carried = money_plus(line_of(sight->its, amt_carryover[0]),
		line_of(sight->its, amt_carryover[1]));

	if (nothing(carried) ||
		!(carryover_filed_as_nothing(sight) || line_2k_without_carryover(sight)))
		return false;
	sight->text = pool_printf(sight->pool,
		"capital losses of %s come over from the AMT's own Schedule D of last "
		"year, but none were carried in",
		amount_words(sight->pool, money_negate(carried)));
	sight->claim = pool_printf(sight->pool,
		"Capital losses of %s, figured for the alternative minimum tax, were not "
		"used in %d and carry over under IRC 1212(b), apart from those of the "
		"regular tax. The original return did not take them into account on line "
		"2k of Form 6251. The correct amount of line 2k is %s.",
		dollars(sight->pool, money_negate(carried)), sight->year - 1,
		dollars(sight->pool, line_of(sight->its, "f6251.2k")));
	return true;
}

bool exercise_not_reported(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f6251.2i", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	/* Within the exemption nothing is owed and the form need not be filed. */
	sight->only_if_worth = filed_without(sight->filed, "f6251.2i");
	sight->text = pool_printf(sight->pool,
		"ISOs were exercised and the shares kept with a spread of %s, but %s; "
		"the AMT is owed, and makes a credit and the AMT basis plain",
		amount_words(sight->pool, computed), as_it_was(sight, "f6251.2i", filed));
	sight->claim = pool_printf(sight->pool,
		"Incentive stock options were exercised (%s) and the shares were held at "
		"the end of the year. Their value at the exercise was %s above the price "
		"paid, which is income for the alternative minimum tax (IRC 56(b)(3)). "
		"The original return %s.",
		exercises_words(sight), dollars(sight->pool, computed),
		as_reported(sight, "f6251.2i", filed));
	return put_as_filed(sight, "f6251.2i", filed);
}

bool same_year_sale_on_2i(struct sight *sight)
{
	struct money filed, computed;

	if (!positive(sight->lots.same_year_spread) ||
		!differs_on_form(sight, "f6251.2i", &filed, &computed) ||
		!near(filed, money_plus(computed, sight->lots.same_year_spread)))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2i was filed with the spread of shares sold in the same year (%s); "
		"for those both systems agree and nothing is added",
		amount_words(sight->pool, sight->lots.same_year_spread));
	sight->claim = pool_printf(sight->pool,
		"Line 2i of Form 6251 included %s for shares that were sold in the year "
		"of the exercise: %s. For those the treatment is the same for both taxes "
		"and no adjustment is made (IRC 56(b)(3)). The correct amount is %s.",
		dollars(sight->pool, sight->lots.same_year_spread),
		sales_words(sight, ISO_SAME_YEAR), dollars(sight->pool, computed));
	return put_as_filed(sight, "f6251.2i", filed);
}

bool spread_not_by_form_3921(struct sight *sight)
{
	struct money filed, computed;

	if (!differs_on_form(sight, "f6251.2i", &filed, &computed) || nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2i was filed as %s; the values and prices of Forms 3921 give %s",
		amount_words(sight->pool, filed), amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"Line 2i of Form 6251 was reported as %s. Forms 3921 for the year (%s) "
		"show shares worth %s more than the price paid on the days of exercise "
		"(box 5 times box 4, less box 5 times box 3).",
		dollars(sight->pool, filed), exercises_words(sight),
		dollars(sight->pool, computed));
	return put_as_filed(sight, "f6251.2i", filed);
}

bool deduction_not_added_back(struct sight *sight)
{
	struct money filed, computed;

	if (!differs_on_form(sight, "f6251.2a", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2a was left out; the standard deduction or the taxes of Schedule A "
		"(%s) count again for the AMT",
		amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"Line 2a of Form 6251 was left blank. The standard deduction, or the "
		"taxes deducted on Schedule A, are not deductible for the alternative "
		"minimum tax (IRC 56(b)(1)); the correct amount is %s.",
		dollars(sight->pool, computed));
	return put_as_filed(sight, "f6251.2a", filed);
}

bool flat_rate(struct sight *sight)
{
	const struct money base = line_of(sight->its, "f6251.6");
	struct money filed, computed;

	if (!differs_on_form(sight, "f6251.7", &filed, &computed) || !positive(base) ||
		!(near(filed, money_part(base, 28, 100)) ||
			near(filed, money_part(base, 26, 100))))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 7 was filed as one flat rate on line 6 (%s); with both rates, and "
		"those of capital gains, it is %s",
		amount_words(sight->pool, filed), amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"Line 7 of Form 6251 was figured at a single rate. At the rates of 26 "
		"and 28 percent (IRC 55(b)(1)), and in Part III at the rates for capital "
		"gains where there are any, it is %s.",
		dollars(sight->pool, computed));
	return put_as_filed(sight, "f6251.7", filed);
}

bool separate_increase_missed(struct sight *sight)
{
	struct money filed, computed;

	if (sight->status != STATUS_MFS ||
		!differs_on_form(sight, "f6251.4", &filed, &computed) ||
		filed.cents >= computed.cents ||
		!near(money_less(computed, filed),
			line_of(sight->its, "f6251.separate_increase")))
		return false;
	const char *const by = amount_words(sight->pool, money_less(computed, filed));

	sight->text = pool_printf(sight->pool,
		"a separate return's line 4 is increased above a threshold (by %s here); "
		"it was filed without",
		by);
	sight->claim = pool_printf(sight->pool,
		"Line 4 of Form 6251 was reported without the increase for a married "
		"person filing separately (IRC 55(d)(2)), which is $%s.",
		by);
	return put_as_filed(sight, "f6251.4", filed);
}
