/*
 * Whose it is: lots, figures, credit and losses of two spouses over every change of how they file.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/forms/owners.h"

TestSuite(owners, .init = law_load, .fini = law_drop);

/* Ann's exercise of 2022 makes AMT; bea's lots do nothing. */
static const char anns[] = "ann exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
			   "year 2022 status=mfj wages=250000\n"
			   "year 2023 status=mfj wages=300000\n";

/* ---- who they are ---- */

Test(owners, the_main_person_is_whom_a_day_names_first_whatever_the_order_of_entry)
{
	struct owners owners;
	struct fail why;

	enter("bea exercise B 2021-01-15 2023-03-01 10 1.00 31.00\n"
	      "ann exercise A 2020-01-15 2022-03-01 10 1.00 31.00\n"
	      "carl year 2022 wages=1\n");
	cr_assert(owners_find(&house.facts, &owners, &why));
	cr_assert(eq(int, owners.count, 3));
	cr_expect(eq(str, (char *)names_text(house.facts.names, owners.name[0]), "ann"));
	cr_expect(eq(str, (char *)names_text(house.facts.names, owners.name[1]), "bea"));
	cr_expect(eq(str, (char *)names_text(house.facts.names, owners.name[2]), "carl"));
}

Test(owners, one_name_beside_shares_without_one_is_the_main_person)
{
	struct owners owners;
	struct fail why;

	enter("ann exercise A 2020-01-15 2022-03-01 10 1.00 31.00\n"
	      "exercise B 2020-01-15 2022-03-01 10 1.00 31.00\n");
	cr_assert(owners_find(&house.facts, &owners, &why));
	cr_expect(eq(int, owners.count, 1));
	cr_expect(ne(u32, owners.name[0], 0));
}

Test(owners, a_name_that_only_figures_bear_is_somebody_else)
{
	struct owners owners;
	struct fail why;

	enter("exercise A 2020-01-15 2022-03-01 10 1.00 31.00\n"
	      "bea year 2022 status=mfs wages=1\n");
	cr_assert(owners_find(&house.facts, &owners, &why));
	cr_assert(eq(int, owners.count, 2));
	cr_expect(eq(u32, owners.name[0], 0));
}

Test(owners, an_unknown_name_is_refused_with_those_there_are)
{
	struct owners owners;
	uint32_t who;
	struct fail why;

	enter(anns);
	cr_assert(owners_find(&house.facts, &owners, &why));
	cr_expect(not(owner_by_name(&house.facts, &owners, "anne", &who, &why)));
	cr_expect(eq(int, why.kind, FAIL_USAGE));
	cr_expect(strstr(why.hint, "ann") != NULL, "%s", why.hint);
}

/* ---- separate and joint years ---- */

Test(owners, a_separate_year_has_ones_own_lots_and_figures_alone)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10000 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2023-03-01 100 1.00 31.00\n"
	      "ann year 2023 status=mfs wages=100000\n"
	      "bea year 2023 status=mfs wages=50000 taxable_interest=7\n");
	cr_expect(eq(i64, of("ann", 2023, "f6251.2i"), 30000000));
	cr_expect(eq(i64, line(2023, "f1040.wages"), 10000000));
	cr_expect(eq(i64, of("bea", 2023, "f6251.2i"), 300000));
	cr_expect(eq(i64, line(2023, "f1040.agi"), 5000700));
	cr_expect(
		eq(i64, of(NULL, 2023, "f6251.2i"), 30000000), "ann is the main person");
}

Test(owners, a_joint_year_is_the_sum_of_both)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10000 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2023-03-01 100 1.00 31.00\n"
	      "year 2023 status=mfj taxable_interest=7\n"
	      "ann year 2023 wages=100000\n"
	      "bea year 2023 wages=50000\n");
	for (int i = 0; i < 2; i++) {
		cr_expect(eq(i64, of(i ? "bea" : "ann", 2023, "f6251.2i"), 30300000));
		cr_expect(eq(i64, line(2023, "f1040.wages"), 15000000));
		cr_expect(eq(i64, line(2023, "f1040.agi"), 15000700));
	}
}

