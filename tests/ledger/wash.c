/* Windows open at the end of a year, and the broker's wash sales beside ours. */
#include "ledger/wash.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/ledger/household.h"

/*
 * A hundred shares bought at 100 in January 2024 are sold at 80 on a day; then comes what the
 * case says. What is left open is told in shares, its loss in dollars.
 */
static const struct {
	const char *name, *sold, *today;
	const char *later;  /* day of a purchase of another security, or NULL */
	const char *bought; /* day of a purchase of 40 of the same, or NULL */
	const char *answer; /* to the year's question, or NULL */
	int64_t open, stake;
	const char *until;
	bool passed;
} cases[] = {
	{ "1 December: its window ends with the year", "2024-12-01", "2024-12-02", NULL,
		NULL, NULL, 0, 0, NULL, false },
	{ "2 December reaches 1 January", "2024-12-02", "2024-12-31", NULL, NULL, NULL,
		100, 2000, "2025-01-01", false },
	{ "31 December reaches 30 January", "2024-12-31", "2025-01-30", NULL, NULL, NULL,
		100, 2000, "2025-01-30", false },
	{ "the day after, nothing later is entered", "2024-12-31", "2025-01-31", NULL,
		NULL, NULL, 100, 2000, "2025-01-30", true },
	{ "the ledger ends on the last day", "2024-12-31", "2025-06-01", "2025-01-30",
		NULL, NULL, 100, 2000, "2025-01-30", true },
	{ "the ledger goes beyond it", "2024-12-31", "2025-06-01", "2025-01-31", NULL,
		NULL, 0, 0, NULL, false },
	{ "answered, and the day has passed", "2024-12-31", "2025-01-31", NULL, NULL,
		"no", 0, 0, NULL, false },
	{ "answered too early", "2024-12-31", "2025-01-30", NULL, NULL, "no", 100, 2000,
		"2025-01-30", false },
	{ "answered yes: something is to be entered", "2024-12-31", "2025-02-10", NULL,
		NULL, "yes", 100, 2000, "2025-01-30", true },
	{ "40 have come: 60 are left", "2024-12-20", "2025-01-15", NULL, "2025-01-10",
		NULL, 60, 1200, "2025-01-19", false },
	{ "no day is given: the ledger alone tells", "2024-12-20", NULL, "2025-01-20",
		NULL, NULL, 0, 0, NULL, false },
};

static void answer(struct household *home, int year, const char *word)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_FIGURE;
	fact.year = year;
	fact.name = name(home, WASH_QUESTION);
	fact.text = name(home, word);
	add_fact(home, fact);
}

static void bought(struct household *home, const char *symbol, const char *day,
	const char *shares, const char *price)
{
	struct fact *const fact = add(home, FACT_PURCHASE, symbol, day);

	fact->shares = shares_of(shares);
	fact->price = price_of(price);
}

Test(wash, r_089_windows_stay_open_until_the_ledger_is_beyond_them)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct household home = household();
		struct wash_window *window;
		size_t count;

		bought(&home, "X", "2024-01-02", "100", "100");
		sale(&home, "X", cases[i].sold, "100", "80");
		if (cases[i].later != NULL)
			bought(&home, "Y", cases[i].later, "1", "1");
		if (cases[i].bought != NULL)
			bought(&home, "X", cases[i].bought, "40", "70");
		if (cases[i].answer != NULL)
			answer(&home, 2024, cases[i].answer);
		const struct lots lots = replay(&home);

		wash_windows(
			&lots, 2024, on(cases[i].today), &window, &count, &home.pool);
		cr_assert(eq(sz, count, cases[i].open > 0), "%s", cases[i].name);
		if (count > 0) {
			cr_expect(eq(i64, window->shares.e8, cases[i].open * 100000000),
				"%s", cases[i].name);
			for (int b = 0; b < BOOKS; b++)
				cr_expect(eq(i64, window->at_stake[b].cents,
						  cases[i].stake * 100),
					"%s", cases[i].name);
			cr_expect(window->until.number == on(cases[i].until).number, "%s",
				cases[i].name);
			cr_expect(window->passed == cases[i].passed, "%s", cases[i].name);
			cr_expect(wash_window_of(window, count, &lots.disposition[0]) ==
				window);
		}
		household_release(&home);
	}
}

