/* Writes sheets with libxlsxwriter: the one file that knows it. */
#include "export/sheets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "export/utf8.h"

#define MOST_LINKS  60000
#define ROW_HEIGHT  14.5 /* points */
#define LINE_HEIGHT 12.5

struct known_look {
	struct look look;
	lxw_format *format;
};

struct sheets {
	lxw_workbook *book;
	lxw_worksheet **sheet;
	size_t count, sheet_room;
	struct known_look *look;
	size_t looks, look_room;
	lxw_error error; /* the first one */
	struct pool pool;
};

static void keep(struct sheets *sheets, lxw_error error)
{
	if (sheets->error == LXW_NO_ERROR)
		sheets->error = error;
}

/*
 * Without a date libxlsxwriter writes the time of day. 1980 is what it gives its ZIP entries;
 * SOURCE_DATE_EPOCH sets another.
 */
static time_t creation_date(void)
{
	const char *const epoch = getenv("SOURCE_DATE_EPOCH");
	const time_t at = epoch == NULL ? 0 : (time_t)strtoll(epoch, NULL, 10);

	return at > 0 ? at : 315532800;
}

/* libxlsxwriter asks for texts that it could change, and does not. */
static char *words(struct sheets *sheets, const char *text)
{
	const char *const clean = utf8_clean(&sheets->pool, text);

	return pool_text(&sheets->pool, clean, strlen(clean));
}

struct sheets *sheets_new(const char *path, const char *title)
{
	struct sheets *const sheets = must_alloc(sizeof *sheets);

	sheets->book = workbook_new_opt(path, NULL);
	assert(sheets->book != NULL);
	lxw_doc_properties properties = {
		.title = words(sheets, title),
		.comments = words(sheets, "made by dualbasis " DUALBASIS_VERSION),
		.created = creation_date(),
	};

	keep(sheets, workbook_set_properties(sheets->book, &properties));
	return sheets;
}

bool sheets_finish(struct sheets *sheets, struct fail *why)
{
	keep(sheets, workbook_close(sheets->book));
	const lxw_error error = sheets->error;

	free(sheets->sheet);
	free(sheets->look);
	pool_release(&sheets->pool);
	free(sheets);
	if (error != LXW_NO_ERROR)
		return fail_set(why, FAIL_SYSTEM, "the workbook cannot be written: %s",
			lxw_strerror(error));
	return true;
}

const char *sheets_name_for(const char *wanted, struct pool *pool)
{
	const char *at = utf8_clean(pool, wanted);
	char *const name = pool_alloc(pool, 4 * 31 + 1);
	size_t length = 0, points = 0;

	for (uint32_t point = utf8_next(&at); point != 0 && points < 31;
		point = utf8_next(&at), points++) {
		const bool forbidden =
			point < 0x80 && strchr("[]:*?/\\'", (int)point) != NULL;

		length += utf8_put(forbidden ? '-' : point, name + length);
	}
	name[length] = '\0';
	return length > 0 ? name : "Sheet";
}

int sheets_add(struct sheets *sheets, const char *name, bool landscape)
{
	lxw_worksheet *const sheet = workbook_add_worksheet(sheets->book, name);

	assert(sheet != NULL);
	GROW(sheets->sheet, sheets->count, sheets->sheet_room);
	sheets->sheet[sheets->count] = sheet;
	worksheet_set_paper(sheet, 1);
	if (landscape)
		worksheet_set_landscape(sheet);
	worksheet_set_default_row(sheet, ROW_HEIGHT, LXW_FALSE);
	worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
	worksheet_fit_to_pages(sheet, 1, 0);
	return (int)sheets->count++;
}

static lxw_worksheet *sheet_of(const struct sheets *sheets, int sheet)
{
	assert(sheet >= 0 && (size_t)sheet < sheets->count);
	return sheets->sheet[sheet];
}

static bool same_look(const struct look *a, const struct look *b)
{
	return a->number == b->number && a->size == b->size && a->bold == b->bold &&
		a->grey == b->grey && a->alert == b->alert && a->wrap == b->wrap &&
		a->right == b->right && a->rule_above == b->rule_above &&
		a->rule_below == b->rule_below && a->input == b->input &&
		a->link == b->link && a->indent == b->indent &&
		a->blank_zero == b->blank_zero;
}

