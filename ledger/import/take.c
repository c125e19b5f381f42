/* Turns the cells of a record into the fields of a row. */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/format.h"

struct draft *draft_begin(struct reading *reading, enum row_kind kind, long line)
{
	struct draft *const draft = &reading->draft;

	scratch_clear(&reading->scratch);
	memset(&draft->row, 0, sizeof draft->row);
	memset(draft->mark, 0, sizeof draft->mark);
	draft->plans = draft->flags = 0;
	draft->acquired = draft->sold = draft->granted = NULL;
	draft->box_text = draft->sale_words = NULL;
	draft->short_gain = draft->long_gain = NULL;
	draft->short_sale = draft->later = draft->retirement = false;
	draft->first_cell = NULL;
	draft->pair = NULL;
	draft->row.kind = kind;
	draft->row.line = line;
	draft->row.account = reading->account;
	draft->row.acquired = draft->row.sold = draft->row.granted = DAY_NONE;
	return draft;
}

void draft_flag(struct draft *draft, const char *flag)
{
	if (draft->flags < FLAG_LIMIT)
		draft->flag[draft->flags++] = flag;
}

void draft_plan(struct draft *draft, const char *name, const char *value)
{
	if (draft->plans < PLAN_LIMIT)
		draft->plan[draft->plans++] = (struct row_extra){ name, value };
}

const char *draft_extra(const struct draft *draft, const char *name)
{
	for (size_t i = 0; i < draft->plans; i++)
		if (strcmp(draft->plan[i].name, name) == 0)
			return draft->plan[i].value;
	return NULL;
}

/* The cell's text with outer blanks off and inner runs of blanks made one; NULL if blank. */
static const char *tidy(struct reading *reading, const char *text)
{
	if (value_blank(text))
		return NULL;
	char *const to = scratch_take(&reading->scratch, strlen(text) + 1);
	size_t used = 0;
	bool blank = false;

	for (; *text != '\0'; text++) {
		if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n') {
			blank = used > 0;
			continue;
		}
		if (blank)
			to[used++] = ' ';
		blank = false;
		to[used++] = *text;
	}
	to[used] = '\0';
	return to;
}

static bool take_decimal(
	struct reading *reading, const char *text, const char **to, struct fail *why)
{
	return value_blank(text) ||
		value_decimal(text,
			reading->table != NULL && reading->table->decimal_comma,
			&reading->scratch, to, why);
}

/* "40.00 ACME": a number with a point, then a blank; "3M CO" has none. */
static bool take_quantity_description(
	struct reading *reading, const char *text, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	const char *const clean = tidy(reading, text);

	if (clean == NULL)
		return true;
	const size_t length = strspn(clean, "0123456789,.");

	draft->row.description = clean;
	if (length == 0 || clean[length] != ' ' || memchr(clean, '.', length) == NULL)
		return true;
	const char *const number = scratch_text(&reading->scratch, clean, length);

	draft->row.description = clean + length + 1;
	return take_decimal(reading, number, &draft->row.quantity, why);
}

/* "40 sh. ACME INC", "2 ISHARES TR": a quantity leads, and the words stay as printed. */
static bool take_shares_description(
	struct reading *reading, const char *text, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	const char *const clean = tidy(reading, text);

	draft->row.description = clean;
	if (clean == NULL || draft->row.quantity != NULL)
		return true;
	const size_t length = strspn(clean, "0123456789,.");

	if (length == 0 || clean[length] != ' ')
		return true;
	return take_decimal(reading, scratch_text(&reading->scratch, clean, length),
		&draft->row.quantity, why);
}

/* "Acme Robotics Inc (ABC)": the last words in parentheses, if they are one of capitals. */
static void take_name_symbol(struct reading *reading, const char *text)
{
	struct row *const row = &reading->draft.row;
	const char *const clean = tidy(reading, text);
	const char *const open = clean == NULL ? NULL : strrchr(clean, '(');

	row->description = clean;
	if (open == NULL)
		return;
	const size_t length = strspn(open + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./-");

	if (length > 0 && open[1 + length] == ')')
		row->symbol = scratch_text(&reading->scratch, open + 1, length);
}

/* Nine letters or digits, a digit among them. */
static bool looks_like_cusip(const char *word, size_t length)
{
	bool digit = false;

	if (length != 9)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!((word[i] >= '0' && word[i] <= '9') ||
			    (word[i] >= 'A' && word[i] <= 'Z')))
			return false;
		digit = digit || (word[i] >= '0' && word[i] <= '9');
	}
	return digit;
}

