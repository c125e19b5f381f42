/* Reads figures from a text, "name = value" a line, and from a table of lines and amounts. */
#include <string.h>

#include "forms/file/reading.h"
#include "ledger/import/bytes.h"
#include "ledger/import/record.h"

#define TEXT_BYTES_MOST 1000000
/* ---- text -------------------------------------------------------------------------------- */

static bool line_read(
	struct reading *reading, struct span line, long row, struct fail *why)
{
	if (!utf8_valid(line.at, line.length))
		return fail_at(why, FAIL_BAD_INPUT, row, 1, "this line is no text");
	const char *const comment = memchr(line.at, '#', line.length);

	if (comment != NULL)
		line.length = (size_t)(comment - line.at);
	while (line.length > 0 && line.at[line.length - 1] == '\r')
		line.length--;
	const struct span figure = span_trim(line);
	const long column = (long)(figure.at - line.at) + 1;

	if (figure.length == 0)
		return true;
	const char *const equals = memchr(figure.at, '=', figure.length);

	if (equals == NULL)
		return fail_at(why, FAIL_BAD_INPUT, row, column,
			"\"%s\" is not a figure (want name = value)",
			CUT_SPAN(figure, 60));
	const size_t name = (size_t)(equals - figure.at);

	reading_add(reading, (struct span){ figure.at, name },
		(struct span){ equals + 1, figure.length - name - 1 }, row, column);
	return true;
}

static bool slurp(const char *path, struct text *text, struct fail *why)
{
	struct bytes bytes;
	bool done;

	if (!bytes_open(&bytes, path, why))
		return false;
	while ((done = bytes_more(&bytes, why)) && bytes.at < bytes.end &&
		text->length <= TEXT_BYTES_MOST) {
		text_add_bytes(
			text, (const char *)bytes.chunk + bytes.at, bytes.end - bytes.at);
		bytes.at = bytes.end;
	}
	bytes_close(&bytes);
	if (done && text->length > TEXT_BYTES_MOST)
		return fail_set(why, FAIL_BAD_INPUT,
			"the file is too long for a list of figures");
	return done;
}

bool figure_text_read(struct reading *reading, struct fail *why)
{
	struct text text = TEXT_EMPTY;
	bool done = slurp(reading->path, &text, why);
	struct span rest = { text.at, text.length };

	for (long row = 1; done && rest.length > 0; row++) {
		const char *const end = memchr(rest.at, '\n', rest.length);
		const size_t length = end != NULL ? (size_t)(end - rest.at) : rest.length;

		done = line_read(reading, (struct span){ rest.at, length }, row, why);
		rest.at += length + (end != NULL ? 1 : 0);
		rest.length -= length + (end != NULL ? 1 : 0);
	}
	text_release(&text);
	return done;
}

/* ---- table --------------------------------------------------------------------------------- */

struct table_columns {
	size_t name, amount;
};

static bool is_one_of(
	const struct record *record, size_t at, const char *a, const char *b)
{
	char name[NAME_LIMIT];

	name_plain(record_text(record, at), name);
	return strcmp(name, a) == 0 || strcmp(name, b) == 0;
}

/* The columns that a header names, wherever they stand. */
static bool header_read(const struct record *record, struct table_columns *columns)
{
	bool name = false, amount = false;

	for (size_t i = 0; i < record->count; i++)
		if (is_one_of(record, i, "line", "name")) {
			columns->name = i;
			name = true;
		} else if (is_one_of(record, i, "amount", "value")) {
			columns->amount = i;
			amount = true;
		}
	return name && amount;
}

static bool row_read(struct reading *reading, const struct record *record,
	const struct table_columns *columns, struct fail *why)
{
	const struct span name = span_trim(span_of(record_text(record, columns->name)));
	const struct span value =
		span_trim(span_of(record_text(record, columns->amount)));

	if (name.length == 0 && value.length == 0)
		return true;
	if (name.length == 0)
		return fail_at(why, FAIL_BAD_INPUT, record->line, (long)columns->name + 1,
			"\"%s\" has no name of a line beside it", CUT_SPAN(value, 60));
	reading_add(reading, name, value, record->line, (long)columns->amount + 1);
	return true;
}

static bool no_header(const struct record *record, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, record->line, 1,
		"the first row is no header of a table of figures (want the columns line "
		"and amount)");
	return fail_hint(why, "begin the file with a row like: line,amount");
}

bool figure_csv_read(struct reading *reading, struct fail *why)
{
	struct table_columns columns = { 0, 0 };
	struct records *records;
	bool headed = false, end = false, done = true;

	if (!records_open_text(reading->path, ',', &records, why))
		return false;
	while (done && !end) {
		struct record record;

		done = records->next(records, &record, &end, why);
		if (!done || end || record_blank(&record))
			continue;
		if (headed)
			done = row_read(reading, &record, &columns, why);
		else
			headed = done =
				header_read(&record, &columns) || no_header(&record, why);
	}
	records->close(records);
	return done;
}
