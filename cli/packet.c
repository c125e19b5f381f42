/* `packet`: everything of one year that a CPA needs. */
#include <stdio.h>
#include <string.h>

#include "cli/home.h"
#include "export/data.h"

static bool write_files(
	const struct call *call, const struct home *home, int year, struct fail *why)
{
	for (size_t i = 0; i < call->givens; i++)
		if (strcmp(call->given[i].option->name, "output") == 0 &&
			!packet_write(&home->household, year, call->given[i].value, why))
			return false;
	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		json_count(&answer.json, "year", year);
		json_array(&answer.json, "files");
		for (size_t i = 0; i < call->givens; i++)
			if (strcmp(call->given[i].option->name, "output") == 0)
				json_text(&answer.json, NULL, call->given[i].value);
		json_close(&answer.json);
		answer_close(&answer);
		return true;
	}
	struct text notes = TEXT_EMPTY;

	for (size_t i = 0; i < call->givens; i++) {
		if (strcmp(call->given[i].option->name, "output") != 0)
			continue;
		printf("wrote %s\n", call->given[i].value);
		text_clear(&notes);
		packet_notes(&home->household, year, call->given[i].value, &notes);
		fputs(notes.at, stdout);
	}
	text_release(&notes);
	return true;
}

static bool show(
	const struct call *call, const struct home *home, int year, struct fail *why)
{
	if (!call->json) {
		struct report report;

		report_init(&report, call->pool, "");
		if (!report_packet(&report, &home->household, year, why))
			return false;
		print_report(call, &report);
		return true;
	}
	struct answer answer;

	answer_open(&answer);
	if (!data_packet(&answer.json, &home->household, year, call->pool, why)) {
		answer_drop(&answer);
		return false;
	}
	answer_close(&answer);
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	const char *rest = NULL;
	int year = 0;

	if (!call_operands(call, 0, 1, why) ||
		!home_open(&home, call, STORE_READ, HOME_CHAIN, why))
		return false;
	bool done = home_year(&home, call, &year, &rest, why);

	if (done && rest)
		done = year_parse(rest, &year, why);
	done = done && home_computes(&home, year, why);
	if (done)
		done = call_has(call, "output") ? write_files(call, &home, year, why)
						: show(call, &home, year, why);
	home_close(&home);
	return done;
}

static const struct option_words options[] = {
	{ .name = "output",
		.value = "FILE",
		.letter = 'o',
		.many = true,
		.what = "write it to a .pdf, .xlsx, .txf, .csv or .json file; may be "
			"given "
			"more than once" },
	{ .name = "client",
		.value = "NAME",
		.what = "whose packet it is, for the cover" },
	OPTION_OWNER,
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis packet 2025 -o packet.pdf",
	"dualbasis packet 2025 -o packet.pdf -o packet.xlsx --client \"Ada and Ben "
	"Quill\"",
	NULL,
};
const struct command command_packet = {
	.name = "packet",
	.summary = "a year for your CPA, as PDF, spreadsheet or data",
	.operands = "[YEAR]",
	.options = options,
	.details =
		"Gathers the year: the answers, the lot register, Forms 8949 and "
		"Schedules D "
		"in both books, Form 6251 and the other forms, and the sources of every "
		"figure. The spreadsheet's formulas are alive. Without -o the packet is "
		"shown "
		"on the terminal.\n\n"
		"A file is written whole or not at all.",
	.examples = examples,
	.run = run,
};
