/* What filed lines do not show by themselves, and a person should look at: without a price. */
#include <string.h>

#include "forms/audit/detect.h"

/* Its lines 2i and 2k are not known: those that are known, others compare. */
bool unsupported_software(struct sight *sight)
{
	struct money amount;
	const bool unknown = !filed_amount(sight->filed, "f6251.2i", &amount) ||
		!filed_amount(sight->filed, "f6251.2k", &amount);

	if (sight->filed->software == NULL ||
		strstr(sight->filed->software, "freetaxusa") == NULL || !unknown ||
		(sight->lots.iso_sales == 0 && nothing(line_of(sight->its, "f6251.2i"))))
		return false;
	sight->line = "f6251.2k";
	sight->text = "the program named as used does not support qualifying sales of "
		      "ISO shares or the AMT on exercises: check that lines 2i and 2k "
		      "are on the filed return, and enter them";
	return true;
}

/* The credit that exercises of one spouse made: "ann 12,000, ben nothing"; R-077. */
static const char *owners(const struct sight *sight)
{
	const struct lots *const lots = sight->of->lots;
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; lots != NULL && i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];
		bool said = false;

		if (lot->owner == 0 || lot->kind != LOT_ISO)
			continue;
		for (size_t k = 0; k < i && !said; k++)
			said = lots->lot[k].owner == lot->owner &&
				lots->lot[k].kind == LOT_ISO;
		if (!said)
			text_addf(&text, "%s%s",
				text.length > 0 ? ", " : "; ISOs were exercised by ",
				names_text(lots->facts->names, lot->owner));
	}
	const char *const words = pool_text(sight->pool, text.at, text.length);

	text_release(&text);
	return words;
}

/* After a joint return, whose credit is it? The chain goes on when that is said to be settled. */
bool credit_of_other_spouse(struct sight *sight)
{
	struct money filed, whole;
	struct value line;
	struct fail none;

	if (sight->year == sight->of->chain->first || sight->status == STATUS_MFJ ||
		!chain_joint(sight->of->chain, sight->year - 1) ||
		!return_find(sight->its, "f8801.19", &line, &none) || line.overridden ||
		!filed_amount(sight->filed, "f8801.19", &filed))
		return false;
	/* Where the chain has divided it, the whole is what it would have been. */
	whole = line.brought ? line.computed : line.amount;
	if (!positive(whole) || !near(filed, whole) ||
		(line.brought && near(filed, line.amount)))
		return false;
	sight->line = "f8801.19";
	if (line.brought) {
		put(sight, "f8801.19", filed);
		sight->text = pool_printf(sight->pool,
			"the whole credit of %s was carried on from a joint return; %s "
			"of it is %s's: the credit belongs to the spouse whose exercise "
			"made it, and ends with that spouse's death",
			amount_words(sight->pool, whole),
			amount_words(sight->pool, line.amount),
			chain_whose(sight->of->chain, sight->year));
		return true;
	}
	sight->text = pool_printf(sight->pool,
		"the whole credit of %s was carried on from a joint return; it belongs "
		"to the spouse whose exercise made it, and ends with that spouse's "
		"death%s: if a part of it is somebody else's, enter the right amount by "
		"hand (dualbasis fact %d f8801.19=AMOUNT)",
		amount_words(sight->pool, line.amount), owners(sight), sight->year);
	return true;
}

/* Withheld, and paid by the last instalment of 15 January (6654(c), (g)). */
static struct money prepaid(const struct filed_year *filed)
{
	struct day last;
	const bool exists = day_from_civil(filed->year + 1, 1, 31, &last);
	struct money sum = filed->filing.withheld;

	for (size_t i = 0; exists && i < filed->filing.payments; i++)
		if (filed->filing.payment[i].day.number <= last.number)
			sum = money_plus(sum, filed->filing.payment[i].amount);
	return sum;
}

static struct money shown_tax(const struct sight *sight, int year)
{
	const struct chain *const chain = sight->of->chain;
	struct filed_year filed;
	struct money tax;

	if (filed_collect(sight->of->facts, year, &filed, sight->pool) &&
		filed_amount(&filed, "f1040.total_tax", &tax))
		return tax;
	return line_of(chain->year[year - chain->first], "f1040.total_tax");
}

