/* A Flex query of Interactive Brokers (XML). */
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	memory_file_set(bytes, length, 0);
	rows_hold("ibkr");
	return 0;
}
