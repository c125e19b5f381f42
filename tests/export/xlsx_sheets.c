/* The workbook: calculated anew by LibreOffice, every cell is what we wrote beside it. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/export/recalculate.h"
#include "tests/export/sample.h"

static void write_xlsx(const char *path, int rows)
{
	struct pool pool = { 0 };
	struct report report;
	struct fail why = { 0 };

	sample_report(&report, &pool, rows);
	cr_assert(report_xlsx(&report, path, &why), "%s", why.message);
	pool_release(&pool);
}

Test(xlsx, every_cell_calculated_anew_is_what_was_written)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text csv = TEXT_EMPTY;

	need_program("soffice");
	const char *const path = pool_printf(&pool, "%s/x.xlsx", make_folder(folder));

	write_xlsx(path, 100);
	const int cells = expect_recalculated(folder, path, &csv);

	cr_expect(cells > 9 * 100, "%d cells", cells);
	cr_expect(
		strstr(csv.at, "4,Alternative minimum taxable income,163500\n") != NULL);
	cr_expect(strstr(csv.at, "L1,03/01/2022,10000,61.123456,26%,pass\n") != NULL);
	text_release(&csv);
	remove_folder(folder);
	pool_release(&pool);
}

/* A wrong value beside a formula must be found, or the test above proves nothing. */
Test(xlsx, a_wrong_value_would_be_found)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text cached = TEXT_EMPTY, calculated = TEXT_EMPTY;
	struct fail why = { 0 };
	static const struct column column[] = { { .title = "A" } };

	need_program("soffice");
	const char *const path = pool_printf(&pool, "%s/x.xlsx", make_folder(folder));
	struct report report;

	report_init(&report, &pool, "Wrong");
	struct table *const table = section_table(
		report_section(&report, "S", "S"), &pool, NULL, column, COUNT(column));
	struct cell *const cell = table_row(table, &pool);

	cell[0] = cell_money(dollars(999));
	cell[0].formula = "1+1";
	cr_assert(report_xlsx(&report, path, &why), "%s", why.message);
	sheets_of(folder, path, 1, &cached);
	sheets_of(folder, path, 0, &calculated);
	cr_expect(strstr(cached.at, "\n999\n") != NULL, "%s", cached.at);
	cr_expect(strstr(calculated.at, "\n2\n") != NULL, "%s", calculated.at);
	text_release(&cached);
	text_release(&calculated);
	remove_folder(folder);
	pool_release(&pool);
}
