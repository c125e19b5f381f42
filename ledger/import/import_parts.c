/*
 * Sums what a file and the standing facts tell of each day, and finds statements that part one
 * day's sales in other ways: their totals say whether they tell the same.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_standing.h"

/* Two rows of one sale may be rounded each in its own way. */
#define CENTS_A_ROW 2

/* ---- sums --------------------------------------------------------------------------- */

/* A basis of 0.00 is printed by some where others leave it blank: it is not known. */
static struct telling telling_of_fact(const struct fact *fact)
{
	return (struct telling){ .day = fact->day,
		.shares = fact->shares,
		.proceeds = fact->proceeds,
		.basis = fact->basis,
		.wash = fact->wash,
		.income = fact->income,
		.rows = 1,
		.based = fact->basis_known && fact->basis.cents != 0,
		.dated = day_known(fact->other_day) };
}

static struct telling telling_of_entry(const struct standing *standing, size_t at)
{
	const struct entry *const entry = &standing->entry[at];

	return (struct telling){ .day = entry->day,
		.shares = entry->shares,
		.proceeds = entry->proceeds,
		.basis = entry->basis,
		.wash = entry->wash,
		.income = entry->income,
		.rows = 1,
		.based = entry->basis_known && entry->basis.cents != 0,
		.dated = day_known(entry->other_day),
		.entry = at };
}

static void add_alike(struct standing *standing, uint64_t key)
{
	if (key == 0)
		return;
	GROW(standing->alike, standing->alikes, standing->alike_room);
	standing->alike[standing->alikes++] = key;
}

void standing_tell(struct standing *standing, const struct made *made)
{
	const struct fact *const fact = &made->fact;

	if (standing->count == 0 || fact->kind != FACT_REPORTED_SALE)
		return;
	const struct keys keys = keys_of(standing->securities, fact, made->names);
	const char *const account = names_text(made->names, fact->account);
	const struct telling telling = telling_of_fact(fact);

	for (int by = 0; by < NAMES; by++) {
		told_add(&standing->told, keys.event[by], account, &telling);
		if (standing->incoming->supplement)
			add_alike(standing, keys.alike[by]);
	}
}

/* Under both its names: all statements' together, and each statement's alone. */
static void add_peer(struct standing *standing, size_t at)
{
	const struct entry *const entry = &standing->entry[at];
	const struct telling telling = telling_of_entry(standing, at);
	const char *const account = names_text(standing->texts, entry->account);

	for (size_t i = 0; i < COUNT(entry->event); i++) {
		told_add(&standing->peers, entry->event[i], account, &telling);
		told_add(&standing->peers,
			keys_event((const uint64_t[NAMES]){ entry->event[i] },
				entry->document),
			account, &telling);
	}
}

