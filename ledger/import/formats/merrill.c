/*
 * Merrill, realized gains of all accounts. "Security" is a code of its own, not the ticker;
 * wash sales are not shown. The history has transactions without lots.
 */
#include "ledger/import/formats.h"
#include "ledger/import/trades.h"

static const char *const header[] = { "security description", "liquidation date",
	"liquidation amount ($)", NULL };

static const struct column columns[] = {
	COLUMN("security description", DESCRIPTION),
	COLUMN("account #", ACCOUNT),
	COLUMN("account registration", ACCOUNT_WORDS),
	COLUMN("account nickname", ACCOUNT_WORDS),
	COLUMN("acquisition date", ACQUIRED),
	COLUMN("liquidation date", SOLD),
	COLUMN("quantity", QUANTITY),
	COLUMN("acquisition cost ($)", BASIS),
	COLUMN("liquidation amount ($)", PROCEEDS),
	COLUMN("short/long", TERM),
	COLUMNS_END,
};

/* ---- history -------------------------------------------------------------------------- */

static const char *const trade_header[] = { "trade date", "description 1",
	"description 2", "symbol/cusip #", NULL };

static const struct column trade_columns[] = {
	COLUMN("trade date", SOLD),
	COLUMN("account #", ACCOUNT),
	COLUMN("account registration", ACCOUNT_WORDS),
	COLUMN("account nickname", ACCOUNT_WORDS),
	ACTION("description 1"),
	COLUMN("description 2", DESCRIPTION),
	COLUMN("symbol/cusip #", SYMBOL_CUSIP),
	COLUMN("quantity", QUANTITY),
	COLUMN("amount ($)", PROCEEDS),
	COLUMNS_END,
};

static const struct trade_word words[] = {
	{ "purchase", TRADE_BUY },
	{ "reinvestment share", TRADE_BUY },
	{ "sale", TRADE_SELL },
	{ "dividend", TRADE_DIVIDEND },
	{ "foreign tax", TRADE_TAX },
	{ "transfer", TRADE_TRANSFER },
	{ NULL, TRADE_NOTHING },
};

static const struct table trade_table = {
	.column = trade_columns,
	.header = trade_header,
	.kind = ROW_SALE,
	.trades = words,
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.other = &trade_table,
};

const struct format format_merrill = {
	.name = "merrill",
	.what = "Merrill: realized gains, or history, as CSV",
	.supplement = true,
	.table = &table,
};
