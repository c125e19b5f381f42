/* Evaluates a CSV of returns: rows of one year and status together, answers in their order. */
#include "forms/compute.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/compute_read.h"
#include "forms/compute_write.h"
#include "forms/engine/graph.h"
#include "forms/figure.h"

#define YEARS (LAW_LAST_YEAR - LAW_FIRST_YEAR + 1)
/* Year, status, and last year's status if it is given. */
#define KEYS    (YEARS * STATUSES * STATUSES)
#define NO_KEY  UINT32_MAX
#define NO_LINE UINT32_MAX

/* An asked line in a year: where it is there, and what its numbers are over. */
struct asked_line {
	uint32_t number; /* line_ref; NO_LINE where the year has no such line */
	bool is_amount;
	int64_t den;
};

struct asked {
	const char **id; /* as asked for */
	size_t count;
	struct asked_line *line[YEARS]; /* found when a year comes first */
};

/* What a chunk's rows answer, in the rows' order. */
struct answers {
	int64_t *number; /* [asked][COMPUTE_ROWS] */
	uint8_t *filled;
	const char *error[COMPUTE_ROWS]; /* why a row has no answer, or NULL */
	struct pool pool;                /* of the errors of a chunk */
	size_t first_failed;             /* the first row without an answer ... */
	struct fail why;                 /* ... and why */
};

struct computing {
	const struct law *law;
	const struct compute_options *options;
	struct compute_reader reader;
	struct compute_writer writer;
	struct compute_chunk chunk;
	struct asked asked;
	struct answers answers;
	struct batch *batch[KEYS];
	struct batch_room *room;
	uint32_t prior_input; /* column of prior_status, or UINT32_MAX */
	uint32_t key[COMPUTE_ROWS];
	/* One group's rows gathered: its columns and its answers. */
	struct compute_figures *figures;
	struct batch_column *column;
	int64_t *number;
	uint8_t *filled;
	struct batch_answer *answer;
	uint8_t left[COMPUTE_ROWS];
	size_t row[COMPUTE_ROWS];
	struct pool pool;
};

/* ---- which lines ---- */

/* In some year at least; what is said of an unknown one is about the last year. */
static bool asked_known(const struct law *law, const char *id, struct fail *why)
{
	struct fail last, unknown;
	struct line_ref line;

	if (law_line_find(law, LAW_LAST_YEAR, id, &line, &last))
		return true;
	for (int year = LAW_LAST_YEAR - 1; year >= LAW_FIRST_YEAR; year--)
		if (law_line_find(law, year, id, &line, &unknown))
			return true;
	*why = last;
	why->kind = FAIL_USAGE;
	return false;
}

static bool asked_read(struct computing *its, struct fail *why)
{
	const char *at =
		its->options->lines != NULL ? its->options->lines : COMPUTE_LINES;
	struct asked *const asked = &its->asked;

	asked->id = pool_alloc(&its->pool, (strlen(at) + 1) * sizeof *asked->id);
	for (;;) {
		const size_t length = strcspn(at, ",");
		const struct span id = span_trim((struct span){ at, length });

		asked->id[asked->count] = pool_text(&its->pool, id.at, id.length);
		if (id.length == 0)
			return fail_set(why, FAIL_USAGE,
				"an empty name among the lines asked for (want "
				"ID,ID,...)");
		if (!asked_known(its->law, asked->id[asked->count++], why))
			return false;
		if (at[length] == '\0')
			return true;
		at += length + 1;
	}
}

static bool asked_of_year(struct computing *its, int year,
	const struct asked_line **lines, struct fail *why)
{
	struct asked_line **const at = &its->asked.line[year - LAW_FIRST_YEAR];
	const struct graph *graph;

	*lines = *at;
	if (*at != NULL)
		return true;
	if (!law_graph(its->law, year, &graph, why))
		return false;
	*at = pool_alloc(&its->pool, its->asked.count * sizeof **at);
	for (size_t i = 0; i < its->asked.count; i++) {
		struct asked_line *const line = &(*at)[i];
		struct line_ref found;
		struct fail ignored;

		line->number = NO_LINE;
		if (!law_line_find(its->law, year, its->asked.id[i], &found, &ignored))
			continue;
		const struct graph_node *const node =
			&graph->node[graph->line[found.number].node];

		*line = (struct asked_line){ found.number, node->kind == KIND_AMOUNT,
			node->den };
	}
	*lines = *at;
	return true;
}

