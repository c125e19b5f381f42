/* Sets filed beside computed, names the mistakes, and prices each over the chain. */
#include "forms/audit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/detect.h"

struct auditing {
	const struct audit_of *of;
	struct audit *audit;
	size_t room; /* of findings */
	/* The mistakes found in the year at hand, together. */
	struct override *together;
	size_t together_count, together_room;
	struct pool *pool;
};

static struct money zero(void)
{
	return (struct money){ 0 };
}

static bool iso_of_year(const struct disposition *it, const struct lot *lot, int year)
{
	return lot->kind == LOT_ISO && day_year(it->sold) == year;
}

static void iso_add(
	struct iso_year *sum, const struct disposition *it, const struct lot *lot)
{
	const struct money spread =
		money_part(money_max(money_less(lot->value, lot->cost), zero()),
			it->shares.e8, lot->shares.e8);

	sum->sales++;
	sum->per_lot = money_plus(
		sum->per_lot, money_less(it->gain[BOOK_AMT], it->gain[BOOK_REGULAR]));
	if (it->kind == DISPOSED_QUALIFYING) {
		sum->gap = money_plus(sum->gap,
			money_less(it->basis[BOOK_AMT], it->basis[BOOK_REGULAR]));
		return;
	}
	sum->compensation = money_plus(sum->compensation, it->compensation);
	sum->full_spread = money_plus(sum->full_spread, spread);
	if (it->same_year)
		sum->same_year_spread = money_plus(sum->same_year_spread, spread);
	else
		sum->earlier = money_plus(sum->earlier, it->compensation);
	if (day_known(lot->qualifies_on) &&
		it->sold.number == lot->qualifies_on.number - 1)
		sum->anniversary = it;
}

static struct iso_year iso_year(const struct lots *lots, int year)
{
	struct iso_year sum = { 0 };

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const it = &lots->disposition[i];
		const struct lot *const lot = &lots->lot[it->lot];

		if (iso_of_year(it, lot, year))
			iso_add(&sum, it, lot);
	}
	return sum;
}

/* The right facts and one mistake of a year: its lines as filed. */
static void facts_with(const struct auditing *a, int year,
	const struct override *override, size_t overrides, struct facts *facts)
{
	const struct facts *const right = a->of->facts;

	*facts = *right;
	facts->at = pool_alloc(a->pool, (right->count + overrides) * sizeof *facts->at);
	memcpy(facts->at, right->at, right->count * sizeof *facts->at);
	for (size_t i = 0; i < overrides; i++)
		facts->at[facts->count++] = (struct fact){
			.kind = FACT_FIGURE,
			.day = DAY_NONE,
			.other_day = DAY_NONE,
			.year = year,
			.name = names_add(
				facts->names, override[i].line, strlen(override[i].line)),
			.amount = override[i].amount,
			.amount_known = true,
		};
}

static struct money total_tax(const struct tax_return *its)
{
	return line_of(its, "f1040.total_tax");
}

static struct money credit_out(const struct tax_return *its)
{
	return line_of(its, "f8801.26");
}

/* What the chain would be with the mistake, and so what correcting it changes, year by year. */
static bool price(struct auditing *a, struct finding *finding, const struct sight *sight,
	struct fail *why)
{
	const struct chain *const right = a->of->chain;
	struct facts facts;
	struct chain wrong;

	if (sight->overrides == 0)
		return true;
	facts_with(a, finding->year, sight->override, sight->overrides, &facts);
	if (!chain_compute(a->of->law, &facts, a->of->lots, a->of->options, &wrong,
		    a->pool, why))
		return fail_in(why, "pricing %s of %d", finding->code, finding->year);
	struct year_effect *const later = pool_alloc(
		a->pool, (size_t)(right->last - finding->year + 1) * sizeof *later);

	for (int year = finding->year; year <= right->last; year++) {
		const struct tax_return *const is = right->year[year - right->first];
		const struct tax_return *const was = wrong.year[year - wrong.first];
		const struct year_effect effect = { year,
			money_less(total_tax(is), total_tax(was)),
			money_less(credit_out(is), credit_out(was)) };

		if (year == finding->year) {
			finding->tax_effect = effect.tax;
			finding->credit_effect = effect.credit;
		} else if (effect.tax.cents != 0 || effect.credit.cents != 0) {
			later[finding->later_count++] = effect;
		}
	}
	finding->later = later;
	return true;
}

