/*
 * lots.h: lots and dispositions, replayed from facts in every book.
 *
 * lots_replay() is a pure function: facts in, lots and dispositions out, independent
 * of the order in which the facts were entered (ties on a day go by kind, then by
 * the facts' own words). O(n log n). Nothing it makes is ever stored as truth.
 *
 * A part sold takes the lot's total times (shares gone so far / shares of the lot),
 * rounded, less what earlier parts took; parts of one sale share its proceeds by the
 * largest remainder. No cent is created or lost.
 */
#ifndef DUALBASIS_LEDGER_LOTS_H
#define DUALBASIS_LEDGER_LOTS_H

#include "ledger/base/pool.h"
#include "ledger/fact.h"
#include "ledger/notice.h"

enum __attribute__((packed)) lot_kind {
	LOT_ISO,
	LOT_NSO,
	LOT_AS_REPORTED, /* known only from a 1099-B row */
	LOT_RSU,
	LOT_RESTRICTED, /* awarded unvested */
	LOT_ESPP,
	LOT_PURCHASE,
	LOT_GIFT, /* received */
	LOT_INHERITED,
	LOT_KINDS
};
const char *lot_kind_name(enum lot_kind); /* "iso", "nso", "as_reported", ... */

struct lot;
struct lots;

/*
 * What a lot is called: the name that the user gave it, "A", else the number of the fact that
 * brought it, "L12"; what is entered later changes neither. A part says what made it one, and the
 * number of that fact: "L12-v20" vested by fact 20, -t transferred, -s went to a spouse, -c came
 * by a spin-off, -m by a taxable merger, -d by a death, -x paid for an exercise, -f was given back,
 * -w carries a loss of the sale (-a in the AMT book alone); -n is the part over the $100,000
 * limit, -u vests by what is not entered yet. The rest keeps the name: L12 after L12-t30 left.
 */
const char *lot_id(const struct lots *, const struct lot *, struct pool *);
/* The number of the spin-off by which these shares came from what their origin brought, or 0. */
int64_t lot_spun_by(const struct lots *, const struct lot *);

struct lot {
	uint32_t
		number; /* from 1: its place, which moves when an earlier lot is entered */
	uint32_t parent; /* number of the lot it was part of, or 0 */
	uint32_t label;  /* the user's own name for it, or 0; parts keep it */
	uint32_t
		parted; /* what made it a part: the fact's place in facts, from 1; or 0 */
	uint32_t symbol, account, owner;
	uint32_t earner; /* who acquired it: whose line 2i and wages they are */
	enum lot_kind kind;
	bool unvested;   /* still */
	bool over_limit; /* the part of an exercise that is no ISO, beside one that is */
	bool unsure;     /* the part whose vest is not entered, beside others */
	bool shadowed;   /* the user calls another lot as this one would be called */
	char part;       /* letter of what made it a part, or NUL */
	uint16_t again;  /* of several such parts the how manieth, from 0 */
	const struct fact *origin; /* the exercise, the purchase, ... or the 1099-B row */
	const struct fact *grant;  /* as recorded, or NULL */
	struct day acquired;       /* transfer of the shares */
	struct day granted;        /* DAY_NONE when it has none */
	struct day vested;         /* of shares that were acquired unvested, once known */
	struct day
		qualifies_on; /* first day on which a sale qualifies; DAY_NONE if none */
	struct shares shares;      /* acquired, in units of today (after splits) */
	struct shares open;        /* still held */
	struct shares resized;     /* what splits made of those gone before them: shares
					 * less open, less the dispositions in units of their day */
	struct money cost;         /* paid: strike times shares */
	struct money value;        /* fair market value at the AMT measuring date */
	struct money basis[BOOKS]; /* of all shares acquired */
	struct money open_basis[BOOKS]; /* of those still held: no cent created or lost */
	struct money
		adjusted[BOOKS]; /* in it: losses carried over by wash sales */
	struct day held_since[BOOKS]; /* the holding period starts the day after */
	struct money
		inclusion; /* AMT income over regular at exercise, of shares kept (line 2i) */
	struct money compensation; /* wages when acquired or vested, but for an ISO */
	int inclusion_year;        /* the year of it, or 0 */
	int compensation_year;     /* the year of them, or 0 */
};

enum __attribute__((packed)) disposition_kind {
	DISPOSED_PLAIN,
	DISPOSED_QUALIFYING,
	DISPOSED_DISQUALIFYING
};
const char *disposition_kind_name(
	enum disposition_kind); /* "plain", "qualifying", "disqualifying" */

/*
 * How shares went. X(NAME, "word", ROW, CAPPED): ROW, it is on Form 8949; CAPPED, a loss on it
 * would be recognized, so that s. 422(c)(2) limits compensation to the gain.
 */
