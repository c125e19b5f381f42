/*
 * audit.h: the pages of an audit: what was filed beside what is right, and Form 1040-X.
 */
#ifndef DUALBASIS_EXPORT_AUDIT_H
#define DUALBASIS_EXPORT_AUDIT_H

#include "export/packet.h"
#include "forms/amend.h"

/*
 * One section: the years, what contradicts itself as filed, what was found with its money, and
 * until when a refund can be claimed.
 */
void report_audit(struct report *, const struct audit *);

/* A section for each year that would be amended: columns A to C, words, attachments. */
void report_amendments(struct report *, const struct amendment *, size_t count);

/*
 * All that amending takes: both of the above, and Forms 6251, 8801 and the AMT's Schedule D of
 * every year from the first that is amended on, whether or not its tax changes.
 */
bool report_amendment_packet(struct report *, const struct household *,
	const struct audit *, const struct amendment *, size_t count,
	struct fail *) MUST_USE;

#endif
