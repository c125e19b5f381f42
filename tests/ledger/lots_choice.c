/* Which lots a sale takes, the 1099-B row that joins it or brings its own, and what is refused. */
#include "ledger/lots.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/ledger/household.h"

Test(lots_choice, sales_take_what_was_identified_then_what_came_first)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "10", "1", "3")->lot =
		name(&home, "A");
	exercise(&home, "X", "2019-01-02", "2022-03-01", "10", "2", "3")->lot =
		name(&home, "B");
	sale(&home, "X", "2024-03-01", "4", "9")->lot = name(&home, "B");
	sale(&home, "X", "2024-03-02", "12", "9");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.disposition_count, 3));
	cr_expect(eq(u32, lots.disposition[0].lot, 1));
	cr_expect(strcmp(lots.disposition[0].why_this_lot, "identified") == 0);
	cr_expect(eq(u32, lots.disposition[1].lot, 0));
	cr_expect(eq(i64, lots.disposition[1].shares.e8, 1000000000));
	cr_expect(eq(u32, lots.disposition[2].lot, 1));
	cr_expect(eq(i64, lots.disposition[2].shares.e8, 200000000));
	cr_expect(strcmp(lots.disposition[2].why_this_lot, "first in, first out") == 0);
	household_release(&home);
}

Test(lots_choice, first_in_first_out_stays_within_the_account)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "10", "1", "3")->account =
		name(&home, "one");
	exercise(&home, "X", "2019-01-02", "2022-03-01", "10", "2", "3")->account =
		name(&home, "two");
	exercise(&home, "X", "2019-01-02", "2023-03-01", "10", "2", "3");
	sale(&home, "X", "2024-03-01", "15", "9")->account = name(&home, "two");
	const struct lots lots = replay(&home);

	/* A lot without an account belongs to any. */
	cr_assert(eq(sz, lots.disposition_count, 2));
	cr_expect(eq(u32, lots.disposition[0].lot, 1));
	cr_expect(eq(u32, lots.disposition[1].lot, 2));
	household_release(&home);
}

Test(lots_choice, the_brokers_date_acquired_finds_the_lot)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "10", "1", "3");
	exercise(&home, "X", "2019-01-02", "2022-03-01", "10", "2", "3");
	reported(&home, "X", "2024-03-01", "2022-03-01", "10", "90", "20");
	reported(&home, "X", "2024-03-02", "2022-12-31", "10", "90", "20");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.disposition_count, 2));
	cr_expect(eq(u32, lots.disposition[0].lot, 1));
	cr_expect(strcmp(lots.disposition[0].why_this_lot, "by the broker's date") == 0);
	cr_expect(eq(u32, lots.disposition[1].lot, 0));
	bool said = false;

	for (size_t i = 0; i < lots.notice_count; i++)
		said |= lots.notice[i].kind == NOTICE_date_not_found;
	cr_expect(said);
	household_release(&home);
}

Test(lots_choice, a_1099_row_joins_the_recorded_sale)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "10", "1", "3");
	sale(&home, "X", "2024-03-01", "10", "9");
	reported(&home, "X", "2024-03-01", "2021-03-01", "10", "89.98", "10")->account =
		name(&home, "one");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.disposition_count, 1));
	cr_expect(lots.disposition[0].sale != NULL);
	cr_expect(lots.disposition[0].reported != NULL);
	cr_expect(eq(i64, lots.disposition[0].proceeds.cents, 8998));
	household_release(&home);
}

Test(lots_choice, two_sales_of_one_day_join_their_own_rows)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "40", "1", "3");
	sale(&home, "X", "2024-03-01", "10", "9");
	sale(&home, "X", "2024-03-01", "10", "8")->account = name(&home, "two");
	reported(&home, "X", "2024-03-01", NULL, "10", "80", "10")->account =
		name(&home, "two");
	reported(&home, "X", "2024-03-01", NULL, "10", "90", "10")->account =
		name(&home, "one");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.disposition_count, 2));
	for (size_t i = 0; i < 2; i++) {
		cr_assert(lots.disposition[i].sale != NULL);
		cr_assert(lots.disposition[i].reported != NULL);
		cr_expect(eq(i64,
			price_times(lots.disposition[i].sale->price,
				lots.disposition[i].sale->shares)
				.cents,
			lots.disposition[i].proceeds.cents));
	}
	household_release(&home);
}

Test(lots_choice, differing_amounts_are_a_question_and_one_sale)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "10", "1", "3");
	struct fact *const sold = sale(&home, "X", "2024-03-01", "10", "0");

	sold->proceeds.cents = 9100;
	sold->proceeds_known = true;
	reported(&home, "X", "2024-03-01", NULL, "10", "90", "10");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.disposition_count, 1));
	cr_expect(eq(i64, lots.disposition[0].proceeds.cents, 9000));
	bool asked = false;

	for (size_t i = 0; i < lots.notice_count; i++)
		asked |= lots.notice[i].kind == NOTICE_sales_differ;
	cr_expect(asked);
	household_release(&home);
}

