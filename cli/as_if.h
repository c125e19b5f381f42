/*
 * as_if.h: a ledger computed as if some figures of a year were others. Nothing is written.
 */
#ifndef DUALBASIS_CLI_AS_IF_H
#define DUALBASIS_CLI_AS_IF_H

#include "cli/home.h"

/*
 * Open the call's ledger to read and compute its chain, with the call's operands from `first` on,
 * "wages=200000", in place of what the ledger says of the same figures of the year: of --owner, or
 * without it of everybody. Where figures are given and no ledger lies where one is looked for
 * (--ledger was not given), it is as if it were empty.
 */
bool home_open_as_if(struct home *, const struct call *, int year, size_t first,
	struct fail *) MUST_USE;

#endif
