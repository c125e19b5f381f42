/* Reads the fonts built into the program: characters and widths. */
#define _GNU_SOURCE /* memfd_create */
#include "export/font.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "export/utf8.h"
#include "schema/embedded.h"

extern const struct embedded export_fonts[]; /* in the order of enum face */

static unsigned u16(const struct font *font, size_t at)
{
	assert(at + 2 <= font->length);
	return (unsigned)font->at[at] << 8 | font->at[at + 1];
}

static size_t u32(const struct font *font, size_t at)
{
	return (size_t)u16(font, at) << 16 | u16(font, at + 2);
}

static size_t table_of(const struct font *font, const char *tag)
{
	const unsigned tables = u16(font, 4);

	for (size_t i = 0; i < tables; i++)
		if (memcmp(font->at + 12 + 16 * i, tag, 4) == 0)
			return u32(font, 12 + 16 * i + 8);
	assert(!"a TrueType font has this table");
	return 0;
}

/* The subtable of Windows, Unicode BMP: platform 3, encoding 1, format 4. */
static size_t unicode_cmap(const struct font *font)
{
	const size_t cmap = table_of(font, "cmap");
	const unsigned count = u16(font, cmap + 2);

	for (size_t i = 0; i < count; i++) {
		const size_t entry = cmap + 4 + 8 * i;
		const size_t at = cmap + u32(font, entry + 4);

		if (u16(font, entry) == 3 && u16(font, entry + 2) == 1 &&
			u16(font, at) == 4)
			return at;
	}
	assert(!"Liberation Sans has a Unicode cmap of format 4");
	return 0;
}

struct font font_open(enum face face)
{
	struct font font = {
		.at = (const unsigned char *)export_fonts[face].at,
		.length = export_fonts[face].length,
	};

	font.cmap = unicode_cmap(&font);
	font.hmtx = table_of(&font, "hmtx");
	font.units = u16(&font, table_of(&font, "head") + 18);
	font.metrics = u16(&font, table_of(&font, "hhea") + 34);
	assert(font.units > 0 && font.metrics > 0);
	return font;
}

/* The number of a character's glyph, 0 if there is none. */
static unsigned glyph_of(const struct font *font, uint32_t point)
{
	const size_t segments2 = u16(font, font->cmap + 6);
	const size_t ends = font->cmap + 14;
	const size_t starts = ends + segments2 + 2;
	const size_t deltas = starts + segments2;
	const size_t offsets = deltas + segments2;

	if (point > 0xfffe)
		return 0;
	for (size_t i = 0; i < segments2; i += 2) {
		if (u16(font, ends + i) < point)
			continue;
		const unsigned start = u16(font, starts + i);
		const unsigned offset = u16(font, offsets + i);
		const unsigned delta = u16(font, deltas + i);

		if (start > point)
			return 0;
		if (offset == 0)
			return (point + delta) & 0xffff;
		const unsigned glyph =
			u16(font, offsets + i + offset + 2 * (size_t)(point - start));

		return glyph == 0 ? 0 : (glyph + delta) & 0xffff;
	}
	return 0;
}

bool font_has(const struct font *font, uint32_t point)
{
	return glyph_of(font, point) != 0;
}

static int width_of_point(uint32_t point, const void *context)
{
	const struct font *const font = context;
	unsigned glyph = glyph_of(font, point);

	if (glyph >= font->metrics)
		glyph = font->metrics - 1;
	return (int)(u16(font, font->hmtx + 4 * (size_t)glyph) * 1000 / font->units);
}

struct measure font_measure(const struct font *font)
{
	return (struct measure){ width_of_point, font };
}

const char *font_text(const struct font *font, const char *text, struct pool *pool)
{
	const char *const clean = utf8_clean(pool, text);
	/* A replaced character never takes more bytes. */
	char *const safe = pool_alloc(pool, strlen(clean) + 1);
	size_t length = 0;
	const char *at = clean;

	for (uint32_t point = utf8_next(&at); point != 0; point = utf8_next(&at))
		length += utf8_put(font_has(font, point) ? point : '?', safe + length);
	safe[length] = '\0';
	return safe;
}

bool font_path(const struct font *font, int *fd, char path[32])
{
	*fd = memfd_create("font", MFD_CLOEXEC);
	if (*fd < 0)
		return false;
	for (size_t done = 0; done < font->length;) {
		const ssize_t wrote = write(*fd, font->at + done, font->length - done);

		if (wrote <= 0) {
			close(*fd);
			return false;
		}
		done += (size_t)wrote;
	}
	snprintf(path, 32, "/proc/self/fd/%d", *fd);
	return true;
}
