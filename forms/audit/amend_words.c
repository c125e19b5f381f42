/* What is written beside the figures of Form 1040-X: why, with what, and what to know. */
#include <string.h>

#include "forms/audit/amending.h"
#include "forms/audit/detect.h"

/* ---- explanation of changes ----------------------------------------------------------- */

/* "f6251.2k" as a reader of forms knows it: "Form 6251, line 2k". */
static const struct {
	const char *form, *name;
} form_names[] = {
	{ "f6251.", "Form 6251, line " },
	{ "f8801.", "Form 8801, line " },
	{ "f8959.", "Form 8959, line " },
	{ "f8960.", "Form 8960, line " },
	{ "schedule_d.", "Schedule D, line " },
	{ "schedule_d@amt.",
		"Schedule D refigured for the alternative minimum tax, line " },
};

static const char *line_name(const struct amending *a, const char *id)
{
	for (size_t i = 0; i < COUNT(form_names); i++) {
		const size_t length = strlen(form_names[i].form);

		if (strncmp(id, form_names[i].form, length) == 0)
			return pool_printf(
				a->pool, "%s%s", form_names[i].name, id + length);
	}
	return id;
}

static void say_findings(const struct amending *a, struct text *text)
{
	for (size_t i = 0; i < a->audit->findings; i++) {
		const struct finding *const it = &a->audit->finding[i];

		if (it->year != a->year->year)
			continue;
		if (it->claim != NULL)
			text_addf(text, "%s\n\n", it->claim);
		else if (strcmp(it->code, "unexplained") == 0)
			text_addf(text,
				"%s was reported as %s. The correct amount is %s.\n\n",
				line_name(a, it->line), dollars(a->pool, it->filed),
				dollars(a->pool, it->computed));
	}
}

/* The lines whose change a reader of the explanation wants to see, in the order of the forms. */
static const struct {
	const char *id, *what;
} told[] = {
	{ "f1040.wages", "wages" },
	{ "f1040.capital", "the capital gain or loss on Form 1040" },
	{ "f6251.4", "alternative minimum taxable income (Form 6251, line 4)" },
	{ "f6251.9", "the tentative minimum tax (Form 6251, line 9)" },
	{ "f6251.11", "the alternative minimum tax (Form 6251, line 11)" },
	{ "f8801.25", "the credit for prior year minimum tax (Form 8801, line 25)" },
};

/* "With these changes A is 1, B is 2 instead of 3, and C is 4." */
static void say_effects(const struct amending *a, struct text *text)
{
	const char *said[COUNT(told)];
	size_t count = 0;

	for (size_t i = 0; i < COUNT(told); i++) {
		const struct money is = line_of(a->its, told[i].id);
		struct money was;

		if (!filed_amount(&a->year->filed, told[i].id, &was) || near(was, is))
			continue;
		said[count++] = pool_printf(a->pool, "%s is %s%s%s", told[i].what,
			dollars(a->pool, is),
			filed_without(&a->year->filed, told[i].id) ? "" : " instead of ",
			filed_without(&a->year->filed, told[i].id)
				? ""
				: dollars(a->pool, was));
	}
	for (size_t i = 0; i < count; i++)
		text_addf(text, "%s%s%s",
			i == 0              ? "With these changes "
				: count > 2 ? ", "
					    : " ",
			i > 0 && i + 1 == count ? "and " : "", said[i]);
	if (count > 0)
		text_add(text, ". ");
}

static void say_total(const struct amending *a, struct text *text)
{
	const struct audit_year *const year = a->year;
	const struct money change = a->amendment->tax_change;

	if (!year->tax_known)
		return;
	if (change.cents == 0) {
		text_add(text, "Total tax does not change. ");
		return;
	}
	text_addf(text, "Total tax %s from %s to %s, by %s. ",
		change.cents < 0 ? "decreases" : "increases",
		dollars(a->pool, year->tax_filed), dollars(a->pool, year->tax_computed),
		dollars(a->pool, change.cents < 0 ? money_negate(change) : change));
}

