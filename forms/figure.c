/* Reads figures from words, and holds them against those that stand. */
#include "forms/figure.h"

#include <assert.h>
#include <string.h>

#include "forms/question.h"

bool amount_parse(struct span words, struct money *amount, struct fail *why)
{
	if (!decimal_parse(words.at, words.length, 2, &amount->cents, why))
		return fail_hint(
			why, "write a plain amount in dollars, like 400000 or -12.50");
	if (amount->cents > MONEY_LIMIT_CENTS || amount->cents < -MONEY_LIMIT_CENTS)
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is too large (a trillion dollars is the most)",
			CUT_SPAN(words, 60));
	return true;
}

static bool count_parse(struct span words, struct money *count, struct fail *why)
{
	if (!decimal_parse(words.at, words.length, 0, &count->cents, why) ||
		count->cents < 0 || count->cents > MONEY_LIMIT_CENTS)
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is not a count (want a whole number, 0 or more)",
			CUT_SPAN(words, 60));
	return true;
}

static bool yes_no_parse(struct span words, struct money *yes, struct fail *why)
{
	yes->cents = span_is(words, "yes") || span_is(words, "1");
	if (!yes->cents && !span_is(words, "no") && !span_is(words, "0"))
		return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is neither yes nor no",
			CUT_SPAN(words, 60));
	return true;
}

static bool choice_find(const struct input *input, struct span words, int *choice)
{
	for (int i = 0; input->choice != NULL && input->choice[i] != NULL; i++)
		if (input->choice[i][0] != '\0' && span_is(words, input->choice[i])) {
			*choice = i;
			return true;
		}
	return false;
}

static bool choice_refuse(const struct input *input, struct span words, struct fail *why)
{
	struct text wanted = TEXT_EMPTY;

	for (int i = 0; input->choice[i] != NULL; i++)
		text_addf(&wanted, "%s%s", i > 0 ? ", " : "", input->choice[i]);
	fail_set(why, FAIL_BAD_INPUT,
		"\"%s\" is none of the words for it (want one of %s)",
		CUT_SPAN(words, 60), wanted.at);
	text_release(&wanted);
	return false;
}

bool figure_may_be(const struct input *input, struct money amount, struct fail *why)
{
	char is[MONEY_TEXT], meant[MONEY_TEXT];

	if (!input->not_negative || amount.cents >= 0)
		return true;
	fail_set(why, FAIL_BAD_INPUT, "\"%s\" is below zero", money_plain(amount, is));
	return fail_hint(why,
		"write %s if that is meant: amounts are positive as named (%s)",
		money_plain(money_negate(amount), meant), input->what);
}

bool figure_parse(const struct input *input, struct span words, struct entered *entered,
	struct fail *why)
{
	*entered = (struct entered){ .given = true };
	if (choice_find(input, words, &entered->choice))
		return true;
	switch (input->kind) {
	case INPUT_AMOUNT:
		return amount_parse(words, &entered->amount, why) &&
			figure_may_be(input, entered->amount, why);
	case INPUT_COUNT:
		return count_parse(words, &entered->amount, why);
	case INPUT_YES_NO:
		return yes_no_parse(words, &entered->amount, why);
	case INPUT_ONE_OF:
		return choice_refuse(input, words, why);
	}
	assert(false);
	return false;
}

/* "name=value", both non-empty, blanks around either taken off. */
static bool split(
	const char *words, struct span *name, struct span *value, struct fail *why)
{
	const char *const equals = strchr(words, '=');

	if (equals == NULL || equals == words)
		return fail_set(
			why, FAIL_USAGE, "\"%s\" is not NAME=VALUE", CUT(words, 60));
	*name = span_trim((struct span){ words, (size_t)(equals - words) });
	*value = span_trim(span_of(equals + 1));
	if (value->length == 0)
		return fail_set(why, FAIL_USAGE, "\"%s\" has no value", CUT(words, 60));
	return true;
}

static bool year_has_forms(int year, struct fail *why)
{
	if (year < LAW_FIRST_YEAR || year > LAW_LAST_YEAR)
		return fail_set(why, FAIL_NOT_MODELLED,
			"%d: there are forms for %d to %d only", year, LAW_FIRST_YEAR,
			LAW_LAST_YEAR);
	return true;
}

/* The full id of a line of the year: "6251.2k" is f6251.2k. */
static bool line_name(const struct law *law, int year, const char *id,
	struct names *names, uint32_t *name, struct fail *why)
{
	struct line_ref line;

	if (!law_line_find(law, year, id, &line, why))
		return false;
	const struct line_words words = law_line_words(law, year, line);
	struct text full = TEXT_EMPTY;

	text_addf(&full, "%s.%s", words.form, words.line);
	*name = names_add(names, full.at, full.length);
	text_release(&full);
	return true;
}

static bool status_from_words(struct span value, struct fail *why)
{
	enum filing_status status;

	for (status = STATUS_SINGLE; status < STATUSES; status++)
		if (span_is(value, status_name(status)))
			return true;
	return fail_set(why, FAIL_USAGE,
		"\"%s\" is no filing status (want single, mfj, mfs, hoh or qss)",
		CUT_SPAN(value, 60));
}

