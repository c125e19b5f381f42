/*
 * f8949.h: rows of Form 8949, and the figures that lots give to a year's return.
 */
#ifndef DUALBASIS_LEDGER_F8949_H
#define DUALBASIS_LEDGER_F8949_H

#include "ledger/lots.h"

/* One row of Form 8949 in one book. Columns (a) to (h) as printed. */
struct f8949_row {
	enum book book;
	char box;                /* 'A' to 'L' */
	const char *description; /* (a) "100 sh. ACME" */
	struct day acquired;     /* (b); DAY_NONE prints VARIOUS */
	bool inherited;          /* (b) prints INHERITED */
	struct day sold;         /* (c) */
	struct money proceeds;   /* (d) */
	struct money basis;      /* (e) */
	char codes[8];           /* (f) letters in alphabetical order, "" if none */
	struct money adjustment; /* (g) */
	struct money gain;       /* (h) */
	enum term term;
	const struct disposition *disposition;
};

/* The rows of a year in a book, by box, then day sold; in the pool. */
void f8949_rows(const struct lots *, int year, enum book, struct f8949_row **,
	size_t *count, struct pool *);

/*
 * What lots give to the forms, per book, known to the form language as ledger.NAME.
 * X(NAME, "what it is")
 */
/* clang-format off */
#define LEDGER_BOX_FIGURES(X, box, BOX)                    \
	X(box##_proceeds, "box " BOX ": column (d)")       \
	X(box##_basis, "box " BOX ": column (e)")          \
	X(box##_adjustment, "box " BOX ": column (g)")     \
	X(box##_gain, "box " BOX ": column (h)")
#define LEDGER_FIGURES(X)                                                                    \
	X(iso_spread, "exercises of ISOs: AMT income over regular, shares kept (R-010)")     \
	X(iso_compensation, "compensation from disqualifying sales of ISO shares")           \
	X(iso_compensation_of_earlier_years,                                                 \
		"that part of it whose AMT inclusion fell in an earlier year (R-036)")       \
	X(other_compensation, "compensation from NSOs, RSUs and ESPP shares")                \
	X(market_discount, "accrued market discount of bonds sold (code D)")                 \
	LEDGER_BOX_FIGURES(X, a, "A")                                                        \
	LEDGER_BOX_FIGURES(X, b, "B")                                                        \
	LEDGER_BOX_FIGURES(X, c, "C")                                                        \
	LEDGER_BOX_FIGURES(X, d, "D")                                                        \
	LEDGER_BOX_FIGURES(X, e, "E")                                                        \
	LEDGER_BOX_FIGURES(X, f, "F")
/* clang-format on */

enum ledger_figure {
#define X(name, what) LEDGER_##name,
	LEDGER_FIGURES(X)
#undef X
		LEDGER_FIGURE_COUNT
};

const char *ledger_figure_name(enum ledger_figure);
const char *ledger_figure_what(enum ledger_figure);

struct year_figures {
	struct money value[BOOKS][LEDGER_FIGURE_COUNT];
};

/*
 * Boxes G to L (digital assets, 2025 on) are summed into the Schedule D lines of A to F.
 * A figure that has no meaning in a book (iso_spread in the regular one) is the same in all.
 */
void year_figures(const struct lots *, int year, struct year_figures *, struct pool *);

/*
 * The same of one spouse alone, for separate returns: exercises by who exercised, sales by whose
 * the shares were then. Owner 0 is what belongs to neither by name.
 */
void year_figures_of_owner(const struct lots *, int year, uint32_t owner,
	struct year_figures *, struct pool *);

/* First and last year in which lots give a figure that is not zero; 0 when there is none. */
void year_range(const struct lots *, int *first, int *last);

#endif
