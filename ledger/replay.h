/*
 * replay.h: inside of lots_replay(): the state that its files share. Nobody else includes it.
 *
 * facts -> events in their order (lots_order.c), recorded and reported sales joined
 * (lots_join.c) -> lots acquired (lots_acquire.c, lots_vest.c, lots_terms.c, lots_limit.c, lots_swap.c),
 * changed (lots_corporate.c, lots_change.c, lots_move.c), chosen from shelves (lots_shelf.c, lots_choose.c,
 * lots_standing.c), disposed of with their part of the proceeds (lots_dispose.c, lots_share.c), and settled
 * in every book (lots_settle.c, lots_wash.c).
 */
#ifndef DUALBASIS_LEDGER_REPLAY_H
#define DUALBASIS_LEDGER_REPLAY_H

#include "ledger/lots.h"

#define NONE UINT32_MAX

/* ---- order ------------------------------------------------------------------------- */

/* What happens on one day, in this order. */
enum __attribute__((packed)) rank {
	RANK_CHANGE,
	RANK_ACQUIRE,
	RANK_VEST,
	RANK_MOVE,
	RANK_DISPOSE,
	RANK_END
};

struct event {
	struct day day;
	union {
		uint32_t word; /* of the security, ranked: while events are sorted */
		uint32_t slot; /* then: of an acquisition, index into slots, or NONE */
	};
	uint32_t vesting; /* of a vest or forfeiture: its index, or NONE */
	enum rank rank;
	bool shared;                 /* the row is of several recorded sales */
	const struct fact *fact;     /* NULL for a sale that is only reported */
	const struct fact *reported; /* the 1099-B row of a sale, or NULL */
};

/* The words of names in alphabetical order: rank[number]. In the pool. */
const uint32_t *order_of_names(const struct names *, struct pool *);

/* By all that a fact says, whoever entered it and when; 0 when two say the same. */
int fact_compare(const struct fact *, const struct fact *, const uint32_t *rank);

void events_sort(struct event *, size_t count, const uint32_t *rank);

/* ---- exact parts -------------------------------------------------------------------- */

/* The totals of a lot that are split share by share. */
enum total {
	TOTAL_COST,  /* paid */
	TOTAL_VALUE, /* ISO: at the AMT measuring date. ESPP: cost and the discount on the
	                * grant date. Gift: value on its day, the basis for a loss */
	TOTAL_MEASURE, /* at the date that measures compensation for the regular tax */
	TOTAL_BASIS,   /* one a book */
	TOTALS = TOTAL_BASIS + BOOKS
};

struct tally {
	int64_t shares, gone;  /* in 1e-8 */
	int64_t total[TOTALS]; /* cents, of all `shares` */
};

struct part {
	int64_t shares;
	int64_t of[TOTALS];
};

/* The totals of the next `shares`; the last ones get all the rest. */
struct part tally_take(struct tally *, int64_t shares);
/* What is left, as a tally of its own. */
struct tally tally_rest(const struct tally *);

/* Split a whole over parts by their weights, largest remainder first, ties to the earlier. */
void split_whole(
	struct money whole, const int64_t *weight, size_t count, struct money *part);

/* ---- shelves ------------------------------------------------------------------------ */

/* Orders in which lots can be taken off a shelf. */
enum order {
	ORDER_FIFO,
	ORDER_LIFO,
	ORDER_HIGHEST_COST, /* regular basis a share */
	ORDER_LOWEST_COST,
	ORDER_HIGHEST_GAP, /* AMT less regular basis a share */
	ORDER_LOWEST_GAP,
	ORDERS
};

/* What a shelf holds. Zero fields are part of the key: account 0 is "no account". */
enum shelf_kind {
	SHELF_PLACE, /* security, account, owner (SHELF_ANY: whichever) */
	SHELF_DATE,  /* the same, acquired on one day */
	SHELF_PLAN,  /* the same, of one kind of lot */
	SHELF_PLAN_DATE,
	SHELF_LABEL, /* all lots that the user calls so */
	SHELF_GRANT, /* security and grant */
};
#define SHELF_ANY UINT32_MAX

struct shelf_key {
	enum shelf_kind kind;
	uint32_t security, account, owner;
	int32_t extra; /* day, label or grant */
	uint32_t plan; /* kind of lot */
};

