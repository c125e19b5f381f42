/*
 * Finds the standing fact that a row is, so that overlapping files add only what is new.
 *
 * Two facts say the same if security, days, shares and amounts are equal and neither's account
 * speaks against it. Each standing fact is found once: equal rows of one file are real, and
 * the second of them is the second fact, or new.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_standing.h"
#include "ledger/import/record.h"

static uint32_t kept_text(struct standing *standing, const char *text)
{
	return names_add(standing->texts, text, strlen(text));
}

static uint32_t kept(struct standing *standing, const struct names *names, uint32_t name)
{
	return kept_text(standing, names_text(names, name));
}

const struct document *standing_document(
	const struct standing *standing, int64_t document)
{
	return document_in(standing->document, standing->documents, document);
}

static const char *format_of(const struct standing *standing, int64_t document)
{
	const struct document *const its = standing_document(standing, document);

	return its != NULL ? its->format : "";
}

static void add_link(struct standing *standing, uint64_t key, size_t entry)
{
	if (key == 0)
		return;
	GROW(standing->link, standing->links, standing->link_room);
	standing->link[standing->links++] =
		(struct link){ .key = key, .entry = (uint32_t)entry };
}

/* Only the keys that this file can ask for are kept. */
static void add_links(struct standing *standing, const struct keys *keys, size_t at)
{
	const struct entry *const entry = &standing->entry[at];

	for (int by = 0; by < NAMES; by++) {
		add_link(standing, keys->exact[by], at);
		add_link(standing, keys->near[by], at);
		if (entry->supplement && standing->incoming->supplement)
			add_link(standing, keys->alike[by], at);
		if (entry->supplement || standing->incoming->supplement)
			add_link(standing, keys->event[by], at);
	}
	if (entry->other_format)
		add_link(standing, keys->money[0], at);
}

static bool visit(void *context, const struct fact *fact, const struct names *names,
	struct fail *why)
{
	struct standing *const standing = context;
	const char *const format = format_of(standing, fact->source.document);

	(void)why;
	GROW(standing->entry, standing->count, standing->room);
	standing->entry[standing->count++] = (struct entry){
		.fact = fact->id,
		.document = fact->source.document,
		.day = fact->day,
		.other_day = fact->other_day,
		.symbol = kept_text(
			standing, securities_told(standing->securities, fact, names)),
		.account = kept(standing, names, fact->account),
		.supplement = row_format_is_supplement(format),
		.other_format = *format != '\0' &&
			strcmp(format, standing->incoming->format) != 0,
		.shares = fact->shares,
		.proceeds = fact->proceeds,
		.basis = fact->basis,
		.wash = fact->wash,
		.basis_known = fact->basis_known,
		.term = fact->term,
		.covered = fact->covered,
		.option = fact->option,
		.income = fact->income,
		.plan = kept(standing, names, fact->plan),
		.year = fact_year(fact),
	};
	const struct keys keys = keys_of(standing->securities, fact, names);
	struct entry *const entry = &standing->entry[standing->count - 1];

	memcpy(entry->event, keys.event, sizeof entry->event);
	memcpy(entry->alike, keys.alike, sizeof entry->alike);
	add_links(standing, &keys, standing->count - 1);
	return true;
}

/* From the last to the first, so that a chain starts with the earliest fact. */
static void chain(struct standing *standing)
{
	standing->slots = 64;
	while (standing->slots < standing->links * 2)
		standing->slots *= 2;
	standing->slot = must_alloc(standing->slots * sizeof *standing->slot);
	for (size_t i = standing->links; i-- > 0;) {
		struct link *const link = &standing->link[i];
		uint32_t *const slot = &standing->slot[link->key & (standing->slots - 1)];

		link->next = *slot;
		*slot = (uint32_t)i + 1;
	}
}

static bool visit_all(struct standing *standing, struct store *store, struct fail *why)
{
	static const enum fact_kind kinds[] = { FACT_REPORTED_SALE, FACT_EXERCISE,
		FACT_RSU, FACT_ESPP };

	if (!store_documents(store, &standing->document, &standing->documents,
		    &standing->pool, why))
		return false;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (!store_each(store, kinds[i], visit, standing, why))
			return false;
	return true;
}

bool standing_open(struct store *store, const struct securities *securities,
	const struct incoming *incoming, struct standing **opened, struct fail *why)
{
	struct standing *const standing = must_alloc(sizeof *standing);

	standing->securities = securities;
	standing->incoming = incoming;
	standing->texts = names_new();
	if (store != NULL && !visit_all(standing, store, why)) {
		standing_free(standing);
		return false;
	}
	chain(standing);
	*opened = standing;
	return true;
}

void standing_free(struct standing *standing)
{
	names_free(standing->texts);
	pool_release(&standing->pool);
	free(standing->entry);
	free(standing->link);
	free(standing->slot);
	told_release(&standing->told);
	told_release(&standing->others);
	told_release(&standing->peers);
	free(standing->alike);
	free(standing);
}

