/*
 * The columns of Form 8949 itself, as many tools write them.
 */
#include "ledger/import/formats.h"

static const char *const header[] = { "description of property", "date acquired",
	"date sold*", "proceeds", "cost*", NULL };

static const struct column columns[] = {
	COLUMN("description of property", SHARES_DESCRIPTION),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("date sold*", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost*", BASIS),
	COLUMN("short-term or long-term", TERM),
	COLUMN("code*", NOTHING),
	COLUMN("box", BOX),
	COLUMNS_END,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
};

const struct format format_generic_8949 = {
	.name = "generic-8949",
	.what = "the columns of Form 8949 as CSV",
	.table = &table,
};
