/* A file that somebody writes while it is read: refused as that, with the ledger as it was. */
#include <sys/types.h>

#include "tests/import/home.h"

static const char head[] =
	"Description,Additional Description,Date Acquired,Date Sold,Sales Proceeds,"
	"Cost or Other Basis,Adjustment Code,Adjustment Amount,Wash Sale,"
	"Reporting Category,Long/Short,Federal Tax Withheld,Owner\n";

/* Rows enough that the file is read in several pieces. */
static void write_rows(const struct home *home, size_t rows)
{
	FILE *const file = fopen(home->file, "wb");

	cr_assert(file != NULL);
	fputs(head, file);
	for (size_t i = 1; i <= rows; i++)
		fprintf(file,
			"SECURITY %zu,10 "
			"sh,03/11/2025,06/20/2025,%zu.00,5.00,,,,A,Short,,T\n",
			i, i);
	cr_assert(fclose(file) == 0);
}

struct change {
	const char *path;
	long size;   /* to cut the file to, or -1: append */
	size_t at;   /* the row at which it happens */
	size_t rows; /* seen */
};

static bool change(
	void *context, const struct row *row, enum import_fate fate, struct fail *why)
{
	struct change *const change = context;

	(void)row;
	(void)fate;
	(void)why;
	if (++change->rows != change->at)
		return true;
	if (change->size >= 0) {
		cr_assert(truncate(change->path, (off_t)change->size) == 0);
	} else {
		FILE *const file = fopen(change->path, "ab");

		cr_assert(file != NULL && fputs("\n", file) >= 0 && fclose(file) == 0);
	}
	return true;
}

static const struct {
	const char *name;
	size_t rows;
	long size;
	size_t at;
} cases[] = {
	{ "all of it is cut off at its first row", 3, 0, 1 },
	{ "cut in the middle of a row not yet read", 20000, 700000, 1 },
	{ "cut where a row ends", 20000, (long)sizeof head - 1, 10 },
	{ "grown by a line at its last row", 3, -1, 3 },
	{ "grown by a line while it is read", 20000, -1, 10000 },
};

Test(changing, a_file_that_changes_while_it_is_read_is_refused)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct import_report report;
		struct home home;

		home_make(&home);
		write_rows(&home, cases[i].rows);
		struct change changing = {
			.path = home.file, .size = cases[i].size, .at = cases[i].at
		};
		const struct import_options options = { .sink = change,
			.sink_context = &changing };

		cr_expect(!import_one(&home, home.file, &options, &report), "%s",
			cases[i].name);
		cr_expect(changing.rows >= changing.at, "%s", cases[i].name);
		cr_expect(home.why.kind == FAIL_SYSTEM &&
				strcmp(home.why.message,
					"the file changed while it was read") == 0,
			"%s: %s", cases[i].name, home.why.message);
		cr_expect(
			strcmp(home.why.file, home.file) == 0 && home.why.hint[0] != '\0',
			"%s", cases[i].name);
		cr_expect(standing_count(&home) == 0, "%s", cases[i].name);
		/* At rest it is read in full. */
		write_rows(&home, cases[i].rows);
		cr_expect(import_one(&home, home.file, NULL, &report), "%s: %s",
			cases[i].name, home.why.message);
		cr_expect(standing_count(&home) == cases[i].rows, "%s", cases[i].name);
		home_end(&home);
	}
}

Test(changing, a_file_that_is_taken_away_leaves_nothing)
{
	struct import_report report;
	struct home home;

	home_make(&home);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.kind == FAIL_SYSTEM && strcmp(home.why.file, home.file) == 0,
		"%s", home.why.message);
	cr_expect(standing_count(&home) == 0);
	home_end(&home);
}
