/* draw.h: numbers at random that are the same in every run. */
#ifndef DUALBASIS_TESTS_DRAW_H
#define DUALBASIS_TESTS_DRAW_H

#include <stdint.h>

static inline uint64_t draw(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static inline int64_t draw_below(uint64_t *state, int64_t limit)
{
	return (int64_t)(draw(state) % (uint64_t)limit);
}

#endif
