/* `lots`: shares held, with their basis in every book. */
#include <string.h>

#include "cli/home.h"
#include "export/data.h"

static bool open_home(struct home *home, struct call *call, struct fail *why)
{
	const char *const on = call_value(call, "on");
	struct day day = DAY_NONE;

	if (!on)
		return home_open(home, call, STORE_READ, HOME_LOTS, why);
	if (!day_parse_iso(on, strlen(on), &day, why)) {
		why->kind = FAIL_USAGE;
		return fail_in(why, "--on");
	}
	return home_open_on(home, call, day, why);
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	const bool all = call_has(call, "all");

	if (!call_operands(call, 0, 0, why) || !open_home(&home, call, why))
		return false;
	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		data_lots(&answer.json, &home.household, all, call->pool);
		answer_close(&answer);
	} else {
		struct report report;
		const char *const on = call_value(call, "on");

		report_init(&report, call->pool, "Lots");
		if (on)
			report.subtitle = pool_printf(call->pool, "at the end of %s", on);
		report_lots(&report, &home.household, all);
		print_report(call, &report);
	}
	home_close(&home);
	return true;
}

static const struct option_words options[] = {
	{ .name = "on", .value = "DATE", .what = "as they stood at the end of a day" },
	{ .name = "all", .what = "with the lots that are sold" },
	{ .name = "owner", .value = "NAME", .what = "those of one spouse" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis lots",
	"dualbasis lots --on 2024-12-31",
	"dualbasis lots --all --json",
	NULL,
};
const struct command command_lots = {
	.name = "lots",
	.summary = "shares held, and their basis in both books",
	.operands = "",
	.options = options,
	.details = "Lists each lot of shares with what is left of it, its regular and "
		   "its AMT "
		   "basis, the first day on which a sale qualifies, and where it comes "
		   "from.\n\nA lot is called by the name that its record gave it (--lot "
		   "A), else L and the "
		   "number of the fact that brought it: L12. Nothing entered later "
		   "changes that, "
		   "so a sale can name it for good: record sale --lot L12. A part says "
		   "what made "
		   "it one, and that fact's number:\n\n"
		   "  L12-v20   vested            L12-x20   paid for an exercise\n"
		   "  L12-t20   transferred       L12-s20   went to a spouse, L12-d20 by "
		   "a death\n"
		   "  L12-c20   by a spin-off     L12-m20   by a taxable merger\n"
		   "  L12-w20   carries the loss of a wash sale (-a20: in the AMT book "
		   "alone)\n"
		   "  L12-f20   given back        L12-n     over the $100,000 limit\n"
		   "  L12-u     its vest is not entered yet\n\n"
		   "What stays behind keeps its name. Facts that are taken back and "
		   "entered or "
		   "imported again have new numbers.",
	.examples = examples,
	.run = run,
};
