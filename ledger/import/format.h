/*
 * format.h: a broker's format is data: which header it has and what its columns mean.
 *
 * One file in formats/ defines one `struct format`; formats.h lists them in the order in which
 * they are tried. Most need only a table; a hook joins in where a broker's habits are no
 * table's business. JSON, XML and TXF files bring their own `read`.
 */
#ifndef DUALBASIS_IMPORT_FORMAT_H
#define DUALBASIS_IMPORT_FORMAT_H

#include "ledger/base/fail.h"
#include "ledger/import/record.h"
#include "ledger/import/row.h"
#include "ledger/import/value.h"

#define HEAD_LIMIT      4096
#define PREVIEW_RECORDS 60
#define PLAN_LIMIT      64
#define FLAG_LIMIT      16
#define MARK_LIMIT      12

/* The beginning of a file, on which detection decides. */
struct preview {
	const char *path;
	unsigned char head[HEAD_LIMIT]; /* its first bytes */
	size_t head_length;
	bool workbook; /* a ZIP archive with sheets */
	char delimiter;
	struct record *record;
	size_t count;
	bool broken; /* the next record cannot be read, and why */
	struct fail why_broken;
	/* The head as a text in small letters, without what is blank before it; NULs are blanks. */
	char text[HEAD_LIMIT + 1];
};

/* What a column's cell becomes. */
enum take {
	TAKE_NOTHING, /* a known column without use */
	TAKE_ACCOUNT,
	TAKE_ACCOUNT_WORDS, /* its kind or nickname: rows of one for retirement are left out */
	TAKE_DESCRIPTION,
	TAKE_QUANTITY_DESCRIPTION, /* "40.00 ACME INC": a leading quantity is taken off */
	TAKE_SHARES_DESCRIPTION,   /* "40 sh. ACME INC", "40 ACME INC": kept as printed */
	TAKE_NAME_SYMBOL,          /* "Acme Inc (ABC)" */
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
	TAKE_SHORT_GAIN, /* a gain in this column: the term is short */
	TAKE_LONG_GAIN,
	TAKE_YEAR,       /* the tax year */
	TAKE_COVERED,    /* "Covered", "Noncovered", ... */
	TAKE_NONCOVERED, /* yes means not covered */
	TAKE_GROSS,      /* box 6: "Gross proceeds", "N", ... */
	TAKE_BOX,
	TAKE_GRANTED,
	TAKE_STRIKE,
	TAKE_FMV,
	TAKE_OPTION,    /* ISO or NSO in the words of plans */
	TAKE_PLAN_TEXT, /* an extra under the column's `plan` name */
	TAKE_PLAN_DAY,
	TAKE_PLAN_MONEY,
	TAKE_VARIOUS,    /* yes: acquired on various days */
	TAKE_ORDINARY,   /* yes: the gain is ordinary */
	TAKE_NO_LOSS,    /* box 7: the loss is not allowed based on box 1d */
	TAKE_SALE_WORDS, /* a description, where no column of that name is filled in */
	TAKE_MARK, /* the cell's text in mark[column.mark], for the format's own hook */
};

struct column {
	const char *name; /* as name_plain() gives it; "abc*" means: begins with abc */
	enum take take;
	const char *plan;  /* name of an extra */
	int mark;          /* 0 .. MARK_LIMIT - 1 */
	const char *after; /* of a column without a name: the name before it */
};

/* Columns of a table: COLUMN("date sold", SOLD), EXTRA("vest date", DAY, "vest_date"), ... */
#define COLUMN(title, what)                                                              \
	{                                                                                \
		.name = title, .take = TAKE_##what                                       \
	}
#define EXTRA(title, type, key)                                                          \
	{                                                                                \
		.name = title, .take = TAKE_PLAN_##type, .plan = key                     \
	}
#define MARKED(title, number)                                                            \
	{                                                                                \
		.name = title, .take = TAKE_MARK, .mark = number                         \
	}
#define COLUMNS_END                                                                      \
	{                                                                                \
		.name = NULL                                                             \
	}

/* A named value of an object, an element or an attribute. */
struct pair {
	const char *name; /* as name_plain() gives it */
	struct cell cell;
	long column;       /* where a column has the name; else 0 */
	const char *title; /* as people know the name; NULL: the name itself */
};

/* Where a value stands, and under which name. */
struct place {
	long row, column;
	const char *name;
};

