/* Reads JSON event by event (RFC 8259). */
#include "ledger/import/json_reader.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"
#include "ledger/base/text.h"
#include "ledger/import/bytes.h"

/* What may come next. */
enum want { WANT_VALUE, WANT_FIRST, WANT_NAME, WANT_MORE, WANT_NOTHING };

struct json_reader {
	struct bytes bytes;
	long line;
	enum want want;
	char open[JSON_DEPTH]; /* '{' or '[' */
	size_t depth;
	char name[JSON_TEXT], text[JSON_TEXT];
};

bool json_reader_open(const char *path, struct json_reader **opened, struct fail *why)
{
	struct json_reader *const in = must_alloc(sizeof *in);

	in->line = 1;
	if (!bytes_open(&in->bytes, path, why)) {
		free(in);
		return false;
	}
	*opened = in;
	return true;
}

void json_reader_close(struct json_reader *in)
{
	bytes_close(&in->bytes);
	free(in);
}

const char *json_reader_name(const struct json_reader *in)
{
	return in->name;
}

const char *json_reader_text(const struct json_reader *in)
{
	return in->text;
}

size_t json_reader_depth(const struct json_reader *in)
{
	return in->depth;
}

long json_reader_line(const struct json_reader *in)
{
	return in->line;
}

static bool refuse(const struct json_reader *in, const char *what, struct fail *why)
{
	return fail_at(why, FAIL_BAD_INPUT, in->line, 0, "not JSON: %s", what);
}

/* The byte that is next, or -1 at the end; it is not taken. */
static bool peek(struct json_reader *in, int *byte, struct fail *why)
{
	if (!bytes_more(&in->bytes, why))
		return false;
	*byte = in->bytes.at < in->bytes.end ? in->bytes.chunk[in->bytes.at] : -1;
	return true;
}

static void step(struct json_reader *in)
{
	in->line += in->bytes.chunk[in->bytes.at++] == '\n';
}

static bool peek_past_blanks(struct json_reader *in, int *byte, struct fail *why)
{
	for (;;) {
		if (!peek(in, byte, why))
			return false;
		if (*byte != ' ' && *byte != '\t' && *byte != '\r' && *byte != '\n')
			return true;
		step(in);
	}
}

static bool take(struct json_reader *in, int *byte, struct fail *why)
{
	if (!peek(in, byte, why))
		return false;
	if (*byte < 0)
		return refuse(in, "the file ends in the middle of it", why);
	step(in);
	return true;
}

static bool hex4(struct json_reader *in, unsigned *point, struct fail *why)
{
	*point = 0;
	for (int i = 0; i < 4; i++) {
		int byte;

		if (!take(in, &byte, why))
			return false;
		const int digit = byte >= '0' && byte <= '9' ? byte - '0'
			: byte >= 'a' && byte <= 'f'         ? byte - 'a' + 10
			: byte >= 'A' && byte <= 'F'         ? byte - 'A' + 10
							     : -1;
		if (digit < 0)
			return refuse(in, "\\u wants four hexadecimal digits", why);
		*point = *point * 16 + (unsigned)digit;
	}
	return true;
}

static bool unicode_escape(
	struct json_reader *in, char *to, size_t *used, struct fail *why)
{
	unsigned point, low;
	int byte;

	if (!hex4(in, &point, why))
		return false;
	if (point >= 0xd800 && point <= 0xdbff) {
		if (!take(in, &byte, why))
			return false;
		if (byte != '\\' || !take(in, &byte, why) || byte != 'u' ||
			!hex4(in, &low, why) || low < 0xdc00 || low > 0xdfff)
			return refuse(in, "half of a surrogate pair", why);
		point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
	} else if (point == 0 || (point >= 0xdc00 && point <= 0xdfff)) {
		return refuse(in, "an escape that is no character", why);
	}
	*used += utf8_put(point, to + *used);
	return true;
}

static bool escape(struct json_reader *in, char *to, size_t *used, struct fail *why)
{
	static const char from[] = "\"\\/bfnrt", plain[] = "\"\\/\b\f\n\r\t";
	int byte;

	if (!take(in, &byte, why))
		return false;
	if (byte == 'u')
		return unicode_escape(in, to, used, why);
	const char *const at = byte != 0 ? strchr(from, byte) : NULL;

	if (at == NULL)
		return refuse(in, "an escape that is not known", why);
	to[(*used)++] = plain[at - from];
	return true;
}