Test(owners, medicare_wages_of_one_do_not_hide_the_others)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "year 2023 status=mfj\n"
	      "ann year 2023 wages=300000 medicare_wages=310000\n"
	      "bea year 2023 wages=50000\n");
	cr_expect(eq(i64, of(NULL, 2023, "f8959.1"), 36000000));
}

Test(owners, a_figure_with_and_without_an_owner_is_refused)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "year 2023 status=mfj wages=150000\n"
	      "ann year 2023 wages=100000\n");
	expect_refusal(NULL, FAIL_BAD_INPUT, "with an owner and without", "figures");
}

Test(owners, a_joint_status_of_one_owner_is_refused)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "ann year 2023 status=mfj\n");
	expect_refusal(NULL, FAIL_BAD_INPUT, "no one spouse's", "status=mfj");
}

Test(owners, a_year_is_joint_or_separate)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "year 2023 status=mfj\nbea year 2023 status=mfs\n");
	expect_refusal(NULL, FAIL_BAD_INPUT, "jointly and as mfs", "void");
}

Test(owners, shares_of_nobody_are_asked_for_in_a_separate_year)
{
	enter("ann exercise A 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "exercise C 2020-01-15 2023-03-01 10 1.00 31.00\n"
	      "ann year 2023 status=mfs\n");
	expect_refusal(NULL, FAIL_MISSING_FACTS, "without an owner", "record account");
}

Test(owners, a_view_of_lots_shows_one_owners)
{
	enter("ann exercise A 2020-01-15 2022-03-01 100 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2022-03-01 100 1.00 31.00\n"
	      "bea sale B 2023-06-03 40 80.00\n"
	      "ann year 2023 status=mfs\nbea year 2023 status=mfs\n");
	compute("bea");
	const struct lots *const hers = chain_lots(&chain, 2023);

	cr_assert(eq(sz, hers->lot_count, 1));
	cr_assert(eq(sz, hers->disposition_count, 1));
	cr_expect(eq(u32, hers->disposition[0].lot, 0));
	cr_expect(eq(i64, hers->lot[0].open.e8, INT64_C(6000000000)));
	compute("ann");
	cr_expect(eq(sz, chain_lots(&chain, 2023)->disposition_count, 0));
	cr_expect(eq(str, (char *)chain_whose(&chain, 2023), "ann"));
	cr_expect(not(chain_joint(&chain, 2023)));
}

/* ---- joint to separate: the credit ---- */

Test(owners, R_077_credit_of_one_owners_exercise_is_theirs_after_the_joint_return)
{
	enter(anns);
	enter("ann year 2024 status=mfs wages=200000\n"
	      "bea year 2024 status=mfs wages=100000\n");
	compute("ann");
	const int64_t balance = line(2023, "f8801.26");

	cr_expect(gt(i64, balance, 0));
	cr_expect(eq(i64, line(2024, "f8801.19"), balance));
	cr_expect(eq(int, value(2024, "f8801.19").status, VALUE_CARRIED));
	cr_expect(eq(i64, of("bea", 2024, "f8801.19"), 0));
	cr_expect(eq(i64, line(2024, "f8801.18"), 0));
}

/* The AMT of the last joint year becomes credit on the first separate return: line 18. */
Test(owners, R_077_the_last_joint_years_amt_is_credit_of_whose_exercise_it_was)
{
	enter("bea exercise B 2020-01-15 2023-03-01 10000 1.00 31.00\n"
	      "ann exercise A 2018-01-15 2019-03-01 100 1.00 1.00\n"
	      "year 2023 status=mfj wages=300000\n"
	      "ann year 2024 status=single wages=200000\n"
	      "bea year 2024 status=hoh wages=100000\n");
	compute("ann");
	const int64_t amt = line(2023, "f6251.11");

	cr_expect(gt(i64, amt, 0));
	cr_expect(eq(i64, line(2024, "f8801.18"), 0));
	cr_expect(eq(i64, of("bea", 2024, "f8801.18"), amt));
}

