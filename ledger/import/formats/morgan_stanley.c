/*
 * Morgan Stanley StockPlan Connect: releases of shares (vests), and withdrawals (sales and
 * transfers) without lots. Cash moves at a dollar apiece as if it were a stock. The report of wires
 * tells how the cash of the same orders went out: no sale of it is another one.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_TYPE, MARK_STATUS, MARK_NET };

/* "Complete" in most reports, "Completed" in that of net shares. */
static bool complete(const struct draft *draft)
{
	return draft->mark[MARK_STATUS] == NULL ||
		value_is(draft->mark[MARK_STATUS], "complete") ||
		value_is(draft->mark[MARK_STATUS], "completed");
}

static bool finish_release(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	if (draft->mark[MARK_STATUS] != NULL && value_blank(draft->mark[MARK_STATUS]))
		return draft_mark_blank(draft, MARK_STATUS,
			"it is blank (want Complete or another)", NULL, why);
	if (!complete(draft)) {
		*use = false;
		reading_note(reading, "orders that are not complete are left out");
	}
	return true;
}

/* ---- releases --------------------------------------------------------------------------- */

static const char *const release_header[] = { "vest date", "order number", "plan",
	"status", "price", NULL };

static const struct column release_columns[] = {
	COLUMN("vest date", ACQUIRED),
	EXTRA("order number", TEXT, "order_number"),
	COLUMN("plan", DESCRIPTION),
	MARKED("status", MARK_STATUS),
	COLUMN("price", FMV),
	COLUMN("quantity", QUANTITY),
	EXTRA("net share proceeds", MONEY, "net_shares"),
	EXTRA("tax payment method", TEXT, "tax_method"),
	COLUMNS_END,
};

static const char *const net_header[] = { "date", "order number", "plan", "order status",
	"net share proceeds", NULL };

static const struct column net_columns[] = {
	COLUMN("date", ACQUIRED),
	EXTRA("order number", TEXT, "order_number"),
	COLUMN("plan", DESCRIPTION),
	MARKED("order status", MARK_STATUS),
	COLUMN("price", FMV),
	COLUMN("quantity", QUANTITY),
	COLUMN("net share proceeds", NOTHING), /* cash, or the same again */
	MARKED("net share proceeds", MARK_NET),
	EXTRA("tax payment method", TEXT, "tax_method"),
	COLUMNS_END,
};

/* Net shares of 0 beside a quantity: the quantity is of net shares already. */
static bool finish_net(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const text = draft->mark[MARK_NET];
	const char *net;

	if (!value_blank(text)) {
		if (!draft_mark_price(reading, MARK_NET, &net, why))
			return false;
		if (strpbrk(net, "123456789") != NULL)
			draft_plan(draft, "net_shares", net);
	}
	return finish_release(reading, draft, use, why);
}

/* ---- withdrawals ------------------------------------------------------------------------ */

static const char *const out_header[] = { "execution date", "order number", "plan",
	"order status", "net amount", NULL };

static const struct column out_columns[] = {
	COLUMN("execution date", SOLD),
	EXTRA("order number", TEXT, "order_number"),
	COLUMN("plan", DESCRIPTION),
	MARKED("type", MARK_TYPE),
	MARKED("order status", MARK_STATUS),
	EXTRA("price", MONEY, "price"),
	COLUMN("quantity", QUANTITY),
	COLUMN("net amount", PROCEEDS),
	COLUMNS_END,
};

static bool finish_withdrawal(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;

	if (!finish_release(reading, draft, use, why))
		return false;
	if (value_is(row->description, "cash"))
		*use = false;
	if (row->quantity != NULL)
		row->quantity += *row->quantity == '-';
	if (draft->mark[MARK_TYPE] != NULL && !value_is(draft->mark[MARK_TYPE], "sale")) {
		row->kind = ROW_TRANSFER;
		row->proceeds = NULL;
	}
	return true;
}

/* ---- wires ------------------------------------------------------------------------------ */

static const char *const wire_header[] = { "date", "order number", "symbol",
	"order status", "net cash proceeds", NULL };

static const struct column wire_columns[] = {
	COLUMN("date", SOLD),
	EXTRA("order number", TEXT, "order_number"),
	COLUMN("symbol", DESCRIPTION),
	EXTRA("type", TEXT, "type"),
	MARKED("order status", MARK_STATUS),
	EXTRA("price", MONEY, "price"),
	COLUMN("quantity", QUANTITY),
	EXTRA("net cash proceeds", MONEY, "amount"),
	EXTRA("net share proceeds", MONEY, "net_shares"),
	COLUMNS_END,
};

static bool finish_wire(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;

	if (!finish_release(reading, draft, use, why))
		return false;
	if (row->quantity != NULL)
		row->quantity += *row->quantity == '-';
	reading_note(reading,
		"wires move cash: their orders' sales are in the Withdrawals Report");
	return true;
}

static const struct table wire_table = {
	.column = wire_columns,
	.header = wire_header,
	.kind = ROW_TRANSFER,
	.finish = finish_wire,
};

static const struct table net_table = {
	.column = net_columns,
	.header = net_header,
	.kind = ROW_RSU_VEST,
	.finish = finish_net,
	.other = &wire_table,
};

static const struct table out_table = {
	.column = out_columns,
	.header = out_header,
	.kind = ROW_SALE,
	.finish = finish_withdrawal,
	.other = &net_table,
};

static const struct table release_table = {
	.column = release_columns,
	.header = release_header,
	.kind = ROW_RSU_VEST,
	.finish = finish_release,
	.other = &out_table,
};

const struct format format_morgan_stanley = {
	.name = "morgan-stanley",
	.what = "Morgan Stanley StockPlan Connect: releases, withdrawals and wires as "
		"CSV",
	.supplement = true,
	.table = &release_table,
};
