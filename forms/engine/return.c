/* What an evaluated return answers: lines, how they came about, what was assumed. */
#include <assert.h>
#include <string.h>

#include "forms/engine/evaluation.h"

const char *value_status_name(enum value_status status)
{
	static const char *const names[] = { [VALUE_COMPUTED] = "computed",
		[VALUE_ENTERED] = "entered",
		[VALUE_CARRIED] = "carried",
		[VALUE_CONSTANT] = "constant",
		[VALUE_ASSUMED] = "assumed",
		[VALUE_MISSING] = "missing",
		[VALUE_NOT_MODELLED] = "not_modelled" };

	return names[status];
}

int return_year(const struct tax_return *result)
{
	return result->graph->year;
}

/* The node whose value another one only passes on. */
static const struct graph_node *passed_on(const struct tax_return *result, uint32_t index)
{
	const struct graph_node *const nodes = result->graph->node;
	const struct graph_node *node = &nodes[index];

	for (;;) {
		if (node->op == OP_ELSE)
			node = &nodes[node->arg[result->prior != NULL ? 0 : 1]];
		else if (node->op == OP_IF)
			node = &nodes[node->arg[result->number[node->arg[0]] != 0 ? 1
										  : 2]];
		else if (node->op == OP_NEGATE || node->op == OP_CALL)
			node = &nodes[node->arg[0]];
		else
			return node;
	}
}

/* A line that only repeats a figure has that figure's status. */
static enum value_status status_of(const struct tax_return *result, uint32_t formula)
{
	const struct graph_node *const node = passed_on(result, formula);

	if (node->op == OP_NUMBER || node->op == OP_PARAMETER)
		return VALUE_CONSTANT;
	if (node->op == OP_PRIOR_LINE)
		return VALUE_CARRIED;
	if (node->op == OP_INPUT)
		return return_entered(result, node->is.input.index).given ? VALUE_ENTERED
									  : VALUE_ASSUMED;
	return VALUE_COMPUTED;
}

struct value return_line(const struct tax_return *result, struct line_ref line)
{
	const struct graph *const graph = result->graph;

	assert(line.number < graph->lines);
	const uint32_t index = graph->line[line.number].node;
	const struct graph_node *const node = &graph->node[index];
	const struct line_state *const state = &result->line[line.number];
	struct value value = { .filled = state->filled, .status = VALUE_COMPUTED };

	if (node->kind == KIND_AMOUNT)
		value.amount.cents =
			divide_half_away(result->number[index], result->parts);
	if (state->from != NULL) {
		value.status = VALUE_CARRIED;
		value.brought = true;
		value.computed = state->computed;
	} else if (state->entered) {
		value.status = VALUE_ENTERED;
		value.overridden = true;
		value.computed = state->computed;
	} else if (state->filled) {
		value.status = status_of(result, node->arg[0]);
	}
	return value;
}

bool return_owes(const struct tax_return *result, struct line_ref line)
{
	assert(line.number < result->graph->lines);
	return result->number[result->graph->line[line.number].node] > 0;
}

const struct law *return_law(const struct tax_return *result)
{
	return result->law;
}

const struct return_input *return_given(const struct tax_return *result)
{
	return result->input;
}

const struct tax_return *return_prior(const struct tax_return *result)
{
	return result->prior;
}

void return_line_fraction(const struct tax_return *result, struct line_ref line,
	int64_t *number, int64_t *by)
{
	const uint32_t index = result->graph->line[line.number].node;

	*number = (int64_t)result->number[index];
	*by = result->graph->node[index].den;
}

bool return_find(const struct tax_return *result, const char *id, struct value *value,
	struct fail *why)
{
	struct line_ref line;

	if (!law_line_find(result->law, result->graph->year, id, &line, why))
		return false;
	*value = return_line(result, line);
	return true;
}

/* ---- assumptions ---- */

struct reading {
	const struct tax_return *result;
	bool *seen;    /* nodes */
	bool *assumed; /* inputs */
};

static bool reads_input(const struct graph_node *node)
{
	return node->op == OP_INPUT || node->op == OP_CHOICE_IS || node->op == OP_YES;
}

/*
 * Marks the inputs that were not given and that the value of a node rests on. Lines end it: each
 * that is filled in is read by itself.
 */
static void read_node(struct reading *reading, uint32_t index)
{
	const struct tax_return *const result = reading->result;
	const struct graph_node *const node = &result->graph->node[index];
	uint32_t first = 0, last = node->args;

	if (reading->seen[index] || node->op == OP_LINE || node->op == OP_FILLED)
		return;
	reading->seen[index] = true;
	if (reads_input(node) && !return_entered(result, node->is.input.index).given)
		reading->assumed[node->is.input.index] = true;
	if (node->op == OP_IF) {
		read_node(reading, node->arg[0]);
		first = result->number[node->arg[0]] != 0 ? 1 : 2;
		last = first + 1;
	} else if (node->op == OP_ELSE) {
		first = result->prior != NULL ? 0 : 1;
		last = first + 1;
	} else if (node->op == OP_CALL) {
		last = 1;
	}
	for (uint32_t i = first; i < last; i++)
		read_node(reading, node->arg[i]);
}

const char *const *return_assumptions(const struct tax_return *result, struct pool *pool)
{
	const struct graph *const graph = result->graph;
	const size_t inputs = law_inputs(result->law);
	struct reading reading = { .result = result,
		.seen = pool_alloc(pool, graph->count * sizeof *reading.seen),
		.assumed = pool_alloc(pool, inputs * sizeof *reading.assumed) };

	for (uint32_t i = 0; i < graph->lines; i++) {
		const struct graph_node *const node = &graph->node[graph->line[i].node];

		if (!result->line[i].entered && node->args > 1)
			read_node(&reading, node->arg[1]);
		if (result->line[i].filled && !result->line[i].entered)
			read_node(&reading, node->arg[0]);
	}
	const char **const names = pool_alloc(pool, (inputs + 1) * sizeof *names);
	size_t count = 0;

	for (size_t i = 0; i < inputs; i++)
		if (reading.assumed[i])
			names[count++] = law_input(result->law, i)->name;
	return names;
}
