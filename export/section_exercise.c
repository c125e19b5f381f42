/* What one exercise does to a year: with it and without, and at other prices. */
#include <string.h>

#include "export/plan_words.h"
#include "export/sections.h"

static struct money cost_of(const struct exercise_answer *answer)
{
	return price_times(answer->grant->strike, answer->shares);
}

/* The last day of a sale that takes the spread back: the end of the year. */
static struct day year_end(const struct exercise_answer *answer)
{
	struct day day;

	return day_from_civil(return_year(answer->its), 12, 31, &day) ? day : DAY_NONE;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void add_lines(
	struct section *section, const struct exercise_answer *answer, struct pool *pool)
{
	static const struct column columns[] = {
		{ .title = "Line" },
		{ .title = "What", .width = 44 },
		{ .title = "Without", .align = ALIGN_RIGHT },
		{ .title = "With", .align = ALIGN_RIGHT },
		{ .title = "Change", .align = ALIGN_RIGHT },
	};
	struct table *const table = section_table(section, pool,
		"The year without it and with it", columns, COUNT(columns));

	for (size_t i = 0; i < PLAN_LINES; i++) {
		const struct plan_line *const line = &answer->exercise.line[i];
		struct cell *const cell = table_row(table, pool);

		cell[0] = cell_text(line->id + (line->id[0] == 'f'));
		cell[1] = cell_text(line->label);
		cell[2] = cell_dollars(line->without);
		cell[3] = cell_dollars(line->with);
		cell[4] = cell_dollars(money_less(line->with, line->without));
		if (strcmp(line->id, "f6251.11") == 0)
			for (int k = 0; k < 5; k++)
				cell[k].tone = TONE_STRONG;
	}
}

static void add_cash(
	struct section *section, const struct exercise_answer *answer, struct pool *pool)
{
	static const struct column columns[] = {
		{ .title = "What it takes" },
		{ .title = "Amount", .align = ALIGN_RIGHT },
	};
	const struct plan_exercise *const exercise = &answer->exercise;
	struct table *const table =
		section_table(section, pool, NULL, columns, COUNT(columns));

	plan_amount(table, pool, "To pay for the shares", cost_of(answer), TONE_PLAIN);
	plan_amount(table, pool, "More tax with the return of the year", exercise->total,
		TONE_PLAIN);
	plan_amount(table, pool, "AMT in it", exercise->amt, TONE_PLAIN);
	if (exercise->credit_known)
		plan_amount(table, pool, "Of the AMT, credit for later years",
			exercise->credit, TONE_PLAIN);
	plan_amount(table, pool, "Value of the shares",
		price_times(answer->price, answer->shares), TONE_PLAIN);
}

static void add_prices(
	struct section *section, const struct exercise_answer *answer, struct pool *pool)
{
	static const struct column columns[] = {
		{ .title = "Change" },
		{ .title = "Price", .align = ALIGN_RIGHT },
		{ .title = "Spread", .align = ALIGN_RIGHT },
		{ .title = "AMT", .align = ALIGN_RIGHT },
		{ .title = "More tax", .align = ALIGN_RIGHT },
	};
	struct table *const table =
		section_table(section, pool, "At other prices", columns, COUNT(columns));

	for (size_t i = 0; i < EXERCISE_PRICES; i++) {
		const struct exercise_at *const at = &answer->at[i];
		struct cell *const cell = table_row(table, pool);

		cell[0] = cell_text(at->percent == 0
				? "as given"
				: pool_printf(pool, "%+d%%", at->percent));
		cell[1] = cell_price(at->price);
		cell[2] = cell_money(at->exercise.spread);
		cell[3] = cell_dollars(at->exercise.amt);
		cell[4] = cell_dollars(at->exercise.total);
	}
}

static void note_credit(
	struct section *section, const struct exercise_answer *answer, struct pool *pool)
{
	const int year = return_year(answer->its);

	if (answer->exercise.amt.cents <= 0)
		return;
	if (answer->exercise.credit_known)
		section_note(section, pool,
			"What becomes credit is line 18 of Form 8801 of %d. It comes "
			"home in years whose regular tax is above the tentative minimum "
			"tax, and with the sale of the shares.",
			year + 1);
	else
		section_note(section, pool,
			"A spread is a matter of timing (IRC 53(d)(1)(B)): AMT that it "
			"makes becomes credit for later years. How much, Form 8801 of "
			"%d will tell, which is not known here.",
			year + 1);
}

/* F-009, F-010: where a dollar of spread also takes from the exemption. */
static void note_exemption(
	struct section *section, const struct exercise_answer *answer, struct pool *pool)
{
	const struct plan_exercise *const exercise = &answer->exercise;
	const int64_t start = exercise->phaseout_start.cents;
	const int64_t income = exercise->income.cents;
	char from[MONEY_TEXT], apart[MONEY_TEXT];

