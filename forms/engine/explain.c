/* Makes the tree of reasons of a line: formulas, what decided, and what they read. */
#include "forms/engine/explain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/definitions.h"

struct explaining {
	const struct tax_return *result;
	bool all;
	struct pool *pool;
	/* One a node of each year in the chain: whether it was explained with its children. */
	bool **seen; /* [year - LAW_FIRST_YEAR] */
};

struct children {
	struct why **at;
	size_t count, room;
};

static struct why *explain_node(
	struct explaining *, uint32_t node, uint32_t home, int depth);

/* ---- what a value rests on ---- */

/* Whether anything but constants is below a node. */
static bool has_leaf(const struct graph *graph, uint32_t index)
{
	const struct graph_node *const node = &graph->node[index];

	if (node->args == 0)
		return node->op != OP_NUMBER;
	if (node->op == OP_LINE)
		return true;
	for (uint32_t i = 0; i < node->args; i++)
		if (has_leaf(graph, node->arg[i]))
			return true;
	return false;
}

static int128 scaled(
	const struct tax_return *result, const struct graph_node *node, uint32_t i)
{
	return result->number[node->arg[i]] *
		(node->den / result->graph->node[node->arg[i]].den);
}

static bool wins(const struct tax_return *result, uint32_t index, uint32_t argument)
{
	const struct graph_node *const node = &result->graph->node[index];
	uint32_t best = 0;

	while (scaled(result, node, best) != result->number[index])
		best++;
	return argument == best || !has_leaf(result->graph, node->arg[best]);
}

/* Of `and` and `or`: the first side that decides alone, or both. */
static bool decides(const struct tax_return *result, uint32_t index, uint32_t i)
{
	const struct graph_node *const node = &result->graph->node[index];
	const bool alone = node->op == OP_OR; /* what one side can be to decide */
	const bool first = result->number[node->arg[0]] != 0;
	const bool this = result->number[node->arg[i]] != 0;

	if ((result->number[index] != 0) != alone)
		return true;
	return this == alone && (i == 0 || first != alone);
}

bool explain_needs(const struct tax_return *result, uint32_t index, bool all, uint32_t i)
{
	const struct graph_node *const node = &result->graph->node[index];
	const bool zero = result->number[node->arg[i]] == 0;
	const bool first = result->number[node->arg[0]] != 0;

	if (node->op == OP_CALL)
		return i == 0;
	if (all)
		return true;
	if (node->op == OP_ADD || node->op == OP_SUBTRACT || node->op == OP_SUM)
		return !zero;
	/* A product of 0 rests on the first factor that is 0. */
	if (node->op == OP_MULTIPLY)
		return result->number[index] != 0 || (zero && (i == 0 || first));
	if (node->op == OP_MAX || node->op == OP_MIN)
		return wins(result, index, i);
	if (node->op == OP_IF)
		return i == 0 || i == (first ? 1u : 2u);
	if (node->op == OP_ELSE)
		return i == (result->prior != NULL ? 0u : 1u);
	if (node->op == OP_AND || node->op == OP_OR)
		return decides(result, index, i);
	return true;
}

/* ---- the words of one step ---- */

static char *keep(struct explaining *x, struct text *text)
{
	char *const kept = pool_text(x->pool, text->at, text->length);

	text_release(text);
	return kept;
}

static const char *formula_text(struct explaining *x, uint32_t node, uint32_t home)
{
	struct text text = TEXT_EMPTY;

	print_names(&text, x->result->graph, node, home);
	return keep(x, &text);
}

/* The arithmetic, and its result where rounding changed it. */
static const char *numbers_text(struct explaining *x, uint32_t formula, uint32_t of)
{
	const struct graph *const graph = x->result->graph;
	const struct graph_node *const node = &graph->node[formula];
	struct text text = TEXT_EMPTY;

	print_numbers(&text, x->result, formula);
	if (graph->node[of].op == OP_LINE && node->kind == KIND_AMOUNT &&
		x->result->number[formula] != x->result->number[of] * node->den) {
		struct text exact = TEXT_EMPTY;

		print_value(&exact, node, x->result->number[formula]);
		if (strcmp(exact.at, text.at) != 0)
			text_addf(&text, " = %s", exact.at);
		text_add(&text, ", rounded");
		text_release(&exact);
	}
	return keep(x, &text);
}

static const char *value_text(struct explaining *x, uint32_t index)
{
	struct text text = TEXT_EMPTY;

	print_value(&text, &x->result->graph->node[index], x->result->number[index]);
	return keep(x, &text);
}

/* To the cent, for amounts. */
static struct money to_cents(const struct graph_node *node, int128 number)
{
	struct money money = { 0 };

	if (node->kind == KIND_AMOUNT)
		money.cents = divide_half_away(number, node->den);
	return money;
}

static struct why *why_new(struct explaining *x, enum why_kind kind, uint32_t index)
{
	const struct graph_node *const node = &x->result->graph->node[index];
	struct why *const why = pool_alloc(x->pool, sizeof *why);
	const struct why_step step = { x->result, index, index,
		x->result->number[index] };

