/* The questions of the year, each with its answer or open. */
#include "export/sections.h"
#include "forms/question.h"

void section_questions(struct packet *packet)
{
	static const struct column column[] = {
		{ .title = "Question", .width = 60 },
		{ .title = "Answer" },
		{ .title = "State" },
		{ .title = "What hangs on it", .width = 44 },
	};
	const struct household *const household = packet->household;
	struct section *const section = report_section(packet->report, "Questions",
		pool_printf(packet->pool, "Questions of %d", packet->year));
	struct asked *asked;
	size_t count;

	questions_ask(household->facts, household->lots, packet->year,
		household->chain->first, &asked, &count, packet->pool);
	packet->asked_open = questions_open(asked, count);
	section_note(section, packet->pool,
		"What neither the shares nor the figures can show. An answer changes no "
		"line; "
		"what it calls for does: dualbasis fact %d NAME=yes|no.",
		packet->year);
	struct table *const table =
		section_table(section, packet->pool, NULL, column, COUNT(column));

	table->none = "Nothing is asked of a year without shares.";
	for (size_t i = 0; i < count; i++) {
		const struct question *const question = asked[i].question;
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_text(pool_printf(
			packet->pool, "%s: %s", question->name, question->asks));
		cell[1] = cell_text(asked[i].answer);
		cell[2] = cell_text(question_state_name(asked[i].state));
		cell[3] = cell_text(question->matters);
	}
}
