/* Undoes a batch, or an undo; locks and unlocks a year. */
#include <assert.h>
#include <string.h>

#include "ledger/store_inside.h"

/* What is asked of the ledger before a batch is undone. */
struct undoing {
	int64_t batch;  /* to be undone */
	int64_t undoes; /* the batch that it undid itself, or 0 */
	int64_t moves;  /* the batch whose facts stop standing, or stand again */
};

/*
 * Later batches that an undo would leave hanging, or that stand where it would put something
 * back. Each answers the number of such a batch for ?1, the batch that moves.
 */
struct hindrance {
	const char *query, *said;
};
#define STANDS(batch) batch " NOT IN (SELECT batch FROM undone)"

static const struct hindrance of_undo[] = {
	{ "SELECT void.batch FROM void JOIN fact ON fact.id = void.fact"
	  " WHERE fact.batch = ?1 AND void.batch <> ?1 AND " STANDS("void.batch"),
		"voids facts of it" },
	{ "SELECT fact.batch FROM fact JOIN document ON document.id = fact.document"
	  " WHERE document.batch = ?1 AND fact.batch <> ?1 AND " STANDS("fact.batch"),
		"has facts from its documents" },
};

static const struct hindrance of_redo[] = {
	{ "SELECT other.batch FROM document AS own JOIN document AS other"
	  " ON other.sha256 = own.sha256 AND other.batch <> own.batch"
	  " WHERE own.batch = ?1 AND " STANDS("other.batch"),
		"imported the same file again" },
	{ "SELECT other.batch FROM void AS own JOIN void AS other"
	  " ON other.fact = own.fact AND other.batch <> own.batch"
	  " WHERE own.batch = ?1 AND " STANDS("other.batch"),
		"voids the same facts" },
	{ "SELECT undo.batch FROM void AS own JOIN fact ON fact.id = own.fact"
	  " JOIN undo ON undo.undoes = fact.batch"
	  " WHERE own.batch = ?1 AND fact.batch <> ?1 AND " STANDS("undo.batch"),
		"undid what it builds on" },
	{ "SELECT other.batch FROM fact AS own JOIN fact AS other"
	  " ON other.kind = own.kind AND other.day = own.day"
	  " AND other.shares_e8 = own.shares_e8"
	  " AND other.proceeds_cents = own.proceeds_cents"
	  " AND (own.account = other.account OR own.account = '' OR other.account = '')"
	  " WHERE own.batch = ?1 AND own.shares_e8 <> 0"
	  " AND other.batch > (SELECT max(batch) FROM undo WHERE undoes = ?1)"
	  " AND " STANDS("other.batch") " AND other.id NOT IN (SELECT fact FROM voided)"
					" AND NOT EXISTS (SELECT 1 FROM echo WHERE fact "
					"= other.id"
					"  AND first = ifnull((SELECT first FROM echo "
					"WHERE fact = own.id), own.id))",
		"says the same again" },
};

static bool nothing_hinders(struct store *store, const struct undoing *what,
	const struct hindrance *hindrances, size_t count, struct fail *why)
{
	for (size_t i = 0; i < count; i++) {
		int64_t other;
		bool row;

		if (!store_ask(store, hindrances[i].query, &what->moves, 1, &other, 1,
			    &row, why))
			return false;
		if (!row)
			continue;
		fail_set(why, FAIL_USAGE,
			"batch %lld cannot be undone as it is: batch %lld %s",
			(long long)what->batch, (long long)other, hindrances[i].said);
		return fail_hint(why, "undo batch %lld first", (long long)other);
	}
	return true;
}

static bool no_year_is_locked(
	struct store *store, const struct undoing *what, struct fail *why)
{
	for (size_t i = 0; i < store->locked_count; i++) {
		const struct locked_span *const lock = &store->locked[i];
		const int64_t values[] = { what->moves, lock->year, lock->first,
			lock->last };
		int64_t fact;
		bool row;

		if (!store_ask(store,
			    "SELECT id FROM fact WHERE (batch = ?1 OR id IN"
			    " (SELECT fact FROM void WHERE batch = ?1))"
			    " AND id NOT IN (SELECT fact FROM echoed)"
			    " AND (year = ?2 OR day BETWEEN ?3 AND ?4) LIMIT 1",
			    values, COUNT(values), &fact, 1, &row, why))
			return false;
		if (row)
			return store_not_locked(store, DAY_NONE, lock->year, "undo", why);
	}
	return true;
}

