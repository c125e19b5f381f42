/*
 * record.h: a file as records of cells, one at a time.
 *
 * Text files follow RFC 4180 with what brokers do to it: records end with LF, CRLF or a bare
 * CR; a quote is special only at the start of a cell; ="..." (a shield against spreadsheets)
 * is read as "..."; a tag such as <span ...> at the start of a cell is dropped with the
 * delimiters inside it. Cells are UTF-8; one that is not is taken for Windows-1252. A NUL, a
 * quote that is never closed, and records beyond the limits are refused where they stand.
 *
 * A source is closed with its `close`; cells live until the next record is asked for.
 */
#ifndef DUALBASIS_IMPORT_RECORD_H
#define DUALBASIS_IMPORT_RECORD_H

#include <stddef.h>

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"

/* Bytes of one record. */
#ifdef DUALBASIS_LITTLE_ROOM /* see tests/fuzz */
#define RECORD_LIMIT 2048
#else
#define RECORD_LIMIT 262144
#endif
#define CELL_LIMIT 4096 /* cells of one record */

struct cell {
	const char *text; /* NUL-terminated, not trimmed */
	size_t length;
	long line;   /* of the file, from 1 */
	bool number; /* a spreadsheet's number, so that a day may be a serial */
};

struct record {
	long line;         /* where it starts */
	const char *sheet; /* of a workbook, or NULL */
	struct cell *cell;
	size_t count;
	bool cut; /* the file is over before the record's line is */
};

struct records {
	/* *end is set when there is no further record. */
	bool (*next)(struct records *, struct record *, bool *end, struct fail *);
	void (*close)(struct records *);
};

bool records_open_text(
	const char *path, char delimiter, struct records **, struct fail *) MUST_USE;

/* A record that outlives its source. */
struct record record_copy(const struct record *, struct pool *);

/* Nothing but blank cells. */
bool record_blank(const struct record *);

/* The cell's text, or "" beyond the end. */
const char *record_text(const struct record *, size_t cell);

/* Trimmed, runs of blanks made one, letters made small, <tags> dropped; for comparing names. */
#define NAME_LIMIT 256
char *name_plain(const char *name, char to[NAME_LIMIT]);

#endif
