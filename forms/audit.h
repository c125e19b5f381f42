/*
 * audit.h: what was filed beside what is right, each difference with its cause and its price.
 *
 * Every year is recomputed from the first exercise on. A finding is a mistake that the filed lines
 * show: its price is the difference between the right chain and the same chain with this one
 * mistake put in, so that findings of one year need not add up to the year's whole difference,
 * which is given beside them. Amounts are changes that a correction makes: a tax effect below zero
 * is a refund, above zero is tax owed.
 */
#ifndef DUALBASIS_FORMS_AUDIT_H
#define DUALBASIS_FORMS_AUDIT_H

#include "forms/chain.h"
#include "forms/filed.h"

/* What correcting a mistake changes in a later year. */
struct year_effect {
	int year;
	struct money tax;    /* total tax */
	struct money credit; /* minimum tax credit carried out */
};

struct finding {
	const char *code; /* "amt_basis_missed"; see audit_mistakes() */
	int year;
	const char *line; /* "f6251.2k" */
	bool reminder;    /* no line shows it: to be looked at, without a price */
	bool filed_known; /* false: the line was not entered */
	struct money filed, computed;
	struct money tax_effect;         /* on the year's total tax */
	struct money credit_effect;      /* on the credit carried out of the year */
	const struct year_effect *later; /* years after it in which anything changes */
	size_t later_count;
	struct claim_window window;
	bool open;           /* on the day of the audit a refund can still be claimed */
	bool filing_assumed; /* the date of filing is not known: taken as the due date */
	const char *text;    /* plain words, to the owner */
	const char *claim;   /* sentences for an explanation of changes, or NULL */
	const char *rule;    /* where the law says so */
};

/* A year of the chain about which something filed is known. */
struct audit_year {
	int year;
	struct filed_year filed;
	const char *const *contradictions; /* NULL-terminated */
	bool tax_known;                    /* total tax as filed is known */
	struct money tax_filed, tax_computed;
	struct claim_window window;
	bool open, filing_assumed;
	/* What comes of worthless securities can be claimed until this day; DAY_NONE if nothing. */
	struct day worthless_by;
	const char *const
		*assumptions; /* names of figures that nobody gave; NULL-terminated */
	/*
	 * A claim made on the day of the audit reaches payments from that day on, and brings back
	 * at most `cap` of those that are known.
	 */
	struct day reaches;
	bool cap_known;
	struct money cap;
};

struct audit {
	struct finding *finding; /* by year, then as found */
	size_t findings;
	struct audit_year *year;
	size_t years;
	struct day today;
};

/* What an audit works on; nothing is owned. */
struct audit_of {
	const struct law *law;
	const struct facts *facts;
	const struct lots *lots;
	const struct chain *chain;
	struct day today;
};

/* Audit all years. Fails with MISSING_FACTS when nothing is known as filed of any. */
bool audit_run(
	const struct audit_of *, struct audit *, struct pool *, struct fail *) MUST_USE;
/* Leave one year only; fails with MISSING_FACTS when nothing is known of it as filed. */
bool audit_keep(struct audit *, int year, struct fail *) MUST_USE;

/* A refund is due that can still be claimed, but for less than twelve months to be safe. */
bool claim_is_urgent(const struct audit_year *, struct day today);

/* Every mistake that is looked for, for `help audit` and the packet; ends with a NULL code. */
struct mistake_words {
	const char *code, *what, *rule;
};
const struct mistake_words *audit_mistakes(struct pool *);

/* What an audit does not look at, and why not; ends with a NULL `what`. */
struct unexamined_words {
	const char *what, *why;
};
extern const struct unexamined_words audit_unexamined[];

#endif
