/* Growing text, spans, UTF-8, near words, and the table of names. */
#include "ledger/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"

void text_release(struct text *text)
{
	if (text->room > 0)
		free(text->at);
	*text = (struct text)TEXT_EMPTY;
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->room > 0)
		text->at[0] = '\0';
}

static void text_make_room(struct text *text, size_t more)
{
	if (text->room > text->length + more)
		return;
	size_t room = text->room ? text->room : 64;

	while (room <= text->length + more)
		room *= 2;
	text->at = must_grow(text->room ? text->at : NULL, room, 1);
	text->room = room;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
	text_make_room(text, length);
	if (length > 0)
		memcpy(text->at + text->length, bytes, length);
	text->length += length;
	text->at[text->length] = '\0';
}

void text_add(struct text *text, const char *more)
{
	text_add_bytes(text, more, strlen(more));
}

void text_addf(struct text *text, const char *format, ...)
{
	va_list values, again;

	va_start(values, format);
	va_copy(again, values);
	const int length = vsnprintf(NULL, 0, format, values);

	va_end(values);
	if (length > 0) {
		text_make_room(text, (size_t)length);
		vsnprintf(text->at + text->length, (size_t)length + 1, format, again);
		text->length += (size_t)length;
	}
	va_end(again);
}

struct span span_of(const char *text)
{
	return (struct span){ text, strlen(text) };
}

bool span_is(struct span span, const char *text)
{
	return strlen(text) == span.length && memcmp(span.at, text, span.length) == 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool span_is_fold(struct span span, const char *text)
{
	if (strlen(text) != span.length)
		return false;
	for (size_t i = 0; i < span.length; i++)
		if (lower(span.at[i]) != lower(text[i]))
			return false;
	return true;
}

struct span span_trim(struct span span)
{
	while (span.length > 0 && (span.at[0] == ' ' || span.at[0] == '\t')) {
		span.at++;
		span.length--;
	}
	while (span.length > 0 &&
		(span.at[span.length - 1] == ' ' || span.at[span.length - 1] == '\t'))
		span.length--;
	return span;
}

size_t utf8_length(const char *bytes, size_t left)
{
	/* The first byte tells the length, and of some it bounds the second (Unicode, table 3-7). */
	static const struct {
		unsigned char first, last, least, most, length;
	} leads[] = {
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	const unsigned char *const at = (const unsigned char *)bytes;
	size_t i = 0;

	if (left == 0 || at[0] < 0x80)
		return left > 0 && at[0] != 0;
	while (i < COUNT(leads) && at[0] > leads[i].last)
		i++;
	if (i == COUNT(leads) || at[0] < leads[i].first || left < leads[i].length ||
		at[1] < leads[i].least || at[1] > leads[i].most)
		return 0;
	for (size_t more = 2; more < leads[i].length; more++)
		if ((at[more] & 0xc0) != 0x80)
			return 0;
	return leads[i].length;
}

size_t utf8_put(uint32_t point, char *to)
{
	if (point < 0x80) {
		to[0] = (char)point;
		return 1;
	}
	const size_t count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = count - 1; i > 0; i--) {
		to[i] = (char)(0x80 | (point & 0x3f));
		point >>= 6;
	}
	to[0] = (char)(lead[count] | point);
	return count;
}

bool utf8_valid(const char *bytes, size_t length)
{
	while (length > 0) {
		const size_t one = utf8_length(bytes, length);

		if (one == 0)
			return false;
		bytes += one;
		length -= one;
	}
	return true;
}

void utf8_whole(char *text)
{
	char *to = text;
	size_t left = strlen(text);

	for (const char *at = text; left > 0;) {
		const size_t one = utf8_length(at, left);
		const size_t step = one > 0 ? one : 1;

		memmove(to, at, one);
		to += one;
		at += step;
		left -= step;
	}
	*to = '\0';
}

const char *span_cut(struct span span, size_t most, char *to)
{
	size_t length = span.length < most ? span.length : most;

	/* Where the last character begins, if it has several bytes and not all of them fit. */
	for (size_t back = 1; span.length > most && back < 4 && back <= most; back++) {
		const char *const last = span.at + most - back;

		if (((unsigned char)*last & 0xc0) == 0x80)
			continue;
		if (utf8_length(last, back) == 0)
			length = most - back;
		break;
	}
	if (length > 0)
		memmove(to, span.at, length);
	to[length] = '\0';
	return to;
}

const char *text_cut(const char *text, size_t most, char *to)
{
	return span_cut((struct span){ text, strnlen(text, most + 1) }, most, to);
}

/* The distance if it is at most `most`, else something above that. */
static size_t distance_within(const char *a, const char *b, size_t most)
{
	const size_t columns = strlen(b);
	size_t few[64];
	size_t *const row =
		columns < COUNT(few) ? few : must_alloc((columns + 1) * sizeof *row);

	for (size_t j = 0; j <= columns; j++)
		row[j] = j;
	/* What is the least of a row is not undercut further down. */
	for (size_t i = 0, below = 0; a[i] != '\0' && below <= most; i++) {
		size_t diagonal = row[0];

		row[0] = below = i + 1;
		for (size_t j = 0; j < columns; j++) {
			const size_t change = diagonal + (lower(a[i]) != lower(b[j]));
			size_t least = row[j] + 1;

			diagonal = row[j + 1];
			if (row[j + 1] + 1 < least)
				least = row[j + 1] + 1;
			if (change < least)
				least = change;
			row[j + 1] = least;
			if (least < below)
				below = least;
		}
	}
	const size_t distance = row[columns];

	if (row != few)
		free(row);
	return distance;
}

size_t edit_distance(const char *a, const char *b)
{
	return distance_within(a, b, SIZE_MAX);
}

const char *nearest_word(const char *word, const char *const *words, size_t count)
{
	const char *nearest = NULL;
	const size_t length = strlen(word);
	size_t least = length / 3 + 2;

	for (size_t i = 0; i < count; i++) {
		const size_t other = strlen(words[i]);

		/* Not even worth measuring, which takes long for long words. */
		if ((other > length ? other - length : length - other) >= least)
			continue;
		const size_t distance = distance_within(word, words[i], least - 1);

		if (distance < least) {
			least = distance;
			nearest = words[i];
		}
	}
	return nearest;
}

struct names {
	struct pool pool;
	const char **text; /* [1 .. count] */
	size_t *length;
	size_t count, room;
	uint32_t *slot; /* open addressing; 0 is free */
	size_t slots;
};

static uint64_t hash(const char *bytes, size_t length)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < length; i++)
		h = (h ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
	return h;
}

