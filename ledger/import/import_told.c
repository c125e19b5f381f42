/* What a file tells of securities and days, summed: a form's word stands before a statement's. */
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"

/* The digits at the end of a name. */
static const char *last_digits(const char *name)
{
	const char *at = name + strlen(name);

	while (at > name && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return at;
}

/* "XXXX-X482", "...482": masked in many ways, but the last digits are shown. */
static bool same_account(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return true;
	const char *const x = last_digits(a), *const y = last_digits(b);
	const size_t m = strlen(x), n = strlen(y);

	if (m < 3 || n < 3)
		return false;
	return m < n ? strcmp(x, y + n - m) == 0 : strcmp(y, x + m - n) == 0;
}

/* An account that is not named speaks against none. */
bool accounts_fit(const char *a, const char *b)
{
	return *a == '\0' || *b == '\0' || same_account(a, b);
}

void told_add(struct told *told, uint64_t event, const char *account,
	const struct telling *telling)
{
	if (event == 0)
		return;
	if (told->accounts == NULL)
		told->accounts = names_new();
	GROW(told->at, told->count, told->room);
	struct telling *const added = &told->at[told->count++];

	*added = *telling;
	added->key = event;
	added->account = names_add(told->accounts, account, strlen(account));
}

static int compare(const void *a, const void *b)
{
	const struct telling *const x = a, *const y = b;

	return x->key != y->key ? (x->key < y->key ? -1 : 1)
				: (x->account > y->account) - (x->account < y->account);
}

static int compare_sums(const void *a, const void *b)
{
	const struct telling *const x = a, *const y = b;

	if (x->day.number != y->day.number)
		return x->day.number < y->day.number ? -1 : 1;
	if (x->shares.e8 != y->shares.e8)
		return x->shares.e8 < y->shares.e8 ? -1 : 1;
	return (x->proceeds.cents > y->proceeds.cents) -
		(x->proceeds.cents < y->proceeds.cents);
}

static void add(struct telling *to, const struct telling *more)
{
	to->shares.e8 += more->shares.e8;
	to->proceeds = money_plus(to->proceeds, more->proceeds);
	to->basis = money_plus(to->basis, more->basis);
	to->wash = money_plus(to->wash, more->wash);
	to->income = money_plus(to->income, more->income);
	to->rows += more->rows;
	to->based += more->based;
	to->dated += more->dated;
	if (more->entry < to->entry)
		to->entry = more->entry;
}

void told_sort(struct told *told)
{
	size_t used = 0;

	if (told->count == 0)
		return;
	qsort(told->at, told->count, sizeof *told->at, compare);
	for (size_t i = 0; i < told->count; i++) {
		const struct telling next = told->at[i];

		if (used > 0 && compare(&told->at[used - 1], &next) == 0) {
			add(&told->at[used - 1], &next);
		} else {
			told->at[used++] = next;
		}
	}
	told->count = used;
	told->sum = must_alloc(used * sizeof *told->sum);
	memcpy(told->sum, told->at, used * sizeof *told->sum);
	qsort(told->sum, used, sizeof *told->sum, compare_sums);
}

const struct telling *told_find(
	const struct told *told, uint64_t event, const char *account)
{
	const struct telling wanted = {
		.key = event,
		.account = told->count == 0 ? 0 : names_find(told->accounts, account),
	};
	const size_t at =
		sort_first(told->at, told->count, sizeof *told->at, &wanted, compare);

	return at < told->count && compare(&told->at[at], &wanted) == 0 ? &told->at[at]
									: NULL;
}

const struct telling *told_equals(
	const struct told *told, const struct telling *wanted, const char *account)
{
	if (wanted == NULL || wanted->shares.e8 == 0 || wanted->proceeds.cents == 0)
		return NULL;
	for (size_t i = sort_first(
		     told->sum, told->count, sizeof *told->sum, wanted, compare_sums);
		i < told->count && compare_sums(&told->sum[i], wanted) == 0; i++)
		if (accounts_fit(
			    account, names_text(told->accounts, told->sum[i].account)))
			return &told->sum[i];
	return NULL;
}

bool told_covers(const struct told *told, uint64_t event, const char *account,
	struct money proceeds)
{
	const struct telling wanted = { .key = event };

	if (event == 0)
		return false;
	for (size_t i = sort_first(
		     told->at, told->count, sizeof *told->at, &wanted, compare);
		i < told->count && told->at[i].key == event; i++)
		if (accounts_fit(
			    account, names_text(told->accounts, told->at[i].account)) &&
			proceeds.cents <= told->at[i].proceeds.cents + 2)
			return true;
	return false;
}

bool told_sum(
	const struct told *told, uint64_t event, const char *account, struct telling *sum)
{
	const struct telling wanted = { .key = event };

	*sum = (struct telling){ .entry = SIZE_MAX };
	for (size_t i = sort_first(
		     told->at, told->count, sizeof *told->at, &wanted, compare);
		i < told->count && told->at[i].key == event; i++)
		if (accounts_fit(
			    account, names_text(told->accounts, told->at[i].account)))
			add(sum, &told->at[i]);
	return sum->rows > 0;
}

bool told_once(struct told *told, uint64_t event, const char *account)
{
	const struct telling *const found = told_find(told, event, account);

	if (found == NULL || found->said)
		return false;
	told->at[found - told->at].said = true;
	return true;
}

void told_release(struct told *told)
{
	names_free(told->accounts);
	free(told->at);
	free(told->sum);
}
