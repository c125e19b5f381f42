/*
 * cell.h: how a cell is written, for a terminal, for print, for other programs.
 */
#ifndef DUALBASIS_EXPORT_CELL_H
#define DUALBASIS_EXPORT_CELL_H

#include "export/report.h"

enum dialect {
	DIALECT_TERMINAL, /* -1,234.50   2024-02-29  */
	DIALECT_PRINT,    /* (1,234.50)  02/29/2024 */
	DIALECT_DATA      /* -1234.50    2024-02-29  */
};

/* The words of a cell, in the pool; never NULL; one clean line. */
const char *cell_words(const struct cell *, enum dialect, struct pool *);

/* Numbers are set right and aligned at their points. */
bool cell_is_number(const struct cell *);

/* "26%", "0.9%", "2/37": exact. */
const char *rate_words(int64_t number, int64_t by, struct pool *);

#endif
