/* Lots and dispositions in both books: the decision table, the published examples, no cent lost. */
#include "ledger/lots.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "ledger/f8949.h"
#include "tests/ledger/household.h"

/* One ISO lot, one sale. Prices a share; EXERCISED on 2022-03-01, 100 shares. */
static const struct {
	const char *name, *granted, *sold;
	const char *strike, *fmv, *price;
	enum disposition_kind kind;
	bool same_year;
	enum term term;
	int64_t compensation, gain, amt_gain; /* dollars */
	int64_t spread;                       /* line 2i of 2022, after the sale */
} decisions[] = {
	{ "QD above F", "2019-01-02", "2024-06-03", "10", "31", "80", DISPOSED_QUALIFYING,
		false, TERM_LONG, 0, 7000, 4900, 2100 },
	{ "QD between K and F", "2019-01-02", "2024-06-03", "10", "31", "20",
		DISPOSED_QUALIFYING, false, TERM_LONG, 0, 1000, -1100, 2100 },
	{ "QD below K", "2019-01-02", "2024-06-03", "10", "31", "4", DISPOSED_QUALIFYING,
		false, TERM_LONG, 0, -600, -2700, 2100 },
	{ "DD, same year, P >= F", "2019-01-02", "2022-09-01", "10", "31", "40",
		DISPOSED_DISQUALIFYING, true, TERM_SHORT, 2100, 900, 900, 0 },
	{ "DD, same year, P = F", "2019-01-02", "2022-09-01", "10", "31", "31",
		DISPOSED_DISQUALIFYING, true, TERM_SHORT, 2100, 0, 0, 0 },
	{ "DD, same year, K <= P < F", "2019-01-02", "2022-09-01", "10", "31", "20",
		DISPOSED_DISQUALIFYING, true, TERM_SHORT, 1000, 0, 0, 0 },
	{ "DD, same year, P < K", "2019-01-02", "2022-09-01", "10", "31", "4",
		DISPOSED_DISQUALIFYING, true, TERM_SHORT, 0, -600, -600, 0 },
	{ "DD, later year, P >= F", "2019-01-02", "2023-02-01", "10", "31", "40",
		DISPOSED_DISQUALIFYING, false, TERM_SHORT, 2100, 900, 900, 2100 },
	{ "DD, later year, K <= P < F", "2019-01-02", "2023-02-01", "10", "31", "20",
		DISPOSED_DISQUALIFYING, false, TERM_SHORT, 1000, 0, -1100, 2100 },
	{ "DD, later year, P < K", "2019-01-02", "2023-02-01", "10", "31", "4",
		DISPOSED_DISQUALIFYING, false, TERM_SHORT, 0, -600, -2700, 2100 },
	{ "DD more than a year after exercise is long-term", "2021-06-01", "2023-05-01",
		"10", "31", "40", DISPOSED_DISQUALIFYING, false, TERM_LONG, 2100, 900,
		900, 2100 },
	{ "an exercise under water includes nothing, R-010", "2019-01-02", "2024-06-03",
		"12", "9", "20", DISPOSED_QUALIFYING, false, TERM_LONG, 0, 800, 800, 0 },
	{ "DD under water has no compensation", "2019-01-02", "2022-09-01", "12", "9",
		"20", DISPOSED_DISQUALIFYING, true, TERM_SHORT, 0, 800, 800, 0 },
};

