/* Writes lines as spreadsheet formulas over defined names. */
#include <assert.h>
#include <string.h>

#include "forms/engine/print.h"
#include "forms/engine/sheet.h"

/*
 * Spreadsheets compute in binary fractions. What a line is rounded from, or what is compared or
 * cut to steps, is therefore first rounded to this many decimals, far below a cent.
 */
#define NOISE_DECIMALS 7

struct sheet {
	const struct tax_return *result;
	const struct graph *graph;
	struct text *text;
};

static void formula(const struct sheet *, uint32_t node, enum binding place);

const char *return_cell_name(
	const struct tax_return *result, struct line_ref line, struct pool *pool)
{
	struct text text = TEXT_EMPTY;

	assert(line.number < result->graph->lines);
	sheet_line_cell(&text, result->graph, line.number);
	const char *const kept = pool_text(pool, text.at, text.length);

	text_release(&text);
	return kept;
}

/* ---- conditions that this return settles ---- */

static bool settled(const struct sheet *, uint32_t node, bool *value);

static bool logic_settled(
	const struct sheet *sheet, const struct graph_node *node, bool *value)
{
	const bool decides = node->op == OP_OR; /* what one side can be to decide alone */
	bool left, right;
	const bool left_is = settled(sheet, node->arg[0], &left);
	const bool right_is = settled(sheet, node->arg[1], &right);

	*value = decides;
	if ((left_is && left == decides) || (right_is && right == decides))
		return true;
	*value = !decides;
	return left_is && right_is;
}

/* A line is filled in by hand, or when its condition is settled. */
static bool filled_settled(const struct sheet *sheet, uint32_t index, bool *value)
{
	const struct graph_node *const line = &sheet->graph->node[index];

	*value = true;
	return sheet->result->line[line->is.line].entered ||
		settled(sheet, line->arg[1], value);
}

/* Whether a condition cannot change in the workbook, and what it is. */
static bool settled(const struct sheet *sheet, uint32_t index, bool *value)
{
	const struct graph_node *const node = &sheet->graph->node[index];

	if (node->op == OP_NUMBER || node->op == OP_STATUS_IS ||
		node->op == OP_HAS_PRIOR) {
		*value = sheet->result->number[index] != 0;
		return node->kind == KIND_CONDITION;
	}
	if (node->op == OP_AND || node->op == OP_OR)
		return logic_settled(sheet, node, value);
	if (node->op == OP_FILLED)
		return filled_settled(sheet, node->arg[0], value);
	if (node->op == OP_NOT && settled(sheet, node->arg[0], value)) {
		*value = !*value;
		return true;
	}
	return false;
}

/* ---- formulas ---- */

/* Whether a product or a fraction is part of a formula, whose value then may be a hair off. */
static bool has_noise(const struct graph *graph, uint32_t index)
{
	const struct graph_node *const node = &graph->node[index];

	if (node->op == OP_MULTIPLY || node->op == OP_DIVIDE)
		return true;
	if (node->op == OP_LINE)
		return false;
	for (uint32_t i = 0; i < (node->op == OP_CALL ? 1 : node->args); i++)
		if (has_noise(graph, node->arg[i]))
			return true;
	return false;
}

typedef void writer(const struct sheet *, const struct graph_node *);

/* Functions are the language's, in capitals. */
static void list(const struct sheet *sheet, const struct graph_node *node)
{
	for (const char *at = op_word(node->op); *at != '\0'; at++)
		text_addf(sheet->text, "%c", *at - 'a' + 'A');
	text_add(sheet->text, "(");
	for (uint32_t i = 0; i < node->args; i++) {
		text_add(sheet->text, i > 0 ? "," : "");
		formula(sheet, node->arg[i], BIND_CHOICE);
	}
	text_add(sheet->text, ")");
}

static void pair(const struct sheet *sheet, const struct graph_node *node)
{
	const enum binding bind = binding_of(node);

	formula(sheet, node->arg[0], bind);
	text_add(sheet->text, op_word(node->op));
	formula(sheet, node->arg[1], (enum binding)(bind + 1));
}

static void negative(const struct sheet *sheet, const struct graph_node *node)
{
	text_add(sheet->text, "-");
	formula(sheet, node->arg[0], BIND_ATOM);
}

static void cell(const struct sheet *sheet, const struct graph_node *node)
{
	sheet_leaf_cell(sheet->text, sheet->graph, node);
}

