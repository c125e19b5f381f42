/* OFX tax forms, XML and SGML. */
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	memory_file_set(bytes, length, 0);
	rows_hold("ofx");
	return 0;
}
