/* Which lots a sale takes: identified, by the broker's date, by a standing order, else FIFO. */
#include <stdlib.h>
#include <string.h>

#include "ledger/replay.h"

#define SHELVES_MOST 4

static const char identified[] = "identified";
static const char of_the_grant[] = "of the grant named, first in, first out";
static const char by_date[] = "by the broker's date";
static const char by_plan[] = "shares of that plan, first in, first out";
static const char first_in[] = "first in, first out";

/* Shelves to draw on, those that there are. */
struct choice {
	struct shelf *shelf[SHELVES_MOST];
	size_t count;
};

static void add_shelf(
	struct choice *choice, const struct replay *replay, struct shelf_key key)
{
	struct shelf *const shelf = shelf_find(replay, key);

	if (shelf != NULL)
		choice->shelf[choice->count++] = shelf;
}

/* Those of a place: what is set must be equal or unset in the lot. */
static struct choice places(const struct taking *taking, enum shelf_kind kind,
	struct day acquired, enum lot_kind plan)
{
	const struct replay *const replay = taking->replay;
	const bool any = taking->account == 0 && !taking->exact_account;
	const uint32_t accounts[] = { any ? SHELF_ANY : taking->account, 0 };
	const uint32_t owners[] = { taking->owner != 0 ? taking->owner : SHELF_ANY, 0 };
	/* A lot without an account is in no retirement account. */
	const int unset = taking->account != 0 && !taking->exact_account &&
		!replay->sheltered[taking->account];
	const bool dated = kind == SHELF_DATE || kind == SHELF_PLAN_DATE;
	const bool planned = kind == SHELF_PLAN || kind == SHELF_PLAN_DATE;
	struct choice choice = { .count = 0 };

	for (int a = 0; a <= unset; a++)
		for (int o = 0; o <= (taking->owner != 0); o++)
			add_shelf(&choice, replay,
				(struct shelf_key){ kind, taking->security, accounts[a],
					owners[o], dated ? acquired.number : 0,
					planned ? plan : 0 });
	return choice;
}

static uint32_t lots_open(const struct choice *choice)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < choice->count; i++)
		sum += choice->shelf[i]->open;
	return sum;
}

/* The best of the tops of several shelves. */
static bool best_lot(struct replay *replay, const struct choice *choice, enum order order,
	uint32_t *lot)
{
	const struct shelf_entry *best = NULL;

	for (size_t i = 0; i < choice->count; i++) {
		const struct shelf_entry *const top =
			shelf_top(replay, choice->shelf[i], order);

		if (top != NULL &&
			(best == NULL || top->key < best->key ||
				(top->key == best->key && top->lot < best->lot)))
			best = top;
	}
	if (best != NULL)
		*lot = best->lot;
	return best != NULL;
}

void take_from(struct taking *taking, uint32_t lot, const char *why_this_lot)
{
	const int64_t open = taking->replay->lot[lot].open.e8;
	const int64_t shares = taking->all || taking->need > open ? open : taking->need;

	taking->why_this_lot = why_this_lot;
	taking->taken += shares;
	if (!taking->all)
		taking->need -= shares;
	taking->use(taking, lot, shares);
}

static bool wants_more(const struct taking *taking)
{
	return taking->all || taking->need > 0;
}

static void take_in_order(struct taking *taking, const struct choice *choice,
	enum order order, const char *why_this_lot)
{
	uint32_t lot = NONE;

	if (!wants_more(taking))
		return;
	taking->choices = lots_open(choice);
	while (wants_more(taking) && best_lot(taking->replay, choice, order, &lot))
		take_from(taking, lot, why_this_lot);
}

/* "100 shares are there in that account, 150 are asked for" */
static bool enough(const struct taking *taking, const char *where)
{
	struct fail *const why = taking->replay->why;
	char there[MONEY_TEXT], asked[MONEY_TEXT];

	if (taking->all || taking->need == 0)
		return true;
	fail_set(why, FAIL_BAD_INPUT, "%s shares are there%s, %s are asked for",
		shares_plain((struct shares){ taking->taken }, there), where,
		shares_plain((struct shares){ taking->taken + taking->need }, asked));
	return fail_hint(why,
		"record how the missing shares came in, or correct the sale; \"lots\" "
		"shows what is held");
}

