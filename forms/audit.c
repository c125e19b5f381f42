/* Sets filed beside computed, and names the mistakes. */
#include "forms/audit.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/audit/detect.h"

struct auditing {
	const struct audit_of *of;
	struct audit *audit;
	size_t room; /* of findings */
	/* The mistakes found so far, together; those of the year at hand from `of_year` on. */
	struct override *together;
	size_t together_count, together_room, of_year;
	struct pool *pool;
};

static struct finding *finding_add(struct auditing *a, const struct audit_year *year,
	const char *code, const char *law, const char *line, const char *text)
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
		.rule = law };
	finding->filed_known = filed_amount(&year->filed, line, &finding->filed);
	return finding;
}

static bool worth_nothing(const struct finding *finding)
{
	return finding->tax_effect.cents == 0 && finding->credit_effect.cents == 0 &&
		finding->later_count == 0;
}

/* A price of nothing is said in words: correcting it changes no tax and no credit. */
static void say_worth(struct auditing *a, struct finding *finding)
{
	if (worth_nothing(finding))
		finding->text = pool_printf(a->pool,
			"%s; here it is worth nothing: no year's tax and no credit "
			"changes",
			finding->text);
}

/* The year's clock; for a claim on worthless securities one of its own. */
static struct filing filing_of(const struct filed_year *filed, bool worthless)
{
	struct filing filing = filed->filing;

	/* An unknown day is taken as the due date, which is the earliest that can count. */
	if (!day_known(filing.filed_on))
		filing.filed_on = due_day(filed->year);
	filing.worthless = worthless;
	return filing;
}

static bool is_open(const struct claim_window *window, struct day today)
{
	return today.number <= window->claim_by.number ||
		(day_known(window->two_years_by) &&
			today.number <= window->two_years_by.number);
}

/* Seven years for a loss on worthless shares: the year is open for that part (6511(d)(1)). */
static void clock_worthless(
	const struct audit_of *of, struct audit_year *year, struct finding *finding)
{
	const struct filing filing = filing_of(&year->filed, true);

	finding->window = claim_window(&filing);
	finding->open = is_open(&finding->window, of->today);
	year->worthless_by = finding->window.claim_by;
	if (!year->open && finding->open) {
		year->open = true;
		year->cap = claim_cap(&filing, of->today);
	}
}

static void clock_read(const struct audit_of *of, const struct filed_year *filed,
	struct audit_year *year)
{
	const struct filing filing = filing_of(filed, false);

	year->filing_assumed = !day_known(filed->filing.filed_on);
	year->window = claim_window(&filing);
	year->open = is_open(&year->window, of->today);
	year->worthless_by = DAY_NONE;
	year->reaches = claim_reaches(&filing, of->today);
	year->cap_known = filed->withheld_known;
	year->cap = claim_cap(&filing, of->today);
}

static bool detect_one(struct auditing *a, struct audit_year *year,
	const struct detector *detector, struct sight *sight, struct fail *why)
{
	struct finding *const finding = finding_add(
		a, year, detector->code, detector->law, sight->line, sight->text);

	finding->computed = line_of(sight->its, sight->line);
	finding->claim = sight->claim;
	finding->reminder = sight->overrides == 0;
	if (sight->worthless)
		clock_worthless(a->of, year, finding);
	if (!finding_price(a->of, finding, sight, a->pool, why))
		return false;
	if (sight->only_if_worth && worth_nothing(finding)) {
		a->audit->findings--;
		return true;
	}
	if (sight->overrides > 0)
		say_worth(a, finding);
	for (size_t i = 0; i < sight->overrides; i++) {
		GROW(a->together, a->together_count, a->together_room);
		a->together[a->together_count++] = sight->override[i];
	}
	return true;
}

/*
 * The mistakes found so far, those of earlier years among them, give the filed amount of the
 * line: it is no mistake of its own.
 */
static bool explained(const struct auditing *a, const struct detector *detector,
	const struct sight *sight)
{
	const size_t from = detector->of_carrying ? a->of_year : 0;
	struct money filed;
	struct fail why;

	if (a->together_count == from || sight->overrides == 0 ||
		!filed_amount(sight->filed, sight->line, &filed))
		return false;
	const struct tax_return *const so = year_with(a->of, sight->year,
		a->together + from, a->together_count - from, a->pool, &why);

	return so != NULL && near(filed, line_of(so, sight->line));
}

static bool detect(struct auditing *a, struct audit_year *year,
	const struct sight *looked, struct fail *why)
{
	for (const struct detector *it = detectors; it->code != NULL; it++) {
		struct sight sight = *looked;

		if (it->sees(&sight) && !explained(a, it, &sight) &&
			!detect_one(a, year, it, &sight, why))
			return false;
	}
	return true;
}

