/* Puts whole files in place: new ledgers, backups, and backups that become the ledger. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/store_inside.h"

static bool system_fails(struct fail *why, const char *what)
{
	return fail_set(why, FAIL_SYSTEM, "%s (%s)", what, strerror(errno));
}

bool store_scratch(const char *path, char **scratch, struct pool *pool, struct fail *why)
{
	for (int i = 0; i < 100; i++) {
		*scratch = pool_printf(pool, "%s.new-%ld-%d", path, (long)getpid(), i);
		const int file = open(*scratch, O_CREAT | O_EXCL | O_WRONLY, 0600);

		if (file >= 0) {
			close(file);
			return true;
		}
		if (errno != EEXIST)
			break;
	}
	system_fails(why, "a file cannot be made here");
	fail_hint(why, "see whether the folder is there and can be written to");
	return fail_file(why, path);
}

/* Make a file, or a folder's list of names, survive a power cut. */
static bool make_durable(const char *path, struct fail *why)
{
	const int file = open(path, O_RDONLY);

	if (file < 0)
		return system_fails(why, "the new file cannot be opened");
	const bool done =
		fsync(file) == 0 || system_fails(why, "the disk does not keep it");

	close(file);
	return done;
}

static bool make_folder_durable(const char *path, struct fail *why)
{
	struct pool pool = { 0 };
	const char *const slash = strrchr(path, '/');
	const bool done = make_durable(slash == NULL ? "."
			: slash == path              ? "/"
					: pool_text(&pool, path, (size_t)(slash - path)),
		why);

	pool_release(&pool);
	return done;
}

static bool has_no_links(int error)
{
	return error == EPERM || error == ENOSYS || error == EOPNOTSUPP ||
		error == EMLINK;
}

/* A link fails when the name is taken; file systems without links (FAT) get a rename. */
static bool give_name(const char *scratch, const char *path, struct fail *why)
{
	struct stat there;

	if (link(scratch, path) == 0)
		return unlink(scratch) == 0 || system_fails(why, "a spare file is left");
	if (has_no_links(errno)) {
		errno = EEXIST;
		if (lstat(path, &there) != 0 && rename(scratch, path) == 0)
			return true;
	}
	return system_fails(why, "the file cannot be given its name");
}

bool store_publish(const char *scratch, const char *path, struct fail *why)
{
	return (make_durable(scratch, why) && give_name(scratch, path, why) &&
		       make_folder_durable(path, why)) ||
		fail_file(why, path);
}

void store_discard(const char *scratch)
{
	struct pool pool = { 0 };

	unlink(scratch);
	unlink(pool_printf(&pool, "%s-journal", scratch));
	pool_release(&pool);
}

static bool is_there(const char *path)
{
	struct stat there;

	return lstat(path, &there) == 0;
}

static bool copy_into(struct sql *sql, const char *scratch, struct fail *why)
{
	struct sql_statement *copy;

	if (!sql_prepare(sql, "VACUUM INTO ?1", &copy, why))
		return false;
	sql_bind_text(copy, 1, scratch, strlen(scratch));
	const bool done = sql_execute(copy, why);

	sql_finish(copy);
	return done;
}

bool store_backup(struct store *store, const char *path, struct fail *why)
{
	struct pool pool = { 0 };
	struct sql *sql = NULL;
	char *scratch;

	assert(!store->open);
	if (is_there(path)) {
		fail_set(why, FAIL_SYSTEM, "the file is there already");
		fail_hint(why, "a backup overwrites nothing; choose another name");
		return fail_file(why, path);
	}
	if (!store_scratch(path, &scratch, &pool, why)) {
		pool_release(&pool);
		return false;
	}
	/* A connection of its own: a reader's is not allowed to write, not even a copy. */
	bool done = (sql_open(store->path, false, &sql, why) &&
			    copy_into(sql, scratch, why)) ||
		fail_file(why, path);

	sql_close(sql);
	done = done && store_publish(scratch, path, why);
	if (!done)
		store_discard(scratch);
	pool_release(&pool);
	return done;
}

