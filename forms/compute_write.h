/*
 * compute_write.h: the output of `compute`: cells of a CSV, collected and written in large pieces.
 * Internal to forms/.
 */
#ifndef DUALBASIS_FORMS_COMPUTE_WRITE_H
#define DUALBASIS_FORMS_COMPUTE_WRITE_H

#include "ledger/base/money.h"
#include "ledger/base/text.h"

#define COMPUTE_WRITE_ROOM ((size_t)1 << 17)

struct compute_writer {
	int descriptor;
	size_t used;
	bool inside; /* a row: the next cell needs a comma */
	bool failed; /* the first failure is kept in error and nothing more is written */
	int error;
	char room[COMPUTE_WRITE_ROOM];
};

void write_text(struct compute_writer *, struct span); /* in quotes where needed */
void write_money(struct compute_writer *, struct money);
/* A rate or a count, number / by: a decimal with what decimals it needs, at most ten. */
void write_fraction(struct compute_writer *, int64_t number, int64_t by);
void write_blank(struct compute_writer *);
void write_row_end(struct compute_writer *);
bool write_flush(struct compute_writer *, struct fail *) MUST_USE;

#endif
