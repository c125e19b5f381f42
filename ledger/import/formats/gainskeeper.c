/*
 * GainsKeeper, the sheet "Report for 8949". An asterisk after a name marks contracts of section
 * 1256, taxed 60/40: they stand among the sales, but belong on Form 6781, so that their gain is told
 * and no sale is made of them.
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
	struct row *const row = &draft->row;
	size_t length = row->description == NULL ? 0 : strlen(row->description);
	int128 proceeds = 0, cost = 0;
	char gain[48];

	(void)use;
	if (length < 2 || row->description[length - 1] != '*')
		return true;
	while (length > 1 && strchr("* ", row->description[length - 1]) != NULL)
		length--;
	row->description = scratch_text(&reading->scratch, row->description, length);
	row->contract = true;
	draft_flag(draft, "marked as taxed 60/40");
	reading_note(reading,
		"line %ld and others marked * are taxed 60/40: they belong on Form 6781 "
		"and are no sales of Form 8949",
		row->line);
	if ((row->proceeds != NULL && !value_e8(row->proceeds, &proceeds)) ||
		(row->basis != NULL && !value_e8(row->basis, &cost)))
		return fail_at(why, FAIL_BAD_INPUT, row->line, 0,
			"the amounts of the contract are too large");
	return reading_income(reading, INCOME_CONTRACTS,
		value_e8_text(proceeds - cost, gain), row->line, 0, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.may_lack = TAKE_ACQUIRED,
	.finish = finish,
};

const struct format format_gainskeeper = {
	.name = "gainskeeper",
	.what = "GainsKeeper: report for Form 8949 as a workbook",
	.table = &table,
};
