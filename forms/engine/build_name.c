/* What names mean: lines, inputs, parameters, ledger figures, last year's lines. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/build.h"

#define NEAR_LIMIT 2000

/* ---- near words ---- */

struct near_words {
	const char **at;
	size_t count, room;
};

static void words_add(struct near_words *words, const char *word)
{
	if (words->count >= NEAR_LIMIT)
		return;
	GROW(words->at, words->count, words->room);
	words->at[words->count++] = word;
}

/* Adds "did you mean" to a failure. Always false. */
static bool near(struct builder *builder, const char *word, struct near_words *words)
{
	const char *const nearest = nearest_word(word, words->at, words->count);

	free(words->at);
	if (nearest != NULL)
		fail_hint(builder->why, "did you mean \"%s\"?", nearest);
	return false;
}

static void add_form_lines(
	const struct law *law, uint32_t form, int year, struct near_words *words)
{
	for (uint32_t i = 0; i < law->lines; i++)
		if (law->line[i].form == form && years_hold(law->line[i].years, year))
			words_add(words, law_word(law, law->line[i].id));
}

/* ---- lines ---- */

bool line_number_order(const char *a, const char *b, int *order)
{
	char *rest_a, *rest_b;

	if (*a < '0' || *a > '9' || *b < '0' || *b > '9')
		return false;
	const unsigned long number_a = strtoul(a, &rest_a, 10);
	const unsigned long number_b = strtoul(b, &rest_b, 10);

	*order = number_a < number_b  ? -1
		: number_a > number_b ? 1
				      : strcmp(rest_a, rest_b);
	return true;
}

uint32_t find_definition(const struct law *law, uint32_t form, uint32_t name, int year)
{
	const struct symbol *const symbol = law_symbol_of(law, name);

	if (symbol == NULL)
		return NO_LINE;
	for (uint32_t at = symbol->definition; at != 0; at = law->line[at - 1].other)
		if (law->line[at - 1].form == form &&
			years_hold(law->line[at - 1].years, year))
			return at - 1;
	return NO_LINE;
}

static bool no_line(
	struct builder *builder, const struct reference *to, uint32_t form, int year)
{
	const struct law *const law = builder->law;
	const char *const name = law_word(law, to->name);
	struct near_words words = { NULL, 0, 0 };

	law_fail(law, to->at, builder->why,
		"form %s has no line \"%s\" in %d, wanted one that it has",
		law_word(law, law->form[form].id), name, year);
	const struct symbol *const symbol = law_symbol_of(law, to->name);
	uint32_t at = symbol == NULL ? 0 : symbol->definition;

	for (; at != 0; at = law->line[at - 1].other) {
		const struct line_definition *const other = &law->line[at - 1];

		if (other->form == form)
			return fail_hint(builder->why,
				"it is defined at %s:%u for other years",
				law->file[other->at.file], other->at.row);
	}
	add_form_lines(law, form, year, &words);
	return near(builder, name, &words);
}

/* The form that a reference names, or the scope's own. */
static bool form_of(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *form)
{
	const struct law *const law = builder->law;
	struct near_words words = { NULL, 0, 0 };

	if (to->form == 0) {
		*form = scope->form;
		return true;
	}
	const struct symbol *const symbol = law_symbol_of(law, to->form);

	if (symbol != NULL && symbol->form != 0) {
		*form = symbol->form - 1;
		return true;
	}
	law_fail(law, to->at, builder->why,
		"no form \"%s\" is defined, wanted the id of a form",
		law_word(law, to->form));
	for (uint32_t i = 0; i < law->forms; i++)
		words_add(&words, law_word(law, law->form[i].id));
	return near(builder, law_word(law, to->form), &words);
}

static bool book_of(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t form, enum book *book)
{
	const struct law *const law = builder->law;

	*book = BOOK_REGULAR;
	if (law->form[form].per_book)
		*book = to->has_book      ? to->book
			: scope->per_book ? scope->book
					  : BOOK_REGULAR;
	else if (to->has_book)
		return law_fail(law, to->at, builder->why,
			"form %s has no copy a book, wanted \"%s\" without \"@%s\"",
			law_word(law, law->form[form].id),
			law_word(law, law->form[form].id), book_name(to->book));
	return true;
}

bool build_line_index(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *line)
{
	enum book book;
	uint32_t form;

	if (to->prior)
		return law_fail(builder->law, to->at, builder->why,
			"a line of last year, wanted one of this year");
	if (!form_of(builder, to, scope, &form))
		return false;
	if (form == UINT32_MAX)
		return law_fail(builder->law, to->at, builder->why,
			"\"%s%s\" outside a form, wanted the form before the line, as in "
			"f1040.agi",
			to->line ? "L" : "", law_word(builder->law, to->name));
	if (!book_of(builder, to, scope, form, &book))
		return false;
	const uint32_t definition =
		find_definition(builder->law, form, to->name, builder->year);

	if (definition == NO_LINE)
		return no_line(builder, to, form, builder->year);
	*line = builder->line_of[definition * BOOKS + book];
	return true;
}

