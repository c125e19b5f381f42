/*
 * Hostile files give an error with a place, or rows; never a crash, and never much memory or
 * time. (Under the sanitizers a wrong byte read is a crash.)
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <zip.h>

#include "ledger/import/workbook.h"
#include "tests/import/collect.h"

#define FOLDER "tests/import/samples"

static bool ignore_row(void *context, const struct row *row, struct fail *why)
{
	(void)row;
	(void)why;
	++*(size_t *)context;
	return true;
}

/*
 * Reads a file whatever is in it; a refusal must say something. Our own records are no rows, and
 * asking for them as rows is a wrong use.
 */
static void survive(const char *path, const char *what)
{
	struct row_file file;
	struct fail why = { 0 };
	size_t rows = 0;

	if (rows_read(path, NULL, &file, ignore_row, &rows, &why))
		return;
	cr_expect((why.kind == FAIL_BAD_INPUT || why.kind == FAIL_USAGE) &&
			why.message[0] != '\0' && why.file[0] != '\0',
		"%s: kind %d, \"%s\"", what, (int)why.kind, why.message);
}

struct bytes_of {
	unsigned char *at;
	size_t length;
};

static struct bytes_of load(const char *path)
{
	struct stat about;
	const int file = open(path, O_RDONLY);

	cr_assert(file >= 0 && fstat(file, &about) == 0);
	struct bytes_of bytes = { malloc((size_t)about.st_size + 1),
		(size_t)about.st_size };

	cr_assert(bytes.at != NULL &&
		read(file, bytes.at, bytes.length) == (ssize_t)bytes.length);
	close(file);
	return bytes;
}

static void store_bytes(const char *path, const void *bytes, size_t length)
{
	const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	cr_assert(file >= 0 && write(file, bytes, length) == (ssize_t)length);
	close(file);
}

/* Calls `each` for every sample. */
static size_t for_samples(void (*each)(const char *path, const char *scratch))
{
	char scratch[] = "/tmp/dualbasis-hostile-XXXXXX";
	DIR *const folders = opendir(FOLDER);
	const int file = mkstemp(scratch);
	struct dirent *folder, *entry;
	size_t count = 0;

	cr_assert(folders != NULL && file >= 0);
	close(file);
	while ((folder = readdir(folders)) != NULL) {
		char name[300];

		if (folder->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, FOLDER "/%s", folder->d_name);
		DIR *const files = opendir(name);

		while (files != NULL && (entry = readdir(files)) != NULL) {
			char path[600];

			if (entry->d_name[0] == '.')
				continue;
			snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
			each(path, scratch);
			count++;
		}
		closedir(files);
	}
	closedir(folders);
	unlink(scratch);
	return count;
}

static void truncate_everywhere(const char *path, const char *scratch)
{
	const struct bytes_of bytes = load(path);

	store_bytes(scratch, bytes.at, bytes.length);
	/* Every byte; of long files the first and last 2048 and every eleventh. */
	for (size_t length = bytes.length; length-- > 0;) {
		if (bytes.length > 16384 && length > 2048 &&
			bytes.length - length > 2048 && length % 11 != 0)
			continue;
		cr_assert(truncate(scratch, (off_t)length) == 0);
		survive(scratch, path);
	}
	free(bytes.at);
}

Test(hostile, truncated_at_every_byte)
{
	cr_expect(for_samples(truncate_everywhere) > 50);
}

/* A small generator of our own, so that a failure can be repeated. */
static uint64_t random_state = 42;

static uint32_t random_number(void)
{
	random_state =
		random_state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (uint32_t)(random_state >> 33);
}

