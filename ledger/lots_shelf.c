/* Shelves of open lots: a hash of places, each with one lazy heap an order. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/replay.h"

void shelves_release(struct shelves *shelves)
{
	for (size_t i = 0; i < shelves->count; i++)
		for (int k = 0; k < ORDERS; k++)
			free(shelves->at[i].heap[k].at);
	free(shelves->at);
	free(shelves->slot);
	*shelves = (struct shelves){ 0 };
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ (hash >> 29);
}

static uint64_t hash_of(struct shelf_key key)
{
	uint64_t hash = mix((uint64_t)key.kind + 1, key.security);

	hash = mix(hash, key.account);
	hash = mix(hash, key.owner);
	hash = mix(hash, (uint32_t)key.extra);
	return mix(hash, key.plan);
}

static bool same_key(struct shelf_key a, struct shelf_key b)
{
	return a.kind == b.kind && a.security == b.security && a.account == b.account &&
		a.owner == b.owner && a.extra == b.extra && a.plan == b.plan;
}

static void rehash(struct shelves *shelves)
{
	const size_t slots = shelves->slots ? shelves->slots * 2 : 64;

	free(shelves->slot);
	shelves->slot = must_alloc(slots * sizeof *shelves->slot);
	shelves->slots = slots;
	for (size_t i = 0; i < shelves->count; i++) {
		size_t at = hash_of(shelves->at[i].key) & (slots - 1);

		while (shelves->slot[at] != 0)
			at = (at + 1) & (slots - 1);
		shelves->slot[at] = (uint32_t)i + 1;
	}
}

/* Where a key is, or would be. */
static size_t slot_of(const struct shelves *shelves, struct shelf_key key)
{
	size_t at = hash_of(key) & (shelves->slots - 1);

	while (shelves->slot[at] != 0 &&
		!same_key(shelves->at[shelves->slot[at] - 1].key, key))
		at = (at + 1) & (shelves->slots - 1);
	return at;
}

struct shelf *shelf_find(const struct replay *replay, struct shelf_key key)
{
	const struct shelves *const shelves = &replay->shelves;

	if (shelves->slots == 0)
		return NULL;
	const uint32_t number = shelves->slot[slot_of(shelves, key)];

	return number == 0 ? NULL : &shelves->at[number - 1];
}

struct shelf *shelf_make(struct replay *replay, struct shelf_key key)
{
	struct shelves *const shelves = &replay->shelves;

	if (shelves->count * 2 >= shelves->slots)
		rehash(shelves);
	const size_t at = slot_of(shelves, key);

	if (shelves->slot[at] == 0) {
		GROW(shelves->at, shelves->count, shelves->room);
		shelves->at[shelves->count++] = (struct shelf){ .key = key };
		shelves->slot[at] = (uint32_t)shelves->count;
	}
	return &shelves->at[shelves->slot[at] - 1];
}

/* Smaller comes first; lots acquired on one day in the order in which they were made. */
static bool comes_before(struct shelf_entry a, struct shelf_entry b)
{
	return a.key != b.key ? a.key < b.key : a.lot < b.lot;
}

static void heap_push(struct heap *heap, struct shelf_entry entry)
{
	GROW(heap->at, heap->count, heap->room);
	size_t at = heap->count++;

	for (; at > 0 && comes_before(entry, heap->at[(at - 1) / 2]); at = (at - 1) / 2)
		heap->at[at] = heap->at[(at - 1) / 2];
	heap->at[at] = entry;
}

static void heap_pop(struct heap *heap)
{
	assert(heap->count > 0);
	const struct shelf_entry last = heap->at[--heap->count];
	size_t at = 0;

	for (;;) {
		size_t child = at * 2 + 1;

		if (child >= heap->count)
			break;
		if (child + 1 < heap->count &&
			comes_before(heap->at[child + 1], heap->at[child]))
			child++;
		if (!comes_before(heap->at[child], last))
			break;
		heap->at[at] = heap->at[child];
		at = child;
	}
	if (heap->count > 0)
		heap->at[at] = last;
}

/* Cents a share, fine enough to tell lots apart; in 1e-6 cents. */
static int64_t a_share(int64_t cents, int64_t shares)
{
	const int128 fine = (int128)cents * 100000000000000 / shares;
	const int128 most = INT64_MAX;

	return (int64_t)(fine > most ? most : fine < -most ? -most : fine);
}

/* What comes first has the smallest key. */
static int64_t key_in(const struct replay *replay, uint32_t at, enum order order)
{
	const struct lot *const lot = &replay->lot[at];
	const int64_t regular = lot->open_basis[BOOK_REGULAR].cents;
	const int64_t gap = lot->open_basis[BOOK_AMT].cents - regular;

	switch (order) {
	case ORDER_FIFO:
		return lot->acquired.number;
	case ORDER_LIFO:
		return -(int64_t)lot->acquired.number;
	case ORDER_HIGHEST_COST:
		return -a_share(regular, lot->open.e8);
	case ORDER_LOWEST_COST:
		return a_share(regular, lot->open.e8);
	case ORDER_HIGHEST_GAP:
		return -a_share(gap, lot->open.e8);
	case ORDER_LOWEST_GAP:
		return a_share(gap, lot->open.e8);
	case ORDERS:
		break;
	}
	assert(!"an order");
	return 0;
}

static void push(struct replay *replay, struct shelf *shelf, uint32_t lot, int order)
{
	heap_push(&shelf->heap[order],
		(struct shelf_entry){ key_in(replay, lot, (enum order)order), lot,
			replay->epoch[lot] });
}

void shelf_put(struct replay *replay, struct shelf *shelf, uint32_t lot)
{
	shelf->open++;
	for (int order = 0; order < ORDERS; order++)
		if (order == ORDER_FIFO || shelf->heap[order].room > 0)
			push(replay, shelf, lot, order);
}

static bool is_there(const struct replay *replay, struct shelf_entry entry)
{
	return entry.epoch == replay->epoch[entry.lot];
}

/* An order is kept from its first use on. */
static void make_heap(struct replay *replay, struct shelf *shelf, enum order order)
{
	const struct heap *const all = &shelf->heap[ORDER_FIFO];
	struct heap *const heap = &shelf->heap[order];

	GROW(heap->at, heap->count, heap->room);
	for (size_t i = 0; i < all->count; i++)
		if (is_there(replay, all->at[i]))
			push(replay, shelf, all->at[i].lot, order);
}

const struct shelf_entry *shelf_top(
	struct replay *replay, struct shelf *shelf, enum order order)
{
	struct heap *const heap = &shelf->heap[order];

	if (order != ORDER_FIFO && heap->room == 0)
		make_heap(replay, shelf, order);
	while (heap->count > 0) {
		if (is_there(replay, heap->at[0]))
			return &heap->at[0];
		heap_pop(heap);
	}
	return NULL;
}
