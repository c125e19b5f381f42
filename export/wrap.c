/* Breaks text into lines. */
#include "export/wrap.h"

#include <string.h>

#include "export/utf8.h"

static int column_width(uint32_t point, const void *context)
{
	(void)context;
	return utf8_columns(point);
}

const struct measure terminal_columns = { column_width, NULL };

int measure_text(struct measure measure, const char *text)
{
	int width = 0;

	for (uint32_t point = utf8_next(&text); point != 0; point = utf8_next(&text))
		width += measure.width(point, measure.context);
	return width;
}

int wrap_longest_word(const char *text, struct measure measure)
{
	int longest = 0, width = 0;

	for (uint32_t point = utf8_next(&text); point != 0; point = utf8_next(&text)) {
		width = point == ' ' ? 0 : width + measure.width(point, measure.context);
		if (width > longest)
			longest = width;
	}
	return longest;
}

/*
 * Where the line that starts at `text` ends, and where the next one starts. The last place seen
 * to break at wins over cutting a word.
 */
static const char *line_end(
	const char *text, struct measure measure, int limit, const char **next)
{
	const char *blank = NULL, *mark = NULL;
	const char *at = text;
	int width = 0;

	for (;;) {
		const char *const here = at;
		const uint32_t point = utf8_next(&at);

		if (point == 0) {
			*next = here;
			return here;
		}
		if (point == ' ')
			blank = here;
		width += measure.width(point, measure.context);
		if (width > limit && point != ' ' && here != text) {
			*next = blank != NULL ? blank + 1 : mark != NULL ? mark : here;
			return blank != NULL ? blank : *next;
		}
		if (point < 0x80 && strchr("/-_.,", (int)point) != NULL)
			mark = at;
	}
}

struct lines wrap_text(
	struct pool *pool, const char *text, struct measure measure, int limit)
{
	struct lines lines = { NULL, 0 };
	size_t room = 0;

	do {
		const char *next = text + strlen(text);
		const char *end =
			limit > 0 ? line_end(text, measure, limit, &next) : next;

		while (end > text && end[-1] == ' ')
			end--;
		while (*next == ' ')
			next++;
		if (lines.count == room) {
			const size_t more = room ? room * 2 : 4;
			const char **const at = pool_alloc(pool, more * sizeof *at);

			if (lines.count > 0)
				memcpy(at, lines.at, lines.count * sizeof *at);
			lines.at = at;
			room = more;
		}
		lines.at[lines.count++] = pool_text(pool, text, (size_t)(end - text));
		text = next;
	} while (*text != '\0');
	return lines;
}
