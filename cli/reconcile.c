/* `reconcile`: the brokers' 1099-B forms beside Form 8949, account by account, box by box. */
#include <stdlib.h>
#include <string.h>

#include "cli/reconcile_totals.h"
#include "ledger/fact_words.h"
#include "ledger/import/row.h"
#include "ledger/wash.h"

struct side {
	size_t sales;
	struct money proceeds, basis;
};

/* One account's box: what the brokers reported, what Form 8949 shows of it. */
struct line {
	uint32_t account;
	const char *name; /* of the account, or "" */
	char box;
	bool statement; /* told by statements alone: no 1099-B of it is in the ledger */
	struct side broker, form;
	struct money wash;        /* as reported: box 1g */
	struct money ours[BOOKS]; /* wash sales by what the ledger knows */
	struct money adjustment;  /* column (g) */
};

struct lines {
	struct line *at;
	size_t count, room;
};

/* A reported sale has the box of its rows, whatever letters the broker printed. */
static struct line *line_of(
	struct lines *lines, uint32_t account, char box, bool statement)
{
	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].account == account && lines->at[i].box == box &&
			lines->at[i].statement == statement)
			return &lines->at[i];
	GROW(lines->at, lines->count, lines->room);
	lines->at[lines->count] =
		(struct line){ .account = account, .box = box, .statement = statement };
	return &lines->at[lines->count++];
}

static int by_account(const void *left, const void *right)
{
	const struct line *const a = left;
	const struct line *const b = right;

	if (a->account != b->account)
		return strcmp(a->name, b->name);
	if (a->box != b->box)
		return a->box < b->box ? -1 : 1;
	return a->statement - b->statement;
}

/* What the command is to show. */
struct asked {
	int year;
	const char *account_name; /* NULL: of all accounts */
	uint32_t account;
	struct printed_total *total;
	size_t totals;
};