Test(lots, appendix_2_row_by_row)
{
	for (size_t i = 0; i < COUNT(decisions); i++) {
		struct household home = household();
		const char *const name = decisions[i].name;

		exercise(&home, "ACME", decisions[i].granted, "2022-03-01", "100",
			decisions[i].strike, decisions[i].fmv);
		sale(&home, "ACME", decisions[i].sold, "100", decisions[i].price);
		const struct lots lots = replay(&home);

		cr_assert(eq(sz, lots.disposition_count, 1), "%s", name);
		const struct disposition *const d = lots.disposition;

		cr_expect(d->kind == decisions[i].kind, "%s", name);
		cr_expect(eq(int, d->same_year, decisions[i].same_year), "%s", name);
		cr_expect(d->term[BOOK_REGULAR] == decisions[i].term, "%s", name);
		cr_expect(d->term[BOOK_AMT] == decisions[i].term, "%s", name);
		cr_expect(eq(i64, d->compensation.cents, decisions[i].compensation * 100),
			"%s", name);
		cr_expect(eq(i64, disposition_gain(d, BOOK_REGULAR).cents,
				  decisions[i].gain * 100),
			"%s", name);
		cr_expect(eq(i64, disposition_gain(d, BOOK_AMT).cents,
				  decisions[i].amt_gain * 100),
			"%s", name);
		struct year_figures of_2022;

		year_figures(&lots, 2022, &of_2022, &home.pool);
		cr_expect(eq(i64, of_2022.value[BOOK_AMT][LEDGER_iso_spread].cents,
				  decisions[i].spread * 100),
			"%s", name);
		household_release(&home);
	}
}

/* EX-001, EX-002, EX-003: bases and gains of the same exercise. */
Test(lots, ex_001_to_003_two_bases_and_two_gains)
{
	struct household home = household();

	exercise(&home, "X", "2020-01-02", "2022-03-01", "4000", "56", "526");
	sale(&home, "X", "2026-06-01", "1", "700");
	sale(&home, "X", "2026-06-02", "3999", "400");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.lot_count, 1));
	cr_expect(eq(i64, lots.lot[0].basis[BOOK_REGULAR].cents, 22400000));
	cr_expect(eq(i64, lots.lot[0].basis[BOOK_AMT].cents, 210400000));
	cr_expect(eq(i64, lots.lot[0].inclusion.cents, 188000000));
	cr_assert(eq(sz, lots.disposition_count, 2));
	cr_expect(eq(
		i64, disposition_gain(&lots.disposition[0], BOOK_REGULAR).cents, 64400));
	cr_expect(eq(i64, disposition_gain(&lots.disposition[0], BOOK_AMT).cents, 17400));
	cr_expect(eq(i64, disposition_gain(&lots.disposition[1], BOOK_REGULAR).cents,
		3999 * 34400));
	cr_expect(eq(i64, disposition_gain(&lots.disposition[1], BOOK_AMT).cents,
		3999 * -12600));
	cr_expect(eq(i64, lots.lot[0].open.e8, 0));
	cr_expect(eq(i64, lots.lot[0].open_basis[BOOK_AMT].cents, 0));
	household_release(&home);
}

Test(lots, ex_034_line_2i_multiplies_each_box_then_subtracts)
{
	struct household home = household();
	struct year_figures figures;

	exercise(&home, "X", "2009-01-02", "2011-03-01", "100", "10", "25");
	/* 0.333 dollars times 333.5 shares is 111.06 (111.0555), 0.5 times it 166.75. */
	exercise(&home, "Y", "2009-01-02", "2012-03-01", "333.5", "0.333", "0.5");
	const struct lots lots = replay(&home);

	year_figures(&lots, 2011, &figures, &home.pool);
	cr_expect(eq(i64, figures.value[BOOK_AMT][LEDGER_iso_spread].cents, 150000));
	year_figures(&lots, 2012, &figures, &home.pool);
	cr_expect(
		eq(i64, figures.value[BOOK_AMT][LEDGER_iso_spread].cents, 16675 - 11106));
	household_release(&home);
}

