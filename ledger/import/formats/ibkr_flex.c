/*
 * Interactive Brokers, Flex query as XML. A trade appears as order, execution and closed lots:
 * only the lots are taken, whose proceeds are cost plus realized gain; the cost of what was sold
 * short is negative: it is what the opening sale brought. Disallowed losses come in rows of their
 * own, anywhere in the file, so that it is read twice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/import/bytes.h"
#include "ledger/import/formats.h"
#include "ledger/import/xml.h"

#define KEY_LIMIT   256
#define WASHES_MOST 1000000
#define PAIR_LIMIT  64

enum { MARK_CURRENCY, MARK_GAIN };

static const struct column columns[] = {
	COLUMN("accountid", ACCOUNT),
	MARKED("currency", MARK_CURRENCY),
	COLUMN("symbol", SYMBOL),
	COLUMN("description", DESCRIPTION),
	COLUMN("cusip", CUSIP),
	COLUMN("opendatetime", ACQUIRED),
	COLUMN("tradedate", SOLD),
	COLUMN("quantity", QUANTITY),
	COLUMN("cost", BASIS),
	MARKED("fifopnlrealized", MARK_GAIN),
	EXTRA("assetcategory", TEXT, "asset"),
	EXTRA("holdingperioddatetime", DAY, "holding_from"),
	COLUMNS_END,
};

/* A disallowed loss and the lot it belongs to. */
struct wash {
	const char *key, *amount;
	long line;
	bool used;
};

struct own {
	struct reading *reading;
	struct wash *wash;
	size_t washes, room;
	bool lots;           /* the second pass */
	size_t read;         /* closed lots */
	size_t levels;       /* rows of other kinds */
	char key[KEY_LIMIT]; /* of the lot being read */
	struct xml_reader *xml;
	char names[PAIR_LIMIT][NAME_LIMIT];
};

static bool negative(const char *plain)
{
	return plain != NULL && *plain == '-';
}

static int compare(const void *left, const void *right)
{
	const struct wash *const a = left, *const b = right;

	return strcmp(a->key, b->key);
}

/* The first one of the key that is not used yet. */
static struct wash *wash_of(struct own *own, const char *key)
{
	const struct wash wanted = { .key = key };

	for (size_t i = sort_first(
		     own->wash, own->washes, sizeof *own->wash, &wanted, compare);
		i < own->washes && strcmp(own->wash[i].key, key) == 0; i++)
		if (!own->wash[i].used)
			return &own->wash[i];
	return NULL;
}

/*
 * Futures and their options are marked to market at the year's end, which lots do not show; gains of
 * currencies are no capital gains. Neither are sales of Form 8949.
 */
static bool is_sale(struct reading *reading, struct draft *draft, bool *use)
{
	const char *const asset = draft_extra(draft, "asset");

	if (value_is(asset, "fut") || value_is(asset, "fop") ||
		value_is(asset, "fsfop")) {
		draft->row.kind = ROW_1256;
		reading_note(reading,
			"line %ld and others are futures (section 1256): box 11 of the "
			"1099-B has the year's gain",
			draft->row.line);
		return false;
	}
	if (value_is(asset, "cash")) {
		*use = false;
		reading_note(reading,
			"line %ld and others are currencies (section 988): they are no "
			"sales of Form 8949",
			draft->row.line);
		return false;
	}
	return true;
}

static const char *sum_text(struct reading *reading, int128 e8)
{
	char text[48];

	value_e8_text(e8, text);
	return scratch_text(&reading->scratch, text, strlen(text));
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct own *const own = reading->own;
	struct row *const row = &draft->row;
	struct wash *const wash = wash_of(own, own->key);
	const char *const currency = draft->mark[MARK_CURRENCY];
	const char *gain;
	int128 cost, profit;

	if (!is_sale(reading, draft, use))
		return true;
	if (currency != NULL && !value_is(currency, "usd")) {
		fail_set(why, FAIL_BAD_INPUT, "amounts are in \"%s\" (want USD)",
			CUT(currency, 20));
		return fail_hint(why, "set the query's base currency to dollars");
	}
	draft->short_sale = negative(row->quantity);
	if (row->quantity != NULL)
		row->quantity += negative(row->quantity);
	row->wash_disallowed = "0.00";
	if (wash != NULL) {
		wash->used = true;
		if (!value_decimal(wash->amount, false, &reading->scratch,
			    &row->wash_disallowed, why)) {
			why->row = wash->line;
			return fail_in(why, "WashSale: fifoPnlRealized");
		}
		row->wash_disallowed += *row->wash_disallowed == '-';
	}
	if (row->basis == NULL || draft->mark[MARK_GAIN] == NULL ||
		value_blank(draft->mark[MARK_GAIN]))
		return true;
	if (!draft_mark_decimal(reading, MARK_GAIN, &gain, why))
		return false;
	if (!value_e8(row->basis, &cost) || !value_e8(gain, &profit))
		return true;
	if (draft->short_sale && cost < 0) {
		row->proceeds = row->basis + 1;
		row->basis = sum_text(reading, -cost - profit);
	} else {
		row->proceeds = sum_text(reading, cost + profit);
	}
	return true;
}

