/* What the form language computes: rounding, blanks, books, years, unknown parameters, limits. */
#include "tests/forms/little.h"

#define FORM "form f \"F\" \"F\"\n"

/* A formula of x and boxes, its value in whole dollars and in cents. */
static const struct {
	const char *formula;
	int64_t x, boxes, dollars, cents;
} formulas[] = {
	{ "x", 149, 0, 100, 149 },
	{ "x", 150, 0, 200, 150 },
	{ "x", -150, 0, -200, -150 },
	{ "x", -149, 0, -100, -149 },
	{ "26% * x", 250, 0, 100, 65 },
	{ "26% * 26% * x", 100000, 0, 6800, 6760 },
	{ "1/3 * x", 100, 0, 0, 33 },
	{ "2/3 * x", 100, 0, 100, 67 },
	/* Rounded once, at the end: three thirds are the whole. */
	{ "1/3 * x + 1/3 * x + 1/3 * x", 200, 0, 200, 200 },
	{ "x / 3 * boxes", 200, 3, 200, 200 },
	{ "x / 25%", 25, 0, 100, 100 },
	{ "x / half", 25, 0, 100, 50 },
	{ "boxes * 1650", 0, 2, 330000, 330000 },
	{ "0.9% * (x - 200.50)", 120050, 0, 900, 900 },
	{ "max(0, x - 5)", 400, 0, 0, 0 },
	{ "min(x, 10, 2.50)", 400, 0, 300, 250 },
	{ "max(26% * x, 1/3 * x)", 300, 0, 100, 100 },
	{ "abs(x - 5)", 400, 0, 100, 100 },
	{ "- x", 400, 0, -400, -400 },
	{ "x - - x", 400, 0, 800, 800 },
	{ "1 - 2 - 3", 0, 0, -400, -400 },
	{ "x - (1 - 2)", 0, 0, 100, 100 },
	{ "2/37 * x", 3700, 0, 200, 200 },
	{ "round(x, 1)", 150, 0, 200, 200 },
	{ "round(x, 1)", -150, 0, -200, -200 },
	{ "round(x, 50)", 7500, 0, 10000, 10000 },
	{ "round(x, 0.10)", 125, 0, 100, 130 },
	{ "floor(x, 50)", 9999, 0, 5000, 5000 },
	{ "floor(x, 50)", -1, 0, -5000, -5000 },
	{ "floor(1/3 * x, 1)", 299, 0, 0, 0 },
	{ "floor(1/3 * x, 1)", 300, 0, 100, 100 },
	{ "if x > 1 then 2 else 3", 100, 0, 300, 300 },
	{ "if x >= 1 then 2 else 3", 100, 0, 200, 200 },
	{ "if x = 1 then 2 else 3", 100, 0, 200, 200 },
	{ "if x <> 1 then 2 else 3", 100, 0, 300, 300 },
	{ "if 1/3 * x < 1 then 2 else 3", 299, 0, 200, 200 },
	{ "if 1/3 * x = 1 then 2 else 3", 300, 0, 200, 200 },
	{ "if boxes > 1 and x > 1 then 2 else 3", 200, 2, 200, 200 },
	{ "if boxes > 1 or x > 1 then 2 else 3", 200, 0, 200, 200 },
	{ "if not boxes > 1 then 2 else 3", 0, 2, 300, 300 },
	/* `and` binds tighter than `or`. */
	{ "if x > 1 or x > 1 and x < 1 then 2 else 3", 200, 0, 200, 200 },
	{ "if x > 1 then if x > 2 then 1 else 2 else 3", 200, 0, 200, 200 },
	{ "(if boxes = 2 then 26% else 28%) * x", 10000, 2, 2600, 2600 },
	{ "twice(x) + twice(1)", 150, 0, 500, 500 },
	{ "sum(x, 1, 2)", 150, 0, 500, 450 },
};

