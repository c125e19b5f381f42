/* TXF, the tax exchange format. */
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	memory_file_set(bytes, length, 0);
	rows_hold("txf");
	return 0;
}
