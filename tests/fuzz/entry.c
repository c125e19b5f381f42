/*
 * Facts entered by hand. The first byte chooses the kind; then come options and their values,
 * divided by line ends. What is taken must be able to be true.
 */
#include "ledger/record.h"
#include "tests/fuzz/support/harness.h"
#include "tests/fuzz/support/lines.h"

#define VALUES_MOST 24

static size_t split(
	char *text, const struct record_kind *kind, struct record_value *value)
{
	size_t count = 0;

	while (text != NULL && count < VALUES_MOST) {
		char *const name = line_take(&text);

		/* A byte below 32 stands for an option of the kind. */
		value[count].name = (unsigned char)*name < 32 && *name != '\0'
			? kind->option[(unsigned char)*name % kind->options].name
			: name;
		value[count++].value = line_take(&text);
	}
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct record_value value[VALUES_MOST];
	struct fact fact[RECORD_FACTS_MOST];
	struct fail why = { 0 };
	size_t kinds, made;
	const struct record_kind *const kind = record_kinds(&kinds);

	if (length < 1)
		return 0;
	char *const text = strndup((const char *)bytes + 1, length - 1);
	struct names *const names = names_new();
	const struct record_kind *const its = &kind[*bytes % kinds];
	const size_t count = split(text, its, value);

	if (record_from_values(
		    its, value, count, (struct day){ 20000 }, names, fact, &made, &why)) {
		assert(made >= 1 && made <= RECORD_FACTS_MOST);
		for (size_t i = 0; i < made; i++)
			assert(fact[i].kind == its->kind && fact_check(&fact[i], &why) &&
				(!day_known(fact[i].day) || fact[i].day.number <= 20000));
	} else {
		fail_holds(&why);
		assert(why.column >= 0 && why.column <= (long)count);
	}
	names_free(names);
	free(text);
	return 0;
}
