/*
 * evaluation.h: an evaluated return from inside: the number of every node. Internal to
 * forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_EVALUATION_H
#define DUALBASIS_FORMS_ENGINE_EVALUATION_H

#include "forms/engine/graph.h"
#include "forms/return.h"

struct line_state {
	bool filled, entered;
	struct money computed; /* of an entered amount line: what it would have been */
	const char *from;      /* of an entered line: where it is carried from, or NULL */
};

#define EXACT_PARTS 100

struct tax_return {
	const struct law *law;
	int64_t parts; /* of a cent that numbers of amounts count: EXACT_PARTS if exact, else 1 */
	const struct graph *graph;
	const struct return_input *input;
	const struct tax_return *prior;
	enum filing_status prior_status;
	const int128 *number;          /* one a node, over its den; amounts in parts */
	const struct line_state *line; /* one a line of the graph */
};

/* The status that a parameter or a status condition is read for. */
enum filing_status return_status_of(const struct tax_return *, const struct graph_node *);

/*
 * The number of any node but OP_LINE from those of its arguments (of all arguments: a branch that
 * is not taken may hold anything).
 */
int128 return_node(
	const struct tax_return *, const int128 *number, const struct graph_node *);

/* The rounding of a line of kind amount: number / den in parts, to dollars, cents or parts. */
int128 return_round(const struct tax_return *, int128 number, int64_t den);

/* What an input holds: entered or default. */
struct entered return_entered(const struct tax_return *, uint32_t input);

#endif
