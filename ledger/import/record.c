/* Splits a text file into records of cells, knowing the line of each. */
#include "ledger/import/record.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/bytes.h"
#include "ledger/import/charset.h"

#define TAG_LIMIT 512

/* Where in a cell the reader stands. */
enum state {
	AT_START, /* of a cell */
	EQUALS,   /* after a leading '=' */
	PLAIN,
	TAG, /* in <...> at the start */
	QUOTED,
	QUOTE, /* after a quote in a quoted cell: its end, or half of a pair */
};

struct text_records {
	struct records records; /* first: the caller's view */
	struct bytes bytes;
	char delimiter;
	long line;     /* of the next byte */
	bool after_cr; /* a LF now belongs to the CR before it */
	char *text;    /* of the record, cells ended by NULs */
	size_t used, room;
	struct cell *cell;
	size_t cells, cell_room;
	/* of the cell being read */
	enum state state;
	size_t start;
	long cell_line;
	long quote_line; /* where its quote opened */
	bool cut;        /* the file is over, and the record's line is not */
	bool eight_bit;  /* it has bytes beyond ASCII */
};

static bool too_long(const struct text_records *in, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, in->cell_line, (long)in->cells + 1,
		"the record is longer than %d bytes", RECORD_LIMIT);
	return fail_hint(why,
		"look for a quote that is never closed, or whether this is a CSV file");
}

static bool add_bytes(
	struct text_records *in, const void *bytes, size_t length, struct fail *why)
{
	if (in->used + length + 1 > RECORD_LIMIT)
		return too_long(in, why);
	while (in->used + length + 1 > in->room) {
		in->room = in->room > 0 ? in->room * 2 : 4096;
		in->text = must_grow(in->text, in->room, 1);
	}
	memcpy(in->text + in->used, bytes, length);
	in->used += length;
	return true;
}

/* Replace the cell's bytes, read as Windows-1252, by UTF-8. */
static bool from_1252(struct text_records *in, struct fail *why)
{
	struct text wide = TEXT_EMPTY;
	bool done =
		charset_from_1252(in->text + in->start, in->used - in->start, &wide, why);

	if (done) {
		in->used = in->start;
		done = add_bytes(in, wide.at, wide.length, why);
	} else {
		why->row = in->cell_line;
		why->column = (long)in->cells + 1;
	}
	text_release(&wide);
	return done;
}

/* ="0012" inside quotes ("=""0012""") is a shield too. */
static void drop_shield(struct text_records *in)
{
	char *const at = in->text + in->start;
	const size_t length = in->used - in->start;

	if (length < 3 || at[0] != '=' || at[1] != '"' || at[length - 1] != '"')
		return;
	memmove(at, at + 2, length - 3);
	in->used -= 3;
}

static bool end_cell(struct text_records *in, struct fail *why)
{
	if (in->cells == CELL_LIMIT)
		return fail_at(why, FAIL_BAD_INPUT, in->cell_line, CELL_LIMIT,
			"the record has more than %d cells", CELL_LIMIT);
	if (in->eight_bit && !utf8_valid(in->text + in->start, in->used - in->start) &&
		!from_1252(in, why))
		return false;
	if (!add_bytes(in, "", 0, why))
		return false;
	drop_shield(in);
	GROW(in->cell, in->cells, in->cell_room);
	/* The text may still move: the offset stands in for the pointer until the end. */
	in->cell[in->cells++] = (struct cell){
		.text = NULL, .length = in->used - in->start, .line = in->cell_line
	};
	in->text[in->used++] = '\0';
	in->start = in->used;
	in->state = AT_START;
	in->eight_bit = false;
	in->cell_line = in->line;
	return true;
}

static void place_cells(struct text_records *in)
{
	const char *at = in->text;

	for (size_t i = 0; i < in->cells; i++) {
		in->cell[i].text = at;
		at += in->cell[i].length + 1;
	}
}

static bool stray(const struct text_records *in, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, in->line, (long)in->cells + 1,
		"text after the closing quote of a cell");
	return fail_hint(why, "a quote inside a quoted cell is written twice");
}

static bool tag_name(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		byte == '/';
}

/* Step over or end at a byte that is special in the state; *ended tells of a record's end. */
static bool take_special(
	struct text_records *in, unsigned char byte, bool *ended, struct fail *why)
{
	const bool end_of_line = byte == '\n' || byte == '\r';

	if (byte == '\0') {
		fail_at(why, FAIL_BAD_INPUT, in->line, (long)in->cells + 1,
			"a NUL byte: this is not a text file");
		return fail_hint(why, "export the file as CSV and import that");
	}
	if (in->state == QUOTED) {
		if (byte == '"') {
			in->state = QUOTE;
			return true;
		}
		in->line += end_of_line;
		in->after_cr = byte == '\r';
		return add_bytes(in, &byte, 1, why);
	}
	if (end_of_line) {
		*ended = true;
		const bool done = end_cell(in, why);

		in->line++;
		in->after_cr = byte == '\r';
		return done;
	}
	if (in->state == QUOTE && byte == '"') {
		in->state = QUOTED;
		return add_bytes(in, &byte, 1, why);
	}
	if (in->state == TAG && in->used == in->start + 1 && !tag_name(byte))
		in->state = PLAIN;
	if (in->state == TAG && byte != '>') {
		if (in->used - in->start > TAG_LIMIT)
			in->state = PLAIN;
		return add_bytes(in, &byte, 1, why);
	}
	if (in->state == TAG) {
		in->used = in->start;
		in->state = AT_START;
		return true;
	}
	if (byte == (unsigned char)in->delimiter)
		return end_cell(in, why);
	if (in->state == QUOTE)
		return byte == ' ' || byte == '\t' || stray(in, why);
	if (byte == '"' && (in->state == AT_START || in->state == EQUALS)) {
		in->used = in->start;
		in->state = QUOTED;
		in->quote_line = in->line;
		return true;
	}
	in->state = in->state == AT_START && byte == '=' ? EQUALS
		: in->state == AT_START && byte == '<'   ? TAG
							 : PLAIN;
	return add_bytes(in, &byte, 1, why);
}

