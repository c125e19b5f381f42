/* The clock of refund claims. */
#include "forms/deadline.h"

#include <assert.h>

#include "ledger/base/pool.h"

static struct day civil(int year, int month, int mday)
{
	struct day day;
	const bool exists = day_from_civil(year, month, mday, &day);

	assert(exists);
	return day;
}

/* The n-th (from 1) given weekday of a month; 0 is Sunday. */
static struct day nth_weekday(int year, int month, int weekday, int n)
{
	const struct day first = civil(year, month, 1);
	const int ahead = (weekday - day_of_week(first) + 7) % 7;

	return day_plus(first, ahead + 7 * (n - 1));
}

static struct day last_monday_of_may(int year)
{
	const struct day last = civil(year, 5, 31);

	return day_plus(last, -((day_of_week(last) + 6) % 7));
}

enum holiday_rule { ON_DATE, NTH_WEEKDAY, LAST_MONDAY_OF_MAY };
struct holiday {
	enum holiday_rule rule;
	int month, mday_or_nth, weekday;
	int since; /* first year */
	int every; /* 4: only in years after a leap year's election */
};

/* Legal holidays in the District of Columbia (D.C. Code 28-2701), which 7503 looks to. */
static const struct holiday holidays[] = {
	{ ON_DATE, 1, 1, 0, 0, 1 },     /* New Year */
	{ NTH_WEEKDAY, 1, 3, 1, 0, 1 }, /* Martin Luther King */
	{ ON_DATE, 1, 20, 0, 0, 4 },    /* Inauguration */
	{ NTH_WEEKDAY, 2, 3, 1, 0, 1 }, /* Washington's Birthday */
	{ ON_DATE, 4, 16, 0, 2005, 1 }, /* Emancipation */
	{ LAST_MONDAY_OF_MAY, 5, 0, 1, 0, 1 },
	{ ON_DATE, 6, 19, 0, 2021, 1 }, /* Juneteenth */
	{ ON_DATE, 7, 4, 0, 0, 1 },
	{ NTH_WEEKDAY, 9, 1, 1, 0, 1 },  /* Labor */
	{ NTH_WEEKDAY, 10, 2, 1, 0, 1 }, /* Columbus, Indigenous Peoples */
	{ ON_DATE, 11, 11, 0, 0, 1 },    /* Veterans */
	{ NTH_WEEKDAY, 11, 4, 4, 0, 1 }, /* Thanksgiving */
	{ ON_DATE, 12, 25, 0, 0, 1 },
};

/* On a Saturday it is kept on the Friday before, on a Sunday on the Monday after. */
static struct day observed(struct day day)
{
	const int weekday = day_of_week(day);

	return weekday == 6 ? day_plus(day, -1) : weekday == 0 ? day_plus(day, 1) : day;
}

static bool falls_on(const struct holiday *holiday, int year, struct day day)
{
	if (year < holiday->since || (holiday->every == 4 && year % 4 != 1))
		return false;
	struct day it = DAY_NONE;

	switch (holiday->rule) {
	case ON_DATE:
		it = observed(civil(year, holiday->month, holiday->mday_or_nth));
		break;
	case NTH_WEEKDAY:
		it = nth_weekday(
			year, holiday->month, holiday->weekday, holiday->mday_or_nth);
		break;
	case LAST_MONDAY_OF_MAY:
		it = last_monday_of_may(year);
		break;
	}
	return it.number == day.number;
}

bool day_is_legal_holiday(struct day day)
{
	const int year = day_year(day);

	for (size_t i = 0; i < COUNT(holidays); i++)
		/* 1 January of next year may be kept on 31 December. */
		if (falls_on(&holidays[i], year, day) ||
			falls_on(&holidays[i], year + 1, day))
			return true;
	return false;
}

struct day day_not_idle(struct day day)
{
	while (day_of_week(day) == 0 || day_of_week(day) == 6 ||
		day_is_legal_holiday(day))
		day = day_plus(day, 1);
	return day;
}

struct day due_day(int year)
{
	return civil(year + 1, 4, 15);
}

static struct day earlier(struct day a, struct day b)
{
	return a.number < b.number ? a : b;
}

static struct day later(struct day a, struct day b)
{
	return a.number > b.number ? a : b;
}

/* Years of 6511(a), or of 6511(d)(1) for worthless securities, which count from the due date. */
static int years_open(const struct filing *filing)
{
	return filing->worthless ? 7 : 3;
}

/* A day some months later, or earlier if negative; the last of the month where there is none. */
static struct day months_later(struct day day, int months)
{
	int year, month, mday;
	struct day moved;

	day_to_civil(day, &year, &month, &mday);
	month += months - 1;
	year += month / 12 - (month % 12 < 0);
	month = (month % 12 + 12) % 12 + 1;
	while (!day_from_civil(year, month, mday, &moved))
		mday--;
	return moved;
}