/* Instructions to Form 6251, Victor Ash: half of 200 shares sold too early, next year. */
Test(lots, ex_036_a_later_year_disqualifying_sale)
{
	struct household home = household();
	struct year_figures figures;

	exercise(&home, "X", "2008-06-01", "2009-03-13", "200", "100", "1000");
	sale(&home, "X", "2010-01-18", "100", "750");
	const struct lots lots = replay(&home);
	const struct disposition *const d = lots.disposition;

	cr_expect(eq(i64, d->compensation.cents, 6500000));
	cr_expect(eq(i64, d->basis[BOOK_REGULAR].cents, 7500000));
	cr_expect(eq(i64, disposition_gain(d, BOOK_REGULAR).cents, 0));
	cr_expect(eq(i64, d->basis[BOOK_AMT].cents, 10000000));
	cr_expect(eq(i64, disposition_gain(d, BOOK_AMT).cents, -2500000));
	year_figures(&lots, 2010, &figures, &home.pool);
	for (int b = 0; b < BOOKS; b++) {
		cr_expect(eq(
			i64, figures.value[b][LEDGER_iso_compensation].cents, 6500000));
		cr_expect(eq(i64,
			figures.value[b][LEDGER_iso_compensation_of_earlier_years].cents,
			6500000));
	}
	household_release(&home);
}

/*
 * Instructions to Form 6251 (2025), line 2k: 200 shares at 100, worth 1,000; 100 sold for 75,000
 * too early and 100 for 60,000 in time.
 */
Test(lots, the_200_share_example_of_the_2025_instructions)
{
	struct household home = household();
	struct year_figures figures;

	exercise(&home, "X", "2023-02-01", "2024-03-14", "200", "100", "1000");
	sale(&home, "X", "2025-02-03", "100", "750");
	sale(&home, "X", "2025-03-17", "100", "600");
	const struct lots lots = replay(&home);

	year_figures(&lots, 2024, &figures, &home.pool);
	cr_expect(eq(i64, figures.value[BOOK_AMT][LEDGER_iso_spread].cents, 18000000));
	year_figures(&lots, 2025, &figures, &home.pool);
	const struct money *const regular = figures.value[BOOK_REGULAR];
	const struct money *const amt = figures.value[BOOK_AMT];

	cr_expect(eq(i64, regular[LEDGER_iso_compensation].cents, 6500000));
	cr_expect(eq(i64, regular[LEDGER_c_gain].cents, 0));
	cr_expect(eq(i64, regular[LEDGER_f_gain].cents, 5000000));
	cr_expect(eq(i64, amt[LEDGER_c_gain].cents, -2500000));
	cr_expect(eq(i64, amt[LEDGER_f_gain].cents, -4000000));
	cr_expect(eq(i64, amt[LEDGER_iso_compensation_of_earlier_years].cents, 6500000));
	cr_expect(eq(i64, amt[LEDGER_iso_spread].cents, 0));
	household_release(&home);
}

Test(lots, ex_053_compensation_is_capped_at_the_gain)
{
	struct household home = household();

	exercise(&home, "X", "2022-01-02", "2024-03-01", "1", "23", "68");
	sale(&home, "X", "2024-06-03", "1", "52");
	const struct lots lots = replay(&home);

	cr_expect(eq(i64, lots.disposition[0].compensation.cents, 2900));
	cr_expect(eq(i64, lots.disposition[0].basis[BOOK_REGULAR].cents, 5200));
	cr_expect(eq(i64, disposition_gain(&lots.disposition[0], BOOK_REGULAR).cents, 0));
	household_release(&home);
}

Test(lots, ex_054_sold_to_cover_on_the_day_of_exercise)
{
	struct household home = household();
	struct year_figures figures;

	exercise(&home, "X", "2022-01-02", "2024-03-01", "1200", "8", "45");
	sale(&home, "X", "2024-03-01", "250", "45");
	const struct lots lots = replay(&home);

	year_figures(&lots, 2024, &figures, &home.pool);
	cr_expect(eq(i64, figures.value[BOOK_AMT][LEDGER_iso_spread].cents, 3515000));
	cr_expect(
		eq(i64, figures.value[BOOK_AMT][LEDGER_iso_compensation].cents, 925000));
	cr_expect(eq(i64,
		figures.value[BOOK_AMT][LEDGER_iso_compensation_of_earlier_years].cents,
		0));
	cr_expect(eq(i64, lots.lot[0].open.e8, 95000000000));
	cr_expect(eq(i64, lots.lot[0].open_basis[BOOK_REGULAR].cents, 760000));
	cr_expect(eq(i64, lots.lot[0].open_basis[BOOK_AMT].cents, 4275000));
	household_release(&home);
}

