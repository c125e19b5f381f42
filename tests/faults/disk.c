/*
 * Every write, sync, truncate, open and delete of each way to write a ledger fails in turn.
 * After each the ledger opens, its check passes, and the change is there wholly or not at all.
 */
#include <dirent.h>
#include <glob.h>
#include <sqlite3.h>

#include "ledger/import/import.h"
#include "ledger/store_inside.h"
#include "tests/faults/disk/failing_disk.h"
#include "tests/ledger/store_fixture.h"

static void start(void)
{
	make_folder();
	failing_disk_install();
	/* Little memory, so that SQLite writes before the commit, as a large import does. */
	sqlite3_soft_heap_limit64(200000);
}

TestSuite(disk, .init = start, .fini = remove_folder);

static void empty_folder(void)
{
	DIR *const list = opendir(folder);
	const struct dirent *entry;

	cr_assert(list != NULL);
	while ((entry = readdir(list)) != NULL)
		if (entry->d_name[0] != '.')
			cr_assert(unlink(beside(entry->d_name)) == 0);
	closedir(list);
}

/* The names in the folder, but for the ledger, its backup and what was imported. */
static void expect_no_leftovers(const char *about)
{
	static const char *const known[] = { "a.ledger", "a.ledger-journal", "backup",
		"1099.csv", "a.ledger.before-restore-1" };
	DIR *const list = opendir(folder);
	const struct dirent *entry;

	cr_assert(list != NULL);
	while ((entry = readdir(list)) != NULL) {
		bool fine = entry->d_name[0] == '.';

		for (size_t i = 0; i < COUNT(known); i++)
			fine |= strcmp(entry->d_name, known[i]) == 0;
		cr_expect(fine, "%s left %s", about, entry->d_name);
	}
	closedir(list);
}

/* What a ledger holds, in words that tell any two states of these tests apart. */
static const char *state_of(const char *file, const char *about)
{
	struct store *store;
	struct document *documents;
	struct batch *log;
	size_t document_count, batch_count;

	if (access(file, F_OK) != 0)
		return "absent";
	cr_assert(
		store_open(file, STORE_READ, &store, &why), "%s: %s", about, why.message);
	cr_expect(store_check(store, &why), "%s: %s", about, why.message);
	cr_assert(store_documents(store, &documents, &document_count, &pool, &why));
	cr_assert(store_batches(store, &log, &batch_count, &pool, &why));
	const char *const state =
		pool_printf(&pool, "%zu facts, %zu documents, %zu batches",
			count_standing(store), document_count, batch_count);

	store_close(store);
	return state;
}

static const char *ledger_state(const char *about)
{
	return state_of(path, about);
}

/* Append a document and facts read from it, as an import does. */
static bool import(struct store *store, int facts, size_t bytes, struct fail *failure)
{
	struct names *const names = names_new();
	struct document document;
	struct text text = TEXT_EMPTY;
	bool done;

	while (text.length < bytes)
		text_add(&text,
			"ACME ROBOTICS INC,100,01/02/2020,03/04/2024,787.20,500.00\n");
	write_file(beside("1099.csv"), text.at, text.length);
	text_release(&text);
	done = store_begin(store, "import 1099.csv", failure) &&
		store_document_add(store, "1099.csv", "test", beside("1099.csv"),
			&document, &pool, failure);
	for (int i = 0; done && i < facts; i++) {
		struct fact fact = FACT_EMPTY;

		fact.kind = FACT_REPORTED_SALE;
		fact.source = (struct source){ document.id, i + 1 };
		fact.day.number = 19000 + i;
		fact.symbol = name(names, "ACME");
		fact.alias = name(names, "ACME ROBOTICS INC");
		done = store_append(store, &fact, names, failure);
	}
	done = done && store_commit(store, failure);
	store_rollback(store);
	names_free(names);
	return done;
}

/* The ledger that operations start from: one import; and a backup of it. */
static struct text base, base_backup;

static void make_base(void)
{
	struct store *const store = make_and_open();

	cr_assert(import(store, 40, 2000, &why), "%s", why.message);
	cr_assert(store_backup(store, beside("backup"), &why), "%s", why.message);
	cr_assert(import(store, 20, 1000, &why), "%s", why.message);
	store_close(store);
	base = read_file(path);
	base_backup = read_file(beside("backup"));
}

