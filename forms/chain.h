/*
 * chain.h: a household's years, from facts and lots, each with the year before it.
 *
 * The chain starts in the first year that has a `status`; exercises before it only set bases
 * and clocks; a gap after it is an error that names the year. It ends in the last year that has
 * a `status`. The chain carries the minimum tax credit and both books' loss carryovers.
 */
#ifndef DUALBASIS_FORMS_CHAIN_H
#define DUALBASIS_FORMS_CHAIN_H

#include "forms/figure.h"
#include "ledger/lots.h"

struct chain_options {
	bool cents, schedule;
	int until; /* last year wanted, or 0 for all */
};

struct chain {
	int first, last;                    /* 0 when no year has a status */
	struct tax_return **year;           /* [first .. last] at index year - first */
	const struct year_figures *figures; /* the same index */
	const struct law *law;
	const struct lots *lots;
	struct chain_options options; /* that it was computed with */
};

bool chain_compute(const struct law *, const struct facts *, const struct lots *,
	struct chain_options, struct chain *, struct pool *, struct fail *) MUST_USE;

/* The return of a year, or a failure that says what to enter. */
bool chain_year(const struct chain *, int year, const struct tax_return **,
	struct fail *) MUST_USE;

/* The credit log of a chain (Form 8801, R-079). */
struct credit_year {
	int year;
	struct money generated, line18_adjustment, used, balance, amt_basis_outstanding;
};
bool chain_credit(const struct chain *, struct credit_year **, size_t *count,
	struct pool *, struct fail *) MUST_USE;

#endif
