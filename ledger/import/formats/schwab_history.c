/*
 * Charles Schwab, brokerage history: transactions without lots. Older files have a title
 * above and a comma at the end of each line.
 */
#include "ledger/import/formats.h"
#include "ledger/import/trades.h"

static const char *const header[] = { "action", "price", "fees & comm*", "amount", NULL };

static const struct column columns[] = {
	COLUMN("date", SOLD),
	ACTION("action"),
	COLUMN("symbol", SYMBOL),
	COLUMN("description", DESCRIPTION),
	COLUMN("quantity", QUANTITY),
	COLUMN("amount", PROCEEDS),
	COLUMNS_END,
};

/*
 * A written option and a short position are opened by a sale; nothing here says yet what closing
 * it brings.
 */
static const struct trade_word words[] = {
	{ "sell to open", TRADE_NOTHING },
	{ "buy to close", TRADE_NOTHING },
	{ "sell short", TRADE_NOTHING },
	{ "buy to cover", TRADE_NOTHING },
	{ "buy", TRADE_BUY },
	{ "reinvest shares", TRADE_BUY },
	{ "sell", TRADE_SELL },
	{ "expired", TRADE_EXPIRE },
	{ "qualified div", TRADE_DIVIDEND },
	{ "non-qualified div", TRADE_DIVIDEND },
	{ "cash div", TRADE_DIVIDEND },
	{ "special div", TRADE_DIVIDEND },
	{ "special qual div", TRADE_DIVIDEND },
	{ "pr yr", TRADE_DIVIDEND },
	{ "qual div", TRADE_DIVIDEND },
	{ "reinvest div", TRADE_DIVIDEND },
	{ "nra tax", TRADE_TAX },
	{ "foreign tax", TRADE_TAX },
	{ "stock plan activity", TRADE_TRANSFER },
	{ "journal", TRADE_TRANSFER },
	{ "security transfer", TRADE_TRANSFER },
	{ NULL, TRADE_NOTHING },
};

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.trades = words,
};

const struct format format_schwab_history = {
	.name = "schwab-history",
	.what = "Charles Schwab: brokerage history as CSV",
	.supplement = true,
	.table = &table,
};
