/*
 * linking.h: inside of chain_compute(): who files what, and what goes from return to return.
 * Internal to forms/: chain.c, chain_credit.c, filing.c, carry.c and share.c.
 */
#ifndef DUALBASIS_FORMS_LINKING_H
#define DUALBASIS_FORMS_LINKING_H

#include "forms/chain.h"

#define YEARS (LAW_LAST_YEAR - LAW_FIRST_YEAR + 1)

/* People as bits, by their place among the owners. */
typedef uint32_t members;

/* What comes into a return, or goes out of it, by whose it is. Losses are positive. */
struct carried {
	struct money total[CARRIES];
	struct money of[CARRIES][OWNERS_MOST];
	const char *open[CARRIES]; /* why nothing tells whose it is; NULL: it is known */
	const char *how[CARRIES];  /* by what it is known */
};

/* One return of one year. */
struct filing {
	int year;
	bool joint;
	members members;
	enum filing_status status;
	struct tax_return *its;       /* once computed */
	struct year_figures *figures; /* that lots give it */
	struct carried *
		in; /* what came from other people's or other kinds of returns, or NULL */
	struct carried *out; /* what goes into next year, once asked for */
	bool shared;         /* `out` is divided */
};

struct linking {
	const struct law *law;
	const struct facts *facts;
	const struct lots *lots; /* or NULL */
	struct chain_options options;
	struct pool *pool;
	struct owners owners;
	int died[OWNERS_MOST]; /* the year, or 0 */
	struct filing *own[YEARS][OWNERS_MOST], *joint[YEARS];
};

/* Facts that a return reads: of these people, and those that name nobody. */
struct whose {
	members of;
	bool unnamed;
};
struct whose whose_facts(const struct linking *, const struct filing *);

/* The line that a carry stands on; the figure that states it, or NULL; the sign of the line. */
struct carry_words {
	const char *line, *figure;
	int sign;
	const char *what; /* "short-term loss, AMT" */
};
const struct carry_words *carry_words(enum carry);

/* ---- filing.c ---- */

/* Every status of the facts; who is in a joint return. */
bool filings_find(struct linking *, struct fail *) MUST_USE;
/* The return that a person is on in a year, or NULL. */
struct filing *filing_of(const struct linking *, int person, int year);
/* Does nobody else file in the year: is the return from everybody's lots? */
bool filing_is_everybodys(const struct linking *, const struct filing *);
/* "ann and bea", "ann", "you". */
const char *members_words(const struct linking *, members);

/* ---- chain.c ---- */

/* Its figures into `entered`, its lines into `in`; opening balances are left out if told so. */
struct reading {
	struct whose whose;
	int year;
	bool no_openings, no_stated;
	bool (*only)(const char *figure); /* only these figures and no lines; NULL: all */
};
bool figures_read(const struct linking *, struct reading, struct return_input *in,
	struct fail *) MUST_USE;
/* An empty return of a year, with room for `lines` lines entered. */
struct return_input *input_new(
	const struct linking *, int year, enum filing_status, size_t lines);
void line_enter(struct return_input *, struct entered_line);
/* Compute a return, and before it those that it follows. */
bool filing_compute(struct linking *, struct filing *, struct fail *) MUST_USE;

/* ---- carry.c ---- */

/* What goes into next year, in total. */
bool carry_out(const struct linking *, struct filing *, struct fail *) MUST_USE;
/* What a return's people bring along where they did not file the same way the year before. */
bool carry_in(struct linking *, struct filing *, const struct tax_return **prior,
	struct fail *) MUST_USE;
/* The figure or line of a person in a year that states a carry; NULL if none does. */
const struct fact *carry_stated(
	const struct linking *, const struct filing *, int person, enum carry);
/* The opening balances that people enter with, from their facts alone. */
bool carry_opening(const struct linking *, int year, enum filing_status, struct whose,
	struct money[CARRIES], struct fail *) MUST_USE;
/* The amount of a carry in a return. */
struct money carry_of_return(const struct tax_return *, enum carry);
bool is_opening(const char *figure);

/* ---- share.c ---- */

/* Divide what a joint return carries on among its people. */
bool carry_share(struct linking *, struct filing *, struct fail *) MUST_USE;

#endif
