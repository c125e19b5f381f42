/*
 * The room before the AMT: published examples as corrected, independent returns on either
 * side of it, and what must hold for every return, at random.
 */
#include "forms/plan/plan.h"
#include "tests/forms/case.h"
#include "tests/forms/draw.h"

/* ---- help ---------------------------------------------------------------------------------- */

static struct plan_room room_of(const struct tax_case *tax)
{
	struct plan_room room;
	struct fail why;

	if (!plan_room(tax->result, &room, &why))
		cr_fatal("%d: %s", tax->input.year, why.message);
	return room;
}

/* Is there AMT with more spread, on lines that are exact or as the return's options print them? */
static bool owes(struct tax_case *tax, int64_t spread, bool exact)
{
	struct pool pool = { 0 };
	struct tax_return *again;
	struct line_ref line;
	struct fail why;

	if (!plan_return(
		    tax->result, (struct money){ spread }, exact, &again, &pool, &why) ||
		!law_line_find(tax->law, tax->input.year, "f6251.11", &line, &why))
		cr_fatal("%s", why.message);
	const bool owed = return_owes(again, line);

	pool_release(&pool);
	return owed;
}

static struct plan_point point_of(const struct tax_case *tax, int64_t spread)
{
	struct plan_point point;
	struct fail why;

	if (!plan_point(tax->result, (struct money){ spread }, &point, &why))
		cr_fatal("%s", why.message);
	return point;
}

/* ---- examples ------------------------------------------------------------------------------ */

static const struct {
	const char *name;
	int year;
	const char *status, *figures;
	int64_t room; /* cents */
} examples[] = {
	{ "EX-004a", 2026, "mfj", "wages=400000", 2005000 },
	{ "EX-004b", 2026, "mfj", "wages=500000", 2412142 },
	{ "EX-004c", 2026, "mfj", "wages=600000", 4433750 },
	{ "EX-019 single", 2026, "single", "wages=200000", 3138461 },
	{ "EX-019 joint", 2026, "mfj", "wages=300000", 3046153 },
	{ "EX-055", 2025, "single", "wages=150000", 3451153 },
	{ "EX-056 standard", 2025, "single", "wages=265750", 4182307 },
	{ "EX-056 itemized", 2025, "single", "wages=250000 deduction=itemized", 5757307 },
	{ "EX-057", 2024, "single", "wages=150000", 3392500 },
	{ "EX-058", 2021, "single", "wages=150000", 2748076 },
	{ "R-104 at 250,000", 2026, "mfj", "wages=250000", 3430769 },
	{ "R-104 at 800,000", 2026, "mfj", "wages=800000", 9433750 },
	{ "R-104 at 1,500,000", 2026, "mfj", "wages=1500000", 17907321 },
};

Test(plan, rooms_of_the_examples)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(examples); i++) {
		struct tax_case *const tax = case_year(
			law, examples[i].year, examples[i].status, examples[i].figures);
		const struct plan_room room = room_of(tax);

		cr_expect(eq(i64, room.room.cents, examples[i].room), "%s",
			examples[i].name);
		cr_expect(room.limited && !room.owed, "%s", examples[i].name);
		cr_expect(not(owes(tax, room.room.cents, true)), "%s", examples[i].name);
		cr_expect(owes(tax, room.room.cents + 1, true), "%s", examples[i].name);
		/* F-020: and a dollar more shows, on lines with cents. */
		cr_expect(eq(i64, room.full.amt.cents, 0), "%s", examples[i].name);
		cr_expect(point_of(tax, room.room.cents + 100).amt.cents > 0, "%s",
			examples[i].name);
		case_end(tax);
	}
	law_free(law);
}

