/*
 * command.h: the verbs of the program, as data.
 *
 * Every verb is one struct command in a file of its own; commands.c lists them. `help`, the man
 * page, the shells' completions and the parser all read the same words, so they can't disagree.
 */
#ifndef DUALBASIS_CLI_COMMAND_H
#define DUALBASIS_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"
#include "ledger/base/text.h"

/* An option: "--account NAME". Lists of them end with a NULL name. */
struct option_words {
	const char *name;
	const char *value; /* what stands after it, or NULL: a switch */
	const char *what;
	char letter; /* "-o", or 0 */
	bool many;   /* may be given more than once */
	bool required;
};

struct call;

/* A verb's own verbs, each with options of its own: the kinds of `record`. */
struct topic {
	const char *name;
	const char *what;
	const struct option_words *options;
	const char *operands; /* after its name, or NULL */
};

struct command {
	const char *name;
	const char *summary; /* a few words, for lists */
	const char *operands;
	const struct option_words *options;
	/*
	 * What it does and what to know. Paragraphs with blank lines between; a line that
	 * begins with two blanks keeps its shape.
	 */
	const char *details;
	/* More of the same kind as details, where it comes from a table elsewhere; or NULL. */
	void (*more)(struct text *);
	const char *const *examples; /* NULL-terminated */
	/* The kinds that the first operand chooses from; ends with a NULL name. Or NULL. */
	const struct topic *(*topics)(struct pool *);
	bool (*run)(struct call *, struct fail *) MUST_USE;
};

/* NULL-terminated, in the order in which a user meets them. */
extern const struct command *const commands[];
extern const struct option_words global_options[];

const struct command *command_find(const char *name);
/* "dualbasis import FILE... [--dry-run]", in the pool. */
const char *command_usage(const struct command *, const struct topic *, struct pool *);

/* What the exit codes mean. */
struct exit_words {
	enum fail_kind kind;
	const char *what;
};
extern const struct exit_words exit_codes[];
extern const size_t exit_codes_count;

/* Names and meanings, for the man page: environment variables, then files. */
struct named_words {
	const char *name, *what;
};
extern const struct named_words environment[]; /* end with a NULL name */
extern const struct named_words files[];

/* The pages, appended to the text. */
void help_overview(struct text *);
void help_command(const struct command *, struct text *, struct pool *);
void help_exit_codes(struct text *);
void manual_page(struct text *, struct pool *);
bool completion_script(
	const char *shell, struct text *, struct pool *, struct fail *) MUST_USE;

#endif
