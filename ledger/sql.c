/* SQLite behind a narrow door: connections, statements, and its errors in plain sentences. */
#include "ledger/sql.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"

struct sql {
	sqlite3 *db;
	bool may_change;
};

static const struct {
	int code;
	enum fail_kind kind;
	const char *said, *hint;
} sentences[] = {
	{ SQLITE_BUSY, FAIL_SYSTEM, "another program is writing to the ledger",
		"it had 5 seconds; wait until it has finished, then try again" },
	{ SQLITE_LOCKED, FAIL_SYSTEM, "another program is writing to the ledger",
		"wait until it has finished, then try again" },
	{ SQLITE_FULL, FAIL_SYSTEM, "the disk is full",
		"nothing was changed; make room, then try again" },
	{ SQLITE_IOERR, FAIL_SYSTEM, "the ledger could not be read or written",
		"nothing was changed; see whether the disk is well, then try again" },
	{ SQLITE_READONLY, FAIL_SYSTEM, "the ledger cannot be written to",
		"see who owns the file and its folder" },
	{ SQLITE_PERM, FAIL_SYSTEM, "the ledger cannot be written to",
		"see who owns the file and its folder" },
	{ SQLITE_CANTOPEN, FAIL_SYSTEM, "the ledger, or its journal, cannot be opened",
		"see whether the folder is there and can be written to" },
	{ SQLITE_NOMEM, FAIL_SYSTEM, "there is not enough memory", "" },
	{ SQLITE_CORRUPT, FAIL_BAD_INPUT, "the ledger file is damaged",
		"restore a backup (dualbasis restore)" },
	{ SQLITE_NOTADB, FAIL_BAD_INPUT, "the file is no ledger (not an SQLite database)",
		"name a ledger with --ledger FILE, or make one with dualbasis init" },
	{ SQLITE_AUTH, FAIL_BAD_INPUT,
		"a ledger is appended to; nothing in it is changed or dropped", "" },
};

/* What SQLite and the system say is kept, in brackets, behind our sentence. */
static bool failed(sqlite3 *db, struct fail *why)
{
	const int code = sqlite3_extended_errcode(db);
	const bool files =
		(code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
	const int system = files ? sqlite3_system_errno(db) : 0;

	for (size_t i = 0; i < COUNT(sentences); i++)
		if (sentences[i].code == (code & 0xff)) {
			fail_set(why, sentences[i].kind, "%s (%s%s%s)", sentences[i].said,
				sqlite3_errmsg(db), system != 0 ? ": " : "",
				system != 0 ? strerror(system) : "");
			return fail_hint(why, "%s", sentences[i].hint);
		}
	if ((code & 0xff) == SQLITE_CONSTRAINT)
		return fail_set(why, FAIL_BAD_INPUT, "the ledger refuses: %s",
			sqlite3_errmsg(db));
	return fail_set(why, FAIL_SYSTEM, "the ledger file: %s", sqlite3_errmsg(db));
}

/*
 * The file's triggers refuse to every program what is refused here to ourselves. Our own
 * connections run without them: a trigger a row would double the time of a large import.
 */
static int authorize(void *context, int action, const char *a, const char *b,
	const char *c, const char *d)
{
	const struct sql *const sql = context;

	(void)b, (void)c, (void)d;
	if (sql->may_change)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_DELETE:
	case SQLITE_UPDATE:
		/* SQLite itself asks this for its own tables; in defensive mode we cannot. */
		return strncmp(a, "sqlite_", 7) == 0 ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_ALTER_TABLE:
	case SQLITE_DROP_INDEX:
	case SQLITE_DROP_TABLE:
	case SQLITE_DROP_TRIGGER:
	case SQLITE_DROP_VIEW:
	case SQLITE_DROP_VTABLE:
		return SQLITE_DENY;
	default:
		return SQLITE_OK;
	}
}

