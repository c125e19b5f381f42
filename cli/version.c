/* `version`. */
#include <stdio.h>

#include "cli/call.h"

static bool run(struct call *call, struct fail *why)
{
	if (!call_operands(call, 0, 0, why))
		return false;
	if (!call->json) {
		puts("dualbasis " DUALBASIS_VERSION);
		return true;
	}
	struct answer answer;

	answer_open(&answer);
	json_text(&answer.json, "version", DUALBASIS_VERSION);
	answer_close(&answer);
	return true;
}

static const char *const examples[] = { "dualbasis version", NULL };
const struct command command_version = {
	.name = "version",
	.summary = "print the program's version",
	.operands = "",
	.details = "Prints the name and the version of the program.",
	.examples = examples,
	.run = run,
};
