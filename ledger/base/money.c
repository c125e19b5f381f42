/* Exact arithmetic on integers, with the program's one rounding function. */
#include "ledger/base/money.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ledger/base/text.h"

int64_t divide_half_away(int128 number, int128 by)
{
	assert(by > 0);
	const int128 size = number < 0 ? -number : number;
	int128 quotient = size / by;

	if (size % by >= by - size % by)
		quotient++;
	assert(quotient <= INT64_MAX);
	return (int64_t)(number < 0 ? -quotient : quotient);
}

struct money money_plus(struct money a, struct money b)
{
	struct money sum;
	const bool over = __builtin_add_overflow(a.cents, b.cents, &sum.cents);

	assert(!over);
	return sum;
}

struct money money_less(struct money a, struct money b)
{
	struct money rest;
	const bool over = __builtin_sub_overflow(a.cents, b.cents, &rest.cents);

	assert(!over);
	return rest;
}

struct money money_negate(struct money a)
{
	return money_less((struct money){ 0 }, a);
}

struct money money_min(struct money a, struct money b)
{
	return a.cents < b.cents ? a : b;
}

struct money money_max(struct money a, struct money b)
{
	return a.cents > b.cents ? a : b;
}

struct money money_part(struct money whole, int64_t part, int64_t of)
{
	return (struct money){ divide_half_away((int128)whole.cents * part, of) };
}

bool price_fits(struct price price, int64_t shares_e8)
{
	const int128 size = (int128)(price.e8 < 0 ? -price.e8 : price.e8) *
		(shares_e8 < 0 ? -shares_e8 : shares_e8);

	return size / 100000000000000 <= MONEY_LIMIT_CENTS;
}

struct money price_times(struct price price, struct shares shares)
{
	/* 1e-8 dollars times 1e-8 shares is 1e-14 cents. */
	return (struct money){ divide_half_away(
		(int128)price.e8 * shares.e8, (int128)100000000000000) };
}

bool decimal_parse(
	const char *text, size_t length, int decimals, int64_t *value, struct fail *why)
{
	size_t i = 0;
	bool negative = false;
	int digits = 0, after = -1;
	int64_t sum = 0;
	const struct span span = { text, length };

	if (i < length && (text[i] == '-' || text[i] == '+'))
		negative = text[i++] == '-';
	for (; i < length; i++) {
		if (text[i] == '.' && after < 0) {
			after = 0;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			break;
		if (after == decimals) {
			/* A zero beyond the last decimal changes nothing. */
			if (text[i] != '0')
				return fail_set(why, FAIL_BAD_INPUT,
					"\"%s\" has more than %d decimals",
					CUT_SPAN(span, 60), decimals);
			continue;
		}
		if (__builtin_mul_overflow(sum, 10, &sum) ||
			__builtin_add_overflow(sum, text[i] - '0', &sum))
			return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is too large",
				CUT_SPAN(span, 60));
		digits++;
		if (after >= 0)
			after++;
	}
	if (i != length || digits == 0)
		return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is not a number",
			CUT_SPAN(span, 60));
	for (int have = after < 0 ? 0 : after; have < decimals; have++)
		if (__builtin_mul_overflow(sum, 10, &sum))
			return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is too large",
				CUT_SPAN(span, 60));
	*value = negative ? -sum : sum;
	return true;
}

static bool within(int64_t value, int64_t limit, const char *text, struct fail *why)
{
	if (value > limit || value < -limit)
		return fail_set(
			why, FAIL_BAD_INPUT, "\"%s\" is too large", CUT(text, 60));
	return true;
}

bool money_parse(const char *text, struct money *money, struct fail *why)
{
	return decimal_parse(text, strlen(text), 2, &money->cents, why) &&
		within(money->cents, MONEY_LIMIT_CENTS, text, why);
}

bool shares_parse(const char *text, struct shares *shares, struct fail *why)
{
	return decimal_parse(text, strlen(text), 8, &shares->e8, why) &&
		within(shares->e8, SHARES_LIMIT_E8, text, why);
}

bool price_parse(const char *text, struct price *price, struct fail *why)
{
	return decimal_parse(text, strlen(text), 8, &price->e8, why) &&
		within(price->e8, PRICE_LIMIT_E8, text, why);
}

static uint64_t size_of(int64_t value)
{
	return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

char *money_plain(struct money money, char *to)
{
	const uint64_t size = size_of(money.cents);

	snprintf(to, MONEY_TEXT, "%s%llu.%02llu", money.cents < 0 ? "-" : "",
		(unsigned long long)(size / 100), (unsigned long long)(size % 100));
	return to;
}

char *money_grouped(struct money money, char *to)
{
	char plain[MONEY_TEXT];
	size_t used = 0;

	money_plain(money, plain);
	const char *digits = plain;
	if (*digits == '-')
		to[used++] = *digits++;
	for (size_t left = strlen(digits) - 3; left > 0; left--) {
		to[used++] = *digits++;
		if (left > 1 && (left - 1) % 3 == 0)
			to[used++] = ',';
	}
	memcpy(to + used, digits, 4);
	return to;
}

char *money_short(struct money money, char *to)
{
	money_grouped(money, to);
	if (money.cents % 100 == 0)
		*strchr(to, '.') = '\0';
	return to;
}

static char *e8_plain(int64_t e8, int least, char *to)
{
	const uint64_t size = size_of(e8);
	char decimals[16];
	int keep = 8;

	snprintf(decimals, sizeof decimals, "%08llu",
		(unsigned long long)(size % 100000000));
	while (keep > least && decimals[keep - 1] == '0')
		keep--;
	snprintf(to, MONEY_TEXT, "%s%llu%s%.*s", e8 < 0 ? "-" : "",
		(unsigned long long)(size / 100000000), keep > 0 ? "." : "", keep,
		decimals);
	return to;
}

char *shares_plain(struct shares shares, char *to)
{
	return e8_plain(shares.e8, 0, to);
}

char *price_plain(struct price price, char *to)
{
	return e8_plain(price.e8, 2, to);
}
