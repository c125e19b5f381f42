/* Turns a broker's row into a fact; every amount is rounded here, once. */
#include <string.h>

#include "ledger/base/pool.h"
#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/value.h"

static uint32_t named(struct made *made, const char *text)
{
	return text == NULL ? 0 : names_add(made->names, text, strlen(text));
}

const char *row_extra(const struct row *row, const char *name)
{
	for (const struct row_extra *at = row->plan; at != NULL && at->name != NULL; at++)
		if (strcmp(at->name, name) == 0)
			return at->value;
	return NULL;
}

/* The first of the extras that is there, or NULL. */
static const char *first_extra(const struct row *row, const char *const *names)
{
	const char *value = NULL;

	for (; value == NULL && *names != NULL; names++)
		value = row_extra(row, *names);
	return value;
}

/* Say of a failure where it is, and what of the row. */
static bool wrong(const struct row *row, const char *what, struct fail *why)
{
	why->row = row->line;
	return fail_in(why, "%s", what);
}

static bool money(const struct row *row, const char *what, const char *plain,
	struct money *to, struct fail *why)
{
	return plain == NULL || value_money(plain, to, why) || wrong(row, what, why);
}

static bool price(const struct row *row, const char *what, const char *plain,
	struct price *to, struct fail *why)
{
	return plain == NULL || price_parse(plain, to, why) || wrong(row, what, why);
}

/* Short positions may be printed with negative quantities; a sale has none. */
static bool shares(struct made *made, const struct row *row, struct fail *why)
{
	const char *const plain = row->quantity;

	if (plain == NULL)
		return true;
	if (!value_shares(
		    plain + (*plain == '-'), &made->fact.shares, &made->rounded, why))
		return wrong(row, "quantity", why);
	return true;
}

/* "RS", "ESPP" or "SP", "SO" of a plan's statement. */
static const char *plan_of(const struct row *row)
{
	static const char *const names[] = { "plan_type", "type", "source", NULL };
	const char *const type = first_extra(row, names);

	return value_starts(type, "rs")                                    ? "rsu"
		: value_starts(type, "es")                                 ? "espp"
		: value_starts(type, "so") || value_starts(type, "option") ? "option"
									   : NULL;
}

static bool extra_price(
	const struct row *row, const char *name, struct price *to, struct fail *why)
{
	return price(row, name, row_extra(row, name), to, why);
}

static struct money more_than(struct money whole, struct money part)
{
	return money_max((struct money){ 0 }, money_less(whole, part));
}

/*
 * A statement that gives prices a share instead of sums. Shares that vested have their value as
 * basis, and what the basis lacks of it is on the W-2; shares of an ESPP cost their purchase price
 * (what a 1099-B shows), and sold too early their discount was wages.
 */
static bool plan_cost(
	struct made *made, const struct row *row, const char *plan, struct fail *why)
{
	struct fact *const fact = &made->fact;
	struct price vest = { 0 }, paid = { 0 }, value = { 0 };
	const char *const manner = row_extra(row, "disposition");

	if (plan == NULL || row_extra(row, "ordinary_income") != NULL)
		return true;
	if (!extra_price(row, "vest_fmv", &vest, why) ||
		!extra_price(row, "purchase_price", &paid, why) ||
		!extra_price(row, "purchase_fmv", &value, why))
		return false;
	if (strcmp(plan, "rsu") == 0 && vest.e8 > 0)
		fact->income = more_than(price_times(vest, fact->shares), fact->basis);
	if (strcmp(plan, "espp") != 0 || paid.e8 == 0)
		return true;
	if (!fact->basis_known) {
		fact->basis = price_times(paid, fact->shares);
		fact->basis_known = true;
	}
	if (manner != NULL && value_starts(manner, "disq"))
		fact->income = more_than(price_times(value, fact->shares),
			price_times(paid, fact->shares));
	return true;
}

/* Fees that a statement tells beside a sale: it brought what was left after them. */
static bool take_fees(struct made *made, const struct row *row, struct fail *why)
{
	struct fact *const fact = &made->fact;
	const char *const fees = row_extra(row, "fees");

	if (fees == NULL)
		return true;
	if (!money(row, "fees", fees, &fact->fee, why))
		return false;
	fact->proceeds = money_less(fact->proceeds, fact->fee);
	fact->gross = COVERED_NO;
	return true;
}

