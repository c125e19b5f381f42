/*
 * formats.h: the formats, in the order in which they are tried. Adding a broker is one file in
 * formats/, one line here, and one sample in tests/import/samples/: formats/README.md has the steps.
 */
#ifndef DUALBASIS_IMPORT_FORMATS_H
#define DUALBASIS_IMPORT_FORMATS_H

#include "ledger/import/format.h"

/* clang-format off */
#define FORMATS(X)           \
	X(txf)                 \
	X(ofx)                 \
	X(fdx)                 \
	X(schwab_eac_json)     \
	X(schwab_eac_csv)      \
	X(ibkr_worksheet)      \
	X(ibkr_flex)           \
	X(carta)               \
	X(etrade_benefits)     \
	X(gainskeeper)         \
	X(olt)                 \
	X(schwab_1099)         \
	X(fidelity_1099)       \
	X(robinhood_1099)      \
	X(schwab_rgl)          \
	X(schwab_history)      \
	X(etrade_gl)           \
	X(apex_8949)           \
	X(tastytrade)          \
	X(fidelity_closed)     \
	X(robinhood_activity)  \
	X(robinhood_gains)     \
	X(robinhood_crypto)    \
	X(merrill)             \
	X(chase)               \
	X(netbenefits)         \
	X(betterment)          \
	X(wealthfront)         \
	X(washems)             \
	X(wash_sale_calculator) \
	X(morgan_stanley)      \
	X(td_ameritrade)       \
	X(coinbase)            \
	X(turbotax_crypto)     \
	X(bitcoin_tax)         \
	X(cashapp_taxes)       \
	X(etrade_community)    \
	X(taxact)              \
	X(txfexpress)          \
	X(vanguard)            \
	X(equateplus)          \
	X(generic_8949)        \
	X(records)             \
	X(form3922)           \
	X(form3921)
/* clang-format on */

#define X(name) extern const struct format format_##name;
FORMATS(X)
#undef X

/* All of them, in this order; NULL ends the list. */
extern const struct format *const formats[];

/* The texts of the empty Form 3921 and Form 3922 files. */
extern const char form3921_template[], form3922_template[];

/* Their boxes that must be filled in: a blank one is a form copied in part. */
struct form_box {
	const char *name;
	bool blank;
};
bool form_filled(const struct reading *, const struct form_box *, size_t count,
	const char *form, struct fail *) MUST_USE;

#endif
