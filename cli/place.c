/* Finds the ledger: asked for, in the environment, or in the user's data folder. */
#include "cli/place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ledger/base/text.h"

static const char *set_in_environment(const char *name)
{
	const char *const value = getenv(name);

	return value && *value != '\0' ? value : NULL;
}

const char *ledger_place(const char *asked, struct pool *pool)
{
	const char *const named = asked ? asked : set_in_environment("DUALBASIS_LEDGER");
	const char *const data = set_in_environment("XDG_DATA_HOME");
	const char *const home = set_in_environment("HOME");

	if (named)
		return named;
	/* A relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification). */
	if (data && *data == '/')
		return pool_printf(pool, "%s/dualbasis/ledger.dualbasis", data);
	if (home)
		return pool_printf(
			pool, "%s/.local/share/dualbasis/ledger.dualbasis", home);
	return "ledger.dualbasis";
}

bool place_folders(const char *path, struct fail *why)
{
	struct text folder = TEXT_EMPTY;
	bool made = true;

	for (const char *slash = strchr(path + 1, '/'); slash && made;
		slash = strchr(slash + 1, '/')) {
		text_clear(&folder);
		text_add_bytes(&folder, path, (size_t)(slash - path));
		if (mkdir(folder.at, 0700) != 0 && errno != EEXIST)
			made = fail_set(why, FAIL_SYSTEM,
				"the folder \"%s\" could not be made: %s", folder.at,
				strerror(errno));
	}
	text_release(&folder);
	return made;
}

const char *path_name(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
