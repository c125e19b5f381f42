/*
 * store_inside.h: what the files of the store share with each other, and with tests.
 */
#ifndef DUALBASIS_LEDGER_STORE_INSIDE_H
#define DUALBASIS_LEDGER_STORE_INSIDE_H

#include "ledger/sql.h"
#include "ledger/store.h"
#include "schema/embedded.h"

/* "dual" in ASCII: how a ledger of ours is told from other SQLite files. */
#define STORE_APPLICATION_ID 0x6475616c

#define STORE_CHUNK_BYTES ((size_t)1048576)

/* Days of a locked year. */
struct locked_span {
	int year;
	int32_t first, last;
};

/* Statements that a large import runs often; prepared when first needed. */
enum store_often {
	OFTEN_APPEND,
	OFTEN_DETAIL,
	OFTEN_STANDS,
	OFTEN_VOID,
	OFTEN_ECHO,
	OFTEN_COUNT
};

struct store {
	struct sql *sql;
	char *path;
	enum store_access access;
	struct sql_statement *often[OFTEN_COUNT];
	struct appended *last; /* what the append statements are bound to */
	/* The open batch; its row is written with its first own row. */
	bool open;
	bool written;
	int64_t batch;
	int64_t next_fact;
	char *command;
	struct locked_span *locked;
	size_t locked_count, locked_room;
};

bool store_often(struct store *, enum store_often, const char *text,
	struct sql_statement **, struct fail *) MUST_USE;

/* The batch's own row, before anything else of it is written. */
bool store_write(struct store *, struct fail *) MUST_USE;

/* Read the locked years into store->locked. */
bool store_read_locks(struct store *, struct fail *) MUST_USE;
/* FAIL_LOCKED if the year, or the year of the day, is locked; `what` is to be named. */
bool store_not_locked(const struct store *, struct day, int year, const char *what,
	struct fail *) MUST_USE;

/* Run a statement of integers (at most 8) that answers rows of integers into `answer`. */
bool store_ask(struct store *, const char *query, const int64_t *values, size_t count,
	int64_t *answer, size_t columns, bool *row, struct fail *) MUST_USE;

/*
 * Bring a database to the last of the steps, each in its own transaction: number and schema
 * change together or not at all. Steps are named NNNN*.sql and run from 1 without a gap.
 * FAIL_BAD_INPUT for a stranger's file and for one that is newer than the steps.
 */
bool store_migrate(
	struct sql *, const struct embedded *steps, size_t count, struct fail *) MUST_USE;
/* Is it a ledger of ours, and which version is it? */
bool store_version(struct sql *, size_t newest, int64_t *version, struct fail *) MUST_USE;

/* Says plainly what SQLite would not: a missing file, a folder, no permission. */
bool store_may_open(const char *path, enum store_access, struct fail *) MUST_USE;

/* Make an empty database a new ledger. */
bool store_make(struct sql *, struct fail *) MUST_USE;

/* Reads all facts, standing or not, as strictly as can be. */
bool store_read_every_fact(struct store *, struct fail *) MUST_USE;

/* A fresh file of mode 0600 beside `path`; its name goes to the pool. */
bool store_scratch(
	const char *path, char **scratch, struct pool *, struct fail *) MUST_USE;
/* Make the scratch file durable and give it its name, which must be free. */
bool store_publish(const char *scratch, const char *path, struct fail *) MUST_USE;
/* Remove it, and the journal that a failure may have left of it. */
void store_discard(const char *scratch);

#endif