/* "ABC(123456789)", "ABC 123456789", "ABC", or a CUSIP alone. */
static void take_symbol_cusip(struct reading *reading, const char *text)
{
	struct row *const row = &reading->draft.row;
	const char *const clean = tidy(reading, text);

	if (clean == NULL)
		return;
	const size_t first = strcspn(clean, " (");
	const char *rest = clean + first;
	size_t length;

	rest += strspn(rest, " (");
	length = strcspn(rest, " )");
	if (looks_like_cusip(clean, first) && length == 0) {
		row->cusip = scratch_text(&reading->scratch, clean, first);
		return;
	}
	row->symbol = scratch_text(&reading->scratch, clean, first);
	if (length > 0)
		row->cusip = scratch_text(&reading->scratch, rest, length);
}

/* Words that end a company's name, so that "XYZ CORP 48J1W7AB4" gives no symbol CORP. */
static bool ends_a_name(const char *word, size_t length)
{
	static const char *const words[] = { "INC", "CORP", "CO", "LTD", "COM", "ETF",
		"REIT", "PLC", "TR", "FD", "LP", "LLC", "NV", "SA", "AG", "ADR", "NEW",
		"BD", "REV" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strlen(words[i]) == length && strncmp(word, words[i], length) == 0)
			return true;
	return false;
}

/* The last words of a description are the symbol and the CUSIP. */
static void take_description_cusip(struct reading *reading, const char *text)
{
	struct row *const row = &reading->draft.row;
	const char *const clean = tidy(reading, text);
	const char *const last = clean == NULL ? NULL : strrchr(clean, ' ');

	row->description = clean;
	if (last == NULL || row->cusip != NULL ||
		!looks_like_cusip(last + 1, strlen(last + 1)))
		return;
	row->cusip = last + 1;
	const char *word = last;

	while (word > clean && word[-1] != ' ')
		word--;
	const size_t length = (size_t)(last - word);

	if (row->symbol == NULL && word > clean && length <= 5 &&
		strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length &&
		!ends_a_name(word, length))
		row->symbol = scratch_text(&reading->scratch, word, length);
}

static bool is_among(const char *text, const char *const *starts)
{
	while (*starts != NULL && !value_starts(text, *starts))
		starts++;
	return *starts != NULL;
}

static bool take_term(struct draft *draft, const char *text, struct fail *why)
{
	/* "Unknown", "Undetermined", "Mixed", "X": the broker does not say it; 1256 has none. */
	static const char *const terms[] = { "s", "l", "o", "u", "mixed", "various", "x",
		"n", "1256", "sec", "60/40", "0", NULL };

	text += strspn(text, " (");
	if (!value_blank(text) && !is_among(text, terms))
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is not a term (want short or long)", CUT(text, 60));
	draft->row.term_given = true;
	draft->row.term = value_starts(text, "s") ? TERM_SHORT
		: value_starts(text, "l")         ? TERM_LONG
						  : TERM_UNKNOWN;
	if (value_starts(text, "ordinary"))
		draft_flag(draft, "ordinary");
	return true;
}

static bool yes(const char *text)
{
	return value_starts(text, "y") || value_is(text, "x") || value_is(text, "1") ||
		value_starts(text, "t");
}

/* A box is ticked by any mark, but not by a word for no. */
static bool ticked(const char *text)
{
	return !value_blank(text) && !value_starts(text, "n") &&
		!value_starts(text, "f") && !value_is(text, "0");
}

static bool no(const char *text)
{
	return value_starts(text, "n") || value_is(text, "0") || value_starts(text, "f");
}

static bool take_covered(struct draft *draft, const char *text, struct fail *why)
{
	if (value_starts(text, "cov") || value_is(text, "c") || yes(text))
		draft->row.covered = COVERED_YES;
	else if (no(text) || value_starts(text, "uncov") || value_is(text, "u"))
		draft->row.covered = COVERED_NO;
	else if (!value_blank(text) && !value_starts(text, "un"))
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is unknown (want covered or noncovered)", CUT(text, 60));
	return true;
}

static bool take_noncovered(struct draft *draft, const char *text, struct fail *why)
{
	if (value_blank(text))
		return true;
	if (!yes(text) && !no(text) && !value_starts(text, "cov") &&
		!value_starts(text, "uncov"))
		return fail_set(why, FAIL_BAD_INPUT, "\"%s\" is unknown (want yes or no)",
			CUT(text, 60));
	draft->row.covered =
		yes(text) || value_starts(text, "noncov") || value_starts(text, "uncov")
		? COVERED_NO
		: COVERED_YES;
	return true;
}

