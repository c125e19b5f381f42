/* The lines of a form, as printed, each with where it comes from. */
#include <assert.h>
#include <string.h>

#include "export/sections.h"

bool form_find(const struct law *law, int year, const char *said, const char **id,
	struct pool *pool, struct fail *why)
{
	const char *const *const form = law_forms(law, year, pool);
	const char *const with_f = pool_printf(pool, "f%s", said);
	size_t count = 0;

	for (; form[count] != NULL; count++)
		if (span_is_fold(span_of(form[count]), said) ||
			span_is_fold(span_of(form[count]), with_f)) {
			*id = form[count];
			return true;
		}
	fail_set(why, FAIL_USAGE, "there is no form \"%s\" in %d", CUT(said, 60), year);
	const char *near = nearest_word(said, form, count);

	if (near == NULL)
		near = nearest_word(with_f, form, count);
	if (near != NULL)
		return fail_hint(why, "did you mean %s?", near);
	struct text list = TEXT_EMPTY;

	for (size_t i = 0; i < count; i++)
		text_addf(&list, "%s%s", i > 0 ? " " : "", form[i]);
	fail_hint(why, "the forms are %s", list.at);
	text_release(&list);
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

const char *form_sheet(const char *form, struct pool *pool)
{
	static const struct {
		const char *id, *sheet;
	} known[] = {
		{ "qdcg", "QDCG" },
		{ "qdcg@amt", "QDCG amt" },
		{ "schedule_1a", "Schedule 1-A" },
	};

	for (size_t i = 0; i < COUNT(known); i++)
		if (strcmp(known[i].id, form) == 0)
			return known[i].sheet;
	if (form[0] == 'f' && is_digit(form[1]))
		form++;
	char *const sheet = pool_text(pool, form, strlen(form));

	for (size_t i = 0; sheet[i] != '\0'; i++) {
		/* The first letter, and a letter by itself: "Schedule D tax". */
		const bool starts = i == 0 || sheet[i - 1] == ' ';
		const bool alone = sheet[i + 1] == '_' || sheet[i + 1] == '@' ||
			sheet[i + 1] == '\0';

		if (sheet[i] == '_' || sheet[i] == '@')
			sheet[i] = ' ';
		else if (starts && (i == 0 || alone) && sheet[i] >= 'a' &&
			sheet[i] <= 'z')
			sheet[i] = (char)(sheet[i] - 'a' + 'A');
	}
	return sheet;
}

/* The part of a form's id behind "@", or NULL: "amt" of "schedule_d@amt". */
static const char *copy_of(const char *form)
{
	const char *const at = strchr(form, '@');

	return at == NULL ? NULL : at + 1;
}

const char *form_title(const struct law *law, const char *form, struct pool *pool)
{
	const char *const copy = copy_of(form);

	return pool_printf(pool, "%s%s", law_form_name(law, form),
		copy == NULL                       ? ""
			: strcmp(copy, "amt") == 0 ? ", refigured for the AMT"
						   : pool_printf(pool, ", %s", copy));
}

struct cell cell_of_line(
	const struct tax_return *now, struct line_ref line, bool exact, bool cents)
{
	const struct value value = return_line(now, line);
	const bool known = value.filled && value.status != VALUE_MISSING &&
		value.status != VALUE_NOT_MODELLED;
	struct cell cell = cents ? cell_money(value.amount) : cell_dollars(value.amount);

	if (exact && known) {
		int64_t number, by;

		return_line_fraction(now, line, &number, &by);
		return by == 1 ? cell_count(number) : cell_rate(number, by);
	}
	if (!known) {
		cell.money.cents = 0;
		cell.whole = !cents;
		cell.blank = true;
	}
	return cell;
}

/* The form that a line's name belongs to: "schedule_d@amt" of "schedule_d@amt.16". */
static struct span form_of(const char *name)
{
	const char *const point = strrchr(name, '.');
	struct span form = { name, point == NULL ? 0 : (size_t)(point - name) };

