/*
 * store.h: the ledger file: SQLite, append-only.
 *
 * Every command that writes is one batch in one transaction: store_begin, appends,
 * store_commit. A process that dies in between leaves the file as it was before.
 * Facts are never updated or deleted; they are voided with a reason, and a batch is undone
 * with a reason. A batch in which nothing was written leaves no trace and no changed byte.
 *
 * A second writer waits up to 5 seconds, then fails with FAIL_SYSTEM. When a writing call
 * fails the batch is lost: store_rollback, and the ledger is as it was.
 */
#ifndef DUALBASIS_LEDGER_STORE_H
#define DUALBASIS_LEDGER_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "ledger/base/pool.h"
#include "ledger/fact.h"

struct store;

enum store_access {
	STORE_READ,
	STORE_WRITE,
	STORE_TRY /* a copy in memory: takes what STORE_WRITE would, and the file stays as it is */
};

/* Make a new ledger, mode 0600; refuses when the file exists. It is there in full or not at all. */
bool store_create(const char *path, struct fail *) MUST_USE;

/*
 * Open one. Refuses what is no ledger of ours or was written by a newer version; an older
 * one is migrated first, also when it is opened for reading. Close with store_close.
 */
bool store_open(
	const char *path, enum store_access, struct store **, struct fail *) MUST_USE;
/* An empty ledger in memory, to try out what one would take before there is one. */
bool store_open_empty(struct store **, struct fail *) MUST_USE;
void store_close(struct store *); /* rolls back an open batch; NULL is fine */

/* One batch. `command` is what the user typed, for the log. */
bool store_begin(struct store *, const char *command, struct fail *) MUST_USE;
bool store_commit(struct store *, struct fail *) MUST_USE;
void store_rollback(struct store *);

/*
 * Append a fact to the open batch; texts are numbers in `names` (NULL if it has none). Sets
 * fact->id and ->batch. FAIL_LOCKED if its year is locked.
 */
bool store_append(
	struct store *, struct fact *, const struct names *, struct fail *) MUST_USE;
/* The number that the next fact will have; numbers are never used again, whatever is undone. */
bool store_next_fact(struct store *, int64_t *, struct fail *) MUST_USE;
bool store_void(struct store *, int64_t fact, const char *reason, struct fail *) MUST_USE;
/*
 * Append a fact that the standing fact `known` says already: an echo, which counts only once
 * the batches of all that said so before are undone. Voiding either voids both. No lock stops
 * it, for no figure changes.
 */
bool store_echo(struct store *, struct fact *, const struct names *, int64_t known,
	struct fail *) MUST_USE;
/* How many facts of an undone batch stand from another that said the same. */
bool store_told_elsewhere(
	struct store *, int64_t batch, int64_t *count, struct fail *) MUST_USE;

/* All standing facts in order of id, with their texts; facts_release frees. */
bool store_facts(struct store *, struct facts *, struct fail *) MUST_USE;
/* All facts that a batch appended, standing or not. */
bool store_batch_facts(
	struct store *, int64_t batch, struct facts *, struct fail *) MUST_USE;
/* The one fact of this number, standing or not; none if there is no such fact. */
bool store_fact(struct store *, int64_t fact, struct facts *, struct fail *) MUST_USE;
void facts_release(struct facts *);

/*
 * Give every standing fact of a kind (FACT_NONE: of all kinds) to `visit`, in order of id, in
 * memory that does not grow with their number: the fact and its texts are gone when the
 * visitor returns. Stops when it returns false. A visitor must not write.
 */
typedef bool store_visit(
	void *context, const struct fact *, const struct names *, struct fail *);
bool store_each(struct store *, enum fact_kind, store_visit *, void *context,
	struct fail *) MUST_USE;

/* Which kinds of facts there are, standing or not, in one pass over them. */
bool store_kinds(struct store *, bool there[FACT_KINDS], struct fail *) MUST_USE;

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
bool store_document_find(struct store *, const char *sha256, struct document *,
	struct pool *, bool *found, struct fail *) MUST_USE;
/* Append the file at `path`; its hash is taken on the way, so it is read once. */
bool store_document_add(struct store *, const char *name, const char *format,
	const char *path, struct document *, struct pool *, struct fail *) MUST_USE;
/* Those that stand, in order of id. */
bool store_documents(struct store *, struct document **, size_t *count, struct pool *,
	struct fail *) MUST_USE;
/* The one of an id among them, or NULL: 0 is what was entered by hand. */
const struct document *document_in(const struct document *, size_t count, int64_t id);
/* The bytes of a document, standing or not, chunk by chunk. */
typedef bool store_chunk(void *context, const void *bytes, size_t length, struct fail *);
bool store_document_read(struct store *, int64_t document, store_chunk *, void *context,
	struct fail *) MUST_USE;

/* The log: batches, newest last. */
struct batch {
	int64_t id;
	int64_t at; /* seconds since 1970, UTC */
	const char *command;
	int64_t facts;      /* appended by it, but for what was known */
	int64_t voids;      /* voided by it, one by one */
	int64_t documents;  /* imported by it */
	int64_t undoes;     /* the batch it undoes, or 0 */
	int64_t undone_by;  /* the standing batch that undid it, or 0 */
	const char *reason; /* of an undo, or "" */
};
bool store_batches(struct store *, struct batch **, size_t *count, struct pool *,
	struct fail *) MUST_USE;

/*
 * Undo a batch, within an open batch: its facts, documents and locks no longer stand, and
 * what it voided stands again. An undo can itself be undone, which brings the first batch
 * back. Refused when later batches build on it (they are named: undo them first), when it
 * touches a locked year (FAIL_LOCKED), or is unknown or undone already (FAIL_USAGE). Whether
 * the facts that are left make sense is for the caller to see before it commits.
 */
bool store_undo(
	struct store *, int64_t batch, const char *reason, struct fail *) MUST_USE;

/*
 * A locked year takes no more facts of its own, loses none, until it is unlocked with a
 * reason: facts whose day lies in it or that name it. Facts of other years can still change
 * its figures (a lot, a carryover): who writes compares with the hash, which is the caller's.
 */
struct year_lock {
	int year;
	int64_t batch;
	int64_t at; /* seconds since 1970, UTC */
	const char *hash;
};
bool store_lock(struct store *, int year, const char *hash, struct fail *) MUST_USE;
bool store_unlock(struct store *, int year, const char *reason, struct fail *) MUST_USE;
/* The locked years, rising. */
bool store_locks(struct store *, struct year_lock **, size_t *count, struct pool *,
	struct fail *) MUST_USE;

/*
 * Every invariant that the file itself can prove, by name. store_check fails with the first
 * that does not hold (FAIL_BAD_INPUT); store_check_all lists them all and fails only when
 * the file cannot be read.
 */
struct store_finding {
	const char *invariant; /* "the bytes of documents match their SHA-256" */
	const char *broken;    /* what was found instead, or NULL if it holds */
};
bool store_check(struct store *, struct fail *) MUST_USE;
bool store_check_all(struct store *, struct store_finding **, size_t *count,
	struct pool *, struct fail *) MUST_USE;

/* A whole, compact copy at `path`, mode 0600, which must not exist; there in full or not at all. */
bool store_backup(struct store *, const char *path, struct fail *) MUST_USE;

/*
 * Make the ledger at `path` what the backup is, after checking the backup. An existing ledger
 * is refused, or with `replace` kept beside it; `kept` (a pool's text) is its new name, else NULL.
 */
bool store_restore(const char *backup, const char *path, bool replace, const char **kept,
	struct pool *, struct fail *) MUST_USE;

#endif
