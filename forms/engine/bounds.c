/* What every number of a graph stays within, by interval arithmetic. */
#include "forms/engine/bounds.h"

#include <assert.h>
#include <stdlib.h>

static bool inside(struct range range)
{
	return range.least >= -GRAPH_NUMBER_LIMIT && range.most <= GRAPH_NUMBER_LIMIT;
}

/* a ∪ b */
static struct range either(struct range a, struct range b)
{
	return (struct range){ a.least < b.least ? a.least : b.least,
		a.most > b.most ? a.most : b.most };
}

/* Products of all ends; false on overflow of 128 bits. */
static bool product(struct range a, struct range b, struct range *to)
{
	const int128 as[] = { a.least, a.most }, bs[] = { b.least, b.most };

	for (int i = 0; i < 4; i++) {
		int128 end;

		if (__builtin_mul_overflow(as[i / 2], bs[i % 2], &end))
			return false;
		*to = i == 0 ? (struct range){ end, end }
			     : either(*to, (struct range){ end, end });
	}
	return inside(*to);
}

static struct range point(int128 at)
{
	return (struct range){ at, at };
}

static struct range constants(const int64_t constant[STATUSES])
{
	struct range range = point(constant[0]);

	for (int i = 1; i < STATUSES; i++)
		range = either(range, point(constant[i]));
	return range;
}

/* Divided by `by` and rounded any way; what was not negative does not become so. */
static struct range divided(struct range range, int128 by)
{
	const int128 least = range.least / by - 1, most = range.most / by + 1;

	return (struct range){ range.least >= 0 && least < 0 ? 0 : least,
		range.most <= 0 && most > 0 ? 0 : most };
}

/* The argument brought to a denominator. */
static bool scaled(const struct graph_node *all, const struct range *ranges, uint32_t arg,
	int64_t den, struct range *to)
{
	return product(ranges[arg], point(den / all[arg].den), to);
}

static bool leaf(const struct graph_node *node, const struct bound_limits *limits,
	struct range *to)
{
	const int64_t size = node->op == OP_PRIOR_LINE ? limits->prior : limits->leaf;

	*to = (struct range){ -(int128)size, size };
	if (node->op == OP_INPUT && node->kind == KIND_COUNT)
		*to = (struct range){ 0, GRAPH_COUNT_LIMIT };
	/* A rate or count of last year has the bounds of its own graph. */
	if (node->op == OP_PRIOR_LINE && node->kind != KIND_AMOUNT)
		*to = (struct range){ node->least, node->most };
	return true;
}

static bool line(const struct graph_node *all, const struct graph_node *node,
	const struct range *ranges, const struct bound_limits *limits, struct range *to,
	bool *cut)
{
	const struct range formula = ranges[node->arg[0]];
	const struct range limit = { -(int128)GRAPH_LINE_LIMIT, GRAPH_LINE_LIMIT };

	*to = formula;
	if (node->kind == KIND_AMOUNT) {
		/* To the cent, or to the dollar: at most a dollar away. */
		*to = divided(formula, all[node->arg[0]].den);
		to->least = to->least < 0 ? to->least - 100 : 0;
		to->most = to->most > 0 ? to->most + 100 : 0;
		*cut = to->least < limit.least || to->most > limit.most;
		if (to->least < limit.least)
			to->least = limit.least;
		if (to->most > limit.most)
			to->most = limit.most;
	}
	if (node->args > 1)
		*to = either(*to, point(0));
	if (limits->entered_lines && node->kind == KIND_AMOUNT)
		*to = either(*to, (struct range){ -(int128)limits->leaf, limits->leaf });
	return true;
}

/* Sums, choices and comparisons: all arguments from `first` on brought to one denominator. */
static bool several(const struct graph_node *all, const struct graph_node *node,
	const struct range *ranges, uint32_t first, struct range *to)
{
	for (uint32_t i = first; i < node->args; i++) {
		struct range one;

		if (!scaled(all, ranges, node->arg[i], node->den, &one))
			return false;
		if (node->op == OP_SUBTRACT && i == 1)
			one = (struct range){ -one.most, -one.least };
		if (i == first) {
			*to = one;
		} else if (node->op == OP_IF || node->op == OP_ELSE) {
			*to = either(*to, one);
		} else if (node->op == OP_MAX) {
			to->least = one.least > to->least ? one.least : to->least;
			to->most = one.most > to->most ? one.most : to->most;
		} else if (node->op == OP_MIN) {
			to->least = one.least < to->least ? one.least : to->least;
			to->most = one.most < to->most ? one.most : to->most;
		} else {
			to->least += one.least;
			to->most += one.most;
		}
		if (!inside(*to))
			return false;
	}
	return true;
}

