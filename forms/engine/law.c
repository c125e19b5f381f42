/* The definitions as a whole: reading them, and finding what they name. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/build.h"
#include "schema/embedded.h"

extern const struct embedded forms_definitions[];
extern const size_t forms_definitions_count;

#define YEARS (LAW_LAST_YEAR - LAW_FIRST_YEAR + 1)

bool years_hold(struct years years, int year)
{
	return years.first <= year && year <= years.last;
}

const char *law_word(const struct law *law, uint32_t name)
{
	return names_text(law->names, name);
}

struct symbol *law_symbol(struct law *law, uint32_t name)
{
	if (name >= law->symbols) {
		const size_t wanted = (size_t)name * 2 + 64;

		law->symbol = must_grow(law->symbol, wanted, sizeof *law->symbol);
		memset(law->symbol + law->symbols, 0,
			(wanted - law->symbols) * sizeof *law->symbol);
		law->symbols = wanted;
	}
	return &law->symbol[name];
}

const struct symbol *law_symbol_of(const struct law *law, uint32_t name)
{
	return name < law->symbols ? &law->symbol[name] : NULL;
}

bool law_fail(
	const struct law *law, struct place at, struct fail *why, const char *format, ...)
{
	char message[sizeof why->message];
	va_list values;

	va_start(values, format);
	vsnprintf(message, sizeof message, format, values);
	va_end(values);
	fail_at(why, FAIL_BAD_INPUT, at.row, at.column, "%s", message);
	return fail_file(why, law->file[at.file]);
}

const char *law_function_what(const struct law *law, const char *name)
{
	for (uint32_t i = 0; i < law->functions; i++)
		if (strcmp(law_word(law, law->function[i].name), name) == 0)
			return law->function[i].what;
	return "";
}

/* ---- reading ---- */

static bool check_text(const struct law_file *file, struct fail *why)
{
	long row = 1;
	const char *at = file->text, *const end = file->text + file->length;

	if (utf8_valid(file->text, file->length))
		return true;
	for (;;) {
		const char *const stop = memchr(at, '\n', (size_t)(end - at));
		const size_t length = (size_t)((stop == NULL ? end : stop) - at);

		if (!utf8_valid(at, length) || stop == NULL)
			break;
		at = stop + 1;
		row++;
	}
	fail_at(why, FAIL_BAD_INPUT, row, 1,
		"bytes that are not UTF-8 text, wanted a file saved as UTF-8");
	return fail_file(why, file->name);
}

static bool read_files(
	struct law *law, const struct law_file *files, size_t count, struct fail *why)
{
	law->file = pool_alloc(&law->pool, count * sizeof *law->file);
	law->files = count;
	for (size_t i = 0; i < count; i++) {
		law->file[i] =
			pool_text(&law->pool, files[i].name, strlen(files[i].name));
		if (!check_text(&files[i], why) ||
			!parse_file(
				law, (uint32_t)i, files[i].text, files[i].length, why))
			return false;
	}
	return true;
}

static struct law *law_new(void)
{
	struct law *const law = must_alloc(sizeof *law);

	law->names = names_new();
	law->cache = must_alloc(YEARS * sizeof *law->cache);
	law->graphs = must_alloc(sizeof *law->graphs);
	return law;
}

static bool law_read(const struct law_file *files, size_t count, bool check,
	struct law **to, struct fail *why)
{
	struct law *const law = law_new();
	bool good = read_files(law, files, count, why);

	for (int year = LAW_FIRST_YEAR; good && check && year <= LAW_LAST_YEAR; year++) {
		const struct graph *graph;

		good = law_graph(law, year, &graph, why);
	}
	if (good)
		*to = law;
	else
		law_free(law);
	return good;
}

bool law_parse(
	const struct law_file *files, size_t count, struct law **to, struct fail *why)
{
	return law_read(files, count, true, to, why);
}

bool law_builtin(struct law **to, struct fail *why)
{
	struct law_file *const files =
		must_alloc(forms_definitions_count * sizeof *files);

	for (size_t i = 0; i < forms_definitions_count; i++)
		files[i] = (struct law_file){ forms_definitions[i].name,
			forms_definitions[i].at, forms_definitions[i].length };
	const bool good = law_read(files, forms_definitions_count, false, to, why);

	free(files);
	return good;
}

