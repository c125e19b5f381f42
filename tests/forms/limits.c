/* What the definitions refuse, and what lifts a refusal. */
#include "tests/forms/case.h"

static void expect_refusal(
	struct tax_case *tax, const struct tax_return *prior, const char *situation)
{
	struct fail why = { .kind = FAIL_NONE };

	cr_expect(case_try(tax, prior, &why) == false, "%s is not refused", situation);
	cr_expect(why.kind == FAIL_NOT_MODELLED, "%s: %s", situation, why.message);
	cr_expect(
		strstr(why.message, situation) != NULL, "%s: %s", situation, why.message);
	cr_expect(why.hint[0] != '\0', "%s: no hint", situation);
}

static const struct {
	const char *input, *situation;
} refused[] = {
	{ "form_2555", "Form 2555" },
	{ "schedule_j", "Schedule J" },
	{ "form_8615", "Form 8615" },
	{ "form_8814", "Form 8814" },
	{ "form_4972", "Form 4972" },
	{ "form_8978", "Form 8978" },
	{ "nonresident", "Form 1040-NR" },
	{ "dependent", "dependent" },
	{ "remic_residual", "REMIC" },
	{ "disaster_loss", "disaster" },
};

Test(limits, refuse_by_name)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(refused); i++)
		for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
			struct tax_case *const tax = case_begin(law, year, "single");

			case_give(tax, "wages", "100000");
			case_give(tax, refused[i].input, "no");
			case_evaluate(tax, NULL);
			case_give(tax, refused[i].input, "yes");
			expect_refusal(tax, NULL, refused[i].situation);
			case_end(tax);
		}
	law_free(law);
}

/* Every yes or no that the definitions only ask to refuse is in the table above. */
Test(limits, are_all_in_the_table)
{
	static const char *const others[] = { "spouse_itemizes", "joint_split_settled" };
	struct law *const law = case_law();
	size_t questions = 0;

	for (size_t i = 0; i < law_inputs(law); i++)
		questions += law_input(law, i)->kind == INPUT_YES_NO;
	cr_expect(eq(sz, questions, COUNT(refused) + COUNT(others)));
	for (size_t i = 0; i < law_limits(law); i++) {
		const struct limit limit = law_limit(law, i);

		cr_expect(limit.what[0] != '\0');
		for (size_t j = 0; j < i; j++)
			cr_expect(strcmp(limit.id, law_limit(law, j).id) != 0, "%s twice",
				limit.id);
	}
	law_free(law);
}

Test(limits, a_dependent_may_itemize)
{
	struct law *const law = case_law();
	struct tax_case *const tax = case_begin(law, 2025, "single");

	case_give(tax, "wages", "20000");
	case_give(tax, "itemized_other", "16000");
	case_give(tax, "dependent", "yes");
	case_evaluate(tax, NULL);
	cr_expect(eq(i64, case_cents(tax, "f1040.taxable_income"), 400000));
	case_end(tax);
	law_free(law);
}

Test(limits, an_opening_balance_belongs_to_the_first_year)
{
	static const char *const openings[] = { "short_term_carryover",
		"long_term_carryover", "amt_short_term_carryover",
		"amt_long_term_carryover", "credit_carryforward", "prior_f6251_1",
		"prior_f6251_10", "prior_f6251_11" };
	struct law *const law = case_law();
	struct tax_case *const first = case_begin(law, 2024, "single");

	case_evaluate(first, NULL);
	for (size_t i = 0; i < COUNT(openings); i++) {
		struct tax_case *const tax = case_begin(law, 2025, "single");

		case_give(tax, openings[i], "1000");
		case_evaluate(tax, NULL);
		expect_refusal(tax, first->result, "opening balance");
		case_end(tax);
	}
	case_end(first);
	law_free(law);
}

