/*
 * workbook.h: the sheets of an .xlsx workbook as records, row by row.
 *
 * Only values are read: formulas, styles and links are not looked at, and nothing is ever
 * unpacked to disk. A number keeps its text, less what lies beyond the 15 digits that a
 * spreadsheet knows. Archives that unpack to far more than they are (bombs) are refused while
 * they are read, whatever their headers say.
 */
#ifndef DUALBASIS_IMPORT_WORKBOOK_H
#define DUALBASIS_IMPORT_WORKBOOK_H

#include "ledger/import/record.h"

/* Records of all sheets, in their order; record.line is the row's number in its sheet. */
bool records_open_workbook(const char *path, struct records **, struct fail *) MUST_USE;

/*
 * The number as a spreadsheet shows it: rounded to 15 digits, without an exponent where that
 * is readable. `to` has NUMBER_TEXT bytes; a text that is no number comes back cut to them.
 */
#define NUMBER_TEXT 64
char *workbook_number(const char *text, char to[NUMBER_TEXT]);

#endif
