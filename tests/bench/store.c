/* How fast the ledger file takes facts, gives them back, proves itself and is copied. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "ledger/store.h"

static struct fail why;

static void must(bool done)
{
	if (done)
		return;
	fprintf(stderr, "bench store: %s: %s\n", why.file, why.message);
	exit(1);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Prints how long it took since the last call, and the most memory so far. */
static void tell(const char *what, long rows)
{
	static double last;
	struct rusage usage;
	const double now = seconds();

	getrusage(RUSAGE_SELF, &usage);
	if (what != NULL)
		printf("%-28s %8.3f s  %10.0f rows/s  %6ld MB at most\n", what,
			now - last, (double)rows / (now - last), usage.ru_maxrss / 1024);
	last = seconds();
}

/* Rows of a broker's file: a few securities and accounts, every amount another. */
static void append_rows(struct store *store, long rows)
{
	struct names *const names = names_new();
	struct fact fact = FACT_EMPTY;
	char text[64];

	must(store_begin(store, "bench", &why));
	fact.kind = FACT_REPORTED_SALE;
	fact.proceeds_known = fact.basis_known = true;
	fact.term = TERM_LONG;
	fact.covered = COVERED_YES;
	fact.box = 'D';
	fact.account = names_add(names, "Z12345678", 9);
	for (long i = 0; i < rows; i++) {
		snprintf(text, sizeof text, "SECURITY %ld INC COMMON STOCK", i % 500);
		fact.source.row = i + 1;
		fact.alias = names_add(names, text, strlen(text));
		fact.day.number = 19723 + (int32_t)(i % 365);
		fact.other_day.number = 18000 + (int32_t)(i % 1500);
		fact.shares.e8 = (i % 1000 + 1) * 100000000;
		fact.proceeds.cents = i * 7919 % 10000000;
		fact.basis.cents = i * 6997 % 10000000;
		must(store_append(store, &fact, names, &why));
	}
	must(store_commit(store, &why));
	names_free(names);
}

static bool count(void *context, const struct fact *fact, const struct names *names,
	struct fail *unused)
{
	(void)fact, (void)names, (void)unused;
	++*(long *)context;
	return true;
}

int main(int argc, char **argv)
{
	const long rows = argc > 1 ? atol(argv[1]) : 1000000;
	char folder[] = "/tmp/dualbasis-bench-XXXXXX";
	char path[64], copy[64];
	struct store *store;
	struct facts facts;
	long seen = 0;

	if (mkdtemp(folder) == NULL)
		return 1;
	snprintf(path, sizeof path, "%s/ledger", folder);
	snprintf(copy, sizeof copy, "%s/backup", folder);
	must(store_create(path, &why));
	must(store_open(path, STORE_WRITE, &store, &why));
	tell(NULL, 0);
	append_rows(store, rows);
	tell("append in one batch", rows);
	must(store_each(store, FACT_REPORTED_SALE, count, &seen, &why));
	tell("read one by one", seen);
	must(store_check(store, &why));
	tell("check", rows);
	must(store_backup(store, copy, &why));
	tell("back up", rows);
	must(store_begin(store, "undo", &why) && store_undo(store, 1, "bench", &why) &&
		store_commit(store, &why));
	tell("undo the batch", rows);
	must(store_begin(store, "redo", &why) && store_undo(store, 2, "bench", &why) &&
		store_commit(store, &why));
	must(store_facts(store, &facts, &why));
	tell("bring it back, read all", (long)facts.count);
	facts_release(&facts);
	store_close(store);
	unlink(path);
	unlink(copy);
	rmdir(folder);
	return seen == rows ? 0 : 1;
}
