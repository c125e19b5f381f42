/* Reads the command line into a call, by the tables of command.h. */
#include "cli/call.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/place.h"

#define OPTIONS_MOST 64

/* What getopt_long is told, and which option each of its answers means. */
struct option_set {
	struct option list[OPTIONS_MOST + 1];
	const struct option_words *words[OPTIONS_MOST];
	size_t count;
	char letters[2 * OPTIONS_MOST + 4];
};

/* Answers of getopt_long beyond every letter: the option's place in the set. */
#define FIRST_ANSWER 1000

static void set_begin(struct option_set *set, const char *manner)
{
	memset(set, 0, sizeof *set);
	strcpy(set->letters, manner);
}

static void set_add(struct option_set *set, const struct option_words *words)
{
	for (; words && words->name; words++) {
		assert(set->count < OPTIONS_MOST);
		set->list[set->count] = (struct option){ words->name,
			words->value ? required_argument : no_argument, NULL,
			FIRST_ANSWER + (int)set->count };
		set->words[set->count++] = words;
		if (words->letter != 0) {
			char *const end = set->letters + strlen(set->letters);

			end[0] = words->letter;
			end[1] = words->value ? ':' : '\0';
		}
	}
}

static const struct option_words *set_answer(const struct option_set *set, int answer)
{
	if (answer >= FIRST_ANSWER)
		return set->words[answer - FIRST_ANSWER];
	for (size_t i = 0; i < set->count; i++)
		if (set->words[i]->letter == answer)
			return set->words[i];
	return NULL;
}

static bool unknown_option(const struct option_set *set, const struct call *call,
	const char *typed, struct fail *why)
{
	const char *names[OPTIONS_MOST];
	char word[64];
	const size_t length = strcspn(typed + strspn(typed, "-"), "=");

	snprintf(word, sizeof word, "%.*s", (int)(length < 60 ? length : 60),
		typed + strspn(typed, "-"));
	for (size_t i = 0; i < set->count; i++)
		names[i] = set->words[i]->name;
	const char *const near = nearest_word(word, names, set->count);

	fail_set(why, FAIL_USAGE, "unknown option \"%s\"", CUT(typed, 80));
	if (near)
		return fail_hint(why, "did you mean --%s?", near);
	if (call->command)
		return fail_hint(why, "dualbasis help %s", call->command->name);
	return fail_hint(why, "dualbasis help");
}

static void take(struct call *call, const struct option_words *words, const char *value)
{
	GROW(call->given, call->givens, call->givens_room);
	call->given[call->givens++] = (struct given){ words, value };
}

/* Read options of the set up to the end (or, with "+", to the first operand). */
static bool read_options(struct call *call, const struct option_set *set, int argc,
	char **argv, struct fail *why)
{
	opterr = 0;
	optind = 0;
	for (;;) {
		const int answer = getopt_long(argc, argv, set->letters, set->list, NULL);

		if (answer == -1)
			return true;
		if (answer == ':') {
			const char *const typed = argv[optind - 1];

			fail_set(why, FAIL_USAGE, "option \"%s\" wants a value",
				CUT(typed, 80));
			return call->command
				? fail_hint(why, "dualbasis help %s", call->command->name)
				: fail_hint(why, "dualbasis help");
		}
		if (answer == '?') {
			const struct option_words *const known =
				optopt >= FIRST_ANSWER ? set_answer(set, optopt) : NULL;
			char letter[3] = { '-', (char)optopt, '\0' };
			const bool is_letter = optopt > 0 && optopt < FIRST_ANSWER;

			if (known)
				return fail_set(why, FAIL_USAGE,
					"option \"--%s\" takes no value", known->name);
			return unknown_option(
				set, call, is_letter ? letter : argv[optind - 1], why);
		}
		const struct option_words *const words = set_answer(set, answer);

		assert(words != NULL);
		if (words->value && !words->many && call_has(call, words->name))
			return fail_set(why, FAIL_USAGE, "option --%s is given twice",
				words->name);
		take(call, words, words->value ? optarg : NULL);
	}
}

