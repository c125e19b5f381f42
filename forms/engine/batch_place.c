/* Drops the operations that nothing needs, and lets the others share few buffers. */
#include <string.h>

#include "forms/engine/batch_sum.h"

static bool gives(uint16_t code)
{
	return code == BATCH_STORE || code == BATCH_FILLED || code == BATCH_LEAVE;
}

/* An operand that is multiplied by 0 stands for a constant and is not read. */
static bool reads(const struct batch_operation *op, int operand)
{
	return op->k[operand] != 0;
}

/* Last reader of each operation's column; 0 where nothing that is given needs it. */
static void readers_find(
	const struct batch_builder *builder, uint32_t *last, bool *needed)
{
	for (size_t i = builder->count; i-- > 0;) {
		const struct batch_operation *const op = &builder->operation[i];

		needed[i] = needed[i] || gives(op->code);
		for (int operand = 0; needed[i] && operand < BATCH_TERMS + 2; operand++) {
			if (!reads(op, operand))
				continue;
			needed[op->from[operand]] = true;
			if (last[op->from[operand]] == 0)
				last[op->from[operand]] = (uint32_t)i;
		}
	}
}

struct placing {
	uint16_t *buffer_of, *free;
	size_t frees, buffers;
};

static void place(struct placing *to, const uint32_t *last, uint32_t index,
	struct batch_operation *op)
{
	uint16_t from[BATCH_TERMS + 2];

	memcpy(from, op->from, sizeof from);
	for (int i = 0; i < BATCH_TERMS + 2; i++)
		op->from[i] = to->buffer_of[from[i]];
	for (int i = 0; i < BATCH_TERMS + 2; i++) {
		bool again = false;

		for (int j = 0; j < i; j++)
			again = again || (reads(op, j) && from[j] == from[i]);
		if (reads(op, i) && !again && last[from[i]] == index)
			to->free[to->frees++] = to->buffer_of[from[i]];
	}
	if (gives(op->code))
		return;
	if (to->frees == 0)
		to->free[to->frees++] = (uint16_t)to->buffers++;
	op->to = to->buffer_of[index] = to->free[--to->frees];
}

/* What is needed, in order, each column in the buffer that became free last. */
bool batch_place(const struct batch_builder *builder, struct batch_program *program,
	struct pool *pool)
{
	struct pool scratch = { 0 };
	uint32_t *const last = pool_alloc(&scratch, (builder->count + 1) * sizeof *last);
	bool *const needed = pool_alloc(&scratch, (builder->count + 1) * sizeof *needed);
	struct placing to = {
		.buffer_of =
			pool_alloc(&scratch, (builder->count + 1) * sizeof *to.buffer_of),
		.free = pool_alloc(&scratch, (builder->count + 1) * sizeof *to.free),
	};
	struct batch_operation *const operation =
		pool_alloc(pool, (builder->count + 1) * sizeof *operation);
	bool proven = true;

	readers_find(builder, last, needed);
	program->operation = operation;
	program->count = 0;
	for (uint32_t i = 0; i < builder->count; i++) {
		if (!needed[i])
			continue;
		proven = proven && builder->column[i].proven;
		operation[program->count] = builder->operation[i];
		place(&to, last, i, &operation[program->count++]);
	}
	program->buffers = to.buffers + 1;
	pool_release(&scratch);
	return proven;
}