void law_free(struct law *law)
{
	if (law == NULL)
		return;
	for (uint32_t i = 0; i < law->forms; i++)
		free(law->form[i].draft);
	free(law->form);
	free(law->line);
	free(law->input);
	free(law->input_at);
	free(law->function);
	free(law->parameter);
	free(law->refusal);
	free(law->limit);
	free(law->symbol);
	free(law->cache);
	pool_release(law->graphs);
	free(law->graphs);
	names_free(law->names);
	pool_release(&law->pool);
	free(law);
}

/* ---- inputs and limits ---- */

size_t law_inputs(const struct law *law)
{
	return law->inputs;
}

const struct input *law_input(const struct law *law, size_t index)
{
	assert(index < law->inputs);
	return &law->input[index];
}

/* Adds "did you mean" from a list of words. Always false. */
static bool near(struct fail *why, const char *word, const char **words, size_t count)
{
	const char *const nearest = nearest_word(word, words, count);

	free(words);
	return nearest == NULL ? false : fail_hint(why, "did you mean \"%s\"?", nearest);
}

bool law_input_find(
	const struct law *law, const char *name, size_t *index, struct fail *why)
{
	const uint32_t number = names_find(law->names, name);
	const struct symbol *const symbol = law_symbol_of(law, number);

	if (number != 0 && symbol != NULL && symbol->kind == SYMBOL_INPUT) {
		*index = symbol->index;
		return true;
	}
	const char **const words = must_alloc(law->inputs * sizeof *words);

	for (uint32_t i = 0; i < law->inputs; i++)
		words[i] = law->input[i].name;
	fail_set(why, FAIL_USAGE, "unknown input \"%s\"", CUT(name, 80));
	return strlen(name) > NAME_LIMIT ? near(why, "", words, 0)
					 : near(why, name, words, law->inputs);
}

const char *limit_effect_name(enum limit_effect effect)
{
	static const char *const names[LIMIT_EFFECTS] = {
		[LIMIT_REFUSED] = "refused",
		[LIMIT_ENTER] = "enter",
		[LIMIT_OVERSTATES] = "overstates",
		[LIMIT_EITHER] = "either",
		[LIMIT_OUTSIDE] = "outside",
	};

	return names[effect];
}

size_t law_limits(const struct law *law)
{
	return law->limits;
}

struct limit law_limit(const struct law *law, size_t index)
{
	assert(index < law->limits);
	return law->limit[index];
}

/* ---- forms and lines of a year ---- */

/* "6251" and "f6251", "schedule_d", "schedule_d@amt", "schedule_d@regular". */
static bool form_is(const struct graph_form *form, const char *name, size_t length)
{
	const char *const id = form->id;

	if (strncmp(id, name, length) == 0 && id[length] == '\0')
		return true;
	if (id[0] == 'f' && name[0] >= '0' && name[0] <= '9' &&
		strncmp(id + 1, name, length) == 0 && id[1 + length] == '\0')
		return true;
	const char *const at = memchr(name, '@', length);

	return at != NULL && form->per_book && form->book == BOOK_REGULAR &&
		(size_t)(name + length - at) == strlen("@regular") &&
		memcmp(at, "@regular", strlen("@regular")) == 0 &&
		form_is(form, name, (size_t)(at - name));
}

/* Forms of a return that are shown elsewhere: they have no lines of their own to compute. */
static bool is_without_lines(const char *form, int year, struct fail *why)
{
	const char *const number = form + (*form == 'f');
	const bool amt = strcmp(number, "8949@amt") == 0;

	if (amt || strcmp(number, "8949") == 0) {
		fail_set(why, FAIL_USAGE, "\"%s\" has rows, not lines to compute", form);
		fail_hint(why,
			"dualbasis sales %d lists them, dualbasis explain %d "
			"schedule_d%s.16 goes down to them",
			year, year, amt ? "@amt" : "");
		return true;
	}
	if (strcmp(number, "1040x") != 0)
		return false;
	fail_set(why, FAIL_USAGE,
		"\"%s\" has no lines to compute: it sets a filed return beside the "
		"right one",
		form);
	fail_hint(why,
		"dualbasis filed %d enters what was filed, dualbasis audit %d --amend "
		"shows the form's columns",
		year, year);
	return true;
}

