/*
 * rows.h: reads bytes as a broker's file and holds what every reading promises, whatever the
 * bytes are: no row has an impossible day, an amount that is no decimal, a text that is not
 * UTF-8 or a box that Form 8949 does not have; rows are counted right; what is refused is
 * refused as bad input, with words.
 */
#ifndef TESTS_FUZZ_SUPPORT_ROWS_H
#define TESTS_FUZZ_SUPPORT_ROWS_H

#include <stdint.h>

#include "ledger/import/row.h"

/* MEMORY_FILE as a file of the format; NULL: whatever it is. */
void rows_hold(const char *format);

struct format;
/* The same through a format that is given, a profile's. */
void rows_hold_as(const struct format *);

/* A failure that can be shown. */
void fail_holds(const struct fail *);

#endif
