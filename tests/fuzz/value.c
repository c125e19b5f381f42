/*
 * Amounts, quantities and days, of brokers and of our own files. The first byte says which
 * reader the rest is for. What is read is printed, and the print has to mean the same.
 */
#include "ledger/import/value.h"
#include "ledger/import/workbook.h"
#include "tests/fuzz/support/harness.h"

static struct scratch scratch;

static void decimal_of_brokers(const char *text, bool comma)
{
	const char *plain, *again;
	struct fail why = { 0 };
	int128 e8;
	char sum[48];

	scratch_clear(&scratch);
	if (!value_decimal(text, comma, &scratch, &plain, &why)) {
		fail_holds(&why);
		return;
	}
	assert(value_decimal(plain, false, &scratch, &again, &why));
	assert(strcmp(plain, again) == 0);
	if (!value_e8(plain, &e8))
		return;
	int128 same;

	assert(value_e8(value_e8_text(e8, sum), &same) && same == e8);
	struct money money;

	if (value_money(plain, &money, &why)) {
		char printed[MONEY_TEXT];
		struct money back;

		/* Once to the cent, by no more than half of one. */
		const int128 off = e8 - (int128)money.cents * 1000000;

		assert(off <= 500000 && off >= -500000);
		assert(value_decimal(
			money_grouped(money, printed), false, &scratch, &again, &why));
		assert(value_money(again, &back, &why) && back.cents == money.cents);
	}
}

static void day_of_brokers(const char *text, enum day_order order, bool serial)
{
	struct day day, again;
	struct fail why = { 0 };
	char iso[DAY_TEXT];

	if (!value_day(text, order, 2025, serial, &day, &why)) {
		fail_holds(&why);
		return;
	}
	if (!day_known(day))
		return;
	day_iso(day, iso);
	assert(day_parse_iso(iso, strlen(iso), &again, &why));
	assert(again.number == day.number);
	assert(value_day(iso, order, 2025, false, &again, &why));
	/* 1970-01-01 stands for no day. */
	assert(again.number == day.number || !day_known(again));
}

static void decimal_of_ours(const char *text, size_t length)
{
	int64_t value, again;
	struct money money;
	struct shares shares;
	struct price price;
	struct fail why = { 0 };
	char printed[MONEY_TEXT];

	for (int decimals = 0; decimals <= 8; decimals += 2)
		if (!decimal_parse(text, length, decimals, &value, &why))
			fail_holds(&why);
	if (money_parse(text, &money, &why)) {
		assert(money.cents <= MONEY_LIMIT_CENTS &&
			money.cents >= -MONEY_LIMIT_CENTS);
		money_plain(money, printed);
		assert(decimal_parse(printed, strlen(printed), 2, &again, &why));
		assert(again == money.cents);
	}
	if (shares_parse(text, &shares, &why)) {
		shares_plain(shares, printed);
		assert(decimal_parse(printed, strlen(printed), 8, &again, &why));
		assert(again == shares.e8);
	}
	if (price_parse(text, &price, &why)) {
		price_plain(price, printed);
		assert(decimal_parse(printed, strlen(printed), 8, &again, &why));
		assert(again == price.e8);
	}
}

static void day_of_ours(const char *text, size_t length)
{
	struct day day;
	struct fail why = { 0 };
	char iso[DAY_TEXT];

	if (!day_parse_iso(text, length, &day, &why)) {
		fail_holds(&why);
		return;
	}
	assert(strlen(day_iso(day, iso)) == length && memcmp(iso, text, length) == 0);
}

/* What a spreadsheet shows can be shown again and does not change. */
static void number_of_workbooks(const char *text)
{
	char once[NUMBER_TEXT], twice[NUMBER_TEXT];

	workbook_number(text, once);
	assert(strlen(once) < NUMBER_TEXT);
	if (strlen(text) >= NUMBER_TEXT)
		return;
	workbook_number(once, twice);
	assert(strcmp(once, twice) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char text[256];

	if (length < 1 || length > sizeof text)
		return 0;
	memcpy(text, bytes + 1, length - 1);
	text[length - 1] = '\0';
	/* Cells are UTF-8 and have no NULs before they come here. */
	if (!utf8_valid(text, length - 1))
		return 0;
	switch (*bytes % 8) {
	case 0:
	case 1:
		decimal_of_brokers(text, *bytes % 8 == 1);
		break;
	case 2:
	case 3:
		day_of_brokers(text, *bytes % 8 == 2 ? DAY_MONTH_FIRST : DAY_DAY_FIRST,
			*bytes & 8);
		break;
	case 4:
	case 5:
		decimal_of_ours(text, length - 1);
		break;
	case 6:
		day_of_ours(text, length - 1);
		break;
	default:
		number_of_workbooks(text);
	}
	return 0;
}