/* C-01 and EX-025: the first day on which a sale qualifies. */
static const struct {
	const char *granted, *exercised, *qualifies;
} clocks[] = {
	{ "2023-03-15", "2024-06-10", "2025-06-11" },
	{ "2024-02-29", "2025-03-01", "2026-03-02" },
	{ "2021-01-05", "2023-02-28", "2024-03-01" },
	{ "2022-12-31", "2022-12-31", "2025-01-01" },
	{ "2023-01-10", "2024-02-01", "2025-02-02" },
};

Test(lots, r_031_both_clocks_run_out_the_day_after_the_anniversary)
{
	for (size_t i = 0; i < COUNT(clocks); i++) {
		char day[DAY_TEXT];

		for (int late = 0; late <= 1; late++) {
			struct household home = household();

			exercise(&home, "X", clocks[i].granted, clocks[i].exercised, "1",
				"1", "2");
			const struct day sold =
				day_plus(on(clocks[i].qualifies), late - 1);

			sale(&home, "X", day_iso(sold, day), "1", "3");
			const struct lots lots = replay(&home);

			cr_expect(eq(i32, lots.lot[0].qualifies_on.number,
				on(clocks[i].qualifies).number));
			cr_expect(lots.disposition[0].kind ==
					(late ? DISPOSED_QUALIFYING
					      : DISPOSED_DISQUALIFYING),
				"%s sold %s", clocks[i].granted, day);
			cr_expect(eq(sz, lots.notice_count > 1, late ? 0 : 1));
			household_release(&home);
		}
	}
}

Test(lots, a_nonqualified_option_is_wages_and_equal_in_both_books)
{
	struct household home = household();
	struct year_figures figures;

	exercise(&home, "X", "2020-01-02", "2022-03-01", "10", "20", "35")->option =
		OPTION_NSO;
	sale(&home, "X", "2022-09-01", "10", "42");
	const struct lots lots = replay(&home);

	cr_expect(eq(i32, lots.lot[0].qualifies_on.number, DAY_NONE.number));
	cr_expect(lots.disposition[0].kind == DISPOSED_PLAIN);
	for (int b = 0; b < BOOKS; b++)
		cr_expect(eq(i64,
			disposition_gain(&lots.disposition[0], (enum book)b).cents,
			7000));
	year_figures(&lots, 2022, &figures, &home.pool);
	cr_expect(eq(i64, figures.value[BOOK_REGULAR][LEDGER_other_compensation].cents,
		15000));
	cr_expect(eq(i64, figures.value[BOOK_AMT][LEDGER_iso_spread].cents, 0));
	household_release(&home);
}

Test(lots, the_kind_of_an_option_is_the_grants)
{
	struct household home = household();

	struct fact *const grant = add(&home, FACT_GRANT, "X", "2020-01-02");

	grant->grant = name(&home, "G1");
	grant->option = OPTION_NSO;
	grant->shares.e8 = 1000000000;
	grant->price.e8 = 100000000;
	exercise(&home, "X", "2020-01-02", "2022-03-01", "10", "1", "3");
	const struct lots lots = replay(&home);

	cr_expect(lots.lot[0].kind == LOT_NSO);
	cr_expect(lots.lot[0].grant != NULL);
	cr_expect(eq(sz, lots.notice_count, 0));
	household_release(&home);
}

/* ---- one day's view, and what is said ------------------------------------------------- */

Test(lots, until_a_day_nothing_later_has_happened)
{
	struct household home = household();
	struct lots lots;
	struct fail why = { 0 };

	exercise(&home, "X", "2019-01-02", "2021-03-01", "100", "1", "3");
	sale(&home, "X", "2024-03-01", "40", "9");
	cr_assert(lots_replay_until(
		&home.facts, on("2024-02-29"), &lots, &home.pool, &why));
	cr_expect(eq(sz, lots.disposition_count, 0));
	cr_expect(eq(i64, lots.lot[0].open.e8, 10000000000));
	cr_assert(lots_replay_until(
		&home.facts, on("2024-03-01"), &lots, &home.pool, &why));
	cr_expect(eq(sz, lots.disposition_count, 1));
	cr_assert(lots_replay_until(
		&home.facts, on("2021-02-28"), &lots, &home.pool, &why));
	cr_expect(eq(sz, lots.lot_count, 0));
	household_release(&home);
}

