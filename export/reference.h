/*
 * reference.h: how cells of a workbook are spoken of: "C5", "'8949 amt'!$C$5", "{3:}".
 */
#ifndef DUALBASIS_EXPORT_REFERENCE_H
#define DUALBASIS_EXPORT_REFERENCE_H

#include "ledger/base/pool.h"

/* The rows of a table: its first below the head, and the first one that is a total. */
struct frame {
	int head, first, totals;
};

/* 0 is "A", 26 "AA". */
const char *column_letters(int column, struct pool *);
const char *cell_reference(struct pool *, const char *sheet, int row, int column);

/* A formula of report.h for a row: "{3}" becomes "D8", "{3:}" "D6:D11". */
const char *place_formula(
	const char *formula, const struct frame *, int row, struct pool *);

#endif
