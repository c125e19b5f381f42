/*
 * day.h: calendar days, as days since 1970-01-01. There are no times and no zones here.
 */
#ifndef DUALBASIS_BASE_DAY_H
#define DUALBASIS_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/base/fail.h"

struct day {
	int32_t number;
};

#define DAY_NONE ((struct day){ INT32_MIN })
bool day_known(struct day);

/* False when there is no such day; years 1900 to 2199. month and mday from 1. */
bool day_from_civil(int year, int month, int mday, struct day *) MUST_USE;
void day_to_civil(struct day, int *year, int *month, int *mday);
int day_year(struct day);

/* "2024-02-29" and nothing else. */
bool day_parse_iso(const char *text, size_t length, struct day *, struct fail *) MUST_USE;
#define DAY_TEXT 16
char *day_iso(struct day, char *to);

struct day day_plus(struct day, int days);

/* The same date `years` later; 29 February in a common year becomes 1 March (Rev. Rul. 66-7). */
struct day day_plus_years(struct day, int years);

/*
 * The first day on which something held since the day after `from` has been held for
 * more than `years`: day_plus_years(from + 1, years).
 */
struct day day_held_longer_than(struct day from, int years);

/* 0 Sunday to 6 Saturday. */
int day_of_week(struct day);

#endif