struct shelf_entry {
	int64_t key;
	uint32_t lot;
	uint32_t epoch; /* stale if it is not the lot's */
};

struct heap {
	struct shelf_entry *at;
	size_t count, room;
};

struct shelf {
	struct shelf_key key;
	uint32_t open;            /* lots on it */
	struct heap heap[ORDERS]; /* FIFO always, the others from their first use */
};

struct shelves {
	struct shelf *at;
	size_t count, room;
	uint32_t *slot; /* open addressing: index + 1 */
	size_t slots;
};

void shelves_release(struct shelves *);

/* ---- acquisitions ------------------------------------------------------------------- */

/*
 * One acquisition: the family of lots that came from it, and what wash sales have already
 * matched to it. Book by book, matched shares are the first ones of the family: those before
 * the cursor; of an acquisition still to come, the first `promised` ones.
 */
struct slot {
	uint32_t security, account;
	struct day day;
	int64_t shares;       /* that can replace others; in units of its day */
	bool born, sheltered; /* sheltered: in a retirement account */
	uint32_t first, last; /* lots, or NONE */
	uint32_t cursor[BOOKS];
	int64_t promised[BOOKS];
	uint32_t promise[BOOKS], last_promise[BOOKS]; /* lists, or NONE */
	uint32_t next[BOOKS]; /* itself while it has something left, else a later one */
};

/* A loss that an acquisition still to come will carry. */
struct promise {
	int64_t shares;
	struct money loss;
	int32_t tacked; /* days of holding that come with it */
	uint32_t next;
	uint32_t disposition; /* whose loss it is */
};

/* What makes a part of a lot: a fact, and the letter that stands for what it does. */
struct parting {
	const struct fact *by;
	char letter;
};

/* ---- the replay --------------------------------------------------------------------- */

/* What the replay knows of a lot beyond what it tells. */
struct lot_state {
	uint32_t
		tally; /* index into tallies while any of its shares are held, else NONE */
	uint32_t security;
	uint32_t slot, before, after; /* its family, or NONE */
	uint32_t next_of_security;
	uint32_t vesting;   /* index, or NONE */
	uint32_t next_spun; /* of the vesting, or NONE */
	uint32_t last_part,
		earlier_part; /* made of it; of what it was made of; or NONE */
	bool shelved;
	bool worth_more; /* than was paid: at the measuring date, of the tally's totals */
};

/* A vest or forfeiture, and the exercise or award that it is of. */
struct vesting {
	const struct fact *fact, *origin;
	uint32_t slot; /* of the origin, once it has happened, or NONE */
	uint32_t spun; /* lots spun off from its shares, or NONE */
};

/* A disposition whose tax is not settled until the day's last sale has taken its shares. */
struct pending {
	uint32_t disposition;
	bool shared; /* its amounts are a part of a row of several sales */
	struct part part;
};

/* Shares that a wash sale has matched and whose loss is still to be carried. */
struct match {
	bool promised;
	uint32_t at;    /* lot, or promise */
	int64_t shares; /* in units of the day of the sale */
	bool lost;      /* into a retirement account: nothing carries it */
};

struct split {
	uint32_t security;
	struct day day;
	int64_t now, before; /* `now` shares for `before` */
};

struct standing {
	const struct fact *fact;
	enum order order;
	const char *words; /* "standing order of 2024-01-02: highest AMT gap first" */
};

struct replay {
	const struct facts *facts;
	struct day until;
	struct pool *pool;
	struct pool scratch;
	struct fail *why;
	const uint32_t *rank;
	const uint32_t *security; /* name number -> the symbol that it means */
	unsigned *known; /* by security: bits of kinds of lots that are or were there */
	uint32_t *chain; /* by security: first of its lots, newest first, or NONE */
	bool *sheltered; /* by account: a retirement account */
	uint32_t *owner_of; /* by account: whose it is, or 0 */

	const struct fact **grants; /* by id */
	uint32_t *grants_by_day;    /* indexes into grants, by security and day */
	size_t grant_count;
	int64_t *nso_of_grant; /* beside grants: shares over the $100,000 limit */
	int64_t *nso_taken, *exercised;
	int64_t *taken_of_grant;       /* exercised, in the grant's own units */
	const struct fact **successor; /* beside grants: what supersedes it, or NULL */
	const struct fact **changes;   /* mergers, spin-offs, symbol changes, by day */
	size_t change_count;

