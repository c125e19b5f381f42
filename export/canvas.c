/* Draws with libharu: the one file that knows it. */
#include "export/canvas.h"

#include <assert.h>
#include <hpdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "export/file.h"
#include "ledger/base/pool.h"

struct canvas {
	HPDF_Doc doc;
	HPDF_Font face[FACES];
	struct font font[FACES];
	HPDF_Encoder utf8;
	HPDF_Page *page;
	size_t pages, page_room;
	HPDF_Outline *bookmark;
	size_t bookmarks, bookmark_room;
	HPDF_STATUS error, detail; /* the first one */
};

static void HPDF_STDCALL keep_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	struct canvas *const canvas = user;

	if (canvas->error == HPDF_OK) {
		canvas->error = error;
		canvas->detail = detail;
	}
}

static void load_face(struct canvas *canvas, enum face face)
{
	char path[32];
	int fd = -1;

	canvas->font[face] = font_open(face);
	if (!font_path(&canvas->font[face], &fd, path)) {
		keep_error(HPDF_FILE_OPEN_ERROR, 0, canvas);
		return;
	}
	const char *const name = HPDF_LoadTTFontFromFile(canvas->doc, path, HPDF_TRUE);

	close(fd);
	canvas->face[face] = HPDF_GetFont(canvas->doc, name, "UTF-8");
}

/*
 * No date makes equal packets equal byte by byte; SOURCE_DATE_EPOCH sets one for those who
 * want it (reproducible-builds.org).
 */
static void set_date(struct canvas *canvas)
{
	const char *const epoch = getenv("SOURCE_DATE_EPOCH");

	if (epoch == NULL || *epoch == '\0')
		return;
	const time_t at = (time_t)strtoll(epoch, NULL, 10);
	struct tm utc;

	if (gmtime_r(&at, &utc) == NULL)
		return;
	const HPDF_Date date = { utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
		utc.tm_hour, utc.tm_min, utc.tm_sec, 'Z', 0, 0 };

	HPDF_SetInfoDateAttr(canvas->doc, HPDF_INFO_CREATION_DATE, date);
}

struct canvas *canvas_new(const char *title)
{
	struct canvas *const canvas = must_alloc(sizeof *canvas);

	canvas->doc = HPDF_New(keep_error, canvas);
	if (canvas->doc == NULL) {
		keep_error(HPDF_FAILD_TO_ALLOC_MEM, 0, canvas);
		return canvas;
	}
	HPDF_UseUTFEncodings(canvas->doc);
	HPDF_SetCurrentEncoder(canvas->doc, "UTF-8");
	canvas->utf8 = HPDF_GetEncoder(canvas->doc, "UTF-8");
	HPDF_SetCompressionMode(canvas->doc, HPDF_COMP_ALL);
	for (enum face face = 0; face < FACES; face++)
		load_face(canvas, face);
	HPDF_SetInfoAttr(canvas->doc, HPDF_INFO_TITLE, title);
	HPDF_SetInfoAttr(canvas->doc, HPDF_INFO_CREATOR, "dualbasis " DUALBASIS_VERSION);
	HPDF_SetPageMode(canvas->doc, HPDF_PAGE_MODE_USE_OUTLINE);
	set_date(canvas);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (canvas == NULL)
		return;
	if (canvas->doc != NULL)
		HPDF_Free(canvas->doc);
	free(canvas->page);
	free(canvas->bookmark);
	free(canvas);
}

static bool save_bytes(struct canvas *canvas, const char *path, struct fail *why)
{
	HPDF_UINT32 size = HPDF_GetStreamSize(canvas->doc);
	HPDF_BYTE *const bytes = must_alloc(size);
	bool done = HPDF_ResetStream(canvas->doc) == HPDF_OK;
	HPDF_UINT32 read = size;

	done = done && HPDF_ReadFromStream(canvas->doc, bytes, &read) == HPDF_OK &&
		read == size;
	if (done)
		done = file_replace(path, bytes, size, why);
	else
		fail_set(why, FAIL_SYSTEM, "the PDF cannot be read back from memory");
	free(bytes);
	return done;
}

bool canvas_save(struct canvas *canvas, const char *path, struct fail *why)
{
	if (canvas->error == HPDF_OK)
		HPDF_SaveToStream(canvas->doc);
	if (canvas->error != HPDF_OK) {
		fail_set(why, FAIL_SYSTEM,
			"the PDF library failed with error 0x%04lX (%lu)",
			(unsigned long)canvas->error, (unsigned long)canvas->detail);
		return fail_file(why, path);
	}
	return save_bytes(canvas, path, why);
}

int canvas_page(struct canvas *canvas, bool landscape)
{
	GROW(canvas->page, canvas->pages, canvas->page_room);
	const HPDF_Page page = canvas->doc == NULL ? NULL : HPDF_AddPage(canvas->doc);

	HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_LETTER,
		landscape ? HPDF_PAGE_LANDSCAPE : HPDF_PAGE_PORTRAIT);
	canvas->page[canvas->pages] = page;
	return (int)canvas->pages++;
}

int canvas_pages(const struct canvas *canvas)
{
	return (int)canvas->pages;
}