Test(limits, the_end_of_a_joint_return_needs_a_word_about_what_is_carried)
{
	static const struct {
		const char *figure, *status;
		bool refused;
	} cases[] = {
		{ "iso_spread", "single", true },
		{ "iso_spread", "mfs", true },
		{ "iso_spread", "mfj", false },
		{ "amt_short_term_carryover", "single", true },
		{ "wages", "single", false },
	};
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tax_case *const joint = case_begin(law, 2023, "mfj");
		struct tax_case *const tax = case_begin(law, 2024, cases[i].status);

		case_give(joint, cases[i].figure, "900000");
		case_evaluate(joint, NULL);
		if (cases[i].refused) {
			expect_refusal(tax, joint->result, "joint return");
			case_give(tax, "joint_split_settled", "yes");
		}
		case_evaluate(tax, joint->result);
		case_end(joint);
		case_end(tax);
	}
	law_free(law);
}

/* Words of a hint that are written like inputs are inputs: "amt_foreign_tax_credit". */
static void inputs_exist(const struct law *law, const struct limit *limit)
{
	const char *at = limit->hint;

	while (*at != '\0') {
		const size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789_");
		char word[64];
		size_t index;
		struct fail why;

		if (length == 0) {
			at++;
			continue;
		}
		snprintf(word, sizeof word, "%.*s", (int)length, at);
		if (strchr(word, '_') != NULL && word[length - 1] != '_' &&
			at[length] != '.' && at[length] != '@' &&
			(at == limit->hint || at[-1] != '.'))
			cr_expect(law_input_find(law, word, &index, &why), "%s: %s",
				limit->id, word);
		at += length;
	}
}

/*
 * Each situation says what it does to the tax: refused, entered, only higher, either way, or not
 * of this program. What is refused or entered says what to do.
 */
Test(limits, say_what_they_do_to_the_tax)
{
	struct law *const law = case_law();
	size_t of[LIMIT_EFFECTS] = { 0 };

	for (size_t i = 0; i < law_limits(law); i++) {
		const struct limit limit = law_limit(law, i);

		of[limit.effect]++;
		cr_expect(limit.hint != NULL || limit.effect == LIMIT_OUTSIDE, "%s",
			limit.id);
		if (limit.hint != NULL)
			inputs_exist(law, &limit);
	}
	for (int effect = 0; effect < LIMIT_EFFECTS; effect++)
		cr_expect(of[effect] > 1, "%s", limit_effect_name(effect));
	law_free(law);
}

/* Situations that holders of ISOs are in, each of which has an answer. */
Test(limits, name_what_holders_of_isos_meet)
{
	static const struct {
		const char *word;
		enum limit_effect effect;
	} met[] = {
		{ "1116", LIMIT_ENTER },
		{ "1202", LIMIT_ENTER },
		{ "K-1", LIMIT_ENTER },
		{ "Child tax credit", LIMIT_ENTER },
		{ "HSA", LIMIT_ENTER },
		{ "6252", LIMIT_ENTER },
		{ "net operating loss", LIMIT_ENTER },
		{ "4952", LIMIT_ENTER },
		{ "8615", LIMIT_REFUSED },
		{ "Form 2555", LIMIT_REFUSED },
		{ "line 8, stays blank", LIMIT_OVERSTATES },
		{ "not in the ledger", LIMIT_EITHER },
		{ "another spouse", LIMIT_EITHER },
		{ "section 16", LIMIT_EITHER },
		{ "State", LIMIT_OUTSIDE },
		{ "withholding", LIMIT_OUTSIDE },
	};
	struct law *const law = case_law();

	for (size_t m = 0; m < COUNT(met); m++) {
		size_t found = 0;

		for (size_t i = 0; i < law_limits(law); i++) {
			const struct limit limit = law_limit(law, i);

			found += limit.effect == met[m].effect &&
				strstr(limit.what, met[m].word) != NULL;
		}
		cr_expect(found > 0, "%s", met[m].word);
	}
	law_free(law);
}
