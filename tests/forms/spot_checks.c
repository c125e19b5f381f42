/*
 * Single lines against tests/vectors/spot_checks.csv: published base taxes, Tax Computation
 * Worksheets, examples of instructions. The lines before the one that is checked are entered.
 */
#include "tests/forms/case.h"

/* How an input of a kind reaches the return: as a figure, a line entered by hand, or both. */
static const struct {
	const char *kind, *input, *figure, *line;
} ways[] = {
	{ "regular", "taxable_income", NULL, "f1040.taxable_income" },
	{ "regular_with_gain", "taxable_income", NULL, "f1040.taxable_income" },
	{ "regular_with_gain", "net_capital_gain", "long_term_gain", NULL },
	{ "amt_exemption", "amti", NULL, "f6251.4" },
	{ "amt_mfs_addback", "amti_before", "other_amt_adjustment", NULL },
	{ "tmt", "amt_base", NULL, "f6251.6" },
	{ "amt", "wages", "wages", NULL },
	{ "amt", "iso_spread", "iso_spread", NULL },
	{ "tmt_with_gain", "taxable_income", NULL, "f1040.taxable_income" },
	{ "tmt_with_gain", "net_capital_gain", "long_term_gain", NULL },
	{ "tmt_with_gain", "amti_before_addback", NULL, "f6251.before_increase" },
	{ "amt_with_gain", "taxable_income", NULL, "f1040.taxable_income" },
	{ "amt_with_gain", "net_capital_gain", "long_term_gain", NULL },
	{ "amt_with_gain", "amti_before_addback", NULL, "f6251.before_increase" },
	{ "salt", "paid", "salt_paid", NULL },
	{ "salt", "magi", "other_income", NULL },
	{ "senior", "magi", "other_income", NULL },
	{ "niit", "nii", "taxable_interest", NULL },
	{ "niit", "magi", NULL, "f1040.agi" },
	{ "additional_medicare", "medicare_wages", "medicare_wages", NULL },
};

static const struct {
	const char *kind, *line;
} wanted[] = {
	{ "regular", "f1040.tax" },
	{ "regular_with_gain", "f1040.tax" },
	{ "amt_exemption", "f6251.5" },
	{ "amt_mfs_addback", "f6251.4" },
	{ "tmt", "f6251.9" },
	{ "amt", "f6251.11" },
	{ "tmt_with_gain", "f6251.9" },
	{ "amt_with_gain", "f6251.11" },
	{ "salt", "schedule_a.5e" },
	{ "senior", "schedule_1a.senior" },
	{ "niit", "f8960.17" },
	{ "additional_medicare", "f8959.18" },
};

/* "amti=500000", "one person 65+" or "standard deduction". */
static void give(struct tax_case *tax, const char *kind, const char *input)
{
	const char *const equals = strchr(input, '=');

	if (strcmp(input, "one person 65+") == 0) {
		case_give(tax, "seniors", "1");
		return;
	}
	if (strcmp(input, "standard deduction") == 0) {
		case_give(tax, "deduction", "standard");
		return;
	}
	cr_assert(equals != NULL, "%s", input);
	const size_t length = (size_t)(equals - input);

	for (size_t i = 0; i < COUNT(ways); i++) {
		if (strcmp(ways[i].kind, kind) != 0 || strlen(ways[i].input) != length ||
			strncmp(ways[i].input, input, length) != 0)
			continue;
		if (ways[i].figure != NULL)
			case_give(tax, ways[i].figure, equals + 1);
		if (ways[i].line != NULL)
			case_line(tax, ways[i].line, equals + 1);
		return;
	}
	cr_fatal("%s has no input %s", kind, input);
}

static const char *line_of(const char *kind)
{
	for (size_t i = 0; i < COUNT(wanted); i++)
		if (strcmp(wanted[i].kind, kind) == 0)
			return wanted[i].line;
	cr_fatal("%s is no kind", kind);
	return NULL;
}

Test(spot_checks, agree_to_the_cent)
{
	struct law *const law = case_law();
	struct table table = table_read("tests/vectors/spot_checks.csv");

	for (size_t row = 1; row < table.rows; row++) {
		const char *const kind = table_cell(&table, row, "kind");
		struct tax_case *const tax =
			case_begin(law, atoi(table_cell(&table, row, "year")),
				table_cell(&table, row, "status"));
		char inputs[256];

		snprintf(inputs, sizeof inputs, "%s", table_cell(&table, row, "input"));
		tax->input.schedule = true;
		for (char *next = NULL, *input = strtok_r(inputs, ";", &next);
			input != NULL; input = strtok_r(NULL, ";", &next))
			give(tax, kind, input);
		case_evaluate(tax, NULL);
		cr_expect(eq(i64, case_cents(tax, line_of(kind)),
				  case_money(table_cell(&table, row, "value")).cents),
			"%s %s", table_cell(&table, row, "id"), line_of(kind));
		case_end(tax);
	}
	cr_expect(table.rows == 183, "%zu rows", table.rows);
	table_end(&table);
	law_free(law);
}
