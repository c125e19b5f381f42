/* The questions of a year: when each arises, and what settles it. */
#include "forms/question.h"

#include <criterion/criterion.h>
#include <string.h>

#include "forms/figure.h"
#include "forms/law.h"

#define ACTS_MOST 8

static struct pool pool;
static struct facts facts;
static struct fact fact[ACTS_MOST];

static void start(void)
{
	facts = (struct facts){ .at = fact, .names = names_new() };
}

static void stop(void)
{
	names_free(facts.names);
	pool_release(&pool);
}

TestSuite(question, .init = start, .fini = stop);

static struct day on(int year, int month, int mday)
{
	struct day day = DAY_NONE;

	cr_assert(day_from_civil(year, month, mday, &day));
	return day;
}

static struct fact *add(enum fact_kind kind, struct day day, int64_t shares)
{
	struct fact *const it = &fact[facts.count];

	*it = FACT_EMPTY;
	it->id = (int64_t)++facts.count;
	it->kind = kind;
	it->day = day;
	it->symbol = names_add(facts.names, "ACME", 4);
	it->shares.e8 = shares * 100000000;
	return it;
}

static struct fact *exercise(struct day day, int64_t shares)
{
	struct fact *const it = add(FACT_EXERCISE, day, shares);

	it->other_day = on(2019, 1, 2);
	it->price.e8 = INT64_C(100000000);
	it->fmv.e8 = INT64_C(3100000000);
	return it;
}

static void answer(int year, const char *words)
{
	struct law *law;
	struct fail why;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	cr_assert(figure_from_words(
			  law, year, words, facts.names, &fact[facts.count], &why),
		"%s", why.message);
	facts.count++;
	law_free(law);
}

/* What is asked of a year, as "name:state name:state". */
static const char *asks(int year, int first)
{
	struct lots lots;
	struct fail why = { 0 };
	struct asked *asked;
	struct text text = TEXT_EMPTY;
	size_t count;

	cr_assert(lots_replay(&facts, &lots, &pool, &why), "%s", why.message);
	questions_ask(&facts, &lots, year, first, &asked, &count, &pool);
	for (size_t i = 0; i < count; i++)
		text_addf(&text, " %s:%s", asked[i].question->name,
			question_state_name(asked[i].state));
	text_add(&text, " ");
	const char *const words = pool_text(&pool, text.at, text.length);

	text_release(&text);
	return words;
}

static bool says(int year, const char *words)
{
	return strstr(asks(year, 2022), words) != NULL;
}

Test(question, nothing_is_asked_of_a_year_without_shares)
{
	cr_expect(strcmp(asks(2022, 2022), " ") == 0);
	exercise(on(2023, 3, 1), 100);
	cr_expect(strcmp(asks(2022, 2022), " ") == 0);
	cr_expect(says(2023, " sales_complete:open "));
}

Test(question, each_arises_where_it_matters)
{
	exercise(on(2022, 3, 1), 100);
	cr_expect(says(2022, " early_exercise:open ") && says(2022, " sold_same_year:"));
	cr_expect(says(2022, " credit_before:open ") && !says(2023, " credit_before:"));
	cr_expect(!says(2023, " early_exercise:") && !says(2023, " sold_same_year:"));
	cr_expect(says(2023, " exercises_complete:open "));
	cr_expect(!says(2022, " bought_elsewhere:"));
	cr_expect(!says(2022, " compensation_counted:"));

	struct fact *const sale = add(FACT_SALE, on(2022, 8, 1), 100);

	sale->price.e8 = INT64_C(1000000000);
	cr_expect(!says(2022, " sold_same_year:"));
	cr_expect(says(2022, " compensation_counted:open "));
}

Test(question, a_loss_asks_for_purchases_elsewhere)
{
	struct fact *const purchase = add(FACT_PURCHASE, on(2022, 3, 1), 10);

	purchase->price.e8 = INT64_C(2000000000);
	struct fact *const sale = add(FACT_SALE, on(2023, 8, 1), 10);

	sale->price.e8 = INT64_C(1000000000);
	cr_expect(says(2023, " bought_elsewhere:open "));
	cr_expect(!says(2022, " bought_elsewhere:"));
	cr_expect(!says(2023, " exercises_complete:"), "%s", asks(2023, 2022));
}

Test(question, an_exercise_recorded_unvested_has_answered)
{
	struct fact *const it = exercise(on(2022, 3, 1), 100);

	it->unvested = it->shares;
	it->elected = COVERED_YES;
	cr_expect(!says(2022, " early_exercise:"));
}

Test(question, one_answer_settles_and_the_other_calls_for_more)
{
	exercise(on(2022, 3, 1), 100);
	answer(2022, "early_exercise=yes");
	answer(2022, "exercises_complete=yes");
	answer(2022, "moved_state=yes");
	cr_expect(says(2022, " early_exercise:to enter "));
	cr_expect(says(2022, " exercises_complete:answered "));
	cr_expect(says(2022, " moved_state:answered "));
	cr_expect(says(2023, " exercises_complete:open "), "an answer is of its year");
}

Test(question, figures_answer_too)
{
	exercise(on(2022, 3, 1), 100);
	answer(2022, "iso_spread=0");
	answer(2022, "long_term_gain=0");
	answer(2022, "credit_carryforward=0");
	answer(2022, "private_activity_interest=0");
	answer(2022, "form_2555=no");
	cr_expect(says(2022, " exercises_complete:by figures "));
	cr_expect(says(2022, " sales_complete:by figures "));
	cr_expect(says(2022, " credit_before:by figures "));
	cr_expect(says(2022, " other_amt_items:by figures "));
	cr_expect(says(2022, " special_situations:by figures "));
}

/* No question has the name of a figure, so that an answer is never taken for one. */
Test(question, names_are_their_own)
{
	size_t count;
	const struct question *const all = questions(&count);
	struct law *law;
	struct fail why;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	for (size_t i = 0; i < count; i++) {
		size_t index;

		cr_expect(!law_input_find(law, all[i].name, &index, &why), "%s",
			all[i].name);
		for (size_t k = 0; all[i].figure[k] != NULL; k++)
			cr_expect(law_input_find(law, all[i].figure[k], &index, &why),
				"%s: %s", all[i].name, why.message);
		cr_expect(question_find(all[i].name) != NULL);
		cr_expect((all[i].settles == NULL) == (all[i].then == NULL), "%s",
			all[i].name);
	}
	law_free(law);
}
