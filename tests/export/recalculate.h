/*
 * LibreOffice as a second opinion: a workbook is read once as it stands, with the values that
 * came with it, and once with every formula calculated anew; all cells of both are compared.
 */
#ifndef DUALBASIS_TESTS_EXPORT_RECALCULATE_H
#define DUALBASIS_TESTS_EXPORT_RECALCULATE_H

#include <math.h>
#include <string.h>

#include "tests/export/run.h"

/* Mode 0 calculates all formulas at load, 1 none. */
static inline void make_profile(const char *folder, int mode)
{
	struct text out = TEXT_EMPTY;

	cr_assert(run(&out, "mkdir -p '%s/profile%d/user' '%s/csv%d'", folder, mode,
			  folder, mode) == 0);
	text_release(&out);
	char path[128];

	snprintf(path, sizeof path, "%s/profile%d/user/registrymodifications.xcu", folder,
		mode);
	FILE *const file = fopen(path, "w");

	cr_assert(file != NULL);
	fprintf(file,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n"
		"<item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\">"
		"<prop oor:name=\"OOXMLRecalcMode\" "
		"oor:op=\"fuse\"><value>%d</value></prop>"
		"</item>\n</oor:items>\n",
		mode);
	fclose(file);
}

/* `workbook` may be several, as the shell expands it. All sheets as CSV, one after the other, raw values; a line "=== NAME" begins each. */
static inline void sheets_of(
	const char *folder, const char *workbook, int mode, struct text *csv)
{
	struct text out = TEXT_EMPTY;

	make_profile(folder, mode);
	cr_assert(run(&out,
			  "soffice -env:UserInstallation=file://%s/profile%d --headless "
			  "--convert-to 'csv:Text - txt - csv "
			  "(StarCalc):44,34,76,1,,0,false,"
			  "true,false,false,false,-1' --outdir '%s/csv%d' %s 2>&1",
			  folder, mode, folder, mode, workbook) == 0,
		"%s", out.at);
	text_release(&out);
	cr_assert(run(csv,
			  "cd '%s/csv%d' && for f in *.csv; do echo \"=== $f\"; cat "
			  "\"$f\"; done",
			  folder, mode) == 0);
	cr_assert(csv->length > 0, "soffice wrote no sheet");
}

/* Cells are equal as words, or as numbers to a millionth of a dollar. */
static inline bool same_cell(const char *a, const char *b)
{
	char *end_a, *end_b;
	const double x = strtod(a, &end_a), y = strtod(b, &end_b);

	if (strcmp(a, b) == 0)
		return true;
	return end_a > a && end_b > b && *end_a == '\0' && *end_b == '\0' &&
		fabs(x - y) < 1e-6;
}

/* One cell of CSV; quotes stay, commas in them are no ends. False at the end. */
static inline bool next_cell(const char **at, char cell[4096], int *row, int *column)
{
	size_t length = 0;
	bool quoted = false;

	if (**at == '\0')
		return false;
	for (; **at != '\0' && (quoted || (**at != ',' && **at != '\n')); ++*at) {
		quoted ^= **at == '"';
		if (length < 4095)
			cell[length++] = **at;
	}
	cell[length] = '\0';
	++*column;
	if (**at == '\n') {
		++*row;
		*column = 0;
	}
	if (**at != '\0')
		++*at;
	return true;
}

/* Returns how many cells were compared. */
static inline int expect_same_cells(const char *cached, const char *calculated)
{
	char one[4096], other[4096];
	int count = 0, differ = 0, row = 1, column = 0, row_other = 1, column_other = 0;

	while (next_cell(&cached, one, &row, &column)) {
		cr_assert(next_cell(&calculated, other, &row_other, &column_other));
		count++;
		if (!same_cell(one, other) && differ++ < 20)
			cr_expect(false,
				"line %d of the sheets: %s as written, %s calculated",
				row, one, other);
	}
	cr_expect(strcmp(calculated, "") == 0);
	cr_expect(differ == 0, "%d cells differ", differ);
	return count;
}

/* Recalculates a workbook and compares; the sheets as calculated stay in `csv` if not NULL. */
static inline int expect_recalculated(
	const char *folder, const char *workbook, struct text *csv)
{
	struct text cached = TEXT_EMPTY, calculated = TEXT_EMPTY;

	sheets_of(folder, workbook, 1, &cached);
	sheets_of(folder, workbook, 0, &calculated);
	const int count = expect_same_cells(cached.at, calculated.at);

	cr_expect(strstr(calculated.at, "Err:") == NULL &&
			strstr(calculated.at, "#NAME?") == NULL,
		"a formula is an error");
	if (csv != NULL)
		text_add(csv, calculated.at);
	text_release(&cached);
	text_release(&calculated);
	return count;
}

#endif
