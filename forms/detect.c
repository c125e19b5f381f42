/* The detectors, each a mistake that people have paid for. */
#include "forms/detect.h"

#include <stdlib.h>
#include <string.h>

bool near(struct money a, struct money b)
{
	return llabs(a.cents - b.cents) <= AUDIT_TOLERANCE_CENTS;
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

static bool positive(struct money amount)
{
	return amount.cents > AUDIT_TOLERANCE_CENTS;
}

static bool nothing(struct money amount)
{
	return llabs(amount.cents) <= AUDIT_TOLERANCE_CENTS;
}

static const char *grouped(const struct sight *sight, struct money amount)
{
	char text[MONEY_TEXT];

	money_grouped(amount, text);
	return pool_text(sight->pool, text, strlen(text));
}

static void put(struct sight *sight, const char *line, struct money amount)
{
	sight->override[sight->overrides++] = (struct override){ line, amount };
}

/* Who forgets the AMT basis has one Schedule D: Part III was figured with its gains too. */
static void put_one_schedule_d(struct sight *sight)
{
	put(sight, "schedule_d@amt.7", line_of(sight->its, "schedule_d.7"));
	put(sight, "schedule_d@amt.15", line_of(sight->its, "schedule_d.15"));
}

/* The mistake is the line itself as filed. */
static bool as_filed(struct sight *sight, const char *line, struct money filed)
{
	sight->line = line;
	put(sight, line, filed);
	return true;
}

/* Wages as filed; what ISO shares give was never Medicare wages, right or wrong. */
static bool wages_as_filed(struct sight *sight, struct money filed)
{
	put(sight, "f8959.1", line_of(sight->its, "f8959.1"));
	return as_filed(sight, "f1040.wages", filed);
}

static bool amt_basis_missed(struct sight *sight)
{
	const struct iso_year *const iso = &sight->iso;
	struct money filed, computed;

	/* Left blank, or with the reversal of compensation alone. */
	if (!differs(sight, "f6251.2k", &filed, &computed) || nothing(iso->gap) ||
		filed.cents <= computed.cents ||
		!(nothing(filed) || near(filed, money_negate(iso->earlier))))
		return false;
	sight->text = pool_printf(sight->pool,
		"ISO shares were sold whose AMT basis is %s above the regular basis, but "
		"line 2k "
		"was filed "
		"as %s; with two complete Schedules D it is %s",
		grouped(sight, iso->gap), grouped(sight, filed),
		grouped(sight, computed));
	put_one_schedule_d(sight);
	return as_filed(sight, "f6251.2k", filed);
}

static bool amt_reversal_missed(struct sight *sight)
{
	const struct iso_year *const iso = &sight->iso;
	struct money filed, computed;

	if (!differs(sight, "f6251.2k", &filed, &computed) || !positive(iso->earlier) ||
		!(near(filed, money_plus(computed, iso->earlier)) || nothing(filed)))
		return false;
	sight->text = pool_printf(sight->pool,
		"a disqualifying sale gave %s of wages on shares whose spread the AMT "
		"had taxed "
		"in an "
		"earlier year; line 2k takes that off again (%s), but was filed as %s",
		grouped(sight, iso->earlier), grouped(sight, computed),
		grouped(sight, filed));
	if (nothing(filed))
		put_one_schedule_d(sight);
	return as_filed(sight, "f6251.2k", filed);
}

static bool amt_loss_not_limited(struct sight *sight)
{
	struct money filed, computed;

	if (sight->iso.sales == 0 || !differs(sight, "f6251.2k", &filed, &computed) ||
		!near(filed, money_less(sight->iso.per_lot, sight->iso.earlier)))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2k was filed as the sum of the lots' differences (%s); a net "
		"capital loss "
		"is limited "
		"in each system by itself, so it is %s",
		grouped(sight, filed), grouped(sight, computed));
	return as_filed(sight, "f6251.2k", filed);
}

static bool amt_carryover_dropped(struct sight *sight)
{
	const struct money carried = money_plus(line_of(sight->its, "schedule_d@amt.6"),
		line_of(sight->its, "schedule_d@amt.14"));
	struct money short_filed, long_filed, short_right, long_right;
	const bool short_differs =
		differs(sight, "schedule_d@amt.6", &short_filed, &short_right);
	const bool long_differs =
		differs(sight, "schedule_d@amt.14", &long_filed, &long_right);

	if (nothing(carried) ||
		!((short_differs && nothing(short_filed)) ||
			(long_differs && nothing(long_filed))))
		return false;
	sight->line = long_differs ? "schedule_d@amt.14" : "schedule_d@amt.6";
	if (short_differs)
		put(sight, "schedule_d@amt.6", short_filed);
	if (long_differs)
		put(sight, "schedule_d@amt.14", long_filed);
	sight->text = pool_printf(sight->pool,
		"capital losses of %s come over from the AMT's own Schedule D of last "
		"year, but "
		"none were "
		"carried in",
		grouped(sight, money_negate(carried)));
	return true;
}