static void damage(const char *path, const char *scratch)
{
	static const char nasty[] = "\0\"',;\t\r\n<>&{}[]()-$%.eE9\xff\x81=";
	const struct bytes_of bytes = load(path);
	unsigned char *const copy = malloc(bytes.length + 1);

	cr_assert(copy != NULL);
	for (int round = 0; round < 60; round++) {
		memcpy(copy, bytes.at, bytes.length);
		for (uint32_t n = random_number() % 8 + 1; n > 0; n--)
			copy[random_number() % bytes.length] = (unsigned char)
				nasty[random_number() % (sizeof nasty - 1)];
		store_bytes(scratch, copy, bytes.length);
		survive(scratch, path);
	}
	free(copy);
	free(bytes.at);
}

Test(hostile, damaged_samples)
{
	cr_expect(for_samples(damage) > 50);
}

Test(hostile, random_bytes)
{
	char path[] = "/tmp/dualbasis-hostile-XXXXXX";
	unsigned char bytes[3000];
	const int file = mkstemp(path);

	cr_assert(file >= 0);
	close(file);
	for (int round = 0; round < 500; round++) {
		const size_t length = random_number() % sizeof bytes;

		for (size_t i = 0; i < length; i++)
			bytes[i] = (unsigned char)random_number();
		store_bytes(path, bytes, length);
		survive(path, "random bytes");
	}
	unlink(path);
}

/* Every format's reader meets every sample, as if the user had named the wrong one. */
static void read_as_all(const char *path, const char *scratch)
{
	(void)scratch;
	for (const char *const *format = row_formats(); *format != NULL; format++) {
		struct row_file file;
		struct fail why = { 0 };
		size_t rows = 0;

		if (!rows_read(path, *format, &file, ignore_row, &rows, &why))
			cr_expect(why.message[0] != '\0', "%s as %s", path, *format);
	}
}

Test(hostile, every_sample_read_as_every_format)
{
	cr_expect(for_samples(read_as_all) > 50);
}

/* ---- size ------------------------------------------------------------------------------------- */

#define GIGABYTE INT64_C(1000000000)

/* A file of four gigabytes: a beginning, filler, and then a hole that must never be reached. */
static void expect_refused_early(const char *start, char filler, const char *message)
{
	char path[] = "/tmp/dualbasis-hostile-XXXXXX";
	const int file = mkstemp(path);
	char block[65536];
	struct collected all;
	struct timespec before, after;

	cr_assert(file >= 0);
	memset(block, filler, sizeof block);
	cr_assert(write(file, start, strlen(start)) == (ssize_t)strlen(start));
	for (int i = 0; i < 64; i++)
		cr_assert(write(file, block, sizeof block) == (ssize_t)sizeof block);
	cr_assert(ftruncate(file, 4 * GIGABYTE) == 0);
	close(file);
	clock_gettime(CLOCK_MONOTONIC, &before);
	collect_file(&all, path, NULL);
	clock_gettime(CLOCK_MONOTONIC, &after);
	unlink(path);
	cr_expect(!all.done && strstr(all.why.message, message) != NULL, "%s",
		all.why.message);
	cr_expect(after.tv_sec - before.tv_sec < 10);
	collect_release(&all);
}

Test(hostile, a_line_of_four_gigabytes_is_refused_early)
{
	expect_refused_early("a,b,c", 'x', "the record is longer than 262144 bytes");
	expect_refused_early("a,b,c", ',', "the record has more than 4096 cells");
}

Test(hostile, a_quote_that_never_ends_is_refused_early)
{
	expect_refused_early("a,b\n1,\"", 'x', "the record is longer than 262144 bytes");
	expect_refused_early("a,b\n1,\"", '\n', "the record is longer than 262144 bytes");
}

Test(hostile, a_tag_or_value_of_gigabytes_is_refused_early)
{
	expect_refused_early("<OFX><", 'x', "a tag is too long");
	expect_refused_early("<OFX><TAX1099B_V100><TAXYEAR>", '2', "a value is too long");
	expect_refused_early("<FlexQueryResponse a=\"", 'x', "a tag is longer than");
	expect_refused_early("{\"tax1099B\":\"", 'x', "a text is too long");
}

