/*
 * plan.h: years that have not happened: what an exercise of ISOs would do to a return.
 *
 * Nothing of the tax is computed here. A plan is the year's return as its facts have it, evaluated
 * again with more on line 2i of Form 6251, and everything it says is read off that return's lines.
 *
 * The room is the largest spread s for which the tentative minimum tax of the year with s
 * more is no more than the regular tax, all else as it is:
 *
 *     room = sup { s >= 0 : TMT(x + s) <= RT(x) }, rounded down to the cent.
 *
 * It is searched on the form: over a ladder of spreads, each a quarter above the last, up to the
 * first one with AMT, then by halves between that one and the one below, in whole cents. That this
 * is the first crossing, and the only one: the regular tax (line 10) does not read line 2i. AMT
 * income (line 4) rises with it, cent for cent, or slower where an operating loss is deducted,
 * or by a quarter faster where a separate return adds to it; the exemption (line 5) only falls;
 * so line 6 rises, and the tax on it, be it at 26 and 28 percent or that of Part III. The foreign
 * tax credit of line 8 comes off as soon as line 7 passes line 10, which moves the crossing up and
 * not back. So line 11, once above zero, stays there; a test asks it at random below and above.
 *
 * The search is on lines with a hundredth of a cent, so that the rounding of the form, which can
 * hide or make up to a dollar of AMT, does not move the answer by what a dollar of AMT takes,
 * almost four of spread; where the Tax Table holds, line 10 is what the table says. The same
 * search on the lines as they are printed gives `form_room`.
 */
#ifndef DUALBASIS_FORMS_PLAN_H
#define DUALBASIS_FORMS_PLAN_H

#include "forms/return.h"
#include "ledger/lots.h"

/* Ten billion dollars of spread: what is still free there has no bound that anyone meets. */
#define PLAN_SPREAD_MOST INT64_C(1000000000000)

/* A line that the forms of every year have, such as "f6251.11"; another is our own mistake. */
struct line_ref plan_line_of(const struct tax_return *, const char *id);

/* The year's return again with more spread on line 2i; in the pool. `exact` as in return.h. */
bool plan_return(const struct tax_return *, struct money spread, bool exact,
	struct tax_return **, struct pool *, struct fail *) MUST_USE;

/* What the year comes to with that much more spread, on exact lines, told in cents. */
struct plan_point {
	struct money spread;      /* more than the facts have */
	struct money line_2i;     /* with what they have */
	struct money tentative;   /* Form 6251, line 9 */
	struct money regular;     /* line 10 */
	struct money amt;         /* line 11 */
	struct money credit_used; /* Form 8801, line 25 */
	struct money credit_left; /* line 26 */
	struct money total_tax;   /* Form 1040, line 24 */
};
bool plan_point(const struct tax_return *, struct money spread, struct plan_point *,
	struct fail *) MUST_USE;

struct plan_room {
	bool limited; /* false: no AMT up to PLAN_SPREAD_MOST, which `room` then is */
	bool owed;    /* there is AMT without any more spread; the room is 0 */
	struct money room;            /* more spread, with AMT still zero */
	struct money form_room;       /* with line 11 as printed still zero */
	struct plan_point none, full; /* without, and with all of the room */
};
/*
 * Fails as NOT_MODELLED where a line of Form 6251 after line 2i was entered by hand: what is
 * entered does not move.
 */
bool plan_room(const struct tax_return *, struct plan_room *, struct fail *) MUST_USE;

/* ---- shares ------------------------------------------------------------------------------ */

/* What bounds the shares that fit into a room. */
enum plan_bound {
	PLAN_BY_AMT,         /* one share more makes AMT, or passes the margin */
	PLAN_BY_OWED,        /* AMT is owed without any */
	PLAN_BY_SHARES,      /* all that are left */
	PLAN_BY_EXERCISABLE, /* all that can be exercised by the end of the year */
	PLAN_BY_NO_SPREAD,   /* the price is no more than the strike: no AMT income */
	PLAN_BY_NOTHING,     /* no AMT at any spread, and no number of shares is known */
	PLAN_BOUNDS
};
const char *plan_bound_name(enum plan_bound); /* "amt", "shares", "no_spread", ... */

/* Shares of one grant that could be exercised. */
struct plan_grant {
	const struct options_left *option; /* NULL: a grant that was only described */
	struct price strike;
	bool endless;       /* how many there are is not known */
	struct shares left; /* ISOs not exercised yet */
	struct shares
		available; /* of them exercisable by the end of the year, else all */
	bool vests_known;
	struct price spread;   /* a share; 0 where the price is no more than the strike */
	struct shares shares;  /* whole ones, within the room together with the others' */
	struct shares alone;   /* whole ones, if none of the others is exercised */
	enum plan_bound bound; /* of `alone` */
};

/* The ISO grants of which something is left, as they stand in a year; in the pool. */
void plan_grants(const struct lots *, int year, struct plan_grant **, size_t *count,
	struct pool *);

struct plan_shares {
	struct money usable; /* of the room, after the margin */
	struct shares shares;
	struct money spread; /* of them */
	enum plan_bound bound;
};
/*
 * How many shares fit into a room at a price, less a margin in hundredths of a percent. Whole
 * shares; those with the least spread a share go first, since more of them fit. Fills the grants.
 */
void plan_fit(const struct plan_room *, struct price, int margin, struct plan_grant *,
	size_t count, struct plan_shares *);

/* The spread of some shares of a grant, as line 2i has it: value and cost rounded apart. */
struct money plan_spread(const struct plan_grant *, struct price, struct shares);

/* ---- what exercises of several sizes come to --------------------------------------------- */

enum plan_size {
	PLAN_NONE,
	PLAN_FITTING,  /* what fits into the room less the margin */
	PLAN_ALL_ROOM, /* all of the room: the most whole shares without AMT */
	PLAN_ONE_MORE, /* one share more */
	PLAN_QUARTER,  /* of the shares that could be exercised */
	PLAN_HALF,
	PLAN_ALL,
	PLAN_BEYOND /* the room and some dollars more, where no shares are known */
};
struct plan_row {
	enum plan_size size;
	bool by_shares;
	struct shares shares;
	struct money beyond; /* of PLAN_BEYOND */
	struct plan_point point;
};
#define PLAN_ROWS 8

/*
 * Rising sizes of an exercise, each with its return. `fit` is NULL where no price or no shares
 * are known; sizes that come to the same shares are told once.
 */
bool plan_rows(const struct tax_return *, const struct plan_room *, struct price,
	const struct plan_grant *, size_t count, const struct plan_shares *fit,
	struct plan_row row[PLAN_ROWS], size_t *rows, struct fail *) MUST_USE;

/* ---- one exercise ------------------------------------------------------------------------ */

/* A line of the year without the exercise and with it, as printed. */
struct plan_line {
	const char *id; /* "f6251.11" */
	const char *label;
	struct money without, with;
};
#define PLAN_LINES 11

struct plan_exercise {
	struct money spread;
	struct plan_line line[PLAN_LINES]; /* in the order in which the form computes */
	struct money amt;   /* that the exercise makes: line 11 with it less without */
	struct money total; /* and of the whole tax: Form 1040, line 24 */
	/*
	 * What next year's Form 8801, line 18, makes of the year's AMT into credit, with less
	 * without. Not known for the last year that there are forms for.
	 */
	bool credit_known;
	struct money credit;
	/* Form 6251, line 4, with the exercise, and where the exemption begins to fall. */
	struct money income, phaseout_start;
};
bool plan_exercise(const struct tax_return *, struct money spread, struct plan_exercise *,
	struct fail *) MUST_USE;

#endif
