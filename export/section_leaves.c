/* What formulas start from: inputs, ledger figures, last year's lines, parameters. */
#include <string.h>

#include "export/sections.h"

/*
 * A figure that lots give is not a number of its own in the workbook: it is a sum over the sheets
 * that show where it comes from.
 */
static const char *sum_formula(
	enum ledger_figure figure, enum book book, struct pool *pool)
{
	static const char *const of_lots[] = {
		[LEDGER_iso_spread] = "ROUND(SUM(exercises_inclusion),2)",
		[LEDGER_iso_compensation] = "ROUND(SUMIFS(dispositions_compensation,"
					    "dispositions_plan,\"ISO\"),2)",
		[LEDGER_iso_compensation_of_earlier_years] =
			"ROUND(SUMIFS(dispositions_compensation,dispositions_plan,"
			"\"ISO\",dispositions_earlier,\"yes\"),2)",
		[LEDGER_other_compensation] =
			"ROUND(SUM(exercises_wages)+SUMIFS(dispositions_compensation,"
			"dispositions_plan,\"<>ISO\"),2)",
		[LEDGER_market_discount] = NULL, /* an amount of 1099-B rows */
	};
	static const char *const parts[] = { "proceeds", "basis", "adjustment", "gain" };

	if ((size_t)figure < COUNT(of_lots))
		return of_lots[figure];
	/* Four figures a box; boxes G to L, digital assets, are summed with A to F. */
	const int at = (int)figure - (int)LEDGER_a_proceeds;
	const char *const name = pool_printf(pool, "f8949_%s", book_name(book));
	const char *const part = parts[at % 4];
	const int box = 'A' + at / 4;

	return pool_printf(pool,
		"ROUND(SUMIFS(%s_%s,%s_box,\"%c\")+SUMIFS(%s_%s,%s_box,\"%c\"),2)", name,
		part, name, box, name, part, name, box + 6);
}

/* "ledger_iso_spread" and "ledger_amt_d_gain" to figure and book. */
static bool ledger_leaf(
	const char *cell_name, enum ledger_figure *figure, enum book *book)
{
	const char *name = cell_name + strlen("ledger_");

	*book = BOOK_REGULAR;
	for (int b = 0; b < BOOKS; b++) {
		const size_t length = strlen(book_name((enum book)b));

		if (strncmp(name, book_name((enum book)b), length) == 0 &&
			name[length] == '_') {
			*book = (enum book)b;
			name += length + 1;
			break;
		}
	}
	for (int f = 0; f < LEDGER_FIGURE_COUNT; f++)
		if (strcmp(ledger_figure_name((enum ledger_figure)f), name) == 0) {
			*figure = (enum ledger_figure)f;
			return true;
		}
	return false;
}

static struct cell leaf_cell(const struct leaf *leaf, struct pool *pool)
{
	struct cell cell;

	if (leaf->word != NULL) {
		cell = cell_text(leaf->word);
	} else if (leaf->is_rate || (int128)leaf->number * 100 % leaf->by != 0) {
		cell = cell_rate(leaf->number, leaf->by);
		if ((int128)leaf->number * 100000000 % leaf->by != 0)
			cell.formula = pool_printf(pool, "%lld/%lld",
				(long long)leaf->number, (long long)leaf->by);
	} else if (leaf->kind == LEAF_OPTION) {
		cell = cell_count(leaf->number / leaf->by);
	} else {
		cell = cell_dollars((struct money){
			(int64_t)((int128)leaf->number * 100 / leaf->by) });
	}
	cell.name = leaf->cell_name;
	cell.input = leaf->kind == LEAF_INPUT || leaf->kind == LEAF_OPTION;
	return cell;
}

/* What says nothing is on the sheets only, where formulas look for it. */
static enum table_row_kind row_kind(const struct leaf *leaf)
{
	const bool silent = leaf->kind == LEAF_OPTION ||
		(leaf->kind == LEAF_LEDGER && leaf->number == 0) ||
		(leaf->kind == LEAF_INPUT && strcmp(leaf->source, "assumed") == 0);

	return silent ? ROW_STEP : ROW_PLAIN;
}

static const char *cell_name_of(const char *form, const char *line, struct pool *pool)
{
	char *const name = pool_printf(pool, "prior_%s_%s", form, line);

	for (char *at = name; *at != '\0'; at++)
		if (*at == '@')
			*at = '_';
	return name;
}

