/*
 * Explanations: that every line of every year can be explained and verified, that the arithmetic
 * as printed is true (read by a calculator that knows nothing of the engine), and what is said.
 */
#include <math.h>

#include "tests/forms/little.h"

/* ---- a calculator for printed arithmetic ---- */

struct calculator {
	const char *at;
	bool good;
};

static long double sum(struct calculator *c);

static void blanks(struct calculator *c)
{
	while (*c->at == ' ')
		c->at++;
}

static bool taken(struct calculator *c, const char *sign)
{
	blanks(c);
	if (strncmp(c->at, sign, strlen(sign)) != 0)
		return false;
	c->at += strlen(sign);
	return true;
}

/* 1,234.50  26%  2/37 */
static long double figure(struct calculator *c)
{
	long double value = 0, scale = 1;
	bool after = false, any = false;

	for (;; c->at++) {
		if (*c->at >= '0' && *c->at <= '9') {
			value = value * 10 + (*c->at - '0');
			scale *= after ? 10 : 1;
			any = true;
		} else if (*c->at == '.' && !after && c->at[1] >= '0' &&
			c->at[1] <= '9') {
			after = true;
		} else if (*c->at != ',' || c->at[1] < '0' || c->at[1] > '9') {
			break;
		}
	}
	c->good = c->good && any;
	if (taken(c, "%"))
		scale *= 100;
	return value / scale;
}

static long double half_away(long double x)
{
	return roundl(x + copysignl(1e-9L, x));
}

static long double function(struct calculator *c, const char *name)
{
	long double value = sum(c), next;

	while (taken(c, ",")) {
		next = sum(c);
		if (strcmp(name, "max") == 0)
			value = next > value ? next : value;
		else if (strcmp(name, "min") == 0)
			value = next < value ? next : value;
		else if (strcmp(name, "round") == 0)
			value = half_away(value / next) * next;
		else
			value = floorl(value / next + 1e-12L) * next;
	}
	if (strcmp(name, "abs") == 0)
		value = fabsl(value);
	c->good = taken(c, ")") && c->good;
	return value;
}

static long double atom(struct calculator *c)
{
	static const char *const names[] = { "max", "min", "abs", "round", "floor" };
	long double value;

	if (taken(c, "-"))
		return -atom(c);
	if (taken(c, "(")) {
		value = sum(c);
		c->good = taken(c, ")") && c->good;
		return value;
	}
	for (size_t i = 0; i < COUNT(names); i++)
		if (taken(c, names[i])) {
			c->good = taken(c, "(") && c->good;
			return function(c, names[i]);
		}
	return figure(c);
}

static long double product(struct calculator *c)
{
	long double value = atom(c);

	for (;;)
		if (taken(c, "* "))
			value *= atom(c);
		else if (taken(c, "/"))
			value /= atom(c);
		else
			return value;
}

static long double sum(struct calculator *c)
{
	long double value = product(c);

	for (;;)
		if (taken(c, "+ "))
			value += product(c);
		else if (taken(c, "- "))
			value -= product(c);
		else
			return value;
}

/* "26% * 17,001.00 = 4,420.26, rounded" */
static void check_numbers(const struct why *why, bool cents)
{
	struct calculator printed = { why->numbers, true };
	const long double value = sum(&printed);
	struct calculator text = { why->text, true };
	const long double want = sum(&text);
	long double exact = want;
	bool rounded = false;

	if (taken(&printed, "="))
		exact = sum(&printed);
	if (strncmp(printed.at, "...", 3) == 0)
		printed.at += 3;
	rounded = taken(&printed, ", rounded");
	if (strncmp(text.at, "...", 3) == 0)
		text.at += 3;
	blanks(&printed);
	cr_expect(printed.good && text.good && *printed.at == '\0' && *text.at == '\0',
		"%s of %d: \"%s\" as \"%s\"", why->name, why->year, why->numbers,
		why->text);
	const long double most = 1e-6L + fabsl(value) * 1e-12L;
	const long double step = cents ? 0.005L : 0.5L;

	cr_expect(fabsl(value - (rounded ? want : exact)) <= most + (rounded ? step : 0),
		"%s of %d: \"%s\" is not %s", why->name, why->year, why->numbers,
		why->text);
}