static bool current_line(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *node)
{
	uint32_t line;

	return build_line_index(builder, to, scope, &line) &&
		build_line(builder, line, to->at, node);
}

static bool prior_line(struct builder *builder, const struct reference *to, uint32_t form,
	const struct scope *scope, uint32_t *node)
{
	const struct law *const law = builder->law;
	struct graph_node new = node_blank(OP_PRIOR_LINE, KIND_AMOUNT);
	enum book book;

	if (!scope->prior)
		return law_fail(law, to->at, builder->why,
			"last year's line without what holds when there is none, wanted "
			"\"%s@prior.%s else ...\" or \"when has_prior\"",
			law_word(law, law->form[form].id), law_word(law, to->name));
	if (!book_of(builder, to, scope, form, &book))
		return false;
	if (builder->prior == NULL) {
		/* Never read: has_prior is false in the first year. */
		new.op = OP_NUMBER;
		return node_add(builder, new, NULL, 0, to->at, node);
	}
	const uint32_t definition =
		find_definition(law, form, to->name, builder->year - 1);

	if (definition == NO_LINE)
		return no_line(builder, to, form, builder->year - 1);
	const struct graph *const prior = &builder->prior->graph;

	new.is.line = builder->prior->line_of[definition * BOOKS + book];
	const struct graph_node *const there =
		&prior->node[prior->line[new.is.line].node];

	new.kind = there->kind;
	new.den = there->den;
	new.least = there->least;
	new.most = there->most;
	return node_add(builder, new, NULL, 0, to->at, node);
}

/* ---- what belongs to all forms ---- */

static void add_symbols(
	const struct law *law, const struct scope *scope, struct near_words *words)
{
	for (uint32_t i = 0; i < law->inputs; i++)
		words_add(words, law->input[i].name);
	for (uint32_t i = 0; i < law->parameters; i++)
		words_add(words, law_word(law, law->parameter[i].name));
	for (uint32_t i = 0; i < law->functions; i++)
		words_add(words, law_word(law, law->function[i].name));
	for (uint32_t i = 0; scope->function != NULL && i < scope->function->arguments;
		i++)
		words_add(words, law_word(law, scope->function->argument[i]));
}

static bool no_name(
	struct builder *builder, const struct reference *to, const struct scope *scope)
{
	const struct law *const law = builder->law;
	const char *const name = law_word(law, to->name);
	struct near_words words = { NULL, 0, 0 };

	law_fail(law, to->at, builder->why,
		"unknown name \"%s\", wanted a line of this form, an input, a parameter "
		"or a "
		"function",
		name);
	const struct symbol *const symbol = law_symbol_of(law, to->name);

	if (symbol != NULL && symbol->definition != 0) {
		const struct line_definition *const line =
			&law->line[symbol->definition - 1];

		return fail_hint(builder->why, "did you mean \"%s.%s\"?",
			law_word(law, law->form[line->form].id), name);
	}
	if (scope->form != UINT32_MAX)
		add_form_lines(law, scope->form, builder->year, &words);
	add_symbols(law, scope, &words);
	return near(builder, name, &words);
}

/* In a per book form an input that has copies means the copy of that book. */
static uint32_t copy_of(const struct law *law, uint32_t input, const struct scope *scope)
{
	const uint32_t copy = input + (uint32_t)scope->book;

	if (!scope->per_book || law->input[input].book != BOOK_REGULAR ||
		copy >= law->inputs || law->input[copy].book != scope->book ||
		memcmp(&law->input_at[input], &law->input_at[copy],
			sizeof(struct place)) != 0)
		return input;
	return copy;
}

bool build_input_index(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *input)
{
	const struct law *const law = builder->law;
	const struct symbol *const symbol = law_symbol_of(law, to->name);
	struct near_words words = { NULL, 0, 0 };

	if ((to->form == 0 || strcmp(law_word(law, to->form), "input") == 0) &&
		!to->has_book && !to->prior && !to->line && symbol != NULL &&
		symbol->kind == SYMBOL_INPUT) {
		*input = copy_of(law, symbol->index, scope);
		return true;
	}
	law_fail(law, to->at, builder->why,
		"\"%s%s\" is not an input, wanted the name of one", to->line ? "L" : "",
		law_word(law, to->name));
	for (uint32_t i = 0; i < law->inputs; i++)
		words_add(&words, law->input[i].name);
	return near(builder, law_word(law, to->name), &words);
}

