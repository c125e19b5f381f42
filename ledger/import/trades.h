/*
 * trades.h: files of transactions, not of lots: purchases and sales that must be matched.
 *
 * A table of them has the broker's words as `.trades`, and ACTION() for the column they stand in;
 * amounts are mapped to PROCEEDS, whatever they are. The common reader does the rest.
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

/* The column of the words; a table's own hook finds them there too. */
#define ACTION_MARK   (MARK_LIMIT - 1)
#define ACTION(title) MARKED(title, ACTION_MARK)

/*
 * Take the reading's draft by its word. Purchases and sales wait for trades_end(); dividends,
 * taxes and transfers become rows of their kind.
 */
bool trades_take(struct reading *, bool *use, struct fail *) MUST_USE;

/* At the end of the file: match, and give the sales to the sink. */
bool trades_end(struct reading *, struct fail *) MUST_USE;

#endif