/* A cell that holds 1 or 0. */
static void flag(const struct sheet *sheet, const struct graph_node *node)
{
	cell(sheet, node);
	text_add(sheet->text, "=1");
}

/* Without what is settled and changes nothing. */
static void logic(const struct sheet *sheet, const struct graph_node *node)
{
	bool left, right;
	const bool left_is = settled(sheet, node->arg[0], &left);
	const bool right_is = settled(sheet, node->arg[1], &right);

	if (left_is || right_is)
		formula(sheet, node->arg[left_is ? 1 : 0], BIND_CHOICE);
	else
		list(sheet, node);
}

/* One side of a comparison: the same number in every spreadsheet. */
static void side(const struct sheet *sheet, uint32_t index)
{
	const struct graph_node *const node = &sheet->graph->node[index];

	if (node->args == 0 || node->op == OP_LINE || node->kind == KIND_COUNT) {
		formula(sheet, index, BIND_ADD);
		return;
	}
	text_add(sheet->text, "ROUND(");
	formula(sheet, index, BIND_CHOICE);
	text_addf(sheet->text, ",%d)", NOISE_DECIMALS);
}

/* A step in cents, or units of a count, as dollars. */
static void step(struct text *text, const struct graph_node *node)
{
	const int64_t size = node->is.constant[0];

	if (node->kind == KIND_COUNT || size % 100 == 0)
		text_addf(text, "%lld",
			(long long)(node->kind == KIND_COUNT ? size : size / 100));
	else
		text_addf(text, "%lld.%02lld", (long long)(size / 100),
			(long long)(size % 100));
}

static void stepped(const struct sheet *sheet, const struct graph_node *node)
{
	const bool one = node->is.constant[0] == (node->kind == KIND_COUNT ? 1 : 100);

	text_add(sheet->text, node->op == OP_ROUND ? "ROUND(ROUND(" : "INT(ROUND(");
	formula(sheet, node->arg[0], one ? BIND_CHOICE : BIND_MULTIPLY);
	if (!one) {
		text_add(sheet->text, "/");
		step(sheet->text, node);
	}
	text_addf(
		sheet->text, node->op == OP_ROUND ? ",%d),0)" : ",%d))", NOISE_DECIMALS);
	if (!one) {
		text_add(sheet->text, "*");
		step(sheet->text, node);
	}
}

/* Numbers as they are, rates as fractions. */
static void constant(const struct sheet *sheet, const struct graph_node *node)
{
	const int64_t number = node->is.constant[0];

	switch (node->kind) {
	case KIND_AMOUNT:
		text_addf(sheet->text, "%lld", (long long)(number / 100));
		if (number % 100 != 0)
			text_addf(sheet->text, ".%02lld", (long long)(number % 100));
		return;
	case KIND_RATE:
		text_addf(sheet->text, "%lld/%lld", (long long)number,
			(long long)node->den);
		return;
	case KIND_COUNT:
		text_addf(sheet->text, "%lld", (long long)number);
		return;
	case KIND_CONDITION:
		text_add(sheet->text, number != 0 ? "1=1" : "1=0");
		return;
	}
}

static void choices(const struct sheet *sheet, const struct graph_node *node)
{
	const struct input *const input =
		law_input(sheet->graph->law, node->is.input.index);
	const uint32_t mask = node->is.input.choices;
	const bool several = (mask & (mask - 1)) != 0;
	bool first = true;

	text_add(sheet->text, several ? "OR(" : "");
	for (uint32_t i = 0; mask >> i != 0; i++) {
		if ((mask >> i & 1) == 0)
			continue;
		text_add(sheet->text, first ? "" : ",");
		sheet_leaf_cell(sheet->text, sheet->graph, node);
		text_addf(sheet->text, "=\"%s\"", input->choice[i]);
		first = false;
	}
	text_add(sheet->text, several ? ")" : "");
}

static void compare(const struct sheet *sheet, const struct graph_node *node)
{
	side(sheet, node->arg[0]);
	text_add(sheet->text, op_word(node->op));
	side(sheet, node->arg[1]);
}

