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

void sheet_leaf_cell(
	struct text *text, const struct graph *graph, const struct graph_node *node)
{
	switch (node->op) {
	case OP_PARAMETER:
	case OP_UNKNOWN:
		text_addf(text, "p_%s%s", node->prior ? "prior_" : "", node->name);
		return;
	case OP_INPUT:
	case OP_CHOICE_IS:
	case OP_YES:
		text_addf(text, "input_%s",
			law_input(graph->law, node->is.input.index)->name);
		return;
	case OP_GIVEN:
		text_addf(text, "given_%s",
			law_input(graph->law, node->is.input.index)->name);
		return;
	case OP_LEDGER:
		text_addf(text, "ledger_%s%s%s",
			node->is.ledger.book == BOOK_REGULAR
				? ""
				: book_name(node->is.ledger.book),
			node->is.ledger.book == BOOK_REGULAR ? "" : "_",
			ledger_figure_name(node->is.ledger.figure));
		return;
	case OP_PRIOR_LINE:
		text_add(text, "prior_");
		sheet_line_cell(text, graph->prior, node->is.line);
		return;
	case OP_SCHEDULE:
		text_add(text, "option_schedule");
		return;
	case OP_LINE:
		sheet_line_cell(text, graph, node->is.line);
		return;
	case OP_NUMBER:
	case OP_STATUS_IS:
	case OP_HAS_PRIOR:
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_NEGATE:
	case OP_MULTIPLY:
	case OP_DIVIDE:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
	case OP_ABS:
	case OP_ROUND:
	case OP_FLOOR:
	case OP_IF:
	case OP_ELSE:
	case OP_CALL:
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
	case OP_AND:
	case OP_OR:
	case OP_NOT:
	case OP_FILLED:
		break;
	}
	assert(!"a cell for what has none");
}

struct leaves {
	struct leaf *at;
	size_t count, room;
};

static struct leaf option(const char *label, bool value)
{
	return (struct leaf){
		.kind = LEAF_OPTION, .label = label, .number = value, .by = 1
	};
}

static struct leaf input_leaf(const struct tax_return *result, uint32_t index)
{
	const struct input *const input = law_input(result->law, index);
	const struct entered entered = return_entered(result, index);
	const bool has_word =
		input->choice != NULL && *input->choice[entered.choice] != '\0';

	return (struct leaf){ .kind = LEAF_INPUT,
		.label = input->what,
		.source = entered.given ? "entered" : "assumed",
		.number = entered.amount.cents,
		.by = input->kind == INPUT_AMOUNT ? 100 : 1,
		.word = has_word ? input->choice[entered.choice] : NULL };
}

/* The leaf of a node, without its name; false if it has none. */
static bool leaf_of(const struct tax_return *result, uint32_t index, struct leaf *leaf)
{
	const struct graph_node *const node = &result->graph->node[index];
	const struct line_words *words;

	switch (node->op) {
	case OP_PARAMETER:
		*leaf = (struct leaf){ .kind = LEAF_PARAMETER,
			.label = node->row->what,
			.source = node->row->source,
			.is_rate = node->kind == KIND_RATE,
			.number = node->is.constant[return_status_of(result, node)],
			.by = node->kind == KIND_RATE ? node->den : 100 };
		return true;
	case OP_INPUT:
	case OP_CHOICE_IS:
	case OP_YES:
		*leaf = input_leaf(result, node->is.input.index);
		return true;
	case OP_GIVEN:
		*leaf = option("1 if it was entered, else 0", result->number[index] != 0);
		return true;
	case OP_SCHEDULE:
		*leaf = option(
			"1 for the rate schedule in place of the Tax Table, else 0",
			result->number[index] != 0);
		return true;
	case OP_LEDGER:
		*leaf = (struct leaf){ .kind = LEAF_LEDGER,
			.label = ledger_figure_what(node->is.ledger.figure),
			.source = "ledger",
			.number = (int64_t)result->number[index],
			.by = 100 };
		return true;
	case OP_PRIOR_LINE:
		words = &result->graph->prior->line[node->is.line].words;
		*leaf = (struct leaf){ .kind = LEAF_PRIOR,
			.label = words->label,
			.source = "last year's return",
			.is_rate = node->kind == KIND_RATE,
			.number = (int64_t)result->number[index],
			.by = node->kind == KIND_AMOUNT ? 100 : node->den };
		return true;
	case OP_UNKNOWN:
	case OP_NUMBER:
	case OP_STATUS_IS:
	case OP_HAS_PRIOR:
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_NEGATE:
	case OP_MULTIPLY:
	case OP_DIVIDE:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
	case OP_ABS:
	case OP_ROUND:
	case OP_FLOOR:
	case OP_IF:
	case OP_ELSE:
	case OP_CALL:
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
	case OP_AND:
	case OP_OR:
	case OP_NOT:
	case OP_FILLED:
	case OP_LINE:
		return false;
	}
	return false;
}

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
	struct leaf leaf;

	for (uint32_t i = 0; i < result->graph->count; i++) {
		struct text name = TEXT_EMPTY;

		if (!leaf_of(result, i, &leaf))
			continue;
		sheet_leaf_cell(&name, result->graph, &result->graph->node[i]);
		if (!have(&leaves, name.at)) {
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
