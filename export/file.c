/* Writes a file beside its place, and renames it when it is whole. */
#include "export/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_file_system(struct fail *why, const char *path, const char *what)
{
	fail_set(why, FAIL_SYSTEM, "%s: %s", what, strerror(errno));
	return fail_file(why, path);
}

/* The folder of a path, for its own sync: the new name must survive a crash too. */
static const char *folder_of(const char *path, struct pool *pool)
{
	const char *const slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path ? "/" : pool_text(pool, path, (size_t)(slash - path));
}

bool file_begin(
	const char *path, struct new_file *file, struct pool *pool, struct fail *why)
{
	struct stat found;

	if (stat(path, &found) == 0 && !S_ISREG(found.st_mode)) {
		fail_set(why, FAIL_USAGE, "is no regular file");
		fail_hint(why, "give the name of a file to write");
		return fail_file(why, path);
	}
	file->path = path;
	file->temporary = pool_printf(pool, "%s.XXXXXX", path);
	const int fd = mkstemp(file->temporary);

	if (fd < 0)
		return fail_file_system(why, path, "cannot be written");
	close(fd);
	return true;
}

void file_abandon(const struct new_file *file)
{
	unlink(file->temporary);
}

static bool sync_path(const char *path, int flags)
{
	const int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0)
		return false;
	const bool done = fsync(fd) == 0;

	return close(fd) == 0 && done;
}

bool file_finish(const struct new_file *file, struct fail *why)
{
	struct pool pool = { 0 };
	const bool done = sync_path(file->temporary, O_WRONLY) &&
		rename(file->temporary, file->path) == 0;

	if (!done) {
		fail_file_system(why, file->path, "cannot be written");
		file_abandon(file);
		return false;
	}
	/* The file is there; a folder that cannot be synced is no reason to say it is not. */
	(void)sync_path(folder_of(file->path, &pool), O_RDONLY | O_DIRECTORY);
	pool_release(&pool);
	return true;
}

static bool write_all(const char *path, const char *bytes, size_t length)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0;

	while (done && length > 0) {
		const ssize_t wrote = write(fd, bytes, length);

		if (wrote < 0 && errno == EINTR)
			continue;
		done = wrote > 0;
		if (done) {
			bytes += wrote;
			length -= (size_t)wrote;
		}
	}
	const int error = errno;

	if (fd >= 0 && close(fd) != 0 && done)
		return false;
	errno = error;
	return done;
}

bool file_replace(const char *path, const void *bytes, size_t length, struct fail *why)
{
	struct pool pool = { 0 };
	struct new_file file;
	bool done = file_begin(path, &file, &pool, why);

	if (done && !write_all(file.temporary, bytes, length)) {
		fail_file_system(why, path, "cannot be written");
		file_abandon(&file);
		done = false;
	}
	done = done && file_finish(&file, why);
	pool_release(&pool);
	return done;
}