	struct vesting *vesting; /* by origin */
	size_t vesting_count;
	const struct fact **named; /* by name of a lot: what made it, or NULL */
	uint32_t *
		by_id; /* places of facts by their number; NULL where no name means one */
	bool *picked;  /* by place of a fact: its lots are on a shelf of their own */
	const struct fact **swaps; /* by lot of the exercise */
	size_t swap_count;
	const struct fact
		*fee_sale; /* reported in several rows, and its shares gone so far */
	int64_t fee_gone;
	const struct fact **lefts;
	size_t left_count;
	struct split *split; /* by security and day */
	size_t split_count;
	struct standing *standing; /* the latest first */
	size_t standing_count;

	struct event *event;
	size_t event_count, event_room;
	/*
	 * By place of a fact: shares that a taxable merger gave for those held. `known_exchanged` has
	 * what an earlier pass has counted, NULL in the first one.
	 */
	int64_t *exchanged;
	const int64_t *known_exchanged;
	struct slot *slot; /* by security and day */
	size_t slot_count;
	uint32_t *slots_from; /* by security: its first slot; the next one's ends it */
	struct promise *promise;
	uint32_t kept_promise; /* a list of places to use again, or NONE */
	size_t promise_count, promise_room;
	struct match *match;
	size_t match_count, match_room;

	struct lot *lot;
	struct lot_state *state;
	uint32_t *epoch; /* rises when a lot leaves its shelves */
	size_t lot_count, lot_room, state_room, epoch_room;
	struct tally *tally; /* of the lots that are held: most that ever were are not */
	size_t tally_count, tally_room;
	uint32_t
		kept_tally; /* place + 1 of a free one, which keeps the next in `shares` */
	struct disposition *disposition;
	size_t disposition_count, disposition_room;
	struct notice *notice;
	size_t notice_count, notice_room;
	struct pending *pending;
	size_t pending_count, pending_room;

	struct shelves shelves;
	bool has_owners, has_accounts, has_dates, has_plans;
	bool anywhere; /* something is taken from no account in particular */
};

uint32_t replay_security(const struct replay *, const struct fact *);
void replay_note(struct replay *, enum notice_kind, const struct fact *, uint32_t lot,
	uint32_t disposition);

/* lots_join.c: fills `event` with sales; recorded ones with their 1099-B row. */
void replay_join(struct replay *);

/* lots_lot.c: a lot's life. */
uint32_t lot_add(
	struct replay *, struct lot, struct tally, uint32_t security, uint32_t slot);
/* Take shares out for good; the totals that go with them. */
struct part lot_take(struct replay *, uint32_t lot, int64_t shares);
/* Make shares of a lot a lot of their own, before it in the family; its index. */
uint32_t lot_split(struct replay *, uint32_t lot, int64_t shares, struct parting);
/* Say that a lot, about to be added, is a part of another one, and what made it so. */
void lot_is_part(struct replay *, struct lot *, uint32_t whole, struct parting);
/* Multiply the shares held; totals stay. */
void lot_scale(struct replay *, uint32_t lot, int64_t now, int64_t before);
/* Set the totals of what is held, and what the lot tells of them. */
void lot_set(struct replay *, uint32_t lot, struct tally);
void lot_shelve(struct replay *, uint32_t lot);
void lot_unshelve(struct replay *, uint32_t lot);
void lot_set_security(struct replay *, uint32_t lot, uint32_t security, uint32_t symbol);
/* Whether AMT income over regular was included for it (and is part of its AMT basis). */
bool lot_included(const struct replay *, uint32_t lot);
/* Of a lot that is held; until the next lot is made. */
struct tally *lot_tally(const struct replay *, uint32_t lot);

/* Lots of a security that are still held, in order of number; the caller frees `at`. */
struct held {
	uint32_t *at;
	size_t count;
};
struct held held_lots(struct replay *, uint32_t security);
/* Put lots whose security was set to another one into its chain; their old one is empty. */
void held_join(struct replay *, const struct held *, uint32_t security);

