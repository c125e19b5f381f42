/*
 * report.h: what a renderer is given: sections of headings, notes, tables, charts.
 *
 * A report is written once and appears in every format: terminal text, JSON, PDF, XLSX. Cells
 * are typed; a cell may carry a spreadsheet formula beside its value, and then the workbook is
 * alive while every other renderer prints the value. Everything a report points to lives in
 * its pool.
 */
#ifndef DUALBASIS_EXPORT_REPORT_H
#define DUALBASIS_EXPORT_REPORT_H

#include <stdio.h>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/pool.h"

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_MONEY,
	CELL_SHARES,
	CELL_PRICE,
	CELL_DAY,
	CELL_RATE,
	CELL_COUNT
};

/* How loudly a cell speaks. Never the only bearer of a meaning: pages are printed in black. */
enum tone { TONE_PLAIN, TONE_STRONG, TONE_MUTED, TONE_ALERT };

struct cell {
	enum cell_kind kind;
	enum tone tone;
	bool whole; /* MONEY: shown without cents, which are zero */
	bool blank; /* MONEY: a line that is not filled in: shows nothing, counts as 0 */
	bool input; /* XLSX: coloured and unlocked */
	/* XLSX: the words that a TEXT input may be, NULL-terminated; NULL: any */
	const char *const *choice;
	const char *text; /* TEXT: UTF-8; never taken for a formula */
	struct money money;
	struct shares shares;
	struct price price;
	struct day day;             /* DAY_NONE shows `text`, or nothing */
	int64_t rate_num, rate_den; /* RATE: exact fraction */
	int64_t count;
	/*
	 * XLSX: without "=". Other cells are meant by their defined names; "{3}" is the cell of
	 * column 3 (from 0) of the same row, "{3:}" that column from the first row to the last
	 * one that is no total.
	 */
	const char *formula;
	const char *
		name; /* XLSX: defined name of this cell, "f6251_2k"; PDF: a place to go */
	const char *comment; /* one line of explanation, or NULL */
	const char *link; /* name of the cell or id of the section it leads to, or NULL */
};

/* Where a column or a section is shown: there, and on what comes after it. */
enum medium { MEDIUM_TERMINAL, MEDIUM_PAPER, MEDIUM_SHEETS };

enum align { ALIGN_LEFT, ALIGN_RIGHT };
struct column {
	const char *title;
	enum align align;
	int width; /* characters of a text column that should be no wider; 0: fit */
	const char *
		name; /* XLSX: TABLE_NAME is the defined name of the column's rows; or NULL */
	enum medium from;
};

enum table_row_kind {
	ROW_PLAIN,
	ROW_HEADING, /* the first cell's text, across all columns */
	ROW_STEP,    /* XLSX and JSON: a value between the lines that formulas need */
	ROW_TOTAL    /* a rule above it */
};
struct table_row {
	enum table_row_kind kind;
	struct cell *cell; /* one a column */
};

struct table {
	const char *title; /* or NULL */
	const char *name;  /* XLSX: begins the names of its columns; or NULL */
	bool form;         /* lines of a form: no shading, amounts close to their words */
	const struct column *column;
	size_t columns;
	struct table_row *row;
	size_t rows, room;
	const char *none; /* said in place of a table without rows; NULL: "none" */
};

/* Lines over a few points with names on the horizontal axis ("2022", "2023"). */
enum chart_kind { CHART_BARS, CHART_LINES };
struct chart_series {
	const char *name;
	const struct money *value; /* one a point */
};
struct chart {
	enum chart_kind kind;
	const char *title;
	const char *const *point;
	size_t points;
	const struct chart_series *series;
	size_t count;
	bool tabled; /* its figures stand in a table beside it: not said again in text */
};

enum block_kind {
	BLOCK_HEADING,
	BLOCK_NOTE,
	BLOCK_WARNING,
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_CONTENTS /* the sections that follow, with page numbers or links */
};
struct block {
	enum block_kind kind;
	const char *text;
	struct table *table;
	const struct chart *chart;
};

/* One schedule: its own sheet, its own bookmark. */
struct section {
	const char *id; /* "6251", "8949 amt": the sheet's name */
	const char *title;
	bool landscape;
	bool joins; /* in print it may follow the section before it on the same page */
	enum medium from;
	struct block *block;
	size_t blocks, room;
	struct section *next;
};

struct report {
	const char *title, *subtitle; /* subtitle may be NULL */
	const char *footer; /* "dualbasis 0.1.0, parameters 2025 final"; may be NULL */
	bool draft;         /* prints DRAFT on every page */
	struct section *first, *last;
	struct pool *pool;
};

void report_init(struct report *, struct pool *, const char *title);
struct section *report_section(struct report *, const char *id, const char *title);
void section_heading(struct section *, struct pool *, const char *format, ...)
	PRINTF_LIKE(3, 4);
void section_note(struct section *, struct pool *, const char *format, ...)
	PRINTF_LIKE(3, 4);
void section_warning(struct section *, struct pool *, const char *format, ...)
	PRINTF_LIKE(3, 4);
void section_contents(struct section *, struct pool *);
void section_chart(struct section *, struct pool *, const struct chart *);
/* A table without rows yet; the columns are the caller's and outlive the report. */
struct table *section_table(struct section *, struct pool *, const char *title,
	const struct column *, size_t columns);
/* A new last row of empty cells, valid for good. */
struct cell *table_row(struct table *, struct pool *);
struct cell *table_row_of(struct table *, struct pool *, enum table_row_kind);

/* The next section from this one on that is shown, or NULL. */
const struct section *section_shown(const struct section *, enum medium);
/* The rows and columns that are shown on a terminal or printed; cells are shared. */
struct table table_shown(const struct table *, enum medium, struct pool *);

struct cell cell_text(const char *); /* NULL makes an empty cell */
struct cell cell_money(struct money);
struct cell cell_dollars(struct money); /* shown without cents where they are zero */
struct cell cell_shares(struct shares);
struct cell cell_price(struct price);
struct cell cell_day(struct day);
struct cell cell_count(int64_t);
struct cell cell_rate(int64_t number, int64_t by);

/* The renderers. Files are written beside their place and renamed: all or nothing. */
struct text_style {
	bool colour;
	bool unicode;
	int width; /* columns of the terminal; 0: as wide as it gets */
};
void report_text(const struct report *, struct text_style, FILE *);
void report_json(const struct report *, FILE *);
bool report_pdf(const struct report *, const char *path, struct fail *) MUST_USE;
bool report_xlsx(const struct report *, const char *path, struct fail *) MUST_USE;

#endif
