/*
 * Charles Schwab, Form 1099 Composite as CSV: sections of forms; in "Form 1099 B" a row of box
 * numbers is the header, because the labels below it carry the year.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum section { OUTSIDE, IN_1099B, IN_1099DIV, IN_1099INT, IN_OTHER };

static const char *const header[] = { "1a", "1b", "1c", "1d", "1e", "1f", "1g", "2", "4",
	"5", NULL };

static const struct column columns[] = {
	COLUMN("1a", QUANTITY_DESCRIPTION),
	COLUMN("1b", ACQUIRED),
	COLUMN("1c", SOLD),
	COLUMN("1d", PROCEEDS),
	COLUMN("1e", BASIS),
	COLUMN("1f", DISCOUNT),
	COLUMN("1g", WASH),
	COLUMN("2", TERM),
	{ .name = "", .take = TAKE_BOX, .after = "2" },
	COLUMN("4", WITHHELD),
	COLUMN("5", COVERED),
	COLUMN("6", GROSS),
	COLUMN("7", NO_LOSS),
	EXTRA("8", MONEY, "profit_closed"),
	EXTRA("9", MONEY, "unrealized_prior"),
	EXTRA("10", MONEY, "unrealized"),
	EXTRA("11", MONEY, "aggregate"),
	COLUMNS_END,
};

/* Letters and digits only, small: "Form 1099 B" is "form1099b". */
static void squeeze(const char *text, char *to, size_t room)
{
	size_t used = 0;

	for (; *text != '\0' && used + 1 < room; text++) {
		const char c =
			*text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			to[used++] = c;
	}
	to[used] = '\0';
}

/* The row of boxes, which may be beyond what is looked at; another table's header is not. */
static bool boxes_follow(const struct preview *preview, size_t heading)
{
	for (size_t i = heading + 1; i < preview->count; i++) {
		if (record_has(&preview->record[i], header))
			return true;
		if (preview->record[i].count > 4)
			return false;
	}
	return true;
}

static bool detect(const struct preview *preview)
{
	for (size_t i = 0; i < preview->count; i++) {
		char name[32];

		squeeze(record_text(&preview->record[i], 0), name, sizeof name);
		if (strcmp(name, "form1099b") == 0 && boxes_follow(preview, i))
			return true;
		if (i == 0 && strcmp(name, "account") == 0 && preview->count > 1 &&
			value_is(record_text(&preview->record[1], 0), "tax year"))
			return true;
	}
	return false;
}

/* The lines above and between the sections: the account, the year, "Corrected". */
static void take_heading(struct reading *reading, const struct record *record)
{
	const char *const value = record_text(record, 1);
	char name[32];

	squeeze(record_text(record, 0), name, sizeof name);
	if (strcmp(name, "account") == 0 && !value_blank(value))
		reading->account = pool_text(&reading->pool, value, strlen(value));
	if (strcmp(name, "taxyear") == 0)
		reading_take_year(reading, value);
	if (strcmp(name, "corrected") == 0 && value_is(value, "yes"))
		reading->file->corrected = true;
	if (strncmp(name, "form1099", 8) == 0)
		reading->state = strcmp(name, "form1099b") == 0 ? IN_1099B
			: strcmp(name, "form1099div") == 0      ? IN_1099DIV
			: strcmp(name, "form1099int") == 0      ? IN_1099INT
								: IN_OTHER;
}

/* "1a","Total ordinary dividends","","1,284.17": the total, or else the amount before it. */
static bool take_income(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const enum income kind =
		income_of_box(reading->state == IN_1099DIV ? "1099-DIV" : "1099-INT",
			record_text(record, 0));
	const char *const total = record_text(record, 3);

	return kind == INCOME_KINDS ||
		reading_income(reading, kind,
			value_blank(total) ? record_text(record, 2) : total, record->line,
			value_blank(total) ? 3 : 4, why);
}

/* In the section of sales, what is shorter than a row and no heading: what is left of one. */
static bool is_torn(const struct reading *reading, const struct record *record)
{
	static const char *const headings[] = { "form", "account", "tax year",
		"corrected", ":account" };

	if (reading->state != IN_1099B || !reading->have_header ||
		value_blank(record_text(record, 1)))
		return false;
	for (size_t i = 0; i < COUNT(headings); i++)
		if (value_starts(record_text(record, 0), headings[i]))
			return false;
	return true;
}

/* Two cells at most; a spreadsheet may have added blank ones. */
static bool is_heading(const struct record *record)
{
	for (size_t i = 2; i < record->count; i++)
		if (!value_blank(record->cell[i].text))
			return false;
	return true;
}

/* "3","Other income","","25.00": an amount that is not 0. */
static bool tells_amount(const struct record *record)
{
	return strpbrk(record_text(record, 2), "123456789") != NULL ||
		strpbrk(record_text(record, 3), "123456789") != NULL;
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	if (is_heading(record) && !is_torn(reading, record)) {
		take_heading(reading, record);
		return RECORD_SKIP;
	}
	if (reading->state == IN_1099DIV || reading->state == IN_1099INT)
		return take_income(reading, record, why) ? RECORD_SKIP : RECORD_FAILED;
	if (reading->state == IN_OTHER && tells_amount(record))
		reading_note(reading,
			"line %ld: a section of another form than 1099-DIV, 1099-INT and "
			"1099-B is not read",
			record->line);
	if (reading->state != IN_1099B ||
		value_starts(record_text(record, 0), "description of property"))
		return RECORD_SKIP;
	if (reading->have_header && is_total(reading, record)) {
		reading_check_record(reading, record, "total", &reading->sum, 0);
		return RECORD_SKIP;
	}
	if (reading->have_header)
		return RECORD_ROW;
	fail_at(why, FAIL_BAD_INPUT, record->line, 1,
		"the sales do not begin with the numbers of their boxes (want \"1a\", "
		"\"1b\", \"1c\", ...)");
	fail_hint(why, "download the file again");
	return RECORD_FAILED;
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)reading;
	(void)use;
	(void)why;
	draft->short_sale = names_contract(draft->row.description);
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.look = look,
	.contracts = true,
	.finish = finish,
};

const struct format format_schwab_1099 = {
	.name = "schwab-1099",
	.what = "Charles Schwab: Form 1099 Composite as CSV",
	.detect = detect,
	.table = &table,
};
