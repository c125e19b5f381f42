/*
 * Cash App Taxes (Credit Karma), sales as CSV. Type is 1 for short and 2 for long; a wash sale
 * is a code without its amount.
 */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/formats.h"

enum { MARK_TYPE, MARK_CODE };

static const char *const header[] = { "dtacq", "dtsold", "proceeds", "cost", NULL };

static const struct column columns[] = {
	COLUMN("description", DESCRIPTION),
	COLUMN("dtacq", ACQUIRED),
	COLUMN("dtsold", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost", BASIS),
	MARKED("type", MARK_TYPE),
	MARKED("code", MARK_CODE),
	COLUMN("covered", COVERED),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const type = draft->mark[MARK_TYPE];
	const char *const code = draft->mark[MARK_CODE];

	(void)reading;
	(void)use;
	/* Which digits there are is not published: another one is a term that is not known. */
	if (!value_blank(type) && !value_starts(type, "s") && !value_starts(type, "l") &&
		strspn(type, "0123456789 ") != strlen(type)) {
		fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is not a term (want 1, 2, Short or Long)", CUT(type, 20));
		return draft_mark_failed(draft, MARK_TYPE, why);
	}
	draft->row.term_given = type != NULL;
	draft->row.term = value_is(type, "1") || value_starts(type, "s") ? TERM_SHORT
		: value_is(type, "2") || value_starts(type, "l")         ? TERM_LONG
									 : TERM_UNKNOWN;
	if (value_is(code, "w"))
		draft_flag(draft, "a wash sale whose amount is not shown");
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.finish = finish,
};

const struct format format_cashapp_taxes = {
	.name = "cashapp-taxes",
	.what = "Cash App Taxes: sales as CSV",
	.table = &table,
};
