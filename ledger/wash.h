/*
 * wash.h: wash sales as a person reads them: the broker's figure beside ours, and why they differ
 * and sales whose window is still open when their year is over.
 */
#ifndef DUALBASIS_LEDGER_WASH_H
#define DUALBASIS_LEDGER_WASH_H

#include "ledger/lots.h"

/* X(NAME, "what makes the difference"), as bits of wash_line.why */
/* clang-format off */
#define WASH_REASONS(X)                                                                    \
	X(account, "shares came into another account")                                     \
	X(plan, "shares came of a plan: an exercise, a vest or an ESPP purchase")          \
	X(sheltered, "shares came into a retirement account: the loss is gone")            \
	X(basis, "the loss counts from another basis than the broker's")                   \
	X(limit, "matched shares lose the limit on compensation, and their loss")          \
	X(none_found, "no acquisition within 30 days is in the ledger")                    \
	X(row, "the broker matched other shares")
/* clang-format on */
enum wash_reason {
#define X(name, what) WASH_##name,
	WASH_REASONS(X)
#undef X
		WASH_REASON_COUNT
};
const char *wash_reason_what(enum wash_reason);

/* One 1099-B row, or one part of a sale without one. */
struct wash_line {
	const struct disposition *first; /* of its parts, one after the other */
	size_t parts;
	bool reported;
	struct shares shares;     /* sold */
	struct money broker;      /* box 1g */
	struct money ours[BOOKS]; /* disallowed by what the ledger knows */
	struct shares washed[BOOKS];
	const struct lot *replacement; /* the first, or NULL */
	unsigned why;                  /* bits of reasons; 0 where the two agree */
};

/* The year's lines in which the broker or a book has a wash sale, by day sold; in the pool. */
void wash_lines(
	const struct lots *, int year, struct wash_line **, size_t *count, struct pool *);
/* "shares came into another account; ..."; "" where both agree. In the pool. */
const char *wash_why(const struct wash_line *, struct pool *);
/* The line that a disposition is part of, or NULL. */
const struct wash_line *wash_line_of(
	const struct wash_line *, size_t count, const struct disposition *);
/*
 * A line in words, in the pool: "wash sale: loss not allowed 80.00 (AMT 1,680.00), of 40 shares;
 * carried by L2 of 2025-05-15; box 1g of the broker 0.00: shares came into another account".
 */
const char *wash_words(const struct lots *, const struct wash_line *, struct pool *);

/*
 * A loss of 2 to 31 December that an acquisition until 30 January can still take. It is final
 * once the window has passed and the ledger reaches beyond it: a later event is entered, or the
 * year's question `bought_in_january` is answered no. Until then its row is provisional.
 */
struct wash_window {
	const struct disposition *disposition;
	struct day until;     /* the window's last day */
	bool passed;          /* on `today`: the ledger alone does not reach so far */
	struct shares shares; /* whose loss nothing has taken yet */
	struct money at_stake[BOOKS]; /* loss that would not be allowed */
};
#define WASH_QUESTION "bought_in_january"

/* By day sold, in the pool. DAY_NONE for `today` leaves only the ledger to look at. */
void wash_windows(const struct lots *, int year, struct day today, struct wash_window **,
	size_t *count, struct pool *);
/* The same as if the question were not answered: whether it arises. */
bool wash_window_any(const struct lots *, int year);
/* The window of a disposition, or NULL. */
const struct wash_window *wash_window_of(
	const struct wash_window *, size_t count, const struct disposition *);

#endif
