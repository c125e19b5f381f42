/* Reads .xlsx workbooks: a ZIP archive of XML parts, sheet after sheet. */
#include "ledger/import/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "ledger/base/text.h"
#include "ledger/import/xml.h"

#define ENTRIES_MOST   10000
#define SHEETS_MOST    256
#define ROW_MOST       100000000
#define STRINGS_MOST   4000000
#define STRINGS_BYTES  (64 << 20)
#define UNPACKED_MOST  (INT64_C(1) << 30)
#define RATIO_MOST     200       /* unpacked bytes to packed ones ... */
#define RATIO_FREE     (1 << 20) /* ... beyond these */
#define SHARED_STRINGS "xl/sharedStrings.xml"

struct sheet {
	const char *name, *link, *part; /* "ESPP", "rId1", "xl/worksheets/sheet1.xml" */
};

/* A part of the archive while it is read. */
struct part {
	zip_file_t *file;
	int64_t packed, unpacked;
};

enum cell_type { CELL_PLAIN, CELL_NUMBER, CELL_SHARED, CELL_INLINE };

struct workbook {
	struct records records; /* first: the caller's view */
	zip_t *archive;
	struct pool pool;
	struct sheet *sheet;
	size_t sheets, at; /* the sheet being read */
	const char **string;
	size_t strings, string_room, string_bytes;
	struct part part;
	struct xml_reader *reader;
	/* the row being read */
	bool in_row, row_done;
	long line;
	char *text;
	size_t used, room;
	struct cell *cell;
	size_t cells, cell_room;
	/* the cell or string being read */
	bool in_value, in_phonetic;
	enum cell_type type;
	size_t column;
	struct text value;
};

/* ---- parts of the archive ---------------------------------------------------------------- */

static bool refuse(struct fail *why, const char *what)
{
	fail_set(why, FAIL_BAD_INPUT, "not a workbook that can be read: %s", what);
	return fail_hint(why, "open it in a spreadsheet and save the sheet as CSV");
}

static bool part_open(struct workbook *book, const char *name, struct fail *why)
{
	zip_stat_t about;

	book->part = (struct part){ .file = NULL };
	if (zip_stat(book->archive, name, 0, &about) != 0)
		return refuse(why, "a part is missing");
	if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
		about.encryption_method != ZIP_EM_NONE)
		return refuse(why, "it is locked with a password");
	book->part.packed =
		(about.valid & ZIP_STAT_COMP_SIZE) != 0 ? (int64_t)about.comp_size : 0;
	book->part.file = zip_fopen(book->archive, name, 0);
	return book->part.file != NULL || refuse(why, "a part cannot be opened");
}

static void part_close(struct workbook *book)
{
	if (book->part.file != NULL)
		zip_fclose(book->part.file);
	book->part.file = NULL;
}

static bool part_read(void *from, void *to, size_t room, size_t *got, struct fail *why)
{
	struct part *const part = from;
	const zip_int64_t count = zip_fread(part->file, to, room);

	if (count < 0)
		return refuse(why, "a part is damaged");
	*got = (size_t)count;
	part->unpacked += count;
	if (part->unpacked > UNPACKED_MOST ||
		(part->unpacked > RATIO_FREE &&
			part->unpacked / RATIO_MOST > part->packed))
		return refuse(why, "it unpacks to far more than it is");
	return true;
}

/* Read a whole part through a handler. */
static bool part_through(struct workbook *book, const char *name,
	const struct xml_handler *handler, struct fail *why)
{
	struct xml_reader *reader;
	bool over = false;

	if (!part_open(book, name, why))
		return false;
	bool done = xml_reader_open(&reader, part_read, &book->part, handler, book, why);

	if (done) {
		while (done && !over)
			done = xml_reader_run(reader, &over, why);
		xml_reader_close(reader);
	}
	part_close(book);
	if (!done)
		fail_in(why, "%s", name);
	return done;
}

/* ---- what sheets there are ---------------------------------------------------------------- */

static const char *kept(struct workbook *book, const char *text)
{
	return text == NULL ? "" : pool_text(&book->pool, text, strlen(text));
}

