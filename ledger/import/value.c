/* Reads amounts, quantities and words as brokers write them, and sums them exactly. */
#include "ledger/import/value_inside.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"
#include "ledger/base/text.h"

#define SCRATCH_BLOCK  16384
#define DIGITS_LIMIT   60
#define EXPONENT_LIMIT 30

struct scratch_block {
	struct scratch_block *next;
	size_t room;
	char bytes[];
};

void scratch_release(struct scratch *scratch)
{
	while (scratch->first != NULL) {
		struct scratch_block *const next = scratch->first->next;

		free(scratch->first);
		scratch->first = next;
	}
	*scratch = (struct scratch){ NULL, NULL, 0 };
}

void scratch_clear(struct scratch *scratch)
{
	scratch->now = scratch->first;
	scratch->used = 0;
}

/* The next block that has room, or a new one behind the last. */
static void next_block(struct scratch *scratch, size_t bytes)
{
	struct scratch_block **at =
		scratch->now != NULL ? &scratch->now->next : &scratch->first;

	while (*at != NULL && (*at)->room < bytes)
		at = &(*at)->next;
	if (*at == NULL) {
		const size_t room = bytes > SCRATCH_BLOCK ? bytes : SCRATCH_BLOCK;

		*at = must_grow(NULL, sizeof **at + room, 1);
		(*at)->next = NULL;
		(*at)->room = room;
	}
	scratch->now = *at;
	scratch->used = 0;
}

char *scratch_take(struct scratch *scratch, size_t bytes)
{
	if (scratch->now == NULL || scratch->now->room - scratch->used < bytes)
		next_block(scratch, bytes);
	char *const at = scratch->now->bytes + scratch->used;

	scratch->used += bytes;
	return at;
}

void scratch_trim(struct scratch *scratch, const char *end)
{
	scratch->used = (size_t)(end - scratch->now->bytes);
}

