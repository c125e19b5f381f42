/* Lays a report out on sheets: one a section, alive where its cells have formulas. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "export/cell.h"
#include "export/file.h"
#include "export/reference.h"
#include "export/sheets.h"
#include "export/utf8.h"
#include "export/wrap.h"

#define NARROWEST   7.0
#define WIDEST      60 /* characters */
#define NOTES_WIDTH 96 /* characters a line of a note, at least */

/* Where a name of the report stands in the workbook. */
struct spot {
	const char *name;
	const char *sheet;
	int row, column;
};

/*
 * The report is walked twice: the first walk finds where everything will stand, so that the
 * second can write links to what comes later.
 */
struct binder {
	const struct report *report;
	struct sheets *sheets;
	struct pool *pool;
	bool writing;
	int sheet, row;
	const char *sheet_name;
	double width[64]; /* of the sheet's columns, in characters */
	int notes;        /* characters in a line of a note */
	const struct table *last_table;
	struct frame last_frame;
	struct spot *spot;
	size_t spots, room;
};

static void note_spot(struct binder *binder, const char *name, int row, int column)
{
	if (binder->writing || name == NULL)
		return;
	GROW(binder->spot, binder->spots, binder->room);
	binder->spot[binder->spots++] =
		(struct spot){ name, binder->sheet_name, row, column };
}

static int spot_order(const void *a, const void *b)
{
	return strcmp(((const struct spot *)a)->name, ((const struct spot *)b)->name);
}

static const struct spot *find_spot(const struct binder *binder, const char *name)
{
	const struct spot wanted = { .name = name };

	return binder->spots == 0 ? NULL
				  : bsearch(&wanted, binder->spot, binder->spots,
					    sizeof wanted, spot_order);
}

static bool write_link(struct binder *binder, int row, int column, const char *name)
{
	const struct spot *const to = name == NULL ? NULL : find_spot(binder, name);

	if (to == NULL)
		return false;
	sheets_link(binder->sheets, binder->sheet, row, column,
		pool_printf(binder->pool, "'%s'!%s%d", to->sheet,
			column_letters(to->column, binder->pool), to->row + 1));
	return true;
}

static void write_text(
	struct binder *binder, int row, int column, struct look look, const char *text)
{
	if (binder->writing)
		sheets_text(binder->sheets, binder->sheet, row, column, look, text);
}

static double number_of(const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_MONEY:
		return (double)cell->money.cents / 100.0;
	case CELL_SHARES:
		return (double)cell->shares.e8 / 1e8;
	case CELL_PRICE:
		return (double)cell->price.e8 / 1e8;
	case CELL_RATE:
		return (double)cell->rate_num / (double)cell->rate_den;
	case CELL_COUNT:
		return (double)cell->count;
	case CELL_DAY:
		/* Day 1 is the first of 1900, and 1900 has a 29 February. */
		return (double)cell->day.number + 25569;
	case CELL_EMPTY:
	case CELL_TEXT:
		break;
	}
	assert(!"a number");
	return 0;
}

static enum number_look number_look(const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_MONEY:
		return cell->whole ? LOOK_DOLLARS : LOOK_CENTS;
	case CELL_SHARES:
		return cell->shares.e8 % 100000000 == 0 ? LOOK_SHARES : LOOK_PART_SHARES;
	case CELL_PRICE:
		return LOOK_PRICE;
	case CELL_RATE:
		return LOOK_PERCENT;
	case CELL_COUNT:
		return LOOK_GENERAL;
	case CELL_DAY:
		return day_known(cell->day) ? LOOK_DAY : LOOK_TEXT;
	case CELL_TEXT:
		return LOOK_TEXT;
	case CELL_EMPTY:
		break;
	}
	return LOOK_GENERAL;
}

/* Words beside figures that are set right keep their distance. */
static bool needs_indent(const struct table *table, size_t column)
{
	return column > 0 && table->column[column].align == ALIGN_LEFT &&
		table->column[column - 1].align == ALIGN_RIGHT;
}

static struct look look_of(
	const struct table *table, const struct table_row *row, size_t column)
{
	const struct cell *const cell = &row->cell[column];

	return (struct look){
		.number = number_look(cell),
		.bold = row->kind == ROW_TOTAL || cell->tone == TONE_STRONG ||
			(table->form && column == 0),
		.grey = row->kind == ROW_STEP || cell->tone == TONE_MUTED,
		.alert = cell->tone == TONE_ALERT,
		.wrap = cell->kind == CELL_TEXT,
		.right = cell->kind == CELL_TEXT &&
			table->column[column].align == ALIGN_RIGHT,
		.rule_above = row->kind == ROW_TOTAL && cell_is_number(cell),
		.input = cell->input,
		.blank_zero = cell->blank,
		.indent = needs_indent(table, column),
	};
}