static bool regular_basis_raised(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "schedule_d.16", &filed, &computed) ||
		!positive(sight->iso.gap) ||
		!near(filed, money_less(computed, sight->iso.gap)))
		return false;
	struct money line_2k;

	sight->line = "schedule_d.16";
	put(sight, "schedule_d.15",
		money_less(line_of(sight->its, "schedule_d.15"), sight->iso.gap));
	if (filed_amount(sight->filed, "f6251.2k", &line_2k))
		put(sight, "f6251.2k", line_2k);
	sight->text = pool_printf(sight->pool,
		"the gain on qualifying ISO shares was filed %s too low: the AMT basis "
		"was used "
		"on the "
		"regular Schedule D, where only the price paid counts",
		grouped(sight, sight->iso.gap));
	return true;
}

static bool wages_lack(struct sight *sight, struct money missing, struct money *filed)
{
	struct money computed;

	return positive(missing) && differs(sight, "f1040.wages", filed, &computed) &&
		near(*filed, money_less(computed, missing));
}

static bool anniversary_sale(struct sight *sight)
{
	struct money filed;

	if (sight->iso.anniversary == NULL ||
		!wages_lack(sight, sight->iso.compensation, &filed))
		return false;
	char sold[DAY_TEXT];

	sight->text = pool_printf(sight->pool,
		"shares were sold on %s, a day before they qualify: more than a year is "
		"wanted, "
		"not at least "
		"one; %s of the gain are wages",
		day_iso(sight->iso.anniversary->sold, sold),
		grouped(sight, sight->iso.compensation));
	return wages_as_filed(sight, filed);
}

static bool disqualifying_called_qualifying(struct sight *sight)
{
	struct money filed;

	if (!wages_lack(sight, sight->iso.compensation, &filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"a sale within two years of the grant or one year of the exercise gave "
		"wages of "
		"%s that the "
		"return lacks",
		grouped(sight, sight->iso.compensation));
	return wages_as_filed(sight, filed);
}

static bool loss_sale_full_spread(struct sight *sight)
{
	const struct iso_year *const iso = &sight->iso;
	const struct money over = money_less(iso->full_spread, iso->compensation);
	struct money filed, computed;

	if (!positive(over) || !differs(sight, "f1040.wages", &filed, &computed) ||
		!near(filed, money_plus(computed, over)))
		return false;
	sight->text = pool_printf(sight->pool,
		"a disqualifying sale below the value at exercise was given wages of the "
		"whole "
		"spread (%s); "
		"they are limited to the gain (%s)",
		grouped(sight, iso->full_spread), grouped(sight, iso->compensation));
	return wages_as_filed(sight, filed);
}

static bool compensation_twice_in_wages(struct sight *sight)
{
	struct money filed, computed;

	if (!positive(sight->iso.compensation) ||
		!differs(sight, "f1040.wages", &filed, &computed) ||
		!near(filed, money_plus(computed, sight->iso.compensation)))
		return false;
	sight->text = pool_printf(sight->pool,
		"compensation of %s from ISO shares is in the filed wages twice",
		grouped(sight, sight->iso.compensation));
	return wages_as_filed(sight, filed);
}

static bool basis_not_raised(struct sight *sight)
{
	struct money filed, computed;

	if (!positive(sight->iso.compensation) ||
		!differs(sight, "schedule_d.16", &filed, &computed) ||
		!near(filed, money_plus(computed, sight->iso.compensation)))
		return false;
	sight->line = "schedule_d.16";
	put(sight, "schedule_d.7",
		money_plus(line_of(sight->its, "schedule_d.7"), sight->iso.compensation));
	sight->text = pool_printf(sight->pool,
		"compensation of %s was taxed as wages and again as gain: the broker's "
		"basis "
		"lacks it, and "
		"Form 8949 was filed without the adjustment (code B)",
		grouped(sight, sight->iso.compensation));
	return true;
}

static bool exercise_not_reported(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f6251.2i", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"ISOs were exercised and the shares kept with a spread of %s, but "
		"nothing was "
		"filed on line "
		"2i; the AMT is owed, and makes a credit and the AMT basis plain",
		grouped(sight, computed));
	return as_filed(sight, "f6251.2i", filed);
}

