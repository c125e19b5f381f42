/* Which lots a sale takes: identified, by the broker's date, else first in, first out. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define SHELVES_MOST 4

static const char identified[] = "identified";
static const char of_the_grant[] = "of the grant named, first in, first out";
static const char by_date[] = "by the broker's date";
static const char first_in[] = "first in, first out";
static const char as_reported[] = "as the broker reports it";

static struct shelf_key key_of(enum shelf_kind kind, uint32_t security, uint32_t account,
	uint32_t owner, struct day acquired)
{
	return (struct shelf_key){ kind, security, account, owner,
		kind == SHELF_DATE ? acquired.number : 0 };
}

void replay_shelve(struct replay *replay, uint32_t index)
{
	const struct lot *const lot = &replay->lot[index];
	const uint32_t security = replay->state[index].security;
	const uint32_t accounts[] = { SHELF_ANY, lot->account };
	const uint32_t owners[] = { SHELF_ANY, lot->owner };
	struct shelves *const shelves = &replay->shelves;

	for (int a = 0; a <= replay->has_accounts; a++)
		for (int o = 0; o <= replay->has_owners; o++)
			for (enum shelf_kind kind = SHELF_PLACE; kind <= SHELF_DATE;
				kind++)
				if (kind == SHELF_PLACE || replay->has_dates)
					shelf_put(replay,
						shelf_find(shelves,
							key_of(kind, security,
								accounts[a], owners[o],
								lot->acquired),
							true),
						index);
	if (lot->label != 0)
		shelf_put(replay,
			shelf_find(shelves,
				(struct shelf_key){
					SHELF_LABEL, 0, 0, 0, (int32_t)lot->label },
				true),
			index);
	if (lot->grant != NULL && lot->grant->grant != 0)
		shelf_put(replay,
			shelf_find(shelves,
				(struct shelf_key){ SHELF_GRANT, security, 0, 0,
					(int32_t)lot->grant->grant },
				true),
			index);
}

/* Shelves that a place may draw on: what is set must be equal or unset in the lot. */
struct choice {
	struct shelf_key key[SHELVES_MOST];
	size_t count;
};

static struct choice places(const struct replay *replay, enum shelf_kind kind,
	uint32_t security, uint32_t account, uint32_t owner, struct day acquired)
{
	const uint32_t accounts[] = { account != 0 ? account : SHELF_ANY, 0 };
	const uint32_t owners[] = { owner != 0 ? owner : SHELF_ANY, 0 };
	struct choice choice = { .count = 0 };

	for (int a = 0; a <= (account != 0); a++)
		for (int o = 0; o <= (owner != 0); o++)
			choice.key[choice.count++] =
				key_of(kind, security, accounts[a], owners[o], acquired);
	(void)replay;
	return choice;
}

/* One sale while its shares are being found. */
struct taking {
	struct replay *replay;
	const struct event *event;
	uint32_t security, account, owner;
	int64_t need;
	size_t from; /* its first pending disposition */
};

static void take_from(struct taking *taking, uint32_t index, const char *why_this_lot)
{
	struct replay *const replay = taking->replay;
	struct lot *const lot = &replay->lot[index];
	const int64_t shares = taking->need < lot->open.e8 ? taking->need : lot->open.e8;
	const struct part part = tally_take(&replay->state[index].tally, shares);

	lot->open.e8 -= shares;
	for (int b = 0; b < BOOKS; b++)
		lot->open_basis[b].cents -= part.of[TOTAL_BASIS + b];
	taking->need -= shares;
	GROW(replay->disposition, replay->disposition_count, replay->disposition_room);
	GROW(replay->pending, replay->pending_count, replay->pending_room);
	replay->pending[replay->pending_count++] =
		(struct pending){ (uint32_t)replay->disposition_count, part };
	replay->disposition[replay->disposition_count++] = (struct disposition){
		.sale = taking->event->fact,
		.reported = taking->event->reported,
		.lot = index,
		.sold = taking->event->day,
		.shares = { shares },
		.why_this_lot = why_this_lot,
	};
}

