/*
 * trades.h: files of transactions, not of lots: purchases and sales that must be matched.
 *
 * A sale takes the purchase of the same file that has exactly its quantity, else the earliest
 * ones first; what no purchase of the file covers has no basis and no day of acquisition.
 * Such rows are support for a 1099-B and never more than that: the broker may have matched
 * otherwise. Rows come out in the order of the sales' lines.
 */
#ifndef DUALBASIS_IMPORT_TRADES_H
#define DUALBASIS_IMPORT_TRADES_H

#include "ledger/import/format.h"

enum trade_action {
	TRADE_NOTHING, /* known and of no use here: cash in and out, interest */
	TRADE_BUY,
	TRADE_SELL,
	TRADE_EXPIRE, /* a bought option ends: sold for nothing */
	TRADE_DIVIDEND,
	TRADE_TAX,
	TRADE_TRANSFER,
};

/* A broker's word for it: how the text begins, in any case; the first that fits. */
struct trade_word {
	const char *starts; /* NULL ends the list */
	enum trade_action action;
};

/*
 * From a table's finish hook: take the draft by its action's word. Amounts stand in the
 * draft's proceeds, whatever they are. Purchases and sales wait for trades_end(); dividends,
 * taxes and transfers become rows of their kind.
 */
bool trades_take(struct reading *, struct draft *, const struct trade_word *,
	const char *text, bool *use, struct fail *) MUST_USE;

/* A table's end hook. */
bool trades_end(struct reading *, struct fail *) MUST_USE;

#endif
