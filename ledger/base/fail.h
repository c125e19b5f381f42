/*
 * fail.h: why something could not be done.
 *
 * A function that can fail because of the world returns bool and takes a
 * `struct fail *` last. On success the object is untouched; on failure it says
 * where, what was found, what was wanted, and what to do. Messages are in lower
 * case without a full stop. Only cli/ prints them. They may quote anything: what is not
 * UTF-8, or would not stay in its line of a terminal, is "?" in them.
 */
#ifndef DUALBASIS_BASE_FAIL_H
#define DUALBASIS_BASE_FAIL_H

#include <stdbool.h>

#define MUST_USE                   __attribute__((warn_unused_result))
#define PRINTF_LIKE(words, values) __attribute__((format(printf, words, values)))

/* The kinds are the exit codes of the program, save LOCKED, which exits as BAD_INPUT. */
enum fail_kind {
	FAIL_NONE = 0,
	FAIL_FINDINGS = 1, /* audit, check or reconcile found something */
	FAIL_USAGE = 2,    /* the command's own words are wrong, or a name is unknown */
	FAIL_MISSING_FACTS = 3, /* a figure is missing that only the user can give */
	FAIL_NOT_MODELLED = 4,  /* the definitions do not cover the situation */
	FAIL_BAD_INPUT = 5,     /* a file, a fact or the ledger itself is wrong */
	FAIL_SYSTEM = 6,        /* input and output, locks, memory */
	FAIL_LOCKED = 7,        /* the year is locked */
};

struct fail {
	enum fail_kind kind;
	char message
		[640]; /* "column \"Date sold\": \"6/31/24\" is not a day (want MM/DD/YYYY)" */
	char hint[512]; /* what to do, or empty */
	char file[512]; /* the file's name as the user gave it, or empty */
	long row;       /* from 1; 0 when no row is meant */
	long column;    /* from 1; 0 when no column is meant */
	long document;  /* of the ledger, where `row` is one of its rows; or 0 */
};

/* The word for JSON ("bad_input") and the process's exit code. */
const char *fail_word(enum fail_kind);
int fail_exit_code(enum fail_kind);

/* Set kind and message; always returns false, so that `return fail_set(...)` reads well. */
bool fail_set(struct fail *, enum fail_kind, const char *format, ...) PRINTF_LIKE(3, 4);

/* The same with a place. */
bool fail_at(struct fail *, enum fail_kind, long row, long column, const char *format,
	...) PRINTF_LIKE(5, 6);

/* Add what to do; add the file; put context in front ("grant G1: ..."). All return false. */
bool fail_hint(struct fail *, const char *format, ...) PRINTF_LIKE(2, 3);
bool fail_file(struct fail *, const char *file);
bool fail_in(struct fail *, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
