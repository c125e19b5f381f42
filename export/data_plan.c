/* The room of a year as JSON, and the words that its text and its JSON share. */
#include "export/plan_words.h"

enum plan_bound room_bound(const struct room_answer *answer)
{
	if (answer->fitted)
		return answer->fit.bound;
	return answer->room.owed       ? PLAN_BY_OWED
		: answer->room.limited ? PLAN_BY_AMT
				       : PLAN_BY_NOTHING;
}

const char *room_margin(int margin, struct pool *pool)
{
	return margin % 100 == 0 ? pool_printf(pool, "%d%%", margin / 100)
		: margin % 10 == 0
		? pool_printf(pool, "%d.%d%%", margin / 100, margin % 100 / 10)
		: pool_printf(pool, "%d.%02d%%", margin / 100, margin % 100);
}

const char *room_grant(const struct household *household, const struct plan_grant *grant)
{
	const struct names *const names = household->facts->names;

	if (grant->option == NULL)
		return "as described";
	return grant->option->grant->grant != 0
		? names_text(names, grant->option->grant->grant)
		: "";
}

const char *room_symbol(const struct household *household, const struct plan_grant *grant)
{
	return grant->option == NULL
		? NULL
		: names_text(household->facts->names, grant->option->symbol);
}

const char *room_draft(const struct tax_return *its)
{
	return law_line_words(
		return_law(its), return_year(its), plan_line_of(its, "f6251.11"))
		.draft;
}

const char *figure_words_of(const struct input *input, struct entered entered,
	bool grouped, struct pool *pool)
{
	if (input->choice != NULL && input->choice[entered.choice] != NULL &&
		input->choice[entered.choice][0] != '\0')
		return input->choice[entered.choice];
	if (input->kind == INPUT_YES_NO)
		return entered.amount.cents ? "yes" : "no";
	if (input->kind == INPUT_COUNT)
		return pool_printf(pool, "%lld", (long long)entered.amount.cents);
	return grouped ? money_short(entered.amount, pool_alloc(pool, MONEY_TEXT))
		       : money_plain(entered.amount, pool_alloc(pool, MONEY_TEXT));
}

static const char *size_name(enum plan_size size)
{
	static const char *const names[] = {
		[PLAN_NONE] = "none",
		[PLAN_FITTING] = "fitting",
		[PLAN_ALL_ROOM] = "room",
		[PLAN_ONE_MORE] = "one_more",
		[PLAN_QUARTER] = "quarter",
		[PLAN_HALF] = "half",
		[PLAN_ALL] = "all",
		[PLAN_BEYOND] = "beyond",
	};

	return names[size];
}

static void data_grants(struct json *json, const struct room_answer *answer)
{
	json_array(json, "grants");
	for (size_t i = 0; i < answer->grants; i++) {
		const struct plan_grant *const grant = &answer->grant[i];
		const bool counted =
			answer->fitted && !(grant->endless && grant->spread.e8 == 0);

		json_object(json, NULL);
		json_text(json, "grant",
			grant->option ? room_grant(answer->household, grant) : NULL);
		json_text(json, "symbol", room_symbol(answer->household, grant));
		json_price(json, "strike", grant->strike);
		if (grant->endless)
			json_null(json, "left");
		else
			json_shares(json, "left", grant->left);
		if (grant->vests_known)
			json_shares(json, "exercisable", grant->available);
		else
			json_null(json, "exercisable");
		if (answer->fitted)
			json_price(json, "spread", grant->spread);
		if (counted) {
			json_shares(json, "shares", grant->shares);
			json_shares(json, "alone", grant->alone);
		}
		if (answer->fitted)
			json_text(json, "binding", plan_bound_name(grant->bound));
		json_close(json);
	}
	json_close(json);
}

static void data_rows(struct json *json, const struct room_answer *answer)
{
	json_array(json, "exercises");
	for (size_t i = 0; i < answer->rows; i++) {
		const struct plan_row *const row = &answer->row[i];

		json_object(json, NULL);
		json_text(json, "size", size_name(row->size));
		if (row->by_shares)
			json_shares(json, "shares", row->shares);
		else
			json_null(json, "shares");
		json_money(json, "spread", row->point.spread);
		json_money(json, "amt", row->point.amt);
		json_money(json, "tentative_minimum_tax", row->point.tentative);
		json_money(json, "regular_tax", row->point.regular);
		json_money(json, "credit_used", row->point.credit_used);
		json_money(json, "credit_left", row->point.credit_left);
		json_money(json, "total_tax", row->point.total_tax);
		json_close(json);
	}
	json_close(json);
}

void plan_data_figures(struct json *json, const struct tax_return *its, struct pool *pool)
{
	const struct law *const law = return_law(its);
	const struct return_input *const given = return_given(its);
	const char *const *assumed = return_assumptions(its, pool);

	json_array(json, "figures");
	for (size_t i = 0; given->entered != NULL && i < law_inputs(law); i++) {
		if (!given->entered[i].given)
			continue;
		json_object(json, NULL);
		json_text(json, "name", law_input(law, i)->name);
		json_text(json, "value",
			figure_words_of(
				law_input(law, i), given->entered[i], false, pool));
		json_close(json);
	}
	json_close(json);
	json_array(json, "assumed");
	for (; *assumed != NULL; assumed++)
		json_text(json, NULL, *assumed);
	json_close(json);
}

void data_room(struct json *json, const struct room_answer *answer, struct pool *pool)
{
	const struct plan_room *const room = &answer->room;

	json_count(json, "year", return_year(answer->its));
	json_text(json, "status", status_name(return_given(answer->its)->status));
	json_money(json, "room", room->room);
	json_money(json, "form_room", room->form_room);
	if (answer->fitted && answer->no_shares == NULL)
		json_shares(json, "shares", answer->fit.shares);
	else
		json_null(json, "shares");
	json_text(json, "shares_reason", answer->no_shares);
	json_text(json, "binding", plan_bound_name(room_bound(answer)));
	json_money(json, "spread_counted", room->none.line_2i);
	json_money(json, "amt_already", room->none.amt);
	if (answer->priced)
		json_price(json, "price", answer->price);
	else
		json_null(json, "price");
	json_text(json, "margin", room_margin(answer->margin, pool));
	if (answer->fitted)
		json_money(json, "usable", answer->fit.usable);
	else
		json_null(json, "usable");
	json_money(json, "credit_forgone",
		money_less(room->none.credit_used, room->full.credit_used));
	data_grants(json, answer);
	data_rows(json, answer);
	plan_data_figures(json, answer->its, pool);
	json_text(json, "draft", room_draft(answer->its));
}
