/* Until when a refund can be claimed: the table of years, the day itself and the day after. */
#include "forms/deadline.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "ledger/base/pool.h"

static struct day day(const char *text)
{
	struct day it = DAY_NONE;
	struct fail why;

	if (*text != '\0') {
		const bool good = day_parse_iso(text, strlen(text), &it, &why);

		cr_assert(good, "%s", text);
	}
	return it;
}

static const struct {
	const char *date;
	bool holiday;
} days[] = {
	{ "2022-04-15", true }, /* Emancipation Day on a Saturday is kept on Friday */
	{ "2028-04-17", true }, /* on a Sunday, on Monday */
	{ "2029-04-16", true },
	{ "2026-04-15", false },
	{ "2023-04-17", true },
	{ "2024-05-27", true }, /* Memorial Day */
	{ "2024-05-20", false },
	{ "2021-06-18", true },  /* Juneteenth 2021, a Saturday */
	{ "2020-06-19", false }, /* not yet one */
	{ "2021-12-31", true },  /* New Year 2022, a Saturday */
	{ "2025-01-20", true },  /* King and Inauguration */
	{ "2024-11-28", true },  /* Thanksgiving */
	{ "2024-11-29", false },
	{ "2024-10-14", true },
	{ "2027-10-15", false },
};

Test(deadline, legal_holidays)
{
	for (size_t i = 0; i < COUNT(days); i++)
		cr_expect(
			eq(int, day_is_legal_holiday(day(days[i].date)), days[i].holiday),
			"%s", days[i].date);
}

/* The dates of `claim_by` and `safe_by`, year by year. */
static const struct {
	int year;
	const char *filed, *extended, *claim_by, *safe_by;
	bool rests;
} windows[] = {
	/* filed in time: 2018, 2019, 2024 and 2025 end on moved days */
	{ 2018, "2019-03-01", "", "2022-04-18", "2022-04-18", true },
	{ 2018, "2019-04-15", "", "2022-04-18", "2022-04-18", true },
	{ 2019, "2020-04-15", "", "2023-04-18", "2023-04-18", true },
	{ 2020, "2021-04-15", "", "2024-04-15", "2024-04-15", false },
	{ 2021, "2022-03-01", "", "2025-04-15", "2025-04-15", false },
	{ 2021, "2022-04-18", "", "2025-04-18", "2025-04-15", true },
	{ 2022, "2023-04-18", "", "2026-04-20", "2026-04-15", true },
	{ 2022, "2023-02-28", "", "2026-04-15", "2026-04-15", false },
	{ 2023, "2024-04-15", "", "2027-04-15", "2027-04-15", false },
	{ 2024, "2025-04-15", "", "2028-04-18", "2028-04-18", true },
	{ 2025, "2026-04-15", "", "2029-04-17", "2029-04-17", true },
	/* the postponed years */
	{ 2019, "2020-06-01", "", "2023-06-01", "2023-06-01", false },
	{ 2019, "2020-07-15", "", "2023-07-17", "2023-07-17", true },
	{ 2020, "2021-05-17", "", "2024-05-17", "2024-05-17", false },
	/* extended */
	{ 2018, "2019-10-15", "2019-10-15", "2022-10-17", "2022-10-15", true },
	{ 2022, "2023-10-10", "2023-10-16", "2026-10-13", "2026-10-10", false },
	{ 2023, "2024-04-10", "2024-10-15", "2027-04-15", "2027-04-15", false },
	/* late */
	{ 2022, "2023-09-01", "", "2026-09-01", "2026-04-15", true },
	/* 29 February */
	{ 2022, "2024-02-29", "", "2027-03-01", "2026-04-15", true },
};

