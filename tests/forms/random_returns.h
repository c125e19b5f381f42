/*
 * random_returns.h: invented returns in columns, plain ones and extremes, the same for a seed.
 */
#ifndef DUALBASIS_TESTS_FORMS_RANDOM_RETURNS_H
#define DUALBASIS_TESTS_FORMS_RANDOM_RETURNS_H

#include <stdlib.h>
#include <string.h>

#include "forms/batch.h"
#include "tests/forms/draw.h"

static inline uint64_t random_below(uint64_t *state, uint64_t bound)
{
	return draw(state) % bound;
}

/* Cents: mostly whole dollars of every size, sometimes at the edges of the Tax Table's steps. */
static inline int64_t random_amount(uint64_t *state, int64_t most)
{
	int64_t reach = 1000;

	for (uint64_t i = random_below(state, 12); i > 0 && reach < most; i--)
		reach *= 10;
	if (reach > most)
		reach = most;
	int64_t cents = (int64_t)random_below(state, (uint64_t)reach + 1);

	switch (random_below(state, 8)) {
	case 0:
		return cents; /* with odd cents */
	case 1:
		return cents / 5000 * 5000; /* on an edge */
	case 2:
		return cents / 5000 * 5000 + (int64_t)random_below(state, 2);
	case 3:
		return cents / 100 * 100 + 50; /* half a dollar */
	default:
		return cents / 100 * 100;
	}
}

static inline bool is_signed(const char *name)
{
	static const char *const part[] = { "gain", "difference", "adjustment",
		"other_income", "prior_f6251_1", "prior_f6251_2c" };

	for (size_t i = 0; i < COUNT(part); i++)
		if (strstr(name, part[i]) != NULL)
			return true;
	return false;
}

/* How a return is drawn: how often a figure is given, and how large amounts become. */
struct random_kind {
	unsigned one_in;
	int64_t most;
};

static inline void random_figure(uint64_t *state, const struct input *input,
	struct random_kind kind, int64_t *number, uint8_t *choice, uint8_t *given)
{
	uint64_t choices = 0;

	*number = 0;
	*choice = (uint8_t)input->default_choice;
	*given = random_below(state, kind.one_in) == 0;
	if (!*given)
		return;
	while (input->choice != NULL && input->choice[choices] != NULL)
		choices++;
	*choice = choices > 0 ? (uint8_t)random_below(state, choices) : 0;
	switch (input->kind) {
	case INPUT_AMOUNT:
		if (choices == 0 || input->choice[*choice][0] == '\0')
			*number = random_amount(state, kind.most);
		if (!input->not_negative && is_signed(input->name) &&
			random_below(state, 2))
			*number = -*number;
		break;
	case INPUT_COUNT:
		*number = (int64_t)random_below(state, 4);
		break;
	case INPUT_YES_NO:
		/* Most of these are situations that are refused. */
		*number = random_below(state, 64) == 0;
		break;
	case INPUT_ONE_OF:
		break;
	}
}

#endif
