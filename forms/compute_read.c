/* Splits the input of `compute` into records and cells, and reads figures from the cells. */
#include "forms/compute_read.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/figure.h"

#ifdef DUALBASIS_LITTLE_ROOM /* see tests/fuzz */
#define ROOM_AT_FIRST  ((size_t)1 << 7)
#define RECORD_LONGEST ((size_t)1 << 10)
#else
#define ROOM_AT_FIRST  ((size_t)1 << 18)
#define RECORD_LONGEST ((size_t)1 << 20)
#endif

static bool more_has_come(int descriptor)
{
	struct pollfd its = { .fd = descriptor, .events = POLLIN };

	return poll(&its, 1, 0) > 0;
}

/* Reads on; what is not used yet moves to the front. */
static bool refill(struct compute_reader *reader, struct fail *why)
{
	memmove(reader->at, reader->at + reader->first, reader->used - reader->first);
	reader->used -= reader->first;
	reader->first = 0;
	if (reader->used == reader->room) {
		if (reader->room >= RECORD_LONGEST)
			return fail_at(why, FAIL_BAD_INPUT, reader->line, 0,
				"the record is longer than a megabyte (is a quote left "
				"open?)");
		reader->at = must_grow(reader->at, reader->room *= 2, 1);
	}
	ssize_t got;

	do
		got = read(reader->descriptor, reader->at + reader->used,
			reader->room - reader->used);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fail_set(why, FAIL_SYSTEM, "cannot read: %s", strerror(errno));
	reader->used += (size_t)got;
	reader->ended = got == 0;
	return true;
}

/*
 * The line break that ends a record: the first one outside quotes, or NULL if it is not there.
 * `breaks` counts those inside quotes.
 */
static char *record_end(char *from, const char *end, long *breaks)
{
	char *const stop = memchr(from, '\n', (size_t)(end - from));
	bool quoted = false;

	*breaks = 0;
	if (stop == NULL || memchr(from, '"', (size_t)(stop - from)) == NULL)
		return stop;
	for (char *at = from; at < end; at++) {
		quoted ^= *at == '"';
		if (*at == '\n' && !quoted)
			return at;
		*breaks += *at == '\n';
	}
	return NULL;
}

static struct span *cell_add(struct compute_reader *reader)
{
	GROW(reader->cell, reader->cells, reader->cell_room);
	return &reader->cell[reader->cells++];
}

/* A quoted cell, from after its quote; doubled quotes become one, in place. */
static bool cell_unquote(
	struct compute_reader *reader, char **from, const char *end, struct fail *why)
{
	struct span *const cell = cell_add(reader);
	char *to = *from;
	char *at = *from;

	cell->at = to;
	for (; at < end && (*at != '"' || (at + 1 < end && at[1] == '"')); at++) {
		at += *at == '"';
		*to++ = *at;
	}
	cell->length = (size_t)(to - cell->at);
	if (at == end || (at + 1 < end && at[1] != ','))
		return fail_at(why, FAIL_BAD_INPUT, reader->line, (long)reader->cells,
			at == end ? "the quote is not closed"
				  : "there is something after the closing quote");
	*from = at + 1;
	return true;
}

static bool cells_split(
	struct compute_reader *reader, char *from, const char *end, struct fail *why)
{
	reader->cells = 0;
	for (;;) {
		if (from < end && *from == '"') {
			from++;
			if (!cell_unquote(reader, &from, end, why))
				return false;
		} else {
			const char *const begin = from;

			while (from < end && *from != ',')
				from++;
			*cell_add(reader) =
				(struct span){ begin, (size_t)(from - begin) };
		}
		if (from == end)
			return true;
		from++; /* the comma */
	}
}

enum found { FOUND_RECORD, FOUND_NONE_YET, FOUND_END, FOUND_BAD };

/* Makes sure that a whole record, which ends at `end`, lies in memory. */
static enum found record_whole(struct compute_reader *reader, bool wait, char **end,
	long *breaks, struct fail *why)
{
	for (;;) {
		*end = record_end(
			reader->at + reader->first, reader->at + reader->used, breaks);
		if (*end != NULL)
			return FOUND_RECORD;
		if (reader->ended) {
			*end = reader->at + reader->used;
			return reader->first == reader->used ? FOUND_END : FOUND_RECORD;
		}
		if (!wait && !more_has_come(reader->descriptor))
			return FOUND_NONE_YET;
		if (!refill(reader, why))
			return FOUND_BAD;
	}
}

/* The next record that is not an empty line, split into cells; `line` is where it begins. */
static enum found record_next(
	struct compute_reader *reader, bool wait, long *line, struct fail *why)
{
	char *end;
	long breaks;
	enum found found;

