/* What rows that are no plain sales become in the ledger: boxes of digital assets, and nothing. */
#include <criterion/criterion.h>

#include "tests/import/home.h"

static void expect_boxes(struct home *home, const char *boxes)
{
	struct facts facts;

	cr_assert(store_facts(home->store, &facts, &home->why));
	cr_assert(facts.count == strlen(boxes), "%zu facts", facts.count);
	for (size_t i = 0; i < facts.count; i++)
		cr_expect(facts.at[i].box == boxes[i], "fact %zu: box %c, want %c", i,
			facts.at[i].box, boxes[i]);
	facts_release(&facts);
}

/* No tax form's box is made up; the box of no form is that of the short term, as it counts. */
Test(become, digital_assets_of_an_unknown_day_are_no_securities)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home,
		"Currency Name,Purchase Date,Cost Basis,Date Sold,Proceeds\n"
		"BTC,,,05/15/2025,431.77\n"
		"BTC,Various,1.00,05/15/2024,427.50\n",
		&report);
	expect_boxes(&home, "IC");
	home_end(&home);
}

Test(become, a_form_1099_da_chooses_among_its_own_boxes)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home,
		"{\"tax1099Da\":{\"taxYear\":2025,\"securityDetails\":["
		"{\"checkboxOnForm8949\":\"Y\",\"digitalAssetName\":\"ETH\","
		"\"dateAcquired\":"
		"\"2025-01-05\",\"dateOfSale\":\"2025-05-06\",\"proceeds\":12.5,"
		"\"costBasis\":1,"
		"\"basisReported\":true},"
		"{\"checkboxOnForm8949\":\"Y\",\"digitalAssetName\":\"ETH\","
		"\"dateAcquired\":"
		"\"2021-01-05\",\"dateOfSale\":\"2025-05-07\",\"proceeds\":12.5,"
		"\"basisReported\":false},"
		"{\"checkboxOnForm8949\":\"K\",\"digitalAssetName\":\"ETH\","
		"\"dateAcquired\":"
		"\"2021-01-05\",\"dateOfSale\":\"2025-05-08\",\"proceeds\":12.5}]}}",
		&report);
	expect_boxes(&home, "GKK");
	home_end(&home);
}

/* A transfer stands among the sales of a crypto file, without proceeds: no sale for nothing. */
Test(become, a_sale_without_proceeds_is_told_and_not_used)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home,
		"Transaction Type,Asset name,Amount,Date Acquired,Cost basis (USD),Date "
		"of "
		"Disposition,Proceeds (USD)\n"
		"Send,ETH,1.5,,,05/06/2025,\n"
		"Sell,ETH,1.5,01/05/2025,1.00,05/07/2025,0.00\n",
		&report);
	cr_expect(report.count[IMPORT_UNUSED] == 1 && report.count[IMPORT_NEW] == 1);
	cr_assert(report.notes[0] != NULL);
	cr_expect(strcmp(report.notes[0],
			  "line 2, sale of 1.5 ETH on 2025-05-06 is not used: the file "
			  "does "
			  "not say the proceeds") == 0,
		"%s", report.notes[0]);
	expect_boxes(&home, "I");
	home_end(&home);
}

Test(become, contracts_among_sales_are_told_and_not_used)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(import_one(&home, SAMPLES "gainskeeper/report_without_open_dates.xlsx",
		NULL, &report));
	cr_expect(report.count[IMPORT_UNUSED] == 1 && report.count[IMPORT_NEW] == 2);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_expect(facts.count == 2 && facts.at[0].box == 'A' && facts.at[1].box == 'D');
	facts_release(&facts);
	home_end(&home);
}

/* The symbol of a contract has that of the shares in it, and no question is asked of each. */
Test(become, option_contracts_are_not_the_shares_that_were_optioned)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	import_text(&home,
		"Symbol,Box 1,Box 2,Box 3,Box 4,Box 5\n"
		"ACME,2020-01-05,2023-03-01,1.00,12.00,100\n",
		&report);
	import_text(&home,
		"Symbol,Quantity,Date Acquired,Cost,Date Sold,Proceeds,Gain\n"
		"ACME  240517C00020000,1,02/01/2024,120.00,05/17/2024,0.00,-120.00\n",
		&report);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2);
	cr_expect(strcmp(names_text(facts.names, facts.at[1].symbol),
			  "ACME 240517C00020000") == 0);
	facts_release(&facts);
	home_end(&home);
}