/* lots_id.c */
struct parting parting_by(const struct fact *);
void lot_id_add(const struct replay *, uint32_t lot, struct text *);
/* By a loss that is carried in a book; the sale is known by the first of its facts. */
struct parting parting_by_loss(const struct disposition *, enum book);
/* Names in sales and moves that are no names of the user's: which fact's lots they mean. */
bool replay_picks(struct replay *);
/* The fact that brought the lots that a name means, whoever gave it; NULL if none did. */
const struct fact *origin_of_name(const struct replay *, uint32_t name);
/* Whether lots of a fact are to be found by its number. */
bool origin_is_picked(const struct replay *, const struct lot *, int32_t *extra);
/* Lots that a name means; its parts' steps are looked at as well. */
struct pick {
	const struct fact *origin;
	int32_t extra;     /* of their shelf */
	const char *steps; /* "-t30-w45", or "" */
};
/* Lots whose own name the user has given to another one. */
void replay_shadows(struct replay *);
bool pick_of_name(const struct replay *, uint32_t name, struct pick *);
/* How well a lot fits: not at all, as a part of what is meant, or as just that. */
enum fit { FIT_NOT, FIT_PART, FIT_JUST };
enum fit pick_fits(const struct replay *, const struct pick *, uint32_t lot);

/* lots_grant.c */
bool replay_grants(struct replay *);
bool replay_labels(struct replay *);
bool brings_a_lot(enum fact_kind); /* that may be given a name */
/* The grant that an exercise names, or that its security and grant date mean; or NULL. */
bool find_grant(struct replay *, const struct fact *exercise, const struct fact **);
const struct fact *grant_by_id(const struct replay *, uint32_t id); /* or NULL */
size_t grant_index(const struct replay *, const struct fact *grant);

/* Count an exercise against its grant; fails when the grant has not so many shares left. */
bool grant_take(struct replay *, const struct fact *exercise, const struct fact *grant);
/* Whether what becomes exercisable is of a recorded grant, after it, and no more than it. */
bool replay_exercisable(struct replay *);

/* lots_assumed.c: options that go over to another company in a merger (s. 424(a)). */
/*
 * Whether its shares became those of the exercise, by exchanges for shares alone. Here as below
 * the exercise may be a later grant that supersedes the first one.
 */
bool grant_reaches(
	const struct replay *, const struct fact *grant, const struct fact *exercise);
/* Shares of an exercise in the units of its grant, over splits and mergers, and back. */
int64_t units_of_grant(const struct replay *, const struct fact *exercise,
	const struct fact *grant, int64_t shares);
int64_t units_of_exercise(const struct replay *, const struct fact *exercise,
	const struct fact *grant, int64_t shares);
/* The security that stands for the employer on a day. */
uint32_t employer_on(const struct replay *, const struct fact *grant, struct day);

/* lots_terms.c: grants that supersede others, and what an exercise must keep to. */
bool replay_supersessions(struct replay *);
bool replay_superseded_shares(struct replay *);
const struct fact *grant_successor(
	const struct replay *, const struct fact *); /* or NULL */
bool grant_in_force(
	struct replay *, const struct fact *exercise, const struct fact *grant);
/* A notice, where the strike is not the grant's after the splits between. */
void note_strike(struct replay *, const struct fact *exercise, const struct fact *grant);

/* lots_limit.c: the rules on what is an ISO. */
void replay_limits(struct replay *);
/* By an estate or an heir: neither employment nor a holding period is asked for (s. 421(c)(1)(A)). */
bool exercised_after_death(
	const struct replay *, const struct fact *exercise, const struct fact *grant);
/* How many of the shares exercised are no ISO's. */
int64_t shares_not_iso(
	struct replay *, const struct fact *exercise, const struct fact *grant);

/* lots_acquire.c */
bool replay_acquire(struct replay *, const struct event *);
struct day iso_qualifies_on(struct day granted, struct day acquired);

/* lots_vest.c */
bool replay_vestings(struct replay *);
/* The vestings of an exercise or award: [from, to). */
void vestings_of(
	const struct replay *, const struct fact *origin, size_t *from, size_t *to);
bool replay_vest(struct replay *, const struct event *);
bool replay_forfeit(struct replay *, const struct event *);

/* lots_options.c: what is left of the grants when all has happened. */
void replay_options(const struct replay *, struct lots *);

/* lots_swap.c */
bool replay_swaps(struct replay *);
/* Old shares given for an exercise: how many; and their becoming new ones. */
int64_t swapped_shares(const struct replay *, const struct fact *exercise);
bool replay_swap(struct replay *, const struct event *, const struct lot *model);