/* The backup is copied, not touched; the copy is migrated and checked. */
static bool prepare_restored(const char *backup, const char *scratch, struct fail *why)
{
	struct sql *sql = NULL;
	struct store *store = NULL;
	int64_t version;
	bool done = store_may_open(backup, STORE_READ, why) &&
		sql_open(backup, false, &sql, why) &&
		store_version(sql, schema_migrations_count, &version, why) &&
		copy_into(sql, scratch, why);

	sql_close(sql);
	done = done && store_open(scratch, STORE_WRITE, &store, why) &&
		store_check(store, why);
	store_close(store);
	return done || fail_file(why, backup);
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat of_a, of_b;

	return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
		of_a.st_ino == of_b.st_ino;
}

/*
 * A second name for the old ledger, so that there is no moment without one. Where there are
 * no links the old one moves, and the new one follows.
 */
static bool name_old(const char *path, const char *kept)
{
	if (link(path, kept) == 0)
		return true;
	const int error = errno;

	if (has_no_links(error) && !is_there(kept) && rename(path, kept) == 0)
		return true;
	errno = error;
	return false;
}

static bool keep_old(
	const char *path, const char **kept, struct pool *pool, struct fail *why)
{
	for (int i = 1;; i++) {
		const char *const free_name =
			pool_printf(pool, "%s.before-restore-%d", path, i);

		if (name_old(path, free_name)) {
			*kept = free_name;
			return true;
		}
		if (errno != EEXIST && !is_there(free_name))
			return system_fails(why, "the old ledger cannot be kept");
	}
}

/* A journal that could not be rolled back belongs to the old file, not to the new one. */
static bool keep_journal(
	const char *path, const char *kept, struct pool *pool, struct fail *why)
{
	const char *const journal = pool_printf(pool, "%s-journal", path);

	return !is_there(journal) ||
		rename(journal, pool_printf(pool, "%s-journal", kept)) == 0 ||
		system_fails(why, "the old ledger's journal cannot be kept");
}

/* What keep_old() did, undone, when the new ledger did not come. */
static void take_old_back(const char *path, const char **kept)
{
	const bool back =
		is_same_file(path, *kept) ? unlink(*kept) == 0 : rename(*kept, path) == 0;

	if (back)
		*kept = NULL; /* else it is safe under the name that the caller is told */
}

static bool change_places(const char *scratch, const char *path, const char **kept,
	struct pool *pool, struct fail *why)
{
	if (!make_durable(scratch, why) || !keep_old(path, kept, pool, why))
		return false;
	const bool done = keep_journal(path, *kept, pool, why) &&
		(rename(scratch, path) == 0 ||
			system_fails(
				why, "the restored ledger cannot be given its name"));

	if (!done)
		take_old_back(path, kept);
	return done && make_folder_durable(path, why);
}

static bool replace_old(const char *scratch, const char *path, const char **kept,
	struct pool *pool, struct fail *why)
{
	struct sql *old = NULL;
	struct fail unlocked = { 0 };
	/* Nobody writes while the files change places; rolls back what a killed writer left. */
	const bool locked = sql_open(path, false, &old, &unlocked) &&
		sql_run(old, "BEGIN EXCLUSIVE", &unlocked);
	/* A damaged one has no writer. */
	const bool free_to_go = locked || unlocked.kind == FAIL_BAD_INPUT;

	if (!free_to_go)
		*why = unlocked;
	const bool done = free_to_go && change_places(scratch, path, kept, pool, why);

	if (old != NULL)
		sql_rollback(old);
	sql_close(old);
	return done || fail_file(why, path);
}

bool store_restore(const char *backup, const char *path, bool replace, const char **kept,
	struct pool *pool, struct fail *why)
{
	char *scratch;
	char *const real = realpath(path, NULL); /* a link to the ledger stays a link */

	*kept = NULL;
	if (real != NULL) {
		path = pool_text(pool, real, strlen(real));
		free(real);
	}
	if (is_same_file(backup, path)) {
		fail_set(why, FAIL_USAGE, "the backup is the ledger itself");
		return fail_file(why, backup);
	}
	if (is_there(path) && !replace) {
		fail_set(why, FAIL_SYSTEM, "there is a ledger already");
		fail_hint(why,
			"with --replace the backup takes its place, and it is kept "
			"beside it under another name");
		return fail_file(why, path);
	}
	if (!store_scratch(path, &scratch, pool, why))
		return false;
	const bool done = prepare_restored(backup, scratch, why) &&
		(is_there(path) ? replace_old(scratch, path, kept, pool, why)
				: store_publish(scratch, path, why));

	if (!done)
		store_discard(scratch);
	return done;
}