static int rising(const void *left, const void *right)
{
	const uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

void standing_told_all(struct standing *standing)
{
	told_sort(&standing->told);
	for (size_t i = 0; i < standing->count && standing->told.count > 0; i++) {
		const struct entry *const entry = &standing->entry[i];
		const struct telling telling = telling_of_entry(standing, i);

		if (entry->supplement != standing->incoming->supplement)
			told_add(&standing->others,
				keys_event(entry->event, entry->document),
				names_text(standing->texts, entry->account), &telling);
		else if (entry->supplement)
			add_peer(standing, i);
	}
	told_sort(&standing->others);
	told_sort(&standing->peers);
	if (standing->alikes > 0)
		qsort(standing->alike, standing->alikes, sizeof *standing->alike, rising);
}

/* ---- one day in other parts ----------------------------------------------------------- */

static int64_t apart(struct money a, struct money b)
{
	return a.cents < b.cents ? b.cents - a.cents : a.cents - b.cents;
}

static int64_t slack(const struct telling *a, const struct telling *b)
{
	return CENTS_A_ROW * (int64_t)(a->rows > b->rows ? a->rows : b->rows);
}

bool tellings_same_shares(const struct telling *a, const struct telling *b)
{
	return a->shares.e8 == b->shares.e8;
}

bool tellings_same_proceeds(const struct telling *a, const struct telling *b)
{
	return apart(a->proceeds, b->proceeds) <= slack(a, b);
}

/* Some files have no shares: then the money decides. */
static bool agree(const struct telling *a, const struct telling *b)
{
	return (tellings_same_shares(a, b) || a->shares.e8 == 0 || b->shares.e8 == 0) &&
		tellings_same_proceeds(a, b);
}

/* Both know all of the basis, and not the same one; what was wages may be in it or not. */
static bool bases_differ(const struct telling *a, const struct telling *b)
{
	return a->based == a->rows && b->based == b->rows &&
		apart(a->basis, b->basis) > slack(a, b) &&
		apart(money_plus(a->basis, a->income), money_plus(b->basis, b->income)) >
		slack(a, b);
}

/* Who knows more of the lots stands; then who tells them in finer parts; then who came first. */
static bool knows_more(const struct telling *a, const struct telling *b)
{
	const int differ[] = { (a->based == a->rows) - (b->based == b->rows),
		(a->dated == a->rows) - (b->dated == b->rows),
		(a->wash.cents != 0) - (b->wash.cents != 0),
		(a->income.cents != 0) - (b->income.cents != 0),
		(a->rows > b->rows) - (a->rows < b->rows) };

	for (size_t i = 0; i < COUNT(differ); i++)
		if (differ[i] != 0)
			return differ[i] > 0;
	return false;
}

static bool in_parting(const struct standing *standing, const struct entry *entry,
	const struct made *made, const struct parting *parting)
{
	return entry->supplement && !entry->gone &&
		(parting->document == 0 || entry->document == parting->document) &&
		accounts_fit(
			parting->account, names_text(standing->texts, entry->account)) &&
		standing_symbols_fit(standing, entry, made);
}

/* The first of the parting's facts, taken by a row or not, that `is` so; or NULL. */
static struct entry *first_of(struct standing *standing, const struct made *made,
	const struct parting *parting,
	bool (*is)(const struct standing *, const struct entry *))
{
	const uint64_t key = parting->event;

	for (uint32_t at = standing->slot[key & (standing->slots - 1)]; at != 0;
		at = standing->link[at - 1].next) {
		const struct link *const link = &standing->link[at - 1];
		struct entry *const entry = &standing->entry[link->entry];

		if (link->key == key && in_parting(standing, entry, made, parting) &&
			is(standing, entry))
			return entry;
	}
	return NULL;
}

static bool is_any(const struct standing *standing, const struct entry *entry)
{
	(void)standing;
	return entry != NULL;
}

static bool is_open(const struct standing *standing, const struct entry *entry)
{
	(void)standing;
	return !entry->taken;
}

/* No row of the file tells the same shares for the same money, either. */
static bool is_unmet(const struct standing *standing, const struct entry *entry)
{
	if (entry->taken)
		return false;
	for (size_t i = 0; i < COUNT(entry->alike); i++)
		if (entry->alike[i] != 0 &&
			bsearch(&entry->alike[i], standing->alike, standing->alikes,
				sizeof *standing->alike, rising) != NULL)
			return false;
	return true;
}

struct entry *standing_peer(
	struct standing *standing, const struct made *made, const struct parting *parting)
{
	struct entry *const entry = first_of(standing, made, parting, is_open);

	return entry != NULL ? entry : first_of(standing, made, parting, is_any);
}

struct entry *standing_peer_open(
	struct standing *standing, const struct made *made, const struct parting *parting)
{
	return first_of(standing, made, parting, is_open);
}

/*
 * The two tellings of the event in the account, or in all accounts where one of them is not
 * named. False if the documents tell nothing of it.
 */
static bool compare_in(const struct standing *standing, struct parting *parting,
	const char *account, bool *same)
{
	const uint64_t theirs =
		keys_event((const uint64_t[NAMES]){ parting->event }, parting->document);
	struct parting all = *parting;

	parting->account = account;
	if (!told_sum(&standing->told, parting->event, account, &parting->ours) ||
		!told_sum(&standing->peers, theirs, account, &parting->theirs))
		return false;
	*same = agree(&parting->ours, &parting->theirs);
	if (*same)
		return true;
	all.account = "";
	*same = told_sum(&standing->told, all.event, "", &all.ours) &&
		told_sum(&standing->peers, theirs, "", &all.theirs) &&
		agree(&all.ours, &all.theirs);
	if (*same)
		*parting = all;
	return true;
}

/* All statements together first: each of their sales is another one. Then each alone. */
static enum parted compare_event(struct standing *standing, const struct made *made,
	uint64_t event, struct parting *parting)
{
	const char *const account = names_text(made->names, made->fact.account);
	bool same;

	*parting = (struct parting){ .event = event };
	if (event == 0 || !compare_in(standing, parting, account, &same))
		return PARTED_NOT;
	for (size_t i = 0; i < standing->documents && !same; i++) {
		struct parting one = { .event = event,
			.document = standing->document[i].id };

		if (compare_in(standing, &one, account, &same) && same)
			*parting = one;
	}
	if (same)
		return PARTED_SAME;
	return first_of(standing, made, parting, is_unmet) != NULL ? PARTED_OTHER
								   : PARTED_NOT;
}

/* Under other names, in another format, the day's sums must be equal to the cent. */
static enum parted compare_names(struct standing *standing, const struct keys *keys,
	struct parting *parting, const struct made *made)
{
	const char *const account = names_text(made->names, made->fact.account);
	const uint64_t event = keys_event(keys->event, 0);
	const struct telling *const ours = told_find(&standing->told, event, account);
	const struct telling *const theirs = told_equals(&standing->peers, ours, account);

	if (theirs == NULL)
		return PARTED_NOT;
	const struct entry *const entry = &standing->entry[theirs->entry];
	const bool alone =
		theirs->key != entry->event[0] && theirs->key != entry->event[1];

	if (!entry->other_format || !standing_symbols_fit(standing, entry, made))
		return PARTED_NOT;
	*parting = (struct parting){
		.event = theirs->key,
		.document = alone ? entry->document : 0,
		.account = names_text(standing->peers.accounts, theirs->account),
		.ours = *ours,
		.theirs = *theirs,
	};
	for (size_t i = 0; i < COUNT(entry->event) && alone; i++)
		if (keys_event((const uint64_t[NAMES]){ entry->event[i] },
			    entry->document) == theirs->key)
			parting->event = entry->event[i];
	return PARTED_SAME;
}

enum parted standing_parted(
	struct standing *standing, const struct made *made, struct parting *parting)
{
	enum parted parted = PARTED_NOT;

	if (standing->peers.count == 0 || made->fact.kind != FACT_REPORTED_SALE)
		return PARTED_NOT;
	const struct keys keys = keys_of(standing->securities, &made->fact, made->names);

	for (int by = 0; by < NAMES && parted == PARTED_NOT; by++)
		parted = compare_event(standing, made, keys.event[by], parting);
	if (parted == PARTED_NOT)
		parted = compare_names(standing, &keys, parting, made);
	if (parted == PARTED_NOT)
		return parted;
	parting->ours_stand = knows_more(&parting->ours, &parting->theirs);
	parting->first = &standing->entry[parting->theirs.entry];
	if (parted == PARTED_SAME && bases_differ(&parting->ours, &parting->theirs))
		return PARTED_BASIS;
	return parted;
}

bool standing_say_once(struct standing *standing, const struct made *made)
{
	const struct keys keys = keys_of(standing->securities, &made->fact, made->names);

	return told_once(&standing->told, keys_event(keys.event, 0),
		names_text(made->names, made->fact.account));
}