/* lots_corporate.c */
void replay_splits(struct replay *);
/* `now` shares for `before`, and no more than can be counted. */
int64_t units_scaled(int64_t shares, struct shares now, struct shares before);
/* A number of shares of one day in units of another. */
int64_t units_between(const struct replay *, uint32_t security, struct day from,
	struct day to, int64_t shares);
bool replay_corporate(struct replay *, const struct event *);

/* lots_change.c: one security that becomes another. */
bool replay_changes(struct replay *);
/* Events of a day that change securities, in the order in which one needs the other. */
bool changes_order(struct replay *);
/* Losses from a disposition on beside acquisitions of the company merged with. */
void note_successors(struct replay *, size_t from);

/* lots_move.c */
bool replay_move(struct replay *, const struct event *);
bool replay_end(struct replay *, const struct event *);

/* lots_standing.c */
bool replay_standing(struct replay *);
const struct standing *standing_for(
	const struct replay *, uint32_t security, uint32_t account, struct day);

/* lots_choose.c: one event while its shares are being found. */
struct taking {
	struct replay *replay;
	const struct event *event;
	const struct fact *fact; /* what the event is known by */
	uint32_t security, account, owner, label, grant;
	bool exact_account; /* no account means lots without one, not any */
	bool all;           /* everything there, not `need` */
	int64_t need, taken;
	enum manner manner;
	const char *why_this_lot;
	uint32_t choices;
	/* What to do with shares of a lot that are taken. */
	void (*use)(struct taking *, uint32_t lot, int64_t shares);
};
bool take_shares(struct taking *);
/* Use what is wanted of one lot, as far as it is open, for a reason that outlives the replay. */
void take_from(struct taking *, uint32_t lot, const char *why_this_lot);
/* Whether lots are there that its reported row can be of; else the row brings its own. */
bool lots_known(const struct replay *, const struct taking *);

/* lots_dispose.c */
/* The use that makes a pending disposition. */
void use_dispose(struct taking *, uint32_t lot, int64_t shares);
/* Dispose of all of a lot that is held; the amounts are the caller's. */
struct disposition *dispose_of_lot(
	struct replay *, const struct event *, enum manner, uint32_t lot);
bool replay_dispose(struct replay *, const struct event *);

/* lots_share.c: parts add up to the cent. */
/* The proceeds, costs and reported basis of a sale or row, to those pending `from` a place on. */
void share_amounts(struct replay *, const struct event *, size_t from);
/* Give each part of a shared row its amounts. */
void share_rows(struct replay *);

/* lots_disposition.c */
struct besides *besides_of(struct replay *, struct disposition *); /* to be set */
/* Whether compensation is no more than the gain, as in sales on which a loss counts. */
bool manner_capped(enum manner);
/* Before accrued market discount and losses that are not allowed change it; also of no row. */
struct money disposition_gain_before_discount(const struct disposition *, enum book);

/* lots_settle.c: the tax of the pending dispositions. */
void replay_settle(struct replay *);
/* Settle the latest disposition at once, and take it off the pending ones. */
struct disposition replay_settle_last(struct replay *);

/* lots_wash.c */
bool is_taxable_exchange(const struct fact *);
void replay_slots(struct replay *);
/* A slot's lots are there now: what was promised for it is carried. */
void slot_born(struct replay *, uint32_t slot);
/*
 * Match up to `shares` of a disposition with acquisitions within 30 days, with those of
 * one account alone unless it is NULL; how many were. wash_carry then gives their loss to the
 * replacements.
 */
int64_t wash_match(struct replay *, enum book, const struct disposition *,
	const uint32_t *account, int64_t shares);
void wash_carry(struct replay *, enum book, struct disposition *, struct money loss);

/* lots_shelf.c */
/* NULL if there is none; a new one may move the others. */
struct shelf *shelf_find(const struct replay *, struct shelf_key);
struct shelf *shelf_make(struct replay *, struct shelf_key);
void shelf_put(struct replay *, struct shelf *, uint32_t lot);
/* The next open lot of a shelf in an order, or NULL; stale entries fall out. */
const struct shelf_entry *shelf_top(struct replay *, struct shelf *, enum order);

#endif
