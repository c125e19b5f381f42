/* Keeps the first words about a failure and what callers add to them. */
#include "ledger/base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

static void set(struct fail *why, enum fail_kind kind, long row, long column,
	const char *format, va_list values) __attribute__((format(printf, 5, 0)));

static void set(struct fail *why, enum fail_kind kind, long row, long column,
	const char *format, va_list values)
{
	memset(why, 0, sizeof *why);
	why->kind = kind;
	why->row = row;
	why->column = column;
	vsnprintf(why->message, sizeof why->message, format, values);
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
	vsnprintf(why->hint, sizeof why->hint, format, values);
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
	char context[sizeof why->message];
	char inner[sizeof why->message];
	va_list values;

	va_start(values, format);
	vsnprintf(context, sizeof context, format, values);
	va_end(values);
	memcpy(inner, why->message, sizeof inner);
	/* Too long a chain is cut at its end: the outermost context names the place. */
	const int wrote =
		snprintf(why->message, sizeof why->message, "%.300s: ", context);
	const size_t used = wrote < 0 ? 0 : (size_t)wrote;
	snprintf(why->message + used, sizeof why->message - used, "%.*s",
		(int)(sizeof why->message - used - 1), inner);
	return false;
}
