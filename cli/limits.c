/* `limits`: what the program does not compute. */
#include "cli/call.h"
#include "export/report.h"
#include "forms/law.h"

static void answer_json(const struct law *law)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "limits");
	for (size_t i = 0; i < law_limits(law); i++) {
		const struct limit limit = law_limit(law, i);

		json_object(&answer.json, NULL);
		json_text(&answer.json, "id", limit.id);
		json_text(&answer.json, "what", limit.what);
		json_bool(&answer.json, "refused", limit.refused);
		json_text(&answer.json, "hint", limit.hint);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static void list(const struct call *call, struct report *report, const struct law *law,
	bool refused, const char *title, const char *note)
{
	static const struct column columns[] = {
		{ .title = "situation", .width = 52 },
		{ .title = "what to do", .width = 52 },
	};
	struct section *const section = report_section(report, title, title);

	section_note(section, call->pool, "%s", note);
	struct table *const table =
		section_table(section, call->pool, NULL, columns, COUNT(columns));

	for (size_t i = 0; i < law_limits(law); i++) {
		const struct limit limit = law_limit(law, i);

		if (limit.refused != refused)
			continue;
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(limit.what);
		cell[1] = cell_text(limit.hint);
	}
}

static bool run(struct call *call, struct fail *why)
{
	struct law *law = NULL;

	if (!call_operands(call, 0, 0, why) || !law_builtin(&law, why))
		return false;
	if (call->json) {
		answer_json(law);
	} else {
		struct report report;

		report_init(&report, call->pool, "Limits");
		list(call, &report, law, true, "Refused",
			"A return with one of these is not computed.");
		list(call, &report, law, false, "Left out",
			"These are not computed and can only make the tax shown higher "
			"than "
			"it is.");
		print_report(call, &report);
	}
	law_free(law);
	return true;
}

static const char *const examples[] = { "dualbasis limits", NULL };
const struct command command_limits = {
	.name = "limits",
	.summary = "what is not computed: refused, or left out",
	.operands = "",
	.details = "Lists the situations in which a return is refused rather than "
		   "approximated, "
		   "and those that are left out and only overstate tax.",
	.examples = examples,
	.run = run,
};