static void put_base(void)
{
	write_file(path, base.at, base.length);
}

static void put_base_and_backup(void)
{
	put_base();
	write_file(beside("backup"), base_backup.at, base_backup.length);
}

static bool run_create(struct fail *failure)
{
	return store_create(path, failure);
}

static bool run_import(struct fail *failure)
{
	struct store *store;

	if (!store_open(path, STORE_WRITE, &store, failure))
		return false;
	const bool done = import(store, 200, 80000, failure);

	store_close(store);
	return done;
}

/* As the command does it: each file of the sample household through its format, all in one batch. */
static bool run_files(struct fail *failure)
{
	const struct import_options options = { 0 };
	struct store *store;
	glob_t files;

	cr_assert(glob("samples/20*/*.csv", 0, NULL, &files) == 0);
	cr_assert(files.gl_pathc > 4);
	bool done = store_open(path, STORE_WRITE, &store, failure);
	const bool opened = done;

	done = done && store_begin(store, "import samples", failure);
	for (size_t i = 0; done && i < files.gl_pathc; i++) {
		struct import_report report;

		done = import_file(
			store, files.gl_pathv[i], &options, &report, &pool, failure);
	}
	done = done && store_commit(store, failure);
	if (opened)
		store_close(store);
	globfree(&files);
	return done;
}

/* A batch by hand: a fact is voided, others take its place, a year is locked. */
static bool run_batch(struct fail *failure)
{
	struct store *store;
	struct names *names;

	if (!store_open(path, STORE_WRITE, &store, failure))
		return false;
	names = names_new();
	bool done = store_begin(store, "record", failure) &&
		store_void(store, 7, "a mistake", failure);

	for (int i = 0; done && i < 300; i++) {
		struct fact fact = FACT_EMPTY;

		fact.kind = FACT_SALE;
		fact.day.number = 18000 + i;
		fact.symbol = name(names, "ACME");
		fact.shares.e8 = 100000000;
		fact.price.e8 = 100000000;
		done = store_append(store, &fact, names, failure);
	}
	done = done && store_lock(store, 2023, "hash", failure) &&
		store_commit(store, failure);
	store_close(store);
	names_free(names);
	return done;
}

static bool run_undo(struct fail *failure)
{
	struct store *store;

	if (!store_open(path, STORE_WRITE, &store, failure))
		return false;
	const bool done = store_begin(store, "undo 1", failure) &&
		store_undo(store, 1, "a mistake", failure) &&
		store_commit(store, failure);

	store_close(store);
	return done;
}

static bool run_backup(struct fail *failure)
{
	struct store *store;

	if (!store_open(path, STORE_READ, &store, failure))
		return false;
	const bool done = store_backup(store, beside("backup"), failure);

	store_close(store);
	return done;
}

static const char *backup_state(const char *about)
{
	return pool_printf(&pool, "%s; backup %s", state_of(path, about),
		state_of(beside("backup"), about));
}

static bool run_restore(struct fail *failure)
{
	const char *kept;

	return store_restore(beside("backup"), path, true, &kept, &pool, failure);
}

/* A ledger of version 1 and two later steps, of which one rewrites the table of facts. */
static struct embedded steps[3];

static void put_version_1(void)
{
	struct sql *sql = NULL;

	put_base();
	steps[0] = schema_migrations[0];
	steps[1] = (struct embedded){ "0002.sql",
		"ALTER TABLE fact ADD COLUMN vested INTEGER NOT NULL DEFAULT 0;"
		"ALTER TABLE fact RENAME COLUMN alias TO described;"
		"CREATE TABLE extra (id INTEGER PRIMARY KEY, more TEXT NOT NULL) STRICT;"
		"INSERT INTO extra SELECT id, described FROM fact;"
		"UPDATE fact SET vested = id;",
		0 };
	steps[2] = (struct embedded){ "0003.sql",
		"DROP TABLE extra; CREATE INDEX by_day ON fact (day);", 0 };
	cr_assert(sql_open(path, false, &sql, &why));
	cr_assert(sql_run(sql, "PRAGMA user_version = 1", &why), "%s", why.message);
	sql_close(sql);
}

static bool run_migration(struct fail *failure)
{
	struct sql *sql = NULL;
	const bool done = sql_open(path, false, &sql, failure) &&
		store_migrate(sql, steps, COUNT(steps), failure);

	sql_close(sql);
	return done;
}