static const char both[] = "ann exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
			   "bea exercise B 2020-01-15 2022-03-01 5000 1.00 31.00\n"
			   "year 2022 status=mfj wages=250000\n"
			   "year 2023 status=mfj wages=250000\n"
			   "ann year 2024 status=mfs wages=200000\n"
			   "bea year 2024 status=mfs wages=100000\n";

Test(owners, credit_that_both_made_is_asked_for_with_the_parts_in_proportion)
{
	enter(both);
	expect_refusal("ann", FAIL_MISSING_FACTS,
		"nothing tells whose the minimum tax credit carried forward is",
		"dualbasis fact 2024 --owner ann credit_carryforward=");
	expect_refusal("bea", FAIL_MISSING_FACTS, "R-077", "in proportion");
}

Test(owners, credit_stated_by_owner_is_used_and_makes_up_the_whole)
{
	char words[200];

	enter("ann exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2022-03-01 5000 1.00 31.00\n"
	      "year 2022 status=mfj wages=250000\n"
	      "year 2023 status=mfj wages=250000\n");
	compute(NULL);
	const int64_t balance = line(2023, "f8801.26");

	snprintf(words, sizeof words,
		"ann year 2024 status=mfs wages=200000 credit_carryforward=1000\n"
		"bea year 2024 status=mfs wages=100000\n");
	enter(words);
	cr_expect(eq(i64, of("ann", 2024, "f8801.19"), 100000));
	cr_expect(eq(i64, of("bea", 2024, "f8801.19"), balance - 100000), "the rest");
	enter("bea year 2024 credit_carryforward=500\n");
	expect_refusal("ann", FAIL_BAD_INPUT, "comes to 1,500.00", "make up the whole");
}

Test(owners, credit_stated_beyond_the_whole_is_refused)
{
	enter(anns);
	enter("ann year 2024 status=mfs credit_carryforward=900000\n");
	expect_refusal("ann", FAIL_BAD_INPUT, "comes to 900,000.00", "--replace");
}

Test(owners, without_names_a_spouse_part_is_asked_for_and_can_be_stated)
{
	enter("exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
	      "year 2022 status=mfj wages=250000\n"
	      "year 2023 status=single wages=300000\n");
	expect_refusal(NULL, FAIL_MISSING_FACTS, "minimum tax credit of the year",
		"dualbasis fact 2023 f8801.18=AMOUNT");
	enter("year 2023 f8801.18=5000\n");
	cr_expect(eq(i64, of(NULL, 2023, "f8801.18"), 500000));
}

Test(owners, the_definitions_own_way_to_settle_it_still_holds)
{
	enter("exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
	      "year 2022 status=mfj wages=250000\n"
	      "year 2023 status=single wages=300000 joint_split_settled=yes "
	      "f8801.19=7\n");
	cr_expect(eq(i64, of(NULL, 2023, "f8801.19"), 700));
	cr_expect(gt(i64, line(2023, "f8801.18"), 0));
}

/* ---- joint to separate: losses (Reg. 1.1212-1(c)(1)(iii)) ---- */

Test(owners, a_loss_is_carried_by_whose_lots_lost)
{
	enter("ann exercise A 2020-01-15 2021-03-01 1000 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2021-03-01 100 50.00 51.00\n"
	      "year 2023 status=mfj wages=250000\n"
	      "bea sale B 2023-06-05 100 1.00\n"
	      "ann year 2024 status=mfs wages=1000\n"
	      "bea year 2024 status=mfs wages=50000\n");
	compute("bea");
	cr_expect(eq(i64, line(2023, "schedule_d.21"), -300000));
	cr_expect(eq(i64, line(2024, "schedule_d.14"), -190000), "4,900 less 3,000");
	cr_expect(eq(i64, line(2024, "schedule_d@amt.14"), -200000), "5,000 less 3,000");
	cr_expect(eq(i64, of("ann", 2024, "schedule_d.14"), 0));
	cr_expect(eq(i64, line(2024, "schedule_d@amt.14"), 0));
}

