/*
 * record.h: what can be recorded by hand: one table of kinds and their options.
 *
 * `record KIND --option value`, the columns of our own CSV ("record,date,symbol,..."), its
 * template and the help all come from this table and one parser, so that they can't disagree.
 * An option and a column have the same name; in a column "_" stands for "-" as well.
 */
#ifndef DUALBASIS_LEDGER_RECORD_H
#define DUALBASIS_LEDGER_RECORD_H

#include "ledger/fact.h"

enum record_type {
	RECORD_TEXT,   /* any words */
	RECORD_DAY,    /* 2024-06-03 */
	RECORD_SHARES, /* 100.5, up to 8 decimals */
	RECORD_PRICE,  /* dollars a share, up to 8 decimals */
	RECORD_MONEY,  /* dollars in total, up to 2 decimals */
	RECORD_WORD,   /* one of `words`, kept as its code */
	RECORD_CHOICE, /* one of `words`, kept as a text */
	RECORD_FLAG,   /* yes or no */
};

struct record_option {
	const char *name; /* "grant-date" */
	enum record_type type;
	bool required;
	size_t at;    /* of the field in struct fact */
	size_t known; /* of the flag that says it was given, or 0 */
	const struct words *words;
	const char *help; /* "day of the grant" */
};

struct record_kind {
	const char *name; /* "exercise" */
	enum fact_kind kind;
	const char *help; /* "shares bought by exercising an option" */
	const struct record_option *option;
	size_t options;
};

/* All kinds in the order in which help lists them; one by name, failing with the nearest. */
const struct record_kind *record_kinds(size_t *count);
bool record_kind_find(
	const char *name, const struct record_kind **, struct fail *) MUST_USE;
/* An option of a kind; NULL if there is none. */
const struct record_option *record_option_find(
	const struct record_kind *, const char *name);

/* An option as given. A NULL or empty value means that it was not given (a blank cell). */
struct record_value {
	const char *name, *value;
};

#define RECORD_FACTS_MOST 8

/*
 * The facts that the values say: one, save for a security with several aliases, which is one
 * an alias. Texts go into `names`. `today` refuses what has not happened yet; DAY_NONE lets it
 * be. Unknown, repeated and missing options fail as USAGE, and so do values that cannot be read;
 * what they say but cannot be true fails as BAD_INPUT. A file's cell is BAD_INPUT either way.
 * column is then the place in `values`, from 1 (0: something is missing, or what they say
 * together cannot be).
 */
bool record_from_values(const struct record_kind *, const struct record_value *,
	size_t count, struct day today, struct names *,
	struct fact facts[RECORD_FACTS_MOST], size_t *made, struct fail *) MUST_USE;

/*
 * Whether a fact can be true by itself, whoever entered it: shares above zero, a strike above
 * zero, no exercise before its grant, and the like. The message does not name the fact.
 */
bool fact_check(const struct fact *, struct fail *) MUST_USE;

/* The CSV template of a kind (or of all with NULL): a header line and one example a kind. */
void record_template(const struct record_kind *, struct text *);

#endif
