/*
 * store_fixture.h: a folder of its own for each test, and a ledger in it.
 */
#ifndef DUALBASIS_TESTS_STORE_FIXTURE_H
#define DUALBASIS_TESTS_STORE_FIXTURE_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/store.h"

static char folder[64];
static char path[128];
static struct fail why;
static struct pool pool;

static inline void make_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/dualbasis-store-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/a.ledger", folder);
}

static inline void remove_folder(void)
{
	char command[128];

	pool_release(&pool);
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	cr_expect(system(command) == 0);
}

/* A name in the test's folder. */
static inline const char *beside(const char *name)
{
	return pool_printf(&pool, "%s/%s", folder, name);
}

static inline struct store *open_ledger(void)
{
	struct store *store;

	cr_assert(store_open(path, STORE_WRITE, &store, &why), "%s", why.message);
	return store;
}

static inline struct store *make_and_open(void)
{
	cr_assert(store_create(path, &why), "%s", why.message);
	return open_ledger();
}

static inline uint32_t name(struct names *names, const char *text)
{
	return names_add(names, text, strlen(text));
}

/* A sale of a share, in the open batch. */
static inline int64_t append_sale_on(
	struct store *store, struct names *names, const char *symbol, int year, int month)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_SALE;
	cr_assert(day_from_civil(year, month, 3, &fact.day));
	fact.symbol = name(names, symbol);
	fact.shares.e8 = 100000000;
	fact.price.e8 = 6100000000;
	cr_assert(store_append(store, &fact, names, &why), "%s", why.message);
	return fact.id;
}

static inline int64_t append_sale(
	struct store *store, struct names *names, const char *symbol)
{
	return append_sale_on(store, names, symbol, 2024, 6);
}

static inline size_t count_standing(struct store *store)
{
	struct facts facts;

	cr_assert(store_facts(store, &facts, &why), "%s", why.message);
	const size_t count = facts.count;

	facts_release(&facts);
	return count;
}

/* The ids of the standing facts, "1 3 4". */
static inline const char *standing(struct store *store)
{
	struct facts facts;
	char *list = pool_printf(&pool, "%s", "");

	cr_assert(store_facts(store, &facts, &why), "%s", why.message);
	for (size_t i = 0; i < facts.count; i++)
		list = pool_printf(&pool, "%s%s%lld", list, i > 0 ? " " : "",
			(long long)facts.at[i].id);
	facts_release(&facts);
	return list;
}

static inline void write_file(const char *to, const char *bytes, size_t length)
{
	FILE *const file = fopen(to, "wb");

	cr_assert(file != NULL);
	cr_assert(fwrite(bytes, 1, length, file) == length);
	cr_assert(fclose(file) == 0);
}

/* Whole files, to compare bytes. */
static inline struct text read_file(const char *from)
{
	struct text text = TEXT_EMPTY;
	char bytes[4096];
	size_t length;
	FILE *const file = fopen(from, "rb");

	cr_assert(file != NULL, "%s", from);
	while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
		text_add_bytes(&text, bytes, length);
	fclose(file);
	return text;
}

#define SAME_TEXT(a, b)    cr_expect(strcmp(a, b) == 0, "\"%s\" is not \"%s\"", a, b)
#define SAYS(found, words) cr_expect(strstr(found, words) != NULL, "%s", found)

#endif