static bool of_account(const struct asked *asked, const struct fact *fact)
{
	return asked->account_name == NULL || fact->account == asked->account;
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

/* Realized gains and plans' statements tell sales too; their 1099-B takes their place. */
static bool by_statement(const struct home *home, const struct fact *fact)
{
	const struct document *const document =
		household_document(&home->household, fact->source.document);

	return document != NULL && row_format_is_supplement(document->format);
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

/* Our wash sales of what the brokers reported; theirs are summed by row, as the sales are. */
static void gather_washes(const struct home *home, const char *box,
	const struct asked *asked, struct lines *lines, struct pool *pool)
{
	struct wash_line *wash;
	size_t washes;

	wash_lines(&home->lots, asked->year, &wash, &washes, pool);
	for (size_t i = 0; i < washes; i++) {
		const struct fact *const reported = wash[i].first->reported;

		if (!reported || !of_account(asked, reported))
			continue;
		const char letter = box[reported - home->facts.at];
		struct line *const line = line_of(lines, reported->account,
			letter ? letter : '?', by_statement(home, reported));

		for (int b = 0; b < BOOKS; b++)
			line->ours[b] = money_plus(line->ours[b], wash[i].ours[b]);
	}
}

static void gather(const struct home *home, const struct f8949_row *rows, size_t count,
	const struct asked *asked, struct lines *lines, struct pool *pool)
{
	char *const box = boxes_of(home, rows, count);

	for (size_t i = 0; i < home->facts.count; i++) {
		const struct fact *const fact = &home->facts.at[i];

		if (!in_year(fact, asked->year) || !of_account(asked, fact))
			continue;
		const bool statement = by_statement(home, fact);
		struct line *const line =
			line_of(lines, fact->account, box[i] ? box[i] : '?', statement);

		if (!statement)
			printed_totals_add(asked->total, asked->totals,
				printed_box(fact, line->box), fact);

		add(&line->broker, fact->proceeds, fact->basis);
		line->wash = money_plus(line->wash, fact->wash);
	}
	for (size_t i = 0; i < count; i++) {
		const struct fact *const reported = rows[i].disposition->reported;

		if (!reported || !of_account(asked, reported))
			continue;
		struct line *const line = line_of(lines, reported->account,
			box[reported - home->facts.at], by_statement(home, reported));

		add(&line->form, rows[i].proceeds, rows[i].basis);
		line->adjustment = money_plus(line->adjustment, rows[i].adjustment);
	}
	gather_washes(home, box, asked, lines, pool);
	free(box);
	for (size_t i = 0; i < lines->count; i++)
		lines->at[i].name = lines->at[i].account
			? names_text(home->facts.names, lines->at[i].account)
			: "";
	if (lines->count > 0)
		qsort(lines->at, lines->count, sizeof *lines->at, by_account);
}

static struct money wash_off(const struct line *line)
{
	return money_less(line->ours[BOOK_REGULAR], line->wash);
}

static bool has_wash(const struct line *line)
{
	return line->wash.cents != 0 || line->ours[BOOK_REGULAR].cents != 0 ||
		line->ours[BOOK_AMT].cents != 0;
}

static struct money proceeds_off(const struct line *line)
{
	return money_less(line->form.proceeds, line->broker.proceeds);
}

/* Sales that only the user recorded: the brokers' forms have not got them. */
static size_t unreported(const struct f8949_row *rows, size_t count,
	const struct asked *asked, const struct fact **fact)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++)
		if (!rows[i].disposition->reported && rows[i].disposition->sale &&
			of_account(asked, rows[i].disposition->sale) &&
			(found == 0 || fact[found - 1] != rows[i].disposition->sale))
			fact[found++] = rows[i].disposition->sale;
	return found;
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

static void answer_json(const struct call *call, const struct home *home,
	const struct asked *asked, const struct lines *lines,
	const struct fact *const *alone, size_t count)
{
	struct answer answer;

	answer_open(&answer);
	json_count(&answer.json, "year", asked->year);
	json_array(&answer.json, "accounts");
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *const line = &lines->at[i];
		const char box[2] = { line->box, '\0' };

		json_object(&answer.json, NULL);
		json_text(&answer.json, "account", line->account ? line->name : NULL);
		json_text(&answer.json, "box", box);
		json_bool(&answer.json, "statement", line->statement);
		side_json(&answer.json, "broker", &line->broker);
		json_money(&answer.json, "broker_wash", line->wash);
		json_money(&answer.json, "wash", line->ours[BOOK_REGULAR]);
		json_money(&answer.json, "wash_amt", line->ours[BOOK_AMT]);
		json_money(&answer.json, "wash_difference", wash_off(line));
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
	printed_totals_json(asked->total, asked->totals, &answer.json);
	answer_close(&answer);
}

/* Whose 1099-B is still to come. */
static void say_statements(
	const struct call *call, const struct lines *lines, struct section *section)
{
	size_t sales = 0;

	for (size_t i = 0; i < lines->count; i++)
		if (lines->at[i].statement)
			sales += lines->at[i].broker.sales;
	if (sales > 0)
		section_warning(section, call->pool,
			"%zu %s told by a statement alone, marked *: no 1099-B of %s is "
			"in the ledger",
			sales, sales == 1 ? "sale is" : "sales are",
			sales == 1 ? "it" : "them");
}

/* The brokers' wash sales beside ours, where either has one. */
static void wash_table(const struct call *call, int year, const struct lines *lines,
	struct section *section)
{
	static const struct column columns[] = {
		{ .title = "account" },
		{ .title = "box" },
		{ .title = "broker, 1g", .align = ALIGN_RIGHT },
		{ .title = "ours", .align = ALIGN_RIGHT },
		{ .title = "1g off by", .align = ALIGN_RIGHT },
		{ .title = "ours, AMT", .align = ALIGN_RIGHT },
	};
	struct table *table = NULL;
	bool differs = false;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *const line = &lines->at[i];

		if (!has_wash(line))
			continue;
		if (!table)
			table = section_table(section, call->pool, "Wash sales", columns,
				COUNT(columns));
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(line->account ? line->name : "not named");
		cell[1] = cell_text(pool_printf(
			call->pool, "%c%s", line->box, line->statement ? "*" : ""));
		cell[2] = cell_money(line->wash);
		cell[3] = cell_money(line->ours[BOOK_REGULAR]);
		cell[4] = cell_money(wash_off(line));
		cell[5] = cell_money(line->ours[BOOK_AMT]);
		if (wash_off(line).cents != 0)
			cell[4].tone = TONE_ALERT;
		differs |= wash_off(line).cents != 0;
	}
	if (differs)
		section_note(section, call->pool,
			"why a wash sale is not the broker's: dualbasis sales %d", year);
}

