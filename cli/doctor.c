/* `doctor`: is everything around the ledger as it should be? */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "cli/home.h"

#define ROOM_MOST (INT64_C(100) << 20) /* less free space than this is worth a word */

struct looking {
	struct call *call;
	struct answer answer;
};

/* Something that is not as it should be is a finding; what is merely worth knowing is not. */
enum state { STATE_GOOD, STATE_NOTE, STATE_BAD };

static void say(struct looking *work, enum state state, const char *name,
	const char *format, ...) PRINTF_LIKE(4, 5);

static void say(
	struct looking *work, enum state state, const char *name, const char *format, ...)
{
	static const char *const marks[] = {
		[STATE_GOOD] = "ok", [STATE_NOTE] = "note", [STATE_BAD] = "FOUND"
	};
	char words[640];
	va_list values;

	va_start(values, format);
	vsnprintf(words, sizeof words, format, values);
	va_end(values);
	work->call->findings |= state == STATE_BAD;
	if (!work->call->json) {
		printf("  %-8s %-11s %s\n", marks[state], name, words);
		return;
	}
	json_object(&work->answer.json, NULL);
	json_text(&work->answer.json, "name", name);
	json_text(&work->answer.json, "state", marks[state]);
	json_text(&work->answer.json, "text", words);
	json_close(&work->answer.json);
}

/* The folder that a path lies in. */
static const char *folder_of(const char *path, struct pool *pool)
{
	const char *const slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : pool_text(pool, path, (size_t)(slash - path));
}

/* "ledger.dualbasis.new-4711-0": made by store_scratch(), and gone when the copy is in place. */
static bool is_scratch(const char *name, const char *ledger)
{
	const size_t length = strlen(ledger);

	return strncmp(name, ledger, length) == 0 &&
		strncmp(name + length, ".new-", 5) == 0;
}

/* A program that was killed leaves its half-made copy; it is no part of the ledger. */
static void look_for_scratch(struct looking *work, const char *folder)
{
	const char *const slash = strrchr(work->call->ledger, '/');
	const char *const ledger = slash ? slash + 1 : work->call->ledger;
	DIR *const list = opendir(folder);
	size_t count = 0;

	if (!list)
		return;
	for (const struct dirent *entry; (entry = readdir(list)) != NULL;)
		if (is_scratch(entry->d_name, ledger)) {
			say(work, STATE_BAD, "leftover",
				"%s%s%s is of a command that was killed: delete it when "
				"none "
				"is running",
				slash ? folder : "", slash ? "/" : "", entry->d_name);
			count++;
		}
	closedir(list);
	if (count == 0)
		say(work, STATE_GOOD, "leftover", "no half-made copy lies beside it");
}

static void look_at_file(struct looking *work)
{
	const char *const path = work->call->ledger;
	const char *const folder = folder_of(path, work->call->pool);
	struct stat found;
	struct statvfs disk;

	look_for_scratch(work, folder);
	if (stat(path, &found) != 0) {
		say(work, STATE_NOTE, "ledger", "%s: %s", path, strerror(errno));
		return;
	}
	say(work, STATE_GOOD, "ledger", "%s, %lld bytes", path, (long long)found.st_size);
	if ((found.st_mode & 077) != 0)
		say(work, STATE_BAD, "privacy",
			"others may read it: chmod 600 (the mode is %o)",
			(unsigned)found.st_mode & 0777);
	else
		say(work, STATE_GOOD, "privacy", "only its owner may read it");
	if (statvfs(folder, &disk) == 0) {
		const int64_t room = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;

		say(work, room < ROOM_MOST ? STATE_BAD : STATE_GOOD, "disk",
			"%lld MB are free", (long long)(room >> 20));
	}
}

static void look_into_ledger(struct looking *work)
{
	struct fail why = { 0 };
	struct home home;

	if (!home_open(&home, work->call, STORE_READ, HOME_STORE, &why)) {
		say(work, STATE_BAD, "open", "%s", why.message);
		return;
	}
	if (store_check(home.store, &why))
		say(work, STATE_GOOD, "whole", "the file's invariants hold");
	else
		say(work, STATE_BAD, "whole", "%s", why.message);
	home_close(&home);
	if (!home_open(&home, work->call, STORE_READ, HOME_CHAIN, &why)) {
		say(work, STATE_NOTE, "returns", "%s", why.message);
		return;
	}
	if (home.chain.first == 0)
		say(work, STATE_NOTE, "returns", "no year has a filing status yet");
	else
		say(work, STATE_GOOD, "returns", "%d to %d can be computed",
			home.chain.first, home.chain.last);
	home_close(&home);
}

/* Why a year is not final, or NULL. */
static const char *draft_of(const struct law *law, int year, struct pool *pool)
{
	for (const char *const *form = law_forms(law, year, pool); *form; form++) {
		const struct line_ref *line = NULL;
		struct fail why = { 0 };
		size_t count = 0;

		if (law_form_lines(law, year, *form, &line, &count, &why) && count > 0 &&
			law_line_words(law, year, line[0]).draft)
			return law_line_words(law, year, line[0]).draft;
	}
	return NULL;
}

static void look_at_law(struct looking *work)
{
	struct fail why = { 0 };
	struct law *law = NULL;

	if (!law_builtin(&law, &why)) {
		say(work, STATE_BAD, "law", "%s", why.message);
		return;
	}
	say(work, STATE_GOOD, "law", "the forms of %d to %d", LAW_FIRST_YEAR,
		LAW_LAST_YEAR);
	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		const char *const draft = draft_of(law, year, work->call->pool);

		if (draft)
			say(work, STATE_NOTE, "law", "%d is not final: %s", year, draft);
	}
	law_free(law);
}

static bool run(struct call *call, struct fail *why)
{
	struct looking work = { .call = call };
	struct stat found;

	if (!call_operands(call, 0, 0, why))
		return false;
	if (call->json) {
		answer_open(&work.answer);
		json_array(&work.answer.json, "checks");
	}
	say(&work, STATE_GOOD, "program", "dualbasis " DUALBASIS_VERSION);
	say(&work, terminal_speaks_utf8() ? STATE_GOOD : STATE_NOTE, "locale",
		terminal_speaks_utf8()
			? "UTF-8"
			: "no UTF-8 (LC_ALL, LC_CTYPE, LANG): tables are drawn in ASCII");
	look_at_law(&work);
	look_at_file(&work);
	if (stat(call->ledger, &found) == 0)
		look_into_ledger(&work);
	if (call->json) {
		json_close(&work.answer.json);
		answer_close(&work.answer);
	}
	return true;
}

static const char *const examples[] = { "dualbasis doctor", NULL };
const struct command command_doctor = {
	.name = "doctor",
	.summary = "look whether everything is as it should be",
	.operands = "",
	.details = "Looks at the program, the locale, the law's years, the ledger's "
		   "place, who "
		   "may read it, what killed commands left beside it, the room on its "
		   "disk, and whether it opens and can be computed. "
		   "Exits 1 if something should be mended. `dualbasis check` looks "
		   "deeper into "
		   "the ledger itself.",
	.examples = examples,
	.run = run,
};
