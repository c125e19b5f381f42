/* A file of whatever format; what it is taken for is what reading it by that name gives. */
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *format;
	struct fail why = { 0 };

	memory_file_set(bytes, length, 0);
	if (rows_detect(MEMORY_FILE, &format, &why))
		rows_hold(format);
	else
		fail_holds(&why);
	return 0;
}