static const struct table table = {
	.column = columns,
	.kind = ROW_SALE,
	.finish = finish,
};

static bool detect(const struct preview *preview)
{
	return strstr(preview->text, "<flexqueryresponse") != NULL;
}

static const char *or_blank(const char *text)
{
	return text != NULL ? text : "";
}

static bool make_key(char key[KEY_LIMIT], const char **attributes, struct fail *why)
{
	const int length = snprintf(key, KEY_LIMIT, "%s|%s|%s|%s|%s",
		or_blank(xml_attribute(attributes, "accountId")),
		or_blank(xml_attribute(attributes, "symbol")),
		or_blank(xml_attribute(attributes, "dateTime")),
		or_blank(xml_attribute(attributes, "openDateTime")),
		or_blank(xml_attribute(attributes, "quantity")));

	return (length >= 0 && length < KEY_LIMIT) ||
		fail_set(why, FAIL_BAD_INPUT, "a lot's values are too long");
}

static bool keep_wash(struct own *own, const char **attributes, struct fail *why)
{
	struct pool *const pool = &own->reading->pool;
	const char *const amount = xml_attribute(attributes, "fifoPnlRealized");
	char key[KEY_LIMIT];

	if (amount == NULL)
		return true;
	if (own->washes == WASHES_MOST)
		return fail_set(
			why, FAIL_BAD_INPUT, "more than %d wash sales", WASHES_MOST);
	if (!make_key(key, attributes, why))
		return false;
	GROW(own->wash, own->washes, own->room);
	own->wash[own->washes++] = (struct wash){ pool_text(pool, key, strlen(key)),
		pool_text(pool, amount, strlen(amount)), xml_reader_line(own->xml),
		false };
	return true;
}

static bool read_lot(struct own *own, const char **attributes, struct fail *why)
{
	char(*const names)[NAME_LIMIT] = own->names;
	struct pair pair[PAIR_LIMIT];
	const long line = xml_reader_line(own->xml);
	size_t count = 0;

	if (!make_key(own->key, attributes, why))
		return false;
	for (; *attributes != NULL; attributes += 2) {
		if (count == PAIR_LIMIT)
			return fail_set(why, FAIL_BAD_INPUT,
				"a lot has more than %d attributes", PAIR_LIMIT);
		pair[count] = (struct pair){ .name = NULL };
		pair[count].name = name_plain(attributes[0], names[count]);
		pair[count].cell = (struct cell){ .text = attributes[1],
			.length = strlen(attributes[1]),
			.line = line };
		count++;
	}
	return table_add_row(own->reading, pair, count, line, why);
}

static bool start(
	void *context, const char *name, const char **attributes, struct fail *why)
{
	struct own *const own = context;
	const char *const level = xml_attribute(attributes, "levelOfDetail");

	if (level == NULL)
		return true;
	if (!own->lots && strcmp(level, "WASH_SALE") == 0)
		return keep_wash(own, attributes, why);
	if (!own->lots || strcmp(level, "CLOSED_LOT") != 0) {
		own->levels++;
		return true;
	}
	if (strcmp(name, "Lot") != 0 && strcmp(name, "Trade") != 0)
		return true;
	own->read++;
	return read_lot(own, attributes, why);
}

static bool from_file(void *from, void *to, size_t room, size_t *got, struct fail *why)
{
	struct bytes *const bytes = from;

	if (!bytes_more(bytes, why))
		return false;
	*got = bytes->end - bytes->at < room ? bytes->end - bytes->at : room;
	memcpy(to, bytes->chunk + bytes->at, *got);
	bytes->at += *got;
	return true;
}

static bool pass(struct own *own, const char *path, struct fail *why)
{
	static const struct xml_handler handler = { .start = start };
	struct bytes bytes;
	bool over = false;

	if (!bytes_open(&bytes, path, why))
		return false;
	bool done = xml_reader_open(&own->xml, from_file, &bytes, &handler, own, why);

	if (done) {
		while (done && !over)
			done = xml_reader_run(own->xml, &over, why);
		xml_reader_close(own->xml);
	}
	bytes_close(&bytes);
	return done;
}

static bool read_flex(struct reading *reading, const char *path, struct fail *why)
{
	struct own *const own = pool_alloc(&reading->pool, sizeof *own);
	size_t unused = 0;

	own->reading = reading;
	reading->own = own;
	bool done = pass(own, path, why);

	if (own->washes > 0)
		qsort(own->wash, own->washes, sizeof *own->wash, compare);
	own->lots = true;
	done = done && pass(own, path, why);
	for (size_t i = 0; i < own->washes; i++)
		unused += !own->wash[i].used;
	if (unused > 0)
		reading_note(
			reading, "%zu wash sales belong to no lot of the file", unused);
	free(own->wash);
	if (done && own->read == 0 && own->levels > 0) {
		fail_set(why, FAIL_BAD_INPUT, "the file has trades and no closed lots");
		return fail_hint(why,
			"tick Closed Lots (and Wash Sales) in the query's section "
			"Trades");
	}
	return done;
}

const struct format format_ibkr_flex = {
	.name = "ibkr",
	.what = "Interactive Brokers: Flex query as XML",
	.detect = detect,
	.table = &table,
	.read = read_flex,
};