static bool sheet_start(
	void *context, const char *name, const char **attributes, struct fail *why)
{
	struct workbook *const book = context;

	if (strcmp(name, "sheet") != 0)
		return true;
	if (book->sheets == SHEETS_MOST)
		return refuse(why, "it has too many sheets");
	book->sheet[book->sheets++] =
		(struct sheet){ .name = kept(book, xml_attribute(attributes, "name")),
			.link = kept(book, xml_attribute(attributes, "id")) };
	return true;
}

/* Targets are relative to xl/, or absolute; nothing else is a part of the archive. */
static bool link_start(
	void *context, const char *name, const char **attributes, struct fail *why)
{
	struct workbook *const book = context;
	const char *const id = xml_attribute(attributes, "Id");
	const char *const target = xml_attribute(attributes, "Target");

	(void)why;
	if (strcmp(name, "Relationship") != 0 || id == NULL || target == NULL)
		return true;
	for (size_t i = 0; i < book->sheets; i++)
		if (book->sheet[i].part == NULL && strcmp(book->sheet[i].link, id) == 0)
			book->sheet[i].part = target[0] == '/'
				? kept(book, target + 1)
				: pool_printf(&book->pool, "xl/%s", target);
	return true;
}

static bool find_sheets(struct workbook *book, struct fail *why)
{
	static const struct xml_handler sheets = { .start = sheet_start };
	static const struct xml_handler links = { .start = link_start };

	book->sheet = pool_alloc(&book->pool, SHEETS_MOST * sizeof *book->sheet);
	return part_through(book, "xl/workbook.xml", &sheets, why) &&
		part_through(book, "xl/_rels/workbook.xml.rels", &links, why);
}

/* ---- shared strings ------------------------------------------------------------------------ */

static bool add_value(
	struct workbook *book, const char *text, size_t length, struct fail *why)
{
	if (book->value.length + length > RECORD_LIMIT)
		return refuse(why, "a cell is too long");
	text_add_bytes(&book->value, text, length);
	return true;
}

static bool value_text(void *context, const char *text, size_t length, struct fail *why)
{
	struct workbook *const book = context;

	return !book->in_value || book->in_phonetic || add_value(book, text, length, why);
}

static bool string_start(
	void *context, const char *name, const char **attributes, struct fail *why)
{
	struct workbook *const book = context;

	(void)attributes;
	(void)why;
	if (strcmp(name, "si") == 0)
		text_clear(&book->value);
	if (strcmp(name, "rPh") == 0)
		book->in_phonetic = true;
	book->in_value = book->in_value || strcmp(name, "t") == 0;
	return true;
}

static bool string_end(void *context, const char *name, struct fail *why)
{
	struct workbook *const book = context;

	if (strcmp(name, "t") == 0)
		book->in_value = false;
	if (strcmp(name, "rPh") == 0)
		book->in_phonetic = false;
	if (strcmp(name, "si") != 0)
		return true;
	book->string_bytes += book->value.length + 1;
	if (book->strings == STRINGS_MOST || book->string_bytes > STRINGS_BYTES)
		return refuse(why, "it has too many texts");
	GROW(book->string, book->strings, book->string_room);
	book->string[book->strings++] =
		pool_text(&book->pool, book->value.at, book->value.length);
	return true;
}

static bool read_strings(struct workbook *book, struct fail *why)
{
	static const struct xml_handler handler = { string_start, string_end,
		value_text };

	/* A workbook without shared texts has no such part. */
	return zip_name_locate(book->archive, SHARED_STRINGS, 0) < 0 ||
		part_through(book, SHARED_STRINGS, &handler, why);
}

/* ---- numbers -------------------------------------------------------------------------------- */

#define DIGITS 15

/* Sign, digits without leading zeros, and where the point stands before the first digit. */
struct number {
	bool negative;
	char digit[NUMBER_TEXT];
	int digits, point;
};

static bool number_of(const char *text, struct number *number)
{
	const char *at = text;
	bool after = false, any = false;
	int skipped = 0;

	*number = (struct number){ .negative = *at == '-' };
	at += *at == '-' || *at == '+';
	for (; (*at >= '0' && *at <= '9') || (*at == '.' && !after); at++) {
		if (*at == '.') {
			after = true;
			continue;
		}
		any = true;
		if (*at == '0' && number->digits == 0) {
			skipped -= after;
			continue;
		}
		if (number->digits < NUMBER_TEXT)
			number->digit[number->digits++] = *at;
		else if (!after)
			return false;
		number->point += !after;
	}
	if (number->point == 0)
		number->point = skipped;
	if (*at == 'e' || *at == 'E') {
		char *end;
		const long exponent = strtol(at + 1, &end, 10);

		if (end == at + 1 || exponent > 30 || exponent < -30)
			return false;
		number->point += (int)exponent;
		at = end;
	}
	return any && *at == '\0';
}

