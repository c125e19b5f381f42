/* Matches the sales of a file of transactions with its purchases. */
#include "ledger/import/trades.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many open purchases are looked through for one of exactly a sale's quantity. */
#define LOOK_THROUGH 64

struct trade {
	long line;
	const char *account, *symbol, *cusip, *description, *key;
	bool sale;
	struct day day;
	const char *quantity, *amount; /* plain, without a sign; NULL: not given */
	int128 shares, open, dollars;  /* 1e-8 */
	bool amount_known;
	size_t first_part, parts; /* of a sale, among the parts */
};

/* A purchase's part in a sale; trade NULL: no purchase is known. */
struct part {
	const struct trade *purchase;
	int128 shares, basis;
	bool basis_known;
};

struct trades {
	struct trade *at;
	size_t count, room;
	struct part *part;
	size_t parts, part_room;
	size_t others;
};

static struct trades *trades_of(struct reading *reading)
{
	if (reading->own == NULL)
		reading->own = pool_alloc(&reading->pool, sizeof(struct trades));
	return reading->own;
}

static const char *kept(struct reading *reading, const char *text)
{
	return text == NULL ? NULL : pool_text(&reading->pool, text, strlen(text));
}

static const char *unsigned_text(const char *plain)
{
	return plain == NULL ? NULL : plain + (*plain == '-');
}

/* Room that grows inside the reading's pool, so that it is freed with it. */
static void *grown(
	struct reading *reading, const void *old, size_t used, size_t *room, size_t size)
{
	*room = *room > 0 ? *room * 2 : 64;
	void *const more = pool_alloc(&reading->pool, *room * size);

	if (used > 0)
		memcpy(more, old, used * size);
	return more;
}

static bool keep(
	struct reading *reading, struct draft *draft, bool sale, struct fail *why)
{
	struct trades *const trades = trades_of(reading);
	const struct row *const row = &draft->row;
	struct trade trade = { .line = row->line, .sale = sale };

	if (!draft_days(reading, why))
		return false;
	if (!day_known(row->sold))
		return draft_lacks(reading, TAKE_SOLD, "the day of the trade", why);
	trade.account = kept(reading, row->account);
	trade.symbol = kept(reading, row->symbol);
	trade.cusip = kept(reading, row->cusip);
	trade.description = kept(reading, row->description);
	trade.key = trade.symbol != NULL    ? trade.symbol
		: trade.description != NULL ? trade.description
					    : "";
	trade.day = row->sold;
	trade.quantity = kept(reading, unsigned_text(row->quantity));
	trade.amount = kept(reading, unsigned_text(row->proceeds));
	if (trade.quantity != NULL)
		(void)value_e8(trade.quantity, &trade.shares);
	trade.amount_known =
		trade.amount != NULL && value_e8(trade.amount, &trade.dollars);
	trade.open = trade.shares;
	if (trades->count == trades->room)
		trades->at = grown(reading, trades->at, trades->count, &trades->room,
			sizeof *trades->at);
	trades->at[trades->count++] = trade;
	draft->later = true;
	return true;
}

/* A dividend, a tax or a transfer: its amount is no sale's proceeds. */
static void as_kind(struct draft *draft, enum row_kind kind)
{
	draft->row.kind = kind;
	if (draft->row.proceeds != NULL)
		draft_plan(draft, "amount", draft->row.proceeds);
	draft->row.proceeds = NULL;
}

bool trades_take(struct reading *reading, bool *use, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	const char *const text = draft->mark[ACTION_MARK];
	const struct trade_word *word = reading->table->trades;

	/* The row, or the header, is cut short. */
	if (text == NULL)
		return fail_set(
			why, FAIL_BAD_INPUT, "the row does not say what happened");
	/* What has no day either ("Transactions Total") is no trade, but a remark. */
	if (value_blank(text) && draft->sold != NULL &&
		strpbrk(draft->sold->text, "0123456789") != NULL)
		return draft_mark_blank(draft, ACTION_MARK,
			"the row does not say what happened",
			"correct the file, or take the row out and record it", why);
	while (word->starts != NULL && !value_starts(text, word->starts))
		word++;
	*use = word->action == TRADE_DIVIDEND || word->action == TRADE_TAX ||
		word->action == TRADE_TRANSFER;
	switch (word->action) {
	case TRADE_NOTHING:
		trades_of(reading)->others++;
		return true;
	case TRADE_BUY:
		return keep(reading, draft, false, why);
	case TRADE_SELL:
		return keep(reading, draft, true, why);
	case TRADE_EXPIRE:
		draft->row.proceeds = "0.00";
		return keep(reading, draft, true, why);
	case TRADE_DIVIDEND:
		as_kind(draft, ROW_DIVIDEND);
		return true;
	case TRADE_TAX:
		as_kind(draft, ROW_TAX_WITHHOLDING);
		return true;
	case TRADE_TRANSFER:
		as_kind(draft, ROW_TRANSFER);
		return true;
	}
	return true;
}

static int compare_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* By account, security, day; purchases of a day come before its sales. */
static int compare(const void *left, const void *right)
{
	const struct trade *const a = *(const struct trade *const *)left;
	const struct trade *const b = *(const struct trade *const *)right;
	int by = compare_text(a->account, b->account);

	if (by == 0)
		by = strcmp(a->key, b->key);
	if (by == 0)
		by = (a->day.number > b->day.number) - (a->day.number < b->day.number);
	if (by == 0)
		by = (int)a->sale - (int)b->sale;
	return by != 0 ? by : (a->line > b->line) - (a->line < b->line);
}

