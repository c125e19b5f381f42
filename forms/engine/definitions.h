/*
 * definitions.h: what the files say, as read: statements and formulas with their places, names
 * not yet resolved. Internal to forms/engine/. See LANGUAGE.md for the meaning.
 */
#ifndef DUALBASIS_FORMS_ENGINE_DEFINITIONS_H
#define DUALBASIS_FORMS_ENGINE_DEFINITIONS_H

#include "forms/engine/graph.h"
#include "forms/engine/token.h"

struct years {
	int first, last;
};
bool years_hold(struct years, int year);

/* A name as written: [form[@book][@prior].]name or name[@prior]; `form` may be "input", "ledger". */
struct reference {
	struct place at;
	uint32_t form; /* a number of law.names, 0 when not written */
	uint32_t name;
	bool line; /* L2a: a line of the same form and nothing else */
	bool has_book, prior;
	enum book book;
};

enum expr_what {
	EXPR_NUMBER,    /* number / by; bare unless it is a rate */
	EXPR_REFERENCE, /* to a line, value, input, parameter, argument, ledger figure */
	EXPR_CALL,      /* to[args] */
	EXPR_OPERATION, /* op[args]: arithmetic, choice, comparison, and or not */
	EXPR_RANGE,     /* sum(arg[0] .. arg[1]) */
	EXPR_BY_BOOK,   /* one argument a book */
	EXPR_STATUS,    /* status is or in */
	EXPR_CHOICE,    /* to is or in words */
	EXPR_YES,
	EXPR_GIVEN,
	EXPR_FILLED,
	EXPR_YEAR, /* year `op` number */
	EXPR_HAS_PRIOR,
	EXPR_SCHEDULE,
};

struct expr {
	enum expr_what what;
	enum graph_op op;
	struct place at;
	struct reference to;
	const char *text;   /* of a number: as written */
	int64_t number, by; /* an amount in dollars is number / by */
	bool is_rate, prior;
	bool bare; /* made of bare numbers only: an amount, or a count beside a count */
	uint32_t statuses;
	const uint32_t *word; /* names */
	struct expr **arg;
	uint32_t words, args;
};

struct printed {
	const char *text;
	struct years years;
};

/* A line or a value in some years. */
struct line_definition {
	uint32_t form; /* index of law.form */
	uint32_t id;   /* name */
	struct place at;
	struct years years;
	bool is_value, exact;
	const char *label, *part, *law, *note;
	const struct printed *printed;
	uint32_t printed_count;
	const struct expr *when; /* or NULL */
	const struct expr *formula;
	uint32_t other; /* the definition of the same name before, + 1; 0 ends */
};

struct draft {
	struct years years;
	const char *text;
};

struct form_definition {
	uint32_t id;
	struct place at;
	const char *name, *title;
	bool per_book;
	struct draft *draft;
	uint32_t drafts, drafts_room;
};

struct function_definition {
	uint32_t name;
	struct place at;
	const char *what;
	const uint32_t *argument; /* names */
	uint32_t arguments;
	const struct expr *body;
};

struct table_row {
	struct years years;
	struct place at;
	struct parameter_row words;
	int64_t number[STATUSES]; /* over by: cents for amounts */
	int64_t by;
};

struct parameter_definition {
	uint32_t name;
	struct place at;
	const char *what;
	bool is_rate, by_status;
	struct table_row *row;
	uint32_t rows;
};

struct refusal_definition {
	uint32_t form; /* UINT32_MAX outside a form */
	struct place at;
	struct years years;
	const char *id, *what, *hint;
	const struct expr *when;
};

/* What a name means to all forms. */
enum symbol_kind { SYMBOL_NONE, SYMBOL_INPUT, SYMBOL_PARAMETER, SYMBOL_FUNCTION };
struct symbol {
	enum symbol_kind kind;
	uint32_t index;
	uint32_t form; /* index of law.form + 1; 0 if no form has this name */
	uint32_t
		definition; /* the last line definition with this id + 1; 0 if there is none */
};

struct law {
	struct pool pool;
	struct names *names;
	const char **file; /* names of the files */
	size_t files;
	struct symbol *symbol; /* by number of names */
	size_t symbols;

	struct form_definition *form;
	struct line_definition *line;
	struct input *input;
	struct place *input_at;
	struct function_definition *function;
	struct parameter_definition *parameter;
	struct refusal_definition *refusal;
	struct limit *limit;
	uint32_t forms, forms_room, lines, lines_room, inputs, inputs_room,
		inputs_at_room, functions, functions_room, parameters, parameters_room,
		refusals, refusals_room, limits, limits_room;

	struct graph_cache *cache; /* the graphs made so far, one a year */
	struct pool *graphs;       /* what they are made of */
};

const char *law_word(const struct law *, uint32_t name);
/* The symbol of a name, made if it is new. */
struct symbol *law_symbol(struct law *, uint32_t name);
const struct symbol *law_symbol_of(const struct law *, uint32_t name);

const char *law_function_what(const struct law *, const char *name);

/* A failure at a place of a file: "..., wanted ...". Always false. */
bool law_fail(const struct law *, struct place, struct fail *, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Reads one file into the law; names are looked up later. */
bool parse_file(struct law *, uint32_t file, const char *text, size_t length,
	struct fail *) MUST_USE;

#endif
