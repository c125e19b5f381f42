/* Prices a mistake: the right chain beside the same chain with the mistake in it. */
#include <string.h>

#include "forms/audit/detect.h"

/* The right facts and some lines as entered. */
static bool chain_with(const struct audit_of *of, struct chain_options options,
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
		fact->year = override[i].year;
		/* Of a separate return the lines are its owner's. */
		fact->owner = chain_joint(of->chain, fact->year) ? 0 : of->chain->owner;
		fact->name = names_add(
			facts.names, override[i].line, strlen(override[i].line));
		fact->amount = override[i].amount;
		fact->amount_known = true;
	}
	return chain_compute(of->law, &facts, of->chain->lots, options, chain, pool, why);
}

const struct tax_return *year_with(const struct audit_of *of, int year,
	const struct override *override, size_t count, struct pool *pool,
	struct fail *why)
{
	struct chain_options options = of->chain->options;
	struct chain chain;

	options.until = year;
	return chain_with(of, options, override, count, &chain, pool, why)
		? chain.year[year - chain.first]
		: NULL;
}

const struct tax_return *sight_with(
	const struct sight *sight, const struct override *override, size_t count)
{
	struct override *const lines =
		pool_copy(sight->pool, override, count * sizeof *lines);
	struct fail why;

	for (size_t i = 0; i < count; i++)
		lines[i].year = sight->year;
	return year_with(sight->of, sight->year, lines, count, sight->pool, &why);
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
	const struct sight *sight, struct pool *pool, struct fail *why)
{
	const struct chain *const right = of->chain;
	struct chain wrong;

	if (sight->overrides == 0)
		return true;
	if (sight->believed != NULL)
		wrong = *sight->believed;
	else if (!chain_with(of, right->options, sight->override, sight->overrides,
			 &wrong, pool, why))
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

/* ---- other facts ---------------------------------------------------------------------- */

/* Lines that lots give, where other facts show. */
static const char *const shown[] = { "f1040.wages", "schedule_d.7", "schedule_d.15",
	"schedule_d.16", "f1040.capital", "f6251.2i", "f6251.2k" };

static bool chain_believed(
	const struct sight *sight, fact_change *change, struct chain *chain)
{
	const struct audit_of *const of = sight->of;
	struct pool *const pool = sight->pool;
	struct facts *const facts = pool_copy(pool, of->facts, sizeof *facts);
	struct lots *const lots = pool_alloc(pool, sizeof *lots);
	struct fail why;

	facts->at = pool_copy(pool, facts->at, facts->count * sizeof *facts->at);
	return change(facts) && lots_replay(facts, lots, pool, &why) &&
		chain_compute(
			of->law, facts, lots, of->chain->options, chain, pool, &why) &&
		chain->first == of->chain->first && chain->last == of->chain->last;
}

/* Another year was filed by what happened, where the other facts would have led elsewhere. */
static bool knew_better(const struct sight *sight, const struct chain *believed, int year)
{
	const struct chain *const right = sight->of->chain;
	struct filed_year filed;

	if (!filed_collect(sight->of->facts, year, &filed, sight->pool))
		return false;
	for (size_t i = 0; i < COUNT(shown); i++) {
		const struct money is =
			line_of(right->year[year - right->first], shown[i]);
		const struct money so =
			line_of(believed->year[year - right->first], shown[i]);
		struct money amount;

		if (!near(is, so) && !filed_without(&filed, shown[i]) &&
			filed_amount(&filed, shown[i], &amount) && near(amount, is))
			return true;
	}
	return false;
}

bool sight_believes(struct sight *sight, fact_change *change)
{
	struct chain *const chain = pool_alloc(sight->pool, sizeof *chain);

	if (!chain_believed(sight, change, chain))
		return false;
	const struct tax_return *const was = chain->year[sight->year - chain->first];

	for (int year = chain->first; year <= chain->last; year++)
		if (knew_better(sight, chain, year))
			return false;
	for (size_t i = 0; i < COUNT(shown); i++) {
		const struct money so = line_of(was, shown[i]);
		struct money filed;

		if (near(so, line_of(sight->its, shown[i])) ||
			filed_without(sight->filed, shown[i]) ||
			!filed_amount(sight->filed, shown[i], &filed))
			continue;
		if (!near(filed, so))
			return false;
		if (sight->line == NULL)
			sight->line = shown[i];
		put(sight, shown[i], filed);
	}
	sight->believed = chain;
	return sight->line != NULL;
}