bool standing_empty(const struct standing *standing)
{
	return standing->count == 0;
}

const char *standing_text(const struct standing *standing, uint32_t name)
{
	return names_text(standing->texts, name);
}

/* Accounts speak against it only when both are named and differ. */
static bool account_fits(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	return accounts_fit(names_text(standing->texts, entry->account),
		names_text(made->names, made->fact.account));
}

/* Unlinks what is taken on its way, so that long chains of equal rows stay quick. */
static struct entry *take(struct standing *standing, uint64_t key,
	const struct made *made,
	bool (*fits)(const struct standing *, const struct entry *, const struct made *))
{
	if (key == 0 || standing->count == 0)
		return NULL;
	uint32_t *at = &standing->slot[key & (standing->slots - 1)];

	while (*at != 0) {
		struct link *const link = &standing->link[*at - 1];
		struct entry *const entry = &standing->entry[link->entry];

		if (entry->taken) {
			*at = link->next;
			continue;
		}
		if (link->key == key && account_fits(standing, entry, made) &&
			fits(standing, entry, made)) {
			*at = link->next;
			entry->taken = true;
			return entry;
		}
		at = &link->next;
	}
	return NULL;
}

/* Take by the first of two keys, or else by the second. */
static struct entry *take_either(struct standing *standing, const uint64_t key[2],
	const struct made *made,
	bool (*fits)(const struct standing *, const struct entry *, const struct made *))
{
	struct entry *const entry = take(standing, key[0], made, fits);

	return entry != NULL ? entry : take(standing, key[1], made, fits);
}

static struct keys keys_made(const struct standing *standing, const struct made *made)
{
	return keys_of(standing->securities, &made->fact, made->names);
}

/* Only sales are told in more ways than one, and only where something stands. */
static bool is_asked(const struct standing *standing, const struct made *made)
{
	return standing->count > 0 && made->fact.kind == FACT_REPORTED_SALE;
}

bool standing_symbols_fit(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	const char *const ours =
		securities_told(standing->securities, &made->fact, made->names);
	const char *const theirs = names_text(standing->texts, entry->symbol);
	char a[NAME_LIMIT], b[NAME_LIMIT];

	return *ours == '\0' || *theirs == '\0' ||
		strcmp(name_plain(ours, a), name_plain(theirs, b)) == 0;
}

static bool not_only_support(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	return (standing->incoming->supplement || !entry->supplement) &&
		standing_symbols_fit(standing, entry, made);
}

static bool of_other_class(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	(void)made;
	return entry->supplement != standing->incoming->supplement;
}

/*
 * Of another format, and one event as far as both tell: the same shares (where one does not tell
 * them, the same basis), acquired on one day. One may call a short position's opening its sale, the
 * other its closing.
 */
static bool of_other_format(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	const struct fact *const fact = &made->fact;
	const bool reversed = entry->day.number != fact->day.number;
	const int32_t other = reversed ? fact->day.number : fact->other_day.number;
	const bool shares = entry->shares.e8 == fact->shares.e8 ||
		((entry->shares.e8 == 0 || fact->shares.e8 == 0) && entry->basis_known &&
			fact->basis_known && entry->basis.cents == fact->basis.cents);

	(void)standing;
	if (reversed && entry->other_day.number != other)
		return false;
	return entry->other_format && shares &&
		(entry->other_day.number == other || !day_known(entry->other_day) ||
			!day_known(fact->other_day));
}

static bool of_statements(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	return standing->incoming->supplement && entry->supplement &&
		standing_symbols_fit(standing, entry, made);
}

static bool says_more(const struct fact *fact, const struct entry *entry)
{
	return (fact->wash.cents != 0 && entry->wash.cents == 0) ||
		(fact->income.cents != 0 && entry->income.cents == 0) ||
		(fact->basis.cents != 0 && !entry->basis_known) ||
		(day_known(fact->other_day) && !day_known(entry->other_day)) ||
		(fact->term != TERM_UNKNOWN && entry->term == TERM_UNKNOWN) ||
		(fact->covered != COVERED_UNKNOWN && entry->covered == COVERED_UNKNOWN) ||
		(fact->option != OPTION_UNKNOWN && entry->option == OPTION_UNKNOWN) ||
		(fact->plan != 0 && entry->plan == 0);
}

struct entry *standing_same(struct standing *standing, const struct made *made)
{
	if (standing->count == 0)
		return NULL;
	struct entry *const entry = take_either(
		standing, keys_made(standing, made).exact, made, not_only_support);

	/* Alike, then: what the fuller statement says besides must not be lost. */
	if (entry == NULL || made->fact.kind != FACT_REPORTED_SALE ||
		!of_statements(standing, entry, made) || !says_more(&made->fact, entry))
		return entry;
	entry->taken = false;
	return NULL;
}

struct entry *standing_near(struct standing *standing, const struct made *made)
{
	if (standing->count == 0)
		return NULL;
	return take_either(
		standing, keys_made(standing, made).near, made, standing_symbols_fit);
}

