/*
 * case.h: what the tests of the law share: one return made from words, and tables in CSV.
 *
 * Tests are made of cases: a year, a status, figures by name, lines entered by hand. Everything
 * lives in the case's pool; case_end() frees it.
 */
#ifndef DUALBASIS_TESTS_CASE_H
#define DUALBASIS_TESTS_CASE_H

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/figure.h"
#include "forms/return.h"

#define CASE_LINES 16

struct tax_case {
	const struct law *law;
	struct return_input input;
	struct entered *entered;
	struct entered_line line[CASE_LINES];
	struct pool pool;
	struct tax_return *result;
};

static inline struct law *case_law(void)
{
	struct law *law;
	struct fail why;

	if (!law_builtin(&law, &why))
		cr_fatal("%s:%ld:%ld: %s", why.file, why.row, why.column, why.message);
	return law;
}

static inline struct tax_case *case_begin(
	const struct law *law, int year, const char *status)
{
	struct tax_case *const new = must_alloc(sizeof *new);

	new->law = law;
	new->input.year = year;
	cr_assert(status_find(status, &new->input.status), "status %s", status);
	new->input.cents = true;
	new->entered = pool_alloc(&new->pool, law_inputs(law) * sizeof *new->entered);
	new->input.entered = new->entered;
	new->input.lines = new->line;
	return new;
}

static inline void case_end(struct tax_case *tax)
{
	pool_release(&tax->pool);
	free(tax);
}

/* Enters a figure; a blank is not given. */
static inline void case_give(struct tax_case *tax, const char *name, const char *words)
{
	struct fail why;
	size_t index;

	if (*words == '\0')
		return;
	if (!law_input_find(tax->law, name, &index, &why) ||
		!figure_parse(law_input(tax->law, index), span_of(words),
			&tax->entered[index], &why))
		cr_fatal("%s=%s: %s", name, words, why.message);
	tax->entered[index].given = true;
}

static inline struct money case_money(const char *words)
{
	struct money money;
	struct fail why;

	if (!money_parse(words, &money, &why))
		cr_fatal("%s: %s", words, why.message);
	return money;
}

static inline void case_give_cents(struct tax_case *tax, const char *name, int64_t cents)
{
	char words[MONEY_TEXT];

	case_give(tax, name, money_plain((struct money){ cents }, words));
}

/* Enters a line by hand. */
static inline void case_line(struct tax_case *tax, const char *id, const char *words)
{
	struct entered_line *const new = &tax->line[tax->input.line_count++];
	struct fail why;

	cr_assert(tax->input.line_count <= CASE_LINES);
	if (!law_line_find(tax->law, tax->input.year, id, &new->line, &why))
		cr_fatal("%s: %s", id, why.message);
	new->amount = case_money(words);
}

static inline bool case_try(
	struct tax_case *tax, const struct tax_return *prior, struct fail *why)
{
	return return_evaluate(
		tax->law, &tax->input, prior, &tax->result, &tax->pool, why);
}

static inline void case_evaluate(struct tax_case *tax, const struct tax_return *prior)
{
	struct fail why;

	if (!case_try(tax, prior, &why))
		cr_fatal("%d %s: %s", tax->input.year, status_name(tax->input.status),
			why.message);
}

/* "wages=400000 deduction=itemized" */
static inline void case_give_all(struct tax_case *tax, const char *figures)
{
	char words[256], *next = NULL;

	snprintf(words, sizeof words, "%s", figures);
	for (char *at = strtok_r(words, " ", &next); at;
		at = strtok_r(NULL, " ", &next)) {
		char *const value = strchr(at, '=');

		*value = '\0';
		case_give(tax, at, value + 1);
	}
}

/* A return of such figures, evaluated. */
static inline struct tax_case *case_year(
	const struct law *law, int year, const char *status, const char *figures)
{
	struct tax_case *const tax = case_begin(law, year, status);

	case_give_all(tax, figures);
	case_evaluate(tax, NULL);
	return tax;
}

static inline struct value case_value(const struct tax_case *tax, const char *id)
{
	struct value value;
	struct fail why;

	if (!return_find(tax->result, id, &value, &why))
		cr_fatal("%d %s: %s", tax->input.year, id, why.message);
	return value;
}

/* Cents of a line; 0 where it is blank. */
static inline int64_t case_cents(const struct tax_case *tax, const char *id)
{
	return case_value(tax, id).amount.cents;
}

/* ---- tables ---- */

#define TABLE_COLUMNS 64

struct table {
	char **row; /* rows of cells, `columns` a row; the first row is the heading */
	size_t rows, columns;
	struct pool pool;
};

/* Reads a plain CSV file: commas, no quotes; the heading's width is every row's. */
static inline struct table table_read(const char *path)
{
	struct table table = { NULL, 0, 0, { NULL } };
	size_t room = 0, used = 0, length = 0;
	char *line = NULL;
	FILE *const file = fopen(path, "r");

	cr_assert(file != NULL, "%s cannot be opened", path);
	for (ssize_t got; (got = getline(&line, &length, file)) >= 0; table.rows++) {
		size_t columns = 0;

		line[strcspn(line, "\n")] = '\0';
		cr_assert(strchr(line, '"') == NULL, "%s: a quote", path);
		for (char *cell = line; cell != NULL; columns++) {
			char *const comma = strchr(cell, ',');

			if (comma != NULL)
				*comma = '\0';
			GROW(table.row, used, room);
			table.row[used++] = pool_text(&table.pool, cell, strlen(cell));
			cell = comma == NULL ? NULL : comma + 1;
		}
		if (table.rows == 0)
			table.columns = columns;
		cr_assert(columns == table.columns, "%s:%zu has %zu columns", path,
			table.rows + 1, columns);
	}
	free(line);
	fclose(file);
	return table;
}

static inline const char *table_cell(
	const struct table *table, size_t row, const char *heading)
{
	for (size_t i = 0; i < table->columns; i++)
		if (strcmp(table->row[i], heading) == 0)
			return table->row[row * table->columns + i];
	cr_fatal("no column %s", heading);
	return "";
}

static inline void table_end(struct table *table)
{
	free(table->row);
	pool_release(&table->pool);
}

#endif
