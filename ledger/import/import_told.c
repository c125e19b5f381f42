/* What a tax form tells of securities and days, summed, so that statements of them give way. */
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"

/* What is told of one security and day in one account. */
struct telling {
	uint64_t key;
	uint32_t account;
	struct money proceeds;
};

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

void told_add(struct told *told, uint64_t key, const char *account, struct money proceeds)
{
	if (key == 0)
		return;
	if (told->accounts == NULL)
		told->accounts = names_new();
	GROW(told->at, told->count, told->room);
	told->at[told->count++] = (struct telling){ key,
		names_add(told->accounts, account, strlen(account)), proceeds };
}

static int compare(const void *a, const void *b)
{
	const struct telling *const x = a, *const y = b;

	return x->key != y->key ? (x->key < y->key ? -1 : 1)
				: (x->account > y->account) - (x->account < y->account);
}

void told_sort(struct told *told)
{
	size_t used = 0;

	if (told->count > 0)
		qsort(told->at, told->count, sizeof *told->at, compare);
	for (size_t i = 0; i < told->count; i++) {
		const struct telling next = told->at[i];

		if (used > 0 && compare(&told->at[used - 1], &next) == 0)
			told->at[used - 1].proceeds =
				money_plus(told->at[used - 1].proceeds, next.proceeds);
		else
			told->at[used++] = next;
	}
	told->count = used;
}

bool told_covers(
	const struct told *told, uint64_t key, const char *account, struct money proceeds)
{
	size_t low = 0, high = key == 0 ? 0 : told->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (told->at[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	for (; key != 0 && low < told->count && told->at[low].key == key; low++)
		if (accounts_fit(
			    account, names_text(told->accounts, told->at[low].account)) &&
			proceeds.cents <= told->at[low].proceeds.cents + 2)
			return true;
	return false;
}

void told_release(struct told *told)
{
	names_free(told->accounts);
	free(told->at);
}
