/* SQLite's own file system, with a fault at the call that was asked for. */
#include "tests/faults/disk/failing_disk.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char *const call_names[DISK_CALLS] = {
	[DISK_OPEN] = "open",
	[DISK_READ] = "read",
	[DISK_WRITE] = "write",
	[DISK_SYNC] = "sync",
	[DISK_TRUNCATE] = "truncate",
	[DISK_DELETE] = "delete",
	[DISK_KEEP] = "fsync",
	[DISK_LINK] = "link",
	[DISK_RENAME] = "rename",
};

static const char *const fault_names[DISK_FAULTS] = {
	[DISK_ONCE] = "once",
	[DISK_FOREVER] = "forever",
	[DISK_HALF] = "half",
	[DISK_FULL] = "full",
	[DISK_UNABLE] = "unable",
};

static const int errors[DISK_CALLS] = {
	[DISK_OPEN] = SQLITE_CANTOPEN,
	[DISK_READ] = SQLITE_IOERR_READ,
	[DISK_WRITE] = SQLITE_IOERR_WRITE,
	[DISK_SYNC] = SQLITE_IOERR_FSYNC,
	[DISK_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
	[DISK_DELETE] = SQLITE_IOERR_DELETE,
	[DISK_KEEP] = EIO,
	[DISK_LINK] = EIO,
	[DISK_RENAME] = EIO,
};

static struct {
	enum disk_call call;
	enum disk_fault fault;
	int left; /* calls until the fault; 0: none is to come */
	bool failed, dying, full;
	enum disk_call second;
	bool second_armed, failed_twice;
	int count[DISK_CALLS];
} disk;

/* Our file is a header in front of the real one's. */
struct shim {
	sqlite3_file base;
	sqlite3_file *real;
};

const char *disk_call_name(enum disk_call call)
{
	return call_names[call];
}

const char *disk_fault_name(enum disk_fault fault)
{
	return fault_names[fault];
}

void failing_disk_arm(enum disk_call call, enum disk_fault fault, int n)
{
	memset(&disk, 0, sizeof disk);
	disk.call = call;
	disk.fault = fault;
	disk.left = n;
}

bool failing_disk_failed(void)
{
	return disk.failed;
}

void failing_disk_arm_second(enum disk_call call)
{
	disk.second = call;
	disk.second_armed = true;
}

bool failing_disk_failed_twice(void)
{
	return disk.failed_twice;
}

int failing_disk_count(enum disk_call call)
{
	return disk.count[call];
}

/* The error of this call, or SQLITE_OK. */
static int fault_of(enum disk_call call)
{
	disk.count[call]++;
	if (disk.dying && call != DISK_READ)
		return errors[call];
	if (disk.full && call == DISK_WRITE)
		return SQLITE_FULL;
	if (disk.failed && disk.second_armed && call == disk.second) {
		disk.second_armed = false;
		disk.failed_twice = true;
		return errors[call];
	}
	if (call != disk.call || disk.left == 0 || --disk.left > 0)
		return SQLITE_OK;
	disk.failed = true;
	disk.dying = disk.fault == DISK_FOREVER;
	disk.full = disk.fault == DISK_FULL;
	return disk.full && call == DISK_WRITE ? SQLITE_FULL : errors[call];
}

/* The linker puts these in the place of the system's (-Wl,--wrap). */
int __real_fsync(int file);
int __real_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __wrap_fsync(int file);
int __wrap_link(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

static bool own_call_fails(enum disk_call call)
{
	if (disk.fault == DISK_UNABLE && disk.failed && call == disk.call) {
		errno = EPERM;
		return true;
	}
	const int fault = fault_of(call);

	if (fault != SQLITE_OK)
		errno = disk.fault == DISK_UNABLE ? EPERM : fault;
	return fault != SQLITE_OK;
}

int __wrap_fsync(int file)
{
	(void)file;
	return own_call_fails(DISK_KEEP) ? -1 : 0;
}

int __wrap_link(const char *from, const char *to)
{
	return own_call_fails(DISK_LINK) ? -1 : __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to)
{
	return own_call_fails(DISK_RENAME) ? -1 : __real_rename(from, to);
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct shim *)file)->real;
}

static int shim_close(sqlite3_file *file)
{
	sqlite3_file *const real = real_of(file);
	const int code = real->pMethods->xClose(real);

	free(real);
	return code;
}

static int shim_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 at)
{
	const int fault = fault_of(DISK_READ);

	return fault != SQLITE_OK
		? fault
		: real_of(file)->pMethods->xRead(real_of(file), to, amount, at);
}

static int shim_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 at)
{
	const int fault = fault_of(DISK_WRITE);

	if (fault != SQLITE_OK && disk.fault == DISK_HALF)
		real_of(file)->pMethods->xWrite(real_of(file), from, amount / 2, at);
	return fault != SQLITE_OK
		? fault
		: real_of(file)->pMethods->xWrite(real_of(file), from, amount, at);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	const int fault = fault_of(DISK_TRUNCATE);

	if (fault == SQLITE_OK)
		disk.full = false;
	return fault != SQLITE_OK
		? fault
		: real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/* Nobody cuts the power in these tests: waiting for the real disk would show nothing. */
static int shim_sync(sqlite3_file *file, int flags)
{
	(void)file, (void)flags;
	return fault_of(DISK_SYNC);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int shim_lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int shim_check_lock(sqlite3_file *file, int *reserved)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved);
}

static int shim_control(sqlite3_file *file, int what, void *argument)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int shim_sector(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int shim_characteristics(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

/* Version 1: no shared memory and no mapping, so that every byte passes here. */
static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = shim_close,
	.xRead = shim_read,
	.xWrite = shim_write,
	.xTruncate = shim_truncate,
	.xSync = shim_sync,
	.xFileSize = shim_size,
	.xLock = shim_lock,
	.xUnlock = shim_unlock,
	.xCheckReservedLock = shim_check_lock,
	.xFileControl = shim_control,
	.xSectorSize = shim_sector,
	.xDeviceCharacteristics = shim_characteristics,
};

static sqlite3_vfs *below;
static sqlite3_vfs shim;

static int shim_open(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	struct shim *const opened = (struct shim *)file;
	const int fault = fault_of(DISK_OPEN);

	(void)vfs;
	memset(opened, 0, sizeof *opened);
	if (fault != SQLITE_OK)
		return fault;
	opened->real = calloc(1, (size_t)below->szOsFile);
	assert(opened->real != NULL);
	const int code = below->xOpen(below, name, opened->real, flags, out);

	if (code == SQLITE_OK)
		opened->base.pMethods = &methods;
	else
		free(opened->real);
	return code;
}

static int shim_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	const int fault = fault_of(DISK_DELETE);

	(void)vfs;
	if (fault == SQLITE_OK)
		disk.full = false;
	return fault != SQLITE_OK ? fault : below->xDelete(below, name, sync_folder);
}

void failing_disk_install(void)
{
	below = sqlite3_vfs_find(NULL);
	assert(below != NULL);
	/* All else is the real one's own; it looks into its own structure for what it needs. */
	shim = *below;
	shim.zName = "failing disk";
	shim.szOsFile = sizeof(struct shim);
	shim.xOpen = shim_open;
	shim.xDelete = shim_delete;
	const int code = sqlite3_vfs_register(&shim, 1);

	assert(code == SQLITE_OK);
	failing_disk_arm(DISK_OPEN, DISK_ONCE, 0);
}
