/* Amounts as they are printed, and the table of what the fields of official forms are for. */
#include "forms/figure_file.h"

#include "forms/file/reading.h"
#include "tests/forms/case.h"

Test(figure_file, amounts_as_printed)
{
	static const struct {
		const char *printed, *plain;
	} cases[] = {
		{ "1234", "1234" },
		{ "1,234", "1234" },
		{ "$1,234.50", "1234.50" },
		{ "1,234.", "1234" },
		{ "-1,234", "-1234" },
		{ "-$1,234", "-1234" },
		{ "(1,234)", "-1234" },
		{ "($1,234.50)", "-1234.50" },
		{ "( 1,234)", "-1234" },
		{ "1,234,567", "1234567" },
		{ "0", "0" },
		/* What is no amount stays, to be shown as it was. */
		{ "1,23", "1,23" },
		{ "12345,678", "12345,678" },
		{ "(1,234", "(1,234" },
		{ "mfj", "mfj" },
		{ "2025-04-11", "2025-04-11" },
		{ "", "" },
	};
	struct pool pool = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const plain = amount_plain(cases[i].printed, &pool);

		cr_expect(strcmp(plain, cases[i].plain) == 0, "%s: %s", cases[i].printed,
			plain);
	}
	pool_release(&pool);
}

/* Every line that the table names is a line of that year. */
Test(figure_file, every_field_has_a_line)
{
	static const struct {
		const char *title;
		int from, until;
		size_t count;
	} forms[] = {
		{ "Form 1040", 2020, 2024, 18 },
		{ "Form 1040", 2025, 2025, 19 },
		{ "Schedule 2 (Form 1040)", 2020, 2020, 2 },
		{ "Schedule 2 (Form 1040)", 2021, 2025, 4 },
		{ "Schedule 3 (Form 1040)", 2021, 2025, 1 },
		{ "Schedule D (Form 1040)", 2020, 2025, 13 },
		{ "Form 6251", 2021, 2024, 59 },
		{ "Form 6251", 2025, 2025, 60 },
	};
	struct law *const law = case_law();
	struct pool pool = { 0 };

	for (size_t i = 0; i < COUNT(forms); i++)
		for (int year = forms[i].from; year <= forms[i].until; year++) {
			struct pdf_use *use;
			size_t count;
			struct fail why;

			if (!pdf_uses(
				    law, year, forms[i].title, &use, &count, &pool, &why))
				cr_fatal("%s of %d: %s", forms[i].title, year,
					why.message);
			cr_expect(eq(sz, count, forms[i].count), "%s of %d",
				forms[i].title, year);
			for (size_t k = 0; k < count; k++) {
				struct line_ref line;

				cr_expect(strcmp(use[k].id, "withheld") == 0 ||
						law_line_find(law, year, use[k].id, &line,
							&why),
					"%s of %d: %s", forms[i].title, year, use[k].id);
			}
		}
	pool_release(&pool);
	law_free(law);
}

Test(figure_file, what_the_table_does_not_have_is_said)
{
	struct law *const law = case_law();
	struct pool pool = { 0 };
	struct pdf_use *use;
	size_t count;
	struct fail why;

	cr_assert(not(pdf_uses(law, 2024, "Form 8801", &use, &count, &pool, &why)));
	cr_expect(eq(int, why.kind, FAIL_NOT_MODELLED));
	cr_expect(strstr(why.message, "known are Form 1040, Schedule 2") != NULL, "%s",
		why.message);
	cr_assert(not(pdf_uses(law, 2020, "Form 6251", &use, &count, &pool, &why)));
	cr_expect(strstr(why.message, "known are the years 2021 2022 2023 2024 2025") !=
			NULL,
		"%s", why.message);
	pool_release(&pool);
	law_free(law);
}
