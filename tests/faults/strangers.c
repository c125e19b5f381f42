/*
 * What other programs do to a ledger file, and what is no ledger: facts are not changed by
 * anybody's SQL, what was done behind the triggers' back is found, and the rest is refused.
 */
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "ledger/store_inside.h"
#include "tests/ledger/store_fixture.h"

TestSuite(strangers, .init = make_folder, .fini = remove_folder);

/* Two sales of a document, one voided; an undone batch; a locked year. */
static void make_ledger(void)
{
	struct names *const names = names_new();
	struct store *const store = make_and_open();
	struct document document;

	write_file(beside("f.csv"), "Date,Amount\n", 12);
	cr_assert(store_begin(store, "import f.csv", &why));
	cr_assert(store_document_add(
		store, "f.csv", "test", beside("f.csv"), &document, &pool, &why));
	append_sale(store, names, "A");
	append_sale(store, names, "B");
	cr_assert(store_commit(store, &why));
	cr_assert(store_begin(store, "void", &why));
	cr_assert(store_void(store, 1, "wrong", &why));
	cr_assert(store_commit(store, &why));
	cr_assert(store_begin(store, "undo 2", &why));
	cr_assert(store_undo(store, 2, "it was right", &why));
	cr_assert(store_commit(store, &why));
	cr_assert(store_begin(store, "lock 2024", &why));
	cr_assert(store_lock(store, 2024, "hash", &why));
	cr_assert(store_commit(store, &why));
	store_close(store);
	names_free(names);
}

/* As another program would: no pragma set, no question asked. "" if it was done. */
static const char *run_as_stranger(const char *script)
{
	sqlite3 *db;
	char *said = NULL;

	cr_assert(sqlite3_open(path, &db) == SQLITE_OK);
	sqlite3_exec(db, script, NULL, NULL, &said);
	const char *const words = pool_printf(&pool, "%s", said == NULL ? "" : said);

	sqlite3_free(said);
	cr_assert(sqlite3_close(db) == SQLITE_OK);
	return words;
}

/* TABLE and COLUMN in a script become names. */
static const char *fill_in(const char *script, const char *table, const char *column)
{
	struct text filled = TEXT_EMPTY;

	while (*script != '\0') {
		const bool is_table = strncmp(script, "TABLE", 5) == 0;
		const bool is_column = strncmp(script, "COLUMN", 6) == 0;

		if (is_table || is_column)
			text_add(&filled, is_table ? table : column);
		else
			text_add_bytes(&filled, script, 1);
		script += is_table ? 5 : is_column ? 6 : 1;
	}
	const char *const kept = pool_text(&pool, filled.at, filled.length);

	text_release(&filled);
	return kept;
}

Test(strangers, no_sql_changes_deletes_or_replaces_a_row)
{
	static const struct {
		const char *name, *column;
	} tables[] = {
		{ "batch", "at" },
		{ "undo", "reason" },
		{ "document", "name" },
		{ "chunk", "bytes" },
		{ "fact", "shares_e8" },
		{ "detail", "price_e8" },
		{ "void", "reason" },
		{ "year_lock", "hash" },
		{ "word", "word" },
	};
	static const char *const attempts[] = {
		"UPDATE TABLE SET COLUMN = COLUMN",
		"UPDATE OR IGNORE TABLE SET COLUMN = COLUMN",
		"UPDATE OR REPLACE TABLE SET COLUMN = COLUMN",
		"DELETE FROM TABLE",
		"INSERT OR REPLACE INTO TABLE SELECT * FROM TABLE",
		"REPLACE INTO TABLE SELECT * FROM TABLE",
		"PRAGMA recursive_triggers = ON; REPLACE INTO TABLE SELECT * FROM TABLE",
		"INSERT OR IGNORE INTO TABLE SELECT * FROM TABLE",
		"INSERT INTO TABLE SELECT * FROM TABLE WHERE true"
		" ON CONFLICT DO UPDATE SET COLUMN = excluded.COLUMN",
	};

	make_ledger();
	struct text before = read_file(path);

	for (size_t i = 0; i < COUNT(tables); i++)
		for (size_t j = 0; j < COUNT(attempts); j++)
			SAYS(run_as_stranger(fill_in(
				     attempts[j], tables[i].name, tables[i].column)),
				"are appended and never");
	struct text after = read_file(path);

	cr_expect(before.length == after.length &&
		memcmp(before.at, after.at, before.length) == 0);
	text_release(&before);
	text_release(&after);
}

