/*
 * Robinhood, account activity: transactions without lots; a CUSIP stands on a second line of
 * the description, and contracts share the symbol of what they are written on.
 */
#include <string.h>

#include "ledger/import/formats.h"
#include "ledger/import/trades.h"

static const char *const header[] = { "activity date", "instrument", "trans code",
	"amount", NULL };

static const struct column columns[] = {
	COLUMN("activity date", SOLD),
	COLUMN("instrument", SYMBOL),
	COLUMN("description", DESCRIPTION),
	ACTION("trans code"),
	COLUMN("quantity", QUANTITY),
	COLUMN("amount", PROCEEDS),
	COLUMNS_END,
};

static const struct trade_word words[] = {
	{ "bto", TRADE_BUY },
	{ "buy", TRADE_BUY },
	{ "stc", TRADE_SELL },
	{ "sell", TRADE_SELL },
	{ "oexp", TRADE_EXPIRE },
	{ "cdiv", TRADE_DIVIDEND },
	{ "mdiv", TRADE_DIVIDEND },
	{ "dfee", TRADE_NOTHING },
	{ "dtax", TRADE_TAX },
	{ "acats", TRADE_TRANSFER },
	{ NULL, TRADE_NOTHING },
};

/* "ACRB 9/19/2025 Call $110.00": an option ends on that day, whenever it is booked (s. 1234(a)(2)). */
static void expire_on_its_day(struct reading *reading, struct draft *draft)
{
	const char *const what = draft->row.description;
	const char *const word = what == NULL ? NULL : strchr(what, ' ');
	struct day day;
	struct fail ignored;

	if (word == NULL)
		return;
	const size_t length = strcspn(word + 1, " ");
	const char *const text = scratch_text(&reading->scratch, word + 1, length);

	if (strchr(text, '/') == NULL ||
		!value_day(text, DAY_MONTH_FIRST, 2079, false, &day, &ignored) ||
		!day_known(day))
		return;
	struct cell *const cell = pool_alloc(&reading->pool, sizeof *cell);

	*cell = (struct cell){ .text = text, .length = length, .line = draft->row.line };
	draft->sold = cell;
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;
	const char *const cusip =
		row->description == NULL ? NULL : strstr(row->description, " CUSIP: ");

	(void)use;
	(void)why;
	if (cusip != NULL) {
		row->cusip = cusip + strlen(" CUSIP: ");
		row->description = scratch_text(&reading->scratch, row->description,
			(size_t)(cusip - row->description));
	}
	if (row->description != NULL &&
		(strstr(row->description, " Call $") != NULL ||
			strstr(row->description, " Put $") != NULL))
		row->symbol = NULL;
	if (value_starts(draft->mark[ACTION_MARK], "oexp"))
		expire_on_its_day(reading, draft);
	return true;
}

/* A closing remark stands in a column of its own beyond the header. */
static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	return value_blank(record_text(record, 0)) && record_filled(record, 3) < 3
		? RECORD_SKIP
		: look_plainly(reading, record, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish,
	.trades = words,
};

const struct format format_robinhood_activity = {
	.name = "robinhood-activity",
	.what = "Robinhood: account activity as CSV",
	.supplement = true,
	.table = &table,
};
