/*
 * bounds.h: interval arithmetic over the nodes of a graph. Internal to forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_BOUNDS_H
#define DUALBASIS_FORMS_ENGINE_BOUNDS_H

#include "forms/engine/graph.h"

struct range {
	int128 least, most;
};

struct bound_limits {
	int64_t leaf, prior;
	bool entered_lines;
};

/*
 * The range of a node's number from those of its arguments (by index). False if it, or a product
 * on the way to it, would leave GRAPH_NUMBER_LIMIT; a line is cut to GRAPH_LINE_LIMIT instead and
 * *cut says so.
 */
bool bounds_of(const struct graph_node *all, const struct graph_node *,
	const struct range *, const struct bound_limits *, struct range *,
	bool *cut) MUST_USE;

#endif