Test(hostile, nothing_but_blank_lines_ends)
{
	char path[] = "/tmp/dualbasis-hostile-XXXXXX";
	const int file = mkstemp(path);
	char block[65536];

	cr_assert(file >= 0);
	memset(block, '\n', sizeof block);
	for (int i = 0; i < 200; i++)
		cr_assert(write(file, block, sizeof block) == (ssize_t)sizeof block);
	close(file);
	survive(path, "blank lines");
	unlink(path);
}

/* ---- depth ------------------------------------------------------------------------------------- */

static void expect_message(const char *text, size_t length, const char *message)
{
	struct collected all;

	collect_bytes(&all, text, length, NULL);
	cr_expect(!all.done && strstr(all.why.message, message) != NULL, "%s, want %s",
		all.why.message, message);
	cr_expect(all.why.kind == FAIL_BAD_INPUT && all.why.row > 0 &&
			all.why.file[0] != '\0',
		"%s: no place", all.why.message);
	collect_release(&all);
}

static char *repeated(const char *start, const char *part, size_t times)
{
	char *const text = malloc(strlen(start) + strlen(part) * times + 1);

	cr_assert(text != NULL);
	char *at = stpcpy(text, start);

	while (times-- > 0)
		at = stpcpy(at, part);
	return text;
}

Test(hostile, deep_json_is_refused)
{
	char *const arrays = repeated("{\"tax1099B\":", "[", 100000);
	char *const objects = repeated("{\"Transactions\":[", "{\"a\":", 100000);

	expect_message(arrays, strlen(arrays), "too deep in each other");
	expect_message(objects, strlen(objects), "too deep in each other");
	free(arrays);
	free(objects);
}

Test(hostile, deep_xml_is_refused)
{
	char *const text = repeated("<FlexQueryResponse>", "<a>", 100000);

	expect_message(text, strlen(text), "elements are more than 64 deep");
	free(text);
}

Test(hostile, entities_that_explode_are_refused)
{
	static const char laughs[] =
		"<?xml version=\"1.0\"?>\n<!DOCTYPE FlexQueryResponse [\n"
		"<!ENTITY a \"ha\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\n"
		"<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">\n]>\n"
		"<FlexQueryResponse>&c;</FlexQueryResponse>";
	static const char stranger[] =
		"<?xml version=\"1.0\"?>\n<!DOCTYPE FlexQueryResponse SYSTEM "
		"\"file:///etc/passwd\">\n<FlexQueryResponse/>";
	static const char ofx[] = "<!DOCTYPE x [<!ENTITY a \"b\">]><OFX></OFX>";

	expect_message(
		laughs, sizeof laughs - 1, "document type declarations are refused");
	expect_message(
		stranger, sizeof stranger - 1, "document type declarations are refused");
	expect_message(ofx, sizeof ofx - 1, "declarations (<!...>) are refused");
}

/* ---- NULs, formulas ------------------------------------------------------------------------------ */

Test(hostile, nul_bytes_are_refused_where_they_stand)
{
	static const char text[] =
		"Symbol,Quantity,Date Acquired,Cost,Date Sold,Proceeds\n"
		"AC\0RB,40,03/11/2025,1.00,06/20/2025,2.00\n";
	struct collected all;

	collect_bytes(&all, text, sizeof text - 1, NULL);
	cr_expect(!all.done && all.why.row == 2 && all.why.column == 1, "%s",
		all.why.message);
	collect_release(&all);
}

Test(hostile, formulas_are_text_and_never_amounts)
{
	struct collected all;

	collect_text(&all,
		"Description of Property,Date Acquired,Date Sold,Proceeds,Cost Basis\n"
		"\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",03/11/2025,06/20/"
		"2025,2.00,1.00\n"
		"@SUM(A1),03/11/2025,06/20/2025,2.00,1.00\n",
		NULL);
	cr_assert(all.done && all.count == 2, "%s", all.why.message);
	cr_expect(strcmp(all.row[0].description, "=HYPERLINK(\"http://x\",\"y\")") == 0,
		"%s", all.row[0].description);
	collect_release(&all);
	collect_text(&all,
		"Description of Property,Date Acquired,Date Sold,Proceeds,Cost Basis\n"
		"ACME,03/11/2025,06/20/2025,=1+1,1.00\n",
		NULL);
	cr_expect(!all.done && all.why.column == 4);
	collect_release(&all);
}