static bool sale(struct made *made, const struct row *row, struct fail *why)
{
	const char *const plan = plan_of(row);
	struct fact *const fact = &made->fact;

	fact->kind = FACT_REPORTED_SALE;
	fact->day = row->sold;
	fact->other_day = row->acquired;
	fact->alias = named(made,
		row->description != NULL      ? row_words(row)
			: row->symbol != NULL ? row->symbol
					      : row->cusip);
	fact->proceeds_known = row->proceeds != NULL;
	fact->basis_known = row->basis != NULL;
	fact->term = row->term;
	fact->covered = row->covered;
	fact->gross = row->gross;
	fact->box = row->box;
	fact->plan = named(made, plan);
	fact->option = row->option;
	return money(row, "proceeds", row->proceeds, &fact->proceeds, why) &&
		money(row, "basis", row->basis, &fact->basis, why) &&
		money(row, "wash sale loss", row->wash_disallowed, &fact->wash, why) &&
		money(row, "market discount", row->market_discount, &fact->discount,
			why) &&
		money(row, "tax withheld", row->federal_withheld, &fact->withheld, why) &&
		money(row, "ordinary income", row_extra(row, "ordinary_income"),
			&fact->income, why) &&
		take_fees(made, row, why) && shares(made, row, why) &&
		plan_cost(made, row, plan, why);
}

static bool exercise(struct made *made, const struct row *row, struct fail *why)
{
	struct fact *const fact = &made->fact;

	fact->kind = FACT_EXERCISE;
	fact->day = row->acquired;
	fact->other_day = row->granted;
	fact->option = row->option;
	fact->grant = named(made, row_extra(row, "grant"));
	fact->lot = named(made, row_extra(row, "lot"));
	fact->owner = named(made, row_extra(row, "owner"));
	return price(row, "exercise price", row->strike, &fact->price, why) &&
		price(row, "fair market value", row->fmv, &fact->fmv, why);
}

/* What an exercise, a vest or a purchase cannot be a fact without. */
static const char *lacking(const struct row *row, const char *symbol)
{
	const bool exercise = row->kind == ROW_OPTION_EXERCISE;
	const struct {
		bool missing;
		const char *what;
	} wants[] = {
		{ symbol == NULL, "its symbol" },
		{ row->quantity == NULL, "its shares" },
		{ !day_known(row->acquired), "its day" },
		{ exercise && row->strike == NULL, "its exercise price" },
		{ row->kind != ROW_ESPP_PURCHASE && row->fmv == NULL,
			exercise ? "the fair market value (Form 3921, box 4)"
				 : "the fair market value" },
		{ exercise && !day_known(row->granted), "the day of the grant" },
		{ exercise && row->option == OPTION_UNKNOWN,
			"whether the option is an ISO or an NSO" },
	};

	for (size_t i = 0; i < COUNT(wants); i++)
		if (wants[i].missing)
			return wants[i].what;
	return NULL;
}

static bool extra_shares(const struct row *row, const char *name, struct shares *to,
	bool *known, struct fail *why)
{
	const char *const plain = row_extra(row, name);
	bool rounded;

	*known = plain != NULL;
	return plain == NULL || value_shares(plain, to, &rounded, why) ||
		wrong(row, name, why);
}

/* Units vested: all of them, and those that were delivered. */
static bool vest(struct made *made, const struct row *row, struct fail *why)
{
	struct fact *const fact = &made->fact;
	static const char *const grants[] = { "award_id", "grant_number", NULL };
	struct shares withheld = { 0 };
	bool withheld_known;

	fact->kind = FACT_RSU;
	fact->day = row->acquired;
	fact->grant = named(made, first_extra(row, grants));
	if (!price(row, "fair market value", row->fmv, &fact->fmv, why) ||
		!extra_shares(row, "net_shares", &fact->kept, &fact->kept_known, why) ||
		!extra_shares(row, "withheld_shares", &withheld, &withheld_known, why) ||
		!shares(made, row, why))
		return false;
	/* Shares sold for the tax were delivered first: the 1099-B has their sale. */
	const char *const sold = row_extra(row, "sale_price");

	if (sold != NULL && strpbrk(sold, "123456789") != NULL) {
		fact->kept = fact->shares;
		fact->kept_known = true;
	}
	if (!fact->kept_known && withheld_known && withheld.e8 <= fact->shares.e8) {
		fact->kept.e8 = fact->shares.e8 - withheld.e8;
		fact->kept_known = true;
	}
	return true;
}

