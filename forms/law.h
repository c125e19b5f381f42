/*
 * law.h: the parsed definitions: what is printed, what is entered, how each line is computed.
 *
 * One struct law serves all years; it is read-only once loaded and may be shared.
 * See LANGUAGE.md for the text it is made from.
 */
#ifndef DUALBASIS_FORMS_LAW_H
#define DUALBASIS_FORMS_LAW_H

#include "ledger/base/pool.h"
#include "ledger/book.h"
#include "ledger/f8949.h"

#define LAW_FIRST_YEAR 2018
#define LAW_LAST_YEAR  2026

enum filing_status {
	STATUS_SINGLE,
	STATUS_MFJ,
	STATUS_MFS,
	STATUS_HOH,
	STATUS_QSS,
	STATUSES
};
const char *status_name(enum filing_status);
bool status_find(const char *name, enum filing_status *);

struct law;

/*
 * The definitions built into the program, read but not yet checked: a year is checked when it is
 * first asked for (a test holds that all are right). From files, for tests: every year is checked.
 */
bool law_builtin(struct law **, struct fail *) MUST_USE;
struct law_file {
	const char *name, *text;
	size_t length;
};
bool law_parse(
	const struct law_file *, size_t count, struct law **, struct fail *) MUST_USE;
void law_free(struct law *);

enum input_kind { INPUT_AMOUNT, INPUT_COUNT, INPUT_YES_NO, INPUT_ONE_OF };
/*
 * Choices are NULL-terminated: of ONE_OF its words; of an AMOUNT that may also be a word
 * (`amount or all`), "" for the amount itself and then the words; else NULL.
 */
struct input {
	const char *name; /* "wages", "amt_long_term_carryover" */
	const char *what, *hint, *law, *note;
	enum input_kind kind;
	bool not_negative; /* an amount that is 0 or more, or it is an error */
	const char *const *choice;
	int default_choice;
	enum book book;
};
size_t law_inputs(const struct law *);
const struct input *law_input(const struct law *, size_t index);
/* The index of an input by name; false with the nearest names. `year`, `status`, `id` are none. */
bool law_input_find(
	const struct law *, const char *name, size_t *index, struct fail *) MUST_USE;

/* A line of a year: found by "f6251.2k", "6251.2k", "schedule_d@amt.16". */
struct line_ref {
	uint32_t number;
};
bool law_line_find(const struct law *, int year, const char *id, struct line_ref *,
	struct fail *) MUST_USE;

struct line_words {
	const char *form; /* "f6251"; "schedule_d@amt" for a copy */
	const char *line; /* "2k"; what is printed, where ID is a word, in `printed` */
	const char *printed;
	const char *label, *law, *note, *part;
	bool is_value; /* a step, not a printed line */
	bool exact;
	const char *draft; /* why the form is not final in that year, or NULL */
};
struct line_words law_line_words(const struct law *, int year, struct line_ref);
/* All lines of a form copy in printed order, values included; false if no such form that year. */
bool law_form_lines(const struct law *, int year, const char *form,
	const struct line_ref **, size_t *count, struct fail *) MUST_USE;
/* Ids of the form copies of a year in the order of definition, NULL-terminated, in the pool. */
const char *const *law_forms(const struct law *, int year, struct pool *);
const char *law_form_name(const struct law *, const char *form); /* "Form 6251" */
const char *law_form_title(const struct law *, const char *form);

/* For `limits`: every refusal, and every situation that is not computed. */
enum limit_effect {
	LIMIT_REFUSED, /* the return is refused */
	LIMIT_ENTER,   /* another form or worksheet gives it, and its result is entered */
	LIMIT_OVERSTATES, /* left out, and the tax shown can only be too high */
	LIMIT_EITHER,     /* left out, and the tax shown can be too low as well */
	LIMIT_OUTSIDE,    /* nothing that the program is about */
	LIMIT_EFFECTS
};
const char *limit_effect_name(enum limit_effect); /* "overstates" */

struct limit {
	const char *id, *what, *hint; /* hint: what to do, or NULL */
	enum limit_effect effect;
};
size_t law_limits(const struct law *);
struct limit law_limit(const struct law *, size_t index);

#endif
