/* Reads, writes and measures UTF-8, one character at a time. */
#include "export/utf8.h"

#include <string.h>

uint32_t utf8_next(const char **at)
{
	static const unsigned char mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	const unsigned char *const from = (const unsigned char *)*at;

	if (*from == 0)
		return 0;
	const size_t length = utf8_length(*at, strnlen(*at, 4));

	if (length == 0) {
		++*at;
		return UTF8_REPLACEMENT;
	}
	uint32_t point = from[0] & mask[length];

	for (size_t i = 1; i < length; i++)
		point = (point << 6) | (from[i] & 0x3fu);
	*at += length;
	return point;
}

void text_add_point(struct text *text, uint32_t point)
{
	char bytes[4];

	text_add_bytes(text, bytes, utf8_put(point, bytes));
}

struct points {
	uint32_t first, last;
};

static bool among(uint32_t point, const struct points *range, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (point >= range[i].first && point <= range[i].last)
			return true;
	return false;
}

bool utf8_is_control(uint32_t point)
{
	static const struct points controls[] = {
		{ 0x00, 0x1f },
		{ 0x7f, 0x9f },
		{ 0x200b, 0x200f }, /* zero-width characters, left-to-right marks */
		{ 0x2028, 0x202e }, /* separators, directional overrides */
		{ 0x2060, 0x206f },
		{ 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb },
		{ 0xe0000, 0xe0fff },
	};

	return among(point, controls, COUNT(controls));
}

int utf8_columns(uint32_t point)
{
	static const struct points marks[] = {
		{ 0x0300, 0x036f },
		{ 0x0483, 0x0489 },
		{ 0x0591, 0x05bd },
		{ 0x064b, 0x065f },
		{ 0x1ab0, 0x1aff },
		{ 0x1dc0, 0x1dff },
		{ 0x20d0, 0x20ff },
		{ 0xfe00, 0xfe0f },
		{ 0xfe20, 0xfe2f },
	};
	static const struct points wide[] = {
		{ 0x1100, 0x115f },
		{ 0x2e80, 0x303e },
		{ 0x3041, 0xa4cf },
		{ 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f },
		{ 0xff01, 0xff60 },
		{ 0xffe0, 0xffe6 },
		{ 0x1f300, 0x1faff },
		{ 0x20000, 0x3fffd },
	};

	if (utf8_is_control(point) || among(point, marks, COUNT(marks)))
		return 0;
	return among(point, wide, COUNT(wide)) ? 2 : 1;
}

size_t utf8_width(const char *text)
{
	size_t width = 0;

	for (uint32_t point = utf8_next(&text); point != 0; point = utf8_next(&text))
		width += (size_t)utf8_columns(point);
	return width;
}

void text_add_cell(struct text *text, const char *words, int columns)
{
	for (uint32_t point = utf8_next(&words); point != 0; point = utf8_next(&words)) {
		columns -= utf8_columns(point);
		if (columns < 0) {
			columns += utf8_columns(point);
			break;
		}
		text_add_point(text, point);
	}
	while (columns-- > 0)
		text_add(text, " ");
}

const char *utf8_clean(struct pool *pool, const char *text)
{
	/* One bad byte becomes the three of U+FFFD. */
	char *const clean = pool_alloc(pool, 3 * strlen(text) + 1);
	size_t length = 0;

	for (uint32_t point = utf8_next(&text); point != 0; point = utf8_next(&text)) {
		if (utf8_is_control(point) || point == ' ') {
			if (length > 0 && clean[length - 1] != ' ')
				clean[length++] = ' ';
			continue;
		}
		length += utf8_put(point, clean + length);
	}
	while (length > 0 && clean[length - 1] == ' ')
		length--;
	clean[length] = '\0';
	return clean;
}
