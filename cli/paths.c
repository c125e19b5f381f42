/* Expands folders into the files in them. */
#include "cli/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct growing {
	const char **at;
	size_t count, room;
};

static int by_name(const void *left, const void *right)
{
	const char *const *const a = left;
	const char *const *const b = right;

	return strcmp(*a, *b);
}

static bool add_folder(
	struct growing *list, const char *folder, struct pool *pool, struct fail *why)
{
	DIR *const open = opendir(folder);
	const size_t first = list->count;

	if (!open) {
		fail_set(why, FAIL_SYSTEM, "the folder cannot be read: %s",
			strerror(errno));
		return fail_file(why, folder);
	}
	for (const struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
		const char *const path = pool_printf(pool, "%s%s%s", folder,
			folder[strlen(folder) - 1] == '/' ? "" : "/", entry->d_name);
		struct stat found;

		if (entry->d_name[0] == '.' || stat(path, &found) != 0 ||
			!S_ISREG(found.st_mode))
			continue;
		GROW(list->at, list->count, list->room);
		list->at[list->count++] = path;
	}
	closedir(open);
	if (list->count == first) {
		fail_set(why, FAIL_BAD_INPUT, "there is no file in this folder");
		return fail_file(why, folder);
	}
	qsort(list->at + first, list->count - first, sizeof *list->at, by_name);
	return true;
}

bool paths_expand(char *const *operand, size_t operands, struct paths *paths,
	struct pool *pool, struct fail *why)
{
	struct growing list = { 0 };
	bool done = true;

	for (size_t i = 0; i < operands && done; i++) {
		struct stat found;

		if (stat(operand[i], &found) == 0 && S_ISDIR(found.st_mode)) {
			done = add_folder(&list, operand[i], pool, why);
			continue;
		}
		GROW(list.at, list.count, list.room);
		list.at[list.count++] = operand[i];
	}
	paths->count = list.count;
	paths->at = list.count ? pool_copy(pool, list.at, list.count * sizeof *list.at)
			       : NULL;
	free(list.at);
	return done;
}