static bool take_box(struct draft *draft, const char *text, struct fail *why)
{
	const char *at = text + strspn(text, " \t");

	/* "Box A" */
	if (value_starts(at, "box "))
		at += 4 + strspn(at + 4, " \t");
	const char letter = (char)(*at & ~0x20);

	draft->box_text = at;
	if (letter >= 'A' && letter <= 'L' && value_blank(at + 1))
		draft->row.box = letter;
	else if (!value_blank(at) && !value_is(at, "x") && !value_is(at, "y"))
		return fail_set(why, FAIL_BAD_INPUT,
			"\"%s\" is no box of Form 8949 (want A to L)", CUT(at, 60));
	return true;
}

void reading_take_year(struct reading *reading, const char *text)
{
	text += strspn(text, " ");
	if (strspn(text, "0123456789") == 4 && value_blank(text + 4))
		reading->file->tax_year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 +
			(text[2] - '0') * 10 + (text[3] - '0');
}

enum option_kind option_of_words(const char *text)
{
	if (value_starts(text, "iso") || value_starts(text, "incentive"))
		return OPTION_ISO;
	if (value_starts(text, "n"))
		return OPTION_NSO;
	return OPTION_UNKNOWN;
}

/* An amount that only tells by being there; it must be one. */
static bool is_decimal(struct reading *reading, const char *text, struct fail *why)
{
	const char *unused;

	return take_decimal(reading, text, &unused, why);
}

/* What is never less than nothing: a price, a value. */
static bool take_price(
	struct reading *reading, const char *text, const char **to, struct fail *why)
{
	if (!take_decimal(reading, text, to, why))
		return false;
	return *to == NULL || **to != '-' || refuse_less(text, why);
}

/* Robinhood writes "2S" for two contracts sold. */
static bool take_quantity(struct reading *reading, const char *text, struct fail *why)
{
	const char **const to = &reading->draft.row.quantity;

	const size_t digits = strspn(text, "0123456789.,");

	if (digits > 0 && text[digits] == 'S' && value_blank(text + digits + 1))
		text = scratch_text(&reading->scratch, text, digits);
	if (reading->table != NULL && row_acquires(reading->table->kind))
		return take_price(reading, text, to, why);
	return take_decimal(reading, text, to, why);
}

/* Prices, and shares that were delivered or not; gains and incomes may be less than nothing. */
static bool never_less(const char *plan)
{
	static const char *const names[] = { "net_shares", "withheld_shares",
		"consumption", "basis_per_share", "purchase_price", "purchase_fmv",
		"subscription_fmv", "vest_fmv", "grant_fmv", "grant_price", "sale_price",
		"price" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], plan) == 0)
			return true;
	return false;
}

