/*
 * store.h: the ledger file: SQLite, append-only.
 *
 * Every command that writes is one batch in one transaction: store_begin, appends,
 * store_commit. A process that dies in between leaves the file as it was before.
 * Facts are never updated or deleted; they are voided with a reason.
 */
#ifndef DUALBASIS_LEDGER_STORE_H
#define DUALBASIS_LEDGER_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "ledger/base/pool.h"
#include "ledger/fact.h"

struct store;

enum store_access { STORE_READ, STORE_WRITE };

/* Make a new ledger, mode 0600; refuses when the file exists. */
bool store_create(const char *path, struct fail *) MUST_USE;

/*
 * Open one. Refuses what is no ledger of ours or was written by a newer version; an
 * older one is migrated when opened for writing. Close with store_close.
 */
bool store_open(
	const char *path, enum store_access, struct store **, struct fail *) MUST_USE;
void store_close(struct store *);

/* One batch. `command` is what the user typed, for the log. */
bool store_begin(struct store *, const char *command, struct fail *) MUST_USE;
bool store_commit(struct store *, struct fail *) MUST_USE;
void store_rollback(struct store *);

/* Append a fact to the open batch; texts are numbers in `names`. Sets fact->id and ->batch. */
bool store_append(
	struct store *, struct fact *, const struct names *, struct fail *) MUST_USE;
bool store_void(struct store *, int64_t fact, const char *reason, struct fail *) MUST_USE;

/* All standing facts in order of id, with their texts; facts_release frees. */
bool store_facts(struct store *, struct facts *, struct fail *) MUST_USE;
void facts_release(struct facts *);

/* Documents are kept whole, in chunks of 1 MB. */
struct document {
	int64_t id;
	const char *name;   /* as the user gave it, without folders */
	const char *format; /* "fidelity-1099" */
	char sha256[65];
	int64_t bytes;
	int64_t batch;
};
/* The document with this hash, if the ledger has it and it stands; found tells. */
bool store_document_find(struct store *, const char sha256[65], struct document *,
	struct pool *, bool *found, struct fail *) MUST_USE;
bool store_document_add(struct store *, const char *name, const char *format,
	const char *path, struct document *, struct pool *, struct fail *) MUST_USE;
bool store_documents(struct store *, struct document **, size_t *count, struct pool *,
	struct fail *) MUST_USE;

/* The log: batches, newest last. */
struct batch {
	int64_t id;
	int64_t at; /* seconds since 1970, UTC */
	const char *command;
	int64_t facts;      /* appended by it */
	int64_t voids;      /* voided by it */
	int64_t undoes;     /* the batch it undoes, or 0 */
	int64_t undone_by;  /* the batch that undid it, or 0 */
	const char *reason; /* of an undo, or "" */
};
bool store_batches(struct store *, struct batch **, size_t *count, struct pool *,
	struct fail *) MUST_USE;

/* Every invariant the file itself can prove (integrity, foreign keys, hashes of documents). */
bool store_check(struct store *, struct fail *) MUST_USE;

/* A whole, compact copy at `path`, which must not exist. */
bool store_backup(struct store *, const char *path, struct fail *) MUST_USE;

#endif
