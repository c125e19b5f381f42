/*
 * failures.h: several failures of one run, so that all are told and not only the first.
 *
 * A run that has them fails with the first; print_failure() then tells the others too.
 */
#ifndef DUALBASIS_CLI_FAILURES_H
#define DUALBASIS_CLI_FAILURES_H

#include <stddef.h>

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"

struct failure {
	struct fail why;
	size_t rows; /* of a file that have it alike: at least 1 */
	struct failure *next;
};

struct failures {
	struct failure *first, *last;
	size_t count;
	const char *summary; /* lines about the whole, or NULL */
};

/* Copied into the pool. */
void failures_add(struct failures *, const struct fail *, size_t rows, struct pool *);

#endif