	why->kind = kind;
	why->year = x->result->graph->year;
	why->value.filled = true;
	why->value.amount = to_cents(node, step.number);
	why->text = value_text(x, index);
	why->step = pool_copy(x->pool, &step, sizeof step);
	return why;
}

/* ---- children ---- */

/* The input behind a node, or UINT32_MAX. */
static uint32_t input_of(const struct graph_node *node)
{
	return node->op == OP_INPUT || node->op == OP_CHOICE_IS || node->op == OP_YES ||
			node->op == OP_GIVEN
		? node->is.input.index
		: UINT32_MAX;
}

static bool is_child(const struct graph_node *node)
{
	return node->op == OP_LINE || node->op == OP_CALL || node->op == OP_PARAMETER ||
		node->op == OP_LEDGER || node->op == OP_PRIOR_LINE ||
		input_of(node) != UINT32_MAX;
}

static bool have(
	const struct explaining *x, const struct children *children, uint32_t index)
{
	const struct graph_node *const nodes = x->result->graph->node;

	for (size_t i = 0; i < children->count; i++) {
		const uint32_t other = children->at[i]->step->as;

		if (other == index ||
			(input_of(&nodes[index]) != UINT32_MAX &&
				input_of(&nodes[index]) == input_of(&nodes[other])))
			return true;
	}
	return false;
}

/* What is read below a node becomes children, in the order of the formula. */
static void gather(struct explaining *x, uint32_t index, uint32_t home, int depth,
	struct children *children)
{
	const struct graph_node *const node = &x->result->graph->node[index];

	if (is_child(node)) {
		if (have(x, children, index))
			return;
		struct why *const child = explain_node(x, index, home, depth);

		GROW(children->at, children->count, children->room);
		children->at[children->count++] = child;
		return;
	}
	for (uint32_t i = 0; i < node->args; i++)
		if (explain_needs(x->result, index, x->all, i))
			gather(x, node->arg[i], home, depth, children);
}

static void add_children(struct explaining *x, struct why *why, const uint32_t *node,
	uint32_t nodes, uint32_t home, int depth)
{
	struct children children = { NULL, 0, 0 };
	const uint32_t of = why->step->node;
	bool *const seen = &x->seen[x->result->graph->year - LAW_FIRST_YEAR][of];

	if (*seen) {
		why->repeated = true;
		return;
	}
	if (depth == 0) {
		why->cut = true;
		return;
	}
	*seen = true;
	for (uint32_t i = 0; i < nodes; i++)
		gather(x, node[i], home, depth < 0 ? depth : depth - 1, &children);
	why->children = children.count;
	why->child =
		pool_copy(x->pool, children.at, children.count * sizeof *children.at);
	free(children.at);
}

/* ---- the kinds of steps ---- */

static const char *branch_text(
	struct explaining *x, uint32_t node, uint32_t home, bool filled)
{
	struct text text = TEXT_EMPTY;

	if (filled) {
		explain_branches(&text, x->result, node, home);
	} else {
		text_add(&text, "not filled in: ");
		explain_condition(&text, x->result, node, home);
	}
	return text.length == 0 ? NULL : keep(x, &text);
}

static void line(struct explaining *x, struct why *why, uint32_t index, int depth)
{
	const struct graph *const graph = x->result->graph;
	const struct graph_node *const node = &graph->node[index];
	const struct graph_line *const found = &graph->line[node->is.line];
	char computed[MONEY_TEXT];

	why->name = print_user_name(graph, node->is.line, x->pool);
	why->label = found->words.label;
	why->law = found->words.law;
	why->note = found->words.note;
	why->book = graph->form[found->form].book;
	why->value = return_line(x->result, (struct line_ref){ node->is.line });
	if (!why->value.filled)
		why->text = "";
	if (x->result->line[node->is.line].from != NULL) {
		why->branch = x->result->line[node->is.line].from;
		return;
	}
	if (why->value.overridden) {
		why->branch = pool_printf(x->pool, "entered by hand in place of %s",
			money_grouped(why->value.computed, computed));
		return;
	}
	why->formula = formula_text(x, node->arg[0], found->form);
	if (!why->value.filled) {
		why->branch = branch_text(x, node->arg[1], found->form, false);
		add_children(x, why, node->arg + 1, 1, found->form, depth);
		return;
	}
	why->numbers = numbers_text(x, node->arg[0], index);
	why->branch = branch_text(x, node->arg[0], found->form, true);
	add_children(x, why, node->arg, x->all ? node->args : 1, found->form, depth);
}

static void function(
	struct explaining *x, struct why *why, uint32_t index, uint32_t home, int depth)
{
	const struct graph_node *const node = &x->result->graph->node[index];

