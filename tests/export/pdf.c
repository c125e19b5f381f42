/* The PDF: read back with other programs, every amount is there, on pages that are whole. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/cell.h"
#include "export/font.h"
#include "export/utf8.h"
#include "tests/export/run.h"
#include "tests/export/sample.h"

static void write_pdf(const char *path, int rows)
{
	struct pool pool = { 0 };
	struct report report;
	struct fail why = { 0 };

	sample_report(&report, &pool, rows);
	cr_assert(report_pdf(&report, path, &why), "%s", why.message);
	pool_release(&pool);
}

/* poppler warns of a ToUnicode map of libharu's on stderr. */
static void text_of(const char *folder, const char *options, struct text *text)
{
	cr_assert(
		run(text, "pdftotext %s '%s/x.pdf' - 2>/dev/null", options, folder) == 0);
}

static int occurrences(const char *text, const char *word)
{
	int count = 0;

	for (text = strstr(text, word); text != NULL; text = strstr(text + 1, word))
		count++;
	return count;
}

Test(pdf, is_well_formed)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text out = TEXT_EMPTY;

	need_program("qpdf");
	write_pdf(pool_printf(&pool, "%s/x.pdf", make_folder(folder)), 200);
	cr_expect(run(&out, "qpdf --check '%s/x.pdf' 2>&1", folder) == 0, "%s", out.at);
	cr_expect(strstr(out.at, "WARNING") == NULL, "%s", out.at);
	text_release(&out);
	remove_folder(folder);
	pool_release(&pool);
}

static void expect_cell(const char *text, const struct cell *cell, struct pool *pool)
{
	const char *const words = cell_words(cell, DIALECT_PRINT, pool);

	if (cell_is_number(cell) || cell->kind == CELL_DAY)
		cr_expect(strstr(text, words) != NULL, "%s is not printed", words);
}

Test(pdf, every_figure_of_the_report_is_printed)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text text = TEXT_EMPTY;
	struct report report;

	need_program("pdftotext");
	write_pdf(pool_printf(&pool, "%s/x.pdf", make_folder(folder)), 200);
	text_of(folder, "-layout", &text);
	sample_report(&report, &pool, 200);
	for (const struct section *section = report.first; section != NULL;
		section = section->next) {
		cr_expect(strstr(text.at, section->title) != NULL);
		for (size_t b = 0; b < section->blocks; b++) {
			const struct table *const table = section->block[b].table;

			for (size_t i = 0;
				table != NULL && i < table->rows * table->columns; i++)
				expect_cell(text.at,
					&table->row[i / table->columns]
						 .cell[i % table->columns],
					&pool);
		}
	}
	text_release(&text);
	remove_folder(folder);
	pool_release(&pool);
}

Test(pdf, pages_are_numbered_and_heads_are_repeated)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text text = TEXT_EMPTY;

	need_program("pdftotext");
	write_pdf(pool_printf(&pool, "%s/x.pdf", make_folder(folder)), 200);
	text_of(folder, "-layout", &text);
	const int pages = occurrences(text.at, "\f");

	cr_expect(pages > 6);
	for (int page = 1; page <= pages; page++) {
		const char *const words =
			pool_printf(&pool, "Page %d of %d", page, pages);

		cr_expect(eq(int, occurrences(text.at, words), 1), "%s", words);
	}
	/* All pages but the cover, the form, the lots, and the credit log are of the sales. */
	cr_expect(eq(int, occurrences(text.at, "(d) Proceeds"), pages - 4));
	cr_expect(eq(int, occurrences(text.at, "DRAFT Page "), pages));
	text_release(&text);
	remove_folder(folder);
	pool_release(&pool);
}

Test(pdf, what_the_font_lacks_is_a_question_mark)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text text = TEXT_EMPTY;

	need_program("pdftotext");
	write_pdf(pool_printf(&pool, "%s/x.pdf", make_folder(folder)), 1);
	text_of(folder, "-layout", &text);
	cr_expect(utf8_valid(text.at, text.length));
	cr_expect(strstr(text.at, "caf\xc3\xa9 ? bad, ?? [31m") != NULL);
	text_release(&text);
	remove_folder(folder);
	pool_release(&pool);
}

Test(pdf, has_bookmarks_links_and_embedded_fonts)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text out = TEXT_EMPTY;

	need_program("qpdf");
	write_pdf(pool_printf(&pool, "%s/x.pdf", make_folder(folder)), 1);
	cr_assert(run(&out, "qpdf --json '%s/x.pdf'", folder) == 0);
	cr_expect(strstr(out.at, "\"title\": \"Form 6251 (2025)\"") != NULL);
	cr_expect(strstr(out.at, "\"title\": \"Form 8949 (AMT)\"") != NULL);
	/* Four entries of the contents, and line 2k; a link to no place is left out. */
	cr_expect(eq(int, occurrences(out.at, "\"/Subtype\": \"/Link\""), 5));
	cr_expect(eq(int, occurrences(out.at, "\"/FontFile2\""), 2));
	text_release(&out);
	remove_folder(folder);
	pool_release(&pool);
}

Test(pdf, equal_reports_give_equal_bytes_for_their_owner_only)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text one = TEXT_EMPTY, other = TEXT_EMPTY;
	const char *const path = pool_printf(&pool, "%s/x.pdf", make_folder(folder));
	struct stat status;

	write_pdf(path, 20);
	read_file(path, &one);
	write_pdf(path, 20);
	read_file(path, &other);
	cr_expect(
		one.length == other.length && memcmp(one.at, other.at, one.length) == 0);
	cr_expect(stat(path, &status) == 0 && (status.st_mode & 0777) == 0600);
	text_release(&one);
	text_release(&other);
	remove_folder(folder);
	pool_release(&pool);
}

Test(pdf, a_file_that_cannot_be_written_leaves_nothing)
{
	char folder[32];
	struct pool pool = { 0 };
	struct report report;
	struct fail why = { 0 };
	struct text out = TEXT_EMPTY;

	make_folder(folder);
	sample_report(&report, &pool, 1);
	cr_expect(not(
		report_pdf(&report, pool_printf(&pool, "%s/no/x.pdf", folder), &why)));
	cr_expect(eq(int, why.kind, FAIL_SYSTEM));
	cr_expect(not(report_pdf(&report, folder, &why)));
	cr_expect(eq(int, why.kind, FAIL_USAGE));
	cr_expect_str_eq(why.message, "is no regular file");
	cr_expect(run(&out, "ls '%s'", folder) == 0);
	cr_expect_str_eq(out.at, "");
	text_release(&out);
	remove_folder(folder);
	pool_release(&pool);
}

Test(font, has_what_we_print_and_knows_what_it_lacks)
{
	for (enum face face = 0; face < FACES; face++) {
		const struct font font = font_open(face);

		for (uint32_t point = 0x20; point < 0x7f; point++)
			cr_expect(font_has(&font, point), "U+%04X", (unsigned)point);
		cr_expect(font_has(&font, 0xe9));
		cr_expect(not(font_has(&font, 0x65e5)));
		cr_expect(not(font_has(&font, 0x1f600)));
		for (uint32_t digit = '0'; digit <= '9'; digit++) {
			const char text[] = { (char)digit, '\0' };

			cr_expect(eq(int, measure_text(font_measure(&font), text), 556));
		}
	}
}
