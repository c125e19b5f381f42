/* `filed`: lines of a return as it was filed, and when. */
#include "forms/filed.h"
#include "cli/enter.h"

static bool show_template(const struct call *call, int year, struct fail *why)
{
	struct law *law = NULL;
	struct text page = TEXT_EMPTY;

	if (!law_builtin(&law, why))
		return false;
	text_addf(&page,
		"# The return for %d as it was filed. Copy the amounts of its lines, "
		"leave\n"
		"# blank what it does not have; then: dualbasis filed %d --from "
		"THIS-FILE\n"
		"\n# the day it was filed, and until when time was extended "
		"(YYYY-MM-DD)\n"
		"filed_on =\nextended_to =\n"
		"\n# tax withheld; what was paid otherwise, each with its day\n"
		"withheld =\n# paid = 1200@%d-04-15\n"
		"\n# forms that were not filed at all; the program that was used; the "
		"state of residence\n"
		"# not_filed = f8801\nsoftware =\nstate =\n",
		year, year, year + 1);
	for (const char *const *id = filed_wanted(law, year, call->pool); *id != NULL;
		id++) {
		struct line_ref line;

		if (!law_line_find(law, year, *id, &line, why)) {
			text_release(&page);
			law_free(law);
			return false;
		}
		const struct line_words words = law_line_words(law, year, line);

		text_addf(&page, "\n# %s%s%s\n%s =\n", words.label,
			words.printed != NULL ? ", line " : "",
			words.printed != NULL ? words.printed : "", *id);
	}
	print_page(call, &page);
	text_release(&page);
	law_free(law);
	return true;
}

/* Lines that contradict each other are said before anything is compared with them. */
static const char *const *contradictions(
	const struct facts *facts, int year, struct pool *pool)
{
	static const char *const none[] = { NULL };
	struct filed_year filed;

	if (!filed_collect(facts, year, &filed, pool))
		return none;
	return filed_contradictions(&filed, status_in(facts, year), pool);
}

static bool run(struct call *call, struct fail *why)
{
	static const struct figures_verb verb = {
		.kind = FACT_FILED,
		.title = "As filed",
		.reader = filed_from_words,
		.remarks = contradictions,
		.template = show_template,
	};

	return figures_command(call, &verb, why);
}

static const struct option_words options[] = {
	{ .name = "from", .value = "FILE", .what = "take the lines from a file of them" },
	{ .name = "template",
		.what = "print such a file, blank, with what each line is" },
	{ .name = "replace",
		.value = "REASON",
		.what = "let the lines take the place of different ones" },
	{ .name = "owner", .value = "NAME", .what = "whose separate return it is" },
	{ .name = "dry-run", .what = "show what would be entered, and write nothing" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis filed 2024 f6251.2k=0 f6251.11=0 f1040.total_tax=61877",
	"dualbasis filed 2024 filed_on=2025-04-10 withheld=70000 paid=1200@2025-04-10",
	"dualbasis filed 2024 not_filed=8801",
	"dualbasis filed 2024 --template > filed-2024.txt",
	NULL,
};
const struct command command_filed = {
	.name = "filed",
	.summary = "enter a return's lines as they were filed",
	.operands = "[YEAR] [LINE=AMOUNT...]",
	.options = options,
	.details = "Enters what a filed return says, for `audit` to compare: lines by "
		   "their id, the days of filing (filed_on) and extension (extended_to), "
		   "tax withheld, other payments with their day (paid=AMOUNT@DAY), forms "
		   "that were not filed (not_filed=FORM), the program used "
		   "(software=NAME), the state of residence (state=CA). Without lines "
		   "the command lists those that are there.\n\n"
		   "A line that is not entered is unknown, not zero. Lines that "
		   "contradict each other are pointed out.\n\n"
		   "FILE holds NAME = AMOUNT lines as --template prints them, or is a "
		   "table (.csv) with the columns line and amount, or JSON "
		   "({\"f6251.2k\": \"-40000\"}, or a list of {\"line\": ..., "
		   "\"amount\": ...}), or an official fillable PDF that was filled in: "
		   "Form 1040 with Schedules 2, 3 and D of 2020 to 2025, Form 6251 of "
		   "2021 to 2025. Amounts may be as printed: 1,234 or (1,234).",
	.examples = examples,
	.run = run,
};
