/* Writes values, and formulas with the numbers of a return: the arithmetic that was done. */
#include <assert.h>
#include <stdio.h>

#include "forms/engine/print.h"

static void grouped(struct text *text, uint64_t whole)
{
	char digits[32];
	const int length =
		snprintf(digits, sizeof digits, "%llu", (unsigned long long)whole);

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			text_add(text, ",");
		text_add_bytes(text, &digits[i], 1);
	}
}

/*
 * number / den with at least `least` decimals and at most 8; three points after them if there
 * would be more.
 */
static void decimal(struct text *text, int128 number, int128 den, int least)
{
	const int128 size = number < 0 ? -number : number;
	int128 rest = size % den;

	if (number < 0)
		text_add(text, "-");
	grouped(text, (uint64_t)(size / den));
	for (int i = 0; i < 8 && (rest != 0 || i < least); i++) {
		if (i == 0)
			text_add(text, ".");
		rest *= 10;
		text_addf(text, "%d", (int)(rest / den));
		rest %= den;
	}
	if (rest != 0)
		text_add(text, "...");
}

void print_value(struct text *text, const struct graph_node *node, int128 number)
{
	switch (node->kind) {
	case KIND_AMOUNT:
		decimal(text, number, (int128)node->den * 100, 2);
		return;
	case KIND_RATE:
		decimal(text, number * 100, node->den, 0);
		text_add(text, "%");
		return;
	case KIND_COUNT:
		decimal(text, number, node->den, 0);
		return;
	case KIND_CONDITION:
		text_add(text, number != 0 ? "yes" : "no");
		return;
	}
}

void print_step(struct text *text, const struct graph_node *node)
{
	const int64_t step = node->is.constant[0];

	text_addf(text, ", %lld",
		(long long)(node->kind == KIND_COUNT ? step : step / 100));
	if (node->kind == KIND_AMOUNT && step % 100 != 0)
		text_addf(text, ".%02lld", (long long)(step % 100));
}

typedef void writer(struct text *, const struct tax_return *, const struct graph_node *,
	enum binding place);

static void numbers(struct text *, const struct tax_return *, uint32_t, enum binding);

/* A figure; a negative one stands in parentheses unless it stands alone. */
static void number(struct text *text, const struct tax_return *result,
	const struct graph_node *node, int128 value, enum binding place)
{
	const bool open = value < 0 && place > BIND_CHOICE;

	text_add(text, open ? "(" : "");
	if (node->op == OP_PARAMETER && node->kind == KIND_RATE)
		text_add(text, node->row->text[return_status_of(result, node)]);
	else if (node->op == OP_NUMBER && node->kind == KIND_RATE)
		text_add(text, node->name);
	else if (node->op == OP_NUMBER && node->kind == KIND_AMOUNT && value % 100 == 0)
		grouped(text, (uint64_t)(value / 100));
	else
		print_value(text, node, value);
	text_add(text, open ? ")" : "");
}

/* Terms that are not 0, as a sum. */
static void terms(struct text *text, const struct tax_return *result,
	const struct graph_node *node, enum binding place)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < node->args; i++)
		count += result->number[node->arg[i]] != 0;
	const bool open = count > 1 && place > BIND_ADD;
	bool first = true;

	text_add(text, open ? "(" : "");
	for (uint32_t i = 0; i < node->args; i++) {
		if (result->number[node->arg[i]] == 0)
			continue;
		text_add(text, first ? "" : " + ");
		numbers(text, result, node->arg[i],
			count == 1 ? place
				   : (enum binding)(first ? BIND_ADD : BIND_MULTIPLY));
		first = false;
	}
	if (count == 0)
		print_value(text, node, 0);
	text_add(text, open ? ")" : "");
}

static void pair(struct text *text, const struct tax_return *result,
	const struct graph_node *node, enum binding place)
{
	const enum binding bind = binding_of(node);
	const bool open = bind < place;

	text_add(text, open ? "(" : "");
	numbers(text, result, node->arg[0], bind);
	text_addf(text, " %s ", op_word(node->op));
	numbers(text, result, node->arg[1], (enum binding)(bind + 1));
	text_add(text, open ? ")" : "");
}

static void list(struct text *text, const struct tax_return *result,
	const struct graph_node *node, enum binding place)
{
	(void)place;
	text_addf(text, "%s(", op_word(node->op));
	for (uint32_t i = 0; i < node->args; i++) {
		text_add(text, i > 0 ? ", " : "");
		numbers(text, result, node->arg[i], BIND_CHOICE);
	}
	if (node->op == OP_ROUND || node->op == OP_FLOOR)
		print_step(text, node);
	text_add(text, ")");
}

static void negative(struct text *text, const struct tax_return *result,
	const struct graph_node *node, enum binding place)
{
	text_add(text, place > BIND_UNARY ? "(-" : "-");
	numbers(text, result, node->arg[0], BIND_ATOM);
	text_add(text, place > BIND_UNARY ? ")" : "");
}

/* Only the branch that was taken. */
static void taken(struct text *text, const struct tax_return *result,
	const struct graph_node *node, enum binding place)
{
	const uint32_t branch = node->op == OP_IF
		? (result->number[node->arg[0]] != 0 ? 1 : 2)
		: (result->prior != NULL ? 0 : 1);

	numbers(text, result, node->arg[branch], place);
}

/* What is not here is a figure by itself; of a function its value. */
static writer *const writers[GRAPH_OPS] = {
	[OP_ADD] = pair,
	[OP_SUBTRACT] = pair,
	[OP_MULTIPLY] = pair,
	[OP_DIVIDE] = pair,
	[OP_NEGATE] = negative,
	[OP_SUM] = terms,
	[OP_MAX] = list,
	[OP_MIN] = list,
	[OP_ABS] = list,
	[OP_ROUND] = list,
	[OP_FLOOR] = list,
	[OP_IF] = taken,
	[OP_ELSE] = taken,
};

static void numbers(struct text *text, const struct tax_return *result, uint32_t index,
	enum binding place)
{
	const struct graph_node *const node = &result->graph->node[index];

	if (writers[node->op] != NULL)
		writers[node->op](text, result, node, place);
	else
		number(text, result, node, result->number[index], place);
}

void print_numbers(struct text *text, const struct tax_return *result, uint32_t node)
{
	numbers(text, result, node, BIND_CHOICE);
}
