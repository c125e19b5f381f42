/* Helpers of tests that read files back with other people's programs. */
#ifndef DUALBASIS_TESTS_EXPORT_RUN_H
#define DUALBASIS_TESTS_EXPORT_RUN_H

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "ledger/base/text.h"

/* Runs a command of the shell, gives what it prints, returns its exit status. */
static inline int run(struct text *out, const char *format, ...) PRINTF_LIKE(2, 3);
static inline int run(struct text *out, const char *format, ...)
{
	char command[2048], bytes[4096];
	va_list values;

	va_start(values, format);
	const int length = vsnprintf(command, sizeof command, format, values);

	va_end(values);
	cr_assert(length > 0 && (size_t)length < sizeof command);
	FILE *const pipe = popen(command, "r");

	cr_assert(pipe != NULL, "%s", command);
	for (size_t got = sizeof bytes; got > 0;) {
		got = fread(bytes, 1, sizeof bytes, pipe);
		text_add_bytes(out, bytes, got);
	}
	return pclose(pipe);
}

/* Skips the test, and says so in the words that ctest looks for, where it is not installed. */
static inline void need_program(const char *name)
{
	struct text out = TEXT_EMPTY;

	if (run(&out, "command -v %s", name) != 0) {
		text_release(&out);
		fprintf(stderr, "skipped: %s is not installed\n", name);
		cr_skip_test("%s is not installed", name);
	}
	text_release(&out);
}

static inline void read_file(const char *path, struct text *text)
{
	FILE *const file = fopen(path, "rb");
	char bytes[4096];

	cr_assert(file != NULL, "%s is missing", path);
	for (size_t got = sizeof bytes; got > 0;) {
		got = fread(bytes, 1, sizeof bytes, file);
		text_add_bytes(text, bytes, got);
	}
	fclose(file);
}

/* A folder of its own for a test; `folder` is a template's room of 32 bytes. */
static inline const char *make_folder(char *folder)
{
	snprintf(folder, 32, "/tmp/dualbasis-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	return folder;
}

static inline void remove_folder(const char *folder)
{
	struct text out = TEXT_EMPTY;

	cr_expect(run(&out, "rm -rf '%s'", folder) == 0);
	text_release(&out);
}

#endif
