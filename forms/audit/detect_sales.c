/* Mistakes that Form 1040, Form 8949 and Schedule D show: wages and basis of shares sold. */
#include "forms/audit/detect.h"

/* Wages as filed; what ISO shares give was never Medicare wages, right or wrong. */
static bool wages_as_filed(struct sight *sight, struct money filed)
{
	put(sight, "f8959.1", line_of(sight->its, "f8959.1"));
	return put_as_filed(sight, "f1040.wages", filed);
}

bool regular_basis_raised(struct sight *sight)
{
	struct money filed, computed, line_2k;

	if (!differs(sight, "schedule_d.16", &filed, &computed) ||
		!positive(sight->lots.gap) ||
		!near(filed, money_less(computed, sight->lots.gap)))
		return false;
	sight->line = "schedule_d.16";
	put(sight, "schedule_d.15",
		money_less(line_of(sight->its, "schedule_d.15"), sight->lots.gap));
	if (filed_amount(sight->filed, "f6251.2k", &line_2k))
		put(sight, "f6251.2k", line_2k);
	sight->text = pool_printf(sight->pool,
		"the gain on qualifying ISO shares was filed %s too low: the AMT basis "
		"was used on the regular Schedule D, where only the price paid counts",
		amount_words(sight->pool, sight->lots.gap));
	sight->claim = pool_printf(sight->pool,
		"The basis of shares bought by exercising incentive stock options (%s) "
		"was reported as their value at the exercise. For the regular tax the "
		"basis of shares sold in a qualifying disposition is the price paid (IRC "
		"1012); the gain is %s higher. The value at the exercise counts for the "
		"alternative minimum tax only.",
		sales_words(sight, ISO_QUALIFYING),
		dollars(sight->pool, sight->lots.gap));
	return true;
}

static bool wages_lack(struct sight *sight, struct money missing, struct money *filed)
{
	struct money computed;

	return positive(missing) && differs(sight, "f1040.wages", filed, &computed) &&
		near(*filed, money_less(computed, missing));
}

static const char *wages_claim(const struct sight *sight)
{
	return pool_printf(sight->pool,
		"Shares bought by exercising incentive stock options were sold before "
		"they had been held for more than two years from the grant and one year "
		"from the exercise: %s. The disposition is disqualifying (IRC 422(a)(1), "
		"421(b)), and %s of the gain is compensation that the original return "
		"did not report as wages.",
		sales_words(sight, ISO_DISQUALIFYING),
		dollars(sight->pool, sight->lots.compensation));
}