/* The best of the tops of several shelves. */
static bool best_lot(struct replay *replay, const struct choice *choice, enum order order,
	uint32_t *lot)
{
	const struct shelf_entry *best = NULL;

	for (size_t i = 0; i < choice->count; i++) {
		struct shelf *const shelf =
			shelf_find(&replay->shelves, choice->key[i], false);
		const struct shelf_entry *const top =
			shelf == NULL ? NULL : shelf_top(replay, shelf, order);

		if (top != NULL &&
			(best == NULL || top->key < best->key ||
				(top->key == best->key && top->lot < best->lot)))
			best = top;
	}
	if (best != NULL)
		*lot = best->lot;
	return best != NULL;
}

static void take_in_order(struct taking *taking, const struct choice *choice,
	enum order order, const char *why_this_lot)
{
	uint32_t lot;

	while (taking->need > 0 && best_lot(taking->replay, choice, order, &lot))
		take_from(taking, lot, why_this_lot);
}

/* "120 of ACME are there (L1 of 2022-03-01: 100, ...), 200 are sold" */
static bool too_few(const struct taking *taking, const char *where)
{
	const struct replay *const replay = taking->replay;
	const struct event *const event = taking->event;
	const struct fact *const fact =
		event->fact != NULL ? event->fact : event->reported;
	char there[MONEY_TEXT], asked[MONEY_TEXT];
	int64_t taken = 0;

	for (size_t i = taking->from; i < replay->pending_count; i++)
		taken += replay->pending[i].part.shares;
	fail_set(replay->why, FAIL_BAD_INPUT, "%s shares are there%s, %s are asked for",
		shares_plain((struct shares){ taken }, there), where,
		shares_plain(fact->shares, asked));
	fail_hint(replay->why,
		"record how the missing shares came in, or correct the sale; \"lots\" "
		"shows "
		"what is held");
	return false;
}

/* The lot that the user named: it must be there, of this security, and in this account. */
static bool take_named(struct taking *taking, uint32_t label)
{
	struct replay *const replay = taking->replay;
	const struct names *const names = replay->facts->names;
	const struct choice choice = {
		.key = { { SHELF_LABEL, 0, 0, 0, (int32_t)label } }, .count = 1
	};
	uint32_t index;

	if (shelf_find(&replay->shelves, choice.key[0], false) == NULL) {
		fail_set(replay->why, FAIL_BAD_INPUT, "no lot is named \"%s\" by then",
			names_text(names, label));
		return fail_hint(replay->why, "\"lots\" shows the names");
	}
	while (taking->need > 0 && best_lot(replay, &choice, ORDER_FIFO, &index)) {
		const struct lot *const lot = &replay->lot[index];

		if (replay->state[index].security != taking->security)
			return fail_set(replay->why, FAIL_BAD_INPUT,
				"lot \"%s\" is of %s", names_text(names, label),
				names_text(names, lot->symbol));
		if (lot->account != 0 && taking->account != 0 &&
			lot->account != taking->account)
			return fail_set(replay->why, FAIL_BAD_INPUT,
				"lot \"%s\" is held in %s", names_text(names, label),
				names_text(names, lot->account));
		take_from(taking, index, identified);
	}
	return taking->need == 0 || too_few(taking, " in the lot named");
}

static bool take_of_grant(struct taking *taking, uint32_t grant)
{
	const struct choice choice = {
		.key = { { SHELF_GRANT, taking->security, 0, 0, (int32_t)grant } },
		.count = 1
	};

	take_in_order(taking, &choice, ORDER_FIFO, of_the_grant);
	return taking->need == 0 || too_few(taking, " of the grant named");
}