const char *scratch_text(struct scratch *scratch, const char *text, size_t length)
{
	char *const copy = scratch_take(scratch, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

bool value_starts(const char *text, const char *prefix)
{
	if (text == NULL)
		return false;
	text = skip_space(text);
	while (*prefix != '\0')
		if (small(*text++) != small(*prefix++))
			return false;
	return true;
}

bool value_is(const char *text, const char *word)
{
	if (!value_starts(text, word))
		return false;
	return *skip_space(skip_space(text) + strlen(word)) == '\0';
}

bool value_blank(const char *text)
{
	if (text == NULL)
		return true;
	text = skip_space(text);
	if (*text == '\0')
		return true;
	if (*text != '-' && small(*text) != 'n')
		return false;
	static const char *const words[] = { "-", "--", "n/a", "na" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (value_is(text, words[i]))
			return true;
	return false;
}

bool value_various(const char *text)
{
	return value_is(text, "various");
}

/* The parts of an amount before they are put together. */
struct amount {
	bool negative;
	char digit[DIGITS_LIMIT];
	int digits;   /* without leading zeros of the whole part */
	int decimals; /* how many of them follow the point */
	long exponent;
};

static bool not_amount(const char *text, struct fail *why)
{
	return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is not an amount (want 1,234.56)",
		CUT(skip_space(text), 60));
}

/* "-", "+", "$", blanks and "(" in any order that brokers use. */
static const char *take_sign(const char *at, bool *negative, bool *parenthesis)
{
	bool signed_already = false, dollar = false;

	*negative = *parenthesis = false;
	for (;; at++) {
		if (is_space(*at))
			continue;
		if (*at == '$' && !dollar) {
			dollar = true;
		} else if (*at == '(' && !*parenthesis && !signed_already) {
			*parenthesis = *negative = signed_already = true;
		} else if ((*at == '-' || *at == '+') && !signed_already) {
			signed_already = true;
			*negative = *at == '-';
		} else {
			return at;
		}
	}
}

/* Digits with thousands separators in groups of three, a point, digits; NULL if wrong. */
static const char *take_digits(const char *at, bool decimal_comma, struct amount *amount)
{
	const char point = decimal_comma ? ',' : '.', comma = decimal_comma ? '.' : ',';
	int group = -1; /* digits since the last separator; -1 before the first */
	bool after_point = false, any = false;

	for (;; at++) {
		if (is_digit(*at)) {
			any = true;
			if (!after_point && group >= 0)
				group++;
			if (*at == '0' && amount->digits == 0 && !after_point)
				continue;
			if (amount->digits == DIGITS_LIMIT)
				return NULL;
			amount->digit[amount->digits++] = *at;
			amount->decimals += after_point;
		} else if (*at == comma && any && !after_point &&
			(group < 0 || group == 3)) {
			group = 0;
		} else if (*at == point && !after_point) {
			if (group >= 0 && group != 3)
				return NULL;
			after_point = true;
		} else {
			break;
		}
	}
	return any && (after_point || group < 0 || group == 3) ? at : NULL;
}

static const char *take_exponent(const char *at, struct amount *amount)
{
	if (small(*at) != 'e')
		return at;
	at++;
	const bool negative = *at == '-';

	if (*at == '-' || *at == '+')
		at++;
	if (!is_digit(*at))
		return NULL;
	while (is_digit(*at) && amount->exponent <= EXPONENT_LIMIT)
		amount->exponent = amount->exponent * 10 + (*at++ - '0');
	if (amount->exponent > EXPONENT_LIMIT)
		return NULL;
	if (negative)
		amount->exponent = -amount->exponent;
	return at;
}

static const char *amount_plain(const struct amount *amount, struct scratch *scratch)
{
	const int shift = (int)amount->exponent;
	const int decimals = amount->decimals > shift ? amount->decimals - shift : 0;
	const int whole = amount->digits - amount->decimals + shift; /* may be negative */
	bool zero = true;
	char *const plain = scratch_take(scratch, DIGITS_LIMIT + 2 * EXPONENT_LIMIT + 8);
	char *to = plain;

	for (int i = 0; i < amount->digits; i++)
		zero = zero && amount->digit[i] == '0';
	if (amount->negative && !zero)
		*to++ = '-';
	if (whole <= 0)
		*to++ = '0';
	/* An exponent may have moved zeros from behind the point to the front: ".05e3". */
	int first = 0;

	while (first + 1 < whole && first < amount->digits && amount->digit[first] == '0')
		first++;
	if (zero && whole > 0)
		first = whole - 1;
	for (int i = first; i < whole; i++)
		*to++ = i < amount->digits ? amount->digit[i] : '0';
	if (decimals > 0)
		*to++ = '.';
	for (int i = whole; i < whole + decimals; i++)
		*to++ = i >= 0 && i < amount->digits ? amount->digit[i] : '0';
	*to++ = '\0';
	scratch_trim(scratch, to);
	return plain;
}

/* An exponent must not make more digits of an amount than it may be written with. */
static bool amount_fits(const struct amount *amount)
{
	const long decimals = amount->decimals - amount->exponent;
	const long whole = amount->digits - decimals;

	return (whole > 0 ? whole : 0) + (decimals > 0 ? decimals : 0) <= DIGITS_LIMIT;
}

bool value_decimal(const char *text, bool decimal_comma, struct scratch *scratch,
	const char **plain, struct fail *why)
{
	struct amount amount = { .digits = 0 };
	bool parenthesis;
	const char *at = take_sign(text, &amount.negative, &parenthesis);

	at = take_digits(at, decimal_comma, &amount);
	if (at != NULL)
		at = take_exponent(at, &amount);
	if (at == NULL || !amount_fits(&amount))
		return not_amount(text, why);
	at = skip_space(at);
	if (parenthesis && *at != ')')
		return not_amount(text, why);
	if (*skip_space(at + (parenthesis ? 1 : 0)) != '\0')
		return not_amount(text, why);
	*plain = amount_plain(&amount, scratch);
	return true;
}

/* A short text (at most 18 digits in all) in plain 64-bit arithmetic; false if it is none. */
static bool scaled_short(const char *plain, int places, int128 *value)
{
	const bool negative = *plain == '-';
	int64_t sum = 0;
	int digits = 0, after = -1;

	for (const char *at = plain + negative; *at != '\0'; at++) {
		if (*at == '.' && after < 0) {
			after = 0;
			continue;
		}
		if (!is_digit(*at) || ++digits > 18 - places || after == places)
			return false;
		sum = sum * 10 + (*at - '0');
		after += after >= 0;
	}
	for (int have = after < 0 ? 0 : after; have < places; have++)
		sum *= 10;
	*value = negative ? -sum : sum;
	return digits > 0;
}

/* Plain text scaled by 10^places, rounded half away from zero. */
static bool scaled(const char *plain, int places, int128 *value, bool *rounded)
{
	const bool negative = *plain == '-';
	const char *at = plain + negative;
	int128 sum = 0;
	int after = -1, digits = 0;
	bool up = false;

	*rounded = false;
	if (scaled_short(plain, places, value))
		return true;
	for (; *at != '\0'; at++) {
		if (*at == '.' && after < 0) {
			after = 0;
			continue;
		}
		if (!is_digit(*at))
			return false;
		digits++;
		if (after >= places) {
			if (after == places)
				up = *at >= '5';
			*rounded = *rounded || *at != '0';
			after++;
			continue;
		}
		if (sum > (int128)1 << 118)
			return false;
		sum = sum * 10 + (*at - '0');
		after += after >= 0;
	}
	for (int have = after < 0 ? 0 : after; have < places; have++) {
		if (sum > (int128)1 << 118)
			return false;
		sum *= 10;
	}
	sum += up;
	*value = negative ? -sum : sum;
	return digits > 0;
}

bool value_e8(const char *plain, int128 *e8)
{
	bool rounded;

	return scaled(plain, 8, e8, &rounded);
}

char *value_e8_text(int128 e8, char to[48])
{
	const bool negative = e8 < 0;
	char digits[48];
	int used = 0;

	for (int128 left = negative ? -e8 : e8; left > 0 || used < 9; left /= 10)
		digits[used++] = (char)('0' + (int)(left % 10));
	int drop = 0;

	while (drop < 6 && digits[drop] == '0')
		drop++;
	char *at = to;

	if (negative)
		*at++ = '-';
	for (int i = used - 1; i >= drop; i--) {
		*at++ = digits[i];
		if (i == 8)
			*at++ = '.';
	}
	*at = '\0';
	return to;
}

bool value_money(const char *plain, struct money *money, struct fail *why)
{
	int128 cents;
	bool rounded;

	if (!scaled(plain, 2, &cents, &rounded) || cents > MONEY_LIMIT_CENTS ||
		cents < -(int128)MONEY_LIMIT_CENTS)
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is too large (want less than a trillion dollars)",
			CUT(plain, 60));
	money->cents = (int64_t)cents;
	return true;
}

bool value_shares(
	const char *plain, struct shares *shares, bool *rounded, struct fail *why)
{
	int128 e8;

	if (!scaled(plain, 8, &e8, rounded) || e8 > SHARES_LIMIT_E8 ||
		e8 < -(int128)SHARES_LIMIT_E8)
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is too large (want less than ten billion shares)",
			CUT(plain, 60));
	shares->e8 = (int64_t)e8;
	return true;
}