/* EX-019: wages from which, and up to which, the room of 2026 is 110,000. */
static const struct {
	const char *status;
	int64_t wages;  /* the last, or the first, whole dollar with that room */
	int64_t beyond; /* and the next one without */
} turns[] = {
	{ "single", 843442, 843441 },
	{ "mfj", 30200, 30201 },
	{ "mfj", 848928, 848927 },
	{ "mfj", 963930, 963931 },
	{ "mfj", 1285106, 1285105 },
};

Test(plan, the_room_rises_and_falls_with_income)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(turns); i++) {
		char figures[64];

		for (int beyond = 0; beyond < 2; beyond++) {
			snprintf(figures, sizeof figures, "wages=%lld",
				(long long)(beyond ? turns[i].beyond : turns[i].wages));
			struct tax_case *const tax =
				case_begin(law, 2026, turns[i].status);

			tax->input.schedule = true;
			case_give_all(tax, figures);
			case_evaluate(tax, NULL);
			const bool enough = room_of(tax).room.cents >= 11000000;

			cr_expect(enough != beyond, "%s %s: %lld", turns[i].status,
				figures, (long long)room_of(tax).room.cents);
			case_end(tax);
		}
	}
	law_free(law);
}

/* F-022: an exercise of the year takes its spread off the room, dollar for dollar. */
Test(plan, what_was_exercised_reduces_the_room)
{
	struct law *const law = case_law();
	struct tax_case *tax =
		case_year(law, 2025, "single", "wages=150000 iso_spread=10000.25");

	cr_expect(eq(i64, room_of(tax).room.cents, 3451153 - 1000025));
	case_end(tax);

	/* As it is entered on the line itself. */
	tax = case_begin(law, 2025, "single");
	case_give_all(tax, "wages=150000");
	case_line(tax, "f6251.2i", "10000.25");
	case_evaluate(tax, NULL);
	cr_expect(eq(i64, room_of(tax).room.cents, 3451153 - 1000025));
	case_end(tax);

	tax = case_year(law, 2025, "single", "wages=150000 iso_spread=34511.54");
	const struct plan_room over = room_of(tax);

	cr_expect(over.owed && over.limited);
	cr_expect(eq(i64, over.room.cents, 0));
	case_end(tax);

	tax = case_year(law, 2025, "single", "wages=150000 iso_spread=34511.53");
	const struct plan_room full = room_of(tax);

	cr_expect(not(full.owed));
	cr_expect(eq(i64, full.room.cents, 0));
	case_end(tax);
	law_free(law);
}

/* C-20, F-024: there is no AMT either way, but 35,000 of the credit does not come home. */
Test(plan, the_room_is_not_free_where_a_credit_is_carried)
{
	struct law *const law = case_law();
	struct tax_case *const tax =
		case_year(law, 2025, "mfj", "wages=1500000 credit_carryforward=100000");
	const struct plan_point none = point_of(tax, 0);
	const struct plan_point some = point_of(tax, 10000000);

	cr_expect(eq(i64, none.credit_used.cents, 7323850));
	cr_expect(eq(i64, some.credit_used.cents, 3823850));
	cr_expect(eq(i64, some.credit_left.cents - none.credit_left.cents, 3500000));
	cr_expect(eq(i64, some.amt.cents, 0));
	cr_expect(eq(i64, some.total_tax.cents - none.total_tax.cents, 3500000));
	const struct plan_room room = room_of(tax);

	cr_expect(eq(i64, room.full.credit_used.cents, 0));
	case_end(tax);
	law_free(law);
}

/* ---- independent returns ------------------------------------------------------------------- */

/*
 * tests/vectors/annual.csv has returns with a spread, and the AMT that independent programs agree
 * on: it is zero where the spread is within the room of the same return without it, and only there.
 */
