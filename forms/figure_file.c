/* Sees what a file of figures is, and has it read. */
#include "forms/figure_file.h"

#include <string.h>

#include "forms/file/reading.h"
#include "ledger/import/bytes.h"

const char *amount_plain(const char *words, struct pool *pool)
{
	struct text plain = TEXT_EMPTY;
	const char *at = words;
	const bool negative = *at == '(';

	if (negative) {
		at += 1 + strspn(at + 1, " ");
		text_add(&plain, "-");
	}
	if (!negative && (*at == '-' || *at == '+'))
		text_add_bytes(&plain, at++, 1);
	if (*at == '$')
		at++;
	const size_t digits = strspn(at, "0123456789");
	/* Thousands are grouped by three, or it is no amount. */
	bool good = digits >= 1 && (at[digits] != ',' || digits <= 3);

	text_add_bytes(&plain, at, digits);
	for (at += digits; good && *at == ','; at += 4) {
		good = strspn(at + 1, "0123456789") == 3;
		if (good)
			text_add_bytes(&plain, at + 1, 3);
	}
	const size_t length = strlen(at);
	/* "(1,234)": what is between the parentheses. */
	const size_t shown = negative && length > 0 ? length - 1 : length;

	good = good && (!negative || (length > 0 && at[length - 1] == ')'));
	/* "1,234." has a point without cents. */
	if (good && !(shown == 1 && *at == '.'))
		text_add_bytes(&plain, at, shown);
	const char *const kept = good ? pool_text(pool, plain.at, plain.length) : words;

	text_release(&plain);
	return kept;
}

const char *figure_words(struct span figure, struct pool *pool)
{
	const char *const equals = memchr(figure.at, '=', figure.length);

	if (equals == NULL)
		return pool_text(pool, figure.at, figure.length);
	const size_t length = (size_t)(equals - figure.at);
	const struct span name = span_trim((struct span){ figure.at, length });
	const struct span value =
		span_trim((struct span){ equals + 1, figure.length - length - 1 });

	if (value.length == 0)
		return NULL;
	return pool_printf(pool, "%.*s=%s", (int)name.length, name.at,
		amount_plain(pool_text(pool, value.at, value.length), pool));
}

void reading_add(struct reading *reading, struct span name, struct span value, long row,
	long column)
{
	const char *const words = figure_words(
		span_of(pool_printf(reading->pool, "%.*s=%.*s", (int)name.length, name.at,
			(int)value.length, value.at)),
		reading->pool);

	if (words == NULL)
		return;
	GROW(reading->at, reading->count, reading->room);
	reading->at[reading->count++] = (struct figure_entry){ words, row, column };
}

static bool begins(const unsigned char *head, size_t length, const char *with)
{
	return length >= strlen(with) && memcmp(head, with, strlen(with)) == 0;
}

/* A PDF's own mark may stand a little behind the beginning. */
static bool is_pdf(const unsigned char *head, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (begins(head + i, length - i, "%PDF-"))
			return true;
	return false;
}

static bool is_json(const unsigned char *head, size_t length)
{
	size_t at = begins(head, length, "\xef\xbb\xbf") ? 3 : 0;

	while (at < length && strchr(" \t\r\n", head[at]) != NULL && head[at] != '\0')
		at++;
	return at < length && (head[at] == '{' || head[at] == '[');
}

static bool is_csv(const char *path)
{
	const char *const ending = strrchr(path, '.');

	return ending != NULL && span_is_fold(span_of(ending), ".csv");
}

static bool pdf_refuse(struct fail *why)
{
	fail_set(why, FAIL_BAD_INPUT, "the file is a PDF, which only `filed` reads");
	return fail_hint(why, "dualbasis fact YEAR --template prints a file to fill in");
}

static bool read_by_kind(struct reading *reading, enum fact_kind kind, struct fail *why)
{
	unsigned char head[1024];
	size_t length;

	if (!bytes_head(reading->path, head, sizeof head, &length, why))
		return false;
	if (is_pdf(head, length))
		return kind == FACT_FILED ? figure_pdf_read(reading, why)
					  : pdf_refuse(why);
	if (is_json(head, length))
		return figure_json_read(reading, why);
	return is_csv(reading->path) ? figure_csv_read(reading, why)
				     : figure_text_read(reading, why);
}

bool figure_file_read(int year, enum fact_kind kind, const char *path,
	struct figure_entries *entries, struct pool *pool, struct fail *why)
{
	struct reading reading = { .year = year, .path = path, .pool = pool };
	const bool done = read_by_kind(&reading, kind, why);

	pool_adopt(pool, reading.at);
	*entries = (struct figure_entries){ reading.at, reading.count };
	return done || fail_file(why, path);
}
