/*
 * case_forms.h: what a case says of a household's returns, besides its lots.
 *
 * Figures are facts ("figures 2024 status=mfj wages=100000"; a figure said again takes the place
 * of the first); "return dollars" and "return table" choose how lines are printed: whole dollars,
 * and the Tax Table instead of the schedule. A statement names lines ("form 2024 f6251.2k=-5").
 */
#ifndef DUALBASIS_TESTS_CASE_FORMS_H
#define DUALBASIS_TESTS_CASE_FORMS_H

#include "forms/chain.h"
#include "tests/ledger/case_words.h"
#include "tests/ledger/household.h"

/* Read once, when the first case asks. */
static struct law *law_of_cases;
static struct chain_options printed;

static inline void forms_begin(void)
{
	printed = (struct chain_options){ .cents = true, .schedule = true };
}

static inline const struct law *law(void)
{
	struct fail why = { 0 };

	if (law_of_cases == NULL)
		cr_assert(law_builtin(&law_of_cases, &why), "%s", why.message);
	return law_of_cases;
}

static inline bool figure_add(
	struct household *home, int year, const char *words, struct fail *why)
{
	struct fact fact;

	if (!figure_from_words(law(), year, words, home->facts.names, &fact, why))
		return false;
	const struct fact *const standing = figure_standing(&home->facts, &fact);

	if (standing == NULL) {
		add_fact(home, fact);
	} else {
		fact.id = standing->id;
		home->facts.at[standing - home->facts.at] = fact;
	}
	return true;
}

static inline bool figures_add(
	struct household *home, const struct line *line, struct fail *why)
{
	cr_assert(line->words > 3, "%s:%d: too short", line->file, line->number);
	for (size_t i = 3; i < line->words; i++)
		if (!figure_add(home, atoi(line->word[2]), line->word[i], why))
			return false;
	return true;
}

static inline void printed_as(const struct line *line)
{
	const char *const how = line->words == 3 ? line->word[2] : "";

	if (strcmp(how, "dollars") == 0)
		printed.cents = false;
	else if (strcmp(how, "table") == 0)
		printed.schedule = false;
	else
		cr_assert(false, "%s:%d: return dollars, or return table", line->file,
			line->number);
}

/* False, with why, where a return cannot be computed; no year may have a status. */
static inline bool forms_compute(struct household *home, const struct lots *lots,
	struct chain *chain, struct fail *why)
{
	return chain_compute(law(), &home->facts, lots, printed, chain, &home->pool, why);
}

static inline struct chain forms_of(
	struct household *home, const struct lots *lots, const struct line *line)
{
	struct chain chain;
	struct fail why = { 0 };

	cr_assert(forms_compute(home, lots, &chain, &why), "%s:%d: %s", line->file,
		line->number, why.message);
	return chain;
}

static inline const struct tax_return *form_year(
	const struct chain *chain, const struct line *line)
{
	const struct tax_return *its;
	struct fail why = { 0 };

	cr_assert(chain_year(chain, atoi(line->word[2]), &its, &why), "%s:%d: %s",
		line->file, line->number, why.message);
	return its;
}

static inline const struct credit_year *credit_of(
	struct household *home, const struct chain *chain, const struct line *line)
{
	struct credit_year *years;
	size_t count;
	struct fail why = { 0 };

	cr_assert(chain_credit(chain, &years, &count, &home->pool, &why), "%s:%d: %s",
		line->file, line->number, why.message);
	for (size_t i = 0; i < count; i++)
		if (years[i].year == atoi(line->word[2]))
			return &years[i];
	cr_assert(
		false, "%s:%d: no credit in %s", line->file, line->number, line->word[2]);
	return NULL;
}

#endif
