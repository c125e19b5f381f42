/* Facts in a few words. */
#include "ledger/fact_words.h"

const char *fact_security_text(const struct fact *fact, const struct names *names)
{
	return names_text(names, fact->symbol != 0 ? fact->symbol : fact->alias);
}

void fact_words(const struct fact *fact, const struct names *names, struct text *text)
{
	char number[MONEY_TEXT], day[DAY_TEXT];

	for (const char *at = fact_kind_name(fact->kind); *at != '\0'; at++)
		text_add_bytes(text, *at == '_' ? " " : at, 1);
	if (fact->kind == FACT_GRANT && fact->grant != 0)
		text_addf(text, " %s", names_text(names, fact->grant));
	if (fact->shares.e8 != 0)
		text_addf(text, " of %s", shares_plain(fact->shares, number));
	if (fact->symbol != 0 || fact->alias != 0)
		text_addf(text, "%s %s", fact->shares.e8 != 0 ? "" : " of",
			fact_security_text(fact, names));
	if (day_known(fact->day))
		text_addf(text, " on %s", day_iso(fact->day, day));
	if (fact->account != 0)
		text_addf(text, " in %s", names_text(names, fact->account));
}

bool fail_in_fact(struct fail *why, const struct fact *fact, const struct names *names)
{
	struct text text = TEXT_EMPTY;

	fact_words(fact, names, &text);
	fail_in(why, "%s", text.at);
	text_release(&text);
	if (fact->source.document != 0 && why->row == 0) {
		why->row = (long)fact->source.row;
		why->document = (long)fact->source.document;
	}
	return false;
}