static void write_value(struct binder *binder, const struct cell *cell, struct look look,
	const struct frame *frame, int row, int column)
{
	struct sheets *const sheets = binder->sheets;
	const int sheet = binder->sheet;
	const bool text = cell->kind == CELL_TEXT ||
		(cell->kind == CELL_DAY && !day_known(cell->day));
	const char *const words = text && cell->text != NULL ? cell->text : "";

	if (cell->formula != NULL && cell->kind != CELL_EMPTY) {
		const char *const formula =
			place_formula(cell->formula, frame, row, binder->pool);

		if (text)
			sheets_formula_text(
				sheets, sheet, row, column, look, formula, words);
		else
			sheets_formula(sheets, sheet, row, column, look, formula,
				number_of(cell));
	} else if (cell->kind == CELL_EMPTY || (text && *words == '\0')) {
		sheets_blank(sheets, sheet, row, column, look);
	} else if (text) {
		sheets_text(sheets, sheet, row, column, look, words);
	} else {
		sheets_number(sheets, sheet, row, column, look, number_of(cell));
	}
}

static void put_cell(struct binder *binder, const struct table *table,
	const struct table_row *from, const struct frame *frame, int row, size_t c)
{
	const struct cell *const cell = &from->cell[c];
	const int column = (int)c;
	struct look look = look_of(table, from, c);

	note_spot(binder, cell->name, row, column);
	if (!binder->writing)
		return;
	look.link = write_link(binder, row, column, cell->link);
	write_value(binder, cell, look, frame, row, column);
	if (cell->choice != NULL)
		sheets_choice(binder->sheets, binder->sheet, row, column, cell->choice);
	if (cell->comment != NULL)
		sheets_comment(binder->sheets, binder->sheet, row, column, cell->comment);
	if (cell->name != NULL)
		sheets_name(binder->sheets, cell->name,
			cell_reference(binder->pool, binder->sheet_name, row, column));
}

/* Words take less room than as many digits, in which the width of a column is counted. */
static int lines_in(struct binder *binder, size_t column, const char *words)
{
	const double digits = binder->width[column < COUNT(binder->width) ? column : 0];
	const int width = (int)(digits * 1.12) - 1;

	return (int)wrap_text(
		binder->pool, words, terminal_columns, width > 1 ? width : 1)
		.count;
}

static void set_height(struct binder *binder, const struct table *table,
	const struct table_row *from, int row)
{
	int lines = 1;

	for (size_t c = 0; binder->writing && c < table->columns; c++) {
		const bool head = from == NULL;

		if (!head && from->cell[c].kind != CELL_TEXT)
			continue;
		const char *const words = head
			? table->column[c].title
			: cell_words(&from->cell[c], DIALECT_PRINT, binder->pool);
		const int needed = lines_in(binder, c, words);

		lines = needed > lines ? needed : lines;
	}
	if (lines > 1)
		sheets_height(binder->sheets, binder->sheet, row, lines);
}

static void put_head(struct binder *binder, const struct table *table, int row)
{
	for (size_t c = 0; c < table->columns; c++) {
		const struct look look = { .number = LOOK_TEXT,
			.bold = true,
			.wrap = true,
			.rule_below = true,
			.indent = needs_indent(table, c),
			.right = table->column[c].align == ALIGN_RIGHT };

		write_text(binder, row, (int)c, look, table->column[c].title);
	}
}

/* A table without rows keeps one empty row, so that its columns' names mean something. */
static struct frame frame_of(const struct table *table, int head)
{
	struct frame frame = { head, head + 1, head + 1 };

	while ((size_t)(frame.totals - frame.first) < table->rows &&
		table->row[frame.totals - frame.first].kind != ROW_TOTAL)
		frame.totals++;
	return frame;
}

static void name_columns(
	struct binder *binder, const struct table *table, const struct frame *frame)
{
	const int last = frame->totals > frame->first ? frame->totals : frame->first + 1;

	for (size_t c = 0; c < table->columns; c++) {
		if (table->name == NULL || table->column[c].name == NULL)
			continue;
		const char *const letters = column_letters((int)c, binder->pool);

		sheets_name(binder->sheets,
			pool_printf(binder->pool, "%s_%s", table->name,
				table->column[c].name),
			pool_printf(binder->pool, "'%s'!$%s$%d:$%s$%d",
				binder->sheet_name, letters, frame->first + 1, letters,
				last));
	}
}

static void put_row(struct binder *binder, const struct table *table,
	const struct table_row *row, const struct frame *frame)
{
	set_height(binder, table, row, binder->row);
	for (size_t c = 0; c < table->columns; c++)
		put_cell(binder, table, row, frame, binder->row, c);
}

