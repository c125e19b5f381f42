/* Conditions that ask about an input or a line. */
#include <string.h>

#include "forms/engine/build.h"

bool build_input_condition(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	struct graph_node new =
		node_blank(expr->what == EXPR_YES ? OP_YES : OP_GIVEN, KIND_CONDITION);
	uint32_t index;

	if (!build_input_index(builder, &expr->to, scope, &index))
		return false;
	const struct input *const input = &builder->law->input[index];

	if (expr->what == EXPR_YES && input->kind != INPUT_YES_NO)
		return law_fail(builder->law, expr->to.at, builder->why,
			"\"%s\" is not a yes_no input, wanted one", input->name);
	new.is.input.index = index;
	return node_add(builder, new, NULL, 0, expr->at, node);
}

bool build_choice_condition(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	struct graph_node new = node_blank(OP_CHOICE_IS, KIND_CONDITION);
	uint32_t index;

	if (!build_input_index(builder, &expr->to, scope, &index))
		return false;
	const struct input *const input = &builder->law->input[index];

	if (input->choice == NULL)
		return law_fail(builder->law, expr->to.at, builder->why,
			"\"%s\" has no words, wanted an input with words (one_of, or "
			"amount or "
			"a word)",
			input->name);
	for (uint32_t i = 0; i < expr->words; i++) {
		const char *const word = law_word(builder->law, expr->word[i]);
		uint32_t found = 0;

		while (input->choice[found] != NULL &&
			strcmp(input->choice[found], word) != 0)
			found++;
		if (input->choice[found] == NULL) {
			const char *const near =
				nearest_word(word, input->choice, (size_t)found);

			law_fail(builder->law, expr->at, builder->why,
				"\"%s\" is not a word of \"%s\", wanted one of its words",
				word, input->name);
			return near == NULL || *near == '\0'
				? false
				: fail_hint(builder->why, "did you mean \"%s\"?", near);
		}
		new.is.input.choices |= 1u << found;
	}
	new.is.input.index = index;
	return node_add(builder, new, NULL, 0, expr->at, node);
}

/* A line without `when` is always filled in. */
bool build_filled(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	uint32_t line, arg;

	if (!build_line_index(builder, &expr->to, scope, &line) ||
		!build_line(builder, line, expr->to.at, &arg))
		return false;
	if (builder->node[arg].args == 1)
		return node_condition(builder, true, node);
	return node_add(
		builder, node_blank(OP_FILLED, KIND_CONDITION), &arg, 1, expr->at, node);
}