/* Typed on a command line, a wrong value is wrong usage, and its name belongs to the message. */
static bool usage(struct fail *why, const char *name)
{
	why->kind = FAIL_USAGE;
	return fail_in(why, "%s", name);
}

static bool figure_fill(const struct law *law, const char *name, struct span value,
	struct names *names, struct fact *fact, struct fail *why)
{
	size_t index;
	struct entered entered = { 0 };

	fact->name = names_add(names, name, strlen(name));
	if (strcmp(name, "status") == 0) {
		fact->text = names_add(names, value.at, value.length);
		return status_from_words(value, why);
	}
	if (question_find(name) != NULL || strcmp(name, "died") == 0) {
		fact->text = names_add(names, value.at, value.length);
		return span_is(value, "yes") || span_is(value, "no") ||
			fail_set(why, FAIL_USAGE, "%s: \"%s\" is neither yes nor no",
				name, CUT_SPAN(value, 60));
	}
	if (!law_input_find(law, name, &index, why)) {
		why->kind = FAIL_USAGE;
		return false;
	}
	const struct input *const input = law_input(law, index);

	if (!figure_parse(input, value, &entered, why))
		return usage(why, name);
	fact->amount_known = input->kind == INPUT_AMOUNT &&
		(input->choice == NULL || input->choice[entered.choice][0] == '\0');
	if (fact->amount_known)
		fact->amount = entered.amount;
	else
		fact->text = names_add(names, value.at, value.length);
	return true;
}

static bool line_fill(const struct law *law, const char *name, struct span value,
	struct names *names, struct fact *fact, struct fail *why)
{
	fact->amount_known = true;
	if (!line_name(law, fact->year, name, names, &fact->name, why)) {
		why->kind = FAIL_USAGE;
		return false;
	}
	return amount_parse(value, &fact->amount, why) || usage(why, name);
}

bool figure_from_words(const struct law *law, int year, const char *words,
	struct names *names, struct fact *fact, struct fail *why)
{
	struct span name, value;

	if (!split(words, &name, &value, why) || !year_has_forms(year, why))
		return false;
	struct pool pool = { 0 };
	const char *const id = pool_text(&pool, name.at, name.length);

	*fact = FACT_EMPTY;
	fact->kind = FACT_FIGURE;
	fact->year = year;
	const bool done = strchr(id, '.') != NULL
		? line_fill(law, id, value, names, fact, why)
		: figure_fill(law, id, value, names, fact, why);
	pool_release(&pool);
	return done;
}

enum filed_kind { FILED_DAY, FILED_AMOUNT, FILED_PAYMENT, FILED_FORM, FILED_WORD };
static const struct {
	const char *name;
	enum filed_kind kind;
} filed_words[] = {
	{ "filed_on", FILED_DAY },
	{ "extended_to", FILED_DAY },
	{ "withheld", FILED_AMOUNT },
	{ "paid", FILED_PAYMENT },
	{ "not_filed", FILED_FORM },
	{ "software", FILED_WORD },
	{ "state", FILED_WORD },
};

/* "1200@2025-04-15" */
static bool payment_parse(struct span value, struct fact *fact, struct fail *why)
{
	const char *const at = memchr(value.at, '@', value.length);

	if (at == NULL)
		return fail_set(why, FAIL_USAGE,
			"\"%s\" has no day (want AMOUNT@YYYY-MM-DD)",
			CUT_SPAN(value, 60));
	const size_t before = (size_t)(at - value.at);
	const struct span amount = span_trim((struct span){ value.at, before });
	const struct span day =
		span_trim((struct span){ at + 1, value.length - before - 1 });

	return amount_parse(amount, &fact->amount, why) &&
		day_parse_iso(day.at, day.length, &fact->day, why);
}

/* "8801" is f8801: a form of the year, none of whose lines was filed. */
static bool form_parse(const struct law *law, struct span value, struct names *names,
	struct fact *fact, struct fail *why)
{
	struct pool pool = { 0 };
	const char *const *forms = law_forms(law, fact->year, &pool);
	bool found = false;

	for (; *forms != NULL && !found; forms++)
		if (span_is(value, *forms) ||
			(**forms == 'f' && span_is(value, *forms + 1))) {
			fact->text = names_add(names, *forms, strlen(*forms));
			found = true;
		}
	pool_release(&pool);
	return found ||
		fail_set(why, FAIL_USAGE, "\"%s\" is no form of %d", CUT_SPAN(value, 60),
			fact->year);
}

static bool filed_fill(const struct law *law, enum filed_kind kind, const char *name,
	struct span value, struct names *names, struct fact *fact, struct fail *why)
{
	bool done = false;