/* ---- groups of rows ---- */

/* The status that prior_status names, where it is given and names one; else this year's. */
static enum filing_status prior_of(const struct computing *its, size_t row)
{
	enum filing_status status = its->chunk.status[row];

	if (its->prior_input == UINT32_MAX)
		return status;
	const struct compute_figures *const figures =
		&its->chunk.figures[its->prior_input];
	const struct input *const input =
		law_input(its->law, its->reader.input[its->prior_input]);

	if (figures->given[row] &&
		!status_find(input->choice[figures->choice[row]], &status))
		status = its->chunk.status[row];
	return status;
}

static uint32_t key_of(const struct computing *its, size_t row)
{
	const int year = its->chunk.year[row] - LAW_FIRST_YEAR;

	if (year < 0 || year >= YEARS)
		return NO_KEY;
	return (uint32_t)((year * STATUSES + its->chunk.status[row]) * STATUSES +
		(int)prior_of(its, row));
}

static bool batch_of_key(struct computing *its, uint32_t key,
	const struct asked_line *lines, struct fail *why)
{
	struct line_ref *const line =
		pool_alloc(&its->pool, its->asked.count * sizeof *line);
	struct batch_shape shape = {
		.year = LAW_FIRST_YEAR + (int)key / STATUSES / STATUSES,
		.status = (enum filing_status)(key / STATUSES % STATUSES),
		.prior_status = (enum filing_status)(key % STATUSES),
		.cents = its->options->cents,
		.schedule = its->options->schedule,
		.input = its->reader.input,
		.inputs = its->reader.inputs,
		.line = line,
	};

	if (its->batch[key] != NULL)
		return true;
	for (size_t i = 0; i < its->asked.count; i++)
		if (lines[i].number != NO_LINE)
			line[shape.lines++].number = lines[i].number;
	return batch_make(its->law, &shape, &its->batch[key], why);
}

static void gather(struct computing *its, size_t rows)
{
	for (size_t c = 0; c < its->reader.inputs; c++) {
		const struct compute_figures *const from = &its->chunk.figures[c];
		struct compute_figures *const to = &its->figures[c];

		for (size_t i = 0; i < rows; i++) {
			to->number[i] = from->number[its->row[i]];
			to->choice[i] = from->choice[its->row[i]];
			to->given[i] = from->given[its->row[i]];
		}
		its->column[c] =
			(struct batch_column){ to->number, to->choice, to->given };
	}
}

static void scatter(struct computing *its, size_t rows, const struct asked_line *lines)
{
	size_t from = 0;

	for (size_t a = 0; a < its->asked.count; a++) {
		int64_t *const number = its->answers.number + a * COMPUTE_ROWS;
		uint8_t *const filled = its->answers.filled + a * COMPUTE_ROWS;
		const struct batch_answer *const answer = &its->answer[from];

		if (lines[a].number == NO_LINE) {
			for (size_t i = 0; i < rows; i++)
				filled[its->row[i]] = 0;
			continue;
		}
		for (size_t i = 0; i < rows; i++) {
			number[its->row[i]] = answer->number[i];
			filled[its->row[i]] = answer->filled[i];
		}
		from++;
	}
}

static void row_failed(struct computing *its, size_t row, const struct fail *why)
{
	struct answers *const answers = &its->answers;

	answers->error[row] = pool_printf(&answers->pool, "%s", why->message);
	if (row < answers->first_failed) {
		answers->first_failed = row;
		answers->why = *why;
		answers->why.row = its->chunk.line[row];
	}
}

