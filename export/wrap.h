/*
 * wrap.h: breaks text into lines, whether a line is measured in columns or in points.
 */
#ifndef DUALBASIS_EXPORT_WRAP_H
#define DUALBASIS_EXPORT_WRAP_H

#include <stdint.h>

#include "ledger/base/pool.h"

/* How wide a character is, in the unit of the limit. */
struct measure {
	int (*width)(uint32_t point, const void *context);
	const void *context;
};
int measure_text(struct measure, const char *);

struct lines {
	const char **at;
	size_t count; /* at least one, which may be empty */
};
/*
 * Lines no wider than `limit`, broken at blanks; a word that is too long by itself is broken
 * after a mark ("/", "-", "_", ".", ",") or, failing that, anywhere. limit <= 0: one line.
 */
struct lines wrap_text(struct pool *, const char *, struct measure, int limit);
/* The widest word: below this, wrap_text has to break words. */
int wrap_longest_word(const char *, struct measure);

/* Columns of a terminal. */
extern const struct measure terminal_columns;

#endif
