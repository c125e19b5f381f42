/* Exact amounts: rounding, parts, parsing, printing. */
#include "ledger/base/money.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "ledger/base/pool.h"

static const struct {
	const char *name;
	int64_t number, by, want;
} quotients[] = {
	{ "exact", 6, 3, 2 },
	{ "below a half goes down", 7, 5, 1 },
	{ "a half goes up", 5, 2, 3 },
	{ "above a half goes up", 8, 5, 2 },
	{ "a half lost goes away from zero", -5, 2, -3 },
	{ "below a half lost", -7, 5, -1 },
	{ "nothing", 0, 7, 0 },
	{ "an odd divisor has no half", 3, 7, 0 },
	{ "just above an odd half", 4, 7, 1 },
};

Test(money, quotients_are_rounded_half_away_from_zero)
{
	for (size_t i = 0; i < COUNT(quotients); i++)
		cr_expect(eq(i64, divide_half_away(quotients[i].number, quotients[i].by),
				  quotients[i].want),
			"%s", quotients[i].name);
}

Test(money, quotients_are_exact_beyond_64_bits)
{
	const int128 product = (int128)INT64_MAX * 1000003;

	cr_expect(eq(i64, divide_half_away(product, 1000003), INT64_MAX));
	cr_expect(eq(i64, divide_half_away(-product, 1000003), -INT64_MAX));
}

Test(money, rounding_is_odd)
{
	for (int64_t number = -1000; number <= 1000; number++)
		for (int64_t by = 1; by <= 12; by++)
			cr_assert(eq(i64, divide_half_away(-number, by),
				-divide_half_away(number, by)));
}

Test(money, a_price_times_shares_is_rounded_once)
{
	static const struct {
		const char *price, *shares;
		int64_t cents;
	} cases[] = {
		{ "31.00", "10000", 31000000 },
		{ "0.005", "1", 1 },
		{ "0.004999", "1", 0 },
		{ "3.333333", "3", 1000 },
		{ "787.2", "0.731", 57544 },
		{ "10000000000", "1", INT64_C(1000000000000) },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct price price;
		struct shares shares;
		struct fail why;

		cr_assert(price_parse(cases[i].price, &price, &why));
		cr_assert(shares_parse(cases[i].shares, &shares, &why));
		cr_expect(eq(i64, price_times(price, shares).cents, cases[i].cents),
			"%s x %s", cases[i].price, cases[i].shares);
	}
}

static const struct {
	const char *text;
	int64_t cents;
	const char *message; /* NULL: it parses */
} amounts[] = {
	{ "0", 0, NULL },
	{ "-0.00", 0, NULL },
	{ "12", 1200, NULL },
	{ "12.3", 1230, NULL },
	{ "12.34", 1234, NULL },
	{ "-12.34", -1234, NULL },
	{ "+12.34", 1234, NULL },
	{ ".5", 50, NULL },
	{ "5.", 500, NULL },
	{ "12.3400", 1234, NULL },
	{ "0000012.34", 1234, NULL },
	{ "1000000000000.00", INT64_C(100000000000000), NULL },
	{ "", 0, "\"\" is not a number" },
	{ "-", 0, "\"-\" is not a number" },
	{ ".", 0, "\".\" is not a number" },
	{ "1,2", 0, "\"1,2\" is not a number" },
	{ "1.2.3", 0, "\"1.2.3\" is not a number" },
	{ "0x10", 0, "\"0x10\" is not a number" },
	{ "1e3", 0, "\"1e3\" is not a number" },
	{ "nan", 0, "\"nan\" is not a number" },
	{ " 1", 0, "\" 1\" is not a number" },
	{ "12.345", 0, "\"12.345\" has more than 2 decimals" },
	{ "1000000000000.01", 0, "\"1000000000000.01\" is too large" },
	{ "99999999999999999999", 0, "\"99999999999999999999\" is too large" },
};

Test(money, amounts_are_read_exactly_or_refused)
{
	for (size_t i = 0; i < COUNT(amounts); i++) {
		struct money money = { 0 };
		struct fail why = { 0 };
		const bool good = money_parse(amounts[i].text, &money, &why);

		cr_expect(eq(int, good, amounts[i].message == NULL), "\"%s\"",
			amounts[i].text);
		if (good)
			cr_expect(eq(i64, money.cents, amounts[i].cents), "\"%s\"",
				amounts[i].text);
		else
			cr_expect(strcmp(why.message, amounts[i].message) == 0,
				"\"%s\": got %s", amounts[i].text, why.message);
	}
}

Test(money, what_is_printed_reads_back)
{
	static const int64_t cents[] = { 0, 1, -1, 99, 100, -12345678, 123456789012345 };
	char plain[MONEY_TEXT];

	for (size_t i = 0; i < COUNT(cents); i++) {
		int64_t back;
		struct fail why;
		const char *text = money_plain((struct money){ cents[i] }, plain);

		cr_assert(decimal_parse(text, strlen(text), 2, &back, &why));
		cr_expect(eq(i64, back, cents[i]));
	}
}

Test(money, printed_forms)
{
	char to[MONEY_TEXT];

	cr_expect(strcmp(money_plain((struct money){ -5 }, to), "-0.05") == 0);
	cr_expect(strcmp(money_plain((struct money){ 123450 }, to), "1234.50") == 0);
	cr_expect(strcmp(money_grouped((struct money){ 12345 }, to), "123.45") == 0);
	cr_expect(strcmp(money_grouped((struct money){ -123456789 }, to),
			  "-1,234,567.89") == 0);
	cr_expect(
		strcmp(money_short((struct money){ -123456700 }, to), "-1,234,567") == 0);
	cr_expect(strcmp(money_short((struct money){ 5 }, to), "0.05") == 0);
	cr_expect(strcmp(money_plain((struct money){ INT64_MIN }, to),
			  "-92233720368547758.08") == 0);
	cr_expect(strcmp(shares_plain((struct shares){ 10000000000 }, to), "100") == 0);
	cr_expect(strcmp(shares_plain((struct shares){ 73100000 }, to), "0.731") == 0);
	cr_expect(strcmp(price_plain((struct price){ 6100000000 }, to), "61.00") == 0);
	cr_expect(strcmp(price_plain((struct price){ 333333300 }, to), "3.333333") == 0);
}
