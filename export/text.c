/* Shows a report on a terminal, or in a plain text file. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "export/cell.h"
#include "export/report.h"
#include "export/utf8.h"
#include "export/wrap.h"

#define NARROWEST 10 /* columns that a wrapped column of words keeps */
#define INDENT    2

struct page {
	struct text out;
	struct text_style style;
	struct pool *pool;
};

/* One column as it will be set: numbers have columns before and after their point. */
struct layout {
	int width, whole, fraction;
	bool words; /* may be wrapped */
};

static const char *const colours[] = {
	[TONE_PLAIN] = "",
	[TONE_STRONG] = "\x1b[1m",
	[TONE_MUTED] = "\x1b[2m",
	[TONE_ALERT] = "\x1b[1;31m",
};

/* What a terminal without Unicode shows for a character beyond ASCII. */
static uint32_t plain_point(uint32_t point)
{
	static const struct {
		uint32_t point, plain;
	} table[] = {
		{ 0x2010, '-' },
		{ 0x2011, '-' },
		{ 0x2013, '-' },
		{ 0x2014, '-' },
		{ 0x2212, '-' },
		{ 0x2018, '\'' },
		{ 0x2019, '\'' },
		{ 0x201c, '"' },
		{ 0x201d, '"' },
		{ 0x00a0, ' ' },
		{ 0x00a7, 'S' },
		{ 0x00b7, '*' },
		{ 0x00d7, 'x' },
		{ 0x2022, '*' },
	};

	for (size_t i = 0; i < COUNT(table); i++)
		if (table[i].point == point)
			return table[i].plain;
	return '?';
}

static void put(struct page *page, const char *text)
{
	if (page->style.unicode) {
		text_add(&page->out, text);
		return;
	}
	for (uint32_t point = utf8_next(&text); point != 0; point = utf8_next(&text))
		text_add_point(&page->out, point < 0x80 ? point : plain_point(point));
}

static void put_blanks(struct page *page, int count)
{
	for (int i = 0; i < count; i++)
		text_add(&page->out, " ");
}

static void put_rule(struct page *page, int count)
{
	for (int i = 0; i < count; i++)
		text_add(&page->out, page->style.unicode ? "\xe2\x94\x80" : "-");
}

/* Ends a line: no blanks at its end. */
static void end_line(struct page *page)
{
	while (page->out.length > 0 && page->out.at[page->out.length - 1] == ' ')
		page->out.at[--page->out.length] = '\0';
	text_add(&page->out, "\n");
}

static void blank_line(struct page *page)
{
	const struct text *const out = &page->out;

	if (out->length >= 2 && strcmp(out->at + out->length - 2, "\n\n") != 0)
		text_add(&page->out, "\n");
}

static void put_toned(struct page *page, enum tone tone, const char *text)
{
	const bool colour = page->style.colour && tone != TONE_PLAIN && *text != '\0';

	if (colour)
		text_add(&page->out, colours[tone]);
	put(page, text);
	if (colour)
		text_add(&page->out, "\x1b[0m");
}

static void put_paragraph(
	struct page *page, enum tone tone, const char *first, const char *text)
{
	const int indent = (int)utf8_width(first);
	const int limit = page->style.width > 0 ? page->style.width - indent : 100;
	const struct lines lines = wrap_text(page->pool, utf8_clean(page->pool, text),
		terminal_columns, limit < NARROWEST ? NARROWEST : limit);

	for (size_t i = 0; i < lines.count; i++) {
		if (i == 0)
			put_toned(page, tone, first);
		else
			put_blanks(page, indent);
		put_toned(page, tone, lines.at[i]);
		end_line(page);
	}
}

static int width_of(const char *text)
{
	return (int)utf8_width(text);
}

