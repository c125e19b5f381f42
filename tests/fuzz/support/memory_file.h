/*
 * memory_file.h: bytes that the program's readers take for a file, so that a turn costs no
 * system call. The linker puts these in the place of open(), stat(), fstat(), read(), poll(), close()
 * of qpdf_read() and its repair, and of libzip's calls (tests/fuzz/CMakeLists.txt); any other path and descriptor goes to the
 * real ones.
 */
#ifndef TESTS_FUZZ_SUPPORT_MEMORY_FILE_H
#define TESTS_FUZZ_SUPPORT_MEMORY_FILE_H

#include <stddef.h>
#include <stdint.h>

#define MEMORY_FILE       "/memory/fuzz"
#define MEMORY_CSV        "/memory/fuzz.csv" /* the same file by another name */
#define MEMORY_OTHER      "/memory/other"
#define MEMORY_DESCRIPTOR (1 << 20) /* open without open(), from the first byte */

/* What the file holds from now on; read() gives at most `step` bytes at once (0: all). */
void memory_file_set(const void *bytes, size_t length, size_t step);
/* After it: what MEMORY_OTHER holds, which is else empty. */
void memory_other_set(const void *bytes, size_t length);

/*
 * The same for an archive that need not be one: parts divided by NULs, in the order workbook,
 * links, texts, sheets. Compression and checksums, which are libzip's business, are left out,
 * so that what lies behind them is reached.
 */
void memory_archive_set(const void *bytes, size_t length);

/* A PDF whose table of offsets qpdf may repair, so that what lies behind it is reached. */
void memory_pdf_set(const void *bytes, size_t length);

#endif