/* The two windows of a claim. */
Test(deadline, windows_by_year)
{
	for (size_t i = 0; i < COUNT(windows); i++) {
		const struct filing filing = { .year = windows[i].year,
			.filed_on = day(windows[i].filed),
			.extended_to = day(windows[i].extended) };
		const struct claim_window window = claim_window(&filing);
		char claim[DAY_TEXT], safe[DAY_TEXT];

		day_iso(window.claim_by, claim);
		day_iso(window.safe_by, safe);
		cr_expect(strcmp(claim, windows[i].claim_by) == 0,
			"%d filed %s: claim by %s, want %s", windows[i].year,
			windows[i].filed, claim, windows[i].claim_by);
		cr_expect(strcmp(safe, windows[i].safe_by) == 0,
			"%d filed %s: safe by %s, want %s", windows[i].year,
			windows[i].filed, safe, windows[i].safe_by);
		cr_expect(eq(int, window.rests_on_moved_look_back, windows[i].rests),
			"%d filed %s", windows[i].year, windows[i].filed);
		cr_expect(not(day_known(window.two_years_by)));
	}
}

/* How much comes back: withholding of 10,000, and 5,000 paid on a later day. */
static const struct {
	const char *name;
	int year;
	const char *filed, *extended, *paid, *claimed;
	int64_t dollars;
} caps[] = {
	{ "within three years, all", 2023, "2024-04-01", "", "2024-04-01", "2027-04-15",
		15000 },
	{ "the day after, nothing", 2023, "2024-04-01", "", "2024-04-01", "2027-04-16",
		0 },
	{ "two years from a late payment, that payment", 2023, "2024-04-01", "",
		"2026-01-10", "2028-01-10", 5000 },
	{ "a day later, nothing", 2023, "2024-04-01", "", "2026-01-10", "2028-01-11", 0 },
	{ "a moved last day keeps its look-back", 2024, "2025-04-10", "", "2025-04-10",
		"2028-04-18", 15000 },
	{ "the day after the moved one", 2024, "2025-04-10", "", "2025-04-10",
		"2028-04-19", 0 },
	{ "the return filed on the moved due date", 2021, "2022-04-18", "", "2022-04-18",
		"2025-04-18", 15000 },
	{ "extension reaches back to April", 2022, "2023-10-16", "2023-10-16",
		"2023-04-18", "2026-10-16", 15000 },
	{ "the day after it", 2022, "2023-10-16", "2023-10-16", "2023-04-18",
		"2026-10-17", 0 },
	{ "filed late: withholding is out of reach after April", 2022, "2023-09-01", "",
		"2023-09-01", "2026-08-31", 5000 },
	{ "filed late: before April all is", 2022, "2023-09-01", "", "2023-09-01",
		"2026-04-15", 15000 },
	{ "2019, postponed", 2019, "2020-07-15", "", "2020-07-15", "2023-07-17", 15000 },
	{ "2019, postponed, the day after", 2019, "2020-07-15", "", "2020-07-15",
		"2023-07-18", 0 },
	{ "no return: two years from payment, withholding", 2023, "", "", "2024-06-01",
		"2026-04-15", 15000 },
	{ "no return: only the later payment", 2023, "", "", "2024-06-01", "2026-06-01",
		5000 },
	{ "no return: too late", 2023, "", "", "2024-06-01", "2026-06-02", 0 },
};

Test(deadline, caps_on_the_day_and_the_day_after)
{
	for (size_t i = 0; i < COUNT(caps); i++) {
		const struct payment payment = { day(caps[i].paid), { 500000 } };
		const struct filing filing = { .year = caps[i].year,
			.filed_on = day(caps[i].filed),
			.extended_to = day(caps[i].extended),
			.withheld = { 1000000 },
			.payment = &payment,
			.payments = 1 };

		cr_expect(eq(i64, claim_cap(&filing, day(caps[i].claimed)).cents,
				  caps[i].dollars * 100),
			"%s", caps[i].name);
	}
}

Test(deadline, worthless_securities_have_seven_years_from_the_due_date)
{
	const struct filing filing = { .year = 2018,
		.filed_on = day("2019-10-15"),
		.extended_to = day("2019-10-15"),
		.withheld = { 100 },
		.worthless = true };
	char text[DAY_TEXT];

	cr_expect(
		strcmp(day_iso(claim_window(&filing).claim_by, text), "2026-04-15") == 0);
	cr_expect(eq(i64, claim_cap(&filing, day("2026-04-15")).cents, 100));
	cr_expect(eq(i64, claim_cap(&filing, day("2026-04-16")).cents, 0));
}
