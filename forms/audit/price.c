/* Prices a mistake: the right chain beside the same chain with the mistake in it. */
#include <string.h>

#include "forms/audit/detect.h"

/* The right facts and some lines of a year as entered. */
static bool chain_with(const struct audit_of *of, int year,
	const struct override *override, size_t count, struct chain *chain,
	struct pool *pool, struct fail *why)
{
	const struct facts *const right = of->facts;
	struct facts facts = *right;

	facts.at = pool_alloc(pool, (right->count + count + 1) * sizeof *facts.at);
	memcpy(facts.at, right->at, right->count * sizeof *facts.at);
	for (size_t i = 0; i < count; i++) {
		struct fact *const fact = &facts.at[facts.count++];

		*fact = FACT_EMPTY;
		fact->kind = FACT_FIGURE;
		fact->year = year;
		fact->name = names_add(
			facts.names, override[i].line, strlen(override[i].line));
		fact->amount = override[i].amount;
		fact->amount_known = true;
	}
	return chain_compute(of->law, &facts, of->lots, of->options, chain, pool, why);
}

const struct tax_return *year_with(const struct audit_of *of, int year,
	const struct override *override, size_t count, struct pool *pool,
	struct fail *why)
{
	struct audit_of until = *of;
	struct chain chain;

	until.options.until = year;
	return chain_with(&until, year, override, count, &chain, pool, why)
		? chain.year[year - chain.first]
		: NULL;
}

const struct tax_return *sight_with(
	const struct sight *sight, const struct override *override, size_t count)
{
	struct fail why;

	return year_with(sight->of, sight->year, override, count, sight->pool, &why);
}

/* The lines by which one year reaches the next. */
static const char *const carried[] = { "schedule_d.6", "schedule_d.14",
	"schedule_d@amt.6", "schedule_d@amt.14", "f8801.18", "f8801.19" };

/*
 * Did the mistake go on into a year? Not where the year's own return is known to carry in
 * something else than it would have led to.
 */
static bool went_on(const struct audit_of *of, int year, const struct tax_return *is,
	const struct tax_return *was, struct pool *pool)
{
	struct filed_year filed;

	if (!filed_collect(of->facts, year, &filed, pool))
		return true;
	for (size_t i = 0; i < COUNT(carried); i++) {
		const struct money wrong = line_of(was, carried[i]);
		struct money amount;

		if (!near(line_of(is, carried[i]), wrong) &&
			filed_amount(&filed, carried[i], &amount) && !near(amount, wrong))
			return false;
	}
	return true;
}

static struct money changed(
	const struct tax_return *is, const struct tax_return *was, const char *line)
{
	return money_less(line_of(is, line), line_of(was, line));
}

bool finding_price(const struct audit_of *of, struct finding *finding,
	const struct override *override, size_t count, struct pool *pool,
	struct fail *why)
{
	const struct chain *const right = of->chain;
	struct chain wrong;

	if (count == 0)
		return true;
	if (!chain_with(of, finding->year, override, count, &wrong, pool, why))
		return fail_in(why, "pricing %s of %d", finding->code, finding->year);
	struct year_effect *const later = pool_alloc(
		pool, (size_t)(right->last - finding->year + 1) * sizeof *later);

	for (int year = finding->year; year <= right->last; year++) {
		const struct tax_return *const is = right->year[year - right->first];
		const struct tax_return *const was = wrong.year[year - wrong.first];
		const struct year_effect effect = { year,
			changed(is, was, "f1040.total_tax"),
			changed(is, was, "f8801.26") };

		if (year == finding->year) {
			finding->tax_effect = effect.tax;
			finding->credit_effect = effect.credit;
			continue;
		}
		if (!went_on(of, year, is, was, pool))
			break;
		if (effect.tax.cents != 0 || effect.credit.cents != 0)
			later[finding->later_count++] = effect;
	}
	finding->later = later;
	return true;
}
