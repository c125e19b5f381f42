/*
 * file.h: files that appear whole or not at all.
 *
 * The new bytes go into a temporary file beside the old one, reach the disk, and take the old
 * one's name. They are readable by their owner only: a packet is as private as the ledger.
 */
#ifndef DUALBASIS_EXPORT_FILE_H
#define DUALBASIS_EXPORT_FILE_H

#include <stddef.h>

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"

/* Refuses what exists and is no regular file. */
bool file_replace(const char *path, const void *, size_t length, struct fail *) MUST_USE;

/*
 * The same for a library that writes by itself: it writes to `temporary`, then file_finish puts
 * that in place; after any failure file_abandon removes it.
 */
struct new_file {
	const char *path;
	char *temporary;
};
bool file_begin(
	const char *path, struct new_file *, struct pool *, struct fail *) MUST_USE;
bool file_finish(const struct new_file *, struct fail *) MUST_USE;
void file_abandon(const struct new_file *);

#endif
