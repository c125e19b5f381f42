/*
 * xml.h: XML from any source of bytes, in pieces that the caller asks for.
 *
 * Document type declarations are refused, and with them entities of a file's own; depth is
 * limited, and so is what may lie between two events, so that one tag of gigabytes is refused
 * early. Names come without their namespace prefix.
 */
#ifndef DUALBASIS_IMPORT_XML_H
#define DUALBASIS_IMPORT_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/base/fail.h"

#define XML_DEPTH 64

/* Read up to `room` bytes; *got 0 at the end. */
typedef bool xml_source(void *context, void *to, size_t room, size_t *got, struct fail *);

struct xml_handler {
	/* Attributes are name, value, name, value, ..., NULL. */
	bool (*start)(
		void *context, const char *name, const char **attributes, struct fail *);
	bool (*end)(void *context, const char *name, struct fail *);      /* or NULL */
	bool (*text)(void *context, const char *, size_t, struct fail *); /* or NULL */
};

struct xml_reader;

/* `context` is the handler's; `from` the source's. */
bool xml_reader_open(struct xml_reader **, xml_source *, void *from,
	const struct xml_handler *, void *context, struct fail *) MUST_USE;
void xml_reader_close(struct xml_reader *);

/* Read on until a handler pauses, or the document is over. A failure has the line as its row. */
bool xml_reader_run(struct xml_reader *, bool *over, struct fail *) MUST_USE;
void xml_reader_pause(struct xml_reader *); /* from a handler */
long xml_reader_line(const struct xml_reader *);

/* The value of an attribute, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);

#endif
