/* Reads OFX tag by tag. */
#include "ledger/import/tags.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"
#include "ledger/base/text.h"
#include "ledger/import/charset.h"

static bool next_byte(struct tags *in, int *byte, struct fail *why)
{
	if (!bytes_more(&in->bytes, why))
		return false;
	*byte = -1;
	if (in->bytes.at == in->bytes.end)
		return true;
	*byte = in->bytes.chunk[in->bytes.at++];
	in->line += *byte == '\n';
	return true;
}

static bool refuse(long line, const char *what, struct fail *why)
{
	return fail_at(why, FAIL_BAD_INPUT, line, 0, "%s", what);
}

/* From behind '<' to '>'. */
static bool read_name(struct tags *in, struct fail *why)
{
	struct tag *const tag = &in->tag;
	size_t length = 0;
	bool ignored = false;
	int byte;

	*tag->name = '\0';
	tag->end = false;
	for (size_t i = 0;; i++) {
		if (!next_byte(in, &byte, why))
			return false;
		if (byte < 0)
			return refuse(
				tag->line, "a tag is opened here and never closed", why);
		if (byte == '>')
			break;
		if (i > TEXT_LIMIT)
			return refuse(tag->line, "a tag is too long", why);
		if (i == 0 && byte == '!')
			return refuse(tag->line,
				"declarations (<!...>) are refused in tax forms", why);
		if (i == 0 && byte == '?')
			ignored = true;
		if (i == 0 && byte == '/') {
			tag->end = true;
			continue;
		}
		if (ignored || length + 1 >= TAG_LIMIT)
			continue;
		tag->name[length++] = byte >= 'A' && byte <= 'Z'
			? (char)(byte - 'A' + 'a')
			: (char)byte;
	}
	tag->name[length] = '\0';
	return true;
}

static bool from_1252(struct tag *tag, struct fail *why)
{
	struct text wide = TEXT_EMPTY;
	bool done = charset_from_1252(tag->text, tag->length, &wide, why);

	if (done && wide.length >= TEXT_LIMIT)
		done = refuse(tag->line, "a value is too long", why);
	if (done) {
		memcpy(tag->text, wide.at, wide.length + 1);
		tag->length = wide.length;
	} else {
		why->row = tag->line;
	}
	text_release(&wide);
	return done;
}

/* &amp; and the like; what is unknown stays as it is. */
static bool decode(struct tag *tag, struct fail *why)
{
	static const struct {
		const char *name;
		char byte;
	} entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
		{ "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", ' ' } };
	size_t used = 0;

	for (size_t i = 0; i < tag->length; i++) {
		char byte = tag->text[i];

		for (size_t e = 0; byte == '&' && e < COUNT(entities); e++) {
			const size_t length = strlen(entities[e].name);

			if (tag->length - i >= length &&
				memcmp(tag->text + i, entities[e].name, length) == 0) {
				byte = entities[e].byte;
				i += length - 1;
				break;
			}
		}
		tag->text[used++] = byte;
	}
	while (used > 0 && strchr(" \t\r\n", tag->text[used - 1]) != NULL)
		used--;
	tag->text[used] = '\0';
	tag->length = used;
	if (utf8_valid(tag->text, tag->length))
		return true;
	return from_1252(tag, why);
}

/* The text up to the next '<', without outer blanks. */
static bool read_text(struct tags *in, struct fail *why)
{
	struct tag *const tag = &in->tag;
	int byte;

	tag->length = 0;
	for (;;) {
		if (!next_byte(in, &byte, why))
			return false;
		if (byte < 0)
			break;
		if (byte == '<') {
			in->bytes.at--;
			break;
		}
		if (byte == '\0')
			return refuse(
				in->line, "a NUL byte: this is not a text file", why);
		if (tag->length == 0 && strchr(" \t\r\n", byte) != NULL)
			continue;
		if (tag->length + 1 >= TEXT_LIMIT)
			return refuse(tag->line, "a value is too long", why);
		tag->text[tag->length++] = (char)byte;
	}
	return decode(tag, why);
}

bool tags_next(struct tags *in, bool *over, struct fail *why)
{
	int byte;

	do {
		if (!next_byte(in, &byte, why))
			return false;
	} while (byte >= 0 && byte != '<');
	*over = byte < 0;
	in->tag.line = in->line;
	return *over || (read_name(in, why) && read_text(in, why));
}

bool tags_open(struct tags **opened, const char *path, struct fail *why)
{
	struct tags *const in = must_alloc(sizeof *in);

	in->line = 1;
	if (!bytes_open(&in->bytes, path, why)) {
		free(in);
		return false;
	}
	*opened = in;
	return true;
}

void tags_close(struct tags *in)
{
	bytes_close(&in->bytes);
	free(in);
}
