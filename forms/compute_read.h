/*
 * compute_read.h: the input of `compute`, record by record into columns. Internal to forms/.
 */
#ifndef DUALBASIS_FORMS_COMPUTE_READ_H
#define DUALBASIS_FORMS_COMPUTE_READ_H

#include "forms/batch.h"
#include "ledger/base/text.h"

#define COMPUTE_ROWS 4096 /* of a chunk */

/* What a column of the file is; from COMPUTE_INPUT on, inputs by index. */
enum compute_cell { COMPUTE_ID, COMPUTE_YEAR, COMPUTE_STATUS, COMPUTE_INPUT };

struct compute_reader {
	const struct law *law;
	int descriptor;
	const char *file;
	/* Bytes read and not yet used: at[first .. used). */
	char *at;
	size_t first, used, room;
	bool ended;
	long line; /* of the file, from 1: where the next record begins */
	/* The cells of a record, without quotes. */
	struct span *cell;
	size_t cells, cell_room;
	/* The header: what each column is. */
	struct compute_header {
		enum compute_cell is;
		uint32_t column; /* of an input: index into the chunk's columns */
		const struct input *input;
	} * header;
	size_t columns;
	bool has_id;
	uint32_t *input; /* law_input() of each of the chunk's columns */
	size_t inputs;
};

/* One column of a chunk. */
struct compute_figures {
	int64_t number[COMPUTE_ROWS];
	uint8_t choice[COMPUTE_ROWS], given[COMPUTE_ROWS];
};

struct compute_chunk {
	size_t rows;
	long line[COMPUTE_ROWS]; /* where each record begins */
	int year[COMPUTE_ROWS];
	uint8_t status[COMPUTE_ROWS];
	size_t id[COMPUTE_ROWS + 1]; /* where each id begins in ids.at */
	struct text ids;
	struct compute_figures *figures; /* one an input column */
};

/* Reads the header; an unknown, doubled or missing column is a failure of usage. */
bool compute_reader_open(struct compute_reader *, const struct law *, int descriptor,
	const char *file, struct fail *) MUST_USE;
void compute_reader_close(struct compute_reader *);

/*
 * Up to COMPUTE_ROWS records; fewer when no more have come yet; none at the end. A bad cell
 * fails with its place; the chunk then holds the rows before it.
 */
bool compute_read(
	struct compute_reader *, struct compute_chunk *, struct fail *) MUST_USE;

#endif
