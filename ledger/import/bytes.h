/*
 * bytes.h: a file's bytes in chunks, so that memory does not grow with the file.
 *
 * Only plain files are read (they are read twice: once to see what they are). A UTF-8 byte
 * order mark is stepped over; UTF-16 is refused, with advice.
 */
#ifndef DUALBASIS_IMPORT_BYTES_H
#define DUALBASIS_IMPORT_BYTES_H

#include <stddef.h>
#include <stdint.h>

#include "ledger/base/fail.h"

struct bytes {
	int file; /* descriptor */
	unsigned char *chunk;
	size_t at, end; /* the bytes not yet taken: chunk[at .. end) */
	bool over;      /* the file has no more */
};

bool bytes_open(struct bytes *, const char *path, struct fail *) MUST_USE;
/* The same of bytes that are in memory already; they are copied. */
void bytes_of(struct bytes *, const void *, size_t length);
void bytes_close(struct bytes *);

/* Make chunk[at .. end) not empty, unless the file is over (then at == end). */
bool bytes_more(struct bytes *, struct fail *) MUST_USE;

/* The first bytes of a file as they are, byte order mark and all; *got tells how many. */
bool bytes_head(const char *path, unsigned char *to, size_t room, size_t *got,
	struct fail *) MUST_USE;

/* A descriptor of a plain file; the caller closes it. Pipes, folders and devices are refused. */
bool bytes_plain(const char *path, int *file, struct fail *) MUST_USE;

/* Fill the room unless the file ends: *got is less then, and 0 at its very end. */
bool bytes_some(
	int file, unsigned char *to, size_t room, size_t *got, struct fail *) MUST_USE;

#endif
