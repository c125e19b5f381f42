/* What must hold of each fact by itself, whoever entered it. */
#include "ledger/base/pool.h"
#include "ledger/fact_words.h"
#include "ledger/record.h"

/* What a kind cannot do without. */
enum need {
	NEED_DAY = 1,
	NEED_SHARES = 2, /* more than zero */
	NEED_SYMBOL = 4,
	NEED_FMV = 8,
	NEED_TARGET = 16,
	NEED_PER = 32,
	NEED_ORIGIN = 64, /* a lot, or the day of the exercise or award */
};

static const unsigned needs[FACT_KINDS] = {
	[FACT_GRANT] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_EXERCISE] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_FMV,
	[FACT_SALE] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_REPORTED_SALE] = NEED_DAY,
	[FACT_VEST] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_FMV | NEED_ORIGIN,
	[FACT_FORFEITURE] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_ORIGIN,
	[FACT_RSU] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_FMV,
	[FACT_RESTRICTED] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_FMV,
	[FACT_ESPP] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_FMV,
	[FACT_PURCHASE] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_GIFT_RECEIVED] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_INHERITANCE] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_FMV,
	[FACT_GIFT] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_TO_SPOUSE] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_DEATH] = NEED_DAY | NEED_SYMBOL | NEED_FMV,
	[FACT_WORTHLESS] = NEED_DAY | NEED_SYMBOL,
	[FACT_CASH_IN_LIEU] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_TRANSFER] = NEED_DAY | NEED_SYMBOL | NEED_TARGET,
	[FACT_SPLIT] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_PER,
	[FACT_MERGER] = NEED_DAY | NEED_SYMBOL,
	[FACT_SPIN_OFF] = NEED_DAY | NEED_SHARES | NEED_SYMBOL | NEED_PER | NEED_TARGET,
	[FACT_SYMBOL_CHANGE] = NEED_DAY | NEED_SYMBOL | NEED_TARGET,
	[FACT_ORDER] = NEED_DAY,
	[FACT_SWAP] = NEED_DAY | NEED_SHARES | NEED_SYMBOL,
	[FACT_LEFT] = NEED_DAY,
	[FACT_EXERCISABLE] = NEED_DAY | NEED_SHARES,
};

static bool missing(const char *what, const char *option, struct fail *why)
{
	fail_set(why, FAIL_BAD_INPUT, "%s is missing", what);
	return fail_hint(why, "give --%s (in a file the column of that name)", option);
}

/* Shares and prices are both in 1e-8; a price reads best with its cents. */
static const char *plain(int64_t e8, bool price, char *to)
{
	return price ? price_plain((struct price){ e8 }, to)
		     : shares_plain((struct shares){ e8 }, to);
}

static bool above_zero_as(const char *what, int64_t e8, bool price, struct fail *why)
{
	char found[MONEY_TEXT];

	if (e8 > 0)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "%s must be more than zero, %s is given",
		what, plain(e8, price, found));
}

static bool above_zero(const char *what, struct shares shares, struct fail *why)
{
	return above_zero_as(what, shares.e8, false, why);
}

static bool price_above_zero(const char *what, struct price price, struct fail *why)
{
	return above_zero_as(what, price.e8, true, why);
}

static bool not_below_zero(
	const char *what, const char *found, bool good, struct fail *why)
{
	return good ||
		fail_set(why, FAIL_BAD_INPUT, "%s must not be negative, %s is given",
			what, found);
}

static bool not_negative(const char *what, struct money money, struct fail *why)
{
	char found[MONEY_TEXT];

	return not_below_zero(what, money_plain(money, found), money.cents >= 0, why);
}

static bool price_not_negative(const char *what, struct price price, struct fail *why)
{
	char found[MONEY_TEXT];

	return not_below_zero(what, price_plain(price, found), price.e8 >= 0, why);
}

static bool shares_not_negative(struct shares shares, struct fail *why)
{
	char found[MONEY_TEXT];

	return not_below_zero("shares", shares_plain(shares, found), shares.e8 >= 0, why);
}

static bool not_before(const char *what, struct day day, const char *than_what,
	struct day than, struct fail *why)
{
	char a[DAY_TEXT], b[DAY_TEXT];

	if (!day_known(day) || !day_known(than) || day.number >= than.number)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "%s %s is before %s %s", what,
		day_iso(day, a), than_what, day_iso(than, b));
}

static bool no_more_than(const char *what, int64_t number, const char *than_what,
	int64_t than, struct fail *why)
{
	char a[MONEY_TEXT], b[MONEY_TEXT];

	if (number <= than)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "%s (%s) are more than %s (%s)", what,
		shares_plain((struct shares){ number }, a), than_what,
		shares_plain((struct shares){ than }, b));
}

static bool changes_security(enum fact_kind kind)
{
	return kind == FACT_MERGER || kind == FACT_SPIN_OFF || kind == FACT_SYMBOL_CHANGE;
}

