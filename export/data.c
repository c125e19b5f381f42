/* Writes the shapes that scripts rely on. */
#include "export/data.h"

#include "export/sections.h"
#include "ledger/wash.h"

static void add_line(struct json *json, const struct household *household, int year,
	const struct tax_return *now, struct line_ref line, struct pool *pool)
{
	const struct line_words words = law_line_words(household->law, year, line);
	const struct value value = return_line(now, line);

	json_object(json, NULL);
	json_text(json, "line", words.line);
	json_text(json, "label", words.label);
	if (!value.filled || value.status == VALUE_MISSING ||
		value.status == VALUE_NOT_MODELLED) {
		json_null(json, "value");
	} else if (words.exact) {
		int64_t number, by;

		return_line_fraction(now, line, &number, &by);
		json_text(json, "value",
			by == 1 ? pool_printf(pool, "%lld", (long long)number)
				: pool_printf(pool, "%lld/%lld", (long long)number,
					  (long long)by));
	} else {
		json_money(json, "value", value.amount);
	}
	json_text(json, "status", value_status_name(value.status));
	if (value.overridden)
		json_money(json, "computed", value.computed);
	if (words.printed != NULL)
		json_text(json, "printed", words.printed);
	json_close(json);
}

static bool add_form(struct json *json, const struct household *household, int year,
	const char *form, struct pool *pool, struct fail *why)
{
	const struct law *const law = household->law;
	const struct tax_return *now;
	const struct line_ref *line;
	size_t count;

	if (!chain_year(household->chain, year, &now, why) ||
		!law_form_lines(law, year, form, &line, &count, why))
		return false;
	json_text(json, "form", form);
	json_count(json, "year", year);
	json_text(json, "name", law_form_name(law, form));
	json_text(json, "title", law_form_title(law, form));
	/* Steps between the lines are not printed, and stand apart. */
	for (int steps = 0; steps < 2; steps++) {
		json_array(json, steps ? "steps" : "lines");
		for (size_t i = 0; i < count; i++)
			if (law_line_words(law, year, line[i]).is_value == (steps == 1))
				add_line(json, household, year, now, line[i], pool);
		json_close(json);
	}
	return true;
}

bool data_form(struct json *json, const struct household *household, int year,
	const char *said, struct pool *pool, struct fail *why)
{
	const char *form;

	return form_find(household->law, year, said, &form, pool, why) &&
		add_form(json, household, year, form, pool, why);
}

static const char *name_or_null(const struct household *household, uint32_t number)
{
	return number == 0 ? NULL : names_text(household->facts->names, number);
}

static void add_lot(struct json *json, const struct household *household,
	const struct lot *lot, struct pool *pool)
{
	json_object(json, NULL);
	json_text(json, "id", lot_id(household->lots, lot, pool));
	json_text(json, "label", name_or_null(household, lot->label));
	json_text(json, "symbol", name_or_null(household, lot->symbol));
	json_text(json, "account", name_or_null(household, lot->account));
	json_text(json, "kind", lot_kind_name(lot->kind));
	json_day(json, "granted", lot->granted);
	json_day(json, "acquired", lot->acquired);
	json_shares(json, "shares", lot->open);
	json_object(json, "basis");
	for (int book = 0; book < BOOKS; book++)
		json_money(json, book_name((enum book)book), lot->open_basis[book]);
	json_close(json);
	json_shares(json, "shares_acquired", lot->shares);
	json_object(json, "basis_acquired");
	for (int book = 0; book < BOOKS; book++)
		json_money(json, book_name((enum book)book), lot->basis[book]);
	json_close(json);
	json_day(json, "qualifies_on", lot->qualifies_on);
	json_text(json, "source", source_words(household, lot->origin, pool));
	json_close(json);
}

void data_lots(
	struct json *json, const struct household *household, bool all, struct pool *pool)
{
	const struct lots *const lots = household->lots;

	json_array(json, "lots");
	for (size_t i = 0; i < lots->lot_count; i++)
		if (all || lots->lot[i].open.e8 > 0)
			add_lot(json, household, &lots->lot[i], pool);
	json_close(json);
}

struct windows {
	struct wash_window *at;
	size_t count;
};

static const char *id_of(
	const struct household *household, const struct lot *lot, struct pool *pool)
{
	return lot == NULL ? NULL : lot_id(household->lots, lot, pool);
}

static void add_window_of_row(
	struct json *json, const struct f8949_row *row, const struct windows *open)
{
	const struct wash_window *const window =
		wash_window_of(open->at, open->count, row->disposition);

