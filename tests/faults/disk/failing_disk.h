/*
 * failing_disk.h: a disk under SQLite that fails when told to.
 *
 * A thin file system over SQLite's own. It counts calls, and lets the n-th of a kind fail:
 * once, or from then on (as a dying disk does). A write that fails may have written half.
 */
#ifndef DUALBASIS_TESTS_FAILING_DISK_H
#define DUALBASIS_TESTS_FAILING_DISK_H

#include <stdbool.h>

/* The last three are our own calls, not SQLite's: fsync, link, rename. */
enum disk_call {
	DISK_OPEN,
	DISK_READ,
	DISK_WRITE,
	DISK_SYNC,
	DISK_TRUNCATE,
	DISK_DELETE,
	DISK_KEEP,
	DISK_LINK,
	DISK_RENAME,
	DISK_CALLS
};

enum disk_fault {
	DISK_ONCE,    /* an input/output error, then all is well again */
	DISK_FOREVER, /* this call and all later ones that change something */
	DISK_HALF,    /* as ONCE; a write leaves half of its bytes */
	DISK_FULL, /* writes find no room, from then on, until something is truncated or deleted */
	DISK_UNABLE, /* the file system has no such call (a link on FAT), from then on */
	DISK_FAULTS
};

const char *disk_call_name(enum disk_call);
const char *disk_fault_name(enum disk_fault);

/* Put it under all connections opened from now on. */
void failing_disk_install(void);

/* Let the n-th call of a kind from now on fail (n from 1); 0: nothing fails. */
void failing_disk_arm(enum disk_call, enum disk_fault, int n);

/* And once it has failed, let the first call of this kind fail as well: in the rollback, say. */
void failing_disk_arm_second(enum disk_call);

/* Did something, and did the second, fail since then? How many calls of a kind were there? */
bool failing_disk_failed(void);
bool failing_disk_failed_twice(void);
int failing_disk_count(enum disk_call);

#endif
