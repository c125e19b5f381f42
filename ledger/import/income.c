/* What composite forms say besides sales, and the figures of the return that it is a part of. */
#include "ledger/import/income.h"

#include <assert.h>
#include <string.h>

#include "ledger/import/value.h"

static const struct {
	const char *form, *box, *what, *figure, *purpose;
} kinds[INCOME_KINDS] = {
#define X(name, form_, box_, what_, figure_, purpose_)                                   \
	[INCOME_##name] = { form_, box_, what_, figure_, purpose_ },
	INCOMES(X)
#undef X
};

const char *income_form(enum income kind)
{
	return kinds[kind].form;
}

const char *income_box(enum income kind)
{
	return kinds[kind].box;
}

const char *income_what(enum income kind)
{
	return kinds[kind].what;
}

const char *income_figure(enum income kind)
{
	return kinds[kind].figure;
}

const char *income_purpose(enum income kind)
{
	return kinds[kind].purpose != NULL ? kinds[kind].purpose : kinds[kind].figure;
}

enum income income_of_box(const char *form, const char *box)
{
	for (enum income kind = 0; kind < INCOME_KINDS; kind++)
		if (strcmp(kinds[kind].form, form) == 0 && value_is(box, kinds[kind].box))
			return kind;
	return INCOME_KINDS;
}

enum income income_of_name(const struct income_name *names, const char *name)
{
	for (; names->name != NULL; names++)
		if (value_is(name, names->name))
			return names->kind;
	return INCOME_KINDS;
}

bool incomes_any(const struct incomes *incomes)
{
	for (enum income kind = 0; kind < INCOME_KINDS; kind++)
		if (incomes->of[kind].cents != 0)
			return true;
	return false;
}

void incomes_add(struct incomes *to, const struct incomes *more)
{
	for (enum income kind = 0; kind < INCOME_KINDS; kind++)
		to->of[kind] = money_plus(to->of[kind], more->of[kind]);
}

static void add_figure(struct text *text, const char *name, struct money amount)
{
	char plain[MONEY_TEXT];

	if (amount.cents != 0)
		text_addf(text, "%s%s=%s", text->length > 0 ? " " : "", name,
			money_plain(amount, plain));
}

void incomes_figures(const struct incomes *incomes, struct text *text)
{
	for (enum income kind = 0; kind < INCOME_KINDS; kind++) {
		const char *const figure = kinds[kind].figure;
		struct money sum = { 0 };
		bool told = figure == NULL;

		for (enum income other = 0; !told && other < INCOME_KINDS; other++) {
			if (kinds[other].figure == NULL ||
				strcmp(kinds[other].figure, figure) != 0)
				continue;
			told = other < kind;
			sum = money_plus(sum, incomes->of[other]);
		}
		if (!told)
			add_figure(text, figure, sum);
	}
	const struct money all = incomes->of[INCOME_CONTRACTS];
	const struct money part = money_part(all, 60, 100);

	add_figure(text, "other_short_term_gain", money_less(all, part));
	add_figure(text, "other_long_term_gain", part);
}
