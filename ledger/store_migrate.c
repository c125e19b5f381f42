/* Tells our ledgers from other files, and brings older ones to the newest schema. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "ledger/store_inside.h"

bool store_version(struct sql *sql, size_t newest, int64_t *version, struct fail *why)
{
	int64_t application;

	if (!sql_ask(sql, "PRAGMA application_id", &application, why) ||
		!sql_ask(sql, "PRAGMA user_version", version, why))
		return false;
	if (application != STORE_APPLICATION_ID || *version < 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"this is a database of another program, not a ledger");
		return fail_hint(why, "name a ledger with --ledger FILE");
	}
	if (*version > (int64_t)newest) {
		fail_set(why, FAIL_BAD_INPUT,
			"the ledger was written by a newer dualbasis (its version is "
			"%lld, this "
			"program knows %zu)",
			(long long)*version, newest);
		return fail_hint(why, "install the newer dualbasis; nothing was changed");
	}
	return true;
}

static bool run_step(
	struct sql *sql, const struct embedded *step, int64_t number, struct fail *why)
{
	char version[64];

	snprintf(
		version, sizeof version, "PRAGMA user_version = %lld", (long long)number);
	return sql_run(sql, step->at, why) && sql_run(sql, version, why) &&
		sql_run(sql, "COMMIT", why);
}

bool store_migrate(
	struct sql *sql, const struct embedded *steps, size_t count, struct fail *why)
{
	int64_t version = 0;
	bool done = true;

	for (size_t i = 0; i < count; i++)
		assert(strtoul(steps[i].name, NULL, 10) == i + 1);
	while (done) {
		/* Read within the transaction: another process may have migrated meanwhile. */
		done = sql_run(sql, "BEGIN IMMEDIATE", why) &&
			store_version(sql, count, &version, why);
		if (done && (size_t)version == count)
			break;
		sql_allow_changes(sql, true);
		done = done && run_step(sql, &steps[version], version + 1, why);
		sql_allow_changes(sql, false);
	}
	sql_rollback(sql);
	if (!done && version < (int64_t)count)
		return fail_in(why, "migration to version %lld of the ledger",
			(long long)version + 1);
	return done;
}

bool store_make(struct sql *sql, struct fail *why)
{
	static_assert(STORE_APPLICATION_ID == 1685414252, "said in decimal below");
	return sql_run(sql, "PRAGMA application_id = 1685414252;", why) &&
		store_migrate(sql, schema_migrations, schema_migrations_count, why);
}
