/* `plan`: years that have not happened yet. */
#include <assert.h>
#include <string.h>

#include "cli/as_if.h"
#include "export/plan.h"

struct planning {
	const struct call *call;
	struct home home;
	int year;
	struct room_answer answer;
};

/* ---- options ------------------------------------------------------------------------------- */

/* A value that cannot be read is wrong usage of the option it stands after. */
static bool bad_option(const char *option, struct fail *why)
{
	why->kind = FAIL_USAGE;
	return fail_in(why, "--%s", option);
}

static bool price_option(const struct call *call, const char *option, struct price *price,
	struct fail *why)
{
	if (!price_parse(call_value(call, option), price, why))
		return bad_option(option, why);
	if (price->e8 >= 0 && price->e8 <= PRICE_LIMIT_E8)
		return true;
	fail_set(why, FAIL_USAGE, "want a price of 0 or more");
	return bad_option(option, why);
}

static bool shares_option(
	const struct call *call, struct shares *shares, struct fail *why)
{
	if (!shares_parse(call_value(call, "shares"), shares, why))
		return bad_option("shares", why);
	if (shares->e8 > 0 && shares->e8 <= SHARES_LIMIT_E8)
		return true;
	fail_set(why, FAIL_USAGE, "want a number of shares above 0");
	return bad_option("shares", why);
}

/* "5", "5%", "2.5": hundredths of a percent. */
static bool margin_option(const struct call *call, int *margin, struct fail *why)
{
	const char *const said = call_value(call, "margin");
	int64_t parts = 500;

	if (said != NULL) {
		const size_t length = strlen(said);
		const bool sign = length > 0 && said[length - 1] == '%';

		if (!decimal_parse(said, length - sign, 2, &parts, why))
			return bad_option("margin", why);
	}
	if (parts < 0 || parts > 10000) {
		fail_set(why, FAIL_USAGE, "\"%s\" is not a percentage of 0 to 100",
			CUT(said, 40));
		return bad_option("margin", why);
	}
	*margin = (int)parts;
	return true;
}