Test(strangers, nothing_is_null_and_numbers_are_integers)
{
	static const struct {
		const char *script, *said;
	} cases[] = {
		{ "INSERT INTO batch VALUES (9, 0, NULL)", "NOT NULL" },
		{ "INSERT INTO batch VALUES (9, 1.5, '')", "cannot store REAL" },
		{ "INSERT INTO batch VALUES (9, 'noon', '')", "cannot store TEXT" },
		{ "INSERT INTO batch VALUES (9, 1, x'00')", "cannot store BLOB" },
		{ "INSERT INTO void VALUES (1, 1, '')", "CHECK" },
		{ "INSERT INTO undo VALUES (1, 2, 'the later by the earlier')", "CHECK" },
		{ "INSERT INTO document VALUES (9, 1, 'f', 'x', 'no hash', 0)", "CHECK" },
		{ "INSERT INTO year_lock VALUES (9, 1, 24, 1, '', '')", "CHECK" },
		{ "PRAGMA foreign_keys = ON; INSERT INTO void VALUES (99, 1, 'none')",
			"FOREIGN KEY" },
		{ "PRAGMA foreign_keys = ON; INSERT INTO undo VALUES (99, 98, 'none')",
			"FOREIGN KEY" },
	};

	make_ledger();
	for (size_t i = 0; i < COUNT(cases); i++)
		SAYS(run_as_stranger(cases[i].script), cases[i].said);
}

/* Every column of every table; views and SQLite's own tables apart. */
Test(strangers, every_column_is_strict_and_not_null)
{
	sqlite3 *db;
	sqlite3_stmt *list;

	make_ledger();
	cr_assert(sqlite3_open(path, &db) == SQLITE_OK);
	cr_assert(
		sqlite3_prepare_v2(db,
			"SELECT t.name, t.strict, ifnull(min(c.\"notnull\"), 0), count(*)"
			" FROM pragma_table_list AS t, pragma_table_info(t.name) AS c"
			" WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
			" GROUP BY t.name",
			-1, &list, NULL) == SQLITE_OK);
	int tables = 0;

	for (; sqlite3_step(list) == SQLITE_ROW; tables++) {
		cr_expect(sqlite3_column_int(list, 1) == 1, "%s",
			(const char *)sqlite3_column_text(list, 0));
		cr_expect(sqlite3_column_int(list, 2) == 1, "%s",
			(const char *)sqlite3_column_text(list, 0));
	}
	cr_expect(eq(int, tables, 10));
	sqlite3_finalize(list);
	cr_assert(sqlite3_close(db) == SQLITE_OK);
}

Test(strangers, our_own_connection_neither_changes_nor_drops)
{
	static const char *const attempts[] = {
		"UPDATE fact SET day = 0",
		"DELETE FROM fact",
		"DROP TABLE fact",
		"DROP TRIGGER fact_is_not_changed",
		"DROP VIEW standing",
		"ALTER TABLE fact ADD COLUMN x",
		"ALTER TABLE fact RENAME TO facts",
		"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema",
	};

	make_ledger();
	struct store *const store = open_ledger();

	for (size_t i = 0; i < COUNT(attempts); i++)
		cr_expect(not(sql_run(store->sql, attempts[i], &why)), "%s", attempts[i]);
	cr_expect(store_check(store, &why), "%s", why.message);
	store_close(store);
}

/* The triggers can be dropped by others; what they then do is found. */
#define UNGUARDED(table)                                                                 \
	"DROP TRIGGER " table "_is_not_changed; DROP TRIGGER " table "_is_not_deleted;"

