/*
 * charset.h: text that is not UTF-8 is taken for Windows-1252, as brokers write it.
 */
#ifndef DUALBASIS_IMPORT_CHARSET_H
#define DUALBASIS_IMPORT_CHARSET_H

#include "ledger/base/text.h"

/* Append the bytes, read as Windows-1252, to the text as UTF-8; fails, without a place, on a
 * byte that has no meaning there. */
bool charset_from_1252(const char *, size_t, struct text *, struct fail *) MUST_USE;

#endif
