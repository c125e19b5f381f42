/* A year with an exercise beside the year without it, and the credit that the AMT becomes. */
#include "forms/plan/plan.h"
#include "tests/forms/case.h"
#include "tests/forms/draw.h"

static int64_t drawn(int64_t below)
{
	static uint64_t state = 20261231;

	return draw_below(&state, below);
}

/* EX-004, EX-005: with what it costs in one year, and in two to four of one law. */
static const struct {
	const char *name;
	int year;
	const char *status, *figures;
	int64_t spread, amt; /* dollars, as printed in whole ones */
} exercises[] = {
	{ "EX-004a", 2026, "mfj", "wages=400000", 1880000, 560042 },
	{ "EX-004b, F-001", 2026, "mfj", "wages=500000", 1880000, 558902 },
	/* 553,241.50 to the cent; line 10 is 136,269 on the form. */
	{ "EX-004c", 2026, "mfj", "wages=600000", 1880000, 553241 },
	{ "EX-005, two years", 2026, "mfj", "wages=500000", 940000, 295702 },
	{ "EX-005, four years", 2026, "mfj", "wages=500000", 470000, 124846 },
	{ "within the room", 2026, "mfj", "wages=500000", 24121, 0 },
	{ "EX-011, F-006", 2026, "mfj", "wages=232200", 180000, 37846 },
	{ "EX-012", 2026, "mfj", "wages=200000 deduction=itemized", 180000, 28924 },
};

Test(plan, an_exercise_beside_the_year_without_it)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(exercises); i++) {
		struct tax_case *const tax =
			case_begin(law, exercises[i].year, exercises[i].status);
		struct plan_exercise exercise;
		struct fail why;

		tax->input.cents = false;
		case_give_all(tax, exercises[i].figures);
		case_evaluate(tax, NULL);
		const struct money spread = { exercises[i].spread * 100 };

		cr_assert(plan_exercise(tax->result, spread, &exercise, &why));
		cr_expect(eq(i64, exercise.amt.cents, exercises[i].amt * 100), "%s",
			exercises[i].name);
		cr_expect(eq(i64, exercise.total.cents, exercise.amt.cents), "%s",
			exercises[i].name);
		cr_expect(not(exercise.credit_known), "%s", exercises[i].name);
		cr_expect(eq(i64, exercise.phaseout_start.cents, 100000000), "%s",
			exercises[i].name);
		cr_expect(eq(i64,
				  exercise.line[0].with.cents -
					  exercise.line[0].without.cents,
				  spread.cents),
			"%s", exercises[i].name);
		case_end(tax);
	}
	law_free(law);
}

/* With nothing but wages all of the AMT that a spread makes becomes credit, and what the chain
   says of the next year is the same. */
Test(plan, amt_of_a_spread_becomes_credit)
{
	struct law *const law = case_law();

	for (int i = 0; i < 200; i++) {
		const int year =
			LAW_FIRST_YEAR + (int)drawn(LAW_LAST_YEAR - LAW_FIRST_YEAR);
		const char *const status =
			status_name((enum filing_status)drawn(STATUSES));
		struct tax_case *const tax = case_begin(law, year, status);
		struct tax_case *const with = case_begin(law, year, status);
		struct tax_case *const next = case_begin(law, year + 1, status);
		const int64_t wages = drawn(60000000), spread = drawn(100000000);
		struct plan_exercise exercise;
		struct fail why;

		case_give_cents(tax, "wages", wages);
		case_give_cents(with, "wages", wages);
		case_give_cents(with, "iso_spread", spread);
		case_give_cents(next, "wages", wages);
		case_evaluate(tax, NULL);
		case_evaluate(with, NULL);
		case_evaluate(next, with->result);
		cr_assert(plan_exercise(
			tax->result, (struct money){ spread }, &exercise, &why));
		cr_expect(exercise.credit_known);
		cr_expect(eq(i64, exercise.credit.cents, case_cents(next, "f8801.18")));
		cr_expect(eq(i64, exercise.credit.cents, exercise.amt.cents));
		cr_expect(eq(i64, exercise.amt.cents, case_cents(with, "f6251.11")));
		case_end(next);
		case_end(with);
		case_end(tax);
	}
	law_free(law);
}

/* What never comes back: AMT on interest of private activity bonds makes no credit. */
Test(plan, amt_of_exclusions_makes_no_credit)
{
	struct law *const law = case_law();
	struct tax_case *const tax = case_year(
		law, 2024, "single", "wages=150000 private_activity_interest=100000");
	struct plan_exercise exercise;
	struct fail why;

	cr_assert(case_cents(tax, "f6251.11") > 0);
	cr_assert(plan_exercise(tax->result, (struct money){ 0 }, &exercise, &why));
	cr_expect(eq(i64, exercise.credit.cents, 0));
	cr_assert(plan_exercise(tax->result, (struct money){ 1000000 }, &exercise, &why));
	cr_expect(eq(i64, exercise.amt.cents, 260000));
	cr_expect(eq(i64, exercise.credit.cents, 260000));
	case_end(tax);
	law_free(law);
}
