/* Compares the totals of a 1099-B's boxes, as the user types them, with the ledger's rows. */
#include "cli/reconcile_totals.h"

#include <string.h>

#define BOX_FIRST 'A' /* of Form 8949; G to L are digital assets */
#define BOX_LAST  'L'

static const struct {
	const char *what;
	size_t offset; /* of the amount in a fact */
} amounts[] = {
	{ "proceeds", offsetof(struct fact, proceeds) },
	{ "basis", offsetof(struct fact, basis) },
	{ "wash", offsetof(struct fact, wash) },
	{ "discount", offsetof(struct fact, discount) },
	{ "withheld", offsetof(struct fact, withheld) },
};

static struct money amount_of(const struct fact *fact, const char *what)
{
	struct money amount = { 0 };

	for (size_t i = 0; i < COUNT(amounts); i++)
		if (strcmp(amounts[i].what, what) == 0)
			memcpy(&amount, (const char *)fact + amounts[i].offset,
				sizeof amount);
	return amount;
}

/* "D.proceeds=1234.50" */
static bool take(const char *words, struct printed_total *total, struct fail *why)
{
	const char *const equals = strchr(words, '=');
	const char *const what = words + 2;

	*total = (struct printed_total){ .box = words[0] };
	if (total->box >= 'a' && total->box <= 'l')
		total->box = (char)(total->box - 'a' + 'A');
	if (total->box >= BOX_FIRST && total->box <= BOX_LAST && words[1] == '.' &&
		equals != NULL)
		for (size_t i = 0; i < COUNT(amounts); i++)
			if (strlen(amounts[i].what) == (size_t)(equals - what) &&
				strncmp(amounts[i].what, what, strlen(amounts[i].what)) ==
					0)
				total->what = amounts[i].what;
	if (total->what == NULL) {
		fail_set(why, FAIL_USAGE,
			"\"%s\" is no total of a box (want BOX.WHAT=AMOUNT)",
			CUT(words, 60));
		return fail_hint(why,
			"BOX is A to L, as on Form 8949; WHAT is proceeds, basis, wash, "
			"discount or withheld: D.proceeds=1234.50");
	}
	if (money_parse(equals + 1, &total->printed, why))
		return true;
	why->kind = FAIL_USAGE;
	return fail_in(why, "%c.%s", total->box, total->what);
}

bool printed_totals(const struct call *call, struct printed_total **totals, size_t *count,
	struct fail *why)
{
	struct printed_total *const total =
		pool_alloc(call->pool, (call->operands + 1) * sizeof *total);

	*totals = total;
	*count = 0;
	for (size_t i = 1; i < call->operands; i++) {
		if (!take(call->operand[i], &total[*count], why))
			return false;
		for (size_t j = 0; j < *count; j++)
			if (total[j].box == total[*count].box &&
				total[j].what == total[*count].what)
				return fail_set(why, FAIL_USAGE, "%c.%s is given twice",
					total[j].box, total[j].what);
		++*count;
	}
	return true;
}

char printed_box(const struct fact *fact, char otherwise)
{
	if (fact->box != 0)
		return fact->box;
	if (fact->term == TERM_UNKNOWN || fact->covered == COVERED_UNKNOWN)
		return otherwise;
	return (char)((fact->term == TERM_LONG ? 'D' : 'A') +
		(fact->covered == COVERED_NO));
}

void printed_totals_add(
	struct printed_total *total, size_t count, char box, const struct fact *fact)
{
	for (size_t i = 0; i < count; i++) {
		if (total[i].box != box)
			continue;
		total[i].sales++;
		total[i].rows = money_plus(total[i].rows, amount_of(fact, total[i].what));
	}
}

struct money printed_total_off(const struct printed_total *total)
{
	return money_less(total->printed, total->rows);
}

bool printed_totals_meet(const struct printed_total *total, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (printed_total_off(&total[i]).cents != 0)
			return false;
	return true;
}

void printed_totals_text(const struct printed_total *total, size_t count,
	struct section *section, struct pool *pool)
{
	static const struct column columns[] = {
		{ .title = "box" },
		{ .title = "total of" },
		{ .title = "1099-B rows", .align = ALIGN_RIGHT },
		{ .title = "their sum", .align = ALIGN_RIGHT },
		{ .title = "printed", .align = ALIGN_RIGHT },
		{ .title = "off by", .align = ALIGN_RIGHT },
	};

	if (count == 0)
		return;
	struct table *const table = section_table(section, pool,
		"Totals that the forms print, by the broker's box", columns,
		COUNT(columns));

	for (size_t i = 0; i < count; i++) {
		struct cell *const cell = table_row(table, pool);

		cell[0] = cell_text(pool_printf(pool, "%c", total[i].box));
		cell[1] = cell_text(total[i].what);
		cell[2] = cell_count((int64_t)total[i].sales);
		cell[3] = cell_money(total[i].rows);
		cell[4] = cell_money(total[i].printed);
		cell[5] = cell_money(printed_total_off(&total[i]));
		if (printed_total_off(&total[i]).cents != 0)
			cell[5].tone = TONE_ALERT;
	}
}

void printed_totals_json(
	const struct printed_total *total, size_t count, struct json *json)
{
	json_array(json, "printed_totals");
	for (size_t i = 0; i < count; i++) {
		const char box[2] = { total[i].box, '\0' };

		json_object(json, NULL);
		json_text(json, "box", box);
		json_text(json, "what", total[i].what);
		json_count(json, "sales", (int64_t)total[i].sales);
		json_money(json, "rows", total[i].rows);
		json_money(json, "printed", total[i].printed);
		json_money(json, "difference", printed_total_off(&total[i]));
		json_close(json);
	}
	json_close(json);
}
