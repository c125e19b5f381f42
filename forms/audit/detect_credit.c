/* Mistakes that Form 8801 shows. */
#include "forms/audit/detect.h"

/* The AMT that became credit, of the last three such years: "$24,717 for 2022". */
static const char *origin(const struct sight *sight)
{
	const struct chain *const chain = sight->of->chain;
	const char *words = "";
	int count = 0;

	for (int year = sight->year; year >= chain->first && count < 3; year--) {
		const struct money became =
			line_of(chain->year[year - chain->first], "f8801.18");

		if (!positive(became))
			continue;
		words = pool_printf(sight->pool, "%s for %d%s%s",
			dollars(sight->pool, became), year - 1, count > 0 ? ", " : "",
			words);
		count++;
	}
	return count == 0
		? ""
		: pool_printf(sight->pool,
			  " It comes from alternative minimum tax of %s.", words);
}

bool credit_not_claimed(struct sight *sight)
{
	struct pool *const pool = sight->pool;
	struct money filed, computed;

	if (!differs(sight, "f8801.25", &filed, &computed) || !positive(computed) ||
		!nothing(filed))
		return false;
	sight->text = pool_printf(pool,
		"a minimum tax credit of %s was allowed this year and not claimed; no "
		"sale is needed, only regular tax above the tentative minimum tax",
		amount_words(pool, computed));
	sight->claim = pool_printf(pool,
		"The credit for prior year minimum tax (IRC 53) was not claimed%s. The "
		"credit available is %s (Form 8801, line 21).%s It is allowed up to the "
		"excess of the regular tax less other credits, %s, over the tentative "
		"minimum tax, %s. The allowable credit is %s.",
		filed_without(sight->filed, "f8801.25")
			? "; Form 8801 was not filed with the original return"
			: "",
		dollars(pool, line_of(sight->its, "f8801.21")), origin(sight),
		dollars(pool, line_of(sight->its, "f8801.22")),
		dollars(pool, line_of(sight->its, "f8801.23")), dollars(pool, computed));
	return put_as_filed(sight, "f8801.25", filed);
}

/*
 * Credit allowable in the years before that their returns did not use; `open` when any of those
 * can still be amended.
 */
static struct money unclaimed_before(const struct sight *sight, bool *open)
{
	const struct chain *const chain = sight->of->chain;
	struct money sum = { 0 };

	*open = false;
	for (size_t i = 0; i < sight->audit->years; i++) {
		const struct audit_year *const year = &sight->audit->year[i];
		struct money filed;

		if (year->year >= sight->year ||
			!filed_amount(&year->filed, "f8801.25", &filed))
			continue;
		const struct money lacks = money_less(
			line_of(chain->year[year->year - chain->first], "f8801.25"),
			filed);

		sum = money_plus(sum, lacks);
		*open = *open || (positive(lacks) && year->open);
	}
	return sum;
}

/* Line 19 carries what earlier years should have used up. */
static bool carries_unclaimed(struct sight *sight, bool open, struct money *filed)
{
	struct money computed;
	bool any_open;

	return differs_on_form(sight, "f8801.19", filed, &computed) &&
		filed->cents > computed.cents &&
		near(money_less(*filed, computed), unclaimed_before(sight, &any_open)) &&
		any_open == open;
}

static const char *kept_claim(const struct sight *sight, struct money filed)
{
	return pool_printf(sight->pool,
		"Line 19 of Form 8801 carried in %s. The carryforward is reduced by the "
		"credit allowable in earlier years whether or not it was claimed (IRC "
		"53(b)(2)); the correct amount is %s.",
		dollars(sight->pool, filed),
		dollars(sight->pool, line_of(sight->its, "f8801.19")));
}

bool barred_credit_kept(struct sight *sight)
{
	struct money filed;

	if (!carries_unclaimed(sight, false, &filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 19 carries %s from last year's Form 8801, but the credit allowable "
		"in years now barred is used up whether or not it was claimed: %s is "
		"left",
		amount_words(sight->pool, filed),
		amount_words(sight->pool, line_of(sight->its, "f8801.19")));
	sight->claim = kept_claim(sight, filed);
	return put_as_filed(sight, "f8801.19", filed);
}

bool unclaimed_credit_kept(struct sight *sight)
{
	struct money filed;

	if (!carries_unclaimed(sight, true, &filed))
		return false;
	sight->text = pool_printf(sight->pool,
		"line 19 carries %s, but the credit allowable in earlier years is used "
		"up whether or not it was claimed: %s is left; claim the rest by "
		"amending those years while they are open",
		amount_words(sight->pool, filed),
		amount_words(sight->pool, line_of(sight->its, "f8801.19")));
	sight->claim = kept_claim(sight, filed);
	return put_as_filed(sight, "f8801.19", filed);
}

/* A form that was never filed carried nothing either: that is another mistake. */
bool credit_not_carried_in(struct sight *sight)
{
	struct money filed, computed;

	if (!differs_on_form(sight, "f8801.19", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"last year's credit of %s (Form 8801, line 26) was not entered on line "
		"19",
		amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"The minimum tax credit carryforward of %s from %d was not entered on "
		"line 19 of Form 8801.",
		dollars(sight->pool, computed), sight->year - 1);
	return put_as_filed(sight, "f8801.19", filed);
}

bool last_year_not_carried_in(struct sight *sight)
{
	struct money filed, computed;

	if (!differs_on_form(sight, "f8801.16", &filed, &computed) || !nothing(filed) ||
		!positive(computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"last year's AMT of %s (Form 6251, line 11) was not entered on line 16 "
		"of Form 8801",
		amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"The alternative minimum tax of %s for %d was not entered on line 16 of "
		"Form 8801, so that the credit it gives rise to was left out.",
		dollars(sight->pool, computed), sight->year - 1);
	return put_as_filed(sight, "f8801.16", filed);
}

/* The exclusion items' tax of a sale year can exceed its AMT: the credit falls by more than is used. */
bool negative_line_18_dropped(struct sight *sight)
{
	struct money filed, computed;

	if (!differs_on_form(sight, "f8801.18", &filed, &computed) ||
		computed.cents > -AUDIT_TOLERANCE_CENTS || filed.cents < 0)
		return false;
	sight->text = pool_printf(sight->pool,
		"line 18 is %s and reduces the credit; it was filed as %s",
		amount_words(sight->pool, computed), amount_words(sight->pool, filed));
	sight->claim = pool_printf(sight->pool,
		"Line 18 of Form 8801 is negative, %s, and reduces the credit available; "
		"it was reported as %s.",
		dollars(sight->pool, computed), dollars(sight->pool, filed));
	return put_as_filed(sight, "f8801.18", filed);
}

bool exclusion_tax_misplaced(struct sight *sight)
{
	struct money filed, computed;

	if (!differs_on_form(sight, "f8801.55", &filed, &computed))
		return false;
	sight->text = pool_printf(sight->pool,
		"Form 8801 Part III was filed with %s on line 55; from last year's "
		"worksheets it is %s",
		amount_words(sight->pool, filed), amount_words(sight->pool, computed));
	sight->claim = pool_printf(sight->pool,
		"Part III of Form 8801 was figured with amounts from the wrong lines of "
		"the %d worksheets. Line 55 is %s.",
		sight->year - 1, dollars(sight->pool, computed));
	return put_as_filed(sight, "f8801.55", filed);
}