bool entry_agrees(const struct entry *entry, const struct fact *fact)
{
	return (entry->other_day.number == fact->other_day.number ||
		       !day_known(entry->other_day) || !day_known(fact->other_day)) &&
		(entry->basis.cents == fact->basis.cents || !entry->basis_known ||
			!fact->basis_known) &&
		(entry->wash.cents == fact->wash.cents || entry->wash.cents == 0 ||
			fact->wash.cents == 0);
}

struct entry *standing_alike(struct standing *standing, const struct made *made)
{
	const struct fact *const fact = &made->fact;

	if (!is_asked(standing, made))
		return NULL;
	struct entry *const entry = take_either(
		standing, keys_made(standing, made).alike, made, of_statements);

	if (entry == NULL || entry_agrees(entry, fact))
		return entry;
	/* Not taken after all: the next to ask is told of other amounts. */
	entry->taken = false;
	return NULL;
}

bool made_fill(
	struct made *made, const struct entry *entry, const struct standing *standing)
{
	struct fact *const fact = &made->fact;
	const bool more = says_more(fact, entry);
	const char *const plan = names_text(standing->texts, entry->plan);

	if (!fact->basis_known) {
		fact->basis = entry->basis;
		fact->basis_known = entry->basis_known;
	}
	if (!day_known(fact->other_day))
		fact->other_day = entry->other_day;
	if (fact->wash.cents == 0)
		fact->wash = entry->wash;
	if (fact->income.cents == 0)
		fact->income = entry->income;
	if (fact->term == TERM_UNKNOWN)
		fact->term = entry->term;
	if (fact->covered == COVERED_UNKNOWN)
		fact->covered = entry->covered;
	if (fact->option == OPTION_UNKNOWN)
		fact->option = entry->option;
	if (fact->plan == 0 && *plan != '\0')
		fact->plan = names_add(made->names, plan, strlen(plan));
	return more;
}

struct entry *standing_event(struct standing *standing, const struct made *made)
{
	return !is_asked(standing, made)
		? NULL
		: take_either(standing, keys_made(standing, made).event, made,
			  of_other_class);
}

struct entry *standing_renamed(struct standing *standing, const struct made *made)
{
	return !is_asked(standing, made)
		? NULL
		: take_either(standing, keys_made(standing, made).money, made,
			  of_other_format);
}

static const struct entry *has(
	const struct standing *standing, uint64_t key, const struct made *made)
{
	if (key == 0)
		return NULL;
	for (uint32_t at = standing->slot[key & (standing->slots - 1)]; at != 0;
		at = standing->link[at - 1].next) {
		const struct link *const link = &standing->link[at - 1];
		const struct entry *const entry = &standing->entry[link->entry];

		if (link->key == key && of_other_class(standing, entry, made) &&
			account_fits(standing, entry, made))
			return entry;
	}
	return NULL;
}

const struct entry *standing_has_event(
	const struct standing *standing, const struct made *made)
{
	if (!is_asked(standing, made))
		return NULL;
	const struct keys keys = keys_made(standing, made);
	const struct entry *const entry = has(standing, keys.event[BY_NAME], made);

	return entry != NULL ? entry : has(standing, keys.event[BY_WORDS], made);
}

static bool is_told(const struct standing *standing, const struct entry *entry)
{
	const char *const account = names_text(standing->texts, entry->account);

	for (size_t i = 0; i < COUNT(entry->event); i++)
		if (told_covers(
			    &standing->told, entry->event[i], account, entry->proceeds))
			return true;
	const struct telling *const sums = told_find(
		&standing->others, keys_event(entry->event, entry->document), account);

	return told_equals(&standing->told, sums, account) != NULL;
}

struct entry *standing_told(struct standing *standing, size_t *from)
{
	if (standing->incoming->supplement)
		return NULL;
	while (*from < standing->count && standing->told.count > 0) {
		struct entry *const entry = &standing->entry[(*from)++];

		if (entry->supplement && !entry->taken && is_told(standing, entry))
			return entry;
	}
	return NULL;
}

const struct entry *standing_has_sums(
	const struct standing *standing, const struct made *made)
{
	if (standing->others.count == 0 || made->fact.kind != FACT_REPORTED_SALE)
		return NULL;
	const char *const account = names_text(made->names, made->fact.account);
	const struct telling *const told = told_equals(&standing->others,
		told_find(&standing->told, keys_event(keys_made(standing, made).event, 0),
			account),
		account);

	return told != NULL ? &standing->entry[told->entry] : NULL;
}

struct entry *standing_left(
	struct standing *standing, const struct names *accounts, int year, size_t *from)
{
	while (*from < standing->count) {
		struct entry *const entry = &standing->entry[(*from)++];
		const char *const name = names_text(standing->texts, entry->account);
		const bool ours = entry->account == 0 ? names_count(accounts) == 0
						      : names_find(accounts, name) != 0;

		if (!entry->taken && ours && entry->year == year &&
			!entry->other_format && entry->document != 0)
			return entry;
	}
	return NULL;
}
