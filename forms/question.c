/* The questions of a year: one table, and when each arises. */
#include "forms/question.h"
#include "ledger/wash.h"

#include <string.h>

/* What can be seen of a year. */
struct year_seen {
	const struct facts *facts;
	const struct lots *lots;
	int year, first;
};

/* A question with what decides whether it arises. */
struct entry {
	struct question question;
	bool (*arises)(const struct year_seen *);
};

static bool is_year(struct day day, int year)
{
	return day_known(day) && day_year(day) == year;
}

static bool option_lot(const struct lot *lot)
{
	return lot->kind == LOT_ISO || lot->kind == LOT_NSO;
}

/* An exercise of the year that does not say what of it was unvested. */
static bool exercised(const struct year_seen *seen)
{
	for (size_t i = 0; i < seen->lots->lot_count; i++) {
		const struct lot *const lot = &seen->lots->lot[i];

		if (option_lot(lot) && is_year(lot->origin->day, seen->year) &&
			lot->origin->unvested.e8 == 0)
			return true;
	}
	return false;
}

static bool sold_in_its_year(const struct year_seen *seen, uint32_t lot)
{
	for (size_t i = 0; i < seen->lots->disposition_count; i++)
		if (seen->lots->disposition[i].lot == lot &&
			is_year(seen->lots->disposition[i].sold, seen->year))
			return true;
	return false;
}

/* An exercise of ISOs in the year, of which no share went in it. */
static bool exercised_and_kept(const struct year_seen *seen)
{
	for (size_t i = 0; i < seen->lots->lot_count; i++) {
		const struct lot *const lot = &seen->lots->lot[i];

		if (lot->kind == LOT_ISO && is_year(lot->acquired, seen->year) &&
			!sold_in_its_year(seen, (uint32_t)i))
			return true;
	}
	return false;
}

static bool has_options(const struct year_seen *seen)
{
	for (size_t i = 0; i < seen->lots->lot_count; i++) {
		const struct lot *const lot = &seen->lots->lot[i];

		if (option_lot(lot) && day_known(lot->acquired) &&
			day_year(lot->acquired) <= seen->year)
			return true;
	}
	return false;
}

static bool loss(const struct year_seen *seen)
{
	for (size_t i = 0; i < seen->lots->disposition_count; i++) {
		const struct disposition *const part = &seen->lots->disposition[i];

		if (!is_year(part->sold, seen->year))
			continue;
		for (enum book book = 0; book < BOOKS; book++)
			if (disposition_gain(part, book).cents < 0)
				return true;
	}
	return false;
}

/* A loss of December whose window reaches beyond what the ledger tells of. */
static bool window_open(const struct year_seen *seen)
{
	return wash_window_any(seen->lots, seen->year);
}

static bool compensation(const struct year_seen *seen)
{
	const struct lots *const lots = seen->lots;

	for (size_t i = 0; i < lots->lot_count; i++)
		if (lots->lot[i].compensation_year == seen->year &&
			lots->lot[i].compensation.cents > 0)
			return true;
	for (size_t i = 0; i < lots->disposition_count; i++)
		if (is_year(lots->disposition[i].sold, seen->year) &&
			lots->disposition[i].compensation.cents > 0)
			return true;
	return false;
}

static bool first_year(const struct year_seen *seen)
{
	return seen->year == seen->first;
}

static bool always(const struct year_seen *seen)
{
	(void)seen;
	return true;
}