	while ((found = record_whole(reader, wait, &end, &breaks, why)) == FOUND_RECORD) {
		char *const from = reader->at + reader->first;
		const bool broken = end < reader->at + reader->used;
		const char *const stop = end > from && end[-1] == '\r' ? end - 1 : end;

		*line = reader->line;
		if (stop > from && !cells_split(reader, from, stop, why))
			return FOUND_BAD;
		reader->first = (size_t)(end - reader->at) + (broken ? 1 : 0);
		reader->line += breaks + 1;
		if (stop > from)
			return FOUND_RECORD;
	}
	return found;
}

static const char *const own_columns[] = {
	[COMPUTE_ID] = "id",
	[COMPUTE_YEAR] = "year",
	[COMPUTE_STATUS] = "status",
};

static bool column_refuse(const char *name, long column, struct fail *why)
{
	const char *const near = nearest_word(name, own_columns, COUNT(own_columns));

	why->kind = FAIL_USAGE;
	why->row = 1;
	why->column = column;
	if (near != NULL)
		fail_hint(why, "did you mean %s?", near);
	return fail_in(why, "column %ld of the header", column);
}

/* What a column is, by its name; `its` tells own columns from inputs. */
static bool header_name(struct compute_reader *reader, const char *name, long column,
	struct compute_header *its, struct fail *why)
{
	size_t index;

	for (size_t i = 0; i < COUNT(own_columns); i++)
		if (strcmp(own_columns[i], name) == 0) {
			its->is = (enum compute_cell)i;
			reader->has_id = reader->has_id || its->is == COMPUTE_ID;
			return true;
		}
	if (!law_input_find(reader->law, name, &index, why))
		return column_refuse(name, column, why);
	*its = (struct compute_header){ COMPUTE_INPUT, (uint32_t)reader->inputs,
		law_input(reader->law, index) };
	reader->input[reader->inputs++] = (uint32_t)index;
	return true;
}

static bool same_column(const struct compute_reader *reader,
	const struct compute_header *a, const struct compute_header *b)
{
	return a->is == b->is &&
		(a->is != COMPUTE_INPUT ||
			reader->input[a->column] == reader->input[b->column]);
}

static bool header_column(struct compute_reader *reader, size_t at, struct fail *why)
{
	struct pool pool = { 0 };
	const struct span cell = span_trim(reader->cell[at]);
	const char *const name = pool_text(&pool, cell.at, cell.length);
	const long column = (long)at + 1;
	bool good = header_name(reader, name, column, &reader->header[at], why);

	for (size_t i = 0; good && i < at; i++)
		if (same_column(reader, &reader->header[i], &reader->header[at]))
			good = fail_at(why, FAIL_USAGE, 1, column,
				"column \"%s\" comes twice, as %zu and %ld",
				CUT(name, 60), i + 1, column);
	pool_release(&pool);
	return good;
}

static bool header_has(
	const struct compute_reader *reader, enum compute_cell wanted, struct fail *why)
{
	for (size_t i = 0; i < reader->columns; i++)
		if (reader->header[i].is == wanted)
			return true;
	fail_at(why, FAIL_USAGE, 1, 0, "there is no column \"%s\"", own_columns[wanted]);
	return fail_hint(why, "every row needs a year and a filing status");
}

static bool header_read(struct compute_reader *reader, struct fail *why)
{
	static const char mark[] = "\xef\xbb\xbf";
	long line;
	const enum found found = record_next(reader, true, &line, why);

	if (found == FOUND_BAD)
		return false;
	if (found != FOUND_RECORD) {
		fail_set(why, FAIL_BAD_INPUT, "there is nothing to read");
		return fail_hint(
			why, "the first line names the columns: year,status,wages,...");
	}
	/* Some programs begin a text with a byte order mark. */
	struct span *const cell = &reader->cell[0];

	if (cell->length >= 3 && memcmp(cell->at, mark, 3) == 0)
		*cell = (struct span){ cell->at + 3, cell->length - 3 };
	reader->columns = reader->cells;
	reader->header = must_alloc(reader->columns * sizeof *reader->header);
	reader->input = must_alloc(reader->columns * sizeof *reader->input);
	for (size_t i = 0; i < reader->columns; i++)
		if (!header_column(reader, i, why))
			return false;
	return header_has(reader, COMPUTE_YEAR, why) &&
		header_has(reader, COMPUTE_STATUS, why);
}

bool compute_reader_open(struct compute_reader *reader, const struct law *law,
	int descriptor, const char *file, struct fail *why)
{
	*reader = (struct compute_reader){ .law = law,
		.descriptor = descriptor,
		.file = file,
		.line = 1,
		.room = ROOM_AT_FIRST,
		.at = must_alloc(ROOM_AT_FIRST) };
	return header_read(reader, why) || fail_file(why, file);
}

void compute_reader_close(struct compute_reader *reader)
{
	free(reader->at);
	free(reader->cell);
	free(reader->header);
	free(reader->input);
	*reader = (struct compute_reader){ 0 };
}

