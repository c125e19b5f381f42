/* Packets of invented households: prints read back, ties that hold, bytes that repeat. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "export/cell.h"
#include "export/tax_files.h"
#include "tests/export/run.h"
#include "tests/export/years.h"

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

/* Every word lies between the margins of its page. */
static void expect_within_margins(const char *boxes, int year)
{
	double width = 0, height = 0;
	int words = 0;

	for (const char *at = strchr(boxes, '<'); at != NULL; at = strchr(at + 1, '<')) {
		double x1, y1, x2, y2;

		if (sscanf(at, "<page width=\"%lf\" height=\"%lf\"", &x1, &y1) == 2) {
			width = x1;
			height = y1;
		}
		if (sscanf(at,
			    "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"",
			    &x1, &y1, &x2, &y2) != 4)
			continue;
		words++;
		cr_expect(x1 >= 53 && x2 <= width - 53 && y1 >= 30 && y2 <= height - 25,
			"%d: %.60s", year, at);
	}
	cr_expect(words > 1000, "%d words", words);
}

Test(packet, no_word_leaves_its_page)
{
	char folder[32];
	struct years years;

	need_program("pdftotext");
	make_folder(folder);
	invent(&years, STATUS_MFJ);
	/* 2026 is a draft: the mark across its pages is no word of the text. */
	for (int year = LAW_FIRST_YEAR; year < LAW_LAST_YEAR; year++) {
		struct text boxes = TEXT_EMPTY;

		write_packet(&years, year, folder, ".pdf");
		cr_assert(run(&boxes, "pdftotext -bbox '%s/%d.pdf' - 2>/dev/null", folder,
				  year) == 0);
		expect_within_margins(boxes.at, year);
		text_release(&boxes);
	}
	years_end(&years);
	remove_folder(folder);
}

/* R-127 among them. */
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
