/*
 * press.h: a report on its way to pages, shared by the files that print its parts.
 */
#ifndef DUALBASIS_EXPORT_PRESS_H
#define DUALBASIS_EXPORT_PRESS_H

#include "export/canvas.h"
#include "export/report.h"

#define PRESS_MARGIN 54.0 /* three quarters of an inch */
#define PRESS_TOP    76.0 /* where a page's own matter begins */
#define PRESS_BOTTOM 60.0 /* what the footer keeps */

#define PRESS_BLACK 0.0
#define PRESS_GREY  0.35 /* still dark enough for a copier */
#define PRESS_RULE  0.80

struct place {
	const char *name;
	int page;
	double y;
};
/* A rectangle that leads to a name, known only when everything has its place. */
struct jump {
	const char *to;
	int page;
	double x, y, width, height;
	bool number; /* draw the page's number at its right end, as contents do */
};

struct press {
	const struct report *report;
	struct canvas *canvas;
	struct pool *pool;
	const struct section *section;
	const struct section **of_page; /* the section a page belongs to */
	size_t pages, page_room;
	int page;
	double y; /* the top of what comes next */
	int mark; /* bookmark of the section */
	struct place *place;
	size_t places, place_room;
	struct jump *jump;
	size_t jumps, jump_room;
};

double press_width(const struct press *);       /* between the margins */
double press_left(const struct press *);        /* points left on this page */
void press_page(struct press *);                /* begin a new page of the section */
void press_need(struct press *, double height); /* a new page if there is less */
void press_place(struct press *, const char *name, double y);
void press_jump(struct press *, struct jump);

/* Safe to draw, in the pool. */
const char *press_words(struct press *, enum face, const char *);
/* Wrapped, advancing y; x from the left margin. */
void press_paragraph(
	struct press *, double x, struct pen, double leading, const char *text);

/* A heading with its bookmark, never alone at the foot of a page. */
void press_heading(struct press *, const char *text);
void press_table(struct press *, const struct table *);
void press_chart(struct press *, const struct chart *);

#endif
