/* Refuses headers that are not what they seem, and rows that are cut short. */
#include "ledger/base/text.h"
#include "ledger/import/format.h"

#include <stdio.h>
#include <string.h>

/* What a sale is made of: a table that has a column for one of them needs it in the header. */
static const struct {
	enum take take;
	const char *what;
} needs[] = {
	{ TAKE_SOLD, "the day of sale" },
	{ TAKE_ACQUIRED, "the day of purchase" },
	{ TAKE_QUANTITY, "the quantity" },
	{ TAKE_PROCEEDS, "the proceeds" },
	{ TAKE_BASIS, "the cost" },
};

static bool is_pattern(const char *name)
{
	return *name != '\0' && name[strlen(name) - 1] == '*';
}

/* The table's first column of a kind; NULL if there is none that a header could name. */
static const struct column *wanted(const struct table *table, enum take take)
{
	for (const struct column *column = table->column; column->name != NULL; column++)
		if (column->take == take && *column->name != '\0')
			return column;
	return NULL;
}

static bool mapped(const struct reading *reading, enum take take)
{
	for (size_t i = 0; i < reading->mapped; i++)
		if (reading->map[i] != NULL && reading->map[i]->take == take)
			return true;
	return false;
}

static bool lacks(
	const struct reading *reading, const struct record *record, struct fail *why)
{
	for (size_t i = 0; reading->table->kind == ROW_SALE && i < COUNT(needs); i++) {
		const struct column *const column = wanted(reading->table, needs[i].take);

		if (column == NULL || mapped(reading, needs[i].take) ||
			reading->table->may_lack == needs[i].take)
			continue;
		fail_at(why, FAIL_BAD_INPUT, record->line, 0,
			"the header has no column for %s (want \"%s\")", needs[i].what,
			column->name);
		return fail_hint(why,
			"download the file again; --profile new helps to read one of "
			"other columns");
	}
	return true;
}

static bool has_column(const struct reading *reading, const struct column *column)
{
	for (size_t i = 0; i < reading->mapped; i++)
		if (reading->map[i] == column)
			return true;
	return false;
}

/* One letter too many, too few or another, or two that changed places. */
static bool is_typo(const char *a, const char *b)
{
	const size_t length = strlen(a), distance = edit_distance(a, b);
	size_t same = 0;

	if (distance != 2 || length != strlen(b))
		return distance == 1;
	while (a[same] == b[same])
		same++;
	return a[same] == b[same + 1] && a[same + 1] == b[same];
}

/* A slip of the keys away, for which short words have no room; "abc*": in its beginning. */
static bool is_slip(const char *plain, const char *name)
{
	char start[NAME_LIMIT], stem[NAME_LIMIT];

	if (!is_pattern(name))
		return strlen(name) > 4 && is_typo(plain, name);
	snprintf(stem, sizeof stem, "%.*s", (int)strlen(name) - 1, name);
	snprintf(start, sizeof start, "%.*s", (int)strlen(stem), plain);
	return strlen(stem) > 6 && strpbrk(stem, "0123456789") == NULL &&
		is_typo(start, stem);
}

/* The name that a header's unknown one is a slip away from, and that is missing. */
static const char *meant(const struct reading *reading, const char *plain)
{
	for (const struct column *column = reading->table->column; column->name != NULL;
		column++)
		if (column->take != TAKE_NOTHING && is_slip(plain, column->name) &&
			!has_column(reading, column))
			return column->name;
	return NULL;
}

static bool misspelled(
	const struct reading *reading, const struct record *record, struct fail *why)
{
	char plain[NAME_LIMIT];

	for (size_t i = 0; i < reading->mapped; i++) {
		if (reading->map[i] != NULL || *reading->header[i] == '\0')
			continue;
		const char *const name =
			meant(reading, name_plain(reading->header[i], plain));

		if (name == NULL)
			continue;
		fail_at(why, FAIL_BAD_INPUT, record->line, (long)i + 1,
			"column \"%s\" is not known (want \"%s\")",
			CUT(reading->header[i], 60), name);
		return fail_hint(why, "correct the name in the file's header");
	}
	return true;
}

/* Twice the same name, where the table knows what the first is and nothing of a second. */
static bool doubled(
	const struct reading *reading, const struct record *record, struct fail *why)
{
	for (size_t i = 0; i < reading->mapped; i++) {
		if (reading->map[i] != NULL || *reading->header[i] == '\0')
			continue;
		for (size_t j = 0; j < i; j++) {
			if (reading->map[j] == NULL ||
				reading->map[j]->take == TAKE_NOTHING ||
				!value_is(reading->header[i], reading->header[j]))
				continue;
			fail_at(why, FAIL_BAD_INPUT, record->line, (long)i + 1,
				"column \"%s\" stands twice, first as column %zu",
				CUT(reading->header[i], 60), j + 1);
			return fail_hint(why, "take one of them out of the file");
		}
	}
	return true;
}

bool header_whole(
	const struct reading *reading, const struct record *record, struct fail *why)
{
	return misspelled(reading, record, why) && doubled(reading, record, why) &&
		lacks(reading, record, why);
}

/* The one name of a header that a record lacks while it has two others at least; or NULL. */
static const char *near_header(const struct table *table, const struct record *record)
{
	const char *lacking = NULL;
	size_t have = 0;

	for (const char *const *name = table->header; name != NULL && *name != NULL;
		name++) {
		if (record_find(record, *name) >= 0)
			have++;
		else if (lacking != NULL)
			return NULL;
		else
			lacking = *name;
	}
	return have >= 2 ? lacking : NULL;
}

const char *header_lacks(const struct format *format, const struct record *record)
{
	for (const struct table *table = format->table; table != NULL;
		table = table->other) {
		const char *const name =
			table->no_header ? NULL : near_header(table, record);

		if (name != NULL)
			return name;
	}
	return NULL;
}

bool header_refuse(const struct format *format, const struct record *record,
	const char *name, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, record->line, 0,
		"this is the header of %s but for a column (want \"%s\")", format->name,
		name);
	return fail_hint(why,
		"download the file again; --profile new helps to read one of other "
		"columns");
}

static bool is_needed(enum take take)
{
	for (size_t i = 0; i < COUNT(needs); i++)
		if (needs[i].take == take)
			return true;
	return false;
}

/*
 * Spreadsheets leave out blank cells at a row's end, so that a row may be shorter than the
 * header; but not by what a sale is made of, and not where the file ends in the middle of it.
 */
bool row_whole(
	const struct reading *reading, const struct record *record, struct fail *why)
{
	size_t i = record->count;

	if (reading->table->short_rows || reading->mapped <= record->count)
		return true;
	if (record->cut) {
		fail_at(why, FAIL_BAD_INPUT, record->line, (long)record->count,
			"the file ends in the middle of a row, after %zu of %zu columns",
			record->count, reading->mapped);
		return fail_hint(why, "the file may be cut short: download it again");
	}
	while (i < reading->mapped &&
		(reading->map[i] == NULL || !is_needed(reading->map[i]->take)))
		i++;
	if (record->sheet != NULL || reading->table->kind != ROW_SALE ||
		i == reading->mapped)
		return true;
	fail_at(why, FAIL_BAD_INPUT, record->line, (long)i + 1,
		"the row ends before column \"%s\"", CUT(reading->header[i], 60));
	return fail_hint(why, "the file may be damaged: download it again");
}