static bool group_compute(
	struct computing *its, uint32_t key, size_t rows, struct fail *why)
{
	const struct asked_line *lines;

	if (!asked_of_year(
		    its, LAW_FIRST_YEAR + (int)key / STATUSES / STATUSES, &lines, why) ||
		!batch_of_key(its, key, lines, why))
		return false;
	gather(its, rows);
	if (batch_run(its->batch[key], its->room, rows, its->column, its->answer,
		    its->left) > 0)
		for (size_t i = 0; i < rows; i++) {
			struct fail refused;

			if (its->left[i] &&
				!batch_row(its->batch[key], i, its->column, its->answer,
					&refused))
				row_failed(its, its->row[i], &refused);
		}
	scatter(its, rows, lines);
	return true;
}

static void keys_find(struct computing *its)
{
	struct fail outside;

	fail_set(&outside, FAIL_NOT_MODELLED, "there are forms for %d to %d only",
		LAW_FIRST_YEAR, LAW_LAST_YEAR);
	its->answers.first_failed = SIZE_MAX;
	for (size_t row = 0; row < its->chunk.rows; row++) {
		its->key[row] = key_of(its, row);
		its->answers.error[row] = NULL;
		if (its->key[row] == NO_KEY)
			row_failed(its, row, &outside);
	}
}

static bool chunk_compute(struct computing *its, struct fail *why)
{
	bool done[KEYS] = { false };

	pool_release(&its->answers.pool);
	keys_find(its);
	for (size_t first = 0; first < its->chunk.rows; first++) {
		const uint32_t key = its->key[first];
		size_t rows = 0;

		if (key == NO_KEY || done[key])
			continue;
		done[key] = true;
		for (size_t row = first; row < its->chunk.rows; row++)
			if (its->key[row] == key)
				its->row[rows++] = row;
		if (!group_compute(its, key, rows, why))
			return false;
	}
	return true;
}

/* ---- output ---- */

static void header_write(struct computing *its)
{
	if (its->reader.has_id)
		write_text(&its->writer, span_of("id"));
	for (size_t i = 0; i < its->asked.count; i++)
		write_text(&its->writer, span_of(its->asked.id[i]));
	if (its->options->keep_going)
		write_text(&its->writer, span_of("error"));
	write_row_end(&its->writer);
}

static void row_write(struct computing *its, size_t row)
{
	const struct compute_chunk *const chunk = &its->chunk;
	const char *const error = its->answers.error[row];
	const struct asked_line *const line =
		error == NULL ? its->asked.line[chunk->year[row] - LAW_FIRST_YEAR] : NULL;

	if (its->reader.has_id)
		write_text(&its->writer,
			(struct span){ chunk->ids.at + chunk->id[row],
				chunk->id[row + 1] - chunk->id[row] });
	for (size_t a = 0; a < its->asked.count; a++) {
		const size_t at = a * COMPUTE_ROWS + row;

		if (error != NULL || !its->answers.filled[at])
			write_blank(&its->writer);
		else if (line[a].is_amount)
			write_money(
				&its->writer, (struct money){ its->answers.number[at] });
		else
			write_fraction(
				&its->writer, its->answers.number[at], line[a].den);
	}
	if (its->options->keep_going)
		write_text(&its->writer, span_of(error != NULL ? error : ""));
	write_row_end(&its->writer);
}

/* False at the first row that has no answer, unless such rows only say so. */
static bool chunk_write(struct computing *its, struct fail *why)
{
	for (size_t row = 0; row < its->chunk.rows; row++) {
		if (row == its->answers.first_failed && !its->options->keep_going) {
			*why = its->answers.why;
			return fail_file(why, its->options->file);
		}
		row_write(its, row);
	}
	return true;
}

