/*
 * filed.h: a year's return as it was filed: the lines that are known of it, and its dates.
 *
 * A line that nobody has entered is unknown, not zero; but every line of a form that is said not
 * to have been filed is zero.
 */
#ifndef DUALBASIS_FORMS_FILED_H
#define DUALBASIS_FORMS_FILED_H

#include "forms/deadline.h"
#include "forms/figure.h"
#include "forms/law.h"

struct filed_line {
	const char *id; /* "f6251.2k" */
	struct money amount;
	const struct fact *fact;
};

struct filed_year {
	int year;
	struct filed_line *line;
	size_t lines;
	const char **not_filed; /* form ids */
	size_t forms_not_filed;
	const char *software, *state; /* in lower case, or NULL */
	struct filing filing;
	bool withheld_known;
};

/* What stands about a year; it lives in the pool. False only when nothing was said of the year. */
bool filed_collect(const struct facts *, int year, struct filed_year *, struct pool *);

/* The filing status of a year, as it was entered; single if none was. */
enum filing_status status_in(const struct facts *, int year);

/* The amount of a line as filed; false when it is unknown. */
bool filed_amount(const struct filed_year *, const char *id, struct money *);

/* The form of a line is said not to have been filed. */
bool filed_without(const struct filed_year *, const char *id);

/* The lines worth asking for, NULL-terminated: "f1040.agi", ... (those the year has). */
const char *const *filed_wanted(const struct law *, int year, struct pool *);

/*
 * Lines that contradict each other: a total that is not the total of what was entered. Each is a
 * sentence, NULL-terminated, in the pool.
 */
const char *const *filed_contradictions(
	const struct filed_year *, enum filing_status, struct pool *);

#endif
