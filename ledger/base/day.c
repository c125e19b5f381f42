/* The calendar, on day numbers. */
#include "ledger/base/day.h"

#include <assert.h>
#include <stdio.h>

#include "ledger/base/text.h"

bool day_known(struct day day)
{
	return day.number != INT32_MIN;
}

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && leap(year));
}

/* Days before 1 January of a year, counted from 1 January of year 1. */
static int32_t before(int year)
{
	const int32_t past = year - 1;

	return past * 365 + past / 4 - past / 100 + past / 400;
}

bool day_from_civil(int year, int month, int mday, struct day *day)
{
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || mday < 1 ||
		mday > days_in(year, month))
		return false;
	int32_t number = before(year) - before(1970);

	for (int m = 1; m < month; m++)
		number += days_in(year, m);
	day->number = number + mday - 1;
	return true;
}

void day_to_civil(struct day day, int *year, int *month, int *mday)
{
	assert(day_known(day));
	int32_t left = day.number + before(1970);
	int y = (int)(left / 366) + 1;

	while (before(y + 1) <= left)
		y++;
	left -= before(y);
	int m = 1;

	while (left >= days_in(y, m))
		left -= days_in(y, m++);
	*year = y;
	*month = m;
	*mday = (int)left + 1;
}

int day_year(struct day day)
{
	int year, month, mday;

	day_to_civil(day, &year, &month, &mday);
	return year;
}

bool day_parse_iso(const char *text, size_t length, struct day *day, struct fail *why)
{
	int part[3] = { 0 };
	bool good = length == 10 && text[4] == '-' && text[7] == '-';

	for (size_t i = 0; good && i < length; i++) {
		if (i == 4 || i == 7)
			continue;
		good = text[i] >= '0' && text[i] <= '9';
		int *const to = &part[i < 4 ? 0 : i < 7 ? 1 : 2];

		*to = *to * 10 + (text[i] - '0');
	}
	if (!good || !day_from_civil(part[0], part[1], part[2], day))
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is not a day (want YYYY-MM-DD)",
			CUT_SPAN(((struct span){ text, length }), 60));
	return true;
}

char *day_iso(struct day day, char *to)
{
	int year, month, mday;

	day_to_civil(day, &year, &month, &mday);
	snprintf(to, DAY_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000,
		(unsigned)month % 100, (unsigned)mday % 100);
	return to;
}

struct day day_plus(struct day day, int days)
{
	assert(day_known(day));
	return (struct day){ day.number + days };
}

struct day day_plus_years(struct day day, int years)
{
	int year, month, mday;
	struct day later;

	day_to_civil(day, &year, &month, &mday);
	if (month == 2 && mday == 29 && !leap(year + years)) {
		month = 3;
		mday = 1;
	}
	const bool exists = day_from_civil(year + years, month, mday, &later);

	assert(exists);
	return later;
}

struct day day_held_longer_than(struct day from, int years)
{
	return day_plus_years(day_plus(from, 1), years);
}

int day_of_week(struct day day)
{
	/* 1970-01-01 was a Thursday. */
	const int32_t from_sunday = (day.number + 4) % 7;

	return (int)(from_sunday < 0 ? from_sunday + 7 : from_sunday);
}