static void put_table(struct binder *binder, const struct table *table)
{
	static const struct look title = {
		.number = LOOK_TEXT, .bold = true, .size = 11
	};
	static const struct look grey = { .number = LOOK_TEXT, .grey = true };

	if (table->title != NULL)
		write_text(binder, binder->row++, 0, title, table->title);
	const struct frame frame = frame_of(table, binder->row);

	binder->last_table = table;
	binder->last_frame = frame;
	set_height(binder, table, NULL, binder->row);
	put_head(binder, table, binder->row++);
	if (table->rows == 0)
		write_text(binder, binder->row++, 0, grey,
			table->none != NULL ? table->none : "none");
	for (size_t r = 0; r < table->rows; r++, binder->row++) {
		const struct table_row *const row = &table->row[r];

		if (row->kind == ROW_HEADING)
			write_text(binder, binder->row, 0,
				(struct look){ .number = LOOK_TEXT, .bold = true },
				row->cell[0].text);
		else
			put_row(binder, table, row, &frame);
	}
	if (binder->writing)
		name_columns(binder, table, &frame);
}

/* The figures of a chart that has no table beside it: names in column 0, series behind. */
static void put_figures(struct binder *binder, const struct chart *chart)
{
	static const struct look head = {
		.number = LOOK_TEXT, .bold = true, .right = true, .rule_below = true
	};
	const int first = binder->row + 1;

	for (size_t s = 0; s < chart->count; s++)
		write_text(binder, binder->row, (int)s + 1, head, chart->series[s].name);
	for (size_t p = 0; p < chart->points; p++) {
		write_text(binder, first + (int)p, 0,
			(struct look){ .number = LOOK_TEXT }, chart->point[p]);
		for (size_t s = 0; s < chart->count && binder->writing; s++)
			sheets_number(binder->sheets, binder->sheet, first + (int)p,
				(int)s + 1, (struct look){ .number = LOOK_CENTS },
				(double)chart->series[s].value[p].cents / 100.0);
	}
	binder->row = first + (int)chart->points + 1;
}

/* The column of the table before the chart that holds a series, by its title. */
static int column_of_series(const struct table *table, const char *name)
{
	for (size_t c = 0; c < table->columns; c++)
		if (strcmp(table->column[c].title, name) == 0)
			return (int)c;
	assert(!"a chart is tabled by the table before it");
	return 0;
}

/* Charts are drawn from plain numbers: what viewers cache of formula cells is 0. */
static void put_chart(struct binder *binder, const struct chart *chart)
{
	int *const columns = pool_alloc(binder->pool, chart->count * sizeof *columns);
	int first = binder->row + 1;

	if (chart->tabled)
		first = binder->last_frame.first;
	else
		put_figures(binder, chart);
	for (size_t s = 0; s < chart->count; s++)
		columns[s] = chart->tabled
			? column_of_series(binder->last_table, chart->series[s].name)
			: (int)s + 1;
	if (binder->writing && chart->points > 0 && chart->count > 0)
		sheets_chart(binder->sheets, binder->sheet, binder->row, chart, columns,
			first, first + (int)chart->points - 1);
	binder->row += 18;
}

static void put_note(struct binder *binder, struct look look, const char *text)
{
	const struct lines lines = wrap_text(binder->pool, utf8_clean(binder->pool, text),
		terminal_columns, binder->notes);

	for (size_t i = 0; i < lines.count; i++)
		write_text(binder, binder->row++, 0, look, lines.at[i]);
}

static void put_contents(struct binder *binder, const struct section *from)
{
	static const struct look title = {
		.number = LOOK_TEXT, .bold = true, .size = 11
	};

	write_text(binder, binder->row++, 0, title, "Contents");
	for (const struct section *section = from->next; section != NULL;
		section = section->next, binder->row++) {
		const bool link = binder->writing &&
			write_link(binder, binder->row, 0, section->id);

		write_text(binder, binder->row, 0,
			(struct look){ .number = LOOK_TEXT, .link = link },
			section->title);
	}
}

static void put_block(
	struct binder *binder, const struct section *section, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		put_note(binder,
			(struct look){ .number = LOOK_TEXT, .bold = true, .size = 11 },
			block->text);
		return; /* what it heads follows at once */
	case BLOCK_NOTE:
		put_note(binder, (struct look){ .number = LOOK_TEXT }, block->text);
		break;
	case BLOCK_WARNING:
		put_note(binder, (struct look){ .number = LOOK_TEXT, .alert = true },
			pool_printf(binder->pool, "! %s", block->text));
		break;
	case BLOCK_TABLE:
		put_table(binder, block->table);
		break;
	case BLOCK_CHART:
		put_chart(binder, block->chart);
		break;
	case BLOCK_CONTENTS:
		put_contents(binder, section);
		break;
	}
	binder->row++;
}

