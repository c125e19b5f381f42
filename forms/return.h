/*
 * return.h: one year's return evaluated, explained, and put into spreadsheet formulas.
 *
 * return = filing status + entered figures + entered lines + ledger figures + last year's return.
 */
#ifndef DUALBASIS_FORMS_RETURN_H
#define DUALBASIS_FORMS_RETURN_H

#include "forms/law.h"

enum value_status {
	VALUE_COMPUTED,
	VALUE_ENTERED,
	VALUE_CARRIED,
	VALUE_CONSTANT,
	VALUE_ASSUMED,
	VALUE_MISSING,
	VALUE_NOT_MODELLED
};
const char *value_status_name(enum value_status);

struct value {
	bool filled;         /* a line that is not filled in is blank and counts as 0 */
	struct money amount; /* of exact lines 0: see return_line_fraction */
	enum value_status status;
	bool overridden; /* entered by hand; `computed` is what we would have */
	bool brought; /* carried from other returns than last year's own; `computed` as above */
	struct money computed;
};

struct entered {
	bool given;
	struct money
		amount; /* a count or a yes (1) or no (0): amount.cents; 0 beside a word */
	int choice;     /* index into the input's choices; 0 where it has none */
};
struct entered_line {
	struct line_ref line;
	struct money amount;
	const char *from; /* where it is carried from, in words; NULL: entered by hand */
};

struct return_input {
	int year;
	enum filing_status status;
	bool cents; /* keep cents on every line */
	/*
	 * Keep a hundredth of a cent on every line, for a search that the forms' rounding would
	 * disturb. The Tax Table stays what it is. A line's amount still reads in cents, rounded;
	 * return_owes() tells of less. It cannot be the year before another.
	 */
	bool exact;
	bool schedule; /* the rate schedule where the Tax Table would apply */
	const struct entered *entered; /* one an input, in the order of law_input() */
	const struct entered_line
		*lines; /* lines entered by hand, or carried from elsewhere */
	size_t line_count;
	const struct year_figures *ledger; /* NULL: no lots */
};

struct tax_return;

/*
 * Evaluate one year. `prior` is last year's return or NULL in the first year of the chain. The
 * result lives in the pool and keeps pointers to input and prior. Fails with NOT_MODELLED for a
 * refusal or an unknown parameter.
 */
bool return_evaluate(const struct law *, const struct return_input *,
	const struct tax_return *prior, struct tax_return **, struct pool *,
	struct fail *) MUST_USE;

struct value return_line(const struct tax_return *, struct line_ref);
/* The value of an exact line (a rate or a count) is number/by. */
void return_line_fraction(
	const struct tax_return *, struct line_ref, int64_t *number, int64_t *by);
/* By id; a name unknown in that year reads as a failure with the nearest names. */
bool return_find(const struct tax_return *, const char *id, struct value *,
	struct fail *) MUST_USE;
int return_year(const struct tax_return *);
/* Is a line above zero, by however little? */
bool return_owes(const struct tax_return *, struct line_ref);
/* What it was evaluated from, to evaluate it again with something changed. */
const struct law *return_law(const struct tax_return *);
const struct return_input *return_given(const struct tax_return *);
const struct tax_return *return_prior(const struct tax_return *);

/* Names of inputs that were not given and that some filled line reads: the assumptions. */
const char *const *return_assumptions(const struct tax_return *, struct pool *);

/*
 * Why a line has its value: a tree, in the pool. A line, a function or last year's line has the
 * formula and below it what the formula reads; the others are leaves. What is below a line is
 * shown once: where it comes up again, `repeated` is set and there are no children.
 */
enum why_kind {
	WHY_LINE,
	WHY_FUNCTION, /* of the language: the tax on an amount and its like; not rounded */
	WHY_INPUT,
	WHY_PARAMETER,
	WHY_LEDGER,
	WHY_PRIOR_LINE /* a line of last year's return, with its own explanation */
};
struct why_step;
struct why {
	enum why_kind kind;
	int year;
	const char *
		name; /* "6251.2k", "tax_on", "wages", "amt_exemption", "ledger.iso_spread" */
	const char *label;
	struct value value; /* in cents; the value of a rate or count is only in `text` */
	const char *
		text; /* as printed: "90,800.00", "26%", "2", "itemized"; "" when blank */
	const char *formula; /* with names; NULL for leaves and entered lines */
	const char *
		numbers; /* the same with numbers, by the branch taken; NULL with formula */
	const char *branch; /* which side decided and what would change it, or NULL */
	const char *law;    /* citation; of a parameter its source */
	const char *note;
	enum book book;
	enum ledger_figure ledger; /* of WHY_LEDGER */
	struct why **child;        /* the determining ones (all of them with `all`) */
	size_t children;
	bool repeated;               /* explained where it came up first */
	bool cut;                    /* not explained further, for the depth */
	const struct why_step *step; /* what why_verify() recomputes */
};
/* depth: how many levels below the line; negative for all of them. */
struct why *return_explain(
	const struct tax_return *, struct line_ref, bool all, int depth, struct pool *);
/*
 * Recompute every step of a tree from the values of its children, and each line's rounding; false
 * names the first that differs.
 */
bool why_verify(const struct why *, struct fail *) MUST_USE;

/*
 * The spreadsheet formula of a line, without "=", over defined names: lines "f6251_2k",
 * "schedule_d_amt_16"; inputs "input_wages"; parameters "p_amt_exemption" (already for the year
 * and status), "p_prior_amt_exemption"; ledger figures "ledger_iso_spread", "ledger_amt_d_gain";
 * last year's lines "prior_f8801_26"; options "option_schedule", "given_medicare_wages" (1 or 0).
 * A line that is not filled in is 0, so that others can add it; what depends on the filing status
 * and on whether there is a year before is settled. NULL for an entered line: its cell holds the
 * amount. Functions used: SUM MAX MIN IF AND OR NOT ROUND INT ABS.
 */
const char *return_formula(const struct tax_return *, struct line_ref, struct pool *);
/* The defined name of a line: "schedule_d_amt_16". */
const char *return_cell_name(const struct tax_return *, struct line_ref, struct pool *);

/* What the formulas of the year refer to besides lines, each with its value, for the workbook. */
enum leaf_kind { LEAF_INPUT, LEAF_PARAMETER, LEAF_LEDGER, LEAF_PRIOR, LEAF_OPTION };
struct leaf {
	enum leaf_kind kind;
	const char *cell_name; /* "input_wages" */
	const char *label, *source;
	bool is_rate;
	int64_t number, by; /* the value is number/by, in dollars for amounts */
	const char *word; /* of an input that holds a word: the cell's text; else NULL */
};
void return_leaves(
	const struct tax_return *, struct leaf **, size_t *count, struct pool *);

#endif
