/*
 * How fast a large 1099-B is imported, beside the sqlite3 shell's .import of the same file under
 * the same journal and synchronous settings. Each runs in a process of its own, so that time
 * and memory are its own.
 *
 *   bench_import [ROWS ...]      100000 and 1000000 if none is given
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ledger/import/import.h"

struct cost {
	double wall, cpu;
	long megabytes;
};

static void stop(const char *what)
{
	perror(what);
	exit(1);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Eighty bytes a row: thousands of securities, every amount another. */
static void write_file(const char *path, long rows)
{
	FILE *const file = fopen(path, "wb");

	if (file == NULL)
		stop(path);
	fputs("1099-B,ACCOUNT NUMBER,TAX YEAR,DATE ACQUIRED,SALE DATE,DESCRIPTION,SHARES,"
	      "COST BASIS,SALES PRICE,TERM,ORDINARY,FED TAX WITHHELD,WASH AMT DISALLOWED,"
	      "ACCRDMKTDISCOUNT,FORM8949CODE\n",
		file);
	for (long i = 0; i < rows; i++)
		fprintf(file,
			"1099-B,100001,2025,2024%02ld%02ld,2025%02ld%02ld,CO %ld "
			"INC,%ld,%ld.%02ld,%ld.%02ld,SHORT,N,,0,,A\n",
			i % 12 + 1, i % 28 + 1, i % 12 + 1, i % 27 + 1, 1000 + i % 4000,
			i % 900 + 100, i * 7919 % 90000 + 10000, i % 100,
			i * 6997 % 90000 + 10000, i * 3 % 100);
	if (fclose(file) != 0)
		stop(path);
}

static void must(bool done, const struct fail *why)
{
	if (done)
		return;
	fprintf(stderr, "bench import: %s:%ld: %s\n", why->file, why->row, why->message);
	exit(1);
}

static void import_it(const char *ledger, const char *path, long rows)
{
	const struct import_options options = { 0 };
	struct import_report report;
	struct pool pool = { NULL };
	struct store *store;
	struct fail why = { 0 };

	must(store_create(ledger, &why), &why);
	must(store_open(ledger, STORE_WRITE, &store, &why), &why);
	must(store_begin(store, "bench", &why), &why);
	must(import_file(store, path, &options, &report, &pool, &why), &why);
	must(store_commit(store, &why), &why);
	if (report.count[IMPORT_NEW] != (size_t)rows)
		stop("rows are missing");
	store_close(store);
	pool_release(&pool);
}

/* The shell, given the settings of a ledger. */
static void import_with_shell(const char *database, const char *path)
{
	char into[600];

	snprintf(into, sizeof into, ".import %s t", path);
	execlp("sqlite3", "sqlite3", database, "PRAGMA journal_mode=DELETE",
		"PRAGMA synchronous=EXTRA", ".mode csv", into, (char *)NULL);
	stop("sqlite3");
}

static struct cost cost_of(bool ours, const char *to, const char *path, long rows)
{
	const double start = seconds();
	struct rusage usage;
	int status;

	fflush(stdout);
	const pid_t child = fork();

	if (child < 0)
		stop("fork");
	if (child == 0) {
		if (freopen("/dev/null", "w", stdout) == NULL)
			stop("/dev/null");
		if (ours)
			import_it(to, path, rows);
		else
			import_with_shell(to, path);
		_exit(0);
	}
	if (wait4(child, &status, 0, &usage) < 0 || status != 0)
		stop("the import failed");
	return (struct cost){ .wall = seconds() - start,
		.cpu = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
			(double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
		.megabytes = usage.ru_maxrss / 1024 };
}

static void tell(const char *who, long rows, struct cost cost)
{
	printf("%9ld rows  %-16s %7.2f s  %7.2f s of processor  %9.0f rows/s  %4ld MB\n",
		rows, who, cost.wall, cost.cpu, (double)rows / cost.wall, cost.megabytes);
}

static void compare(const char *folder, long rows)
{
	char path[300], ledger[300], database[300];
	struct stat about;

	snprintf(path, sizeof path, "%s/1099.csv", folder);
	snprintf(ledger, sizeof ledger, "%s/a.dualbasis", folder);
	snprintf(database, sizeof database, "%s/a.sqlite", folder);
	write_file(path, rows);
	if (stat(path, &about) != 0)
		stop(path);
	printf("%9ld rows, %ld MB\n", rows, (long)(about.st_size / 1000000));
	const struct cost ours = cost_of(true, ledger, path, rows);
	const struct cost shell = cost_of(false, database, path, rows);

	tell("dualbasis", rows, ours);
	tell("sqlite3 .import", rows, shell);
	printf("%9ld rows  %.2f times as long, %.2f times the processor\n", rows,
		ours.wall / shell.wall, ours.cpu / shell.cpu);
	unlink(path);
	unlink(ledger);
	unlink(database);
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/dualbasis-bench-XXXXXX";

	if (mkdtemp(folder) == NULL)
		stop(folder);
	if (argc < 2) {
		compare(folder, 100000);
		compare(folder, 1000000);
	}
	for (int i = 1; i < argc; i++)
		compare(folder, strtol(argv[i], NULL, 10));
	rmdir(folder);
	return 0;
}