static void round_digits(struct number *number)
{
	if (number->digits > DIGITS) {
		int i = DIGITS;
		const bool up = number->digit[DIGITS] >= '5';

		number->digits = DIGITS;
		while (up && i > 0 && number->digit[i - 1] == '9')
			number->digit[--i] = '0';
		if (up && i > 0)
			number->digit[i - 1]++;
		if (up && i == 0) {
			number->digit[0] = '1';
			number->point++;
		}
	}
	while (number->digits > 0 && number->digit[number->digits - 1] == '0')
		number->digits--;
}

char *workbook_number(const char *text, char to[NUMBER_TEXT])
{
	struct number number;
	char *at = to;

	snprintf(to, NUMBER_TEXT, "%s", text);
	/* What is short enough keeps the file's own spelling. */
	if (!number_of(text, &number) ||
		(number.digits <= DIGITS && strpbrk(text, "eE") == NULL))
		return to;
	round_digits(&number);
	if (number.point > 20 || number.point < -20)
		return to;
	if (number.negative && number.digits > 0)
		*at++ = '-';
	if (number.point <= 0)
		*at++ = '0';
	for (int i = 0; i < number.point; i++)
		*at++ = i < number.digits ? number.digit[i] : '0';
	if (number.digits > number.point)
		*at++ = '.';
	for (int i = number.point; i < number.digits; i++)
		*at++ = i < 0 ? '0' : number.digit[i];
	*at = '\0';
	return to;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* "AB12" is column 27, from 0; without letters it is the next one. */
static size_t column_of(const struct workbook *book, const char *reference)
{
	size_t column = 0, letters = 0;

	for (; reference != NULL && *reference >= 'A' && *reference <= 'Z' && letters < 4;
		reference++, letters++)
		column = column * 26 + (size_t)(*reference - 'A') + 1;
	return letters > 0 ? column - 1 : book->cells;
}

static enum cell_type type_of(const char *type)
{
	if (type == NULL || strcmp(type, "n") == 0)
		return CELL_NUMBER;
	if (strcmp(type, "s") == 0)
		return CELL_SHARED;
	return strcmp(type, "inlineStr") == 0 ? CELL_INLINE : CELL_PLAIN;
}

static bool row_start(
	void *context, const char *name, const char **attributes, struct fail *why)
{
	struct workbook *const book = context;

	if (strcmp(name, "row") == 0) {
		const char *const number = xml_attribute(attributes, "r");

		book->in_row = true;
		book->cells = book->used = 0;
		const long line =
			number != NULL ? strtol(number, NULL, 10) : book->line + 1;

		if (line < 1 || line > ROW_MOST)
			return refuse(why, "a row has a number that no row has");
		book->line = line;
	} else if (book->in_row && strcmp(name, "c") == 0) {
		book->type = type_of(xml_attribute(attributes, "t"));
		book->column = column_of(book, xml_attribute(attributes, "r"));
		text_clear(&book->value);
		if (book->column >= CELL_LIMIT || book->column < book->cells)
			return refuse(why, "cells are out of order");
	} else if (strcmp(name, "rPh") == 0) {
		book->in_phonetic = true;
	} else if (book->in_row) {
		book->in_value = book->in_value ||
			strcmp(name, book->type == CELL_INLINE ? "t" : "v") == 0;
	}
	return true;
}

static bool add_cell(struct workbook *book, const char *text, size_t length, bool number,
	struct fail *why)
{
	if (book->used + length + 1 > RECORD_LIMIT)
		return refuse(why, "a row is too long");
	while (book->used + length + 1 > book->room) {
		book->room = book->room > 0 ? book->room * 2 : 4096;
		book->text = must_grow(book->text, book->room, 1);
	}
	memcpy(book->text + book->used, text, length);
	book->text[book->used + length] = '\0';
	GROW(book->cell, book->cells, book->cell_room);
	/* The text may still move: pointers are set when the row is done. */
	book->cell[book->cells++] =
		(struct cell){ .length = length, .line = book->line, .number = number };
	book->used += length + 1;
	return true;
}

static bool end_cell(struct workbook *book, struct fail *why)
{
	const char *text = book->value.at;
	char number[NUMBER_TEXT];

	while (book->cells < book->column)
		if (!add_cell(book, "", 0, false, why))
			return false;
	if (book->type == CELL_SHARED && book->value.length > 0) {
		char *end;
		const unsigned long index = strtoul(text, &end, 10);

		if (*end != '\0' || *text == '-' || index >= book->strings)
			return refuse(why, "a cell has a text that is not there");
		text = book->string[index];
	}
	if (book->type == CELL_NUMBER && book->value.length < NUMBER_TEXT)
		text = workbook_number(text, number);
	if (!utf8_valid(text, strlen(text)))
		return refuse(why, "a text is not UTF-8");
	return add_cell(book, text, strlen(text),
		book->type == CELL_NUMBER && book->value.length > 0, why);
}

static bool row_end(void *context, const char *name, struct fail *why)
{
	struct workbook *const book = context;

	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		book->in_value = false;
	if (strcmp(name, "rPh") == 0)
		book->in_phonetic = false;
	if (strcmp(name, "c") == 0 && book->in_row)
		return end_cell(book, why);
	if (strcmp(name, "row") == 0 && book->in_row) {
		book->in_row = false;
		book->row_done = true;
		xml_reader_pause(book->reader);
	}
	return true;
}

static bool open_sheet(struct workbook *book, struct fail *why)
{
	static const struct xml_handler handler = { row_start, row_end, value_text };
	const char *const part = book->sheet[book->at].part;

	if (part == NULL)
		return refuse(why, "a sheet is missing");
	book->in_row = book->in_value = book->in_phonetic = false;
	book->line = 0;
	if (!part_open(book, part, why))
		return false;
	if (xml_reader_open(&book->reader, part_read, &book->part, &handler, book, why))
		return true;
	part_close(book);
	return false;
}

static void close_sheet(struct workbook *book)
{
	if (book->reader != NULL)
		xml_reader_close(book->reader);
	book->reader = NULL;
	part_close(book);
}

static void give(struct workbook *book, struct record *record)
{
	const char *text = book->text;

	for (size_t i = 0; i < book->cells; i++) {
		book->cell[i].text = text;
		text += book->cell[i].length + 1;
	}
	*record = (struct record){ .line = book->line,
		.sheet = book->sheet[book->at].name,
		.cell = book->cell,
		.count = book->cells };
}

static bool workbook_next(
	struct records *records, struct record *record, bool *end, struct fail *why)
{
	struct workbook *const book = (struct workbook *)records;

	*end = false;
	while (book->at < book->sheets) {
		bool over = false;

		if (book->reader == NULL && !open_sheet(book, why))
			return false;
		book->row_done = false;
		if (!xml_reader_run(book->reader, &over, why)) {
			/* XML's lines mean nothing to who sees rows. */
			why->row = book->line;
			return fail_in(
				why, "sheet \"%s\"", CUT(book->sheet[book->at].name, 60));
		}
		if (book->row_done) {
			give(book, record);
			return true;
		}
		if (over) {
			close_sheet(book);
			book->at++;
		}
	}
	*end = true;
	return true;
}

static void workbook_close(struct records *records)
{
	struct workbook *const book = (struct workbook *)records;

	close_sheet(book);
	if (book->archive != NULL)
		zip_discard(book->archive);
	text_release(&book->value);
	pool_release(&book->pool);
	free(book->string);
	free(book->text);
	free(book->cell);
	free(book);
}

static bool open_archive(struct workbook *book, const char *path, struct fail *why)
{
	int error = 0;

	book->archive = zip_open(path, ZIP_RDONLY, &error);
	if (book->archive == NULL)
		return refuse(why, "the archive is damaged");
	return zip_get_num_entries(book->archive, 0) <= ENTRIES_MOST ||
		refuse(why, "the archive has too many parts");
}

bool records_open_workbook(const char *path, struct records **records, struct fail *why)
{
	struct workbook *const book = must_alloc(sizeof *book);

	book->records = (struct records){ workbook_next, workbook_close };
	book->value = (struct text)TEXT_EMPTY;
	if (!open_archive(book, path, why) || !find_sheets(book, why) ||
		!read_strings(book, why)) {
		workbook_close(&book->records);
		return false;
	}
	*records = &book->records;
	return true;
}