static struct finding *finding_add(struct auditing *a, const struct audit_year *year,
	const char *code, const char *rule, const char *line, const char *text)
{
	struct audit *const audit = a->audit;

	GROW(audit->finding, audit->findings, a->room);
	struct finding *const finding = &audit->finding[audit->findings++];

	*finding = (struct finding){ .code = code,
		.year = year->year,
		.line = line,
		.window = year->window,
		.open = year->open,
		.filing_assumed = year->filing_assumed,
		.text = text,
		.rule = rule };
	finding->filed_known = filed_amount(&year->filed, line, &finding->filed);
	return finding;
}

static bool found_in_year(const struct auditing *a, int year, const char *code)
{
	for (size_t i = 0; code != NULL && i < a->audit->findings; i++)
		if (a->audit->finding[i].year == year &&
			strcmp(a->audit->finding[i].code, code) == 0)
			return true;
	return false;
}

/* A price of nothing is said in words: correcting it changes no tax and no credit. */
static void say_worth(struct auditing *a, struct finding *finding)
{
	if (finding->tax_effect.cents == 0 && finding->credit_effect.cents == 0 &&
		finding->later_count == 0)
		finding->text = pool_printf(a->pool,
			"%s; here it is worth nothing: no year's tax and no credit "
			"changes",
			finding->text);
}

static bool detect(struct auditing *a, const struct audit_year *year,
	const struct sight *looked, struct fail *why)
{
	for (const struct detector *detector = detectors; detector->code != NULL;
		detector++) {
		struct sight sight = *looked;

		if (found_in_year(a, year->year, detector->unless) ||
			!detector->sees(&sight))
			continue;
		struct finding *const finding = finding_add(
			a, year, detector->code, detector->rule, sight.line, sight.text);

		finding->computed = line_of(sight.its, sight.line);
		if (!price(a, finding, &sight, why))
			return false;
		if (sight.overrides > 0)
			say_worth(a, finding);
		for (size_t i = 0; i < sight.overrides; i++) {
			GROW(a->together, a->together_count, a->together_room);
			a->together[a->together_count++] = sight.override[i];
		}
	}
	return true;
}

/* The year as it would be with some lines entered. */
static bool year_with(struct auditing *a, int year, const struct override *lines,
	size_t count, const struct tax_return **its, struct fail *why)
{
	struct facts facts;
	struct chain chain;

	facts_with(a, year, lines, count, &facts);
	if (!chain_compute(a->of->law, &facts, a->of->lots, a->of->options, &chain,
		    a->pool, why))
		return fail_in(why, "the filed lines of %d", year);
	*its = chain.year[year - chain.first];
	return true;
}

static bool unexplained_add(struct auditing *a, const struct audit_year *year,
	const struct sight *sight, const struct filed_line *line, struct fail *why)
{
	struct finding *const finding = finding_add(
		a, year, "unexplained", "the form's own line", line->id, NULL);
	struct sight one = *sight;
	char is[MONEY_TEXT], was[MONEY_TEXT];

	finding->computed = line_of(sight->its, line->id);
	finding->text = pool_printf(a->pool,
		"line %s was filed as %s and computes to %s; none of the known mistakes "
		"explains it",
		line->id, money_grouped(line->amount, was),
		money_grouped(finding->computed, is));
	one.override[0] = (struct override){ line->id, line->amount };
	one.overrides = 1;
	return price(a, finding, &one, why);
}

/*
 * What is left: lines that neither the right return nor the return with the mistakes found has
 * as filed; of those the roots only. Every filed line is entered; one whose own formula then gives
 * the filed amount has inherited its difference from the lines it is made of.
 */
static bool unexplained(struct auditing *a, const struct audit_year *year,
	const struct sight *sight, struct fail *why)
{
	const struct filed_year *const filed = &year->filed;
	struct override *const lines =
		pool_alloc(a->pool, (filed->lines + 1) * sizeof *lines);
	const struct tax_return *mistaken, *entered;

	for (size_t i = 0; i < filed->lines; i++)
		lines[i] = (struct override){ filed->line[i].id, filed->line[i].amount };
	if (!year_with(a, year->year, a->together, a->together_count, &mistaken, why) ||
		!year_with(a, year->year, lines, filed->lines, &entered, why))
		return false;
	for (size_t i = 0; i < filed->lines; i++) {
		const struct filed_line *const line = &filed->line[i];
		struct value value;
		struct fail ignored;

		if (near(line->amount, line_of(sight->its, line->id)) ||
			near(line->amount, line_of(mistaken, line->id)) ||
			!return_find(entered, line->id, &value, &ignored) ||
			(value.overridden && near(value.computed, line->amount)))
			continue;
		if (!unexplained_add(a, year, sight, line, why))
			return false;
	}
	return true;
}

