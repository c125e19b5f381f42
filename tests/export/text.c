/* The text and JSON renderers: what they print stands in tests/export/golden. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "export/cell.h"
#include "export/wrap.h"
#include "ledger/base/text.h"
#include "tests/export/run.h"
#include "tests/export/sample.h"

/* With DUALBASIS_GOLDEN set the file is written anew, to be looked at and committed. */
static void expect_golden(const char *name, const char *found, size_t length)
{
	char path[128];
	struct text wanted = TEXT_EMPTY;

	snprintf(path, sizeof path, "tests/export/golden/%s", name);
	if (getenv("DUALBASIS_GOLDEN") != NULL) {
		FILE *const file = fopen(path, "wb");

		cr_assert(file != NULL && fwrite(found, 1, length, file) == length);
		fclose(file);
	}
	read_file(path, &wanted);
	cr_expect(wanted.length == length && memcmp(wanted.at, found, length) == 0,
		"%s differs; found:\n%s", path, found);
	text_release(&wanted);
}

static void expect_text(const char *name, struct text_style style)
{
	struct pool pool = { 0 };
	struct report report;
	char *bytes = NULL;
	size_t length = 0;
	FILE *const file = open_memstream(&bytes, &length);

	sample_report(&report, &pool, 3);
	report_text(&report, style, file);
	fclose(file);
	expect_golden(name, bytes, length);
	free(bytes);
	pool_release(&pool);
}

Test(text, without_a_terminal)
{
	expect_text("sample.txt", (struct text_style){ 0 });
}

Test(text, on_a_wide_terminal_with_unicode)
{
	expect_text(
		"sample-132.txt", (struct text_style){ .unicode = true, .width = 132 });
}

Test(text, on_a_terminal_of_80_columns_in_colour)
{
	expect_text("sample-80-colour.txt",
		(struct text_style){ .colour = true, .unicode = true, .width = 80 });
}

Test(text, on_a_narrow_terminal)
{
	expect_text("sample-40.txt", (struct text_style){ .width = 40 });
}

Test(text, no_line_is_wider_than_the_terminal)
{
	for (int width = 40; width <= 160; width++) {
		struct pool pool = { 0 };
		struct report report;
		char *bytes = NULL;
		size_t length = 0;
		FILE *const file = open_memstream(&bytes, &length);

		sample_report(&report, &pool, 3);
		report_text(&report,
			(struct text_style){ .unicode = true, .width = width }, file);
		fclose(file);
		for (char *line = strtok(bytes, "\n"); line != NULL;
			line = strtok(NULL, "\n"))
			cr_expect(measure_text(terminal_columns, line) <= width, "%d: %s",
				width, line);
		free(bytes);
		pool_release(&pool);
	}
}

Test(text, nothing_shown_can_command_the_terminal)
{
	struct pool pool = { 0 };
	struct report report;
	char *bytes = NULL;
	size_t length = 0;
	FILE *const file = open_memstream(&bytes, &length);

	sample_report(&report, &pool, 3);
	report_text(&report, (struct text_style){ .unicode = true }, file);
	fclose(file);
	cr_expect(memchr(bytes, '\x1b', length) == NULL);
	cr_expect(utf8_valid(bytes, length));
	free(bytes);
	pool_release(&pool);
}

Test(json_report, in_full)
{
	struct pool pool = { 0 };
	struct report report;
	char *bytes = NULL;
	size_t length = 0;
	FILE *const file = open_memstream(&bytes, &length);

	sample_report(&report, &pool, 1);
	report_json(&report, file);
	fclose(file);
	expect_golden("sample.json", bytes, length);
	free(bytes);
	pool_release(&pool);
}

static const struct {
	struct cell cell;
	const char *terminal, *print, *data;
} cells[] = {
	{ { .kind = CELL_EMPTY }, "", "", "" },
	{ { .kind = CELL_MONEY, .money = { 0 } }, "0.00", "0.00", "0.00" },
	{ { .kind = CELL_MONEY, .money = { -5 } }, "-0.05", "(0.05)", "-0.05" },
	{ { .kind = CELL_MONEY, .money = { 99999 } }, "999.99", "999.99", "999.99" },
	{ { .kind = CELL_MONEY, .money = { -100000 } }, "-1,000.00", "(1,000.00)",
		"-1000.00" },
	{ { .kind = CELL_MONEY, .money = { -123456700 }, .whole = true }, "-1,234,567",
		"(1,234,567)", "-1234567.00" },
	{ { .kind = CELL_SHARES, .shares = { INT64_C(123456712345678) } },
		"1,234,567.12345678", "1,234,567.12345678", "1234567.12345678" },
	{ { .kind = CELL_PRICE, .price = { INT64_C(100000000000) } }, "1,000.00",
		"1,000.00", "1000.00" },
	{ { .kind = CELL_COUNT, .count = -12345 }, "-12,345", "(12,345)", "-12345" },
	{ { .kind = CELL_RATE, .rate_num = 9, .rate_den = 1000 }, "0.9%", "0.9%",
		"0.9%" },
	{ { .kind = CELL_RATE, .rate_num = 7, .rate_den = 200 }, "3.5%", "3.5%", "3.5%" },
	{ { .kind = CELL_RATE, .rate_num = 2, .rate_den = 37 }, "2/37", "2/37", "2/37" },
	{ { .kind = CELL_TEXT, .text = "a\tb\r\n" }, "a b", "a b", "a b" },
};

Test(cell, words_in_every_dialect)
{
	struct pool pool = { 0 };

	for (size_t i = 0; i < COUNT(cells); i++) {
		cr_expect_str_eq(cell_words(&cells[i].cell, DIALECT_TERMINAL, &pool),
			cells[i].terminal);
		cr_expect_str_eq(
			cell_words(&cells[i].cell, DIALECT_PRINT, &pool), cells[i].print);
		cr_expect_str_eq(
			cell_words(&cells[i].cell, DIALECT_DATA, &pool), cells[i].data);
	}
	pool_release(&pool);
}

Test(wrap, breaks_at_blanks_then_marks_then_anywhere)
{
	static const struct {
		const char *text;
		int limit;
		const char *lines[5];
	} cases[] = {
		{ "", 5, { "" } },
		{ "one two three", 7, { "one two", "three" } },
		{ "one two three", 0, { "one two three" } },
		{ "closed_lots-2025.csv", 8, { "closed_", "lots-", "2025.csv" } },
		{ "abcdefghij", 4, { "abcd", "efgh", "ij" } },
		{ "a  b", 1, { "a", "b" } },
		{ "exactly five", 7, { "exactly", "five" } },
	};
	struct pool pool = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct lines lines =
			wrap_text(&pool, cases[i].text, terminal_columns, cases[i].limit);

		for (size_t n = 0; n < lines.count; n++) {
			cr_assert(cases[i].lines[n] != NULL, "%s", cases[i].text);
			cr_expect_str_eq(lines.at[n], cases[i].lines[n]);
		}
		cr_expect(cases[i].lines[lines.count] == NULL, "%s", cases[i].text);
	}
	pool_release(&pool);
}
