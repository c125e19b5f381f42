/* The names of the filing statuses. */
#include <string.h>

#include "forms/law.h"

static const char *const names[STATUSES] = {
	[STATUS_SINGLE] = "single",
	[STATUS_MFJ] = "mfj",
	[STATUS_MFS] = "mfs",
	[STATUS_HOH] = "hoh",
	[STATUS_QSS] = "qss",
};

const char *status_name(enum filing_status status)
{
	return names[status];
}

bool status_find(const char *name, enum filing_status *status)
{
	for (int i = 0; i < STATUSES; i++)
		if (strcmp(names[i], name) == 0) {
			*status = (enum filing_status)i;
			return true;
		}
	return false;
}
