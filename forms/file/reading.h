/*
 * reading.h: a file of figures while it is read. Internal to figure_file_read().
 */
#ifndef DUALBASIS_FORMS_FILE_READING_H
#define DUALBASIS_FORMS_FILE_READING_H

#include "forms/figure_file.h"

struct reading {
	int year;
	const char *path;
	struct figure_entry *at; /* grows outside the pool */
	size_t count, room;
	struct pool *pool;
};

/* A figure by name; a blank value is not given. */
void reading_add(
	struct reading *, struct span name, struct span value, long row, long column);

bool figure_text_read(struct reading *, struct fail *) MUST_USE;
bool figure_csv_read(struct reading *, struct fail *) MUST_USE;
bool figure_json_read(struct reading *, struct fail *) MUST_USE;
bool figure_pdf_read(struct reading *, struct fail *) MUST_USE;

/* ---- PDF -------------------------------------------------------------------------------- */

/* A text field of a form, in the order of the document. */
struct pdf_field {
	const char *name;  /* "topmostSubform[0].Page1[0].f1_14[0]" */
	const char *value; /* UTF-8, "" if blank */
};
struct pdf_form {
	const char *title; /* of the document, "" if it has none */
	struct pdf_field *field;
	size_t fields;
};
/*
 * The fields of a PDF's form; everything is in the pool. What is encrypted, damaged, or no PDF, is
 * a failure of BAD_INPUT.
 */
bool pdf_form_read(
	const char *path, struct pdf_form *, struct pool *, struct fail *) MUST_USE;

/* What a field is for. */
struct pdf_use {
	int page, number; /* "f1_14[0]": page 1, number 14 */
	const char *id;   /* "f6251.2k", or a word of `filed` */
	const char *line; /* as printed */
	bool negative;    /* printed in parentheses */
};
/*
 * The fields that are taken of a form by its title without the year ("Form 6251"); of a line that
 * the law does not have in that year none. False if the title or its year is not in the table:
 * then `why` lists what is.
 */
bool pdf_uses(const struct law *, int year, const char *title, struct pdf_use **,
	size_t *count, struct pool *, struct fail *) MUST_USE;

#endif
