/* Reads records through a format's table. */
#include "ledger/import/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/trades.h"

/* "abc*" means: begins with abc. */
static bool name_is(const char *plain, const char *pattern)
{
	const size_t length = strlen(pattern);

	if (length > 0 && pattern[length - 1] == '*')
		return strncmp(plain, pattern, length - 1) == 0;
	return strcmp(plain, pattern) == 0;
}

static bool cell_is(const char *text, const char *name)
{
	const char first = text[strspn(text, " \t\r\n")];
	char plain[NAME_LIMIT];

	/* Most cells begin otherwise, which shows without a copy of them; tags are taken out. */
	if (first != '<' && *name != '*' && *name != first &&
		!(first >= 'A' && first <= 'Z' && *name == first - 'A' + 'a'))
		return false;
	return name_is(name_plain(text, plain), name);
}

long record_find(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++)
		if (cell_is(record->cell[i].text, name))
			return (long)i;
	return -1;
}

size_t record_filled(const struct record *record, size_t most)
{
	size_t filled = 0;

	for (size_t i = 0; i < record->count && filled < most; i++)
		filled += !value_blank(record->cell[i].text);
	return filled;
}

bool record_has(const struct record *record, const char *const *names)
{
	for (; *names != NULL; names++)
		if (record_find(record, *names) < 0)
			return false;
	return true;
}

const struct record *preview_find(const struct preview *preview, const char *const *names)
{
	for (size_t i = 0; i < preview->count; i++)
		if (record_has(&preview->record[i], names))
			return &preview->record[i];
	return NULL;
}

/* The column of a header cell; the k-th cell of a name takes the k-th column of it. */
static const struct column *column_of(
	const struct table *table, const char *plain, const char *before, size_t earlier)
{
	for (const struct column *column = table->column; column->name != NULL;
		column++) {
		if (!name_is(plain, column->name))
			continue;
		if (column->after != NULL && strcmp(column->after, before) != 0)
			continue;
		if (*plain == '\0' && column->after == NULL)
			continue;
		if (earlier == 0)
			return column;
		earlier--;
	}
	return NULL;
}

/* Room for a header of so many columns, in place of the one before. */
static void map_room(struct reading *reading, size_t count)
{
	struct pool *const pool = &reading->header_pool;

	pool_release(pool);
	reading->map = pool_alloc(pool, (count + 1) * sizeof *reading->map);
	reading->header = pool_alloc(pool, (count + 1) * sizeof *reading->header);
	reading->mapped = count;
	reading->have_header = true;
}

static void map_header(struct reading *reading, const struct record *record)
{
	char(*const plain)[NAME_LIMIT] = must_alloc((record->count + 1) * sizeof *plain);

	map_room(reading, record->count);
	for (size_t i = 0; i < record->count; i++) {
		size_t earlier = 0;

		name_plain(record->cell[i].text, plain[i]);
		for (size_t j = 0; j < i; j++)
			earlier += strcmp(plain[i], plain[j]) == 0 && *plain[i] != '\0';
		reading->map[i] = column_of(
			reading->table, plain[i], i > 0 ? plain[i - 1] : "", earlier);
		const struct span name = span_trim(span_of(record->cell[i].text));

		reading->header[i] =
			pool_text(&reading->header_pool, name.at, name.length);
	}
	while (reading->mapped > 0 && *reading->header[reading->mapped - 1] == '\0' &&
		reading->map[reading->mapped - 1] == NULL)
		reading->mapped--;
	reading->header_key = 0;
	while (reading->header_key < record->count &&
		!name_is(plain[reading->header_key], reading->table->header[0]))
		reading->header_key++;
	free(plain);
}

/*
 * A header, the first or a repeated one, of any layout of the format. To be quick, a repeated
 * one of the layout in force is looked for only where its first name stands.
 */
static bool is_header(struct reading *reading, const struct record *record)
{
	for (const struct table *table = reading->format->table; table != NULL;
		table = table->other) {
		if (table->no_header)
			continue;
		if (reading->have_header && table == reading->table &&
			!cell_is(record_text(record, reading->header_key),
				table->header[0]))
			continue;
		if (record_has(record, table->header)) {
			reading->table = table;
			return true;
		}
	}
	return false;
}

void reading_map(struct reading *reading, const char *const *names, size_t count)
{
	struct cell *const cell = must_alloc((count + 1) * sizeof *cell);
	const struct record record = { .cell = cell, .count = count };

	for (size_t i = 0; i < count; i++)
		cell[i] = (struct cell){ .text = names[i], .length = strlen(names[i]) };
	map_header(reading, &record);
	reading->mapped = count;
	free(cell);
}

