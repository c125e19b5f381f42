/*
 * json.h: writes JSON into a growing text.
 *
 * Members take a key; elements of an array take NULL. Money is a decimal string with two places,
 * shares and prices are decimal strings, days are ISO; DAY_NONE and NULL texts are null. Bytes
 * that are not UTF-8 become U+FFFD, so that what comes out is always valid. Unbalanced calls are
 * our bug and asserted.
 */
#ifndef DUALBASIS_EXPORT_JSON_H
#define DUALBASIS_EXPORT_JSON_H

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/text.h"

#define JSON_DEPTH 32
struct json {
	struct text *out;
	unsigned depth;
	char closing[JSON_DEPTH];
	bool some[JSON_DEPTH]; /* something stands on this level already */
};

/* Appends to `out`, which the caller releases. */
struct json json_into(struct text *out);
/* Asserts that everything opened is closed, and ends the line. */
void json_done(struct json *);

void json_object(struct json *, const char *key);
void json_array(struct json *, const char *key);
void json_close(struct json *); /* the innermost object or array */

void json_text(struct json *, const char *key, const char *value); /* NULL is null */
void json_money(struct json *, const char *key, struct money);
void json_shares(struct json *, const char *key, struct shares);
void json_price(struct json *, const char *key, struct price);
void json_day(struct json *, const char *key, struct day);
void json_count(struct json *, const char *key, int64_t);
void json_bool(struct json *, const char *key, bool);
void json_null(struct json *, const char *key);

#endif
