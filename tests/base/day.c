/* The calendar: every day there is, the days there are not, and holding periods. */
#include "ledger/base/day.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "ledger/base/pool.h"

static struct day day(const char *text)
{
	struct day day;
	struct fail why;
	const bool good = day_parse_iso(text, strlen(text), &day, &why);

	cr_assert(good, "%s", text);
	return day;
}

Test(day, every_day_of_three_centuries_goes_there_and_back)
{
	struct day last = day("1900-01-01");
	const struct day first = last;
	int count = 0;

	for (int year = 1900; year <= 2199; year++)
		for (int month = 1; month <= 12; month++)
			for (int mday = 1; mday <= 31; mday++) {
				struct day it;
				int y, m, d;

				if (!day_from_civil(year, month, mday, &it))
					continue;
				cr_assert(eq(i32, it.number, first.number + count));
				day_to_civil(it, &y, &m, &d);
				cr_assert(y == year && m == month && d == mday);
				last = it;
				count++;
			}
	/* 300 years with 73 leap days: 1900, 2100 have none, 2000 has one. */
	cr_expect(eq(int, count, 300 * 365 + 73));
	cr_expect(eq(i32, last.number, day("2199-12-31").number));
	cr_expect(eq(i32, day("1970-01-01").number, 0));
}

static const char *const no_days[] = { "2023-02-29", "1900-02-29", "2100-02-29",
	"2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00", "2024-1-01", "24-01-01",
	"2024/01/01", "2024-01-01 ", "", "20240101", "1899-12-31", "2200-01-01",
	"-024-01-01", "2024-0x-01" };

Test(day, days_that_do_not_exist_are_refused)
{
	for (size_t i = 0; i < COUNT(no_days); i++) {
		struct day it;
		struct fail why = { 0 };

		cr_expect(not(day_parse_iso(no_days[i], strlen(no_days[i]), &it, &why)),
			"%s", no_days[i]);
		cr_expect(eq(int, why.kind, FAIL_BAD_INPUT));
		cr_expect(strstr(why.message, "YYYY-MM-DD") != NULL);
	}
}

/* the period begins the day after; 29 February in a common year becomes 1 March. */
static const struct {
	const char *from;
	int years;
	const char *want;
} periods[] = {
	{ "2022-03-01", 1, "2023-03-02" },
	{ "2019-01-02", 2, "2021-01-03" },
	{ "2023-02-28", 1, "2024-03-01" },
	{ "2024-02-28", 1, "2025-03-01" },
	{ "2024-02-29", 1, "2025-03-01" },
	{ "2023-12-31", 1, "2025-01-01" },
	{ "2022-02-27", 2, "2024-02-28" },
	{ "2022-02-28", 2, "2024-03-01" },
};

Test(day, held_longer_than_counts_from_the_day_after)
{
	for (size_t i = 0; i < COUNT(periods); i++) {
		char got[DAY_TEXT];

		day_iso(day_held_longer_than(day(periods[i].from), periods[i].years),
			got);
		cr_expect(strcmp(got, periods[i].want) == 0, "from %s: %s, want %s",
			periods[i].from, got, periods[i].want);
	}
}

Test(day, weekdays)
{
	cr_expect(eq(int, day_of_week(day("1970-01-01")), 4));
	cr_expect(eq(int, day_of_week(day("2026-04-15")), 3));
	cr_expect(eq(int, day_of_week(day("1900-01-01")), 1));
	cr_expect(not(day_known(DAY_NONE)));
}
