/* harness.h: what every harness has. */
#ifndef TESTS_FUZZ_SUPPORT_HARNESS_H
#define TESTS_FUZZ_SUPPORT_HARNESS_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"
#include "ledger/base/text.h"
#include "tests/fuzz/support/memory_file.h"
#include "tests/fuzz/support/rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
