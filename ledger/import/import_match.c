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
#include "ledger/import/import_inside.h"
#include "ledger/import/record.h"

/* What a link's key was made of. */
enum key { KEY_EXACT = 1, KEY_NEAR, KEY_EVENT, KEY_MONEY, KEY_ALIKE };

/* One entry under one key; entries of a key are chained from the earliest on. */
struct link {
	uint64_t key;
	uint32_t entry;
	uint32_t next; /* index + 1 */
};

struct standing {
	const struct securities *securities;
	const struct incoming *incoming;
	struct names *texts;
	struct entry *entry;
	size_t count, room;
	struct link *link;
	size_t links, link_room;
	uint32_t *slot; /* first of a chain: index + 1 */
	size_t slots;   /* a power of two */
	struct pool pool;
	struct document *document;
	size_t documents;
};

/* All keys of a fact. */
struct keys {
	uint64_t exact, near, alike, symbol_event, words_event, money;
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 29);
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	char plain[NAME_LIMIT];

	for (const char *at = name_plain(text, plain); *at != '\0'; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	return mix(hash, 0);
}

/* The security's symbol as far as it is known today, or "". */
static const char *symbol_of(const struct standing *standing, const struct fact *fact,
	const struct names *names)
{
	const char *const alias = names_text(names, fact->alias);

	if (fact->symbol != 0)
		return names_text(names, fact->symbol);
	const char *const known =
		*alias != '\0' ? securities_symbol(standing->securities, alias) : NULL;

	return known != NULL ? known : "";
}

static uint64_t mix_amounts(uint64_t hash, const struct fact *fact)
{
	hash = mix(hash, (uint64_t)fact->other_day.number);
	if (fact->kind == FACT_REPORTED_SALE) {
		hash = mix(hash, (uint64_t)fact->proceeds.cents);
		hash = mix(hash,
			fact->basis_known ? (uint64_t)fact->basis.cents : UINT64_MAX);
		hash = mix(hash, (uint64_t)fact->wash.cents);
		return mix(hash, (uint64_t)fact->withheld.cents);
	}
	hash = mix(hash, (uint64_t)fact->price.e8);
	return mix(hash, (uint64_t)fact->fmv.e8);
}

static struct keys keys_of(const struct standing *standing, const struct fact *fact,
	const struct names *names)
{
	const char *const symbol = symbol_of(standing, fact, names);
	const char *const words = names_text(names, fact->alias);
	const uint64_t day = mix((uint64_t)fact->kind, (uint64_t)fact->day.number);
	struct keys keys;

	keys.near = mix_text(mix(day, KEY_NEAR), *symbol != '\0' ? symbol : words);
	keys.near = mix(keys.near, (uint64_t)fact->shares.e8);
	/* Two exercises of one day are told apart by their grants. */
	if (fact->kind == FACT_EXERCISE)
		keys.near = mix(keys.near, (uint64_t)fact->other_day.number);
	keys.exact = mix_amounts(mix(keys.near, KEY_EXACT), fact);
	keys.alike = mix(mix(mix(keys.near, KEY_ALIKE), (uint64_t)fact->other_day.number),
		(uint64_t)fact->proceeds.cents);
	keys.symbol_event = *symbol != '\0' ? mix_text(mix(day, KEY_EVENT), symbol) : 0;
	keys.words_event = *words != '\0' ? mix_text(mix(day, KEY_EVENT), words) : 0;
	keys.money = mix(mix(mix(day, KEY_MONEY), (uint64_t)fact->shares.e8),
		(uint64_t)fact->proceeds.cents);
	return keys;
}

static uint32_t kept(struct standing *standing, const struct names *names, uint32_t name)
{
	const char *const text = names_text(names, name);

	return names_add(standing->texts, text, strlen(text));
}

static const char *format_of(const struct standing *standing, int64_t document)
{
	for (size_t i = 0; i < standing->documents; i++)
		if (standing->document[i].id == document)
			return standing->document[i].format;
	return "";
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

	add_link(standing, keys->exact, at);
	add_link(standing, keys->near, at);
	if (entry->supplement && standing->incoming->supplement)
		add_link(standing, keys->alike, at);
	if (entry->supplement != standing->incoming->supplement) {
		add_link(standing, keys->symbol_event, at);
		if (keys->words_event != keys->symbol_event)
			add_link(standing, keys->words_event, at);
	}
	if (entry->other_format && entry->proceeds.cents != 0)
		add_link(standing, keys->money, at);
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
	const struct keys keys = keys_of(standing, fact, names);

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

/* The digits at the end of a name. */
static const char *last_digits(const char *name)
{
	const char *at = name + strlen(name);

	while (at > name && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return at;
}

/* "XXXX-X482", "...482": masked in many ways, but the last digits are shown. */
static bool same_account(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return true;
	const char *const x = last_digits(a), *const y = last_digits(b);
	const size_t m = strlen(x), n = strlen(y);

	if (m < 3 || n < 3)
		return false;
	return m < n ? strcmp(x, y + n - m) == 0 : strcmp(y, x + m - n) == 0;
}

/* Accounts speak against it only when both are named and differ. */
static bool account_fits(const struct standing *standing, const struct entry *entry,
	const struct made *made)
{
	return entry->account == 0 || made->fact.account == 0 ||
		same_account(names_text(standing->texts, entry->account),
			names_text(made->names, made->fact.account));
}

/* Unlinks what is taken on its way, so that long chains of equal rows stay quick. */
static struct entry *take(struct standing *standing, uint64_t key,
	const struct made *made,
	bool (*fits)(const struct standing *, const struct entry *))
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
			fits(standing, entry)) {
			*at = link->next;
			entry->taken = true;
			return entry;
		}
		at = &link->next;
	}
	return NULL;
}

