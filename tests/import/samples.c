/* Every sample file: its format, its rows, and its totals. */
#include <criterion/criterion.h>

#include "tests/import/collect.h"

#define FOLDER "tests/import/samples/"

/* Totals of sales; NULL: the file has no such figures, or they are not given. */
static const struct sample {
	const char *file, *format;
	size_t rows, sales;
	const char *proceeds, *basis, *wash;
} samples[] = {
	{ "schwab-1099/XXXX-X482.CSV", "schwab-1099", 12, 12, "36418.35", "27785.18",
		"145.35" },
	{ "fidelity-1099/2025_1099_Individual-2345.csv", "fidelity-1099", 11, 11,
		"37749.05", "26360.82", "117.06" },
	{ "etrade-gl/G&L_Expanded.csv", "etrade-gl", 11, 11, "34872.07", "9229.49",
		"61.50" },
	{ "form3921/acme.csv", "form3921", 2, 0, NULL, NULL, NULL },
};

static void expect_total(const char *file, const char *what, int128 sum, const char *want)
{
	char text[48];

	if (want != NULL)
		cr_expect(strcmp(value_e8_text(sum, text), want) == 0,
			"%s: %s adds up to %s, want %s", file, what, text, want);
}

Test(samples, have_their_format_rows_and_totals)
{
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct sample *const sample = &samples[i];
		struct collected all;
		char path[256];

		snprintf(path, sizeof path, FOLDER "%s", sample->file);
		collect_file(&all, path, NULL);
		cr_expect(all.done, "%s:%ld:%ld: %s", sample->file, all.why.row,
			all.why.column, all.why.message);
		if (all.done) {
			cr_expect(strcmp(all.file.format, sample->format) == 0,
				"%s is taken for %s", sample->file, all.file.format);
			cr_expect(all.count == sample->rows && all.file.rows == all.count,
				"%s: %zu rows, want %zu", sample->file, all.count,
				sample->rows);
			cr_expect(all.sales == sample->sales, "%s: %zu sales, want %zu",
				sample->file, all.sales, sample->sales);
			cr_expect(all.file.difference[0] == '\0', "%s: %s", sample->file,
				all.file.difference);
			expect_total(
				sample->file, "proceeds", all.proceeds, sample->proceeds);
			expect_total(sample->file, "basis", all.basis, sample->basis);
			expect_total(sample->file, "wash", all.wash, sample->wash);
		}
		collect_release(&all);
	}
}

/* Whatever is detected is also what reading by name gives. */
Test(samples, read_the_same_when_the_format_is_named)
{
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct collected all;
		char path[256];

		snprintf(path, sizeof path, FOLDER "%s", samples[i].file);
		collect_file(&all, path, samples[i].format);
		cr_expect(all.done && all.count == samples[i].rows, "%s: %s",
			samples[i].file, all.why.message);
		collect_release(&all);
	}
}