/* Columns before the point of a number. */
static int whole_width(const char *number)
{
	return (int)strcspn(number, ".%/");
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static const char *words_of(struct page *page, const struct cell *cell)
{
	return cell_words(cell, DIALECT_TERMINAL, page->pool);
}

static struct layout column_layout(struct page *page, const struct table *table, size_t c)
{
	struct layout layout = { 0 };
	int words = 0;

	for (size_t r = 0; r < table->rows; r++) {
		const struct cell *const cell = &table->row[r].cell[c];
		const char *const text = words_of(page, cell);

		if (table->row[r].kind == ROW_HEADING)
			continue;
		if (cell_is_number(cell)) {
			const int whole = whole_width(text);

			layout.whole = larger(layout.whole, whole);
			layout.fraction = larger(layout.fraction, width_of(text) - whole);
		} else {
			words = larger(words, width_of(text));
			layout.words |= cell->kind == CELL_TEXT;
		}
	}
	if (layout.words && table->column[c].width > 0 && words > table->column[c].width)
		words = larger(table->column[c].width, layout.whole + layout.fraction);
	layout.width = larger(words, layout.whole + layout.fraction);
	/* A long title over narrow figures is set on several lines. */
	const int title = width_of(table->column[c].title);
	const int word = wrap_longest_word(table->column[c].title, terminal_columns);

	layout.width =
		larger(layout.width, title <= 12 ? title : larger(word, title / 2));
	return layout;
}

static int total_width(const struct layout *layout, size_t columns, int gap)
{
	int total = gap * ((int)columns - 1);

	for (size_t c = 0; c < columns; c++)
		total += layout[c].width;
	return total;
}

/* Titles stand on one line where there is room for all of them. */
static void spread_titles(
	struct layout *layout, const struct table *table, int gap, int width)
{
	int more = 0;

	for (size_t c = 0; c < table->columns; c++)
		more += larger(0, width_of(table->column[c].title) - layout[c].width);
	if (width > 0 && total_width(layout, table->columns, gap) + more > width)
		return;
	for (size_t c = 0; c < table->columns; c++)
		layout[c].width =
			larger(layout[c].width, width_of(table->column[c].title));
}

/* Takes columns from the widest words until all fits; false if it cannot be. */
static bool squeeze(struct layout *layout, size_t columns, int gap, int width)
{
	while (total_width(layout, columns, gap) > width) {
		struct layout *widest = NULL;

		for (size_t c = 0; c < columns; c++)
			if (layout[c].words && layout[c].width > NARROWEST &&
				(widest == NULL || layout[c].width > widest->width))
				widest = &layout[c];
		if (widest == NULL)
			return false;
		widest->width--;
	}
	return true;
}

static void put_number(struct page *page, const struct layout *layout,
	const struct cell *cell, const char *text)
{
	const int whole = whole_width(text);
	const int fraction = width_of(text) - whole;

	put_blanks(page, layout->width - layout->fraction - whole);
	put_toned(page, cell->tone, text);
	put_blanks(page, layout->fraction - fraction);
}

static void put_words(struct page *page, const struct layout *layout, enum align align,
	enum tone tone, const char *text)
{
	const int blanks = layout->width - width_of(text);

	if (align == ALIGN_RIGHT)
		put_blanks(page, blanks);
	put_toned(page, tone, text);
	if (align == ALIGN_LEFT)
		put_blanks(page, blanks);
}

static void put_head(struct page *page, const struct table *table,
	const struct layout *layout, int gap)
{
	struct lines *const title =
		pool_alloc(page->pool, table->columns * sizeof *title);
	size_t height = 0;

	for (size_t c = 0; c < table->columns; c++) {
		title[c] = wrap_text(page->pool, table->column[c].title, terminal_columns,
			layout[c].width);
		height = title[c].count > height ? title[c].count : height;
	}
	for (size_t i = 0; i < height; i++) {
		for (size_t c = 0; c < table->columns; c++) {
			const size_t skipped = height - title[c].count;

			put_blanks(page, c > 0 ? gap : 0);
			put_words(page, &layout[c], table->column[c].align, TONE_STRONG,
				i < skipped ? "" : title[c].at[i - skipped]);
		}
		end_line(page);
	}
	for (size_t c = 0; c < table->columns; c++) {
		put_blanks(page, c > 0 ? gap : 0);
		put_rule(page, layout[c].width);
	}
	end_line(page);
}

static void put_total_rule(struct page *page, const struct table *table,
	const struct table_row *row, const struct layout *layout, int gap)
{
	for (size_t c = 0; c < table->columns; c++) {
		put_blanks(page, c > 0 ? gap : 0);
		if (cell_is_number(&row->cell[c]))
			put_rule(page, layout[c].width);
		else
			put_blanks(page, layout[c].width);
	}
	end_line(page);
}

static void put_row(struct page *page, const struct table *table,
	const struct table_row *row, const struct layout *layout, int gap)
{
	struct lines *const lines =
		pool_alloc(page->pool, table->columns * sizeof *lines);
	size_t height = 1;

	for (size_t c = 0; c < table->columns; c++) {
		lines[c] = wrap_text(page->pool, words_of(page, &row->cell[c]),
			terminal_columns, layout[c].words ? layout[c].width : 0);
		height = lines[c].count > height ? lines[c].count : height;
	}
	for (size_t i = 0; i < height; i++) {
		/* On a form a figure stands on the last line of the words before it. */
		size_t label = 1;

		for (size_t c = 0; c < table->columns; c++) {
			const struct cell *const cell = &row->cell[c];
			const bool number = cell_is_number(cell);
			const size_t from =
				number && table->form ? label - lines[c].count : 0;
			const bool here = i >= from && i - from < lines[c].count;
			const char *const text = here ? lines[c].at[i - from] : "";

			if (!number && lines[c].count > label)
				label = lines[c].count;
			put_blanks(page, c > 0 ? gap : 0);
			if (number && here)
				put_number(page, &layout[c], cell, text);
			else
				put_words(page, &layout[c], table->column[c].align,
					cell->tone, text);
		}
		end_line(page);
	}
}

/* When not even the figures fit side by side: one line a cell. */
static void put_cards(struct page *page, const struct table *table)
{
	int title = 0;

	for (size_t c = 0; c < table->columns; c++)
		title = larger(title, width_of(table->column[c].title));
	for (size_t r = 0; r < table->rows; r++) {
		if (r > 0)
			blank_line(page);
		for (size_t c = 0; c < table->columns; c++) {
			const struct cell *const cell = &table->row[r].cell[c];
			const char *const text = words_of(page, cell);

			if (*text == '\0')
				continue;
			const int blanks = title - width_of(table->column[c].title);
			const char *const label = pool_printf(page->pool, "%s%*s  ",
				table->column[c].title, blanks, "");

			put_paragraph(page, cell->tone, label, text);
		}
	}
}

static void set_table(struct page *page, const struct table *all)
{
	const struct table shown = table_shown(all, MEDIUM_TERMINAL, page->pool);
	const struct table *const table = &shown;
	struct layout *const layout =
		pool_alloc(page->pool, table->columns * sizeof *layout);
	const int width = page->style.width;
	int gap = 2;

	if (all->rows > 0 && table->rows == 0)
		return;
	if (table->title != NULL) {
		put_paragraph(page, TONE_STRONG, "", table->title);
		blank_line(page);
	}
	if (table->rows == 0) {
		put_paragraph(page, TONE_MUTED, "", table->none ? table->none : "none");
		return;
	}
	for (size_t c = 0; c < table->columns; c++)
		layout[c] = column_layout(page, table, c);
	spread_titles(layout, table, gap, width);
	if (width > 0 && total_width(layout, table->columns, gap) > width) {
		if (!squeeze(layout, table->columns, gap, width))
			gap = 1;
		if (gap == 1 && !squeeze(layout, table->columns, gap, width)) {
			put_cards(page, table);
			return;
		}
	}
	put_head(page, table, layout, gap);
	for (size_t r = 0; r < table->rows; r++) {
		const struct table_row *const row = &table->row[r];

		switch (row->kind) {
		case ROW_HEADING:
			if (r > 0)
				blank_line(page);
			put_paragraph(
				page, TONE_STRONG, "", words_of(page, &row->cell[0]));
			break;
		case ROW_TOTAL:
			if (r == 0 || table->row[r - 1].kind != ROW_TOTAL)
				put_total_rule(page, table, row, layout, gap);
			put_row(page, table, row, layout, gap);
			break;
		case ROW_PLAIN:
		case ROW_STEP:
			put_row(page, table, row, layout, gap);
			break;
		}
	}
}

/* The words and lines of a table are only needed while it is set. */
static void put_table(struct page *page, const struct table *table)
{
	struct pool *const kept = page->pool;
	struct pool scratch = { 0 };

	page->pool = &scratch;
	set_table(page, table);
	page->pool = kept;
	pool_release(&scratch);
}

/* A chart becomes the table of its figures. */
static void put_chart(struct page *page, const struct chart *chart)
{
	struct column *const column =
		pool_alloc(page->pool, (chart->count + 1) * sizeof *column);
	struct table table = {
		.title = chart->title, .column = column, .columns = chart->count + 1
	};

	column[0] = (struct column){ .title = "" };
	for (size_t s = 0; s < chart->count; s++)
		column[s + 1] = (struct column){ .title = chart->series[s].name,
			.align = ALIGN_RIGHT };
	for (size_t p = 0; p < chart->points; p++) {
		struct cell *const cell = table_row(&table, page->pool);

		cell[0] = cell_text(chart->point[p]);
		for (size_t s = 0; s < chart->count; s++)
			cell[s + 1] = cell_money(chart->series[s].value[p]);
	}
	put_table(page, &table);
}

static void put_block(struct page *page, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		put_paragraph(page, TONE_STRONG, "", block->text);
		break;
	case BLOCK_NOTE:
		put_paragraph(page, TONE_PLAIN, "", block->text);
		break;
	case BLOCK_WARNING:
		put_paragraph(page, TONE_ALERT, "! ", block->text);
		break;
	case BLOCK_TABLE:
		put_table(page, block->table);
		break;
	case BLOCK_CHART:
		put_chart(page, block->chart);
		break;
	case BLOCK_CONTENTS:
		return;
	}
}

