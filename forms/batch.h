/*
 * batch.h: many returns of one year and filing status at once, in columns.
 *
 * The graph of the year is folded for what is the same in all rows (year, status, options, the
 * columns there are, the lines that are asked for) into a short program of operations on columns.
 * A result equals the scalar engine's to the cent. A row that the program cannot prove exact or
 * that a definition refuses is left: batch_row() evaluates it with the scalar engine, which also
 * says why. See engine/batch_program.h for the argument.
 */
#ifndef DUALBASIS_FORMS_BATCH_H
#define DUALBASIS_FORMS_BATCH_H

#include "forms/return.h"

struct batch_ledger {
	enum ledger_figure figure;
	enum book book;
};

/* What all rows have in common, and which columns come: inputs first, then ledger figures. */
struct batch_shape {
	int year;
	enum filing_status status;
	/* As given by the input prior_status; the same as status where that is not given. */
	enum filing_status prior_status;
	bool cents, schedule;
	const uint32_t *input; /* law_input() of each column; the others are not given */
	size_t inputs;
	const struct batch_ledger *ledger;
	size_t ledgers;
	const struct line_ref *line; /* asked for */
	size_t lines;
};

/* One column. Where a row's figure is not given, its number is 0 and its choice the default. */
struct batch_column {
	const int64_t *number; /* cents, a count, or 1 for yes; NULL: all 0 */
	const uint8_t *choice; /* index of the word; NULL: all the default */
	const uint8_t *given;  /* 1 where entered; NULL: everywhere */
};

/* Answers to one line: in cents, or the number over the line's own denominator if it is exact. */
struct batch_answer {
	int64_t *number;
	uint8_t *filled; /* or NULL, if nobody asks */
};

struct batch;
struct batch_room; /* working memory of one thread, shared by any number of batches */

/* Copies the shape. Fails like return_evaluate() for a year without forms. */
bool batch_make(const struct law *, const struct batch_shape *, struct batch **,
	struct fail *) MUST_USE;
void batch_free(struct batch *);
struct batch_room *batch_room_new(void);
void batch_room_free(struct batch_room *);

/*
 * Evaluate `rows` rows. left[row] is 1 for a row that is left to batch_row(), whose answers are
 * then meaningless, else 0. Returns how many are left.
 */
size_t batch_run(const struct batch *, struct batch_room *, size_t rows,
	const struct batch_column *, const struct batch_answer *, uint8_t *left);

/* One row by the scalar engine; fails where the row is refused. */
bool batch_row(const struct batch *, size_t row, const struct batch_column *,
	const struct batch_answer *, struct fail *) MUST_USE;

/* For tests and the bench: what the program is like. */
struct batch_size {
	size_t operations; /* a row: each is one column operation, 0 if every row is left */
	size_t terms;      /* columns read by them */
	size_t buffers;    /* columns alive at once */
	int64_t limit;     /* rows with an amount beyond it (in cents) are left */
	const char *code; /* "avx512", "avx2", "portable" */
};
struct batch_size batch_size(const struct batch *);
/* Use another code from now on than the widest there is; false if it cannot run here. */
bool batch_code(const char *name);

#endif
