/* `completion`: scripts for shells, from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "cli/call.h"

/* " --account --format": the long options of a list. */
static void add_long(struct text *text, const struct option_words *option)
{
	for (; option && option->name; option++)
		text_addf(text, " --%s", option->name);
}

/* Commands whose operands are words that a script knows. */
static bool has_own_words(const struct command *command)
{
	return strcmp(command->name, "help") == 0 ||
		strcmp(command->name, "completion") == 0;
}

static void bash_script(struct text *text, struct pool *pool)
{
	text_add(text,
		"# bash completion of dualbasis\n"
		"_dualbasis() {\n"
		"\tlocal word=${COMP_WORDS[COMP_CWORD]} verb= kind= words= i\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\tcase ${COMP_WORDS[i]} in\n"
		"\t\t-l | --ledger | --color) ((i++)) ;;\n"
		"\t\t-*) ;;\n"
		"\t\t*)\n"
		"\t\t\tif [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}\n"
		"\t\t\telif [ -z \"$kind\" ]; then kind=${COMP_WORDS[i]}; fi\n"
		"\t\t\t;;\n"
		"\t\tesac\n"
		"\tdone\n"
		"\tcase \"$verb $kind\" in\n"
		"\t' ') words='");
	for (size_t i = 0; commands[i]; i++)
		text_addf(text, "%s%s", i ? " " : "", commands[i]->name);
	add_long(text, global_options);
	text_add(text, "' ;;\n\t'help '*) words='exit-codes");
	for (size_t i = 0; commands[i]; i++)
		text_addf(text, " %s", commands[i]->name);
	text_add(text, " --man' ;;\n\t'completion '*) words='bash zsh fish' ;;\n");
	for (size_t i = 0; commands[i]; i++) {
		if (has_own_words(commands[i]))
			continue;
		if (!commands[i]->topics) {
			text_addf(text, "\t'%s '*) words='", commands[i]->name);
			add_long(text, commands[i]->options);
			add_long(text, global_options);
			text_add(text, "' ;;\n");
			continue;
		}
		const struct topic *const topics = commands[i]->topics(pool);

		text_addf(text, "\t'%s ') words='", commands[i]->name);
		for (const struct topic *topic = topics; topic->name; topic++)
			text_addf(text, " %s", topic->name);
		text_add(text, "' ;;\n");
		for (const struct topic *topic = topics; topic->name; topic++) {
			text_addf(text, "\t'%s %s') words='", commands[i]->name,
				topic->name);
			add_long(text, topic->options);
			add_long(text, global_options);
			text_add(text, "' ;;\n");
		}
	}
	text_add(text,
		"\tesac\n"
		"\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
		"}\n"
		"complete -o bashdefault -o default -F _dualbasis dualbasis\n");
}

/* A word inside single quotes of zsh's _arguments and _describe: no quote, colon or bracket. */
static void add_quiet(struct text *text, const char *words)
{
	for (; *words != '\0'; words++)
		if (!strchr("'[]:\\", *words))
			text_add_bytes(text, words, 1);
}

static void zsh_options(struct text *text, const struct option_words *option)
{
	for (; option && option->name; option++) {
		text_addf(text, " '--%s%s[", option->name, option->value ? "=" : "");
		add_quiet(text, option->what);
		text_addf(text, "]%s%s%s'", option->value ? ":" : "",
			option->value ? option->value : "",
			option->value && strcmp(option->value, "FILE") == 0 ? ":_files"
				: option->value                             ? ":"
									    : "");
	}
}

