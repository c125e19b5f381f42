/* What fuzzing found, each as a file that once was read wrong. */
#include <criterion/criterion.h>
#include <zip.h>

#include "ledger/base/text.h"
#include "ledger/import/record.h"
#include "tests/import/collect.h"

static void expect_refused(
	const char *name, const char *text, const char *format, const char *message)
{
	struct collected all;

	collect_text(&all, text, format);
	cr_expect(!all.done && all.why.kind == FAIL_BAD_INPUT, "%s: %s", name,
		all.why.message);
	cr_expect_str_eq(all.why.message, message, "%s", name);
	cr_expect(all.why.row > 0, "%s: no row", name);
	collect_release(&all);
}

/* The column that says what a row is was taken for granted: a null pointer was read. */
Test(found, a_row_cut_before_its_action)
{
	expect_refused("robinhood",
		"\"Activity Date\",\"Process Date\",\"Settle Date\",\"Instrument\","
		"\"Description\",\"Trans Code\",\"Quantity\",\"Price\",\"Amount\"\n"
		"\"12/30/2025\",\"12/30/2025\",\"12/31/2025\"\n",
		"robinhood-activity", "the row ends before column \"Quantity\"");
}

/* A workbook of one sheet in a file. */
static void write_workbook(const char *path, const char *rows)
{
	static const char book[] = "<workbook><sheets><sheet name=\"s\" id=\"r1\"/>"
				   "</sheets></workbook>";
	static const char links[] = "<Relationships><Relationship Id=\"r1\" "
				    "Target=\"worksheets/sheet1.xml\"/></Relationships>";
	const char *const parts[][2] = { { "xl/workbook.xml", book },
		{ "xl/_rels/workbook.xml.rels", links },
		{ "xl/worksheets/sheet1.xml", rows } };
	int error;
	zip_t *const archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);

	cr_assert(archive != NULL);
	for (size_t i = 0; i < COUNT(parts); i++) {
		zip_source_t *const source =
			zip_source_buffer(archive, parts[i][1], strlen(parts[i][1]), 0);

		cr_assert(zip_file_add(archive, parts[i][0], source, 0) >= 0);
	}
	cr_assert(zip_close(archive) == 0);
}

static const char *const row_numbers[] = { "0", "-7", "99999999999999999999", "x" };

/* A row called itself -7, and so did the messages about it and its facts. */
Test(found, a_row_of_a_workbook_with_a_number_that_no_row_has)
{
	for (size_t i = 0; i < COUNT(row_numbers); i++) {
		char path[] = "/tmp/dualbasis-test-XXXXXX", rows[256];
		struct collected all;
		const int file = mkstemp(path);

		cr_assert(file >= 0);
		close(file);
		snprintf(rows, sizeof rows,
			"<worksheet><row r=\"1\"><c t=\"inlineStr\"><t>Date</t></c></row>"
			"<row r=\"%s\"><c><v>1</v></c></row></worksheet>",
			row_numbers[i]);
		write_workbook(path, rows);
		collect_file(&all, path, "etrade-gl");
		unlink(path);
		cr_expect(!all.done && all.why.kind == FAIL_BAD_INPUT);
		cr_expect(strstr(all.why.message, "a row has a number that no row has") !=
				NULL,
			"%s: %s", row_numbers[i], all.why.message);
		cr_expect(all.why.row >= 0, "%s: row %ld", row_numbers[i], all.why.row);
		collect_release(&all);
	}
}

/* A long name in a header was cut in the middle of a character, and what was printed no text. */
Test(found, a_long_name_of_two_byte_characters)
{
	char name[NAME_LIMIT * 2 + 1], plain[NAME_LIMIT];

	for (size_t shift = 0; shift < 2; shift++) {
		memset(name, 'x', sizeof name);
		for (size_t i = shift; i + 2 < sizeof name; i += 2)
			memcpy(name + i, "\u00e9", 2);
		name[sizeof name - 1] = '\0';
		name_plain(name, plain);
		cr_expect(utf8_valid(plain, strlen(plain)));
		cr_expect(strlen(plain) >= NAME_LIMIT - 4);
	}
}

/* What was told of an action was cut inside a character, and the JSON of it could not be read. */
Test(found, a_long_action_is_not_cut_inside_a_character)
{
	static const char head[] =
		"\"Transaction Details for Equity Awards Center account as of "
		"11/05/2023\"\n"
		"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Fees & "
		"Commissions\",\"Disbursement Election\",\"Amount\"\n";
	char text[1024];
	struct collected all;
	int length = snprintf(text, sizeof text, "%s\"11/28/2023\",\"x", head);

	for (int i = 0; i < 30; i++)
		length += snprintf(text + length, sizeof text - (size_t)length, "\u00ff");
	snprintf(text + length, sizeof text - (size_t)length,
		"\",\"DLSW\",\"y\",\"1\",\"\",\"\",\"\"\n");
	collect_text(&all, text, "schwab-eac");
	cr_assert(all.done, "%s", all.why.message);
	cr_expect(strstr(all.file.note, "is not known and left out") != NULL, "%s",
		all.file.note);
	cr_expect(utf8_valid(all.file.note, strlen(all.file.note)));
	collect_release(&all);
}
