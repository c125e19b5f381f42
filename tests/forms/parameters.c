/*
 * The parameters, cell by cell against tests/vectors/parameters.csv, and the identities that
 * hold between them in every year.
 */
#include "tests/forms/case.h"

/* The numbers of one parameter as returns of a year and status read it. */
struct reader {
	const struct law *law;
	struct tax_case *tax;
	struct leaf *leaf;
	size_t leaves;
};

static struct reader reader_begin(const struct law *law, int year, const char *status)
{
	struct reader reader = { law, case_begin(law, year, status), NULL, 0 };

	case_evaluate(reader.tax, NULL);
	return_leaves(
		reader.tax->result, &reader.leaf, &reader.leaves, &reader.tax->pool);
	return reader;
}

static const struct leaf *reader_find(
	const struct reader *reader, const char *parameter, const char *ending)
{
	char cell[128];

	snprintf(cell, sizeof cell, "p_%s%s", parameter, ending);
	for (size_t i = 0; i < reader->leaves; i++)
		if (strcmp(reader->leaf[i].cell_name, cell) == 0)
			return &reader->leaf[i];
	return NULL;
}
