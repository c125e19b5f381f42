/* The table of what fields are for, and what a filled-in form says by it. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/file/reading.h"
#include "schema/embedded.h"

/* us/pdf_fields.txt, embedded at build. */
extern const struct embedded forms_pdf_fields[];

/* ---- the table ----------------------------------------------------------------------------- */

/* Where the reading of the table stands: of which form and years the lines at hand are. */
struct place {
	struct span title, form, before;
	bool of_title; /* the one that is asked for */
	bool of_year;
};

static struct span next_word(struct span *rest)
{
	*rest = span_trim(*rest);
	struct span word = { rest->at, 0 };

	while (word.length < rest->length && rest->at[word.length] != ' ')
		word.length++;
	rest->at += word.length;
	rest->length -= word.length;
	return word;
}

/* "Form 6251", in quotes. */
static struct span next_quoted(struct span *rest)
{
	*rest = span_trim(*rest);
	assert(rest->length > 1 && rest->at[0] == '"');
	const char *const end = memchr(rest->at + 1, '"', rest->length - 1);

	assert(end != NULL);
	const struct span words = { rest->at + 1, (size_t)(end - rest->at) - 1 };

	rest->length -= words.length + 2;
	rest->at = end + 1;
	return words;
}

static int number(struct span word)
{
	int value = 0;

	for (size_t i = 0; i < word.length; i++)
		if (word.at[i] >= '0' && word.at[i] <= '9')
			value = value * 10 + (word.at[i] - '0');
	return value;
}

/* title "Schedule 2 (Form 1040)" of f1040 before "Sch. 2, " */
static void title_line(struct place *place, struct span rest, const char *asked)
{
	*place = (struct place){ .title = next_quoted(&rest) };
	place->of_title = span_is(place->title, asked);
	(void)next_word(&rest);
	place->form = next_word(&rest);
	if (span_is(next_word(&rest), "before"))
		place->before = next_quoted(&rest);
}

static void years_line(struct place *place, struct span rest, int asked)
{
	place->of_year = false;
	for (struct span word = next_word(&rest); word.length > 0;
		word = next_word(&rest))
		place->of_year = place->of_year || number(word) == asked;
}

/* The id of a line as it is printed: "Sch. 2, 2" of f1040 is f1040.amt; NULL: the year has none. */
static const char *line_id(const struct law *law, int year, const struct place *place,
	struct span printed, struct pool *pool)
{
	const char *const form = pool_text(pool, place->form.at, place->form.length);
	const char *const wanted =
		pool_printf(pool, "%.*s%.*s", (int)place->before.length,
			place->before.length > 0 ? place->before.at : "",
			(int)printed.length, printed.at);
	const struct line_ref *line;
	size_t count;
	struct fail none;

	if (!law_form_lines(law, year, form, &line, &count, &none))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const struct line_words words = law_line_words(law, year, line[i]);
		const char *const shown =
			words.printed != NULL ? words.printed : words.line;

		if (!words.is_value && strcmp(shown, wanted) == 0)
			return pool_printf(pool, "%s.%s", form, words.line);
	}
	return NULL;
}

struct uses {
	struct pdf_use *at;
	size_t count, room;
};

/* page 1 from 28: 1 . 2b 3a 3b */
static void page_line(const struct law *law, int year, const struct place *place,
	struct span rest, struct uses *uses, struct pool *pool)
{
	struct pdf_use use = { .page = number(next_word(&rest)) };

	(void)next_word(&rest);
	use.number = number(next_word(&rest));
	for (struct span word = next_word(&rest); word.length > 0;
		word = next_word(&rest), use.number++) {
		if (span_is(word, "."))
			continue;
		use.negative = *word.at == '-';
		const size_t skip = *word.at == '-' || *word.at == '=' ? 1 : 0;
		const struct span line = { word.at + skip, word.length - skip };

		use.line = pool_text(pool, line.at, line.length);
		use.id = *word.at == '=' ? use.line
					 : line_id(law, year, place, line, pool);
		if (use.id == NULL)
			continue;
		GROW(uses->at, uses->count, uses->room);
		uses->at[uses->count++] = use;
	}
}

typedef void line_reader(void *with, struct place *, struct span first, struct span rest);

static void table_read(line_reader *reader, void *with)
{
	struct span table = { forms_pdf_fields[0].at, forms_pdf_fields[0].length };
	struct place place = { 0 };

	while (table.length > 0) {
		const char *const end = memchr(table.at, '\n', table.length);
		const size_t length =
			end != NULL ? (size_t)(end - table.at) : table.length;
		struct span rest = { table.at, length };
		const struct span first = next_word(&rest);

		if (first.length > 0 && *first.at != '#')
			reader(with, &place, first, rest);
		table.at += length + (end != NULL ? 1 : 0);
		table.length -= length + (end != NULL ? 1 : 0);
	}
}

struct asking {
	const struct law *law;
	int year;
	const char *title;
	struct uses uses;
	bool known_title, known_year;
	struct text titles, years; /* what is known, for a message */
	struct pool *pool;
};

static void asked_line(
	void *with, struct place *place, struct span first, struct span rest)
{
	struct asking *const asking = with;

	if (span_is(first, "title")) {
		title_line(place, rest, asking->title);
		asking->known_title = asking->known_title || place->of_title;
		text_addf(&asking->titles, "%s%.*s",
			asking->titles.length > 0 ? ", " : "", (int)place->title.length,
			place->title.at);
	} else if (span_is(first, "years")) {
		years_line(place, rest, asking->year);
		rest = span_trim(rest);
		if (place->of_title)
			text_addf(&asking->years, " %.*s", (int)rest.length, rest.at);
		asking->known_year =
			asking->known_year || (place->of_title && place->of_year);
	} else if (place->of_title && place->of_year) {
		page_line(asking->law, asking->year, place, rest, &asking->uses,
			asking->pool);
	}
}