/* ---- workbooks ------------------------------------------------------------------------------------ */

struct member {
	const char *name;
	const void *bytes;
	size_t length;
};

#define TEXT_MEMBER(name, text)                                                          \
	{                                                                                \
		name, text, sizeof text - 1                                              \
	}

static const char workbook_xml[] = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" "
				   "sheetId=\"1\" r:id=\"rId1\"/></sheets>"
				   "</workbook>";
static const char links_xml[] =
	"<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
	"</Relationships>";

static void write_workbook(const char *path, const struct member *members, size_t count)
{
	int error;
	zip_t *const archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);

	cr_assert(archive != NULL);
	for (size_t i = 0; i < count; i++) {
		zip_source_t *const source = zip_source_buffer(
			archive, members[i].bytes, members[i].length, 0);

		cr_assert(zip_file_add(archive, members[i].name, source, 0) >= 0);
	}
	cr_assert(zip_close(archive) == 0);
}

/* The message of a workbook with this sheet, "" if it can be read; its cells joined in `to`. */
static const char *read_workbook(
	const struct member *members, size_t count, char *to, size_t room)
{
	static struct fail why;
	char path[] = "/tmp/dualbasis-hostile-XXXXXX";
	struct records *records;
	struct record record;
	bool end = false, done;
	size_t used = 0;
	const int file = mkstemp(path);

	cr_assert(file >= 0);
	close(file);
	write_workbook(path, members, count);
	why = (struct fail){ 0 };
	*to = '\0';
	done = records_open_workbook(path, &records, &why);
	unlink(path);
	if (!done)
		return why.message;
	while ((done = records->next(records, &record, &end, &why)) && !end)
		for (size_t i = 0; i < record.count && used < room; i++)
			used += (size_t)snprintf(to + used, room - used, "%s%s",
				i > 0              ? "|"
					: used > 0 ? ";"
						   : "",
				record.cell[i].text);
	records->close(records);
	return done ? "" : why.message;
}

static const char *read_sheet(const char *sheet, size_t length, char *to, size_t room)
{
	const struct member members[] = {
		TEXT_MEMBER("xl/workbook.xml", workbook_xml),
		TEXT_MEMBER("xl/_rels/workbook.xml.rels", links_xml),
		{ "xl/worksheets/sheet1.xml", sheet, length },
	};

	return read_workbook(members, 3, to, room);
}

static const struct {
	const char *name, *sheet, *cells, *message;
} sheets[] = {
	{ "cells may be left out",
		"<worksheet><sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c><c "
		"r=\"D2\"><v>4</v></c>"
		"</row></sheetData></worksheet>",
		"1|||4", "" },
	{ "a formula's value is its cached one",
		"<worksheet><row><c><f>1+1</f><v>2</v></c><c><f>NOW()</f></c></row></"
		"worksheet>",
		"2|", "" },
	{ "texts in runs, without their reading aids",
		"<worksheet><row><c "
		"t=\"inlineStr\"><is><r><t>ab</t></r><r><t>c</t></r><rPh><t>x</t>"
		"</rPh></is></c></row></worksheet>",
		"abc", "" },
	{ "digits beyond fifteen are a spreadsheet's noise",
		"<worksheet><row><c><v>787.20000000000005</v></"
		"c><c><v>0.30000000000000004</v></c>"
		"<c><v>1.0000000000000001E-9</v></c><c><v>3E-9</v></c><c><v>787.20</v></"
		"c></row>"
		"</worksheet>",
		"787.2|0.3|0.000000001|0.000000003|787.20", "" },
	{ "a text that is not there",
		"<worksheet><row><c t=\"s\"><v>7</v></c></row></worksheet>", "",
		"a cell has a text that is not there" },
	{ "a negative text", "<worksheet><row><c t=\"s\"><v>-1</v></c></row></worksheet>",
		"", "a cell has a text that is not there" },
	{ "cells out of order",
		"<worksheet><row><c r=\"C1\"><v>1</v></c><c "
		"r=\"A1\"><v>1</v></c></row></worksheet>",
		"", "cells are out of order" },
	{ "a cell far away",
		"<worksheet><row><c r=\"ZZZ1\"><v>1</v></c></row></worksheet>", "",
		"cells are out of order" },
	{ "a sheet cut short", "<worksheet><row><c><v>1</v></c>", "", "not XML" },
	{ "no XML at all", "PK", "", "not XML" },
	{ "a document type",
		"<!DOCTYPE a [<!ENTITY b "
		"\"c\">]><worksheet><row><c><v>&b;</v></c></row></worksheet>",
		"", "document type declarations are refused" },
};

