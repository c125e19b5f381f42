/* `todo`: what only the user can answer, the heaviest first. */
#include <stdlib.h>
#include <string.h>

#include "cli/home.h"
#include "forms/audit.h"
#include "forms/question.h"
#include "ledger/wash.h"

struct item {
	enum notice_weight weight;
	int year;
	const char *what; /* the sentence */
	const char *does; /* the command that settles it, or NULL */
	const char *rule; /* or NULL */
	size_t order;     /* among those of a weight and a year */
};

struct items {
	struct item *at;
	size_t count, room;
};

static void add(struct items *items, struct item item)
{
	GROW(items->at, items->count, items->room);
	item.order = items->count;
	items->at[items->count++] = item;
}

static int heavier(const void *left, const void *right)
{
	const struct item *const a = left;
	const struct item *const b = right;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static void from_notices(
	const struct call *call, const struct home *home, bool all, struct items *items)
{
	const struct lots *const lots = &home->lots;

	for (size_t i = 0; i < lots->notice_count; i++) {
		const struct notice *const notice = &lots->notice[i];
		struct text text = TEXT_EMPTY;

		if (notice_weight(notice->kind) < NOTICE_WARNING && !all)
			continue;
		notice_text(lots, notice, &text);
		add(items,
			(struct item){ .weight = notice_weight(notice->kind),
				.year = fact_year(notice->fact),
				.what = pool_text(call->pool, text.at, text.length),
				.rule = notice_rule(notice->kind) });
		text_release(&text);
	}
}

/* What an input counts as when nobody gives it: "0", "no", "auto". */
static const char *taken_as(const struct law *law, const char *name)
{
	struct fail unknown;
	size_t index;

	if (!law_input_find(law, name, &index, &unknown))
		return "0";
	const struct input *const input = law_input(law, index);

	switch (input->kind) {
	case INPUT_ONE_OF:
		return input->choice[input->default_choice];
	case INPUT_YES_NO:
		return "no";
	case INPUT_AMOUNT:
	case INPUT_COUNT:
		return "0";
	}
	return "0";
}

/* Figures that a line reads and nobody gave. */
static void from_returns(
	const struct call *call, const struct home *home, struct items *items)
{
	const struct chain *const chain = &home->chain;

	for (int year = chain->first; chain->first && year <= chain->last; year++) {
		const char *const *name =
			return_assumptions(chain->year[year - chain->first], call->pool);

		for (; *name; name++)
			add(items,
				(struct item){ .weight = NOTICE_ASSUMED,
					.year = year,
					.what = pool_printf(call->pool,
						"%s is taken as %s", *name,
						taken_as(home->law, *name)),
					.does = pool_printf(call->pool,
						"dualbasis fact %d %s=", year, *name) });
	}
}

/* Years in which something happened and no return can be computed. */
static void from_years(
	const struct call *call, const struct home *home, struct items *items)
{
	int first = 0, last = 0;

	year_range(&home->lots, &first, &last);
	for (int year = first; first && year <= last; year++)
		if (year > home->chain.last &&
			(year > LAW_FIRST_YEAR || home->chain.first > 0))
			add(items,
				(struct item){ .weight = NOTICE_QUESTION,
					.year = year,
					.what = "there are exercises or sales, but no "
						"filing status and wages",
					.does = pool_printf(call->pool,
						"dualbasis fact %d --template", year) });
}

/* Rows that a purchase in January can still change: R-089. */
static void from_windows(
	const struct call *call, const struct home *home, int year, struct items *items)
{
	struct wash_window *window;
	size_t count;

	wash_windows(&home->lots, year, home->today, &window, &count, call->pool);
	for (size_t i = 0; i < count; i++) {
		const struct lot *const lot = &home->lots.lot[window[i].disposition->lot];
		char sold[DAY_TEXT], until[DAY_TEXT], shares[MONEY_TEXT];
		char regular[MONEY_TEXT], amt[MONEY_TEXT];

		money_grouped(window[i].at_stake[BOOK_REGULAR], regular);
		money_grouped(window[i].at_stake[BOOK_AMT], amt);
		add(items,
			(struct item){ .weight = NOTICE_WARNING,
				.year = year,
				.what = pool_printf(call->pool,
					"the sale of %s of lot %s on %s is not final: "
					"what "
					"is acquired until %s can take its loss "
					"(regular %s, "
					"AMT %s)",
					shares_plain(window[i].shares, shares),
					lot_id(&home->lots, lot, call->pool),
					day_iso(window[i].disposition->sold, sold),
					day_iso(window[i].until, until), regular, amt),
				.does = window[i].passed
					? pool_printf(call->pool,
						  "dualbasis fact %d " WASH_QUESTION
						  "=no",
						  year)
					: NULL,
				.rule = "R-089" });
	}
}

static void from_all_windows(
	const struct call *call, const struct home *home, struct items *items)
{
	int first = 0, last = 0;

	year_range(&home->lots, &first, &last);
	for (int year = first; first && year <= last; year++)
		from_windows(call, home, year, items);
}

static bool is_locked(const struct home *home, int year)
{
	for (size_t i = 0; i < home->locks; i++)
		if (home->lock[i].year == year)
			return true;
	return false;
}

/* The questions of the years that have a return; what is locked is settled. */
static bool from_questions(
	const struct call *call, struct home *home, struct items *items, struct fail *why)
{
	const int first = home->chain.first;

	if (!store_locks(home->store, &home->lock, &home->locks, call->pool, why))
		return false;
	for (int year = first; first && year <= home->chain.last; year++) {
		struct asked *asked;
		size_t count;

		questions_ask(&home->facts, &home->lots, year, first, &asked, &count,
			call->pool);
		for (size_t i = 0; i < count && !is_locked(home, year); i++) {
			const struct question *const question = asked[i].question;
			const bool calls = asked[i].state == QUESTION_CALLS;

			if (question_settled(asked[i].state))
				continue;
			add(items,
				(struct item){ .weight = NOTICE_QUESTION,
					.year = year,
					.what = calls
						? pool_printf(call->pool,
							  "%s is answered %s",
							  question->name, asked[i].answer)
						: question->asks,
					.does = calls
						? question->then
						: pool_printf(call->pool,
							  "dualbasis fact %d %s=yes|no",
							  year, question->name) });
		}
	}
	return true;
}

/* Who else files, and cannot yet; a spouse's return that is not there. */
static void from_owner(const struct call *call, const struct home *home, uint32_t owner,
	struct items *items)
{
	const struct chain *const mine = &home->chain;
	const char *const name = owner_words(&home->facts, owner);
	const struct chain_options options = { .owner = owner };
	struct chain chain;
	struct fail why = { 0 };

	if (!chain_compute(home->law, &home->facts, &home->lots, options, &chain,
		    call->pool, &why)) {
		add(items,
			(struct item){ .weight = NOTICE_QUESTION,
				.year = mine->last,
				.what = pool_printf(call->pool,
					"no return of %s can be computed: %s", name,
					why.message),
				.does = pool_printf(call->pool, "%s", why.hint),
				.rule = "R-077" });
		return;
	}
	for (int year = mine->first; mine->first && year <= mine->last; year++)
		if (chain_status(mine, year) == STATUS_MFS && mine->owners.count == 2 &&
			(chain.first == 0 || year < chain.first || year > chain.last))
			add(items,
				(struct item){ .weight = NOTICE_ASSUMED,
					.year = year,
					.what = pool_printf(call->pool,
						"%s's own return is not there: a joint "
						"one later goes on from both",
						name),
					.does = pool_printf(call->pool,
						"dualbasis fact %d --owner %s status=mfs "
						"wages=",
						year, name) });
}

/* A joint return whose credit or losses nothing divides: to state before filing apart. */
static void from_shares(
	const struct call *call, const struct home *home, struct items *items)
{
	const struct chain *const chain = &home->chain;
	struct carry_shares shares;
	struct fail none;

	if (chain->first == 0 || chain->last >= LAW_LAST_YEAR ||
		!chain_joint(chain, chain->last) ||
		!chain_shares(chain, chain->last, &shares, &none))
		return;
	for (enum carry carry = 0; carry < CARRIES; carry++)
		if (shares.open[carry] != NULL)
			add(items,
				(struct item){ .weight = NOTICE_REMARK,
					.year = chain->last,
					.what = pool_printf(call->pool,
						"whose the %s is would have to be stated "
						"before filing apart: %s",
						carry_what(carry), shares.open[carry]),
					.rule = "R-077" });
}

static void from_owners(
	const struct call *call, const struct home *home, struct items *items)
{
	const struct owners *const owners = &home->chain.owners;

	if (owners->count < 2)
		return;
	for (int i = 0; i < owners->count; i++)
		if (owners->name[i] != home->chain.owner)
			from_owner(call, home, owners->name[i], items);
	if (call_has(call, "all"))
		from_shares(call, home, items);
}

/* A refund whose time to be claimed ends within twelve months. */
static void from_filed(
	const struct call *call, const struct home *home, struct items *items)
{
	const struct audit_of of = { home->law, chain_facts(&home->chain, call->pool),
		&home->lots, &home->chain, home->today };
	struct audit audit;
	struct fail none;

	if (!home->chain.first || !audit_run(&of, &audit, call->pool, &none))
		return;
	for (size_t i = 0; i < audit.years; i++) {
		const struct audit_year *const year = &audit.year[i];
		char refund[MONEY_TEXT], by[DAY_TEXT];

		if (!claim_is_urgent(year, audit.today))
			continue;
		money_short(money_less(year->tax_filed, year->tax_computed), refund);
		add(items,
			(struct item){ .weight = NOTICE_WARNING,
				.year = year->year,
				.what = pool_printf(call->pool,
					"a refund of %s can be claimed until %s", refund,
					day_iso(year->window.safe_by, by)),
				.does = pool_printf(call->pool,
					"dualbasis audit %d --amend", year->year) });
	}
}

static void answer_json(const struct items *items)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "items");
	for (size_t i = 0; i < items->count; i++) {
		const struct item *const item = &items->at[i];

		json_object(&answer.json, NULL);
		json_text(&answer.json, "weight", notice_weight_name(item->weight));
		json_count(&answer.json, "year", item->year);
		json_text(&answer.json, "text", item->what);
		json_text(&answer.json, "command", item->does);
		json_text(&answer.json, "rule", item->rule);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static void answer_text(const struct call *call, const struct items *items)
{
	static const struct column columns[] = {
		{ .title = "weight" },
		{ .title = "year", .align = ALIGN_RIGHT },
		{ .title = "what", .width = 60 },
		{ .title = "what settles it", .width = 44 },
	};
	struct report report;

	report_init(&report, call->pool, "To do");
	struct table *const table =
		section_table(report_section(&report, "To do", "Open points"), call->pool,
			NULL, columns, COUNT(columns));

	table->none = "nothing is open";
	for (size_t i = 0; i < items->count; i++) {
		const struct item *const item = &items->at[i];
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(notice_weight_name(item->weight));
		cell[1] = cell_text(pool_printf(call->pool, "%d", item->year));
		cell[2] = cell_text(item->what);
		cell[3] = cell_text(item->does);
	}
	print_report(call, &report);
}

static bool run(struct call *call, struct fail *why)
{
	const bool all = call_has(call, "all");
	struct items items = { 0 };
	struct home home;

	if (!call_operands(call, 0, 0, why) ||
		!home_open(&home, call, STORE_READ, HOME_CHAIN, why))
		return false;
	from_notices(call, &home, all, &items);
	from_years(call, &home, &items);
	from_all_windows(call, &home, &items);
	from_filed(call, &home, &items);
	from_owners(call, &home, &items);
	if (!from_questions(call, &home, &items, why)) {
		free(items.at);
		home_close(&home);
		return false;
	}
	if (all)
		from_returns(call, &home, &items);
	if (items.count > 0)
		qsort(items.at, items.count, sizeof *items.at, heavier);
	if (call->json)
		answer_json(&items);
	else
		answer_text(call, &items);
	free(items.at);
	home_close(&home);
	return true;
}

static const struct option_words options[] = {
	{ .name = "all", .what = "also remarks, and every figure that is taken as 0" },
	{ 0 },
};
static const char *const examples[] = { "dualbasis todo", "dualbasis todo --all", NULL };
const struct command command_todo = {
	.name = "todo",
	.summary = "what is missing or in question, the heaviest first",
	.operands = "",
	.options = options,
	.details = "Lists what only you can answer: questions first, then warnings, with "
		   "the command that settles each. With --all also what was assumed.\n\n"
		   "Each year with shares has questions that no file answers; they stay "
		   "here until they are answered, and `lock` waits for them. An answer "
		   "that calls for more stays too, with what to enter; if it was "
		   "entered, answer again with --replace.",
	.examples = examples,
	.run = run,
};