static bool same_year_sale_on_2i(struct sight *sight)
{
	struct money filed, computed;

	if (!positive(sight->iso.same_year_spread) ||
		!differs(sight, "f6251.2i", &filed, &computed) ||
		!near(filed, money_plus(computed, sight->iso.same_year_spread)))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2i was filed with the spread of shares sold in the same year (%s); "
		"for "
		"those both "
		"systems agree and nothing is added",
		grouped(sight, sight->iso.same_year_spread));
	return as_filed(sight, "f6251.2i", filed);
}

static bool spread_not_by_form_3921(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f6251.2i", &filed, &computed) || nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2i was filed as %s; the values and prices of Forms 3921 give %s",
		grouped(sight, filed), grouped(sight, computed));
	return as_filed(sight, "f6251.2i", filed);
}

static bool deduction_not_added_back(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f6251.2a", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 2a was left out; the standard deduction or the taxes of Schedule A "
		"(%s) "
		"count again for "
		"the AMT",
		grouped(sight, computed));
	return as_filed(sight, "f6251.2a", filed);
}

static bool flat_rate(struct sight *sight)
{
	const struct money base = line_of(sight->its, "f6251.6");
	struct money filed, computed;

	if (!differs(sight, "f6251.7", &filed, &computed) || !positive(base) ||
		!(near(filed, money_part(base, 28, 100)) ||
			near(filed, money_part(base, 26, 100))))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 7 was filed as one flat rate on line 6 (%s); with both rates, and "
		"those of "
		"capital gains, "
		"it is %s",
		grouped(sight, filed), grouped(sight, computed));
	return as_filed(sight, "f6251.7", filed);
}

static bool separate_increase_missed(struct sight *sight)
{
	struct money filed, computed;

	if (sight->status != STATUS_MFS ||
		!differs(sight, "f6251.4", &filed, &computed) ||
		filed.cents >= computed.cents ||
		!near(money_less(computed, filed),
			line_of(sight->its, "f6251.separate_increase")))
		return false;
	sight->text = pool_printf(sight->pool,
		"a separate return's line 4 is increased above a threshold (by %s here); "
		"it was "
		"filed without",
		grouped(sight, money_less(computed, filed)));
	return as_filed(sight, "f6251.4", filed);
}

static bool credit_not_claimed(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f8801.25", &filed, &computed) || !positive(computed) ||
		!nothing(filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"a minimum tax credit of %s was allowed this year and not claimed; no "
		"sale is "
		"needed, only "
		"regular tax above the tentative minimum tax",
		grouped(sight, computed));
	return as_filed(sight, "f8801.25", filed);
}

static bool barred_credit_kept(struct sight *sight)
{
	struct money filed, computed, carried;

	if (!sight->before_barred || sight->before == NULL ||
		!differs(sight, "f8801.19", &filed, &computed) ||
		filed.cents <= computed.cents ||
		!filed_amount(sight->before, "f8801.26", &carried) ||
		!near(filed, carried))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 19 carries %s from last year's Form 8801, but the credit allowable "
		"in years "
		"now barred is "
		"used up whether or not it was claimed: %s is left",
		grouped(sight, filed), grouped(sight, computed));
	return as_filed(sight, "f8801.19", filed);
}

static bool credit_not_carried_in(struct sight *sight)
{
	struct money filed, computed;

	/* A form that was never filed carried nothing either: that is another mistake. */
	if (filed_without(sight->filed, "f8801.19") ||
		!differs(sight, "f8801.19", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"last year's credit of %s (Form 8801 line 26) was not entered on line 19",
		grouped(sight, computed));
	return as_filed(sight, "f8801.19", filed);
}

static bool negative_line_18_dropped(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f8801.18", &filed, &computed) ||
		computed.cents > -AUDIT_TOLERANCE_CENTS || filed.cents < 0)
		return false;
	sight->text = pool_printf(sight->pool,
		"line 18 is %s and reduces the credit; it was filed as %s",
		grouped(sight, computed), grouped(sight, filed));
	return as_filed(sight, "f8801.18", filed);
}

