/*
 * Vanguard, realized gains, and transactions without lots. Which gain column is filled tells the term.
 */
#include "ledger/import/formats.h"
#include "ledger/import/trades.h"

static const char *const header[] = { "company name", "date sold", "date acquired",
	"total cost", "proceeds", NULL };

static const struct column columns[] = {
	COLUMN("account number", ACCOUNT),
	COLUMN("symbol", SYMBOL),
	COLUMN("company name", DESCRIPTION),
	COLUMN("date sold", SOLD),
	COLUMN("date acquired", ACQUIRED),
	EXTRA("event", TEXT, "event"),
	EXTRA("cost basis method", TEXT, "method"),
	COLUMN("quantity", QUANTITY),
	COLUMN("total cost", BASIS),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("short term gain/loss", SHORT_GAIN),
	COLUMN("long term gain/loss", LONG_GAIN),
	COLUMNS_END,
};

/* ---- transactions --------------------------------------------------------------------- */

static const char *const trade_header[] = { "trade date", "transaction type",
	"investment name", "net amount", NULL };

static const struct column trade_columns[] = {
	COLUMN("trade date", SOLD),
	ACTION("transaction type"),
	COLUMN("investment name", DESCRIPTION),
	COLUMN("symbol", SYMBOL),
	COLUMN("shares", QUANTITY),
	COLUMN("net amount", PROCEEDS),
	COLUMNS_END,
};

static const struct trade_word words[] = {
	{ "buy", TRADE_BUY },
	{ "reinvestment", TRADE_BUY },
	{ "sell", TRADE_SELL },
	{ "dividend", TRADE_DIVIDEND },
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

const struct format format_vanguard = {
	.name = "vanguard",
	.what = "Vanguard: realized gains, or transactions, as CSV",
	.supplement = true,
	.table = &table,
};
