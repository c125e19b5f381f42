/*
 * store_columns.h: the columns of the tables `fact` and `detail`, made from a fact's fields.
 */
#ifndef DUALBASIS_LEDGER_STORE_COLUMNS_H
#define DUALBASIS_LEDGER_STORE_COLUMNS_H

#include "ledger/fact.h"

#define COLUMN_day(name)     #name
#define COLUMN_year(name)    #name
#define COLUMN_number(name)  #name
#define COLUMN_text(name)    #name
#define COLUMN_shares(name)  #name "_e8"
#define COLUMN_price(name)   #name "_e8"
#define COLUMN_money(name)   #name "_cents"
#define COLUMN_flag(name)    #name
#define COLUMN_option(name)  #name
#define COLUMN_term(name)    #name
#define COLUMN_covered(name) #name
#define COLUMN_letter(name)  #name

#define COMMA_COLUMN(type, name, what) ", " COLUMN_##type(name)
#define FACT_COLUMNS                   "id, batch, document, row, kind" FACT_OWN_FIELDS(COMMA_COLUMN)
#define DETAIL_COLUMNS                 "fact" FACT_DETAIL_FIELDS(COMMA_COLUMN)

#endif
