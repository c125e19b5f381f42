/* Households over several years against tests/vectors/scenarios: every line that they name. */
#include <dirent.h>

#include "tests/forms/household.h"

#define FOLDER "tests/vectors/scenarios/"

static void check(const struct law *law, const char *file)
{
	struct household household;
	char path[512], *line = NULL;
	size_t length = 0;

	household_begin(&household, file);
	snprintf(path, sizeof path, FOLDER "%s", file);
	FILE *const in = fopen(path, "r");

	cr_assert(in != NULL, "%s cannot be opened", path);
	while (getline(&line, &length, in) >= 0)
		household_line(&household, law, line);
	free(line);
	fclose(in);
	household_check(&household, law, 100);
	household_end(&household);
}

Test(scenarios, agree_in_every_line)
{
	struct law *const law = case_law();
	struct dirent **file;
	const int files = scandir(FOLDER, &file, NULL, alphasort);
	int checked = 0;

	cr_assert(files > 0, "no " FOLDER);
	for (int i = 0; i < files; i++) {
		if (strstr(file[i]->d_name, ".txt") != NULL) {
			check(law, file[i]->d_name);
			checked++;
		}
		free(file[i]);
	}
	free(file);
	cr_expect(checked == 27, "%d scenarios", checked);
	law_free(law);
}
