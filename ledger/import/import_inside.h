/*
 * import_inside.h: what the files of import share; nobody else includes it.
 *
 * A row is resolved to a security (import_security.c), made into a fact (import_fact.c),
 * compared with the standing facts (import_match.c, by the keys of import_key.c; import_parts.c by
 * the day's totals), and settled beside them (import_settle.c, import_parted.c).
 */
#ifndef DUALBASIS_IMPORT_IMPORT_INSIDE_H
#define DUALBASIS_IMPORT_IMPORT_INSIDE_H

#include "ledger/import/format.h"
#include "ledger/import/import.h"
#include "ledger/import/profile.h"
#include "ledger/import/record.h"

/* ---- securities --------------------------------------------------------------------- */

struct securities;

/* What the ledger knows of names: aliases, and symbols of which there are options. */
bool securities_open(struct store *, struct securities **, struct fail *) MUST_USE;
void securities_free(struct securities *);

/*
 * The symbol that a row means, or NULL when only its description is known. Fails, with the
 * command that answers, when the row could mean a symbol of which there are options.
 */
bool securities_resolve(struct securities *, const struct row *, const char **symbol,
	struct fail *) MUST_USE;

/* The symbol that a text is recorded to mean, or NULL. */
const char *securities_symbol(const struct securities *, const char *text);
/* The symbol of a fact's security as far as it is known today, or "". */
const char *securities_told(
	const struct securities *, const struct fact *, const struct names *);

/* The value of a row's extra, or NULL. */
const char *row_extra(const struct row *, const char *name);

/* A description without the quantity that some brokers put in front ("40 sh. ACME INC"). */
const char *row_words(const struct row *);

/* ---- facts -------------------------------------------------------------------------- */

struct made {
	struct names *names; /* of the fact's texts */
	struct fact fact;    /* kind FACT_NONE: the row makes no fact */
	bool rounded;        /* its quantity had more than eight decimals */
	const char *
		lacks; /* why an exercise, a vest or a purchase is no fact yet, or NULL */
};

/* Set made->fact from a row; texts go into made->names. `digital`: see struct format. */
bool made_from_row(struct made *, const struct row *, const char *symbol,
	const char *account, bool digital, struct fail *) MUST_USE;

/* ---- profiles ----------------------------------------------------------------------- */

/* The word of a field in a profile, or NULL; all words, each after a blank. */
const char *profile_word(enum take);
void profile_words(struct text *);

/*
 * The profile by which files of this very header were read last, and its file's name;
 * *profile is NULL where there is none, or no store.
 */
bool profile_find(struct store *, const char *path, struct profile **profile,
	const char **name, struct pool *, struct fail *) MUST_USE;

/*
 * Keep the profile, whose bytes have this hash and are read as this format, for the header of
 * the file at `path`. *kept is false if the header does not stand in the file's beginning.
 */
bool profile_keep(struct store *, const char *profile, const char *hash,
	const struct format *, const char *path, bool *kept, struct pool *,
	struct fail *) MUST_USE;

/* ---- differences -------------------------------------------------------------------- */

/* In the order of the file; zeroed at first. */
struct differences {
	struct import_difference *at;
	size_t count, room, more;
};

/* Two reports of one event. */
struct two_facts {
	const struct fact *ours, *theirs;
	const struct names *our_names, *their_names;
	const struct document *document; /* that theirs comes from; NULL: by hand */
	bool ours_stands;
};
/* Add each field that differs; `only` this one (as struct fact calls it), or NULL. */
void differences_add(
	struct differences *, const struct two_facts *, const char *only, struct pool *);
/* "basis 175.00 here, 150.00 in first.csv:7; ..." of those from the number on. */
void differences_words(const struct differences *, size_t from, struct text *);
/* Into the report, whose texts live in the pool. */
void differences_report(struct differences *, struct import_report *, struct pool *);

/* ---- notes -------------------------------------------------------------------------- */

