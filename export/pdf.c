/* Prints a report as a PDF: sections, paragraphs, contents, headers, footers, links. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "export/press.h"
#include "export/utf8.h"

static const struct pen body = { FACE_REGULAR, 9, PRESS_BLACK, false };
static const struct pen strong = { FACE_BOLD, 9, PRESS_BLACK, false };
static const struct pen small = { FACE_REGULAR, 7.5, PRESS_GREY, false };
static const struct pen small_strong = { FACE_BOLD, 7.5, PRESS_GREY, false };

double press_width(const struct press *press)
{
	return canvas_width(press->canvas, press->page) - 2 * PRESS_MARGIN;
}

double press_left(const struct press *press)
{
	return canvas_height(press->canvas, press->page) - PRESS_BOTTOM - press->y;
}

void press_page(struct press *press)
{
	press->page = canvas_page(press->canvas, press->section->landscape);
	press->y = PRESS_TOP;
	GROW(press->of_page, press->pages, press->page_room);
	press->of_page[press->pages++] = press->section;
	if (press->report->draft) {
		static const struct pen mark = { FACE_BOLD, 110, 0.94, false };
		const double width = canvas_width(press->canvas, press->page);
		const double height = canvas_height(press->canvas, press->page);

		canvas_text_turned(press->canvas, press->page, width / 2 - 130,
			height / 2 + 170, 50, mark, "DRAFT");
	}
}

void press_need(struct press *press, double height)
{
	if (press_left(press) < height && press->y > PRESS_TOP)
		press_page(press);
}

void press_place(struct press *press, const char *name, double y)
{
	GROW(press->place, press->places, press->place_room);
	press->place[press->places++] = (struct place){ name, press->page, y };
}

void press_jump(struct press *press, struct jump jump)
{
	GROW(press->jump, press->jumps, press->jump_room);
	press->jump[press->jumps++] = jump;
}

const char *press_words(struct press *press, enum face face, const char *text)
{
	return font_text(canvas_font(press->canvas, face), text, press->pool);
}

void press_paragraph(
	struct press *press, double x, struct pen pen, double leading, const char *text)
{
	const struct measure measure = font_measure(canvas_font(press->canvas, pen.face));
	const int limit = (int)((press_width(press) - x) * 1000 / pen.size);
	const struct lines lines = wrap_text(
		press->pool, press_words(press, pen.face, text), measure, limit);

	for (size_t i = 0; i < lines.count; i++) {
		press_need(press, leading);
		press->y += leading;
		canvas_text(press->canvas, press->page, PRESS_MARGIN + x, press->y - 2.5,
			pen, lines.at[i]);
	}
}

void press_heading(struct press *press, const char *text)
{
	static const struct pen pen = { FACE_BOLD, 11, PRESS_BLACK, false };

	press_need(press, 70);
	press->y += press->y > PRESS_TOP ? 10 : 0;
	canvas_bookmark(press->canvas, press->mark, press_words(press, FACE_BOLD, text),
		press->page, press->y);
	press_paragraph(press, 0, pen, 14, text);
	press->y += 3;
}

/* A bar at its left side tells a warning from a note in any print. */
static void print_warning(struct press *press, const char *text)
{
	press_need(press, 30);
	const int page = press->page;
	const double top = press->y;

	press_paragraph(press, 10, strong, 12, text);
	const double bottom = press->page == page ? press->y : top + 12;

	canvas_box(press->canvas, page, PRESS_MARGIN, top + 1, 3, bottom - top, 0);
	press->y += 5;
}

static void print_contents(struct press *press)
{
	double height = 34;

	for (const struct section *section = press->section->next; section != NULL;
		section = section->next)
		height += section->from <= MEDIUM_PAPER ? 14 : 0;
	press_need(press, height);
	press_heading(press, "Contents");
	for (const struct section *section =
			section_shown(press->section->next, MEDIUM_PAPER);
		section != NULL; section = section_shown(section->next, MEDIUM_PAPER)) {
		const char *const title =
			press_words(press, FACE_REGULAR, section->title);

		press_need(press, 14);
		press->y += 14;
		const double right = PRESS_MARGIN + press_width(press);
		const double end = PRESS_MARGIN +
			canvas_text_width(press->canvas, FACE_REGULAR, 9, title);

		canvas_text(press->canvas, press->page, PRESS_MARGIN, press->y - 4, body,
			title);
		canvas_dots(press->canvas, press->page, end + 6, right - 20, press->y - 4,
			0.6);
		press_jump(press,
			(struct jump){ section->id, press->page, PRESS_MARGIN,
				press->y - 13, press_width(press), 13, true });
	}
	press->y += 6;
}