static bool into_itself(enum fact_kind kind, struct fail *why)
{
	fail_set(why, FAIL_BAD_INPUT,
		"the new security is the old one (to and symbol are the same)");
	if (kind == FACT_MERGER)
		fail_hint(why,
			"new shares for old ones of one symbol are a split; a new "
			"company that keeps the symbol needs a name of its own "
			"here: ACME-NEW");
	return false;
}

static bool check_needs(const struct fact *fact, struct fail *why)
{
	const unsigned need = needs[fact->kind];

	if ((need & NEED_DAY) && !day_known(fact->day))
		return missing("the day", "date", why);
	if ((need & NEED_SYMBOL) && fact->symbol == 0)
		return missing("the security", "symbol", why);
	if ((need & NEED_SHARES) && !above_zero("shares", fact->shares, why))
		return false;
	if ((need & NEED_PER) && !above_zero("per", fact->per, why))
		return false;
	/* A zero or blank box is not a zero: R-008. */
	if ((need & NEED_FMV) &&
		!price_above_zero("the fair market value", fact->fmv, why))
		return false;
	if ((need & NEED_TARGET) && fact->target == 0)
		return missing("where to", "to", why);
	if (changes_security(fact->kind) && fact->target != 0 &&
		fact->target == fact->symbol)
		return into_itself(fact->kind, why);
	if ((need & NEED_ORIGIN) && fact->lot == 0 && !day_known(fact->other_day))
		return missing(
			"the exercise or award that it is of", "lot or --from-date", why);
	return true;
}

/* A change that gives more benefits is a new grant, tested by its own day's value (s. 424(h)). */
static bool check_grant(const struct fact *fact, struct fail *why)
{
	if (!price_above_zero("the strike", fact->price, why))
		return false;
	if (fact->target == 0)
		return true;
	if (fact->target == fact->grant) {
		fail_set(why, FAIL_BAD_INPUT, "the grant supersedes itself");
		return fail_hint(why,
			"give the changed grant an --id of its own, and --supersedes the "
			"id "
			"of the first one");
	}
	if (fact->option == OPTION_NSO || fact->fmv.e8 > 0)
		return true;
	fail_set(why, FAIL_BAD_INPUT,
		"the value on the day of the change is missing: a changed ISO is tested "
		"anew (s. 424(h))");
	return fail_hint(why, "give --fmv; or --kind nso, if it is no ISO any more");
}

static bool check_exercise(const struct fact *fact, struct fail *why)
{
	if (!not_before(
		    "the exercise of", fact->day, "the grant of", fact->other_day, why))
		return false;
	if (!day_known(fact->other_day) && fact->grant == 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"the exercise says neither its grant nor the day of the grant");
		return fail_hint(why, "give --grant-date (Form 3921 box 1), or --grant");
	}
	return price_above_zero("the strike", fact->price, why) &&
		not_negative("the option's basis", fact->basis, why) &&
		no_more_than("unvested shares", fact->unvested.e8, "those exercised",
			fact->shares.e8, why) &&
		no_more_than("nso shares", fact->nso_shares.e8, "those exercised",
			fact->shares.e8, why);
}

static bool check_sale(const struct fact *fact, struct fail *why)
{
	if (!not_negative("proceeds", fact->proceeds, why) ||
		!price_not_negative("the price", fact->price, why) ||
		!not_negative("the fee", fact->fee, why))
		return false;
	if (!fact->proceeds_known && fact->price.e8 == 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"the sale says neither its proceeds nor a price above zero");
		return fail_hint(why, "give --price, or --proceeds; proceeds may be 0");
	}
	return true;
}

static bool check_purchase(const struct fact *fact, struct fail *why)
{
	if (!fact->basis_known && fact->price.e8 == 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"the purchase says neither its cost nor a price above zero");
		return fail_hint(why, "give --price, or --cost; cost may be 0");
	}
	return price_not_negative("the price", fact->price, why) &&
		not_negative("the cost", fact->basis, why);
}

static bool check_espp(const struct fact *fact, struct fail *why)
{
	if (!day_known(fact->other_day))
		return missing(
			"the day of the grant (Form 3922 box 1)", "grant-date", why);
	return not_before("the purchase of", fact->day, "the grant of", fact->other_day,
		       why) &&
		price_above_zero("the price paid", fact->price, why) &&
		price_above_zero("the value on the grant date", fact->grant_fmv, why);
}

static bool check_gift_received(const struct fact *fact, struct fail *why)
{
	if (!fact->basis_known)
		return missing("the donor's basis", "basis", why);
	if (!day_known(fact->other_day))
		return missing("when the donor acquired", "acquired", why);
	return not_before("the gift of", fact->day, "the donor's purchase of",
		       fact->other_day, why) &&
		not_negative("the donor's basis", fact->basis, why);
}

