/* Reads days in the forms in which brokers write them. */
#include "ledger/import/value_inside.h"

#include <string.h>

#include "ledger/base/pool.h"
#include "ledger/base/text.h"

/* A day's parts: numbers with their lengths, words, and what stands between. */
struct token {
	bool word;
	const char *at;
	size_t length;
	int number; /* of digits; month of a word */
};

static const char *const months[] = { "january", "february", "march", "april", "may",
	"june", "july", "august", "september", "october", "november", "december" };

static int month_of(const char *word, size_t length)
{
	if (length < 3)
		return 0;
	for (size_t i = 0; i < COUNT(months); i++) {
		size_t same = 0;

		while (same < length && small(word[same]) == months[i][same] &&
			months[i][same] != '\0')
			same++;
		if (same == length)
			return (int)i + 1;
	}
	return length == 4 && small(word[0]) == 's' && small(word[1]) == 'e' &&
			small(word[2]) == 'p' && small(word[3]) == 't'
		? 9
		: 0;
}

/* Up to three tokens; *rest is what follows them. */
static size_t day_tokens(const char *at, struct token token[3], const char **rest)
{
	size_t count = 0;

	at = skip_space(at);
	while (count < 3) {
		struct token *const next = &token[count];
		const char *end = at;

		*next = (struct token){ .word = !is_digit(*at), .at = at };
		if (next->word) {
			while (small(*end) >= 'a' && small(*end) <= 'z')
				end++;
			next->number = month_of(at, (size_t)(end - at));
			if (next->number == 0)
				break;
		} else {
			while (is_digit(*end) && end - at < 9)
				next->number = next->number * 10 + (*end++ - '0');
		}
		next->length = (size_t)(end - at);
		count++;
		at = end;
		if (count == 3 || strchr("/-. ,", *at) == NULL || *at == '\0')
			break;
		at++;
		if (*at == ' ')
			at++;
	}
	*rest = at;
	return count;
}

/* Nothing, or a time of day with whatever zone is written after it. */
static bool time_of_day(const char *rest)
{
	if (*skip_space(rest) == '\0')
		return true;
	if (strchr("T ;,[.", *rest) == NULL)
		return false;
	rest++;
	if (rest[-1] == '[' || rest[-1] == '.')
		return true;
	return is_digit(*rest) && (rest[1] == ':' || is_digit(rest[1]));
}

static int full_year(const struct token *token, int pivot_year)
{
	if (token->length == 4)
		return token->number;
	if (token->length != 2)
		return -1;
	return token->number > pivot_year % 100 ? 1900 + token->number
						: 2000 + token->number;
}

static bool placeholder(int year, int month, int mday)
{
	return (year == 1969 && month == 12 && mday == 31) ||
		(year == 1970 && month == 1 && mday == 1) ||
		(year == 1 && month == 1 && mday == 1);
}

/* YYYYMMDD with hours, minutes and seconds written onto it: 20250620120000. */
static const char *compact_time(const char *at, struct token *token)
{
	size_t length = 0;

	at = skip_space(at);
	while (is_digit(at[length]) && length < 15)
		length++;
	if (length != 10 && length != 12 && length != 14)
		return NULL;
	*token = (struct token){ .at = at, .length = 8 };
	for (size_t i = 0; i < 8; i++)
		token->number = token->number * 10 + (at[i] - '0');
	return at + length;
}

/* Year, month and day of the tokens; false when they have no known shape. */
static bool day_parts(const struct token token[3], size_t count, enum day_order order,
	int pivot_year, int part[3])
{
	if (count == 1 && !token[0].word && token[0].length == 8) {
		part[0] = token[0].number / 10000;
		part[1] = token[0].number / 100 % 100;
		part[2] = token[0].number % 100;
		return true;
	}
	if (count < 3 || token[2].word || (token[0].word && token[1].word))
		return false;
	if (token[0].length == 4 && !token[0].word) {
		part[0] = token[0].number;
		part[1] = token[1].number;
		part[2] = token[2].number;
		return token[2].length <= 2;
	}
	const bool day_first =
		token[1].word || (order == DAY_DAY_FIRST && !token[0].word);

	part[0] = full_year(&token[2], pivot_year);
	part[1] = token[day_first ? 1 : 0].number;
	part[2] = token[day_first ? 0 : 1].number;
	return part[0] >= 0;
}

static bool day_of_serial(const char *text, struct day *day)
{
	int number = 0, digits = 0;

	text = skip_space(text);
	for (; is_digit(*text) && digits < 6; digits++)
		number = number * 10 + (*text++ - '0');
	if (digits < 4 || digits > 5)
		return false;
	if (*text == '.')
		for (text++; is_digit(*text); text++)
			continue;
	/* 25569 is 1970-01-01 in the 1900 system; nothing here is older than 1927. */
	if (*skip_space(text) != '\0' || number < 10000 || number > 109575)
		return false;
	*day = (struct day){ number - 25569 };
	return true;
}

bool value_day(const char *text, enum day_order order, int pivot_year, bool serial,
	struct day *day, struct fail *why)
{
	static const char as_of[] = " as of ";
	const char *from = text;
	struct token token[3];
	const char *rest;
	int part[3];

	if (serial && day_of_serial(text, day))
		return true;
	/* Schwab: the first date is when it was booked, the second when it happened. */
	const char *const later = strstr(text, as_of);

	if (later != NULL)
		from = later + strlen(as_of);
	const char *const compact = compact_time(from, &token[0]);
	size_t count = 1;

	if (compact != NULL)
		rest = compact;
	else
		count = day_tokens(from, token, &rest);
	if (day_parts(token, count, order, pivot_year, part) && time_of_day(rest)) {
		if (placeholder(part[0], part[1], part[2])) {
			*day = DAY_NONE;
			return true;
		}
		if (day_from_civil(part[0], part[1], part[2], day))
			return true;
	}
	return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is not a day (want %s)",
		CUT(skip_space(text), 60),
		order == DAY_DAY_FIRST ? "DD/MM/YYYY" : "MM/DD/YYYY");
}