static void say_carries(const struct amending *a, struct text *text)
{
	const struct money out = line_of(a->its, "f8801.26");
	struct money was;

	if (filed_amount(&a->year->filed, "f8801.26", &was) && !near(was, out))
		text_addf(text, "The credit carried to %d (Form 8801, line 26) is %s. ",
			a->year->year + 1, dollars(a->pool, out));
}

/* Where the credit carried in comes from a year that is amended too. */
static void say_earlier(const struct amending *a, struct text *text)
{
	if (a->earlier_count == 0 || nothing(line_of(a->its, "f8801.21")))
		return;
	const struct amendment *const before = &a->earlier[a->earlier_count - 1];

	if (before->open)
		text_addf(text,
			"The credit carried in follows from the corrected return for %d, "
			"for which Form 1040-X is filed separately. ",
			before->year);
	else
		text_addf(text,
			"The credit carried in takes into account the credit allowable "
			"for %d, for which the time to claim a refund has passed (IRC "
			"53(b)(2)). ",
			before->year);
}

const char *amend_explanation(const struct amending *a)
{
	struct text text = TEXT_EMPTY;

	say_findings(a, &text);
	say_effects(a, &text);
	say_total(a, &text);
	say_carries(a, &text);
	say_earlier(a, &text);
	while (text.length > 0 &&
		(text.at[text.length - 1] == ' ' || text.at[text.length - 1] == '\n'))
		text.at[--text.length] = '\0';
	const char *const kept = pool_text(a->pool, text.at, text.length);

	text_release(&text);
	return kept;
}

/* ---- attachments ----------------------------------------------------------------------- */

/* A form is attached when one of these differs from what was filed. */
static const struct attachment {
	const char *form, *name;
	const char *differs[8];
	const char *wherever; /* or when this line is above zero, whatever was filed */
} attachable[] = {
	{ "f8949", "Form 8949",
		{ "f1040.capital", "schedule_d.7", "schedule_d.15", NULL }, NULL },
	{ "schedule_d", "Schedule D (Form 1040)",
		{ "f1040.capital", "schedule_d.7", "schedule_d.15", "schedule_d.16",
			NULL },
		NULL },
	/* A credit on Form 8801 needs Form 6251 beside it, whatever its lines. */
	{ "f6251", "Form 6251",
		{ "f6251.2a", "f6251.2i", "f6251.2k", "f6251.4", "f6251.9", "f6251.11",
			NULL },
		"f8801.21" },
	{ "f8801", "Form 8801", { "f8801.19", "f8801.25", "f8801.26", NULL },
		"f8801.21" },
	{ "f8959", "Form 8959", { "f1040.additional_medicare", NULL }, NULL },
	{ "f8960", "Form 8960", { "f1040.niit", NULL }, NULL },
};

static bool is_attached(const struct amending *a, const struct attachment *it)
{
	for (const char *const *id = it->differs; *id != NULL; id++) {
		struct money was;

		if (filed_amount(&a->year->filed, *id, &was) &&
			!near(was, line_of(a->its, *id)))
			return true;
	}
	return it->wherever != NULL && positive(line_of(a->its, it->wherever));
}

const char *const *amend_attachments(const struct amending *a)
{
	const char **const list =
		pool_alloc(a->pool, (COUNT(attachable) + 2) * sizeof *list);
	size_t count = 0;

	for (size_t i = 0; i < COUNT(attachable); i++) {
		const struct attachment *const it = &attachable[i];

		if (!is_attached(a, it))
			continue;
		list[count++] = pool_printf(a->pool, "%s%s", it->name,
			filed_without(
				&a->year->filed, pool_printf(a->pool, "%s.", it->form))
				? ", which was not filed with the original return"
				: ", corrected");
	}
	list[count++] = "Forms 3921 and brokers' statements behind the figures, to be "
			"kept at hand";
	return list;
}

/* ---- notes ------------------------------------------------------------------------------ */

#define NOTES_MOST 12
struct notes {
	const char *at[NOTES_MOST + 1];
	size_t count;
};

static void note(struct notes *notes, const char *words)
{
	if (words != NULL && notes->count < NOTES_MOST)
		notes->at[notes->count++] = words;
}

