/*
 * amending.h: the words of an amendment. Internal to amend_years().
 */
#ifndef DUALBASIS_FORMS_AUDIT_AMENDING_H
#define DUALBASIS_FORMS_AUDIT_AMENDING_H

#include "forms/amend.h"

/* One year while its amendment is made. */
struct amending {
	const struct audit *audit;
	const struct audit_year *year;
	const struct tax_return *its;      /* as it should have been */
	const struct amendment *amendment; /* its figures are there */
	/* The amendments of earlier years. */
	const struct amendment *earlier;
	size_t earlier_count;
	struct pool *pool;
};

const char *amend_explanation(const struct amending *);
const char *const *amend_attachments(const struct amending *);
const char *const *amend_notes(const struct amending *);

#endif