/* ---- trees ---- */

static size_t check_tree(const struct why *why, bool cents)
{
	size_t count = 1;

	cr_expect(why->name != NULL && why->label != NULL && why->text != NULL);
	if (why->kind == WHY_PARAMETER)
		cr_expect(why->law != NULL && *why->law != '\0', "%s has no source",
			why->name);
	if (why->numbers != NULL)
		check_numbers(why, cents);
	if (why->kind == WHY_LINE || why->kind == WHY_FUNCTION)
		cr_expect(why->formula != NULL, "%s", why->name);
	if (why->kind == WHY_INPUT || why->kind == WHY_PARAMETER ||
		why->kind == WHY_LEDGER)
		cr_expect(why->formula == NULL && why->children == 0, "%s", why->name);
	for (size_t i = 0; i < why->children; i++)
		count += check_tree(why->child[i], cents);
	return count;
}

static struct why *explain(struct tax_case *tax, const char *id, bool all, int depth)
{
	struct line_ref line;
	struct fail why;

	cr_assert(law_line_find(tax->law, tax->input.year, id, &line, &why), "%s",
		why.message);
	return return_explain(tax->result, line, all, depth, &tax->pool);
}

/* Every line of a drawn return: the tree is whole, its arithmetic true. */
static void check_every_line(struct tax_case *tax, size_t *trees)
{
	const char *const *forms = law_forms(tax->law, tax->input.year, &tax->pool);
	struct fail why;

	for (; *forms != NULL; forms++) {
		const struct line_ref *line;
		size_t count;

		cr_assert(law_form_lines(
			tax->law, tax->input.year, *forms, &line, &count, &why));
		for (size_t i = 0; i < count; i++)
			for (int all = 0; all < 2; all++) {
				struct pool pool = { 0 };
				const struct why *const tree = return_explain(
					tax->result, line[i], all, -1, &pool);

				cr_expect(why_verify(tree, &why), "%s", why.message);
				if (++*trees % 7 == 0)
					check_tree(tree, tax->input.cents);
				pool_release(&pool);
			}
	}
}

Test(explanation, every_line_of_every_year_is_explained_and_verified, .timeout = 300)
{
	struct law *const law = case_law();
	uint64_t state = 2024;
	size_t trees = 0;

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
		for (int done = 0; done < 2;) {
			struct tax_case *before, *tax;
			const bool cents = draw_below(&state, 2);

			if (draw_pair(law, year, cents, &state, &before, &tax)) {
				check_every_line(tax, &trees);
				done++;
			}
			end_pair(before, tax);
		}
	cr_expect(trees > 9 * 2 * 2 * 300, "%zu trees", trees);
	law_free(law);
}

/* ---- what is said ---- */

static const char exemption[] =
	"form f6251 \"Form 6251\" \"AMT\"\n"
	"input income \"Income\"\n"
	"input spouse \"Spouse\" yes_no\n"
	"parameter amt_exemption \"AMT exemption\" by status\n"
	"    year  single mfj mfs hoh qss source\n"
	"    2024  85700 133300 66650 85700 133300 \"Form 6251 (2024), line 5\"\n"
	"parameter start \"Start\" by status\n"
	"    year  single mfj mfs hoh qss source\n"
	"    2024  609350 1218700 609350 609350 1218700 \"Form 6251 (2024), line 5\"\n"
	"parameter rate \"Rate\" rate\n"
	"    year source\n"
	"    2018-2025 25% \"IRC 55(d)(3)\"\n"
	"    2026-     50% \"IRC 55(d)(3)\"\n"
	"line 4 in 2024 \"AMTI\" = input.income law \"IRC 55(b)\" note \"a note\"\n"
	"line 5 in 2024 \"Exemption\" = if L4 > start then worksheet(L4) else "
	"amt_exemption\n"
	"line 6 in 2024 \"Over it\" = max(0, L4 - L5)\n"
	"line 7 in 2024 \"Tax\" = 26% * L6\n"
	"line 8 in 2024 \"Blank\" when status is mfs and yes(spouse) = L7\n"
	"function worksheet(x) \"Exemption left\" = max(0, amt_exemption - rate * (x - "
	"start))\n";