static bool unexplained_add(struct auditing *a, const struct audit_year *year,
	const struct sight *sight, const struct filed_line *line, struct fail *why)
{
	struct finding *const finding = finding_add(
		a, year, "unexplained", "the form's own line", line->id, NULL);
	struct sight one = *sight;

	finding->computed = line_of(sight->its, line->id);
	finding->text = pool_printf(a->pool,
		"line %s was filed as %s and computes to %s; none of the known mistakes "
		"explains it",
		line->id, amount_words(a->pool, line->amount),
		amount_words(a->pool, finding->computed));
	put(&one, line->id, line->amount);
	return finding_price(a->of, finding, &one, a->pool, why);
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

	for (size_t i = 0; i < filed->lines; i++)
		lines[i] = (struct override){ year->year, filed->line[i].id,
			filed->line[i].amount };
	const struct tax_return *const mistaken = year_with(
		a->of, year->year, a->together, a->together_count, a->pool, why);
	const struct tax_return *const entered =
		year_with(a->of, year->year, lines, filed->lines, a->pool, why);

	if (mistaken == NULL || entered == NULL)
		return fail_in(why, "the filed lines of %d", year->year);
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

static bool year_audit(
	struct auditing *a, int number, struct audit_year *year, struct fail *why)
{
	const struct chain *const chain = a->of->chain;
	struct audit_of *const of = pool_copy(a->pool, a->of, sizeof *of);

	/* A separate return has one spouse's lots. */
	of->lots = chain_show(chain, number, a->of->lots, a->pool);
	const struct sight sight = { .of = of,
		.audit = a->audit,
		.its = chain->year[number - chain->first],
		.filed = &year->filed,
		.year = number,
		.status = chain_status(chain, number),
		.lots = year_lots(of->lots, number),
		.pool = a->pool };

	year->year = number;
	clock_read(a->of, &year->filed, year);
	year->contradictions = filed_contradictions(&year->filed, sight.status, a->pool);
	year->assumptions = return_assumptions(sight.its, a->pool);
	year->tax_known = filed_amount(&year->filed, "f1040.total_tax", &year->tax_filed);
	year->tax_computed = line_of(sight.its, "f1040.total_tax");
	a->of_year = a->together_count;
	return detect(a, year, &sight, why) && unexplained(a, year, &sight, why);
}

static bool years_audit(struct auditing *a, struct fail *why)
{
	const struct chain *const chain = a->of->chain;
	struct audit *const audit = a->audit;

	audit->year = pool_alloc(
		a->pool, (size_t)(chain->last - chain->first + 1) * sizeof *audit->year);
	for (int number = chain->first; chain->first != 0 && number <= chain->last;
		number++) {
		struct audit_year *const year = &audit->year[audit->years];

		if (!filed_collect(a->of->facts, number, &year->filed, a->pool))
			continue;
		/* A year sees those before it, and is seen by those after. */
		if (!year_audit(a, number, year, why))
			return false;
		audit->years++;
	}
	return true;
}

static bool nothing_filed(const char *year, struct fail *why)
{
	fail_set(why, FAIL_MISSING_FACTS, "nothing is known of %s as filed", year);
	return fail_hint(why, "dualbasis filed YEAR --template lists the lines to enter");
}

bool audit_run(const struct audit_of *of, struct audit *audit, struct pool *pool,
	struct fail *why)
{
	struct auditing a = { .of = of, .audit = audit, .pool = pool };

	*audit = (struct audit){ .today = of->today };
	const bool done = years_audit(&a, why);

	/* What grew outside the pool goes into it. */
	pool_adopt(pool, audit->finding);
	pool_adopt(pool, a.together);
	return done && (audit->years > 0 || nothing_filed("any year", why));
}

bool audit_keep(struct audit *audit, int year, struct fail *why)
{
	size_t years = 0, findings = 0;
	char words[20];

	for (size_t i = 0; i < audit->years; i++)
		if (audit->year[i].year == year)
			audit->year[years++] = audit->year[i];
	for (size_t i = 0; i < audit->findings; i++)
		if (audit->finding[i].year == year)
			audit->finding[findings++] = audit->finding[i];
	audit->years = years;
	audit->findings = findings;
	snprintf(words, sizeof words, "%d", year);
	return years > 0 || nothing_filed(words, why);
}

bool claim_is_urgent(const struct audit_year *year, struct day today)
{
	return year->open && year->tax_known &&
		year->tax_filed.cents > year->tax_computed.cents &&
		year->window.safe_by.number < day_plus_years(today, 1).number;
}

const struct mistake_words *audit_mistakes(struct pool *pool)
{
	size_t count = 0;

	while (detectors[count].code != NULL)
		count++;
	struct mistake_words *const words = pool_alloc(pool, (count + 1) * sizeof *words);

	for (size_t i = 0; i < count; i++)
		words[i] = (struct mistake_words){ detectors[i].code, detectors[i].what,
			detectors[i].law };
	return words;
}