Test(lots, notices_are_sentences)
{
	struct household home = household();
	struct text text = TEXT_EMPTY;

	exercise(&home, "X", "2022-01-03", "2024-03-01", "100", "1", "3")->lot =
		name(&home, "A");
	sale(&home, "X", "2025-03-01", "40", "9");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.notice_count, 2));
	notice_text(&lots, &lots.notice[0], &text);
	cr_expect(strcmp(text.at,
			  "exercise of 100 X on 2024-03-01: the grant is not recorded "
			  "and was made from the exercise") == 0,
		"%s", text.at);
	text_clear(&text);
	notice_text(&lots, &lots.notice[1], &text);
	cr_expect(strcmp(text.at,
			  "sale of 40 X on 2025-03-01: lot A: sold on the last day "
			  "before the sale would have qualified") == 0,
		"%s", text.at);
	text_release(&text);
	for (int i = 0; i < NOTICE_KINDS; i++) {
		const enum notice_kind kind = (enum notice_kind)i;

		cr_expect(strncmp(notice_rule(kind), "R-", 2) == 0);
		cr_expect(strlen(notice_what(kind)) > 10);
		cr_expect(strlen(notice_weight_name(notice_weight(kind))) > 0);
	}
	household_release(&home);
}

/* Both numbers, the grant's as the splits since have made it, and what to do. */
Test(lots, another_strike_is_told_with_both)
{
	struct household home = household();
	struct text text = TEXT_EMPTY;
	struct fact *const grant = add(&home, FACT_GRANT, "X", "2020-01-02");

	grant->grant = name(&home, "G");
	grant->shares.e8 = INT64_C(10000000000);
	grant->price.e8 = INT64_C(2000000000);
	struct fact *const split = add(&home, FACT_SPLIT, "X", "2021-01-04");

	split->shares.e8 = INT64_C(200000000);
	split->per.e8 = INT64_C(100000000);
	exercise(&home, "X", "2020-01-02", "2024-03-01", "100", "8", "30");
	const struct lots lots = replay(&home);

	cr_assert(eq(sz, lots.notice_count, 1));
	notice_text(&lots, &lots.notice[0], &text);
	cr_expect(strcmp(text.at,
			  "exercise of 100 X on 2024-03-01: strike 8.00, the grant's "
			  "10.00: "
			  "the strike is not the grant's: correct one of them, or record "
			  "the change of the grant as a grant that supersedes it") == 0,
		"%s", text.at);
	text_release(&text);
	household_release(&home);
}

/* ---- properties over random histories ----------------------------------------------- */

static uint64_t seed;

static int64_t any(int64_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((seed >> 33) % (uint64_t)below);
}

/* A few years of exercises and sales that never sell more than is there. */
static void random_history(struct household *home, uint64_t from)
{
	seed = from * 7919 + 1;
	int64_t held[3] = { 0 };
	static const char *const symbols[] = { "X", "Y", "Z" };
	struct day day = on("2018-01-02");

	for (int i = 0; i < 60; i++) {
		const int64_t which = any(3);

		day = day_plus(day, (int)any(30) + 1);
		struct fact fact = FACT_EMPTY;

		fact.symbol = name(home, symbols[which]);
		fact.day = day;
		fact.price.e8 = any(4000000000) + 1;
		if (held[which] == 0 || any(3) == 0) {
			fact.kind = FACT_EXERCISE;
			fact.shares.e8 = any(2) ? (any(1000) + 1) * 100000000
						: any(100000000000) + 1;
			fact.fmv.e8 = any(9000000000) + 1;
			fact.other_day = day_plus(day, (int)-any(900));
			fact.option = any(3) ? OPTION_ISO : OPTION_NSO;
			held[which] += fact.shares.e8;
		} else {
			fact.kind = FACT_SALE;
			fact.shares.e8 = any(3) ? any(held[which]) + 1 : held[which];
			held[which] -= fact.shares.e8;
		}
		add_fact(home, fact);
	}
}

