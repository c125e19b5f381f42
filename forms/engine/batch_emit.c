/* Keeps the operations of a program that is being built, equal ones once. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/batch_sum.h"

void builder_release(struct batch_builder *builder)
{
	free(builder->operation);
	free(builder->column);
	free(builder->slot);
	*builder = (struct batch_builder){ 0 };
}

static uint64_t operation_hash(const struct batch_operation *op)
{
	const unsigned char *const byte = (const unsigned char *)op;
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < sizeof *op; i++)
		hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
	return hash ^ hash >> 32;
}

static void slots_grow(struct batch_builder *builder)
{
	const size_t slots = builder->slots ? builder->slots * 2 : 1024;
	uint32_t *const slot = must_alloc(slots * sizeof *slot);

	for (size_t i = 0; i < builder->count; i++) {
		size_t at = operation_hash(&builder->operation[i]) % slots;

		while (slot[at] != 0)
			at = (at + 1) % slots;
		slot[at] = (uint32_t)i + 1;
	}
	free(builder->slot);
	builder->slot = slot;
	builder->slots = slots;
}

/* Made once more, a column may be known better: both bounds hold, and one proof is enough. */
static void column_know(struct column_bounds *its, int128 least, int128 most, bool proven)
{
	its->least = its->least > least ? its->least : least;
	its->most = its->most < most ? its->most : most;
	its->proven = its->proven || proven;
}

/*
 * Operations are compared byte by byte: they are filled from zeroed memory, and their doubles
 * are whole numbers and their reciprocals, never -0.
 */
uint16_t builder_emit(struct batch_builder *builder, const struct batch_operation *op,
	int128 least, int128 most, bool proven)
{
	if (builder->count * 2 >= builder->slots)
		slots_grow(builder);
	size_t at = operation_hash(op) % builder->slots;

	while (builder->slot[at] != 0) {
		const uint32_t known = builder->slot[at] - 1;

		if (memcmp(&builder->operation[known], op, sizeof *op) == 0) {
			column_know(&builder->column[known], least, most, proven);
			return (uint16_t)known;
		}
		at = (at + 1) % builder->slots;
	}
	if (builder->count == builder->room) {
		builder->room = builder->room ? builder->room * 2 : 512;
		builder->operation = must_grow(
			builder->operation, builder->room, sizeof *builder->operation);
		builder->column = must_grow(
			builder->column, builder->room, sizeof *builder->column);
	}
	assert(builder->count < UINT16_MAX);
	builder->operation[builder->count] = *op;
	builder->column[builder->count] = (struct column_bounds){ least, most, proven };
	builder->slot[at] = (uint32_t)builder->count + 1;
	return (uint16_t)builder->count++;
}
