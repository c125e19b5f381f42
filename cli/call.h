/*
 * call.h: one run of the program: what was typed, and how to answer it.
 */
#ifndef DUALBASIS_CLI_CALL_H
#define DUALBASIS_CLI_CALL_H

#include <stdio.h>

#include "cli/command.h"
#include "cli/failures.h"
#include "export/json.h"
struct report;

struct given {
	const struct option_words *option;
	const char *value; /* NULL of a switch */
};

struct call {
	const struct command *command;
	const struct topic *topic; /* of a verb that has topics */
	const char *words;         /* the command as typed, for the log */
	char *const *operand;
	size_t operands;
	struct given *given;
	size_t givens, givens_room;
	bool json;
	bool colour;
	const char *
		ledger; /* the ledger's path: --ledger, the environment, or the data folder */
	bool findings; /* the run set it: exit with FAIL_FINDINGS though all went well */
	struct failures
		failures; /* where a run can have several: the first is its failure */
	struct pool *pool;
};

/*
 * Fills the call from argv. A failure is one of usage; `json` and `colour` are right even then.
 * Asks for help or the version come back as those commands.
 */
bool call_parse(struct call *, int argc, char **argv, struct fail *) MUST_USE;

/* Was the option given; its value (the last one), or NULL. */
bool call_has(const struct call *, const char *option);
const char *call_value(const struct call *, const char *option);

/* A failure unless the number of operands is between the two. */
bool call_operands(
	const struct call *, size_t least, size_t most, struct fail *) MUST_USE;

/* "2025" to 2025: a tax year. */
bool year_parse(const char *text, int *year, struct fail *) MUST_USE;
/* Does it look like a tax year (and not like a form's number)? */
bool year_like(const char *text);

/* Today, in UTC. */
struct day day_today(void);

/* The one JSON object of a good answer: opens {"ok":true,"data":{, closes and prints it. */
struct answer {
	struct text out;
	struct json json;
};
void answer_open(struct answer *);
void answer_close(struct answer *);
/* Instead of closing, when the answer failed after all. */
void answer_drop(struct answer *);

/* A page of plain text; with --json its text is one member. */
void print_page(const struct call *, const struct text *);
/* Does the user's locale take UTF-8? (setlocale is never called.) */
bool terminal_speaks_utf8(void);
void print_report(const struct call *, const struct report *);
/* A line of advice: "  next: dualbasis import FILE...". */
void print_next(const struct call *, const char *command, const char *what);
/* Text that may come from files or arguments, with a sign in place of what moves the cursor. */
void print_shown(FILE *, const char *text);
/* A name for one line of such a text: of files, whose names may hold line ends. */
void add_name(struct text *, const char *name);
void print_failure(const struct call *, const struct fail *);

#endif