static bool check_merger(const struct fact *fact, struct fail *why)
{
	if (fact->target == 0 && fact->price.e8 == 0) {
		fail_set(why, FAIL_BAD_INPUT,
			"the merger brings neither new shares nor cash");
		return fail_hint(
			why, "give --to, --shares and --per, or --cash, or both");
	}
	if (!price_not_negative("the cash", fact->price, why))
		return false;
	if (fact->target == 0)
		return true;
	if (!above_zero("shares", fact->shares, why) ||
		!above_zero("per", fact->per, why))
		return false;
	/* Gain is counted against what the new shares are worth. */
	if (fact->price.e8 != 0 || fact->taxable)
		return price_above_zero(
			"the fair market value of a new share", fact->fmv, why);
	return true;
}

static bool check_spin_off(const struct fact *fact, struct fail *why)
{
	if (fact->taxable)
		return price_above_zero(
			"the fair market value of a new share", fact->fmv, why);
	if (fact->fraction.e8 > 0 && fact->fraction.e8 < 100000000)
		return true;
	char found[MONEY_TEXT];

	fail_set(why, FAIL_BAD_INPUT,
		"the fraction of the basis that stays must be between 0 and 1, %s is "
		"given",
		shares_plain((struct shares){ fact->fraction.e8 }, found));
	return fail_hint(why, "it is in the issuer's Form 8937");
}

static bool check_names(const struct fact *fact, struct fail *why)
{
	if (fact->kind == FACT_EXERCISABLE && fact->grant == 0)
		return missing("the grant", "grant", why);
	if (fact->kind == FACT_SWAP && fact->lot == 0)
		return missing("the lot exercised", "lot", why);
	if (fact->kind == FACT_ORDER && fact->text == 0)
		return missing("the order", "order", why);
	if (fact->kind == FACT_ACCOUNT && fact->account == 0)
		return missing("the account", "account", why);
	return true;
}

/* What is exact up to a trillion dollars is held to it where it comes in. */
static bool check_sizes(const struct fact *fact, struct fail *why)
{
	const struct {
		const char *what;
		struct price price;
	} prices[] = {
		{ "price", fact->price },
		{ "value", fact->fmv },
		{ "value on the grant date", fact->grant_fmv },
		{ "price on the grant date", fact->grant_price },
	};
	const struct {
		const char *what;
		struct money money;
	} amounts[] = {
		{ "proceeds", fact->proceeds },
		{ "basis", fact->basis },
		{ "AMT basis", fact->amt_basis },
		{ "wash sale loss", fact->wash },
	};

	for (size_t i = 0; i < COUNT(prices); i++)
		if (!price_fits(prices[i].price, fact->shares.e8))
			return fail_set(why, FAIL_BAD_INPUT,
				"shares times %s is more than a trillion dollars",
				prices[i].what);
	for (size_t i = 0; i < COUNT(amounts); i++)
		if (amounts[i].money.cents > MONEY_LIMIT_CENTS ||
			amounts[i].money.cents < -MONEY_LIMIT_CENTS)
			return fail_set(why, FAIL_BAD_INPUT,
				"the %s is more than a trillion dollars",
				amounts[i].what);
	return true;
}

bool fact_check(const struct fact *fact, struct fail *why)
{
	if (!check_needs(fact, why) || !check_names(fact, why) || !check_sizes(fact, why))
		return false;
	switch (fact->kind) {
	case FACT_GRANT:
		return check_grant(fact, why);
	case FACT_EXERCISE:
		return check_exercise(fact, why);
	case FACT_SALE:
	case FACT_CASH_IN_LIEU:
		return check_sale(fact, why);
	case FACT_REPORTED_SALE:
		/* A broker's row may lack its shares, and a short sale closes before it opens. */
		return shares_not_negative(fact->shares, why);
	case FACT_RSU:
		return no_more_than("shares delivered", fact->kept.e8, "those vested",
			fact->shares.e8, why);
	case FACT_ESPP:
		return check_espp(fact, why);
	case FACT_PURCHASE:
		return check_purchase(fact, why);
	case FACT_GIFT_RECEIVED:
		return check_gift_received(fact, why);
	case FACT_MERGER:
		return check_merger(fact, why);
	case FACT_SPIN_OFF:
		return check_spin_off(fact, why);
	case FACT_TRANSFER:
		return shares_not_negative(fact->shares, why);
	case FACT_NONE:
	case FACT_SECURITY:
	case FACT_FIGURE:
	case FACT_FILED:
	case FACT_VEST:
	case FACT_FORFEITURE:
	case FACT_RESTRICTED:
	case FACT_INHERITANCE:
	case FACT_GIFT:
	case FACT_TO_SPOUSE:
	case FACT_DEATH:
	case FACT_WORTHLESS:
	case FACT_SPLIT:
	case FACT_SYMBOL_CHANGE:
	case FACT_ORDER:
	case FACT_SWAP:
	case FACT_LEFT:
	case FACT_EXERCISABLE:
	case FACT_ACCOUNT:
	case FACT_WAIVER:
	case FACT_KINDS:
		break;
	}
	return true;
}