struct names *names_new(void)
{
	struct names *const names = must_alloc(sizeof *names);

	names->slots = 64;
	names->slot = must_alloc(names->slots * sizeof *names->slot);
	return names;
}

void names_free(struct names *names)
{
	if (names == NULL)
		return;
	pool_release(&names->pool);
	free(names->text);
	free(names->length);
	free(names->slot);
	free(names);
}

static size_t place(const struct names *names, const char *bytes, size_t length)
{
	size_t at = (size_t)hash(bytes, length) & (names->slots - 1);

	while (names->slot[at] != 0) {
		const uint32_t number = names->slot[at];

		if (names->length[number] == length &&
			memcmp(names->text[number], bytes, length) == 0)
			break;
		at = (at + 1) & (names->slots - 1);
	}
	return at;
}

static void double_slots(struct names *names)
{
	free(names->slot);
	names->slots *= 2;
	names->slot = must_alloc(names->slots * sizeof *names->slot);
	for (size_t i = 1; i <= names->count; i++)
		names->slot[place(names, names->text[i], names->length[i])] = (uint32_t)i;
}

uint32_t names_add(struct names *names, const char *bytes, size_t length)
{
	if (length == 0)
		return 0;
	const size_t at = place(names, bytes, length);

	if (names->slot[at] != 0)
		return names->slot[at];
	const size_t number = ++names->count;

	if (number >= names->room) {
		names->room = names->room ? names->room * 2 : 64;
		names->text = must_grow(names->text, names->room, sizeof *names->text);
		names->length =
			must_grow(names->length, names->room, sizeof *names->length);
	}
	names->text[number] = pool_text(&names->pool, bytes, length);
	names->length[number] = length;
	names->slot[at] = (uint32_t)number;
	if (names->count * 2 > names->slots)
		double_slots(names);
	return (uint32_t)number;
}

uint32_t names_find(const struct names *names, const char *text)
{
	return *text == '\0' ? 0 : names->slot[place(names, text, strlen(text))];
}

const char *names_text(const struct names *names, uint32_t number)
{
	return number == 0 || number > names->count ? "" : names->text[number];
}

size_t names_count(const struct names *names)
{
	return names->count;
}