Test(evaluation, formulas_are_exact_and_rounded_once)
{
	for (size_t i = 0; i < COUNT(formulas); i++) {
		char text[600];

		snprintf(text, sizeof text,
			FORM "input x \"x\"\ninput boxes \"b\" count\n"
			     "function twice(a) \"twice\" = a + a\n"
			     "parameter half \"half\" rate\n    year source\n    2018- "
			     "50%% \"s\"\n"
			     "line 1 \"a\" = %s\n",
			formulas[i].formula);
		struct law *const law = law_of(text);

		for (int cents = 0; cents < 2; cents++) {
			struct tax_case *const tax = case_begin(law, 2024, "single");

			tax->input.cents = cents;
			give(tax, "x", formulas[i].x);
			give(tax, "boxes", formulas[i].boxes);
			compute(tax, NULL);
			cr_expect(
				eq(i64, cents_of(tax, "f.1"),
					cents ? formulas[i].cents : formulas[i].dollars),
				"%s of %lld", formulas[i].formula,
				(long long)formulas[i].x);
			case_end(tax);
		}
		law_free(law);
	}
}

Test(evaluation, a_blank_line_counts_as_zero)
{
	struct law *const law = law_of(FORM
		"input x \"x\"\n"
		"line 1 \"a\" when x > 5 = x\n"
		"line 2 \"b\" when filled(L1) = L1 + 1\n"
		"line 3 \"c\" = sum(L1 .. L2) + (if filled(L2) then 100 else 200)\n");
	static const struct {
		int64_t x, line1, line3;
		bool filled;
	} cases[] = { { 500, 0, 20000, false }, { 600, 600, 11300, true } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tax_case *const tax = case_begin(law, 2024, "single");
		struct value value;
		struct fail why;

		give(tax, "x", cases[i].x);
		compute(tax, NULL);
		cr_assert(return_find(tax->result, "f.2", &value, &why));
		cr_expect(value.filled == cases[i].filled);
		cr_expect(eq(i64, cents_of(tax, "f.1"), cases[i].line1));
		cr_expect(eq(i64, cents_of(tax, "f.3"), cases[i].line3));
		case_end(tax);
	}
	law_free(law);
}

Test(evaluation, an_entered_line_stands_and_the_computed_value_is_kept)
{
	struct law *const law =
		law_of(FORM "input x \"x\"\n"
			    "line 1 \"a\" = x\n"
			    "line 2 \"b\" = L1 + 1\n"
			    "line 3 \"c\" when x > 5 = x\n"
			    "line 4 \"d\" = if filled(L3) then 1 else 0\n");
	struct tax_case *const tax = case_begin(law, 2024, "single");
	struct value value;
	struct fail why;

	tax->input.cents = false;
	give(tax, "x", 149);
	enter(tax, "f.1", 777);
	enter(tax, "f.3", 0);
	compute(tax, NULL);
	cr_assert(return_find(tax->result, "f.1", &value, &why));
	cr_expect(value.overridden && value.status == VALUE_ENTERED);
	cr_expect(eq(i64, value.amount.cents, 777), "as entered, not rounded");
	cr_expect(eq(i64, value.computed.cents, 100));
	cr_expect(eq(i64, cents_of(tax, "f.2"), 900), "877 cents, rounded");
	cr_expect(eq(i64, cents_of(tax, "f.4"), 100), "an entered line is filled in");
	case_end(tax);
	law_free(law);
}

Test(evaluation, books_have_their_own_lines_inputs_and_figures)
{
	struct law *const law =
		law_of("form d \"D\" \"D\" per book\n"
		       "line 1 \"a\" = gain + ledger.d_gain\n"
		       "line 2 \"b\" = by book (regular: L1, amt: L1 + 1)\n"
		       "form w \"W\" \"W\" per book\n"
		       "line 1 \"a\" = d.2 + amt_gain + ledger@amt.d_gain\n" FORM
		       "line 1 \"a\" = d.2 + w@amt.1 + gain\n"
		       "input gain \"g\" per book\n");
	struct year_figures figures = { 0 };
	struct tax_case *const tax = case_begin(law, 2024, "single");

	figures.value[BOOK_REGULAR][LEDGER_d_gain].cents = 1;
	figures.value[BOOK_AMT][LEDGER_d_gain].cents = 20;
	tax->input.ledger = &figures;
	give(tax, "gain", 300);
	give(tax, "amt_gain", 4000);
	compute(tax, NULL);
	cr_expect(eq(i64, cents_of(tax, "d.1"), 301));
	cr_expect(eq(i64, cents_of(tax, "d@amt.1"), 4020));
	cr_expect(eq(i64, cents_of(tax, "d.2"), 301));
	cr_expect(eq(i64, cents_of(tax, "d@regular.2"), 301));
	cr_expect(eq(i64, cents_of(tax, "d@amt.2"), 4120));
	cr_expect(eq(i64, cents_of(tax, "w.1"), 301 + 4000 + 20));
	cr_expect(eq(i64, cents_of(tax, "w@amt.1"), 4120 + 4000 + 20));
	cr_expect(eq(i64, cents_of(tax, "f.1"), 301 + 8140 + 300));
	case_end(tax);
	law_free(law);
}

