/* Undoing batches, bringing them back, and locking years. */
#include "tests/ledger/store_fixture.h"

TestSuite(store_undo, .init = make_folder, .fini = remove_folder);

/* Batch 1 has facts 1 and 2; batch 2 voids 1 and appends 3. */
static struct store *make_history(struct names *names)
{
	struct store *const store = make_and_open();

	cr_assert(store_begin(store, "one", &why));
	append_sale(store, names, "A");
	append_sale(store, names, "B");
	cr_assert(store_commit(store, &why));
	cr_assert(store_begin(store, "two", &why));
	cr_assert(store_void(store, 1, "wrong number of shares", &why));
	append_sale(store, names, "C");
	cr_assert(store_commit(store, &why));
	SAME_TEXT(standing(store), "2 3");
	return store;
}

static void undo(struct store *store, int64_t batch)
{
	cr_assert(store_begin(store, "undo", &why));
	cr_assert(store_undo(store, batch, "a mistake", &why), "%s", why.message);
	cr_assert(store_commit(store, &why), "%s", why.message);
}

static void expect_refused(
	struct store *store, int64_t batch, enum fail_kind kind, const char *words)
{
	memset(&why, 0, sizeof why);
	cr_assert(store_begin(store, "undo", &why));
	cr_expect(
		not(store_undo(store, batch, "a mistake", &why)), "batch %d", (int)batch);
	cr_expect(eq(int, why.kind, kind));
	SAYS(why.message, words);
	store_rollback(store);
}

Test(store_undo, what_a_batch_voided_stands_again)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);

	undo(store, 2);
	SAME_TEXT(standing(store), "1 2");
	undo(store, 1);
	SAME_TEXT(standing(store), "");
	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
	names_free(names);
}

Test(store_undo, an_undo_can_be_undone_and_done_again)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);

	undo(store, 2); /* batch 3 */
	undo(store, 3); /* batch 4: 2 is back */
	SAME_TEXT(standing(store), "2 3");
	expect_refused(store, 4, FAIL_USAGE, "batch 4 brought batch 2 back");
	expect_refused(store, 3, FAIL_USAGE, "undone already");
	undo(store, 2); /* batch 5 */
	SAME_TEXT(standing(store), "1 2");
	undo(store, 5); /* batch 6 */
	SAME_TEXT(standing(store), "2 3");
	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
	names_free(names);
}

Test(store_undo, the_log_tells_who_undid_whom_and_why)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);
	struct batch *log;
	size_t count;

	undo(store, 2);
	cr_assert(store_batches(store, &log, &count, &pool, &why));
	cr_assert(eq(sz, count, 3));
	cr_expect(eq(i64, log[0].undone_by, 0));
	cr_expect(eq(i64, log[1].undone_by, 3));
	cr_expect(eq(i64, log[1].facts, 1));
	cr_expect(eq(i64, log[1].voids, 1));
	cr_expect(eq(i64, log[2].undoes, 2));
	SAME_TEXT(log[2].reason, "a mistake");
	SAME_TEXT(log[1].reason, "");
	undo(store, 3);
	cr_assert(store_batches(store, &log, &count, &pool, &why));
	cr_expect(eq(i64, log[1].undone_by, 0));
	cr_expect(eq(i64, log[2].undone_by, 4));
	store_close(store);
	names_free(names);
}

Test(store_undo, later_batches_that_build_on_it_come_first)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);

	expect_refused(store, 1, FAIL_USAGE, "batch 2 voids facts of it");
	SAYS(why.hint, "undo batch 2 first");
	undo(store, 2);
	undo(store, 1); /* batch 4; now 2 cannot come back before 1 */
	expect_refused(store, 3, FAIL_USAGE, "batch 4 undid what it builds on");
	undo(store, 4);
	undo(store, 3);
	SAME_TEXT(standing(store), "2 3");
	/* Someone else replaces fact 1 meanwhile: both replacements cannot stand. */
	undo(store, 2); /* batch 7 */
	cr_assert(store_begin(store, "again", &why));
	cr_assert(store_void(store, 1, "otherwise", &why), "%s", why.message);
	cr_assert(store_commit(store, &why));
	expect_refused(store, 7, FAIL_USAGE, "batch 8 voids the same facts");
	store_close(store);
	names_free(names);
}

Test(store_undo, only_batches_that_are_there_are_undone_and_with_a_reason)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);

	expect_refused(store, 0, FAIL_USAGE, "there is no batch 0");
	expect_refused(store, 3, FAIL_USAGE, "there is no batch 3"); /* the open one */
	expect_refused(store, -1, FAIL_USAGE, "there is no batch -1");
	cr_assert(store_begin(store, "undo", &why));
	cr_expect(not(store_undo(store, 2, "", &why)));
	cr_assert(store_commit(store, &why));
	SAME_TEXT(standing(store), "2 3");
	store_close(store);
	names_free(names);
}

static void import(struct store *store, const char *bytes, struct document *document)
{
	write_file(beside("f.csv"), bytes, strlen(bytes));
	cr_assert(store_begin(store, "import", &why));
	cr_assert(store_document_add(
		store, "f.csv", "test", beside("f.csv"), document, &pool, &why));
	cr_assert(store_commit(store, &why), "%s", why.message);
}

