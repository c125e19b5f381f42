/* For tests of import: a ledger of its own in a folder of its own. */
#ifndef TESTS_IMPORT_HOME_H
#define TESTS_IMPORT_HOME_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/import/import.h"

#define SAMPLES "tests/import/samples/"
#define SCHWAB  SAMPLES "schwab-1099/XXXX-X482.CSV"
#define FORM    SAMPLES "form3921/acme.csv"

/* A ledger of its own in a folder of its own. */
struct home {
	char folder[40], ledger[64], file[64];
	struct store *store;
	struct pool pool;
	struct fail why;
};

static inline void home_make(struct home *home)
{
	memset(home, 0, sizeof *home);
	strcpy(home->folder, "/tmp/dualbasis-import-XXXXXX");
	cr_assert(mkdtemp(home->folder) != NULL);
	snprintf(home->ledger, sizeof home->ledger, "%s/a.ledger", home->folder);
	snprintf(home->file, sizeof home->file, "%s/broker.csv", home->folder);
	cr_assert(store_create(home->ledger, &home->why), "%s", home->why.message);
	cr_assert(store_open(home->ledger, STORE_WRITE, &home->store, &home->why), "%s",
		home->why.message);
}

static inline void home_end(struct home *home)
{
	store_close(home->store);
	unlink(home->ledger);
	unlink(home->file);
	rmdir(home->folder);
	pool_release(&home->pool);
}

static inline void home_write(struct home *home, const char *text)
{
	FILE *const file = fopen(home->file, "wb");

	cr_assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* Import in a batch of its own; commit when it was done. */
static inline bool import_one(struct home *home, const char *path,
	const struct import_options *options, struct import_report *report)
{
	static const struct import_options none = { 0 };

	cr_assert(store_begin(home->store, "import", &home->why));
	const bool done = import_file(home->store, path,
		options != NULL ? options : &none, report, &home->pool, &home->why);

	if (done)
		cr_assert(store_commit(home->store, &home->why), "%s", home->why.message);
	else
		store_rollback(home->store);
	return done;
}

/* Take a batch back in a batch of its own; commit when it was done. */
static inline bool home_undo(struct home *home, int64_t batch)
{
	cr_assert(store_begin(home->store, "undo", &home->why));
	const bool done = store_undo(home->store, batch, "a test", &home->why);

	if (done)
		cr_assert(store_commit(home->store, &home->why), "%s", home->why.message);
	else
		store_rollback(home->store);
	return done;
}

static inline void home_fact(
	struct home *home, struct fact fact, const char *symbol, const char *alias)
{
	struct names *const names = names_new();

	fact.symbol = names_add(names, symbol, strlen(symbol));
	fact.alias = names_add(names, alias, strlen(alias));
	cr_assert(store_begin(home->store, "record", &home->why));
	cr_assert(store_append(home->store, &fact, names, &home->why), "%s",
		home->why.message);
	cr_assert(store_commit(home->store, &home->why));
	names_free(names);
}

static inline size_t standing_count(struct home *home)
{
	struct facts facts;

	cr_assert(store_facts(home->store, &facts, &home->why), "%s", home->why.message);
	const size_t count = facts.count;

	facts_release(&facts);
	return count;
}

static inline void import_text(
	struct home *home, const char *text, struct import_report *report)
{
	home_write(home, text);
	cr_assert(import_one(home, home->file, NULL, report), "%s", home->why.message);
}

/* Whether a note of the report has these words in it. */
static inline bool noted(const struct import_report *report, const char *part)
{
	for (const char *const *note = report->notes; *note != NULL; note++)
		if (strstr(*note, part) != NULL)
			return true;
	return false;
}

/* The fact of a kind that comes after so many others of it. */
static inline const struct fact *find(
	const struct facts *facts, enum fact_kind kind, size_t nth)
{
	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == kind && nth-- == 0)
			return &facts->at[i];
	return NULL;
}

#endif
