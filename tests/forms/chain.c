/* The chain: where it starts, what it refuses, what it carries, and the credit log. */
#include "forms/chain.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/forms/household.h"

static struct law *law;
static struct household house;
static struct lots lots;
static struct chain chain;

static void law_load(void)
{
	struct fail why;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	household_begin(&house, "chain");
}

static void law_drop(void)
{
	household_end(&house);
	law_free(law);
}

TestSuite(chain, .init = law_load, .fini = law_drop);

static void enter(const char *text)
{
	char *const copy = pool_text(&house.pool, text, strlen(text));
	char *next = NULL;

	for (char *line = strtok_r(copy, "\n", &next); line != NULL;
		line = strtok_r(NULL, "\n", &next))
		household_line(&house, law, line);
}

static bool computed(struct chain_options options, struct fail *why)
{
	options.cents = true;
	return lots_replay(&house.facts, &lots, &house.pool, why) &&
		chain_compute(
			law, &house.facts, &lots, options, &chain, &house.pool, why);
}

static void compute_all(void)
{
	struct fail why;
	const bool done = computed((struct chain_options){ 0 }, &why);

	cr_assert(done, "%s", why.message);
}

static int64_t line(int year, const char *id)
{
	const struct tax_return *its;
	struct value value;
	struct fail why;
	const bool found = chain_year(&chain, year, &its, &why) &&
		return_find(its, id, &value, &why);

	cr_assert(found, "%d %s: %s", year, id, why.message);
	return value.amount.cents;
}

/* Ten thousand shares exercised in 2022 and sold in 2024; two quiet years around. */
static const char holding_up[] = "exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
				 "year 2022 status=single wages=200000\n"
				 "year 2023 status=single wages=200000\n"
				 "year 2024 status=single wages=200000\n"
				 "sale A 2024-06-03 10000 80.00\n"
				 "year 2025 status=single wages=200000\n";

Test(chain, starts_with_the_first_status_and_ends_with_the_last)
{
	/* An exercise and a figure before it set bases, and no year. */
	enter("exercise A 2019-01-15 2020-03-01 100 1.00 31.00\n"
	      "year 2020 wages=1000\n"
	      "year 2022 status=mfj wages=300000\n"
	      "year 2023 status=mfs wages=1\n"
	      "year 2024 wages=5\n");
	compute_all();
	cr_expect(eq(int, chain.first, 2022));
	cr_expect(eq(int, chain.last, 2023));
	cr_expect(eq(i64, line(2022, "f1040.agi"), 30000000));
	cr_expect(eq(i64, line(2022, "f6251.2i"), 0), "an earlier exercise adds nothing");
}

Test(chain, of_no_year_is_empty)
{
	const struct tax_return *its;
	struct fail why;

	enter("year 2023 wages=1\n");
	compute_all();
	cr_expect(eq(int, chain.first, 0));
	cr_expect(not(chain_year(&chain, 2023, &its, &why)));
	cr_expect(eq(int, why.kind, FAIL_MISSING_FACTS));
	cr_expect(strstr(why.message, "2023") != NULL, "%s", why.message);
	cr_expect(strstr(why.hint, "fact 2023 status=") != NULL, "%s", why.hint);
}

Test(chain, refuses_a_gap_and_names_its_year)
{
	struct fail why;

	enter("year 2020 status=single\nyear 2021 status=single\nyear 2023 "
	      "status=single\n");
	cr_assert(not(computed((struct chain_options){ 0 }, &why)));
	cr_expect(eq(int, why.kind, FAIL_MISSING_FACTS));
	cr_expect(strstr(why.message, "2022") != NULL, "%s", why.message);
	cr_expect(strstr(why.hint, "fact 2022 status=") != NULL, "%s", why.hint);
	/* Years before the gap do not depend on it. */
	cr_assert(computed((struct chain_options){ .until = 2021 }, &why), "%s",
		why.message);
	cr_expect(eq(int, chain.last, 2021));
}

Test(chain, a_year_not_modelled_stops_only_what_follows)
{
	const struct tax_return *its;
	struct fail why;

	enter("year 2021 status=single wages=1\n"
	      "year 2022 status=single form_2555=yes\n"
	      "year 2023 status=single wages=1\n");
	cr_assert(not(computed((struct chain_options){ 0 }, &why)));
	cr_expect(eq(int, why.kind, FAIL_NOT_MODELLED));
	cr_expect(strncmp(why.message, "2022: ", 6) == 0, "%s", why.message);
	cr_assert(computed((struct chain_options){ .until = 2021 }, &why), "%s",
		why.message);
	cr_expect(chain_year(&chain, 2021, &its, &why));
	cr_expect(not(chain_year(&chain, 2022, &its, &why)));
	cr_expect(strstr(why.message, "2022") != NULL);
}