	if (window == NULL || window->at_stake[row->book].cents == 0) {
		json_null(json, "provisional_until");
		json_null(json, "loss_at_stake");
		return;
	}
	json_day(json, "provisional_until", window->until);
	json_money(json, "loss_at_stake", window->at_stake[row->book]);
}

static void add_wash_lines(
	struct json *json, const struct household *household, int year, struct pool *pool)
{
	struct wash_line *line;
	size_t count;

	wash_lines(household->lots, year, &line, &count, pool);
	json_array(json, "wash_sales");
	for (size_t i = 0; i < count; i++) {
		json_object(json, NULL);
		json_text(json, "lot",
			id_of(household, &household->lots->lot[line[i].first->lot],
				pool));
		json_day(json, "sold", line[i].first->sold);
		json_shares(json, "shares", line[i].shares);
		if (line[i].reported)
			json_money(json, "broker", line[i].broker);
		else
			json_null(json, "broker");
		for (int book = 0; book < BOOKS; book++)
			json_money(json, book_name((enum book)book), line[i].ours[book]);
		json_text(
			json, "replacement", id_of(household, line[i].replacement, pool));
		json_day(json, "replacement_acquired",
			line[i].replacement == NULL ? DAY_NONE
						    : line[i].replacement->acquired);
		json_text(json, "why", wash_why(&line[i], pool));
		json_close(json);
	}
	json_close(json);
}

static void add_windows(struct json *json, const struct household *household,
	const struct windows *open, struct pool *pool)
{
	json_array(json, "provisional");
	for (size_t i = 0; i < open->count; i++) {
		const struct wash_window *const window = &open->at[i];

		json_object(json, NULL);
		json_text(json, "lot",
			id_of(household, &household->lots->lot[window->disposition->lot],
				pool));
		json_day(json, "sold", window->disposition->sold);
		json_shares(json, "shares", window->shares);
		json_day(json, "until", window->until);
		json_bool(json, "passed", window->passed);
		for (int book = 0; book < BOOKS; book++)
			json_money(
				json, book_name((enum book)book), window->at_stake[book]);
		json_close(json);
	}
	json_close(json);
}

static void add_sale(struct json *json, const struct household *household,
	const struct f8949_row *row, const struct windows *open, struct pool *pool)
{
	const uint32_t replacement = row->disposition->replacement;
	const char box[] = { row->box, '\0' };
	const struct lot *const lot = &household->lots->lot[row->disposition->lot];

	json_object(json, NULL);
	json_text(json, "book", book_name(row->book));
	json_text(json, "box", box);
	json_text(json, "description", row->description);
	json_day(json, "acquired", row->acquired);
	json_day(json, "sold", row->sold);
	json_money(json, "proceeds", row->proceeds);
	json_money(json, "basis", row->basis);
	json_text(json, "codes", row->codes);
	json_money(json, "adjustment", row->adjustment);
	json_money(json, "gain", row->gain);
	json_text(json, "term", term_name(row->term));
	json_text(json, "lot", lot_id(household->lots, lot, pool));
	json_text(json, "replacement",
		replacement == NOTICE_NOWHERE
			? NULL
			: id_of(household, &household->lots->lot[replacement], pool));
	json_text(json, "why_this_lot", row->disposition->why_this_lot);
	json_count(json, "choices", row->disposition->choices);
	add_window_of_row(json, row, open);
	json_close(json);
}

/* The line of one column's total: "A.2d". */
static void add_total(struct json *json, const struct f8949_row *of, char column,
	const char *what, struct money total, struct pool *pool)
{
	json_object(json, NULL);
	json_text(json, "line", pool_printf(pool, "%c.2%c", of->box, column));
	json_text(json, "label",
		pool_printf(
			pool, "Box %c, total of column (%c): %s", of->box, column, what));
	json_money(json, "value", total);
	json_text(json, "status", "computed");
	json_close(json);
}

void data_f8949_totals(
	struct json *json, const struct household *household, int year, struct pool *pool)
{
	struct f8949_row *row;
	size_t count, next;

	f8949_rows(household->lots, year, BOOK_REGULAR, &row, &count, pool);
	json_array(json, "lines");
	for (size_t i = 0; i < count; i = next) {
		struct f8949_row sum = row[i];

		for (next = i + 1; next < count && row[next].box == sum.box; next++) {
			sum.proceeds = money_plus(sum.proceeds, row[next].proceeds);
			sum.basis = money_plus(sum.basis, row[next].basis);
			sum.adjustment = money_plus(sum.adjustment, row[next].adjustment);
			sum.gain = money_plus(sum.gain, row[next].gain);
		}
		add_total(json, &sum, 'd', "proceeds", sum.proceeds, pool);
		add_total(json, &sum, 'e', "cost or other basis", sum.basis, pool);
		add_total(json, &sum, 'g', "adjustments", sum.adjustment, pool);
		add_total(json, &sum, 'h', "gain or loss", sum.gain, pool);
	}
	json_close(json);
}