static void zsh_script(struct text *text, struct pool *pool)
{
	text_add(text,
		"#compdef dualbasis\n"
		"_dualbasis() {\n"
		"\tlocal -a verbs\n"
		"\tlocal kind=${words[3]}\n"
		"\tverbs=(");
	for (size_t i = 0; commands[i]; i++) {
		text_addf(text, " '%s:", commands[i]->name);
		add_quiet(text, commands[i]->summary);
		text_add(text, "'");
	}
	text_add(text,
		" )\n\tif ((CURRENT == 2)); then\n"
		"\t\t_describe command verbs\n"
		"\t\treturn\n"
		"\tfi\n"
		"\tcase ${words[2]} in\n"
		"\thelp) _values -S '' option --man; _describe command verbs ;;\n"
		"\tcompletion) _values shell bash zsh fish ;;\n");
	for (size_t i = 0; commands[i]; i++) {
		if (has_own_words(commands[i]))
			continue;
		text_addf(text, "\t%s)\n", commands[i]->name);
		if (commands[i]->topics) {
			const struct topic *topic = commands[i]->topics(pool);

			text_add(text, "\t\tif ((CURRENT == 3)); then _values kind");
			for (; topic->name; topic++) {
				text_addf(text, " '%s[", topic->name);
				add_quiet(text, topic->what);
				text_add(text, "]'");
			}
			text_add(text, "; return; fi\n\t\tcase $kind in\n");
			for (topic = commands[i]->topics(pool); topic->name; topic++) {
				text_addf(text, "\t\t%s) _arguments", topic->name);
				zsh_options(text, topic->options);
				zsh_options(text, global_options);
				text_add(text, " ;;\n");
			}
			text_add(text, "\t\tesac ;;\n");
			continue;
		}
		text_add(text, "\t\t_arguments");
		zsh_options(text, commands[i]->options);
		zsh_options(text, global_options);
		text_add(text, " '*:file:_files' ;;\n");
	}
	text_add(text, "\tesac\n}\n_dualbasis \"$@\"\n");
}

static void fish_options(
	struct text *text, const char *seen, const struct option_words *option)
{
	for (; option && option->name; option++) {
		text_addf(text, "complete -c dualbasis%s -l %s", seen, option->name);
		if (option->letter != 0)
			text_addf(text, " -s %c", option->letter);
		text_addf(text, "%s -d '", option->value ? " -r" : "");
		add_quiet(text, option->what);
		text_add(text, "'\n");
	}
}

static void fish_script(struct text *text, struct pool *pool)
{
	text_add(text, "# fish completion of dualbasis\n");
	for (size_t i = 0; commands[i]; i++) {
		text_addf(text,
			"complete -c dualbasis -n __fish_use_subcommand -a %s -d '",
			commands[i]->name);
		add_quiet(text, commands[i]->summary);
		text_add(text, "'\n");
	}
	fish_options(text, "", global_options);
	for (size_t i = 0; commands[i]; i++) {
		struct text seen = TEXT_EMPTY;

		text_addf(
			&seen, " -n '__fish_seen_subcommand_from %s'", commands[i]->name);
		fish_options(text, seen.at, commands[i]->options);
		for (const struct topic *topic =
				commands[i]->topics ? commands[i]->topics(pool) : NULL;
			topic && topic->name; topic++) {
			text_addf(text, "complete -c dualbasis%s -f -a %s -d '", seen.at,
				topic->name);
			add_quiet(text, topic->what);
			text_add(text, "'\n");
			struct text both = TEXT_EMPTY;

			text_addf(&both,
				" -n '__fish_seen_subcommand_from %s; and "
				"__fish_seen_subcommand_from %s'",
				commands[i]->name, topic->name);
			fish_options(text, both.at, topic->options);
			text_release(&both);
		}
		text_release(&seen);
	}
	text_add(text,
		"complete -c dualbasis -n '__fish_seen_subcommand_from completion' "
		"-f -a 'bash zsh fish'\n");
}

static const struct shell {
	const char *name;
	void (*script)(struct text *, struct pool *);
} shells[] = {
	{ "bash", bash_script },
	{ "zsh", zsh_script },
	{ "fish", fish_script },
};

bool completion_script(
	const char *shell, struct text *text, struct pool *pool, struct fail *why)
{
	for (size_t i = 0; i < COUNT(shells); i++)
		if (strcmp(shells[i].name, shell) == 0) {
			shells[i].script(text, pool);
			return true;
		}
	return fail_set(why, FAIL_USAGE,
		"there is no completion for \"%s\" (want bash, zsh or fish)",
		CUT(shell, 40));
}

static bool run(struct call *call, struct fail *why)
{
	struct text script = TEXT_EMPTY;
	const bool done = call_operands(call, 1, 1, why) &&
		completion_script(call->operand[0], &script, call->pool, why);

	if (done)
		print_page(call, &script);
	text_release(&script);
	return done;
}

static const char *const examples[] = {
	"dualbasis completion bash > "
	"~/.local/share/bash-completion/completions/dualbasis",
	"dualbasis completion fish > ~/.config/fish/completions/dualbasis.fish",
	NULL,
};
const struct command command_completion = {
	.name = "completion",
	.summary = "print a completion script for your shell",
	.operands = "bash|zsh|fish",
	.details =
		"Prints a script that lets the shell complete commands and options. An "
		"installed package brings these scripts already.",
	.examples = examples,
	.run = run,
};
