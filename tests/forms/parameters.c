/*
 * The parameters: cell by cell against tests/vectors/parameters.csv, and what must hold between
 * them in every year. They are read from the graphs of the years, where the lines read them.
 */
#include "forms/engine/graph.h"
#include "tests/forms/case.h"

#define FIRST 2017 /* last year's parameters of 2018 */
#define KNOWN 64

/* One parameter as the lines of a year read it: numbers over `by`; amounts in cents. */
struct known {
	const char *name;
	int64_t number[STATUSES], by;
	const struct parameter_row *row;
};

struct year_table {
	struct known known[KNOWN];
	size_t count;
};

static struct year_table table[LAW_LAST_YEAR - FIRST + 1];

static void remember(struct year_table *to, const struct graph_node *node)
{
	for (size_t i = 0; i < to->count; i++)
		if (strcmp(to->known[i].name, node->row->parameter) == 0) {
			cr_assert(to->known[i].row == node->row,
				"two rows of %s in a year", node->row->parameter);
			return;
		}
	cr_assert(to->count < KNOWN);
	struct known *const new = &to->known[to->count++];

	new->name = node->row->parameter;
	new->by = node->den;
	new->row = node->row;
	memcpy(new->number, node->is.constant, sizeof new->number);
}

static struct law *read_all(void)
{
	struct law *const law = case_law();

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		const struct graph *graph;
		struct fail why;

		if (!law_graph(law, year, &graph, &why))
			cr_fatal("%s:%ld: %s", why.file, why.row, why.message);
		cr_expect(eq(u32, graph->unknowns, 0), "unknown parameters in %d", year);
		for (uint32_t i = 0; i < graph->count; i++)
			if (graph->node[i].op == OP_PARAMETER)
				remember(&table[year - graph->node[i].prior - FIRST],
					&graph->node[i]);
	}
	return law;
}

static const struct known *find(int year, const char *name)
{
	const struct year_table *const in = &table[year - FIRST];

	for (size_t i = 0; i < in->count; i++)
		if (strcmp(in->known[i].name, name) == 0)
			return &in->known[i];
	return NULL;
}

static const struct known *need(int year, const char *name)
{
	const struct known *const found = find(year, name);

	if (found == NULL)
		cr_fatal("no line of %d reads %s", year, name);
	return found;
}

static int64_t amount(int year, const char *name, enum filing_status status)
{
	const struct known *const found = need(year, name);

	cr_assert(eq(i64, found->by, 1), "%s is no amount", name);
	return found->number[status];
}

/* Cells of the table that are no parameter here, and why. */
static const struct {
	const char *parameter;
	int until;
	const char *why;
} left_out[] = {
	{ "amt_exemption_zero_at", 2026, "follows from the others, tested below" },
	{ "amt_mfs_addback_cap", 2026, "is the exemption, tested below" },
	{ "amt_child_exemption_base", 2026, "not in force, section 55(d)(4)(A)(iii)" },
	{ "amt_child_exemption_operative", 2026, "not in force" },
	{ "iso_100k_limit", 2026, "concerns grants, not returns" },
	{ "personal_exemption", 2026, "zero from 2018" },
	{ "pep_start", 2017, "2017 is only refigured for the AMT" },
	{ "pep_step", 2017, "the same" },
	{ "pep_rate_per_step", 2017, "the same" },
	{ "pease_start", 2017, "the same" },
	{ "pease_rate", 2017, "the same" },
	{ "pease_max_share", 2017, "the same" },
	{ "bracket_", 2017, "the same" },
	{ "std_deduction", 2017, "the same" },
	{ "niit_", 2017, "the same" },
	{ "additional_medicare_", 2017, "the same" },
	{ "capital_loss_limit", 2017, "the same" },
};

static bool is_left_out(int year, const char *parameter)
{
	for (size_t i = 0; i < COUNT(left_out); i++)
		if (year <= left_out[i].until &&
			strncmp(parameter, left_out[i].parameter,
				strlen(left_out[i].parameter)) == 0)
			return true;
	return false;
}

/* "0.038", "2/37", "12000": a fraction. */
static void fraction(const char *words, int64_t *number, int64_t *by)
{
	char *rest;

	*number = strtoll(words, &rest, 10);
	*by = 1;
	if (*rest == '/') {
		*by = strtoll(rest + 1, &rest, 10);
	} else if (*rest == '.') {
		while (*++rest >= '0' && *rest <= '9') {
			*number = *number * 10 + (*rest - '0');
			*by *= 10;
		}
	}
	cr_assert(rest[0] == '\0' && by[0] > 0, "%s", words);
}

Test(parameters, agree_cell_by_cell)
{
	struct law *const law = read_all();
	struct table cells = table_read("tests/vectors/parameters.csv");
	size_t compared = 0;

	for (size_t row = 1; row < cells.rows; row++) {
		const int year = atoi(table_cell(&cells, row, "year"));
		const char *const name = table_cell(&cells, row, "parameter");
		enum filing_status status;
		int64_t number, by;

		if (is_left_out(year, name))
			continue;
		cr_assert(status_find(table_cell(&cells, row, "status"), &status));
		fraction(table_cell(&cells, row, "value"), &number, &by);
		const struct known *const found = need(year, name);
		const int64_t unit = found->row->is_rate ? 1 : 100;

		cr_expect(eq(i64, found->number[status] * by, number * unit * found->by),
			"%d %s %s", year, name, status_name(status));
		compared++;
	}
	cr_expect(compared > 1300, "%zu cells", compared);
	table_end(&cells);
	law_free(law);
}

