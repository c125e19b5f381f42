/*
 * sql.h: the one door to SQLite. Only sql.c includes sqlite3.h.
 *
 * A statement is prepared once, bound by position (from 1), and stepped; its texts and
 * blobs are read by column (from 0) and belong to the statement until its next step.
 * Every failure becomes a plain sentence here.
 */
#ifndef DUALBASIS_LEDGER_SQL_H
#define DUALBASIS_LEDGER_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/base/fail.h"

struct sql;
struct sql_statement;

/* Another process has this long to finish its writing. */
#define SQL_PATIENCE_MS 5000

/*
 * Open an existing file, or a scratch database in memory (path NULL). A read-only one still
 * rolls back what a killed writer left behind, where the file permits.
 */
bool sql_open(const char *path, bool read_only, struct sql **, struct fail *) MUST_USE;
void sql_close(struct sql *); /* NULL is fine; statements must be finished */

/* Make an empty database what another is; both are open, and no transaction is. */
bool sql_copy(struct sql *from, struct sql *to, struct fail *) MUST_USE;

/* UPDATE, DELETE, DROP and ALTER are refused unless allowed. No statement of ours says REPLACE. */
void sql_allow_changes(struct sql *, bool allowed);

/* Run statements one after the other; stops at the first that fails. */
bool sql_run(struct sql *, const char *script, struct fail *) MUST_USE;

/* The integer that a query answers in its first row and column. */
bool sql_ask(struct sql *, const char *query, int64_t *, struct fail *) MUST_USE;

/* True between BEGIN and COMMIT or ROLLBACK; SQLite rolls back by itself on some errors. */
bool sql_in_transaction(const struct sql *);

/* Rolls back if there is something to roll back; cannot fail. */
void sql_rollback(struct sql *);

/* On failure the statement is NULL. */
bool sql_prepare(
	struct sql *, const char *text, struct sql_statement **, struct fail *) MUST_USE;
void sql_finish(struct sql_statement *); /* NULL is fine */

/* Bytes must stay where they are until the statement is stepped to its end. */
void sql_bind_integer(struct sql_statement *, int position, int64_t);
void sql_bind_text(struct sql_statement *, int position, const char *, size_t length);
void sql_bind_blob(struct sql_statement *, int position, const void *, size_t length);

/* Step: `row` tells whether there is one. At the end the statement is ready for the next run. */
bool sql_step(struct sql_statement *, bool *row, struct fail *) MUST_USE;
/* Run a statement that answers no row. */
bool sql_execute(struct sql_statement *, struct fail *) MUST_USE;
/* Give up the remaining rows. */
void sql_reset(struct sql_statement *);

int64_t sql_integer(struct sql_statement *, int column);
const char *sql_text(struct sql_statement *, int column, size_t *length); /* never NULL */
const void *sql_blob(struct sql_statement *, int column, size_t *length);

#endif
