/*
 * deadline.h: until when a refund of a year's tax can be claimed, and how much of it.
 *
 * IRC 6511(a): three years from filing or two years from a payment, whichever is later; a return
 * filed before its due date counts as filed on it (6513(a)). IRC 6511(b)(2): within the three
 * years a refund is at most what was paid in the three years, and the extension of time to file,
 * before the claim; otherwise what was paid in the two years before it. A last day on a Saturday,
 * a Sunday or a legal holiday in the District of Columbia moves to the next that is none (7503).
 */
#ifndef DUALBASIS_FORMS_DEADLINE_H
#define DUALBASIS_FORMS_DEADLINE_H

#include "ledger/base/day.h"
#include "ledger/base/money.h"

struct payment {
	struct day day;
	struct money amount;
};

/* What is known of how a year's return was filed and paid. */
struct filing {
	int year;
	struct day filed_on;    /* DAY_NONE: no return was filed */
	struct day extended_to; /* DAY_NONE: no extension was granted */
	/* Withholding, estimated tax and credits carried: paid on the due date (6513(b)). */
	struct money withheld;
	const struct payment *payment; /* the others, in any order */
	size_t payments;
	bool worthless; /* the claim is for a security that became worthless (6511(d)(1)) */
};

struct claim_window {
	/* The last day of the three years by the date of filing; DAY_NONE if nothing was filed. */
	struct day claim_by;
	/* The same by the reading that leaves no doubt: never later than claim_by. */
	struct day safe_by;
	/* The last day of two years from the last other payment; DAY_NONE if there was none. */
	struct day two_years_by;
	/*
	 * On claim_by itself withholding, which counts as paid on 15 April, lies outside the look-back
	 * unless a moved deadline keeps the look-back it would have had (Rev. Rul. 2003-41, not
	 * verified), or, for a return filed late, at all.
	 */
	bool rests_on_moved_look_back;
};

/* 15 April of the year after, never moved: what 6513 counts from. */
struct day due_day(int year);
/* That day, or the next that is no Saturday, Sunday or legal holiday (7503). */
struct day day_not_idle(struct day);
bool day_is_legal_holiday(struct day);

struct claim_window claim_window(const struct filing *);

/* The first day whose payments a claim made on a day reaches (6511(b)(2)). */
struct day claim_reaches(const struct filing *, struct day claimed);

/* The most that a claim made on a day can bring back; 0 when it comes too late. */
struct money claim_cap(const struct filing *, struct day claimed);

#endif