static lxw_format *new_format(struct sheets *sheets, const struct look *look)
{
	static const char *const numbers[] = {
		[LOOK_GENERAL] = "General",
		[LOOK_TEXT] = "@",
		[LOOK_CENTS] = "#,##0.00_);(#,##0.00)",
		[LOOK_DOLLARS] = "#,##0_);(#,##0)",
		[LOOK_SHARES] = "#,##0",
		[LOOK_PART_SHARES] = "#,##0.########",
		[LOOK_PRICE] = "#,##0.00######",
		[LOOK_DAY] = "mm/dd/yyyy",
		[LOOK_PERCENT] = "0.0#####%",
	};
	lxw_format *const format = workbook_add_format(sheets->book);

	format_set_font_name(format, "Liberation Sans");
	format_set_font_size(format, look->size > 0 ? look->size : 10);
	/* A third section of nothing hides zeros. */
	format_set_num_format(format,
		pool_printf(&sheets->pool, "%s%s", numbers[look->number],
			look->blank_zero ? ";\"\"" : ""));
	format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
	if (look->right)
		format_set_align(format, LXW_ALIGN_RIGHT);
	else if (look->number == LOOK_TEXT || look->number == LOOK_DAY)
		format_set_align(format, LXW_ALIGN_LEFT);
	if (look->indent)
		format_set_indent(format, 2);
	if (look->bold || look->alert)
		format_set_bold(format);
	if (look->grey)
		format_set_font_color(format, 0x606060);
	if (look->alert)
		format_set_font_color(format, 0xa00000);
	if (look->link)
		format_set_font_color(format, 0x1a3a7a);
	if (look->wrap)
		format_set_text_wrap(format);
	if (look->rule_above)
		format_set_top(format, LXW_BORDER_THIN);
	if (look->rule_below)
		format_set_bottom(format, LXW_BORDER_THIN);
	if (look->input) {
		format_set_bg_color(format, 0xfff6d5);
		format_set_unlocked(format);
	}
	return format;
}

static lxw_format *format_of(struct sheets *sheets, struct look look)
{
	for (size_t i = 0; i < sheets->looks; i++)
		if (same_look(&sheets->look[i].look, &look))
			return sheets->look[i].format;
	GROW(sheets->look, sheets->looks, sheets->look_room);
	lxw_format *const format = new_format(sheets, &look);

	sheets->look[sheets->looks++] = (struct known_look){ look, format };
	return format;
}

static lxw_row_t row_of(int row)
{
	assert(row >= 0);
	return (lxw_row_t)row;
}

static lxw_col_t column_of(int column)
{
	assert(column >= 0 && column < LXW_COL_MAX);
	return (lxw_col_t)column;
}

#define LONGEST_TEXT 32000 /* bytes; a cell holds 32767 characters */

void sheets_text(struct sheets *sheets, int sheet, int row, int column, struct look look,
	const char *text)
{
	const char *clean = utf8_clean(&sheets->pool, text);

	if (strlen(clean) > LONGEST_TEXT)
		clean = utf8_clean(
			&sheets->pool, pool_text(&sheets->pool, clean, LONGEST_TEXT));
	keep(sheets,
		worksheet_write_string(sheet_of(sheets, sheet), row_of(row),
			column_of(column), clean, format_of(sheets, look)));
}

void sheets_number(struct sheets *sheets, int sheet, int row, int column,
	struct look look, double number)
{
	keep(sheets,
		worksheet_write_number(sheet_of(sheets, sheet), row_of(row),
			column_of(column), number, format_of(sheets, look)));
}

void sheets_formula(struct sheets *sheets, int sheet, int row, int column,
	struct look look, const char *formula, double value)
{
	keep(sheets,
		worksheet_write_formula_num(sheet_of(sheets, sheet), row_of(row),
			column_of(column), pool_printf(&sheets->pool, "=%s", formula),
			format_of(sheets, look), value));
}

void sheets_formula_text(struct sheets *sheets, int sheet, int row, int column,
	struct look look, const char *formula, const char *value)
{
	keep(sheets,
		worksheet_write_formula_str(sheet_of(sheets, sheet), row_of(row),
			column_of(column), pool_printf(&sheets->pool, "=%s", formula),
			format_of(sheets, look), value));
}

void sheets_link(
	struct sheets *sheets, int sheet, int row, int column, const char *target)
{
	/* A sheet holds some 65,000 links; what comes behind is found without. */
	if (sheet_of(sheets, sheet)->hlink_count >= MOST_LINKS)
		return;
	keep(sheets,
		worksheet_write_url(sheet_of(sheets, sheet), row_of(row),
			column_of(column),
			pool_printf(&sheets->pool, "internal:%s", target), NULL));
}

void sheets_comment(
	struct sheets *sheets, int sheet, int row, int column, const char *text)
{
	keep(sheets,
		worksheet_write_comment(sheet_of(sheets, sheet), row_of(row),
			column_of(column), utf8_clean(&sheets->pool, text)));
}

void sheets_choice(
	struct sheets *sheets, int sheet, int row, int column, const char *const *word)
{
	const char **list = NULL;
	size_t count = 0;

	while (word[count] != NULL)
		count++;
	list = pool_alloc(&sheets->pool, (count + 1) * sizeof *list);
	for (size_t i = 0; i < count; i++)
		list[i] = word[i];
	lxw_data_validation rule = {
		.validate = LXW_VALIDATION_TYPE_LIST,
		.value_list = (char **)list, /* read only, whatever its type says */
		.error_title = words(sheets, "Not a choice"),
		.error_message = words(sheets, "Choose one of the words in the list."),
	};

	keep(sheets,
		worksheet_data_validation_cell(
			sheet_of(sheets, sheet), row_of(row), column_of(column), &rule));
}