static bool together(const struct trade *a, const struct trade *b)
{
	return compare_text(a->account, b->account) == 0 && strcmp(a->key, b->key) == 0;
}

/*
 * The part of an amount (1e-8) that belongs to shares, after those that came before: so far less
 * before, so that no cent is lost over the parts.
 */
static int128 part_of(int128 amount, int128 before, int128 shares, int128 all)
{
	const int128 cents = amount / 1000000;

	return (int128)(divide_half_away(cents * (before + shares), all) -
		       divide_half_away(cents * before, all)) *
		1000000;
}

/* Neither is too large to be parted exactly. */
static bool can_part(const struct trade *trade)
{
	return trade->amount_known && trade->shares > 0 &&
		trade->dollars / 1000000 < MONEY_LIMIT_CENTS &&
		trade->shares < SHARES_LIMIT_E8;
}

static void add_part(struct reading *reading, struct trade *sale, struct trade *purchase,
	int128 shares)
{
	struct trades *const trades = trades_of(reading);

	if (trades->parts == trades->part_room)
		trades->part = grown(reading, trades->part, trades->parts,
			&trades->part_room, sizeof *trades->part);
	if (sale->parts++ == 0)
		sale->first_part = trades->parts;
	struct part *const part = &trades->part[trades->parts++];

	*part = (struct part){ purchase, shares, 0, false };
	if (purchase == NULL)
		return;
	part->basis_known = can_part(purchase);
	if (part->basis_known)
		part->basis = part_of(purchase->dollars,
			purchase->shares - purchase->open, shares, purchase->shares);
	purchase->open -= shares;
}

static struct trade *exact_one(struct trade **open, size_t count, int128 shares)
{
	for (size_t i = 0; i < count && i < LOOK_THROUGH; i++)
		if (open[i]->open == shares)
			return open[i];
	return NULL;
}

static void match_sale(struct reading *reading, struct trade *sale, struct trade **open,
	size_t *first, size_t count)
{
	int128 left = sale->shares;
	struct trade *const exact =
		left > 0 ? exact_one(open + *first, count - *first, left) : NULL;

	if (exact != NULL) {
		add_part(reading, sale, exact, left);
		return;
	}
	while (left > 0 && *first < count) {
		struct trade *const purchase = open[*first];
		const int128 shares = purchase->open < left ? purchase->open : left;

		if (shares > 0)
			add_part(reading, sale, purchase, shares);
		left -= shares;
		if (purchase->open == 0)
			++*first;
	}
	if (left > 0 || sale->parts == 0)
		add_part(reading, sale, NULL, left);
}

/* All trades of one security, in order. */
static void match_group(struct reading *reading, struct trade **group, size_t count)
{
	struct trade **const open = must_alloc((count + 1) * sizeof *open);
	size_t first = 0, opened = 0;

	for (size_t i = 0; i < count; i++) {
		if (!group[i]->sale)
			open[opened++] = group[i];
		else
			match_sale(reading, group[i], open, &first, opened);
	}
	free(open);
}

static const char *e8_text(struct reading *reading, int128 e8)
{
	char text[48];

	value_e8_text(e8, text);
	return scratch_text(&reading->scratch, text, strlen(text));
}

/* A sale's proceeds are split over its parts as a purchase's cost is. */
static bool emit_part(struct reading *reading, const struct trade *sale,
	const struct part *part, int128 *done, struct fail *why)
{
	struct draft *const draft = draft_begin(reading, ROW_SALE, sale->line);
	struct row *const row = &draft->row;

	row->account = sale->account;
	row->symbol = sale->symbol;
	row->cusip = sale->cusip;
	row->description = sale->description;
	row->sold = sale->day;
	row->quantity =
		sale->parts == 1 ? sale->quantity : e8_text(reading, part->shares);
	row->proceeds = sale->amount;
	if (sale->parts > 1 && can_part(sale))
		row->proceeds = e8_text(reading,
			part_of(sale->dollars, *done, part->shares, sale->shares));
	*done += part->shares;
	if (part->purchase == NULL) {
		draft_flag(draft, "no purchase of this file covers it");
	} else {
		row->acquired = part->purchase->day;
		if (part->basis_known)
			row->basis = part->shares == part->purchase->shares
				? part->purchase->amount
				: e8_text(reading, part->basis);
		draft_flag(draft, "matched with a purchase of this file");
	}
	return draft_emit(reading, why);
}

bool trades_end(struct reading *reading, struct fail *why)
{
	struct trades *const trades = trades_of(reading);
	struct trade **const order = must_alloc((trades->count + 1) * sizeof *order);
	bool done = true;
	size_t purchases = 0;

	for (size_t i = 0; i < trades->count; i++)
		order[i] = &trades->at[i];
	qsort(order, trades->count, sizeof *order, compare);
	for (size_t i = 0, end; i < trades->count; i = end) {
		for (end = i + 1; end < trades->count && together(order[i], order[end]);)
			end++;
		match_group(reading, order + i, end - i);
	}
	free(order);
	for (size_t i = 0; done && i < trades->count; i++) {
		int128 shares = 0;

		purchases += !trades->at[i].sale;
		for (size_t p = 0; done && p < trades->at[i].parts; p++)
			done = emit_part(reading, &trades->at[i],
				&trades->part[trades->at[i].first_part + p], &shares,
				why);
	}
	if (purchases > 0 || trades->others > 0)
		reading_note(reading,
			"%zu purchases were matched with the sales; %zu other "
			"transactions "
			"are not used",
			purchases, trades->others);
	return done;
}