/* Is there such a batch, does it stand, and what would its undo move? */
static bool look_up(struct store *store, struct undoing *what, struct fail *why)
{
	enum { UNDONE, UNDOES, UNDOES_UNDOES, ANSWERS };
	int64_t is[ANSWERS];
	bool row;

	if (!store_ask(store,
		    "SELECT batch.id IN (SELECT batch FROM undone), ifnull(undo.undoes, "
		    "0),"
		    " ifnull(undone.undoes, 0) FROM batch"
		    " LEFT JOIN undo ON undo.batch = batch.id"
		    " LEFT JOIN undo AS undone ON undone.batch = undo.undoes"
		    " WHERE batch.id = ?1 AND batch.id > 0 AND batch.id < ?2",
		    (const int64_t[]){ what->batch, store->batch }, 2, is, ANSWERS, &row,
		    why))
		return false;
	if (!row) {
		fail_set(why, FAIL_USAGE, "there is no batch %lld",
			(long long)what->batch);
		return fail_hint(why, "dualbasis log lists them");
	}
	if (is[UNDONE])
		return fail_set(why, FAIL_USAGE, "batch %lld is undone already",
			(long long)what->batch);
	if (is[UNDOES_UNDOES] != 0) {
		fail_set(why, FAIL_USAGE, "batch %lld brought batch %lld back",
			(long long)what->batch, (long long)is[UNDOES_UNDOES]);
		return fail_hint(
			why, "undo batch %lld itself", (long long)is[UNDOES_UNDOES]);
	}
	what->undoes = is[UNDOES];
	what->moves = is[UNDOES] != 0 ? is[UNDOES] : what->batch;
	return true;
}

static bool add_undo(
	struct store *store, int64_t batch, const char *reason, struct fail *why)
{
	struct sql_statement *insert;

	if (!store_write(store, why) ||
		!sql_prepare(store->sql,
			"INSERT INTO undo (batch, undoes, reason) VALUES (?1, ?2, ?3)",
			&insert, why))
		return fail_file(why, store->path);
	sql_bind_integer(insert, 1, store->batch);
	sql_bind_integer(insert, 2, batch);
	sql_bind_text(insert, 3, reason, strlen(reason));
	const bool done = sql_execute(insert, why);

	sql_finish(insert);
	return done || fail_file(why, store->path);
}

bool store_undo(struct store *store, int64_t batch, const char *reason, struct fail *why)
{
	struct undoing what = { .batch = batch };

	assert(store->open);
	if (*reason == '\0')
		return fail_set(why, FAIL_USAGE, "undoing a batch wants a reason");
	return look_up(store, &what, why) &&
		(what.undoes == 0 ? nothing_hinders(
					    store, &what, of_undo, COUNT(of_undo), why)
				  : nothing_hinders(store, &what, of_redo, COUNT(of_redo),
					    why)) &&
		no_year_is_locked(store, &what, why) &&
		add_undo(store, batch, reason, why) && store_read_locks(store, why);
}

bool store_told_elsewhere(
	struct store *store, int64_t batch, int64_t *count, struct fail *why)
{
	bool row;

	return store_ask(store,
		"SELECT count(*) FROM standing JOIN echo ON echo.fact = standing.id"
		" WHERE standing.batch <> ?1 AND echo.first IN"
		" (SELECT ifnull(e.first, fact.id) FROM fact LEFT JOIN echo AS e"
		"  ON e.fact = fact.id WHERE fact.batch = ?1)",
		&batch, 1, count, 1, &row, why);
}

static bool is_locked(const struct store *store, int year)
{
	for (size_t i = 0; i < store->locked_count; i++)
		if (store->locked[i].year == year)
			return true;
	return false;
}

static bool add_lock(struct store *store, int year, bool locked, const char *hash,
	const char *reason, struct fail *why)
{
	struct sql_statement *insert;

	if (!store_write(store, why) ||
		!sql_prepare(store->sql,
			"INSERT INTO year_lock (id, batch, year, locked, hash, reason)"
			" SELECT ifnull(max(id), 0) + 1, ?1, ?2, ?3, ?4, ?5 FROM "
			"year_lock",
			&insert, why))
		return fail_file(why, store->path);
	sql_bind_integer(insert, 1, store->batch);
	sql_bind_integer(insert, 2, year);
	sql_bind_integer(insert, 3, locked);
	sql_bind_text(insert, 4, hash, strlen(hash));
	sql_bind_text(insert, 5, reason, strlen(reason));
	const bool done = sql_execute(insert, why);

	sql_finish(insert);
	return (done || fail_file(why, store->path)) && store_read_locks(store, why);
}

bool store_lock(struct store *store, int year, const char *hash, struct fail *why)
{
	assert(store->open);
	if (year < 1900 || year > 2199)
		return fail_set(
			why, FAIL_USAGE, "%d is not a year (want 1900 to 2199)", year);
	if (is_locked(store, year))
		return fail_set(why, FAIL_USAGE, "the year %d is locked already", year);
	return add_lock(store, year, true, hash, "", why);
}

bool store_unlock(struct store *store, int year, const char *reason, struct fail *why)
{
	assert(store->open);
	if (*reason == '\0')
		return fail_set(why, FAIL_USAGE, "unlocking a year wants a reason");
	if (!is_locked(store, year))
		return fail_set(why, FAIL_USAGE, "the year %d is not locked", year);
	return add_lock(store, year, false, "", reason, why);
}
