/* A year with an exercise beside the same year without it. */
#include <string.h>

#include "forms/plan/plan.h"

/* In the order in which Form 6251 goes; then what becomes of the whole. */
static const char *const lines[PLAN_LINES] = { "f6251.2i", "f6251.4", "f6251.5",
	"f6251.6", "f6251.7", "f6251.9", "f6251.10", "f6251.11", "f8801.25", "f8801.26",
	"f1040.total_tax" };

static struct money amount(const struct tax_return *its, const char *id)
{
	return return_line(its, plan_line_of(its, id)).amount;
}

static const char *label(const struct tax_return *its, const char *id)
{
	return law_line_words(return_law(its), return_year(its), plan_line_of(its, id))
		.label;
}

/* The credit that the year's AMT makes: line 18 of next year's Form 8801, which reads nothing else. */
static bool credit_of(const struct tax_return *its, struct money *credit,
	struct pool *pool, struct fail *why)
{
	struct return_input *const in = pool_alloc(pool, sizeof *in);
	struct tax_return *next;

	*in = *return_given(its);
	in->year++;
	in->entered = NULL;
	in->lines = NULL;
	in->line_count = 0;
	in->ledger = NULL;
	if (!return_evaluate(return_law(its), in, its, &next, pool, why))
		return false;
	*credit = amount(next, "f8801.18");
	return true;
}

static struct money phaseout_start(const struct tax_return *its, struct pool *pool)
{
	struct leaf *leaf;
	size_t count;

	return_leaves(its, &leaf, &count, pool);
	for (size_t i = 0; i < count; i++)
		if (strcmp(leaf[i].cell_name, "p_amt_phaseout_start") == 0)
			return (struct money){ divide_half_away(
				(int128)leaf[i].number * 100, leaf[i].by) };
	return (struct money){ 0 };
}

static bool compare(const struct tax_return *without, const struct tax_return *with,
	struct plan_exercise *exercise, struct pool *pool, struct fail *why)
{
	struct money credit[2] = { { 0 }, { 0 } };

	for (size_t i = 0; i < PLAN_LINES; i++)
		exercise->line[i] = (struct plan_line){ lines[i], label(with, lines[i]),
			amount(without, lines[i]), amount(with, lines[i]) };
	exercise->amt = money_less(amount(with, "f6251.11"), amount(without, "f6251.11"));
	exercise->total = money_less(
		amount(with, "f1040.total_tax"), amount(without, "f1040.total_tax"));
	exercise->income = amount(with, "f6251.4");
	exercise->phaseout_start = phaseout_start(with, pool);
	exercise->credit_known = return_year(with) < LAW_LAST_YEAR;
	if (exercise->credit_known &&
		(!credit_of(without, &credit[0], pool, why) ||
			!credit_of(with, &credit[1], pool, why)))
		return false;
	exercise->credit = money_less(credit[1], credit[0]);
	return true;
}

bool plan_exercise(const struct tax_return *its, struct money spread,
	struct plan_exercise *exercise, struct fail *why)
{
	struct pool pool = { 0 };
	struct tax_return *with;

	*exercise = (struct plan_exercise){ .spread = spread };
	const bool done = plan_return(its, spread, false, &with, &pool, why) &&
		compare(its, with, exercise, &pool, why);

	pool_release(&pool);
	return done;
}
