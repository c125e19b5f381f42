/* Makes the graph of a year: its forms and copies, its lines, its refusals. */
#include "forms/engine/build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What keeps hostile definitions from exhausting the stack and the day. */
#define DEPTH_LIMIT 5000
#define STEP_LIMIT  4000000u

bool build_enter(struct builder *builder, struct place at)
{
	if (++builder->steps > STEP_LIMIT)
		return law_fail(builder->law, at, builder->why,
			"definitions that expand beyond %u steps, wanted functions that "
			"call "
			"fewer others",
			STEP_LIMIT);
	if (++builder->depth > DEPTH_LIMIT)
		return law_fail(builder->law, at, builder->why,
			"lines and formulas nested more than %d deep, wanted fewer",
			DEPTH_LIMIT);
	return true;
}

void build_leave(struct builder *builder)
{
	builder->depth--;
}

/* ---- lines ---- */

/* "f6251.4 -> f6251.5 -> f6251.4", as much as fits. */
static bool cycle(struct builder *builder, uint32_t line, struct place from)
{
	const struct law *const law = builder->law;
	struct text path = TEXT_EMPTY;
	uint32_t at = 0;

	while (builder->path[at] != line)
		at++;
	for (; at <= builder->paths; at++) {
		const uint32_t next = at < builder->paths ? builder->path[at] : line;
		const struct line_definition *const definition =
			&law->line[builder->line[next].definition];

		text_addf(&path, "%s%s%s%s.%s", path.length > 0 ? " -> " : "",
			law_word(law, law->form[definition->form].id),
			builder->line[next].book == BOOK_REGULAR ? "" : "@",
			builder->line[next].book == BOOK_REGULAR
				? ""
				: book_name(builder->line[next].book),
			law_word(law, definition->id));
	}
	law_fail(law, from, builder->why, "a line that needs itself: %s, wanted none",
		path.at);
	text_release(&path);
	const uint32_t id = law->line[builder->line[line].definition].id;

	if (builder->path[builder->paths - 1] == line &&
		law_symbol_of(law, id)->kind == SYMBOL_INPUT)
		fail_hint(builder->why, "the input of the same name is written input.%s",
			law_word(law, id));
	return false;
}

static bool check_exact(
	struct builder *builder, const struct line_definition *line, enum graph_kind kind)
{
	const char *const form =
		law_word(builder->law, builder->law->form[line->form].id);
	const char *const id = law_word(builder->law, line->id);

	if (kind == KIND_AMOUNT && line->exact)
		return law_fail(builder->law, line->at, builder->why,
			"%s.%s is an amount marked exact, wanted exact on rates and "
			"counts only",
			form, id);
	if (kind != KIND_AMOUNT && !line->exact)
		return law_fail(builder->law, line->at, builder->why,
			"%s.%s is %s without \"exact\", wanted it marked", form, id,
			kind_name(kind));
	return true;
}

static bool implies_prior(const struct expr *when)
{
	return when != NULL &&
		(when->what == EXPR_HAS_PRIOR ||
			(when->what == EXPR_OPERATION && when->op == OP_AND &&
				(implies_prior(when->arg[0]) ||
					implies_prior(when->arg[1]))));
}

/* The formula of a line and its `when`. */
static bool line_arguments(struct builder *builder, const struct build_line *line,
	uint32_t arg[2], uint32_t *args)
{
	const struct line_definition *const definition =
		&builder->law->line[line->definition];
	struct scope scope = { .form = definition->form,
		.book = line->book,
		.per_book = builder->law->form[definition->form].per_book };
	bool known;

	*args = 1;
	if (definition->when != NULL) {
		if (!build_condition(builder, definition->when, &scope, &arg[1]))
			return false;
		if (!node_is_known(builder, arg[1], &known) || !known)
			*args = 2;
	}
	scope.prior = implies_prior(definition->when);
	if (!build_expr(builder, definition->formula, &scope,
		    definition->exact ? KIND_COUNT : KIND_AMOUNT, &arg[0]))
		return false;
	if (builder->node[arg[0]].kind != KIND_CONDITION)
		return true;
	return law_fail(builder->law, definition->formula->at, builder->why,
		"a condition as the formula of a line, wanted an amount, a rate or a "
		"count");
}

