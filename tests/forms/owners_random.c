/* Properties of joint and separate years over random households: no cent is lost or made. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/forms/owners.h"

TestSuite(owners_random, .init = law_load, .fini = law_drop);

static uint64_t seed;

static int chance(int below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)below);
}

static void say(const char *format, ...)
{
	char words[300];
	va_list values;

	va_start(values, format);
	vsnprintf(words, sizeof words, format, values);
	va_end(values);
	enter(words);
}

/* Lots and sales of one owner in the years 2019 to 2023. */
static void random_lots(const char *who, bool iso)
{
	for (int i = 0; i < 4; i++) {
		const int year = 2019 + chance(4), strike = 1 + chance(40);
		const int fmv = strike + (iso ? chance(60) : 0);

		say("%s exercise %c%d 2018-01-15 %d-03-0%d %d %d %d", who, *who, i, year,
			1 + chance(9), 100 * (1 + chance(60)), strike, fmv);
		if (chance(2))
			say("%s sale %c%d %d-11-1%d 100 %d", who, *who, i,
				year + chance(3), chance(9), 1 + chance(70));
	}
}

static void random_figures(const char *who, int year, const char *status)
{
	say("%s year %d wages=%d short_term_gain=%d long_term_gain=%d%s%s", who, year,
		50000 + 1000 * chance(200), 1000 * (chance(60) - 30),
		1000 * (chance(60) - 30), *status ? " status=" : "", status);
}

static void next_household(int number)
{
	household_end(&house);
	household_begin(&house, "random");
	seed = (uint64_t)number * 7919 + 1;
}

/*
 * Joint, apart, joint again, with random lots of both: ann alone has options, so that all can be
 * told. What leaves one year comes into the next, in each book, to the cent.
 */
Test(owners_random, no_cent_is_lost_between_joint_and_separate_years)
{
	static const char *const carried[] = { "f8801.18", "f8801.19", "schedule_d.6",
		"schedule_d.14", "schedule_d@amt.6", "schedule_d@amt.14" };

	for (int number = 0; number < 25; number++) {
		struct carry_shares out;
		struct fail why;

		next_household(number);
		random_lots("ann", true);
		random_lots("bea", false);
		for (int year = 2019; year <= 2025; year++) {
			const bool apart = year == 2022 || year == 2023;

			if (!apart)
				say("year %d status=mfj", year);
			random_figures("ann", year, apart ? "mfs" : "");
			random_figures("bea", year, apart ? "mfs" : "");
		}
		compute("bea");
		int64_t came[2][CARRIES];

		for (int i = 0; i < CARRIES; i++)
			came[0][i] = line(2022, carried[i]);
		compute("ann");
		for (int i = 0; i < CARRIES; i++)
			came[1][i] = line(2022, carried[i]);
		cr_assert(chain_shares(&chain, 2021, &out, &why), "%s", why.message);
		for (int i = 0; i < CARRIES; i++)
			cr_expect(eq(i64, llabs(out.total[i].cents),
					  llabs(came[0][i] + came[1][i])),
				"household %d: %s", number, carried[i]);
		/* And back: both returns of 2023 into the joint one. */
		int64_t back[CARRIES];

		for (int i = 0; i < CARRIES; i++)
			back[i] = line(2024, carried[i]);
		cr_assert(chain_shares(&chain, 2023, &out, &why), "%s", why.message);
		struct carry_shares other;

		compute("bea");
		cr_assert(chain_shares(&chain, 2023, &other, &why), "%s", why.message);
		for (int i = 0; i < CARRIES; i++)
			cr_expect(
				eq(i64, llabs(out.total[i].cents + other.total[i].cents),
					llabs(back[i])),
				"household %d: %s", number, carried[i]);
	}
}

Test(owners_random, a_joint_year_is_what_lots_give_both_together)
{
	for (int number = 100; number < 120; number++) {
		struct year_figures whole, ann, bea;

		next_household(number);
		random_lots("ann", true);
		random_lots("bea", true);
		say("year 2022 status=mfj");
		compute(NULL);
		whole = chain.figures[0];
		year_figures_of_owner(
			&lots, 2022, name(&house, "ann"), &ann, &house.pool);
		year_figures_of_owner(
			&lots, 2022, name(&house, "bea"), &bea, &house.pool);
		for (int book = 0; book < BOOKS; book++)
			for (int i = 0; i < LEDGER_FIGURE_COUNT; i++)
				cr_expect(eq(i64, whole.value[book][i].cents,
						  ann.value[book][i].cents +
							  bea.value[book][i].cents),
					"household %d: %s", number,
					ledger_figure_name((enum ledger_figure)i));
	}
}
