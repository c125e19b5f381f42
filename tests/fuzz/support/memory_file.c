/* Stands in for the system's files, and for libzip's archives, with bytes in memory. */
#include "tests/fuzz/support/memory_file.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#define OPEN_MOST 4
#define PART_MOST 8

static struct {
	const unsigned char *bytes;
	size_t length, step;
	size_t at[OPEN_MOST + 1]; /* MEMORY_DESCRIPTOR's own, then those of open() */
	bool open[OPEN_MOST + 1];
	bool archive;
} memory;

/* A part of the archive that is none. */
struct memory_part {
	const unsigned char *bytes;
	size_t length, at;
};
static struct memory_part part[PART_MOST];
static size_t parts;

void memory_file_set(const void *bytes, size_t length, size_t step)
{
	memset(&memory, 0, sizeof memory);
	memory.bytes = bytes;
	memory.length = length;
	memory.step = step;
}

void memory_archive_set(const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	const unsigned char *const end = at + length;

	memory_file_set("PK\x03\x04", 4, 0);
	memory.archive = true;
	for (parts = 0; parts < PART_MOST && at < end; parts++) {
		const unsigned char *const stop = memchr(at, '\0', (size_t)(end - at));
		const size_t size = (size_t)((stop != NULL ? stop : end) - at);

		part[parts] = (struct memory_part){ at, size, 0 };
		at += size + 1;
		if (stop == NULL)
			break;
	}
	parts += parts < PART_MOST && at > end;
}

static bool ours(int descriptor)
{
	return descriptor >= MEMORY_DESCRIPTOR &&
		descriptor <= MEMORY_DESCRIPTOR + OPEN_MOST;
}

/* clang-format off */
int __real_open(const char *, int, ...);
int __real_fstat(int, struct stat *);
ssize_t __real_read(int, void *, size_t);
int __real_poll(struct pollfd *, nfds_t, int);
int __real_close(int);
int __wrap_open(const char *, int, ...);
int __wrap_fstat(int, struct stat *);
int __real_stat(const char *, struct stat *);
int __wrap_stat(const char *, struct stat *);
ssize_t __wrap_read(int, void *, size_t);
int __wrap_poll(struct pollfd *, nfds_t, int);
int __wrap_close(int);
/* clang-format on */

int __wrap_open(const char *path, int flags, ...)
{
	if (strcmp(path, MEMORY_FILE) == 0) {
		for (int i = 1; i <= OPEN_MOST; i++)
			if (!memory.open[i]) {
				memory.open[i] = true;
				memory.at[i] = 0;
				return MEMORY_DESCRIPTOR + i;
			}
		assert(!"too many files are open");
	}
	va_list mode;

	va_start(mode, flags);
	const int file = __real_open(
		path, flags, (flags & O_CREAT) != 0 ? va_arg(mode, mode_t) : 0);

	va_end(mode);
	return file;
}

int __wrap_fstat(int descriptor, struct stat *status)
{
	if (!ours(descriptor))
		return __real_fstat(descriptor, status);
	memset(status, 0, sizeof *status);
	status->st_mode = S_IFREG | S_IRUSR;
	status->st_size = (off_t)memory.length;
	return 0;
}

int __wrap_stat(const char *path, struct stat *status)
{
	return strcmp(path, MEMORY_FILE) == 0 ? __wrap_fstat(MEMORY_DESCRIPTOR, status)
					      : __real_stat(path, status);
}

ssize_t __wrap_read(int descriptor, void *to, size_t room)
{
	if (!ours(descriptor))
		return __real_read(descriptor, to, room);
	size_t *const at = &memory.at[descriptor - MEMORY_DESCRIPTOR];
	size_t count = memory.length - *at;

	if (count > room)
		count = room;
	if (memory.step > 0 && count > memory.step)
		count = memory.step;
	if (count > 0)
		memcpy(to, memory.bytes + *at, count);
	*at += count;
	return (ssize_t)count;
}

int __wrap_poll(struct pollfd *its, nfds_t count, int wait)
{
	if (count != 1 || !ours(its->fd))
		return __real_poll(its, count, wait);
	its->revents = POLLIN;
	return 1;
}

int __wrap_close(int descriptor)
{
	if (!ours(descriptor))
		return __real_close(descriptor);
	assert(memory.open[descriptor - MEMORY_DESCRIPTOR]);
	memory.open[descriptor - MEMORY_DESCRIPTOR] = false;
	return 0;
}