Test(lots, no_cent_and_no_share_is_lost)
{
	for (uint64_t n = 0; n < 300; n++) {
		struct household home = household();

		random_history(&home, n);
		const struct lots lots = replay(&home);
		int64_t acquired = 0, open = 0, sold = 0, proceeds = 0, expected = 0;
		int64_t cost = 0, compensation = 0, gain[BOOKS] = { 0 };
		int64_t basis[BOOKS] = { 0 }, included = 0, carried[BOOKS] = { 0 };

		for (size_t i = 0; i < home.facts.count; i++) {
			const struct fact *const fact = &home.facts.at[i];

			if (fact->kind == FACT_SALE)
				expected += price_times(fact->price, fact->shares).cents;
		}
		for (size_t i = 0; i < lots.lot_count; i++) {
			const struct lot *const lot = &lots.lot[i];

			acquired += lot->shares.e8;
			open += lot->open.e8;
			cost += lot->cost.cents + lot->compensation.cents;
			included += lot->inclusion.cents;
			for (int b = 0; b < BOOKS; b++)
				basis[b] += lot->open_basis[b].cents;
			cr_assert(lot->open.e8 > 0 ||
				(lot->open_basis[0].cents == 0 &&
					lot->open_basis[1].cents == 0));
		}
		for (size_t i = 0; i < lots.disposition_count; i++) {
			const struct disposition *const d = &lots.disposition[i];

			sold += d->shares.e8;
			proceeds += d->proceeds.cents;
			compensation += d->compensation.cents;
			for (int b = 0; b < BOOKS; b++) {
				basis[b] += d->basis[b].cents;
				gain[b] += disposition_gain(d, (enum book)b).cents;
				carried[b] += d->disallowed[b].cents;
			}
			/* In the AMT, a same-year sale has its compensation in its basis. */
			if (d->same_year && d->kind == DISPOSED_DISQUALIFYING)
				included += d->compensation.cents;
		}
		cr_assert(eq(i64, acquired, open + sold), "history %lu", n);
		cr_assert(eq(i64, proceeds, expected), "history %lu", n);
		cr_assert(eq(i64, basis[BOOK_REGULAR],
				  cost + compensation + carried[BOOK_REGULAR]),
			"history %lu", n);
		cr_assert(eq(i64, basis[BOOK_AMT], cost + included + carried[BOOK_AMT]),
			"history %lu", n);
		int64_t taken[BOOKS] = { 0 };

		for (size_t i = 0; i < lots.disposition_count; i++)
			for (int b = 0; b < BOOKS; b++)
				taken[b] += lots.disposition[i].basis[b].cents;
		for (int b = 0; b < BOOKS; b++)
			cr_assert(eq(i64, gain[b], proceeds - taken[b] + carried[b]));
		household_release(&home);
	}
}

Test(lots, the_order_of_entry_does_not_matter)
{
	for (uint64_t n = 0; n < 100; n++) {
		struct household home = household();

		random_history(&home, n);
		const struct lots first = replay(&home);

		household_shuffle(&home, n);
		const struct lots again = replay(&home);

		cr_assert(eq(sz, first.disposition_count, again.disposition_count));
		cr_assert(eq(sz, first.lot_count, again.lot_count));
		for (size_t i = 0; i < first.disposition_count; i++) {
			const struct disposition *const a = &first.disposition[i];
			const struct disposition *const b = &again.disposition[i];

			cr_assert(eq(u32, a->lot, b->lot));
			cr_assert(eq(i64, a->shares.e8, b->shares.e8));
			for (int k = 0; k < BOOKS; k++)
				cr_assert(eq(i64, disposition_gain(a, (enum book)k).cents,
					disposition_gain(b, (enum book)k).cents));
		}
		household_release(&home);
	}
}
