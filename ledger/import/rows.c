/* Finds out what a file is, and reads it through its format. */
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/bytes.h"
#include "ledger/import/formats.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/workbook.h"

const struct format *const formats[] = {
#define X(name) &format_##name,
	FORMATS(X)
#undef X
		NULL,
};
#define FORMAT_COUNT (COUNT(formats) - 1)

static const char *const kind_names[ROW_KINDS] = {
	[ROW_SALE] = "sale",
	[ROW_1256] = "1256",
	[ROW_RSU_VEST] = "rsu_vest",
	[ROW_ESPP_PURCHASE] = "espp_purchase",
	[ROW_OPTION_EXERCISE] = "option_exercise",
	[ROW_DIVIDEND] = "dividend",
	[ROW_TAX_WITHHOLDING] = "tax_withholding",
	[ROW_TAX_REVERSAL] = "tax_reversal",
	[ROW_TRANSFER] = "transfer",
};

const char *row_kind_name(enum row_kind kind)
{
	return kind_names[kind];
}

bool row_acquires(enum row_kind kind)
{
	return kind == ROW_RSU_VEST || kind == ROW_ESPP_PURCHASE ||
		kind == ROW_OPTION_EXERCISE;
}

/* The first of a name; a broker's files of different makes share one, and one purpose. */
static const struct format *find(const char *name)
{
	for (size_t i = 0; i < FORMAT_COUNT; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

const char *const *row_formats(void)
{
	static const char *names[COUNT(formats)];
	size_t count = 0;

	for (size_t i = 0; i < FORMAT_COUNT; i++)
		if (find(formats[i]->name) == formats[i])
			names[count++] = formats[i]->name;
	return names;
}

const char *row_format_what(const char *name)
{
	const struct format *const format = find(name);

	return format != NULL ? format->what : NULL;
}

bool row_format_is_supplement(const char *name)
{
	const struct format *const format = find(name);

	/* A profile that is no tax form; its name begins so in the ledger. */
	if (strncmp(name, "statement:", 10) == 0)
		return true;
	return format != NULL && format->supplement;
}

bool row_format_is_digital(const char *name)
{
	const struct format *const format = find(name);

	return format != NULL && format->digital;
}

/*
 * The delimiter of the first line that has at least two of any, unless it is a title: then a
 * later line has at least twice as many of another (formats.md 0.1).
 */
static char delimiter_of(const unsigned char *head, size_t length)
{
	static const char delimiters[] = { ',', '\t', ';' };
	size_t count[COUNT(delimiters)] = { 0 };
	size_t chosen = 0, most = 0;
	bool quoted = false;

	for (size_t i = 0; i <= length; i++) {
		const unsigned char byte = i < length ? head[i] : '\n';

		if (byte == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		for (size_t j = 0; j < COUNT(delimiters); j++)
			count[j] += byte == (unsigned char)delimiters[j];
		if (byte != '\n' && byte != '\r')
			continue;
		size_t best = 0;

		for (size_t j = 1; j < COUNT(delimiters); j++)
			if (count[j] > count[best])
				best = j;
		if (count[best] >= 2 &&
			(most == 0 || (best != chosen && count[best] >= 2 * most))) {
			chosen = best;
			most = count[best];
		}
		memset(count, 0, sizeof count);
	}
	return delimiters[chosen];
}

static void head_text(struct preview *preview)
{
	const char *const head = (const char *)preview->head;
	size_t from = 0, used = 0;

	if (preview->head_length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		from = 3;
	for (; from < preview->head_length; from++) {
		const char c = head[from];
		const bool blank = c == '\0' || strchr(" \t\r\n", c) != NULL;

		if (blank && used == 0)
			continue;
		preview->text[used++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a')
			: c == '\0'                          ? ' '
							     : c;
	}
	preview->text[used] = '\0';
}

static bool is_workbook(const struct preview *preview)
{
	return preview->head_length >= 4 && memcmp(preview->head, "PK\x03\x04", 4) == 0;
}

static bool open_records(const struct preview *preview, char delimiter,
	struct records **records, struct fail *why)
{
	if (preview->workbook)
		return records_open_workbook(preview->path, records, why);
	return records_open_text(preview->path,
		delimiter != '\0' ? delimiter : preview->delimiter, records, why);
}

/*
 * The first records. What is wrong with a file beyond them is for the reading to say; what is
 * wrong with them matters only if the file is no format of another make (JSON, OFX).
 */
bool preview_open(
	struct preview *preview, const char *path, struct pool *pool, struct fail *why)
{
	struct records *records;
	size_t bytes = 0;
	bool end = false;

	*preview = (struct preview){ .path = path };
	if (!bytes_head(path, preview->head, sizeof preview->head, &preview->head_length,
		    why))
		return false;
	if (preview->head_length == 0) {
		fail_set(why, FAIL_BAD_INPUT, "the file is empty");
		return fail_hint(why, "download it again");
	}
	head_text(preview);
	preview->workbook = is_workbook(preview);
	preview->delimiter = delimiter_of(preview->head, preview->head_length);
	preview->record = pool_alloc(pool, PREVIEW_RECORDS * sizeof *preview->record);
	if (!open_records(preview, '\0', &records, why))
		return false;
	while (preview->count < PREVIEW_RECORDS && bytes < RECORD_LIMIT) {
		struct record record;

		preview->broken =
			!records->next(records, &record, &end, &preview->why_broken);
		if (preview->broken || end)
			break;
		for (size_t i = 0; i < record.count; i++)
			bytes += record.cell[i].length + sizeof *record.cell;
		preview->record[preview->count++] = record_copy(&record, pool);
	}
	records->close(records);
	return true;
}

bool rows_open(const char *path, struct records **records, struct fail *why)
{
	struct pool pool = { NULL };
	struct preview preview;
	const bool done = preview_open(&preview, path, &pool, why) &&
		open_records(&preview, '\0', records, why);

	pool_release(&pool);
	return done || fail_file(why, path);
}

static bool looks_like(const struct format *format, const struct preview *preview)
{
	if (format->detect != NULL)
		return format->detect(preview);
	for (const struct table *table = format->table; table != NULL;
		table = table->other)
		if (preview_find(preview, table->header) != NULL)
			return true;
	return false;
}

static const struct format *format_named(
	const char *name, const struct preview *preview, struct fail *why)
{
	const struct format *const first = find(name);

	for (size_t i = 0; first != NULL && i < FORMAT_COUNT; i++)
		if (strcmp(formats[i]->name, name) == 0 &&
			looks_like(formats[i], preview))
			return formats[i];
	if (first != NULL)
		return first;
	const char *const *const names = row_formats();
	size_t count = 0;

	while (names[count] != NULL)
		count++;
	const char *const near = nearest_word(name, names, count);

	fail_set(why, FAIL_USAGE, "there is no format \"%s\"", CUT(name, 60));
	if (near != NULL)
		fail_hint(why, "did you mean %s", near);
	return NULL;
}

/* Old downloads of brokers are named .xls and hold a page for the browser. */
static bool is_web_page(const struct preview *preview)
{
	static const char *const begins[] = { "<html", "<!doctype html", "<table" };

	for (size_t i = 0; i < COUNT(begins); i++)
		if (value_starts(preview->text, begins[i]))
			return true;
	return false;
}

/* What people have beside the files that can be read; told by its first bytes. */
static const struct stranger {
	const char *begins, *what, *hint;
} strangers[] = {
	{ "%PDF-", "the file is a PDF",
		"download the same form as CSV or XLSX; a filed return as PDF is for "
		"`dualbasis filed YEAR --from FILE`" },
	{ "\xd0\xcf\x11\xe0", "the file is a workbook of old Excel",
		"open it in a spreadsheet and save it as XLSX or CSV" },
	{ "\x89PNG", "the file is a picture", "download the form as CSV or XLSX" },
	{ "\xff\xd8\xff", "the file is a picture", "download the form as CSV or XLSX" },
	{ "\x1f\x8b", "the file is compressed", "uncompress it first" },
	{ "{", "this is JSON, of no format that is known",
		"`dualbasis help import` lists the formats" },
	{ "[", "this is JSON, of no format that is known",
		"`dualbasis help import` lists the formats" },
	{ "SQLite format 3", "the file is a database", "--ledger FILE opens a ledger" },
};

static const struct stranger *find_stranger(const struct preview *preview)
{
	for (size_t i = 0; i < COUNT(strangers); i++) {
		const size_t length = strlen(strangers[i].begins);

		if (preview->head_length >= length &&
			memcmp(preview->head, strangers[i].begins, length) == 0)
			return &strangers[i];
	}
	return NULL;
}

static const struct format *detect(const struct preview *preview, struct fail *why)
{
	for (size_t i = 0; i < FORMAT_COUNT; i++)
		if (looks_like(formats[i], preview))
			return formats[i];
	for (size_t i = 0; i < preview->count; i++)
		for (size_t f = 0; f < FORMAT_COUNT; f++) {
			const char *const name =
				header_lacks(formats[f], &preview->record[i]);

			if (name == NULL)
				continue;
			header_refuse(formats[f], &preview->record[i], name, why);
			return NULL;
		}
	if (is_web_page(preview)) {
		fail_set(why, FAIL_BAD_INPUT,
			"the file is a web page, whatever its name says");
		fail_hint(why,
			"download it as CSV or XLSX, or save its table as CSV in a "
			"spreadsheet");
		return NULL;
	}
	const struct stranger *const stranger = find_stranger(preview);

	if (stranger != NULL) {
		fail_set(why, FAIL_BAD_INPUT, "%s", stranger->what);
		fail_hint(why, "%s", stranger->hint);
		return NULL;
	}
	if (preview->broken) {
		*why = preview->why_broken;
		return NULL;
	}
	fail_set(why, FAIL_BAD_INPUT, "this is no format that is known");
	if (records_almost(preview->record, preview->count)) {
		fail_hint(why,
			"a file of records begins with its columns, three at least, "
			"parted by commas, semicolons or tabs (record,date,symbol,...); "
			"dualbasis import --template records prints one");
		return NULL;
	}
	fail_hint(why,
		"`dualbasis help import` lists the formats; --format NAME takes one; "
		"--profile new helps to write one of your own");
	return NULL;
}

static bool read_with(const struct format *format, const struct preview *preview,
	struct row_file *file, row_sink *sink, row_fault_sink *fault, void *context,
	struct fail *why)
{
	struct reading *const reading = must_alloc(sizeof *reading);
	bool done;

	file->format = format->name;
	file->supplement = format->supplement;
	reading->format = format;
	reading->table = format->table;
	reading->path = preview->path;
	reading->file = file;
	reading->sink = sink;
	reading->fault = fault;
	reading->context = context;
	if (format->read != NULL) {
		done = format->read(reading, preview->path, why);
	} else {
		done = open_records(preview, format->delimiter, &reading->records, why);
		if (done) {
			done = table_read(reading, preview->path, why);
			reading->records->close(reading->records);
		}
	}
	if (file->tax_year == 0 && reading->sale_year != MANY_YEARS)
		file->tax_year = reading->sale_year;
	pool_release(&reading->pool);
	pool_release(&reading->header_pool);
	scratch_release(&reading->scratch);
	free(reading);
	return done;
}

bool rows_detect(const char *path, const char **name, struct fail *why)
{
	struct pool pool = { NULL };
	struct preview preview;
	const struct format *format = NULL;

	if (preview_open(&preview, path, &pool, why))
		format = detect(&preview, why);
	pool_release(&pool);
	if (format == NULL)
		return fail_file(why, path);
	*name = format->name;
	return true;
}

/* Through a format that is given, or is named, or is what the file looks like. */
static bool read_file(const char *path, const struct format *format, const char *name,
	struct row_file *file, row_sink *sink, row_fault_sink *fault, void *context,
	struct fail *why)
{
	struct pool pool = { NULL };
	struct preview preview;

	*file = (struct row_file){ .format = NULL };
	bool done = preview_open(&preview, path, &pool, why);

	if (done && format == NULL)
		format = name != NULL ? format_named(name, &preview, why)
				      : detect(&preview, why);
	done = done && format != NULL &&
		read_with(format, &preview, file, sink, fault, context, why);
	pool_release(&pool);
	if (!done && why->file[0] == '\0')
		fail_file(why, path);
	return done;
}

bool rows_read_as(const char *path, const struct format *format, struct row_file *file,
	row_sink *sink, row_fault_sink *fault, void *context, struct fail *why)
{
	return read_file(path, format, NULL, file, sink, fault, context, why);
}

bool rows_read_past(const char *path, const char *format_name, struct row_file *file,
	row_sink *sink, row_fault_sink *fault, void *context, struct fail *why)
{
	return read_file(path, NULL, format_name, file, sink, fault, context, why);
}

bool rows_read(const char *path, const char *format, struct row_file *file,
	row_sink *sink, void *context, struct fail *why)
{
	return rows_read_past(path, format, file, sink, NULL, context, why);
}