static bool form_find(const struct graph *graph, const char *name, size_t length,
	uint32_t *form, struct fail *why)
{
	char word[NAME_LIMIT + 1];

	for (*form = 0; *form < graph->forms; (*form)++)
		if (form_is(&graph->form[*form], name, length))
			return true;
	snprintf(word, sizeof word, "%.*s",
		(int)(length > NAME_LIMIT ? NAME_LIMIT : length), name);
	if (is_without_lines(word, graph->year, why))
		return false;
	fail_set(why, FAIL_USAGE, "unknown form \"%s\" in %d", word, graph->year);
	const char **const words = must_alloc(graph->forms * sizeof *words);

	for (uint32_t i = 0; i < graph->forms; i++)
		words[i] = graph->form[i].id;
	return near(why, word, words, graph->forms);
}

bool law_line_find(const struct law *law, int year, const char *id, struct line_ref *line,
	struct fail *why)
{
	const struct graph *graph;
	const char *const point = strchr(id, '.');
	uint32_t form;

	if (!law_graph(law, year, &graph, why))
		return false;
	if (point == NULL)
		return fail_set(why, FAIL_USAGE,
			"\"%s\" is not a line (want FORM.LINE, such as f6251.4)",
			CUT(id, 80));
	if (!form_find(graph, id, (size_t)(point - id), &form, why))
		return false;
	const struct graph_form *const found = &graph->form[form];

	for (int way = 0; way < 2; way++)
		for (uint32_t i = found->first; i < found->first + found->count; i++) {
			const struct line_words *const words = &graph->line[i].words;

			if (strcmp(way == 0 ? words->line : words->printed, point + 1) !=
				0)
				continue;
			line->number = i;
			return true;
		}
	fail_set(why, FAIL_USAGE, "form %s has no line \"%s\" in %d", found->id,
		CUT(point + 1, 80), year);
	const char **const words = must_alloc(found->count * sizeof *words);

	for (uint32_t i = 0; i < found->count; i++)
		words[i] = graph->line[found->first + i].words.line;
	return strlen(point + 1) > NAME_LIMIT ? near(why, "", words, 0)
					      : near(why, point + 1, words, found->count);
}

/* The graph of a year that the caller has already asked something of. */
static const struct graph *known_graph(const struct law *law, int year)
{
	const struct graph *graph = NULL;
	struct fail why;
	const bool made = law_graph(law, year, &graph, &why);

	assert(made);
	return graph;
}

struct line_words law_line_words(const struct law *law, int year, struct line_ref line)
{
	const struct graph *const graph = known_graph(law, year);

	assert(line.number < graph->lines);
	return graph->line[line.number].words;
}

bool law_form_lines(const struct law *law, int year, const char *form,
	const struct line_ref **lines, size_t *count, struct fail *why)
{
	const struct graph *graph;
	uint32_t found;

	if (!law_graph(law, year, &graph, why) ||
		!form_find(graph, form, strlen(form), &found, why))
		return false;
	*lines = graph->ref + graph->form[found].first;
	*count = graph->form[found].count;
	return true;
}

const char *const *law_forms(const struct law *law, int year, struct pool *pool)
{
	const struct graph *const graph = known_graph(law, year);
	const char **const ids = pool_alloc(pool, (graph->forms + 1) * sizeof *ids);

	for (uint32_t i = 0; i < graph->forms; i++)
		ids[i] = graph->form[i].id;
	return ids;
}

static const struct form_definition *definition_of(
	const struct law *law, const char *form)
{
	const size_t length = strcspn(form, "@");

	for (uint32_t i = 0; i < law->forms; i++) {
		const char *const id = law_word(law, law->form[i].id);

		if ((strncmp(id, form, length) == 0 && id[length] == '\0') ||
			(id[0] == 'f' && *form >= '0' && *form <= '9' &&
				strncmp(id + 1, form, length) == 0 &&
				id[1 + length] == '\0'))
			return &law->form[i];
	}
	return NULL;
}

const char *law_form_name(const struct law *law, const char *form)
{
	const struct form_definition *const definition = definition_of(law, form);

	return definition == NULL ? form : definition->name;
}

const char *law_form_title(const struct law *law, const char *form)
{
	const struct form_definition *const definition = definition_of(law, form);

	return definition == NULL ? "" : definition->title;
}
