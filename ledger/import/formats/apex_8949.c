/*
 * Apex Clearing (Webull, M1, SoFi, Public, Ally, ...), the 43 columns of its 1099-B. The 1099_
 * columns are the tax form; 8949_CODE is the adjustment code and 8949_BOX the box.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_SIDE };

static const char *const header[] = { "1099_acq_date", "1099_disp_date", "1099_proceeds",
	NULL };

static const struct column columns[] = {
	COLUMN("account_id", ACCOUNT),
	COLUMN("tax_year", YEAR),
	COLUMN("cusip", CUSIP),
	COLUMN("symbol", SYMBOL),
	COLUMN("sec_descr", DESCRIPTION),
	COLUMN("quantity", QUANTITY),
	COLUMN("1099_acq_date", ACQUIRED),
	COLUMN("1099_disp_date", SOLD),
	COLUMN("1099_cost", BASIS),
	COLUMN("1099_proceeds", PROCEEDS),
	COLUMN("gross_net_ind", GROSS),
	COLUMN("1099_disallowed_loss", WASH),
	COLUMN("1099_market_discount", DISCOUNT),
	COLUMN("term", TERM),
	COLUMN("covered_ind", COVERED),
	COLUMN("8949_box", BOX),
	MARKED("long_short_ind", MARK_SIDE),
	EXTRA("1099_1256_cy_realized", MONEY, "profit_closed"),
	EXTRA("1099_1256_py_unrealized", MONEY, "unrealized_prior"),
	EXTRA("1099_1256_cy_unrealized", MONEY, "unrealized"),
	EXTRA("1099_1256_aggregate", MONEY, "aggregate"),
	COLUMNS_END,
};

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	(void)use;
	(void)why;
	/* The side of the position, not the term. */
	draft->short_sale = value_is(draft->mark[MARK_SIDE], "s");
	/* Other rows have nothing, or zeros, in the columns of contracts. */
	const char *const aggregate = draft_extra(draft, "aggregate");

	if (aggregate != NULL && strpbrk(aggregate, "123456789") != NULL)
		draft->row.kind = ROW_1256;
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.contracts = true,
	.finish = finish,
};

const struct format format_apex_8949 = {
	.name = "apex-8949",
	.what = "Apex Clearing (Webull, M1, SoFi, Public, Ally): 1099-B as CSV",
	.table = &table,
};
