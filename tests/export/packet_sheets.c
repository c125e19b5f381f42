/* Packets of invented households: LibreOffice calculates their sheets anew. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "tests/export/recalculate.h"
#include "tests/export/years.h"

static void expect_sheets_calculated(enum filing_status status)
{
	char folder[32], workbooks[64];
	struct years years;
	struct text csv = TEXT_EMPTY;

	need_program("soffice");
	make_folder(folder);
	invent(&years, status);
	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
		write_packet(&years, year, folder, ".xlsx");
	snprintf(workbooks, sizeof workbooks, "%s/*.xlsx", folder);
	const int cells = expect_recalculated(folder, workbooks, &csv);

	cr_expect(cells > 9 * 2000, "%d cells", cells);
	cr_expect(strstr(csv.at, "FAIL") == NULL, "a tie fails");
	text_release(&csv);
	years_end(&years);
	remove_folder(folder);
}

Test(packet, sheets_of_single_people_calculated_anew)
{
	expect_sheets_calculated(STATUS_SINGLE);
}

Test(packet, sheets_of_joint_returns_calculated_anew)
{
	expect_sheets_calculated(STATUS_MFJ);
}

Test(packet, sheets_of_separate_returns_calculated_anew)
{
	expect_sheets_calculated(STATUS_MFS);
}

Test(packet, sheets_of_heads_of_household_calculated_anew)
{
	expect_sheets_calculated(STATUS_HOH);
}

Test(packet, sheets_of_surviving_spouses_calculated_anew)
{
	expect_sheets_calculated(STATUS_QSS);
}

/* The cells of a report by their names. */
static struct cell *named_cell(const struct report *report, const char *name)
{
	for (const struct section *section = report->first; section != NULL;
		section = section->next)
		for (size_t b = 0; b < section->blocks; b++) {
			const struct table *const table = section->block[b].table;

			for (size_t i = 0;
				table != NULL && i < table->rows * table->columns; i++) {
				struct cell *const cell =
					&table->row[i / table->columns]
						 .cell[i % table->columns];

				if (cell->name != NULL && strcmp(cell->name, name) == 0)
					return cell;
			}
		}
	return NULL;
}

/*
 * A workbook is alive: with other inputs written into it, its lines become what the engine gives
 * for these inputs. The cached values stay those of the first household.
 */
Test(packet, an_overtyped_workbook_says_what_the_engine_says)
{
	static const char *const asked[] = { "f6251_2k", "f6251_4", "f6251_7", "f6251_11",
		"f8801_25", "f8801_26", "f1040_tax", "f1040_total_tax",
		"schedule_d_amt_16" };
	static const char *const other[] = { "wages=612345.67",
		"qualified_dividends=31000", "ordinary_dividends=44000",
		"long_term_gain=250000", "iso_spread=90000", "salt_paid=12000",
		"itemized_other=64000", "deduction=itemized",
		"private_activity_interest=7777" };
	char folder[32], path[64];
	struct years first, second;
	struct fail why = { 0 };
	struct pool pool = { 0 };
	struct report report, wanted;
	struct text csv = TEXT_EMPTY;

	need_program("soffice");
	make_folder(folder);
	years_begin(&first);
	years_begin(&second);
	years_figure(&first, 2025, "status=mfj");
	years_figure(&first, 2025, "wages=100000");
	years_figure(&second, 2025, "status=mfj");
	for (size_t i = 0; i < COUNT(other); i++)
		years_figure(&second, 2025, other[i]);
	cr_assert(years_compute(&first, (struct chain_options){ 0 }, &why), "%s",
		why.message);
	cr_assert(years_compute(&second, (struct chain_options){ 0 }, &why), "%s",
		why.message);
	make_report(&first, 2025, &report, &pool);
	make_report(&second, 2025, &wanted, &pool);
	int typed = 0;

	for (size_t i = 0; i < law_inputs(first.law); i++) {
		const char *const name =
			pool_printf(&pool, "input_%s", law_input(first.law, i)->name);
		struct cell *const cell = named_cell(&report, name);
		const struct cell *const from = named_cell(&wanted, name);

		if (cell != NULL && from != NULL && cell->formula == NULL) {
			typed += cell->kind != CELL_TEXT &&
				cell->money.cents != from->money.cents;
			*cell = *from;
		}
	}
	cr_expect(typed >= 7, "%d inputs were changed", typed);
	/* One more sheet repeats the lines that are looked at. */
	static const struct column column[] = { { .title = "Line" },
		{ .title = "Value" } };
	struct table *const table =
		section_table(report_section(&report, "Asked", "Asked"), &pool, NULL,
			column, COUNT(column));

	for (size_t i = 0; i < COUNT(asked); i++) {
		struct cell *const cell = table_row(table, &pool);

		cell[0] = cell_text(asked[i]);
		cell[1] = cell_money((struct money){ 0 });
		cell[1].formula = asked[i];
	}
	snprintf(path, sizeof path, "%s/x.xlsx", folder);
	cr_assert(report_xlsx(&report, path, &why), "%s", why.message);
	sheets_of(folder, path, 0, &csv);
	for (size_t i = 0; i < COUNT(asked); i++) {
		const struct cell *const cell = named_cell(&wanted, asked[i]);

		cr_assert(cell != NULL);
		const char *const line = pool_printf(&pool, "\n%s,%lld\n", asked[i],
			(long long)(cell->money.cents / 100));

		cr_expect(strstr(csv.at, line) != NULL, "wanted %s", line);
	}
	text_release(&csv);
	pool_release(&pool);
	years_end(&first);
	years_end(&second);
	remove_folder(folder);
}