static const struct {
	const char *script;
	const char *invariant;
	const char *said;
} damages[] = {
	{ UNGUARDED("fact"), "tables, triggers and views are those of this version",
		"trigger fact_is_not_changed is missing" },
	{ "CREATE TABLE extra (x)",
		"tables, triggers and views are those of this version",
		"table extra is not ours" },
	{ "DROP VIEW standing; CREATE VIEW standing AS SELECT * FROM fact",
		"tables, triggers and views are those of this version",
		"view standing was changed" },
	{ UNGUARDED("fact") "DELETE FROM fact WHERE id = 1",
		"facts are numbered without a gap", "there are 1 up to fact 2" },
	{ UNGUARDED("fact") "DELETE FROM fact WHERE id = 1",
		"every reference leads to a row", "refers to no fact" },
	{ UNGUARDED("fact") "UPDATE fact SET kind = 99 WHERE id = 2",
		"every fact can be read",
		"fact 2 has a value for \"kind\" that cannot be" },
	{ UNGUARDED("detail") "UPDATE detail SET option = 99 WHERE fact = 2",
		"every fact can be read", "fact 2 has a value for \"option\"" },
	{ UNGUARDED("fact") "UPDATE fact SET day = 1000000 WHERE id = 2",
		"every fact can be read", "fact 2 has a value for \"day\"" },
	{ UNGUARDED("fact") "UPDATE fact SET box = 'AB' WHERE id = 2",
		"every fact can be read", "fact 2 has a value for \"box\"" },
	{ UNGUARDED("fact") "UPDATE fact SET symbol = CAST(x'c328' AS TEXT) WHERE id = 2",
		"every fact can be read", "fact 2 has a value for \"symbol\"" },
	{ UNGUARDED("fact") "UPDATE fact SET batch = 4 WHERE id = 1",
		"facts are numbered in the order of their batches", "fact 2 is older" },
	{ UNGUARDED("chunk") "UPDATE chunk SET bytes = x'44617465'",
		"documents have their bytes and SHA-256", "document 1 (f.csv)" },
	{ UNGUARDED("chunk") "UPDATE chunk SET bytes = CAST('Date,Amounts' AS BLOB)",
		"documents have their bytes and SHA-256", "document 1 (f.csv)" },
	{ UNGUARDED("chunk") "UPDATE chunk SET number = 1",
		"documents have their bytes and SHA-256", "document 1 (f.csv)" },
	{ UNGUARDED("batch") "DELETE FROM batch WHERE id = 3",
		"batches are numbered without a gap", "there are 4 up to batch 4" },
	{ UNGUARDED("void") "UPDATE void SET batch = 0", "a void comes after its fact",
		"the void of fact 1" },
	{ "INSERT INTO void VALUES (2, 3, 'once'), (2, 4, 'twice')",
		"no fact is voided twice", "fact 2" },
	{ "INSERT INTO undo VALUES (4, 2, 'once more')", "no batch is undone twice",
		"batch 2" },
	{ "INSERT INTO document SELECT 2, 4, 'g.csv', format, sha256, bytes FROM document"
	  " WHERE id = 1; INSERT INTO chunk SELECT 2, 0, bytes FROM chunk",
		"no document stands twice", "document 2" },
};

Test(strangers, check_finds_what_was_done_behind_the_triggers)
{
	struct store_finding *findings;
	size_t count;

	for (size_t i = 0; i < COUNT(damages); i++) {
		bool found = false;

		unlink(path);
		make_ledger();
		SAME_TEXT(run_as_stranger(damages[i].script), "");
		struct store *const store = open_ledger();

		cr_assert(store_check_all(store, &findings, &count, &pool, &why), "%s",
			why.message);
		for (size_t j = 0; j < count; j++) {
			if (strcmp(findings[j].invariant, damages[i].invariant) != 0)
				continue;
			found = true;
			cr_assert(findings[j].broken != NULL, "%s", damages[i].script);
			SAYS(findings[j].broken, damages[i].said);
		}
		cr_expect(found, "%s", damages[i].invariant);
		cr_expect(not(store_check(store, &why)), "%s", damages[i].script);
		cr_expect(eq(int, why.kind, FAIL_BAD_INPUT));
		store_close(store);
	}
}

Test(strangers, check_passes_and_names_every_invariant)
{
	struct store_finding *findings;
	size_t count;

	make_ledger();
	struct store *const store = open_ledger();

	cr_assert(store_check_all(store, &findings, &count, &pool, &why));
	cr_expect(count >= 12);
	for (size_t i = 0; i < count; i++)
		cr_expect(findings[i].broken == NULL, "%s: %s", findings[i].invariant,
			findings[i].broken);
	store_close(store);
}

/* Any page of the file may rot. It opens or not, checks or not; it never crashes. */
Test(strangers, a_rotten_page_is_a_finding_or_a_refusal)
{
	make_ledger();
	struct text whole = read_file(path);
	struct text rotten = read_file(path);
	int refused = 0, found = 0;

	for (size_t at = 0; at < whole.length; at += 61) {
		struct store *store;

		rotten.at[at] = (char)(whole.at[at] ^ 0x55);
		write_file(path, rotten.at, rotten.length);
		rotten.at[at] = whole.at[at];
		if (!store_open(path, STORE_READ, &store, &why)) {
			refused++;
			continue;
		}
		found += !store_check(store, &why);
		store_close(store);
	}
	cr_expect(refused > 0);
	cr_expect(found > 0);
	text_release(&whole);
	text_release(&rotten);
}

static void expect_refused(const char *file, enum store_access access,
	enum fail_kind kind, const char *words)
{
	struct store *store;

	memset(&why, 0, sizeof why);
	cr_expect(not(store_open(file, access, &store, &why)), "%s", words);
	cr_expect(eq(int, why.kind, kind), "%s: %s", words, why.message);
	SAYS(why.message, words);
	cr_expect(why.hint[0] != '\0', "%s has no hint", words);
	SAME_TEXT(why.file, file);
}