/* Columns by position, for files that have no header. */
static void map_order(struct reading *reading)
{
	size_t count = 0;

	while (reading->table->column[count].name != NULL)
		count++;
	map_room(reading, count);
	for (size_t i = 0; i < count; i++) {
		reading->map[i] = &reading->table->column[i];
		reading->header[i] = reading->table->column[i].name;
	}
}

const char *reading_under(
	const struct reading *reading, const struct record *record, enum take take)
{
	for (size_t i = 0; i < reading->mapped; i++)
		if (reading->map[i] != NULL && reading->map[i]->take == take)
			return record_text(record, i);
	return "";
}

/*
 * A total has no day of sale; "TOTALENERGIES SE" that was sold on a day is a security. Its word
 * stands first, or in another cell by itself.
 */
bool is_total(const struct reading *reading, const struct record *record)
{
	static const char *const words[] = { "total", "totals",
		"total:", "totals:", "grand total", "grand total:" };

	const char *const sold = reading_under(reading, record, TAKE_SOLD);

	if (!value_blank(sold) && !value_starts(sold, "total"))
		return false;
	if (value_starts(record_text(record, 0), "total"))
		return true;
	for (size_t i = 0; i < record->count; i++)
		for (size_t j = 0; j < COUNT(words); j++)
			if (value_is(record->cell[i].text, words[j]))
				return true;
	return false;
}

enum verdict look_plainly(
	struct reading *reading, const struct record *record, struct fail *why)
{
	(void)why;
	if (!reading->have_header)
		return RECORD_SKIP;
	if (!reading->table->no_header && is_total(reading, record)) {
		reading_check_record(reading, record, "total", &reading->sum, 0);
		return RECORD_SKIP;
	}
	return reading->mapped > 2 && record_filled(record, 2) < 2 ? RECORD_SKIP
								   : RECORD_ROW;
}

/* What columns tell only together, when the format has had its say. */
static void finish_cells(const struct table *table, struct draft *draft)
{
	struct row *const row = &draft->row;

	if (row->description == NULL)
		row->description = draft->sale_words;
	if (row->description == NULL && table->symbol_names)
		row->description = row->symbol;
	if (table->contracts && draft->plans > 0 && row->proceeds == NULL)
		row->kind = ROW_1256;
}

/* The cells are read: let the format finish the row, and give it on. */
static bool finish_row(struct reading *reading, long line, struct fail *why)
{
	const struct table *const table = reading->table;
	struct draft *const draft = &reading->draft;
	bool use = true;

	if (draft->retirement) {
		tell_retirement(reading);
		reading->file->skipped++;
		return true;
	}
	bool done = table->finish == NULL || table->finish(reading, draft, &use, why);

	if (done) {
		finish_cells(table, draft);
		done = table->trades == NULL || trades_take(reading, &use, why);
	}
	if (!done) {
		if (why->row == 0)
			why->row = line;
		return false;
	}
	if (use)
		return draft_emit(reading, why);
	if (!draft->later)
		reading->file->skipped++;
	return true;
}

static bool read_row(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const struct table *const table = reading->table;

	if (!row_whole(reading, record, why))
		return false;
	struct draft *const draft = draft_begin(reading, table->kind, record->line);

	draft->first_cell = record->cell;
	for (size_t i = 0; i < record->count; i++) {
		const struct cell *const cell = &record->cell[i];

		if (i >= reading->mapped) {
			if (value_blank(cell->text))
				continue;
			fail_at(why, FAIL_BAD_INPUT, cell->line, (long)i + 1,
				"\"%s\" stands beyond the header's %zu columns",
				CUT(cell->text, 60), reading->mapped);
			return fail_hint(why,
				"look for a delimiter too many, or for a column that the "
				"header lacks");
		}
		if (reading->map[i] != NULL &&
			!draft_take(reading, reading->map[i], cell, (long)i + 1,
				reading->header[i], why))
			return false;
	}
	return finish_row(reading, record->line, why);
}