static HPDF_Page page_of(const struct canvas *canvas, int page)
{
	assert(page >= 0 && (size_t)page < canvas->pages);
	return canvas->page[page];
}

double canvas_width(const struct canvas *canvas, int page)
{
	return (double)HPDF_Page_GetWidth(page_of(canvas, page));
}

double canvas_height(const struct canvas *canvas, int page)
{
	return (double)HPDF_Page_GetHeight(page_of(canvas, page));
}

const struct font *canvas_font(const struct canvas *canvas, enum face face)
{
	return &canvas->font[face];
}

double canvas_text_width(
	const struct canvas *canvas, enum face face, double size, const char *text)
{
	return measure_text(font_measure(&canvas->font[face]), text) * size / 1000;
}

static HPDF_REAL up(const struct canvas *canvas, int page, double y)
{
	return (HPDF_REAL)(canvas_height(canvas, page) - y);
}

void canvas_text_turned(struct canvas *canvas, int number, double x, double y,
	double degrees, struct pen pen, const char *text)
{
	const HPDF_Page page = page_of(canvas, number);
	const double angle = degrees * 3.14159265358979323846 / 180;
	const HPDF_REAL c = (HPDF_REAL)cos(angle), s = (HPDF_REAL)sin(angle);

	if (*text == '\0')
		return;
	HPDF_Page_BeginText(page);
	HPDF_Page_SetFontAndSize(page, canvas->face[pen.face], (HPDF_REAL)pen.size);
	if (pen.blue)
		HPDF_Page_SetRGBFill(page, 0.05f, 0.15f, 0.45f);
	else
		HPDF_Page_SetGrayFill(page, (HPDF_REAL)pen.shade);
	HPDF_Page_SetTextMatrix(page, c, s, -s, c, (HPDF_REAL)x, up(canvas, number, y));
	HPDF_Page_ShowText(page, text);
	HPDF_Page_EndText(page);
}

void canvas_text(struct canvas *canvas, int page, double x, double y, struct pen pen,
	const char *text)
{
	canvas_text_turned(canvas, page, x, y, 0, pen, text);
}

void canvas_line(struct canvas *canvas, int number, double x1, double y1, double x2,
	double y2, double thickness, double shade)
{
	const HPDF_Page page = page_of(canvas, number);

	HPDF_Page_SetLineWidth(page, (HPDF_REAL)thickness);
	HPDF_Page_SetGrayStroke(page, (HPDF_REAL)shade);
	HPDF_Page_MoveTo(page, (HPDF_REAL)x1, up(canvas, number, y1));
	HPDF_Page_LineTo(page, (HPDF_REAL)x2, up(canvas, number, y2));
	HPDF_Page_Stroke(page);
}

void canvas_dots(
	struct canvas *canvas, int number, double x1, double x2, double y, double shade)
{
	const HPDF_Page page = page_of(canvas, number);
	const HPDF_UINT16 dash[] = { 1, 3 };

	HPDF_Page_SetDash(page, dash, 2, 0);
	canvas_line(canvas, number, x1, y, x2, y, 0.6, shade);
	HPDF_Page_SetDash(page, NULL, 0, 0);
}

void canvas_box(struct canvas *canvas, int number, double x, double y, double width,
	double height, double shade)
{
	const HPDF_Page page = page_of(canvas, number);

	HPDF_Page_SetGrayFill(page, (HPDF_REAL)shade);
	HPDF_Page_Rectangle(page, (HPDF_REAL)x, up(canvas, number, y + height),
		(HPDF_REAL)width, (HPDF_REAL)height);
	HPDF_Page_Fill(page);
}

static HPDF_Destination place(struct canvas *canvas, int page, double y)
{
	const HPDF_Destination to = HPDF_Page_CreateDestination(page_of(canvas, page));

	/* Not XYZ: libharu refuses the zoom of 0 that would leave the reader's own. */
	HPDF_Destination_SetFitH(to, up(canvas, page, y));
	return to;
}

int canvas_bookmark(
	struct canvas *canvas, int parent, const char *title, int page, double y)
{
	GROW(canvas->bookmark, canvas->bookmarks, canvas->bookmark_room);
	const HPDF_Outline above = parent < 0 ? NULL : canvas->bookmark[parent];
	const HPDF_Outline mark = canvas->doc == NULL
		? NULL
		: HPDF_CreateOutline(canvas->doc, above, title, canvas->utf8);

	if (mark != NULL) {
		HPDF_Outline_SetDestination(mark, place(canvas, page, y));
		HPDF_Outline_SetOpened(mark, HPDF_FALSE);
	}
	canvas->bookmark[canvas->bookmarks] = mark;
	return (int)canvas->bookmarks++;
}

void canvas_link(struct canvas *canvas, int page, double x, double y, double width,
	double height, int to_page, double to_y)
{
	const HPDF_Rect rect = { (HPDF_REAL)x, up(canvas, page, y + height),
		(HPDF_REAL)(x + width), up(canvas, page, y) };
	const HPDF_Annotation link = HPDF_Page_CreateLinkAnnot(
		page_of(canvas, page), rect, place(canvas, to_page, to_y));

	HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
}
