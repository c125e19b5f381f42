/* Rows that cannot be taken: all of them are told, alike ones together, and nothing is taken. */
#include "tests/import/home.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The bytes of a file with one text in the place of another, wherever it stands. */
static size_t spoil(const char *from, const char *old, const char *new, const char *to)
{
	static char bytes[1 << 20];
	FILE *const in = fopen(from, "rb"), *const out = fopen(to, "wb");
	size_t times = 0;

	cr_assert(in != NULL && out != NULL, "%s", from);
	bytes[fread(bytes, 1, sizeof bytes - 1, in)] = '\0';
	fclose(in);
	const char *at = bytes;

	for (const char *hit; (hit = strstr(at, old)) != NULL; at = hit + strlen(old)) {
		cr_assert(fprintf(out, "%.*s%s", (int)(hit - at), at, new) > 0);
		times++;
	}
	cr_assert(fputs(at, out) >= 0 && fclose(out) == 0);
	return times;
}

static const struct {
	const char *file, *old, *new;
	size_t errors, others;
} cases[] = {
	{ "fidelity-1099/2025_1099_Individual-2345.csv", "612.25", "6l2.25", 1, 10 },
	{ "apex-8949/5XX00001_2025_8949.csv", ",4112.80,G", ",41I2.80,G", 1, 10 },
	{ "ofx/tax1099_v1_sgml.ofx", "<SALESPR>612", "<SALESPR>6l2", 1, 5 },
	{ "ofx/tax1099_v2.xml", "<SALESPR>", "<SALESPR>x", 11, 0 },
	{ "txf/sample_v042.txf", "$612.25", "$6l2.25", 1, 11 },
	{ "fdx/tax1099B.json", "612.25", "\"6l2.25\"", 1, 10 },
	{ "ibkr/flex_closed_lots_2025.xml", "cost=\"700.31\"", "cost=\"7oo.31\"", 1, 10 },
};

/* Whatever the file is made of; with facts that stand, it is read twice and told once. */
Test(faults, a_wrong_row_does_not_hide_the_others)
{
	for (size_t i = 0; i < 2 * COUNT(cases); i++) {
		const bool again = i >= COUNT(cases);
		const size_t at = i % COUNT(cases);
		struct import_report report;
		struct home home;
		char path[256];

		home_make(&home);
		snprintf(path, sizeof path, SAMPLES "%s", cases[at].file);
		cr_assert(spoil(path, cases[at].old, cases[at].new, home.file) > 0, "%s",
			path);
		if (again)
			cr_assert(import_one(&home, path, NULL, &report), "%s",
				home.why.message);
		const size_t before = standing_count(&home);

		cr_expect(!import_one(&home, home.file, NULL, &report), "%s", path);
		cr_expect(report.count[IMPORT_ERROR] == cases[at].errors &&
				report.count[again ? IMPORT_SAME : IMPORT_NEW] ==
					cases[at].others &&
				report.faults == cases[at].errors,
			"%s: %zu errors, %zu new, %zu same", path,
			report.count[IMPORT_ERROR], report.count[IMPORT_NEW],
			report.count[IMPORT_SAME]);
		cr_expect(strcmp(home.why.message, report.fault[0].why.message) == 0 &&
				strcmp(home.why.file, home.file) == 0 &&
				home.why.row == report.fault[0].row[0] &&
				home.why.row > 0,
			"%s", path);
		cr_expect(standing_count(&home) == before, "%s", path);
		home_end(&home);
	}
}

#define HEADER "Description of property,Date acquired,Date sold,Proceeds,Cost basis\n"

static void write_sales(struct home *home, size_t count, const char *proceeds)
{
	FILE *const file = fopen(home->file, "wb");

	cr_assert(file != NULL && fputs(HEADER, file) >= 0);
	for (size_t i = 0; i < count; i++) {
		char own[16];

		snprintf(own, sizeof own, "n/k %zu", i);
		cr_assert(fprintf(file, "10 sh GALENA,01/02/2024,03/04/2025,%s,80.00\n",
				  proceeds != NULL ? proceeds : own) > 0);
	}
	cr_assert(fclose(file) == 0);
}

Test(faults, alike_ones_are_told_once_with_their_rows)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	write_sales(&home, 30, "n/k");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(report.count[IMPORT_ERROR] == 30 && report.faults == 1 &&
			report.fault[0].rows == 30,
		"%zu, %zu: %s", report.count[IMPORT_ERROR], report.faults,
		home.why.message);
	for (long i = 0; i < FAULT_ROWS; i++)
		cr_expect(report.fault[0].row[i] == i + 2);
	home_end(&home);
}

Test(faults, of_many_the_first_are_kept_and_all_are_counted)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	write_sales(&home, 5000, NULL);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(report.count[IMPORT_ERROR] == 5000 && report.faults == IMPORT_FAULTS);
	cr_expect(report.fault[IMPORT_FAULTS - 1].row[0] == IMPORT_FAULTS + 1);
	home_end(&home);
}

/* What the ledger is asked of a row is asked of each: here, which of two amounts stands. */
Test(faults, rows_that_change_what_stands_are_all_told)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	write_sales(&home, 3, "100.00");
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	write_sales(&home, 4, "101.00");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(report.count[IMPORT_ERROR] == 3 && report.count[IMPORT_NEW] == 1);
	cr_expect(strcmp(home.why.message,
			  "the ledger has this sale with other amounts: proceeds "
			  "101.00 here, 100.00 in broker.csv:2") == 0,
		"%s", home.why.message);
	const struct import_options options = { .replace = "corrected" };

	cr_assert(
		import_one(&home, home.file, &options, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_CHANGED] == 3 && report.count[IMPORT_ERROR] == 0);
	cr_expect(standing_count(&home) == 4);
	home_end(&home);
}

/* The totals would lack the rows that are wrong: of them nothing is said. */
Test(faults, totals_are_not_compared_where_rows_are_wrong)
{
	struct home home;
	struct import_report report;
	const struct import_options options = { .waive = "never mind" };

	home_make(&home);
	cr_assert(spoil(SAMPLES "fidelity-1099/2025_1099_Individual-2345.csv", "612.25",
			  "6l2.25", home.file) > 0);
	cr_expect(!import_one(&home, home.file, &options, &report));
	cr_expect(
		report.difference == NULL && home.why.column > 0, "%s", home.why.message);
	home_end(&home);
}
