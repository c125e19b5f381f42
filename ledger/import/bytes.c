/* Reads plain files in chunks. */
#include "ledger/import/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/base/pool.h"

/* Fuzzers read through little room, so that they meet its borders (tests/fuzz). */
#ifdef DUALBASIS_LITTLE_ROOM
#define CHUNK 512
#else
#define CHUNK 65536
#endif

bool bytes_some(int file, unsigned char *to, size_t room, size_t *got, struct fail *why)
{
	*got = 0;
	while (*got < room) {
		const ssize_t more = read(file, to + *got, room - *got);

		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return fail_set(
				why, FAIL_SYSTEM, "cannot be read: %s", strerror(errno));
		if (more == 0)
			break;
		*got += (size_t)more;
	}
	return true;
}

bool bytes_plain(const char *path, int *file, struct fail *why)
{
	struct stat status;

	*file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*file < 0)
		return fail_set(
			why, FAIL_SYSTEM, "cannot be opened: %s", strerror(errno));
	if (fstat(*file, &status) != 0 || !S_ISREG(status.st_mode)) {
		close(*file);
		fail_set(why, FAIL_BAD_INPUT, "is not a plain file");
		return fail_hint(why, "save it to a file first, then import that");
	}
	return true;
}

bool bytes_head(
	const char *path, unsigned char *to, size_t room, size_t *got, struct fail *why)
{
	int file;

	if (!bytes_plain(path, &file, why))
		return false;
	const bool done = bytes_some(file, to, room, got, why);

	close(file);
	return done;
}

static bool refuse_utf16(const struct bytes *bytes, struct fail *why)
{
	if (bytes->end < 2 ||
		!((bytes->chunk[0] == 0xff && bytes->chunk[1] == 0xfe) ||
			(bytes->chunk[0] == 0xfe && bytes->chunk[1] == 0xff)))
		return true;
	fail_at(why, FAIL_BAD_INPUT, 1, 1, "the file is UTF-16 (want UTF-8)");
	return fail_hint(why,
		"save it again as \"CSV UTF-8\", or convert it: iconv -f UTF-16 -t "
		"UTF-8");
}

bool bytes_open(struct bytes *bytes, const char *path, struct fail *why)
{
	memset(bytes, 0, sizeof *bytes);
	if (!bytes_plain(path, &bytes->file, why)) {
		bytes->file = -1;
		return false;
	}
	bytes->chunk = must_alloc(CHUNK);
	if (!bytes_more(bytes, why) || !refuse_utf16(bytes, why)) {
		bytes_close(bytes);
		return false;
	}
	if (bytes->end >= 3 && memcmp(bytes->chunk, "\xef\xbb\xbf", 3) == 0)
		bytes->at = 3;
	return true;
}

void bytes_of(struct bytes *bytes, const void *from, size_t length)
{
	*bytes = (struct bytes){ .file = -1, .end = length, .over = true };
	bytes->chunk = must_alloc(length + 1);
	if (length > 0)
		memcpy(bytes->chunk, from, length);
	if (length >= 3 && memcmp(bytes->chunk, "\xef\xbb\xbf", 3) == 0)
		bytes->at = 3;
}

void bytes_close(struct bytes *bytes)
{
	if (bytes->file >= 0)
		close(bytes->file);
	free(bytes->chunk);
	bytes->file = -1;
	bytes->chunk = NULL;
	bytes->at = bytes->end = 0;
}

bool bytes_more(struct bytes *bytes, struct fail *why)
{
	if (bytes->at < bytes->end || bytes->over)
		return true;
	bytes->at = bytes->end = 0;
	if (!bytes_some(bytes->file, bytes->chunk, CHUNK, &bytes->end, why))
		return false;
	bytes->over = bytes->end == 0;
	return true;
}
