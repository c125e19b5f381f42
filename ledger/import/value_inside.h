/* value_inside.h: bytes of ASCII, for the readers of values; nobody else includes it. */
#ifndef DUALBASIS_IMPORT_VALUE_INSIDE_H
#define DUALBASIS_IMPORT_VALUE_INSIDE_H

#include "ledger/import/value.h"

static inline char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline const char *skip_space(const char *at)
{
	while (is_space(*at))
		at++;
	return at;
}

#endif
