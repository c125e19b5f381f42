/*
 * embedded.h: files built into the program: a name, the bytes, a final NUL not counted.
 */
#ifndef DUALBASIS_SCHEMA_EMBEDDED_H
#define DUALBASIS_SCHEMA_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *name;
	const char *at;
	size_t length;
};

extern const struct embedded schema_migrations[]; /* in the order of their numbers */
extern const size_t schema_migrations_count;

#endif
