/* Packets of invented households: sheets calculated anew, prints read back, ties that hold. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "export/cell.h"
#include "export/tax_files.h"
#include "tests/export/recalculate.h"
#include "tests/export/years.h"

/* Whole dollars by the Tax Table, to the cent, and by the rate schedule, in turn. */
static const struct chain_options options[STATUSES] = {
	[STATUS_SINGLE] = { 0 },
	[STATUS_MFJ] = { 0 },
	[STATUS_MFS] = { .cents = true },
	[STATUS_HOH] = { .schedule = true },
	[STATUS_QSS] = { .cents = true, .schedule = true },
};

static void invent(struct years *years, enum filing_status status)
{
	years_invent(
		years, status_name(status), 7000 + (uint64_t)status, options[status]);
}

static void write_packet(
	const struct years *years, int year, const char *folder, const char *ending)
{
	struct fail why = { 0 };
	char path[96];

	snprintf(path, sizeof path, "%s/%d%s", folder, year, ending);
	cr_assert(packet_write(&years->household, year, path, &why), "%s: %s", path,
		why.message);
}

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

static void make_report(
	const struct years *years, int year, struct report *report, struct pool *pool)
{
	struct fail why = { 0 };

	report_init(report, pool, "");
	cr_assert(
		report_packet(report, &years->household, year, &why), "%s", why.message);
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

/* All that the PDF should show, in words. */
static void expect_printed(
	const struct report *report, const char *text, struct pool *pool)
{
	for (const struct section *section = section_shown(report->first, MEDIUM_PAPER);
		section != NULL; section = section_shown(section->next, MEDIUM_PAPER))
		for (size_t b = 0; b < section->blocks; b++) {
			if (section->block[b].table == NULL)
				continue;
			const struct table table =
				table_shown(section->block[b].table, MEDIUM_PAPER, pool);

			for (size_t i = 0; i < table.rows * table.columns; i++) {
				const struct cell *const cell =
					&table.row[i / table.columns]
						 .cell[i % table.columns];
				const char *const words =
					cell_words(cell, DIALECT_PRINT, pool);

				if (cell_is_number(cell) || cell->kind == CELL_DAY)
					cr_expect(strstr(text, words) != NULL,
						"%s: %s is not printed", section->id,
						words);
			}
		}
}

Test(packet, every_figure_is_printed)
{
	char folder[32];
	struct years years;

	need_program("pdftotext");
	make_folder(folder);
	invent(&years, STATUS_MFJ);
	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		struct pool pool = { 0 };
		struct report report;
		struct text text = TEXT_EMPTY;

		write_packet(&years, year, folder, ".pdf");
		cr_assert(run(&text, "pdftotext -layout '%s/%d.pdf' - 2>/dev/null",
				  folder, year) == 0);
		make_report(&years, year, &report, &pool);
		expect_printed(&report, text.at, &pool);
		cr_expect(strstr(text.at, "Ada & Ben <Quill>, married filing jointly") !=
			NULL);
		text_release(&text);
		pool_release(&pool);
	}
	years_end(&years);
	remove_folder(folder);
}

Test(packet, every_tie_holds_in_every_year_and_status)
{
	for (enum filing_status status = 0; status < STATUSES; status++) {
		struct years years;

		invent(&years, status);
		for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
			struct pool pool = { 0 };
			struct report report;
			int ties = 0;

			make_report(&years, year, &report, &pool);
			for (const struct section *section = report.first;
				section != NULL; section = section->next) {
				if (strcmp(section->id, "Tie-outs") != 0)
					continue;
				const struct table *const table = section->block[1].table;

				for (size_t r = 0; r < table->rows; r++, ties++)
					cr_expect(strcmp(table->row[r].cell[6].text,
							  "pass") == 0,
						"%s %d: %s: %s", status_name(status),
						year, table->row[r].cell[0].text,
						table->row[r].cell[1].text);
			}
			cr_expect(ties >= 9, "%d ties", ties);
			/* 2026 rests on drafts, and says so; other years are final. */
			cr_expect(report.draft == (year >= 2026), "%d", year);
			pool_release(&pool);
		}
		years_end(&years);
	}
}

Test(packet, equal_households_give_equal_bytes)
{
	static const char *const endings[] = { ".pdf", ".xlsx", ".json", ".csv", ".txf" };
	char folder[32], path[64];

	make_folder(folder);
	for (size_t i = 0; i < COUNT(endings); i++) {
		struct text bytes[2] = { TEXT_EMPTY, TEXT_EMPTY };

		for (int turn = 0; turn < 2; turn++) {
			struct years years;

			invent(&years, STATUS_MFJ);
			write_packet(&years, 2021, folder, endings[i]);
			snprintf(path, sizeof path, "%s/2021%s", folder, endings[i]);
			read_file(path, &bytes[turn]);
			years_end(&years);
		}
		cr_expect(bytes[0].length > 100);
		cr_expect(bytes[0].length == bytes[1].length &&
				memcmp(bytes[0].at, bytes[1].at, bytes[0].length) == 0,
			"%s", endings[i]);
		text_release(&bytes[0]);
		text_release(&bytes[1]);
	}
	remove_folder(folder);
}

Test(packet, an_unknown_ending_is_refused_with_the_known_ones)
{
	struct years years;
	struct fail why = { 0 };

	years_begin(&years);
	years_figure(&years, 2025, "status=single");
	cr_assert(years_compute(&years, (struct chain_options){ 0 }, &why));
	cr_expect(not(packet_write(&years.household, 2025, "/tmp/packet.docx", &why)));
	cr_expect(eq(int, why.kind, FAIL_USAGE));
	cr_expect_str_eq(why.hint, "end the name in one of: .pdf .xlsx .txf .csv .json");
	cr_expect(not(packet_write(&years.household, 2024, "/tmp/packet.pdf", &why)));
	cr_expect(eq(int, why.kind, FAIL_MISSING_FACTS));
	years_end(&years);
}

Test(packet, forms_are_found_as_people_say_them)
{
	static const struct {
		const char *said, *title;
	} cases[] = {
		{ "6251", "Form 6251, 2025" },
		{ "f6251", "Form 6251, 2025" },
		{ "F8801", "Form 8801, 2025" },
		{ "1040", "Form 1040, 2025" },
		{ "schedule_d@amt",
			"Schedule D (Form 1040), refigured for the AMT, 2025" },
	};
	struct years years;
	struct fail why = { 0 };

	years_begin(&years);
	years_figure(&years, 2025, "status=single");
	cr_assert(years_compute(&years, (struct chain_options){ 0 }, &why));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pool pool = { 0 };
		struct report report;

		report_init(&report, &pool, "");
		cr_assert(
			report_form(&report, &years.household, 2025, cases[i].said, &why),
			"%s", why.message);
		cr_expect_str_eq(report.title, cases[i].title);
		pool_release(&pool);
	}
	struct pool pool = { 0 };
	struct report report;

	report_init(&report, &pool, "");
	cr_expect(not(report_form(&report, &years.household, 2025, "6252", &why)));
	cr_expect_str_eq(why.message, "there is no form \"6252\" in 2025");
	cr_expect_str_eq(why.hint, "did you mean f6251?");
	pool_release(&pool);
	years_end(&years);
}
