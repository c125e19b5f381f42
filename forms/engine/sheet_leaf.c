/* Names the cells of a workbook, and lists what formulas refer to besides lines. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/evaluation.h"
#include "forms/engine/sheet.h"

/* Form and line with "_" for what a name cannot hold: schedule_d_amt_16. */
void sheet_line_cell(struct text *text, const struct graph *graph, uint32_t line)
{
	const struct line_words *const words = &graph->line[line].words;

	for (const char *at = words->form; *at != '\0'; at++)
		text_add_bytes(text, *at == '@' ? "_" : at, 1);
	text_addf(text, "_%s", words->line);
}

/* What stands before the name of an input, by what is asked of it. */
static const char *const prefixes[GRAPH_OPS] = {
	[OP_INPUT] = "input_",
	[OP_CHOICE_IS] = "input_",
	[OP_YES] = "input_",
	[OP_GIVEN] = "given_",
};

void sheet_leaf_cell(
	struct text *text, const struct graph *graph, const struct graph_node *node)
{
	const enum book book = node->is.ledger.book;

	if (prefixes[node->op] != NULL) {
		text_add(text, prefixes[node->op]);
		text_add(text, law_input(graph->law, node->is.input.index)->name);
	} else if (node->op == OP_PARAMETER || node->op == OP_UNKNOWN) {
		text_addf(text, "p_%s%s", node->prior ? "prior_" : "", node->name);
	} else if (node->op == OP_LEDGER) {
		text_addf(text, "ledger_%s%s%s",
			book == BOOK_REGULAR ? "" : book_name(book),
			book == BOOK_REGULAR ? "" : "_",
			ledger_figure_name(node->is.ledger.figure));
	} else if (node->op == OP_PRIOR_LINE) {
		text_add(text, "prior_");
		sheet_line_cell(text, graph->prior, node->is.line);
	} else if (node->op == OP_SCHEDULE) {
		text_add(text, "option_schedule");
	} else {
		assert(node->op == OP_LINE);
		sheet_line_cell(text, graph, node->is.line);
	}
}

struct leaves {
	struct leaf *at;
	size_t count, room;
};

typedef struct leaf maker(const struct tax_return *, uint32_t node);

static struct leaf option(const struct tax_return *result, uint32_t index)
{
	const bool given = result->graph->node[index].op == OP_GIVEN;

	return (struct leaf){ .kind = LEAF_OPTION,
		.label = given
			? "1 if it was entered, else 0"
			: "1 for the rate schedule in place of the Tax Table, else 0",
		.source = "option",
		.number = result->number[index] != 0,
		.by = 1 };
}

static struct leaf input(const struct tax_return *result, uint32_t index)
{
	const uint32_t number = result->graph->node[index].is.input.index;
	const struct input *const found = law_input(result->law, number);
	const struct entered entered = return_entered(result, number);
	const bool has_word =
		found->choice != NULL && *found->choice[entered.choice] != '\0';

	return (struct leaf){ .kind = LEAF_INPUT,
		.label = found->what,
		.source = entered.given ? "entered" : "assumed",
		.number = entered.amount.cents,
		.by = found->kind == INPUT_AMOUNT ? 100 : 1,
		.word = has_word ? found->choice[entered.choice] : NULL };
}

static struct leaf parameter(const struct tax_return *result, uint32_t index)
{
	const struct graph_node *const node = &result->graph->node[index];

	return (struct leaf){ .kind = LEAF_PARAMETER,
		.label = node->row->what,
		.source = node->row->source,
		.is_rate = node->kind == KIND_RATE,
		.number = node->is.constant[return_status_of(result, node)],
		.by = node->kind == KIND_RATE ? node->den : 100 };
}

/* No line of this return needs it, but formulas name it in branches that are not taken. */
static struct leaf unknown(const struct tax_return *result, uint32_t index)
{
	const struct graph_node *const node = &result->graph->node[index];

	return (struct leaf){ .kind = LEAF_PARAMETER,
		.label = "not known for this year",
		.source = "no row in its table",
		.is_rate = node->kind == KIND_RATE,
		.by = 1 };
}

static struct leaf ledger(const struct tax_return *result, uint32_t index)
{
	return (struct leaf){ .kind = LEAF_LEDGER,
		.label = ledger_figure_what(result->graph->node[index].is.ledger.figure),
		.source = "ledger",
		.number = (int64_t)result->number[index],
		.by = 100 };
}

static struct leaf prior(const struct tax_return *result, uint32_t index)
{
	const struct graph_node *const node = &result->graph->node[index];

	return (struct leaf){ .kind = LEAF_PRIOR,
		.label = result->graph->prior->line[node->is.line].words.label,
		.source = "last year's return",
		.is_rate = node->kind == KIND_RATE,
		.number = (int64_t)result->number[index],
		.by = node->kind == KIND_AMOUNT ? 100 : node->den };
}

/* The others have no cell of their own. */
static maker *const makers[GRAPH_OPS] = {
	[OP_PARAMETER] = parameter,
	[OP_UNKNOWN] = unknown,
	[OP_INPUT] = input,
	[OP_CHOICE_IS] = input,
	[OP_YES] = input,
	[OP_GIVEN] = option,
	[OP_SCHEDULE] = option,
	[OP_LEDGER] = ledger,
	[OP_PRIOR_LINE] = prior,
};

static bool have(const struct leaves *leaves, const char *name)
{
	for (size_t i = 0; i < leaves->count; i++)
		if (strcmp(leaves->at[i].cell_name, name) == 0)
			return true;
	return false;
}

void return_leaves(const struct tax_return *result, struct leaf **to, size_t *count,
	struct pool *pool)
{
	struct leaves leaves = { NULL, 0, 0 };

	for (uint32_t i = 0; i < result->graph->count; i++) {
		const struct graph_node *const node = &result->graph->node[i];
		struct text name = TEXT_EMPTY;

		if (makers[node->op] == NULL)
			continue;
		sheet_leaf_cell(&name, result->graph, node);
		if (!have(&leaves, name.at)) {
			struct leaf leaf = makers[node->op](result, i);

			leaf.cell_name = pool_text(pool, name.at, name.length);
			GROW(leaves.at, leaves.count, leaves.room);
			leaves.at[leaves.count++] = leaf;
		}
		text_release(&name);
	}
	*to = pool_copy(pool, leaves.at, leaves.count * sizeof *leaves.at);
	*count = leaves.count;
	free(leaves.at);
}
