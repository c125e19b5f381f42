/*
 * money.h: exact amounts, quantities and prices.
 *
 * Money is whole cents, shares are 1e-8 of a share, prices are 1e-8 of a dollar.
 * Nothing here is floating point. Overflow of 64 bits is a bug of ours and is
 * asserted: importers refuse amounts beyond MONEY_LIMIT_CENTS and quantities
 * beyond SHARES_LIMIT_E8 before they get here.
 *
 * There is one rounding function in the program: divide_half_away().
 */
#ifndef DUALBASIS_BASE_MONEY_H
#define DUALBASIS_BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/base/fail.h"

__extension__ typedef __int128 int128;

struct money {
	int64_t cents;
};
struct shares {
	int64_t e8;
};
struct price {
	int64_t e8;
};

#define MONEY_LIMIT_CENTS INT64_C(100000000000000)     /* a trillion dollars */
#define SHARES_LIMIT_E8   INT64_C(1000000000000000000) /* ten billion shares */
#define PRICE_LIMIT_E8    INT64_C(1000000000000000000) /* ten billion dollars */

/* The quotient rounded to the nearest integer, halves away from zero. `by` > 0. */
int64_t divide_half_away(int128 number, int128 by);

struct money money_plus(struct money, struct money);
struct money money_less(struct money, struct money);
struct money money_negate(struct money);
struct money money_min(struct money, struct money);
struct money money_max(struct money, struct money);

/* whole * part / of, rounded once. `of` > 0. */
struct money money_part(struct money whole, int64_t part, int64_t of);

/* shares * price, rounded once to the cent (law: each box times shares, then subtract). */
struct money price_times(struct price, struct shares);
/* Is that many shares (in 1e-8) at a price worth no more than MONEY_LIMIT_CENTS? */
bool price_fits(struct price, int64_t shares_e8);

/*
 * Text to number. The text is `length` bytes, no NUL needed: an optional sign,
 * digits with an optional point, at most `decimals` decimals; nothing else (an
 * importer strips "$" and commas first). Fails without a place; the caller adds it.
 */
bool decimal_parse(const char *text, size_t length, int decimals, int64_t *value,
	struct fail *) MUST_USE;
bool money_parse(
	const char *text, struct money *, struct fail *) MUST_USE; /* 2 decimals */
bool shares_parse(
	const char *text, struct shares *, struct fail *) MUST_USE; /* 8 decimals */
bool price_parse(
	const char *text, struct price *, struct fail *) MUST_USE; /* 8 decimals */

#define MONEY_TEXT 32
/* "-1234.50"; "-1,234.50"; at least MONEY_TEXT bytes; returns `to`. */
char *money_plain(struct money, char *to);
char *money_grouped(struct money, char *to);
/* The same with cents only where there are any: "80,000". */
char *money_short(struct money, char *to);
/* The shortest exact decimal: "100", "0.731"; prices with at least two decimals: "61.00". */
char *shares_plain(struct shares, char *to);
char *price_plain(struct price, char *to);

#endif
