/* Writes JSON, with two blanks a level: small enough to read, fit for a pipe. */
#include "export/json.h"

#include <assert.h>

#include "export/utf8.h"

struct json json_into(struct text *out)
{
	return (struct json){ .out = out };
}

void json_done(struct json *json)
{
	assert(json->depth == 0);
	text_add(json->out, "\n");
}

static void new_line(struct json *json)
{
	text_add(json->out, "\n");
	for (unsigned i = 0; i < json->depth; i++)
		text_add(json->out, "  ");
}

/* Above U+FFFF as the two halves of a surrogate pair (RFC 8259, section 7). */
static void escape(struct text *out, uint32_t point)
{
	if (point <= 0xffff)
		text_addf(out, "\\u%04x", (unsigned)point);
	else
		text_addf(out, "\\u%04x\\u%04x", 0xd7c0u + (unsigned)(point >> 10),
			0xdc00u | (unsigned)(point & 0x3ff));
}

static void quoted(struct text *out, const char *value)
{
	text_add(out, "\"");
	for (uint32_t point = utf8_next(&value); point != 0; point = utf8_next(&value)) {
		if (point == '"' || point == '\\')
			text_addf(out, "\\%c", (int)point);
		else if (point == '\n')
			text_add(out, "\\n");
		else if (point == '\t')
			text_add(out, "\\t");
		else if (utf8_is_control(point))
			escape(out, point);
		else
			text_add_point(out, point);
	}
	text_add(out, "\"");
}

/* What stands before a value: the comma, the line, the key. */
static void before(struct json *json, const char *key)
{
	if (json->depth > 0) {
		const unsigned level = json->depth - 1;

		assert((key != NULL) == (json->closing[level] == '}'));
		if (json->some[level])
			text_add(json->out, ",");
		json->some[level] = true;
		new_line(json);
	}
	if (key != NULL) {
		quoted(json->out, key);
		text_add(json->out, ": ");
	}
}

static void open_level(struct json *json, const char *key, char opening, char closing)
{
	before(json, key);
	assert(json->depth < JSON_DEPTH);
	json->closing[json->depth] = closing;
	json->some[json->depth] = false;
	json->depth++;
	text_add_bytes(json->out, &opening, 1);
}

void json_object(struct json *json, const char *key)
{
	open_level(json, key, '{', '}');
}

void json_array(struct json *json, const char *key)
{
	open_level(json, key, '[', ']');
}

void json_close(struct json *json)
{
	assert(json->depth > 0);
	json->depth--;
	if (json->some[json->depth])
		new_line(json);
	text_add_bytes(json->out, &json->closing[json->depth], 1);
}

static void bare(struct json *json, const char *key, const char *value)
{
	before(json, key);
	text_add(json->out, value);
}

void json_text(struct json *json, const char *key, const char *value)
{
	if (value == NULL) {
		json_null(json, key);
		return;
	}
	before(json, key);
	quoted(json->out, value);
}

void json_money(struct json *json, const char *key, struct money money)
{
	char text[MONEY_TEXT];

	json_text(json, key, money_plain(money, text));
}

void json_shares(struct json *json, const char *key, struct shares shares)
{
	char text[MONEY_TEXT];

	json_text(json, key, shares_plain(shares, text));
}

void json_price(struct json *json, const char *key, struct price price)
{
	char text[MONEY_TEXT];

	json_text(json, key, price_plain(price, text));
}

void json_day(struct json *json, const char *key, struct day day)
{
	char text[DAY_TEXT];

	json_text(json, key, day_known(day) ? day_iso(day, text) : NULL);
}

void json_count(struct json *json, const char *key, int64_t count)
{
	before(json, key);
	text_addf(json->out, "%lld", (long long)count);
}

void json_bool(struct json *json, const char *key, bool value)
{
	bare(json, key, value ? "true" : "false");
}

void json_null(struct json *json, const char *key)
{
	bare(json, key, "null");
}
