/* Memory in blocks of doubling size, freed together. */
#include "ledger/base/pool.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pool_block {
	struct pool_block *older;
	size_t used, room;
	void *adopted; /* from malloc, or NULL */
	alignas(max_align_t) unsigned char at[];
};

static void out_of_memory(void)
{
	fputs("dualbasis: out of memory\n", stderr);
	exit(6);
}

void *must_alloc(size_t bytes)
{
	void *at = calloc(1, bytes ? bytes : 1);

	if (at == NULL)
		out_of_memory();
	return at;
}

void *must_grow(void *old, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory();
	const size_t bytes = count * size;
	void *at = realloc(old, bytes > 0 ? bytes : 1);

	if (at == NULL)
		out_of_memory();
	return at;
}

void pool_release(struct pool *pool)
{
	struct pool_block *block = pool->newest;

	while (block != NULL) {
		struct pool_block *const older = block->older;

		free(block->adopted);
		free(block);
		block = older;
	}
	pool->newest = NULL;
}

void *pool_alloc(struct pool *pool, size_t bytes)
{
	const size_t step = alignof(max_align_t);

	if (bytes > SIZE_MAX / 2)
		out_of_memory();
	bytes = (bytes + step - 1) / step * step;
	struct pool_block *block = pool->newest;

	if (block == NULL || block->room - block->used < bytes) {
		const size_t last =
			block == NULL || block->room == 0 ? 2048 : block->room;
		const size_t next = last < (size_t)1 << 22 ? last * 2 : last;
		const size_t room = bytes > next ? bytes : next;
		struct pool_block *const fresh = must_alloc(sizeof *fresh + room);

		fresh->older = block;
		fresh->room = room;
		pool->newest = block = fresh;
	}
	void *const at = block->at + block->used;

	block->used += bytes;
	return at;
}

void pool_adopt(struct pool *pool, void *at)
{
	if (at == NULL)
		return;
	struct pool_block *const block = must_alloc(sizeof *block);

	block->adopted = at;
	/* Behind the newest block, whose room is still in use. */
	if (pool->newest == NULL) {
		pool->newest = block;
		return;
	}
	block->older = pool->newest->older;
	pool->newest->older = block;
}

void *pool_copy(struct pool *pool, const void *from, size_t bytes)
{
	void *const at = pool_alloc(pool, bytes);

	if (bytes > 0)
		memcpy(at, from, bytes);
	return at;
}

char *pool_text(struct pool *pool, const char *from, size_t length)
{
	char *const at = pool_alloc(pool, length + 1);

	if (length > 0)
		memcpy(at, from, length);
	at[length] = '\0';
	return at;
}

char *pool_printf(struct pool *pool, const char *format, ...)
{
	va_list values, again;

	va_start(values, format);
	va_copy(again, values);
	const int length = vsnprintf(NULL, 0, format, values);

	va_end(values);
	char *const at = pool_alloc(pool, (size_t)(length < 0 ? 0 : length) + 1);

	vsnprintf(at, (size_t)(length < 0 ? 0 : length) + 1, format, again);
	va_end(again);
	return at;
}
