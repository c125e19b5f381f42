/*
 * sheets.h: sheets of cells, which become an XLSX.
 *
 * Rows and columns count from 0. Errors are kept, as a stream keeps them: write on, and
 * sheets_finish tells. Texts are written as texts, whatever they begin with.
 */
#ifndef DUALBASIS_EXPORT_SHEETS_H
#define DUALBASIS_EXPORT_SHEETS_H

#include <stdint.h>

#include "export/report.h"

/* How a cell looks; equal looks share one format. */
struct look {
	enum number_look {
		LOOK_GENERAL,
		LOOK_TEXT,
		LOOK_CENTS,
		LOOK_DOLLARS,
		LOOK_SHARES,
		LOOK_PART_SHARES,
		LOOK_PRICE,
		LOOK_DAY,
		LOOK_PERCENT
	} number;
	int size; /* points, 0: the usual */
	bool bold, grey, alert, wrap, right, rule_above, rule_below, input, link;
	bool indent;     /* from the column of figures at its left */
	bool blank_zero; /* a zero shows as nothing */
};

struct sheets;
/* `path` is written by sheets_finish; a file beside its place, see file.h. */
struct sheets *sheets_new(const char *path, const char *title);
/* Writes, closes and frees. */
bool sheets_finish(struct sheets *, struct fail *) MUST_USE;

/* The number of the new sheet, from 0. `name` as sheets_name_for made it. */
int sheets_add(struct sheets *, const char *name, bool landscape);
/* At most 31 characters, none of []:*?/\, no apostrophe at an end; in the pool. */
const char *sheets_name_for(const char *wanted, struct pool *);

void sheets_text(
	struct sheets *, int sheet, int row, int column, struct look, const char *);
void sheets_number(struct sheets *, int sheet, int row, int column, struct look, double);
/* With the value that the formula has, for viewers that do not calculate. */
void sheets_formula(struct sheets *, int sheet, int row, int column, struct look,
	const char *formula, double value);
void sheets_formula_text(struct sheets *, int sheet, int row, int column, struct look,
	const char *formula, const char *value);
/* Before the cell itself is written: `target` as in "'Form 6251'!C12". */
void sheets_link(struct sheets *, int sheet, int row, int column, const char *target);
void sheets_comment(struct sheets *, int sheet, int row, int column, const char *);
/* Nothing but one of the words, NULL-terminated, may be typed there. */
void sheets_choice(
	struct sheets *, int sheet, int row, int column, const char *const *words);
void sheets_blank(struct sheets *, int sheet, int row, int column, struct look);

void sheets_width(struct sheets *, int sheet, int column, double characters);
/* For texts that are wrapped: programs do not all fit rows by themselves. */
void sheets_height(struct sheets *, int sheet, int row, int lines);
void sheets_freeze(struct sheets *, int sheet, int row);
/* Letter paper, one page wide; `head_row` is repeated on each page (-1: none). */
void sheets_print(
	struct sheets *, int sheet, int head_row, const char *header, const char *footer);
/* Cells that are no inputs cannot be overtyped by accident; there is no password. */
void sheets_protect(struct sheets *, int sheet);
/* `reference` as in "'8949 amt'!$F$8:$F$20". */
void sheets_name(struct sheets *, const char *name, const char *reference);

/*
 * A chart of the numbers at rows [first, last], with the points' names in column 0 and each
 * series in its column.
 */
void sheets_chart(struct sheets *, int sheet, int row, const struct chart *,
	const int *columns, int first, int last);

#endif
