/* Ledgers of older versions, brought to the newest one step at a time. */
#include "ledger/store_inside.h"
#include "tests/ledger/store_fixture.h"

TestSuite(store_migrate, .init = make_folder, .fini = remove_folder);

/* An empty file that says it is a ledger of version 0, so that each step is still to come. */
static void make_version_0(const char *script)
{
	struct sql *sql = NULL;

	write_file(path, "", 0);
	cr_assert(sql_open(path, false, &sql, &why));
	cr_assert(sql_run(sql, "PRAGMA application_id = 1685414252", &why));
	cr_assert(sql_run(sql, script, &why), "%s", why.message);
	sql_close(sql);
}

static int64_t ask(const char *query)
{
	struct sql *sql = NULL;
	int64_t answer;

	cr_assert(sql_open(path, false, &sql, &why));
	cr_assert(sql_ask(sql, query, &answer, &why), "%s", why.message);
	sql_close(sql);
	return answer;
}

static bool migrate(const struct embedded *steps, size_t count)
{
	struct sql *sql = NULL;

	cr_assert(sql_open(path, false, &sql, &why));
	const bool done = store_migrate(sql, steps, count, &why);

	sql_close(sql);
	return done;
}

static const struct embedded steps[] = {
	{ "0001.sql", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);", 0 },
	{ "0002-money.sql", "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;",
		0 },
	{ "0003.sql",
		"CREATE TABLE b (z INTEGER); INSERT INTO b SELECT y FROM a; DROP TABLE "
		"a;",
		0 },
};

Test(store_migrate, steps_run_once_and_in_order)
{
	make_version_0("");
	cr_assert(migrate(steps, 1), "%s", why.message);
	cr_expect(eq(i64, ask("PRAGMA user_version"), 1));
	cr_assert(migrate(steps, COUNT(steps)), "%s", why.message);
	cr_expect(eq(i64, ask("PRAGMA user_version"), 3));
	cr_expect(eq(i64, ask("SELECT z FROM b"), 2));
	cr_assert(migrate(steps, COUNT(steps)), "%s", why.message);
	cr_expect(eq(i64, ask("SELECT count(*) FROM b"), 1));
	cr_expect(not(migrate(steps, 2)));
	SAYS(why.message,
		"written by a newer dualbasis (its version is 3, this program knows 2)");
}

Test(store_migrate, a_step_that_fails_is_not_there_and_the_ones_before_are)
{
	static const struct embedded broken[] = {
		{ "0001.sql", "CREATE TABLE a (x INTEGER);", 0 },
		{ "0002.sql",
			"CREATE TABLE b (y INTEGER); INSERT INTO nowhere VALUES (1);",
			0 },
	};

	make_version_0("");
	cr_expect(not(migrate(broken, COUNT(broken))));
	SAYS(why.message, "migration to version 2 of the ledger");
	SAYS(why.message, "no such table: nowhere");
	cr_expect(eq(i64, ask("PRAGMA user_version"), 1));
	cr_expect(eq(i64, ask("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0));
}

static void expect_migrated_by_opening(enum store_access access)
{
	struct store *store;

	make_version_0("");
	cr_assert(store_open(path, access, &store, &why), "%s", why.message);
	cr_expect(store_check(store, &why), "%s", why.message);
	cr_expect(eq(sz, count_standing(store), 0));
	store_close(store);
	cr_expect(eq(i64, ask("PRAGMA user_version"), (int64_t)schema_migrations_count));
}

Test(store_migrate, an_older_ledger_is_migrated_when_opened_for_writing)
{
	expect_migrated_by_opening(STORE_WRITE);
}

Test(store_migrate, an_older_ledger_is_migrated_when_opened_for_reading)
{
	expect_migrated_by_opening(STORE_READ);
}

Test(store_migrate, an_older_ledger_that_cannot_be_migrated_stays_as_it_is)
{
	static const enum store_access both[] = { STORE_READ, STORE_WRITE };

	for (size_t i = 0; i < COUNT(both); i++) {
		struct store *store;

		/* A table is in the way. */
		make_version_0("CREATE TABLE fact (x INTEGER);");
		struct text before = read_file(path);

		cr_expect(not(store_open(path, both[i], &store, &why)));
		SAYS(why.message, "migration to version 1 of the ledger");
		SAME_TEXT(why.file, path);
		struct text after = read_file(path);

		cr_expect(before.length == after.length &&
			memcmp(before.at, after.at, before.length) == 0);
		text_release(&before);
		text_release(&after);
	}
}

/* The number that a file keeps for good is the place in this list. */
Test(store_migrate, the_steps_built_in_are_numbered_from_1)
{
	for (size_t i = 0; i < schema_migrations_count; i++)
		cr_expect(eq(ulong, strtoul(schema_migrations[i].name, NULL, 10), i + 1));
}
