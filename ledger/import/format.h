/*
 * format.h: a broker's format is data: which header it has and what its columns mean.
 *
 * One file in formats/ defines one `struct format`; formats.h lists them in the order in which
 * they are tried. Most need only a table; a hook joins in where a broker's habits are no
 * table's business. JSON, XML and TXF files bring their own `read`.
 */
#ifndef DUALBASIS_IMPORT_FORMAT_H
#define DUALBASIS_IMPORT_FORMAT_H

#include "ledger/import/record.h"
#include "ledger/import/row.h"
#include "ledger/import/value.h"

#define PREVIEW_RECORDS 60
#define PLAN_LIMIT      64
#define FLAG_LIMIT      16
#define MARK_LIMIT      8

/* The beginning of a file, on which detection decides. */
struct preview {
	const char *path;
	unsigned char head[4096]; /* its first bytes */
	size_t head_length;
	bool workbook; /* a ZIP archive with sheets */
	char delimiter;
	struct record *record;
	size_t count;
};

/* What a column's cell becomes. */
enum take {
	TAKE_NOTHING, /* a known column without use */
	TAKE_ACCOUNT,
	TAKE_DESCRIPTION,
	TAKE_QUANTITY_DESCRIPTION, /* "40.00 ACME INC": a leading quantity is taken off */
	TAKE_SYMBOL,
	TAKE_CUSIP,
	TAKE_SYMBOL_CUSIP,      /* "ABC(123456789)" or "ABC 123456789" */
	TAKE_DESCRIPTION_CUSIP, /* "ACME INC ABC 123456789": symbol and CUSIP end it */
	TAKE_QUANTITY,
	TAKE_ACQUIRED,
	TAKE_SOLD,
	TAKE_PROCEEDS,
	TAKE_BASIS,
	TAKE_WASH, /* the disallowed loss, whatever its sign */
	TAKE_DISCOUNT,
	TAKE_WITHHELD,
	TAKE_TERM,
	TAKE_COVERED,    /* "Covered", "Noncovered", ... */
	TAKE_NONCOVERED, /* yes means not covered */
	TAKE_BOX,
	TAKE_GRANTED,
	TAKE_STRIKE,
	TAKE_FMV,
	TAKE_OPTION,    /* ISO or NSO in the words of plans */
	TAKE_PLAN_TEXT, /* an extra under the column's `plan` name */
	TAKE_PLAN_DAY,
	TAKE_PLAN_MONEY,
	TAKE_MARK, /* the cell's text in mark[column.mark], for the format's own hook */
};

struct column {
	const char *name; /* as name_plain() gives it; "abc*" means: begins with abc */
	enum take take;
	const char *plan;  /* name of an extra */
	int mark;          /* 0 .. MARK_LIMIT - 1 */
	const char *after; /* of a column without a name: the name before it */
};

/* A row while its cells are read. */
struct draft {
	struct row row;
	struct row_extra plan[PLAN_LIMIT + 1];
	size_t plans;
	const char *flag[FLAG_LIMIT + 1];
	size_t flags;
	const char *mark[MARK_LIMIT]; /* NULL when the column is absent; else its text */
	const struct cell *acquired, *sold, *granted; /* days wait for the tax year */
	const struct cell *first_cell; /* of the record, so that a place can be told */
	const char *box_text;
	bool short_sale; /* acquired after sold is in order: a short sale, a written option */
};

/* One printed total and what it should equal. */
struct totals {
	int128 proceeds, basis, wash, discount, withheld; /* 1e-8 */
	size_t rows, basis_unknown;
};

struct reading;
struct format;

/* What a record is. */
enum verdict {
	RECORD_ROW,
	RECORD_SKIP, /* a total, a banner, prose: counted */
	RECORD_HEADER,
	RECORD_FAILED, /* the hook has said why */
};

struct table {
	const struct column *column; /* ends with a NULL name */
	/* Names that together make a record the header; NULL-terminated. */
	const char *const *header;
	bool no_header; /* columns are in order, from the first record */
	bool decimal_comma;
	enum day_order days;
	enum row_kind kind;
	/* Called for each record that is not blank and no header; NULL: all are rows. */
	enum verdict (*look)(struct reading *, const struct record *, struct fail *);
	/* Called when the cells are read; may drop the row (*use). */
	bool (*finish)(struct reading *, struct draft *, bool *use, struct fail *);
	/* Called at the end of the file. */
	bool (*end)(struct reading *, struct fail *);
};

struct format {
	const char *name; /* "fidelity-1099" */
	const char *what; /* "Fidelity: consolidated 1099 as CSV" */
	bool supplement;  /* realized lots or a plan's statement, not a tax form */
	bool (*detect)(const struct preview *);
	const struct table *table; /* or: */
	bool (*read)(struct reading *, const char *path, struct fail *);
};

/* One file being read. */
struct reading {
	const struct format *format;
	const struct table *table;
	struct row_file *file;
	row_sink *sink;
	void *context;
	struct pool pool;        /* for the length of the file */
	struct pool header_pool; /* until the next header */
	struct scratch scratch;  /* for the length of a row */
	struct records *records;
	/* the header in force */
	const struct column **map; /* a cell's column, or NULL */
	const char **header;       /* a cell's name as printed */
	size_t mapped;
	size_t header_key; /* where the table's first header name stands */
	bool have_header;
	struct draft draft;
	struct totals sum;   /* of all rows so far */
	struct totals group; /* of rows since the format reset it */
	bool take_year;      /* the first sale's year is the file's */
	int state;           /* the format's own */
	void *own;           /* the format's own, in the pool */
	const char *account; /* set by a format whose files name it once */
};

/* Detection: the record that has all the names, or NULL. */
const struct record *preview_find(const struct preview *, const char *const *names);
bool record_has(const struct record *, const char *const *names);

/* Read all records through the format's table. */
bool table_read(struct reading *, const char *path, struct fail *) MUST_USE;

/* For readers of their own: begin a row, give it to the sink. */
struct draft *draft_begin(struct reading *, enum row_kind, long line);
bool draft_take(struct reading *, const struct column *, const struct cell *, long number,
	const char *name, struct fail *) MUST_USE;
bool draft_emit(struct reading *, struct fail *) MUST_USE;
void draft_flag(struct draft *, const char *flag);
void draft_plan(struct draft *, const char *name, const char *value);

/*
 * Compare a printed total with the sum of rows; a difference is kept for the caller of
 * rows_read(). `slack` is how far (in 1e-8) a total may stray because rows were rounded.
 */
void reading_check(struct reading *, long line, const char *what, const char *printed,
	int128 sum, int128 slack);
void totals_add(struct totals *, const struct row *);

/* The cell of a header name in a record, or -1. */
long record_find(const struct record *, const char *name);

#endif
