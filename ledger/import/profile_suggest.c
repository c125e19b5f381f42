/* Suggests a profile from a file's own header and first rows. */
#include <string.h>

#include "ledger/import/formats.h"
#include "ledger/import/import_inside.h"

/* What a known format means by a column of this name, or "ignore". */
static const char *guess(const char *plain)
{
	for (size_t i = 0; formats[i] != NULL; i++)
		for (const struct table *table = formats[i]->table; table != NULL;
			table = table->other)
			for (const struct column *column = table->column;
				column->name != NULL; column++)
				if (*column->name == *plain &&
					strcmp(column->name, plain) == 0 &&
					column->take != TAKE_NOTHING &&
					profile_word(column->take) != NULL)
					return profile_word(column->take);
	return "ignore";
}

/* The header is the record with the most cells that are words, not values. */
static const struct record *header_of(const struct preview *preview)
{
	const struct record *best = NULL;
	size_t most = 1;

	for (size_t i = 0; i < preview->count; i++) {
		size_t words = 0;

		for (size_t c = 0; c < preview->record[i].count; c++) {
			const char *const text = preview->record[i].cell[c].text;

			words += !value_blank(text) &&
				text[strspn(text, "0123456789.,-/$()% ")] != '\0';
		}
		if (words > most) {
			most = words;
			best = &preview->record[i];
		}
	}
	return best;
}

/* Digits in threes, with one separator: "02.01.2024"; which part cannot be a month? */
static void vote_day(const char *text, int *day_first)
{
	int part[3] = { 0 };
	size_t parts = 0;
	char separator = '\0';

	for (; *text != '\0' && parts < 3; text++) {
		if (*text >= '0' && *text <= '9') {
			part[parts] = part[parts] * 10 + *text - '0';
			if (part[parts] > 9999)
				return;
		} else if ((*text == '.' || *text == '/' || *text == '-') &&
			(separator == '\0' || separator == *text)) {
			separator = *text;
			parts++;
		} else {
			return;
		}
	}
	if (parts != 2 || part[0] == 0 || part[0] > 31 || part[1] == 0 || part[1] > 31)
		return;
	*day_first += part[0] > 12 || (part[1] <= 12 && separator == '.');
	*day_first -= part[1] > 12;
}

/* "1.234,50" and "10,5" have a decimal comma; "1,234" says nothing. */
static void vote_decimals(const char *text, int *comma)
{
	const char *const mark = strrchr(text, ','), *const point = strrchr(text, '.');

	if (text[strspn(text, "0123456789.,-+$() ")] != '\0')
		return;
	if (mark != NULL && point != NULL)
		*comma += mark > point ? 1 : -1;
	else if (mark != NULL)
		*comma +=
			strchr(text, ',') == mark && strspn(mark + 1, "0123456789") != 3;
	else if (point != NULL)
		*comma -= strchr(text, '.') == point;
}

/* How the file writes days and amounts, as far as its first rows tell. */
static void suggest_manner(
	const struct preview *preview, const struct record *header, struct text *text)
{
	int day_first = 0, comma = 0;

	for (const struct record *row = header + 1;
		row < preview->record + preview->count; row++)
		for (size_t i = 0; i < row->count; i++) {
			vote_day(row->cell[i].text, &day_first);
			vote_decimals(row->cell[i].text, &comma);
		}
	text_addf(text, "dates %s\n", day_first > 0 ? "day-first" : "month-first");
	if (comma > 0)
		text_add(text, "decimals comma\n");
}

/* What the first row after the header has in a column that no format knows. */
static void suggest_example(const struct preview *preview, const struct record *header,
	size_t column, struct text *text)
{
	const struct record *const row = header + 1;

	if (row >= preview->record + preview->count || column >= row->count ||
		value_blank(row->cell[column].text))
		return;
	text_add(text, "# for example: ");
	for (const char *at = row->cell[column].text; (unsigned char)*at >= ' '; at++)
		text_add_bytes(text, at, 1);
	text_add(text, "\n");
}

bool profile_suggest(const char *path, struct text *text, struct fail *why)
{
	struct pool pool = { NULL };
	struct preview *const preview = pool_alloc(&pool, sizeof *preview);
	bool done = preview_open(preview, path, &pool, why);
	const struct record *const header = done ? header_of(preview) : NULL;

	if (done && header == NULL)
		done = fail_set(why, FAIL_BAD_INPUT, "no header was found in the file");
	if (done) {
		text_add(text,
			"# What each column means; \"ignore\" is not read. Days sold and "
			"proceeds must be named.\n"
			"# skip COLUMN WORD leaves out rows whose cell begins so "
			"(totals), "
			"only COLUMN WORD\n"
			"# takes no others; flip FIELD turns a sign round; constant "
			"FIELD "
			"WORD is the same for\n"
			"# every row; digital yes: digital assets, with boxes of their "
			"own. Fields:\n#  ");
		profile_words(text);
		text_add(text, "\nname my-broker\ntax-form yes\n");
		suggest_manner(preview, header, text);
		if (!preview->workbook)
			text_addf(text, "delimiter %s\n",
				preview->delimiter == '\t'          ? "tab"
					: preview->delimiter == ';' ? "semicolon"
								    : "comma");
	}
	for (size_t i = 0; done && i < header->count; i++) {
		char plain[NAME_LIMIT];

		if (*name_plain(header->cell[i].text, plain) == '\0' ||
			strchr(plain, '"') != NULL)
			continue;
		const char *const field = guess(plain);

		if (strcmp(field, "ignore") == 0)
			suggest_example(preview, header, i, text);
		text_addf(text, "column \"%s\" %s\n", plain, field);
	}
	pool_release(&pool);
	return done || fail_file(why, path);
}