/* Options that mean nothing without another. */
static bool options_agree(const struct call *call, struct fail *why)
{
	static const struct {
		const char *option, *needs;
	} pairs[] = {
		{ "strike", "price" },
		{ "shares", "strike" },
		{ "margin", "price" },
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (call_has(call, pairs[i].option) && !call_has(call, pairs[i].needs))
			return fail_set(why, FAIL_USAGE, "--%s needs --%s",
				pairs[i].option, pairs[i].needs);
	if (call_has(call, "strike") &&
		(call_has(call, "grant") || call_has(call, "symbol")))
		return fail_set(why, FAIL_USAGE,
			"--strike describes a grant, and --%s chooses one of the ledger: "
			"say one of them",
			call_has(call, "grant") ? "grant" : "symbol");
	return true;
}

/* ---- grants -------------------------------------------------------------------------------- */

static const char *id_of(const struct planning *work, const struct plan_grant *grant)
{
	const uint32_t id = grant->option->grant->grant;

	return id == 0 ? "" : names_text(work->home.facts.names, id);
}

static const char *symbol_of(const struct planning *work, const struct plan_grant *grant)
{
	return names_text(work->home.facts.names, grant->option->symbol);
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
		fail_hint(why,
			"record the grant (dualbasis record grant), or describe it: "
			"--strike DOLLARS");
	text_release(&list);
	return false;
}

static bool keep_chosen(struct planning *work, const char *option,
	const char *(*word)(const struct planning *, const struct plan_grant *),
	struct fail *why)
{
	struct room_answer *const answer = &work->answer;
	const char *const chosen = call_value(work->call, option);
	struct plan_grant *const kept =
		pool_alloc(work->call->pool, (answer->grants + 1) * sizeof *kept);
	size_t count = 0;

	if (chosen == NULL)
		return true;
	for (size_t i = 0; i < answer->grants; i++)
		if (strcmp(word(work, &answer->grant[i]), chosen) == 0)
			kept[count++] = answer->grant[i];
	if (count == 0)
		return none_chosen(
			work, option, answer->grant, answer->grants, word, why);
	answer->grant = kept;
	answer->grants = count;
	return true;
}

/* One price is the price of one company's shares. */
static bool one_company(const struct planning *work, struct fail *why)
{
	const struct room_answer *const answer = &work->answer;

	for (size_t i = 1; answer->priced && i < answer->grants; i++)
		if (strcmp(symbol_of(work, &answer->grant[i]),
			    symbol_of(work, &answer->grant[0])) != 0) {
			fail_set(why, FAIL_USAGE,
				"--price is of one company, and grants of %s and %s are "
				"open",
				symbol_of(work, &answer->grant[0]),
				symbol_of(work, &answer->grant[i]));
			return fail_hint(why, "say which one: --symbol %s, or --grant ID",
				symbol_of(work, &answer->grant[0]));
		}
	return true;
}

static bool described(struct planning *work, struct fail *why)
{
	struct room_answer *const answer = &work->answer;
	struct plan_grant *const grant = pool_alloc(work->call->pool, sizeof *grant);

	grant->endless = !call_has(work->call, "shares");
	if (!price_option(work->call, "strike", &grant->strike, why) ||
		(!grant->endless && !shares_option(work->call, &grant->left, why)))
		return false;
	grant->available = grant->left;
	answer->grant = grant;
	answer->grants = 1;
	return true;
}

static bool find_grants(struct planning *work, struct fail *why)
{
	struct room_answer *const answer = &work->answer;

	if (call_has(work->call, "strike"))
		return described(work, why);
	plan_grants(work->home.household.lots, work->year, &answer->grant,
		&answer->grants, work->call->pool);
	return keep_chosen(work, "grant", id_of, why) &&
		keep_chosen(work, "symbol", symbol_of, why) && one_company(work, why);
}

/* ---- room ---------------------------------------------------------------------------------- */

static void fit(struct planning *work)
{
	struct room_answer *const answer = &work->answer;

	if (!answer->priced) {
		answer->no_shares = answer->grants > 0
			? "no price is given, --price DOLLARS"
			: "no grant and no price are given, --strike DOLLARS --price "
			  "DOLLARS";
		return;
	}
	if (answer->grants == 0) {
		answer->no_shares =
			"no ISO grant with shares left is recorded (dualbasis record "
			"grant), and none is described, --strike DOLLARS";
		return;
	}
	plan_fit(&answer->room, answer->price, answer->margin, answer->grant,
		answer->grants, &answer->fit);
	answer->fitted = true;
	if (answer->grant[0].endless && answer->fit.bound == PLAN_BY_NO_SPREAD)
		answer->no_shares = "the price is no more than the strike: any number of "
				    "shares adds nothing to AMT income";
	else if (answer->grant[0].endless && answer->fit.bound == PLAN_BY_NOTHING)
		answer->no_shares = "no number of shares makes AMT";
}

static bool plan(struct planning *work, struct fail *why)
{
	struct room_answer *const answer = &work->answer;

	answer->household = &work->home.household;
	answer->priced = call_has(work->call, "price");
	if (!margin_option(work->call, &answer->margin, why) ||
		(answer->priced &&
			!price_option(work->call, "price", &answer->price, why)) ||
		!find_grants(work, why) ||
		!chain_year(&work->home.chain, work->year, &answer->its, why) ||
		!plan_room(answer->its, &answer->room, why))
		return false;
	fit(work);
	return plan_rows(answer->its, &answer->room, answer->price, answer->grant,
		answer->grants,
		answer->fitted && answer->no_shares == NULL ? &answer->fit : NULL,
		answer->row, &answer->rows, why);
}

static void answer_plan(const struct planning *work)
{
	const struct call *const call = work->call;

	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		data_room(&answer.json, &work->answer, call->pool);
		answer_close(&answer);
		return;
	}
	struct report report;

	report_init(&report, call->pool, "Plan");
	report_room(&report, &work->answer);
	print_report(call, &report);
}