	if (form.length > 1 && form.at[0] == 'f' && is_digit(form.at[1])) {
		form.at++;
		form.length--;
	}
	return form;
}

static bool same_form(const char *form, struct span other)
{
	if (form[0] == 'f' && is_digit(form[1]))
		form++;
	return span_is(other, form);
}

static bool is_exercise(enum ledger_figure figure)
{
	return figure == LEDGER_iso_spread || figure == LEDGER_other_compensation;
}

static bool is_compensation(enum ledger_figure figure)
{
	return figure == LEDGER_iso_compensation ||
		figure == LEDGER_iso_compensation_of_earlier_years;
}

/* Where a figure of a formula stands in the packet, in words; NULL if it is in the same form. */
static const char *support_of(
	const struct packet *packet, const char *form, const struct why *why)
{
	struct pool *const pool = packet->pool;
	const struct span other = form_of(why->name);

	switch (why->kind) {
	case WHY_LINE:
		if (other.length == 0 || same_form(form, other))
			return NULL;
		return pool_printf(pool, "%s, %s",
			form_sheet(pool_text(pool, other.at, other.length), pool),
			other.at + other.length + 1);
	case WHY_INPUT:
		return "entered";
	case WHY_LEDGER:
		return is_exercise(why->ledger) ? "Exercises"
			: is_compensation(why->ledger)
			? "Dispositions"
			: pool_printf(pool, "8949 %s", book_name(why->book));
	case WHY_PRIOR_LINE:
		return pool_printf(pool, "%d %s, %s", why->year,
			form_sheet(pool_text(pool, other.at, other.length), pool),
			other.at + other.length + 1);
	case WHY_PARAMETER:
	case WHY_FUNCTION:
		return NULL;
	}
	return NULL;
}

/* The cell or section that shows it. */
static const char *link_to(const struct packet *packet, const struct why *why)
{
	struct pool *const pool = packet->pool;
	struct line_ref line;
	struct fail none;

	switch (why->kind) {
	case WHY_LINE:
		if (!law_line_find(packet->household->law, packet->year, why->name, &line,
			    &none))
			return NULL;
		return return_cell_name(packet->now, line, pool);
	case WHY_INPUT:
		return pool_printf(pool, "input_%s", why->name);
	case WHY_LEDGER:
		return is_exercise(why->ledger) ? "Exercises"
			: is_compensation(why->ledger)
			? "Dispositions"
			: pool_printf(pool, "8949 %s", book_name(why->book));
	case WHY_PRIOR_LINE:
		return "Prior year";
	case WHY_FUNCTION:
	case WHY_PARAMETER:
		return NULL;
	}
	return NULL;
}

/* What the figures below a line say of where it comes from. */
struct support {
	const char *words, *link;
	int count;
	bool assumed;
};

/*
 * The first support is the link, and the others are counted; one that the line repeats comes
 * before a condition. What was only assumed is no support.
 */
static struct support find_support(const struct packet *packet, const char *form,
	struct line_ref line, struct money amount, bool all)
{
	const struct why *const why =
		return_explain(packet->now, line, all, 1, packet->pool);
	struct support found = { 0 };
	const char *last = NULL;
	bool repeats = false;

	for (size_t i = 0; i < why->children; i++) {
		const struct why *const child = why->child[i];
		const char *const words = support_of(packet, form, child);
		const bool same = child->value.amount.cents != 0 &&
			child->value.amount.cents == amount.cents;

		if (child->kind == WHY_INPUT && child->value.status == VALUE_ASSUMED) {
			found.assumed = true;
			continue;
		}
		if (words == NULL || (last != NULL && strcmp(last, words) == 0))
			continue;
		found.count++;
		last = words;
		if (found.words != NULL && (repeats || !same))
			continue;
		repeats = found.words != NULL;
		found.words = words;
		found.link = link_to(packet, child);
	}
	return found;
}

static struct cell from_cell(const struct packet *packet, const char *form,
	struct line_ref line, struct value value)
{
	/* What decided first; where nothing did, whatever the formula reads. */
	struct support support = find_support(packet, form, line, value.amount, false);