Test(plan, independent_returns_owe_amt_past_the_room_alone)
{
	static const char *const figures[] = { "wages", "taxable_interest",
		"ordinary_dividends", "qualified_dividends", "short_term_gain",
		"long_term_gain", "salt_paid", "itemized_other",
		"amt_short_term_difference", "amt_long_term_difference" };
	struct law *const law = case_law();
	struct table table = table_read("tests/vectors/annual.csv");
	int within = 0, past = 0;

	for (size_t row = 1; row < table.rows; row++) {
		const char *const spread = table_cell(&table, row, "iso_spread");
		const char *const amt = table_cell(&table, row, "want_amt");

		if (strcmp(table_cell(&table, row, "trust"), "A") != 0 ||
			atof(spread) <= 0 || *amt == '\0')
			continue;
		struct tax_case *const tax =
			case_begin(law, atoi(table_cell(&table, row, "year")),
				table_cell(&table, row, "status"));

		for (size_t i = 0; i < COUNT(figures); i++)
			case_give(tax, figures[i], table_cell(&table, row, figures[i]));
		case_evaluate(tax, NULL);
		const struct plan_room room = room_of(tax);
		const int64_t cents = case_money(spread).cents;
		const bool owed = atof(amt) > 0;

		/* A room that ends within a cent of AMT of the spread is theirs to round. */
		if (room.owed)
			cr_expect(owed, "%s", table_cell(&table, row, "id"));
		else if (cents > room.room.cents + 4 || cents <= room.room.cents)
			cr_expect(owed == (cents > room.room.cents), "%s: %s, room %lld",
				table_cell(&table, row, "id"), spread,
				(long long)room.room.cents);
		within += !owed;
		past += owed;
		case_end(tax);
	}
	cr_expect(within > 50 && past > 200, "%d within, %d past", within, past);
	table_end(&table);
	law_free(law);
}

/* ---- at random ----------------------------------------------------------------------------- */

static uint64_t state = 20261231;

static int64_t drawn(int64_t below)
{
	return draw_below(&state, below);
}

static struct tax_case *some_return(const struct law *law)
{
	static const char *const amounts[] = { "taxable_interest", "salt_paid",
		"itemized_other", "private_activity_interest", "qsbs_preference",
		"amt_long_term_difference", "long_term_gain", "short_term_gain",
		"credit_carryforward", "iso_spread" };
	static const int64_t most[] = { 100, 10000000, 100000000, 400000000 };
	struct tax_case *const tax = case_begin(law,
		LAW_FIRST_YEAR + (int)drawn(LAW_LAST_YEAR - LAW_FIRST_YEAR + 1),
		status_name((enum filing_status)drawn(STATUSES)));
	const int64_t dividends = drawn(3000000);

	tax->input.cents = drawn(2) == 0;
	tax->input.schedule = drawn(2) == 0;
	case_give_cents(tax, "wages", drawn(most[drawn(COUNT(most))]));
	for (size_t i = 0; i < COUNT(amounts); i++)
		if (drawn(4) == 0)
			case_give_cents(tax, amounts[i], drawn(most[drawn(3)]));
	if (drawn(3) == 0) {
		case_give_cents(tax, "ordinary_dividends", dividends);
		case_give_cents(tax, "qualified_dividends", dividends / 2);
	}
	case_evaluate(tax, NULL);
	return tax;
}

/* AMT is zero up to the room and above zero past it, near and far. */
static void check_side(struct tax_case *tax, int64_t room, bool owed, bool exact)
{
	if (owed) {
		cr_expect(owes(tax, 0, exact));
		return;
	}
	cr_expect(not(owes(tax, room, exact)), "%d room %lld", exact, (long long)room);
	cr_expect(owes(tax, room + 1, exact), "%d room %lld", exact, (long long)room);
	for (int i = 0; i < 4; i++) {
		cr_expect(
			not(owes(tax, drawn(room + 1), exact)), "%lld", (long long)room);
		cr_expect(owes(tax, room + 1 + drawn(room + 10000000), exact), "%lld",
			(long long)room);
	}
}

