/* hash.h: SHA-256, in lower-case hexadecimal. */
#ifndef DUALBASIS_BASE_HASH_H
#define DUALBASIS_BASE_HASH_H

#include <stddef.h>

#define HASH_TEXT 65
void hash_bytes(const void *, size_t, char sha256[HASH_TEXT]);

#endif
