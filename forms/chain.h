/*
 * chain.h: a household's years, from facts and lots, each with the year before it.
 *
 * The chain starts in the first year that has a `status`; exercises before it only set bases
 * and clocks; a gap after it is an error that names the year. It ends in the last year that has
 * a `status`. The chain carries the minimum tax credit and both books' loss carryovers.
 *
 * A chain is one person's: each year's return is the joint one, from everybody's lots and figures,
 * or that person's own, from theirs alone. A joint return is everybody's who has no own one in the
 * year. What two returns carry into a joint one adds up; what a joint one carries into separate
 * ones is divided by whose it is, as figures state it (credit_carryforward and the carryovers of
 * that year, by owner) or as the lots tell (R-077; Reg. 1.1212-1(c)); where neither does, the
 * chain fails and says what to state. What belongs to someone who died ends with the year.
 */
#ifndef DUALBASIS_FORMS_CHAIN_H
#define DUALBASIS_FORMS_CHAIN_H

#include "forms/figure.h"
#include "forms/owners.h"
#include "ledger/lots.h"

struct chain_options {
	bool cents, schedule;
	int until;      /* last year wanted, or 0 for all */
	uint32_t owner; /* whose returns, in facts->names; 0: the main person's */
};

/* What goes from one return to the next. Losses are positive. */
enum carry {
	CARRY_NEW_CREDIT, /* Form 8801, line 18: of last year's AMT; may be negative */
	CARRY_CREDIT,     /* line 19 */
	CARRY_SHORT,      /* Schedule D, lines 6 and 14 */
	CARRY_LONG,
	CARRY_AMT_SHORT, /* of its AMT copy */
	CARRY_AMT_LONG,
	CARRIES
};
const char *carry_what(enum carry); /* "short-term loss, AMT" */

struct chain {
	int first, last;                    /* 0 when no year has a status */
	struct tax_return **year;           /* [first .. last] at index year - first */
	const struct year_figures *figures; /* the same index */
	const struct law *law;
	const struct lots *lots;
	struct chain_options options; /* that it was computed with */
	struct owners owners;
	uint32_t owner;          /* whose chain it is; 0: a person without a name */
	struct linking *linking; /* all returns that were computed; in the pool */
};

bool chain_compute(const struct law *, const struct facts *, const struct lots *,
	struct chain_options, struct chain *, struct pool *, struct fail *) MUST_USE;

/* The return of a year, or a failure that says what to enter. */
bool chain_year(const struct chain *, int year, const struct tax_return **,
	struct fail *) MUST_USE;

/* Is the year's return a joint one; whose it is, "ann and bea", NULL where nobody is named. */
bool chain_joint(const struct chain *, int year);
const char *chain_whose(const struct chain *, int year);
enum filing_status chain_status(
	const struct chain *, int year); /* single if there is none */
/* The lots and dispositions that a year's return shows: all of them, or one owner's. */
const struct lots *chain_lots(const struct chain *, int year);
/* The same of other lots: as they stood on a day. In the pool. */
const struct lots *chain_show(
	const struct chain *, int year, const struct lots *, struct pool *);
/*
 * What came into a year from other returns than its people's own of the year before, in total;
 * false where the year just follows its own.
 */
bool chain_brought(const struct chain *, int year, enum carry, struct money *);
/* Does the return of its year read a figure: is it its owner's, or the household's? */
bool chain_reads(const struct chain *, const struct fact *);
/* The facts without what others filed alone: what an audit of these returns goes by. In the pool. */
const struct facts *chain_facts(const struct chain *, struct pool *);

/*
 * What a year's return carries into the next one, and whose it is. `open` tells why nothing says
 * so; the parts are then in proportion to each one's own items, a proposal and no more. Of a
 * return that is one person's, all is theirs. Fails for the last year that there are forms for.
 */
struct carry_shares {
	int year;
	struct money total[CARRIES];
	struct money of[CARRIES][OWNERS_MOST]; /* as chain->owners */
	const char *open[CARRIES], *how[CARRIES];
};
bool chain_shares(
	const struct chain *, int year, struct carry_shares *, struct fail *) MUST_USE;

/*
 * Checks what must hold between owners: lots give a joint return what they give its people
 * together, and what one return carries out comes into others, no cent more or less. False with
 * words on what does not.
 */
bool chain_owners_agree(const struct chain *, struct fail *) MUST_USE;

/* The credit log of a chain (Form 8801, R-079). */
struct credit_year {
	int year;
	struct money carried_in; /* line 19: last year's balance, or of other returns */
	bool brought;            /* it came of other returns */
	struct money generated, line18_adjustment, used, balance, amt_basis_outstanding;
};
bool chain_credit(const struct chain *, struct credit_year **, size_t *count,
	struct pool *, struct fail *) MUST_USE;

#endif
