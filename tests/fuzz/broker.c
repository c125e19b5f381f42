/* Every format by its name: the first line names it, the rest is the file. */
#include "tests/fuzz/support/harness.h"

static const char *format_of(const uint8_t *line, size_t length)
{
	static const char *const *names;
	static size_t count;
	size_t sum = 0;

	if (names == NULL)
		for (names = row_formats(); names[count] != NULL;)
			count++;
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == length && memcmp(names[i], line, length) == 0)
			return names[i];
	/* Any other line stands for one of them. */
	for (size_t i = 0; i < length; i++)
		sum += line[i];
	return names[sum % count];
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const uint8_t *const end = length > 0 ? memchr(bytes, '\n', length) : NULL;

	if (end == NULL)
		return 0;
	memory_file_set(end + 1, (size_t)(bytes + length - end) - 1, 0);
	rows_hold(format_of(bytes, (size_t)(end - bytes)));
	return 0;
}
