/*
 * Fidelity NetBenefits: lots of a stock plan, closed and open, its sales, and transactions.
 * Files do not name the security. A basis here includes the pay that was taxed at vest, which
 * the 1099-B leaves out. What was transferred looks like a sale without proceeds.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_TYPE };

/* "The values are displayed in USD" ends a file. */
static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const first = record_text(record, 0);

	if (value_starts(first, "the values are displayed in") &&
		strstr(first, "USD") == NULL) {
		fail_at(why, FAIL_BAD_INPUT, record->line, 1, "%s (want USD)",
			CUT(first, 60));
		return RECORD_FAILED;
	}
	return look_plainly(reading, record, why);
}

static bool is_nothing(const char *plain)
{
	return plain == NULL || strpbrk(plain, "123456789") == NULL;
}

static bool finish_sale(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	(void)use;
	(void)why;
	if (is_nothing(draft->row.proceeds))
		draft->row.kind = ROW_TRANSFER;
	return true;
}

/* ---- closed lots ------------------------------------------------------------------------ */

static const char *const closed_header[] = { "date sold or transferred", "date acquired",
	"proceeds", "term", NULL };

static const struct column closed_columns[] = {
	COLUMN("date acquired", ACQUIRED),
	COLUMN("quantity", QUANTITY),
	COLUMN("date sold or transferred", SOLD),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost basis", BASIS),
	COLUMN("term", TERM),
	COLUMNS_END,
};

static const struct table closed_table = {
	.column = closed_columns,
	.header = closed_header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish_sale,
};

/* ---- stock sales ------------------------------------------------------------------------ */

static const char *const sales_header[] = { "date sold or transferred", "date acquired",
	"proceeds", "stock source", NULL };

static const struct column sales_columns[] = {
	COLUMN("date sold or transferred", SOLD),
	COLUMN("date acquired", ACQUIRED),
	COLUMN("quantity", QUANTITY),
	COLUMN("cost basis", BASIS),
	COLUMN("proceeds", PROCEEDS),
	EXTRA("stock source", TEXT, "source"),
	COLUMNS_END,
};

static const struct table sales_table = {
	.column = sales_columns,
	.header = sales_header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish_sale,
	.other = &closed_table,
};

/* ---- open lots -------------------------------------------------------------------------- */

static const char *const open_header[] = { "date acquired", "share source",
	"holding period", NULL };

static const struct column open_columns[] = {
	COLUMN("date acquired", ACQUIRED),
	COLUMN("quantity", QUANTITY),
	COLUMN("cost basis", BASIS),
	EXTRA("cost basis/share", MONEY, "basis_per_share"),
	EXTRA("grant date", DAY, "grant_date"),
	EXTRA("share source", TEXT, "source"),
	COLUMNS_END,
};

/* RS was released, SP bought by the purchase plan, DO came in by deposit. */
static bool finish_open(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const char *const source = draft_extra(draft, "source");

	(void)reading;
	(void)use;
	(void)why;
	if (value_is(source, "sp"))
		draft->row.kind = ROW_ESPP_PURCHASE;
	else if (!value_is(source, "rs"))
		draft->row.kind = ROW_TRANSFER;
	return true;
}

static const struct table open_table = {
	.column = open_columns,
	.header = open_header,
	.kind = ROW_RSU_VEST,
	.look = look,
	.finish = finish_open,
	.other = &sales_table,
};

/* ---- transactions ----------------------------------------------------------------------- */

static const char *const history_header[] = { "transaction date", "transaction type",
	"investment name", "shares", NULL };

static const struct column history_columns[] = {
	COLUMN("transaction date", SOLD),
	MARKED("transaction type", MARK_TYPE),
	COLUMN("investment name", DESCRIPTION),
	COLUMN("shares", QUANTITY),
	COLUMN("amount", PROCEEDS),
	COLUMNS_END,
};

static const struct {
	const char *starts;
	enum row_kind kind;
} kinds[] = {
	{ "you sold", ROW_SALE },
	{ "you bought espp", ROW_ESPP_PURCHASE },
	{ "non-resident tax", ROW_TAX_WITHHOLDING },
	{ "dividend", ROW_DIVIDEND },
	{ "shares deposited", ROW_TRANSFER },
	{ "cash transfer", ROW_TRANSFER },
	{ "transfer", ROW_TRANSFER },
};

static bool finish_history(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;

	*use = false;
	if (draft->mark[MARK_TYPE] != NULL && value_blank(draft->mark[MARK_TYPE]))
		return draft_mark_blank(draft, MARK_TYPE,
			"the row does not say what happened",
			"correct the file, or take the row out and record it", why);
	for (size_t i = 0; !*use && i < COUNT(kinds); i++)
		if (value_starts(draft->mark[MARK_TYPE], kinds[i].starts)) {
			*use = true;
			row->kind = kinds[i].kind;
		}
	if (!*use)
		reading_note(reading, "transaction type \"%s\" is not known and left out",
			draft->mark[MARK_TYPE] != NULL ? CUT(draft->mark[MARK_TYPE], 60)
						       : "");
	if (row->quantity != NULL)
		row->quantity += *row->quantity == '-';
	if (row->kind == ROW_SALE)
		return true;
	if (row->proceeds != NULL)
		draft_plan(draft, "amount", row->proceeds);
	row->proceeds = NULL;
	if (row->kind == ROW_ESPP_PURCHASE) {
		draft->acquired = draft->sold;
		draft->sold = NULL;
	}
	return true;
}

static const struct table history_table = {
	.column = history_columns,
	.header = history_header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish_history,
	.other = &open_table,
};

const struct format format_netbenefits = {
	.name = "netbenefits",
	.what = "Fidelity NetBenefits: lots, sales or transactions of a stock plan",
	.supplement = true,
	.table = &history_table,
};
