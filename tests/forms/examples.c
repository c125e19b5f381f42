/* Published and court examples against tests/vectors/examples.txt, by "example NAME". */
#include "tests/forms/household.h"

static void finish(struct household *household, const struct law *law)
{
	household_check(household, law, 1);
	household_end(household);
}

Test(examples, agree_to_the_cent)
{
	struct law *const law = case_law();
	struct household household;
	FILE *const in = fopen("tests/vectors/examples.txt", "r");
	char title[64], *line = NULL;
	size_t length = 0;
	int examples = 0;

	cr_assert(in != NULL);
	while (getline(&line, &length, in) >= 0) {
		char name[64];

		if (sscanf(line, "example %63s", name) != 1) {
			if (examples > 0)
				household_line(&household, law, line);
			continue;
		}
		if (examples++ > 0)
			finish(&household, law);
		snprintf(title, sizeof title, "%s", name);
		household_begin(&household, title);
	}
	cr_assert(examples > 40, "%d examples", examples);
	finish(&household, law);
	free(line);
	fclose(in);
	law_free(law);
}
