/* The credit log: what AMT became credit, what was used, what is left, year by year. */
#include "export/sections.h"

enum { YEAR, GENERATED, LINE18, USED, BALANCE, OUTSTANDING, COLUMNS };

static const struct column columns[COLUMNS] = {
	[YEAR] = { .title = "Year" },
	[GENERATED] = { .title = "Generated", .align = ALIGN_RIGHT },
	[LINE18] = { .title = "Line 18 adjustment", .align = ALIGN_RIGHT },
	[USED] = { .title = "Used", .align = ALIGN_RIGHT },
	[BALANCE] = { .title = "Balance", .align = ALIGN_RIGHT },
	[OUTSTANDING] = { .title = "AMT basis outstanding", .align = ALIGN_RIGHT },
};

static struct cell figure(struct money money)
{
	struct cell cell = cell_money(money);

	cell.whole = money.cents % 100 == 0;
	return cell;
}

/* "ann 1,000.00, bea nothing": whose the credit is that a joint return leaves. */
static const char *shares_words(
	const struct household *household, int year, enum carry carry, struct pool *pool)
{
	const struct chain *const chain = household->chain;
	struct carry_shares shares;
	struct fail none;
	struct text text = TEXT_EMPTY;
	char amount[MONEY_TEXT];

	if (!chain_joint(chain, year) || !chain_shares(chain, year, &shares, &none) ||
		shares.total[carry].cents == 0)
		return NULL;
	for (int i = 0; i < chain->owners.count; i++)
		if (shares.of[carry][i].cents != 0)
			text_addf(&text, "%s%s %s", text.length > 0 ? ", " : "",
				owner_words(household->facts, chain->owners.name[i]),
				money_short(shares.of[carry][i], amount));
	if (shares.open[carry] != NULL)
		text_addf(&text, "%s: %s",
			text.length > 0 ? " in proportion" : "nobody's",
			shares.open[carry]);
	const char *const kept = pool_text(pool, text.at, text.length);

	text_release(&text);
	return kept;
}

/* Where there are several owners: whose returns these are, and whose the credit is. */
static void add_owners(struct section *section, const struct household *household,
	const struct credit_year *year, size_t count, struct pool *pool)
{
	static const struct column told[] = {
		{ .title = "Year" },
		{ .title = "Return of", .width = 24 },
		{ .title = "Balance, whose", .width = 60 },
		{ .title = "Next line 18, whose", .width = 60 },
	};

	if (household->chain->owners.count < 2 || count == 0)
		return;
	struct table *const table =
		section_table(section, pool, "By owner", told, COUNT(told));

	for (size_t i = 0; i < count; i++) {
		struct cell *const cell = table_row(table, pool);
		const bool last = year[i].year == LAW_LAST_YEAR;

		cell[0] = cell_text(pool_printf(pool, "%d", year[i].year));
		cell[1] = cell_text(chain_whose(household->chain, year[i].year));
		if (last)
			continue;
		cell[2] = cell_text(
			shares_words(household, year[i].year, CARRY_CREDIT, pool));
		cell[3] = cell_text(
			shares_words(household, year[i].year, CARRY_NEW_CREDIT, pool));
	}
	section_note(section, pool,
		"The credit belongs to the spouse whose items made it (R-077) and ends "
		"with that spouse's final return (R-078).");
}

static void add_chart(struct section *section, struct pool *pool,
	const struct credit_year *year, size_t count)
{
	struct chart *const chart = pool_alloc(pool, sizeof *chart);
	const char **const point = pool_alloc(pool, count * sizeof *point);
	struct money *const generated = pool_alloc(pool, count * sizeof *generated);
	struct money *const used = pool_alloc(pool, count * sizeof *used);
	struct money *const balance = pool_alloc(pool, count * sizeof *balance);
	struct chart_series *const series = pool_alloc(pool, 3 * sizeof *series);
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		point[i] = pool_printf(pool, "%d", year[i].year);
		generated[i] = year[i].generated;
		used[i] = year[i].used;
		balance[i] = year[i].balance;
		any |= balance[i].cents != 0 || used[i].cents != 0;
	}
	series[0] = (struct chart_series){ "Generated", generated };
	series[1] = (struct chart_series){ "Used", used };
	series[2] = (struct chart_series){ "Balance", balance };
	*chart = (struct chart){ CHART_BARS, "Minimum tax credit by year", point, count,
		series, 3, true };
	if (any)
		section_chart(section, pool, chart);
}

bool section_credit(
	struct report *report, const struct household *household, struct fail *why)
{
	struct pool *const pool = report->pool;
	struct credit_year *year;
	size_t count;

	if (!chain_credit(household->chain, &year, &count, pool, why))
		return false;
	struct section *const section =
		report_section(report, "Credit", "Minimum tax credit log");

	section_note(section, pool,
		"Form 8801: the AMT of a year becomes credit in the next, less what "
		"exclusion "
		"items alone would have cost. A negative line 18 takes from the "
		"balance.");
	struct table *const table = section_table(section, pool, NULL, columns, COLUMNS);

	table->none = "no year has a return yet";
	for (size_t i = 0; i < count; i++) {
		struct cell *const cell = table_row(table, pool);

		cell[YEAR] = cell_text(pool_printf(pool, "%d", year[i].year));
		cell[YEAR].tone = TONE_STRONG;
		cell[GENERATED] = figure(year[i].generated);
		cell[LINE18] = figure(year[i].line18_adjustment);
		cell[USED] = figure(year[i].used);
		cell[BALANCE] = figure(year[i].balance);
		cell[OUTSTANDING] = figure(year[i].amt_basis_outstanding);
	}
	add_chart(section, pool, year, count);
	add_owners(section, household, year, count, pool);
	return true;
}
