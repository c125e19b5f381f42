/*
 * lots_view.h: lots and dispositions as one spouse's separate return shows them.
 */
#ifndef DUALBASIS_LEDGER_LOTS_VIEW_H
#define DUALBASIS_LEDGER_LOTS_VIEW_H

#include "ledger/lots.h"

/*
 * What belongs to some owners: the lots that are theirs, that they acquired, or of which they
 * disposed, and those that these are parts of, under their numbers; the dispositions that were theirs; the notices about either, and
 * those about no lot. Of a lot that is somebody else's by now nothing is held, and of one that
 * somebody else acquired the income is not shown. A replacement (of a wash sale) that is not shown
 * is NOTICE_NOWHERE. In the pool; it points into the facts of the whole.
 */
void lots_of_owners(const struct lots *, const uint32_t *owner, size_t count,
	struct lots *view, struct pool *);

#endif
