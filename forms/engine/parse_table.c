/* Reads the table of a parameter: years down, filing statuses across, the source beside. */
#include <string.h>

#include "forms/engine/parser.h"

#define ROW_LIMIT  200
#define OPEN_ENDED 9999

struct table {
	enum filing_status column[STATUSES]; /* in the order of the header */
	int columns;
	bool has_source;
};

/* Statuses across, all or none, then `source`. */
static bool header(struct parser *parser, const struct parameter_definition *parameter,
	struct table *table)
{
	const uint32_t row = parser->now.at.row;
	uint32_t seen = 0;

	if (!parser_want(parser, "year", "a table: a row that begins with \"year\""))
		return false;
	while (parser->now.kind == TOKEN_WORD && parser->now.at.row == row) {
		char name[NAME_LIMIT + 1];
		enum filing_status status;

		memcpy(name, parser->now.text.at, parser->now.text.length);
		name[parser->now.text.length] = '\0';
		if (strcmp(name, "source") == 0) {
			table->has_source = true;
			if (!parser_next(parser))
				return false;
			break;
		}
		if (!parameter->by_status || !status_find(name, &status) ||
			(seen & 1u << status) != 0)
			return parser_wrong(parser,
				parameter->by_status
					? "each of single, mfj, mfs, hoh, qss once"
					: "\"source\" after \"year\"");
		seen |= 1u << status;
		table->column[table->columns++] = status;
		if (!parser_next(parser))
			return false;
	}
	if (!table->has_source)
		return parser_wrong(parser, "\"source\" as the last word of the header");
	if (parameter->by_status && table->columns != STATUSES)
		return parser_wrong(parser, "each of single, mfj, mfs, hoh, qss once");
	if (!parameter->by_status)
		table->columns = 1;
	return true;
}

static bool year(struct parser *parser, int *to)
{
	if (parser->now.kind != TOKEN_NUMBER || parser->now.by != 1 ||
		parser->now.number < 1900 || parser->now.number > 2199)
		return parser_wrong(parser, "a year, as every row begins with one");
	*to = (int)parser->now.number;
	return parser_next(parser);
}

/* 2018, 2018-2020, or 2018- (until the next row). */
static bool row_years(struct parser *parser, struct years *years)
{
	if (!year(parser, &years->first))
		return false;
	years->last = years->first;
	if (!parser->now.touches || !parser_at(parser, "-"))
		return true;
	if (!parser_next(parser))
		return false;
	years->last = OPEN_ENDED;
	if (!parser->now.touches || parser->now.kind != TOKEN_NUMBER)
		return true;
	const struct token last = parser->now;

	if (!year(parser, &years->last))
		return false;
	return years->last >= years->first ||
		law_fail(parser->law, last.at, parser->why,
			"the years %d-%d, wanted the earlier year first", years->first,
			years->last);
}

struct cell {
	int64_t number, by;
	const char *text;
};

static bool cell(struct parser *parser, const struct parameter_definition *parameter,
	const struct table_row *row, struct cell *to)
{
	const struct token *const now = &parser->now;

	if (now->at.row != row->at.row || now->kind == TOKEN_BEGIN ||
		now->kind == TOKEN_END)
		return law_fail(parser->law, row->at, parser->why,
			"the row of %d ends early, wanted %s", row->years.first,
			parameter->by_status ? "five cells" : "a cell");
	if (parameter->is_rate ? now->kind != TOKEN_RATE : now->kind != TOKEN_NUMBER)
		return parser_wrong(parser,
			parameter->is_rate ? "a rate such as 26% or 2/37" : "an amount");
	if (!parameter->is_rate && now->by > 100)
		return parser_wrong(parser, "an amount of at most two decimals");
	to->number = parameter->is_rate ? now->number : now->number * (100 / now->by);
	to->by = parameter->is_rate ? now->by : 1;
	if (!parameter->is_rate && to->number > GRAPH_LEAF_LIMIT)
		return parser_wrong(parser, "an amount of at most a trillion");
	to->text = pool_text(&parser->law->pool, now->text.at, now->text.length);
	return parser_next(parser);
}

/* Brings the cells of a row to one denominator. */
static bool common(
	struct parser *parser, const struct cell cells[], struct table_row *row)
{
	row->by = 1;
	for (int i = 0; i < STATUSES; i++) {
		int64_t divisor = row->by, rest = cells[i].by;

		while (rest != 0) {
			const int64_t next = divisor % rest;

			divisor = rest;
			rest = next;
		}
		if (__builtin_mul_overflow(row->by / divisor, cells[i].by, &row->by))
			return law_fail(parser->law, row->at, parser->why,
				"rates without a common denominator below 2^63, wanted "
				"simpler ones");
	}
	for (int i = 0; i < STATUSES; i++) {
		row->words.text[i] = cells[i].text;
		if (__builtin_mul_overflow(
			    cells[i].number, row->by / cells[i].by, &row->number[i]))
			return law_fail(parser->law, row->at, parser->why,
				"a rate that is too large, wanted a number below 2^63");
	}
	return true;
}

static bool table_row(struct parser *parser, const struct parameter_definition *parameter,
	const struct table *table, struct table_row *row)
{
	struct cell cells[STATUSES];
	bool draft = false;

	row->at = parser->now.at;
	if (!row_years(parser, &row->years))
		return false;
	for (int i = 0; i < table->columns; i++)
		if (!cell(parser, parameter, row,
			    &cells[parameter->by_status ? table->column[i] : 0]))
			return false;
	for (int i = 1; i < STATUSES && !parameter->by_status; i++)
		cells[i] = cells[0];
	row->words.parameter = law_word(parser->law, parameter->name);
	row->words.what = parameter->what;
	row->words.is_rate = parameter->is_rate;
	row->words.by_status = parameter->by_status;
	if (!common(parser, cells, row))
		return false;
	if (parser->now.kind != TOKEN_STRING || parser->now.at.row != row->at.row)
		return parser_wrong(parser, "the source of the row, as a text");
	if (!parser_text(parser, "the source of the row", &row->words.source))
		return false;
	if (parser->now.at.row == row->at.row && !parser_take(parser, "draft", &draft))
		return false;
	row->words.draft = draft;
	return true;
}

bool parse_table(struct parser *parser, struct parameter_definition *parameter)
{
	struct table table = { .columns = 0 };
	struct table_row row[ROW_LIMIT];
	uint32_t rows = 0;

	if (!header(parser, parameter, &table))
		return false;
	while (parser->now.kind != TOKEN_BEGIN && parser->now.kind != TOKEN_END) {
		if (rows == ROW_LIMIT)
			return parser_wrong(parser, "at most 200 rows");
		row[rows] = (struct table_row){ .by = 1 };
		if (!table_row(parser, parameter, &table, &row[rows]))
			return false;
		struct table_row *const last = rows > 0 ? &row[rows - 1] : NULL;

		if (last != NULL && last->years.last == OPEN_ENDED &&
			last->years.first < row[rows].years.first)
			last->years.last = row[rows].years.first - 1;
		if (last != NULL && last->years.last >= row[rows].years.first)
			return law_fail(parser->law, row[rows].at, parser->why,
				"a row for %d after one for %d, wanted later years below",
				row[rows].years.first,
				last->years.last == OPEN_ENDED ? last->years.first
							       : last->years.last);
		rows++;
	}
	if (rows == 0)
		return parser_wrong(parser, "at least one row of the table");
	parameter->row = pool_copy(&parser->law->pool, row, rows * sizeof *row);
	parameter->rows = rows;
	return true;
}
