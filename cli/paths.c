/* Expands folders into the files in them. */
#include "cli/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/base/text.h"

#define PDF_BEGINS "%PDF-"

struct growing {
	const char **at;
	size_t count, room;
	struct path_left *left;
	size_t left_count, left_room;
};

static int by_name(const void *left, const void *right)
{
	const char *const *const a = left;
	const char *const *const b = right;

	return strcmp(*a, *b);
}

static int by_path(const void *left, const void *right)
{
	const struct path_left *const a = left;
	const struct path_left *const b = right;

	return strcmp(a->path, b->path);
}

static const char hidden[] = "hidden";

/* What systems and spreadsheets put beside people's files. */
static bool is_hidden(const char *name)
{
	return name[0] == '.' || strncmp(name, "~$", 2) == 0 ||
		strcmp(name, "Thumbs.db") == 0 || strcmp(name, "desktop.ini") == 0;
}

static bool is_pdf(const char *path)
{
	char head[sizeof PDF_BEGINS - 1];
	const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (file < 0)
		return false;
	const bool pdf = read(file, head, sizeof head) == (ssize_t)sizeof head &&
		memcmp(head, PDF_BEGINS, sizeof head) == 0;

	close(file);
	return pdf;
}

/* Why it is not taken, or NULL: it is. */
static const char *why_left(const char *path, const char *name)
{
	struct stat found;

	if (is_hidden(name))
		return hidden;
	if (stat(path, &found) != 0)
		return NULL;
	if (S_ISDIR(found.st_mode))
		return "a folder: name it too, to take its files";
	if (!S_ISREG(found.st_mode))
		return "no file";
	return is_pdf(path) ? "a PDF: brokers have the same as CSV, which can be imported"
			    : NULL;
}

static void add_entry(
	struct growing *list, const char *folder, const char *name, struct pool *pool)
{
	const char *const path = pool_printf(pool, "%s%s%s", folder,
		folder[strlen(folder) - 1] == '/' ? "" : "/", name);
	const char *const left = why_left(path, name);

	if (left != NULL) {
		GROW(list->left, list->left_count, list->left_room);
		list->left[list->left_count++] = (struct path_left){ path, left };
		return;
	}
	GROW(list->at, list->count, list->room);
	list->at[list->count++] = path;
}

/* The folder's first file that is not hidden says best why none is taken. */
static bool nothing_in(
	const char *folder, const struct path_left *left, size_t count, struct fail *why)
{
	size_t told = 0;

	while (told + 1 < count && strcmp(left[told].why, hidden) == 0)
		told++;
	fail_set(why, FAIL_BAD_INPUT, "there is no file in this folder%s",
		count > 0 ? " that can be imported" : "");
	if (count > 0)
		fail_hint(why, "left out: %s (%s)%s", CUT(left[told].path, 200),
			left[told].why, count > 1 ? ", and more" : "");
	return fail_file(why, folder);
}

static bool add_folder(
	struct growing *list, const char *folder, struct pool *pool, struct fail *why)
{
	DIR *const open = opendir(folder);
	const size_t first = list->count, left = list->left_count;

	if (!open) {
		fail_set(why, FAIL_SYSTEM, "the folder cannot be read: %s",
			strerror(errno));
		return fail_file(why, folder);
	}
	for (const struct dirent *entry = readdir(open); entry; entry = readdir(open))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			add_entry(list, folder, entry->d_name, pool);
	closedir(open);
	if (list->left_count > left)
		qsort(list->left + left, list->left_count - left, sizeof *list->left,
			by_path);
	if (list->count == first)
		return nothing_in(
			folder, list->left + left, list->left_count - left, why);
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
	*paths = (struct paths){ .count = list.count, .left_count = list.left_count };
	if (list.count > 0)
		paths->at = pool_copy(pool, list.at, list.count * sizeof *list.at);
	if (list.left_count > 0)
		paths->left =
			pool_copy(pool, list.left, list.left_count * sizeof *list.left);
	free(list.at);
	free(list.left);
	return done;
}
