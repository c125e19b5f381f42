/* `reconcile`: the brokers' 1099-B forms beside Form 8949, account by account, box by box. */
#include <stdlib.h>
#include <string.h>

#include "cli/home.h"
#include "ledger/fact_words.h"

struct side {
	size_t sales;
	struct money proceeds, basis;
};

/* One account's box: what the brokers reported, what Form 8949 shows of it. */
struct line {
	uint32_t account;
	char box;
	struct side broker, form;
	struct money wash;       /* as reported */
	struct money adjustment; /* column (g) */
};

struct lines {
	struct line *at;
	size_t count, room;
};

/* A reported sale has the box of its rows, whatever letters the broker printed. */
static struct line *line_of(struct lines *lines, uint32_t account, char box)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].account == account && lines->at[i].box == box)
			return &lines->at[i];
	GROW(lines->at, lines->count, lines->room);
	lines->at[lines->count] = (struct line){ .account = account, .box = box };
	return &lines->at[lines->count++];
}

static int by_account(const void *left, const void *right)
{
	const struct line *const a = left;
	const struct line *const b = right;

	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	return a->box < b->box ? -1 : a->box > b->box;
}

static void add(struct side *side, struct money proceeds, struct money basis)
{
	side->sales++;
	side->proceeds = money_plus(side->proceeds, proceeds);
	side->basis = money_plus(side->basis, basis);
}

static bool in_year(const struct fact *fact, int year)
{
	return fact->kind == FACT_REPORTED_SALE && day_known(fact->day) &&
		day_year(fact->day) == year;
}

/* The box of each fact's first row, by the fact's place; 0 where Form 8949 has none of it. */
static char *boxes_of(const struct home *home, const struct f8949_row *rows, size_t count)
{
	char *const box = must_alloc(home->facts.count + 1);

	for (size_t i = count; i-- > 0;)
		if (rows[i].disposition->reported)
			box[rows[i].disposition->reported - home->facts.at] = rows[i].box;
	return box;
}

static void gather(const struct home *home, const struct f8949_row *rows, size_t count,
	int year, struct lines *lines)
{
	char *const box = boxes_of(home, rows, count);

	for (size_t i = 0; i < home->facts.count; i++) {
		const struct fact *const fact = &home->facts.at[i];

		if (!in_year(fact, year))
			continue;
		struct line *const line =
			line_of(lines, fact->account, box[i] ? box[i] : '?');

		add(&line->broker, fact->proceeds, fact->basis);
		line->wash = money_plus(line->wash, fact->wash);
	}
	for (size_t i = 0; i < count; i++) {
		const struct fact *const reported = rows[i].disposition->reported;

		if (!reported)
			continue;
		struct line *const line =
			line_of(lines, reported->account, box[reported - home->facts.at]);

		add(&line->form, rows[i].proceeds, rows[i].basis);
		line->adjustment = money_plus(line->adjustment, rows[i].adjustment);
	}
	free(box);
	if (lines->count > 0)
		qsort(lines->at, lines->count, sizeof *lines->at, by_account);
}

static struct money proceeds_off(const struct line *line)
{
	return money_less(line->form.proceeds, line->broker.proceeds);
}

/* Sales that only the user recorded: the brokers' forms have not got them. */
static size_t unreported(
	const struct f8949_row *rows, size_t count, const struct fact **fact)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		if (!rows[i].disposition->reported && rows[i].disposition->sale &&
			(found == 0 || fact[found - 1] != rows[i].disposition->sale))
			fact[found++] = rows[i].disposition->sale;
	return found;
}

static const char *account_name(const struct home *home, uint32_t account)
{
	return account ? names_text(home->facts.names, account) : "not named";
}

static const char *sale_words(
	const struct home *home, const struct fact *sale, struct pool *pool)
{
	struct text text = TEXT_EMPTY;

	fact_words(sale, home->facts.names, &text);
	const char *const words = pool_text(pool, text.at, text.length);

	text_release(&text);
	return words;
}

static void side_json(struct json *json, const char *key, const struct side *side)
{
	json_object(json, key);
	json_count(json, "sales", (int64_t)side->sales);
	json_money(json, "proceeds", side->proceeds);
	json_money(json, "basis", side->basis);
	json_close(json);
}

