/*
 * income.h: what composite forms say besides sales: dividends, interest, section 1256 contracts.
 *
 * No row becomes a fact of them, since a figure of the return is the sum of all payers, and only
 * its owner knows them all. So they are told, box by box, with the figure that they belong to, and
 * nothing of a file is entered or lost in silence.
 */
#ifndef DUALBASIS_IMPORT_INCOME_H
#define DUALBASIS_IMPORT_INCOME_H

#include "ledger/base/money.h"
#include "ledger/base/text.h"

/* X(NAME, "form", "box", "what", "figure of `fact` that it is a part of" or NULL, "else what for") */
/* clang-format off */
#define INCOMES(X) \
	X(DIVIDENDS, "1099-DIV", "1a", "ordinary dividends", "ordinary_dividends", NULL) \
	X(QUALIFIED, "1099-DIV", "1b", "qualified dividends", "qualified_dividends", NULL) \
	X(DISTRIBUTIONS, "1099-DIV", "2a", "capital gain distributions", \
		"capital_gain_distributions", NULL) \
	X(GAIN_1250, "1099-DIV", "2b", "unrecaptured section 1250 gain", \
		"unrecaptured_1250_gain", NULL) \
	X(GAIN_1202, "1099-DIV", "2c", "section 1202 gain", NULL, \
		"Form 8949 and the 28% rate gain worksheet") \
	X(GAIN_28, "1099-DIV", "2d", "collectibles (28%) gain", "gain_28_rate", NULL) \
	X(NONDIVIDEND, "1099-DIV", "3", "nondividend distributions", NULL, \
		"they lower the basis of those shares") \
	X(DIV_WITHHELD, "1099-DIV", "4", "federal income tax withheld", NULL, "Form 1040, line 25b") \
	X(DIV_199A, "1099-DIV", "5", "section 199A dividends", NULL, \
		"Form 8995; its result is qbi_deduction") \
	X(DIV_EXPENSES, "1099-DIV", "6", "investment expenses", NULL, "a part of box 1a already") \
	X(DIV_FOREIGN, "1099-DIV", "7", "foreign tax paid", NULL, \
		"Form 1116, twice; its results are foreign_tax_credit and amt_foreign_tax_credit") \
	X(DIV_CASH, "1099-DIV", "9", "cash liquidation distributions", NULL, \
		"record a sale, or lower the basis") \
	X(DIV_NONCASH, "1099-DIV", "10", "noncash liquidation distributions", NULL, \
		"record a sale, or lower the basis") \
	X(DIV_EXEMPT, "1099-DIV", "12", "exempt-interest dividends", NULL, "Form 1040, line 2a") \
	X(DIV_ACTIVITY, "1099-DIV", "13", "of them, from private activity bonds", \
		"private_activity_interest", NULL) \
	X(INTEREST, "1099-INT", "1", "interest", "taxable_interest", NULL) \
	X(INT_PENALTY, "1099-INT", "2", "early withdrawal penalty", "adjustments", NULL) \
	X(INT_TREASURY, "1099-INT", "3", "interest of U.S. bonds and Treasury obligations", \
		"taxable_interest", NULL) \
	X(INT_WITHHELD, "1099-INT", "4", "federal income tax withheld", NULL, "Form 1040, line 25b") \
	X(INT_EXPENSES, "1099-INT", "5", "investment expenses", NULL, "a part of box 1 already") \
	X(INT_FOREIGN, "1099-INT", "6", "foreign tax paid", NULL, \
		"Form 1116, twice; its results are foreign_tax_credit and amt_foreign_tax_credit") \
	X(INT_EXEMPT, "1099-INT", "8", "tax-exempt interest", NULL, "Form 1040, line 2a") \
	X(INT_ACTIVITY, "1099-INT", "9", "of it, from private activity bonds", \
		"private_activity_interest", NULL) \
	X(INT_DISCOUNT, "1099-INT", "10", "market discount", "taxable_interest", NULL) \
	X(INT_PREMIUM, "1099-INT", "11", "bond premium", NULL, "it lowers taxable_interest") \
	X(INT_US_PREMIUM, "1099-INT", "12", "bond premium on Treasury obligations", NULL, \
		"it lowers taxable_interest") \
	X(INT_EXEMPT_PREMIUM, "1099-INT", "13", "bond premium on tax-exempt bonds", NULL, \
		"it lowers the tax-exempt interest; of private activity bonds, " \
		"private_activity_interest too") \
	X(MISC_SUBSTITUTE, "1099-MISC", "8", "substitute payments", "other_income", NULL) \
	X(CONTRACTS, "1099-B", "11", "aggregate profit of section 1256 contracts", NULL, \
		"Form 6781: 40% short-term, 60% long-term")
/* clang-format on */

enum income {
#define X(name, form, box, what, figure, purpose) INCOME_##name,
	INCOMES(X)
#undef X
		INCOME_KINDS
};

const char *income_form(enum income);   /* "1099-DIV" */
const char *income_box(enum income);    /* "1a" */
const char *income_what(enum income);   /* "ordinary dividends" */
const char *income_figure(enum income); /* "ordinary_dividends", or NULL */
/* Where else it belongs: the figure's name, or a form. */
const char *income_purpose(enum income);

/* The kind of a form's box; INCOME_KINDS if there is none. Case-blind, blanks around do not matter. */
enum income income_of_box(const char *form, const char *box);

/* A name of a broker's own and what it means; a NULL name ends the list. */
struct income_name {
	const char *name; /* as name_plain() gives it */
	enum income kind;
};
enum income income_of_name(const struct income_name *, const char *name);

/* Sums by kind. */
struct incomes {
	struct money of[INCOME_KINDS];
};
bool incomes_any(const struct incomes *);
void incomes_add(struct incomes *, const struct incomes *);

/*
 * Append the options of `fact` that would enter them: "ordinary_dividends=1284.17 ...", figures
 * summed over the boxes they have. Form 6781's parts go to other_short_term_gain and
 * other_long_term_gain, the long-term one rounded (Form 6781, lines 8 and 9).
 */
void incomes_figures(const struct incomes *, struct text *);

#endif