/* Quoted for a shell, so that a line of the log can be pasted. */
static void add_word(struct text *text, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_=./:,@%+";

	if (text->length > 0)
		text_add(text, " ");
	if (*word != '\0' && strspn(word, plain) == strlen(word)) {
		text_add(text, word);
		return;
	}
	text_add(text, "'");
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			text_add(text, "'\\''");
		else
			text_add_bytes(text, word, 1);
	}
	text_add(text, "'");
}

static const char *words_of(int argc, char **argv, struct pool *pool)
{
	struct text text = TEXT_EMPTY;

	add_word(&text, "dualbasis");
	for (int i = 1; i < argc; i++)
		add_word(&text, argv[i]);
	const char *const words = pool_text(pool, text.at, text.length);

	text_release(&text);
	return words;
}

/* The first words, so that even a usage failure answers in the manner asked for. */
static void manners(struct call *call, int argc, char **argv)
{
	const char *const no_colour = getenv("NO_COLOR");

	const char *const terminal = getenv("TERM");
	const bool dumb = terminal && strcmp(terminal, "dumb") == 0;

	call->colour =
		isatty(STDOUT_FILENO) && !dumb && (!no_colour || *no_colour == '\0');
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--json") == 0)
			call->json = true;
}

static bool find_verb(struct call *call, const char *name, struct fail *why)
{
	const char *names[64];
	size_t count = 0;

	call->command = command_find(name);
	if (call->command)
		return true;
	for (; commands[count] && count < COUNT(names); count++)
		names[count] = commands[count]->name;
	const char *const near = nearest_word(name, names, count);

	fail_set(why, FAIL_USAGE, "there is no command \"%s\"", CUT(name, 80));
	return near ? fail_hint(why, "did you mean %s?", near)
		    : fail_hint(why, "dualbasis help lists the commands");
}

/* The topic that a verb's first operand names: `record exercise`. */
static bool find_topic(struct call *call, int argc, char **argv, struct fail *why)
{
	const struct topic *const topics = call->command->topics(call->pool);
	const char *names[64];
	size_t count = 0;

	for (; topics[count].name && count < COUNT(names); count++)
		names[count] = topics[count].name;
	/* It stands first: options before it could not be read without knowing it. */
	if (argc < 2 || argv[1][0] == '-') {
		struct text list = TEXT_EMPTY;

		for (size_t i = 0; i < count; i++)
			text_addf(&list, "%s%s", i ? ", " : "", names[i]);
		fail_set(why, FAIL_USAGE, "%s what? one of: %s", call->command->name,
			list.at);
		text_release(&list);
		return fail_hint(why, "dualbasis help %s", call->command->name);
	}
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], argv[1]) == 0)
			call->topic = &topics[i];
	if (call->topic)
		return true;
	const char *const near = nearest_word(argv[1], names, count);

	fail_set(why, FAIL_USAGE, "there is nothing called \"%s\" to %s",
		CUT(argv[1], 80), call->command->name);
	return near ? fail_hint(why, "did you mean %s?", near)
		    : fail_hint(why, "dualbasis help %s lists the kinds",
			      call->command->name);
}

static bool settle_globals(struct call *call, struct fail *why)
{
	const char *const colour = call_value(call, "color");

	call->json = call_has(call, "json");
	if (colour && strcmp(colour, "always") == 0)
		call->colour = true;
	else if (colour && strcmp(colour, "never") == 0)
		call->colour = false;
	else if (colour && strcmp(colour, "auto") != 0)
		return fail_set(why, FAIL_USAGE,
			"--color \"%s\": want auto, always or never", CUT(colour, 40));
	call->ledger = ledger_place(call_value(call, "ledger"), call->pool);
	return true;
}

