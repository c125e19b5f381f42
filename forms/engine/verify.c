/* Recomputes every step of an explanation from the values of its children. */
#include <stdlib.h>
#include <string.h>

#include "forms/engine/explain.h"

struct verifying {
	const struct why *step;
	const struct tax_return *result;
	int128 *number;
	unsigned char *known; /* 0 not yet, 1 from a child or recomputed, 2 not shown */
	struct fail *why;
};

enum { NOT_YET, KNOWN, NOT_SHOWN };

static bool recompute(struct verifying *, uint32_t node);

/* In max and min, what stands in for an argument not shown: as much as one that is. */
static bool no_winner(const struct verifying *v, const struct graph_node *node,
	uint32_t argument, int128 *number)
{
	const struct graph_node *const nodes = v->result->graph->node;
	const int64_t den = nodes[node->arg[argument]].den;

	for (uint32_t i = 0; i < node->args; i++) {
		const uint32_t other = node->arg[i];

		if (v->known[other] != KNOWN)
			continue;
		/* Brought to the other denominator, and no further than it. */
		const int128 size = v->number[other] * den;

		*number = size / nodes[other].den;
		if (node->op == OP_MAX && *number * nodes[other].den > size)
			--*number;
		if (node->op == OP_MIN && *number * nodes[other].den < size)
			++*number;
		return true;
	}
	return false;
}

/*
 * What an argument counts as where it is not shown: what it would be if it changed nothing.
 * False if the operation cannot do without it.
 */
static bool neutral(const struct verifying *v, const struct graph_node *node,
	uint32_t argument, int128 *number)
{
	*number = node->op == OP_AND;
	if (node->op == OP_MAX || node->op == OP_MIN)
		return no_winner(v, node, argument, number);
	return node->op == OP_ADD || node->op == OP_SUBTRACT || node->op == OP_SUM ||
		node->op == OP_MULTIPLY || node->op == OP_AND || node->op == OP_OR;
}

/* The arguments that a node needs; of a choice only those of the branch taken. */
static bool arguments(struct verifying *v, uint32_t index)
{
	const struct graph_node *const node = &v->result->graph->node[index];
	uint32_t first = 0, last = node->args;

	if (node->op == OP_IF) {
		if (!recompute(v, node->arg[0]))
			return false;
		first = v->number[node->arg[0]] != 0 ? 1 : 2;
		last = first + 1;
	} else if (node->op == OP_ELSE) {
		first = v->result->prior != NULL ? 0 : 1;
		last = first + 1;
	} else if (node->op == OP_DIVIDE) {
		last = 1;
	}
	for (uint32_t i = first; i < last; i++)
		recompute(v, node->arg[i]);
	for (uint32_t i = first; i < last; i++) {
		const uint32_t argument = node->arg[i];

		if (v->known[argument] != KNOWN &&
			(explain_needs(v->result, index, false, i) ||
				!neutral(v, node, i, &v->number[argument])))
			return false;
	}
	return true;
}

/* Facts of the return that are no figures: they are not children. */
static bool is_fact(const struct graph_node *node)
{
	return node->args == 0 && (node->kind == KIND_CONDITION || node->op == OP_NUMBER);
}

/* An input is one child, whether its amount, its word or that it was given is asked for. */
static bool from_input(struct verifying *v, const struct graph_node *node, uint32_t index)
{
	for (size_t i = 0; i < v->step->children; i++) {
		const struct why *const child = v->step->child[i];
		const struct graph_node *const other =
			&v->result->graph->node[child->step->as];

		if (child->kind != WHY_INPUT ||
			other->is.input.index != node->is.input.index)
			continue;
		v->number[index] = child->value.amount.cents;
		v->known[index] = KNOWN;
		return true;
	}
	return false;
}

/* False if the node rests on something that is not shown. */
static bool recompute(struct verifying *v, uint32_t index)
{
	const struct graph_node *const node = &v->result->graph->node[index];

	if (v->known[index] != NOT_YET)
		return v->known[index] == KNOWN;
	v->known[index] = NOT_SHOWN;
	if (node->op == OP_LINE || node->op == OP_CALL)
		return false;
	if (node->op == OP_INPUT)
		return from_input(v, node, index);
	if (node->op != OP_FILLED && !is_fact(node) &&
		(node->args == 0 || !arguments(v, index)))
		return false;
	v->number[index] = return_node(v->result, v->number, node);
	v->known[index] = KNOWN;
	/* What stood in for arguments not shown was good for this node only. */
	for (uint32_t i = 0; i < node->args; i++)
		if (v->known[node->arg[i]] == NOT_SHOWN)
			v->number[node->arg[i]] = 0;
	return true;
}

static bool differs(const struct why *why, const struct graph_node *node, int128 number,
	struct fail *fail)
{
	struct text text = TEXT_EMPTY;

	print_value(&text, node, number);
	fail_set(fail, FAIL_FINDINGS, "%s of %d is %s, but its parts give %s", why->name,
		why->year, *why->text == '\0' ? "blank" : why->text, text.at);
	text_release(&text);
	return false;
}

/* One step against its children. */
static bool step(struct verifying *v, const struct why *why)
{
	const struct graph *const graph = v->result->graph;
	const struct graph_node *const node = &graph->node[why->step->node];
	const uint32_t from = node->arg[why->value.filled ? 0 : 1];
	int128 number;

	if (!recompute(v, from))
		return fail_set(v->why, FAIL_FINDINGS,
			"%s of %d rests on a figure that is not shown", why->name,
			why->year);
	number = v->number[from];
	if (!why->value.filled)
		return number == 0 ||
			fail_set(v->why, FAIL_FINDINGS,
				"%s of %d is blank, but its condition holds", why->name,
				why->year);
	if (node->op == OP_LINE && node->kind == KIND_AMOUNT)
		number = return_round(v->result, number, graph->node[from].den);
	if (number != why->step->number)
		return differs(why, node, number, v->why);
	if (node->op == OP_LINE && node->kind == KIND_AMOUNT &&
		number != why->value.amount.cents)
		return differs(why, node, number, v->why);
	return true;
}

static bool has_formula(const struct why *why)
{
	return why->formula != NULL && !why->repeated && !why->cut;
}

static bool verify_step(const struct why *why, struct fail *fail)
{
	const struct graph *const graph = why->step->result->graph;
	struct verifying v = { .step = why,
		.result = why->step->result,
		.number = must_alloc(graph->count * sizeof *v.number),
		.known = must_alloc(graph->count),
		.why = fail };

	for (size_t i = 0; i < why->children; i++) {
		const struct why_step *const child = why->child[i]->step;
		const struct graph_node *const node = &graph->node[child->as];

		if (why->child[i]->kind == WHY_INPUT)
			continue;
		v.number[child->as] = node->kind == KIND_AMOUNT && node->den == 1
			? why->child[i]->value.amount.cents
			: child->number;
		v.known[child->as] = KNOWN;
	}
	const bool good = step(&v, why);

	free(v.number);
	free(v.known);
	return good;
}

bool why_verify(const struct why *why, struct fail *fail)
{
	for (size_t i = 0; i < why->children; i++)
		if (!why_verify(why->child[i], fail))
			return false;
	return !has_formula(why) || verify_step(why, fail);
}
