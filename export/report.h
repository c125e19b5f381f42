/*
 * report.h: what a renderer is given: sections of headings, notes, tables and forms.
 *
 * A report is written once and appears in every format: terminal text, JSON, PDF,
 * XLSX, CSV. Cells are typed; a cell may carry a spreadsheet formula beside its value,
 * and then the workbook is alive while every other renderer prints the value.
 * Everything a report points to lives in its pool.
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

struct cell {
	enum cell_kind kind;
	const char *text; /* TEXT: UTF-8; never taken for a formula */
	struct money money;
	struct shares shares;
	struct price price;
	struct day day;
	int64_t rate_num, rate_den; /* RATE: exact fraction */
	int64_t count;
	const char *formula; /* XLSX: without "=", cells by defined name; or NULL */
	const char *name;    /* XLSX: defined name of this cell, "f6251_2k"; or NULL */
	const char *comment; /* one line of explanation, or NULL */
	const char *link;    /* name of the cell or section it leads to, or NULL */
	bool input;          /* XLSX: coloured and unlocked */
};

enum align { ALIGN_LEFT, ALIGN_RIGHT };
struct column {
	const char *title;
	enum align align;
	int width; /* characters, 0: fit */
};

struct table {
	const char *title; /* or NULL */
	struct column *column;
	size_t columns;
	struct cell *cell; /* row after row */
	size_t rows;
	bool total; /* the last row is a total: a rule above it */
};

enum block_kind { BLOCK_HEADING, BLOCK_NOTE, BLOCK_WARNING, BLOCK_TABLE };
struct block {
	enum block_kind kind;
	const char *text;
	struct table *table;
};

/* One schedule: its own sheet, its own bookmark. */
struct section {
	const char *id; /* "6251", "8949 amt": the sheet's name */
	const char *title;
	bool landscape;
	struct block *block;
	size_t blocks, room;
	struct section *next;
};

struct report {
	const char *title, *subtitle;
	const char *footer; /* "dualbasis 0.1.0, parameters 2025 final" */
	bool draft;         /* prints DRAFT on every page */
	struct section *first, *last;
	struct pool *pool;
};

void report_init(struct report *, struct pool *, const char *title);
struct section *report_section(struct report *, const char *id, const char *title);
void section_heading(struct section *, struct pool *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void section_note(struct section *, struct pool *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void section_warning(struct section *, struct pool *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* A table with room for nothing yet; rows are added cell after cell. */
struct table *section_table(struct section *, struct pool *, const char *title,
	const struct column *, size_t columns);
struct cell *table_row(struct table *, struct pool *); /* `columns` empty cells */

struct cell cell_text(const char *);
struct cell cell_money(struct money);
struct cell cell_shares(struct shares);
struct cell cell_price(struct price);
struct cell cell_day(struct day);
struct cell cell_count(int64_t);

/* The renderers. Files are written beside their place and renamed: all or nothing. */
struct text_style {
	bool colour;
	bool unicode;
	int width;
};
void report_text(const struct report *, struct text_style, FILE *);
void report_json(const struct report *, FILE *);
bool report_pdf(const struct report *, const char *path, struct fail *) MUST_USE;
bool report_xlsx(const struct report *, const char *path, struct fail *) MUST_USE;

#endif