/* Each step is atomic: the number says what is there, and the rest is not. */
static const char *migration_state(const char *about)
{
	struct sql *sql = NULL;
	int64_t version, sound, facts, column, table, index;

	cr_assert(sql_open(path, false, &sql, &why));
	cr_assert(sql_ask(sql, "PRAGMA user_version", &version, &why), "%s: %s", about,
		why.message);
	cr_assert(sql_ask(sql,
		"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = "
		"'ok'",
		&sound, &why));
	cr_assert(sql_ask(sql, "SELECT count(*) FROM fact", &facts, &why));
	cr_assert(sql_ask(sql,
		"SELECT count(*) FROM pragma_table_info('fact')"
		" WHERE name IN ('vested', 'described')",
		&column, &why));
	cr_assert(sql_ask(sql, "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'",
		&table, &why));
	cr_assert(sql_ask(sql, "SELECT count(*) FROM sqlite_schema WHERE name = 'by_day'",
		&index, &why));
	sql_close(sql);
	cr_expect(eq(i64, sound, 1), "%s", about);
	cr_expect(eq(i64, facts, 60), "%s", about);
	cr_expect(eq(i64, column, version >= 2 ? 2 : 0), "%s", about);
	cr_expect(eq(i64, table, version == 2), "%s", about);
	cr_expect(eq(i64, index, version == 3), "%s", about);
	return pool_printf(&pool, "version %d", (int)version);
}

/* The two states between which there is nothing. */
static char before[160], after[160];
static int failed_twice;

struct operation {
	const char *name;
	void (*prepare)(void); /* in an empty folder */
	bool (*run)(struct fail *);
	const char *(*state)(const char *about);
	const char *between; /* a third state that may be left, or NULL */
};

/* One run with one fault, or with a second one after it; false when it was not reached. */
static bool fail_at_call(const struct operation *operation, enum disk_call call,
	enum disk_fault fault, int n, const enum disk_call *second)
{
	struct fail failure = { 0 };
	char about[128];

	snprintf(about, sizeof about, "%s, %s %d fails (%s%s%s)", operation->name,
		disk_call_name(call), n, disk_fault_name(fault),
		second != NULL ? ", then " : "",
		second != NULL ? disk_call_name(*second) : "");
	empty_folder();
	operation->prepare();
	failing_disk_arm(call, fault, n);
	if (second != NULL)
		failing_disk_arm_second(*second);
	const bool done = operation->run(&failure);
	const bool reached = failing_disk_failed();

	failed_twice += failing_disk_failed_twice();
	failing_disk_arm(call, fault, 0);
	const char *const state = operation->state(about);

	cr_expect(strcmp(state, after) == 0 || (!done && strcmp(state, before) == 0) ||
			(!done && operation->between != NULL &&
				strcmp(state, operation->between) == 0),
		"%s: %s", about, state);
	cr_expect(done || failure.message[0] != '\0', "%s", about);
	expect_no_leftovers(about);
	pool_release(&pool);
	return reached;
}

static int fail_in_turn(const struct operation *operation, enum disk_call call,
	enum disk_fault fault, const enum disk_call *second)
{
	int n = 1;

	while (fail_at_call(operation, call, fault, n, second))
		n++;
	return n - 1;
}

static void run_without_faults(const struct operation *operation)
{
	make_base();
	empty_folder();
	operation->prepare();
	snprintf(before, sizeof before, "%s", operation->state("before"));
	failing_disk_arm(DISK_OPEN, DISK_ONCE, 0);
	cr_assert(operation->run(&why), "%s", why.message);
	snprintf(after, sizeof after, "%s", operation->state("after"));
	cr_assert(strcmp(before, after) != 0, "%s", before);
}

