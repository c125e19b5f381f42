/* `fact`: the figures of a year's return. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/enter.h"
#include "forms/question.h"

/* Words of an input's help, as comments of at most this width. */
#define TEMPLATE_WIDTH 76

static void add_comment(struct text *text, const char *words)
{
	int column = 0;

	while (*words != '\0') {
		const int length = (int)strcspn(words, " \n");

		if (column == 0 || column + 1 + length > TEMPLATE_WIDTH) {
			text_add(text, column == 0 ? "#" : "\n#");
			column = 1;
		}
		text_add(text, " ");
		text_add_bytes(text, words, (size_t)length);
		column += 1 + length;
		words += length;
		words += strspn(words, " \n");
	}
	text_add(text, "\n");
}

static void add_input(struct text *text, const struct input *input)
{
	struct text words = TEXT_EMPTY;

	text_add(&words, input->what);
	if (input->hint && input->hint[0] != '\0')
		text_addf(&words, " (%s)", input->hint);
	for (int i = 0; input->kind == INPUT_ONE_OF && input->choice[i]; i++)
		text_addf(&words, "%s%s", i == 0 ? ": " : ", ", input->choice[i]);
	if (input->kind == INPUT_YES_NO)
		text_add(&words, ": yes or no");
	text_add(text, "\n");
	add_comment(text, words.at);
	text_addf(text, "%s =\n", input->name);
	text_release(&words);
}

static void add_questions(struct text *text)
{
	size_t count;
	const struct question *const question = questions(&count);

	for (size_t i = 0; i < count; i++) {
		text_add(text, "\n");
		add_comment(text, question[i].asks);
		text_addf(text, "%s =\n", question[i].name);
	}
}

/* Everything that can be entered, blank, with its help beside it. */
static bool show_template(const struct call *call, int year, struct fail *why)
{
	struct law *law = NULL;
	struct text page = TEXT_EMPTY;

	if (!law_builtin(&law, why))
		return false;
	text_addf(&page,
		"# Figures of the return for %d. Fill in what applies and leave the "
		"rest\n"
		"# blank; then: dualbasis fact %d --from THIS-FILE\n"
		"# Amounts are dollars, positive as named. What your shares give "
		"(exercises,\n"
		"# sales) comes from the ledger and is not repeated here.\n"
		"\n# filing status: single, mfj, mfs, hoh or qss\nstatus =\n",
		year, year);
	for (size_t i = 0; i < law_inputs(law); i++)
		add_input(&page, law_input(law, i));
	text_add(&page,
		"\n# Questions of the year: yes or no. An answer changes no line; "
		"`dualbasis todo`\n# lists those that are open.\n");
	add_questions(&page);
	print_page(call, &page);
	text_release(&page);
	law_free(law);
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	static const struct figures_verb verb = {
		.kind = FACT_FIGURE,
		.title = "Figures",
		.reader = figure_from_words,
		.template = show_template,
	};

	return figures_command(call, &verb, why);
}

static const struct option_words options[] = {
	{ .name = "from", .value = "FILE", .what = "take figures from a file of them" },
	{ .name = "template",
		.what = "print such a file, blank, with what each figure is" },
	{ .name = "replace",
		.value = "REASON",
		.what = "let the figures take the place of different ones" },
	{ .name = "owner",
		.value = "NAME",
		.what = "whose figures they are, where returns are separate or a figure "
			"is one spouse's" },
	{ .name = "dry-run", .what = "show what would be entered, and write nothing" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis fact 2024 status=mfj wages=200000 salt_paid=10000",
	"dualbasis fact 2024 --template > figures-2024.txt",
	"dualbasis fact 2024 --from figures-2024.txt",
	"dualbasis fact 2024 wages=201000 --replace \"corrected W-2\"",
	"dualbasis fact 2024 --owner ann status=mfs wages=120000",
	"dualbasis fact 2024",
	NULL,
};
const struct command command_fact = {
	.name = "fact",
	.summary = "enter or list the figures of a year's return",
	.operands = "[YEAR] [NAME=VALUE...]",
	.options = options,
	.details = "Enters what your shares do not give: filing status, wages, interest, "
		   "deductions, and balances carried into the first year. Amounts are "
		   "dollars, "
		   "positive as named; `--template` lists every name with what it means. "
		   "Without "
		   "figures the command lists those that are there.\n\n"
		   "What is not entered counts as 0 and is listed as assumed. A figure "
		   "is never "
		   "changed in silence: a different one needs --replace with a reason, "
		   "and both "
		   "stay in the log.\n\n"
		   "Where spouses file apart, --owner says whose figures they are: the "
		   "status too, as in --owner ann status=mfs. On a joint return figures "
		   "of both add up. After a joint return credit_carryforward and the "
		   "carryovers by owner state whose they are, where nothing else tells; "
		   "died=yes ends what an owner carries with that year.\n\n"
		   "Any line of a form can be entered too, as in f6251.2k=-65000: it is "
		   "then "
		   "used as entered, and the computed value is kept beside it.",
	.examples = examples,
	.run = run,
};