/* A purchase under a plan; without its figures (Form 3922) it is no fact. */
static bool purchase(struct made *made, const struct row *row, struct fail *why)
{
	struct fact *const fact = &made->fact;
	static const char *const grants[] = { "subscription_date", "grant_date", NULL };
	const char *const granted = first_extra(row, grants);
	const char *const paid = row_extra(row, "purchase_price");
	struct fact made_up = *fact;

	made_up.day = row->acquired;
	made_up.other_day = row->granted;
	if (granted != NULL &&
		!day_parse_iso(granted, strlen(granted), &made_up.other_day, why))
		return false;
	if (!extra_price(row, "purchase_price", &made_up.price, why) ||
		!extra_price(row, "grant_fmv", &made_up.grant_fmv, why) ||
		!extra_price(row, "subscription_fmv", &made_up.grant_fmv, why) ||
		!extra_price(row, "grant_price", &made_up.grant_price, why) ||
		!extra_price(row, "purchase_fmv", &made_up.fmv, why))
		return false;
	if (paid == NULL || !day_known(made_up.other_day) || made_up.grant_fmv.e8 == 0 ||
		made_up.fmv.e8 == 0) {
		made->lacks = "the figures of Form 3922";
		return true;
	}
	*fact = made_up;
	fact->kind = FACT_ESPP;
	fact->lot = named(made, row_extra(row, "lot"));
	fact->owner = named(made, row_extra(row, "owner"));
	return true;
}

/*
 * The box of a digital asset. From 2025 on G and J are of a Form 1099-DA with the basis, H and K of
 * one without, I and L of none; before, C and F. Where neither the term nor the day of acquisition
 * is known, the box is that of the short term, as which it counts.
 */
static void digital_box(struct fact *fact)
{
	const bool day = day_known(fact->other_day);

	if (fact->box != 0 || !day_known(fact->day))
		return;
	const bool is_long = day
		? fact->day.number >= day_held_longer_than(fact->other_day, 1).number
		: fact->term == TERM_LONG;

	if (day_year(fact->day) < 2025)
		fact->box = is_long ? 'F' : 'C';
	else if (fact->covered == COVERED_UNKNOWN)
		fact->box = is_long ? 'L' : 'I';
	else if (fact->covered == COVERED_YES)
		fact->box = is_long ? 'J' : 'G';
	else
		fact->box = is_long ? 'K' : 'H';
}

bool made_from_row(struct made *made, const struct row *row, const char *symbol,
	const char *account, bool digital, struct fail *why)
{
	static bool (*const makers[ROW_KINDS])(
		struct made *, const struct row *, struct fail *) = {
		[ROW_SALE] = sale,
		[ROW_OPTION_EXERCISE] = exercise,
		[ROW_RSU_VEST] = vest,
		[ROW_ESPP_PURCHASE] = purchase,
	};

	made->fact = FACT_EMPTY;
	made->rounded = false;
	made->lacks = NULL;
	made->fact.source.row = row->line;
	made->fact.symbol = named(made, symbol);
	made->fact.account = named(made, account != NULL ? account : row->account);
	if (makers[row->kind] != NULL) {
		if (row->kind != ROW_SALE)
			made->lacks = lacking(row, symbol);
		if (made->lacks == NULL && !makers[row->kind](made, row, why))
			return false;
	}
	if (row->kind == ROW_SALE) {
		if (digital || row->digital)
			digital_box(&made->fact);
		/* A plan's statement may leave the proceeds to the tax form. */
		if (row->proceeds == NULL && made->fact.plan == 0)
			made->lacks = "the proceeds";
		if (row->contract || made->lacks != NULL)
			made->fact.kind = FACT_NONE;
	}
	return shares(made, row, why);
}