/* From behind the opening quote to the closing one. */
static bool string(struct json_reader *in, char to[JSON_TEXT], struct fail *why)
{
	size_t used = 0;
	int byte;

	for (;;) {
		if (!take(in, &byte, why))
			return false;
		if (byte == '"')
			break;
		if (used + 5 > JSON_TEXT)
			return refuse(in, "a text is too long", why);
		if (byte < 0x20)
			return refuse(in, "a control character in a text", why);
		if (byte == '\\') {
			if (!escape(in, to, &used, why))
				return false;
		} else {
			to[used++] = (char)byte;
		}
	}
	to[used] = '\0';
	return utf8_valid(to, used) ||
		refuse(in, "a text is not UTF-8 (want UTF-8 throughout)", why);
}

/* -?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)? */
static bool is_number(const char *at)
{
	at += *at == '-';
	if (*at < '0' || *at > '9')
		return false;
	if (*at == '0')
		at++;
	else
		at += strspn(at, "0123456789");
	if (*at == '.') {
		const size_t digits = strspn(++at, "0123456789");

		if (digits == 0)
			return false;
		at += digits;
	}
	if (*at == 'e' || *at == 'E') {
		at++;
		at += *at == '-' || *at == '+';
		const size_t digits = strspn(at, "0123456789");

		if (digits == 0)
			return false;
		at += digits;
	}
	return *at == '\0';
}

/* A number or one of three words. */
static bool bare(struct json_reader *in, enum json_event *event, struct fail *why)
{
	size_t used = 0;
	int byte;

	for (;;) {
		if (!peek(in, &byte, why))
			return false;
		if (byte < 0 || strchr(" \t\r\n,]}:", byte) != NULL || used + 1 >= 128)
			break;
		in->text[used++] = (char)byte;
		step(in);
	}
	in->text[used] = '\0';
	*event = strcmp(in->text, "true") == 0   ? JSON_TRUE
		: strcmp(in->text, "false") == 0 ? JSON_FALSE
		: strcmp(in->text, "null") == 0  ? JSON_NULL
						 : JSON_NUMBER;
	if (*event == JSON_NUMBER && !is_number(in->text))
		return refuse(in, "a value that is neither text, number nor word", why);
	return true;
}

static void after_value(struct json_reader *in)
{
	in->want = in->depth == 0 ? WANT_NOTHING : WANT_MORE;
}

static bool value(struct json_reader *in, enum json_event *event, struct fail *why)
{
	int byte;

	if (!peek_past_blanks(in, &byte, why))
		return false;
	if (byte == '{' || byte == '[') {
		if (in->depth == JSON_DEPTH)
			return refuse(
				in, "objects and arrays are too deep in each other", why);
		in->open[in->depth++] = (char)byte;
		in->want = WANT_FIRST;
		*event = byte == '{' ? JSON_OBJECT : JSON_ARRAY;
		step(in);
		return true;
	}
	*event = JSON_STRING;
	if (byte == '"') {
		step(in);
		if (!string(in, in->text, why))
			return false;
	} else if (byte < 0) {
		return refuse(in, "the file ends in the middle of it", why);
	} else if (!bare(in, event, why)) {
		return false;
	}
	after_value(in);
	return true;
}

static bool close_one(struct json_reader *in, enum json_event *event)
{
	*event = in->open[--in->depth] == '{' ? JSON_OBJECT_END : JSON_ARRAY_END;
	*in->name = '\0';
	after_value(in);
	return true;
}

/* A name and its colon. */
static bool name(struct json_reader *in, struct fail *why)
{
	int byte;

	if (!peek_past_blanks(in, &byte, why))
		return false;
	if (byte != '"')
		return refuse(in, "a name in quotes is wanted", why);
	step(in);
	if (!string(in, in->name, why) || !peek_past_blanks(in, &byte, why))
		return false;
	if (byte != ':')
		return refuse(in, "a colon is wanted after a name", why);
	step(in);
	return true;
}

bool json_reader_next(struct json_reader *in, enum json_event *event, struct fail *why)
{
	int byte;

	if (!peek_past_blanks(in, &byte, why))
		return false;
	if (in->want == WANT_NOTHING) {
		*event = JSON_OVER;
		return byte < 0 || refuse(in, "something follows the end", why);
	}
	const char inside = in->depth > 0 ? in->open[in->depth - 1] : '\0';

	if (in->want == WANT_FIRST || in->want == WANT_MORE) {
		if ((inside == '{' && byte == '}') || (inside == '[' && byte == ']')) {
			step(in);
			return close_one(in, event);
		}
		if (in->want == WANT_MORE) {
			if (byte != ',')
				return refuse(in,
					"a comma or a closing bracket is wanted", why);
			step(in);
		}
	}
	*in->name = '\0';
	if (inside == '{' && !name(in, why))
		return false;
	return value(in, event, why);
}

bool json_reader_skip(struct json_reader *in, struct fail *why)
{
	const size_t depth = in->depth;
	enum json_event event;

	while (in->depth >= depth)
		if (!json_reader_next(in, &event, why))
			return false;
	return true;
}
