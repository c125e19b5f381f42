/*
 * row.h: what every broker's record becomes, and how a file is read into it.
 *
 * A file is read as a stream, so that memory stays small however long it is: each row goes to
 * the caller's sink and is gone when the sink returns. Amounts keep the file's own text
 * ("787.200000"); they are rounded once, when a row becomes a fact.
 */
#ifndef DUALBASIS_IMPORT_ROW_H
#define DUALBASIS_IMPORT_ROW_H

#include "ledger/base/day.h"
#include "ledger/base/pool.h"
#include "ledger/fact.h"
#include "ledger/import/income.h"

enum row_kind {
	ROW_SALE,
	ROW_1256,
	ROW_RSU_VEST,
	ROW_ESPP_PURCHASE,
	ROW_OPTION_EXERCISE,
	ROW_DIVIDEND,
	ROW_TAX_WITHHOLDING,
	ROW_TAX_REVERSAL,
	ROW_TRANSFER,
	ROW_KINDS
};
const char *row_kind_name(enum row_kind); /* "sale", "rsu_vest", ... */
/* A vest, a purchase, an exercise: of shares that come. */
bool row_acquires(enum row_kind);

/* A named extra of a plan or contract: "grant_date" "2018-05-11". */
struct row_extra {
	const char *name, *value;
};

/* NULL texts are unknown; "0.00" is a real zero. Valid until the sink returns. */
struct row {
	enum row_kind kind;
	long line;           /* of the file, from 1: where the record starts */
	const char *account; /* as the file names it, or NULL */
	const char *description, *symbol, *cusip;
	const char *quantity; /* plain decimal */
	struct day acquired;  /* DAY_NONE: blank */
	bool various;         /* the file says VARIOUS */
	struct day sold;
	const char *proceeds, *basis, *wash_disallowed, *market_discount,
		*federal_withheld;
	enum term term;
	bool term_given; /* the file has a term column (else null in JSON) */
	bool contract;   /* told among sales, but taxed 60/40 (section 1256): no fact */
	bool digital;    /* of a digital asset, in a file that has others too */
	enum covered covered;
	enum covered gross;           /* box 6: proceeds before selling costs */
	char box;                     /* 0 when neither printed nor derivable */
	const char *const *flags;     /* NULL-terminated, or NULL */
	const struct row_extra *plan; /* ends with a NULL name, or NULL */
	/* of an option exercise (Form 3921) */
	struct day granted;
	const char *strike, *fmv;
	enum option_kind option;
};

/* What is known of a file when it has been read to its end. */
struct row_file {
	const char *format; /* "fidelity-1099" */
	int tax_year;       /* 0 when the file does not say */
	size_t rows;
	size_t skipped;  /* totals, banners, repeated headers: counted and said */
	size_t totals;   /* printed totals that were compared with the rows */
	bool corrected;  /* the file calls itself a corrected form */
	bool supplement; /* realized lots or a plan statement, not a tax form */
	/* The first printed total that does not meet the rows, in words, or "". */
	char difference[320];
	long difference_line;
	char note[160];        /* what the format has to say of the file, or "" */
	struct incomes income; /* what it says besides sales; no row */
};

typedef bool row_sink(void *context, const struct row *, struct fail *);

/*
 * Detect the format of the file at `path` (or take `format` by name, NULL to detect), read
 * it, give each row to the sink, and compare the broker's printed totals with the rows: a
 * difference is told in row_file, for the caller to refuse. A failure names file, row (the
 * line) and column (the cell of the record); rows already given stand with the sink, so a
 * sink that writes does so inside a transaction.
 */
bool rows_read(const char *path, const char *format, struct row_file *, row_sink *,
	void *context, struct fail *) MUST_USE;

/*
 * Sees why a row cannot be taken: for what stands in it, or because the sink would not have it. The
 * reading goes on with the next row, so that all of them can be told at once.
 */
typedef void row_fault_sink(void *context, const struct fail *);
/*
 * The same as rows_read(), but rows that cannot be taken go to `fault`; what is told of the file
 * is then of the others. Fails where the file is no such file, or cannot be read on.
 */
bool rows_read_past(const char *path, const char *format, struct row_file *, row_sink *,
	row_fault_sink *fault, void *context, struct fail *) MUST_USE;

/* Only what the file is. */
bool rows_detect(const char *path, const char **format, struct fail *) MUST_USE;

/* Names of the formats, NULL-terminated; what one is in words; whether it is no tax form. */
const char *const *row_formats(void);
const char *row_format_what(const char *name);
bool row_format_is_supplement(const char *name);
bool row_format_is_digital(const char *name); /* sales of digital assets */

#endif
