/*
 * The columns of Form 8949 itself, as many tools write them.
 */
#include "ledger/import/formats.h"

enum { MARK_CODE, MARK_ADJUSTMENT };

static const char *const header[] = { "description of property", "date acquired",
	"date sold*", "proceeds", "cost*", NULL };

static const struct column columns[] = {
	COLUMN("description of property", SHARES_DESCRIPTION),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold*", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost*", BASIS),
	COLUMN("short-term or long-term", TERM),
	MARKED("code*", MARK_CODE),
	MARKED("adjustment*", MARK_ADJUSTMENT),
	MARKED("amount of adjustment", MARK_ADJUSTMENT),
	COLUMN("wash sale loss disallowed", WASH),
	COLUMN("box", BOX),
	COLUMNS_END,
};

/* Files without columns (f) and (g) show no wash sales: nothing is known of them. */
static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)use;
	if (draft->mark[MARK_CODE] == NULL || draft->row.wash_disallowed != NULL)
		return true;
	return draft_wash(reading, draft->mark[MARK_CODE], MARK_ADJUSTMENT, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_generic_8949 = {
	.name = "generic-8949",
	.what = "the columns of Form 8949 as CSV",
	.table = &table,
};
