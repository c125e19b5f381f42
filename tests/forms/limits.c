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
