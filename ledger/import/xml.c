/* Reads XML with expat, as a reader that can pause. */
#include "ledger/import/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"

#define PIECE  16384
#define SILENT (1 << 20) /* bytes without an event */

struct xml_reader {
	XML_Parser parser;
	xml_source *source;
	void *from;
	const struct xml_handler *handler;
	void *context;
	size_t depth, silent;
	bool suspended, last; /* the last piece was given */
	bool failed;
	struct fail why;
};

static const char *plain(const char *name)
{
	const char *const colon = strrchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

static void stop(struct xml_reader *reader)
{
	reader->failed = true;
	if (reader->why.row == 0)
		reader->why.row = (long)XML_GetCurrentLineNumber(reader->parser);
	XML_StopParser(reader->parser, XML_FALSE);
}

static void on_start(void *data, const char *name, const char **attributes)
{
	struct xml_reader *const reader = data;

	/* After a stop expat may still deliver what it has in hand. */
	if (reader->failed)
		return;
	reader->silent = 0;
	if (++reader->depth > XML_DEPTH) {
		fail_set(&reader->why, FAIL_BAD_INPUT,
			"elements are more than %d deep in each other", XML_DEPTH);
		stop(reader);
		return;
	}
	if (!reader->handler->start(
		    reader->context, plain(name), attributes, &reader->why))
		stop(reader);
}

static void on_end(void *data, const char *name)
{
	struct xml_reader *const reader = data;

	if (reader->failed)
		return;
	reader->silent = 0;
	reader->depth--;
	if (reader->handler->end != NULL &&
		!reader->handler->end(reader->context, plain(name), &reader->why))
		stop(reader);
}

static void on_text(void *data, const char *text, int length)
{
	struct xml_reader *const reader = data;

	if (reader->failed)
		return;
	reader->silent = 0;
	if (reader->handler->text != NULL &&
		!reader->handler->text(
			reader->context, text, (size_t)length, &reader->why))
		stop(reader);
}

static void on_doctype(void *data, const char *name, const char *system_id,
	const char *public_id, int has_internal)
{
	struct xml_reader *const reader = data;

	(void)name;
	(void)system_id;
	(void)public_id;
	(void)has_internal;
	fail_set(&reader->why, FAIL_BAD_INPUT, "document type declarations are refused");
	stop(reader);
}

bool xml_reader_open(struct xml_reader **opened, xml_source *source, void *from,
	const struct xml_handler *handler, void *context, struct fail *why)
{
	struct xml_reader *const reader = must_alloc(sizeof *reader);

	reader->parser = XML_ParserCreate(NULL);
	if (reader->parser == NULL) {
		free(reader);
		return fail_set(why, FAIL_SYSTEM, "out of memory");
	}
	reader->source = source;
	reader->from = from;
	reader->handler = handler;
	reader->context = context;
	XML_SetUserData(reader->parser, reader);
	XML_SetElementHandler(reader->parser, on_start, on_end);
	XML_SetCharacterDataHandler(reader->parser, on_text);
	XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
	*opened = reader;
	return true;
}

void xml_reader_close(struct xml_reader *reader)
{
	XML_ParserFree(reader->parser);
	free(reader);
}

void xml_reader_pause(struct xml_reader *reader)
{
	if (!reader->failed && XML_StopParser(reader->parser, XML_TRUE) == XML_STATUS_OK)
		reader->suspended = true;
}

long xml_reader_line(const struct xml_reader *reader)
{
	return (long)XML_GetCurrentLineNumber(reader->parser);
}

static enum XML_Status feed(struct xml_reader *reader, struct fail *why, bool *read)
{
	void *const piece = XML_GetBuffer(reader->parser, PIECE);
	size_t got = 0;

	*read = piece != NULL && reader->source(reader->from, piece, PIECE, &got, why);
	if (piece == NULL)
		fail_set(why, FAIL_SYSTEM, "out of memory");
	if (!*read)
		return XML_STATUS_ERROR;
	reader->silent += got;
	if (reader->silent > SILENT) {
		*read = fail_at(why, FAIL_BAD_INPUT, xml_reader_line(reader), 0,
			"a tag is longer than %d bytes", SILENT);
		return XML_STATUS_ERROR;
	}
	reader->last = got == 0;
	return XML_ParseBuffer(reader->parser, (int)got, reader->last);
}

static bool refuse(struct xml_reader *reader, struct fail *why)
{
	if (reader->failed) {
		*why = reader->why;
		return false;
	}
	return fail_at(why, FAIL_BAD_INPUT, xml_reader_line(reader), 0, "not XML: %s",
		XML_ErrorString(XML_GetErrorCode(reader->parser)));
}

bool xml_reader_run(struct xml_reader *reader, bool *over, struct fail *why)
{
	*over = false;
	for (;;) {
		bool read = true;
		const bool resume = reader->suspended;

		reader->suspended = false;
		const enum XML_Status status = resume ? XML_ResumeParser(reader->parser)
						      : feed(reader, why, &read);

		if (!read)
			return false;
		if (status == XML_STATUS_ERROR)
			return refuse(reader, why);
		if (status == XML_STATUS_SUSPENDED)
			return true;
		if (reader->last) {
			*over = true;
			return true;
		}
	}
}

const char *xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes != NULL; attributes += 2)
		if (strcmp(plain(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}
