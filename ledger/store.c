/* Opens and closes the ledger file, and begins and ends batches. */
#include "ledger/store.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ledger/store_inside.h"

static char *keep_text(const char *text)
{
	const size_t size = strlen(text) + 1;
	char *const kept = must_alloc(size);

	memcpy(kept, text, size);
	return kept;
}

bool store_create(const char *path, struct fail *why)
{
	struct pool pool = { 0 };
	struct sql *sql = NULL;
	char *scratch;
	struct stat there;

	if (lstat(path, &there) == 0) {
		fail_set(why, FAIL_SYSTEM, "the file is there already");
		fail_hint(why, "a ledger is never overwritten; choose another name");
		return fail_file(why, path);
	}
	if (!store_scratch(path, &scratch, &pool, why)) {
		pool_release(&pool);
		return false;
	}
	bool done = sql_open(scratch, false, &sql, why) && store_make(sql, why);

	sql_close(sql);
	done = done && store_publish(scratch, path, why);
	if (!done) {
		store_discard(scratch);
		fail_file(why, path);
	}
	pool_release(&pool);
	return done;
}

static bool folder_takes_files(const char *path)
{
	const char *const slash = strrchr(path, '/');

	if (slash == NULL)
		return access(".", W_OK) == 0;
	char *const folder = keep_text(path);

	folder[slash == path ? 1 : slash - path] = '\0';
	const bool takes = access(folder, W_OK) == 0;

	free(folder);
	return takes;
}

/* SQLite would say these less plainly, or only at the first write. */
bool store_may_open(const char *path, enum store_access wanted, struct fail *why)
{
	struct stat file;

	if (stat(path, &file) != 0 && errno == ENOENT) {
		fail_set(why, FAIL_SYSTEM, "there is no ledger here");
		return fail_hint(why,
			"make one with dualbasis init, or name another with --ledger "
			"FILE");
	}
	if (stat(path, &file) != 0 || access(path, R_OK) != 0)
		return fail_set(why, FAIL_SYSTEM, "the ledger cannot be opened (%s)",
			strerror(errno));
	if (S_ISDIR(file.st_mode)) {
		fail_set(why, FAIL_BAD_INPUT, "this is a folder, not a ledger");
		return fail_hint(why, "name the file in it");
	}
	if (!S_ISREG(file.st_mode) || file.st_size == 0) {
		fail_set(why, FAIL_BAD_INPUT, "this is no ledger (%s)",
			S_ISREG(file.st_mode) ? "the file is empty"
					      : "it is no plain file");
		return fail_hint(why, "make one with dualbasis init under another name");
	}
	if (wanted == STORE_WRITE && access(path, W_OK) != 0) {
		fail_set(why, FAIL_SYSTEM, "the ledger cannot be written to (%s)",
			strerror(errno));
		return fail_hint(why, "see who owns the file and its permissions");
	}
	if (wanted == STORE_WRITE && !folder_takes_files(path)) {
		fail_set(why, FAIL_SYSTEM,
			"the ledger's folder cannot be written to (%s)", strerror(errno));
		return fail_hint(
			why, "the ledger keeps its journal beside it while it writes");
	}
	return true;
}

static bool copy_and_migrate(struct store *store, struct fail *why)
{
	struct sql *file = NULL;
	int64_t version;
	const bool done = sql_open(store->path, true, &file, why) &&
		store_version(file, schema_migrations_count, &version, why) &&
		sql_open(NULL, false, &store->sql, why) &&
		sql_copy(file, store->sql, why) &&
		((size_t)version == schema_migrations_count ||
			store_migrate(store->sql, schema_migrations,
				schema_migrations_count, why));

	sql_close(file);
	return done;
}

static bool open_and_migrate(struct store *store, struct fail *why)
{
	if (store->access == STORE_TRY)
		return copy_and_migrate(store, why);
	const bool read_only = store->access == STORE_READ;
	int64_t version;

	if (!sql_open(store->path, read_only, &store->sql, why) ||
		!store_version(store->sql, schema_migrations_count, &version, why))
		return false;
	if ((size_t)version == schema_migrations_count)
		return true;
	if (!read_only)
		return store_migrate(
			store->sql, schema_migrations, schema_migrations_count, why);
	sql_close(store->sql);
	store->sql = NULL;
	struct store *writer;

	if (!store_open(store->path, STORE_WRITE, &writer, why))
		return fail_in(
			why, "the ledger is of an older version and must be migrated");
	store_close(writer);
	return sql_open(store->path, read_only, &store->sql, why);
}

