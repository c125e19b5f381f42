/* Puts whole files in place: new ledgers and backups. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

/* A link fails when the name is taken; file systems without links (FAT) get a rename. */
static bool give_name(const char *scratch, const char *path, struct fail *why)
{
	struct stat there;

	if (link(scratch, path) == 0)
		return unlink(scratch) == 0 || system_fails(why, "a spare file is left");
	if (errno == EPERM || errno == ENOSYS || errno == EOPNOTSUPP || errno == EMLINK) {
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
