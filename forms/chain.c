/* Links a household's years: facts and lots in, one return a year out, each fed by the last. */
#include "forms/chain.h"

#include <assert.h>
#include <string.h>

#include "forms/question.h"
#include "ledger/f8949.h"

#define YEARS (LAW_LAST_YEAR - LAW_FIRST_YEAR + 1)

struct linking {
	const struct law *law;
	const struct facts *facts;
	struct chain_options options;
	struct pool *pool;
	bool has_status[YEARS];
	enum filing_status status[YEARS];
};

/* Where a fact was entered, for a message about it. */
static bool in_fact(const struct linking *link, const struct fact *fact, struct fail *why)
{
	return fail_in(why, "%d: fact %lld (%s)", fact->year, (long long)fact->id,
		names_text(link->facts->names, fact->name));
}

static bool is_status(const struct linking *link, const struct fact *fact)
{
	return fact->kind == FACT_FIGURE &&
		strcmp(names_text(link->facts->names, fact->name), "status") == 0;
}

static bool statuses_collect(struct linking *link, struct fail *why)
{
	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];
		const int at = fact->year - LAW_FIRST_YEAR;

		if (!is_status(link, fact))
			continue;
		if (link->options.until != 0 && fact->year > link->options.until)
			continue;
		if (at < 0 || at >= YEARS) {
			fail_set(why, FAIL_NOT_MODELLED,
				"there are forms for %d to %d only", LAW_FIRST_YEAR,
				LAW_LAST_YEAR);
			return in_fact(link, fact, why);
		}
		if (!status_find(names_text(link->facts->names, fact->text),
			    &link->status[at])) {
			fail_set(why, FAIL_BAD_INPUT, "\"%.60s\" is no filing status",
				names_text(link->facts->names, fact->text));
			return in_fact(link, fact, why);
		}
		link->has_status[at] = true;
	}
	return true;
}

/* First and last year with a status, and none without one in between. */
static bool years_span(const struct linking *link, struct chain *chain, struct fail *why)
{
	for (int at = 0; at < YEARS; at++)
		if (link->has_status[at]) {
			if (chain->first == 0)
				chain->first = LAW_FIRST_YEAR + at;
			chain->last = LAW_FIRST_YEAR + at;
		}
	for (int year = chain->first; year < chain->last; year++)
		if (!link->has_status[year - LAW_FIRST_YEAR]) {
			fail_set(why, FAIL_MISSING_FACTS,
				"%d has no filing status, but years before and after it "
				"have: credit and carryovers cannot pass through it",
				year);
			return fail_hint(
				why, "dualbasis fact %d status=... wages=...", year);
		}
	return true;
}

static bool figure_enter(const struct linking *link, const struct fact *fact,
	struct entered *entered, struct fail *why)
{
	size_t index;

	if (!law_input_find(
		    link->law, names_text(link->facts->names, fact->name), &index, why)) {
		why->kind = FAIL_BAD_INPUT;
		return in_fact(link, fact, why);
	}
	const struct input *const input = law_input(link->law, index);

	if (fact->amount_known && input->kind == INPUT_AMOUNT) {
		entered[index] =
			(struct entered){ .given = true, .amount = fact->amount };
		return figure_may_be(input, fact->amount, why) ||
			in_fact(link, fact, why);
	}
	return figure_parse(input, span_of(names_text(link->facts->names, fact->text)),
		       &entered[index], why) ||
		in_fact(link, fact, why);
}

/* A later fact about the same line takes the place of an earlier one. */
static void line_enter(struct return_input *in, struct entered_line *lines,
	struct line_ref line, struct money amount)
{
	size_t i = 0;

	while (i < in->line_count && lines[i].line.number != line.number)
		i++;
	lines[i] = (struct entered_line){ line, amount };
	if (i == in->line_count)
		in->line_count++;
}

static bool year_figures_enter(const struct linking *link, struct return_input *in,
	struct entered *entered, struct entered_line *lines, struct fail *why)
{
	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];
		const char *const name = names_text(link->facts->names, fact->name);
		struct line_ref line;

		if (fact->kind != FACT_FIGURE || fact->year != in->year ||
			is_status(link, fact) || question_find(name) != NULL)
			continue;
		if (strchr(name, '.') == NULL) {
			if (!figure_enter(link, fact, entered, why))
				return false;
		} else if (law_line_find(link->law, in->year, name, &line, why)) {
			line_enter(in, lines, line, fact->amount);
		} else {
			why->kind = FAIL_BAD_INPUT;
			return in_fact(link, fact, why);
		}
	}
	return true;
}

static size_t lines_entered(const struct linking *link, int year)
{
	size_t count = 0;

	for (size_t i = 0; i < link->facts->count; i++)
		count += link->facts->at[i].kind == FACT_FIGURE &&
			link->facts->at[i].year == year;
	return count;
}

static bool year_compute(
	const struct linking *link, struct chain *chain, int year, struct fail *why)
{
	const int at = year - chain->first;
	struct entered *const entered =
		pool_alloc(link->pool, (law_inputs(link->law) + 1) * sizeof *entered);
	struct entered_line *const lines =
		pool_alloc(link->pool, (lines_entered(link, year) + 1) * sizeof *lines);
	struct return_input *const in = pool_alloc(link->pool, sizeof *in);

	*in = (struct return_input){
		.year = year,
		.status = link->status[year - LAW_FIRST_YEAR],
		.cents = link->options.cents,
		.schedule = link->options.schedule,
		.entered = entered,
		.lines = lines,
		.ledger = chain->lots != NULL ? &chain->figures[at] : NULL,
	};
	if (!year_figures_enter(link, in, entered, lines, why))
		return false;
	return return_evaluate(link->law, in, at > 0 ? chain->year[at - 1] : NULL,
		       &chain->year[at], link->pool, why) ||
		fail_in(why, "%d", year);
}

