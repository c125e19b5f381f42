/* Amounts, quantities and days in every spelling of brokers. */
#include <criterion/criterion.h>

#include "ledger/base/pool.h"
#include "ledger/import/value.h"

static const struct {
	const char *text, *plain;
} amounts[] = {
	{ "0", "0" },
	{ "1234.5", "1234.5" },
	{ "1,234.50", "1234.50" },
	{ "$1,234,567.89", "1234567.89" },
	{ "\"1,379.23 \"", NULL },
	{ "1,379.23 ", "1379.23" },
	{ "0000000000008180.00", "8180.00" },
	{ "-000000000000065.44", "-65.44" },
	{ "-$5.00", "-5.00" },
	{ "$-5.00", "-5.00" },
	{ "($5.00)", "-5.00" },
	{ "(5.00)", "-5.00" },
	{ "$(5.00)", "-5.00" },
	{ "+$5.00", "5.00" },
	{ "- $5.00", "-5.00" },
	{ "USD 5.00", NULL },
	{ "200.", "200" },
	{ ".5", "0.5" },
	{ "-0.00", "0.00" },
	{ "3E-9", "0.000000003" },
	{ "1.5e3", "1500" },
	{ "2.018354496E3", "2018.354496" },
	{ "787.200000", "787.200000" },
	{ ".05e3", "50" },
	{ "-.05e3", "-50" },
	{ "-.0e+11", "0" },
	{ "0.005e1", "0.05" },
	{ "0.123456789012345678", "0.123456789012345678" },
	{ "1,2", NULL },
	{ "1,23,456", NULL },
	{ "1.2.3", NULL },
	{ "12a", NULL },
	{ "(5.00", NULL },
	{ "5.00)", NULL },
	{ "--5", NULL },
	{ "0x10", NULL },
	{ "nan", NULL },
	{ "inf", NULL },
	{ "1e99", NULL },
	{ "e5", NULL },
	{ ".", NULL },
	{ "$", NULL },
	{ "-", NULL },
	{ "1 2", NULL },
	{ "6/31/24", NULL },
};

Test(value, amounts_keep_their_decimals)
{
	struct scratch scratch = { 0 };

	for (size_t i = 0; i < COUNT(amounts); i++) {
		const char *plain = NULL;
		struct fail why = { 0 };
		const bool done =
			value_decimal(amounts[i].text, false, &scratch, &plain, &why);

		if (amounts[i].plain == NULL)
			cr_expect(!done, "%s was read as %s", amounts[i].text, plain);
		else
			cr_expect(done && strcmp(plain, amounts[i].plain) == 0, "%s: %s",
				amounts[i].text, done ? plain : why.message);
	}
	scratch_release(&scratch);
}

Test(value, a_decimal_comma_is_read_where_the_format_has_it)
{
	struct scratch scratch = { 0 };
	const char *plain;
	struct fail why;

	cr_assert(value_decimal("1.234,50", true, &scratch, &plain, &why));
	cr_expect(strcmp(plain, "1234.50") == 0);
	cr_expect(!value_decimal("1,234.50", true, &scratch, &plain, &why));
	scratch_release(&scratch);
}

Test(value, sixty_digits_are_the_most)
{
	struct scratch scratch = { 0 };
	char digits[80];
	const char *plain;
	struct fail why;

	memset(digits, '9', sizeof digits);
	digits[60] = '\0';
	cr_expect(value_decimal(digits, false, &scratch, &plain, &why));
	digits[60] = '9';
	digits[61] = '\0';
	cr_expect(!value_decimal(digits, false, &scratch, &plain, &why));
	/* Nor does an exponent make more of them. */
	memcpy(digits + 36, "E24", 4);
	cr_expect(value_decimal(digits, false, &scratch, &plain, &why));
	cr_expect(strlen(plain) == 60);
	memcpy(digits + 36, "E25", 4);
	cr_expect(!value_decimal(digits, false, &scratch, &plain, &why));
	cr_expect(value_decimal("1E-30", false, &scratch, &plain, &why));
	cr_expect(!value_decimal(
		"0.0000000000000000000000000000001E-30", false, &scratch, &plain, &why));
	scratch_release(&scratch);
}

