/*
 * Two writers at once: one waits, then says so. A writer that is interrupted or killed, at
 * any instant, leaves all of what it had committed and nothing of what it had not.
 */
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "ledger/store_inside.h"
#include "tests/ledger/store_fixture.h"

TestSuite(writers, .init = make_folder, .fini = remove_folder);

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void wait_microseconds(long microseconds)
{
	struct timespec left = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	while (nanosleep(&left, &left) != 0 && errno == EINTR)
		continue;
}

/* A second connection is to SQLite what a second process is: locks are by connection. */
Test(writers, the_second_waits_five_seconds_then_says_so)
{
	struct names *const names = names_new();
	struct store *const first = make_and_open();
	struct store *const second = open_ledger();

	cr_assert(store_begin(first, "first", &why));
	append_sale(first, names, "A");
	const double start = seconds();

	cr_expect(not(store_begin(second, "second", &why)));
	const double waited = seconds() - start;

	cr_expect(waited > 4.5 && waited < 10, "%f", waited);
	cr_expect(eq(int, why.kind, FAIL_SYSTEM));
	SAYS(why.message, "another program is writing to the ledger");
	SAYS(why.hint, "5 seconds");
	SAME_TEXT(why.file, path);
	/* Whoever reads meanwhile reads the last committed state. */
	cr_expect(eq(sz, count_standing(second), 0));
	cr_assert(store_commit(first, &why), "%s", why.message);
	cr_assert(store_begin(second, "second", &why), "%s", why.message);
	append_sale(second, names, "B");
	cr_assert(store_commit(second, &why), "%s", why.message);
	SAME_TEXT(standing(first), "1 2");
	store_close(first);
	store_close(second);
	names_free(names);
}

/* What a child does; it never returns to the test. */
static void in_child(int told, void (*work)(int told))
{
	signal(SIGINT, SIG_DFL);
	work(told);
	_exit(0);
}

static pid_t start_child(void (*work)(int told), int *heard)
{
	int ends[2];

	cr_assert(pipe(ends) == 0);
	const pid_t child = fork();

	cr_assert(child >= 0);
	if (child == 0) {
		close(ends[0]);
		in_child(ends[1], work);
	}
	close(ends[1]);
	*heard = ends[0];
	return child;
}