	fact->name = names_add(names, name, strlen(name));
	fact->amount_known = kind == FILED_AMOUNT || kind == FILED_PAYMENT;
	switch (kind) {
	case FILED_DAY:
		done = day_parse_iso(value.at, value.length, &fact->day, why);
		if (done)
			fact->text = names_add(names, value.at, value.length);
		break;
	case FILED_AMOUNT:
		done = amount_parse(value, &fact->amount, why);
		break;
	case FILED_PAYMENT:
		done = payment_parse(value, fact, why);
		break;
	case FILED_FORM:
		done = form_parse(law, value, names, fact, why);
		break;
	case FILED_WORD:
		fact->text = names_add(names, value.at, value.length);
		done = true;
		break;
	}
	return done || usage(why, name);
}

static bool filed_refuse(const char *name, struct fail *why)
{
	const char *words[COUNT(filed_words)];

	for (size_t i = 0; i < COUNT(filed_words); i++)
		words[i] = filed_words[i].name;
	const char *const near = nearest_word(name, words, COUNT(words));

	struct text all = TEXT_EMPTY;

	for (size_t i = 0; i < COUNT(words); i++)
		text_addf(&all, "%s%s", i > 0 ? ", " : "", words[i]);
	fail_set(why, FAIL_USAGE, "\"%s\" is neither a line nor one of %s", CUT(name, 60),
		all.at);
	text_release(&all);
	if (near != NULL)
		fail_hint(why,
			"did you mean %s? Lines are written FORM.LINE, like f6251.2k",
			near);
	else
		fail_hint(why, "lines are written FORM.LINE, like f6251.2k");
	return false;
}

bool filed_from_words(const struct law *law, int year, const char *words,
	struct names *names, struct fact *fact, struct fail *why)
{
	struct span name, value;

	if (!split(words, &name, &value, why) || !year_has_forms(year, why))
		return false;
	struct pool pool = { 0 };
	const char *const id = pool_text(&pool, name.at, name.length);
	bool done = false;
	size_t i = 0;

	*fact = FACT_EMPTY;
	fact->kind = FACT_FILED;
	fact->year = year;
	while (i < COUNT(filed_words) && strcmp(filed_words[i].name, id) != 0)
		i++;
	if (i < COUNT(filed_words))
		done = filed_fill(law, filed_words[i].kind, id, value, names, fact, why);
	else if (strchr(id, '.') != NULL)
		done = line_fill(law, id, value, names, fact, why);
	else
		done = filed_refuse(id, why);
	pool_release(&pool);
	return done;
}

const struct fact *figure_standing(const struct facts *facts, const struct fact *fact)
{
	/* Payments have one name and differ by their day; a day itself is the word's value. */
	const bool payment = fact->kind == FACT_FILED && fact->amount_known;
	const bool form = fact->kind == FACT_FILED &&
		strcmp(names_text(facts->names, fact->name), "not_filed") == 0;

	for (size_t i = facts->count; i-- > 0;) {
		const struct fact *const it = &facts->at[i];

		if (it->kind == fact->kind && it->year == fact->year &&
			it->name == fact->name && it->owner == fact->owner &&
			(!payment || it->day.number == fact->day.number) &&
			(!form || it->text == fact->text))
			return it;
	}
	return NULL;
}

bool figure_same(const struct fact *a, const struct fact *b)
{
	return a->amount_known == b->amount_known &&
		(a->amount_known ? a->amount.cents == b->amount.cents
				 : a->text == b->text);
}

static const char *figure_shown(
	const struct names *names, const struct fact *fact, char room[MONEY_TEXT])
{
	return fact->amount_known ? money_plain(fact->amount, room)
				  : names_text(names, fact->text);
}

bool figure_may_stand(
	const struct facts *facts, const struct fact *fact, struct fail *why)
{
	const struct fact *const standing = figure_standing(facts, fact);
	char was[MONEY_TEXT], is[MONEY_TEXT];

	if (standing == NULL || figure_same(standing, fact))
		return true;
	fail_set(why, FAIL_BAD_INPUT, "%s of %d stands as %s (fact %lld), not %s",
		names_text(facts->names, fact->name), fact->year,
		CUT(figure_shown(facts->names, standing, was), 60),
		(long long)standing->id, CUT(figure_shown(facts->names, fact, is), 60));
	return fail_hint(
		why, "say --replace REASON to void the old one and enter the new");
}

bool figures_agree(const struct facts *facts, struct fail *why)
{
	char one[MONEY_TEXT], other[MONEY_TEXT];

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_FIGURE && fact->kind != FACT_FILED)
			continue;
		const struct fact *const last = figure_standing(facts, fact);

		if (last == fact)
			continue;
		fail_set(why, FAIL_BAD_INPUT,
			"%s of %d stands twice, as %s (fact %lld) and as %s (fact "
			"%lld)",
			names_text(facts->names, fact->name), fact->year,
			CUT(figure_shown(facts->names, fact, one), 60),
			(long long)fact->id,
			CUT(figure_shown(facts->names, last, other), 60),
			(long long)last->id);
		return fail_hint(
			why, "undo the batch of one of them first: dualbasis log");
	}
	return true;
}
