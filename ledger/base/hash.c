/* SHA-256 by libmd. */
#include "ledger/base/hash.h"

#include <sys/types.h>

#include <sha2.h>

void hash_bytes(const void *bytes, size_t length, char sha256[HASH_TEXT])
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, bytes, length);
	SHA256End(&context, sha256);
}
