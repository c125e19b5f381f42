/*
 * pool.h: memory that is freed all at once. Out of memory ends the program with exit code 6.
 */
#ifndef DUALBASIS_BASE_POOL_H
#define DUALBASIS_BASE_POOL_H

#include <stddef.h>

struct pool {
	struct pool_block *newest;
};
void pool_release(struct pool *);
void *pool_alloc(struct pool *, size_t bytes); /* zeroed, aligned for any type */
/* The pool frees a block from must_alloc() or must_grow(); NULL is nothing. */
void pool_adopt(struct pool *, void *);
void *pool_copy(struct pool *, const void *, size_t bytes);
char *pool_text(struct pool *, const char *, size_t length); /* NUL-terminated copy */
char *pool_printf(struct pool *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same law for single blocks: never NULL. */
void *must_alloc(size_t bytes); /* zeroed */
void *must_grow(void *, size_t count, size_t size);

/* Room for one more at the end of a growing array: array, used, room are lvalues. */
#define GROW(array, used, room)                                                          \
	((used) < (room) ? (void)0                                                       \
			 : (void)((array) = must_grow((array),                           \
					  (room) = (room) ? (room)*2 : 16,               \
					  sizeof *(array))))

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