bool chain_compute(const struct law *law, const struct facts *facts,
	const struct lots *lots, struct chain_options options, struct chain *chain,
	struct pool *pool, struct fail *why)
{
	struct linking link = {
		.law = law, .facts = facts, .options = options, .pool = pool
	};

	*chain = (struct chain){ .law = law, .lots = lots, .options = options };
	if (!statuses_collect(&link, why) || !years_span(&link, chain, why))
		return false;
	if (chain->first == 0)
		return true;
	const size_t years = (size_t)(chain->last - chain->first + 1);
	struct year_figures *const figures = pool_alloc(pool, years * sizeof *figures);

	chain->year = pool_alloc(pool, years * sizeof *chain->year);
	chain->figures = figures;
	for (int year = chain->first; year <= chain->last; year++) {
		if (lots != NULL)
			year_figures(lots, year, &figures[year - chain->first], pool);
		if (!year_compute(&link, chain, year, why))
			return false;
	}
	return true;
}

bool chain_year(const struct chain *chain, int year, const struct tax_return **found,
	struct fail *why)
{
	if (chain->first != 0 && year >= chain->first && year <= chain->last) {
		*found = chain->year[year - chain->first];
		return true;
	}
	if (chain->first == 0)
		fail_set(why, FAIL_MISSING_FACTS,
			"%d has no filing status, nor has any year", year);
	else
		fail_set(why, FAIL_MISSING_FACTS,
			"%d has no filing status (the years known are %d to %d)", year,
			chain->first, chain->last);
	return fail_hint(why, "dualbasis fact %d status=single|mfj|mfs|hoh|qss", year);
}

static bool happens_by(const struct fact *fact, struct day end)
{
	return !day_known(fact->day) || fact->day.number <= end.number;
}

/*
 * AMT basis less regular basis of the shares still held when the year ends: the facts up to that
 * day are replayed, so that it is what a ledger kept then would have said.
 */
static bool basis_outstanding(
	const struct lots *lots, int year, struct money *outstanding, struct fail *why)
{
	struct pool pool = { 0 };
	struct facts until = { .names = lots->facts->names };
	struct lots then = { 0 };
	struct day end = DAY_NONE;
	const bool exists = day_from_civil(year, 12, 31, &end);

	assert(exists);
	until.at = pool_alloc(&pool, (lots->facts->count + 1) * sizeof *until.at);
	for (size_t i = 0; i < lots->facts->count; i++)
		if (happens_by(&lots->facts->at[i], end))
			until.at[until.count++] = lots->facts->at[i];
	const bool done = lots_replay(&until, &then, &pool, why);

	*outstanding = (struct money){ 0 };
	for (size_t i = 0; done && i < then.lot_count; i++)
		*outstanding = money_plus(*outstanding,
			money_less(then.lot[i].open_basis[BOOK_AMT],
				then.lot[i].open_basis[BOOK_REGULAR]));
	pool_release(&pool);
	return done || fail_in(why, "lots at the end of %d", year);
}

/* A line of Form 8801; blank ones count as 0. */
static bool f8801_line(const struct tax_return *its, const char *id, struct money *amount,
	struct fail *why)
{
	struct value value;

	if (!return_find(its, id, &value, why))
		return false;
	*amount = value.filled ? value.amount : (struct money){ 0 };
	return true;
}

/*
 * A negative line 18 takes from the balance what is there and no more: line 21 below zero ends
 * the form with nothing carried. So opening + generated + adjustment + line 20 = used + balance.
 */
static bool credit_of_year(
	const struct tax_return *its, struct credit_year *credit, struct fail *why)
{
	struct money line18, line19, line20;

	if (!f8801_line(its, "f8801.18", &line18, why) ||
		!f8801_line(its, "f8801.19", &line19, why) ||
		!f8801_line(its, "f8801.20", &line20, why) ||
		!f8801_line(its, "f8801.25", &credit->used, why) ||
		!f8801_line(its, "f8801.26", &credit->balance, why))
		return false;
	const struct money zero = { 0 };

	credit->generated = money_max(zero, line18);
	credit->line18_adjustment = money_max(
		money_min(zero, line18), money_negate(money_plus(line19, line20)));
	return true;
}

bool chain_credit(const struct chain *chain, struct credit_year **credits, size_t *count,
	struct pool *pool, struct fail *why)
{
	*count = chain->first == 0 ? 0 : (size_t)(chain->last - chain->first + 1);
	*credits = pool_alloc(pool, (*count + 1) * sizeof **credits);
	for (size_t i = 0; i < *count; i++) {
		struct credit_year *const credit = &(*credits)[i];

		credit->year = chain->first + (int)i;
		if (!credit_of_year(chain->year[i], credit, why))
			return false;
		if (chain->lots != NULL &&
			!basis_outstanding(chain->lots, credit->year,
				&credit->amt_basis_outstanding, why))
			return false;
	}
	return true;
}
