/* place.h: where the ledger lies. */
#ifndef DUALBASIS_CLI_PLACE_H
#define DUALBASIS_CLI_PLACE_H

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"

/* The path asked for, else DUALBASIS_LEDGER, else ledger.dualbasis in the XDG data folder. */
const char *ledger_place(const char *asked, struct pool *);

/* Make the folders that a file's path needs, readable by the user alone. */
bool place_folders(const char *path, struct fail *) MUST_USE;

/* The part of a path after its last "/". */
const char *path_name(const char *path);

#endif