bool store_open(const char *path, enum store_access access, struct store **opened,
	struct fail *why)
{
	if (!store_may_open(path, access, why))
		return fail_file(why, path);
	struct store *const store = must_alloc(sizeof *store);

	store->path = keep_text(path);
	store->access = access;
	if (!open_and_migrate(store, why)) {
		store_close(store);
		return fail_file(why, path);
	}
	*opened = store;
	return true;
}

bool store_open_empty(struct store **opened, struct fail *why)
{
	struct store *const store = must_alloc(sizeof *store);

	store->path = keep_text("");
	store->access = STORE_TRY;
	if (!sql_open(NULL, false, &store->sql, why) || !store_make(store->sql, why)) {
		store_close(store);
		return false;
	}
	*opened = store;
	return true;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	store_rollback(store);
	for (size_t i = 0; i < OFTEN_COUNT; i++)
		sql_finish(store->often[i]);
	sql_close(store->sql);
	free(store->last);
	free(store->locked);
	free(store->path);
	free(store);
}

bool store_often(struct store *store, enum store_often which, const char *text,
	struct sql_statement **statement, struct fail *why)
{
	if (store->often[which] == NULL &&
		!sql_prepare(store->sql, text, &store->often[which], why))
		return false;
	*statement = store->often[which];
	return true;
}

bool store_begin(struct store *store, const char *command, struct fail *why)
{
	assert(store->access != STORE_READ && !store->open);
	const bool done = sql_run(store->sql, "BEGIN IMMEDIATE", why) &&
		sql_ask(store->sql, "SELECT max(id) + 1 FROM batch", &store->batch,
			why) &&
		sql_ask(store->sql, "SELECT ifnull(max(id), 0) + 1 FROM fact",
			&store->next_fact, why) &&
		store_read_locks(store, why);

	if (!done) {
		sql_rollback(store->sql);
		return fail_file(why, store->path);
	}
	store->command = keep_text(command);
	store->open = true;
	store->written = false;
	return true;
}

bool store_write(struct store *store, struct fail *why)
{
	struct sql_statement *insert;

	assert(store->open);
	if (store->written)
		return true;
	if (!sql_prepare(store->sql,
		    "INSERT INTO batch (id, at, command) VALUES (?1, ?2, ?3)", &insert,
		    why))
		return false;
	sql_bind_integer(insert, 1, store->batch);
	sql_bind_integer(insert, 2, (int64_t)time(NULL));
	sql_bind_text(insert, 3, store->command, strlen(store->command));
	store->written = sql_execute(insert, why);
	sql_finish(insert);
	return store->written;
}

static void end_batch(struct store *store)
{
	sql_rollback(store->sql); /* does nothing after a commit */
	free(store->command);
	store->command = NULL;
	store->open = false;
}

bool store_commit(struct store *store, struct fail *why)
{
	assert(store->open);
	const bool done = !store->written || sql_run(store->sql, "COMMIT", why);

	end_batch(store);
	return done || fail_file(why, store->path);
}

void store_rollback(struct store *store)
{
	if (store->open)
		end_batch(store);
}

bool store_ask(struct store *store, const char *query, const int64_t *values,
	size_t count, int64_t *answer, size_t columns, bool *row, struct fail *why)
{
	struct sql_statement *statement;

	if (!sql_prepare(store->sql, query, &statement, why))
		return fail_file(why, store->path);
	for (size_t i = 0; i < count; i++)
		sql_bind_integer(statement, (int)i + 1, values[i]);
	const bool done = sql_step(statement, row, why);

	for (size_t i = 0; done && *row && i < columns; i++)
		answer[i] = sql_integer(statement, (int)i);
	sql_finish(statement);
	return done || fail_file(why, store->path);
}
