/* Bytes to records: what RFC 4180 says and what brokers do to it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/import/record.h"

#define BYTES(literal) literal, sizeof literal - 1

static void save(char *path, const char *bytes, size_t length)
{
	const int file = mkstemp(path);

	cr_assert(file >= 0 && write(file, bytes, length) == (ssize_t)length);
	close(file);
}

/* All records as "a|b;c|d". */
static bool joined(const char *bytes, size_t length, char delimiter, char *to,
	size_t room, struct fail *why)
{
	char path[] = "/tmp/dualbasis-test-XXXXXX";
	struct records *records;
	bool end = false;
	size_t used = 0, count = 0;

	*to = '\0';
	save(path, bytes, length);
	const bool open = records_open_text(path, delimiter, &records, why);
	bool done = open;

	unlink(path);
	while (done && !end) {
		struct record record;

		done = records->next(records, &record, &end, why);
		for (size_t i = 0; done && !end && i < record.count; i++)
			used += (size_t)snprintf(to + used, room - used, "%s%s",
				i > 0               ? "|"
					: count > 0 ? ";"
						    : "",
				record.cell[i].text);
		count++;
	}
	if (open)
		records->close(records);
	return done;
}

static const struct {
	const char *name;
	const char *bytes;
	size_t length;
	char delimiter;
	const char *want;
} cases[] = {
	{ "line feeds", BYTES("a,b\nc,d\n"), ',', "a|b;c|d" },
	{ "carriage returns and line feeds", BYTES("a,b\r\nc,d\r\n"), ',', "a|b;c|d" },
	{ "bare carriage returns", BYTES("a,b\rc,d\r"), ',', "a|b;c|d" },
	{ "no end after the last record", BYTES("a,b\nc,d"), ',', "a|b;c|d" },
	{ "a blank line is a record with one blank cell", BYTES("a\n\nb\n"), ',',
		"a;;b" },
	{ "quotes", BYTES("\"a,1\",\"b\"\"2\"\"\"\n"), ',', "a,1|b\"2\"" },
	{ "a line end in quotes is data", BYTES("\"a\nb\",c\n"), ',', "a\nb|c" },
	{ "a CRLF in quotes is data", BYTES("\"a\r\nb\",c\n"), ',', "a\r\nb|c" },
	{ "a quote inside a cell is text", BYTES("a\"b,5\" disk\n"), ',',
		"a\"b|5\" disk" },
	{ "shields", BYTES("=\"0012\",=\"a,b\"\n"), ',', "0012|a,b" },
	{ "shields in quotes", BYTES("\"=\"\"0012\"\"\",x\n"), ',', "0012|x" },
	{ "a formula is text", BYTES("=1+1,=A1\n"), ',', "=1+1|=A1" },
	{ "byte order mark",
		BYTES("\xef\xbb\xbf"
		      "a,b\n"),
		',', "a|b" },
	{ "byte order mark before a quote", BYTES("\xef\xbb\xbf\"a,b\",c\n"), ',',
		"a,b|c" },
	{ "UTF-8", BYTES("Caf\xc3\xa9,x\n"), ',', "Caf\xc3\xa9|x" },
	{ "Windows-1252", BYTES("Caf\xe9 \x96 x,\x80\n"), ',',
		"Caf\xc3\xa9 \xe2\x80\x93 x|\xe2\x82\xac" },
	{ "tabs", BYTES("a,1\tb\n"), '\t', "a,1|b" },
	{ "semicolons", BYTES("a,1;b\n"), ';', "a,1|b" },
	{ "a tag's commas are not delimiters",
		BYTES("<span style=\"color: rgb(0,0,51);\">Date sold</span>,b\n"), ',',
		"Date sold</span>|b" },
	{ "less than is text", BYTES("< 5,<5,b\n"), ',', "< 5|<5|b" },
	{ "blank cells", BYTES(",,\n"), ',', "||" },
	{ "blanks after a closing quote", BYTES("\"a\" ,b\n"), ',', "a|b" },
	{ "an empty file", BYTES(""), ',', "" },
};