Test(plan, amt_begins_past_the_room_and_never_ends)
{
	struct law *const law = case_law();
	int rooms = 0;

	for (int i = 0; i < 600; i++) {
		struct tax_case *const tax = some_return(law);
		const struct plan_room room = room_of(tax);

		cr_expect(room.limited);
		check_side(tax, room.room.cents, room.owed, true);
		check_side(tax, room.form_room.cents, room.none.amt.cents > 0, false);
		rooms += room.room.cents > 0;
		case_end(tax);
	}
	cr_expect(rooms > 300, "%d rooms", rooms);
	law_free(law);
}

/* A hundredth of a cent is all that lines of the exact return differ by; those in cents by more. */
Test(plan, exact_lines_are_those_in_cents)
{
	static const char *const lines[] = { "f1040.agi", "f1040.taxable_income",
		"f1040.tax", "f6251.4", "f6251.5", "f6251.9", "f6251.10", "f6251.11",
		"f8801.26", "f1040.total_tax" };
	struct law *const law = case_law();

	for (int i = 0; i < 300; i++) {
		struct tax_case *const tax = some_return(law);
		struct pool pool = { 0 };
		struct tax_return *exact;
		struct fail why;

		tax->input.cents = true;
		case_evaluate(tax, NULL);
		cr_assert(plan_return(tax->result, (struct money){ 0 }, true, &exact,
				  &pool, &why),
			"%s", why.message);
		for (size_t k = 0; k < COUNT(lines); k++) {
			struct value value;

			cr_assert(return_find(exact, lines[k], &value, &why));
			const int64_t apart =
				value.amount.cents - case_cents(tax, lines[k]);

			cr_expect(apart >= -3 && apart <= 3, "%d %s: %lld",
				tax->input.year, lines[k], (long long)apart);
		}
		pool_release(&pool);
		case_end(tax);
	}
	law_free(law);
}

/* ---- what bounds it ------------------------------------------------------------------------ */

Test(plan, a_line_entered_by_hand_does_not_move)
{
	struct law *const law = case_law();
	struct tax_case *const tax = case_begin(law, 2025, "single");
	struct plan_room room;
	struct fail why = { 0 };

	case_give_all(tax, "wages=150000");
	case_line(tax, "f6251.11", "0");
	case_evaluate(tax, NULL);
	cr_assert(not(plan_room(tax->result, &room, &why)));
	cr_expect(eq(int, (int)why.kind, FAIL_NOT_MODELLED));
	cr_expect(strstr(why.message, "f6251.11 of 2025 is entered by hand") != NULL,
		"%s", why.message);
	case_end(tax);
	law_free(law);
}

Test(plan, a_room_without_an_end)
{
	struct law *const law = case_law();
	struct tax_case *const tax = case_begin(law, 2025, "single");

	case_line(tax, "f6251.10", "900000000000");
	case_evaluate(tax, NULL);
	const struct plan_room room = room_of(tax);

	cr_expect(not(room.limited));
	cr_expect(not(room.owed));
	cr_expect(eq(i64, room.room.cents, PLAN_SPREAD_MOST));
	case_end(tax);
	law_free(law);
}

#define WHOLE INT64_C(100000000)

static struct plan_grant grant_of(int64_t strike, int64_t shares)
{
	return (struct plan_grant){ .strike = { strike * WHOLE },
		.endless = shares == 0,
		.left = { shares * WHOLE },
		.available = { shares * WHOLE } };
}

