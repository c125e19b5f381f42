/* Form 8949: boxes, codes and adjustments, by the table R-121; what lots give to a year. */
#include "ledger/f8949.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "tests/ledger/household.h"

/*
 * One lot of 100 shares bought on 2022-03-01 (ISO granted 2019-01-02: strike 10, worth 31) and
 * sold for 100 times the price; the broker reports the strike as basis.
 */
static const struct {
	const char *name;
	enum option_kind option;
	char box; /* of the 1099-B; 0: sold without one */
	const char *sold, *price;
	char want_box;
	const char *codes;
	int64_t basis, adjustment, gain; /* regular, dollars */
	char amt_box;
	const char *amt_codes;
	int64_t amt_basis, amt_adjustment, amt_gain; /* AMT */
} cases[] = {
	{ "QD, covered: no adjustment, EX-052", OPTION_ISO, 'D', "2024-06-03", "80", 'D',
		"", 1000, 0, 7000, 'D', "", 3100, 0, 4900 },
	{ "QD, noncovered", OPTION_ISO, 'E', "2024-06-03", "80", 'E', "", 1000, 0, 7000,
		'E', "", 3100, 0, 4900 },
	{ "QD, no statement", OPTION_ISO, 0, "2024-06-03", "80", 'F', "", 1000, 0, 7000,
		'F', "", 3100, 0, 4900 },
	{ "DD, P >= F, later year, covered", OPTION_ISO, 'A', "2023-02-01", "40", 'A',
		"B", 1000, -2100, 900, 'A', "B", 1000, -2100, 900 },
	{ "DD, P >= F, noncovered: correct basis in (e), R-122", OPTION_ISO, 'B',
		"2023-02-01", "40", 'B', "B", 3100, 0, 900, 'B', "B", 3100, 0, 900 },
	{ "DD, K <= P < F, later year", OPTION_ISO, 'A', "2023-02-01", "20", 'A', "B",
		1000, -1000, 0, 'A', "", 3100, 0, -1100 },
	{ "DD, K <= P < F, same year", OPTION_ISO, 'A', "2022-09-01", "20", 'A', "B",
		1000, -1000, 0, 'A', "B", 1000, -1000, 0 },
	{ "DD, P < K, later year", OPTION_ISO, 'A', "2023-02-01", "4", 'A', "", 1000, 0,
		-600, 'A', "", 3100, 0, -2700 },
	{ "DD, P < K, same year", OPTION_ISO, 'A', "2022-09-01", "4", 'A', "", 1000, 0,
		-600, 'A', "", 1000, 0, -600 },
	{ "NSO, covered", OPTION_NSO, 'A', "2022-09-01", "42", 'A', "B", 1000, -2100,
		1100, 'A', "B", 1000, -2100, 1100 },
	{ "the broker's term is wrong", OPTION_ISO, 'A', "2024-06-03", "80", 'D', "T",
		1000, 0, 7000, 'D', "", 3100, 0, 4900 },
	{ "a digital asset keeps its boxes", OPTION_NSO, 'G', "2022-09-01", "42", 'G',
		"B", 1000, -2100, 1100, 'G', "B", 1000, -2100, 1100 },
};

static struct f8949_row row_of(
	const struct lots *lots, int year, enum book book, struct pool *pool)
{
	struct f8949_row *rows;
	size_t count;

	f8949_rows(lots, year, book, &rows, &count, pool);
	cr_assert(eq(sz, count, 1));
	return rows[0];
}

Test(f8949, r_121_by_award)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct household home = household();
		const char *const name = cases[i].name;

		exercise(&home, "X", "2019-01-02", "2022-03-01", "100", "10", "31")
			->option = cases[i].option;
		if (cases[i].box != 0) {
			char proceeds[32];

			snprintf(proceeds, sizeof proceeds, "%s00", cases[i].price);
			reported(&home, "X", cases[i].sold, "2022-03-01", "100", proceeds,
				"1000")
				->box = cases[i].box;
		} else {
			sale(&home, "X", cases[i].sold, "100", cases[i].price);
		}
		const struct lots lots = replay(&home);
		const int year = day_year(on(cases[i].sold));
		const struct f8949_row regular =
			row_of(&lots, year, BOOK_REGULAR, &home.pool);
		const struct f8949_row amt = row_of(&lots, year, BOOK_AMT, &home.pool);

		cr_expect(regular.box == cases[i].want_box, "%s: %c", name, regular.box);
		cr_expect(strcmp(regular.codes, cases[i].codes) == 0, "%s: %s", name,
			regular.codes);
		cr_expect(eq(i64, regular.basis.cents, cases[i].basis * 100), "%s", name);
		cr_expect(eq(i64, regular.adjustment.cents, cases[i].adjustment * 100),
			"%s", name);
		cr_expect(eq(i64, regular.gain.cents, cases[i].gain * 100), "%s", name);
		cr_expect(amt.box == cases[i].amt_box, "%s: %c", name, amt.box);
		cr_expect(strcmp(amt.codes, cases[i].amt_codes) == 0, "%s: %s", name,
			amt.codes);
		cr_expect(eq(i64, amt.basis.cents, cases[i].amt_basis * 100), "%s", name);
		cr_expect(eq(i64, amt.adjustment.cents, cases[i].amt_adjustment * 100),
			"%s", name);
		cr_expect(eq(i64, amt.gain.cents, cases[i].amt_gain * 100), "%s", name);
		cr_expect(strcmp(regular.description, "100 sh. X") == 0);
		household_release(&home);
	}
}

