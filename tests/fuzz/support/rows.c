/* What holds of every row, of every file and of every refusal. */
#include "tests/fuzz/support/rows.h"

#include <assert.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/format.h"
#include "ledger/import/value.h"
#include "tests/fuzz/support/memory_file.h"

static bool text_good(const char *text)
{
	return text == NULL || utf8_valid(text, strlen(text));
}

void fail_holds(const struct fail *why)
{
	assert(why->kind == FAIL_BAD_INPUT || why->kind == FAIL_USAGE ||
		why->kind == FAIL_NOT_MODELLED || why->kind == FAIL_MISSING_FACTS);
	assert(why->message[0] != '\0');
	assert(why->row >= 0 && why->column >= 0);
	assert(text_good(why->message) && text_good(why->hint));
}

static void day_holds(struct day day)
{
	struct day again;
	int year, month, mday;

	if (!day_known(day))
		return;
	day_to_civil(day, &year, &month, &mday);
	assert(day_from_civil(year, month, mday, &again) && again.number == day.number);
}

/* [-]digits[.digits], without leading zeros, exact in cents when printed and read again. */
static void decimal_holds(const char *plain)
{
	struct money money, again;
	struct shares shares;
	struct fail why;
	char text[MONEY_TEXT];
	bool rounded;

	if (plain == NULL)
		return;
	const char *at = plain + (*plain == '-');
	const size_t whole = strspn(at, "0123456789");

	assert(whole > 0 && (whole == 1 || *at != '0'));
	at += whole;
	if (*at == '.') {
		const size_t decimals = strspn(at + 1, "0123456789");

		assert(decimals > 0);
		at += 1 + decimals;
	}
	assert(*at == '\0');
	if (value_money(plain, &money, &why))
		assert(money_parse(money_plain(money, text), &again, &why) &&
			again.cents == money.cents);
	else
		fail_holds(&why);
	if (!value_shares(plain, &shares, &rounded, &why))
		fail_holds(&why);
}

static void plan_holds(const struct row_extra *plan)
{
	for (; plan != NULL && plan->name != NULL; plan++)
		assert(plan->name[0] != '\0' && text_good(plan->name) &&
			plan->value != NULL && text_good(plan->value));
}

static bool row_holds(void *context, const struct row *row, struct fail *why)
{
	size_t *const rows = context;

	(void)why;
	++*rows;
	assert(row->kind >= 0 && row->kind < ROW_KINDS);
	assert(row_kind_name(row->kind) != NULL);
	assert(row->line >= 1);
	assert(text_good(row->account) && text_good(row->description) &&
		text_good(row->symbol) && text_good(row->cusip));
	assert(row->kind != ROW_SALE || day_known(row->sold));
	day_holds(row->acquired);
	day_holds(row->sold);
	day_holds(row->granted);
	decimal_holds(row->quantity);
	decimal_holds(row->proceeds);
	decimal_holds(row->basis);
	decimal_holds(row->wash_disallowed);
	decimal_holds(row->market_discount);
	decimal_holds(row->federal_withheld);
	decimal_holds(row->strike);
	decimal_holds(row->fmv);
	assert(row->term >= TERM_UNKNOWN && row->term <= TERM_LONG);
	assert(row->covered >= COVERED_UNKNOWN && row->covered <= COVERED_NO);
	assert(row->option >= OPTION_UNKNOWN && row->option <= OPTION_NSO);
	assert(row->box == '\0' || (row->box >= 'A' && row->box <= 'L'));
	for (const char *const *flag = row->flags; flag != NULL && *flag != NULL; flag++)
		assert(text_good(*flag));
	plan_holds(row->plan);
	return true;
}

/* A row that is passed over says why, and where; the file is the caller's to name. */
static void row_fault_holds(void *context, const struct fail *why)
{
	(void)context;
	fail_holds(why);
	assert(why->row >= 1 && why->file[0] == '\0');
}

static void file_holds(bool done, const struct row_file *file, size_t rows,
	const char *format, const struct fail *why)
{
	if (!done) {
		fail_holds(why);
		assert(strcmp(why->file, MEMORY_FILE) == 0);
		return;
	}
	assert(file->format != NULL && (format == NULL || !strcmp(file->format, format)));
	assert(file->rows == rows);
	assert(file->tax_year >= 0 && file->tax_year <= 9999);
	assert(text_good(file->difference) && text_good(file->note));
	assert(file->difference[0] == '\0' || file->difference_line > 0);
}

void rows_hold(const char *format)
{
	struct row_file file;
	struct fail why = { 0 };
	size_t rows = 0;
	const bool done = rows_read_past(
		MEMORY_FILE, format, &file, row_holds, row_fault_holds, &rows, &why);

	file_holds(done, &file, rows, format, &why);
}

void rows_hold_as(const struct format *format)
{
	struct row_file file;
	struct fail why = { 0 };
	size_t rows = 0;
	const bool done = rows_read_as(
		MEMORY_FILE, format, &file, row_holds, row_fault_holds, &rows, &why);

	file_holds(done, &file, rows, format->name, &why);
}