Test(store_undo, an_undone_document_may_be_imported_again)
{
	struct store *const store = make_and_open();
	struct document first, second, found;
	bool there;

	import(store, "Date,Amount\n", &first);
	undo(store, 1);
	cr_assert(store_document_find(store, first.sha256, &found, &pool, &there, &why));
	cr_expect(not(there));
	import(store, "Date,Amount\n", &second); /* batch 3 */
	cr_assert(store_document_find(store, first.sha256, &found, &pool, &there, &why));
	cr_expect(there);
	cr_expect(eq(i64, found.id, second.id));
	expect_refused(store, 2, FAIL_USAGE, "batch 3 imported the same file again");
	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
}

static void lock(struct store *store, int year)
{
	cr_assert(store_begin(store, "lock", &why));
	cr_assert(store_lock(store, year, "hash of the year", &why), "%s", why.message);
	cr_assert(store_commit(store, &why));
}

/* Appending is asked for in a batch of its own. */
static bool may_append(struct store *store, struct fact fact)
{
	cr_assert(store_begin(store, "append", &why));
	const bool may = store_append(store, &fact, NULL, &why);

	store_rollback(store);
	return may;
}

Test(store_undo, a_locked_year_takes_no_facts_of_its_own)
{
	static const struct {
		const char *name;
		int year, month, day; /* of the event; year 0: none */
		int of_year;
		bool refused;
	} cases[] = {
		{ "its first day", 2024, 1, 1, 0, true },
		{ "its last day", 2024, 12, 31, 0, true },
		{ "the day before", 2023, 12, 31, 0, false },
		{ "the day after", 2025, 1, 1, 0, false },
		{ "a figure of it", 0, 0, 0, 2024, true },
		{ "a figure of the next", 0, 0, 0, 2025, false },
		{ "of no year", 0, 0, 0, 0, false },
	};
	struct store *const store = make_and_open();

	lock(store, 2024);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fact fact = FACT_EMPTY;

		fact.kind = FACT_FIGURE;
		fact.year = cases[i].of_year;
		if (cases[i].year != 0)
			cr_assert(day_from_civil(
				cases[i].year, cases[i].month, cases[i].day, &fact.day));
		memset(&why, 0, sizeof why);
		cr_expect(eq(int, may_append(store, fact), !cases[i].refused), "%s",
			cases[i].name);
		cr_expect(eq(int, why.kind, cases[i].refused ? FAIL_LOCKED : FAIL_NONE),
			"%s", cases[i].name);
	}
	store_close(store);
}

Test(store_undo, a_locked_year_loses_no_facts_until_it_is_unlocked)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);
	struct year_lock *locks;
	size_t count;

	lock(store, 2024); /* batch 3 */
	cr_assert(store_locks(store, &locks, &count, &pool, &why));
	cr_assert(eq(sz, count, 1));
	cr_expect(eq(int, locks[0].year, 2024));
	cr_expect(eq(i64, locks[0].batch, 3));
	SAME_TEXT(locks[0].hash, "hash of the year");
	expect_refused(store, 2, FAIL_LOCKED, "the year 2024 is locked");
	cr_assert(store_begin(store, "void", &why));
	cr_expect(not(store_void(store, 2, "wrong", &why)));
	cr_expect(eq(int, why.kind, FAIL_LOCKED));
	cr_expect(not(store_lock(store, 2024, "twice", &why)));
	cr_expect(not(store_unlock(store, 2023, "not locked", &why)));
	cr_expect(not(store_unlock(store, 2024, "", &why)));
	cr_assert(
		store_unlock(store, 2024, "an amended return", &why), "%s", why.message);
	cr_assert(store_void(store, 2, "wrong", &why), "%s", why.message);
	cr_assert(store_commit(store, &why));
	cr_assert(store_locks(store, &locks, &count, &pool, &why));
	cr_expect(eq(sz, count, 0));
	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
	names_free(names);
}

Test(store_undo, undoing_a_lock_unlocks_and_undoing_an_unlock_locks)
{
	struct store *const store = make_and_open();
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_FIGURE;
	fact.year = 2024;
	lock(store, 2024); /* batch 1 */
	undo(store, 1);
	cr_expect(may_append(store, fact));
	undo(store, 2);
	cr_expect(not(may_append(store, fact)));
	cr_assert(store_begin(store, "unlock", &why)); /* batch 4 */
	cr_assert(store_unlock(store, 2024, "to amend", &why));
	cr_assert(store_commit(store, &why));
	cr_expect(may_append(store, fact));
	undo(store, 4);
	cr_expect(not(may_append(store, fact)));
	store_close(store);
}

Test(store_undo, a_batch_that_writes_nothing_changes_no_byte)
{
	struct names *const names = names_new();
	struct store *const store = make_history(names);
	struct text before = read_file(path);

	cr_assert(store_begin(store, "nothing", &why));
	cr_assert(store_commit(store, &why));
	struct text after = read_file(path);
	struct batch *log;
	size_t count;

	cr_expect(before.length == after.length &&
		memcmp(before.at, after.at, before.length) == 0);
	cr_assert(store_batches(store, &log, &count, &pool, &why));
	cr_expect(eq(sz, count, 2));
	text_release(&before);
	text_release(&after);
	store_close(store);
	names_free(names);
}