/* An unknown filing date is taken as the due date, which is the earliest that can count. */
static void clock_read(const struct audit_of *of, const struct filed_year *filed,
	struct audit_year *year)
{
	struct filing filing = filed->filing;

	year->filing_assumed = !day_known(filing.filed_on);
	if (year->filing_assumed)
		filing.filed_on = due_day(filed->year);
	year->window = claim_window(&filing);
	year->open = of->today.number <= year->window.claim_by.number ||
		(day_known(year->window.two_years_by) &&
			of->today.number <= year->window.two_years_by.number);
	year->cap_known = filed->withheld_known;
	year->cap = claim_cap(&filing, of->today);
}

static enum filing_status status_of(const struct facts *facts, int year)
{
	enum filing_status status = STATUS_SINGLE;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == FACT_FIGURE && facts->at[i].year == year &&
			strcmp(names_text(facts->names, facts->at[i].name), "status") ==
				0)
			(void)status_find(
				names_text(facts->names, facts->at[i].text), &status);
	return status;
}

static bool year_audit(struct auditing *a, int number, const struct audit_year *before,
	struct audit_year *year, struct fail *why)
{
	const struct chain *const chain = a->of->chain;
	struct sight sight = { .of = a->of,
		.its = chain->year[number - chain->first],
		.filed = &year->filed,
		.before = before == NULL ? NULL : &before->filed,
		.before_barred = before != NULL && !before->open,
		.status = status_of(a->of->facts, number),
		.pool = a->pool };

	year->year = number;
	clock_read(a->of, &year->filed, year);
	year->contradictions = filed_contradictions(&year->filed, sight.status, a->pool);
	year->tax_known = filed_amount(&year->filed, "f1040.total_tax", &year->tax_filed);
	year->tax_computed = total_tax(sight.its);
	if (a->of->lots != NULL)
		sight.iso = iso_year(a->of->lots, number);
	a->together_count = 0;
	return detect(a, year, &sight, why) && unexplained(a, year, &sight, why);
}

bool audit_run(const struct audit_of *of, int only, struct audit *audit,
	struct pool *pool, struct fail *why)
{
	const struct chain *const chain = of->chain;
	struct auditing a = { .of = of, .audit = audit, .pool = pool };
	struct finding *moved;
	bool done = true;

	*audit = (struct audit){ .today = of->today };
	const struct tax_return *its;

	if (only != 0 && !chain_year(chain, only, &its, why))
		return false;
	audit->year = pool_alloc(
		pool, (size_t)(chain->last - chain->first + 1) * sizeof *audit->year);
	for (int number = chain->first;
		done && chain->first != 0 && number <= chain->last; number++) {
		struct audit_year *const year = &audit->year[audit->years];
		const struct audit_year *const before = audit->years > 0 &&
				audit->year[audit->years - 1].year == number - 1
			? &audit->year[audit->years - 1]
			: NULL;

		if (!filed_collect(of->facts, number, &year->filed, pool))
			continue;
		audit->years++;
		done = year_audit(&a, number, before, year, why);
	}
	/* The array grew outside the pool. */
	moved = pool_copy(pool, audit->finding, audit->findings * sizeof *moved);
	free(audit->finding);
	free(a.together);
	audit->finding = moved;
	if (!done)
		return false;
	if (only != 0) {
		size_t years = 0, findings = 0;

		for (size_t i = 0; i < audit->years; i++)
			if (audit->year[i].year == only)
				audit->year[years++] = audit->year[i];
		for (size_t i = 0; i < audit->findings; i++)
			if (audit->finding[i].year == only)
				audit->finding[findings++] = audit->finding[i];
		audit->years = years;
		audit->findings = findings;
	}
	if (audit->years == 0) {
		fail_set(why, FAIL_MISSING_FACTS, "nothing is known of %s as filed",
			only == 0 ? "any year" : "that year");
		return fail_hint(
			why, "dualbasis filed YEAR --template lists the lines to enter");
	}
	return true;
}

const struct mistake_words *audit_mistakes(struct pool *pool)
{
	size_t count = 0;

	while (detectors[count].code != NULL)
		count++;
	struct mistake_words *const words = pool_alloc(pool, (count + 1) * sizeof *words);

	for (size_t i = 0; i < count; i++)
		words[i] = (struct mistake_words){ detectors[i].code, detectors[i].what,
			detectors[i].rule };
	return words;
}