static bool input(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *node)
{
	struct graph_node new = node_blank(OP_INPUT, KIND_AMOUNT);
	uint32_t index;

	if (!build_input_index(builder, to, scope, &index))
		return false;
	const struct input *const found = &builder->law->input[index];

	new.is.input.index = index;
	switch (found->kind) {
	case INPUT_AMOUNT:
		break;
	case INPUT_COUNT:
		new.kind = KIND_COUNT;
		break;
	case INPUT_YES_NO:
		return law_fail(builder->law, to->at, builder->why,
			"\"%s\" is yes or no, wanted \"yes(%s)\"", found->name,
			found->name);
	case INPUT_ONE_OF:
		return law_fail(builder->law, to->at, builder->why,
			"\"%s\" is a word, wanted a condition such as \"%s is %s\"",
			found->name, found->name, found->choice[0]);
	}
	return node_add(builder, new, NULL, 0, to->at, node);
}

static bool parameter(struct builder *builder, const struct reference *to, uint32_t index,
	uint32_t *node)
{
	const struct law *const law = builder->law;
	const struct parameter_definition *const found = &law->parameter[index];
	const int year = builder->year - to->prior;
	struct graph_node new =
		node_blank(OP_UNKNOWN, found->is_rate ? KIND_RATE : KIND_AMOUNT);

	if (to->has_book)
		return law_fail(law, to->at, builder->why,
			"a parameter of a book, wanted \"%s\" or \"%s@prior\"",
			law_word(law, found->name), law_word(law, found->name));
	new.name = law_word(law, found->name);
	new.prior = to->prior;
	for (uint32_t i = 0; i < found->rows; i++) {
		const struct table_row *const row = &found->row[i];

		if (!years_hold(row->years, year))
			continue;
		new.op = OP_PARAMETER;
		new.row = &row->words;
		new.den = row->by;
		memcpy(new.is.constant, row->number, sizeof row->number);
	}
	return node_add(builder, new, NULL, 0, to->at, node);
}

static bool ledger(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *node)
{
	const char *const name = law_word(builder->law, to->name);
	struct graph_node new = node_blank(OP_LEDGER, KIND_AMOUNT);
	struct near_words words = { NULL, 0, 0 };

	if (to->prior)
		return law_fail(builder->law, to->at, builder->why,
			"a ledger figure of last year, wanted a line of last year");
	new.is.ledger.book = to->has_book ? to->book
		: scope->per_book         ? scope->book
					  : BOOK_REGULAR;
	for (int i = 0; i < LEDGER_FIGURE_COUNT; i++) {
		new.is.ledger.figure = (enum ledger_figure)i;
		if (strcmp(ledger_figure_name(new.is.ledger.figure), name) == 0)
			return node_add(builder, new, NULL, 0, to->at, node);
	}
	law_fail(builder->law, to->at, builder->why,
		"the ledger has no figure \"%s\", wanted one that it has", name);
	for (int i = 0; i < LEDGER_FIGURE_COUNT; i++)
		words_add(&words, ledger_figure_name((enum ledger_figure)i));
	return near(builder, name, &words);
}

/* A name without a form: an argument, a line of the same form, or what belongs to all forms. */
static bool plain_name(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *node)
{
	const struct law *const law = builder->law;

	for (uint32_t i = 0; scope->function != NULL && i < scope->function->arguments;
		i++)
		if (scope->function->argument[i] == to->name && !to->prior &&
			!to->has_book) {
			*node = scope->argument[i];
			return true;
		}
	if (scope->form != UINT32_MAX &&
		find_definition(law, scope->form, to->name, builder->year - to->prior) !=
			NO_LINE)
		return to->prior ? prior_line(builder, to, scope->form, scope, node)
				 : current_line(builder, to, scope, node);
	const struct symbol *const symbol = law_symbol_of(law, to->name);

	switch (symbol == NULL ? SYMBOL_NONE : symbol->kind) {
	case SYMBOL_NONE:
		return no_name(builder, to, scope);
	case SYMBOL_INPUT:
		return input(builder, to, scope, node);
	case SYMBOL_PARAMETER:
		return parameter(builder, to, symbol->index, node);
	case SYMBOL_FUNCTION:
		return law_fail(law, to->at, builder->why,
			"the function \"%s\" without arguments, wanted \"%s(...)\"",
			law_word(law, to->name), law_word(law, to->name));
	}
	return false;
}

bool build_reference(struct builder *builder, const struct reference *to,
	const struct scope *scope, uint32_t *node)
{
	const struct law *const law = builder->law;
	uint32_t form;

	if (to->form == 0 && !to->line)
		return plain_name(builder, to, scope, node);
	if (to->form != 0 && strcmp(law_word(law, to->form), "input") == 0)
		return input(builder, to, scope, node);
	if (to->form != 0 && strcmp(law_word(law, to->form), "ledger") == 0)
		return ledger(builder, to, scope, node);
	if (!to->prior)
		return current_line(builder, to, scope, node);
	return form_of(builder, to, scope, &form) &&
		prior_line(builder, to, form, scope, node);
}