static void print_block(struct press *press, const struct block *block)
{
	switch (block->kind) {
	case BLOCK_HEADING:
		press_heading(press, block->text);
		break;
	case BLOCK_NOTE:
		press_paragraph(press, 0, body, 12, block->text);
		press->y += 5;
		break;
	case BLOCK_WARNING:
		print_warning(press, block->text);
		break;
	case BLOCK_TABLE:
		press_table(press, block->table);
		break;
	case BLOCK_CHART:
		press_chart(press, block->chart);
		break;
	case BLOCK_CONTENTS:
		print_contents(press);
		break;
	}
}

static void print_section(struct press *press, const struct section *section)
{
	static const struct pen title = { FACE_BOLD, 15, PRESS_BLACK, false };
	static const struct pen subtitle = { FACE_REGULAR, 10, PRESS_GREY, false };

	const bool joined = section->joins && press->section != NULL &&
		press->section->landscape == section->landscape &&
		press_left(press) > 160;

	press->section = section;
	if (joined)
		press->y += 24;
	else
		press_page(press);
	const double top = joined ? press->y - 6 : PRESS_TOP - 30;

	press_place(press, section->id, top);
	press->mark = canvas_bookmark(press->canvas, -1,
		press_words(press, FACE_BOLD, section->title), press->page, top);
	if (section == press->report->first) {
		press_paragraph(press, 0, title, 18, press->report->title);
		if (press->report->subtitle != NULL)
			press_paragraph(press, 0, subtitle, 14, press->report->subtitle);
	} else {
		press_paragraph(press, 0, title, 18, section->title);
	}
	press->y += 4;
	canvas_line(press->canvas, press->page, PRESS_MARGIN, press->y,
		PRESS_MARGIN + press_width(press), press->y, 1.2, PRESS_BLACK);
	press->y += 10;
	for (size_t b = 0; b < section->blocks; b++)
		print_block(press, &section->block[b]);
}

static void print_right(struct press *press, int page, double right, double y,
	struct pen pen, const char *text)
{
	const double width = canvas_text_width(press->canvas, pen.face, pen.size, text);

	canvas_text(press->canvas, page, right - width, y, pen, text);
}

/* Header and footer, when it is known how many pages there are. */
static void print_frame(struct press *press, int page)
{
	struct canvas *const canvas = press->canvas;
	const double right = canvas_width(canvas, page) - PRESS_MARGIN;
	const double foot = canvas_height(canvas, page) - 34;
	const struct report *const report = press->report;
	const char *const title = press_words(press, FACE_BOLD, report->title);

	canvas_text(canvas, page, PRESS_MARGIN, 44, small_strong, title);
	if (report->subtitle != NULL)
		canvas_text(canvas, page,
			PRESS_MARGIN + 8 +
				canvas_text_width(canvas, FACE_BOLD, small.size, title),
			44, small, press_words(press, FACE_REGULAR, report->subtitle));
	print_right(press, page, right, 44, small,
		press_words(press, FACE_REGULAR, press->of_page[page]->title));
	canvas_line(canvas, page, PRESS_MARGIN, 50, right, 50, 0.4, 0.6);
	canvas_line(canvas, page, PRESS_MARGIN, foot - 12, right, foot - 12, 0.4, 0.6);
	if (report->footer != NULL)
		canvas_text(canvas, page, PRESS_MARGIN, foot, small,
			press_words(press, FACE_REGULAR, report->footer));
	print_right(press, page, right, foot, small,
		pool_printf(press->pool, "%sPage %d of %d",
			report->draft ? "DRAFT   " : "", page + 1, canvas_pages(canvas)));
}

static int place_order(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->name, ((const struct place *)b)->name);
}

static void link_all(struct press *press)
{
	if (press->places > 0)
		qsort(press->place, press->places, sizeof *press->place, place_order);
	for (size_t i = 0; i < press->jumps; i++) {
		const struct jump *const jump = &press->jump[i];
		const struct place wanted = { .name = jump->to };
		const struct place *const to = press->places == 0
			? NULL
			: bsearch(&wanted, press->place, press->places, sizeof wanted,
				  place_order);

		if (to == NULL)
			continue;
		canvas_link(press->canvas, jump->page, jump->x, jump->y, jump->width,
			jump->height, to->page, to->y);
		if (jump->number)
			print_right(press, jump->page, jump->x + jump->width,
				jump->y + jump->height - 4, body,
				pool_printf(press->pool, "%d", to->page + 1));
	}
}

bool report_pdf(const struct report *report, const char *path, struct fail *why)
{
	struct pool pool = { 0 };
	struct press press = { .report = report,
		.pool = &pool,
		.canvas = canvas_new(utf8_clean(&pool, report->title)) };

	for (const struct section *section = section_shown(report->first, MEDIUM_PAPER);
		section != NULL; section = section_shown(section->next, MEDIUM_PAPER))
		print_section(&press, section);
	for (int page = 0; page < canvas_pages(press.canvas); page++)
		print_frame(&press, page);
	link_all(&press);
	const bool done = canvas_save(press.canvas, path, why);

	canvas_free(press.canvas);
	free(press.of_page);
	free(press.place);
	free(press.jump);
	pool_release(&pool);
	return done;
}