Test(record, bytes_become_cells)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		char found[512];
		struct fail why = { 0 };
		const bool done = joined(cases[i].bytes, cases[i].length,
			cases[i].delimiter, found, sizeof found, &why);

		cr_expect(done && strcmp(found, cases[i].want) == 0,
			"%s: found %s, want %s", cases[i].name,
			done ? found : why.message, cases[i].want);
	}
}

static const struct {
	const char *bytes;
	size_t length;
	long row, column;
	const char *message;
} refused[] = {
	{ BYTES("a,b\nc,\"d\ne\nf\n"), 2, 2, "a quote is opened here and never closed" },
	{ BYTES("a,\"b\"x,c\n"), 1, 2, "text after the closing quote of a cell" },
	{ BYTES("a,b\r\nc,d\0e\r\n"), 2, 2, "a NUL byte: this is not a text file" },
	{ BYTES("a\n\"b\0\""), 2, 1, "a NUL byte: this is not a text file" },
	{ BYTES("a\n\x81\n"), 2, 1, "byte 0x81 is neither UTF-8 nor Windows-1252" },
	{ BYTES("\xff\xfe"
		"a\0b\0"),
		1, 1, "the file is UTF-16 (want UTF-8)" },
};

Test(record, what_cannot_be_read_is_refused_where_it_stands)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		char found[512];
		struct fail why = { 0 };

		cr_expect(!joined(refused[i].bytes, refused[i].length, ',', found,
				  sizeof found, &why),
			"%s", refused[i].message);
		cr_expect(
			strcmp(why.message, refused[i].message) == 0, "%s", why.message);
		cr_expect(why.row == refused[i].row && why.column == refused[i].column,
			"%s: at %ld:%ld, want %ld:%ld", why.message, why.row, why.column,
			refused[i].row, refused[i].column);
	}
}

/* Lines are counted inside quotes too, whatever ends them. */
Test(record, lines_are_known_after_quoted_line_ends)
{
	char path[] = "/tmp/dualbasis-test-XXXXXX";
	struct records *records;
	struct record record;
	struct fail why;
	bool end;

	save(path, BYTES("\"a\nb\rc\r\nd\",x\ne,f\r\ng\r"));
	cr_assert(records_open_text(path, ',', &records, &why));
	unlink(path);
	cr_assert(records->next(records, &record, &end, &why));
	cr_expect(record.line == 1);
	cr_expect(record.cell[1].line == 4);
	cr_assert(records->next(records, &record, &end, &why));
	cr_expect(record.line == 5);
	cr_assert(records->next(records, &record, &end, &why));
	cr_expect(record.line == 6);
	records->close(records);
}

/* A chunk's border may fall anywhere: pad so that every byte of the text is once at it. */
Test(record, the_borders_of_chunks_do_not_matter)
{
	static const char text[] = "a,\"b\"\"c\r\nd\"\r\n=\"x\",Caf\xc3\xa9\r<b>y,z\n";
	static const char want[] = "a|b\"c\r\nd;x|Caf\xc3\xa9;y|z";
	const size_t chunk = 65536, length = sizeof text - 1;
	char *const bytes = malloc(chunk + length);

	cr_assert(bytes != NULL);
	for (size_t i = 0; i <= length; i++) {
		const size_t pad = chunk - i;
		char found[512];
		struct fail why = { 0 };

		memset(bytes, '\n', pad);
		memcpy(bytes + pad, text, length);
		char path[] = "/tmp/dualbasis-test-XXXXXX";
		struct records *records;
		bool end = false;
		size_t used = 0;

		save(path, bytes, pad + length);
		cr_assert(records_open_text(path, ',', &records, &why));
		unlink(path);
		while (!end) {
			struct record record;

			cr_assert(records->next(records, &record, &end, &why));
			if (end || record_blank(&record))
				continue;
			for (size_t j = 0; j < record.count; j++)
				used += (size_t)snprintf(found + used,
					sizeof found - used, "%s%s",
					j > 0              ? "|"
						: used > 0 ? ";"
							   : "",
					record.cell[j].text);
		}
		records->close(records);
		cr_expect(strcmp(found, want) == 0, "at %zu: %s", i, found);
	}
	free(bytes);
}