static bool take_plan(struct reading *reading, const struct column *column,
	const struct cell *cell, struct fail *why)
{
	const char *value = NULL;

	if (column->take == TAKE_PLAN_TEXT) {
		value = tidy(reading, cell->text);
	} else if (column->take == TAKE_PLAN_MONEY) {
		if (!(never_less(column->plan) ? take_price : take_decimal)(
			    reading, cell->text, &value, why))
			return false;
	} else if (!value_blank(cell->text)) {
		struct day day;
		char iso[DAY_TEXT];

		if (!value_day(cell->text, DAY_MONTH_FIRST,
			    reading->file->tax_year > 0 ? reading->file->tax_year : 2079,
			    cell->number, &day, why))
			return false;
		if (day_known(day)) {
			day_iso(day, iso);
			value = scratch_text(&reading->scratch, iso, strlen(iso));
		}
	}
	if (value != NULL)
		draft_plan(&reading->draft, column->plan, value);
	return true;
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whole words only: "Individual ...401" and "Rothman Trust" are taxable. */
bool names_retirement(const char *words)
{
	static const char *const signs[] = { "IRA", "Roth", "Rollover", "SEP", "SIMPLE",
		"Pension", "Keogh", "401k", "401(k)", "403(b)", "PCRA", "IRRA", "ROTH",
		"ROLLOVER", "401K", "401(K)" };

	for (size_t i = 0; i < COUNT(signs); i++) {
		const size_t length = strlen(signs[i]);
		const char *at = words;

		while ((at = strstr(at, signs[i])) != NULL) {
			if ((at == words || !is_letter_or_digit(at[-1])) &&
				!is_letter_or_digit(at[length]))
				return true;
			at += length;
		}
	}
	return false;
}

bool names_contract(const char *description)
{
	return value_starts(description, "call ") || value_starts(description, "put ");
}

void tell_retirement(struct reading *reading)
{
	reading_note(reading,
		"accounts for retirement are left out: their sales are not taxed");
}

static bool take(struct reading *reading, const struct column *column,
	const struct cell *cell, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	struct row *const row = &draft->row;
	const char *const text = cell->text;

	switch (column->take) {
	case TAKE_NOTHING:
		return true;
	case TAKE_ACCOUNT: {
		const char *const account = tidy(reading, text);

		if (account != NULL)
			row->account = account;
		/* A tax form has no sales of such an account; its name may be anything. */
		if (account != NULL && reading->format->supplement)
			draft->retirement =
				draft->retirement || names_retirement(account);
		return true;
	}
	case TAKE_ACCOUNT_WORDS:
		draft->retirement = draft->retirement || names_retirement(text);
		return true;
	case TAKE_DESCRIPTION:
		row->description = tidy(reading, text);
		return true;
	case TAKE_QUANTITY_DESCRIPTION:
		return take_quantity_description(reading, text, why);
	case TAKE_SYMBOL:
		row->symbol = tidy(reading, text);
		return true;
	case TAKE_CUSIP:
		row->cusip = tidy(reading, text);
		return true;
	case TAKE_SYMBOL_CUSIP:
		take_symbol_cusip(reading, text);
		return true;
	case TAKE_DESCRIPTION_CUSIP:
		take_description_cusip(reading, text);
		return true;
	case TAKE_QUANTITY:
		return take_quantity(reading, text, why);
	case TAKE_SHARES_DESCRIPTION:
		return take_shares_description(reading, text, why);
	case TAKE_NAME_SYMBOL:
		take_name_symbol(reading, text);
		return true;
	case TAKE_ACQUIRED:
		draft->acquired = cell;
		return true;
	case TAKE_SOLD:
		/* Of several the last that is filled in: a trade date after a closing date. */
		if (draft->sold == NULL || !value_blank(text))
			draft->sold = cell;
		return true;
	case TAKE_SHORT_GAIN:
		draft->short_gain = text;
		return is_decimal(reading, text, why);
	case TAKE_LONG_GAIN:
		draft->long_gain = text;
		return is_decimal(reading, text, why);
	case TAKE_YEAR:
		reading_take_year(reading, text);
		return true;
	case TAKE_GRANTED:
		draft->granted = cell;
		return true;
	case TAKE_PROCEEDS:
		return take_decimal(reading, text, &row->proceeds, why);
	case TAKE_BASIS:
		return (reading->table != NULL && row_acquires(reading->table->kind)
				? take_price
				: take_decimal)(reading, text, &row->basis, why);
	case TAKE_WASH:
		if (!take_decimal(reading, text, &row->wash_disallowed, why))
			return false;
		if (row->wash_disallowed == NULL)
			row->wash_disallowed = "0.00";
		row->wash_disallowed += *row->wash_disallowed == '-';
		return true;
	case TAKE_DISCOUNT:
		return take_decimal(reading, text, &row->market_discount, why);
	case TAKE_WITHHELD:
		return take_decimal(reading, text, &row->federal_withheld, why);
	case TAKE_STRIKE:
		return take_price(reading, text, &row->strike, why);
	case TAKE_FMV:
		return take_price(reading, text, &row->fmv, why);
	case TAKE_TERM:
		return take_term(draft, text, why);
	case TAKE_COVERED:
		return value_blank(text) || take_covered(draft, text, why);
	case TAKE_NONCOVERED:
		return take_noncovered(draft, text, why);
	case TAKE_GROSS:
		row->gross = value_starts(text, "g") ? COVERED_YES
			: value_starts(text, "n")    ? COVERED_NO
						     : row->gross;
		return true;
	case TAKE_BOX:
		return take_box(draft, text, why);
	case TAKE_OPTION:
		row->option = option_of_words(text);
		return true;
	case TAKE_PLAN_TEXT:
	case TAKE_PLAN_DAY:
	case TAKE_PLAN_MONEY:
		return take_plan(reading, column, cell, why);
	case TAKE_VARIOUS:
		row->various = row->various || yes(text);
		return true;
	case TAKE_ORDINARY:
		if (yes(text))
			draft_flag(draft, "ordinary");
		return true;
	case TAKE_NO_LOSS:
		if (ticked(text))
			draft_flag(draft, "the loss is not allowed based on box 1d");
		return true;
	case TAKE_SALE_WORDS:
		draft->sale_words = tidy(reading, text);
		return true;
	case TAKE_MARK:
		draft->mark[column->mark] = text;
		return true;
	}
	return true;
}

bool draft_take(struct reading *reading, const struct column *column,
	const struct cell *cell, long number, const char *name, struct fail *why)
{
	if (column->take == TAKE_MARK) {
		reading->draft.mark_place[column->mark] =
			(struct place){ cell->line, number, name };
		reading->draft.mark_number[column->mark] = cell->number;
	}
	if (take(reading, column, cell, why))
		return true;
	why->row = cell->line;
	why->column = number;
	return fail_in(why, "column \"%s\"", CUT(name, 60));
}