static bool add_row(struct reading *reading, const struct pair *pair, size_t count,
	long line, struct fail *why)
{
	const struct table *const table = reading->table;

	struct draft *const draft = draft_begin(reading, table->kind, line);

	draft->pair = pair;
	draft->pairs = count;
	for (size_t i = 0; i < count; i++) {
		const struct column *const column = column_of(table, pair[i].name, "", 0);

		if (column != NULL &&
			!draft_take(reading, column, &pair[i].cell, pair[i].column,
				pair[i].title != NULL ? pair[i].title : pair[i].name,
				why))
			return false;
	}
	return finish_row(reading, line, why);
}

bool table_add_row(struct reading *reading, const struct pair *pair, size_t count,
	long line, struct fail *why)
{
	return add_row(reading, pair, count, line, why) || reading_pass(reading, why);
}

/* A sheet in which nothing could be read is told, not passed over. */
static void end_sheet(struct reading *reading)
{
	if (reading->sheet != NULL && !reading->have_header)
		reading_note(reading,
			"sheet \"%s\" has no header that is known and is left out",
			CUT(reading->sheet, 60));
}

static bool take_record(
	struct reading *reading, const struct record *record, struct fail *why)
{
	enum verdict verdict;

	/* Another sheet has a header of its own. */
	if (record->sheet != reading->sheet) {
		end_sheet(reading);
		reading->sheet = record->sheet;
		reading->have_header = reading->table->no_header;
	}
	const bool is_names = is_header(reading, record);
	const char *const lacking = is_names || reading->have_header
		? NULL
		: header_lacks(reading->format, record);

	if (lacking != NULL)
		return header_refuse(reading->format, record, lacking, why);
	if (is_names)
		verdict = RECORD_HEADER;
	else if (reading->table->look != NULL)
		verdict = reading->table->look(reading, record, why);
	else
		verdict = look_plainly(reading, record, why);
	if (verdict == RECORD_ROW && reading->table->held_too &&
		value_blank(reading_under(reading, record, TAKE_SOLD))) {
		reading->held++;
		verdict = RECORD_SKIP;
	}
	switch (verdict) {
	case RECORD_HEADER:
		map_header(reading, record);
		return header_whole(reading, record, why);
	case RECORD_SKIP:
		reading->file->skipped++;
		return true;
	case RECORD_ROW:
		if (reading->have_header)
			return read_row(reading, record, why) ||
				record_in_sheet(record, why) ||
				reading_pass(reading, why);
		return fail_at(why, FAIL_BAD_INPUT, record->line, 1,
			"a row stands before the header");
	case RECORD_FAILED:
		return false;
	}
	return false;
}

bool record_in_sheet(const struct record *record, struct fail *why)
{
	char letters[8], name[40] = "";
	size_t used = sizeof letters;

	if (record->sheet == NULL || strncmp(why->message, "sheet ", 6) == 0)
		return false;
	for (long n = why->column; n > 0 && used > 0; n = (n - 1) / 26)
		letters[--used] = (char)('A' + (n - 1) % 26);
	if (why->column > 0)
		snprintf(name, sizeof name, ", cell %.*s%ld",
			(int)(sizeof letters - used), letters + used, why->row);
	return fail_in(why, "sheet \"%s\"%s", CUT(record->sheet, 60), name);
}

static bool read_record(
	struct reading *reading, const struct record *record, struct fail *why)
{
	return record_blank(record) || take_record(reading, record, why) ||
		record_in_sheet(record, why);
}

/* Of any layout: a file's, or a workbook's, may hold two. */
static bool has_trades(const struct format *format)
{
	const struct table *table = format->table;

	while (table != NULL && table->trades == NULL)
		table = table->other;
	return table != NULL;
}

bool table_read(struct reading *reading, const char *path, struct fail *why)
{
	bool end = false;

	(void)path;
	if (reading->table->no_header)
		map_order(reading);
	while (!end) {
		struct record record;

		if (!reading->records->next(reading->records, &record, &end, why))
			return false;
		if (!end && !read_record(reading, &record, why))
			return false;
	}
	end_sheet(reading);
	/* A composite may have dividends and no sales. */
	if (!reading->have_header && !incomes_any(&reading->file->income))
		return fail_at(why, FAIL_BAD_INPUT, 1, 0,
			"no header of the format %s was found", reading->format->name);
	/* What the end sums up would lack the rows that were passed over. */
	if (reading->faults > 0)
		return true;
	if (reading->held > 0)
		reading_note(reading,
			"lots still held are not used (%zu): record purchase enters them",
			reading->held);
	return (reading->table->end == NULL || reading->table->end(reading, why)) &&
		(!has_trades(reading->format) || trades_end(reading, why));
}