/* What is not here is settled or passed through before it is written. */
static writer *const writers[GRAPH_OPS] = {
	[OP_NUMBER] = constant,
	[OP_PARAMETER] = cell,
	[OP_UNKNOWN] = cell,
	[OP_INPUT] = cell,
	[OP_LEDGER] = cell,
	[OP_PRIOR_LINE] = cell,
	[OP_LINE] = cell,
	[OP_CHOICE_IS] = choices,
	[OP_YES] = flag,
	[OP_GIVEN] = flag,
	[OP_SCHEDULE] = flag,
	[OP_ADD] = pair,
	[OP_SUBTRACT] = pair,
	[OP_MULTIPLY] = pair,
	[OP_DIVIDE] = pair,
	[OP_NEGATE] = negative,
	[OP_SUM] = list,
	[OP_MAX] = list,
	[OP_MIN] = list,
	[OP_ABS] = list,
	[OP_IF] = list,
	[OP_NOT] = list,
	[OP_ROUND] = stepped,
	[OP_FLOOR] = stepped,
	[OP_LESS] = compare,
	[OP_LESS_EQUAL] = compare,
	[OP_MORE] = compare,
	[OP_MORE_EQUAL] = compare,
	[OP_EQUAL] = compare,
	[OP_NOT_EQUAL] = compare,
	[OP_AND] = logic,
	[OP_OR] = logic,
};

/* The node that stands for another in this workbook: the branch that is settled, a body. */
static uint32_t stands_for(const struct sheet *sheet, uint32_t index)
{
	for (;;) {
		const struct graph_node *const node = &sheet->graph->node[index];
		bool value;

		if (node->op == OP_CALL)
			index = node->arg[0];
		else if (node->op == OP_ELSE)
			index = node->arg[sheet->result->prior != NULL ? 0 : 1];
		else if (node->op == OP_IF && settled(sheet, node->arg[0], &value))
			index = node->arg[value ? 1 : 2];
		else if (node->op == OP_FILLED && !settled(sheet, index, &value))
			index = sheet->graph->node[node->arg[0]].arg[1];
		else
			return index;
	}
}

/* A rate as a fraction binds like a product. */
static enum binding binding_in_sheet(const struct graph_node *node)
{
	if (node->op == OP_NUMBER && node->kind == KIND_RATE)
		return BIND_MULTIPLY;
	if (node->op == OP_ROUND || node->op == OP_FLOOR)
		return BIND_MULTIPLY;
	if (node->op == OP_IF || node->op == OP_AND || node->op == OP_OR ||
		node->op == OP_NOT)
		return BIND_ATOM;
	return binding_of(node);
}

static void formula(const struct sheet *sheet, uint32_t index, enum binding place)
{
	bool value;
	const uint32_t stands = stands_for(sheet, index);
	const struct graph_node *const node = &sheet->graph->node[stands];

	if (node->kind == KIND_CONDITION && settled(sheet, stands, &value)) {
		text_add(sheet->text, value ? "1=1" : "1=0");
		return;
	}
	const bool open = binding_in_sheet(node) < place;

	text_add(sheet->text, open ? "(" : "");
	assert(writers[node->op] != NULL);
	writers[node->op](sheet, node);
	text_add(sheet->text, open ? ")" : "");
}

const char *return_formula(
	const struct tax_return *result, struct line_ref line, struct pool *pool)
{
	struct text text = TEXT_EMPTY;
	const struct sheet sheet = { result, result->graph, &text };

	assert(line.number < result->graph->lines);
	const struct graph_node *const node =
		&result->graph->node[result->graph->line[line.number].node];
	bool always = node->args == 1, never = false, value;

	if (result->line[line.number].entered)
		return NULL;
	if (node->args > 1 && settled(&sheet, node->arg[1], &value)) {
		always = value;
		never = !value;
	}
	if (never)
		return "0";
	if (!always) {
		text_add(&text, "IF(");
		formula(&sheet, node->arg[1], BIND_CHOICE);
		text_add(&text, ",");
	}
	if (node->kind == KIND_AMOUNT) {
		const bool noise = has_noise(result->graph, node->arg[0]);

		text_add(&text, noise ? "ROUND(ROUND(" : "ROUND(");
		formula(&sheet, node->arg[0], BIND_CHOICE);
		if (noise)
			text_addf(&text, ",%d)", NOISE_DECIMALS);
		text_add(&text, result->input->cents ? ",2)" : ",0)");
	} else {
		formula(&sheet, node->arg[0], BIND_CHOICE);
	}
	text_add(&text, always ? "" : ",0)");
	const char *const kept = pool_text(pool, text.at, text.length);

	text_release(&text);
	return kept;
}
