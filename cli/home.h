/*
 * home.h: a household's ledger opened for one command, and what is computed from it.
 */
#ifndef DUALBASIS_CLI_HOME_H
#define DUALBASIS_CLI_HOME_H

#include "cli/call.h"
#include "export/packet.h"

/* How far a command needs to go; each step includes those before it. */
enum home_depth {
	HOME_STORE, /* the file */
	HOME_FACTS, /* the facts and documents */
	HOME_LAW,   /* the definitions of the forms */
	HOME_LOTS,  /* lots and dispositions */
	HOME_CHAIN, /* the returns of all years */
};

/* The option of commands that show one spouse's returns. */
#define OPTION_OWNER                                                                     \
	{                                                                                \
		.name = "owner", .value = "NAME",                                        \
		.what = "of this spouse; without it of the household's main person"      \
	}

struct home {
	struct store *store;
	struct facts facts;
	struct lots lots;
	struct law *law;
	struct chain chain;
	struct household household; /* the same, for reports */
	struct day today;
	/* Of a batch that is being written: the locked years, and their figures before it. */
	struct year_lock *lock;
	size_t locks;
	const char **locked_figures;
};

/*
 * Open the call's ledger; --cents and --schedule of the call are heeded. On failure nothing
 * stays open. `home_close` may be called on a closed one.
 */
bool home_open(struct home *, const struct call *, enum store_access, enum home_depth,
	struct fail *) MUST_USE;
void home_close(struct home *);

/* Of a home that was opened as HOME_STORE: go as far as a command needs. */
bool home_load(
	struct home *, const struct call *, enum home_depth, struct fail *) MUST_USE;

/* The same of facts that stand in memory, and may differ from those of the ledger. */
bool home_compute(
	struct home *, const struct call *, enum home_depth, struct fail *) MUST_USE;

/* `home_open` to read, with the facts as they were at the end of a day. */
bool home_open_on(struct home *, const struct call *, struct day, struct fail *) MUST_USE;

/*
 * The year among the operands, wherever it stands: `form 6251 2025`, `explain 2025 6251.2k`.
 * The other operand (or NULL) goes to `rest`. Without a year it is the chain's last one.
 */
bool home_year(const struct home *, const struct call *, int *year, const char **rest,
	struct fail *) MUST_USE;

/*
 * Is there a return of the year? A failure says what to enter. The household's lots are from now on
 * those that the return shows: of a separate one its owner's.
 */
bool home_computes(struct home *, int year, struct fail *) MUST_USE;

/* A failure that is about a row of a document gets the document's name. Returns false. */
bool home_name_document(struct store *, struct pool *, struct fail *);

#endif
