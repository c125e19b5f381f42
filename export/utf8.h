/*
 * utf8.h: text that came from files, made safe to show: point by point, never failing.
 */
#ifndef DUALBASIS_EXPORT_UTF8_H
#define DUALBASIS_EXPORT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "ledger/base/pool.h"
#include "ledger/base/text.h"

#define UTF8_REPLACEMENT UINT32_C(0xfffd)

/*
 * The next character of a NUL-terminated text, or 0 at its end; `at` moves past it. A byte that
 * begins no well-formed sequence is one U+FFFD.
 */
uint32_t utf8_next(const char **at);
void text_add_point(struct text *, uint32_t point);

/* A cell of a table in text: cut to so many columns, or filled up with blanks. */
void text_add_cell(struct text *, const char *, int columns);

/* Control characters, line and paragraph separators, directional overrides: never shown. */
bool utf8_is_control(uint32_t point);
/* Columns on a terminal: 0 for combining marks, 2 for wide East Asian characters, else 1. */
int utf8_columns(uint32_t point);
size_t utf8_width(const char *text);

/* A copy on one line: well-formed, every control character a space, blanks at the ends gone. */
const char *utf8_clean(struct pool *, const char *text);

#endif
