/* Stands in for the system's files, and for libzip's archives, with bytes in memory. */
#include "tests/fuzz/support/memory_file.h"

#include <assert.h>
#include <fcntl.h>
#include <poll.h>
#include <qpdf/qpdf-c.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#define OPEN_MOST 4
#define PART_MOST 8

struct memory_bytes {
	const unsigned char *bytes;
	size_t length;
};

static struct {
	struct memory_bytes file, other;
	size_t step;
	/* MEMORY_DESCRIPTOR's own, then those of open(), which is not NULL while they are open */
	size_t at[OPEN_MOST + 1];
	const struct memory_bytes *open[OPEN_MOST + 1];
	bool archive, repair;
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
	memory.file = (struct memory_bytes){ bytes, length };
	memory.step = step;
	memory.open[0] = &memory.file;
}

void memory_other_set(const void *bytes, size_t length)
{
	memory.other = (struct memory_bytes){ bytes, length };
}

void memory_pdf_set(const void *bytes, size_t length)
{
	memory_file_set(bytes, length, 0);
	memory.repair = true;
}

static const struct memory_bytes *file_at(const char *path)
{
	return strcmp(path, MEMORY_FILE) == 0 || strcmp(path, MEMORY_CSV) == 0
		? &memory.file
		: strcmp(path, MEMORY_OTHER) == 0 ? &memory.other
						  : NULL;
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
	const struct memory_bytes *const file = file_at(path);

	if (file != NULL) {
		for (int i = 1; i <= OPEN_MOST; i++)
			if (memory.open[i] == NULL) {
				memory.open[i] = file;
				memory.at[i] = 0;
				return MEMORY_DESCRIPTOR + i;
			}
		assert(!"too many files are open");
	}
	va_list mode;

	va_start(mode, flags);
	const int descriptor = __real_open(
		path, flags, (flags & O_CREAT) != 0 ? va_arg(mode, mode_t) : 0);

	va_end(mode);
	return descriptor;
}

static int describe(const struct memory_bytes *file, struct stat *status)
{
	memset(status, 0, sizeof *status);
	status->st_mode = S_IFREG | S_IRUSR;
	status->st_size = (off_t)file->length;
	return 0;
}

int __wrap_fstat(int descriptor, struct stat *status)
{
	return ours(descriptor)
		? describe(memory.open[descriptor - MEMORY_DESCRIPTOR], status)
		: __real_fstat(descriptor, status);
}

int __wrap_stat(const char *path, struct stat *status)
{
	const struct memory_bytes *const file = file_at(path);

	return file != NULL ? describe(file, status) : __real_stat(path, status);
}

ssize_t __wrap_read(int descriptor, void *to, size_t room)
{
	if (!ours(descriptor))
		return __real_read(descriptor, to, room);
	const struct memory_bytes *const file =
		memory.open[descriptor - MEMORY_DESCRIPTOR];
	size_t *const at = &memory.at[descriptor - MEMORY_DESCRIPTOR];
	size_t count = file->length - *at;

	if (count > room)
		count = room;
	if (memory.step > 0 && count > memory.step)
		count = memory.step;
	if (count > 0)
		memcpy(to, file->bytes + *at, count);
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
	assert(memory.open[descriptor - MEMORY_DESCRIPTOR] != NULL);
	memory.open[descriptor - MEMORY_DESCRIPTOR] = NULL;
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
		zip_source_buffer_create(memory.file.bytes, memory.file.length, 0, &why);
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

/* clang-format off */
QPDF_ERROR_CODE __wrap_qpdf_read(qpdf_data, const char *, const char *);
void __real_qpdf_cleanup(qpdf_data *);
void __wrap_qpdf_cleanup(qpdf_data *);
void __real_qpdf_set_attempt_recovery(qpdf_data, QPDF_BOOL);
void __wrap_qpdf_set_attempt_recovery(qpdf_data, QPDF_BOOL);
/* clang-format on */

/* A PDF in memory; nothing else is read here. */
QPDF_ERROR_CODE __wrap_qpdf_read(qpdf_data pdf, const char *path, const char *password)
{
	const struct memory_bytes *const file = file_at(path);

	assert(file != NULL);
	return qpdf_read_memory(
		pdf, path, (const char *)file->bytes, file->length, password);
}

void __wrap_qpdf_set_attempt_recovery(qpdf_data pdf, QPDF_BOOL wanted)
{
	__real_qpdf_set_attempt_recovery(pdf, wanted || memory.repair);
}

/* qpdf prints what is left. */
void __wrap_qpdf_cleanup(qpdf_data *pdf)
{
	assert(!qpdf_has_error(*pdf));
	__real_qpdf_cleanup(pdf);
}
