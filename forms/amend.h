/*
 * amend.h: the figures of Form 1040-X for the years that an audit would change.
 *
 * Column A is the return as filed, C the right one, B the difference. A figure that was not
 * entered as filed is left blank in A and B, never guessed. Line numbers are those of the form of
 * February 2024. Years are amended from the earliest on: what one carries out, the next carries in.
 */
#ifndef DUALBASIS_FORMS_AMEND_H
#define DUALBASIS_FORMS_AMEND_H

#include "forms/audit.h"

struct amend_line {
	const char *number, *label;
	bool original_known, correct_known;
	struct money original, change, correct;
};

#define AMEND_LINES 24

/* Everything lives in the pool of amend_years(). */
struct amendment {
	int year;
	struct amend_line line[AMEND_LINES];
	size_t lines;
	bool tax_known;          /* total tax as filed is known, so `tax_change` is */
	struct money tax_change; /* below zero: a refund */
	bool open, filing_assumed;
	struct claim_window window;
	bool cap_known;
	struct money cap; /* most that comes back if it is claimed today */
	/* File it: the year is open and its tax falls. A rise is said, and left to the filer. */
	bool worth_filing;
	/* Draft of the form's explanation of changes: paragraphs, "\n\n" between them. */
	const char *explanation;
	const char *const *attachments; /* NULL-terminated */
	const char *const *notes; /* what to know before filing it; NULL-terminated */
};

/* The years whose total tax or credit carried out differs from what was filed, earliest first. */
void amend_years(const struct audit_of *, const struct audit *, struct amendment **,
	size_t *count, struct pool *);

#endif
