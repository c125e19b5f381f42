/* import_standing.h: what is known of the standing facts; for import_match.c and import_parts.c. */
#ifndef DUALBASIS_IMPORT_IMPORT_STANDING_H
#define DUALBASIS_IMPORT_IMPORT_STANDING_H

#include "ledger/import/import_inside.h"

/* One entry under one key; entries of a key are chained from the earliest on. */
struct link {
	uint64_t key;
	uint32_t entry;
	uint32_t next; /* index + 1 */
};

struct standing {
	const struct securities *securities;
	const struct incoming *incoming;
	struct names *texts;
	struct entry *entry;
	size_t count, room;
	struct link *link;
	size_t links, link_room;
	uint32_t *slot;   /* first of a chain: index + 1 */
	size_t slots;     /* a power of two */
	struct told told; /* by the file that is read */
	struct told
		others; /* by standing facts of the other class, each document alone */
	struct told
		peers; /* statements, read beside a statement: together, and each alone */
	uint64_t *
		alike; /* of the rows of a statement that is read, rising when all are told */
	size_t alikes, alike_room;
	struct pool pool;
	struct document *document;
	size_t documents;
};

/* Symbols that are both known and differ speak against it. */
bool standing_symbols_fit(
	const struct standing *, const struct entry *, const struct made *);

#endif