static double wider(double a, double b)
{
	return a > b ? a : b;
}

static double column_width(struct binder *binder, const struct table *table, size_t c)
{
	const struct column *const column = &table->column[c];
	const double title = (double)utf8_width(column->title);
	const double word = wrap_longest_word(column->title, terminal_columns);
	double width = wider(NARROWEST, wider(word + 1, title / 2 + 1));

	for (size_t r = 0; r < table->rows; r++) {
		const char *const words =
			cell_words(&table->row[r].cell[c], DIALECT_PRINT, binder->pool);

		if (table->row[r].kind != ROW_HEADING)
			width = wider(width, (double)utf8_width(words) + 1.5);
	}
	const double limit = column->width > 0 ? column->width : WIDEST;

	return width < limit ? width : limit;
}

static void set_widths(struct binder *binder, const struct section *section)
{
	double *const width = binder->width;
	double total = 0;

	memset(width, 0, sizeof binder->width);
	for (size_t b = 0; b < section->blocks; b++) {
		const struct table *const table = section->block[b].table;

		for (size_t c = 0;
			table != NULL && c < table->columns && c < COUNT(binder->width);
			c++)
			width[c] = wider(width[c], column_width(binder, table, c));
		if (section->block[b].kind == BLOCK_CHART)
			for (size_t c = 0; c <= section->block[b].chart->count; c++)
				width[c] = wider(width[c], 14);
	}
	for (size_t c = 0; c < COUNT(binder->width); c++) {
		total += width[c];
		if (binder->writing && width[c] > 0)
			sheets_width(binder->sheets, binder->sheet, (int)c, width[c]);
	}
	binder->notes = (int)wider(total, NOTES_WIDTH);
}

static void finish_sheet(struct binder *binder, const struct section *section)
{
	int tables = 0, head = -1, row = 0;
	const struct report *const report = binder->report;

	for (size_t b = 0; b < section->blocks; b++)
		tables += section->block[b].kind == BLOCK_TABLE;
	/* A sheet that is one table keeps its head in sight. */
	if (tables == 1 && section->block[0].kind == BLOCK_TABLE) {
		head = 3 + (section->block[0].table->title != NULL);
		row = head + 1;
	}
	if (row > 0)
		sheets_freeze(binder->sheets, binder->sheet, row);
	sheets_print(binder->sheets, binder->sheet, head, report->title,
		pool_printf(binder->pool, "%s%s", report->footer ? report->footer : "",
			report->draft ? "   DRAFT" : ""));
	sheets_protect(binder->sheets, binder->sheet);
}

static void put_section(struct binder *binder, const struct section *section)
{
	const bool first = section == binder->report->first;
	const char *const subtitle = binder->report->subtitle;

	binder->sheet_name = sheets_name_for(section->id, binder->pool);
	if (binder->writing)
		binder->sheet = sheets_add(
			binder->sheets, binder->sheet_name, section->landscape);
	set_widths(binder, section);
	note_spot(binder, section->id, 0, 0);
	write_text(binder, 0, 0,
		(struct look){ .number = LOOK_TEXT, .bold = true, .size = 14 },
		first ? binder->report->title : section->title);
	write_text(binder, 1, 0, (struct look){ .number = LOOK_TEXT, .grey = true },
		pool_printf(binder->pool, "%s%s%s%s", first ? "" : binder->report->title,
			first || subtitle == NULL ? "" : ", ",
			subtitle == NULL ? "" : subtitle,
			binder->report->draft ? "   DRAFT" : ""));
	binder->row = 3;
	for (size_t b = 0; b < section->blocks; b++)
		put_block(binder, section, &section->block[b]);
	if (binder->writing)
		finish_sheet(binder, section);
}

static void walk(struct binder *binder)
{
	for (const struct section *section = binder->report->first; section != NULL;
		section = section->next)
		put_section(binder, section);
}

bool report_xlsx(const struct report *report, const char *path, struct fail *why)
{
	struct pool pool = { 0 };
	struct new_file file;

	if (!file_begin(path, &file, &pool, why)) {
		pool_release(&pool);
		return false;
	}
	struct binder binder = { .report = report, .pool = &pool };

	walk(&binder);
	if (binder.spots > 0)
		qsort(binder.spot, binder.spots, sizeof *binder.spot, spot_order);
	binder.sheets = sheets_new(file.temporary, report->title);
	binder.writing = true;
	walk(&binder);
	bool done = sheets_finish(binder.sheets, why);

	if (done)
		done = file_finish(&file, why);
	else
		file_abandon(&file);
	free(binder.spot);
	pool_release(&pool);
	return done || fail_file(why, path);
}
