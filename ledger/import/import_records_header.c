/* Knows a file of records by its header, also one that is parted in a way that is not read. */
#include <string.h>

#include "ledger/import/import_inside.h"
#include "ledger/import/record.h"
#include "ledger/record.h"

const char *records_column_name(const char *cell, char to[NAME_LIMIT])
{
	name_plain(cell, to);
	for (char *at = to; *at != '\0'; at++)
		if (*at == ' ' || *at == '_')
			*at = '-';
	return to;
}

const char *records_known_column(const char *name)
{
	size_t count;
	const struct record_kind *const kinds = record_kinds(&count);

	for (size_t i = 0; i < count; i++) {
		const struct record_option *const option =
			record_option_find(&kinds[i], name);

		if (option != NULL)
			return option->name;
	}
	return NULL;
}

bool records_is_header(const struct record *record)
{
	char name[NAME_LIMIT];
	bool kind = false, option = false;

	for (size_t i = 0; i < record->count; i++) {
		records_column_name(record->cell[i].text, name);
		kind |= strcmp(name, "record") == 0;
		option |= records_known_column(name) != NULL;
	}
	return kind && option;
}

bool records_header(const struct record *record, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!record_blank(&record[i]))
			return records_is_header(&record[i]);
	return false;
}

/* "record|date|..." in one cell, or a spreadsheet's "sep=;" before the columns. */
bool records_almost(const struct record *record, size_t count)
{
	char name[NAME_LIMIT];

	for (size_t i = 0; i < count; i++) {
		if (record_blank(&record[i]))
			continue;
		records_column_name(record[i].cell[0].text, name);
		if (strncmp(name, "sep=", 4) == 0)
			return i + 1 < count && records_is_header(&record[i + 1]);
		return strncmp(name, "record", 6) == 0 && name[6] != '\0' &&
			strchr(";|:\t", name[6]) != NULL;
	}
	return false;
}
