/* Backups, and backups that become the ledger. */
#include <sys/stat.h>

#include "tests/ledger/store_fixture.h"

TestSuite(store_copy, .init = make_folder, .fini = remove_folder);

static struct store *make_with_sales(int count)
{
	struct names *const names = names_new();
	struct store *const store = make_and_open();

	cr_assert(store_begin(store, "sales", &why));
	for (int i = 0; i < count; i++)
		append_sale(store, names, "ACME");
	cr_assert(store_commit(store, &why));
	names_free(names);
	return store;
}

static size_t count_in(const char *file)
{
	struct store *store;

	cr_assert(store_open(file, STORE_READ, &store, &why), "%s", why.message);
	const size_t count = count_standing(store);

	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
	return count;
}

/* Nothing is left over beside the ledger but what is named. */
static void expect_files(const char *names)
{
	char found[512] = "";
	FILE *const list =
		popen(pool_printf(&pool, "ls '%s' | tr '\\n' ' '", folder), "r");

	cr_assert(list != NULL);
	cr_assert(fgets(found, sizeof found, list) != NULL);
	pclose(list);
	SAME_TEXT(found, names);
}

Test(store_copy, a_backup_is_whole_private_and_overwrites_nothing)
{
	struct store *store = make_with_sales(10);
	struct stat file;

	cr_assert(store_backup(store, beside("b"), &why), "%s", why.message);
	cr_expect(stat(beside("b"), &file) == 0 && (file.st_mode & 0777) == 0600);
	cr_expect(eq(sz, count_in(beside("b")), 10));
	cr_expect(not(store_backup(store, beside("b"), &why)));
	cr_expect(eq(int, why.kind, FAIL_SYSTEM));
	SAYS(why.message, "there already");
	SAME_TEXT(why.file, beside("b"));
	store_close(store);
	/* A reader may take one as well. */
	cr_assert(store_open(path, STORE_READ, &store, &why));
	cr_assert(store_backup(store, beside("c"), &why), "%s", why.message);
	cr_expect(not(store_backup(store, beside("no/folder/d"), &why)));
	store_close(store);
	expect_files("a.ledger b c ");
}

Test(store_copy, a_backup_becomes_the_ledger_where_there_is_none)
{
	struct store *const store = make_with_sales(3);
	const char *kept;

	cr_assert(store_backup(store, beside("b"), &why));
	store_close(store);
	cr_expect(not(store_restore(beside("b"), path, false, &kept, &pool, &why)));
	SAYS(why.message, "there is a ledger already");
	cr_assert(unlink(path) == 0);
	cr_assert(store_restore(beside("b"), path, false, &kept, &pool, &why), "%s",
		why.message);
	cr_expect(kept == NULL);
	cr_expect(eq(sz, count_in(path), 3));
	expect_files("a.ledger b ");
}

Test(store_copy, a_replaced_ledger_is_kept)
{
	struct store *store = make_with_sales(3);
	struct names *const names = names_new();
	const char *kept;

	cr_assert(store_backup(store, beside("b"), &why));
	cr_assert(store_begin(store, "more", &why));
	append_sale(store, names, "ACME");
	cr_assert(store_commit(store, &why));
	store_close(store);
	cr_assert(store_restore(beside("b"), path, true, &kept, &pool, &why), "%s",
		why.message);
	cr_expect(eq(sz, count_in(path), 3));
	cr_expect(eq(sz, count_in(kept), 4));
	cr_assert(store_restore(beside("b"), path, true, &kept, &pool, &why));
	expect_files("a.ledger a.ledger.before-restore-1 a.ledger.before-restore-2 b ");
	names_free(names);
}

Test(store_copy, a_damaged_ledger_can_be_replaced_but_no_damaged_backup_is_taken)
{
	struct store *store = make_with_sales(2000);
	const char *kept;

	cr_assert(store_backup(store, beside("b"), &why));
	store_close(store);
	write_file(path, "this is not a database at all", 29);
	cr_expect(not(store_restore(path, beside("b"), true, &kept, &pool, &why)));
	cr_expect(eq(int, why.kind, FAIL_BAD_INPUT));
	cr_expect(not(store_restore(beside("none"), path, true, &kept, &pool, &why)));
	cr_expect(not(store_restore(path, path, true, &kept, &pool, &why)));
	SAYS(why.message, "the backup is the ledger itself");
	cr_assert(store_restore(beside("b"), path, true, &kept, &pool, &why), "%s",
		why.message);
	cr_expect(eq(sz, count_in(path), 2000));
	expect_files("a.ledger a.ledger.before-restore-1 b ");
}

Test(store_copy, a_link_to_the_ledger_stays_a_link)
{
	struct store *const store = make_with_sales(1);
	struct stat file;
	const char *kept;

	cr_assert(store_backup(store, beside("b"), &why));
	store_close(store);
	cr_assert(symlink("a.ledger", beside("link")) == 0);
	cr_assert(store_restore(beside("b"), beside("link"), true, &kept, &pool, &why));
	cr_expect(lstat(beside("link"), &file) == 0 && S_ISLNK(file.st_mode));
	cr_expect(eq(sz, count_in(path), 1));
}
