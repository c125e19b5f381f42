/* Makes nodes: works out their denominators and bounds, and keeps equal ones once. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/build.h"

/* Denominators stay below this; the product with GRAPH_LEAF_LIMIT and sums fit easily. */
#define DEN_LIMIT  INT64_C(1000000000000000)
#define NODE_LIMIT 400000u

const char *kind_name(enum graph_kind kind)
{
	static const char *const names[] = { [KIND_AMOUNT] = "an amount",
		[KIND_RATE] = "a rate",
		[KIND_COUNT] = "a count",
		[KIND_CONDITION] = "a condition" };

	return names[kind];
}

struct graph_node node_blank(enum graph_op op, enum graph_kind kind)
{
	struct graph_node node;

	/* Nodes are compared byte by byte: no byte may be left to chance. */
	memset(&node, 0, sizeof node);
	node.op = op;
	node.kind = kind;
	node.den = 1;
	return node;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b != 0) {
		const int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a < 0 ? -a : a;
}

/* The least common multiple; false beyond the limit. */
static bool common_multiple(int64_t a, int64_t b, int64_t *to)
{
	return !__builtin_mul_overflow(a / common_divisor(a, b), b, to) &&
		*to <= DEN_LIMIT;
}

static bool common_den(
	const struct builder *builder, const uint32_t *arg, uint32_t args, int64_t *den)
{
	*den = 1;
	for (uint32_t i = 0; i < args; i++)
		if (!common_multiple(*den, builder->node[arg[i]].den, den))
			return false;
	return true;
}

/* Division is multiplication by the reciprocal, of each status over one denominator. */
static bool reciprocal(const struct builder *builder, struct graph_node *node)
{
	const struct graph_node *const by = &builder->node[node->arg[1]];
	int64_t den = 1;

	if (by->op == OP_UNKNOWN) {
		node->den = builder->node[node->arg[0]].den;
		return true;
	}
	for (int i = 0; i < STATUSES; i++)
		if (!common_multiple(den, by->is.constant[i], &den))
			return false;
	int64_t divisor = den;

	for (int i = 0; i < STATUSES; i++) {
		if (__builtin_mul_overflow(
			    den / by->is.constant[i], by->den, &node->is.constant[i]))
			return false;
		divisor = common_divisor(divisor, node->is.constant[i]);
	}
	for (int i = 0; i < STATUSES; i++)
		node->is.constant[i] /= divisor;
	node->prior = by->prior;
	return !__builtin_mul_overflow(
		       builder->node[node->arg[0]].den, den / divisor, &node->den) &&
		node->den <= DEN_LIMIT;
}

