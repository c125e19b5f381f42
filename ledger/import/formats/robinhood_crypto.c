/*
 * Robinhood, activity in crypto: orders, not lots. What an order left unfilled ("Leaves Quantity")
 * was not traded, and an order that was not filled at all is none.
 */
#include <string.h>

#include "ledger/import/formats.h"
#include "ledger/import/trades.h"

enum { MARK_STATE, MARK_LEFT };

static const char *const header[] = { "uuid", "time entered", "side", "state",
	"leaves quantity", "notional", NULL };

static const struct column columns[] = {
	COLUMN("time entered", SOLD),
	COLUMN("symbol", SYMBOL),
	ACTION("side"),
	COLUMN("quantity", QUANTITY),
	MARKED("state", MARK_STATE),
	MARKED("leaves quantity", MARK_LEFT),
	COLUMN("notional", PROCEEDS),
	COLUMNS_END,
};

static const struct trade_word words[] = {
	{ "buy", TRADE_BUY },
	{ "sell", TRADE_SELL },
	{ NULL, TRADE_NOTHING },
};

/* Take off what was not filled; whether anything is left. */
static bool filled(
	struct reading *reading, struct draft *draft, bool *any, struct fail *why)
{
	const char *const left = draft->mark[MARK_LEFT];
	const char *plain;
	int128 all = 0, open = 0;
	char text[48];

	if (value_blank(draft->mark[MARK_STATE]))
		return draft_mark_blank(draft, MARK_STATE,
			"it is blank (want Filled or another)", NULL, why);
	*any = value_starts(draft->mark[MARK_STATE], "filled");
	if (value_blank(left))
		return true;
	if (!draft_mark_decimal(reading, MARK_LEFT, &plain, why))
		return false;
	if (draft->row.quantity == NULL || !value_e8(draft->row.quantity, &all) ||
		!value_e8(plain, &open) || open <= 0)
		return true;
	*any = open < all;
	value_e8_text(all - open, text);
	draft->row.quantity = scratch_text(&reading->scratch, text, strlen(text));
	return true;
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	bool any = false;

	(void)use;
	if (!filled(reading, draft, &any, why))
		return false;
	if (!any && draft->mark[ACTION_MARK] != NULL)
		draft->mark[ACTION_MARK] = "not filled";
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.symbol_names = true,
	.finish = finish,
	.trades = words,
};

const struct format format_robinhood_crypto = {
	.name = "robinhood-crypto",
	.what = "Robinhood: activity in crypto as CSV",
	.supplement = true,
	.digital = true,
	.table = &table,
};