static const struct entry table[] = {
	{ { "early_exercise",
		  "were shares exercised that had not vested, besides those recorded so?",
		  "AMT income and holding periods run from the vest (R-044, R-045)", "no",
		  "record the exercise with --unvested, and --elected for an 83(b)",
		  { NULL } },
		exercised },
	{ { "exercises_complete",
		  "is every exercise of the year, each Form 3921, in the ledger?",
		  "Form 6251, line 2i (R-010)", "yes", "dualbasis import FORM-3921.csv",
		  { "iso_spread" } },
		has_options },
	{ { "sold_same_year",
		  "were shares exercised in the year sold in it too, unknown to the "
		  "ledger?",
		  "they are no AMT income (R-011)", "no",
		  "import the 1099-B, or dualbasis record sale", { NULL } },
		exercised_and_kept },
	{ { "sales_complete", "is every sale of the year, each 1099-B, in the ledger?",
		  "Form 8949 and both Schedules D", "yes",
		  "import it, or enter short_term_gain and long_term_gain",
		  { "short_term_gain", "long_term_gain" } },
		always },
	{ { "compensation_counted",
		  "does the figure `wages` hold compensation that the ledger finds too?",
		  "it would be taxed twice", "no",
		  "enter compensation_in_wages, or take it out of wages",
		  { "compensation_in_wages" } },
		compensation },
	{ { "credit_before",
		  "was AMT paid, or a loss carried over, before this first year?",
		  "Form 8801, and the carryovers of both books", "no",
		  "enter credit_carryforward, prior_f6251_11, the carryovers",
		  { "credit_carryforward", "prior_f6251_11", "prior_f6251_1",
			  "short_term_carryover", "long_term_carryover" } },
		first_year },
	{ { "other_amt_items",
		  "are there AMT items outside the ledger: bonds, K-1, depreciation?",
		  "Form 6251, lines 2c to 3", "no",
		  "enter them; dualbasis fact YEAR --template names them all",
		  { "private_activity_interest", "qsbs_preference",
			  "investment_interest_difference", "depletion_difference",
			  "amt_net_operating_loss", "estate_trust_adjustment",
			  "depreciation_difference", "passive_activity_difference",
			  "loss_limitation_difference", "circulation_difference",
			  "long_term_contract_difference", "mining_difference",
			  "research_difference", "old_installment_sales",
			  "drilling_preference", "other_amt_adjustment",
			  "other_exclusion_adjustment", "amt_ordinary_difference",
			  "amt_short_term_difference", "amt_long_term_difference" } },
		always },
	{ { "bought_elsewhere",
		  "did you or your spouse buy the shares that lost within 30 days, in an "
		  "account that the ledger does not know?",
		  "the loss is not allowed, in each book (R-080)", "no",
		  "dualbasis record purchase, and record account for an IRA", { NULL } },
		loss },
	{ { WASH_QUESTION,
		  "did shares of what lost in December come until 30 January, in any "
		  "account, that the ledger has not got?",
		  "the loss is provisional until then (R-089)", "no",
		  "record the purchase, the vest or the exercise", { NULL } },
		window_open },
	{ { "special_situations",
		  "does one of the situations apply that `limits` refuses?",
		  "the definitions do not cover it", "no",
		  "enter it, as in form_2555=yes; dualbasis limits lists them",
		  { "form_2555", "schedule_j", "form_8615", "form_8814", "form_4972",
			  "form_8978", "nonresident", "dependent", "remic_residual",
			  "disaster_loss" } },
		always },
	{ { "moved_state", "did you move from one state to another?",
		  "salt_paid holds the taxes of both; state returns are not computed",
		  NULL, NULL, { NULL } },
		always },
};

const char *question_state_name(enum question_state state)
{
	static const char *const names[] = {
		[QUESTION_OPEN] = "open",
		[QUESTION_CALLS] = "to enter",
		[QUESTION_ANSWERED] = "answered",
		[QUESTION_GIVEN] = "by figures",
	};

	return names[state];
}

bool question_settled(enum question_state state)
{
	return state == QUESTION_ANSWERED || state == QUESTION_GIVEN;
}

const struct question *questions(size_t *count)
{
	static struct question all[COUNT(table)];

	for (size_t i = 0; i < COUNT(table); i++)
		all[i] = table[i].question;
	*count = COUNT(table);
	return all;
}

const struct question *question_find(const char *name)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].question.name, name) == 0)
			return &table[i].question;
	return NULL;
}

/* The standing figure of the year under a name, or NULL. */
static const struct fact *figure_of(const struct year_seen *seen, const char *name)
{
	const struct facts *const facts = seen->facts;

	for (size_t i = facts->count; i-- > 0;)
		if (facts->at[i].kind == FACT_FIGURE && facts->at[i].year == seen->year &&
			strcmp(names_text(facts->names, facts->at[i].name), name) == 0)
			return &facts->at[i];
	return NULL;
}

static struct asked ask(const struct year_seen *seen, const struct entry *entry)
{
	const struct fact *const fact = figure_of(seen, entry->question.name);
	struct asked asked = { .question = &entry->question, .answer = "" };

	if (fact != NULL) {
		asked.answer = names_text(seen->facts->names, fact->text);
		asked.state = entry->question.settles == NULL ||
				strcmp(asked.answer, entry->question.settles) == 0
			? QUESTION_ANSWERED
			: QUESTION_CALLS;
	}
	for (size_t i = 0; asked.state != QUESTION_ANSWERED && i < QUESTION_FIGURES &&
		entry->question.figure[i] != NULL;
		i++)
		if (figure_of(seen, entry->question.figure[i]) != NULL)
			asked.state = QUESTION_GIVEN;
	return asked;
}

/* Was anything held, or did anything go, up to the end of the year? */
static bool anything(const struct year_seen *seen)
{
	for (size_t i = 0; i < seen->lots->lot_count; i++)
		if (!day_known(seen->lots->lot[i].acquired) ||
			day_year(seen->lots->lot[i].acquired) <= seen->year)
			return true;
	return false;
}

void questions_ask(const struct facts *facts, const struct lots *lots, int year,
	int first, struct asked **asked, size_t *count, struct pool *pool)
{
	const struct year_seen seen = { facts, lots, year, first };

	*asked = pool_alloc(pool, COUNT(table) * sizeof **asked);
	*count = 0;
	if (!anything(&seen))
		return;
	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].arises(&seen))
			(*asked)[(*count)++] = ask(&seen, &table[i]);
}

size_t questions_open(const struct asked *asked, size_t count)
{
	size_t open = 0;

	for (size_t i = 0; i < count; i++)
		open += !question_settled(asked[i].state);
	return open;
}
