/* Writes cells into a buffer, and the buffer to a file when it is full. */
#include "forms/compute_write.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void drain(struct compute_writer *writer)
{
	size_t done = 0;

	while (done < writer->used && !writer->failed) {
		const ssize_t wrote = write(
			writer->descriptor, writer->room + done, writer->used - done);

		if (wrote >= 0) {
			done += (size_t)wrote;
		} else if (errno != EINTR) {
			writer->failed = true;
			writer->error = errno;
		}
	}
	writer->used = 0;
}

bool write_flush(struct compute_writer *writer, struct fail *why)
{
	drain(writer);
	return !writer->failed ||
		fail_set(why, FAIL_SYSTEM, "cannot write the results: %s",
			strerror(writer->error));
}

/* Room for a number and a comma, or for one byte of a text. */
#define CELL_ROOM 64

static void need(struct compute_writer *writer)
{
	if (writer->used + CELL_ROOM > COMPUTE_WRITE_ROOM)
		drain(writer);
}

static void cell_begin(struct compute_writer *writer)
{
	need(writer);
	if (writer->inside)
		writer->room[writer->used++] = ',';
	writer->inside = true;
}

static void put(struct compute_writer *writer, char byte)
{
	need(writer);
	writer->room[writer->used++] = byte;
}

static bool needs_quotes(struct span words)
{
	for (size_t i = 0; i < words.length; i++)
		if (words.at[i] == ',' || words.at[i] == '"' || words.at[i] == '\n' ||
			words.at[i] == '\r')
			return true;
	return false;
}

void write_text(struct compute_writer *writer, struct span words)
{
	const bool quotes = needs_quotes(words);

	cell_begin(writer);
	if (quotes)
		put(writer, '"');
	for (size_t i = 0; i < words.length; i++) {
		if (words.at[i] == '"')
			put(writer, '"');
		put(writer, words.at[i]);
	}
	if (quotes)
		put(writer, '"');
}

/* Digits from the end, `after` of them behind the point. */
static void put_decimal(struct compute_writer *writer, int64_t value, int after)
{
	char digits[32];
	char *at = digits + sizeof digits;
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	for (int i = 0; i < after; i++, size /= 10)
		*--at = (char)('0' + size % 10);
	if (after > 0)
		*--at = '.';
	do
		*--at = (char)('0' + size % 10);
	while ((size /= 10) > 0);
	if (value < 0)
		*--at = '-';
	const size_t length = (size_t)(digits + sizeof digits - at);

	memcpy(writer->room + writer->used, at, length);
	writer->used += length;
}

void write_money(struct compute_writer *writer, struct money money)
{
	cell_begin(writer);
	put_decimal(writer, money.cents, 2);
}

void write_fraction(struct compute_writer *writer, int64_t number, int64_t by)
{
	int after = 0;
	int128 scaled = number;

	for (; after < 10 && scaled % by != 0; after++)
		scaled *= 10;
	cell_begin(writer);
	put_decimal(writer, divide_half_away(scaled, by), after);
}

void write_blank(struct compute_writer *writer)
{
	cell_begin(writer);
}

void write_row_end(struct compute_writer *writer)
{
	put(writer, '\n');
	writer->inside = false;
}