/* A row while its cells are read. */
struct draft {
	struct row row;
	struct row_extra plan[PLAN_LIMIT + 1];
	size_t plans;
	const char *flag[FLAG_LIMIT + 1];
	size_t flags;
	const char *mark[MARK_LIMIT]; /* NULL when the column is absent; else its text */
	struct place mark_place[MARK_LIMIT];
	bool mark_number[MARK_LIMIT];                 /* a spreadsheet's number */
	const struct cell *acquired, *sold, *granted; /* days wait for the tax year */
	/* The record's cells, or the named values: so that a place can be told. */
	const struct cell *first_cell;
	const struct pair *pair;
	size_t pairs;
	const char *box_text, *sale_words;
	const char *short_gain, *long_gain; /* NULL when the column is absent */
	bool retirement;                    /* of an account whose sales are not taxed */
	bool later;      /* not a row yet: it waits for the end of the file */
	bool short_sale; /* acquired after sold is in order: a short sale, a written option */
};

/* One printed total and what it should equal. */
struct totals {
	int128 proceeds, basis, wash, discount, withheld; /* 1e-8 */
	size_t rows, basis_unknown;
};

struct reading;
struct format;
struct trade_word;

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
	bool covered_by_box; /* A and D are covered, B and E are not */
	bool symbol_names;   /* there is no description: the symbol stands for it */
	bool contracts; /* extras are boxes 8 to 11, of contracts, which have no proceeds */
	bool held_too;   /* a lot without a day of sale is still held: told, not used */
	bool short_rows; /* rows may end early, what is left out being blank */
	enum take may_lack; /* what some files of the format have no column for */
	enum row_kind kind;
	/* Called for each record that is not blank and no header; NULL: look_plainly(). */
	enum verdict (*look)(struct reading *, const struct record *, struct fail *);
	/* Called when the cells are read; may drop the row (*use). */
	bool (*finish)(struct reading *, struct draft *, bool *use, struct fail *);
	/* Called at the end of the file. */
	bool (*end)(struct reading *, struct fail *);
	/* Of transactions, not of lots: the broker's words for them (trades.h), or NULL. */
	const struct trade_word *trades;
	const struct table *other; /* another layout of the same format, or NULL */
};

struct format {
	const char *name; /* "fidelity-1099" */
	const char *what; /* "Fidelity: consolidated 1099 as CSV" */
	bool supplement;  /* realized lots or a plan's statement, not a tax form */
	bool digital;     /* digital assets: Form 8949 boxes C and F, from 2025 I and L */
	char delimiter;   /* of text files, or 0: counted in the first lines */
	bool (*detect)(const struct preview *); /* NULL: a table's header is there */
	const struct table *table;              /* or: */
	bool (*read)(struct reading *, const char *path, struct fail *);
};

#define MANY_YEARS (-1) /* a sale_year: sales of more than one year */

/* One file being read. */
struct reading {
	const struct format *format;
	const struct table *table;
	const char *path;
	struct row_file *file;
	row_sink *sink;
	row_fault_sink *fault;   /* or NULL */
	size_t faults;           /* rows that were passed over */
	void *context;           /* of both */
	struct pool pool;        /* for the length of the file */
	struct pool header_pool; /* until the next header */
	struct scratch scratch;  /* for the length of a row */
	struct records *records;
	const char *sheet; /* of a workbook: the one being read */
	/* the header in force */
	const struct column **map; /* a cell's column, or NULL */
	const char **header;       /* a cell's name as printed */
	size_t mapped;
	size_t header_key; /* where the table's first header name stands */
	bool have_header;
	struct draft draft;
	struct totals sum;   /* of all rows so far */
	struct totals group; /* of rows since the format reset it */
	int sale_year;       /* the year of all sales so far; 0 before the first */
	size_t held;         /* lots that are not sold */
	int state;           /* the format's own */
	void *own;           /* the format's own, in the pool */
	const char *account; /* set by a format whose files name it once */
};

/* The beginning of a file, in the pool. */
bool preview_open(
	struct preview *, const char *path, struct pool *, struct fail *) MUST_USE;
/* Detection: the record that has all the names, or NULL. */
const struct record *preview_find(const struct preview *, const char *const *names);
bool record_has(const struct record *, const char *const *names);

/* Read named values through the format's table as if they were a record under its header. */
bool table_add_row(struct reading *, const struct pair *, size_t count, long line,
	struct fail *) MUST_USE;

/* Take names (as name_plain() gives them) for the header, whatever the file says. */
void reading_map(struct reading *, const char *const *names, size_t count);

/*
 * Refuse a header that lacks a column which sales need and the table has, has a name that is all
 * but one the table looks for, or has one twice; and a row that ends too early (header.c).
 */
bool header_whole(const struct reading *, const struct record *, struct fail *) MUST_USE;
/* The column that a record lacks to be a header of the format, if it is but one; refuse it. */
const char *header_lacks(const struct format *, const struct record *);
bool header_refuse(
	const struct format *, const struct record *, const char *name, struct fail *);
bool row_whole(const struct reading *, const struct record *, struct fail *) MUST_USE;

/* Put in front of a failure in which sheet it is, and in which cell; always false. */
bool record_in_sheet(const struct record *, struct fail *);

/* The records of a file, whatever divides its cells; a workbook's too. */
bool rows_open(const char *path, struct records **, struct fail *) MUST_USE;