bool build_line(
	struct builder *builder, uint32_t index, struct place from, uint32_t *node)
{
	struct build_line *const line = &builder->line[index];
	const struct line_definition *const definition =
		&builder->law->line[line->definition];
	uint32_t arg[2], args;

	if (line->state == LINE_UNDER_WAY)
		return cycle(builder, index, from);
	if (line->state == LINE_TO_DO) {
		if (!build_enter(builder, from))
			return false;
		line->state = LINE_UNDER_WAY;
		builder->path[builder->paths++] = index;
		if (!line_arguments(builder, line, arg, &args))
			return false;
		struct graph_node new = node_blank(OP_LINE, builder->node[arg[0]].kind);

		new.is.line = index;
		if (!check_exact(builder, definition, new.kind) ||
			!node_add(builder, new, arg, args, definition->at, &line->node))
			return false;
		builder->paths--;
		line->state = LINE_DONE;
		build_leave(builder);
	}
	*node = line->node;
	return true;
}

/* ---- forms ---- */

static bool active(
	const struct builder *builder, const struct line_definition *line, uint32_t form)
{
	return line->form == form && years_hold(line->years, builder->year);
}

static const char *draft_of(const struct form_definition *form, int year)
{
	for (uint32_t i = 0; i < form->drafts; i++)
		if (years_hold(form->draft[i].years, year))
			return form->draft[i].text;
	return NULL;
}

static const char *printed_of(
	const struct law *law, const struct line_definition *line, int year)
{
	for (uint32_t i = 0; i < line->printed_count; i++)
		if (years_hold(line->printed[i].years, year))
			return line->printed[i].text;
	return law_word(law, line->id);
}

static struct line_words words_of(const struct builder *builder,
	const struct line_definition *line, const struct graph_form *form)
{
	return (struct line_words){ .form = form->id,
		.line = law_word(builder->law, line->id),
		.printed = printed_of(builder->law, line, builder->year),
		.label = line->label,
		.law = line->law,
		.note = line->note,
		.part = line->part,
		.is_value = line->is_value,
		.exact = line->exact,
		.draft = form->draft };
}

struct layout {
	struct graph_form *form;
	struct graph_line *line;
	uint32_t forms, forms_room, lines, lines_room, build_room;
};

/* One copy of a form with the lines that it has in the year. */
static void lay_copy(
	struct builder *builder, struct layout *layout, uint32_t form, enum book book)
{
	const struct law *const law = builder->law;
	const struct form_definition *const definition = &law->form[form];
	const char *const id = law_word(law, definition->id);
	struct graph_form new = { .id = book == BOOK_REGULAR
			? id
			: pool_printf(builder->pool, "%s@%s", id, book_name(book)),
		.name = definition->name,
		.title = definition->title,
		.draft = draft_of(definition, builder->year),
		.book = book,
		.per_book = definition->per_book,
		.first = layout->lines };

	for (uint32_t i = 0; i < law->lines; i++) {
		if (!active(builder, &law->line[i], form))
			continue;
		GROW(layout->line, layout->lines, layout->lines_room);
		GROW(builder->line, layout->lines, layout->build_room);
		layout->line[layout->lines] = (struct graph_line){ .form = layout->forms,
			.words = words_of(builder, &law->line[i], &new) };
		builder->line[layout->lines] = (struct build_line){
			.definition = i, .form = layout->forms, .book = book
		};
		builder->line_of[i * BOOKS + (uint32_t)book] = layout->lines++;
	}
	new.count = layout->lines - new.first;
	if (new.count == 0)
		return;
	GROW(layout->form, layout->forms, layout->forms_room);
	layout->form[layout->forms++] = new;
}

static void lay_out(struct builder *builder, struct layout *layout)
{
	const struct law *const law = builder->law;
	const size_t ways = (size_t)law->lines * BOOKS;

	builder->line_of = pool_alloc(builder->pool, ways * sizeof *builder->line_of);
	memset(builder->line_of, 0xff, ways * sizeof *builder->line_of);
	for (uint32_t i = 0; i < law->forms; i++)
		for (int book = 0; book < (law->form[i].per_book ? BOOKS : 1); book++)
			lay_copy(builder, layout, i, (enum book)book);
	builder->lines = layout->lines;
	builder->path = must_alloc((layout->lines + 1) * sizeof *builder->path);
}