static void fail_everywhere(const struct operation *operation)
{
	static const struct {
		enum disk_call call;
		enum disk_fault fault;
		int least; /* so often at least it must have been possible */
	} faults[] = {
		{ DISK_OPEN, DISK_ONCE, 2 },
		{ DISK_OPEN, DISK_FOREVER, 2 },
		{ DISK_READ, DISK_ONCE, 6 },
		{ DISK_WRITE, DISK_ONCE, 10 },
		{ DISK_WRITE, DISK_FOREVER, 10 },
		{ DISK_WRITE, DISK_HALF, 10 },
		{ DISK_WRITE, DISK_FULL, 10 },
		{ DISK_SYNC, DISK_ONCE, 3 },
		{ DISK_SYNC, DISK_FOREVER, 3 },
		{ DISK_TRUNCATE, DISK_ONCE, 0 },
		{ DISK_TRUNCATE, DISK_FOREVER, 0 },
		{ DISK_DELETE, DISK_ONCE, 1 },
		{ DISK_DELETE, DISK_FOREVER, 1 },
		{ DISK_KEEP, DISK_ONCE, 0 },
		{ DISK_LINK, DISK_ONCE, 0 },
		{ DISK_LINK, DISK_FOREVER, 0 },
		{ DISK_LINK, DISK_UNABLE, 0 },
		{ DISK_RENAME, DISK_ONCE, 0 },
	};
	run_without_faults(operation);
	for (size_t i = 0; i < COUNT(faults); i++)
		cr_expect(fail_in_turn(operation, faults[i].call, faults[i].fault,
				  NULL) >= faults[i].least,
			"%s %s", operation->name, disk_call_name(faults[i].call));
	text_release(&base);
	text_release(&base_backup);
}

static void nothing(void)
{
}

Test(disk, create)
{
	fail_everywhere(
		&(struct operation){ "create", nothing, run_create, ledger_state, NULL });
}

Test(disk, import)
{
	fail_everywhere(&(struct operation){
		"import", put_base, run_import, ledger_state, NULL });
}

Test(disk, import_of_files)
{
	fail_everywhere(&(struct operation){
		"import of files", put_base, run_files, ledger_state, NULL });
}

Test(disk, batch)
{
	fail_everywhere(
		&(struct operation){ "batch", put_base, run_batch, ledger_state, NULL });
}

Test(disk, undo)
{
	fail_everywhere(
		&(struct operation){ "undo", put_base, run_undo, ledger_state, NULL });
}

Test(disk, backup)
{
	fail_everywhere(&(struct operation){
		"backup", put_base, run_backup, backup_state, NULL });
}

Test(disk, restore)
{
	fail_everywhere(&(struct operation){
		"restore", put_base_and_backup, run_restore, backup_state, NULL });
}

Test(disk, migration)
{
	fail_everywhere(&(struct operation){ "migration", put_version_1, run_migration,
		migration_state, "version 2" });
}

/* Without links, files are renamed into place; and the renaming fails as well. */
Test(disk, restore_without_links)
{
	static const struct operation restore = { "restore", put_base_and_backup,
		run_restore, backup_state, NULL };
	static const struct operation create = { "create", nothing, run_create,
		ledger_state, NULL };
	static const enum disk_call second = DISK_RENAME;
	static const struct operation *const both[] = { &restore, &create };

	for (size_t i = 0; i < COUNT(both); i++) {
		empty_folder();
		run_without_faults(both[i]);
		cr_expect(failing_disk_count(DISK_LINK) == 1);
		failed_twice = 0;
		cr_expect(
			eq(int, fail_in_turn(both[i], DISK_LINK, DISK_UNABLE, NULL), 1));
		fail_in_turn(both[i], DISK_LINK, DISK_UNABLE, &second);
		cr_expect(eq(int, failed_twice, 1));
		text_release(&base);
		text_release(&base_backup);
	}
}

/* A write fails, and so does a step of the rollback that follows: truncating among them. */
Test(disk, import_and_its_rollback)
{
	static const struct operation import_once = { "import", put_base, run_import,
		ledger_state, NULL };
	static const enum disk_call seconds[] = { DISK_READ, DISK_WRITE, DISK_SYNC,
		DISK_TRUNCATE, DISK_DELETE };

	run_without_faults(&import_once);
	/* More than one sync of the journal: some was written before the commit. */
	cr_assert(failing_disk_count(DISK_SYNC) > 3);
	for (size_t i = 0; i < COUNT(seconds); i++) {
		failed_twice = 0;
		fail_in_turn(&import_once, DISK_WRITE, DISK_ONCE, &seconds[i]);
		cr_expect(failed_twice > 0, "%s", disk_call_name(seconds[i]));
	}
	text_release(&base);
	text_release(&base_backup);
}
