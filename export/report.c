/* Builds reports: sections, blocks, rows, typed cells. */
#include "export/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void report_init(struct report *report, struct pool *pool, const char *title)
{
	*report = (struct report){
		.title = pool_text(pool, title, strlen(title)),
		.pool = pool,
		.footer = "dualbasis " DUALBASIS_VERSION,
	};
}

struct section *report_section(struct report *report, const char *id, const char *title)
{
	struct section *const section = pool_alloc(report->pool, sizeof *section);

	section->id = pool_text(report->pool, id, strlen(id));
	section->title = pool_text(report->pool, title, strlen(title));
	if (report->last != NULL)
		report->last->next = section;
	else
		report->first = section;
	report->last = section;
	return section;
}

static struct block *add_block(
	struct section *section, struct pool *pool, enum block_kind kind)
{
	if (section->blocks == section->room) {
		const size_t room = section->room ? section->room * 2 : 8;
		struct block *const block = pool_alloc(pool, room * sizeof *block);

		if (section->blocks > 0)
			memcpy(block, section->block, section->blocks * sizeof *block);
		section->block = block;
		section->room = room;
	}
	struct block *const block = &section->block[section->blocks++];

	block->kind = kind;
	return block;
}

static const char *pool_vprintf(struct pool *pool, const char *format, va_list values)
{
	va_list again;

	va_copy(again, values);
	const int length = vsnprintf(NULL, 0, format, again);

	va_end(again);
	char *const text = pool_alloc(pool, (size_t)(length < 0 ? 0 : length) + 1);

	vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, values);
	return text;
}

#define ADD_TEXT_BLOCK(kind)                                                             \
	do {                                                                             \
		va_list values;                                                          \
		va_start(values, format);                                                \
		add_block(section, pool, kind)->text =                                   \
			pool_vprintf(pool, format, values);                              \
		va_end(values);                                                          \
	} while (0)

void section_heading(struct section *section, struct pool *pool, const char *format, ...)
{
	ADD_TEXT_BLOCK(BLOCK_HEADING);
}

void section_note(struct section *section, struct pool *pool, const char *format, ...)
{
	ADD_TEXT_BLOCK(BLOCK_NOTE);
}

void section_warning(struct section *section, struct pool *pool, const char *format, ...)
{
	ADD_TEXT_BLOCK(BLOCK_WARNING);
}

void section_contents(struct section *section, struct pool *pool)
{
	add_block(section, pool, BLOCK_CONTENTS);
}

void section_chart(struct section *section, struct pool *pool, const struct chart *chart)
{
	add_block(section, pool, BLOCK_CHART)->chart = chart;
}

struct table *section_table(struct section *section, struct pool *pool, const char *title,
	const struct column *column, size_t columns)
{
	struct table *const table = pool_alloc(pool, sizeof *table);

	table->title = title;
	table->column = column;
	table->columns = columns;
	add_block(section, pool, BLOCK_TABLE)->table = table;
	return table;
}

struct cell *table_row_of(
	struct table *table, struct pool *pool, enum table_row_kind kind)
{
	if (table->rows == table->room) {
		const size_t room = table->room ? table->room * 2 : 16;
		struct table_row *const row = pool_alloc(pool, room * sizeof *row);

		if (table->rows > 0)
			memcpy(row, table->row, table->rows * sizeof *row);
		table->row = row;
		table->room = room;
	}
	struct table_row *const row = &table->row[table->rows++];

	row->kind = kind;
	row->cell = pool_alloc(pool, table->columns * sizeof *row->cell);
	return row->cell;
}

struct cell *table_row(struct table *table, struct pool *pool)
{
	return table_row_of(table, pool, ROW_PLAIN);
}

const struct section *section_shown(const struct section *section, enum medium medium)
{
	while (section != NULL && section->from > medium)
		section = section->next;
	return section;
}

struct table table_shown(const struct table *table, enum medium medium, struct pool *pool)
{
	struct column *const column = pool_alloc(pool, table->columns * sizeof *column);
	struct table shown = *table;

	shown.column = column;
	shown.columns = 0;
	for (size_t c = 0; c < table->columns; c++)
		if (table->column[c].from <= medium)
			column[shown.columns++] = table->column[c];
	shown.row = pool_alloc(pool, table->rows * sizeof *shown.row);
	shown.rows = 0;
	for (size_t r = 0; r < table->rows; r++) {
		const struct table_row *const from = &table->row[r];
		size_t to = 0;

		if (from->kind == ROW_STEP)
			continue;
		struct table_row *const row = &shown.row[shown.rows++];

		row->kind = from->kind;
		row->cell = pool_alloc(pool, shown.columns * sizeof *row->cell);
		for (size_t c = 0; c < table->columns; c++)
			if (table->column[c].from <= medium)
				row->cell[to++] = from->cell[c];
	}
	return shown;
}

struct cell cell_text(const char *text)
{
	return (struct cell){ .kind = text == NULL ? CELL_EMPTY : CELL_TEXT,
		.text = text };
}

struct cell cell_money(struct money money)
{
	return (struct cell){ .kind = CELL_MONEY, .money = money };
}

struct cell cell_dollars(struct money money)
{
	return (struct cell){
		.kind = CELL_MONEY, .money = money, .whole = money.cents % 100 == 0
	};
}

struct cell cell_shares(struct shares shares)
{
	return (struct cell){ .kind = CELL_SHARES, .shares = shares };
}

struct cell cell_price(struct price price)
{
	return (struct cell){ .kind = CELL_PRICE, .price = price };
}

struct cell cell_day(struct day day)
{
	return (struct cell){ .kind = CELL_DAY, .day = day };
}

struct cell cell_count(int64_t count)
{
	return (struct cell){ .kind = CELL_COUNT, .count = count };
}

struct cell cell_rate(int64_t number, int64_t by)
{
	return (struct cell){ .kind = CELL_RATE, .rate_num = number, .rate_den = by };
}
