/* For tests of importers: what a row says, and a text that must be read, or refused. */
#ifndef TESTS_IMPORT_EXPECT_H
#define TESTS_IMPORT_EXPECT_H

#include <criterion/criterion.h>

#include "tests/import/collect.h"

static inline void expect_text(const char *found, const char *want)
{
	cr_expect((found == NULL) == (want == NULL) &&
			(found == NULL || want == NULL || strcmp(found, want) == 0),
		"found %s, want %s", found == NULL ? "nothing" : found,
		want == NULL ? "nothing" : want);
}

static inline void expect_day(struct day day, const char *want)
{
	char text[DAY_TEXT] = "";

	if (day_known(day))
		day_iso(day, text);
	expect_text(text, want);
}

static inline void read_well(struct collected *all, const char *text)
{
	collect_text(all, text, NULL);
	cr_assert(all->done, "%ld:%ld: %s", all->why.row, all->why.column,
		all->why.message);
}

/* The place and words of a refusal; what was collected is released. */
static inline void read_badly(struct collected *all, const char *text, long row,
	long column, const char *message)
{
	collect_text(all, text, NULL);
	cr_expect(!all->done);
	expect_text(all->why.message, message);
	cr_expect(all->why.row == row && all->why.column == column,
		"at %ld:%ld, want %ld:%ld", all->why.row, all->why.column, row, column);
	collect_release(all);
}

#endif
