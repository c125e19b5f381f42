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

#define TERMS (TERM_LONG + 1)

/* What the year's dispositions come to. */
struct year_lots {
	/* ---- ISO shares ---- */
	size_t iso_sales; /* on Form 8949 */
	/* AMT less regular basis of shares sold qualifying. */
	struct money gap;
	/*
	 * Compensation: all of it; of gifts; as if nothing had been bought within 30 days, so that
	 * 422(c)(2) limits it; and without that limit.
	 */
	struct money compensation, of_gifts, unwashed, full_spread;
	/* The part of it whose AMT inclusion was in an earlier year. */
	struct money earlier;
	struct money per_lot;          /* sum of AMT less regular gains, lot by lot */
	struct money same_year_spread; /* of shares exercised and sold in the year */
	/* Sold on the last day that is too early, or NULL. */
	const struct disposition *anniversary;
	/* ---- all shares, by term ---- */
	/* Compensation in the basis of shares sold that the broker's basis lacks. */
	struct money lacking[TERMS];
	/* Losses on shares that became worthless. */
	struct money worthless[BOOKS][TERMS];
	/* Losses that wash sales disallow; and those of them that the broker reports. */
	struct money washed[BOOKS][TERMS], reported_wash[TERMS];
};

#define OVERRIDES 8
struct override {
	int year;
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
	struct year_lots lots;
	struct pool *pool;
	/* The answer */
	const char *line;
	const char *text; /* what was found, to its owner */
	/* The same as sentences to file; NULL where there is nothing to claim. */
	const char *claim;
	struct override override[OVERRIDES];
	size_t overrides;
	/* All years as the filer took the facts to be, where that is the mistake; else NULL. */
	const struct chain *believed;
	bool only_if_worth; /* no finding at all where it changes nothing */
	bool worthless;     /* the claim has seven years (6511(d)(1)) */
};

struct detector {
	const char *code, *what;
	const char *law; /* what a reader can open */
	bool (*sees)(struct sight *);
	/* About what comes over from earlier years: their mistakes are no excuse for it. */
	bool of_carrying;
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

/* The mistake is about losses of both books, left out of the Schedules D or deducted there. */
enum mistaken { LEFT_OUT, DEDUCTED };
void put_losses(struct sight *, const struct money regular[TERMS],
	const struct money amt[TERMS], enum mistaken);

/* "80,000", "-12.50": cents only where there are any; in the pool. */
const char *amount_words(struct pool *, struct money);
/* For a form's reader: "$80,000", "($12.50)". */
const char *dollars(struct pool *, struct money);
/* "05/21/2024" */
const char *day_words(struct pool *, struct day);

/* Which dispositions of ISO lots a sentence is about. */
enum iso_sale {
	ISO_QUALIFYING,
	ISO_DISQUALIFYING,
	ISO_LATER_YEAR,
	ISO_SAME_YEAR,
	ISO_GIVEN
};
/* "2,000 shares of WNDR acquired 03/14/2022 and sold 05/21/2024"; several with "; ". */
const char *sales_words(const struct sight *, enum iso_sale);
/* "WNDR, exercised on 03/14/2022": what became income for the AMT in the year. */
const char *exercises_words(const struct sight *);

/* detect_year.c */
struct year_lots year_lots(const struct lots *, int year);
/* A sum over terms. */
struct money of_terms(const struct money[TERMS]);

/* price.c: the year with some lines entered, of it or of earlier ones; NULL: it cannot be. */
const struct tax_return *year_with(const struct audit_of *, int year,
	const struct override *, size_t count, struct pool *, struct fail *);
/* The sight's year with lines of it, whatever their year says. */
const struct tax_return *sight_with(
	const struct sight *, const struct override *, size_t count);
/* What correcting it changes, in the finding's year and in those after it. */
bool finding_price(const struct audit_of *, struct finding *, const struct sight *,
	struct pool *, struct fail *) MUST_USE;

/*
 * Other facts than those that happened: changes `facts` (a copy), and tells whether it did.
 */
typedef bool fact_change(struct facts *);
/*
 * The filed lines are what those other facts would have led to, where the two differ: enters the
 * lines, sets `believed`.
 */
bool sight_believes(struct sight *, fact_change *);

/* The detectors, by the form that shows them. */
#define DETECTOR(name) bool name(struct sight *)
/* detect_sales.c: Form 1040, Form 8949 and Schedule D */
DETECTOR(regular_basis_raised);
DETECTOR(anniversary_sale);
DETECTOR(disqualifying_called_qualifying);
DETECTOR(loss_sale_full_spread);
DETECTOR(compensation_twice_in_wages);
DETECTOR(basis_not_raised);
DETECTOR(gift_of_immature_shares);
DETECTOR(worthless_loss_missed);
/* detect_wash.c: purchases within 30 days of a loss */
DETECTOR(rescue_sale_washed);
DETECTOR(wash_sale_missed);
DETECTOR(amt_wash_ignored);
/* detect_belief.c: what an option or a share was taken for */
DETECTOR(late_exercise_as_iso);
DETECTOR(limit_excess_as_iso);
DETECTOR(unvested_at_exercise_value);
DETECTOR(election_without_effect);
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
/* detect_credit.c: Form 8801 */
DETECTOR(credit_not_claimed);
DETECTOR(barred_credit_kept);
DETECTOR(unclaimed_credit_kept);
DETECTOR(credit_not_carried_in);
DETECTOR(last_year_not_carried_in);
DETECTOR(negative_line_18_dropped);
DETECTOR(exclusion_tax_misplaced);
/* detect_reminder.c: what no line shows, and a person should look at */
DETECTOR(credit_of_other_spouse);
DETECTOR(estimated_tax_short);
DETECTOR(unsupported_software);
DETECTOR(state_amt_unexamined);
DETECTOR(state_move_unexamined);

#endif