Test(chain, carries_the_credit_into_the_next_year)
{
	enter(holding_up);
	compute_all();
	cr_expect(gt(i64, line(2022, "f6251.11"), 0));
	cr_expect(eq(i64, line(2022, "f8801.18"), 0), "nothing is known of 2021");
	cr_expect(eq(i64, line(2023, "f8801.16"), line(2022, "f6251.11")));
	for (int year = 2023; year <= 2025; year++)
		cr_expect(eq(i64, line(year, "f8801.19"), line(year - 1, "f8801.26")),
			"%d", year);
	cr_expect(gt(i64, line(2024, "f8801.25"), 0));
}

Test(chain, one_year_changed_changes_those_that_follow)
{
	enter(holding_up);
	compute_all();
	const int64_t before = line(2024, "f1040.tax"), earlier = line(2022, "f6251.11");

	enter("year 2023 short_term_gain=-50000\n");
	compute_all();
	cr_expect(eq(i64, line(2022, "f6251.11"), earlier));
	cr_expect(eq(i64, line(2024, "schedule_d.6"), -4700000), "the loss carried over");
	cr_expect(lt(i64, line(2024, "f1040.tax"), before));
}

Test(chain, opening_balances_are_figures_of_the_first_year)
{
	enter("year 2023 status=mfj wages=400000 credit_carryforward=50000 "
	      "long_term_carryover=9000 amt_long_term_carryover=12000\n"
	      "year 2024 status=mfj wages=400000\n");
	compute_all();
	cr_expect(eq(i64, line(2023, "f8801.19"), 5000000));
	cr_expect(eq(i64, line(2023, "schedule_d.14"), -900000));
	cr_expect(eq(i64, line(2024, "schedule_d.14"), -600000));
	cr_expect(eq(i64, line(2024, "schedule_d@amt.14"), -900000));
}

Test(chain, a_line_entered_by_hand_is_used)
{
	enter("year 2024 status=single wages=200000 f6251.2i=300000 6251.3=5000\n");
	compute_all();
	cr_expect(eq(i64, line(2024, "f6251.2i"), 30000000));
	cr_expect(eq(i64, line(2024, "f6251.3"), 500000));
	cr_expect(gt(i64, line(2024, "f6251.11"), 0));
}

/* ---- the credit log ---- */

static struct credit_year *credits(size_t *count)
{
	struct credit_year *credit;
	struct fail why;
	const bool done = chain_credit(&chain, &credit, count, &house.pool, &why);

	cr_assert(done, "%s", why.message);
	return credit;
}

Test(chain, the_credit_log_ties_to_form_8801)
{
	size_t count;

	enter(holding_up);
	compute_all();
	const struct credit_year *const credit = credits(&count);

	cr_assert(eq(sz, count, 4));
	cr_expect(eq(i64, credit[1].generated.cents, line(2023, "f8801.18")));
	for (size_t i = 0; i < count; i++) {
		const int64_t opening = i > 0 ? credit[i - 1].balance.cents : 0;

		cr_expect(eq(int, credit[i].year, 2022 + (int)i));
		cr_expect(eq(
			i64, credit[i].balance.cents, line(credit[i].year, "f8801.26")));
		cr_expect(
			eq(i64, credit[i].used.cents, line(credit[i].year, "f8801.25")));
		cr_expect(eq(i64,
			opening + credit[i].generated.cents +
				credit[i].line18_adjustment.cents,
			credit[i].used.cents + credit[i].balance.cents));
	}
}

Test(chain, a_negative_line_18_takes_no_more_than_there_is)
{
	size_t count;

	/* Private activity interest is an exclusion item: its minimum tax makes no credit. */
	enter("year 2023 status=single wages=1000 private_activity_interest=900000 "
	      "other_amt_adjustment=-900000 credit_carryforward=1000\n"
	      "year 2024 status=single wages=100000\n");
	compute_all();
	const struct credit_year *const credit = credits(&count);

	cr_expect(lt(i64, line(2024, "f8801.18"), -100000));
	cr_expect(eq(i64, credit[1].generated.cents, 0));
	cr_expect(eq(i64, credit[1].line18_adjustment.cents, -credit[0].balance.cents));
	cr_expect(eq(i64, credit[1].balance.cents, 0));
}

Test(chain, basis_outstanding_is_that_of_shares_held_at_the_years_end)
{
	/* Spread 30 a share: 4,000 of 10,000 shares go in 2024, the rest in 2025. */
	static const int64_t wanted[] = { 30000000, 30000000, 18000000, 0 };
	size_t count;

	enter("exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
	      "year 2022 status=single\nyear 2023 status=single\n"
	      "year 2024 status=single\nyear 2025 status=single\n"
	      "sale A 2024-12-31 4000 80.00\n"
	      "sale A 2025-01-02 6000 20.00\n");
	compute_all();
	const struct credit_year *const credit = credits(&count);

	cr_assert(eq(sz, count, COUNT(wanted)));
	for (size_t i = 0; i < count; i++)
		cr_expect(eq(i64, credit[i].amt_basis_outstanding.cents, wanted[i]), "%d",
			credit[i].year);
}