static bool prepare_connection(struct sql *sql, bool read_only, struct fail *why)
{
	sqlite3_extended_result_codes(sql->db, 1);
	sqlite3_busy_timeout(sql->db, SQL_PATIENCE_MS);
	sqlite3_set_authorizer(sql->db, authorize, sql);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(sql->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* A rollback journal: a ledger gets copied with cp, and stays whole that way. */
	return sql_run(sql,
		       "PRAGMA foreign_keys = ON;"
		       "PRAGMA synchronous = EXTRA; PRAGMA temp_store = MEMORY;",
		       why) &&
		(!read_only || sql_run(sql, "PRAGMA query_only = ON;", why));
}

bool sql_open(const char *path, bool read_only, struct sql **opened, struct fail *why)
{
	struct sql *const sql = must_alloc(sizeof *sql);
	const int flags =
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	const int code =
		sqlite3_open_v2(path == NULL ? ":memory:" : path, &sql->db, flags, NULL);

	if (sql->db == NULL) {
		free(sql);
		return fail_set(why, FAIL_SYSTEM, "there is not enough memory");
	}
	const bool done = code == SQLITE_OK ? prepare_connection(sql, read_only, why)
					    : failed(sql->db, why);

	if (!done) {
		sql_close(sql);
		return false;
	}
	*opened = sql;
	return true;
}

void sql_close(struct sql *sql)
{
	if (sql == NULL)
		return;
	const int code = sqlite3_close(sql->db);

	assert(code == SQLITE_OK); /* else a statement was not finished */
	free(sql);
}

bool sql_copy(struct sql *from, struct sql *to, struct fail *why)
{
	sqlite3_backup *const copy =
		sqlite3_backup_init(to->db, "main", from->db, "main");

	if (copy == NULL)
		return failed(to->db, why);
	sqlite3_backup_step(copy, -1);
	return sqlite3_backup_finish(copy) == SQLITE_OK || failed(to->db, why);
}

void sql_allow_changes(struct sql *sql, bool allowed)
{
	sql->may_change = allowed;
}

static sqlite3_stmt *inner(struct sql_statement *statement)
{
	return (sqlite3_stmt *)statement;
}

bool sql_run(struct sql *sql, const char *script, struct fail *why)
{
	while (*script != '\0') {
		sqlite3_stmt *statement;
		int code = sqlite3_prepare_v2(sql->db, script, -1, &statement, &script);

		if (code != SQLITE_OK)
			return failed(sql->db, why);
		if (statement == NULL)
			continue; /* blanks or a comment */
		do {
			code = sqlite3_step(statement);
		} while (code == SQLITE_ROW);
		if (code != SQLITE_DONE)
			failed(sql->db, why);
		sqlite3_finalize(statement);
		if (code != SQLITE_DONE)
			return false;
	}
	return true;
}

bool sql_ask(struct sql *sql, const char *query, int64_t *answer, struct fail *why)
{
	struct sql_statement *statement;
	bool row;

	if (!sql_prepare(sql, query, &statement, why))
		return false;
	const bool done = sql_step(statement, &row, why);

	assert(!done || row);
	if (done)
		*answer = sql_integer(statement, 0);
	sql_finish(statement);
	return done;
}

bool sql_in_transaction(const struct sql *sql)
{
	return !sqlite3_get_autocommit(sql->db);
}

void sql_rollback(struct sql *sql)
{
	/* If it fails, the journal stays and the next one to open the file rolls back. */
	if (sql_in_transaction(sql))
		sqlite3_exec(sql->db, "ROLLBACK", NULL, NULL, NULL);
}

bool sql_prepare(struct sql *sql, const char *text, struct sql_statement **statement,
	struct fail *why)
{
	sqlite3_stmt *made;

	*statement = NULL;
	if (sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &made,
		    NULL) != SQLITE_OK)
		return failed(sql->db, why);
	*statement = (struct sql_statement *)made;
	return true;
}

void sql_finish(struct sql_statement *statement)
{
	sqlite3_finalize(inner(statement));
}

void sql_bind_integer(struct sql_statement *statement, int position, int64_t value)
{
	const int code = sqlite3_bind_int64(inner(statement), position, value);

	assert(code == SQLITE_OK);
}

void sql_bind_text(
	struct sql_statement *statement, int position, const char *text, size_t length)
{
	const int code = sqlite3_bind_text64(
		inner(statement), position, text, length, SQLITE_STATIC, SQLITE_UTF8);

	assert(code == SQLITE_OK);
}

void sql_bind_blob(
	struct sql_statement *statement, int position, const void *bytes, size_t length)
{
	const int code = sqlite3_bind_blob64(
		inner(statement), position, bytes, length, SQLITE_STATIC);

	assert(code == SQLITE_OK);
}

bool sql_step(struct sql_statement *statement, bool *row, struct fail *why)
{
	const int code = sqlite3_step(inner(statement));

	*row = code == SQLITE_ROW;
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		failed(sqlite3_db_handle(inner(statement)), why);
	sqlite3_reset(inner(statement));
	return code == SQLITE_DONE;
}

bool sql_execute(struct sql_statement *statement, struct fail *why)
{
	bool row;
	const bool done = sql_step(statement, &row, why);

	assert(!row);
	return done;
}

void sql_reset(struct sql_statement *statement)
{
	sqlite3_reset(inner(statement));
}

int64_t sql_integer(struct sql_statement *statement, int column)
{
	return sqlite3_column_int64(inner(statement), column);
}

const char *sql_text(struct sql_statement *statement, int column, size_t *length)
{
	const unsigned char *const text = sqlite3_column_text(inner(statement), column);

	if (length != NULL)
		*length = (size_t)sqlite3_column_bytes(inner(statement), column);
	return text == NULL ? "" : (const char *)text;
}

const void *sql_blob(struct sql_statement *statement, int column, size_t *length)
{
	const void *const blob = sqlite3_column_blob(inner(statement), column);

	*length = (size_t)sqlite3_column_bytes(inner(statement), column);
	return blob;
}
