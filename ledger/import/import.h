/*
 * import.h: a file that people have becomes facts of the ledger.
 *
 * The caller opens one batch (store_begin) for all files of a command, calls import_file()
 * for each, prints the reports, and commits; when any file fails it rolls back, and the
 * ledger is as it was. Nothing here prints.
 */
#ifndef DUALBASIS_IMPORT_IMPORT_H
#define DUALBASIS_IMPORT_IMPORT_H

#include "ledger/import/row.h"
#include "ledger/store.h"

/* What became of a row. */
enum import_fate {
	IMPORT_NEW,     /* a fact was (or would be) appended */
	IMPORT_SAME,    /* known from another file: nothing to do */
	IMPORT_CHANGED, /* the same event with other amounts: supersedes, if told so */
	IMPORT_UNUSED,  /* of a kind that makes no fact yet (a dividend, a transfer) */
	IMPORT_ERROR,   /* cannot be taken: then nothing of the file is */
	IMPORT_FATES
};
/* "new", "same", "changed", "unused", "error" */
const char *import_fate_name(enum import_fate);

#define IMPORT_FAULTS 12 /* are kept of a file; count[IMPORT_ERROR] counts all rows */
#define FAULT_ROWS    8  /* are kept of a fault */

/* What is wrong with rows alike; `why` is of the first of them and does not name the file. */
struct import_fault {
	struct fail why;
	long row[FAULT_ROWS]; /* the first ones, where the failure has a row */
	size_t rows;
};

/* Sees each row as it is taken, and what becomes of it; the row is gone when the sink returns. */
typedef bool import_row_sink(
	void *context, const struct row *, enum import_fate, struct fail *);
/* Sees each fact of a file of records; it and its texts are gone when the sink returns. */
typedef bool import_fact_sink(void *context, const struct fact *, const struct names *,
	enum import_fate, struct fail *);

struct import_options {
	const char *format;  /* its name, or NULL: detect */
	const char *profile; /* path of a format of the user's own (profile.h), or NULL */
	const char *account; /* takes the place of the file's own accounts, or NULL */
	const char *symbol;  /* of all rows, for files that do not say it, or NULL */
	const char *
		waive; /* why printed totals may differ from the rows, and a day's totals from
			* another statement's, or NULL: they may not */
	const char *
		replace; /* why changed rows supersede the standing ones, or NULL: refused */
	bool dry_run;    /* compare and count, write nothing; the store may be NULL */
	/*
	 * For a look at a file, in a batch that is not kept: the rows of a known file are read too,
	 * and a sale of which nothing says the security is taken.
	 */
	bool look;
	import_row_sink *sink;       /* or NULL */
	import_fact_sink *fact_sink; /* or NULL */
	/* Told after each row that is compared with what stands, before the rows are taken; or NULL. */
	void (*compared)(void *context, size_t rows);
	void *sink_context; /* of all three */
	struct day today;   /* no record may be later; its number 0: any may */
};

/* A field of which a file and the ledger say different things of one event. */
struct import_difference {
	long line;                 /* of the file */
	const char *fact;          /* "sale of 10 GALENA on 2025-02-11" */
	const char *field;         /* "basis" */
	const char *file, *ledger; /* the two values; "none" where one has none */
	const char *source;        /* the file of the ledger's value; NULL: by hand */
	int64_t source_row;
	bool file_stands; /* from now on; else what the ledger has */
};
#define IMPORT_DIFFERENCES_MOST 1000 /* that are told of one file */
/* "basis 175.00 here, 150.00 in first.csv:7"; `source` is its own, or that cut short. */
void import_difference_words(
	const struct import_difference *, const char *source, struct text *);

/* Everything lives in the caller's pool. */
struct import_report {
	const char *file; /* name without folders */
	struct row_file read;
	char sha256[65];
	bool known; /* this very file is in the ledger: nothing was done */
	int64_t document;
	size_t count[IMPORT_FATES];
	size_t kind[ROW_KINDS];             /* rows by kind */
	size_t record[FACT_KINDS];          /* facts of a file of records, by kind */
	size_t basis_unknown;               /* sales without a basis */
	struct money proceeds, basis, wash; /* of the sales, each rounded once */
	const char *difference;     /* printed totals that do not meet the rows, waived */
	const char *const *notes;   /* warnings worth showing, NULL-terminated */
	struct import_fault *fault; /* also where import_file() fails */
	size_t faults;
	const struct import_difference *differences;
	size_t difference_count, differences_more; /* told, and those beyond the most */
};

/*
 * Read one file into the open batch. A row that cannot be taken does not keep the others from being
 * looked at: the report has all that is wrong, the failure is the first of it. Fails, with file,
 * row and column, when the file cannot be read in full, when its printed totals differ from its
 * rows (FAIL_BAD_INPUT), when a
 * changed row has no reason to supersede (FAIL_BAD_INPUT; the message has each field that differs,
 * with both values and where the ledger's comes from), when two statements may tell one sale with
 * other totals (FAIL_BAD_INPUT), when nothing says which security
 * was sold (FAIL_MISSING_FACTS; options.symbol does), and when a description could mean
 * a security of a recorded grant and nobody has said so (FAIL_MISSING_FACTS; the hint is the
 * `record security` command to give).
 */
bool import_file(struct store *, const char *path, const struct import_options *,
	struct import_report *, struct pool *, struct fail *) MUST_USE;

/* SHA-256 of a file in lower-case hexadecimal. */
bool import_hash(const char *path, char sha256[65], struct fail *) MUST_USE;

/*
 * Append the text of a file to fill in: "form3921", "form3922", "records", or the name of one kind
 * of record. False if there is none of that name.
 */
bool import_template(const char *name, struct text *) MUST_USE;
const char *const *import_templates(void); /* names but those of kinds, NULL-terminated */

#endif