Test(owners, losses_of_both_are_carried_in_proportion_to_each_ones_own)
{
	enter("ann exercise A 2020-01-15 2021-03-01 10 1.00 1.00\n"
	      "bea exercise B 2020-01-15 2021-03-01 10 1.00 1.00\n"
	      "year 2023 status=mfj wages=250000\n"
	      "ann year 2023 short_term_gain=-30000\n"
	      "bea year 2023 short_term_gain=-10000 long_term_gain=5000\n"
	      "ann year 2024 status=single\nbea year 2024 status=single\n");
	/* 40,000 less the gain of 5,000 and the 3,000 allowed: 32,000, three parts to one. */
	cr_expect(eq(i64, of("ann", 2024, "schedule_d.6"), -2400000));
	cr_expect(eq(i64, of("bea", 2024, "schedule_d.6"), -800000));
	cr_expect(eq(i64, line(2024, "schedule_d@amt.6"), -800000));
}

Test(owners, a_loss_that_names_no_owner_is_asked_for)
{
	enter("ann exercise A 2020-01-15 2021-03-01 10 1.00 1.00\n"
	      "year 2023 status=mfj wages=250000 short_term_gain=-30000\n"
	      "ann year 2024 status=single\n");
	expect_refusal(NULL, FAIL_MISSING_FACTS, "losses stand without an owner",
		"short_term_carryover=AMOUNT");
	enter("ann year 2024 short_term_carryover=20000 "
	      "amt_short_term_carryover=27000\n");
	cr_expect(eq(i64, of(NULL, 2024, "schedule_d.6"), -2000000));
	cr_expect(eq(i64, line(2024, "schedule_d@amt.6"), -2700000));
}

/* ---- separate to joint ---- */

Test(owners, marriage_adds_up_what_both_carry)
{
	enter("ann exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2022-03-01 8000 1.00 31.00\n"
	      "ann year 2022 status=single wages=250000 short_term_gain=-9000\n"
	      "bea year 2022 status=single wages=150000 long_term_gain=-5000\n"
	      "year 2023 status=mfj wages=400000\n");
	compute("ann");
	const int64_t anns_amt = line(2022, "f6251.11");

	cr_expect(eq(i64, line(2023, "schedule_d.6"), -600000));
	cr_expect(eq(i64, line(2023, "schedule_d.14"), -200000));
	const int64_t joint = line(2023, "f8801.18");

	compute("bea");
	cr_expect(eq(i64, joint, anns_amt + line(2022, "f6251.11")));
	cr_expect(eq(i64, line(2023, "f8801.18"), joint), "the same return");
}

Test(owners, who_had_no_return_before_brings_opening_balances)
{
	enter("ann exercise A 2020-01-15 2022-03-01 10 1.00 1.00\n"
	      "ann year 2022 status=single wages=250000\n"
	      "year 2023 status=mfj wages=400000\n"
	      "bea year 2023 credit_carryforward=4000 long_term_carryover=100 "
	      "amt_long_term_carryover=300\n");
	cr_expect(eq(i64, of("ann", 2023, "f8801.19"), 400000));
	cr_expect(eq(i64, line(2023, "schedule_d.14"), -10000));
	cr_expect(eq(i64, of("bea", 2023, "schedule_d@amt.14"), -30000));
	cr_expect(eq(int, chain.first, 2023));
	enter("year 2023 short_term_carryover=1\n");
	expect_refusal("ann", FAIL_MISSING_FACTS, "whose is it", "--owner");
}

