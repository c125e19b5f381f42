/*
 * Charles Schwab, realized gain and loss: lots to compare with the 1099-B, not a tax form.
 * A file of all accounts repeats the header under a banner with the account's name; accounts
 * for retirement stand beside the taxable ones and are left out.
 */
#include <string.h>

#include "ledger/import/formats.h"

static const char *const header[] = { "symbol", "closed date", "proceeds",
	"disallowed loss", NULL };

static const struct column columns[] = {
	COLUMN("symbol", SYMBOL),
	COLUMN("name", DESCRIPTION),
	COLUMN("description", DESCRIPTION),
	COLUMN("closed date", SOLD),
	COLUMN("transaction closed date",
		SOLD), /* the closed date can be of settlement */
	COLUMN("opened date", ACQUIRED),
	COLUMN("quantity", QUANTITY),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("cost basis (cb)", BASIS),
	COLUMN("cost basis", BASIS),
	COLUMN("term", TERM),
	COLUMN("short term gain/loss", SHORT_GAIN),
	COLUMN("long term gain/loss", LONG_GAIN),
	COLUMN("disallowed loss", WASH),
	COLUMNS_END,
};

enum kind_of_account { TAXABLE, RETIREMENT };

/* Another broker's file may have such a title; one without any table has no other sign. */
static bool has_table(const struct preview *preview)
{
	for (size_t i = 0; i < preview->count; i++)
		if (record_filled(&preview->record[i], 3) > 2)
			return true;
	return false;
}

static bool detect(const struct preview *preview)
{
	static const char *const lots[] = { "transaction closed date", "disallowed loss",
		NULL };

	if (preview_find(preview, lots) != NULL || preview_find(preview, header) != NULL)
		return true;
	const char *const title =
		preview->count > 0 ? record_text(&preview->record[0], 0) : "";

	return (value_starts(title, "realized gain/loss") ||
		       value_starts(title, "schwab ira gainloss")) &&
		!has_table(preview);
}

/* "Rollover_IRA_GainLoss_Realized_Details_20260916-101658.csv", whatever the title says. */
static bool is_retirement_file(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return strstr(path, "GainLoss") != NULL &&
		names_retirement(slash != NULL ? slash + 1 : path);
}

/* "Realized Gain/Loss - Lot Details for ...615 as of Wed ..." or "Individual ...119". */
static void take_banner(struct reading *reading, const char *words)
{
	const char *from = strstr(words, " for ");
	const char *end;

	if (value_starts(words, "realized") || value_starts(words, "schwab")) {
		/* "Schwab IRA GainLoss Realized Details" names no account. */
		if (from == NULL) {
			if (names_retirement(words))
				reading->state = RETIREMENT;
			return;
		}
		from += 5;
		end = strstr(from, " as of ");
	} else {
		from = words;
		end = NULL;
	}
	if (end == NULL)
		end = from + strlen(from);
	reading->account = pool_text(&reading->pool, from, (size_t)(end - from));
	reading->state = names_retirement(reading->account) ? RETIREMENT : TAXABLE;
	memset(&reading->group, 0, sizeof reading->group);
}

/* A total is of the account above it, or at the end of all of them. */
static void check_total(struct reading *reading, const struct record *record)
{
	const char *const printed = reading_under(reading, record, TAKE_PROCEEDS);
	const char *plain;
	struct fail ignored;
	int128 value;
	const bool all = !value_blank(printed) &&
		value_decimal(printed, false, &reading->scratch, &plain, &ignored) &&
		value_e8(plain, &value) && value == reading->sum.proceeds;

	reading_check_record(
		reading, record, "total", all ? &reading->sum : &reading->group, 0);
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const first = record_text(record, 0);

	if (record_filled(record, 2) < 2) {
		if (!value_blank(first) && strlen(first) < 200)
			take_banner(reading, first);
		return RECORD_SKIP;
	}
	if (reading->state == RETIREMENT || is_retirement_file(reading->path)) {
		tell_retirement(reading);
		return RECORD_SKIP;
	}
	if (reading->have_header && is_total(reading, record)) {
		check_total(reading, record);
		return RECORD_SKIP;
	}
	return look_plainly(reading, record, why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.may_lack = TAKE_ACQUIRED, /* copied from the web, without lots */
	.kind = ROW_SALE,
	.look = look,
};

const struct format format_schwab_rgl = {
	.name = "schwab-rgl",
	.what = "Charles Schwab: realized gain/loss as CSV",
	.supplement = true,
	.detect = detect,
	.table = &table,
};
