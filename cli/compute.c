/* `compute`: returns as a CSV in, lines as a CSV out; no ledger. */
#include "forms/compute.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/call.h"
#include "export/report.h"

static void columns_json(const struct compute_column *column, size_t count)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "columns");
	for (size_t i = 0; i < count; i++) {
		json_object(&answer.json, NULL);
		json_text(&answer.json, "name", column[i].name);
		json_text(&answer.json, "want", column[i].want);
		json_text(&answer.json, "what", column[i].what);
		json_text(&answer.json, "hint", column[i].hint);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static void columns_text(
	const struct call *call, const struct compute_column *column, size_t count)
{
	static const struct column columns[] = {
		{ .title = "column" },
		{ .title = "wants" },
		{ .title = "what it is", .width = 60 },
	};
	struct report report;

	report_init(&report, call->pool, "Columns of compute");
	struct table *const table =
		section_table(report_section(&report, "Columns", "Columns of compute"),
			call->pool, NULL, columns, COUNT(columns));

	for (size_t i = 0; i < count; i++) {
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_text(column[i].name);
		cell[1] = cell_text(column[i].want);
		cell[2] = cell_text(column[i].what);
	}
	print_report(call, &report);
}

/* The next cell of a row that compute() wrote: `quoted ""` or plain. NULL at the row's end. */
static const char *next_cell(const char **at, struct text *cell)
{
	const char *c = *at;

	text_clear(cell);
	if (*c == '"') {
		for (c++; *c != '"' || c[1] == '"'; c++) {
			text_add_bytes(cell, c, 1);
			c += *c == '"';
		}
		c++;
	} else {
		const size_t length = strcspn(c, ",\n");

		text_add_bytes(cell, c, length);
		c += length;
	}
	const bool more = *c == ',';

	*at = *c == '\0' ? c : c + 1;
	return more ? *at : NULL;
}

#define CELLS_MOST 4096

/* The rows as objects: one member a column, null where a line is not filled in. */
static void rows_json(const char *csv, struct pool *pool)
{
	const char *name[CELLS_MOST];
	struct text cell = TEXT_EMPTY;
	struct answer answer;
	size_t names = 0;

	for (const char *more = csv; more && names < CELLS_MOST;) {
		more = next_cell(&csv, &cell);
		name[names++] = pool_text(pool, cell.at, cell.length);
	}
	answer_open(&answer);
	json_array(&answer.json, "rows");
	while (*csv != '\0') {
		json_object(&answer.json, NULL);
		for (size_t i = 0; i < names; i++) {
			next_cell(&csv, &cell);
			json_text(
				&answer.json, name[i], cell.length > 0 ? cell.at : NULL);
		}
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
	text_release(&cell);
}

/* With --json nothing is said before all is known: the rows wait in a file. */
static bool compute_json(const struct call *call, const struct law *law, int in,
	const struct compute_options *options, struct fail *why)
{
	FILE *const rows = tmpfile();
	struct text csv = TEXT_EMPTY;
	char bytes[4096];

	if (!rows)
		return fail_set(
			why, FAIL_SYSTEM, "no room for the answer: %s", strerror(errno));
	const bool done = compute(law, in, fileno(rows), options, why);

	rewind(rows);
	for (size_t length; done && (length = fread(bytes, 1, sizeof bytes, rows)) > 0;)
		text_add_bytes(&csv, bytes, length);
	fclose(rows);
	if (done)
		rows_json(csv.at, call->pool);
	text_release(&csv);
	return done;
}

static bool run_file(const struct call *call, const struct law *law, struct fail *why)
{
	const char *const path = call->operands > 0 ? call->operand[0] : NULL;
	const bool is_file = path && strcmp(path, "-") != 0;
	const struct compute_options options = {
		.lines = call_value(call, "lines"),
		.cents = call_has(call, "cents"),
		.schedule = call_has(call, "schedule"),
		.keep_going = call_has(call, "keep-going"),
		.file = is_file ? path : "stdin",
	};
	const int in = is_file ? open(path, O_RDONLY) : STDIN_FILENO;

	if (in < 0) {
		fail_set(
			why, FAIL_SYSTEM, "the file cannot be read: %s", strerror(errno));
		return fail_file(why, path);
	}
	const bool done = call->json ? compute_json(call, law, in, &options, why)
				     : compute(law, in, STDOUT_FILENO, &options, why);

	if (is_file)
		close(in);
	return done;
}

static bool run(struct call *call, struct fail *why)
{
	struct law *law = NULL;

	if (!call_operands(call, 0, 1, why) || !law_builtin(&law, why))
		return false;
	bool done = true;

	if (call_has(call, "columns")) {
		struct compute_column *column = NULL;
		size_t count = 0;

		compute_columns(law, &column, &count, call->pool);
		if (call->json)
			columns_json(column, count);
		else
			columns_text(call, column, count);
	} else {
		done = run_file(call, law, why);
	}
	law_free(law);
	return done;
}

static const struct option_words options[] = {
	{ .name = "lines",
		.value = "ID,ID,...",
		.what = "the lines to write, f6251.4 for example" },
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ .name = "keep-going",
		.what = "go on at a row that is not modelled, and say why in a column" },
	{ .name = "columns", .what = "list the columns that the input may have" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis compute < returns.csv > lines.csv",
	"dualbasis compute returns.csv --lines f6251.4,f6251.11,f8801.26 --cents",
	"dualbasis compute --columns",
	NULL,
};
const struct command command_compute = {
	.name = "compute",
	.summary = "compute any number of returns, CSV to CSV, without a ledger",
	.operands = "[FILE]",
	.options = options,
	.details =
		"Reads one return a row: the columns are year, status and inputs by "
		"name, in "
		"any order; a blank cell is not given. Writes one row each with the "
		"lines "
		"asked for, after the id where there is one. Rows are independent; "
		"nothing is "
		"carried from one to the next, and memory does not grow with the file.",
	.examples = examples,
	.run = run,
};
