/* A hash table with open addressing. Its order is never seen from outside, so outputs do not depend
   on it. */
#include "document/document.h"

#include "base/hash.h"

#include <stdlib.h>

struct id_slot {
    text id;
    uint64_t hash;
    struct node *node;
};

struct id_map {
    struct id_slot *slots;  /* heap: a map that grows leaves nothing behind */
    size_t count, capacity; /* capacity: a power of two */
};

static void release(void *object)
{
    struct id_map *map = object;
    free(map->slots);
}

struct id_map *id_map_new(struct arena *arena)
{
    struct id_map *map = ARENA_NEW(arena, struct id_map);
    *map = (struct id_map){.capacity = 64};
    map->slots = memory_allocate_zeroes(map->capacity, sizeof *map->slots);
    arena_on_release(arena, release, map);
    return map;
}

static struct id_slot *find_slot(struct id_slot *slots, size_t capacity, text id, uint64_t hash)
{
    size_t place = (size_t)hash & (capacity - 1);
    while (slots[place].node && !(slots[place].hash == hash && text_equal(slots[place].id, id)))
        place = (place + 1) & (capacity - 1);
    return &slots[place];
}

static void grow(struct id_map *map)
{
    size_t capacity = map->capacity * 2;
    struct id_slot *slots = memory_allocate_zeroes(capacity, sizeof *slots);
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->slots[i].node)
            *find_slot(slots, capacity, map->slots[i].id, map->slots[i].hash) = map->slots[i];
    }
    free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
}

bool id_map_add(struct id_map *map, text id, struct node *node, struct node **holder)
{
    uint64_t hash = hash_text(HASH_START, id);
    struct id_slot *slot = find_slot(map->slots, map->capacity, id, hash);
    if (slot->node) {
        if (holder)
            *holder = slot->node;
        return false;
    }
    *slot = (struct id_slot){id, hash, node};
    if (++map->count * 2 > map->capacity)
        grow(map);
    return true;
}

void id_map_replace(struct id_map *map, text id, struct node *node)
{
    struct id_slot *slot = find_slot(map->slots, map->capacity, id, hash_text(HASH_START, id));
    if (slot->node)
        slot->node = node;
}

struct node *id_map_find(const struct id_map *map, text id)
{
    return find_slot(map->slots, map->capacity, id, hash_text(HASH_START, id))->node;
}