/* clang-format off */
zip_t *__wrap_zip_open(const char *, int, int *);
void __real_zip_discard(zip_t *);
void __wrap_zip_discard(zip_t *);
zip_int64_t __real_zip_get_num_entries(zip_t *, zip_flags_t);
zip_int64_t __wrap_zip_get_num_entries(zip_t *, zip_flags_t);
zip_int64_t __real_zip_name_locate(zip_t *, const char *, zip_flags_t);
zip_int64_t __wrap_zip_name_locate(zip_t *, const char *, zip_flags_t);
int __real_zip_stat(zip_t *, const char *, zip_flags_t, zip_stat_t *);
int __wrap_zip_stat(zip_t *, const char *, zip_flags_t, zip_stat_t *);
zip_file_t *__real_zip_fopen(zip_t *, const char *, zip_flags_t);
zip_file_t *__wrap_zip_fopen(zip_t *, const char *, zip_flags_t);
zip_int64_t __real_zip_fread(zip_file_t *, void *, zip_uint64_t);
zip_int64_t __wrap_zip_fread(zip_file_t *, void *, zip_uint64_t);
int __real_zip_fclose(zip_file_t *);
int __wrap_zip_fclose(zip_file_t *);
/* clang-format on */

/* An archive in memory; nothing else is opened here. */
zip_t *__wrap_zip_open(const char *path, int flags, int *error)
{
	zip_error_t why;

	assert(strcmp(path, MEMORY_FILE) == 0);
	if (memory.archive)
		return (zip_t *)&memory;
	zip_error_init(&why);
	zip_source_t *const source =
		zip_source_buffer_create(memory.bytes, memory.length, 0, &why);
	zip_t *const archive =
		source != NULL ? zip_open_from_source(source, flags, &why) : NULL;

	*error = zip_error_code_zip(&why);
	zip_error_fini(&why);
	if (archive == NULL)
		zip_source_free(source);
	return archive;
}

void __wrap_zip_discard(zip_t *archive)
{
	if (!memory.archive)
		__real_zip_discard(archive);
}

zip_int64_t __wrap_zip_get_num_entries(zip_t *archive, zip_flags_t flags)
{
	return memory.archive ? (zip_int64_t)parts
			      : __real_zip_get_num_entries(archive, flags);
}

zip_int64_t __wrap_zip_name_locate(zip_t *archive, const char *name, zip_flags_t flags)
{
	static const char *const names[] = { "xl/workbook.xml",
		"xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml" };
	size_t index = 0;

	if (!memory.archive)
		return __real_zip_name_locate(archive, name, flags);
	while (index < sizeof names / sizeof *names && strcmp(names[index], name) != 0)
		index++;
	/* xl/worksheets/sheet1.xml, ... */
	if (index == sizeof names / sizeof *names) {
		unsigned number;
		char rest;

		if (sscanf(name, "xl/worksheets/sheet%1u.xml%c", &number, &rest) != 1 ||
			number == 0)
			return -1;
		index += number - 1;
	}
	return index < parts ? (zip_int64_t)index : -1;
}

int __wrap_zip_stat(
	zip_t *archive, const char *name, zip_flags_t flags, zip_stat_t *about)
{
	if (!memory.archive)
		return __real_zip_stat(archive, name, flags, about);
	const zip_int64_t index = __wrap_zip_name_locate(archive, name, flags);

	if (index < 0)
		return -1;
	zip_stat_init(about);
	about->comp_size = part[index].length;
	about->valid = ZIP_STAT_COMP_SIZE;
	return 0;
}

zip_file_t *__wrap_zip_fopen(zip_t *archive, const char *name, zip_flags_t flags)
{
	if (!memory.archive)
		return __real_zip_fopen(archive, name, flags);
	const zip_int64_t index = __wrap_zip_name_locate(archive, name, flags);

	assert(index >= 0);
	part[index].at = 0;
	return (zip_file_t *)&part[index];
}

zip_int64_t __wrap_zip_fread(zip_file_t *file, void *to, zip_uint64_t room)
{
	if (!memory.archive)
		return __real_zip_fread(file, to, room);
	struct memory_part *const its = (struct memory_part *)file;
	size_t count = its->length - its->at;

	if (count > room)
		count = (size_t)room;
	if (count > 0)
		memcpy(to, its->bytes + its->at, count);
	its->at += count;
	return (zip_int64_t)count;
}

int __wrap_zip_fclose(zip_file_t *file)
{
	return memory.archive ? 0 : __real_zip_fclose(file);
}
