/* `log`: what was done to the ledger. */
#include <stdio.h>
#include <time.h>

#include "cli/home.h"

/* "2026-02-03 14:05" in UTC. */
static const char *moment(int64_t at, struct pool *pool)
{
	const time_t seconds = (time_t)at;
	struct tm parts;
	char text[32];

	if (!gmtime_r(&seconds, &parts) ||
		strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts) == 0)
		return "?";
	return pool_printf(pool, "%s", text);
}

static void answer_json(const struct call *call, const struct batch *batch, size_t count)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "batches");
	for (size_t i = 0; i < count; i++) {
		json_object(&answer.json, NULL);
		json_count(&answer.json, "id", batch[i].id);
		json_text(&answer.json, "at", moment(batch[i].at, call->pool));
		json_text(&answer.json, "command", batch[i].command);
		json_count(&answer.json, "facts", batch[i].facts);
		json_count(&answer.json, "voids", batch[i].voids);
		if (batch[i].undoes)
			json_count(&answer.json, "undoes", batch[i].undoes);
		else
			json_null(&answer.json, "undoes");
		if (batch[i].undone_by)
			json_count(&answer.json, "undone_by", batch[i].undone_by);
		else
			json_null(&answer.json, "undone_by");
		json_text(&answer.json, "reason", batch[i].reason);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static const char *remark(const struct batch *batch, struct pool *pool)
{
	if (batch->undone_by)
		return pool_printf(pool, "undone by %lld", (long long)batch->undone_by);
	if (batch->undoes)
		return pool_printf(
			pool, "undoes %lld: %s", (long long)batch->undoes, batch->reason);
	return batch->reason;
}

static void answer_text(const struct call *call, const struct batch *batch, size_t count)
{
	static const struct column columns[] = {
		{ .title = "batch", .align = ALIGN_RIGHT },
		{ .title = "when (UTC)", .align = ALIGN_LEFT },
		{ .title = "facts", .align = ALIGN_RIGHT },
		{ .title = "voids", .align = ALIGN_RIGHT },
		{ .title = "command", .align = ALIGN_LEFT },
		{ .title = "", .align = ALIGN_LEFT },
	};
	struct report report;

	if (count == 0) {
		puts("nothing has been entered yet");
		return;
	}
	report_init(&report, call->pool, "Log");
	struct table *const table = section_table(
		report_section(&report, "Log", "What was entered, oldest first"),
		call->pool, NULL, columns, COUNT(columns));

	for (size_t i = 0; i < count; i++) {
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_count(batch[i].id);
		cell[1] = cell_text(moment(batch[i].at, call->pool));
		cell[2] = cell_count(batch[i].facts);
		cell[3] = cell_count(batch[i].voids);
		cell[4] = cell_text(batch[i].command);
		cell[5] = cell_text(remark(&batch[i], call->pool));
	}
	print_report(call, &report);
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	struct batch *batch = NULL;
	size_t count = 0;

	if (!call_operands(call, 0, 0, why) ||
		!home_open(&home, call, STORE_READ, HOME_STORE, why))
		return false;
	const bool done = store_batches(home.store, &batch, &count, call->pool, why);

	if (done && call->json)
		answer_json(call, batch, count);
	else if (done)
		answer_text(call, batch, count);
	home_close(&home);
	return done;
}

static const char *const examples[] = { "dualbasis log", "dualbasis log --json", NULL };
const struct command command_log = {
	.name = "log",
	.summary = "what was entered, when, and by which command",
	.operands = "",
	.details = "Every command that writes is one batch. Nothing is ever erased: what "
		   "was "
		   "undone or replaced stays in the log.",
	.examples = examples,
	.run = run,
};
