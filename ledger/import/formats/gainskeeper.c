/*
 * GainsKeeper, the sheet "Report for 8949". An asterisk after a name marks contracts that are
 * taxed 60/40.
 */
#include <string.h>

#include "ledger/import/formats.h"

static const char *const header[] = { "security", "shares sold", "close date", "st/lt",
	"box", NULL };

static const struct column columns[] = {
	COLUMN("security", DESCRIPTION),
	COLUMN("shares sold", QUANTITY),
	COLUMN("open date", ACQUIRED),
	COLUMN("close date", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost", BASIS),
	COLUMN("gain/loss adjustment", WASH),
	COLUMN("st/lt", TERM),
	COLUMN("box", BOX),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const name = draft->row.description;
	const size_t length = name == NULL ? 0 : strlen(name);

	(void)use;
	(void)why;
	if (length > 1 && name[length - 1] == '*') {
		draft->row.description =
			scratch_text(&reading->scratch, name, length - 1);
		draft_flag(draft, "marked as taxed 60/40");
		reading_note(reading,
			"line %ld and others marked * are taxed 60/40: contracts of "
			"section "
			"1256 belong on Form 6781, not on Form 8949",
			draft->row.line);
	}
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_gainskeeper = {
	.name = "gainskeeper",
	.what = "GainsKeeper: report for Form 8949 as a workbook",
	.table = &table,
};