static const char two_years[] =
	FORM "input x \"x\"\n"
	     "input prior_status \"p\" one_of same single mfj mfs default same\n"
	     "parameter p \"p\" by status\n"
	     "    year  single mfj mfs hoh qss source\n"
	     "    2023       1   2   3   4   5 \"s\"\n"
	     "    2024      10  20  30  40  50 \"s\"\n"
	     "line 1 until 2023 \"a\" = x\n"
	     "line 1a from 2024 \"a\" = x\n"
	     "line 2 until 2023 \"b\" = p\n"
	     "line 2 in 2024 \"b\" = (f@prior.1 else x) + p + p@prior\n"
	     "line 2 from 2025 \"b\" = f@prior.1a else x\n"
	     "line 3 \"c\" when has_prior = f@prior.2\n"
	     "line 4 from 2024 \"d\" = if status@prior is mfj then 1 else 0\n";

Test(evaluation, last_year_is_read_with_its_own_lines_and_status)
{
	struct law *const law = law_of(two_years);
	struct tax_case *const before = case_begin(law, 2023, "mfj");
	struct tax_case *const after = case_begin(law, 2024, "mfs");

	give(before, "x", 700);
	give(after, "x", 90000);
	compute(before, NULL);
	compute(after, before->result);
	cr_expect(eq(i64, cents_of(before, "f.2"), 200));
	cr_expect(eq(i64, cents_of(after, "f.2"), 700 + 3000 + 200));
	cr_expect(eq(i64, cents_of(after, "f.3"), 200));
	cr_expect(eq(i64, cents_of(after, "f.4"), 100));
	case_end(after);
	case_end(before);
	law_free(law);
}

