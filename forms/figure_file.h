/*
 * figure_file.h: figures as files have them: a text, a table, JSON, or a form that was filled in.
 *
 * text   "name = value" a line; "#" begins a comment
 * CSV    a header with "line" (or "name") and "amount" (or "value"), then a figure a row
 * JSON   {"f6251.2k": "-40000", ...}, or a list of {"line": ..., "amount": ...}
 * PDF    an official fillable form, for filed lines only; see us/pdf_fields.txt
 *
 * Amounts may be as printed: "$1,234.50", "(1,234)", "-1,234". A blank is not given.
 */
#ifndef DUALBASIS_FORMS_FIGURE_FILE_H
#define DUALBASIS_FORMS_FIGURE_FILE_H

#include "forms/law.h"
#include "ledger/fact.h"

/* One "name=value", with a plain amount, and where it stands. */
struct figure_entry {
	const char *words;
	long row, column; /* from 1; of a PDF the number of the field, and no column */
};

struct figure_entries {
	struct figure_entry *at; /* in the pool */
	size_t count;
};

/*
 * Reads a file of figures for a year; what it is goes by its first bytes, CSV also by its name. A
 * PDF is read for FACT_FILED only. A failure has file, row and column.
 */
bool figure_file_read(int year, enum fact_kind, const char *path, struct figure_entries *,
	struct pool *, struct fail *) MUST_USE;

/* "wages = $1,000" as "wages=1000", in the pool; NULL when the value is blank. */
const char *figure_words(struct span, struct pool *);

/* "(1,234)" as "-1234", "$1,234.50" as "1234.50"; other words as they are; in the pool. */
const char *amount_plain(const char *words, struct pool *);

#endif