static void answer_json(const struct call *call, const struct home *home, int year,
	const struct lines *lines, const struct fact *const *alone, size_t count)
{
	struct answer answer;

	answer_open(&answer);
	json_count(&answer.json, "year", year);
	json_array(&answer.json, "accounts");
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *const line = &lines->at[i];
		const char box[2] = { line->box, '\0' };

		json_object(&answer.json, NULL);
		json_text(&answer.json, "account",
			line->account ? names_text(home->facts.names, line->account)
				      : NULL);
		json_text(&answer.json, "box", box);
		side_json(&answer.json, "broker", &line->broker);
		json_money(&answer.json, "broker_wash", line->wash);
		side_json(&answer.json, "form", &line->form);
		json_money(&answer.json, "adjustment", line->adjustment);
		json_money(&answer.json, "proceeds_difference", proceeds_off(line));
		json_close(&answer.json);
	}
	json_close(&answer.json);
	json_array(&answer.json, "unreported");
	for (size_t i = 0; i < count; i++)
		json_text(&answer.json, NULL, sale_words(home, alone[i], call->pool));
	json_close(&answer.json);
	answer_close(&answer);
}

static void answer_text(const struct call *call, const struct home *home, int year,
	const struct lines *lines, const struct fact *const *alone, size_t count)
{
	static const struct column columns[] = {
		{ .title = "account" },
		{ .title = "box" },
		{ .title = "1099-B rows", .align = ALIGN_RIGHT },
		{ .title = "proceeds", .align = ALIGN_RIGHT },
		{ .title = "basis", .align = ALIGN_RIGHT },
		{ .title = "8949 (d)", .align = ALIGN_RIGHT },
		{ .title = "8949 (e)", .align = ALIGN_RIGHT },
		{ .title = "8949 (g)", .align = ALIGN_RIGHT },
		{ .title = "(d) off by", .align = ALIGN_RIGHT },
	};
	struct report report;

	report_init(&report, call->pool,
		pool_printf(call->pool, "1099-B and Form 8949 of %d", year));
	struct section *const section =
		report_section(&report, "Reconcile", "Account by account, box by box");
	struct table *const table =
		section_table(section, call->pool, NULL, columns, COUNT(columns));

	table->none = "no 1099-B of this year is in the ledger";
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *const line = &lines->at[i];
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(account_name(home, line->account));
		cell[1] = cell_text(pool_printf(call->pool, "%c", line->box));
		cell[2] = cell_count((int64_t)line->broker.sales);
		cell[3] = cell_money(line->broker.proceeds);
		cell[4] = cell_money(line->broker.basis);
		cell[5] = cell_money(line->form.proceeds);
		cell[6] = cell_money(line->form.basis);
		cell[7] = cell_money(line->adjustment);
		cell[8] = cell_money(proceeds_off(line));
		if (proceeds_off(line).cents != 0)
			cell[8].tone = TONE_ALERT;
	}
	for (size_t i = 0; i < count; i++)
		section_warning(section, call->pool, "%s: on no 1099-B",
			sale_words(home, alone[i], call->pool));
	print_report(call, &report);
}

static bool run(struct call *call, struct fail *why)
{
	struct f8949_row *rows = NULL;
	struct lines lines = { 0 };
	struct home home;
	size_t count = 0;
	int year = 0;

	if (!call_operands(call, 1, 1, why) ||
		!year_parse(call->operand[0], &year, why) ||
		!home_open(&home, call, STORE_READ, HOME_LOTS, why))
		return false;
	f8949_rows(&home.lots, year, BOOK_REGULAR, &rows, &count, call->pool);
	gather(&home, rows, count, year, &lines);
	const struct fact **const alone =
		pool_alloc(call->pool, (count + 1) * sizeof *alone);
	const size_t alone_count = unreported(rows, count, alone);

	call->findings = alone_count > 0;
	for (size_t i = 0; i < lines.count; i++)
		call->findings |= proceeds_off(&lines.at[i]).cents != 0;
	if (call->json)
		answer_json(call, &home, year, &lines, alone, alone_count);
	else
		answer_text(call, &home, year, &lines, alone, alone_count);
	free(lines.at);
	home_close(&home);
	return true;
}

static const char *const examples[] = { "dualbasis reconcile 2025", NULL };
const struct command command_reconcile = {
	.name = "reconcile",
	.summary = "a year's 1099-B forms beside its Form 8949",
	.operands = "YEAR",
	.details =
		"Sets what the brokers reported beside what Form 8949 shows, account by "
		"account and box by box. Proceeds must be equal; a basis that differs "
		"shows "
		"its reason in column (g). Sales that are on no 1099-B are listed. Exits "
		"1 if "
		"anything does not meet.",
	.examples = examples,
	.run = run,
};
