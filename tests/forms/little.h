/*
 * little.h: small definitions made from text, for tests of the language itself.
 */
#ifndef DUALBASIS_TESTS_LITTLE_H
#define DUALBASIS_TESTS_LITTLE_H

#include "tests/forms/case.h"
#include "tests/forms/draw.h"

static inline struct law *law_of(const char *text)
{
	const struct law_file file = { "x.form", text, strlen(text) };
	struct law *law;
	struct fail why;

	if (!law_parse(&file, 1, &law, &why))
		cr_fatal("%s:%ld:%ld: %s", why.file, why.row, why.column, why.message);
	return law;
}

/* Whether a text is no definitions, and then why. */
static inline bool refused(const char *text, size_t length, struct fail *why)
{
	const struct law_file file = { "x.form", text, length };
	struct law *law;

	if (!law_parse(&file, 1, &law, why))
		return true;
	law_free(law);
	return false;
}

/* An input by name; the value in cents, or plain for a count or a yes_no. */
static inline void give(struct tax_case *tax, const char *name, int64_t value)
{
	size_t index;
	struct fail why;

	cr_assert(law_input_find(tax->law, name, &index, &why), "%s", why.message);
	tax->entered[index] = (struct entered){ .given = true, .amount.cents = value };
}

static inline void give_word(struct tax_case *tax, const char *name, int choice)
{
	give(tax, name, 0);
	size_t index;
	struct fail why;

	cr_assert(law_input_find(tax->law, name, &index, &why));
	tax->entered[index].choice = choice;
}

static inline void enter(struct tax_case *tax, const char *line, int64_t cents)
{
	struct entered_line *const new = &tax->line[tax->input.line_count++];
	struct fail why;

	cr_assert(tax->input.line_count <= CASE_LINES);
	cr_assert(law_line_find(tax->law, tax->input.year, line, &new->line, &why), "%s",
		why.message);
	new->amount.cents = cents;
}

static inline void compute(struct tax_case *tax, const struct tax_return *prior)
{
	struct fail why;

	if (!return_evaluate(
		    tax->law, &tax->input, prior, &tax->result, &tax->pool, &why))
		cr_fatal("%s", why.message);
}

static inline int64_t cents_of(const struct tax_case *tax, const char *line)
{
	struct value value;
	struct fail why;

	cr_assert(return_find(tax->result, line, &value, &why), "%s", why.message);
	return value.amount.cents;
}

static inline int64_t exact_of(const struct tax_case *tax, const char *id)
{
	struct line_ref line;
	struct fail why;
	int64_t number, by;

	cr_assert(law_line_find(tax->law, tax->input.year, id, &line, &why), "%s",
		why.message);
	return_line_fraction(tax->result, line, &number, &by);
	cr_assert(number % by == 0, "%s is no whole number", id);
	return number / by;
}

static inline void draw_input(
	const struct input *input, struct entered *entered, uint64_t *state)
{
	int choices = 0;

	entered->given = true;
	while (input->choice != NULL && input->choice[choices] != NULL)
		choices++;
	if (choices > 0)
		entered->choice = (int)draw_below(state, choices);
	switch (input->kind) {
	case INPUT_AMOUNT:
		if (entered->choice != 0)
			break;
		entered->amount.cents =
			draw_below(state, INT64_C(1000) << draw_below(state, 20));
		if (strstr(input->name, "gain") != NULL && draw_below(state, 2))
			entered->amount.cents = -entered->amount.cents;
		break;
	case INPUT_COUNT:
		entered->amount.cents = draw_below(state, 4);
		break;
	case INPUT_YES_NO:
		/* Most of them are situations that are refused. */
		entered->amount.cents = draw_below(state, 100) == 0;
		break;
	case INPUT_ONE_OF:
		break;
	}
}

/*
 * A return with figures of every size in a third of the inputs; in a year after another without
 * opening balances.
 */
static inline struct tax_case *draw_case(const struct law *law, int year,
	enum filing_status status, bool after, bool cents, uint64_t *state)
{
	struct tax_case *const tax = case_begin(law, year, status_name(status));

	tax->input.cents = cents;
	tax->input.schedule = draw_below(state, 4) == 0;
	for (size_t i = 0; i < law_inputs(law); i++) {
		const struct input *const input = law_input(law, i);
		const bool opening = strstr(input->name, "prior_") != NULL ||
			strstr(input->name, "carry") != NULL;

		if (draw_below(state, 3) == 0 && !(opening && after))
			draw_input(input, &tax->entered[i], state);
	}
	return tax;
}

/*
 * A drawn return on top of one of the year before (on none in the first year). False if the
 * definitions refuse it; both cases are the caller's to end.
 */
static inline bool draw_pair(const struct law *law, int year, bool cents, uint64_t *state,
	struct tax_case **before, struct tax_case **tax)
{
	const enum filing_status status = (enum filing_status)draw_below(state, STATUSES);
	const struct tax_return *prior = NULL;
	struct fail why = { 0 };
	bool done = true;

	*before = NULL;
	if (year > LAW_FIRST_YEAR) {
		*before = draw_case(law, year - 1, status, false, cents, state);
		done = return_evaluate(law, &(*before)->input, NULL, &(*before)->result,
			&(*before)->pool, &why);
		prior = (*before)->result;
	}
	*tax = draw_case(law, year, status, *before != NULL, cents, state);
	done = done &&
		return_evaluate(
			law, &(*tax)->input, prior, &(*tax)->result, &(*tax)->pool, &why);
	cr_assert(done || why.kind == FAIL_NOT_MODELLED, "%s", why.message);
	return done;
}

static inline void end_pair(struct tax_case *before, struct tax_case *tax)
{
	if (before != NULL)
		case_end(before);
	case_end(tax);
}

#endif