static bool take_by_place(struct taking *taking)
{
	struct replay *const replay = taking->replay;
	const struct event *const event = taking->event;
	const struct choice all = places(replay, SHELF_PLACE, taking->security,
		taking->account, taking->owner, DAY_NONE);

	if (event->reported != NULL && day_known(event->reported->other_day)) {
		const struct choice dated = places(replay, SHELF_DATE, taking->security,
			taking->account, taking->owner, event->reported->other_day);

		take_in_order(taking, &dated, ORDER_FIFO, by_date);
		if (taking->need > 0)
			replay_note(replay, NOTICE_date_not_found, event->reported,
				NOTICE_NOWHERE, NOTICE_NOWHERE);
	}
	take_in_order(taking, &all, ORDER_FIFO, first_in);
	return taking->need == 0 ||
		too_few(taking, taking->account != 0 ? " in that account" : "");
}

/* A plain brokerage account: the row brings its own lot, equal in all books. */
static void take_as_reported(struct taking *taking)
{
	struct replay *const replay = taking->replay;
	const struct fact *const row = taking->event->reported;
	struct lot lot = {
		.symbol = row->symbol != 0 ? row->symbol : row->alias,
		.account = row->account,
		.owner = row->owner,
		.kind = LOT_AS_REPORTED,
		.origin = row,
		.acquired = row->other_day,
		.granted = DAY_NONE,
		.qualifies_on = DAY_NONE,
		.shares = row->shares,
	};
	struct tally tally = { .shares = row->shares.e8 };

	for (int i = 0; i < TOTALS; i++)
		tally.total[i] = row->basis.cents;
	for (int b = 0; b < BOOKS; b++)
		lot.held_since[b] = row->other_day;
	take_from(taking, replay_add_lot(replay, lot, tally, taking->security),
		as_reported);
	if (!row->basis_known)
		replay_note(replay, NOTICE_basis_missing, row, NOTICE_NOWHERE,
			(uint32_t)replay->disposition_count - 1);
}

/* The proceeds of the whole sale, and what the broker says of it, shared by its parts. */
static void share_amounts(struct taking *taking)
{
	struct replay *const replay = taking->replay;
	const struct fact *const sale = taking->event->fact;
	const struct fact *const row = taking->event->reported;
	const size_t count = replay->pending_count - taking->from;
	const struct pending *const pending = &replay->pending[taking->from];
	int64_t one_weight;
	struct money one_part;
	int64_t *const weight =
		count == 1 ? &one_weight : must_alloc(count * sizeof *weight);
	struct money *const part =
		count == 1 ? &one_part : must_alloc(count * sizeof *part);
	struct disposition *const first = &replay->disposition[pending->disposition];

	for (size_t i = 0; i < count; i++)
		weight[i] = pending[i].part.shares;
	const struct money proceeds = row != NULL ? row->proceeds
		: sale->proceeds_known            ? sale->proceeds
				       : price_times(sale->price, sale->shares);

	split_whole(proceeds, weight, count, part);
	for (size_t i = 0; i < count; i++)
		first[i].proceeds = part[i];
	if (row != NULL) {
		split_whole(row->basis, weight, count, part);
		for (size_t i = 0; i < count; i++)
			first[i].reported_basis = part[i];
		split_whole(row->discount, weight, count, part);
		for (size_t i = 0; i < count; i++)
			first[i].discount = part[i];
	}
	if (count != 1) {
		free(weight);
		free(part);
	}
}

bool replay_dispose(struct replay *replay, const struct event *event)
{
	const struct fact *const sale = event->fact, *const row = event->reported;
	const struct fact *const any = sale != NULL ? sale : row;
	struct taking taking = {
		.replay = replay,
		.event = event,
		.security = replay_security(replay, any),
		.account = any->account,
		.owner = any->owner,
		.need = any->shares.e8,
		.from = replay->pending_count,
	};
	bool good = true;

	if (taking.account == 0 && row != NULL)
		taking.account = row->account;
	if (sale != NULL && sale->lot != 0)
		good = take_named(&taking, sale->lot);
	else if (sale != NULL && sale->grant != 0)
		good = take_of_grant(&taking, sale->grant);
	else if (row != NULL && !replay->known[taking.security])
		take_as_reported(&taking);
	else
		good = take_by_place(&taking);
	if (!good)
		return false;
	if (replay->pending_count > taking.from)
		share_amounts(&taking);
	return true;
}
