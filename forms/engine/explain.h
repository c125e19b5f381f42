/*
 * explain.h: what the explanation of a step and its verification share. Internal to
 * forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_EXPLAIN_H
#define DUALBASIS_FORMS_ENGINE_EXPLAIN_H

#include "forms/engine/print.h"

/* What a node of the tree stands for. */
struct why_step {
	const struct tax_return *result;
	uint32_t node;
	uint32_t
		as; /* the node that the parent reads it by: of last year's line, this year's */
	int128 number; /* its value over the node's den: what the parent is recomputed from */
};

/*
 * In words, what decided at a node and what would change it: the conditions of branches taken,
 * the winner of max and min. Adds to the text, "; " between; nothing if nothing was decided.
 */
void explain_branches(
	struct text *, const struct tax_return *, uint32_t node, uint32_t home);
/* Why a condition holds or does not. */
void explain_condition(
	struct text *, const struct tax_return *, uint32_t node, uint32_t home);

/*
 * Whether the value of a node rests on an argument; always with `all`. It does not on terms that
 * are 0, on the branch not taken, on the losers of max and min unless the winner is a constant.
 */
bool explain_needs(const struct tax_return *, uint32_t node, bool all, uint32_t argument);

#endif
