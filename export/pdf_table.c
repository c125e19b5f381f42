/* Prints tables: columns that fit, rows that break across pages with their heads repeated. */
#include <string.h>

#include "export/cell.h"
#include "export/press.h"

#define LARGEST  8.5 /* points */
#define SMALLEST 6.0
#define PADDING  2.2 /* above and below the lines of a row */

/* One column as it will be set, in points. */
struct strip {
	double x, width;
	double whole, fraction; /* of numbers: before and after their point */
	double word;            /* the longest: below this words are broken */
	bool words;
};

struct grid {
	struct press *press;
	const struct table *table;
	struct strip *strip;
	const char ***words; /* [row][column] */
	double size, gap, leading, width;
};

static enum face face_of(
	const struct grid *grid, const struct table_row *row, size_t column)
{
	const bool number_of_line = grid->table->form && column == 0;

	return row->kind == ROW_TOTAL || row->kind == ROW_HEADING || number_of_line ||
			row->cell[column].tone == TONE_STRONG ||
			row->cell[column].tone == TONE_ALERT
		? FACE_BOLD
		: FACE_REGULAR;
}

static double width_in(const struct grid *grid, enum face face, const char *text)
{
	return canvas_text_width(grid->press->canvas, face, grid->size, text);
}

/* "1,234" of "(1,234.50)" with its bracket: what stands before the point. */
static const char *whole_of(struct grid *grid, const char *number)
{
	return pool_text(grid->press->pool, number, strcspn(number, ".%/)"));
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

static void measure_cell(struct grid *grid, size_t r, size_t c)
{
	struct strip *const strip = &grid->strip[c];
	const struct table_row *const row = &grid->table->row[r];
	const enum face face = face_of(grid, row, c);
	const char *const text = grid->words[r][c];
	const double width = width_in(grid, face, text);

	if (cell_is_number(&row->cell[c])) {
		const double whole = width_in(grid, face, whole_of(grid, text));

		strip->whole = larger(strip->whole, whole);
		strip->fraction = larger(strip->fraction, width - whole);
		return;
	}
	strip->width = larger(strip->width, width);
	if (row->cell[c].kind == CELL_TEXT) {
		const struct measure measure =
			font_measure(canvas_font(grid->press->canvas, face));
		const double word = wrap_longest_word(text, measure) * grid->size / 1000;

		strip->words = true;
		strip->word = larger(strip->word, word);
	}
}

static void measure_column(struct grid *grid, size_t c)
{
	struct strip *const strip = &grid->strip[c];
	const struct column *const column = &grid->table->column[c];
	const char *const title = press_words(grid->press, FACE_BOLD, column->title);
	const struct measure bold =
		font_measure(canvas_font(grid->press->canvas, FACE_BOLD));
	const double word = wrap_longest_word(title, bold) * grid->size / 1000;
	const double hint = column->width * grid->size * 0.52;

	*strip = (struct strip){ 0 };
	for (size_t r = 0; r < grid->table->rows; r++)
		if (grid->table->row[r].kind != ROW_HEADING)
			measure_cell(grid, r, c);
	if (strip->words && hint > 0 && strip->width > hint)
		strip->width = larger(hint, strip->word);
	strip->width = larger(strip->width, strip->whole + strip->fraction);
	const double whole_title = width_in(grid, FACE_BOLD, title);

	/* A long title over narrow figures is set on two lines. */
	strip->width = larger(strip->width, larger(word, larger(whole_title / 2 + 4, 0)));
	if (whole_title < 60)
		strip->width = larger(strip->width, whole_title);
}

static double total_width(const struct grid *grid)
{
	double total = grid->gap * (double)(grid->table->columns - 1);

	for (size_t c = 0; c < grid->table->columns; c++)
		total += grid->strip[c].width;
	return total;
}

/* Takes width from the widest column of words until all fits. */
static bool squeeze(struct grid *grid, double room, bool break_words)
{
	while (total_width(grid) > room) {
		struct strip *widest = NULL;

		for (size_t c = 0; c < grid->table->columns; c++) {
			struct strip *const strip = &grid->strip[c];
			const double least = break_words ? 30 : larger(strip->word, 30);

			if (strip->words && strip->width > least + 1 &&
				(widest == NULL || strip->width > widest->width))
				widest = strip;
		}
		if (widest == NULL)
			return false;
		widest->width -= 1;
	}
	return true;
}

/* Words that may be broken give way first, then the size, then words that should not. */
static void fit(struct grid *grid)
{
	const double room = press_width(grid->press);

	for (grid->size = LARGEST;; grid->size -= 0.25) {
		grid->gap = grid->size * 1.3;
		for (size_t c = 0; c < grid->table->columns; c++)
			measure_column(grid, c);
		if (squeeze(grid, room, false))
			break;
		grid->gap = grid->size * 0.8;
		if (squeeze(grid, room, false))
			break;
		if (grid->size <= SMALLEST) {
			squeeze(grid, room, true);
			break;
		}
	}
	grid->leading = grid->size * 1.22;
}

/* What is left over goes to the words of a form, and between the columns of a register. */
static void spread(struct grid *grid)
{
	const size_t columns = grid->table->columns;
	const double spare = press_width(grid->press) - total_width(grid);
	struct strip *label = NULL;

	for (size_t c = 0; c < columns; c++)
		if (grid->strip[c].words &&
			(label == NULL || grid->strip[c].width > label->width))
			label = &grid->strip[c];
	if (spare > 0 && grid->table->form && label != NULL)
		label->width += spare;
	else if (spare > 0 && columns > 1)
		grid->gap += spare / (double)(columns - 1) > 22
			? 22
			: spare / (double)(columns - 1);
	double x = PRESS_MARGIN;

	for (size_t c = 0; c < columns; c++) {
		grid->strip[c].x = x;
		x += grid->strip[c].width + grid->gap;
	}
	grid->width = x - grid->gap - PRESS_MARGIN;
}

static struct lines wrap_cell(
	const struct grid *grid, enum face face, size_t c, const char *text)
{
	const struct measure measure =
		font_measure(canvas_font(grid->press->canvas, face));
	/* A hair more than measured, against the rounding of widths. */
	const int limit = (int)((grid->strip[c].width + 0.2) * 1000 / grid->size);

	return wrap_text(grid->press->pool, text, measure, limit);
}

static void rule(const struct grid *grid, double y, double thickness, double shade)
{
	canvas_line(grid->press->canvas, grid->press->page, PRESS_MARGIN, y,
		PRESS_MARGIN + grid->width, y, thickness, shade);
}

static void print_head(struct grid *grid)
{
	struct press *const press = grid->press;
	const struct table *const table = grid->table;
	const struct pen pen = { FACE_BOLD, grid->size, PRESS_BLACK, false };
	struct lines *const title =
		pool_alloc(press->pool, table->columns * sizeof *title);
	size_t height = 1;

	for (size_t c = 0; c < table->columns; c++) {
		title[c] = wrap_cell(grid, FACE_BOLD, c,
			press_words(press, FACE_BOLD, table->column[c].title));
		height = title[c].count > height ? title[c].count : height;
	}
	for (size_t c = 0; c < table->columns; c++)
		for (size_t i = 0; i < title[c].count; i++) {
			const struct strip *const strip = &grid->strip[c];
			const char *const text = title[c].at[i];
			const double down =
				(double)(height - title[c].count + i + 1) * grid->leading;
			const double blank =
				strip->width - width_in(grid, FACE_BOLD, text);

			canvas_text(press->canvas, press->page,
				table->column[c].align == ALIGN_RIGHT ? strip->x + blank
								      : strip->x,
				press->y + down, pen, text);
		}
	press->y += (double)height * grid->leading + PADDING + 1.5;
	rule(grid, press->y, 0.8, PRESS_BLACK);
	press->y += 1;
}

static void print_line(struct grid *grid, const struct table_row *row, size_t c, double y,
	const char *text)
{
	const struct cell *const cell = &row->cell[c];
	const struct strip *const strip = &grid->strip[c];
	struct press *const press = grid->press;
	const enum face face = face_of(grid, row, c);
	const bool muted = cell->tone == TONE_MUTED;
	const struct pen pen = { face, grid->size, muted ? PRESS_GREY : PRESS_BLACK,
		cell->link != NULL && cell->kind == CELL_TEXT };
	const double width = width_in(grid, face, text);
	double x = strip->x;

	if (cell_is_number(cell))
		x += strip->width - strip->fraction -
			width_in(grid, face, whole_of(grid, text));
	else if (grid->table->column[c].align == ALIGN_RIGHT)
		x += strip->width - width;
	canvas_text(press->canvas, press->page, x, y, pen, text);
	if (cell->link != NULL)
		press_jump(press,
			(struct jump){ cell->link, press->page, x, y - grid->size, width,
				grid->size + 2, false });
}

/* Dots from the end of the words to the amount, as on a form. */
static void print_leader(struct grid *grid, const struct table_row *row, size_t c,
	double y, const char *words)
{
	const bool last = c + 1 >= grid->table->columns;
	const struct strip *const strip = &grid->strip[c];

	if (!grid->table->form || c == 0 || row->cell[c].kind != CELL_TEXT || last ||
		grid->table->column[c + 1].align != ALIGN_RIGHT)
		return;
	const double from = strip->x + width_in(grid, FACE_REGULAR, words) + 5;

	if (from < strip->x + strip->width - 6)
		canvas_dots(grid->press->canvas, grid->press->page, from,
			strip->x + strip->width, y, 0.6);
}

static double row_height(const struct grid *grid, const struct lines *lines)
{
	size_t height = 1;

	for (size_t c = 0; c < grid->table->columns; c++)
		height = lines[c].count > height ? lines[c].count : height;
	return (double)height * grid->leading + 2 * PADDING;
}

static void print_total_rules(struct grid *grid, const struct table_row *row)
{
	for (size_t c = 0; c < grid->table->columns; c++)
		if (cell_is_number(&row->cell[c]))
			canvas_line(grid->press->canvas, grid->press->page,
				grid->strip[c].x, grid->press->y,
				grid->strip[c].x + grid->strip[c].width, grid->press->y,
				0.7, PRESS_BLACK);
}

static void print_row(struct grid *grid, size_t r)
{
	struct press *const press = grid->press;
	const struct table_row *const row = &grid->table->row[r];
	const size_t columns = grid->table->columns;
	struct lines *const lines = pool_alloc(press->pool, columns * sizeof *lines);

	for (size_t c = 0; c < columns; c++)
		if (cell_is_number(&row->cell[c]) || !grid->strip[c].words)
			lines[c] = (struct lines){ &grid->words[r][c], 1 };
		else
			lines[c] = wrap_cell(
				grid, face_of(grid, row, c), c, grid->words[r][c]);
	const double height = row_height(grid, lines);

	if (press_left(press) < height) {
		press_page(press);
		print_head(grid);
	}
	if (row->kind == ROW_TOTAL &&
		(r == 0 || grid->table->row[r - 1].kind != ROW_TOTAL))
		print_total_rules(grid, row);
	const double top = press->y + PADDING + grid->size * 0.95;
	double bottom = top;

	for (size_t c = 0; c < columns; c++) {
		/* On a form a figure stands on the last line of the words before it. */
		const bool low = grid->table->form && cell_is_number(&row->cell[c]);
		double y = low ? bottom : top;

		if (!low)
			bottom = larger(bottom,
				top + (double)(lines[c].count - 1) * grid->leading);

		for (size_t i = 0; i < lines[c].count; i++, y += grid->leading)
			print_line(grid, row, c, y, lines[c].at[i]);
		print_leader(grid, row, c, bottom, lines[c].at[lines[c].count - 1]);
		if (row->cell[c].name != NULL)
			press_place(press, row->cell[c].name, press->y - 6);
	}
	press->y += height;
	if (!grid->table->form)
		rule(grid, press->y, 0.3, PRESS_RULE);
}

static void print_heading_row(struct grid *grid, const struct table_row *row)
{
	struct press *const press = grid->press;
	const struct pen pen = { FACE_BOLD, grid->size + 0.5, PRESS_BLACK, false };

	/* Never alone at the foot of a page. */
	if (press_left(press) < 5 * grid->leading) {
		press_page(press);
		print_head(grid);
	}
	press->y += 5;
	press_paragraph(press, 0, pen, grid->leading + 1, row->cell[0].text);
	press->y += 2;
}

static void print_table(struct press *press, const struct table *all)
{
	const struct table shown = table_shown(all, MEDIUM_PAPER, press->pool);
	const struct table *const table = &shown;
	struct grid grid = { .press = press, .table = table };

	if (all->rows > 0 && table->rows == 0)
		return;
	if (table->title != NULL)
		press_heading(press, table->title);
	if (table->rows == 0) {
		static const struct pen pen = { FACE_REGULAR, 9, PRESS_GREY, false };

		press_paragraph(press, 0, pen, 12, table->none ? table->none : "none");
		press->y += 10;
		return;
	}
	grid.strip = pool_alloc(press->pool, table->columns * sizeof *grid.strip);
	grid.words = pool_alloc(press->pool, table->rows * sizeof *grid.words);
	for (size_t r = 0; r < table->rows; r++) {
		grid.words[r] =
			pool_alloc(press->pool, table->columns * sizeof *grid.words[r]);
		for (size_t c = 0; c < table->columns; c++)
			grid.words[r][c] =
				press_words(press, face_of(&grid, &table->row[r], c),
					cell_words(&table->row[r].cell[c], DIALECT_PRINT,
						press->pool));
	}
	fit(&grid);
	spread(&grid);
	press_need(press, 5 * grid.leading);
	print_head(&grid);
	for (size_t r = 0; r < table->rows; r++)
		if (table->row[r].kind == ROW_HEADING)
			print_heading_row(&grid, &table->row[r]);
		else
			print_row(&grid, r);
	press->y += 10;
}

/* The words and lines of a table are only needed while it is printed. */
void press_table(struct press *press, const struct table *table)
{
	struct pool *const kept = press->pool;
	struct pool scratch = { 0 };

	press->pool = &scratch;
	print_table(press, table);
	press->pool = kept;
	pool_release(&scratch);
}