Test(parameters, name_the_law_as_their_source)
{
	static const char *const sources[] = { "Form ", "Schedule A (", "IRC ",
		"Rev. Proc. ", "Instructions for Form " };
	struct law *const law = read_all();

	for (int year = FIRST; year <= LAW_LAST_YEAR; year++)
		for (size_t i = 0; i < table[year - FIRST].count; i++) {
			const struct parameter_row *const row =
				table[year - FIRST].known[i].row;
			bool known = false;

			for (size_t j = 0; j < COUNT(sources); j++)
				known = known ||
					strncmp(row->source, sources[j],
						strlen(sources[j])) == 0;
			cr_expect(known, "%d %s: %s", year, row->parameter, row->source);
			cr_expect(row->draft == false || year == 2026, "%d %s is a draft",
				year, row->parameter);
			cr_expect(strstr(row->source, "draft") == NULL || row->draft,
				"%d %s rests on a draft and does not say so", year,
				row->parameter);
		}
	law_free(law);
}

/* exemption / rate: where the exemption has gone, over the start of its phase-out. */
static int64_t zero_at(int year, enum filing_status status)
{
	const struct known *const rate = need(year, "amt_phaseout_rate");
	const int64_t exemption = amount(year, "amt_exemption", status);

	cr_assert(eq(i64, exemption * rate->by % rate->number[status], 0));
	return amount(year, "amt_phaseout_start", status) +
		exemption * rate->by / rate->number[status];
}

Test(parameters, fit_together)
{
	struct law *const law = read_all();
	struct table cells = table_read("tests/vectors/parameters.csv");
	size_t ends = 0;

	for (size_t row = 1; row < cells.rows; row++) {
		const int year = atoi(table_cell(&cells, row, "year"));
		const char *const name = table_cell(&cells, row, "parameter");
		const int64_t cents =
			strtoll(table_cell(&cells, row, "value"), NULL, 10) * 100;
		enum filing_status status;

		cr_assert(status_find(table_cell(&cells, row, "status"), &status));
		if (strcmp(name, "amt_exemption_zero_at") == 0) {
			cr_expect(eq(i64, zero_at(year, status), cents), "%d", year);
			ends++;
		} else if (strcmp(name, "amt_mfs_addback_cap") == 0) {
			cr_expect(eq(
				i64, amount(year, "amt_exemption", STATUS_MFS), cents));
			ends++;
		}
	}
	cr_expect(eq(sz, ends, 60));
	for (int year = FIRST; year <= LAW_LAST_YEAR; year++) {
		cr_expect(eq(i64, amount(year, "amt_mfs_addback_start", STATUS_MFS),
				  zero_at(year, STATUS_MFS)),
			"%d", year);
		for (int status = 0; status < STATUSES; status++)
			cr_expect(eq(i64,
					  amount(year, "amt_28_subtraction",
						  (enum filing_status)status) *
						  100,
					  amount(year, "amt_26_28_breakpoint",
						  (enum filing_status)status) *
						  2),
				"28%% - 26%% of the breakpoint, %d", year);
	}
	table_end(&cells);
	law_free(law);
}

Test(parameters, of_separate_returns_are_half_of_the_joint_ones)
{
	static const struct {
		const char *name;
		int first;
	} halves[] = {
		{ "amt_exemption", FIRST },
		{ "amt_phaseout_start", FIRST },
		{ "amt_26_28_breakpoint", FIRST },
		{ "amt_28_subtraction", FIRST },
		{ "cg_0_max", FIRST },
		{ "capital_loss_limit", 2018 },
		{ "bracket_top_1", 2018 },
		{ "bracket_top_2", 2018 },
		{ "bracket_top_3", 2018 },
		{ "bracket_top_4", 2018 },
		{ "bracket_top_5", 2018 },
		{ "bracket_top_6", 2018 },
		{ "std_deduction", 2018 },
		{ "salt_cap", 2018 },
		{ "niit_threshold", 2018 },
		{ "additional_medicare_threshold", 2018 },
	};
	struct law *const law = read_all();

	for (size_t i = 0; i < COUNT(halves); i++)
		for (int year = halves[i].first; year <= LAW_LAST_YEAR; year++) {
			const int64_t joint = amount(year, halves[i].name, STATUS_MFJ);
			const int64_t separate = amount(year, halves[i].name, STATUS_MFS);

			cr_expect(eq(i64, separate * 2, joint), "%d %s", year,
				halves[i].name);
		}
	law_free(law);
}

Test(parameters, of_surviving_spouses_are_the_joint_ones)
{
	static const char *const names[] = { "amt_exemption", "amt_phaseout_start",
		"amt_26_28_breakpoint", "amt_28_subtraction", "cg_0_max", "cg_15_max" };
	struct law *const law = read_all();

	for (size_t i = 0; i < COUNT(names); i++)
		for (int year = FIRST; year <= LAW_LAST_YEAR; year++)
			cr_expect(eq(i64, amount(year, names[i], STATUS_QSS),
					  amount(year, names[i], STATUS_MFJ)),
				"%d %s", year, names[i]);
	law_free(law);
}