#define LACKS_MOST 8 /* rows that are told one by one */

/* Rows of a file that deserve a word. */
struct tally {
	size_t rounded, differing, superseded, given_way, renamed, supported, nameless,
		fuller;
	size_t netted;     /* sales whose proceeds are less fees */
	struct money fees; /* those fees, and those beside what is no sale */
	struct money other_fees;
	int128 unused[ROW_KINDS]; /* amounts of rows that make no fact, 1e-8 */
	const char *lack[LACKS_MOST];
	size_t lacks;
	const char *profile;            /* what there is to say of the profile, or NULL */
	const char *parted[LACKS_MOST]; /* days that statements tell in other parts */
	size_t parteds;
};

/* Tell a row that makes no fact, for what it lacks. */
void notes_lack(struct tally *, const struct row *, const char *lacks, struct pool *);
/* Add up the fees of a row; `taken` off its proceeds. */
bool notes_fees(
	struct tally *, const struct row *, struct money taken, struct fail *) MUST_USE;
/* Tell of a day, security and account that statements tell in other ways. */
void notes_parted(struct tally *, const char *note);
/* Add up a row that makes no fact. */
void notes_unused(struct tally *, const struct row *);
/* Set report->notes. */
void notes_write(const struct tally *, struct import_report *, struct pool *);

/* ---- keys --------------------------------------------------------------------------- */

/*
 * All keys of a fact. Those of a name are two: by the symbol, or the words where there is none,
 * and by the words beside a symbol, since another file may have the words alone.
 */
enum { BY_NAME, BY_WORDS, NAMES };
struct keys {
	uint64_t exact[NAMES], near[NAMES], alike[NAMES];
	uint64_t event[NAMES]; /* security and day; 0: none, or the words' is the same */
	uint64_t money[2];     /* of its day, and of the other one */
};

struct keys keys_of(const struct securities *, const struct fact *, const struct names *);
/*
 * One document's word of an event, by the symbol or else the words; the file's own is document 0.
 * 0: there is no event.
 */
uint64_t keys_event(const uint64_t event[NAMES], int64_t document);

/* ---- standing facts ----------------------------------------------------------------- */

struct standing;

/* One standing fact that a row may be. */
struct entry {
	int64_t fact;
	int64_t document;
	struct day day, other_day;
	uint32_t symbol;       /* 0: not known yet */
	uint32_t account;      /* 0: none */
	uint64_t event[NAMES]; /* as of its keys */
	uint64_t alike[NAMES];
	bool supplement;   /* from a plan's statement or the like, not a tax form */
	bool other_format; /* than the file's */
	bool taken;        /* a row of this file is this fact */
	bool gone;         /* this file has voided it */
	struct shares shares;
	struct money proceeds, basis, wash, income;
	bool basis_known;
	enum term term;
	enum covered covered;
	enum option_kind option;
	uint32_t plan;
	int32_t year;
};

/* The file that comes in: its format, and whether it is no tax form. */
struct incoming {
	const char *format;
	bool supplement;
};

bool standing_open(struct store *, const struct securities *, const struct incoming *,
	struct standing **, struct fail *) MUST_USE;
void standing_free(struct standing *);
bool standing_empty(const struct standing *);
const char *standing_text(const struct standing *, uint32_t name);
/* A standing document, or NULL: entered by hand. */
const struct document *standing_document(const struct standing *, int64_t document);
/* Does it leave open, or say too, what the fact says of days, basis and wash sales? */
bool entry_agrees(const struct entry *, const struct fact *);

/* Each finds an untaken fact and takes it, or gives NULL. */

/* That says the same in all that counts; a plan's statement is never the same as a tax form. */
struct entry *standing_same(struct standing *, const struct made *);
/* Of the same security, day and shares, with other amounts. */
struct entry *standing_near(struct standing *, const struct made *);
/*
 * Of two statements that tell one sale of one lot, which agree as far as each goes: one may not
 * know of a wash sale, print a basis of 0.00 where the other leaves it blank, or know no lot at all.
 */
