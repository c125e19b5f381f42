/*
 * question.h: what a household is asked each year: whether something happened that neither the
 * facts nor the figures can show.
 *
 * One table says when a question arises, what hangs on it, which answer settles it, and what to
 * enter after the other one. An answer is a figure of the year, `fact 2024 early_exercise=no`; it
 * changes no line. Of a year in which nothing was ever held nothing is asked.
 */
#ifndef DUALBASIS_FORMS_QUESTION_H
#define DUALBASIS_FORMS_QUESTION_H

#include "ledger/lots.h"

enum question_state {
	QUESTION_OPEN,     /* nobody has answered */
	QUESTION_CALLS,    /* answered, and what the answer calls for is not there */
	QUESTION_ANSWERED, /* by the word that settles it */
	QUESTION_GIVEN     /* by figures that say as much */
};
const char *question_state_name(
	enum question_state); /* "open", "to enter", "answered", "by figures" */
/* Is there nothing left to do? */
bool question_settled(enum question_state);

#define QUESTION_FIGURES 24

struct question {
	const char *name;    /* "early_exercise" */
	const char *asks;    /* "were shares ... ?" */
	const char *matters; /* what hangs on it, and the rule */
	const char *settles; /* "yes", "no"; NULL: either */
	const char *then;    /* what to do after the other answer */
	const char
		*figure[QUESTION_FIGURES]; /* inputs any of which answers it, then NULL */
};

/* All of them, the weightiest first; one by its name, or NULL. */
const struct question *questions(size_t *count);
const struct question *question_find(const char *name);

/* One that arises in a year. */
struct asked {
	const struct question *question;
	enum question_state state;
	const char *answer; /* "yes", "no" or "" */
};
/* In the table's order, in the pool. `first`: the first year that has a return. */
void questions_ask(const struct facts *, const struct lots *, int year, int first,
	struct asked **, size_t *count, struct pool *);
size_t questions_open(const struct asked *, size_t count);

#endif