/* clang-format off */
#define MANNERS(X)                                                                         \
	X(sale, "sale", true, true)                                                        \
	X(cash_in_lieu, "cash in lieu", true, true)                                        \
	X(merger, "taxable merger", true, true)                                            \
	X(worthless, "worthless", true, true)                                              \
	X(boot, "cash in a merger", true, false)                                           \
	X(related, "sale to a related party", true, false)                                 \
	X(forfeiture, "forfeiture", true, false)                                           \
	X(gift, "gift", false, false)                                                      \
	X(charity, "gift to charity", false, false)                                        \
	X(spouse, "to a spouse", false, false)                                             \
	X(death, "death", false, false)                                                    \
	X(swap, "paid for an exercise", false, false)                                      \
	X(sheltered, "sale in a retirement account", false, false)
/* clang-format on */
enum __attribute__((packed)) manner {
#define X(name, word, row, capped) MANNER_##name,
	MANNERS(X)
#undef X
		MANNER_COUNT
};
const char *manner_name(enum manner); /* "taxable merger" */
bool manner_on_f8949(enum manner);

/* What most dispositions have nothing of. */
struct besides {
	struct money
		costs; /* of selling, not taken off the proceeds yet: code E */
	struct money
		discount; /* accrued market discount, ordinary income instead of gain */
	struct money inclusion_undone; /* AMT income that line 2i loses by it */
	struct money
		limited; /* of the spread, that the limit at the gain left out */
};

/* One lot's part of one sale, or of another way to go. */
struct disposition {
	const struct fact
		*sale; /* as recorded by hand or by a plan; NULL if only reported */
	const struct fact *reported; /* the 1099-B row, or NULL */
	uint32_t lot;                /* index into lots */
	uint32_t owner;              /* of the lot, at the time */
	struct day sold;
	enum manner manner;
	enum disposition_kind kind;
	enum term term[BOOKS];
	bool same_year;        /* sold in the year of the AMT inclusion */
	uint16_t choices;      /* lots that could have been taken, this one among them;
	                        * 65,535 stands for more as well */
	uint32_t replacement;  /* index of the first replacement lot, or NOTICE_NOWHERE */
	struct shares shares;  /* 0 for cash in a merger: no share goes */
	struct money proceeds; /* as the 1099-B shows them, else after selling costs */
	struct money basis
		[BOOKS]; /* after compensation where the law adds it */
	struct money taken[BOOKS];      /* what the lot gave up of its basis */
	struct money disallowed[BOOKS]; /* loss not allowed: wash sale, related party */
	struct money
		compensation; /* ordinary income, regular tax */
	struct money
		reported_basis; /* this part of the 1099-B row's; see reported->basis_known */
	struct shares washed[BOOKS]; /* shares whose loss a replacement carries */
	const char *
		why_this_lot; /* "identified", "by the broker's date", "first in, first out" */
	struct besides *besides; /* NULL where all of it is zero */
};

const struct besides *disposition_besides(const struct disposition *); /* never NULL */
/* What the sale brought: proceeds less the costs that are still in them. */
struct money disposition_realized(const struct disposition *);
/* Column (h): that less the basis, plus the loss not allowed, less the market discount. */
struct money disposition_gain(const struct disposition *, enum book);

/*
 * A recorded grant of which something is left at the end, in units of that day and at its strike
 * (after splits, and mergers in which shares alone were exchanged). What was superseded is left in
 * the grant that took its place; after cash in a merger only the company knows.
 */
struct options_left {
	const struct fact *grant;
	uint32_t symbol;          /* of its shares by now */
	struct shares shares;     /* not exercised yet */
	struct shares over_limit; /* of them, by the $100,000 limit no ISO's */
	struct price strike;
	struct shares exercised; /* of the grant, before */
	struct option_vests {
		struct day day;
		struct shares shares;
	} * vests; /* first exercisable, as recorded, whether exercised since or not */
	size_t vest_count; /* 0: nothing is recorded */
};

struct lots {
	struct lot *lot;
	size_t lot_count;
	struct disposition *disposition; /* by day sold */
	size_t disposition_count;
	struct notice *notice; /* what a person should know or answer, by day */
	size_t notice_count;
	struct options_left *option; /* by id of the grant */
	size_t option_count;
	const struct facts *facts;
};

/*
 * Everything lives in the pool, and points into the facts. Fails with the fact's words: too few
 * shares (with what is there and what was asked), a lot named twice, a lot or grant that is
 * unknown, a sale before the shares were there.
 */
bool lots_replay(
	const struct facts *, struct lots *, struct pool *, struct fail *) MUST_USE;

/* The same as if nothing had happened after a day. */
bool lots_replay_until(const struct facts *, struct day, struct lots *, struct pool *,
	struct fail *) MUST_USE;

#endif