/* what is at stake is the limit on compensation too, in the books that share it. */
Test(wash, r_089_a_limited_compensation_is_at_stake)
{
	struct household home = household();
	struct wash_window *window;
	size_t count;

	exercise(&home, "X", "2023-01-03", "2023-12-01", "100", "10", "50");
	sale(&home, "X", "2024-12-20", "100", "30");
	struct lots lots = replay(&home);

	wash_windows(&lots, 2024, on("2024-12-31"), &window, &count, &home.pool);
	cr_assert(eq(sz, count, 1));
	cr_expect(lots.disposition[0].kind == DISPOSED_DISQUALIFYING);
	cr_expect(eq(i64, lots.disposition[0].compensation.cents, 200000));
	cr_expect(eq(i64, window->at_stake[BOOK_REGULAR].cents, 200000));
	cr_expect(eq(i64, window->at_stake[BOOK_AMT].cents, 200000));

	/* What was at stake is what the purchase then takes; the row says of which day it is. */
	bought(&home, "X", "2025-01-10", "100", "31");
	lots = replay(&home);
	cr_expect(eq(i64, lots.disposition[0].compensation.cents, 400000));
	cr_expect(eq(i64, lots.disposition[0].disallowed[BOOK_REGULAR].cents, 200000));
	cr_expect(eq(i64, lots.disposition[0].disallowed[BOOK_AMT].cents, 200000));
	cr_assert(lots.disposition[0].replacement != NOTICE_NOWHERE);
	cr_expect(lots.lot[lots.disposition[0].replacement].acquired.number ==
		on("2025-01-10").number);
	wash_windows(&lots, 2024, on("2025-01-12"), &window, &count, &home.pool);
	cr_expect(eq(sz, count, 0));
	size_t told = 0;

	for (size_t i = 0; i < lots.notice_count; i++)
		told += lots.notice[i].kind == NOTICE_wash_next_year;
	cr_expect(eq(sz, told, 1));
	household_release(&home);
}

Test(wash, r_089_gifts_and_gains_have_no_window)
{
	struct household home = household();
	struct wash_window *window;
	size_t count;

	bought(&home, "X", "2024-01-02", "100", "100");
	sale(&home, "X", "2024-12-20", "50", "120");
	add(&home, FACT_GIFT, "X", "2024-12-21")->shares = shares_of("20");
	sale(&home, "X", "2024-12-21", "30", "80")->related = true;
	const struct lots lots = replay(&home);

	wash_windows(&lots, 2024, DAY_NONE, &window, &count, &home.pool);
	cr_expect(eq(sz, count, 0));
	cr_expect(eq(int, wash_window_any(&lots, 2024), false));
	household_release(&home);
}

/* One row of ten shares; then what makes our figure another than the broker's. */
static const struct {
	const char *name, *told;
	const char *shares, *account; /* of a purchase four days later, or NULL */
	bool vest, ira;
	unsigned why;
	int64_t ours; /* dollars */
} lines[] = {
	{ "both agree", "200", "10", "one", false, false, 0, 200 },
	{ "another account", "0", "10", "two", false, false, 1u << WASH_account, 200 },
	{ "a vest", "0", "10", "one", true, false, 1u << WASH_plan, 200 },
	{ "an IRA", "0", "10", "two", false, true,
		1u << WASH_account | 1u << WASH_sheltered, 200 },
	{ "nothing was bought", "200", NULL, NULL, false, false, 1u << WASH_none_found,
		0 },
	{ "other shares", "100", "10", "one", false, false, 1u << WASH_row, 200 },
};

Test(wash, r_088_the_difference_from_the_brokers_is_explained)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct household home = household();
		struct wash_line *line;
		size_t count;

		if (lines[i].ira) {
			struct fact *const ira = add(&home, FACT_ACCOUNT, "", NULL);

			ira->account = name(&home, "two");
			ira->text = name(&home, "ira");
		}
		bought(&home, "X", "2024-01-02", "10", "100");
		home.facts.at[home.facts.count - 1].account = name(&home, "one");
		struct fact *const row = reported(
			&home, "X", "2024-03-01", "2024-01-02", "10", "800", "1000");

		row->wash = money_of(lines[i].told);
		row->account = name(&home, "one");
		row->covered = COVERED_YES;
		if (lines[i].shares != NULL) {
			struct fact *const came =
				add(&home, lines[i].vest ? FACT_RSU : FACT_PURCHASE, "X",
					"2024-03-05");

			came->shares = shares_of(lines[i].shares);
			came->price = came->fmv = price_of("70");
			came->account = name(&home, lines[i].account);
		}
		const struct lots lots = replay(&home);

		wash_lines(&lots, 2024, &line, &count, &home.pool);
		cr_assert(eq(sz, count, 1), "%s", lines[i].name);
		cr_expect(eq(u32, line->why, lines[i].why), "%s: %s", lines[i].name,
			wash_why(line, &home.pool));
		cr_expect(eq(i64, line->ours[BOOK_REGULAR].cents, lines[i].ours * 100),
			"%s", lines[i].name);
		cr_expect(line->reported &&
				line->broker.cents == money_of(lines[i].told).cents,
			"%s", lines[i].name);
		household_release(&home);
	}
}

/* What closes a short sale replaces nothing (s. 1091(e)), so no January does. */
Test(wash, r_089_a_short_sale_has_no_window)
{
	struct household home = household();
	struct wash_window *window;
	size_t count;

	reported(&home, "X", "2024-12-20", "2024-12-27", "10", "800", "1000")->covered =
		COVERED_YES;
	const struct lots lots = replay(&home);

	wash_windows(&lots, 2024, on("2024-12-31"), &window, &count, &home.pool);
	cr_expect(eq(sz, count, 0));
	household_release(&home);
}
