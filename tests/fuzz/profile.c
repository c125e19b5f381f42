/*
 * A profile, and a file that is read through it, divided by a NUL. Before a file alone stands
 * nothing: a profile is suggested for it, which is one and reads the file, whatever comes of that.
 */
#include "ledger/import/profile.h"
#include "tests/fuzz/support/harness.h"

static void read_through(struct pool *pool)
{
	struct profile *profile;
	struct fail why = { 0 };

	if (profile_read(MEMORY_OTHER, &profile, pool, &why)) {
		rows_hold_as(profile_format(profile));
	} else {
		fail_holds(&why);
		assert(strcmp(why.file, MEMORY_OTHER) == 0);
	}
}

/* Of a suggestion only columns can be missing, when no name says the day sold or proceeds. */
static void suggestion_holds(struct pool *pool)
{
	struct text text = TEXT_EMPTY;
	struct profile *profile;
	struct fail why = { 0 };

	if (profile_suggest(MEMORY_FILE, &text, &why)) {
		assert(utf8_valid(text.at, text.length));
		memory_other_set(text.at, text.length);
		if (profile_read(MEMORY_OTHER, &profile, pool, &why))
			rows_hold_as(profile_format(profile));
		else
			assert(why.row == 0 && why.hint[0] != '\0');
	} else {
		fail_holds(&why);
	}
	text_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const uint8_t *const nul = length > 0 ? memchr(bytes, '\0', length) : NULL;
	struct pool pool = { 0 };

	if (nul == NULL)
		return 0;
	memory_file_set(nul + 1, (size_t)(bytes + length - nul) - 1, 0);
	memory_other_set(bytes, (size_t)(nul - bytes));
	if (nul > bytes)
		read_through(&pool);
	else
		suggestion_holds(&pool);
	pool_release(&pool);
	return 0;
}
