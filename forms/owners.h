/*
 * owners.h: the people of a household, as the facts name them.
 *
 * Without any name there is one person, who is not named. A household's main person is whose
 * figures and returns are meant where no owner is: the one whom a dated fact names first (by day,
 * then by name), so that the order of entry does not matter. One name beside shares that have no
 * owner is the main person's own, unless shares were only given to that name, or only figures
 * bear it: then the main person is the one without a name.
 */
#ifndef DUALBASIS_FORMS_OWNERS_H
#define DUALBASIS_FORMS_OWNERS_H

#include "ledger/fact.h"

#define OWNERS_MOST 16

struct owners {
	uint32_t name
		[OWNERS_MOST]; /* in facts->names, the main person first; 0: unnamed */
	int count;             /* 1 or more */
};

/* Fails where there are more than OWNERS_MOST. */
bool owners_find(const struct facts *, struct owners *, struct fail *) MUST_USE;

/* The place of a name in them, or -1. */
int owners_index(const struct owners *, uint32_t name);

/* What people call an owner: the name, "you" where there is none. */
const char *owner_words(const struct facts *, uint32_t name);

/* An owner by name, NULL or "" for the main person; an unknown one is a failure of usage. */
bool owner_by_name(const struct facts *, const struct owners *, const char *words,
	uint32_t *name, struct fail *) MUST_USE;

#endif
