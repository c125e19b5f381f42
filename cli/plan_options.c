/* The words of a plan's options, and the grants that they choose or describe. */
#include <string.h>

#include "cli/plan.h"

/* ---- values -------------------------------------------------------------------------------- */

bool plan_bad_option(const char *option, struct fail *why)
{
	why->kind = FAIL_USAGE;
	return fail_in(why, "--%s", option);
}

bool plan_price_option(const struct call *call, const char *option, struct price *price,
	struct fail *why)
{
	if (!price_parse(call_value(call, option), price, why))
		return plan_bad_option(option, why);
	if (price->e8 >= 0 && price->e8 <= PRICE_LIMIT_E8)
		return true;
	fail_set(why, FAIL_USAGE, "want a price of 0 or more");
	return plan_bad_option(option, why);
}

bool plan_shares_option(const struct call *call, struct shares *shares, struct fail *why)
{
	if (!shares_parse(call_value(call, "shares"), shares, why))
		return plan_bad_option("shares", why);
	if (shares->e8 > 0 && shares->e8 <= SHARES_LIMIT_E8)
		return true;
	fail_set(why, FAIL_USAGE, "want a number of shares above 0");
	return plan_bad_option("shares", why);
}

/* ---- a year -------------------------------------------------------------------------------- */

/* Of a year without a filing status: it can be said right here. */
static bool hint_status(const struct planning *work, struct fail *why)
{
	if (why->kind == FAIL_MISSING_FACTS)
		fail_hint(why,
			"dualbasis fact %d status=... wages=..., or only for this plan: "
			"dualbasis plan %s %d status=single wages=150000",
			work->year, work->call->topic->name, work->year);
	return false;
}

static bool options_agree(const struct call *call, struct fail *why)
{
	if (call_has(call, "strike") &&
		(call_has(call, "grant") || call_has(call, "symbol")))
		return fail_set(why, FAIL_USAGE,
			"--strike describes a grant, and --%s chooses one of the ledger: "
			"say one of them",
			call_has(call, "grant") ? "grant" : "symbol");
	return true;
}

bool plan_open(struct planning *work, const struct call *call, struct fail *why)
{
	*work = (struct planning){ .call = call };
	if (!year_parse(call->operand[0], &work->year, why) || !options_agree(call, why))
		return false;
	if (work->year < LAW_FIRST_YEAR || work->year > LAW_LAST_YEAR)
		return fail_set(why, FAIL_NOT_MODELLED,
			"there are forms for %d to %d only, not for %d: the law's "
			"figures of that year are not known here",
			LAW_FIRST_YEAR, LAW_LAST_YEAR, work->year);
	if (call_has(call, "price") &&
		!plan_price_option(call, "price", &work->price, why))
		return false;
	if (!home_open_as_if(&work->home, call, work->year, 1, why))
		return false;
	if (home_computes(&work->home, work->year, why)
			? chain_year(&work->home.chain, work->year, &work->its, why)
			: hint_status(work, why))
		return true;
	home_close(&work->home);
	return false;
}

/* ---- grants -------------------------------------------------------------------------------- */

const char *plan_grant_id(const struct planning *work, const struct plan_grant *grant)
{
	const uint32_t id = grant->option->grant->grant;

	return id == 0 ? "" : names_text(work->home.facts.names, id);
}

static const char *symbol_of(const struct planning *work, const struct plan_grant *grant)
{
	return names_text(work->home.facts.names, grant->option->symbol);
}

bool plan_hint_grant(struct fail *why)
{
	return fail_hint(why,
		"record the grant (dualbasis record grant), or describe it: --strike "
		"DOLLARS");
}

/* What the user chose between is not there: say what is. */
static bool none_chosen(const struct planning *work, const char *option,
	const struct plan_grant *all, size_t count,
	const char *(*word)(const struct planning *, const struct plan_grant *),
	struct fail *why)
{
	struct text list = TEXT_EMPTY;

	for (size_t i = 0; i < count; i++) {
		bool told = false;

		for (size_t j = 0; j < i; j++)
			told |= strcmp(word(work, &all[j]), word(work, &all[i])) == 0;
		if (!told)
			text_addf(&list, "%s%s", list.length > 0 ? ", " : "",
				word(work, &all[i]));
	}
	fail_set(why, FAIL_USAGE, "no ISO grant with shares left in %d is %s \"%s\"",
		work->year, strcmp(option, "grant") == 0 ? "named" : "of",
		CUT(call_value(work->call, option), 60));
	if (list.length > 0)
		fail_hint(why, "those that there are: %s", list.at);
	else
		plan_hint_grant(why);
	text_release(&list);
	return false;
}

static bool keep_chosen(struct planning *work, const char *option,
	const char *(*word)(const struct planning *, const struct plan_grant *),
	struct fail *why)
{
	const char *const chosen = call_value(work->call, option);
	struct plan_grant *const kept =
		pool_alloc(work->call->pool, (work->grants + 1) * sizeof *kept);
	size_t count = 0;

	if (chosen == NULL)
		return true;
	for (size_t i = 0; i < work->grants; i++)
		if (strcmp(word(work, &work->grant[i]), chosen) == 0)
			kept[count++] = work->grant[i];
	if (count == 0)
		return none_chosen(work, option, work->grant, work->grants, word, why);
	work->grant = kept;
	work->grants = count;
	return true;
}

/* One price is the price of one company's shares. */
static bool one_company(const struct planning *work, struct fail *why)
{
	if (!call_has(work->call, "price"))
		return true;
	for (size_t i = 1; i < work->grants; i++) {
		const char *const one = symbol_of(work, &work->grant[0]);
		const char *const other = symbol_of(work, &work->grant[i]);

		if (strcmp(one, other) == 0)
			continue;
		fail_set(why, FAIL_USAGE,
			"--price is of one company, and grants of %s and %s are open",
			one, other);
		return fail_hint(why, "say which one: --symbol %s, or --grant ID", one);
	}
	return true;
}

static bool described(struct planning *work, struct fail *why)
{
	struct plan_grant *const grant = pool_alloc(work->call->pool, sizeof *grant);

	grant->endless = !call_has(work->call, "shares");
	if (!plan_price_option(work->call, "strike", &grant->strike, why) ||
		(!grant->endless && !plan_shares_option(work->call, &grant->left, why)))
		return false;
	grant->available = grant->left;
	work->grant = grant;
	work->grants = 1;
	return true;
}

bool plan_find_grants(struct planning *work, struct fail *why)
{
	if (call_has(work->call, "strike"))
		return described(work, why);
	plan_grants(work->home.household.lots, work->year, &work->grant, &work->grants,
		work->call->pool);
	return keep_chosen(work, "grant", plan_grant_id, why) &&
		keep_chosen(work, "symbol", symbol_of, why) && one_company(work, why);
}