Test(strangers, what_is_no_ledger_is_refused_in_plain_words)
{
	static const struct {
		const char *script;
		const char *words;
	} cases[] = {
		{ "PRAGMA application_id = 0", "a database of another program" },
		{ "PRAGMA application_id = 252006675", "a database of another program" },
		{ "PRAGMA user_version = -1", "a database of another program" },
		{ "PRAGMA user_version = 9999",
			"written by a newer dualbasis (its version is 9999" },
	};
	static const enum store_access both[] = { STORE_READ, STORE_WRITE };
	char text[8192];

	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < COUNT(both); i++) {
		expect_refused(
			beside("none"), both[i], FAIL_SYSTEM, "there is no ledger here");
		expect_refused(folder, both[i], FAIL_BAD_INPUT, "this is a folder");
		expect_refused("/dev/null", both[i], FAIL_BAD_INPUT, "no plain file");
		write_file(beside("empty"), "", 0);
		expect_refused(
			beside("empty"), both[i], FAIL_BAD_INPUT, "the file is empty");
		write_file(beside("csv"), "Symbol,Quantity\nACME,100\n", 25);
		expect_refused(beside("csv"), both[i], FAIL_BAD_INPUT, "is no ledger");
		write_file(beside("long"), text, sizeof text);
		expect_refused(beside("long"), both[i], FAIL_BAD_INPUT, "is no ledger");
		for (size_t j = 0; j < COUNT(cases); j++) {
			unlink(path);
			make_ledger();
			SAME_TEXT(run_as_stranger(cases[j].script), "");
			struct text before = read_file(path);

			expect_refused(path, both[i], FAIL_BAD_INPUT, cases[j].words);
			struct text after = read_file(path);

			cr_expect(before.length == after.length &&
				memcmp(before.at, after.at, before.length) == 0);
			text_release(&before);
			text_release(&after);
		}
	}
}

Test(strangers, a_ledger_is_made_only_where_nothing_is)
{
	static const struct {
		const char *name, *words;
	} cases[] = {
		{ "empty", "the file is there already" },
		{ "link", "the file is there already" },
		{ "no/such/folder/a.ledger", "a file cannot be made here" },
	};

	write_file(beside("empty"), "", 0);
	cr_assert(symlink("nowhere", beside("link")) == 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const file = beside(cases[i].name);

		cr_expect(not(store_create(file, &why)), "%s", file);
		cr_expect(eq(int, why.kind, FAIL_SYSTEM));
		SAYS(why.message, cases[i].words);
		SAME_TEXT(why.file, file);
	}
	cr_expect(not(store_create(folder, &why)));
}

/* Where root may do everything, somebody who may not is asked. */
static void as_nobody(bool (*holds)(void))
{
	const pid_t child = fork();

	cr_assert(child >= 0);
	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		_exit(holds() ? 0 : 1);
	}
	int status;

	cr_assert(waitpid(child, &status, 0) == child);
	cr_expect(status == 0, "status %d", status);
}

static bool says(bool done, const char *words)
{
	const bool fine = !done && why.kind == FAIL_SYSTEM &&
		strstr(why.message, words) != NULL && why.hint[0] != '\0';

	if (!fine)
		fprintf(stderr, "wanted \"%s\", got \"%s\"\n", words, why.message);
	return fine;
}

static bool unwritable_ledger_is_refused(void)
{
	struct store *store;

	return says(store_open(path, STORE_WRITE, &store, &why),
		"the ledger cannot be written to");
}

static bool folder_takes_nothing(void)
{
	struct store *store;

	return says(store_create(beside("new"), &why), "a file cannot be made here") &&
		says(store_open(path, STORE_WRITE, &store, &why),
			"the ledger's folder cannot be written to");
}

static bool can_be_read(void)
{
	struct store *store;
	const bool opened = store_open(path, STORE_READ, &store, &why);
	const bool fine = opened && store_check(store, &why);

	if (opened)
		store_close(store);
	else
		fprintf(stderr, "%s\n", why.message);
	return fine;
}

Test(strangers, without_permission_a_ledger_is_read_but_not_written)
{
	make_ledger();
	cr_assert(chmod(folder, 0755) == 0 && chmod(path, 0444) == 0);
	as_nobody(unwritable_ledger_is_refused);
	as_nobody(can_be_read);
	cr_assert(chmod(path, 0666) == 0 && chmod(folder, 0555) == 0);
	as_nobody(folder_takes_nothing);
	as_nobody(can_be_read);
	cr_assert(chmod(folder, 0700) == 0);
}