/* ---- refusals ---- */

static bool refusals(struct builder *builder, struct graph_refusal **to, uint32_t *count)
{
	const struct law *const law = builder->law;

	*count = 0;
	*to = pool_alloc(builder->pool, law->refusals * sizeof **to);
	for (uint32_t i = 0; i < law->refusals; i++) {
		const struct refusal_definition *const refusal = &law->refusal[i];
		const struct scope scope = { .form = refusal->form };
		uint32_t node;
		bool known;

		if (!years_hold(refusal->years, builder->year))
			continue;
		if (!build_condition(builder, refusal->when, &scope, &node))
			return false;
		if (node_is_known(builder, node, &known) && !known)
			continue;
		(*to)[(*count)++] = (struct graph_refusal){ .condition = node,
			.id = refusal->id,
			.what = refusal->what,
			.hint = refusal->hint };
	}
	return true;
}

/* ---- the whole ---- */

static uint32_t prior_status_input(const struct law *law)
{
	for (uint32_t i = 0; i < law->inputs; i++)
		if (strcmp(law->input[i].name, "prior_status") == 0 &&
			law->input[i].choice != NULL)
			return i;
	return UINT32_MAX;
}

static bool build(
	struct builder *builder, struct layout *layout, struct graph_cache *cache)
{
	struct graph *const graph = &cache->graph;
	struct graph_refusal *refusal;

	lay_out(builder, layout);
	for (uint32_t i = 0; i < layout->lines; i++)
		if (!build_line(builder, i,
			    builder->law->line[builder->line[i].definition].at,
			    &layout->line[i].node))
			return false;
	if (!refusals(builder, &refusal, &graph->refusals))
		return false;
	graph->year = builder->year;
	graph->law = builder->law;
	graph->prior = builder->prior == NULL ? NULL : &builder->prior->graph;
	graph->count = builder->nodes;
	graph->node = pool_copy(
		builder->pool, builder->node, builder->nodes * sizeof *builder->node);
	graph->lines = layout->lines;
	graph->line = pool_copy(
		builder->pool, layout->line, layout->lines * sizeof *layout->line);
	struct line_ref *const ref =
		pool_alloc(builder->pool, layout->lines * sizeof *ref);

	for (uint32_t i = 0; i < layout->lines; i++)
		ref[i].number = i;
	graph->ref = ref;
	graph->forms = layout->forms;
	graph->form = pool_copy(
		builder->pool, layout->form, layout->forms * sizeof *layout->form);
	graph->refusal = refusal;
	graph->prior_status_input = prior_status_input(builder->law);
	for (uint32_t i = 0; i < graph->count; i++)
		graph->unknowns += graph->node[i].op == OP_UNKNOWN;
	cache->line_of = builder->line_of;
	cache->made = true;
	return true;
}

bool law_graph(const struct law *law, int year, const struct graph **to, struct fail *why)
{
	if (year < LAW_FIRST_YEAR || year > LAW_LAST_YEAR)
		return fail_set(why, FAIL_NOT_MODELLED,
			"the year %d is not defined, wanted %d to %d", year,
			LAW_FIRST_YEAR, LAW_LAST_YEAR);
	struct graph_cache *const cache = &law->cache[year - LAW_FIRST_YEAR];
	const struct graph *before;

	if (!cache->made && year > LAW_FIRST_YEAR &&
		!law_graph(law, year - 1, &before, why))
		return false;
	if (!cache->made) {
		struct builder builder = { .law = law,
			.prior = year > LAW_FIRST_YEAR ? cache - 1 : NULL,
			.year = year,
			.why = why,
			/* Graphs are kept with the law; making one changes nothing else of it. */
			.pool = law->graphs };
		struct layout layout = { .forms = 0 };

		build(&builder, &layout, cache);
		free(builder.node);
		free(builder.range);
		free(builder.slot);
		free(builder.line);
		free(builder.path);
		free(layout.line);
		free(layout.form);
	}
	*to = &cache->graph;
	return cache->made;
}
