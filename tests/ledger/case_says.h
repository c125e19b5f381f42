/*
 * case_says.h: what a lot, a sale, a row, a year or a line says, by the key that a case uses.
 *
 * Each function leaves the value in `got` as a case writes it; false: there is no such key.
 */
#ifndef DUALBASIS_TESTS_CASE_SAYS_H
#define DUALBASIS_TESTS_CASE_SAYS_H

#include <stdio.h>

#include "ledger/f8949.h"
#include "tests/ledger/case_forms.h"

struct stating {
	struct household *home;
	const struct lots *lots;
	const struct line *line;
	enum book book;
	char got[512];
};

static inline void say_money(struct stating *s, struct money money)
{
	money_plain(money, s->got);
	const size_t length = strlen(s->got);

	/* Whole dollars are written without cents. */
	if (strcmp(s->got + length - 3, ".00") == 0)
		s->got[length - 3] = '\0';
}

static inline void say_day(struct stating *s, struct day day)
{
	if (day_known(day))
		day_iso(day, s->got);
	else
		strcpy(s->got, "-");
}

static inline void say_name(struct stating *s, uint32_t name)
{
	snprintf(s->got, sizeof s->got, "%s",
		name == 0 ? "-" : names_text(s->home->facts.names, name));
}

static inline void say_text(struct stating *s, const char *text)
{
	snprintf(s->got, sizeof s->got, "%s", text == NULL || *text == '\0' ? "-" : text);
}

static inline void say_lot(struct stating *s, uint32_t index)
{
	snprintf(s->got, sizeof s->got, "L%u", s->lots->lot[index].number);
}

static inline bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static inline bool say_of_lot(struct stating *s, const struct lot *lot, const char *key)
{
	const int b = s->book;

	if (is(key, "kind"))
		say_text(s, lot_kind_name(lot->kind));
	else if (is(key, "symbol"))
		say_name(s, lot->symbol);
	else if (is(key, "account"))
		say_name(s, lot->account);
	else if (is(key, "owner"))
		say_name(s, lot->owner);
	else if (is(key, "shares"))
		shares_plain(lot->shares, s->got);
	else if (is(key, "open"))
		shares_plain(lot->open, s->got);
	else if (is(key, "acquired"))
		say_day(s, lot->acquired);
	else if (is(key, "qualifies"))
		say_day(s, lot->qualifies_on);
	else if (is(key, "vested"))
		say_day(s, lot->vested);
	else if (is(key, "regular") || is(key, "basis"))
		say_money(s, lot->open_basis[b]);
	else if (is(key, "amt"))
		say_money(s, lot->open_basis[BOOK_AMT]);
	else if (is(key, "held"))
		say_day(s, lot->held_since[b]);
	else if (is(key, "adjusted"))
		say_money(s, lot->adjusted[b]);
	else if (is(key, "inclusion"))
		say_money(s, lot->inclusion);
	else if (is(key, "year"))
		snprintf(s->got, sizeof s->got, "%d", lot->inclusion_year);
	else if (is(key, "compensation"))
		say_money(s, lot->compensation);
	else if (is(key, "cost"))
		say_money(s, lot->cost);
	else if (is(key, "parent"))
		snprintf(s->got, sizeof s->got, "L%u", lot->parent);
	else
		return false;
	return true;
}

static inline bool say_of_sold(
	struct stating *s, const struct disposition *sold, const char *key)
{
	const int b = s->book;

	if (is(key, "lot"))
		say_lot(s, sold->lot);
	else if (is(key, "date"))
		say_day(s, sold->sold);
	else if (is(key, "shares"))
		shares_plain(sold->shares, s->got);
	else if (is(key, "manner"))
		say_text(s, manner_name(sold->manner));
	else if (is(key, "kind"))
		say_text(s, disposition_kind_name(sold->kind));
	else if (is(key, "proceeds"))
		say_money(s, sold->proceeds);
	else if (is(key, "basis"))
		say_money(s, sold->basis[b]);
	else if (is(key, "gain"))
		say_money(s, disposition_gain(sold, (enum book)b));
	else if (is(key, "costs"))
		say_money(s, disposition_besides(sold)->costs);
	else if (is(key, "disallowed"))
		say_money(s, sold->disallowed[b]);
	else if (is(key, "washed"))
		shares_plain(sold->washed[b], s->got);
	else if (is(key, "term"))
		say_text(s, term_name(sold->term[b]));
	else if (is(key, "compensation"))
		say_money(s, sold->compensation);
	else if (is(key, "why"))
		say_text(s, sold->why_this_lot);
	else if (is(key, "choices"))
		snprintf(s->got, sizeof s->got, "%u", sold->choices);
	else if (is(key, "replacement"))
		say_lot(s, sold->replacement);
	else
		return false;
	return true;
}

static inline bool say_of_row(
	struct stating *s, const struct f8949_row *row, const char *key)
{
	if (is(key, "box"))
		snprintf(s->got, sizeof s->got, "%c", row->box);
	else if (is(key, "description"))
		say_text(s, row->description);
	else if (is(key, "acquired") && row->inherited)
		say_text(s, "INHERITED");
	else if (is(key, "acquired"))
		say_day(s, row->acquired);
	else if (is(key, "codes"))
		say_text(s, row->codes);
	else if (is(key, "proceeds"))
		say_money(s, row->proceeds);
	else if (is(key, "basis"))
		say_money(s, row->basis);
	else if (is(key, "adjustment"))
		say_money(s, row->adjustment);
	else if (is(key, "gain"))
		say_money(s, row->gain);
	else if (is(key, "term"))
		say_text(s, term_name(row->term));
	else
		return false;
	return true;
}

static inline bool say_of_year(
	struct stating *s, const struct year_figures *figures, const char *key)
{
	for (int i = 0; i < LEDGER_FIGURE_COUNT; i++)
		if (is(key, ledger_figure_name((enum ledger_figure)i))) {
			say_money(s, figures->value[s->book][i]);
			return true;
		}
	return false;
}

/* A line that is not filled in is "-". */
static inline bool say_of_form(
	struct stating *s, const struct tax_return *its, const char *id)
{
	struct value value;
	struct fail why = { 0 };

	if (!return_find(its, id, &value, &why))
		return false;
	if (value.filled)
		say_money(s, value.amount);
	else
		strcpy(s->got, "-");
	return true;
}

static inline bool say_of_credit(
	struct stating *s, const struct credit_year *year, const char *key)
{
	if (is(key, "generated"))
		say_money(s, year->generated);
	else if (is(key, "line18"))
		say_money(s, year->line18_adjustment);
	else if (is(key, "used"))
		say_money(s, year->used);
	else if (is(key, "balance"))
		say_money(s, year->balance);
	else if (is(key, "amt-basis"))
		say_money(s, year->amt_basis_outstanding);
	else
		return false;
	return true;
}

#endif