static bool compared(const struct graph_node *all, const struct graph_node *node,
	const struct range *ranges, struct range *to)
{
	struct range side;

	*to = (struct range){ 0, 1 };
	return scaled(all, ranges, node->arg[0], node->is.common, &side) &&
		scaled(all, ranges, node->arg[1], node->is.common, &side);
}

static bool stepped(const struct graph_node *all, const struct graph_node *node,
	const struct range *ranges, struct range *to)
{
	const int64_t step = node->is.constant[0];
	const struct range steps =
		divided(ranges[node->arg[0]], (int128)step * all[node->arg[0]].den);

	/* The quotient is kept in 64 bits. */
	if (steps.least < -((int128)1 << 62) || steps.most > (int128)1 << 62)
		return false;
	return product(steps, point(step), to);
}

bool bounds_of(const struct graph_node *all, const struct graph_node *node,
	const struct range *ranges, const struct bound_limits *limits, struct range *to,
	bool *cut)
{
	struct range a = { 0, 0 };

	*cut = false;
	if (node->args > 0)
		a = ranges[node->arg[0]];
	switch (node->op) {
	case OP_NUMBER:
	case OP_PARAMETER:
		*to = constants(node->is.constant);
		return inside(*to);
	case OP_UNKNOWN:
		*to = (struct range){ 0, 0 };
		return true;
	case OP_INPUT:
	case OP_LEDGER:
	case OP_PRIOR_LINE:
		return leaf(node, limits, to);
	case OP_STATUS_IS:
	case OP_CHOICE_IS:
	case OP_YES:
	case OP_GIVEN:
	case OP_HAS_PRIOR:
	case OP_SCHEDULE:
	case OP_AND:
	case OP_OR:
	case OP_NOT:
	case OP_FILLED:
		*to = (struct range){ 0, 1 };
		return true;
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
	case OP_ELSE:
		return several(all, node, ranges, 0, to);
	case OP_IF:
		return several(all, node, ranges, 1, to);
	case OP_NEGATE:
		*to = (struct range){ -a.most, -a.least };
		return true;
	case OP_ABS:
		*to = a.least >= 0 ? a : (struct range){ -a.most, -a.least };
		if (a.least < 0 && a.most > 0)
			*to = (struct range){ 0, -a.least > a.most ? -a.least : a.most };
		return true;
	case OP_MULTIPLY:
		return product(a, ranges[node->arg[1]], to);
	case OP_DIVIDE:
		return product(a, constants(node->is.constant), to);
	case OP_ROUND:
	case OP_FLOOR:
		return stepped(all, node, ranges, to);
	case OP_CALL:
		*to = a;
		return true;
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
		return compared(all, node, ranges, to);
	case OP_LINE:
		return line(all, node, ranges, limits, to, cut);
	}
	return false;
}

void graph_bounds(const struct graph *graph, int64_t leaf_limit, int64_t prior_limit,
	bool entered_lines, int128 *least, int128 *most)
{
	const struct bound_limits limits = { leaf_limit, prior_limit, entered_lines };
	struct range *const ranges = must_alloc(graph->count * sizeof *ranges);

	assert(leaf_limit <= GRAPH_LEAF_LIMIT && prior_limit <= GRAPH_PRIOR_LIMIT);
	for (uint32_t i = 0; i < graph->count; i++) {
		bool cut;
		const bool fits = bounds_of(
			graph->node, &graph->node[i], ranges, &limits, &ranges[i], &cut);

		/* It did when the graph was made, with limits as wide as these or wider. */
		assert(fits);
		least[i] = ranges[i].least;
		most[i] = ranges[i].most;
	}
	free(ranges);
}
