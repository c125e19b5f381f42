/*
 * schwab_eac.h: what the CSV and the JSON of Schwab's Equity Awards Center share.
 */
#ifndef DUALBASIS_IMPORT_FORMATS_SCHWAB_EAC_H
#define DUALBASIS_IMPORT_FORMATS_SCHWAB_EAC_H

#include "ledger/import/formats.h"

#define EAC_PAIRS 48
#define EAC_BYTES 16384

/* A transaction; texts are "" when not given. */
struct eac_event {
	char date[64], action[64], symbol[64], description[128], quantity[64], amount[64];
	long line;
};

/* One of its details, as named values. */
struct eac_detail {
	struct pair pair[EAC_PAIRS];
	char name[EAC_PAIRS][64];
	char bytes[EAC_BYTES];
	size_t count, used;
	long line;
};

extern const struct table eac_table;

void eac_clear(struct eac_detail *, long line);
/* Add a value; names are compared without case, blanks and signs. A blank one is not added. */
bool eac_add(struct eac_detail *, const char *name, const char *value, long line,
	struct fail *) MUST_USE;
bool eac_set(char *to, size_t room, const char *value, long line, struct fail *) MUST_USE;

/* Make a row of an event and one detail (or of an event that has none). */
bool eac_emit(struct reading *, const struct eac_event *, struct eac_detail *,
	struct fail *) MUST_USE;

#endif
