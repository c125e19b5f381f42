/*
 * font.h: the two faces that packets are printed in, built into the program.
 *
 * They are TrueType files; what is needed of them here is which characters they have and how
 * wide each is. Widths are in thousandths of the size: a text of width 5000 at 9 points is
 * 45 points wide.
 */
#ifndef DUALBASIS_EXPORT_FONT_H
#define DUALBASIS_EXPORT_FONT_H

#include <stdbool.h>

#include "export/wrap.h"

enum face { FACE_REGULAR, FACE_BOLD, FACES };

struct font {
	const unsigned char *at;
	size_t length;
	size_t cmap, hmtx; /* offsets: the character table (format 4) and the widths */
	unsigned units, metrics;
};

struct font font_open(enum face);
bool font_has(const struct font *, uint32_t point);
/* For wrap.h; the font outlives it. */
struct measure font_measure(const struct font *);
/* A copy on one clean line in which every character that the font lacks is "?". */
const char *font_text(const struct font *, const char *text, struct pool *);

/*
 * A path under which the font's bytes can be read for as long as `fd` is open: libraries read
 * fonts from files only. False when the system has no such memory.
 */
bool font_path(const struct font *, int *fd, char path[32]);

#endif