bool pdf_uses(const struct law *law, int year, const char *title, struct pdf_use **uses,
	size_t *count, struct pool *pool, struct fail *why)
{
	struct asking asking = {
		.law = law,
		.year = year,
		.title = title,
		.titles = TEXT_EMPTY,
		.years = TEXT_EMPTY,
		.pool = pool,
	};

	table_read(asked_line, &asking);
	pool_adopt(pool, asking.uses.at);
	*uses = asking.uses.at;
	*count = asking.uses.count;
	if (!asking.known_title)
		fail_set(why, FAIL_NOT_MODELLED,
			"the fields of \"%s\" are not known (known are %s)",
			CUT(title, 80), asking.titles.at);
	else if (!asking.known_year)
		fail_set(why, FAIL_NOT_MODELLED,
			"the fields of %s of %d are not known (known are the years%s)",
			CUT(title, 80), year, asking.years.at);
	if (!asking.known_title || !asking.known_year)
		fail_hint(why, "enter its lines by hand: dualbasis filed %d --template",
			year);
	text_release(&asking.titles);
	text_release(&asking.years);
	return asking.known_title && asking.known_year;
}

/* ---- a form that was filled in --------------------------------------------------------------- */

/* "topmostSubform[0].Page1[0].f1_014[0]": page 1, number 14. */
static bool field_place(const char *name, int *page, int *place)
{
	const char *const point = strrchr(name, '.');
	const char *const own = point == NULL ? name : point + 1;
	char end;

	return sscanf(own, "f%d_%d%c", page, place, &end) == 3 && end == '[';
}

static const struct pdf_use *use_of(
	const struct pdf_use *uses, size_t count, const struct pdf_field *field)
{
	int page, place;

	if (!field_place(field->name, &page, &place))
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (uses[i].page == page && uses[i].number == place)
			return &uses[i];
	return NULL;
}

/* An amount without its sign is as printed: negative where the form has parentheses around it. */
static const char *signed_value(
	const struct pdf_use *use, const char *value, struct pool *pool)
{
	const char *const plain = amount_plain(value, pool);

	return use->negative && *plain != '-' && strcmp(plain, "0") != 0
		? pool_printf(pool, "-%s", plain)
		: plain;
}

/* What is no amount is said with the field's name: a row means little in a form. */
static bool amount_check(const struct pdf_use *use, const struct pdf_field *field,
	const char *plain, long row, struct fail *why)
{
	int64_t cents;

	if (decimal_parse(plain, strlen(plain), 2, &cents, why))
		return true;
	fail_at(why, FAIL_BAD_INPUT, row, 0,
		"line %s (field %s) holds \"%s\", which is no amount", use->line,
		field->name, CUT(field->value, 60));
	return fail_hint(why, "enter that line by hand, and empty the field in a copy");
}

static bool fields_take(struct reading *reading, const struct pdf_form *form,
	const struct pdf_use *uses, size_t count, const char *title, struct fail *why)
{
	size_t known = 0;

	for (size_t i = 0; i < form->fields; i++) {
		const struct pdf_field *const field = &form->field[i];
		const struct pdf_use *const use = use_of(uses, count, field);
		const struct span value = span_trim(span_of(field->value));
		const long row = (long)i + 1;

		known += use != NULL;
		if (use == NULL || value.length == 0)
			continue;
		const char *const plain = signed_value(use,
			pool_text(reading->pool, value.at, value.length), reading->pool);

		if (!amount_check(use, field, plain, row, why))
			return false;
		reading_add(reading, span_of(use->id), span_of(plain), row, 0);
	}
	if (known == 0)
		return fail_set(why, FAIL_BAD_INPUT,
			"the PDF says that it is %s of %d, but has none of its fields",
			title, reading->year);
	return reading->count > 0 ||
		fail_set(why, FAIL_BAD_INPUT, "no amount is filled in");
}

static bool title_read(const struct reading *reading, const char *title,
	const char **form, struct fail *why)
{
	char *rest;
	const long year = strtol(title, &rest, 10);

	if (rest == title || *rest != ' ') {
		fail_set(why, FAIL_BAD_INPUT,
			"the PDF does not say which form of which year it is (its title "
			"is \"%s\", want one like \"2024 Form 6251\")",
			CUT(title, 80));
		return fail_hint(why,
			"only official forms as they come from the IRS can be read; "
			"enter the lines by hand");
	}
	if (year != reading->year) {
		fail_set(why, FAIL_BAD_INPUT, "the PDF is \"%s\", not of %d",
			CUT(title, 80), reading->year);
		return fail_hint(why, "dualbasis filed %ld --from FILE", year);
	}
	*form = rest + 1;
	return true;
}

bool figure_pdf_read(struct reading *reading, struct fail *why)
{
	struct law *law;
	struct pdf_form form;
	struct pdf_use *uses;
	size_t count;
	const char *title = NULL;

	if (!pdf_form_read(reading->path, &form, reading->pool, why) ||
		!title_read(reading, form.title, &title, why) || !law_builtin(&law, why))
		return false;
	const bool done =
		pdf_uses(law, reading->year, title, &uses, &count, reading->pool, why) &&
		fields_take(reading, &form, uses, count, title, why);

	law_free(law);
	return done;
}
