/*
 * book.h: the parallel sets of accounts that every lot is kept in.
 *
 * Today the regular tax and the federal alternative minimum tax; a state's minimum
 * tax is one more book. Code loops over books and never has an AMT twin.
 */
#ifndef DUALBASIS_LEDGER_BOOK_H
#define DUALBASIS_LEDGER_BOOK_H

#include "ledger/base/fail.h"

enum book { BOOK_REGULAR, BOOK_AMT, BOOKS };

const char *book_name(enum book); /* "regular", "amt" */
bool book_find(const char *name, enum book *);

#endif
