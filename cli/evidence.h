/*
 * evidence.h: the events and records behind a figure that lots, or the user, gave.
 */
#ifndef DUALBASIS_CLI_EVIDENCE_H
#define DUALBASIS_CLI_EVIDENCE_H

#include "cli/home.h"

/* Where a fact was read: a row of a document, or NULL when it was typed. */
struct origin {
	const char *what; /* "exercise", "1099-B row" */
	const struct document *document;
	int64_t row;
};
#define ORIGINS_MOST 3

/* One event's share of a figure. */
struct part {
	const char *words; /* "L2: 12000 TLMC bought 2023-11-06 at 0.80, worth 46.00" */
	bool has_amount;
	struct money amount;
	const char *note; /* of a wash sale in it, or NULL */
	struct origin origin[ORIGINS_MOST];
	size_t origins;
};

/*
 * The parts of a leaf of an explanation, in the pool: the exercises and sales of a ledger
 * figure, the entry of an input. None for parameters.
 */
size_t evidence_of(
	const struct household *, const struct why *, struct part **, struct pool *);

#endif
