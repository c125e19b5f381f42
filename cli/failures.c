/* Keeps what went wrong one after the other. */
#include "cli/failures.h"

void failures_add(
	struct failures *all, const struct fail *why, size_t rows, struct pool *pool)
{
	struct failure *const failure = pool_alloc(pool, sizeof *failure);

	*failure = (struct failure){ .why = *why, .rows = rows };
	if (all->last != NULL)
		all->last->next = failure;
	else
		all->first = failure;
	all->last = failure;
	all->count++;
}