void data_sales(
	struct json *json, const struct household *household, int year, struct pool *pool)
{
	struct windows open;

	wash_windows(household->lots, year, household_today(household), &open.at,
		&open.count, pool);
	json_array(json, "rows");
	for (int book = 0; book < BOOKS; book++) {
		struct f8949_row *row;
		size_t count;

		f8949_rows(household->lots, year, (enum book)book, &row, &count, pool);
		for (size_t i = 0; i < count; i++)
			add_sale(json, household, &row[i], &open, pool);
	}
	json_close(json);
	add_wash_lines(json, household, year, pool);
	add_windows(json, household, &open, pool);
}

/* Whose the return is, and whose its balance; null where nothing tells. */
static void add_owners(struct json *json, const struct household *household, int year)
{
	const struct chain *const chain = household->chain;
	struct carry_shares shares;
	struct fail none;

	if (chain->owners.count < 2)
		return;
	json_text(json, "return_of", chain_whose(chain, year));
	if (!chain_joint(chain, year) || !chain_shares(chain, year, &shares, &none))
		return;
	json_array(json, "owners");
	for (int i = 0; i < chain->owners.count; i++) {
		json_object(json, NULL);
		json_text(json, "owner",
			owner_words(household->facts, chain->owners.name[i]));
		if (shares.open[CARRY_CREDIT] != NULL)
			json_null(json, "balance");
		else
			json_money(json, "balance", shares.of[CARRY_CREDIT][i]);
		json_close(json);
	}
	json_close(json);
}

bool data_credit(struct json *json, const struct household *household, struct pool *pool,
	struct fail *why)
{
	struct credit_year *year;
	size_t count;

	if (!chain_credit(household->chain, &year, &count, pool, why))
		return false;
	json_array(json, "years");
	for (size_t i = 0; i < count; i++) {
		json_object(json, NULL);
		json_count(json, "year", year[i].year);
		json_money(json, "generated", year[i].generated);
		json_money(json, "line18_adjustment", year[i].line18_adjustment);
		json_money(json, "used", year[i].used);
		json_money(json, "balance", year[i].balance);
		json_money(json, "amt_basis_outstanding", year[i].amt_basis_outstanding);
		add_owners(json, household, year[i].year);
		json_close(json);
	}
	json_close(json);
	return true;
}

static void add_documents(struct json *json, const struct household *household)
{
	json_array(json, "documents");
	for (size_t i = 0; i < household->documents; i++) {
		const struct document *const document = &household->document[i];

		json_object(json, NULL);
		json_text(json, "name", document->name);
		json_text(json, "format", document->format);
		json_text(json, "sha256", document->sha256);
		json_count(json, "bytes", document->bytes);
		json_close(json);
	}
	json_close(json);
}

const struct document *household_document(const struct household *household, int64_t id)
{
	return document_in(household->document, household->documents, id);
}

const char *household_document_name(const struct household *household, int64_t id)
{
	const struct document *const document = household_document(household, id);

	return document != NULL ? document->name : NULL;
}

/* Brokers' totals that do not meet their rows, and why that was accepted. */
static void add_waivers(struct json *json, const struct household *household, int year)
{
	const struct facts *const facts = household->facts;

	json_array(json, "waivers");
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_WAIVER || fact->year != year)
			continue;
		json_object(json, NULL);
		json_text(json, "file",
			household_document_name(household, fact->source.document));
		json_count(json, "row", fact->source.row);
		json_text(json, "difference", names_text(facts->names, fact->name));
		json_text(json, "reason", names_text(facts->names, fact->text));
		json_close(json);
	}
	json_close(json);
}

bool data_packet(struct json *json, const struct household *household, int year,
	struct pool *pool, struct fail *why)
{
	const char *const *form = law_forms(household->law, year, pool);

	json_count(json, "year", year);
	json_text(json, "client", household->client);
	json_array(json, "forms");
	for (; *form != NULL; form++) {
		json_object(json, NULL);
		if (!add_form(json, household, year, *form, pool, why))
			return false;
		json_close(json);
	}
	json_close(json);
	data_lots(json, household, true, pool);
	data_sales(json, household, year, pool);
	if (!data_credit(json, household, pool, why))
		return false;
	add_documents(json, household);
	add_waivers(json, household, year);
	return true;
}