	money_short(exercise->phaseout_start, from);
	if (start > 0 && income > start)
		section_warning(section, pool,
			"AMT income passes %s by %s: from there on the exemption falls "
			"with every dollar, until nothing of it is left.",
			from, money_short((struct money){ income - start }, apart));
	else if (start > 0 && income >= start - start / 10)
		section_warning(section, pool,
			"AMT income comes within %s of %s, from where the exemption "
			"falls with every dollar.",
			money_short((struct money){ start - income }, apart), from);
}

static void note_same_year(
	struct section *section, const struct exercise_answer *answer, struct pool *pool)
{
	const struct day end = year_end(answer);
	char last[DAY_TEXT], on[DAY_TEXT];

	if (answer->exercise.spread.cents <= 0)
		return;
	if (day_known(answer->day))
		section_note(section, pool,
			"A sale by %s, %d days after an exercise on %s, takes its "
			"spread off line 2i again; its gain, up to the spread, is then "
			"wages.",
			day_iso(end, last), (int)(end.number - answer->day.number),
			day_iso(answer->day, on));
	else
		section_note(section, pool,
			"A sale by %s takes its spread off line 2i again; its gain, up "
			"to the spread, is then wages.",
			day_iso(end, last));
}

void report_exercise(struct report *report, const struct exercise_answer *answer)
{
	struct pool *const pool = report->pool;
	char shares[MONEY_TEXT], strike[MONEY_TEXT], price[MONEY_TEXT];
	struct section *const section = report_section(report, "Exercise",
		pool_printf(pool, "Exercise of %s shares in %d",
			plan_whole(answer->shares, shares), return_year(answer->its)));

	price_plain(answer->grant->strike, strike);
	price_plain(answer->price, price);
	section_note(section, pool,
		"%s shares at %s, worth %s each. Each has a basis of %s for the regular "
		"tax and of %s for the AMT, whether or not AMT is paid.",
		plan_whole(answer->shares, shares), strike, price, strike,
		answer->price.e8 > answer->grant->strike.e8 ? price : strike);
	add_lines(section, answer, pool);
	add_cash(section, answer, pool);
	note_credit(section, answer, pool);
	note_exemption(section, answer, pool);
	add_prices(section, answer, pool);
	note_same_year(section, answer, pool);
	plan_note_draft(report, section, answer->its);
	plan_note_figures(section, answer->its, pool);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void data_lines(struct json *json, const struct exercise_answer *answer)
{
	json_array(json, "lines");
	for (size_t i = 0; i < PLAN_LINES; i++) {
		const struct plan_line *const line = &answer->exercise.line[i];

		json_object(json, NULL);
		json_text(json, "line", line->id);
		json_text(json, "label", line->label);
		json_money(json, "without", line->without);
		json_money(json, "with", line->with);
		json_close(json);
	}
	json_close(json);
}

static void data_prices(struct json *json, const struct exercise_answer *answer)
{
	json_array(json, "prices");
	for (size_t i = 0; i < EXERCISE_PRICES; i++) {
		const struct exercise_at *const at = &answer->at[i];

		json_object(json, NULL);
		json_count(json, "percent", at->percent);
		json_price(json, "price", at->price);
		json_money(json, "spread", at->exercise.spread);
		json_money(json, "amt", at->exercise.amt);
		json_money(json, "total_tax", at->exercise.total);
		json_close(json);
	}
	json_close(json);
}

void data_exercise(
	struct json *json, const struct exercise_answer *answer, struct pool *pool)
{
	const struct plan_grant *const grant = answer->grant;
	const struct plan_exercise *const exercise = &answer->exercise;
	const int year = return_year(answer->its);

	json_count(json, "year", year);
	json_text(json, "status", status_name(return_given(answer->its)->status));
	json_text(json, "grant",
		grant->option ? room_grant(answer->household, grant) : NULL);
	json_text(json, "symbol", room_symbol(answer->household, grant));
	json_shares(json, "shares", answer->shares);
	json_price(json, "strike", grant->strike);
	json_price(json, "price", answer->price);
	json_money(json, "spread", exercise->spread);
	json_money(json, "cost", cost_of(answer));
	data_lines(json, answer);
	json_money(json, "amt", exercise->amt);
	json_money(json, "total_tax", exercise->total);
	if (exercise->credit_known)
		json_money(json, "credit", exercise->credit);
	else
		json_null(json, "credit");
	json_text(json, "credit_reason",
		exercise->credit_known
			? NULL
			: pool_printf(pool, "there is no Form 8801 of %d yet", year + 1));
	json_day(json, "same_year_sale_until", year_end(answer));
	if (day_known(answer->day))
		json_count(
			json, "days_left", year_end(answer).number - answer->day.number);
	else
		json_null(json, "days_left");
	data_prices(json, answer);
	plan_data_figures(json, answer->its, pool);
	json_text(json, "draft", room_draft(answer->its));
}