static bool not_only_support(const struct standing *standing, const struct entry *entry)
{
	return standing->incoming->supplement || !entry->supplement;
}

static bool any(const struct standing *standing, const struct entry *entry)
{
	(void)standing;
	(void)entry;
	return true;
}

static bool of_other_class(const struct standing *standing, const struct entry *entry)
{
	return entry->supplement != standing->incoming->supplement;
}

static bool of_same_class(const struct standing *standing, const struct entry *entry)
{
	return entry->supplement == standing->incoming->supplement && entry->other_format;
}

static bool of_statements(const struct standing *standing, const struct entry *entry)
{
	return standing->incoming->supplement && entry->supplement;
}

static bool says_more(const struct fact *fact, const struct entry *entry)
{
	return (fact->wash.cents != 0 && entry->wash.cents == 0) ||
		(fact->income.cents != 0 && entry->income.cents == 0) ||
		(fact->basis.cents != 0 && !entry->basis_known) ||
		(fact->term != TERM_UNKNOWN && entry->term == TERM_UNKNOWN) ||
		(fact->covered != COVERED_UNKNOWN && entry->covered == COVERED_UNKNOWN) ||
		(fact->option != OPTION_UNKNOWN && entry->option == OPTION_UNKNOWN) ||
		(fact->plan != 0 && entry->plan == 0);
}

struct entry *standing_same(struct standing *standing, const struct made *made)
{
	if (standing->count == 0)
		return NULL;
	struct entry *const entry =
		take(standing, keys_of(standing, &made->fact, made->names).exact, made,
			not_only_support);

	/* Alike, then: what the fuller statement says besides must not be lost. */
	if (entry == NULL || made->fact.kind != FACT_REPORTED_SALE ||
		!of_statements(standing, entry) || !says_more(&made->fact, entry))
		return entry;
	entry->taken = false;
	return NULL;
}

struct entry *standing_near(struct standing *standing, const struct made *made)
{
	if (standing->count == 0)
		return NULL;
	return take(
		standing, keys_of(standing, &made->fact, made->names).near, made, any);
}

struct entry *standing_alike(struct standing *standing, const struct made *made)
{
	const struct fact *const fact = &made->fact;

	if (standing->count == 0 || fact->kind != FACT_REPORTED_SALE)
		return NULL;
	struct entry *const entry = take(standing,
		keys_of(standing, fact, made->names).alike, made, of_statements);

	if (entry == NULL)
		return NULL;
	if (entry->basis.cents == fact->basis.cents &&
		(entry->wash.cents == fact->wash.cents || entry->wash.cents == 0 ||
			fact->wash.cents == 0))
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
	if (standing->count == 0 || made->fact.kind != FACT_REPORTED_SALE)
		return NULL;
	const struct keys keys = keys_of(standing, &made->fact, made->names);
	struct entry *const entry =
		take(standing, keys.symbol_event, made, of_other_class);

	return entry != NULL ? entry
			     : take(standing, keys.words_event, made, of_other_class);
}

struct entry *standing_renamed(struct standing *standing, const struct made *made)
{
	if (standing->count == 0 || made->fact.kind != FACT_REPORTED_SALE ||
		made->fact.proceeds.cents == 0)
		return NULL;
	return take(standing, keys_of(standing, &made->fact, made->names).money, made,
		of_same_class);
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

		if (link->key == key && of_other_class(standing, entry) &&
			account_fits(standing, entry, made))
			return entry;
	}
	return NULL;
}

const struct entry *standing_has_event(
	const struct standing *standing, const struct made *made)
{
	if (standing->count == 0 || made->fact.kind != FACT_REPORTED_SALE)
		return NULL;
	const struct keys keys = keys_of(standing, &made->fact, made->names);
	const struct entry *const entry = has(standing, keys.symbol_event, made);

	return entry != NULL ? entry : has(standing, keys.words_event, made);
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