/* By how much the time to file was extended: months, and the days of a moved last day. */
struct extension {
	int months, days;
};

static struct extension extension(const struct filing *filing)
{
	const struct day due = due_day(filing->year);
	struct extension by = { 0, 0 };

	if (!day_known(filing->extended_to) || filing->extended_to.number <= due.number)
		return by;
	while (months_later(due, by.months + 1).number <= filing->extended_to.number)
		by.months++;
	by.days = filing->extended_to.number - months_later(due, by.months).number;
	return by;
}

/*
 * The due date as it was postponed for everybody; Notice 2023-21 leaves these two periods out of
 * account when the look-back of a claim is measured.
 */
static struct day postponed_due_day(int year)
{
	return year == 2019    ? civil(2020, 7, 15)
		: year == 2020 ? civil(2021, 5, 17)
			       : due_day(year);
}

enum promptness {
	ON_TIME,   /* by the due date, as 7503 or a notice moved it */
	POSTPONED, /* after 15 April, in a period that Notice 2023-21 leaves out */
	EXTENDED,  /* after the due date, with an extension */
	LATE
};

static enum promptness promptness(const struct filing *filing)
{
	const struct day due = due_day(filing->year);
	const int32_t filed = filing->filed_on.number;

	if (filed <= day_not_idle(due).number || filing->worthless)
		return ON_TIME;
	if (filed <= postponed_due_day(filing->year).number)
		return POSTPONED;
	return day_known(filing->extended_to) && filing->extended_to.number > due.number
		? EXTENDED
		: LATE;
}

/* What is paid before the due date counts as paid on it (6513(a)). */
static struct day paid_on(const struct filing *filing, const struct payment *payment)
{
	return later(payment->day, due_day(filing->year));
}

struct claim_window claim_window(const struct filing *filing)
{
	struct claim_window window = { DAY_NONE, DAY_NONE, DAY_NONE, false };
	const struct day due = due_day(filing->year);
	const int years = years_open(filing);

	for (size_t i = 0; i < filing->payments; i++) {
		const struct day until = day_not_idle(
			day_plus_years(paid_on(filing, &filing->payment[i]), 2));

		window.two_years_by = day_known(window.two_years_by)
			? later(window.two_years_by, until)
			: until;
	}
	if (!day_known(filing->filed_on))
		return window;
	const struct day from = filing->worthless ? due : later(filing->filed_on, due);
	const struct day ends = day_plus_years(from, years);
	/* The day on which withholding, paid on 15 April, leaves the look-back. */
	struct day leaves = day_plus_years(due, years);

	window.claim_by = day_not_idle(ends);
	switch (promptness(filing)) {
	case ON_TIME:
		window.safe_by = earlier(window.claim_by, day_not_idle(leaves));
		break;
	case POSTPONED:
		leaves = ends;
		window.safe_by = window.claim_by;
		break;
	case EXTENDED:
		leaves = day_plus(months_later(leaves, extension(filing).months),
			extension(filing).days);
		window.safe_by = earlier(ends, leaves);
		break;
	case LATE:
		window.safe_by = earlier(window.claim_by, day_not_idle(leaves));
		break;
	}
	window.rests_on_moved_look_back = window.claim_by.number > leaves.number;
	return window;
}

/* The first day whose payments a claim within the three (or seven) years reaches. */
static struct day look_back(const struct filing *filing, struct day claimed)
{
	const struct day due = due_day(filing->year);
	const struct day from = filing->worthless ? due : later(filing->filed_on, due);
	const struct day ends = day_plus_years(from, years_open(filing));
	/* A last day that 7503 moved looks back as far as it would have (Rev. Rul. 2003-41). */
	const struct day measured = earlier(claimed, ends);
	const struct extension by = extension(filing);
	const struct day first = day_plus(
		months_later(day_plus_years(measured, -years_open(filing)), -by.months),
		-by.days);
	const enum promptness how = promptness(filing);

	return how == ON_TIME || how == POSTPONED ? earlier(first, due) : first;
}

struct day claim_reaches(const struct filing *filing, struct day claimed)
{
	const struct claim_window window = claim_window(filing);
	const bool in_time =
		day_known(window.claim_by) && claimed.number <= window.claim_by.number;

	return in_time ? look_back(filing, claimed) : day_plus_years(claimed, -2);
}

struct money claim_cap(const struct filing *filing, struct day claimed)
{
	const struct day first = claim_reaches(filing, claimed);
	struct money cap = { 0 };

	if (first.number <= due_day(filing->year).number)
		cap = filing->withheld;
	for (size_t i = 0; i < filing->payments; i++) {
		const struct day paid = paid_on(filing, &filing->payment[i]);

		if (paid.number >= first.number && paid.number <= claimed.number)
			cap = money_plus(cap, filing->payment[i].amount);
	}
	return cap;
}
