/* paths.h: the files that operands mean. */
#ifndef DUALBASIS_CLI_PATHS_H
#define DUALBASIS_CLI_PATHS_H

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"

/* What lies in a folder and is not taken, and why not. */
struct path_left {
	const char *path, *why;
};

struct paths {
	const char **at;
	size_t count;
	struct path_left *left;
	size_t left_count;
};

/*
 * Files stand for themselves, a folder for the files in it by name. Left are hidden files, folders in
 * the folder, what is no file, and PDFs, from which nothing can be imported; of a link to nowhere
 * it is for the reading to say that it cannot be opened.
 */
bool paths_expand(char *const *operand, size_t operands, struct paths *, struct pool *,
	struct fail *) MUST_USE;

#endif