static bool found(const struct amending *a, const char *code)
{
	for (size_t i = 0; i < a->audit->findings; i++)
		if (a->audit->finding[i].year == a->year->year &&
			strcmp(a->audit->finding[i].code, code) == 0)
			return true;
	return false;
}

/* Nothing comes back of a barred year, neither as money nor as credit. */
static const char *not_recoverable(const struct amending *a)
{
	const struct amendment *const it = a->amendment;
	char by[DAY_TEXT];

	if (it->open || !it->tax_known || it->tax_change.cents >= 0)
		return NULL;
	return pool_printf(a->pool,
		"%s cannot be recovered: the time to claim it ended on %s (IRC 6511), "
		"and a credit that was allowable is used up whether or not it was "
		"claimed (IRC 53(b)(2))",
		amount_words(a->pool, money_negate(it->tax_change)),
		day_iso(it->window.claim_by, by));
}

static const char *capped(const struct amending *a)
{
	const struct amendment *const it = a->amendment;

	if (!it->worth_filing || !it->cap_known || it->cap.cents >= -it->tax_change.cents)
		return NULL;
	return pool_printf(a->pool,
		"of the %s at most %s comes back: no more was paid within the look-back "
		"of a claim made today (IRC 6511(b)(2))",
		amount_words(a->pool, money_negate(it->tax_change)),
		amount_words(a->pool, it->cap));
}

/* AMT paid by mistake in a year that is closed makes no credit; AMT never imposed may not either. */
static const char *imposed(const struct amending *a)
{
	const struct money right = line_of(a->its, "f6251.11");
	struct money filed;

	if (a->amendment->open || !filed_amount(&a->year->filed, "f6251.11", &filed) ||
		near(filed, right))
		return NULL;
	return filed.cents > right.cents
		? "the AMT paid in excess is not refundable, and the credit of later "
		  "years is figured here from the right, lower amount"
		: "the AMT that was not paid can as a rule not be assessed any more (IRC "
		  "6501); whether AMT that was never imposed makes a credit is doubtful, "
		  "though it is figured here as if it did: have that checked before a "
		  "later year relies on it";
}

/* The three years may be over while the seven are not. */
static const char *worthless(const struct amending *a)
{
	char by[DAY_TEXT];

	if (!day_known(a->year->worthless_by))
		return NULL;
	return pool_printf(a->pool,
		"what comes of the worthless shares can be claimed until %s (IRC "
		"6511(d)(1)), everything else no longer than the three years",
		day_iso(a->year->worthless_by, by));
}

const char *const *amend_notes(const struct amending *a)
{
	struct notes notes = { 0 };

	note(&notes, not_recoverable(a));
	note(&notes, capped(a));
	note(&notes, imposed(a));
	if (a->earlier_count > 0 && a->amendment->worth_filing)
		note(&notes,
			pool_printf(a->pool,
				"it carries in what the corrected return for %d carries "
				"out: file that one first, or both together",
				a->earlier[a->earlier_count - 1].year));
	if (a->amendment->tax_change.cents > 0 && a->amendment->open)
		note(&notes,
			"tax that is owed bears interest from the due date; what the "
			"filer knows to be wrong is for the filer to correct");
	if (found(a, "spread_not_by_form_3921"))
		note(&notes,
			"while a corrected Form 3921 or a dispute about the value is "
			"pending, a protective claim that names the year, the ground and "
			"the contingency, filed in time, keeps the year open");
	note(&notes, worthless(a));
	if (a->amendment->worth_filing && a->amendment->window.rests_on_moved_look_back)
		note(&notes,
			"after the safe day the refund of withholding rests on Rev. Rul. "
			"2003-41, which was not verified for this program");
	if (!a->amendment->tax_known)
		note(&notes,
			"the total tax as filed is not known, so that neither column A "
			"nor the refund can be told: enter f1040.total_tax");
	if (a->amendment->filing_assumed)
		note(&notes,
			"the day of filing is not known and was taken as the due date: "
			"enter filed_on=YYYY-MM-DD");
	note(&notes,
		"a state return built on the federal one is amended too, within the "
		"state's own time");
	note(&notes, "interest is not computed");
	return pool_copy(a->pool, notes.at, sizeof notes.at);
}
