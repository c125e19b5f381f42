/* Answers: reports and JSON on stdout, failures and advice where they belong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/call.h"
#include "export/report.h"
#include "export/utf8.h"

#define WIDTH_OF_FILES 110 /* where there is no terminal to ask */

static int terminal_width(void)
{
	const char *const columns = getenv("COLUMNS");
	struct winsize size = { 0 };

	if (columns && atoi(columns) > 20)
		return atoi(columns);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
		return size.ws_col;
	return WIDTH_OF_FILES;
}

/* The first of the three that is set decides (POSIX). */
bool terminal_speaks_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *const value = getenv(names[i]);

		if (value && *value != '\0')
			return strstr(value, "UTF-8") || strstr(value, "utf8") ||
				strstr(value, "UTF8") || strstr(value, "utf-8");
	}
	return false;
}

void print_report(const struct call *call, const struct report *report)
{
	report_text(report,
		(struct text_style){ .colour = call->colour,
			.unicode = terminal_speaks_utf8(),
			.width = terminal_width() },
		stdout);
}

void answer_open(struct answer *answer)
{
	answer->out = (struct text)TEXT_EMPTY;
	answer->json = json_into(&answer->out);
	json_object(&answer->json, NULL);
	json_bool(&answer->json, "ok", true);
	json_object(&answer->json, "data");
}

void answer_drop(struct answer *answer)
{
	text_release(&answer->out);
}

void answer_close(struct answer *answer)
{
	json_close(&answer->json);
	json_close(&answer->json);
	json_done(&answer->json);
	fwrite(answer->out.at, 1, answer->out.length, stdout);
	text_release(&answer->out);
}

void print_next(const struct call *call, const char *command, const char *what)
{
	const char *const bold = call->colour ? "\033[1m" : "";
	const char *const plain = call->colour ? "\033[0m" : "";

	printf("  %s%-42s%s %s\n", bold, command, plain, what);
}

void add_name(struct text *text, const char *name)
{
	for (; *name != '\0'; name++)
		if (*name == '\n')
			text_add(text, "?");
		else
			text_add_bytes(text, name, 1);
}

static void place_of(const struct fail *why, struct text *place)
{
	if (why->file[0] != '\0') {
		add_name(place, why->file);
		text_add(place, ":");
	}
	if (why->row > 0)
		text_addf(place, "%ld:", why->row);
	if (why->row > 0 && why->column > 0)
		text_addf(place, "%ld:", why->column);
}

static void failure_members(struct json *json, const struct fail *why)
{
	json_text(json, "code", fail_word(why->kind));
	json_text(json, "message", why->message);
	json_text(json, "hint", why->hint[0] ? why->hint : NULL);
	json_text(json, "file", why->file[0] ? why->file : NULL);
	if (why->row > 0)
		json_count(json, "row", why->row);
	else
		json_null(json, "row");
	if (why->column > 0)
		json_count(json, "column", why->column);
	else
		json_null(json, "column");
}

static void failures_json(struct json *json, const struct failures *all)
{
	json_array(json, "errors");
	for (const struct failure *one = all->first; one != NULL; one = one->next) {
		json_object(json, NULL);
		failure_members(json, &one->why);
		json_count(json, "rows", (int64_t)one->rows);
		json_close(json);
	}
	json_close(json);
	json_text(json, "summary", all->summary);
}

static void failure_json(const struct call *call, const struct fail *why)
{
	struct text out = TEXT_EMPTY;
	struct json json = json_into(&out);

	json_object(&json, NULL);
	json_bool(&json, "ok", false);
	json_object(&json, "error");
	failure_members(&json, why);
	json_close(&json);
	if (call->failures.count > 0)
		failures_json(&json, &call->failures);
	json_close(&json);
	json_done(&json);
	fwrite(out.at, 1, out.length, stdout);
	text_release(&out);
}

void print_shown(FILE *to, const char *text)
{
	uint32_t point;

	while ((point = utf8_next(&text)) != 0) {
		char bytes[4];

		if (utf8_is_control(point) && point != '\n')
			point = UTF8_REPLACEMENT;
		fwrite(bytes, 1, utf8_put(point, bytes), to);
	}
}

static void failure_line(const struct fail *why)
{
	struct text place = TEXT_EMPTY;

	place_of(why, &place);
	fputs("dualbasis: ", stderr);
	print_shown(stderr, place.at);
	fputs(place.length > 0 ? " " : "", stderr);
	print_shown(stderr, why->message);
	fputc('\n', stderr);
	text_release(&place);
}

static void hint_line(const char *hint)
{
	if (hint[0] == '\0')
		return;
	fputs("hint: ", stderr);
	print_shown(stderr, hint);
	fputc('\n', stderr);
}

/* Failures that one hint answers stand together above it. */
static void failure_lines(const struct failures *all)
{
	for (const struct failure *one = all->first; one != NULL; one = one->next) {
		failure_line(&one->why);
		if (one->next == NULL || strcmp(one->next->why.hint, one->why.hint) != 0)
			hint_line(one->why.hint);
	}
	if (all->summary != NULL)
		print_shown(stderr, all->summary);
}

void print_failure(const struct call *call, const struct fail *why)
{
	if (call->json) {
		failure_json(call, why);
		return;
	}
	fflush(stdout);
	if (call->failures.count > 0) {
		failure_lines(&call->failures);
		return;
	}
	failure_line(why);
	hint_line(why->hint);
}

void print_page(const struct call *call, const struct text *page)
{
	struct answer answer;

	if (!call->json) {
		fwrite(page->at, 1, page->length, stdout);
		return;
	}
	answer_open(&answer);
	json_text(&answer.json, "text", page->at);
	answer_close(&answer);
}