bool anniversary_sale(struct sight *sight)
{
	char sold[DAY_TEXT];
	struct money filed;

	if (sight->lots.anniversary == NULL ||
		!wages_lack(sight, sight->lots.compensation, &filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"shares were sold on %s, a day before they qualify: more than a year is "
		"wanted, not at least one; %s of the gain are wages",
		day_iso(sight->lots.anniversary->sold, sold),
		amount_words(sight->pool, sight->lots.compensation));
	sight->claim = wages_claim(sight);
	return wages_as_filed(sight, filed);
}

bool disqualifying_called_qualifying(struct sight *sight)
{
	struct money filed;

	if (!wages_lack(sight, sight->lots.compensation, &filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"a sale within two years of the grant or one year of the exercise gave "
		"wages of %s that the return lacks",
		amount_words(sight->pool, sight->lots.compensation));
	sight->claim = wages_claim(sight);
	return wages_as_filed(sight, filed);
}

bool loss_sale_full_spread(struct sight *sight)
{
	const struct year_lots *const lots = &sight->lots;
	const struct money over = money_less(lots->full_spread, lots->compensation);
	struct money filed, computed;

	if (!positive(over) || !differs(sight, "f1040.wages", &filed, &computed) ||
		!near(filed, money_plus(computed, over)))
		return false;
	sight->text = pool_printf(sight->pool,
		"a disqualifying sale below the value at exercise was given wages of the "
		"whole spread (%s); they are limited to the gain (%s)",
		amount_words(sight->pool, lots->full_spread),
		amount_words(sight->pool, lots->compensation));
	sight->claim = pool_printf(sight->pool,
		"Shares bought by exercising incentive stock options were sold in a "
		"disqualifying disposition for less than their value at the exercise: "
		"%s. The compensation is limited to the excess of the amount realized "
		"over the price paid (IRC 422(c)(2)), which is %s. The original return "
		"reported the whole spread of %s.",
		sales_words(sight, ISO_DISQUALIFYING),
		dollars(sight->pool, lots->compensation),
		dollars(sight->pool, lots->full_spread));
	return wages_as_filed(sight, filed);
}

bool compensation_twice_in_wages(struct sight *sight)
{
	struct money filed, computed;

	if (!positive(sight->lots.compensation) ||
		!differs(sight, "f1040.wages", &filed, &computed) ||
		!near(filed, money_plus(computed, sight->lots.compensation)))
		return false;
	sight->text = pool_printf(sight->pool,
		"compensation of %s from ISO shares is in the filed wages twice",
		amount_words(sight->pool, sight->lots.compensation));
	sight->claim = pool_printf(sight->pool,
		"Compensation of %s from a disqualifying disposition (%s) is part of box "
		"1 of Form W-2 and was reported a second time. Wages are reduced by that "
		"amount.",
		dollars(sight->pool, sight->lots.compensation),
		sales_words(sight, ISO_DISQUALIFYING));
	return wages_as_filed(sight, filed);
}

/* Gains too high by what the broker's basis lacks. */
bool basis_not_raised(struct sight *sight)
{
	const struct money *const lacking = sight->lots.lacking;
	const struct money all = of_terms(lacking);
	struct money filed, computed;

	if (!positive(all) || !differs(sight, "schedule_d.16", &filed, &computed) ||
		!near(filed, money_plus(computed, all)))
		return false;
	sight->line = "schedule_d.16";
	put(sight, "schedule_d.7",
		money_plus(line_of(sight->its, "schedule_d.7"), lacking[TERM_SHORT]));
	put(sight, "schedule_d.15",
		money_plus(line_of(sight->its, "schedule_d.15"), lacking[TERM_LONG]));
	sight->text = pool_printf(sight->pool,
		"compensation of %s was taxed as wages and again as gain: the broker's "
		"basis lacks it, and Form 8949 was filed without the adjustment (code B)",
		amount_words(sight->pool, all));
	sight->claim = pool_printf(sight->pool,
		"The basis that the broker reported for shares sold does not include "
		"compensation of %s from stock options, stock units or an employee stock "
		"purchase plan, which was taxed as wages. It is part of the basis (IRC "
		"83, 1012). Form 8949 is corrected with code B and adjustments of that "
		"amount in column (g).",
		dollars(sight->pool, all));
	return true;
}

bool gift_of_immature_shares(struct sight *sight)
{
	const struct money of_gifts = sight->lots.of_gifts;
	struct money filed;

	if (!wages_lack(sight, of_gifts, &filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"ISO shares were given away before a sale would have qualified: a gift "
		"is a disqualifying disposition, and the whole spread of %s is wages, "
		"whatever the shares are worth",
		amount_words(sight->pool, of_gifts));
	sight->claim = pool_printf(sight->pool,
		"Shares bought by exercising incentive stock options were given away "
		"before they had been held for more than two years from the grant and "
		"one year from the exercise: %s. The gift is a disqualifying disposition "
		"(IRC 424(c)(1)) to which the limit of IRC 422(c)(2) does not apply, and "
		"the spread of %s at the exercise is compensation.",
		sales_words(sight, ISO_GIVEN), dollars(sight->pool, of_gifts));
	return wages_as_filed(sight, filed);
}

/* Shares of a company that failed: no broker reports them (165(g)). */
bool worthless_loss_missed(struct sight *sight)
{
	const struct money *const regular = sight->lots.worthless[BOOK_REGULAR];
	const struct money *const amt = sight->lots.worthless[BOOK_AMT];
	const struct money loss = of_terms(regular);
	struct money filed, computed;

	if (!positive(loss) || !differs(sight, "schedule_d.16", &filed, &computed) ||
		!near(filed, money_plus(computed, loss)))
		return false;
	sight->line = "schedule_d.16";
	sight->worthless = true;
	put_losses(sight, regular, amt, LEFT_OUT);
	sight->text = pool_printf(sight->pool,
		"shares that became worthless were left out: a loss of %s, for the AMT "
		"of %s; no broker reports it, and its claim has seven years",
		amount_words(sight->pool, loss),
		amount_words(sight->pool, of_terms(amt)));
	sight->claim = pool_printf(sight->pool,
		"Shares became worthless in %d and are treated as sold for nothing on "
		"the last day of the year (IRC 165(g)). The loss of %s was not reported. "
		"It is entered on Form 8949. The claim is made within seven years (IRC "
		"6511(d)(1)).",
		sight->year, dollars(sight->pool, loss));
	return true;
}
