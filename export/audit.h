/*
 * audit.h: the pages of an audit: what was filed beside what is right, and Form 1040-X.
 */
#ifndef DUALBASIS_EXPORT_AUDIT_H
#define DUALBASIS_EXPORT_AUDIT_H

#include "export/report.h"
#include "forms/amend.h"

/* One section: the years, what was found in each, the money, the clock. */
void report_audit(struct report *, const struct audit *);

/* A section for each year that would be amended: columns A to C, words, attachments. */
void report_amendments(struct report *, const struct amendment *, size_t count);

#endif