/* What the broker says of a plain lot is taken as it is: W, D, and the box. */
Test(f8949, as_reported_rows_keep_the_brokers_words)
{
	struct household home = household();
	struct fact *const washed =
		reported(&home, "V", "2024-03-01", "2023-12-03", "10", "90", "100");

	washed->wash.cents = 400;
	washed->covered = COVERED_YES;
	struct fact *const bond =
		reported(&home, "B", "2024-03-02", "2020-12-03", "1", "1000", "950");

	bond->discount.cents = 8000;
	bond->covered = COVERED_YES;
	reported(&home, "C", "2024-03-03", NULL, "1", "10", "7")->box = 'E';
	const struct lots lots = replay(&home);

	for (int b = 0; b < BOOKS; b++) {
		struct f8949_row *rows;
		size_t count;

		f8949_rows(&lots, 2024, (enum book)b, &rows, &count, &home.pool);
		cr_assert(eq(sz, count, 3));
		cr_expect(rows[0].box == 'A');
		cr_expect(strcmp(rows[0].codes, "W") == 0);
		cr_expect(eq(i64, rows[0].adjustment.cents, 400));
		cr_expect(eq(i64, rows[0].gain.cents, -600));
		cr_expect(rows[1].box == 'D');
		cr_expect(strcmp(rows[1].codes, "D") == 0);
		/* No more than the gain is interest. */
		cr_expect(eq(i64, rows[1].adjustment.cents, -5000));
		cr_expect(eq(i64, rows[1].gain.cents, 0));
		cr_expect(rows[2].box == 'E');
		cr_expect(not(day_known(rows[2].acquired)));
		cr_expect(eq(i64, rows[2].gain.cents, 300));
	}
	household_release(&home);
}

/* EX-046: a later-year disqualifying sale above the value at exercise. */
Test(f8949, ex_046_code_b_takes_the_compensation_off)
{
	struct household home = household();
	struct year_figures figures;

	exercise(&home, "X", "2021-01-04", "2023-06-01", "300", "1.84", "10.25");
	reported(&home, "X", "2024-03-01", "2023-06-01", "300", "4500", "552")->covered =
		COVERED_YES;
	const struct lots lots = replay(&home);
	const struct f8949_row row = row_of(&lots, 2024, BOOK_REGULAR, &home.pool);

	cr_expect(eq(i64, row.proceeds.cents, 450000));
	cr_expect(eq(i64, row.basis.cents, 55200));
	cr_expect(strcmp(row.codes, "B") == 0);
	cr_expect(eq(i64, row.adjustment.cents, -252300));
	cr_expect(eq(i64, row.gain.cents, 142500));
	year_figures(&lots, 2023, &figures, &home.pool);
	cr_expect(eq(i64, figures.value[BOOK_AMT][LEDGER_iso_spread].cents, 252300));
	year_figures(&lots, 2024, &figures, &home.pool);
	cr_expect(eq(i64, figures.value[BOOK_REGULAR][LEDGER_a_basis].cents, 55200));
	cr_expect(
		eq(i64, figures.value[BOOK_REGULAR][LEDGER_a_adjustment].cents, -252300));
	cr_expect(eq(
		i64, figures.value[BOOK_REGULAR][LEDGER_iso_compensation].cents, 252300));
	household_release(&home);
}

/* A row sold from two lots: what the broker reports is shared, and no cent of it lost. */
/* i8949, code E: selling expenses that the statement does not show, as a negative amount. */
static const struct {
	const char *name;
	enum covered told; /* box 6 */
	int64_t proceeds, fee;
	const char *codes;
	int64_t adjustment, gain; /* in both books, cents */
} fees[] = {
	{ "gross proceeds", COVERED_YES, 420000, 1995, "BE", -211995, 108005 },
	{ "net proceeds", COVERED_NO, 418005, 1995, "B", -210000, 108005 },
	{ "gross by the amount", COVERED_UNKNOWN, 420000, 1995, "BE", -211995, 108005 },
	{ "net by the amount", COVERED_UNKNOWN, 418005, 1995, "B", -210000, 108005 },
	{ "gross, and no fee", COVERED_YES, 420000, 0, "B", -210000, 110000 },
};