/* What is left of a node's denominators; leaves bring their own. */
static bool denominator(const struct builder *builder, struct graph_node *node)
{
	const struct graph_node *const all = builder->node;

	switch (node->op) {
	case OP_NUMBER:
	case OP_PARAMETER:
	case OP_PRIOR_LINE:
		return node->den <= DEN_LIMIT;
	case OP_UNKNOWN:
	case OP_INPUT:
	case OP_LEDGER:
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
	case OP_ROUND:
	case OP_FLOOR:
		node->den = 1;
		return true;
	case OP_NEGATE:
	case OP_ABS:
	case OP_CALL:
		node->den = all[node->arg[0]].den;
		return true;
	case OP_LINE:
		node->den = node->kind == KIND_AMOUNT ? 1 : all[node->arg[0]].den;
		return true;
	case OP_MULTIPLY:
		return !__builtin_mul_overflow(all[node->arg[0]].den,
			       all[node->arg[1]].den, &node->den) &&
			node->den <= DEN_LIMIT;
	case OP_DIVIDE:
		return reciprocal(builder, node);
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
	case OP_ELSE:
		return common_den(builder, node->arg, node->args, &node->den);
	case OP_IF:
		return common_den(builder, node->arg + 1, 2, &node->den);
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
		node->den = 1;
		return common_den(builder, node->arg, 2, &node->is.common);
	}
	return false;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t hash_of(const struct graph_node *node)
{
	uint64_t words[sizeof node->is / sizeof(uint64_t)];
	uint64_t hash = mix((uint64_t)node->op, (uint64_t)(uintptr_t)node->name);

	memcpy(words, &node->is, sizeof words);
	for (size_t i = 0; i < COUNT(words); i++)
		hash = mix(hash, words[i]);
	for (uint32_t i = 0; i < node->args; i++)
		hash = mix(hash, node->arg[i]);
	return hash;
}

static bool equal(const struct graph_node *a, const struct graph_node *b)
{
	return a->op == b->op && a->kind == b->kind && a->den == b->den &&
		a->args == b->args && a->prior == b->prior && a->row == b->row &&
		a->name == b->name && memcmp(&a->is, &b->is, sizeof a->is) == 0 &&
		(a->args == 0 || memcmp(a->arg, b->arg, a->args * sizeof *a->arg) == 0);
}

static void double_slots(struct builder *builder)
{
	builder->slots = builder->slots == 0 ? 1024 : builder->slots * 2;
	free(builder->slot);
	builder->slot = must_alloc(builder->slots * sizeof *builder->slot);
	for (uint32_t i = 0; i < builder->nodes; i++) {
		uint64_t at = hash_of(&builder->node[i]) & (builder->slots - 1);

		while (builder->slot[at] != 0)
			at = (at + 1) & (builder->slots - 1);
		builder->slot[at] = i + 1;
	}
}

/* The slot of an equal node, or the free one where it belongs. */
static uint32_t *slot_of(struct builder *builder, const struct graph_node *node)
{
	uint64_t at = hash_of(node) & (builder->slots - 1);

	while (builder->slot[at] != 0 &&
		!equal(&builder->node[builder->slot[at] - 1], node))
		at = (at + 1) & (builder->slots - 1);
	return &builder->slot[at];
}

static bool too_exact(struct builder *builder, struct place at)
{
	return law_fail(builder->law, at, builder->why,
		"fractions whose common denominator is beyond %lld, wanted rates with "
		"fewer "
		"digits",
		(long long)DEN_LIMIT);
}

static bool too_large(struct builder *builder, struct place at)
{
	return law_fail(builder->law, at, builder->why,
		"a result that may be too large to be kept exactly, wanted smaller "
		"factors");
}

bool node_add(struct builder *builder, struct graph_node node, const uint32_t *arg,
	uint32_t args, struct place at, uint32_t *to)
{
	const struct bound_limits limits = { GRAPH_LEAF_LIMIT, GRAPH_PRIOR_LIMIT, true };

	node.arg = arg;
	node.args = args;
	if (!denominator(builder, &node))
		return too_exact(builder, at);
	if (builder->nodes * 2 >= builder->slots)
		double_slots(builder);
	uint32_t *const slot = slot_of(builder, &node);

	if (*slot != 0) {
		*to = *slot - 1;
		return true;
	}
	if (builder->nodes == NODE_LIMIT)
		return law_fail(builder->law, at, builder->why,
			"more than %u steps in one year, wanted smaller definitions",
			NODE_LIMIT);
	node.arg = pool_copy(builder->pool, arg, args * sizeof *arg);
	GROW(builder->node, builder->nodes, builder->nodes_room);
	GROW(builder->range, builder->nodes, builder->ranges_room);
	struct range *const range = &builder->range[builder->nodes];

	if (!bounds_of(
		    builder->node, &node, builder->range, &limits, range, &node.checked))
		return too_large(builder, at);
	node.least = range->least;
	node.most = range->most;
	*to = builder->nodes;
	builder->node[builder->nodes++] = node;
	*slot = builder->nodes;
	return true;
}

bool node_condition(struct builder *builder, bool value, uint32_t *to)
{
	struct graph_node node = node_blank(OP_NUMBER, KIND_CONDITION);

	for (int i = 0; i < STATUSES; i++)
		node.is.constant[i] = value;
	return node_add(builder, node, NULL, 0, (struct place){ 0, 0, 0 }, to);
}

bool node_is_known(const struct builder *builder, uint32_t node, bool *value)
{
	const struct graph_node *const at = &builder->node[node];

	if (at->op != OP_NUMBER || at->kind != KIND_CONDITION)
		return false;
	*value = at->is.constant[0] != 0;
	return true;
}
