/* Turns a broker's row into a fact; every amount is rounded here, once. */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/value.h"

static uint32_t named(struct made *made, const char *text)
{
	return text == NULL ? 0 : names_add(made->names, text, strlen(text));
}

static const char *extra(const struct row *row, const char *name)
{
	for (const struct row_extra *at = row->plan; at != NULL && at->name != NULL; at++)
		if (strcmp(at->name, name) == 0)
			return at->value;
	return NULL;
}

static bool money(const struct row *row, const char *what, const char *plain,
	struct money *to, struct fail *why)
{
	if (plain == NULL || value_money(plain, to, why))
		return true;
	why->row = row->line;
	return fail_in(why, "%s", what);
}

static bool price(const struct row *row, const char *what, const char *plain,
	struct price *to, struct fail *why)
{
	if (plain == NULL || price_parse(plain, to, why))
		return true;
	why->row = row->line;
	return fail_in(why, "%s", what);
}

/* Short positions may be printed with negative quantities; a sale has none. */
static bool shares(struct made *made, const struct row *row, struct fail *why)
{
	const char *const plain = row->quantity;

	if (plain == NULL)
		return true;
	if (!value_shares(
		    plain + (*plain == '-'), &made->fact.shares, &made->rounded, why)) {
		why->row = row->line;
		return fail_in(why, "quantity");
	}
	return true;
}

/* "RS", "ESPP" or "SP", "SO" of a plan's statement. */
static const char *plan_of(const struct row *row)
{
	const char *type = extra(row, "plan_type");

	if (type == NULL)
		type = extra(row, "type");
	if (type == NULL)
		type = extra(row, "source");
	if (type == NULL)
		return NULL;
	return value_starts(type, "rs")                                    ? "rsu"
		: value_starts(type, "es")                                 ? "espp"
		: value_starts(type, "so") || value_starts(type, "option") ? "option"
									   : NULL;
}

static bool sale(struct made *made, const struct row *row, struct fail *why)
{
	struct fact *const fact = &made->fact;

	fact->kind = FACT_REPORTED_SALE;
	fact->day = row->sold;
	fact->other_day = row->acquired;
	fact->alias = named(made,
		row->description != NULL      ? row->description
			: row->symbol != NULL ? row->symbol
					      : row->cusip);
	fact->proceeds_known = row->proceeds != NULL;
	fact->basis_known = row->basis != NULL;
	fact->term = row->term;
	fact->covered = row->covered;
	fact->box = row->box;
	fact->plan = named(made, plan_of(row));
	fact->option = row->option;
	return money(row, "proceeds", row->proceeds, &fact->proceeds, why) &&
		money(row, "basis", row->basis, &fact->basis, why) &&
		money(row, "wash sale loss", row->wash_disallowed, &fact->wash, why) &&
		money(row, "market discount", row->market_discount, &fact->discount,
			why) &&
		money(row, "tax withheld", row->federal_withheld, &fact->withheld, why) &&
		money(row, "ordinary income", extra(row, "ordinary_income"),
			&fact->income, why);
}

static bool exercise(struct made *made, const struct row *row, struct fail *why)
{
	struct fact *const fact = &made->fact;

	fact->kind = FACT_EXERCISE;
	fact->day = row->acquired;
	fact->other_day = row->granted;
	fact->option = row->option;
	fact->grant = named(made, extra(row, "grant"));
	fact->lot = named(made, extra(row, "lot"));
	fact->owner = named(made, extra(row, "owner"));
	return price(row, "exercise price", row->strike, &fact->price, why) &&
		price(row, "fair market value", row->fmv, &fact->fmv, why);
}

/* An exercise without a value, a grant date or a kind is a question, not yet a fact. */
static bool whole_exercise(const struct row *row)
{
	return row->strike != NULL && row->fmv != NULL && row->quantity != NULL &&
		day_known(row->acquired) && row->option != OPTION_UNKNOWN;
}

bool made_from_row(struct made *made, const struct row *row, const char *symbol,
	const char *account, struct fail *why)
{
	bool done = true;

	made->fact = FACT_EMPTY;
	made->rounded = false;
	made->fact.source.row = row->line;
	made->fact.symbol = named(made, symbol);
	made->fact.account = named(made, account != NULL ? account : row->account);
	switch (row->kind) {
	case ROW_SALE:
		done = sale(made, row, why);
		break;
	case ROW_OPTION_EXERCISE:
		if (whole_exercise(row))
			done = exercise(made, row, why);
		break;
	case ROW_1256:
	case ROW_RSU_VEST:
	case ROW_ESPP_PURCHASE:
	case ROW_DIVIDEND:
	case ROW_TAX_WITHHOLDING:
	case ROW_TAX_REVERSAL:
	case ROW_TRANSFER:
	case ROW_KINDS:
		break;
	}
	return done && shares(made, row, why);
}