/* Of a year without a filing status: it can be said right here. */
static bool hint_status(const struct planning *work, struct fail *why)
{
	if (why->kind == FAIL_MISSING_FACTS)
		fail_hint(why,
			"dualbasis fact %d status=... wages=..., or only for this plan: "
			"dualbasis plan room %d status=single wages=150000",
			work->year, work->year);
	return false;
}

static bool room(struct call *call, struct fail *why)
{
	struct planning work = { .call = call };

	if (!year_parse(call->operand[0], &work.year, why) || !options_agree(call, why))
		return false;
	if (work.year < LAW_FIRST_YEAR || work.year > LAW_LAST_YEAR)
		return fail_set(why, FAIL_NOT_MODELLED,
			"there are forms for %d to %d only, not for %d: the law's "
			"figures of that year are not known here",
			LAW_FIRST_YEAR, LAW_LAST_YEAR, work.year);
	if (!home_open_as_if(&work.home, call, work.year, 1, why))
		return false;
	const bool done =
		(home_computes(&work.home, work.year, why) || hint_status(&work, why)) &&
		plan(&work, why);

	if (done)
		answer_plan(&work);
	home_close(&work.home);
	return done;
}

/* ---- the verb ------------------------------------------------------------------------------ */

static const struct option_words room_options[] = {
	OPTION_OWNER,
	{ .name = "price",
		.value = "DOLLARS",
		.what = "fair market value of a share at exercise" },
	{ .name = "grant", .value = "ID", .what = "of this grant alone" },
	{ .name = "symbol", .value = "SYMBOL", .what = "of this company's grants" },
	{ .name = "strike",
		.value = "DOLLARS",
		.what = "a grant that is not recorded, at this strike" },
	{ .name = "shares", .value = "SHARES", .what = "how many of it there are" },
	{ .name = "margin",
		.value = "PERCENT",
		.what = "of the room, kept as a margin; 5 if not given" },
	{ .name = "cents", .what = "keep cents on every line as printed" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};

static const struct topic *topics(struct pool *pool)
{
	static const struct topic list[] = {
		{ .name = "room",
			.what = "how much can be exercised in a year without AMT",
			.options = room_options,
			.operands = "YEAR [NAME=VALUE...]" },
		{ 0 },
	};

	(void)pool;
	return list;
}

static bool run(struct call *call, struct fail *why)
{
	return call_operands(call, 1, SIZE_MAX, why) && room(call, why);
}

static const char *const examples[] = {
	"dualbasis plan room 2026",
	"dualbasis plan room 2026 --price 91 --grant G1",
	"dualbasis plan room 2026 wages=310000 --price 91 --margin 0",
	"dualbasis plan room 2026 status=single wages=150000 --strike 1 --price 25",
	NULL,
};
const struct command command_plan = {
	.name = "plan",
	.summary = "years ahead: how much can be exercised without AMT",
	.operands = "room YEAR [NAME=VALUE...]",
	.details =
		"Computes the year's return as its facts have it, and again with more on "
		"line 2i of Form 6251, until AMT begins. The room is the spread (value "
		"less strike, times shares) that can still be added with the AMT at "
		"zero; "
		"exercises of the year that the ledger knows are counted already.\n\n"
		"With --price the room is told in shares of the ISO grants that have "
		"some "
		"left, less a margin, since prices and incomes move. --strike describes "
		"a grant that the ledger does not know.\n\n"
		"NAME=VALUE gives a figure for this plan alone, in place of what the "
		"ledger says; names are those of `fact`. Where a status is given, no "
		"ledger is needed. Nothing is written.\n\n"
		"The room is where the tax itself begins, to the cent; where the form's "
		"rounding to dollars hides the first cents of it, that is told beside "
		"it. A year whose forms are not final says so, and of a year whose "
		"figures of the law are not known nothing is computed.",
	.examples = examples,
	.topics = topics,
	.run = run,
};
