/* The names that scripts rely on: columns of compute, words of Form 1040, ids of lines. */
#include "tests/forms/case.h"

static const char *const columns[] = { "wages", "taxable_interest", "ordinary_dividends",
	"qualified_dividends", "short_term_gain", "long_term_gain", "other_income",
	"adjustments", "state_refund", "salt_paid", "itemized_other", "deduction",
	"iso_spread", "amt_short_term_difference", "amt_long_term_difference",
	"short_term_carryover", "long_term_carryover", "amt_short_term_carryover",
	"amt_long_term_carryover", "private_activity_interest", "qsbs_preference",
	"investment_interest_difference", "other_amt_adjustment",
	"other_nonrefundable_credits", "credit_carryforward", "amt_ordinary_difference",
	"other_exclusion_adjustment", "compensation_in_wages", "medicare_wages",
	"prior_status", "prior_f6251_1", "prior_f6251_2a", "prior_f6251_2b",
	"prior_f6251_2c", "prior_f6251_2d", "prior_f6251_2e", "prior_f6251_2g",
	"prior_f6251_2h", "prior_f6251_10", "prior_f6251_11", "prior_qdcg_4",
	"prior_qdcg_5", "f8801_line28" };

Test(names, of_inputs_are_all_there)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(columns); i++) {
		struct fail why;
		size_t index;

		cr_expect(
			law_input_find(law, columns[i], &index, &why), "%s", columns[i]);
	}
	for (size_t i = 0; i < law_inputs(law); i++)
		cr_expect(law_input(law, i)->what[0] != '\0', "%s",
			law_input(law, i)->name);
	law_free(law);
}

static const char *const lines[] = { "f1040.wages", "f1040.capital", "f1040.agi",
	"f1040.deductions", "f1040.taxable_income", "f1040.taxable_income_signed",
	"f1040.tax", "f1040.amt", "f1040.credits", "f1040.niit",
	"f1040.additional_medicare", "f1040.total_tax", "f6251.2a", "f6251.2b",
	"f6251.2i", "f6251.2k", "f6251.4", "f6251.11", "f6251.40", "6251.2k", "8801.26",
	"f8801.18", "f8801.25", "f8801.55", "schedule_d.16", "schedule_d@amt.16",
	"schedule_d.allowed", "f8959.18", "f8960.17", "qdcg@amt.4",
	"loss_carryover@amt.13" };

Test(names, of_lines_are_there_in_every_year)
{
	struct law *const law = case_law();

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
		for (size_t i = 0; i < COUNT(lines); i++) {
			struct line_ref line;
			struct fail why;

			cr_expect(law_line_find(law, year, lines[i], &line, &why),
				"%d %s", year, lines[i]);
		}
	law_free(law);
}

/* A word on Form 1040 says where it is printed, in the years in which it is. */
Test(names, of_form_1040_say_their_printed_line)
{
	static const struct {
		const char *line;
		int year;
		const char *printed;
	} cases[] = {
		{ "f1040.wages", 2021, "1" },
		{ "f1040.wages", 2022, "1z" },
		{ "f1040.capital", 2019, "6" },
		{ "f1040.capital", 2024, "7" },
		{ "f1040.capital", 2025, "7a" },
		{ "f1040.agi", 2018, "7" },
		{ "f1040.agi", 2020, "11" },
		{ "f1040.agi", 2025, "11a" },
		{ "f1040.standard_or_itemized", 2021, "12a" },
		{ "f1040.standard_or_itemized", 2025, "12e" },
		{ "f1040.taxable_income", 2019, "11b" },
		{ "f1040.tax", 2018, "11a" },
		{ "f1040.tax", 2025, "16" },
		{ "f1040.total_tax", 2025, "24" },
	};
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct line_ref line;
		struct fail why;

		cr_assert(law_line_find(law, cases[i].year, cases[i].line, &line, &why));
		const struct line_words words = law_line_words(law, cases[i].year, line);

		cr_expect(words.printed != NULL &&
				strcmp(words.printed, cases[i].printed) == 0,
			"%s of %d", cases[i].line, cases[i].year);
	}
	law_free(law);
}

/* 2026 rests on drafts and says so on every form; the years before do not. */
Test(names, of_draft_years_are_marked)
{
	struct law *const law = case_law();

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		struct pool pool = { NULL };
		const char *const *form = law_forms(law, year, &pool);

		for (; *form != NULL; form++) {
			const struct line_ref *line;
			struct fail why;
			size_t count;

			cr_assert(law_form_lines(law, year, *form, &line, &count, &why));
			for (size_t i = 0; i < count; i++)
				cr_expect(eq(int,
						  law_line_words(law, year, line[i])
								  .draft != NULL,
						  year == 2026),
					"%s of %d", *form, year);
		}
		pool_release(&pool);
	}
	law_free(law);
}