Test(f8949, r_128_gross_proceeds_take_the_fee_off_as_code_e)
{
	for (size_t i = 0; i < COUNT(fees); i++) {
		struct household home = household();
		const char *const name = fees[i].name;

		exercise(&home, "X", "2019-01-02", "2022-03-01", "100", "10", "31")
			->option = OPTION_NSO;
		sale(&home, "X", "2022-09-01", "100", "42")->fee.cents = fees[i].fee;
		struct fact *const row = reported(
			&home, "X", "2022-09-01", "2022-03-01", "100", "0", "1000");

		row->proceeds.cents = fees[i].proceeds;
		row->gross = fees[i].told;
		row->box = 'A';
		const struct lots lots = replay(&home);

		for (enum book b = 0; b < BOOKS; b++) {
			const struct f8949_row got = row_of(&lots, 2022, b, &home.pool);

			cr_expect(strcmp(got.codes, fees[i].codes) == 0, "%s: %s", name,
				got.codes);
			cr_expect(eq(i64, got.proceeds.cents, fees[i].proceeds), "%s",
				name);
			cr_expect(eq(i64, got.adjustment.cents, fees[i].adjustment), "%s",
				name);
			cr_expect(eq(i64, got.gain.cents, fees[i].gain), "%s", name);
		}
		household_release(&home);
	}
}

Test(f8949, a_row_over_two_lots_shares_the_brokers_amounts)
{
	struct household home = household();

	exercise(&home, "X", "2019-01-02", "2021-03-01", "1", "10", "31");
	exercise(&home, "X", "2019-01-02", "2022-03-01", "2", "10", "31");
	reported(&home, "X", "2024-03-01", NULL, "3", "100", "20")->box = 'D';
	const struct lots lots = replay(&home);
	struct f8949_row *rows;
	size_t count;

	f8949_rows(&lots, 2024, BOOK_REGULAR, &rows, &count, &home.pool);
	cr_assert(eq(sz, count, 2));
	cr_expect(eq(i64, rows[0].proceeds.cents, 3333));
	cr_expect(eq(i64, rows[1].proceeds.cents, 6667));
	cr_expect(eq(i64, rows[0].basis.cents, 667));
	cr_expect(eq(i64, rows[1].basis.cents, 1333));
	cr_expect(eq(i64, rows[0].gain.cents, 2333));
	cr_expect(eq(i64, rows[1].gain.cents, 4667));
	household_release(&home);
}

Test(f8949, the_range_of_years_is_that_of_figures)
{
	struct household home = household();
	int first, last;

	const struct lots none = replay(&home);

	year_range(&none, &first, &last);
	cr_expect(eq(int, first, 0));
	cr_expect(eq(int, last, 0));
	exercise(&home, "X", "2019-01-02", "2021-03-01", "1", "10", "10");
	exercise(&home, "X", "2019-01-02", "2022-03-01", "2", "10", "31");
	sale(&home, "X", "2025-03-01", "1", "9");
	const struct lots lots = replay(&home);

	year_range(&lots, &first, &last);
	cr_expect(eq(int, first, 2022));
	cr_expect(eq(int, last, 2025));
	household_release(&home);
}

/* Ann exercises and sells half, then gives the rest to Bob, who sells it. */
Test(f8949, each_spouse_has_their_own_figures)
{
	struct household home = household();
	struct year_figures all, ann, bob, nobody;

	exercise(&home, "X", "2022-01-04", "2023-06-01", "100", "10", "30")->owner =
		name(&home, "ann");
	sale(&home, "X", "2023-07-03", "50", "40");
	struct fact *const given = add(&home, FACT_TO_SPOUSE, "X", "2023-08-01");

	given->shares = shares_of("50");
	given->target = name(&home, "bob");
	sale(&home, "X", "2023-09-01", "50", "45")->owner = name(&home, "bob");
	const struct lots lots = replay(&home);

	year_figures(&lots, 2023, &all, &home.pool);
	year_figures_of_owner(&lots, 2023, name(&home, "ann"), &ann, &home.pool);
	year_figures_of_owner(&lots, 2023, name(&home, "bob"), &bob, &home.pool);
	year_figures_of_owner(&lots, 2023, 0, &nobody, &home.pool);
	for (int b = 0; b < BOOKS; b++)
		for (int i = 0; i < LEDGER_FIGURE_COUNT; i++) {
			cr_expect(eq(i64, ann.value[b][i].cents + bob.value[b][i].cents,
				all.value[b][i].cents));
			cr_expect(eq(i64, nobody.value[b][i].cents, 0));
		}
	const struct money *const hers = ann.value[BOOK_REGULAR];
	const struct money *const his = bob.value[BOOK_REGULAR];

	cr_expect(eq(i64, hers[LEDGER_iso_compensation].cents, 100000));
	cr_expect(eq(i64, hers[LEDGER_c_gain].cents, 50000));
	cr_expect(eq(i64, his[LEDGER_iso_compensation].cents, 100000));
	cr_expect(eq(i64, his[LEDGER_c_gain].cents, 75000));
	household_release(&home);
}

Test(f8949, every_figure_has_its_name)
{
	cr_expect(strcmp(ledger_figure_name(LEDGER_iso_spread), "iso_spread") == 0);
	for (int i = 0; i < LEDGER_FIGURE_COUNT; i++)
		cr_expect(strlen(ledger_figure_what((enum ledger_figure)i)) > 0);
}