	why->name = node->name;
	why->label = law_function_what(x->result->law, node->name);
	why->value.status = VALUE_COMPUTED;
	why->formula = formula_text(x, node->arg[0], home);
	why->numbers = numbers_text(x, node->arg[0], index);
	why->branch = branch_text(x, node->arg[0], home, true);
	add_children(x, why, node->arg, 1, home, depth);
}

static void input(struct explaining *x, struct why *why, const struct graph_node *node)
{
	const struct input *const found = law_input(x->result->law, node->is.input.index);
	const struct entered entered = return_entered(x->result, node->is.input.index);
	const bool has_word =
		found->choice != NULL && *found->choice[entered.choice] != '\0';
	char amount[MONEY_TEXT];

	why->name = found->name;
	why->label = found->what;
	why->law = found->law;
	why->note = found->note;
	why->book = found->book;
	why->value.status = entered.given ? VALUE_ENTERED : VALUE_ASSUMED;
	why->value.amount = entered.amount;
	if (has_word)
		why->text = found->choice[entered.choice];
	else if (found->kind == INPUT_YES_NO)
		why->text = entered.amount.cents != 0 ? "yes" : "no";
	else if (found->kind == INPUT_COUNT)
		why->text = pool_printf(x->pool, "%lld", (long long)entered.amount.cents);
	else
		why->text =
			pool_printf(x->pool, "%s", money_grouped(entered.amount, amount));
}

static void parameter(
	struct explaining *x, struct why *why, const struct graph_node *node)
{
	why->year -= node->prior;
	why->name = node->name;
	why->label = node->row->what;
	why->law = node->row->draft
		? pool_printf(x->pool, "%s (draft)", node->row->source)
		: node->row->source;
	why->value.status = VALUE_CONSTANT;
	if (node->kind == KIND_RATE)
		why->text = node->row->text[return_status_of(x->result, node)];
}

static void ledger(struct explaining *x, struct why *why, const struct graph_node *node)
{
	why->ledger = node->is.ledger.figure;
	why->book = node->is.ledger.book;
	why->name = pool_printf(x->pool, "ledger%s%s.%s",
		why->book == BOOK_REGULAR ? "" : "@",
		why->book == BOOK_REGULAR ? "" : book_name(why->book),
		ledger_figure_name(why->ledger));
	why->label = ledger_figure_what(why->ledger);
	why->value.status = VALUE_COMPUTED;
}

/* Last year's line, with its own explanation in last year's return. */
static struct why *prior_line(struct explaining *x, uint32_t index, int depth)
{
	const struct graph_node *const node = &x->result->graph->node[index];
	const struct graph *const graph = x->result->graph->prior;
	struct why *why;

	if (x->result->prior == NULL) {
		why = why_new(x, WHY_PRIOR_LINE, index);
		why->name = print_user_name(graph, node->is.line, x->pool);
		why->label = graph->line[node->is.line].words.label;
		why->year--;
		why->value.status = VALUE_ASSUMED;
		return why;
	}
	struct explaining before = *x;

	before.result = x->result->prior;
	why = explain_node(&before, graph->line[node->is.line].node, UINT32_MAX, depth);
	why->kind = WHY_PRIOR_LINE;
	struct why_step step = *why->step;

	step.as = index;
	why->step = pool_copy(x->pool, &step, sizeof step);
	return why;
}

static struct why *explain_node(
	struct explaining *x, uint32_t index, uint32_t home, int depth)
{
	const struct graph_node *const node = &x->result->graph->node[index];
	struct why *why;

	if (node->op == OP_PRIOR_LINE) {
		return prior_line(x, index, depth);
	}
	if (node->op == OP_LINE) {
		why = why_new(x, WHY_LINE, index);
		line(x, why, index, depth);
	} else if (node->op == OP_CALL) {
		why = why_new(x, WHY_FUNCTION, index);
		function(x, why, index, home, depth);
	} else if (node->op == OP_PARAMETER) {
		why = why_new(x, WHY_PARAMETER, index);
		parameter(x, why, node);
	} else if (node->op == OP_LEDGER) {
		why = why_new(x, WHY_LEDGER, index);
		ledger(x, why, node);
	} else {
		assert(input_of(node) != UINT32_MAX);
		why = why_new(x, WHY_INPUT, index);
		input(x, why, node);
	}
	return why;
}

struct why *return_explain(const struct tax_return *result, struct line_ref ref, bool all,
	int depth, struct pool *pool)
{
	struct explaining x = { .result = result,
		.all = all,
		.pool = pool,
		.seen = pool_alloc(
			pool, (LAW_LAST_YEAR - LAW_FIRST_YEAR + 1) * sizeof *x.seen) };

	assert(ref.number < result->graph->lines);
	for (const struct tax_return *at = result; at != NULL; at = at->prior)
		x.seen[at->graph->year - LAW_FIRST_YEAR] =
			pool_alloc(pool, at->graph->count * sizeof **x.seen);
	return explain_node(&x, result->graph->line[ref.number].node, UINT32_MAX, depth);
}