struct entry *standing_alike(struct standing *, const struct made *);
/* Give the fact what only the entry says; whether it then says more than the entry. */
bool made_fill(struct made *, const struct entry *, const struct standing *);
/* Of the same security and day, where one is a tax form and the other is not. */
struct entry *standing_event(struct standing *, const struct made *);
/*
 * Of the same day, shares and proceeds (or cost, where it was sold for nothing) under another name,
 * in another format.
 */
struct entry *standing_renamed(struct standing *, const struct made *);

/* A tax form's sales stand for whatever else is told of that security and day: the first. */
const struct entry *standing_has_event(const struct standing *, const struct made *);

/*
 * Statements may part a day's sales in other ways than the tax form, and name them otherwise: the
 * form's word stands. Tell each row of the file, then: a form's file that all is told, and take
 * the statements' sales that give way, one after the other; a statement's, whether its row is
 * told by a form.
 */
void standing_tell(struct standing *, const struct made *);
void standing_told_all(struct standing *);
struct entry *standing_told(struct standing *, size_t *from);
const struct entry *standing_has_sums(const struct standing *, const struct made *);

/*
 * Untaken sales of a year that came in the file's format and whose account is one of the names
 * (or is not named, when there are none), one after the other.
 */
struct entry *standing_left(
	struct standing *, const struct names *accounts, int year, size_t *from);

/* ---- what is told of a day ---------------------------------------------------------- */

/* Shares and proceeds of one event: a security and a day, in one account. */
struct telling {
	uint64_t key;
	uint32_t account;
	struct day day;
	struct shares shares;
	struct money proceeds, basis, wash, income;
	size_t rows, based, dated; /* how many; with a basis; with a day acquired */
	size_t entry;              /* the first of them, among standing facts */
	bool said;                 /* a word of it was said */
};
/* Zeroed at first, and sorted once when all are added. */
struct told {
	struct telling *at,
		*sum; /* summed by event and account; the same by day and sums */
	size_t count, room;
	struct names *accounts;
};
void told_add(struct told *, uint64_t event, const char *account, const struct telling *);
void told_sort(struct told *);
/* Are at least these proceeds (to 2 cents) told of the event, in an account that fits? */
bool told_covers(
	const struct told *, uint64_t event, const char *account, struct money proceeds);
/* What is told of the event in the account of this name, or NULL. */
const struct telling *told_find(const struct told *, uint64_t event, const char *account);
/* An event of any name on that day with those shares and proceeds in all, or NULL. */
const struct telling *told_equals(
	const struct told *, const struct telling *, const char *account);
/* Add up what is told of the event in the accounts that fit; false if nothing is. */
bool told_sum(
	const struct told *, uint64_t event, const char *account, struct telling *sum);
/* True the first time that it is asked of an event in an account. */
bool told_once(struct told *, uint64_t event, const char *account);
void told_release(struct told *);

/* "XXXX-X482" and "...482" may be one account, and so may one that is not named. */
bool accounts_fit(const char *, const char *);

/* ---- statements that part a day's sales in other ways ------------------------------- */

/* What statements tell of one security, day and account, and what the one that is read tells. */
struct parting {
	uint64_t event;
	int64_t document; /* whose facts; 0: of all statements */
	const char *account;
	struct telling ours, theirs;
	bool ours_stand; /* the file knows more of the lots, or tells finer parts */
	const struct entry *first; /* of theirs */
};

enum parted {
	PARTED_NOT, /* no other statement tells of it, or nothing of theirs is left over */
	PARTED_SAME,  /* the totals agree: one disposition told in two ways */
	PARTED_BASIS, /* they agree but for the basis */
	PARTED_OTHER  /* they do not */
};

/* Of a row of a statement that no fact is like. */
enum parted standing_parted(struct standing *, const struct made *, struct parting *);
/* A fact of theirs, if it can be one that no row has taken; or only such a one. NULL: none. */
struct entry *standing_peer(
	struct standing *, const struct made *, const struct parting *);
