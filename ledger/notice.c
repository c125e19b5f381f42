/* The table of notices, and their sentences. */
#include "ledger/notice.h"

#include "ledger/fact_words.h"
#include "ledger/lots.h"

static const struct {
	const char *name;
	enum notice_weight weight;
	const char *rule, *what;
} table[NOTICE_KINDS] = {
#define X(name, weight, rule, what) { #name, NOTICE_##weight, rule, what },
	NOTICES(X)
#undef X
};

static const char *const weights[] = {
	[NOTICE_REMARK] = "remark",
	[NOTICE_ASSUMED] = "assumed",
	[NOTICE_WARNING] = "warning",
	[NOTICE_QUESTION] = "question",
};

const char *notice_name(enum notice_kind kind)
{
	return table[kind].name;
}

enum notice_weight notice_weight(enum notice_kind kind)
{
	return table[kind].weight;
}

const char *notice_weight_name(enum notice_weight weight)
{
	return weights[weight];
}

const char *notice_rule(enum notice_kind kind)
{
	return table[kind].rule;
}

const char *notice_what(enum notice_kind kind)
{
	return table[kind].what;
}

void notice_sentence(const struct notice *notice, struct text *text)
{
	char found[MONEY_TEXT], wanted[MONEY_TEXT];

	if (notice->kind == NOTICE_strike_differs)
		text_addf(text,
			"strike %s, the grant's %s: ", price_plain(notice->found, found),
			price_plain(notice->wanted, wanted));
	text_add(text, table[notice->kind].what);
}

void notice_text(const struct lots *lots, const struct notice *notice, struct text *text)
{
	if (notice->fact != NULL) {
		fact_words(notice->fact, lots->facts->names, text);
		text_add(text, ": ");
	}
	if (notice->lot != NOTICE_NOWHERE) {
		const struct lot *const lot = &lots->lot[notice->lot];

		text_addf(text, "lot %s%s", lot->label != 0 ? "" : "L",
			lot->label != 0 ? names_text(lots->facts->names, lot->label)
					: "");
		if (lot->label == 0)
			text_addf(text, "%u", lot->number);
		text_add(text, ": ");
	}
	notice_sentence(notice, text);
}