Test(hostile, sheets_are_read_or_refused)
{
	for (size_t i = 0; i < COUNT(sheets); i++) {
		char cells[500];
		const char *const message = read_sheet(
			sheets[i].sheet, strlen(sheets[i].sheet), cells, sizeof cells);

		cr_expect(strcmp(cells, sheets[i].cells) == 0, "%s: %s", sheets[i].name,
			cells);
		cr_expect(strstr(message, sheets[i].message) != NULL &&
				(*message == '\0') == (*sheets[i].message == '\0'),
			"%s: %s", sheets[i].name, message);
	}
}

/* 64 megabytes of blanks take a few kilobytes of an archive. */
Test(hostile, an_archive_that_explodes_is_refused)
{
	const size_t length = 64 << 20;
	char *const blanks = malloc(length);
	char cells[100];
	struct rusage usage;

	cr_assert(blanks != NULL);
	memset(blanks, ' ', length);
	memcpy(blanks, "<worksheet>", 11);
	cr_expect(strstr(read_sheet(blanks, length, cells, sizeof cells),
			  "it unpacks to far more than it is") != NULL);
	const struct member strings[] = {
		TEXT_MEMBER("xl/workbook.xml", workbook_xml),
		TEXT_MEMBER("xl/_rels/workbook.xml.rels", links_xml),
		{ "xl/sharedStrings.xml", blanks, length },
	};

	memcpy(blanks, "<sst><si><t>", 12);
	cr_expect(strstr(read_workbook(strings, 3, cells, sizeof cells),
			  "it unpacks to far more than it is") != NULL ||
		strstr(read_workbook(strings, 3, cells, sizeof cells), "too long") !=
			NULL);
	free(blanks);
	getrusage(RUSAGE_SELF, &usage);
}

Test(hostile, a_path_is_no_part_of_an_archive)
{
	static const char links[] = "<Relationships><Relationship Id=\"rId1\" "
				    "Target=\"../../../../etc/passwd\"/></Relationships>";
	static const char absolute[] = "<Relationships><Relationship Id=\"rId1\" "
				       "Target=\"/etc/passwd\"/></Relationships>";
	char cells[100];
	struct member members[] = {
		TEXT_MEMBER("xl/workbook.xml", workbook_xml),
		TEXT_MEMBER("xl/_rels/workbook.xml.rels", links),
	};

	cr_expect(strstr(read_workbook(members, 2, cells, sizeof cells),
			  "a part is missing") != NULL);
	members[1].bytes = absolute;
	members[1].length = sizeof absolute - 1;
	cr_expect(strstr(read_workbook(members, 2, cells, sizeof cells),
			  "a part is missing") != NULL);
}

Test(hostile, an_archive_that_is_no_workbook_is_refused)
{
	const struct member members[] = { TEXT_MEMBER("readme.txt", "hello") };
	char cells[100];

	cr_expect(strstr(read_workbook(members, 1, cells, sizeof cells),
			  "a part is missing") != NULL);
}
