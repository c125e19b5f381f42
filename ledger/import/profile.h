/*
 * profile.h: a format that the user writes: which column of a file means what.
 *
 *     # sales of Example Bank
 *     name      example-bank
 *     column    "Sold On"    sold
 *     column    "Bought On"  acquired
 *     column    "What"       description
 *     column    "Total"      proceeds
 *     column    "Paid"       basis
 *     dates     day-first
 *     constant  account      Z12345678
 *     only      "Type"       Sell
 *
 * `delimiter` (comma, tab, semicolon), `decimals` (point, comma), `tax-form` (yes, no), `flip` (a
 * field whose sign is the other way round) and `skip` (rows whose cell begins so) may follow.
 * A profile never guesses: what it does not name is not read.
 */
#ifndef DUALBASIS_IMPORT_PROFILE_H
#define DUALBASIS_IMPORT_PROFILE_H

#include "ledger/base/pool.h"
#include "ledger/base/text.h"

struct profile;
struct format; /* format.h */

/* Read a profile; everything lives in the pool. A failure has file and line. */
bool profile_read(
	const char *path, struct profile **, struct pool *, struct fail *) MUST_USE;

/* The same from text that was kept; `name` is told as its file. */
bool profile_read_text(const char *name, const void *text, size_t length,
	struct profile **, struct pool *, struct fail *) MUST_USE;

const struct format *profile_format(const struct profile *);

/*
 * A profile to complete, made from a file's own header: its columns, with what the known formats
 * mean by names like theirs, and "ignore" for the others.
 */
bool profile_suggest(const char *path, struct text *, struct fail *) MUST_USE;

#endif
