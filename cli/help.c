/* `help`: the pages for people, from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "cli/call.h"

#define PAGE_WIDTH 78

/* Words wrapped to the page, behind `indent` blanks. */
static void add_wrapped(struct text *text, const char *words, int indent)
{
	int column = 0;

	while (*words != '\0') {
		const int length = (int)strcspn(words, " \n");

		if (column > indent && column + 1 + length > PAGE_WIDTH) {
			text_add(text, "\n");
			column = 0;
		}
		if (column == 0) {
			text_addf(text, "%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			text_add(text, " ");
			column++;
		}
		text_add_bytes(text, words, (size_t)length);
		column += length;
		words += length;
		words += strspn(words, " \n");
	}
	text_add(text, "\n");
}

/* Details: paragraphs are wrapped, lines that begin with two blanks stand as they are. */
static void add_details(struct text *text, const char *details)
{
	while (*details != '\0') {
		const char *const end = strstr(details, "\n\n");
		const size_t length = end ? (size_t)(end - details) : strlen(details);

		if (details[0] == ' ') {
			text_add_bytes(text, details, length);
			text_add(text, details[length - 1] == '\n' ? "" : "\n");
		} else {
			struct text paragraph = TEXT_EMPTY;

			text_add_bytes(&paragraph, details, length);
			add_wrapped(text, paragraph.at, 0);
			text_release(&paragraph);
		}
		text_add(text, "\n");
		details += length + (end ? 2 : 0);
	}
}

static void add_option(struct text *text, const struct option_words *option)
{
	struct text left = TEXT_EMPTY;

	if (option->letter != 0)
		text_addf(&left, "-%c, ", option->letter);
	text_addf(&left, "--%s%s%s", option->name, option->value ? " " : "",
		option->value ? option->value : "");
	if (left.length <= 24) {
		struct text right = TEXT_EMPTY;

		add_wrapped(&right, option->what, 28);
		text_addf(text, "  %-26s%s", left.at, right.at + 28);
		text_release(&right);
	} else {
		text_addf(text, "  %s\n", left.at);
		add_wrapped(text, option->what, 28);
	}
	text_release(&left);
}

static void add_options(struct text *text, const struct option_words *option)
{
	for (; option && option->name; option++)
		add_option(text, option);
}

void help_overview(struct text *text)
{
	text_add(text,
		"dualbasis keeps the regular and the AMT basis of every share you "
		"own, and computes\nForms 6251, 8801, 8949 and Schedule D from them, "
		"with the reason for each line.\n\n");
	for (size_t i = 0; commands[i]; i++)
		text_addf(text, "  %-12s%s\n", commands[i]->name, commands[i]->summary);
	text_add(text, "\neverywhere:\n");
	add_options(text, global_options);
	text_add(text,
		"\nbegin with:\n"
		"  dualbasis init\n"
		"  dualbasis import FILE...\n"
		"  dualbasis help COMMAND\n");
}

void help_command(const struct command *command, struct text *text, struct pool *pool)
{
	text_addf(text, "dualbasis %s: %s\n\n", command->name, command->summary);
	add_wrapped(text, command_usage(command, NULL, pool), 2);
	text_add(text, "\n");
	add_details(text, command->details);
	if (command->more) {
		struct text more = TEXT_EMPTY;

		command->more(&more);
		add_details(text, more.at);
		text_release(&more);
	}
	if (command->options && command->options->name) {
		add_options(text, command->options);
		text_add(text, "\n");
	}
	if (command->topics) {
		for (const struct topic *topic = command->topics(pool); topic->name;
			topic++) {
			text_addf(text, "%s %s: %s\n", command->name, topic->name,
				topic->what);
			add_options(text, topic->options);
			text_add(text, "\n");
		}
	}
	text_add(text, "examples:\n");
	for (const char *const *example = command->examples; *example; example++)
		text_addf(text, "  %s\n", *example);
}

static void help_topic(const struct command *command, const struct topic *topic,
	struct text *text, struct pool *pool)
{
	text_addf(
		text, "dualbasis %s %s: %s\n\n", command->name, topic->name, topic->what);
	add_wrapped(text, command_usage(command, topic, pool), 2);
	text_add(text, "\n");
	add_options(text, topic->options);
}

void help_exit_codes(struct text *text)
{
	for (size_t i = 0; i < exit_codes_count; i++)
		text_addf(text, "  %d  %-14s %s\n", fail_exit_code(exit_codes[i].kind),
			fail_word(exit_codes[i].kind), exit_codes[i].what);
}

static bool page_for(const struct call *call, struct text *page, struct fail *why)
{
	const char *const name = call->operands > 0 ? call->operand[0] : NULL;
	const struct command *const command = name ? command_find(name) : NULL;
	const char *names[64];
	size_t count = 0;

	if (call_has(call, "man")) {
		manual_page(page, call->pool);
		return true;
	}
	if (!name) {
		help_overview(page);
		return true;
	}
	if (strcmp(name, "exit-codes") == 0) {
		help_exit_codes(page);
		return true;
	}
	if (!command) {
		names[count++] = "exit-codes";
		for (size_t i = 0; commands[i] && count < COUNT(names); i++)
			names[count++] = commands[i]->name;
		const char *const near = nearest_word(name, names, count);

		fail_set(why, FAIL_USAGE, "there is no help about \"%s\"", CUT(name, 80));
		return near ? fail_hint(why, "did you mean %s?", near)
			    : fail_hint(why, "dualbasis help lists the commands");
	}
	if (call->operands == 2 && command->topics)
		for (const struct topic *topic = command->topics(call->pool); topic->name;
			topic++)
			if (strcmp(topic->name, call->operand[1]) == 0) {
				help_topic(command, topic, page, call->pool);
				return true;
			}
	help_command(command, page, call->pool);
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	struct text page = TEXT_EMPTY;
	const bool done = call_operands(call, 0, 2, why) && page_for(call, &page, why);

	if (done)
		print_page(call, &page);
	text_release(&page);
	return done;
}

static const struct option_words options[] = {
	{ .name = "man", .what = "print the manual page, in roff" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis help import",
	"dualbasis help record exercise",
	"dualbasis help exit-codes",
	"dualbasis help --man > dualbasis.1",
	NULL,
};
const struct command command_help = {
	.name = "help",
	.summary = "what a command does and how",
	.operands = "[COMMAND]",
	.options = options,
	.details = "Explains one command, or lists them all. `help exit-codes` says what "
		   "the "
		   "exit codes mean.",
	.examples = examples,
	.run = run,
};
