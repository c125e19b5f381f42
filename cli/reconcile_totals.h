/* reconcile_totals.h: a 1099-B's printed totals of boxes, as typed by the user. */
#ifndef DUALBASIS_CLI_RECONCILE_TOTALS_H
#define DUALBASIS_CLI_RECONCILE_TOTALS_H

#include "cli/home.h"

/* One printed total beside the sum of the ledger's rows of that printed box. */
struct printed_total {
	char box; /* of Form 8949, as the broker prints it */
	const char *what;
	struct money printed, rows;
	size_t sales;
};

/* The operands after the year, "D.proceeds=1234.50", in the pool; a bad one is FAIL_USAGE. */
bool printed_totals(const struct call *, struct printed_total **, size_t *count,
	struct fail *) MUST_USE;

/* The box that a broker's row says of itself, or `otherwise` when it does not. */
char printed_box(const struct fact *, char otherwise);

/* Add a reported sale that the broker has in this box. */
void printed_totals_add(
	struct printed_total *, size_t count, char box, const struct fact *);

struct money printed_total_off(const struct printed_total *);
bool printed_totals_meet(const struct printed_total *, size_t count);
void printed_totals_text(
	const struct printed_total *, size_t count, struct section *, struct pool *);
void printed_totals_json(const struct printed_total *, size_t count, struct json *);

#endif