/* Lots that a name may mean, in the order in which they are taken. */
struct fitting {
	enum fit fit;
	int64_t key;
	uint32_t lot;
};

static int compare_fitting(const void *left, const void *right)
{
	const struct fitting *const a = left, *const b = right;

	if (a->fit != b->fit)
		return a->fit > b->fit ? -1 : 1;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->lot < b->lot ? -1 : a->lot > b->lot;
}

static bool in_account(const struct taking *taking, const struct lot *lot)
{
	return lot->account == 0 || taking->account == 0 ||
		lot->account == taking->account;
}

/* Nobody sells what is another's: whose a sale is, where it says so, binds named lots too. */
static bool is_owners(const struct taking *taking, const struct lot *lot)
{
	return lot->owner == 0 || taking->owner == 0 || lot->owner == taking->owner;
}

/* Ids of lots of the security that are held, as far as a hint has room for them. */
static void hint_held(const struct taking *taking)
{
	struct replay *const replay = taking->replay;
	const struct held held = held_lots(replay, taking->security);
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < held.count && i < 12; i++) {
		if (i > 0)
			text_add(&text, ", ");
		lot_id_add(replay, held.at[i], &text);
	}
	if (held.count > 12)
		text_addf(&text, " and %zu more", held.count - 12);
	if (held.count == 0)
		fail_hint(
			replay->why, "none is held on that day; \"lots\" shows them all");
	else
		fail_hint(replay->why,
			"held on that day: %s; \"lots --on DATE\" shows them",
			CUT(text.at, 200));
	text_release(&text);
	free(held.at);
}

static bool no_such_lot(const struct taking *taking, const struct pick *pick)
{
	struct replay *const replay = taking->replay;
	const char *const label = names_text(replay->facts->names, taking->label);

	if (pick == NULL)
		fail_set(replay->why, FAIL_BAD_INPUT,
			"no lot is called \"%s\"; nothing of that name or number is in "
			"the "
			"ledger, or it was taken back",
			label);
	else if (pick->steps[0] != '\0')
		fail_set(replay->why, FAIL_BAD_INPUT,
			"no lot is called \"%s\" on that day", label);
	else
		fail_set(replay->why, FAIL_BAD_INPUT,
			"no shares of a lot \"%s\" are there on that day", label);
	hint_held(taking);
	return false;
}

/* Named lots that are of another security, or held elsewhere. */
static bool elsewhere(const struct taking *taking, uint32_t lot)
{
	struct replay *const replay = taking->replay;
	const struct names *const names = replay->facts->names;
	const char *const label = names_text(names, taking->label);

	if (replay->state[lot].security != taking->security)
		return fail_set(replay->why, FAIL_BAD_INPUT, "lot \"%s\" is of %s", label,
			names_text(names, replay->lot[lot].symbol));
	if (!is_owners(taking, &replay->lot[lot])) {
		fail_set(replay->why, FAIL_BAD_INPUT,
			"lot \"%s\" belongs to %s on that day, not to %s", label,
			names_text(names, replay->lot[lot].owner),
			names_text(names, taking->owner));
		return fail_hint(replay->why,
			"correct the owner, name another lot, or record the transfer "
			"between spouses first");
	}
	fail_set(replay->why, FAIL_BAD_INPUT, "lot \"%s\" is held in %s", label,
		names_text(names, replay->lot[lot].account));
	return fail_hint(replay->why, "record the transfer first");
}

