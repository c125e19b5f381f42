/* What nobody would send to `compute` in good faith is refused, early and with its place. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "forms/compute_read.h"

#define GIGABYTE INT64_C(1000000000)

static struct law *law;

static void open_law(void)
{
	struct fail why;

	cr_assert(law_builtin(&law, &why));
}

static void close_law(void)
{
	law_free(law);
}

TestSuite(compute_hostile, .init = open_law, .fini = close_law);

/* A beginning, two megabytes of filler, and a hole up to four gigabytes. */
static int enormous(const char *start, char filler)
{
	char path[] = "/tmp/dualbasis-test-XXXXXX";
	const int file = mkstemp(path);
	char *const block = malloc(2 << 20);

	cr_assert(file >= 0 && block != NULL);
	unlink(path);
	memset(block, filler, 2 << 20);
	cr_assert(write(file, start, strlen(start)) == (ssize_t)strlen(start));
	cr_assert(write(file, block, 2 << 20) == 2 << 20);
	cr_assert(ftruncate(file, 4 * GIGABYTE) == 0);
	cr_assert(lseek(file, 0, SEEK_SET) == 0);
	free(block);
	return file;
}

static const struct {
	const char *name, *start;
	char filler;
	const char *message;
} cases[] = {
	{ "a header", "year,status,", 'x', "the record is longer than a megabyte" },
	{ "a record", "year,status\n2024,", 'x', "the record is longer than a megabyte" },
	{ "a quote", "year,status\n\"", '\n', "the record is longer than a megabyte" },
	{ "commas", "year,status\n2024,", ',', "the record is longer than a megabyte" },
};

Test(compute_hostile, a_record_of_four_gigabytes_is_refused_early)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct compute_reader reader;
		struct compute_chunk *const chunk = must_alloc(sizeof *chunk);
		struct fail why = { 0 };
		const int file = enormous(cases[i].start, cases[i].filler);
		const time_t before = time(NULL);

		chunk->ids = (struct text)TEXT_EMPTY;
		const bool done =
			compute_reader_open(&reader, law, file, "x.csv", &why) &&
			compute_read(&reader, chunk, &why);

		cr_expect(!done && why.kind == FAIL_BAD_INPUT, "%s", cases[i].name);
		cr_expect(strstr(why.message, cases[i].message) != NULL, "%s: %s",
			cases[i].name, why.message);
		cr_expect(why.row > 0, "%s", cases[i].name);
		cr_expect(time(NULL) - before < 10, "%s", cases[i].name);
		compute_reader_close(&reader);
		text_release(&chunk->ids);
		free(chunk);
		close(file);
	}
}

/* The names that are near a name were looked for in time that grew with its square. */
Test(compute_hostile, a_column_with_a_name_of_a_megabyte_is_refused_early)
{
	char path[] = "/tmp/dualbasis-test-XXXXXX";
	const int file = mkstemp(path);
	const size_t length = 1000000;
	char *const name = malloc(length);
	struct compute_reader reader;
	struct fail why = { 0 };
	const time_t before = time(NULL);

	cr_assert(file >= 0 && name != NULL);
	unlink(path);
	memset(name, 'w', length);
	name[length - 1] = '\n';
	cr_assert(write(file, name, length) == (ssize_t)length);
	cr_assert(lseek(file, 0, SEEK_SET) == 0);
	cr_expect(!compute_reader_open(&reader, law, file, "x.csv", &why));
	cr_expect(why.kind == FAIL_USAGE && why.row == 1 && why.column == 1);
	cr_expect(time(NULL) - before < 5);
	compute_reader_close(&reader);
	free(name);
	close(file);
}
