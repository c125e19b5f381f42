/*
 * Single years against tests/vectors/annual.csv: cents, the Tax Table, trust A rows.
 * Trust A: at least two independent programs agree on what is expected.
 */
#include "tests/forms/case.h"

static const struct {
	const char *column, *line;
} wanted[] = {
	{ "want_agi", "f1040.agi" },
	{ "want_taxable_income", "f1040.taxable_income" },
	{ "want_regular_tax", "f1040.tax" },
	{ "want_amti", "f6251.4" },
	{ "want_exemption", "f6251.5" },
	{ "want_amt_base", "f6251.6" },
	{ "want_tentative_minimum_tax", "f6251.9" },
	{ "want_amt", "f6251.11" },
	{ "want_line2k", "f6251.2k" },
	{ "want_niit", "f8960.17" },
	{ "want_additional_medicare", "f8959.18" },
};

static struct tax_case *row_case(
	const struct law *law, const struct table *table, size_t row)
{
	struct tax_case *const tax =
		case_begin(law, atoi(table_cell(table, row, "year")),
			table_cell(table, row, "status"));

	for (size_t i = 0; i < table->columns; i++) {
		const char *const name = table->row[i];
		size_t index;
		struct fail why;

		if (strncmp(name, "want_", 5) != 0 &&
			law_input_find(law, name, &index, &why))
			case_give(tax, name, table->row[row * table->columns + i]);
	}
	case_evaluate(tax, NULL);
	return tax;
}

static void years(int first, int last, size_t least)
{
	struct law *const law = case_law();
	struct table table = table_read("tests/vectors/annual.csv");
	size_t rows = 0;

	for (size_t row = 1; row < table.rows; row++) {
		const int year = atoi(table_cell(&table, row, "year"));

		if (year < first || year > last ||
			strcmp(table_cell(&table, row, "trust"), "A") != 0)
			continue;
		struct tax_case *const tax = row_case(law, &table, row);

		for (size_t i = 0; i < COUNT(wanted); i++)
			cr_expect(eq(i64, case_cents(tax, wanted[i].line),
					  case_money(table_cell(&table, row, wanted[i].column))
						  .cents),
				"%s %d %s", table_cell(&table, row, "id"), year,
				wanted[i].line);
		case_end(tax);
		rows++;
	}
	cr_expect(rows >= least, "%zu rows from %d to %d", rows, first, last);
	table_end(&table);
	law_free(law);
}

Test(annual, of_2018_to_2021)
{
	years(2018, 2021, 700);
}

Test(annual, of_2022_to_2023)
{
	years(2022, 2023, 300);
}

Test(annual, of_2024_to_2025)
{
	years(2024, 2025, 300);
}

Test(annual, of_2026_by_the_drafts)
{
	years(2026, 2026, 140);
}
