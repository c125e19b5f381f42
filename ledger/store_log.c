/* The log of batches, and the years that are locked. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/store_inside.h"

static char *pooled(struct sql_statement *from, int column, struct pool *pool)
{
	size_t length;
	const char *const text = sql_text(from, column, &length);

	return pool_text(pool, text, length);
}

static const char batches_text[] =
	"SELECT id, at, command,"
	" ifnull(facts, 0), ifnull(voids, 0), ifnull(documents, 0),"
	" ifnull(own.undoes, 0), ifnull(own.reason, ''),"
	" ifnull((SELECT max(undo.batch) FROM undo WHERE undo.undoes = batch.id"
	"  AND undo.batch NOT IN (SELECT batch FROM undone)), 0)"
	" FROM batch"
	" LEFT JOIN undo AS own ON own.batch = batch.id"
	" LEFT JOIN (SELECT batch, count(*) AS facts FROM fact"
	"  WHERE id NOT IN (SELECT fact FROM echo) GROUP BY batch) AS f"
	"  ON f.batch = batch.id"
	" LEFT JOIN (SELECT batch, count(*) AS voids FROM void GROUP BY batch) AS v"
	"  ON v.batch = batch.id"
	" LEFT JOIN (SELECT batch, count(*) AS documents FROM document GROUP BY batch) "
	"AS d"
	"  ON d.batch = batch.id"
	" WHERE id > 0 ORDER BY id";

bool store_batches(struct store *store, struct batch **batches, size_t *count,
	struct pool *pool, struct fail *why)
{
	struct sql_statement *list;
	struct batch *found = NULL;
	size_t used = 0, room = 0;
	bool row, done;

	if (!sql_prepare(store->sql, batches_text, &list, why))
		return fail_file(why, store->path);
	while ((done = sql_step(list, &row, why)) && row) {
		GROW(found, used, room);
		found[used++] = (struct batch){
			.id = sql_integer(list, 0),
			.at = sql_integer(list, 1),
			.command = pooled(list, 2, pool),
			.facts = sql_integer(list, 3),
			.voids = sql_integer(list, 4),
			.documents = sql_integer(list, 5),
			.undoes = sql_integer(list, 6),
			.reason = pooled(list, 7, pool),
			.undone_by = sql_integer(list, 8),
		};
	}
	sql_finish(list);
	*batches = pool_copy(pool, found, used * sizeof *found);
	*count = used;
	free(found);
	return done || fail_file(why, store->path);
}

/* The last standing word on each year, if it is that the year is locked. */
static const char locks_text[] =
	"SELECT l.year, l.batch, batch.at, l.hash FROM year_lock AS l"
	" JOIN batch ON batch.id = l.batch WHERE l.locked = 1 AND l.id ="
	" (SELECT max(id) FROM year_lock AS any WHERE any.year = l.year"
	"  AND any.batch NOT IN (SELECT batch FROM undone)) ORDER BY l.year";

bool store_locks(struct store *store, struct year_lock **locks, size_t *count,
	struct pool *pool, struct fail *why)
{
	struct sql_statement *list;
	struct year_lock *found = NULL;
	size_t used = 0, room = 0;
	bool row, done;

	if (!sql_prepare(store->sql, locks_text, &list, why))
		return fail_file(why, store->path);
	while ((done = sql_step(list, &row, why)) && row) {
		GROW(found, used, room);
		found[used++] = (struct year_lock){
			.year = (int)sql_integer(list, 0),
			.batch = sql_integer(list, 1),
			.at = sql_integer(list, 2),
			.hash = pooled(list, 3, pool),
		};
	}
	sql_finish(list);
	*locks = pool_copy(pool, found, used * sizeof *found);
	*count = used;
	free(found);
	return done || fail_file(why, store->path);
}

bool store_read_locks(struct store *store, struct fail *why)
{
	struct pool pool = { 0 };
	struct year_lock *locks;
	size_t count;
	const bool done = store_locks(store, &locks, &count, &pool, why);

	store->locked_count = 0;
	for (size_t i = 0; done && i < count; i++) {
		struct day first, last;
		const bool days = day_from_civil(locks[i].year, 1, 1, &first) &&
			day_from_civil(locks[i].year, 12, 31, &last);

		assert(days); /* the table holds years from 1900 to 2199 */
		GROW(store->locked, store->locked_count, store->locked_room);
		store->locked[store->locked_count++] = (struct locked_span){
			locks[i].year,
			first.number,
			last.number,
		};
	}
	pool_release(&pool);
	return done;
}

bool store_not_locked(const struct store *store, struct day day, int year,
	const char *what, struct fail *why)
{
	for (size_t i = 0; i < store->locked_count; i++) {
		const struct locked_span *const lock = &store->locked[i];

		if (year != lock->year &&
			(day.number < lock->first || day.number > lock->last))
			continue;
		fail_set(why, FAIL_LOCKED, "%s: the year %d is locked", what, lock->year);
		return fail_hint(why,
			"if the year must change: dualbasis unlock %d --reason WHY",
			lock->year);
	}
	return true;
}