/* How many of the bytes are plain text in the state. */
static size_t run_length(struct text_records *in, const unsigned char *at, size_t room)
{
	const unsigned char delimiter = (unsigned char)in->delimiter;
	unsigned char all = 0;
	size_t i = 0;

	if (in->state == QUOTED) {
		for (; i < room && at[i] != '"' && at[i] != '\n' && at[i] != '\r' &&
			at[i] != '\0';
			i++)
			all |= at[i];
	} else if (in->state == PLAIN) {
		for (; i < room && at[i] != delimiter && at[i] != '\n' && at[i] != '\r' &&
			at[i] != '\0';
			i++)
			all |= at[i];
	} else if (in->state == AT_START) {
		/* A letter, digit or sign starts plain text. */
		if (room > 0 && at[0] > '-' && at[0] != '<' && at[0] != '=' &&
			at[0] != delimiter) {
			in->state = PLAIN;
			return run_length(in, at, room);
		}
	}
	if (all >= 0x80)
		in->eight_bit = true;
	return i;
}

static bool read_record(struct text_records *in, bool *end, struct fail *why)
{
	bool ended = false, any = false;

	while (!ended) {
		if (!bytes_more(&in->bytes, why))
			return false;
		if (in->bytes.at == in->bytes.end)
			break;
		const unsigned char *const at = in->bytes.chunk + in->bytes.at;
		const size_t room = in->bytes.end - in->bytes.at;

		if (in->after_cr) {
			in->after_cr = false;
			if (*at == '\n') {
				in->bytes.at++;
				if (in->state == QUOTED && !add_bytes(in, at, 1, why))
					return false;
				continue;
			}
		}
		any = true;
		const size_t run = run_length(in, at, room);

		if (run > 0) {
			if (!add_bytes(in, at, run, why))
				return false;
			in->bytes.at += run;
			continue;
		}
		in->bytes.at++;
		if (*at >= 0x80)
			in->eight_bit = true;
		if (!take_special(in, *at, &ended, why))
			return false;
	}
	*end = !any;
	in->cut = !ended;
	if (ended || !any)
		return true;
	if (in->state == QUOTED) {
		fail_at(why, FAIL_BAD_INPUT, in->quote_line, (long)in->cells + 1,
			"a quote is opened here and never closed");
		return fail_hint(why, "the file may be cut short: download it again");
	}
	return end_cell(in, why);
}

static bool text_next(
	struct records *records, struct record *record, bool *end, struct fail *why)
{
	struct text_records *const in = (struct text_records *)records;

	in->used = in->start = in->cells = 0;
	in->state = AT_START;
	in->eight_bit = false;
	in->cell_line = in->line;
	if (!read_record(in, end, why))
		return false;
	place_cells(in);
	record->line = in->cells > 0 ? in->cell[0].line : in->line;
	record->sheet = NULL;
	record->cell = in->cell;
	record->count = in->cells;
	record->cut = in->cut;
	return true;
}

static void text_close(struct records *records)
{
	struct text_records *const in = (struct text_records *)records;

	bytes_close(&in->bytes);
	free(in->text);
	free(in->cell);
	free(in);
}

bool records_open_text(
	const char *path, char delimiter, struct records **records, struct fail *why)
{
	struct text_records *const in = must_alloc(sizeof *in);

	in->records = (struct records){ text_next, text_close };
	in->delimiter = delimiter;
	in->line = 1;
	if (!bytes_open(&in->bytes, path, why)) {
		free(in);
		return false;
	}
	*records = &in->records;
	return true;
}

struct record record_copy(const struct record *record, struct pool *pool)
{
	struct record copy = *record;

	copy.cell = pool_copy(pool, record->cell, record->count * sizeof *record->cell);
	for (size_t i = 0; i < copy.count; i++)
		copy.cell[i].text =
			pool_text(pool, record->cell[i].text, record->cell[i].length);
	if (record->sheet != NULL)
		copy.sheet = pool_text(pool, record->sheet, strlen(record->sheet));
	return copy;
}

bool record_blank(const struct record *record)
{
	for (size_t i = 0; i < record->count; i++)
		for (const char *at = record->cell[i].text; *at != '\0'; at++)
			if (*at != ' ' && *at != '\t' && *at != '\r' && *at != '\n')
				return false;
	return true;
}

const char *record_text(const struct record *record, size_t cell)
{
	return cell < record->count ? record->cell[cell].text : "";
}

char *name_plain(const char *name, char to[NAME_LIMIT])
{
	size_t used = 0;
	bool blank = false;
	const char *at = name;

	for (; *at != '\0' && used + 2 < NAME_LIMIT; at++) {
		const char *const close = *at == '<' ? strchr(at, '>') : NULL;

		if (close != NULL) {
			at = close;
			continue;
		}
		if (strchr(" \t\r\n", *at) != NULL) {
			blank = used > 0;
			continue;
		}
		if (blank)
			to[used++] = ' ';
		blank = false;
		to[used++] = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
	}
	if (*at == '\0')
		to[used] = '\0';
	else
		span_cut((struct span){ to, used + 1 }, used, to);
	return to;
}
