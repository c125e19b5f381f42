/*
 * Interactive Brokers, worksheet for Form 8949: a part (I short, II long) and a box stand
 * above each table, and a footer totals it. Up to 2013 both parts had boxes A, B and C.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_CODE, MARK_ADJUSTMENT };
enum part { PART_NONE, PART_SHORT, PART_LONG };

static const char *const header[] = { "header", "description", "date sold", "sales price",
	NULL };

static const struct column columns[] = {
	COLUMN("header", NOTHING),
	COLUMN("description", SHARES_DESCRIPTION),
	MARKED("code", MARK_CODE),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold", SOLD),
	COLUMN("sales price", PROCEEDS),
	COLUMN("cost basis", BASIS),
	MARKED("adjustment", MARK_ADJUSTMENT),
	COLUMNS_END,
};

/* What stands above the table in force. */
struct own {
	enum part part;
	char box;
};

static bool detect(const struct preview *preview)
{
	for (size_t i = 0; i < preview->count; i++)
		if (value_is(record_text(&preview->record[i], 0), "title") &&
			value_starts(record_text(&preview->record[i], 1),
				"worksheet for form 8949"))
			return true;
	return false;
}

static struct own *own(struct reading *reading)
{
	if (reading->own == NULL)
		reading->own = pool_alloc(&reading->pool, sizeof(struct own));
	return reading->own;
}

static void take_line(struct reading *reading, const struct record *record)
{
	const char *const name = record_text(record, 0);
	const char *const value = record_text(record, 1);

	if (value_is(name, "title"))
		reading_take_year(reading, record_text(record, 2));
	if (value_is(name, "account"))
		reading->account = pool_text(&reading->pool, value, strlen(value));
	if (value_is(name, "part"))
		own(reading)->part = value_is(value, "ii") ? PART_LONG
			: value_is(value, "i")             ? PART_SHORT
							   : PART_NONE;
	if (value_is(name, "box"))
		own(reading)->box = (char)(*value & ~0x20);
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const name = record_text(record, 0);

	if (value_is(name, "data") && !reading->have_header) {
		fail_at(why, FAIL_BAD_INPUT, record->line, 1,
			"sales stand before their header (want \"Header\", "
			"\"Description\", ...)");
		fail_hint(why, "download the file again");
		return RECORD_FAILED;
	}
	if (value_is(name, "data"))
		return RECORD_ROW;
	if (value_is(name, "footer")) {
		reading_check_record(reading, record, "footer", &reading->group, 0);
		memset(&reading->group, 0, sizeof reading->group);
	}
	take_line(reading, record);
	return RECORD_SKIP;
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const struct own *const at = own(reading);
	struct row *const row = &draft->row;

	(void)use;
	row->term_given = at->part != PART_NONE;
	row->term = at->part == PART_SHORT ? TERM_SHORT
		: at->part == PART_LONG    ? TERM_LONG
					   : TERM_UNKNOWN;
	if (at->box >= 'A' && at->box <= 'L')
		row->box = (char)(at->part == PART_LONG && at->box <= 'C' ? at->box + 3
									  : at->box);
	return draft_wash(reading, draft->mark[MARK_CODE], MARK_ADJUSTMENT, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish,
};

const struct format format_ibkr_worksheet = {
	.name = "ibkr",
	.what = "Interactive Brokers: worksheet for Form 8949 as CSV, or Flex query as "
		"XML",
	.detect = detect,
	.table = &table,
};
