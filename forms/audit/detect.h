/*
 * detect.h: the mistakes that filed lines show. Internal to the audit.
 *
 * A detector looks at one year and says whether the filed lines fit its mistake: what the ledger
 * must hold, and what a filer who made this mistake would have written. It puts into the sight
 * the line it speaks of, its words, and the lines to enter into the right chain so that it makes
 * the same mistake; the audit prices it.
 */
#ifndef DUALBASIS_FORMS_AUDIT_DETECT_H
#define DUALBASIS_FORMS_AUDIT_DETECT_H

#include "forms/audit.h"

/* What the year's dispositions of ISO shares come to. */
struct iso_year {
	size_t sales; /* dispositions of ISO lots */
	/* AMT less regular basis of shares sold qualifying. */
	struct money gap;
	/* Of disqualifying sales, after the limit of 422(c)(2); and without it. */
	struct money compensation, full_spread;
	/* The part of the compensation whose AMT inclusion was in an earlier year. */
	struct money earlier;
	struct money per_lot;          /* sum of AMT less regular gains, lot by lot */
	struct money same_year_spread; /* of shares exercised and sold in the year */
	/* Sold on the last day that is too early, or NULL. */
	const struct disposition *anniversary;
};

#define OVERRIDES 6
struct override {
	const char *line;
	struct money amount;
};

struct sight {
	const struct audit_of *of;
	const struct audit *audit;    /* the years before this one, as they were found */
	const struct tax_return *its; /* as it should have been */
	const struct filed_year *filed;
	int year;
	enum filing_status status;
	struct iso_year iso;
	struct pool *pool;
	/* The answer */
	const char *line;
	const char *text; /* what was found, to its owner */
	/* The same as sentences to file; NULL where there is nothing to claim. */
	const char *claim;
	struct override override[OVERRIDES];
	size_t overrides;
	bool only_if_worth; /* no finding at all where it changes nothing */
};

struct detector {
	const char *code, *what;
	const char *law; /* what a reader can open */
	bool (*sees)(struct sight *);
	/* Not looked for where one of these was found in the year; the rest are NULL. */
	const char *unless[3];
};
extern const struct detector detectors[]; /* ends with a NULL code */

/* Lines are rounded one by one; a difference of no more than this is none. */
#define AUDIT_TOLERANCE_CENTS 300
bool near(struct money, struct money);
bool positive(struct money);
bool nothing(struct money);

/* The computed amount of a line; 0 where it is blank or the year has none. */
struct money line_of(const struct tax_return *, const char *id);
/*
 * Filed and computed of a line differ; false when nothing is known as filed. Lines of a form that
 * was not filed are 0; the second asks for a form that was.
 */
bool differs(const struct sight *, const char *id, struct money *filed,
	struct money *computed);
bool differs_on_form(const struct sight *, const char *id, struct money *filed,
	struct money *computed);

/* Enter a line into the right chain; and: the mistake is the line itself as filed. True. */
void put(struct sight *, const char *line, struct money);
bool put_as_filed(struct sight *, const char *line, struct money filed);

/* "80,000", "-12.50": cents only where there are any; in the pool. */
const char *amount_words(struct pool *, struct money);
/* For a form's reader: "$80,000", "($12.50)". */
const char *dollars(struct pool *, struct money);
/* "05/21/2024" */
const char *day_words(struct pool *, struct day);

/* Which dispositions of ISO lots a sentence is about. */
enum iso_sale { ISO_QUALIFYING, ISO_DISQUALIFYING, ISO_LATER_YEAR, ISO_SAME_YEAR };
/* "2,000 shares of WNDR acquired 03/14/2022 and sold 05/21/2024"; several with "; ". */
const char *sales_words(const struct sight *, enum iso_sale);
/* "3,000 shares of WNDR on 03/14/2022", the exercises of ISOs in the year. */
const char *exercises_words(const struct sight *);

/* detect_year.c */
struct iso_year iso_year(const struct lots *, int year);

/* price.c: the year with some lines entered; NULL when it cannot be computed so. */
const struct tax_return *year_with(const struct audit_of *, int year,
	const struct override *, size_t count, struct pool *, struct fail *);
const struct tax_return *sight_with(
	const struct sight *, const struct override *, size_t count);
/* What correcting these lines changes, in the finding's year and in those after it. */
bool finding_price(const struct audit_of *, struct finding *, const struct override *,
	size_t count, struct pool *, struct fail *) MUST_USE;

/* The detectors, by the form that shows them. */
#define DETECTOR(name) bool name(struct sight *)
/* detect_sales.c: Form 1040, Form 8949 and Schedule D */
DETECTOR(regular_basis_raised);
DETECTOR(anniversary_sale);
DETECTOR(disqualifying_called_qualifying);
DETECTOR(loss_sale_full_spread);
DETECTOR(compensation_twice_in_wages);
DETECTOR(basis_not_raised);
/* detect_amt.c: Form 6251 */
DETECTOR(adjustment_on_other_line);
DETECTOR(amt_basis_missed);
DETECTOR(amt_reversal_missed);
DETECTOR(amt_loss_not_limited);
DETECTOR(amt_carryover_dropped);
DETECTOR(exercise_not_reported);
DETECTOR(same_year_sale_on_2i);
DETECTOR(spread_not_by_form_3921);
DETECTOR(deduction_not_added_back);
DETECTOR(flat_rate);
DETECTOR(separate_increase_missed);
DETECTOR(unsupported_software);
/* detect_credit.c: Form 8801 */
DETECTOR(credit_not_claimed);
DETECTOR(barred_credit_kept);
DETECTOR(unclaimed_credit_kept);
DETECTOR(credit_not_carried_in);
DETECTOR(last_year_not_carried_in);
DETECTOR(negative_line_18_dropped);
DETECTOR(exclusion_tax_misplaced);

#endif
