/* Reads marks: cells whose meaning is a format's own. A failure says where the cell stands. */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/format.h"

bool refuse_less(const char *text, struct fail *why)
{
	return fail_set(why, FAIL_BAD_INPUT,
		"\"%s\" is less than nothing (want 0 or more)", CUT(text, 60));
}

bool draft_mark_failed(const struct draft *draft, int mark, struct fail *why)
{
	const struct place *const place = &draft->mark_place[mark];

	why->row = place->row;
	why->column = place->column;
	return place->name == NULL || fail_in(why, "column \"%s\"", CUT(place->name, 60));
}

bool draft_mark_blank(const struct draft *draft, int mark, const char *what,
	const char *hint, struct fail *why)
{
	fail_set(why, FAIL_BAD_INPUT, "%s", what);
	if (hint != NULL)
		fail_hint(why, "%s", hint);
	return draft_mark_failed(draft, mark, why);
}

bool draft_mark_decimal(
	struct reading *reading, int mark, const char **plain, struct fail *why)
{
	const struct draft *const draft = &reading->draft;

	return value_decimal(draft->mark[mark],
		       reading->table != NULL && reading->table->decimal_comma,
		       &reading->scratch, plain, why) ||
		draft_mark_failed(draft, mark, why);
}

bool draft_wash(
	struct reading *reading, const char *code, int amount_mark, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	const bool blank_code = value_blank(code);
	const char *plain = "0.00";

	draft->row.wash_disallowed = "0.00";
	if (!value_blank(draft->mark[amount_mark]) &&
		!draft_mark_decimal(reading, amount_mark, &plain, why))
		return false;
	/* Codes of Form 8949 may stand together. */
	if (!blank_code && strpbrk(code, "Ww") != NULL) {
		draft->row.wash_disallowed = plain + (*plain == '-');
		return true;
	}
	if (blank_code && strpbrk(plain, "123456789") == NULL)
		return true;
	draft_flag(draft, "an adjustment other than a wash sale");
	reading_note(reading,
		"line %ld: an adjustment of %s under code \"%s\" is not used: only W is",
		draft->row.line, CUT(plain, 40),
		CUT(blank_code ? "" : code + strspn(code, " \t"), 10));
	return true;
}

bool draft_mark_price(
	struct reading *reading, int mark, const char **plain, struct fail *why)
{
	if (!draft_mark_decimal(reading, mark, plain, why))
		return false;
	if (**plain != '-')
		return true;
	refuse_less(*plain, why);
	return draft_mark_failed(&reading->draft, mark, why);
}

bool draft_mark_day(struct reading *reading, int mark, struct day *day, struct fail *why)
{
	const struct draft *const draft = &reading->draft;

	*day = DAY_NONE;
	return value_blank(draft->mark[mark]) ||
		value_day(draft->mark[mark],
			reading->table != NULL ? reading->table->days : DAY_MONTH_FIRST,
			2099, draft->mark_number[mark], day, why) ||
		draft_mark_failed(draft, mark, why);
}
