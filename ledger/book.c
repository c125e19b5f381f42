/* The names of the books. */
#include "ledger/book.h"

#include <string.h>

static const char *const names[BOOKS] = {
	[BOOK_REGULAR] = "regular",
	[BOOK_AMT] = "amt",
};

const char *book_name(enum book book)
{
	return names[book];
}

bool book_find(const char *name, enum book *book)
{
	for (int i = 0; i < BOOKS; i++)
		if (strcmp(names[i], name) == 0) {
			*book = (enum book)i;
			return true;
		}
	return false;
}
