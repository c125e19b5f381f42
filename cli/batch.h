/*
 * batch.h: writing to the ledger: one batch, all of it or nothing.
 *
 * Before a batch is committed the lots are replayed with what is new in it, and the figures of
 * locked years must be what they were: facts of one year can change another's.
 */
#ifndef DUALBASIS_CLI_BATCH_H
#define DUALBASIS_CLI_BATCH_H

#include "cli/home.h"

/* How a command that writes opens the ledger: with --dry-run it writes to a copy in memory. */
enum store_access batch_access(const struct call *);

/* Begin a batch in the open ledger; the log will show the call's words. */
bool batch_begin(struct home *, const struct call *, struct fail *) MUST_USE;

/*
 * Open the call's ledger, begin a batch, and only then read: what another program has written
 * meanwhile is seen, and what is read stays true until the batch ends. On failure nothing stays
 * open; home_close() takes back a batch that was not committed.
 */
bool batch_open(
	struct home *, const struct call *, enum home_depth, struct fail *) MUST_USE;

/* Look at what would stand, then commit. On failure nothing was written. */
bool batch_commit(struct home *, const struct call *, struct fail *) MUST_USE;
void batch_rollback(struct home *);

/*
 * The figures of a year as text, "f6251.2k=-153000.00" a line: what a lock seals. The facts and
 * lots are those of the home. Where spouses file alone, the other's lines follow, with the name.
 */
bool year_figures_text(const struct home *, int year, struct text *, struct pool *,
	struct fail *) MUST_USE;

/* Their SHA-256. */
bool year_hash(const struct home *, int year, char sha256[65], struct pool *,
	struct fail *) MUST_USE;

#endif
