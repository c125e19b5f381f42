/* `sales`: the rows of Form 8949. */
#include "cli/home.h"
#include "export/data.h"

static void answer_year(const struct call *call, const struct home *home, int year)
{
	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		json_count(&answer.json, "year", year);
		data_sales(&answer.json, &home->household, year, call->pool);
		answer_close(&answer);
		return;
	}
	struct report report;

	report_init(&report, call->pool, pool_printf(call->pool, "Sales of %d", year));
	report_sales(&report, &home->household, year);
	print_report(call, &report);
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	int year = 0;

	if (!call_operands(call, 1, 1, why) ||
		!year_parse(call->operand[0], &year, why) ||
		!home_open(&home, call, STORE_READ, HOME_LOTS, why))
		return false;
	answer_year(call, &home, year);
	home_close(&home);
	return true;
}

static const struct option_words options[] = {
	{ .name = "owner", .value = "NAME", .what = "those of one spouse" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis sales 2025",
	"dualbasis sales 2025 --json",
	NULL,
};
const struct command command_sales = {
	.name = "sales",
	.summary = "a year's sales as Form 8949 shows them, in both books",
	.operands = "YEAR",
	.options = options,
	.details = "Lists the year's rows of Form 8949 by box: as reported by the "
		   "broker, with "
		   "the codes and adjustments that correct them, and the same sales with "
		   "the AMT "
		   "basis. Only the regular ones are filed; the AMT ones make Form 6251 "
		   "line 2k.\n\n"
		   "Wash sales stand beside the broker's own figure, with what makes the "
		   "difference. A loss of December stays provisional until the ledger "
		   "reaches beyond its thirty days, or bought_in_january=no is entered.",
	.examples = examples,
	.run = run,
};