/* What ended a child, or 0 if it ended by itself. */
static int signal_of(int status)
{
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void tell(int told)
{
	if (write(told, "x", 1) != 1)
		_exit(4);
}

static void hold_for_half_a_second(int told)
{
	struct store *store;
	struct names *const names = names_new();

	if (!store_open(path, STORE_WRITE, &store, &why) ||
		!store_begin(store, "first", &why))
		_exit(3);
	append_sale(store, names, "A");
	tell(told);
	wait_microseconds(500000);
	if (!store_commit(store, &why))
		_exit(3);
	_exit(0);
}

Test(writers, the_second_goes_on_when_the_first_is_done)
{
	struct names *const names = names_new();
	struct store *const store = make_and_open();
	char byte;
	int heard, status;
	const pid_t child = start_child(hold_for_half_a_second, &heard);

	cr_assert(read(heard, &byte, 1) == 1);
	cr_assert(store_begin(store, "second", &why), "%s", why.message);
	append_sale(store, names, "B");
	cr_assert(store_commit(store, &why), "%s", why.message);
	cr_assert(waitpid(child, &status, 0) == child);
	cr_expect(eq(int, status, 0));
	SAME_TEXT(standing(store), "1 2");
	close(heard);
	store_close(store);
	names_free(names);
}

/* The child's documents are of this size, and no two in a ledger are alike. */
static size_t document_bytes = 3000;
enum { FACTS = 50 };

static bool write_document(int64_t number)
{
	FILE *const file = fopen(beside("f.csv"), "wb");

	if (file == NULL)
		return false;
	fprintf(file, "%lld\n", (long long)number);
	for (size_t i = 0; i < document_bytes; i += 10)
		fputs("ACME,1.00\n", file);
	return fclose(file) == 0;
}

/* Begins a batch of a document and its facts; does not commit it. */
static bool import(struct store *store, struct fail *failure)
{
	struct names *const names = names_new();
	struct document document;
	bool done = store_begin(store, "import", failure) &&
		write_document(store->batch) &&
		store_document_add(store, "f.csv", "test", beside("f.csv"), &document,
			&pool, failure);

	for (int i = 0; done && i < FACTS; i++) {
		struct fact fact = FACT_EMPTY;

		fact.kind = FACT_REPORTED_SALE;
		fact.source = (struct source){ document.id, i + 1 };
		fact.alias = name(names, "ACME ROBOTICS INC");
		done = store_append(store, &fact, names, failure);
	}
	names_free(names);
	return done;
}

static void stop_in_the_middle(int told)
{
	struct store *store;

	/* More than SQLite keeps in memory: the ledger itself is half written. */
	if (!store_open(path, STORE_WRITE, &store, &why) || !import(store, &why))
		_exit(3);
	tell(told);
	for (;;)
		wait_microseconds(1000000);
}

/* Another process writes on and on: this one waits, then says so, and can go on afterwards. */
Test(writers, the_second_process_waits_then_says_so)
{
	struct names *const names = names_new();
	struct store *const store = make_and_open();
	char byte;
	int heard, status;
	const pid_t child = start_child(stop_in_the_middle, &heard);

	cr_assert(read(heard, &byte, 1) == 1);
	const double start = seconds();

	cr_expect(not(store_begin(store, "second", &why)));
	const double waited = seconds() - start;

	cr_expect(waited > 4.5 && waited < 15, "%f", waited);
	cr_expect(eq(int, why.kind, FAIL_SYSTEM));
	SAYS(why.message, "another program is writing to the ledger");
	cr_assert(kill(child, SIGKILL) == 0);
	cr_assert(waitpid(child, &status, 0) == child);
	cr_assert(store_begin(store, "second", &why), "%s", why.message);
	append_sale(store, names, "B");
	cr_assert(store_commit(store, &why), "%s", why.message);
	SAME_TEXT(standing(store), "1");
	cr_expect(store_check(store, &why), "%s", why.message);
	close(heard);
	store_close(store);
	names_free(names);
}

/* Stops the child by `signal_number` amid its batch; returns the ledger as a reader sees it. */
static void expect_rolled_back(int signal_number, enum store_access access)
{
	struct store *store = make_and_open();
	struct names *const names = names_new();
	char byte;
	int heard, status;
	struct stat journal, before, after;

	cr_assert(store_begin(store, "before", &why));
	append_sale(store, names, "A");
	cr_assert(store_commit(store, &why));
	store_close(store);
	document_bytes = 4000000;
	cr_assert(stat(path, &before) == 0);
	const pid_t child = start_child(stop_in_the_middle, &heard);

	cr_assert(read(heard, &byte, 1) == 1);
	cr_assert(kill(child, signal_number) == 0);
	cr_assert(waitpid(child, &status, 0) == child);
	cr_assert(eq(int, signal_of(status), signal_number));
	cr_assert(stat(beside("a.ledger-journal"), &journal) == 0);
	cr_assert(stat(path, &after) == 0);
	cr_assert(after.st_size > before.st_size);
	cr_assert(store_open(path, access, &store, &why), "%s", why.message);
	SAME_TEXT(standing(store), "1");
	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
	cr_expect(stat(beside("a.ledger-journal"), &journal) != 0);
	cr_expect(stat(path, &after) == 0 && after.st_size == before.st_size);
	close(heard);
	names_free(names);
}

Test(writers, an_interrupted_batch_is_rolled_back)
{
	expect_rolled_back(SIGINT, STORE_WRITE);
}

Test(writers, a_reader_rolls_back_what_a_killed_writer_left)
{
	expect_rolled_back(SIGKILL, STORE_READ);
}

/* Imports without end, and tells of each that was committed. */
static void import_on_and_on(int told)
{
	struct store *store;

	if (!store_open(path, STORE_WRITE, &store, &why))
		_exit(3);
	for (;;) {
		if (!import(store, &why) || !store_commit(store, &why))
			_exit(3);
		tell(told);
	}
}

/* Makes a ledger, imports, backs it up, undoes, restores: every way to write, in turn. */
static void do_everything(int told)
{
	struct store *store;
	const char *kept;

	for (;;) {
		if (access(path, F_OK) != 0 && !store_create(path, &why))
			_exit(3);
		if (!store_open(path, STORE_WRITE, &store, &why) ||
			!import(store, &why) || !store_commit(store, &why))
			_exit(3);
		tell(told);
		unlink(beside("backup"));
		if (!store_backup(store, beside("backup"), &why))
			_exit(3);
		struct batch *log;
		size_t count;

		if (!store_batches(store, &log, &count, &pool, &why) ||
			!store_begin(store, "undo", &why) ||
			!store_undo(store, log[count - 1].id, "a mistake", &why) ||
			!store_commit(store, &why))
			_exit(3);
		store_close(store);
		if (!store_restore(beside("backup"), path, true, &kept, &pool, &why))
			_exit(3);
		unlink(kept);
		pool_release(&pool);
	}
}

/* Every batch that is there is there in full; returns how many imports there are. */
static size_t expect_whole_batches(const char *file, int round)
{
	struct store *store;
	struct batch *log;
	size_t count, imports = 0;

	if (access(file, F_OK) != 0)
		return 0;
	cr_assert(
		store_open(file, round % 2 == 0 ? STORE_READ : STORE_WRITE, &store, &why),
		"round %d: %s", round, why.message);
	cr_expect(store_check(store, &why), "round %d: %s", round, why.message);
	cr_assert(store_batches(store, &log, &count, &pool, &why));
	for (size_t i = 0; i < count; i++) {
		const bool import_batch = log[i].undoes == 0;

		imports += import_batch;
		cr_expect(eq(i64, log[i].facts, import_batch ? FACTS : 0), "round %d",
			round);
		cr_expect(eq(i64, log[i].documents, import_batch ? 1 : 0), "round %d",
			round);
	}
	store_close(store);
	return imports;
}

static size_t hear(int heard)
{
	char bytes[4096];
	size_t sum = 0;
	ssize_t got;

	while ((got = read(heard, bytes, sizeof bytes)) > 0)
		sum += (size_t)got;
	close(heard);
	return sum;
}

/* The seed is fixed; the instants are not, for no two runs take the same time. */
static unsigned long chance = 20251124;

static long random_below(long limit)
{
	chance = chance * 6364136223846793005UL + 1442695040888963407UL;
	return (long)((chance >> 33) % (unsigned long)limit);
}

static size_t kill_at_random(void (*work)(int told), long longest_microseconds)
{
	int heard, status;
	const pid_t child = start_child(work, &heard);

	wait_microseconds(random_below(longest_microseconds));
	cr_assert(kill(child, SIGKILL) == 0);
	cr_assert(waitpid(child, &status, 0) == child);
	cr_assert(eq(int, signal_of(status), SIGKILL), "the child failed");
	return hear(heard);
}

/* How long the first import of a child takes, fork and all: kills come within a few of these. */
static long measure_import(void (*work)(int told))
{
	char byte;
	int heard, status;
	const double start = seconds();
	const pid_t child = start_child(work, &heard);

	cr_assert(read(heard, &byte, 1) == 1);
	const double took = seconds() - start;

	cr_assert(kill(child, SIGKILL) == 0);
	cr_assert(waitpid(child, &status, 0) == child);
	close(heard);
	return (long)(took * 1e6) + 1000;
}

Test(writers, killed_at_150_instants_no_import_is_lost_or_halved)
{
	enum { ROUNDS = 150, ROUNDS_A_LEDGER = 25 };
	size_t before = 0, told_in_all = 0, amid = 0;
	long took = 0;

	for (int round = 0; round < ROUNDS; round++) {
		if (round % ROUNDS_A_LEDGER == 0) {
			unlink(path);
			cr_assert(store_create(path, &why), "%s", why.message);
			took = measure_import(import_on_and_on);
			before = expect_whole_batches(path, round);
		}
		const size_t told = kill_at_random(import_on_and_on, took * 3);
		amid += access(beside("a.ledger-journal"), F_OK) == 0;
		const size_t now = expect_whole_batches(path, round);

		/* What was told of is there; one more may have been committed, but not told of. */
		cr_expect(now >= before + told && now <= before + told + 1, "round %d",
			round);
		before = now;
		told_in_all += told;
		pool_release(&pool);
	}
	/* Some were killed amid a batch, and some batches got through. */
	cr_expect(amid > 0, "%zu", amid);
	cr_expect(told_in_all > 0);
}

Test(writers, killed_at_60_instants_of_everything_the_ledger_is_whole)
{
	long took = 0;

	for (int round = 0; round < 60; round++) {
		if (round % 20 == 0) {
			unlink(path);
			unlink(beside("backup"));
			took = measure_import(do_everything);
		}
		kill_at_random(do_everything, took * 4);
		expect_whole_batches(path, round);
		expect_whole_batches(beside("backup"), round);
		pool_release(&pool);
	}
}
