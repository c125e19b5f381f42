/*
 * canvas.h: pages to draw on, which become a PDF.
 *
 * Places are in points from the top left corner of a page; y grows downward and is the
 * baseline of text. Pages stay open until the end, so that page numbers can be drawn
 * last. Errors are kept, as a stream keeps them: draw on, and canvas_save tells.
 * Text is drawn as it is: make it safe with font_text() first.
 */
#ifndef DUALBASIS_EXPORT_CANVAS_H
#define DUALBASIS_EXPORT_CANVAS_H

#include "export/font.h"
#include "ledger/base/fail.h"

struct canvas;
struct canvas *canvas_new(const char *title); /* title: for the reader's window */
void canvas_free(struct canvas *);
bool canvas_save(struct canvas *, const char *path, struct fail *) MUST_USE;

/* The number of the new page, from 0: letter size, upright or on its side. */
int canvas_page(struct canvas *, bool landscape);
int canvas_pages(const struct canvas *);
double canvas_width(const struct canvas *, int page);
double canvas_height(const struct canvas *, int page);

const struct font *canvas_font(const struct canvas *, enum face);
double canvas_text_width(const struct canvas *, enum face, double size, const char *);

struct pen {
	enum face face;
	double size;
	double shade; /* 0 black to 1 white */
	bool blue;    /* of links: dark enough to stay black in print */
};
void canvas_text(struct canvas *, int page, double x, double y, struct pen, const char *);
/* Turned by an angle in degrees around its start. */
void canvas_text_turned(struct canvas *, int page, double x, double y, double degrees,
	struct pen, const char *);
void canvas_line(struct canvas *, int page, double x1, double y1, double x2, double y2,
	double thickness, double shade);
void canvas_dots(struct canvas *, int page, double x1, double x2, double y, double shade);
void canvas_box(struct canvas *, int page, double x, double y, double width,
	double height, double shade);

/* A bookmark below `parent` (-1: at the top); returns its number. */
int canvas_bookmark(struct canvas *, int parent, const char *title, int page, double y);
/* A rectangle of a page that leads to a place of another. */
void canvas_link(struct canvas *, int page, double x, double y, double width,
	double height, int to_page, double to_y);

#endif
