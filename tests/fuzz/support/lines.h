/* lines.h: takes a text apart. */
#ifndef TESTS_FUZZ_SUPPORT_LINES_H
#define TESTS_FUZZ_SUPPORT_LINES_H

#include <stddef.h>
#include <string.h>

/* The next line of *rest, ended by a NUL in place; *rest is NULL behind the last. NULL: none. */
static inline char *line_take(char **rest)
{
	char *const line = *rest;
	char *const end = line != NULL ? strchr(line, '\n') : NULL;

	if (end != NULL)
		*end = '\0';
	*rest = end != NULL ? end + 1 : NULL;
	return line;
}

#endif
