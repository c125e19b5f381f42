/*
 * replay.h: inside of lots_replay(): the state that its files share. Nobody else includes it.
 *
 * facts -> events in their order (lots_order.c), recorded and reported sales joined
 * (lots_join.c) -> lots acquired (lots_acquire.c), chosen from shelves (lots_shelf.c,
 * lots_choose.c), and settled into dispositions in every book (lots_settle.c).
 */
#ifndef DUALBASIS_LEDGER_REPLAY_H
#define DUALBASIS_LEDGER_REPLAY_H

#include "ledger/lots.h"

/* ---- order ------------------------------------------------------------------------- */

/* What happens on one day, in this order. */
enum rank { RANK_ACQUIRE, RANK_DISPOSE };

struct event {
	struct day day;
	enum rank rank;
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
	TOTAL_COST,    /* paid */
	TOTAL_VALUE,   /* at the AMT measuring date */
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

/* Split a whole over parts by their weights, largest remainder first, ties to the earlier. */
void split_whole(
	struct money whole, const int64_t *weight, size_t count, struct money *part);

/* ---- shelves ------------------------------------------------------------------------ */

/* Orders in which lots can be taken off a shelf. */
enum order { ORDER_FIFO, ORDERS };

/* What a shelf holds. Zero fields are part of the key: account 0 is "no account". */
enum shelf_kind {
	SHELF_PLACE, /* security, account, owner (SHELF_ANY: whichever) */
	SHELF_DATE,  /* the same, acquired on one day */
	SHELF_LABEL, /* all lots that the user calls so */
	SHELF_GRANT, /* security and grant */
};
#define SHELF_ANY UINT32_MAX

struct shelf_key {
	enum shelf_kind kind;
	uint32_t security, account, owner;
	int32_t extra; /* day, label or grant */
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
	struct heap heap[ORDERS];
};

struct shelves {
	struct shelf *at;
	size_t count, room;
	uint32_t *slot; /* open addressing: index + 1 */
	size_t slots;
};

void shelves_release(struct shelves *);

/* ---- the replay --------------------------------------------------------------------- */

/* What the replay knows of a lot beyond what it tells. */
struct lot_state {
	struct tally tally;
	uint32_t security;
	uint32_t epoch;
};

/* A disposition whose tax is not settled until the day's last sale has taken its shares. */
struct pending {
	uint32_t disposition;
	struct part part;
};

struct replay {
	const struct facts *facts;
	struct pool *pool;
	struct pool scratch;
	struct fail *why;
	const uint32_t *rank;
	const uint32_t *security; /* name number -> the symbol that it means */
	bool *known;              /* by security: lots that are not as reported */

	const struct fact **grants; /* by security and day */
	size_t grant_count;

	struct event *event;
	size_t event_count, event_room;

	struct lot *lot;
	struct lot_state *state;
	size_t lot_count, lot_room, state_room;
	struct disposition *disposition;
	size_t disposition_count, disposition_room;
	struct notice *notice;
	size_t notice_count, notice_room;
	struct pending *pending;
	size_t pending_count, pending_room;

	struct shelves shelves;
	bool has_owners, has_accounts, has_dates;
};

uint32_t replay_security(const struct replay *, const struct fact *);
void replay_note(struct replay *, enum notice_kind, const struct fact *, uint32_t lot,
	uint32_t disposition);

/* lots_join.c: fills `event` with sales; recorded ones with their 1099-B row. */
void replay_join(struct replay *);

/* lots_acquire.c */
bool replay_grants(struct replay *);
bool replay_labels(struct replay *);
bool replay_acquire(struct replay *, const struct fact *);
uint32_t replay_add_lot(struct replay *, struct lot, struct tally, uint32_t security);

/* lots_choose.c: take a sale's shares; leaves its dispositions pending. */
bool replay_dispose(struct replay *, const struct event *);
/* Open the shelves that a lot belongs on. */
void replay_shelve(struct replay *, uint32_t lot);

/* lots_settle.c: the tax of the pending dispositions. */
void replay_settle(struct replay *);

/* lots_shelf.c */
struct shelf *shelf_find(struct shelves *, struct shelf_key, bool make);
void shelf_put(struct replay *, struct shelf *, uint32_t lot);
/* The next open lot of a shelf in an order, or NULL; stale entries fall out. */
const struct shelf_entry *shelf_top(struct replay *, struct shelf *, enum order);

#endif
