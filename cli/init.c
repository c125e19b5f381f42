/* `init`: makes a new ledger. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/call.h"
#include "cli/place.h"
#include "ledger/store.h"

/* Will the next command find this ledger without being told? */
static bool found_by_itself(const struct call *call)
{
	return strcmp(ledger_place(NULL, call->pool), call->ledger) == 0;
}

static bool run(struct call *call, struct fail *why)
{
	const bool dry = call_has(call, "dry-run");

	if (!call_operands(call, 0, 0, why))
		return false;
	if (!dry &&
		!(place_folders(call->ledger, why) && store_create(call->ledger, why)))
		return false;
	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		json_text(&answer.json, "ledger", call->ledger);
		json_bool(&answer.json, "created", !dry);
		answer_close(&answer);
		return true;
	}
	if (dry) {
		printf("would create %s\n", call->ledger);
		return true;
	}
	printf("created %s\n\n", call->ledger);
	if (!found_by_itself(call))
		printf("so that later commands find it:\n"
		       "  export DUALBASIS_LEDGER=%s\n\n",
			call->ledger);
	printf("next:\n");
	print_next(
		call, "dualbasis import FILE...", "1099-B files of brokers, Forms 3921");
	print_next(call, "dualbasis fact 2025 --template",
		"the figures of a return, to fill in");
	print_next(call, "dualbasis help", "all commands");
	return true;
}

static const struct option_words options[] = {
	{ .name = "dry-run", .what = "say where it would be, and make nothing" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis init",
	"dualbasis init --ledger household.dualbasis",
	NULL,
};
const struct command command_init = {
	.name = "init",
	.summary = "make a new ledger",
	.operands = "",
	.options = options,
	.details =
		"Makes an empty ledger that only you may read, in your data folder or "
		"where "
		"--ledger or DUALBASIS_LEDGER says. A file that is there already is left "
		"alone.\n\n"
		"A ledger holds one household. It is not encrypted: keep it on an "
		"encrypted "
		"disk.",
	.examples = examples,
	.run = run,
};