struct entry *standing_peer_open(
	struct standing *, const struct made *, const struct parting *);
/* True for the first row of its day, security and account that asks. */
bool standing_say_once(struct standing *, const struct made *);

bool tellings_same_shares(const struct telling *, const struct telling *);
bool tellings_same_proceeds(const struct telling *, const struct telling *);

/* ---- one file ----------------------------------------------------------------------- */

/* One file on its way into the ledger. */
struct import {
	struct store *store;
	const char *path;
	const struct import_options *options;
	struct import_report *report;
	struct pool *pool;
	struct incoming incoming;
	const struct format *profile; /* or NULL */
	char profile_hash[65]; /* of the file of a profile that is named now, or "" */
	bool digital;
	struct securities *securities;
	struct standing *standing;
	struct made made;
	/* Of each row, the fact that says the same, or 0: the first pass finds it. */
	int64_t *same;
	size_t sames, same_room, at;
	struct tally tally;
	struct differences differences;
	struct names *accounts; /* of the file's sales, for a corrected form */
};

/* Append the fact that is made now, of this document; a dry run does not. */
bool import_append(struct import *, struct fail *) MUST_USE;
/* Void a standing fact. */
bool import_supersede(
	struct import *, struct entry *, const char *reason, struct fail *) MUST_USE;
/* What stands already is kept beside it, for the day when the other file is undone. */
bool import_echo(struct import *, int64_t known, struct fail *) MUST_USE;
/*
 * What becomes of a row that no standing fact says; *fate stays where it is new. Fails when it has
 * other amounts than a standing fact and nothing says which of the two stands.
 */
bool import_settle(struct import *, const struct row *, enum import_fate *fate,
	struct fail *) MUST_USE;
/* The same of a statement's row whose day another statement tells in other parts, if one does. */
bool import_settle_parted(struct import *, const struct row *, enum import_fate *fate,
	bool *settled, struct fail *) MUST_USE;
/* Void sales of the earlier form that the corrected one no longer has. */
bool import_void_left(struct import *, struct fail *) MUST_USE;
/* Void what statements tell of the form's sales, and no row of the form has taken. */
bool import_void_told(struct import *, struct fail *) MUST_USE;

/* ---- faults ------------------------------------------------------------------------- */

/* Count a row that cannot be taken, and keep why. */
void import_fault(struct import_report *, const struct fail *, struct pool *);
/* Fails with the first fault, if there is one. */
bool import_faultless(
	const struct import_report *, const char *path, struct fail *) MUST_USE;

/* ---- records ------------------------------------------------------------------------ */

#define RECORDS_FORMAT "records"

/* "Grant date" and "grant_date" are grant-date. */
const char *records_column_name(const char *cell, char to[NAME_LIMIT]);
/* The option's own name, or NULL when no kind of record has it. */
const char *records_known_column(const char *name);
bool records_is_header(const struct record *);
/* Is the first record that is not blank the header of a file of records? */
bool records_header(const struct record *, size_t count);
/* Would it be, if what parts its columns were a comma, a semicolon or a tab in each line? */
bool records_almost(const struct record *, size_t count);

struct record_file;

/*
 * Read a file of records whole and hold it against the standing facts (none without a store).
 * Rows that cannot be taken are told in the report. Fails, with file, row and the column of the
 * cell, on what `record` would refuse, and when a record stands with other amounts and nothing
 * says to replace it. To be freed in any case.
 */
bool import_records_read(struct store *, const char *path, const struct import_options *,
	struct import_report *, struct pool *, struct record_file **,
	struct fail *) MUST_USE;
/* Append what is new, void what is replaced, and count; a dry run only counts. */
bool import_records_write(struct record_file *, struct store *, struct import_report *,
	struct pool *, struct fail *) MUST_USE;
void import_records_free(struct record_file *);

#endif
