/* The manual page, in roff, from the table of commands. */
#include <ctype.h>
#include <string.h>

#include "cli/command.h"

/* Text as roff shows it literally: no requests, no escapes, real hyphens. */
static void add_literal(struct text *text, const char *words, size_t length)
{
	bool begins = text->length == 0 || text->at[text->length - 1] == '\n';

	for (size_t i = 0; i < length; i++) {
		if (begins && (words[i] == '.' || words[i] == '\''))
			text_add(text, "\\&");
		if (words[i] == '\\')
			text_add(text, "\\e");
		else if (words[i] == '-')
			text_add(text, "\\-");
		else
			text_add_bytes(text, words + i, 1);
		begins = words[i] == '\n';
	}
}

static void add_words(struct text *text, const char *words)
{
	add_literal(text, words, strlen(words));
}

static void add_line(struct text *text, const char *words)
{
	add_words(text, words);
	text_add(text, "\n");
}

static void add_details(struct text *text, const char *details)
{
	while (*details != '\0') {
		const char *const end = strstr(details, "\n\n");
		const size_t length = end ? (size_t)(end - details) : strlen(details);
		const bool shaped = details[0] == ' ';

		text_add(text, shaped ? ".PP\n.nf\n" : ".PP\n");
		add_literal(text, details, length);
		text_add(text, shaped ? "\n.fi\n" : "\n");
		details += length + (end ? 2 : 0);
	}
}

static void add_options(struct text *text, const struct option_words *option)
{
	for (; option && option->name; option++) {
		text_add(text, ".TP\n");
		if (option->letter != 0)
			text_addf(text, "\\fB\\-%c\\fR, ", option->letter);
		text_add(text, "\\fB\\-\\-");
		add_words(text, option->name);
		text_add(text, "\\fR");
		if (option->value)
			text_addf(text, " \\fI%s\\fR", option->value);
		text_add(text, "\n");
		add_line(text, option->what);
	}
}

static void add_command(
	struct text *text, const struct command *command, struct pool *pool)
{
	text_add(text, ".SS ");
	add_line(text, command->name);
	add_line(text, command->summary);
	text_add(text, ".PP\n.B ");
	add_line(text, command_usage(command, NULL, pool));
	add_details(text, command->details);
	if (command->more) {
		struct text more = TEXT_EMPTY;

		command->more(&more);
		add_details(text, more.at);
		text_release(&more);
	}
	add_options(text, command->options);
	if (command->topics) {
		for (const struct topic *topic = command->topics(pool); topic->name;
			topic++) {
			text_add(text, ".PP\n.B ");
			add_words(text, command->name);
			text_add(text, " ");
			add_line(text, topic->name);
			text_add(text, ".RS\n");
			add_line(text, topic->what);
			add_options(text, topic->options);
			text_add(text, ".RE\n");
		}
	}
	text_add(text, ".PP\nExamples:\n.PP\n.nf\n");
	for (const char *const *example = command->examples; *example; example++) {
		text_add(text, "  ");
		add_line(text, *example);
	}
	text_add(text, ".fi\n");
}

static void add_named(struct text *text, const struct named_words *words)
{
	for (; words->name; words++) {
		text_add(text, ".TP\n.B ");
		add_line(text, words->name);
		add_line(text, words->what);
	}
}

void manual_page(struct text *text, struct pool *pool)
{
	text_add(text,
		".TH DUALBASIS 1 \"\" \"dualbasis " DUALBASIS_VERSION
		"\" \"User Commands\"\n"
		".SH NAME\n"
		"dualbasis \\- a tax ledger for incentive stock options and the AMT\n"
		".SH SYNOPSIS\n"
		".B dualbasis\n"
		"\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
		".SH DESCRIPTION\n"
		"Keeps the regular and the AMT basis of every lot of shares, computes "
		"Forms 6251, 8801, 8949 and Schedule D of each year from them, says "
		"where every figure comes from, and writes the packet that a CPA "
		"needs.\n"
		".SH OPTIONS\n"
		"These may stand before or after the command.\n");
	add_options(text, global_options);
	text_add(text, ".SH COMMANDS\n");
	for (size_t i = 0; commands[i]; i++)
		add_command(text, commands[i], pool);
	text_add(text, ".SH EXIT STATUS\n");
	for (size_t i = 0; i < exit_codes_count; i++) {
		text_addf(text, ".TP\n.B %d\n", fail_exit_code(exit_codes[i].kind));
		add_line(text, exit_codes[i].what);
	}
	text_add(text, ".SH ENVIRONMENT\n");
	add_named(text, environment);
	text_add(text, ".SH FILES\n");
	add_named(text, files);
}
