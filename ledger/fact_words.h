/*
 * fact_words.h: a fact in a few words, for messages: "sale of 100 ACME on 2024-06-03".
 */
#ifndef DUALBASIS_LEDGER_FACT_WORDS_H
#define DUALBASIS_LEDGER_FACT_WORDS_H

#include "ledger/fact.h"

void fact_words(const struct fact *, const struct names *, struct text *);

/* Put the fact's words in front of a failure, and its document's row if it has one; false. */
bool fail_in_fact(struct fail *, const struct fact *, const struct names *);

/* The security in words: its symbol, else the broker's description. */
const char *fact_security_text(const struct fact *, const struct names *);

#endif
