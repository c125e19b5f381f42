/* The table of verbs. A new verb is a file and a line here. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"

/* In the order in which a user meets them. */
#define COMMANDS(X)                                                                      \
	X(init)                                                                          \
	X(import)                                                                        \
	X(record)                                                                        \
	X(fact)                                                                          \
	X(lots)                                                                          \
	X(sales)                                                                         \
	X(form)                                                                          \
	X(explain)                                                                       \
	X(credit)                                                                        \
	X(plan)                                                                          \
	X(packet)                                                                        \
	X(todo)                                                                          \
	X(clocks)                                                                        \
	X(reconcile)                                                                     \
	X(check)                                                                         \
	X(doctor)                                                                        \
	X(filed)                                                                         \
	X(audit)                                                                         \
	X(log)                                                                           \
	X(undo)                                                                          \
	X(lock)                                                                          \
	X(unlock)                                                                        \
	X(backup)                                                                        \
	X(restore)                                                                       \
	X(compute)                                                                       \
	X(limits)                                                                        \
	X(help)                                                                          \
	X(completion)                                                                    \
	X(version)

#define X(name) extern const struct command command_##name;
COMMANDS(X)
#undef X

const struct command *const commands[] = {
#define X(name) &command_##name,
	COMMANDS(X)
#undef X
		NULL,
};

const struct option_words global_options[] = {
	{ .name = "ledger", .value = "FILE", .letter = 'l', .what = "the ledger to use" },
	{ .name = "json", .what = "answer with one JSON object" },
	{ .name = "color", .value = "WHEN", .what = "auto, always or never" },
	{ .name = "help", .letter = 'h', .what = "what a command does and how" },
	{ .name = "version", .letter = 'V', .what = "the program's version" },
	{ 0 },
};

const struct exit_words exit_codes[] = {
	{ FAIL_NONE, "done" },
	{ FAIL_FINDINGS, "done, and something was found: by audit, check or reconcile" },
	{ FAIL_USAGE,
		"the command is not understood, a value in it cannot be read, or it "
		"names "
		"what does not exist" },
	{ FAIL_MISSING_FACTS, "a fact or figure is missing that only you can give" },
	{ FAIL_NOT_MODELLED, "the situation is outside what the program computes" },
	{ FAIL_BAD_INPUT,
		"a file is wrong, what is said cannot be true, a year is locked, or the "
		"ledger is damaged" },
	{ FAIL_SYSTEM, "input or output, a lock, or memory failed" },
};
const size_t exit_codes_count = COUNT(exit_codes);

const struct named_words environment[] = {
	{ "DUALBASIS_LEDGER", "the ledger to use when --ledger is not given" },
	{ "XDG_DATA_HOME", "where the ledger is kept when neither is given" },
	{ "NO_COLOR", "if set to anything, no colour" },
	{ "COLUMNS", "the width of tables" },
	{ NULL, NULL },
};

const struct named_words files[] = {
	{ "~/.local/share/dualbasis/ledger.dualbasis",
		"the ledger, when neither --ledger nor DUALBASIS_LEDGER says otherwise: "
		"an "
		"SQLite database that only its owner may read" },
	{ NULL, NULL },
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

const char *command_usage(
	const struct command *command, const struct topic *topic, struct pool *pool)
{
	const struct option_words *option = topic ? topic->options : command->options;
	struct text text = TEXT_EMPTY;

	text_addf(&text, "dualbasis %s", command->name);
	if (topic)
		text_addf(&text, " %s%s%s", topic->name, topic->operands ? " " : "",
			topic->operands ? topic->operands : "");
	else if (command->operands[0] != '\0')
		text_addf(&text, " %s", command->operands);
	for (; option && option->name; option++) {
		text_add(&text, option->required ? " " : " [");
		if (option->letter != 0)
			text_addf(&text, "-%c", option->letter);
		else
			text_addf(&text, "--%s", option->name);
		if (option->value)
			text_addf(&text, " %s", option->value);
		text_add(&text, option->required ? "" : "]");
	}
	const char *const usage = pool_text(pool, text.at, text.length);

	text_release(&text);
	return usage;
}
