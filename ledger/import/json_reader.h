/*
 * json_reader.h: JSON, event by event, so that memory does not grow with the file.
 *
 * Numbers keep their text: an amount never passes through a floating-point number, which is
 * why no library reads them here. Depth, names and values are limited; a repeated name is the
 * caller's to see; what follows the one value is refused.
 */
#ifndef DUALBASIS_IMPORT_JSON_READER_H
#define DUALBASIS_IMPORT_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/base/fail.h"

#define JSON_DEPTH 32 /* of objects and arrays in each other */
/* Bytes of a name or a value. */
#ifdef DUALBASIS_LITTLE_ROOM /* see tests/fuzz */
#define JSON_TEXT 2048
#else
#define JSON_TEXT 65536
#endif

enum json_event {
	JSON_OBJECT,
	JSON_OBJECT_END,
	JSON_ARRAY,
	JSON_ARRAY_END,
	JSON_STRING, /* text */
	JSON_NUMBER, /* text, as written */
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
	JSON_OVER, /* the value is complete and nothing follows */
};

struct json_reader;

bool json_reader_open(const char *path, struct json_reader **, struct fail *) MUST_USE;
void json_reader_close(struct json_reader *);

/* The next event. In an object json_reader_name() tells the name that belongs to it. */
bool json_reader_next(struct json_reader *, enum json_event *, struct fail *) MUST_USE;

const char *json_reader_name(
	const struct json_reader *); /* "" in an array and at the top */
const char *json_reader_text(
	const struct json_reader *);                  /* UTF-8; until the next event */
size_t json_reader_depth(const struct json_reader *); /* of what the event is in */
long json_reader_line(const struct json_reader *);

/* Step over the object or array whose opening was the last event. */
bool json_reader_skip(struct json_reader *, struct fail *) MUST_USE;

#endif
