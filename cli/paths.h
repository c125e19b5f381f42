/* paths.h: the files that operands mean. */
#ifndef DUALBASIS_CLI_PATHS_H
#define DUALBASIS_CLI_PATHS_H

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"

struct paths {
	const char **at;
	size_t count;
};

/* Files stand for themselves, a folder for the files in it by name; hidden ones are left out. */
bool paths_expand(char *const *operand, size_t operands, struct paths *, struct pool *,
	struct fail *) MUST_USE;

#endif
