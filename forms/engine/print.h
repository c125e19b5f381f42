/*
 * print.h: formulas as text, with names and with numbers. Internal to forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_PRINT_H
#define DUALBASIS_FORMS_ENGINE_PRINT_H

#include "forms/engine/evaluation.h"
#include "ledger/base/text.h"

/* Names as they are written in form `home` (an index of graph.form). */
void print_names(struct text *, const struct graph *, uint32_t node, uint32_t home);
/* The arithmetic that was done: the branches taken, the terms that are not 0. */
void print_numbers(struct text *, const struct tax_return *, uint32_t node);
/* The value of a node: "-1,234.50", "26%", "2"; amounts with as many decimals as they have. */
void print_value(struct text *, const struct graph_node *, int128 number);
void print_step(
	struct text *, const struct graph_node *); /* of round and floor: ", 50" */
/* The parts of names: "L2a" or "f1040.agi"; "8801.26" as a user writes it. */
void print_line_name(struct text *, const struct graph *, uint32_t line, uint32_t home);
const char *print_user_name(const struct graph *, uint32_t line, struct pool *);

/* How tightly an operator binds; what is looser than its place stands in parentheses. */
enum binding {
	BIND_CHOICE,
	BIND_OR,
	BIND_AND,
	BIND_NOT,
	BIND_COMPARE,
	BIND_ADD,
	BIND_MULTIPLY,
	BIND_UNARY,
	BIND_ATOM
};
enum binding binding_of(const struct graph_node *);
const char *op_word(
	enum graph_op); /* "+", "max", "<="; NULL for what has a name of its own */

#endif