/* "-1234.5" in the plainest form, as nearly all cells are; anything else is read with care. */
static bool amount_plain(struct span cell, int64_t *cents)
{
	const bool negative = cell.length > 0 && *cell.at == '-';
	const char *at = cell.at + negative;
	const char *const end = cell.at + cell.length;
	int64_t sum = 0;

	/* Fifteen digits and two decimals stay within 64 bits. */
	if (at == end || end - at > 15)
		return false;
	while (at < end && (unsigned char)(*at - '0') < 10)
		sum = sum * 10 + (*at++ - '0');
	int decimals = 0;

	if (at < end && *at == '.')
		for (at++; at < end && decimals < 2 && (unsigned char)(*at - '0') < 10;
			decimals++)
			sum = sum * 10 + (*at++ - '0');
	if (at < end || *(end - 1) == '.')
		return false;
	for (; decimals < 2; decimals++)
		sum *= 10;
	*cents = negative ? -sum : sum;
	return sum <= MONEY_LIMIT_CENTS;
}

static bool figure_read(const struct input *input, struct span cell,
	struct compute_figures *to, size_t row, struct fail *why)
{
	to->number[row] = 0;
	to->choice[row] = (uint8_t)input->default_choice;
	to->given[row] = 0;
	if (cell.length == 0)
		return true;
	to->given[row] = 1;
	if (input->kind == INPUT_AMOUNT && amount_plain(cell, &to->number[row])) {
		to->choice[row] = 0;
		return figure_may_be(input, (struct money){ to->number[row] }, why);
	}
	struct entered entered;

	cell = span_trim(cell);
	if (cell.length == 0) {
		to->given[row] = 0;
		return true;
	}
	if (!figure_parse(input, cell, &entered, why))
		return false;
	to->number[row] = entered.amount.cents;
	to->choice[row] = (uint8_t)entered.choice;
	return true;
}

static bool year_read(struct span cell, int *year, struct fail *why)
{
	int64_t number;

	cell = span_trim(cell);
	if (!decimal_parse(cell.at, cell.length, 0, &number, why) || number < 1000 ||
		number > 9999)
		return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is no year (want 2024)",
			CUT_SPAN(cell, 60));
	*year = (int)number;
	return true;
}

static bool status_read(struct span cell, uint8_t *status, struct fail *why)
{
	cell = span_trim(cell);
	for (int i = 0; i < STATUSES; i++)
		if (span_is(cell, status_name((enum filing_status)i))) {
			*status = (uint8_t)i;
			return true;
		}
	return fail_set(why, FAIL_BAD_INPUT,
		"\"%s\" is no filing status (want single, mfj, mfs, hoh or qss)",
		CUT_SPAN(cell, 60));
}

static bool cell_read(const struct compute_reader *reader, size_t at,
	struct compute_chunk *chunk, struct fail *why)
{
	const struct compute_header *const its = &reader->header[at];
	const struct span cell = reader->cell[at];
	const size_t row = chunk->rows;

	switch (its->is) {
	case COMPUTE_ID:
		text_add_bytes(&chunk->ids, cell.at, cell.length);
		return true;
	case COMPUTE_YEAR:
		return year_read(cell, &chunk->year[row], why);
	case COMPUTE_STATUS:
		return status_read(cell, &chunk->status[row], why);
	case COMPUTE_INPUT:
		return figure_read(
			its->input, cell, &chunk->figures[its->column], row, why);
	}
	assert(false);
	return false;
}

static const char *column_name(const struct compute_reader *reader, size_t at)
{
	const struct compute_header *const its = &reader->header[at];

	return its->is == COMPUTE_INPUT ? its->input->name : own_columns[its->is];
}

static bool row_read(const struct compute_reader *reader, struct compute_chunk *chunk,
	long line, struct fail *why)
{
	if (reader->cells != reader->columns)
		return fail_at(why, FAIL_BAD_INPUT, line, 0,
			"the row has %zu cells, the header has %zu", reader->cells,
			reader->columns);
	chunk->line[chunk->rows] = line;
	chunk->id[chunk->rows] = chunk->ids.length;
	for (size_t i = 0; i < reader->columns; i++)
		if (!cell_read(reader, i, chunk, why)) {
			why->row = line;
			why->column = (long)i + 1;
			return fail_in(why, "column \"%s\"", column_name(reader, i));
		}
	chunk->id[++chunk->rows] = chunk->ids.length;
	return true;
}

bool compute_read(
	struct compute_reader *reader, struct compute_chunk *chunk, struct fail *why)
{
	chunk->rows = 0;
	text_clear(&chunk->ids);
	while (chunk->rows < COMPUTE_ROWS) {
		long line;
		const bool wait = chunk->rows == 0;
		const enum found found = record_next(reader, wait, &line, why);

		if (found == FOUND_NONE_YET || found == FOUND_END)
			break;
		if (found == FOUND_BAD || !row_read(reader, chunk, line, why))
			return fail_file(why, reader->file);
	}
	return true;
}
