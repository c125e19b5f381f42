/*
 * Nothing of a file is dropped in silence: of every sample the rows that are new, known, changed and
 * not used are all its rows, and with what is told as skipped, the headers, and the parts that a row
 * is made of, all its records.
 */
#include <dirent.h>

#include "ledger/import/format.h"
#include "tests/import/home.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Records that are neither a row nor skipped, where they are not the one header alone. */
static const struct {
	const char *file;
	size_t records; /* a header, and: */
	const char *what;
} others[] = {
	{ "wealthfront/wealthfront_8949.csv", 0, "no header" },
	{ "washems/lots_2025.csv", 0, "no header" },
	{ "ibkr/worksheet_8949_2011.csv", 4, "a header for each section" },
	{ "robinhood-activity/activity.csv", 3, "2 purchases" },
	{ "robinhood-crypto/crypto_activity.csv", 3, "2 purchases" },
	{ "schwab-history/Individual_XXX482_Transactions_20260105-091422.csv", 3,
		"2 purchases" },
	{ "vanguard/transactions.csv", 12, "11 purchases" },
	{ "schwab-eac/EquityAwardsCenter_Transactions_20260105091422.csv", 5,
		"4 transactions that the lots below them tell" },
	{ "schwab-eac/EquityAwardsCenter_Transactions_20260105091733.csv", 5,
		"4 transactions that the lots below them tell" },
	{ "schwab-eac/EquityAwardsCenter_Transactions_legacy_20231205.csv", 15,
		"5 transactions, and the headers of their lots" },
	{ "carta/exercise_ES-17.xlsx", 5, "a sheet that is one exercise" },
	{ "carta/exercise_ES-22.xlsx", 5, "a sheet that is one exercise" },
	{ "etrade-benefit-history/BenefitHistory.xlsx", 12,
		"a header for each sheet, and what tells more of a purchase or vest" },
};

static size_t records_of(const char *path)
{
	struct records *records;
	struct fail why;
	size_t count = 0;

	cr_assert(rows_open(path, &records, &why), "%s: %s", path, why.message);
	for (bool end = false; !end;) {
		struct record record;

		cr_assert(records->next(records, &record, &end, &why), "%s: %s", path,
			why.message);
		count += !end && !record_blank(&record);
	}
	records->close(records);
	return count;
}

static bool is_table(const char *path)
{
	static const char *const endings[] = { ".csv", ".CSV", ".tsv", ".xlsx" };

	for (size_t i = 0; i < COUNT(endings); i++)
		if (strcmp(path + strlen(path) - strlen(endings[i]), endings[i]) == 0)
			return true;
	return false;
}

static size_t expected_others(const char *file)
{
	for (size_t i = 0; i < COUNT(others); i++)
		if (strcmp(others[i].file, file) == 0)
			return others[i].records;
	return 1;
}

static void check(const char *file)
{
	const struct import_options options = { .dry_run = true };
	struct import_report report;
	struct pool pool = { 0 };
	struct fail why = { 0 };
	size_t count = 0;
	char path[640];

	snprintf(path, sizeof path, SAMPLES "%s", file);
	cr_assert(import_file(NULL, path, &options, &report, &pool, &why), "%s: %s", file,
		why.message);
	for (enum import_fate fate = 0; fate < IMPORT_FATES; fate++)
		count += report.count[fate];
	cr_expect(count == report.read.rows, "%s: %zu rows, %zu are told", file,
		report.read.rows, count);
	/* A record of our own file may be several facts. */
	if (is_table(path) && strncmp(file, "records/", 8) != 0)
		cr_expect(records_of(path) - report.read.rows - report.read.skipped ==
				expected_others(file),
			"%s: %zu records, %zu rows, %zu skipped", file, records_of(path),
			report.read.rows, report.read.skipped);
	pool_release(&pool);
}

Test(counts, every_record_of_every_sample_is_accounted_for)
{
	DIR *const folders = opendir(SAMPLES);
	size_t files = 0;

	cr_assert(folders != NULL);
	for (struct dirent *folder; (folder = readdir(folders)) != NULL;) {
		char name[600];

		if (folder->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, SAMPLES "%s", folder->d_name);
		DIR *const inside = opendir(name);

		if (inside == NULL)
			continue;
		for (struct dirent *file; (file = readdir(inside)) != NULL;) {
			if (file->d_name[0] == '.')
				continue;
			snprintf(
				name, sizeof name, "%s/%s", folder->d_name, file->d_name);
			check(name);
			files++;
		}
		closedir(inside);
	}
	closedir(folders);
	cr_expect(files > 60, "%zu", files);
}
