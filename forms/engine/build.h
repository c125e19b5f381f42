/*
 * build.h: making the graph of a year from the definitions. Internal to forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_BUILD_H
#define DUALBASIS_FORMS_ENGINE_BUILD_H

#include "forms/engine/bounds.h"
#include "forms/engine/definitions.h"

#define NO_NODE UINT32_MAX
#define NO_LINE UINT32_MAX

/* A year's graph as kept in the law, with the way from definitions to its lines. */
struct graph_cache {
	struct graph graph;
	bool made;
	uint32_t *
		line_of; /* [definition * BOOKS + book]: index of graph.line, or NO_LINE */
};

enum build_state { LINE_TO_DO, LINE_UNDER_WAY, LINE_DONE };

struct build_line {
	uint32_t definition, form; /* indexes of law.line and graph.form */
	enum book book;
	enum build_state state;
	uint32_t node;
};

struct builder {
	const struct law *law;
	const struct graph_cache *prior; /* NULL in the first year */
	int year;
	struct fail *why;
	struct pool *pool; /* of the law: what the graph keeps */

	struct graph_node *node;
	struct range *range;
	uint32_t nodes, nodes_room, ranges_room;
	uint32_t *slot; /* open addressing of nodes + 1, for sharing */
	uint32_t slots;

	struct build_line *line; /* one a graph.line */
	uint32_t lines;
	uint32_t *line_of;
	uint32_t *path, paths; /* lines under way, the outermost first */
	uint32_t steps; /* formulas walked, to bound the work of hostile definitions */
	int depth;
};

/* Where a formula stands: what bare names in it mean. */
struct scope {
	uint32_t form;            /* index of law.form; UINT32_MAX outside */
	const struct scope *call; /* of a function: its caller's, else NULL */
	const struct function_definition *function;
	const uint32_t *argument; /* nodes */
	enum book book;
	bool per_book, prior; /* whether @prior lines may be read */
};

/* ---- build_node.c ---- */

struct graph_node node_blank(enum graph_op, enum graph_kind);

/*
 * The node, new or an equal one. `kind` and `is` are given; den and bounds are worked out. Fails
 * at `at` if denominators or bounds grow too large.
 */
bool node_add(struct builder *, struct graph_node, const uint32_t *arg, uint32_t args,
	struct place at, uint32_t *node) MUST_USE;
bool node_condition(struct builder *, bool value, uint32_t *node) MUST_USE;
/* Whether a node is a condition known when the graph is made. */
bool node_is_known(const struct builder *, uint32_t node, bool *value);
const char *kind_name(enum graph_kind); /* "an amount" */

/* ---- build_name.c ---- */

/* The definition of a line of a form in a year, as index of law.line, or NO_LINE. */
uint32_t find_definition(const struct law *, uint32_t form, uint32_t name, int year);
bool build_reference(struct builder *, const struct reference *, const struct scope *,
	uint32_t *node) MUST_USE;
/* The index of graph.line of a reference to a line of the same year. */
bool build_line_index(struct builder *, const struct reference *, const struct scope *,
	uint32_t *line) MUST_USE;
/* The index of law.input of a reference to an input. */
bool build_input_index(struct builder *, const struct reference *, const struct scope *,
	uint32_t *input) MUST_USE;
/* Order of line numbers as printed: 1, 1a, 1b, 2; false if an id does not begin with a digit. */
bool line_number_order(const char *a, const char *b, int *order);

/* ---- build_formula.c ---- */

bool build_expr(struct builder *, const struct expr *, const struct scope *,
	enum graph_kind bare, uint32_t *node) MUST_USE;
bool build_condition(struct builder *, const struct expr *, const struct scope *,
	uint32_t *node) MUST_USE;

/* ---- build_condition.c: from the expression to its node ---- */

bool build_input_condition(struct builder *, const struct expr *, const struct scope *,
	uint32_t *node) MUST_USE;
bool build_choice_condition(struct builder *, const struct expr *, const struct scope *,
	uint32_t *node) MUST_USE;
bool build_filled(struct builder *, const struct expr *, const struct scope *,
	uint32_t *node) MUST_USE;

/* ---- build.c ---- */

/* The node of a line, made if it is not yet; `from` is where it is needed. */
bool build_line(
	struct builder *, uint32_t line, struct place from, uint32_t *node) MUST_USE;
/* One step deeper into formulas; fails when hostile definitions go too far. */
bool build_enter(struct builder *, struct place) MUST_USE;
void build_leave(struct builder *);

#endif
