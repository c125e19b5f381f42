/*
 * parser.h: what the readers of statements and of formulas share. Internal to forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_PARSER_H
#define DUALBASIS_FORMS_ENGINE_PARSER_H

#include "forms/engine/definitions.h"

#define PARSER_LIST_LIMIT 64 /* arguments, words, printed numbers */

struct parser {
	struct law *law;
	struct lexer lexer;
	struct token now;
	struct fail *why;
	uint32_t form;    /* index of law.form, or UINT32_MAX before the first one */
	const char *part; /* or NULL */
	int depth;        /* of nested formulas */
};

/* To the next token. */
bool parser_next(struct parser *) MUST_USE;
bool parser_at(const struct parser *, const char *word_or_sign);
/* If the token is this word or sign, goes past it; *was says so. */
bool parser_take(struct parser *, const char *word_or_sign, bool *was) MUST_USE;
/* Goes past this word or sign, or fails with "found ..., wanted ...". */
bool parser_want(struct parser *, const char *word_or_sign, const char *wanted) MUST_USE;
bool parser_wrong(struct parser *, const char *wanted); /* always false */
bool parser_text(struct parser *, const char *wanted, const char **) MUST_USE;
/* `law "..."` and its like, each at most once. */
bool parser_clause(
	struct parser *, const char *word, const char **to, bool *was) MUST_USE;
bool parser_per_book(struct parser *, bool *is) MUST_USE; /* `per book`, if it is there */
/* Makes a name known to all forms; fails if it already is. */
bool parser_declare(struct parser *, uint32_t name, struct place, enum symbol_kind,
	uint32_t index) MUST_USE;
/* A name that may be defined: a word that the language does not use itself. */
bool parser_name(struct parser *, const char *wanted, uint32_t *) MUST_USE;

/* parse_formula.c: a formula or a condition, up to the token that cannot belong to it. */
bool parse_formula(struct parser *, struct expr **) MUST_USE;
bool word_is_reserved(struct span);

/* parse_name.c: parts of formulas; each reads from its first word to the token after its last. */
struct expr *parse_expr(const struct parser *, enum expr_what, struct place); /* empty */
bool parse_reference(struct parser *, struct reference *) MUST_USE;
bool parse_status(struct parser *, struct expr **) MUST_USE; /* status is mfs */
bool parse_year(struct parser *, struct expr **) MUST_USE;   /* year >= 2020 */
bool parse_words(struct parser *, struct expr *) MUST_USE; /* is WORD, in (WORD, WORD) */
bool parse_option(struct parser *, struct expr **) MUST_USE; /* option schedule */
bool parse_question(struct parser *, enum expr_what, struct expr **) MUST_USE;
bool parse_plain(struct parser *, enum expr_what, struct expr **) MUST_USE;
/* A comparison sign, if there is one. */
bool parse_comparison(struct parser *, enum graph_op *, bool *was) MUST_USE;

/* parse_input.c: an input, after its first word. */
bool parse_input(struct parser *, struct place) MUST_USE;

/* parse_table.c: the rows of a parameter. */
bool parse_table(struct parser *, struct parameter_definition *) MUST_USE;

#endif
