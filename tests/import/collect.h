/* For tests of importers: reads a file and keeps its rows. */
#ifndef TESTS_IMPORT_COLLECT_H
#define TESTS_IMPORT_COLLECT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/import/row.h"
#include "ledger/import/value.h"

struct collected {
	struct pool pool;
	struct row *row;
	size_t count, room;
	size_t sales;
	int128 proceeds, basis, wash; /* of the sales, 1e-8 */
	struct row_file file;
	struct fail why;
	bool done;
};

static inline const char *kept(struct pool *pool, const char *text)
{
	return text == NULL ? NULL : pool_text(pool, text, strlen(text));
}

static inline void add_e8(int128 *sum, const char *plain)
{
	int128 value;

	if (plain != NULL && value_e8(plain, &value))
		*sum += value;
}

static inline bool collect_row(void *context, const struct row *row, struct fail *why)
{
	struct collected *const all = context;
	struct pool *const pool = &all->pool;
	size_t extras = 0, flags = 0;

	(void)why;
	GROW(all->row, all->count, all->room);
	struct row *const copy = &all->row[all->count++];

	*copy = *row;
	const char **const texts[] = { &copy->account, &copy->description, &copy->symbol,
		&copy->cusip, &copy->quantity, &copy->proceeds, &copy->basis,
		&copy->wash_disallowed, &copy->market_discount, &copy->federal_withheld,
		&copy->strike, &copy->fmv };

	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = kept(pool, *texts[i]);
	while (row->plan != NULL && row->plan[extras].name != NULL)
		extras++;
	struct row_extra *const plan = pool_alloc(pool, (extras + 1) * sizeof *plan);

	for (size_t i = 0; i < extras; i++)
		plan[i] = (struct row_extra){ kept(pool, row->plan[i].name),
			kept(pool, row->plan[i].value) };
	copy->plan = plan;
	while (row->flags != NULL && row->flags[flags] != NULL)
		flags++;
	const char **const flag = pool_alloc(pool, (flags + 1) * sizeof *flag);

	for (size_t i = 0; i < flags; i++)
		flag[i] = kept(pool, row->flags[i]);
	copy->flags = flag;
	if (row->kind == ROW_SALE) {
		all->sales++;
		add_e8(&all->proceeds, row->proceeds);
		add_e8(&all->basis, row->basis);
		add_e8(&all->wash, row->wash_disallowed);
	}
	return true;
}

static inline void collect_file(
	struct collected *all, const char *path, const char *format)
{
	memset(all, 0, sizeof *all);
	all->done = rows_read(path, format, &all->file, collect_row, all, &all->why);
}

/* The bytes as a file of their own, gone again afterwards. */
static inline void collect_bytes(
	struct collected *all, const char *bytes, size_t length, const char *format)
{
	char path[] = "/tmp/dualbasis-test-XXXXXX";
	const int file = mkstemp(path);

	if (file < 0 || write(file, bytes, length) != (ssize_t)length)
		abort();
	close(file);
	collect_file(all, path, format);
	unlink(path);
}

static inline void collect_text(
	struct collected *all, const char *text, const char *format)
{
	collect_bytes(all, text, strlen(text), format);
}

static inline void collect_release(struct collected *all)
{
	pool_release(&all->pool);
	free(all->row);
}

/* The value of a row's extra, or "" if it has none. */
static inline const char *extra(const struct row *row, const char *name)
{
	for (const struct row_extra *at = row->plan; at->name != NULL; at++)
		if (strcmp(at->name, name) == 0)
			return at->value;
	return "";
}

static inline bool flagged(const struct row *row, const char *part)
{
	for (const char *const *flag = row->flags; *flag != NULL; flag++)
		if (strstr(*flag, part) != NULL)
			return true;
	return false;
}

#endif