static const struct {
	const char *name;
	int year;
	const char *status, *figures;
	int64_t strike, left, price;
	int margin;
	int64_t shares;
	enum plan_bound bound;
} fits[] = {
	{ "EX-055", 2025, "single", "wages=150000", 1, 10000, 91, 0, 383, PLAN_BY_AMT },
	{ "less 5%", 2025, "single", "wages=150000", 1, 10000, 91, 500, 364,
		PLAN_BY_AMT },
	{ "EX-056 standard", 2025, "single", "wages=265750", 5, 0, 50, 0, 929,
		PLAN_BY_AMT },
	{ "EX-056 itemized", 2025, "single", "wages=250000 deduction=itemized", 5, 0, 50,
		0, 1279, PLAN_BY_AMT },
	{ "EX-019 single", 2026, "single", "wages=200000", 0, 10000, 50, 0, 627,
		PLAN_BY_AMT },
	{ "EX-019 joint, F-023", 2026, "mfj", "wages=300000", 0, 10000, 50, 0, 609,
		PLAN_BY_AMT },
	{ "F-025", 2026, "mfj", "wages=500000", 56, 4000, 526, 0, 51, PLAN_BY_AMT },
	{ "few shares", 2025, "single", "wages=150000", 1, 300, 91, 0, 300,
		PLAN_BY_SHARES },
	{ "no spread", 2025, "single", "wages=150000", 91, 300, 91, 500, 300,
		PLAN_BY_NO_SPREAD },
	{ "under water", 2025, "single", "wages=150000", 100, 300, 91, 500, 300,
		PLAN_BY_NO_SPREAD },
	{ "owed", 2025, "single", "wages=150000 iso_spread=50000", 1, 300, 91, 500, 0,
		PLAN_BY_OWED },
	{ "all margin", 2025, "single", "wages=150000", 1, 300, 91, 10000, 0,
		PLAN_BY_AMT },
};

Test(plan, shares_that_fit)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(fits); i++) {
		struct tax_case *const tax =
			case_year(law, fits[i].year, fits[i].status, fits[i].figures);
		const struct plan_room room = room_of(tax);
		struct plan_grant grant = grant_of(fits[i].strike, fits[i].left);
		struct plan_shares fit;
		const struct price price = { fits[i].price * WHOLE };

		plan_fit(&room, price, fits[i].margin, &grant, 1, &fit);
		cr_expect(eq(i64, fit.shares.e8, fits[i].shares * WHOLE), "%s",
			fits[i].name);
		cr_expect(eq(int, (int)fit.bound, (int)fits[i].bound), "%s: %s",
			fits[i].name, plan_bound_name(fit.bound));
		cr_expect(eq(i64, grant.shares.e8, fit.shares.e8), "%s", fits[i].name);
		cr_expect(eq(i64, grant.alone.e8, grant.shares.e8), "%s", fits[i].name);
		/* F-026: the neighbour owes AMT. */
		if (fits[i].margin == 0 && fit.bound == PLAN_BY_AMT) {
			const struct shares more = { fit.shares.e8 + WHOLE };

			cr_expect(not(owes(tax, fit.spread.cents, true)), "%s",
				fits[i].name);
			cr_expect(owes(tax, plan_spread(&grant, price, more).cents, true),
				"%s", fits[i].name);
		}
		case_end(tax);
	}
	law_free(law);
}

/* Two grants share one room; the one with less spread goes first, each alone is told as well. */
Test(plan, grants_share_the_room)
{
	const struct plan_room room = { .limited = true, .room = { 100000 } };
	struct plan_grant grant[] = { grant_of(1, 100), grant_of(6, 150),
		grant_of(20, 7) };
	struct plan_shares fit;

	/* 1,000 at 11: 7 shares are without a spread, 150 with 5 each leave 250 for 25 with 10. */
	plan_fit(&room, (struct price){ 11 * WHOLE }, 0, grant, COUNT(grant), &fit);
	cr_expect(eq(i64, grant[2].shares.e8, 7 * WHOLE));
	cr_expect(eq(i64, grant[1].shares.e8, 150 * WHOLE));
	cr_expect(eq(i64, grant[0].shares.e8, 25 * WHOLE));
	cr_expect(eq(i64, fit.shares.e8, 182 * WHOLE));
	cr_expect(eq(i64, fit.spread.cents, 100000));
	cr_expect(eq(int, (int)fit.bound, PLAN_BY_AMT));
	cr_expect(eq(i64, grant[0].alone.e8, 100 * WHOLE));
	cr_expect(eq(int, (int)grant[0].bound, PLAN_BY_SHARES));
	cr_expect(eq(int, (int)grant[2].bound, PLAN_BY_NO_SPREAD));

	plan_fit(&room, (struct price){ 7 * WHOLE }, 0, grant, COUNT(grant), &fit);
	cr_expect(eq(i64, fit.shares.e8, 257 * WHOLE));
	cr_expect(eq(int, (int)fit.bound, PLAN_BY_SHARES));
	cr_expect(eq(i64, fit.spread.cents, 75000));
}