Test(owners, a_gap_of_one_spouse_is_named)
{
	enter(anns);
	enter("bea exercise B 2020-01-15 2022-03-01 10 1.00 1.00\n"
	      "ann year 2024 status=mfs\n"
	      "year 2025 status=mfj\n");
	expect_refusal("ann", FAIL_MISSING_FACTS, "2024 has no filing status of bea",
		"fact 2024 --owner bea status=");
}

/* ---- death and divorce ---- */

Test(owners, R_078_a_decedents_credit_and_losses_end_with_the_final_return)
{
	enter("ann exercise A 2020-01-15 2022-03-01 10000 1.00 31.00\n"
	      "bea exercise B 2020-01-15 2022-04-01 100 50.00 50.00\n"
	      "year 2022 status=mfj wages=250000\n"
	      "year 2023 status=mfj wages=300000\n"
	      "bea sale B 2023-06-05 100 1.00\n"
	      "bea year 2024 status=qss wages=200000\n");
	dies("ann", "ACME", "2023-09-09", "20");
	cr_expect(gt(i64, of("bea", 2023, "f8801.26"), 0));
	cr_expect(eq(i64, line(2024, "f8801.19"), 0));
	cr_expect(
		eq(i64, line(2024, "schedule_d.14"), -190000), "bea's own loss goes on");
	compute("ann");
	cr_expect(eq(int, chain.last, 2023), "the final return");
	enter("ann year 2024 status=single\n");
	expect_refusal("bea", FAIL_BAD_INPUT, "who died in 2023", "--owner NAME status=");
}

Test(owners, a_death_without_shares_is_a_figure)
{
	enter(anns);
	enter("bea exercise B 2020-01-15 2021-03-01 10 1.00 1.00\n"
	      "ann year 2023 died=yes\n"
	      "bea year 2024 status=single wages=1\n"
	      "year 2025 status=mfj\n");
	cr_expect(gt(i64, of("bea", 2023, "f8801.26"), 0));
	cr_expect(eq(i64, line(2024, "f8801.19"), 0));
	cr_expect(eq(str, (char *)chain_whose(&chain, 2025), "bea"), "married again");
}

Test(owners, s_1041_shares_keep_their_bases_and_the_credit_stays)
{
	enter(anns);
	struct fact *const fact = add(&house, FACT_TO_SPOUSE);

	fact->symbol = name(&house, "ACME");
	fact->day = day("2023-11-01");
	fact->shares = shares("10000");
	fact->owner = name(&house, "ann");
	fact->target = name(&house, "bea");
	enter("ann year 2024 status=single wages=200000\n"
	      "bea year 2024 status=single wages=200000\n"
	      "sale A 2024-02-01 10000 40.00\n");
	const int64_t balance = of("bea", 2023, "f8801.26");

	cr_expect(eq(i64, line(2024, "schedule_d.15"), 39000000), "regular basis 1");
	cr_expect(eq(i64, line(2024, "schedule_d@amt.15"), 9000000), "AMT basis 31");
	cr_expect(eq(i64, line(2024, "f8801.19"), 0));
	cr_expect(eq(i64, of("ann", 2024, "f8801.19"), balance));
	cr_expect(eq(i64, line(2024, "schedule_d.15"), 0));
}

Test(owners, of_three_people_two_are_married)
{
	enter(anns);
	enter("bea exercise B 2020-01-15 2022-04-01 10 1.00 1.00\n"
	      "carl year 2022 status=single wages=10\n"
	      "carl year 2023 status=single wages=90000 short_term_gain=-5000\n"
	      "bea year 2024 status=single wages=200000\n"
	      "year 2024 status=mfj wages=300000\n");
	compute("ann");
	cr_expect(eq(str, (char *)chain_whose(&chain, 2023), "ann and bea"));
	cr_expect(eq(str, (char *)chain_whose(&chain, 2024), "ann and carl"));
	cr_expect(eq(i64, line(2024, "f8801.19"), line(2023, "f8801.26")));
	cr_expect(eq(i64, line(2024, "schedule_d.6"), -200000));
}