Test(lots_choice, a_plain_account_brings_its_own_lot)
{
	struct household home = household();

	reported(&home, "VTI", "2024-03-01", "2023-01-03", "10", "90", "100");
	struct fact *const washed =
		reported(&home, "VTI", "2024-03-05", "2024-01-03", "10", "90", "100");

	washed->wash.cents = 400;
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.lot_count, 2));
	cr_assert(eq(sz, lots.disposition_count, 2));
	cr_expect(lots.lot[0].kind == LOT_AS_REPORTED);
	for (int b = 0; b < BOOKS; b++) {
		cr_expect(eq(i64,
			disposition_gain(&lots.disposition[0], (enum book)b).cents,
			-1000));
		cr_expect(lots.disposition[0].term[b] == TERM_LONG);
		cr_expect(eq(i64,
			disposition_gain(&lots.disposition[1], (enum book)b).cents,
			-600));
		cr_expect(lots.disposition[1].term[b] == TERM_SHORT);
	}
	household_release(&home);
}

Test(lots_choice, an_alias_means_its_security)
{
	struct household home = household();

	add(&home, FACT_SECURITY, "ACME", NULL)->alias = name(&home, "ACME ROBOTICS INC");
	exercise(&home, "ACME", "2019-01-02", "2021-03-01", "10", "1", "3");
	struct fact *const row =
		reported(&home, "ACME", "2024-03-01", "2021-03-01", "10", "90", "10");

	row->symbol = 0;
	row->alias = name(&home, "ACME ROBOTICS INC");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.lot_count, 1));
	cr_expect(eq(u32, lots.disposition[0].lot, 0));
	household_release(&home);
}

/* What is refused, with what is there and what was asked. */
static void too_many(struct household *home)
{
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3");
	sale(home, "X", "2024-03-01", "150", "9");
}

static void too_many_in_the_account(struct household *home)
{
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3")->account =
		name(home, "one");
	sale(home, "X", "2024-03-01", "50", "9")->account = name(home, "two");
}

static void reported_beyond_the_known(struct household *home)
{
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3");
	reported(home, "X", "2024-03-01", "2020-01-01", "150", "9", "1");
}

static void unknown_lot(struct household *home)
{
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3");
	sale(home, "X", "2024-03-01", "50", "9")->lot = name(home, "A");
}

static void lot_named_twice(struct household *home)
{
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3")->lot =
		name(home, "A");
	exercise(home, "X", "2019-01-02", "2022-03-01", "100", "1", "3")->lot =
		name(home, "A");
}

static void sold_before_exercised(struct household *home)
{
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3");
	sale(home, "X", "2021-02-28", "50", "9");
}

static void two_grants_of_a_day(struct household *home)
{
	for (int i = 0; i < 2; i++) {
		struct fact *const grant = add(home, FACT_GRANT, "X", "2019-01-02");

		grant->grant = name(home, i ? "G2" : "G1");
		grant->shares.e8 = grant->price.e8 = 100000000;
	}
	exercise(home, "X", "2019-01-02", "2021-03-01", "100", "1", "3");
}

static void alias_of_two(struct household *home)
{
	add(home, FACT_SECURITY, "X", NULL)->alias = name(home, "X INC");
	add(home, FACT_SECURITY, "Y", NULL)->alias = name(home, "X INC");
}

static const struct {
	void (*home)(struct household *);
	const char *message;
} refused[] = {
	{ too_many,
		"sale of 150 X on 2024-03-01: 100 shares are there, 150 are asked for" },
	{ too_many_in_the_account,
		"sale of 50 X on 2024-03-01 in two: 0 shares are there in that account, "
		"50 "
		"are asked for" },
	{ reported_beyond_the_known,
		"reported sale of 150 X on 2024-03-01: 100 shares are there, 150 are "
		"asked "
		"for" },
	{ unknown_lot,
		"sale of 50 X on 2024-03-01: no lot is called \"A\"; "
		"nothing of that name or number is in the ledger, or it was taken back" },
	{ lot_named_twice,
		"exercise of 100 X on 2022-03-01: lot \"A\" is named twice, first by "
		"exercise of 100 X on 2021-03-01" },
	{ sold_before_exercised,
		"sale of 50 X on 2021-02-28: 0 shares are there, 50 are asked for" },
	{ two_grants_of_a_day,
		"exercise of 100 X on 2021-03-01: two grants of that day are recorded: "
		"\"G1\" and \"G2\"" },
	{ alias_of_two, "security of Y: \"X INC\" means X and also Y" },
};

Test(lots_choice, what_cannot_be_is_refused)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct household home = household();
		struct lots lots;
		struct fail why = { 0 };

		refused[i].home(&home);
		cr_expect(not(lots_replay(facts_of(&home), &lots, &home.pool, &why)),
			"%s", refused[i].message);
		cr_expect(why.kind == FAIL_BAD_INPUT);
		cr_expect(strcmp(why.message, refused[i].message) == 0, "got: %s",
			why.message);
		household_release(&home);
	}
}