/* Cents of a spread are those of the ledger's: value and cost, each rounded. */
Test(plan, fractions_of_a_cent_never_pass_the_room)
{
	for (int i = 0; i < 2000; i++) {
		const struct plan_room room = { .limited = true,
			.room = { drawn(5000000) } };
		struct plan_grant grant = {
			.strike = { drawn(200) * 1000000 + drawn(1000) }, .endless = true
		};
		const struct price price = { grant.strike.e8 + 1 + drawn(100) * 999983 };
		struct plan_shares fit;

		plan_fit(&room, price, 0, &grant, 1, &fit);
		const struct shares more = { fit.shares.e8 + WHOLE };

		cr_expect(
			plan_spread(&grant, price, fit.shares).cents <= room.room.cents);
		cr_expect(eq(i64, fit.spread.cents,
			plan_spread(&grant, price, fit.shares).cents));
		if (fit.shares.e8 < WHOLE * 100000000)
			cr_expect(
				plan_spread(&grant, price, more).cents > room.room.cents);
	}
}

Test(plan, sizes_rise_and_are_told_once)
{
	struct law *const law = case_law();
	struct tax_case *const tax = case_year(law, 2025, "single", "wages=150000");
	const struct plan_room room = room_of(tax);
	const struct price price = { 91 * WHOLE };
	struct plan_grant grant = grant_of(1, 1000);
	struct plan_shares fit;
	struct plan_row row[PLAN_ROWS];
	size_t rows;
	struct fail why;
	static const struct {
		enum plan_size size;
		int64_t shares;
		bool owed;
	} wanted[] = {
		{ PLAN_NONE, 0, false },
		{ PLAN_FITTING, 364, false },
		{ PLAN_ALL_ROOM, 383, false },
		{ PLAN_ONE_MORE, 384, true },
		{ PLAN_QUARTER, 250, false },
		{ PLAN_HALF, 500, true },
		{ PLAN_ALL, 1000, true },
	};

	plan_fit(&room, price, 500, &grant, 1, &fit);
	cr_assert(
		plan_rows(tax->result, &room, price, &grant, 1, &fit, row, &rows, &why));
	cr_assert(eq(sz, rows, COUNT(wanted)));
	for (size_t i = 0; i < rows; i++) {
		cr_expect(eq(int, (int)row[i].size, (int)wanted[i].size));
		cr_expect(eq(i64, row[i].shares.e8, wanted[i].shares * WHOLE));
		cr_expect(eq(i64, row[i].point.spread.cents, wanted[i].shares * 9000));
		cr_expect(wanted[i].owed == (row[i].point.amt.cents > 0));
	}
	grant = grant_of(1, 200);
	plan_fit(&room, price, 500, &grant, 1, &fit);
	cr_assert(
		plan_rows(tax->result, &room, price, &grant, 1, &fit, row, &rows, &why));
	cr_expect(eq(sz, rows, 4)); /* none, all 200, 50, 100 */
	cr_assert(plan_rows(tax->result, &room, price, NULL, 0, NULL, row, &rows, &why));
	cr_assert(eq(sz, rows, 5));
	cr_expect(eq(i64, row[1].point.amt.cents, 0));
	cr_expect(eq(i64, row[4].point.amt.cents, 2600000));
	case_end(tax);
	law_free(law);
}