static const struct {
	const char *text;
	int pivot;
	const char *iso; /* NULL: no day; "": a placeholder */
} days[] = {
	{ "06/20/2025", 2025, "2025-06-20" },
	{ "6/3/2025", 2025, "2025-06-03" },
	{ "06/20/25", 2025, "2025-06-20" },
	{ "02/11/98", 2025, "1998-02-11" },
	{ "12/30/25", 2025, "2025-12-30" },
	{ "01/05/26", 2025, "1926-01-05" },
	{ "20250620", 2025, "2025-06-20" },
	{ "20250620120000.000[-5:EST]", 2025, "2025-06-20" },
	{ "20190501;120000", 2019, "2019-05-01" },
	{ "2019-05-01;12:00:00", 2019, "2019-05-01" },
	{ "2025-06-20", 2025, "2025-06-20" },
	{ "2025-06-20T10:00:00Z", 2025, "2025-06-20" },
	{ "2025-06-20 10:00:00", 2025, "2025-06-20" },
	{ "20-JUN-2025", 2025, "2025-06-20" },
	{ "25-Mar-2021", 2021, "2021-03-25" },
	{ "28 Feb 2025", 2025, "2025-02-28" },
	{ "JUN/20/2025", 2025, "2025-06-20" },
	{ "May-15-2023", 2023, "2023-05-15" },
	{ "September 3, 2024", 2024, "2024-09-03" },
	{ "02/07/2024 as of 02/05/2024", 2024, "2024-02-05" },
	{ "02/29/2024", 2024, "2024-02-29" },
	{ "12/31/1969", 2025, "" },
	{ "01/01/1970", 2025, "" },
	{ "01/01/0001", 2025, "" },
	{ "02/29/2025", 2025, NULL },
	{ "6/31/24", 2024, NULL },
	{ "13/01/2025", 2025, NULL },
	{ "2025", 2025, NULL },
	{ "06/20", 2025, NULL },
	{ "06/20/2025x", 2025, NULL },
	{ "06/20/2025 and more", 2025, NULL },
	{ "45828", 2025, NULL },
	{ "Janu/20/2025x", 2025, NULL },
	{ "999999999999/1/2025", 2025, NULL },
	{ "/06/20/2025", 2025, NULL },
	{ "-1/06/2025", 2025, NULL },
};

Test(value, days_in_the_forms_of_brokers)
{
	for (size_t i = 0; i < COUNT(days); i++) {
		struct day day = { 0 };
		struct fail why = { 0 };
		char iso[DAY_TEXT] = "";
		const bool done = value_day(
			days[i].text, DAY_MONTH_FIRST, days[i].pivot, false, &day, &why);

		if (done && day_known(day))
			day_iso(day, iso);
		if (days[i].iso == NULL)
			cr_expect(!done, "%s was read as %s", days[i].text, iso);
		else
			cr_expect(done && strcmp(iso, days[i].iso) == 0, "%s: %s",
				days[i].text, done ? iso : why.message);
	}
}

Test(value, a_serial_is_a_day_only_in_a_workbook)
{
	struct day day;
	struct fail why;
	char iso[DAY_TEXT];

	cr_assert(value_day("45828", DAY_MONTH_FIRST, 2025, true, &day, &why));
	cr_expect(strcmp(day_iso(day, iso), "2025-06-20") == 0, "%s", iso);
	cr_expect(!value_day("45828", DAY_MONTH_FIRST, 2025, false, &day, &why));
}

Test(value, the_day_may_come_first)
{
	struct day day;
	struct fail why;
	char iso[DAY_TEXT];

	cr_assert(value_day("03/06/2025", DAY_DAY_FIRST, 2025, false, &day, &why));
	cr_expect(strcmp(day_iso(day, iso), "2025-06-03") == 0, "%s", iso);
}

Test(value, blanks_have_many_words)
{
	static const char *const blank[] = { "", " ", "--", " --", "-", "N/A", "NA",
		"n/a" };
	static const char *const filled[] = { "0", "---", "N", "-5", "none" };

	for (size_t i = 0; i < COUNT(blank); i++)
		cr_expect(value_blank(blank[i]), "\"%s\"", blank[i]);
	for (size_t i = 0; i < COUNT(filled); i++)
		cr_expect(!value_blank(filled[i]), "\"%s\"", filled[i]);
}

static const struct {
	const char *plain;
	int64_t cents;
} cents[] = {
	{ "2018.354496", 201835 },
	{ "0.005", 1 },
	{ "-0.005", -1 },
	{ "0.004999", 0 },
	{ "787.200000", 78720 },
	{ "0.000000003", 0 },
};

Test(value, amounts_are_rounded_once_to_the_cent_half_away_from_zero)
{
	for (size_t i = 0; i < COUNT(cents); i++) {
		struct money money;
		struct fail why;

		cr_assert(value_money(cents[i].plain, &money, &why));
		cr_expect(money.cents == cents[i].cents, "%s", cents[i].plain);
	}
	struct money money;
	struct fail why;

	cr_expect(!value_money("1000000000000.01", &money, &why));
	cr_expect(value_money("999999999999.99", &money, &why));
}

Test(value, shares_beyond_eight_decimals_say_that_they_were_rounded)
{
	struct shares shares;
	struct fail why;
	bool rounded;

	cr_assert(value_shares("0.123456785", &shares, &rounded, &why));
	cr_expect(shares.e8 == 12345679 && rounded);
	cr_assert(value_shares("0.1234567800", &shares, &rounded, &why));
	cr_expect(shares.e8 == 12345678 && !rounded);
	cr_expect(!value_shares("10000000000.1", &shares, &rounded, &why));
}