Test(evaluation, without_a_year_before_the_other_side_holds)
{
	struct law *const law = law_of(two_years);
	static const struct {
		const char *status;
		int prior; /* 0: not entered */
		int64_t line2, line4;
	} cases[] = {
		{ "mfs", 0, 500 + 3000 + 300, 0 },
		{ "mfs", 2, 500 + 3000 + 200, 100 },
		{ "mfj", 0, 500 + 2000 + 200, 100 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tax_case *const tax = case_begin(law, 2024, cases[i].status);
		struct value value;
		struct fail why;

		give(tax, "x", 500);
		if (cases[i].prior != 0)
			give_word(tax, "prior_status", cases[i].prior);
		compute(tax, NULL);
		cr_expect(eq(i64, cents_of(tax, "f.2"), cases[i].line2), "case %zu", i);
		cr_expect(eq(i64, cents_of(tax, "f.4"), cases[i].line4), "case %zu", i);
		cr_assert(return_find(tax->result, "f.3", &value, &why));
		cr_expect(not(value.filled));
		case_end(tax);
	}
	law_free(law);
}

Test(evaluation, a_parameter_without_a_row_refuses_only_what_needs_it)
{
	struct law *const law =
		law_of(FORM "input x \"x\"\n"
			    "parameter p \"p\"\n    year source\n    2018-2020 5 \"s\"\n"
			    "line 1 \"a\" = if x > 1 then p + 1 else 0\n"
			    "line 2 \"b\" when x > 1 = p\n"
			    "line 3 \"c\" = max(L1, 7)\n");
	struct tax_case *const small = case_begin(law, 2024, "single");
	struct tax_case *const large = case_begin(law, 2024, "single");
	struct tax_case *const known = case_begin(law, 2020, "single");
	struct fail why;

	compute(small, NULL);
	cr_expect(eq(i64, cents_of(small, "f.3"), 700));
	give(large, "x", 200);
	cr_assert(not(return_evaluate(
		law, &large->input, NULL, &large->result, &large->pool, &why)));
	cr_expect(why.kind == FAIL_NOT_MODELLED);
	cr_expect_str_eq(
		why.message, "f.1 needs the parameter p, which has no row for 2024");
	enter(large, "f.1", 800);
	enter(large, "f.2", 900);
	compute(large, NULL);
	cr_expect(eq(i64, cents_of(large, "f.3"), 800), "entered, so not needed");
	give(known, "x", 200);
	compute(known, NULL);
	cr_expect(eq(i64, cents_of(known, "f.1"), 600));
	case_end(small);
	case_end(large);
	case_end(known);
	law_free(law);
}

Test(evaluation, a_situation_outside_is_refused_by_name)
{
	struct law *const law = law_of(FORM
		"input x \"x\"\nline 1 \"a\" = x\n"
		"refuse late from 2025 \"late income\" when L1 > 1 hint \"see a CPA\"\n"
		"refuse big \"big income\" when x > 5 and status is mfs hint \"see a "
		"CPA\"\n");
	static const struct {
		int year;
		const char *status;
		int64_t x;
		const char *message;
	} cases[] = {
		{ 2024, "mfs", 500, NULL },
		{ 2024, "mfj", 600, NULL },
		{ 2024, "mfs", 600, "big income (big)" },
		{ 2025, "mfs", 600, "late income (late)" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tax_case *const tax =
			case_begin(law, cases[i].year, cases[i].status);
		struct fail why = { 0 };

		give(tax, "x", cases[i].x);
		const bool done = return_evaluate(
			law, &tax->input, NULL, &tax->result, &tax->pool, &why);

		cr_expect(done == (cases[i].message == NULL), "case %zu", i);
		if (!done) {
			cr_expect(why.kind == FAIL_NOT_MODELLED);
			cr_expect_str_eq(why.message, cases[i].message);
			cr_expect_str_eq(why.hint, "see a CPA");
		}
		case_end(tax);
	}
	cr_expect(law_limits(law) == 2 && law_limit(law, 1).effect == LIMIT_REFUSED);
	law_free(law);
}

Test(evaluation, words_of_inputs_choose)
{
	struct law *const law = law_of(
		FORM "input k \"k\" one_of a b c default b\n"
		     "input c \"c\" amount or all\n"
		     "input y \"y\" yes_no\n"
		     "line 1 \"a\" = if k is a then 1 else if k in (b, c) then 2 else 3\n"
		     "line 2 \"b\" = if c is all then 100 else c\n"
		     "line 3 \"c\" = if yes(y) then 1 else 0\n"
		     "line 4 \"d\" = if given(c) then 1 else 0\n");
	struct tax_case *const blank = case_begin(law, 2024, "single");
	struct tax_case *const given = case_begin(law, 2024, "single");

	compute(blank, NULL);
	cr_expect(eq(i64, cents_of(blank, "f.1"), 200), "the default");
	cr_expect(eq(i64, cents_of(blank, "f.2"), 0));
	cr_expect(eq(i64, cents_of(blank, "f.4"), 0));
	give_word(given, "k", 0);
	give_word(given, "c", 1);
	give(given, "y", 1);
	compute(given, NULL);
	cr_expect(eq(i64, cents_of(given, "f.1"), 100));
	cr_expect(eq(i64, cents_of(given, "f.2"), 10000));
	cr_expect(eq(i64, cents_of(given, "f.3"), 100));
	cr_expect(eq(i64, cents_of(given, "f.4"), 100));
	case_end(blank);
	case_end(given);
	law_free(law);
}

Test(evaluation, exact_lines_are_not_rounded)
{
	struct law *const law =
		law_of(FORM "input n \"n\" count\ninput x \"x\"\n"
			    "value rate \"r\" = if n > 1 then 2/37 else 26% exact\n"
			    "value twice \"t\" = n + n exact\n"
			    "line 1 \"a\" = rate * x\n");
	struct tax_case *const tax = case_begin(law, 2024, "single");
	struct line_ref line;
	struct fail why;
	int64_t number, by;

	give(tax, "n", 2);
	give(tax, "x", 3700);
	compute(tax, NULL);
	cr_assert(law_line_find(law, 2024, "f.rate", &line, &why));
	return_line_fraction(tax->result, line, &number, &by);
	cr_expect(eq(i64, number * 37, 2 * by));
	cr_expect(eq(i64, exact_of(tax, "f.twice"), 4));
	cr_expect(eq(i64, cents_of(tax, "f.1"), 200));
	case_end(tax);
	law_free(law);
}

/* A range follows the printed numbers of the year, whatever the order of the file. */
Test(evaluation, a_range_is_what_is_printed_in_the_year)
{
	struct law *const law =
		law_of(FORM "line 10 \"j\" = 100000\n"
			    "line 3 \"c\" = 1000\n"
			    "line 1 until 2024 \"a\" = 1\n"
			    "line 1a from 2025 \"a\" = 2\n"
			    "line 1b from 2025 \"a\" = 3\n"
			    "line 2 \"b\" = 10\n"
			    "line 2a \"b\" = 20\n"
			    "value v \"not printed\" = 5000\n"
			    "line 11 until 2024 \"k\" = sum(L1 .. L3)\n"
			    "line 11 from 2025 \"k\" = sum(L1b .. L3)\n"
			    "form g \"G\" \"G\"\nline 1 \"a\" = sum(f.2 .. f.10)\n");
	struct tax_case *const before = case_begin(law, 2024, "single");
	struct tax_case *const after = case_begin(law, 2025, "single");

	compute(before, NULL);
	compute(after, NULL);
	cr_expect(eq(i64, cents_of(before, "f.11"), 103100));
	cr_expect(eq(i64, cents_of(after, "f.11"), 103300));
	cr_expect(eq(i64, cents_of(after, "g.1"), 10103000));
	case_end(before);
	case_end(after);
	law_free(law);
}

Test(evaluation, what_is_not_given_but_read_is_assumed)
{
	struct law *const law = law_of(FORM "input a \"a\"\ninput b \"b\"\ninput c "
					    "\"c\"\ninput d \"d\"\ninput e \"e\"\n"
					    "line 1 \"a\" = if a > 1 then b else c\n"
					    "line 2 \"b\" when a > 1 = d\n"
					    "line 3 \"c\" = if given(e) then e else 0\n");
	struct tax_case *const tax = case_begin(law, 2024, "single");

	give(tax, "a", 0);
	compute(tax, NULL);
	const char *const *const assumed = return_assumptions(tax->result, &tax->pool);

	cr_assert(assumed[0] != NULL);
	cr_expect_str_eq(assumed[0], "c");
	cr_expect(assumed[1] == NULL,
		"the branch not taken and the blank line read nothing");
	case_end(tax);
	law_free(law);
}

Test(evaluation, a_line_says_where_its_figure_is_from)
{
	struct law *const law = law_of(FORM
		"input a \"a\"\ninput b \"b\"\n"
		"parameter p \"p\"\n    year source\n    2018- 5 \"s\"\n"
		"line 1 \"a\" = a\nline 2 \"b\" = b\nline 3 \"c\" = p\nline 4 \"d\" = a "
		"+ b\n"
		"line 5 \"e\" = f@prior.4 else a\nline 6 \"f\" = - (f@prior.4 else 0)\n");
	struct tax_case *const before = case_begin(law, 2023, "single");
	struct tax_case *const tax = case_begin(law, 2024, "single");
	static const enum value_status want[] = { VALUE_ENTERED, VALUE_ASSUMED,
		VALUE_CONSTANT, VALUE_COMPUTED, VALUE_CARRIED, VALUE_CARRIED };

	compute(before, NULL);
	give(tax, "a", 100);
	compute(tax, before->result);
	for (size_t i = 0; i < COUNT(want); i++)
		cr_expect(return_line(tax->result, (struct line_ref){ (uint32_t)i })
					.status == want[i],
			"line %zu", i + 1);
	case_end(tax);
	case_end(before);
	law_free(law);
}

Test(evaluation, figures_beyond_the_limits_are_refused_not_wrapped)
{
	struct law *const law = law_of(FORM "input x \"x\"\ninput n \"n\" count\n"
					    "line 1 \"a\" = 99999999% * x\n"
					    "line 2 \"b\" = f@prior.1 else 0\n");
	struct tax_case *const tax = case_begin(law, 2024, "single");
	struct tax_case *const next = case_begin(law, 2025, "single");
	struct fail why;

	give(tax, "x", MONEY_LIMIT_CENTS + 1);
	cr_expect(not(
		return_evaluate(law, &tax->input, NULL, &tax->result, &tax->pool, &why)));
	cr_expect_str_eq(why.message,
		"x is beyond what is computed (want at most a trillion dollars)");
	give(tax, "x", MONEY_LIMIT_CENTS);
	cr_expect(not(
		return_evaluate(law, &tax->input, NULL, &tax->result, &tax->pool, &why)));
	cr_expect_str_eq(why.message, "f.1 is beyond what can be kept exactly");
	give(tax, "x", MONEY_LIMIT_CENTS / 1000);
	compute(tax, NULL);
	cr_expect(not(return_evaluate(
		law, &next->input, tax->result, &next->result, &next->pool, &why)));
	cr_expect_str_eq(why.message,
		"f.1 of 2024 is beyond what can be carried to the next year");
	give(tax, "x", 0);
	give(tax, "n", 1000001);
	cr_expect(not(
		return_evaluate(law, &tax->input, NULL, &tax->result, &tax->pool, &why)));
	cr_expect_str_eq(why.message,
		"n is beyond what is computed (want a count of 0 to 1000000)");
	case_end(next);
	case_end(tax);
	law_free(law);
}

/* With every figure at its limit, the program's own definitions still answer or refuse. */
Test(evaluation, extremes_do_not_overflow)
{
	struct law *const law = case_law();

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
		for (int sign = -1; sign <= 1; sign += 2)
			for (int status = 0; status < STATUSES; status++) {
				struct tax_case *const tax = case_begin(law, year,
					status_name((enum filing_status)status));
				struct fail why = { 0 };

				for (size_t i = 0; i < law_inputs(law); i++)
					if (law_input(law, i)->kind == INPUT_AMOUNT)
						tax->entered[i] = (struct entered){
							.given = true,
							.amount.cents =
								sign * MONEY_LIMIT_CENTS
						};
				if (return_evaluate(law, &tax->input, NULL, &tax->result,
					    &tax->pool, &why))
					cr_expect(cents_of(tax, "6251.11") >= 0);
				else
					cr_expect(why.kind == FAIL_NOT_MODELLED ||
							why.kind == FAIL_BAD_INPUT,
						"%s", why.message);
				case_end(tax);
			}
	law_free(law);
}

Test(evaluation, names_of_lines_and_inputs_are_found_or_named_nearby)
{
	struct law *const law = law_of(
		"form f6251 \"F\" \"F\" per book\nline 2k \"k\" = 1\n"
		"line agi \"a\" = 1 printed \"11a\" from 2024\ninput wages \"w\"\n");
	static const struct {
		const char *id, *message, *hint;
	} cases[] = {
		{ "f6251.2k", NULL, NULL },
		{ "6251.2k", NULL, NULL },
		{ "6251@amt.2k", NULL, NULL },
		{ "f6251@regular.agi", NULL, NULL },
		{ "6251.11a", NULL, NULL },
		{ "6252.2k", "unknown form \"6252\" in 2024", "did you mean \"f6251\"?" },
		{ "6251.2j", "form f6251 has no line \"2j\" in 2024",
			"did you mean \"2k\"?" },
		{ "agi", "\"agi\" is not a line (want FORM.LINE, such as f6251.4)", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct line_ref line;
		struct fail why = { 0 };
		const bool found = law_line_find(law, 2024, cases[i].id, &line, &why);

		cr_expect(found == (cases[i].message == NULL), "%s", cases[i].id);
		if (found)
			continue;
		cr_expect(why.kind == FAIL_USAGE);
		cr_expect_str_eq(why.message, cases[i].message);
		cr_expect_str_eq(why.hint, cases[i].hint);
	}
	size_t index;
	struct fail why;

	cr_expect(not(law_input_find(law, "wage", &index, &why)));
	cr_expect_str_eq(why.message, "unknown input \"wage\"");
	cr_expect_str_eq(why.hint, "did you mean \"wages\"?");
	cr_expect(
		not(law_line_find(law, 2017, "6251.2k", &(struct line_ref){ 0 }, &why)));
	cr_expect_str_eq(
		why.message, "the year 2017 is not defined, wanted 2018 to 2026");
	law_free(law);
}