static void answer_text(const struct call *call, const struct home *home,
	const struct asked *asked, const struct lines *lines,
	const struct fact *const *alone, size_t count)
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
		pool_printf(call->pool, "1099-B and Form 8949 of %d", asked->year));
	struct section *const section =
		report_section(&report, "Reconcile", "Account by account, box by box");
	struct table *const table =
		section_table(section, call->pool, NULL, columns, COUNT(columns));

	table->none = asked->account_name
		? "no 1099-B of this account and year is in the ledger"
		: "no 1099-B of this year is in the ledger";
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *const line = &lines->at[i];
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(line->account ? line->name : "not named");
		cell[1] = cell_text(pool_printf(
			call->pool, "%c%s", line->box, line->statement ? "*" : ""));
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
	printed_totals_text(asked->total, asked->totals, section, call->pool);
	wash_table(call, asked->year, lines, section);
	say_statements(call, lines, section);
	for (size_t i = 0; i < count; i++)
		section_warning(section, call->pool, "%s: on no 1099-B",
			sale_words(home, alone[i], call->pool));
	print_report(call, &report);
}

/* What the household's facts call accounts; another name is a slip. */
static bool find_account(
	const struct home *home, struct asked *asked, struct pool *pool, struct fail *why)
{
	const struct facts *const facts = &home->facts;
	const char **const names = pool_alloc(pool, (facts->count + 1) * sizeof *names);
	size_t count = 0;

	if (asked->account_name == NULL)
		return true;
	asked->account = names_find(facts->names, asked->account_name);
	for (size_t i = 0; i < facts->count; i++) {
		if (facts->at[i].account == 0)
			continue;
		if (facts->at[i].account == asked->account)
			return true;
		names[count++] = names_text(facts->names, facts->at[i].account);
	}
	const char *const near = nearest_word(asked->account_name, names, count);

	fail_set(why, FAIL_USAGE, "there is no account \"%s\"",
		CUT(asked->account_name, 60));
	return near ? fail_hint(why, "did you mean %s", near) : false;
}

static bool answer(
	struct call *call, const struct home *home, struct asked *asked, struct fail *why)
{
	struct f8949_row *rows = NULL;
	struct lines lines = { 0 };
	size_t count = 0;

	if (!find_account(home, asked, call->pool, why))
		return false;
	f8949_rows(&home->lots, asked->year, BOOK_REGULAR, &rows, &count, call->pool);
	gather(home, rows, count, asked, &lines, call->pool);
	const struct fact **const alone =
		pool_alloc(call->pool, (count + 1) * sizeof *alone);
	const size_t alone_count = unreported(rows, count, asked, alone);

	call->findings =
		alone_count > 0 || !printed_totals_meet(asked->total, asked->totals);
	for (size_t i = 0; i < lines.count; i++)
		call->findings |= proceeds_off(&lines.at[i]).cents != 0;
	if (call->json)
		answer_json(call, home, asked, &lines, alone, alone_count);
	else
		answer_text(call, home, asked, &lines, alone, alone_count);
	free(lines.at);
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	struct asked asked = { .account_name = call_value(call, "account") };
	struct home home;

	if (!call_operands(call, 1, SIZE_MAX, why) ||
		!year_parse(call->operand[0], &asked.year, why) ||
		!printed_totals(call, &asked.total, &asked.totals, why) ||
		!home_open(&home, call, STORE_READ, HOME_LOTS, why))
		return false;
	const bool done = answer(call, &home, &asked, why);

	home_close(&home);
	return done;
}

static const struct option_words options[] = {
	{ .name = "account", .value = "NAME", .what = "of this account alone" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis reconcile 2025",
	"dualbasis reconcile 2025 D.proceeds=24569.20 D.basis=15054.05",
	NULL,
};
const struct command command_reconcile = {
	.name = "reconcile",
	.summary = "a year's 1099-B forms beside its Form 8949",
	.operands = "YEAR [BOX.WHAT=AMOUNT...]",
	.options = options,
	.details =
		"Sets what the brokers reported beside what Form 8949 shows, account by "
		"account and box by box. Proceeds must be equal; a basis that differs "
		"shows its reason in column (g), and wash sales stand beside box 1g. "
		"Sales that are on no 1099-B are listed; "
		"those that a realized gain or plan statement tells alone are marked.\n\n"
		"Totals that the paper 1099-B prints can be typed: A.proceeds=, "
		"D.basis=, "
		"also wash, discount and withheld, of boxes A to L as the broker has "
		"them. "
		"Each is compared with the sum of the 1099-B rows in the ledger, of all "
		"accounts or, with --account, of one. Exits 1 if anything does not meet.",
	.examples = examples,
	.run = run,
};