	if (support.words == NULL)
		support = find_support(packet, form, line, value.amount, true);
	if (value.overridden)
		support = (struct support){ .words = "entered by hand" };
	else if (value.status == VALUE_MISSING)
		support = (struct support){ .words = "missing" };
	else if (value.status == VALUE_ASSUMED ||
		(support.words == NULL && support.assumed))
		support = (struct support){ .words = "assumed" };
	if (support.count > 1)
		support.words = pool_printf(
			packet->pool, "%s, +%d", support.words, support.count - 1);
	struct cell cell = cell_text(support.words);

	cell.link = support.link;
	cell.tone = value.status == VALUE_MISSING ? TONE_ALERT : TONE_MUTED;
	return cell;
}

static bool shows_cents(
	const struct packet *packet, const struct line_ref *line, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (return_line(packet->now, line[i]).amount.cents % 100 != 0)
			return true;
	return false;
}

/* As printed; a line that has a word in place of a number has none. */
static const char *line_number(const struct line_words *words)
{
	const char *const number = words->printed != NULL ? words->printed : words->line;

	if (words->is_value || (strcmp(number, words->line) == 0 && !is_digit(number[0])))
		return NULL;
	return number;
}

static void add_line(const struct packet *packet, struct table *table, const char *form,
	struct line_ref line, const struct line_words *words, bool cents)
{
	const struct value value = return_line(packet->now, line);
	struct cell *const cell =
		table_row_of(table, packet->pool, words->is_value ? ROW_STEP : ROW_PLAIN);

	cell[0] = cell_text(line_number(words));
	cell[1] = cell_text(words->label);
	cell[2] = cell_of_line(packet->now, line, words->exact, cents);
	cell[2].name = return_cell_name(packet->now, line, packet->pool);
	cell[2].formula = return_formula(packet->now, line, packet->pool);
	cell[2].input = value.overridden;
	cell[3] = from_cell(packet, form, line, value);
	cell[4] = cell_text(words->law);
	cell[4].tone = TONE_MUTED;
}

bool section_form(struct packet *packet, const char *form, struct fail *why)
{
	static const struct column column[] = {
		{ .title = "Line" },
		{ .title = "Description", .width = 56 },
		{ .title = "Amount", .align = ALIGN_RIGHT },
		{ .title = "From", .width = 30 },
		{ .title = "Authority", .width = 32, .from = MEDIUM_SHEETS },
	};
	const struct law *const law = packet->household->law;
	struct pool *const pool = packet->pool;
	const struct line_ref *line;
	size_t count;

	if (!law_form_lines(law, packet->year, form, &line, &count, why))
		return false;
	struct section *const section = report_section(packet->report,
		form_sheet(form, pool),
		pool_printf(pool, "%s, %d", form_title(law, form, pool), packet->year));

	section_note(section, pool, "%s%s", law_form_title(law, form),
		copy_of(form) == NULL ? ""
				      : ". A copy for the file with the AMT's figures; "
					"it is not filed.");
	const char *part = NULL, *draft = NULL;
	const bool cents = shows_cents(packet, line, count);
	struct table *const table =
		section_table(section, pool, NULL, column, COUNT(column));

	table->form = true;
	for (size_t i = 0; i < count; i++) {
		const struct line_words words =
			law_line_words(law, packet->year, line[i]);

		if (words.part != NULL && (part == NULL || strcmp(part, words.part) != 0))
			table_row_of(table, pool, ROW_HEADING)[0] = cell_text(words.part);
		part = words.part;
		draft = words.draft;
		add_line(packet, table, form, line[i], &words, cents);
	}
	if (draft != NULL) {
		packet->report->draft = true;
		section_warning(section, pool, "%s of %d is not final: %s.",
			law_form_name(law, form), packet->year, draft);
	}
	return true;
}
