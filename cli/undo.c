/* `undo`: takes back what one command entered. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/batch.h"
#include "forms/figure.h"

/* The last batch that stands and is no undo itself. */
static int64_t last_batch(const struct batch *batch, size_t count)
{
	for (size_t i = count; i-- > 0;)
		if (!batch[i].undone_by && !batch[i].undoes)
			return batch[i].id;
	return 0;
}

static bool which(const struct call *call, const struct batch *batch, size_t count,
	int64_t *id, struct fail *why)
{
	char *end = NULL;

	if (call->operands == 0) {
		*id = last_batch(batch, count);
		return *id ? true : fail_set(why, FAIL_USAGE, "there is nothing to undo");
	}
	*id = strtoll(call->operand[0], &end, 10);
	if (*end != '\0' || *id <= 0) {
		fail_set(why, FAIL_USAGE, "\"%s\" is not the number of a batch",
			CUT(call->operand[0], 40));
		return fail_hint(why, "dualbasis log");
	}
	return true;
}

/* An undo that is undone brings back figures; others may have taken their place. */
static bool figures_stand_once(const struct home *home, struct fail *why)
{
	struct facts facts = { 0 };
	const bool good =
		store_facts(home->store, &facts, why) && figures_agree(&facts, why);

	facts_release(&facts);
	return good;
}

static bool write_undo(struct home *home, const struct call *call, int64_t id,
	const char *reason, int64_t *elsewhere, struct fail *why)
{
	if (!batch_begin(home, call, why))
		return false;
	if (!store_undo(home->store, id, reason, why) ||
		!store_told_elsewhere(home->store, id, elsewhere, why) ||
		!figures_stand_once(home, why)) {
		batch_rollback(home);
		return false;
	}
	return batch_commit(home, call, why) ||
		fail_in(why, "without batch %lld", (long long)id);
}

static void say(const struct call *call, const struct batch *batch, size_t count,
	int64_t id, int64_t elsewhere)
{
	const char *command = "";
	const bool dry = call_has(call, "dry-run");

	for (size_t i = 0; i < count; i++)
		if (batch[i].id == id)
			command = batch[i].command;
	if (!call->json) {
		printf("%s batch %lld: %s\n",
			dry ? "would undo" : "undone:", (long long)id, command);
		if (elsewhere > 0)
			printf("  %lld of its facts %s on: another import says the same "
			       "(dualbasis log)\n",
				(long long)elsewhere,
				elsewhere == 1 ? "stands" : "stand");
		return;
	}
	struct answer answer;

	answer_open(&answer);
	json_count(&answer.json, "undone", id);
	json_text(&answer.json, "command", command);
	json_count(&answer.json, "stand_on", elsewhere);
	json_bool(&answer.json, "dry_run", dry);
	answer_close(&answer);
}

static bool run(struct call *call, struct fail *why)
{
	const char *const reason = call_value(call, "reason");
	struct batch *batch = NULL;
	struct home home;
	size_t count = 0;
	int64_t id = 0, elsewhere = 0;

	if (!call_operands(call, 0, 1, why))
		return false;
	if (!reason || *reason == '\0') {
		fail_set(why, FAIL_USAGE, "why? an undo is kept with its reason");
		return fail_hint(why, "--reason \"entered twice\"");
	}
	if (!home_open(&home, call, batch_access(call), HOME_STORE, why))
		return false;
	const bool done = store_batches(home.store, &batch, &count, call->pool, why) &&
		which(call, batch, count, &id, why) &&
		write_undo(&home, call, id, reason, &elsewhere, why);

	if (done)
		say(call, batch, count, id, elsewhere);
	home_close(&home);
	return done;
}

static const struct option_words options[] = {
	{ .name = "reason",
		.value = "WHY",
		.required = true,
		.what = "kept with it in the log" },
	{ .name = "dry-run", .what = "say what would be undone, and write nothing" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis undo --reason \"entered twice\"",
	"dualbasis undo 7 --reason \"wrong account\"",
	NULL,
};
const struct command command_undo = {
	.name = "undo",
	.summary = "take back what one command entered",
	.operands = "[BATCH]",
	.options = options,
	.details =
		"Takes back a batch, the last one if none is named: what it entered "
		"no longer "
		"counts, what it replaced counts again, and what another file says too "
		"stands from there. Nothing is erased, and an "
		"undo can be "
		"undone. `dualbasis log` lists the batches.",
	.examples = examples,
	.run = run,
};