/* All that is open of a name's lots and can be meant, best first; the caller frees it. */
static struct fitting *fitting_lots(const struct taking *taking, const struct pick *pick,
	size_t *count, uint32_t *other)
{
	struct replay *const replay = taking->replay;
	struct shelf *const shelf = shelf_find(
		replay, (struct shelf_key){ .kind = SHELF_LABEL, .extra = pick->extra });
	const struct heap *const heap = shelf != NULL ? &shelf->heap[ORDER_FIFO] : NULL;
	struct fitting *list = NULL;
	size_t room = 0;

	*count = 0;
	*other = NONE;
	if (shelf != NULL)
		(void)shelf_top(replay, shelf, ORDER_FIFO); /* stale ones fall out */
	for (size_t i = 0; heap != NULL && i < heap->count; i++) {
		const struct shelf_entry entry = heap->at[i];

		if (entry.epoch != replay->epoch[entry.lot])
			continue;
		const struct fitting fitting = { pick_fits(replay, pick, entry.lot),
			entry.key, entry.lot };

		if (fitting.fit == FIT_NOT)
			continue;
		if (replay->state[entry.lot].security != taking->security ||
			!in_account(taking, &replay->lot[entry.lot]) ||
			!is_owners(taking, &replay->lot[entry.lot])) {
			*other = entry.lot;
			continue;
		}
		GROW(list, *count, room);
		list[(*count)++] = fitting;
	}
	if (*count > 1)
		qsort(list, *count, sizeof *list, compare_fitting);
	return list;
}

/* What the user named: it must be there, of this security, and in this account. */
static bool take_named(struct taking *taking)
{
	struct pick pick;

	if (!pick_of_name(taking->replay, taking->label, &pick))
		return no_such_lot(taking, NULL);
	size_t count = 0;
	uint32_t other = NONE;
	struct fitting *const list = fitting_lots(taking, &pick, &count, &other);

	taking->choices = 1;
	for (size_t i = 0; i < count && wants_more(taking); i++)
		take_from(taking, list[i].lot, identified);
	free(list);
	if (count == 0)
		return other == NONE ? no_such_lot(taking, &pick)
				     : elsewhere(taking, other);
	return enough(taking, " in the lot named");
}

/* A grant's lots, of which some went to the spouse: one owner's, first in, first out. */
static bool take_owners_of_grant(struct taking *taking)
{
	struct replay *const replay = taking->replay;
	struct shelf *const shelf = shelf_find(replay,
		(struct shelf_key){ .kind = SHELF_GRANT,
			.security = taking->security,
			.extra = (int32_t)taking->grant });
	const struct heap *const heap = shelf != NULL ? &shelf->heap[ORDER_FIFO] : NULL;
	struct fitting *list = NULL;
	size_t count = 0, room = 0;

	if (shelf != NULL)
		(void)shelf_top(replay, shelf, ORDER_FIFO);
	for (size_t i = 0; heap != NULL && i < heap->count; i++) {
		const struct shelf_entry entry = heap->at[i];

		if (entry.epoch != replay->epoch[entry.lot] ||
			!is_owners(taking, &replay->lot[entry.lot]))
			continue;
		GROW(list, count, room);
		list[count++] = (struct fitting){ FIT_NOT, entry.key, entry.lot };
	}
	if (count > 1)
		qsort(list, count, sizeof *list, compare_fitting);
	taking->choices = (uint32_t)count;
	for (size_t i = 0; i < count && wants_more(taking); i++)
		take_from(taking, list[i].lot, of_the_grant);
	free(list);
	return enough(taking, " of the grant named and that owner");
}

static bool take_of_grant(struct taking *taking)
{
	struct choice choice = { .count = 0 };

	if (taking->owner != 0)
		return take_owners_of_grant(taking);

	add_shelf(&choice, taking->replay,
		(struct shelf_key){ .kind = SHELF_GRANT,
			.security = taking->security,
			.extra = (int32_t)taking->grant });
	take_in_order(taking, &choice, ORDER_FIFO, of_the_grant);
	return enough(taking, " of the grant named");
}

/* The kind of lot that a plan's statement speaks of; false if it does not. */
static bool plan_kind(
	const struct replay *replay, const struct fact *row, enum lot_kind *kind)
{
	const char *const plan =
		row == NULL ? "" : names_text(replay->facts->names, row->plan);

	if (strcmp(plan, "rsu") == 0)
		*kind = LOT_RSU;
	else if (strcmp(plan, "espp") == 0)
		*kind = LOT_ESPP;
	else if (strcmp(plan, "option") == 0 && row->option == OPTION_NSO)
		*kind = LOT_NSO;
	else if (strcmp(plan, "option") == 0 && row->option == OPTION_ISO)
		*kind = LOT_ISO;
	else
		return false;
	return true;
}