static bool exclusion_tax_misplaced(struct sight *sight)
{
	struct money filed, computed;

	if (!differs(sight, "f8801.55", &filed, &computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"Form 8801 Part III was filed with %s on line 55; from last year's "
		"worksheets it "
		"is %s",
		grouped(sight, filed), grouped(sight, computed));
	return as_filed(sight, "f8801.55", filed);
}

static bool unsupported_software(struct sight *sight)
{
	if (sight->filed->software == NULL ||
		strstr(sight->filed->software, "freetaxusa") == NULL ||
		(sight->iso.sales == 0 && nothing(line_of(sight->its, "f6251.2i"))))
		return false;
	sight->line = "f6251.2k";
	sight->text = "the program named as used does not support qualifying sales of "
		      "ISO shares or "
		      "the AMT on exercises: check that lines 2i and 2k are on the filed "
		      "return";
	return true;
}

const struct detector detectors[] = {
	{ "regular_basis_raised", "the AMT basis used on the regular Schedule D",
		"IRC 1012; R-040", regular_basis_raised, NULL },
	{ "amt_basis_missed", "ISO shares sold without the AMT basis (line 2k left out)",
		"IRC 56(b)(3); Form 6251 line 2k; R-050", amt_basis_missed,
		"regular_basis_raised" },
	{ "amt_reversal_missed",
		"wages of a later-year disqualifying sale not taken off for the AMT",
		"Form 6251 line 2k; R-036", amt_reversal_missed, "amt_basis_missed" },
	{ "amt_loss_not_limited",
		"line 2k as a sum over lots, without the limit on AMT losses",
		"IRC 1211(b); R-051, R-052", amt_loss_not_limited, "amt_basis_missed" },
	{ "amt_carryover_dropped", "the AMT's own capital loss carryover not carried in",
		"IRC 1212(b); R-053", amt_carryover_dropped, NULL },
	{ "anniversary_sale",
		"a sale a day before the shares qualify, filed as qualifying",
		"IRC 422(a)(1); R-031", anniversary_sale, NULL },
	{ "disqualifying_called_qualifying",
		"wages of a disqualifying sale left out of the return",
		"IRC 421(b); R-030, R-033", disqualifying_called_qualifying,
		"anniversary_sale" },
	{ "loss_sale_full_spread",
		"wages of the full spread on a disqualifying sale below it",
		"IRC 422(c)(2); R-034", loss_sale_full_spread, NULL },
	{ "compensation_twice_in_wages", "compensation from ISO shares in wages twice",
		"R-038", compensation_twice_in_wages, "loss_sale_full_spread" },
	{ "basis_not_raised",
		"compensation taxed as wages and again as gain (no code B on Form 8949)",
		"Form 8949 column (g); R-120", basis_not_raised, NULL },
	{ "exercise_not_reported", "an exercise never put on line 2i",
		"IRC 56(b)(3); R-010, R-144", exercise_not_reported, NULL },
	{ "same_year_sale_on_2i", "shares sold in the year of exercise left on line 2i",
		"IRC 56(b)(3); R-011", same_year_sale_on_2i, NULL },
	{ "spread_not_by_form_3921", "line 2i does not follow from Forms 3921",
		"Form 3921 boxes 3 to 5; R-010", spread_not_by_form_3921,
		"same_year_sale_on_2i" },
	{ "deduction_not_added_back",
		"standard deduction or taxes not added back on line 2a",
		"IRC 56(b)(1); R-021", deduction_not_added_back, NULL },
	{ "flat_rate", "one flat rate on line 7", "IRC 55(b)(1); R-023", flat_rate,
		NULL },
	{ "separate_increase_missed",
		"the increase of line 4 on a separate return left out",
		"IRC 55(d)(4); R-026", separate_increase_missed, NULL },
	{ "barred_credit_kept",
		"credit of a barred year carried on as if it were still there",
		"IRC 53(b)(2); R-142", barred_credit_kept, NULL },
	{ "credit_not_carried_in", "last year's credit not entered on line 19",
		"IRC 53(b); R-072", credit_not_carried_in, NULL },
	{ "credit_not_claimed", "an allowable minimum tax credit not claimed",
		"IRC 53(c); R-071", credit_not_claimed, "credit_not_carried_in" },
	{ "negative_line_18_dropped", "a negative line 18 taken as zero",
		"Form 8801 line 18; R-074", negative_line_18_dropped, NULL },
	{ "exclusion_tax_misplaced", "Form 8801 Part III with wrong worksheet lines",
		"Form 8801 lines 27 to 55; R-072", exclusion_tax_misplaced, NULL },
	{ "unsupported_software", "a program that leaves ISOs out of the AMT", "R-027",
		unsupported_software, "amt_basis_missed" },
	{ NULL, NULL, NULL, NULL, NULL },
};