void sheets_blank(struct sheets *sheets, int sheet, int row, int column, struct look look)
{
	keep(sheets,
		worksheet_write_blank(sheet_of(sheets, sheet), row_of(row),
			column_of(column), format_of(sheets, look)));
}

void sheets_width(struct sheets *sheets, int sheet, int column, double characters)
{
	keep(sheets,
		worksheet_set_column(sheet_of(sheets, sheet), column_of(column),
			column_of(column), characters, NULL));
}

void sheets_height(struct sheets *sheets, int sheet, int row, int lines)
{
	keep(sheets,
		worksheet_set_row(sheet_of(sheets, sheet), row_of(row),
			ROW_HEIGHT + LINE_HEIGHT * (lines - 1), NULL));
}

void sheets_freeze(struct sheets *sheets, int sheet, int row)
{
	worksheet_freeze_panes(sheet_of(sheets, sheet), row_of(row), 0);
}

/* In headers and footers "&" begins a command. */
static void add_escaped(struct text *text, const char *words)
{
	for (; *words != '\0'; words++)
		text_add_bytes(text, *words == '&' ? "&&" : words, *words == '&' ? 2 : 1);
}

static void set_frame(lxw_error (*set)(lxw_worksheet *, const char *),
	struct sheets *sheets, int sheet, const char *left, const char *right)
{
	struct text text = TEXT_EMPTY;
	/* 255 characters are allowed in all. */
	const char *const clean = utf8_clean(&sheets->pool, left);

	text_add(&text, "&L&8");
	add_escaped(&text, strlen(clean) < 160 ? clean : "");
	text_addf(&text, "&R&8%s", right);
	keep(sheets, set(sheet_of(sheets, sheet), text.at));
	text_release(&text);
}

void sheets_print(struct sheets *sheets, int sheet, int head_row, const char *header,
	const char *footer)
{
	if (head_row >= 0)
		keep(sheets,
			worksheet_repeat_rows(sheet_of(sheets, sheet), row_of(head_row),
				row_of(head_row)));
	set_frame(worksheet_set_header, sheets, sheet, header, "&A");
	set_frame(worksheet_set_footer, sheets, sheet, footer, "Page &P of &N");
}

void sheets_protect(struct sheets *sheets, int sheet)
{
	lxw_protection allowed = {
		.format_cells = LXW_TRUE,
		.format_columns = LXW_TRUE,
		.format_rows = LXW_TRUE,
		.sort = LXW_TRUE,
		.autofilter = LXW_TRUE,
	};

	worksheet_protect(sheet_of(sheets, sheet), NULL, &allowed);
}

void sheets_name(struct sheets *sheets, const char *name, const char *reference)
{
	keep(sheets,
		workbook_define_name(sheets->book, name,
			pool_printf(&sheets->pool, "=%s", reference)));
}

void sheets_chart(struct sheets *sheets, int sheet, int row, const struct chart *chart,
	const int *columns, int first, int last)
{
	static const lxw_chart_type types[] = {
		[CHART_BARS] = LXW_CHART_COLUMN,
		[CHART_LINES] = LXW_CHART_LINE,
	};
	static const lxw_color_t shades[] = { 0x333333, 0xa6a6a6, 0x5b7fa6, 0xd9d9d9 };
	lxw_worksheet *const on = sheet_of(sheets, sheet);
	lxw_chart *const drawn =
		workbook_add_chart(sheets->book, (uint8_t)types[chart->kind]);

	for (size_t s = 0; s < chart->count; s++) {
		lxw_chart_series *const series = chart_add_series(drawn, NULL, NULL);
		const lxw_col_t column = column_of(columns[s]);
		lxw_chart_fill fill = { .color = shades[s % COUNT(shades)] };
		lxw_chart_line line = { .color = shades[s % COUNT(shades)], .width = 2 };

		chart_series_set_categories(
			series, on->name, row_of(first), 0, row_of(last), 0);
		chart_series_set_values(
			series, on->name, row_of(first), column, row_of(last), column);
		chart_series_set_name(series, chart->series[s].name);
		if (chart->kind == CHART_LINES)
			chart_series_set_line(series, &line);
		else
			chart_series_set_fill(series, &fill);
	}
	lxw_chart_font title = { .size = 11, .bold = LXW_TRUE };
	lxw_chart_line grid = { .color = 0xd9d9d9 };

	chart_title_set_name(drawn, chart->title);
	chart_title_set_name_font(drawn, &title);
	chart_axis_set_num_format(drawn->y_axis, "#,##0_);(#,##0)");
	chart_axis_major_gridlines_set_line(drawn->y_axis, &grid);
	chart_axis_set_label_position(drawn->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
	chart_legend_set_position(drawn, LXW_CHART_LEGEND_BOTTOM);
	lxw_chart_options options = { .x_scale = 1.4, .y_scale = 1.1 };

	keep(sheets, worksheet_insert_chart_opt(on, row_of(row), 0, drawn, &options));
}
