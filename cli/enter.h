/*
 * enter.h: figures of a year given as words, on the command line or in a file.
 *
 * A file of figures (see forms/figure_file.h) becomes a document of the ledger, and each figure
 * knows its row.
 */
#ifndef DUALBASIS_CLI_ENTER_H
#define DUALBASIS_CLI_ENTER_H

#include "cli/home.h"

/* Makes a fact from "wages=200000": figure_from_words() or filed_from_words(). */
typedef bool figure_reader(const struct law *, int year, const char *words,
	struct names *, struct fact *, struct fail *);

/* A verb that enters figures: `fact`, `filed`. Without figures it lists those that are there. */
struct figures_verb {
	enum fact_kind kind;
	const char *title; /* of the list */
	figure_reader *reader;
	/* What is wrong with the year's figures taken together; NULL-terminated. Or NULL. */
	const char *const *(*remarks)(const struct facts *, int year, struct pool *);
	bool (*template)(const struct call *, int year, struct fail *);
};
/*
 * Enter the call's words (the operands from `first` on, and the file of --from) for a year, in
 * one batch: figures that stand already are passed over; one that differs needs --replace.
 * With --dry-run nothing is written. Prints the answer.
 */
bool enter_figures(struct call *, size_t first, int year, const struct figures_verb *,
	struct fail *) MUST_USE;

bool figures_command(struct call *, const struct figures_verb *, struct fail *) MUST_USE;

/* "200,000.00", or the word that was given. */
const char *figure_shown(const struct facts *, const struct fact *, struct pool *);

#endif
