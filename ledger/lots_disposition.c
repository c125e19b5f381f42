/* What a disposition says of itself: its manner, what it realized, and its gain in a book. */
#include "ledger/replay.h"

static const struct {
	const char *name;
	bool on_f8949, capped;
} manners[MANNER_COUNT] = {
#define X(name, word, row, capped) { word, row, capped },
	MANNERS(X)
#undef X
};

const char *manner_name(enum manner manner)
{
	return manners[manner].name;
}

bool manner_on_f8949(enum manner manner)
{
	return manners[manner].on_f8949;
}

bool manner_capped(enum manner manner)
{
	return manners[manner].capped;
}

const struct besides *disposition_besides(const struct disposition *disposition)
{
	static const struct besides none;

	return disposition->besides != NULL ? disposition->besides : &none;
}

struct besides *besides_of(struct replay *replay, struct disposition *disposition)
{
	if (disposition->besides == NULL)
		disposition->besides =
			pool_alloc(replay->pool, sizeof *disposition->besides);
	return disposition->besides;
}

struct money disposition_realized(const struct disposition *disposition)
{
	return money_less(disposition->proceeds, disposition_besides(disposition)->costs);
}

struct money disposition_gain_before_discount(
	const struct disposition *disposition, enum book book)
{
	return money_less(disposition_realized(disposition), disposition->basis[book]);
}

struct money disposition_gain(const struct disposition *disposition, enum book book)
{
	if (!manner_on_f8949(disposition->manner))
		return (struct money){ 0 };
	return money_less(money_plus(disposition_gain_before_discount(disposition, book),
				  disposition->disallowed[book]),
		disposition_besides(disposition)->discount);
}