/* What a terminal does not show leaves no blank line either. */
static bool is_shown(const struct block *block)
{
	return block->kind != BLOCK_CONTENTS &&
		!(block->kind == BLOCK_CHART && block->chart->tabled);
}

void report_text(const struct report *report, struct text_style style, FILE *file)
{
	struct pool pool = { 0 };
	struct page page = { TEXT_EMPTY, style, &pool };

	put_paragraph(&page, TONE_STRONG, "", report->title);
	if (report->subtitle != NULL)
		put_paragraph(&page, TONE_PLAIN, "", report->subtitle);
	if (report->draft)
		put_paragraph(&page, TONE_ALERT, "! ", "DRAFT: not final");
	for (const struct section *section =
			section_shown(report->first, MEDIUM_TERMINAL);
		section != NULL;
		section = section_shown(section->next, MEDIUM_TERMINAL)) {
		blank_line(&page);
		/* A report of one section has said its title already. */
		if (report->first != report->last) {
			put_paragraph(&page, TONE_STRONG, "", section->title);
			put_rule(&page, width_of(section->title));
			end_line(&page);
		}
		for (size_t b = 0; b < section->blocks; b++) {
			if (!is_shown(&section->block[b]))
				continue;
			blank_line(&page);
			put_block(&page, &section->block[b]);
		}
	}
	fwrite(page.out.at, 1, page.out.length, file);
	text_release(&page.out);
	pool_release(&pool);
}