static void rooms_make(struct computing *its)
{
	const size_t inputs = its->reader.inputs + 1, lines = its->asked.count;
	struct pool *const pool = &its->pool;

	its->room = batch_room_new();
	its->chunk.figures = pool_alloc(pool, inputs * sizeof *its->chunk.figures);
	its->figures = pool_alloc(pool, inputs * sizeof *its->figures);
	its->column = pool_alloc(pool, inputs * sizeof *its->column);
	its->answers.number = pool_alloc(pool, lines * COMPUTE_ROWS * sizeof(int64_t));
	its->answers.filled = pool_alloc(pool, lines * COMPUTE_ROWS);
	its->number = pool_alloc(pool, lines * COMPUTE_ROWS * sizeof(int64_t));
	its->filled = pool_alloc(pool, lines * COMPUTE_ROWS);
	its->answer = pool_alloc(pool, lines * sizeof *its->answer);
	for (size_t i = 0; i < lines; i++)
		its->answer[i] = (struct batch_answer){ its->number + i * COMPUTE_ROWS,
			its->filled + i * COMPUTE_ROWS };
	its->prior_input = UINT32_MAX;
	for (uint32_t i = 0; i < its->reader.inputs; i++)
		if (strcmp(law_input(its->law, its->reader.input[i])->name,
			    "prior_status") == 0)
			its->prior_input = i;
}

static bool rows_compute(struct computing *its, struct fail *why)
{
	header_write(its);
	for (;;) {
		struct fail bad;
		/* The rows before a bad one are still answered. */
		const bool good = compute_read(&its->reader, &its->chunk, &bad);

		if (!chunk_compute(its, why) || !chunk_write(its, why))
			return false;
		if (!good) {
			*why = bad;
			return false;
		}
		if (its->chunk.rows == 0)
			return true;
		if (!write_flush(&its->writer, why))
			return false;
	}
}

bool compute(const struct law *law, int in, int out,
	const struct compute_options *options, struct fail *why)
{
	struct computing *const its = must_alloc(sizeof *its);

	its->law = law;
	its->options = options;
	its->writer.descriptor = out;
	its->chunk.ids = (struct text)TEXT_EMPTY;
	bool done = asked_read(its, why) &&
		compute_reader_open(&its->reader, law, in, options->file, why);

	if (done) {
		struct fail unwritten;

		rooms_make(its);
		done = rows_compute(its, why);
		if (!write_flush(&its->writer, &unwritten) && done) {
			*why = unwritten;
			done = false;
		}
	}
	for (size_t i = 0; i < KEYS; i++)
		batch_free(its->batch[i]);
	batch_room_free(its->room);
	text_release(&its->chunk.ids);
	compute_reader_close(&its->reader);
	pool_release(&its->answers.pool);
	pool_release(&its->pool);
	free(its);
	return done;
}

static const char *wanted(const struct input *input, struct pool *pool)
{
	const char *words = input->kind == INPUT_AMOUNT ? "amount"
		: input->kind == INPUT_COUNT            ? "count"
							: "yes or no";

	if (input->kind == INPUT_ONE_OF)
		words = "";
	for (int i = 0; input->choice != NULL && input->choice[i] != NULL; i++)
		if (input->choice[i][0] != '\0')
			words = pool_printf(pool, "%s%s%s", words,
				*words != '\0' ? " or " : "", input->choice[i]);
	return words;
}

void compute_columns(const struct law *law, struct compute_column **columns,
	size_t *count, struct pool *pool)
{
	static const struct compute_column own[] = {
		{ "id", "text", "written in front of each row's answers", NULL },
		{ "year", "year", "the tax year, 2018 to 2026", NULL },
		{ "status", "single, mfj, mfs, hoh or qss", "the filing status", NULL },
	};
	const size_t inputs = law_inputs(law);

	*columns = pool_alloc(pool, (COUNT(own) + inputs) * sizeof **columns);
	memcpy(*columns, own, sizeof own);
	*count = COUNT(own);
	for (size_t i = 0; i < inputs; i++) {
		const struct input *const input = law_input(law, i);

		(*columns)[(*count)++] = (struct compute_column){ input->name,
			wanted(input, pool), input->what, input->hint };
	}
}
