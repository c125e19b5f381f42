/* Mistakes about losses on shares that were bought again within 30 days (IRC 1091). */
#include "forms/audit/detect.h"

/* What the washed sales' limit of 422(c)(2) was believed to be: R-083, C-09. */
bool rescue_sale_washed(struct sight *sight)
{
	const struct money lost =
		money_less(sight->lots.compensation, sight->lots.unwashed);
	struct money filed, computed;

	if (!positive(lost) || !differs(sight, "f1040.wages", &filed, &computed) ||
		!near(filed, money_less(computed, lost)))
		return false;
	sight->text = pool_printf(sight->pool,
		"shares were bought within 30 days of a disqualifying sale at a loss: "
		"for those matched, wages are not limited to the gain but are the whole "
		"spread, %s more than was filed; the loss goes into the basis of the "
		"shares bought",
		amount_words(sight->pool, lost));
	sight->claim = pool_printf(sight->pool,
		"Shares were sold in a disqualifying disposition below their value at "
		"the exercise (%s), and shares were bought within 30 days. To the extent "
		"of the shares bought the loss is not recognized (IRC 1091), so that the "
		"limit of IRC 422(c)(2) does not apply, and compensation is %s more than "
		"was reported.",
		sales_words(sight, ISO_DISQUALIFYING), dollars(sight->pool, lost));
	put(sight, "f8959.1", line_of(sight->its, "f8959.1"));
	return put_as_filed(sight, "f1040.wages", filed);
}

/* What the broker doesn't see: other accounts, vests, plan purchases, exercises. */
static void unnoticed(
	const struct sight *sight, enum book book, struct money losses[TERMS])
{
	for (int term = 0; term < TERMS; term++)
		losses[term] = money_max((struct money){ 0 },
			money_less(sight->lots.washed[book][term],
				sight->lots.reported_wash[term]));
}

/* Who does not notice it for the one tax does not for the other. */
bool wash_sale_missed(struct sight *sight)
{
	struct money regular[TERMS], amt[TERMS], filed, computed;

	unnoticed(sight, BOOK_REGULAR, regular);
	unnoticed(sight, BOOK_AMT, amt);
	const struct money all = of_terms(regular);

	if (!positive(all) || !differs(sight, "schedule_d.16", &filed, &computed) ||
		!near(filed, money_less(computed, all)))
		return false;
	sight->line = "schedule_d.16";
	put_losses(sight, regular, amt, DEDUCTED);
	sight->text = pool_printf(sight->pool,
		"losses of %s were deducted on shares that were bought again within 30 "
		"days, in another account or by an exercise, a vest or a plan; they are "
		"not allowed now, and go into the basis of the shares bought",
		amount_words(sight->pool, all));
	sight->claim = pool_printf(sight->pool,
		"Losses of %s on shares sold were deducted although substantially "
		"identical shares were acquired within 30 days before or after the sale, "
		"by an exercise, a vest, a purchase under a plan, or in another account. "
		"They are wash sales (IRC 1091). Form 8949 is corrected with code W.",
		dollars(sight->pool, all));
	return true;
}

/* Line 2k of somebody who takes these losses on the AMT's Schedule D. */
static bool line_2k_with(struct sight *sight, const struct money less[TERMS])
{
	const struct override lines[] = {
		{ 0, "schedule_d@amt.7",
			money_less(line_of(sight->its, "schedule_d@amt.7"),
				less[TERM_SHORT]) },
		{ 0, "schedule_d@amt.15",
			money_less(line_of(sight->its, "schedule_d@amt.15"),
				less[TERM_LONG]) },
	};
	struct money filed, computed;

	if (nothing(of_terms(less)) ||
		!differs_on_form(sight, "f6251.2k", &filed, &computed))
		return false;
	const struct tax_return *const so = sight_with(sight, lines, COUNT(lines));

	if (so == NULL || !near(filed, line_of(so, "f6251.2k")))
		return false;
	for (size_t i = 0; i < COUNT(lines); i++)
		put(sight, lines[i].line, lines[i].amount);
	sight->line = "f6251.2k";
	return true;
}

/* The AMT's losses are others, and so are those that wash sales disallow: R-084. */
bool amt_wash_ignored(struct sight *sight)
{
	const struct money *const amt = sight->lots.washed[BOOK_AMT];
	const struct money *const regular = sight->lots.washed[BOOK_REGULAR];
	const struct money over[TERMS] = {
		[TERM_SHORT] = money_less(amt[TERM_SHORT], regular[TERM_SHORT]),
		[TERM_LONG] = money_less(amt[TERM_LONG], regular[TERM_LONG]),
	};

	if (!line_2k_with(sight, over) && !line_2k_with(sight, amt))
		return false;
	sight->text = pool_printf(sight->pool,
		"a loss that only the AMT has was taken on line 2k though shares were "
		"bought again within 30 days: wash sales disallow %s for the AMT, %s for "
		"the regular tax",
		amount_words(sight->pool, of_terms(amt)),
		amount_words(sight->pool, of_terms(regular)));
	sight->claim = pool_printf(sight->pool,
		"Line 2k of Form 6251 was figured with losses on shares that were "
		"acquired again within 30 days. With the bases that count for the "
		"alternative minimum tax, IRC 1091 disallows losses of %s. The correct "
		"amount of line 2k is %s.",
		dollars(sight->pool, of_terms(amt)),
		dollars(sight->pool, line_of(sight->its, "f6251.2k")));
	return true;
}
