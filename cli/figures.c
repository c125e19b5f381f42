/* Lists the figures of a year, and runs the verbs that enter them. */
#include "cli/enter.h"
#include "export/report.h"

static const char *source_of(
	const struct household *household, const struct fact *fact, struct pool *pool)
{
	const struct document *const document =
		household_document(household, fact->source.document);

	return document ? pool_printf(pool, "%s:%lld", document->name,
				  (long long)fact->source.row)
			: "typed";
}

static bool listed(const struct figures_verb *verb, const struct fact *fact, int year)
{
	return fact->kind == verb->kind && (year == 0 || fact->year == year);
}

static void list_json(const struct call *call, const struct figures_verb *verb,
	const struct home *home, int year)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "figures");
	for (size_t i = 0; i < home->facts.count; i++) {
		const struct fact *const fact = &home->facts.at[i];

		if (!listed(verb, fact, year))
			continue;
		json_object(&answer.json, NULL);
		json_count(&answer.json, "year", fact->year);
		if (fact->owner != 0)
			json_text(&answer.json, "owner",
				names_text(home->facts.names, fact->owner));
		json_text(
			&answer.json, "name", names_text(home->facts.names, fact->name));
		if (fact->amount_known)
			json_money(&answer.json, "value", fact->amount);
		else
			json_text(&answer.json, "value",
				names_text(home->facts.names, fact->text));
		json_text(&answer.json, "source",
			source_of(&home->household, fact, call->pool));
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static void list_text(const struct call *call, const struct figures_verb *verb,
	const struct home *home, int year)
{
	static const struct column columns[] = {
		{ .title = "year", .align = ALIGN_RIGHT },
		{ .title = "figure" },
		{ .title = "value", .align = ALIGN_RIGHT },
		{ .title = "source" },
		{ .title = "owner" },
	};
	bool owned = false;
	struct report report;

	for (size_t i = 0; i < home->facts.count; i++)
		owned |= listed(verb, &home->facts.at[i], year) &&
			home->facts.at[i].owner != 0;
	report_init(&report, call->pool,
		year ? pool_printf(call->pool, "%s of %d", verb->title, year)
		     : verb->title);
	struct table *const table =
		section_table(report_section(&report, verb->title, verb->title),
			call->pool, NULL, columns, COUNT(columns) - !owned);

	table->none = pool_printf(call->pool, "none yet: dualbasis %s YEAR --template",
		call->command->name);
	for (size_t i = 0; i < home->facts.count; i++) {
		const struct fact *const fact = &home->facts.at[i];

		if (!listed(verb, fact, year))
			continue;
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(pool_printf(call->pool, "%d", fact->year));
		cell[1] = cell_text(names_text(home->facts.names, fact->name));
		cell[2] = fact->amount_known
			? cell_money(fact->amount)
			: cell_text(names_text(home->facts.names, fact->text));
		cell[3] = cell_text(source_of(&home->household, fact, call->pool));
		if (owned)
			cell[4] = cell_text(names_text(home->facts.names, fact->owner));
	}
	print_report(call, &report);
}

static bool list(
	struct call *call, const struct figures_verb *verb, int year, struct fail *why)
{
	struct home home;

	if (!home_open(&home, call, STORE_READ, HOME_FACTS, why))
		return false;
	if (call->json)
		list_json(call, verb, &home, year);
	else
		list_text(call, verb, &home, year);
	home_close(&home);
	return true;
}

bool figures_command(struct call *call, const struct figures_verb *verb, struct fail *why)
{
	const bool from = call_has(call, "from");
	int year = 0;

	if (call->operands == 0 && !from && !call_has(call, "template"))
		return list(call, verb, 0, why);
	if (!call_operands(call, 1, SIZE_MAX, why) ||
		!year_parse(call->operand[0], &year, why))
		return false;
	if (call_has(call, "template"))
		return verb->template(call, year, why);
	if (call->operands == 1 && !from)
		return list(call, verb, year, why);
	return enter_figures(call, 1, year, verb, why);
}
