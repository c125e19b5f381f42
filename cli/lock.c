/* `lock` and `unlock`: a year that is filed stays as it is. */
#include <stdio.h>

#include "cli/batch.h"
#include "forms/question.h"

static bool finish(
	struct home *home, const struct call *call, bool written, struct fail *why)
{
	if (written)
		return batch_commit(home, call, why);
	batch_rollback(home);
	return false;
}

static void say(const struct call *call, int year, bool locked)
{
	const bool dry = call_has(call, "dry-run");

	if (!call->json) {
		printf("%d is %s%s\n", year, locked ? "locked" : "open again",
			dry ? " (not written)" : "");
		return;
	}
	struct answer answer;

	answer_open(&answer);
	json_count(&answer.json, "year", year);
	json_bool(&answer.json, "locked", locked);
	json_bool(&answer.json, "dry_run", dry);
	answer_close(&answer);
}

/* A year that is filed has been asked after: open questions want answers, or a reason. */
static bool questions_answered(
	const struct home *home, const struct call *call, int year, struct fail *why)
{
	const char *const reason = call_value(call, "reason");
	struct text names = TEXT_EMPTY;
	struct asked *asked;
	size_t count;

	if (reason && *reason != '\0')
		return true;
	questions_ask(&home->facts, &home->lots, year, home->chain.first, &asked, &count,
		call->pool);
	for (size_t i = 0; i < count; i++)
		if (!question_settled(asked[i].state))
			text_addf(&names, "%s%s", names.length > 0 ? ", " : "",
				asked[i].question->name);
	const size_t open = questions_open(asked, count);

	if (open > 0) {
		fail_set(why, FAIL_MISSING_FACTS, "%d has %zu open %s: %s", year, open,
			open == 1 ? "question" : "questions", names.at);
		fail_hint(why,
			"answer with dualbasis fact %d NAME=yes|no (dualbasis todo "
			"asks), or lock it with --reason WHY",
			year);
	}
	text_release(&names);
	return open == 0;
}

static bool is_locked(const struct home *home, int year)
{
	for (size_t i = 0; i < home->locks; i++)
		if (home->lock[i].year == year)
			return true;
	return false;
}

static bool run_lock(struct call *call, struct fail *why)
{
	struct home home;
	char sha256[65];
	int year = 0;

	if (!call_operands(call, 1, 1, why) ||
		!year_parse(call->operand[0], &year, why) ||
		!batch_open(&home, call, HOME_CHAIN, why))
		return false;
	const bool done = finish(&home, call,
		year_hash(&home, year, sha256, call->pool, why) &&
			(is_locked(&home, year) ||
				questions_answered(&home, call, year, why)) &&
			store_lock(home.store, year, sha256, why),
		why);

	if (done)
		say(call, year, true);
	home_close(&home);
	return done;
}

static bool run_unlock(struct call *call, struct fail *why)
{
	const char *const reason = call_value(call, "reason");
	struct home home;
	int year = 0;

	if (!call_operands(call, 1, 1, why) || !year_parse(call->operand[0], &year, why))
		return false;
	if (!reason || *reason == '\0') {
		fail_set(why, FAIL_USAGE, "why? a lock is opened with a reason");
		return fail_hint(why, "--reason \"amended return\"");
	}
	if (!home_open(&home, call, batch_access(call), HOME_STORE, why))
		return false;
	bool done = batch_begin(&home, call, why);

	if (done)
		done = finish(
			&home, call, store_unlock(home.store, year, reason, why), why);
	if (done)
		say(call, year, false);
	home_close(&home);
	return done;
}

static const struct option_words lock_options[] = {
	{ .name = "reason",
		.value = "WHY",
		.what = "lock it though questions are open; kept with it in the log" },
	{ .name = "dry-run",
		.what = "see whether it could be locked, and write nothing" },
	{ 0 },
};
static const char *const lock_examples[] = {
	"dualbasis lock 2024",
	"dualbasis lock 2024 --reason \"filed before it was entered here\"",
	NULL,
};
const struct command command_lock = {
	.name = "lock",
	.summary = "keep a filed year as it is",
	.operands = "YEAR",
	.options = lock_options,
	.details =
		"Seals the figures of a year. From then on whatever would change them is "
		"refused: a fact of that year, and a fact of another year that reaches "
		"into it.\n\n"
		"A year with open questions (`dualbasis todo`) is refused; --reason "
		"locks it all the same.",
	.examples = lock_examples,
	.run = run_lock,
};

static const struct option_words unlock_options[] = {
	{ .name = "reason",
		.value = "WHY",
		.required = true,
		.what = "kept with it in the log" },
	{ .name = "dry-run",
		.what = "see whether it could be opened, and write nothing" },
	{ 0 },
};
static const char *const unlock_examples[] = {
	"dualbasis unlock 2024 --reason \"amended return\"",
	NULL,
};
const struct command command_unlock = {
	.name = "unlock",
	.summary = "open a locked year again",
	.operands = "YEAR",
	.options = unlock_options,
	.details = "Lets a locked year change again. The reason stays in the log.",
	.examples = unlock_examples,
	.run = run_unlock,
};
