/*
 * detect.h: the mistakes that filed lines show. Internal to the audit.
 *
 * A detector looks at one year and says whether the filed lines fit its mistake: what the ledger
 * must hold, and what a filer who made this mistake would have written. It puts into the sight
 * the line it speaks of, its words, and the lines to enter into the right chain so that it makes
 * the same mistake; the audit prices it.
 */
#ifndef DUALBASIS_FORMS_DETECT_H
#define DUALBASIS_FORMS_DETECT_H

#include "forms/audit.h"

/* What the year's dispositions of ISO shares come to. */
struct iso_year {
	size_t sales;     /* dispositions of ISO lots */
	struct money gap; /* AMT less regular basis of shares sold qualifying */
	struct money
		compensation; /* of disqualifying sales, after the limit of 422(c)(2) */
	struct money earlier; /* that part whose AMT inclusion was in an earlier year */
	struct money full_spread; /* the same without the limit */
	struct money per_lot;     /* sum of AMT less regular gains, lot by lot */
	struct money
		same_year_spread; /* spread of shares exercised and sold in the year */
	const struct disposition
		*anniversary; /* sold within a day of qualifying, or NULL */
};

#define OVERRIDES 4
struct override {
	const char *line;
	struct money amount;
};

struct sight {
	const struct audit_of *of;
	const struct tax_return *its; /* as it should have been */
	const struct filed_year *filed;
	const struct filed_year *before; /* last year's as filed, or NULL */
	bool before_barred;              /* last year can no longer be claimed */
	enum filing_status status;
	struct iso_year iso;
	struct pool *pool;
	/* The answer */
	const char *line;
	const char *text;
	struct override override[OVERRIDES];
	size_t overrides;
};

struct detector {
	const char *code;
	const char *what, *rule;
	bool (*sees)(struct sight *);
	/* Not looked for where this one was found in the same year; or NULL. */
	const char *unless;
};
extern const struct detector detectors[]; /* ends with a NULL code */

/* Lines are rounded one by one; a difference of no more than this is none. */
#define AUDIT_TOLERANCE_CENTS 300
bool near(struct money, struct money);

/* The computed amount of a line; 0 where it is blank or the year has none. */
struct money line_of(const struct tax_return *, const char *id);
/* Filed and computed of a line differ; false when nothing is known as filed. */
bool differs(const struct sight *, const char *id, struct money *filed,
	struct money *computed);

#endif
