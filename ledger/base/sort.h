/*
 * sort.h: a stable sort whose comparison has a context, and a look into what is sorted.
 *
 * Natural merging: what is in order already costs one comparison an element.
 */
#ifndef DUALBASIS_BASE_SORT_H
#define DUALBASIS_BASE_SORT_H

#include <stddef.h>

typedef int comparison(const void *a, const void *b, const void *context);

void sort_stable(
	void *array, size_t count, size_t size, comparison *, const void *context);

/* Of an array in that order, the first that does not stand before what is wanted, or `count`. */
size_t sort_first(const void *array, size_t count, size_t size, const void *wanted,
	int (*order)(const void *, const void *));

#endif