Test(explanation, the_side_that_decided_and_what_would_change_it_are_named)
{
	struct law *const law = law_of(exemption);
	static const struct {
		int64_t income;
		const char *line, *formula, *numbers, *branch;
	} cases[] = {
		{ 32000000, "6251.5",
			"if L4 > start then worksheet(L4) else amt_exemption",
			"85,700.00",
			"L4 > start: no (320,000.00 against 609,350.00; yes if L4 rises "
			"by "
			"more than 289,350.00)" },
		{ 70000000, "6251.5",
			"if L4 > start then worksheet(L4) else amt_exemption",
			"63,037.50, rounded",
			"L4 > start: yes (700,000.00 > 609,350.00; no if L4 falls by "
			"90,650.00)" },
		{ 32000000, "6251.6", "max(0, L4 - L5)", "max(0, 320,000.00 - 85,700.00)",
			"max takes L4 - L5, 234,300.00 above 0" },
		{ 100, "6251.6", "max(0, L4 - L5)", "max(0, 1.00 - 85,700.00)",
			"max takes 0, 85,699.00 above L4 - L5" },
		{ 8570200, "6251.7", "26% * L6", "26% * 2.00 = 0.52, rounded", NULL },
		{ 8579000, "6251.7", "26% * L6", "26% * 90.00 = 23.40, rounded", NULL },
		{ 100, "6251.8", "L7", NULL,
			"not filled in: status is mfs: no (it is single)" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tax_case *const tax = case_begin(law, 2024, "single");

		tax->input.cents = false;
		give(tax, "income", cases[i].income);
		compute(tax, NULL);
		const struct why *const why = explain(tax, cases[i].line, false, -1);

		cr_expect_str_eq(why->formula, cases[i].formula);
		if (cases[i].numbers == NULL)
			cr_expect(why->numbers == NULL && *why->text == '\0');
		else
			cr_expect_str_eq(why->numbers, cases[i].numbers);
		if (cases[i].branch == NULL)
			cr_expect(why->branch == NULL);
		else
			cr_expect_str_eq(why->branch, cases[i].branch);
		case_end(tax);
	}
	law_free(law);
}

Test(explanation, a_tree_goes_down_to_what_was_entered_and_to_sources)
{
	struct law *const law = law_of(exemption);
	struct tax_case *const tax = case_begin(law, 2024, "mfj");

	give(tax, "income", 150000000);
	compute(tax, NULL);
	const struct why *const line5 = explain(tax, "6251.5", false, -1);

	cr_assert(line5->kind == WHY_LINE && line5->children == 3);
	const struct why *const line4 = line5->child[0], *const start = line5->child[1],
				*const worksheet = line5->child[2];

	cr_expect_str_eq(line4->name, "6251.4");
	cr_expect_str_eq(line4->law, "IRC 55(b)");
	cr_expect_str_eq(line4->note, "a note");
	cr_assert(line4->children == 1 && line4->child[0]->kind == WHY_INPUT);
	cr_expect_str_eq(line4->child[0]->name, "income");
	cr_expect_str_eq(line4->child[0]->text, "1,500,000.00");
	cr_expect(line4->child[0]->value.status == VALUE_ENTERED);
	cr_expect(start->kind == WHY_PARAMETER);
	cr_expect_str_eq(start->text, "1,218,700.00");
	cr_expect_str_eq(start->law, "Form 6251 (2024), line 5");
	cr_assert(worksheet->kind == WHY_FUNCTION && worksheet->children == 4);
	cr_expect_str_eq(worksheet->name, "worksheet");
	cr_expect_str_eq(worksheet->label, "Exemption left");
	cr_expect_str_eq(
		worksheet->formula, "max(0, amt_exemption - rate * (L4 - start))");
	cr_expect_str_eq(worksheet->numbers,
		"max(0, 133,300.00 - 25% * (1,500,000.00 - 1,218,700.00))");
	cr_expect_str_eq(worksheet->child[1]->text, "25%");
	cr_expect(worksheet->child[2]->repeated, "line 4 was explained above");
	cr_expect(worksheet->child[2]->children == 0);
	case_end(tax);
	law_free(law);
}

Test(explanation, depth_cuts_the_tree)
{
	struct law *const law = law_of(exemption);
	struct tax_case *const tax = case_begin(law, 2024, "mfj");
	struct fail why;

	compute(tax, NULL);
	const struct why *const none = explain(tax, "6251.6", true, 0);
	const struct why *const one = explain(tax, "6251.6", true, 1);

	cr_expect(none->cut && none->children == 0);
	cr_expect(one->children == 2 && !one->cut);
	cr_expect(one->child[0]->cut && one->child[0]->children == 0);
	cr_expect(why_verify(none, &why) && why_verify(one, &why));
	case_end(tax);
	law_free(law);
}

Test(explanation, an_entered_line_says_what_it_stands_for)
{
	struct law *const law = law_of(exemption);
	struct tax_case *const tax = case_begin(law, 2024, "mfj");

	give(tax, "income", 150000000);
	enter(tax, "6251.5", 10000);
	compute(tax, NULL);
	const struct why *const line5 = explain(tax, "6251.5", false, -1);

	cr_expect(line5->formula == NULL && line5->children == 0);
	cr_expect_str_eq(line5->branch, "entered by hand in place of 62,975.00");
	cr_expect_str_eq(line5->text, "100.00");
	case_end(tax);
	law_free(law);
}

Test(explanation, last_years_line_is_explained_in_last_year)
{
	struct law *const law = law_of("form f8801 \"F\" \"F\"\ninput x \"x\"\n"
				       "line 19 \"carried\" = f8801@prior.26 else 0\n"
				       "line 26 \"left\" = L19 + x\n");
	struct tax_case *const before = case_begin(law, 2023, "single");
	struct tax_case *const tax = case_begin(law, 2024, "single");
	struct fail fail;

	give(before, "x", 500);
	compute(before, NULL);
	give(tax, "x", 100);
	compute(tax, before->result);
	const struct why *const left = explain(tax, "8801.26", false, -1);

	cr_assert(left->children == 2);
	const struct why *const carried = left->child[0];

	cr_expect_str_eq(carried->formula, "f8801@prior.26 else 0");
	cr_expect(carried->value.status == VALUE_CARRIED);
	cr_assert(carried->children == 1);
	cr_expect(carried->child[0]->kind == WHY_PRIOR_LINE);
	cr_expect(carried->child[0]->year == 2023);
	cr_expect_str_eq(carried->child[0]->name, "8801.26");
	cr_expect_str_eq(carried->child[0]->numbers, "0.00 + 5.00");
	cr_assert(carried->child[0]->children == 1);
	cr_expect(carried->child[0]->child[0]->kind == WHY_INPUT);
	cr_expect(why_verify(left, &fail), "%s", fail.message);
	case_end(tax);
	case_end(before);
	law_free(law);
}

/* Verification is no formality: a changed figure anywhere is found. */
Test(explanation, a_changed_figure_does_not_verify)
{
	struct law *const law = law_of(exemption);
	struct tax_case *const tax = case_begin(law, 2024, "mfj");
	struct fail fail;

	give(tax, "income", 150000000);
	compute(tax, NULL);
	for (int all = 0; all < 2; all++) {
		struct why *const line6 = explain(tax, "6251.6", all, -1);
		struct why *const line4 = line6->child[0];

		cr_expect(why_verify(line6, &fail), "%s", fail.message);
		line4->child[0]->value.amount.cents += 100;
		cr_expect(not(why_verify(line6, &fail)));
		cr_expect(fail.kind == FAIL_FINDINGS);
		cr_expect_str_eq(fail.message,
			"6251.4 of 2024 is 1,500,000.00, but its parts give "
			"1,500,001.00");
		line4->child[0]->value.amount.cents -= 100;
		line6->value.amount.cents--;
		cr_expect(not(why_verify(line6, &fail)));
		line6->value.amount.cents++;
		line6->children--;
		cr_expect(not(why_verify(line6, &fail)));
		cr_expect_str_eq(fail.message,
			"6251.6 of 2024 rests on a figure that is not shown");
		line6->children++;
		cr_expect(why_verify(line6, &fail));
	}
	case_end(tax);
	law_free(law);
}