/* "Schedule D, 21: Allowed loss, negative", of a line of last year's; else the label alone. */
static const char *leaf_label(const struct packet *packet, const struct leaf *leaf)
{
	const struct law *const law = packet->household->law;
	struct pool *const pool = packet->pool;
	const char *const *form;

	if (leaf->kind != LEAF_PRIOR)
		return leaf->label;
	for (form = law_forms(law, packet->year - 1, pool); *form != NULL; form++) {
		const struct line_ref *line;
		size_t count;
		struct fail none;

		if (!law_form_lines(law, packet->year - 1, *form, &line, &count, &none))
			continue;
		for (size_t i = 0; i < count; i++) {
			const struct line_words words =
				law_line_words(law, packet->year - 1, line[i]);

			if (strcmp(cell_name_of(*form, words.line, pool),
				    leaf->cell_name) == 0)
				return pool_printf(pool, "%s, %s: %s",
					form_sheet(*form, pool), words.line, leaf->label);
		}
	}
	return leaf->label;
}

/* The words that an input may be. */
static const char *const *choices_of(const struct packet *packet, const struct leaf *leaf)
{
	const struct law *const law = packet->household->law;
	size_t index;
	struct fail none;

	if (leaf->kind != LEAF_INPUT || leaf->word == NULL ||
		!law_input_find(law, leaf->cell_name + strlen("input_"), &index, &none) ||
		law_input(law, index)->kind != INPUT_ONE_OF)
		return NULL;
	return law_input(law, index)->choice;
}

static void add_leaf(struct packet *packet, struct table *table, const struct leaf *leaf)
{
	struct pool *const pool = packet->pool;
	struct cell *const cell = table_row_of(table, pool, row_kind(leaf));
	enum ledger_figure figure;
	enum book book;

	cell[0] = cell_text(leaf_label(packet, leaf));
	cell[1] = leaf_cell(leaf, pool);
	cell[2] = cell_text(leaf->source);
	cell[3] = cell_text(leaf->cell_name);
	cell[3].tone = TONE_MUTED;
	cell[1].choice = choices_of(packet, leaf);
	if (leaf->kind == LEAF_LEDGER && ledger_leaf(leaf->cell_name, &figure, &book))
		cell[1].formula = sum_formula(figure, book, pool);
}

static void add_leaves(struct packet *packet, struct section *section, const char *title,
	enum leaf_kind kind, const struct leaf *leaf, size_t count)
{
	static const struct column column[] = {
		{ .title = "What it is", .width = 70 },
		{ .title = "Value", .align = ALIGN_RIGHT },
		{ .title = "Source", .width = 44 },
		{ .title = "Name in formulas", .width = 40, .from = MEDIUM_SHEETS },
	};
	struct table *const table =
		section_table(section, packet->pool, title, column, COUNT(column));

	for (size_t i = 0; i < count; i++)
		if (leaf[i].kind == kind)
			add_leaf(packet, table, &leaf[i]);
}

static struct section *leaf_section(
	struct packet *packet, const char *id, const char *title, const char *note)
{
	struct section *const section = report_section(packet->report, id,
		pool_printf(packet->pool, "%s, %d", title, packet->year));

	section->joins = strcmp(id, "Inputs") != 0;
	section_note(section, packet->pool, "%s", note);
	return section;
}

void section_leaves(struct packet *packet)
{
	struct leaf *leaf;
	size_t count;

	return_leaves(packet->now, &leaf, &count, packet->pool);
	struct section *section = leaf_section(packet, "Inputs", "Inputs",
		"Figures that were entered; what was not is zero or its default, and "
		"listed "
		"among the assumptions. In the workbook they may be overtyped: every "
		"line "
		"follows.");

	add_leaves(packet, section, NULL, LEAF_INPUT, leaf, count);
	add_leaves(packet, section, "Options", LEAF_OPTION, leaf, count);
	section = leaf_section(packet, "Ledger figures", "Figures from the ledger",
		"Sums over the exercises, the dispositions and the rows of Form 8949 in "
		"this "
		"packet.");
	add_leaves(packet, section, NULL, LEAF_LEDGER, leaf, count);
	if (packet->before != NULL) {
		section = leaf_section(packet, "Prior year", "Lines of the year before",
			"What this year's forms take from last year's, as computed for "
			"that "
			"year.");
		add_leaves(packet, section, NULL, LEAF_PRIOR, leaf, count);
	}
	section = leaf_section(packet, "Parameters", "Parameters",
		"The law's numbers for this year and filing status, with their sources.");
	add_leaves(packet, section, NULL, LEAF_PARAMETER, leaf, count);
}
