/*
 * compute.h: a CSV of returns in, a CSV of the asked lines out, any number of rows.
 *
 * One return a row; columns are `id`, `year`, `status` and the inputs of the definitions, in any
 * order; a blank cell is not given. Rows are independent: nothing is carried from one to the
 * next. They go through in chunks, so memory does not grow with the file, and whatever has come
 * is answered before more is waited for.
 */
#ifndef DUALBASIS_FORMS_COMPUTE_H
#define DUALBASIS_FORMS_COMPUTE_H

#include "forms/law.h"

struct compute_options {
	const char *lines; /* "f6251.4,f6251.11"; NULL: COMPUTE_LINES */
	bool cents;        /* keep cents on every line */
	bool schedule;     /* the rate schedule where the Tax Table would apply */
	bool keep_going;  /* a column `error` instead of stopping at a row not modelled */
	const char *file; /* what the input is called in messages */
};
#define COMPUTE_LINES                                                                    \
	"f1040.tax,f6251.4,f6251.5,f6251.6,f6251.9,f6251.10,f6251.11,f6251.2k"

/*
 * Read from `in`, write to `out` (file descriptors). An unknown column or line fails as USAGE
 * before anything is written; a cell that cannot be read as BAD_INPUT with row (the line of the
 * file) and column; a row that is not modelled as NOT_MODELLED with its row, unless told to keep
 * going. The rows before it stand.
 */
bool compute(const struct law *, int in, int out, const struct compute_options *,
	struct fail *) MUST_USE;

/* What `compute --columns` lists. */
struct compute_column {
	const char *name;
	const char *want; /* "amount", "yes or no", "auto, standard or itemized" */
	const char *what, *hint;
};
void compute_columns(
	const struct law *, struct compute_column **, size_t *count, struct pool *);

#endif
