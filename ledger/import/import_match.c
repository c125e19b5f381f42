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

struct standing {
	const struct securities *securities;
	struct names *texts;
	struct entry *entry;
	size_t count, room;
	uint32_t *exact, *near; /* first of the chain: index + 1 */
	size_t slots;           /* a power of two */
	struct pool pool;
	struct document *document;
	size_t documents;
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

/* The security's symbol as far as it is known today, else the broker's description. */
static const char *security_of(const struct standing *standing, const struct fact *fact,
	const struct names *names)
{
	const char *const alias = names_text(names, fact->alias);
	const char *known = NULL;

	if (fact->symbol != 0)
		return names_text(names, fact->symbol);
	if (*alias != '\0')
		known = securities_symbol(standing->securities, alias);
	return known != NULL ? known : alias;
}

static void hash_fact(const struct standing *standing, const struct fact *fact,
	const struct names *names, uint64_t *exact, uint64_t *near)
{
	uint64_t hash = mix((uint64_t)fact->kind, (uint64_t)fact->day.number);

	hash = mix_text(hash, security_of(standing, fact, names));
	hash = mix(hash, (uint64_t)fact->shares.e8);
	*near = hash;
	hash = mix(hash, (uint64_t)fact->other_day.number);
	if (fact->kind == FACT_EXERCISE) {
		*near = hash;
		hash = mix(hash, (uint64_t)fact->price.e8);
		hash = mix(hash, (uint64_t)fact->fmv.e8);
	} else {
		hash = mix(hash, (uint64_t)fact->proceeds.cents);
		hash = mix(hash,
			fact->basis_known ? (uint64_t)fact->basis.cents : UINT64_MAX);
		hash = mix(hash, (uint64_t)fact->wash.cents);
		hash = mix(hash, (uint64_t)fact->withheld.cents);
	}
	*exact = hash;
}

static uint32_t kept(struct standing *standing, const struct names *names, uint32_t name)
{
	const char *const text = names_text(names, name);

	return names_add(standing->texts, text, strlen(text));
}

static bool from_supplement(const struct standing *standing, int64_t document)
{
	for (size_t i = 0; i < standing->documents; i++)
		if (standing->document[i].id == document)
			return row_format_is_supplement(standing->document[i].format);
	return false;
}

static bool visit(void *context, const struct fact *fact, const struct names *names,
	struct fail *why)
{
	struct standing *const standing = context;

	(void)why;
	GROW(standing->entry, standing->count, standing->room);
	struct entry *const entry = &standing->entry[standing->count++];

	*entry = (struct entry){
		.fact = fact->id,
		.document = fact->source.document,
		.account = kept(standing, names, fact->account),
		.supplement = from_supplement(standing, fact->source.document),
		.proceeds = fact->proceeds,
		.income = fact->income,
		.plan = kept(standing, names, fact->plan),
		.year = fact_year(fact),
	};
	hash_fact(standing, fact, names, &entry->exact, &entry->near);
	return true;
}

/* From the last to the first, so that a chain starts with the earliest fact. */
static void chain(struct standing *standing)
{
	standing->slots = 64;
	while (standing->slots < standing->count * 2)
		standing->slots *= 2;
	standing->exact = must_alloc(standing->slots * sizeof *standing->exact);
	standing->near = must_alloc(standing->slots * sizeof *standing->near);
	for (size_t i = standing->count; i-- > 0;) {
		struct entry *const entry = &standing->entry[i];
		uint32_t *const exact =
			&standing->exact[entry->exact & (standing->slots - 1)];
		uint32_t *const near =
			&standing->near[entry->near & (standing->slots - 1)];

		entry->next_exact = *exact;
		*exact = (uint32_t)i + 1;
		entry->next_near = *near;
		*near = (uint32_t)i + 1;
	}
}

bool standing_open(struct store *store, const struct securities *securities,
	struct standing **opened, struct fail *why)
{
	struct standing *const standing = must_alloc(sizeof *standing);

	standing->securities = securities;
	standing->texts = names_new();
	if (store != NULL &&
		!(store_documents(store, &standing->document, &standing->documents,
			  &standing->pool, why) &&
			store_each(store, FACT_REPORTED_SALE, visit, standing, why) &&
			store_each(store, FACT_EXERCISE, visit, standing, why))) {
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
	free(standing->exact);
	free(standing->near);
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
	return entry->account == 0 || made->fact.account == 0 ||
		strcmp(names_text(standing->texts, entry->account),
			names_text(made->names, made->fact.account)) == 0;
}

struct entry *standing_same(struct standing *standing, const struct made *made)
{
	uint64_t exact, near;

	if (standing->count == 0)
		return NULL;
	hash_fact(standing, &made->fact, made->names, &exact, &near);
	uint32_t *link = &standing->exact[exact & (standing->slots - 1)];

	while (*link != 0) {
		struct entry *const entry = &standing->entry[*link - 1];

		if (entry->exact == exact && account_fits(standing, entry, made)) {
			*link = entry->next_exact; /* found once */
			entry->taken = true;
			return entry;
		}
		link = &entry->next_exact;
	}
	return NULL;
}

struct entry *standing_near(struct standing *standing, const struct made *made)
{
	uint64_t exact, near;

	if (standing->count == 0)
		return NULL;
	hash_fact(standing, &made->fact, made->names, &exact, &near);
	uint32_t *link = &standing->near[near & (standing->slots - 1)];

	while (*link != 0) {
		struct entry *const entry = &standing->entry[*link - 1];

		if (entry->taken) {
			*link = entry->next_near;
			continue;
		}
		if (entry->near == near && account_fits(standing, entry, made)) {
			*link = entry->next_near;
			entry->taken = true;
			return entry;
		}
		link = &entry->next_near;
	}
	return NULL;
}

static bool of_format(
	const struct standing *standing, const struct entry *entry, const char *format)
{
	for (size_t i = 0; i < standing->documents; i++)
		if (standing->document[i].id == entry->document)
			return strcmp(standing->document[i].format, format) == 0;
	return false;
}

struct entry *standing_left(struct standing *standing, const struct names *accounts,
	int year, const char *format, size_t *from)
{
	while (*from < standing->count) {
		struct entry *const entry = &standing->entry[(*from)++];
		const char *const name = names_text(standing->texts, entry->account);
		const bool ours = entry->account == 0 ? names_count(accounts) == 0
						      : names_find(accounts, name) != 0;

		if (!entry->taken && ours && entry->year == year &&
			of_format(standing, entry, format))
			return entry;
	}
	return NULL;
}