/* Shares are delivered some days after a vest; a statement may print either day. */
#define DELIVERY_DAYS 5

/*
 * The day on which the ledger has lots of the plan for a row's date: that day, else the nearest
 * one within the days of delivery, the earlier first; DAY_NONE if it has none.
 */
static struct day plan_day(
	const struct taking *taking, enum lot_kind kind, struct day acquired)
{
	for (int off = 0; off <= DELIVERY_DAYS; off++)
		for (int sign = -1; sign <= 1; sign += 2) {
			const struct day day = day_plus(acquired, sign * off);

			if (places(taking, SHELF_PLAN_DATE, day, kind).count > 0)
				return day;
		}
	return DAY_NONE;
}

static bool take_by_place(struct taking *taking)
{
	struct replay *const replay = taking->replay;
	const struct fact *const row = taking->event->reported;
	const struct choice all = places(taking, SHELF_PLACE, DAY_NONE, LOT_KINDS);
	const struct standing *const standing = standing_for(
		replay, taking->security, taking->account, taking->event->day);
	const bool dated = row != NULL && day_known(row->other_day);
	enum lot_kind kind;

	if (plan_kind(replay, row, &kind)) {
		const struct day day =
			dated ? plan_day(taking, kind, row->other_day) : DAY_NONE;

		if (day_known(day)) {
			const struct choice choice =
				places(taking, SHELF_PLAN_DATE, day, kind);

			take_in_order(taking, &choice, ORDER_FIFO, by_date);
		}
		const struct choice choice = places(taking, SHELF_PLAN, DAY_NONE, kind);

		take_in_order(taking, &choice, ORDER_FIFO, by_plan);
		if (kind == LOT_RSU || kind == LOT_ESPP)
			return enough(taking, " of that plan");
	}
	if (dated && wants_more(taking)) {
		const struct choice choice =
			places(taking, SHELF_DATE, row->other_day, LOT_KINDS);

		take_in_order(taking, &choice, ORDER_FIFO, by_date);
		if (wants_more(taking))
			replay_note(replay, NOTICE_date_not_found, row, NOTICE_NOWHERE,
				NOTICE_NOWHERE);
	}
	if (standing != NULL)
		take_in_order(taking, &all, standing->order, standing->words);
	else
		take_in_order(taking, &all, ORDER_FIFO, first_in);
	return enough(taking, taking->account != 0 ? " in that account" : "");
}

bool take_shares(struct taking *taking)
{
	if (taking->label != 0)
		return take_named(taking);
	if (taking->grant != 0)
		return take_of_grant(taking);
	return take_by_place(taking);
}

/* Kinds of lots that both books see alike, and that no plan keeps. */
#define PLAIN_KINDS (1u << LOT_PURCHASE | 1u << LOT_GIFT | 1u << LOT_INHERITED)

/*
 * Lots that a broker's row can be of are known, or it brings its own. A plan's statement that
 * begins later than the plan sells lots of which it tells no more than the day and the value; they
 * are not those of other days. An ISO's row takes what there is: no row tells its AMT basis.
 */
bool lots_known(const struct replay *replay, const struct taking *taking)
{
	const unsigned known = replay->known[taking->security] & ~(1u << LOT_AS_REPORTED);
	const struct fact *const row = taking->event->reported;
	enum lot_kind kind;

	/* Employer shares of a plan that was not recorded are not those of another. */
	if (plan_kind(replay, row, &kind) && kind != LOT_ISO)
		return (known >> kind & 1) != 0 &&
			(!day_known(row->other_day) ||
				day_known(plan_day(taking, kind, row->other_day)));
	/* Shares bought elsewhere are not those of an account that never had any of them. */
	if (taking->account != 0 && (known & ~PLAIN_KINDS) == 0)
		return places(taking, SHELF_PLACE, DAY_NONE, LOT_KINDS).count > 0;
	return known != 0;
}
