/* Keeps the first words about a failure and what callers add to them. */
#include "ledger/base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ledger/base/text.h"

static const char *const words[] = {
	[FAIL_NONE] = "ok",
	[FAIL_FINDINGS] = "findings",
	[FAIL_USAGE] = "usage",
	[FAIL_MISSING_FACTS] = "missing_facts",
	[FAIL_NOT_MODELLED] = "not_modelled",
	[FAIL_BAD_INPUT] = "bad_input",
	[FAIL_SYSTEM] = "system",
	[FAIL_LOCKED] = "locked",
};

const char *fail_word(enum fail_kind kind)
{
	return words[kind];
}

int fail_exit_code(enum fail_kind kind)
{
	return kind == FAIL_LOCKED ? (int)FAIL_BAD_INPUT : (int)kind;
}

/* Not a control character, nor one that turns or breaks the line it stands in. */
static bool shows(const char *at, size_t length)
{
	const unsigned char *const byte = (const unsigned char *)at;

	if (length == 1)
		return byte[0] >= 0x20 && byte[0] != 0x7f;
	if (length == 2)
		return byte[0] != 0xc2 || byte[1] >= 0xa0;
	if (length == 3 && byte[0] == 0xe2 && byte[1] == 0x80)
		return byte[2] != 0x8e && byte[2] != 0x8f &&
			(byte[2] < 0xa8 || byte[2] > 0xae);
	if (length == 3 && byte[0] == 0xe2 && byte[1] == 0x81)
		return byte[2] < 0xa6 || byte[2] > 0xa9;
	return true;
}

/*
 * Messages quote what a file says, cut where there is no more room, and they go to terminals:
 * what is no character, or not one to be seen, becomes "?" (a blank of any kind, a blank).
 */
static void tidy(char *text)
{
	const char *at = text;
	char *to = text;
	size_t left = strlen(text);

	while (left > 0) {
		const size_t length = utf8_length(at, left);
		const size_t step = length > 0 ? length : 1;

		if (length > 0 && shows(at, length)) {
			memmove(to, at, length);
			to += length;
		} else {
			*to++ = strchr("\t\n\r", *at) != NULL ? ' ' : '?';
		}
		at += step;
		left -= step;
	}
	*to = '\0';
}

/* Print into a text of fixed room, whole characters all. */
static void fill(char *to, size_t room, const char *format, va_list values)
	__attribute__((format(printf, 3, 0)));

static void fill(char *to, size_t room, const char *format, va_list values)
{
	const int length = vsnprintf(to, room, format, values);

	span_cut((struct span){ to, length > 0 ? (size_t)length : 0 }, room - 1, to);
	tidy(to);
}

static void set(struct fail *why, enum fail_kind kind, long row, long column,
	const char *format, va_list values) __attribute__((format(printf, 5, 0)));

static void set(struct fail *why, enum fail_kind kind, long row, long column,
	const char *format, va_list values)
{
	memset(why, 0, sizeof *why);
	why->kind = kind;
	why->row = row;
	why->column = column;
	fill(why->message, sizeof why->message, format, values);
}

bool fail_set(struct fail *why, enum fail_kind kind, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	set(why, kind, 0, 0, format, values);
	va_end(values);
	return false;
}

bool fail_at(struct fail *why, enum fail_kind kind, long row, long column,
	const char *format, ...)
{
	va_list values;

	va_start(values, format);
	set(why, kind, row, column, format, values);
	va_end(values);
	return false;
}

bool fail_hint(struct fail *why, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	fill(why->hint, sizeof why->hint, format, values);
	va_end(values);
	return false;
}

bool fail_file(struct fail *why, const char *file)
{
	snprintf(why->file, sizeof why->file, "%s", file);
	return false;
}

bool fail_in(struct fail *why, const char *format, ...)
{
	char context[301], inner[sizeof why->message];
	va_list values;

	va_start(values, format);
	fill(context, sizeof context, format, values);
	va_end(values);
	memcpy(inner, why->message, sizeof inner);
	/* Too long a chain is cut at its end: the outermost context names the place. */
	const size_t used = strlen(context) + 2, left = sizeof why->message - used - 1;

	memcpy(why->message, context, used - 2);
	memcpy(why->message + used - 2, ": ", 2);
	text_cut(inner, left, why->message + used);
	return false;
}