/* `VERB --help` is `help VERB`. */
static bool ask_for_help(struct call *call, struct fail *why)
{
	char **const operand = pool_alloc(call->pool, 2 * sizeof *operand);

	operand[0] = pool_printf(call->pool, "%s", call->command->name);
	call->operands = 1;
	if (call->topic) {
		operand[1] = pool_printf(call->pool, "%s", call->topic->name);
		call->operands = 2;
	}
	call->operand = operand;
	call->command = command_find("help");
	call->topic = NULL;
	return settle_globals(call, why);
}

static bool is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

bool call_parse(struct call *call, int argc, char **argv, struct fail *why)
{
	struct option_set set;

	manners(call, argc, argv);
	call->words = words_of(argc, argv, call->pool);
	set_begin(&set, "+:");
	set_add(&set, global_options);
	if (!read_options(call, &set, argc, argv, why))
		return false;
	const int verb = optind;

	if (call_has(call, "version"))
		call->command = command_find("version");
	else if (call_has(call, "help") && verb >= argc)
		call->command = command_find("help");
	if (call->command)
		return settle_globals(call, why);
	if (verb >= argc) {
		fail_set(why, FAIL_USAGE, "no command was given");
		return fail_hint(why, "dualbasis help shows where to begin");
	}
	if (!find_verb(call, argv[verb], why))
		return false;

	argc -= verb;
	argv += verb;
	if (call_has(call, "help") || (argc > 1 && is_help(argv[1])))
		return ask_for_help(call, why);
	if (call->command->topics) {
		if (!find_topic(call, argc, argv, why))
			return false;
		argc--;
		argv++;
	}
	set_begin(&set, ":");
	set_add(&set, call->topic ? call->topic->options : call->command->options);
	set_add(&set, global_options);
	if (!read_options(call, &set, argc, argv, why))
		return false;
	if (call_has(call, "help"))
		return ask_for_help(call, why);
	call->operand = argv + optind;
	call->operands = (size_t)(argc - optind);
	return settle_globals(call, why);
}

bool call_has(const struct call *call, const char *option)
{
	for (size_t i = 0; i < call->givens; i++)
		if (strcmp(call->given[i].option->name, option) == 0)
			return true;
	return false;
}

const char *call_value(const struct call *call, const char *option)
{
	const char *value = NULL;

	for (size_t i = 0; i < call->givens; i++)
		if (strcmp(call->given[i].option->name, option) == 0)
			value = call->given[i].value;
	return value;
}

bool call_operands(const struct call *call, size_t least, size_t most, struct fail *why)
{
	const struct topic *const topic =
		call->topic && call->topic->operands ? call->topic : NULL;
	const char *const of = topic ? " " : "", *const name = topic ? topic->name : "";

	if (call->operands >= least && call->operands <= most)
		return true;
	if (call->operands < least)
		fail_set(why, FAIL_USAGE, "%s%s%s needs %s", call->command->name, of,
			name, topic ? topic->operands : call->command->operands);
	else
		fail_set(why, FAIL_USAGE, "%s%s%s does not know what to do with \"%s\"",
			call->command->name, of, name, CUT(call->operand[most], 80));
	return fail_hint(why, "dualbasis help %s%s%s", call->command->name, of, name);
}

bool year_like(const char *text)
{
	return strlen(text) == 4 && strspn(text, "0123456789") == 4 &&
		(strncmp(text, "19", 2) == 0 || strncmp(text, "20", 2) == 0);
}

bool year_parse(const char *text, int *year, struct fail *why)
{
	if (!year_like(text))
		return fail_set(why, FAIL_USAGE, "\"%s\" is not a year (want 2025)",
			CUT(text, 80));
	*year = atoi(text);
	return true;
}

struct day day_today(void)
{
	return (struct day){ (int32_t)(time(NULL) / (24 * 60 * 60)) };
}
