/*
 * tags.h: OFX as tags and the texts that follow them, one at a time: XML and SGML alike.
 *
 * There is no tree and no nesting, so that depth costs nothing. Declarations (<!...>), and with
 * them entities of a file's own, are refused; attributes and <?...?> are stepped over.
 */
#ifndef DUALBASIS_IMPORT_TAGS_H
#define DUALBASIS_IMPORT_TAGS_H

#include "ledger/import/bytes.h"

#define TAG_LIMIT  64
#define TEXT_LIMIT 4096

/* A tag and the text that follows it. */
struct tag {
	bool end;              /* </NAME> */
	char name[TAG_LIMIT];  /* small letters; "" for <?...?> */
	char text[TEXT_LIMIT]; /* UTF-8, without outer blanks */
	size_t length;
	long line;
};

struct tags {
	struct bytes bytes;
	long line;
	struct tag tag;
};

bool tags_open(struct tags **, const char *path, struct fail *) MUST_USE;
void tags_close(struct tags *);

/* Read the next one into `tag`; *over is set when there is none. */
bool tags_next(struct tags *, bool *over, struct fail *) MUST_USE;

#endif