/* 110 % of last year's tax above this AGI, 100 % below (6654(d)(1)(C)). */
static struct money of_last_year(const struct sight *sight)
{
	const struct chain *const chain = sight->of->chain;
	const struct tax_return *const before =
		chain->year[sight->year - 1 - chain->first];
	const int64_t limit = sight->status == STATUS_MFS ? 7500000 : 15000000;

	return money_part(shown_tax(sight, sight->year - 1),
		line_of(before, "f1040.agi").cents > limit ? 110 : 100, 100);
}

/* No safe harbour of 6654 was met. The penalty itself is not computed. */
bool estimated_tax_short(struct sight *sight)
{
	if (!sight->filed->withheld_known || sight->year == sight->of->chain->first)
		return false;
	const struct money tax = shown_tax(sight, sight->year);
	const struct money paid = prepaid(sight->filed);
	const struct money ninety = money_part(tax, 90, 100);
	const struct money last = of_last_year(sight);

	if (money_less(tax, sight->filed->filing.withheld).cents < 100000 ||
		paid.cents >= ninety.cents || paid.cents >= last.cents)
		return false;
	sight->line = "f1040.total_tax";
	sight->text = pool_printf(sight->pool,
		"of a tax of %s only %s was withheld or paid in estimates by January, "
		"less than 90 %% of it (%s) and than last year's tax as the law counts "
		"it (%s): Form 2210 has a penalty, which is not computed here; its "
		"Schedule AI helps when the exercise came late in the year",
		amount_words(sight->pool, tax), amount_words(sight->pool, paid),
		amount_words(sight->pool, ninety), amount_words(sight->pool, last));
	return true;
}

static bool state_is(const struct filed_year *filed, const char *state)
{
	return filed->state != NULL && strcmp(filed->state, state) == 0;
}

/* Schedule P (540), lines 9 and 10; form FTB 3510. */
bool state_amt_unexamined(struct sight *sight)
{
	const struct money spread = line_of(sight->its, "f6251.2i");
	const struct money disposed = line_of(sight->its, "f6251.2k");

	if (!state_is(sight->filed, "ca") || (nothing(spread) && nothing(disposed)))
		return false;
	sight->line = nothing(disposed) ? "f6251.2i" : "f6251.2k";
	sight->text = pool_printf(sight->pool,
		"California has an AMT, an AMT basis and a credit of its own, which are "
		"not computed here: see that Schedule P (540) has amounts on %s%s%s, "
		"that its loss carryover was kept, and that form FTB 3510 was filed; "
		"programs have dropped them",
		nothing(spread) ? "" : "line 10 (exercises)",
		nothing(spread) || nothing(disposed) ? "" : " and ",
		nothing(disposed) ? "" : "line 9 (gain or loss)");
	return true;
}

/* Where the exercise was made: R-133. */
static bool exercised_in(
	const struct sight *sight, const struct disposition *it, const char *state)
{
	const struct lot *const lot = &sight->of->lots->lot[it->lot];
	struct filed_year then;

	return filed_collect(
		       sight->of->facts, day_year(lot->acquired), &then, sight->pool) &&
		state_is(&then, state);
}

bool state_move_unexamined(struct sight *sight)
{
	const struct lots *const lots = sight->of->lots;

	if (sight->filed->state == NULL || state_is(sight->filed, "ca"))
		return false;
	for (size_t i = 0; lots != NULL && i < lots->disposition_count; i++) {
		const struct disposition *const it = &lots->disposition[i];

		if (day_year(it->sold) != sight->year ||
			lots->lot[it->lot].kind != LOT_ISO ||
			it->kind != DISPOSED_DISQUALIFYING ||
			!exercised_in(sight, it, "ca"))
			continue;
		sight->line = "f1040.wages";
		sight->text = pool_printf(sight->pool,
			"wages of a disqualifying sale on shares exercised in California "
			"are in part taxed there though the shares were sold elsewhere: "
			"by days worked in California between grant and exercise, which "
			"is not computed here (FTB Pub. 1004): %s",
			sales_words(sight, ISO_DISQUALIFYING));
		return true;
	}
	return false;
}