/*
 * Read a file through a format that is given, whatever the file looks like; `fault` as in
 * rows_read_past(), or NULL: the first row that cannot be taken is a failure.
 */
bool rows_read_as(const char *path, const struct format *, struct row_file *, row_sink *,
	row_fault_sink *fault, void *context, struct fail *) MUST_USE;

/* Read all records through the format's table. */
bool table_read(struct reading *, const char *path, struct fail *) MUST_USE;

/*
 * A row has failed: may the reading go on with the next? Only if somebody is told, and the
 * failure is the row's, not the disk's or the ledger's.
 */
bool reading_pass(struct reading *, struct fail *) MUST_USE;

/* For readers of their own: begin a row, give it to the sink. */
struct draft *draft_begin(struct reading *, enum row_kind, long line);
bool draft_take(struct reading *, const struct column *, const struct cell *, long number,
	const char *name, struct fail *) MUST_USE;
bool draft_emit(struct reading *, struct fail *) MUST_USE;
/* The amount of a mark that is not blank; a failure says where it stands. */
bool draft_mark_decimal(
	struct reading *, int mark, const char **plain, struct fail *) MUST_USE;
/* The same of what is never less than nothing. */
bool draft_mark_price(
	struct reading *, int mark, const char **plain, struct fail *) MUST_USE;
/* The same of a day; DAY_NONE where the mark is blank. */
bool draft_mark_day(struct reading *, int mark, struct day *, struct fail *) MUST_USE;
/* Say of a failure that it is in the cell of a mark; always false. */
bool draft_mark_failed(const struct draft *, int mark, struct fail *);
/* Refuse a mark that is blank, with a hint or NULL; always false. */
bool draft_mark_blank(const struct draft *, int mark, const char *what, const char *hint,
	struct fail *);
/* Refuse what may not be less than nothing; always false. */
bool refuse_less(const char *text, struct fail *);
/*
 * The code and amount of Form 8949's columns (f) and (g): under a code with W the amount is the
 * disallowed loss, whatever its sign; any other is told and not used, since the ledger figures it.
 * Blank ones (NULL too) leave "0.00".
 */
bool draft_wash(
	struct reading *, const char *code, int amount_mark, struct fail *) MUST_USE;
/* Whether a description is of an option contract: "CALL ...", "put ...". */
bool names_contract(const char *description);
/* Whether the words name an account for retirement; whole words only. */
bool names_retirement(const char *words);
/* Say that the rows of such accounts are left out. */
void tell_retirement(struct reading *);
/* ISO or NSO in the words of plans. */
enum option_kind option_of_words(const char *);
/* Where the draft's value of a kind stands; column 0 where there are no columns. */
void draft_place(const struct reading *, enum take, long *row, long *column);
/* Refuse the draft for what it does not say, where that should stand; always false. */
bool draft_lacks(const struct reading *, enum take, const char *what, struct fail *);
/* Read the draft's days; draft_emit does it too. */
bool draft_days(struct reading *, struct fail *) MUST_USE;
void draft_flag(struct draft *, const char *flag);
void draft_plan(struct draft *, const char *name, const char *value);

/*
 * The usual verdict: rows follow the header; a lone cell is prose, a first cell that says
 * "total" is one, and is compared with the sum of all rows so far.
 */
enum verdict look_plainly(struct reading *, const struct record *, struct fail *);

/* The record is a total of rows: a word for it, and no day of sale. */
bool is_total(const struct reading *, const struct record *);

/* The cell of a record under the header's first column of a kind, or "". */
const char *reading_under(const struct reading *, const struct record *, enum take);
/* Compare what stands under proceeds, basis, wash, ... with a sum, within slack (1e-8). */
void reading_check_record(struct reading *, const struct record *, const char *what,
	const struct totals *, int128 slack);

/* The tax year, if the text is four digits. */
void reading_take_year(struct reading *, const char *);

/* An amount that the file says besides its rows, to be told; a blank one is nothing. */
bool reading_income(struct reading *, enum income, const char *text, long line,
	long column, struct fail *) MUST_USE;

/* The value of an extra of the draft, or NULL. */
const char *draft_extra(const struct draft *, const char *name);

/* Words for people about the whole file; the first ones stay. */
void reading_note(struct reading *, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Compare a printed total with the sum of rows; a difference is kept for the caller of
 * rows_read(). `slack` is how far (in 1e-8) a total may stray because rows were rounded.
 */
void reading_check(struct reading *, long line, const char *what, const char *printed,
	int128 sum, int128 slack);
struct totals totals_of(const struct row *);
void totals_add(struct totals *, const struct totals *);

/* How many cells are not blank, as far as `most`. */
size_t record_filled(const struct record *, size_t most);

/* The cell of a header name in a record, or -1. */
long record_find(const struct record *, const char *name);

#endif
