/*
 * figure.h: one figure of a return as people write it, on the command line and in files.
 *
 * Amounts are plain decimals in dollars with at most two decimals ("400000", "-12.50"); counts
 * are whole numbers; yes_no is "yes" or "no" (or 1 or 0); the others are words of the input.
 */
#ifndef DUALBASIS_FORMS_FIGURE_H
#define DUALBASIS_FORMS_FIGURE_H

#include "forms/return.h"
#include "ledger/fact.h"

/* Reads what was entered for an input. Fails as BAD_INPUT, without the input's name. */
bool figure_parse(const struct input *, struct span words, struct entered *,
	struct fail *) MUST_USE;

/* Whether an input may have this amount: one that is never negative is positive as named. */
bool figure_may_be(const struct input *, struct money, struct fail *) MUST_USE;

/* An amount in dollars, within MONEY_LIMIT_CENTS. */
bool amount_parse(struct span words, struct money *, struct fail *) MUST_USE;

/*
 * One figure as the user gives it: "status=mfj", "wages=200000", "compensation_in_wages=all", an
 * answer to a question of the year, "moved_state=no", "died=yes" of an owner, or a line entered by
 * hand, "f6251.2k=-65000". Fills a FACT_FIGURE of the year: amounts in
 * `amount`, everything else (words, counts) as it was written in `text`; a line's name is the
 * full id. A wrong name or value is a failure of usage, an unknown name with the nearest ones.
 */
bool figure_from_words(const struct law *, int year, const char *words, struct names *,
	struct fact *, struct fail *) MUST_USE;

/*
 * One word about a return as filed: a line, "f6251.2k=0"; a day, "filed_on=2025-04-10",
 * "extended_to=2025-10-15"; tax withheld, "withheld=52000"; a payment with its day,
 * "paid=1200@2025-04-15", once for each day; "not_filed=8801", once for each form; the program used,
 * "software=NAME"; the state of residence, "state=CA". Fills a FACT_FILED.
 */
bool filed_from_words(const struct law *, int year, const char *words, struct names *,
	struct fact *, struct fail *) MUST_USE;

/*
 * The standing figure or filed word that says something about the same as `fact`, of the same
 * owner; NULL if there is none. Both use facts->names.
 */
const struct fact *figure_standing(const struct facts *, const struct fact *);
bool figure_same(const struct fact *, const struct fact *);

/*
 * Refuses a figure that differs from the standing one: it has to be voided with a reason first.
 * Nothing standing, or the same figure again, is no failure.
 */
bool figure_may_stand(const struct facts *, const struct fact *, struct fail *) MUST_USE;

/*
 * No two facts of one name and year stand at once (payments of different days may). Undoing an
 * undo can bring back a figure that was entered anew meanwhile.
 */
bool figures_agree(const struct facts *, struct fail *) MUST_USE;

#endif
