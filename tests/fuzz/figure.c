/*
 * Figures of a return, entered or as filed: the first byte chooses the year and which of both,
 * the rest is NAME=VALUE, a line each. What is taken is printed, and has to be taken again.
 */
#include "forms/figure.h"
#include "tests/fuzz/support/harness.h"
#include "tests/fuzz/support/lines.h"

typedef bool reader(const struct law *, int, const char *, struct names *, struct fact *,
	struct fail *);

static void print_again(const struct law *law, int year, reader *read,
	const struct fact *fact, struct names *names)
{
	struct text words = TEXT_EMPTY;
	struct fact again;
	struct fail why = { 0 };
	char amount[MONEY_TEXT], day[DAY_TEXT];

	text_addf(&words, "%s=%s", names_text(names, fact->name),
		fact->amount_known ? money_plain(fact->amount, amount)
				   : names_text(names, fact->text));
	if (fact->amount_known && day_known(fact->day))
		text_addf(&words, "@%s", day_iso(fact->day, day));
	/* A count is read as money and printed without its cents. */
	assert(read(law, year, words.at, names, &again, &why));
	assert(again.name == fact->name && figure_same(fact, &again) &&
		again.day.number == fact->day.number);
	text_release(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct law *law;
	struct fail why = { 0 };
	struct fact fact;

	if (law == NULL && !law_builtin(&law, &why))
		abort();
	if (length < 1)
		return 0;
	reader *const read = *bytes & 16 ? filed_from_words : figure_from_words;
	const int year = LAW_FIRST_YEAR + *bytes % 16;
	char *const text = strndup((const char *)bytes + 1, length - 1);
	struct names *const names = names_new();
	char *rest = text;

	while (rest != NULL)
		if (read(law, year, line_take(&rest), names, &fact, &why))
			print_again(law, year, read, &fact, names);
		else
			fail_holds(&why);
	names_free(names);
	free(text);
	return 0;
}
