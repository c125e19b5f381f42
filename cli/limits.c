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
		json_text(&answer.json, "effect", limit_effect_name(limit.effect));
		json_bool(&answer.json, "refused", limit.effect == LIMIT_REFUSED);
		json_text(&answer.json, "hint", limit.hint);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static const struct {
	const char *title, *note;
} parts[LIMIT_EFFECTS] = {
	[LIMIT_REFUSED] = { "Refused",
		"A return with one of these is not computed, once its figure says yes." },
	[LIMIT_ENTER] = { "To enter",
		"Another form or worksheet gives these; the program takes its result." },
	[LIMIT_OVERSTATES] = { "Left out, never too low",
		"These are not computed and can only make the tax shown higher than it "
		"is." },
	[LIMIT_EITHER] = { "Left out, either way",
		"These are not found by the program, and the tax shown can be too low: "
		"ask whoever signs the return." },
	[LIMIT_OUTSIDE] = { "Not of this program", "Look for them elsewhere." },
};

static void list(const struct call *call, struct report *report, const struct law *law,
	enum limit_effect effect)
{
	static const struct column columns[] = {
		{ .title = "situation", .width = 52 },
		{ .title = "what to do", .width = 52 },
	};
	struct section *const section =
		report_section(report, parts[effect].title, parts[effect].title);

	section_note(section, call->pool, "%s", parts[effect].note);
	struct table *const table =
		section_table(section, call->pool, NULL, columns, COUNT(columns));

	for (size_t i = 0; i < law_limits(law); i++) {
		const struct limit limit = law_limit(law, i);

		if (limit.effect != effect)
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
		for (int effect = 0; effect < LIMIT_EFFECTS; effect++)
			list(call, &report, law, (enum limit_effect)effect);
		print_report(call, &report);
	}
	law_free(law);
	return true;
}

static const char *const examples[] = { "dualbasis limits", NULL };
const struct command command_limits = {
	.name = "limits",
	.summary = "what is not computed: refused, to enter, or left out",
	.operands = "",
	.details = "Lists the situations in which a return is refused rather than "
		   "approximated, what other forms give and is entered, and what is left "
		   "out: whether that can only overstate the tax, or understate it as "
		   "well.",
	.examples = examples,
	.run = run,
};
