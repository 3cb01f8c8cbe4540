#include "layout/shape.h"

#include "base/hash.h"

#include <string.h>

enum {
    LONGEST_KEPT_WORD = 64,         /* bytes */
    FIRST_SLOTS = 4096,             /* a power of two */
    CACHE_BYTES = 24 * 1024 * 1024, /* then the cache starts again from empty */
};

struct kept_shape {
    const struct font *font;
    hb_language_t language;
    hb_script_t script;
    uint32_t hash;
    uint32_t count; /* glyphs */
    uint8_t length, forms;
    bool right_to_left;
    struct shaped_glyph *glyphs;
    char word[];
};

struct shape_cache {
    struct arena arena; /* the kept shapes */
    struct kept_shape **slots;
    size_t slot_count, used;
    hb_buffer_t *buffer;
    struct shaped_glyph *scratch; /* the shape that was asked for last */
    size_t capacity;
};

static void release_cache(void *object)
{
    struct shape_cache *cache = object;
    arena_release(&cache->arena);
    hb_buffer_destroy(cache->buffer);
    free(cache->slots);
    free(cache->scratch);
}

static struct kept_shape **new_slots(size_t count)
{
    struct kept_shape **slots = memory_allocate(count * sizeof(struct kept_shape *));
    for (size_t i = 0; i < count; i++)
        slots[i] = NULL;
    return slots;
}

struct shape_cache *shape_cache_new(struct arena *arena)
{
    struct shape_cache *cache = ARENA_NEW(arena, struct shape_cache);
    arena_init(&cache->arena);
    cache->slot_count = FIRST_SLOTS;
    cache->slots = new_slots(FIRST_SLOTS);
    cache->buffer = hb_buffer_create();
    arena_on_release(arena, release_cache, cache);
    return cache;
}

static bool script_joins(hb_script_t script)
{
    switch (script) {
    case HB_SCRIPT_ARABIC:
    case HB_SCRIPT_SYRIAC:
    case HB_SCRIPT_MONGOLIAN:
    case HB_SCRIPT_NKO:
    case HB_SCRIPT_ADLAM:
    case HB_SCRIPT_HANIFI_ROHINGYA:
    case HB_SCRIPT_MANDAIC:
    case HB_SCRIPT_PHAGS_PA:
        return true;
    default:
        return false;
    }
}

/* shaping */

/* The first byte of the glyph's cluster is at infos[i].cluster; in logical order the glyph after it
   that has another cluster says where the cluster ends. */
static size_t copy_logical(struct shape_cache *cache, const struct shaping *shaping, size_t from,
                           size_t to)
{
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(cache->buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(cache->buffer, NULL);
    if (count + 1 > cache->capacity) {
        cache->capacity = (size_t)count * 2 + 64;
        cache->scratch =
            memory_reallocate(cache->scratch, cache->capacity * sizeof *cache->scratch);
    }
    float unit = shaping->font->unit;
    for (unsigned i = 0; i < count; i++) {
        unsigned from_left = shaping->right_to_left ? count - 1 - i : i;
        const hb_glyph_position_t *place = &places[from_left];
        cache->scratch[i] = (struct shaped_glyph){
            .offset = (uint32_t)(infos[from_left].cluster - from),
            .id = (uint16_t)infos[from_left].codepoint,
            .advance = (float)place->x_advance * unit,
            .x = (float)place->x_offset * unit,
            .y = -(float)place->y_offset * unit,
        };
    }
    for (unsigned i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && cache->scratch[next].offset == cache->scratch[i].offset;)
            next++;
        size_t end = next < count ? cache->scratch[next].offset : to - from;
        cache->scratch[i].length = (uint32_t)(end - cache->scratch[i].offset);
    }
    return count;
}

static bool is_all_ignorable(text t)
{
    for (size_t offset = 0; offset < t.length;) {
        if (!text_is_ignorable(text_next(t, &offset)))
            return false;
    }
    return true;
}

/* Clusters of characters that have no shape join their neighbour, so that their text is kept and
   nothing invisible is painted; nor is it inside a cluster (HarfBuzz leaves a space without
   advance). */
static size_t join_ignorable(struct shaped_glyph *glyphs, size_t count, text word, uint16_t space)
{
    size_t kept = 0, head = SIZE_MAX; /* head: first glyph of the last kept cluster */
    uint32_t pending = 0;             /* bytes at the start that wait for a cluster */
    for (size_t i = 0; i < count; i++) {
        struct shaped_glyph glyph = glyphs[i];
        bool is_head = glyph.length > 0;
        if (!is_head && glyph.id == space && glyph.advance == 0)
            continue;
        if (is_head &&
            is_all_ignorable(text_slice(word, glyph.offset, glyph.offset + glyph.length))) {
            if (head == SIZE_MAX)
                pending += glyph.length;
            else
                glyphs[head].length += glyph.length;
            while (i + 1 < count && glyphs[i + 1].length == 0)
                i++;
            continue;
        }
        if (is_head) {
            glyph.offset -= pending;
            glyph.length += pending;
            pending = 0;
            head = kept;
        } else if (head != SIZE_MAX) {
            glyph.offset = glyphs[head].offset;
        }
        glyphs[kept++] = glyph;
    }
    return kept;
}

static bool has_ignorable(text word)
{
    for (size_t offset = 0; offset < word.length;) {
        if (text_is_ignorable(text_next(word, &offset)))
            return true;
    }
    return false;
}

static size_t shape_anew(struct shape_cache *cache, const struct shaping *shaping, text paragraph,
                         size_t from, size_t to)
{
    hb_buffer_t *buffer = cache->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf8(buffer, paragraph.bytes, (int)paragraph.length, (unsigned)from,
                       (int)(to - from));
    hb_buffer_set_direction(buffer, shaping->right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, shaping->script);
    hb_buffer_set_language(buffer, shaping->language);
    static const hb_tag_t tags[] = {
        [FORMS_OLD_STYLE] = HB_TAG('o', 'n', 'u', 'm'),
        [FORMS_TABULAR] = HB_TAG('t', 'n', 'u', 'm'),
        [FORMS_SUPERIOR] = HB_TAG('s', 'u', 'p', 's'),
        [FORMS_INFERIOR] = HB_TAG('s', 'u', 'b', 's'),
        [FORMS_SCIENTIFIC] = HB_TAG('s', 'i', 'n', 'f'),
        [FORMS_SMALL_CAPITALS] = HB_TAG('s', 'm', 'c', 'p'),
        [FORMS_HALF_WIDTH] = HB_TAG('h', 'a', 'l', 't'),
    };
    hb_feature_t feature = {tags[shaping->forms], 1, HB_FEATURE_GLOBAL_START,
                            HB_FEATURE_GLOBAL_END};
    hb_shape(shaping->font->shaper, buffer, &feature, shaping->forms == FORMS_OF_FONT ? 0 : 1);
    size_t count = copy_logical(cache, shaping, from, to);
    text word = text_slice(paragraph, from, to);
    if (has_ignorable(word)) {
        count = join_ignorable(cache->scratch, count, word, shaping->font->space);
        if (count == 0) {
            cache->scratch[0] =
                (struct shaped_glyph){.length = (uint32_t)word.length, .id = shaping->font->space};
            count = 1;
        }
    }
    return count;
}

/* the kept shapes */

static uint32_t hash_of(const struct shaping *shaping, text word)
{
    uint64_t hash = HASH_START ^ (shaping->font->number * 2654435761U) ^
                    (shaping->script * 40503U) ^ (shaping->right_to_left ? 0x9E3779B9U : 0) ^
                    ((uint32_t)shaping->forms * 0x85EBCA6BU);
    hash = hash_text(hash, word);
    return (uint32_t)(hash ^ hash >> 32);
}

static struct kept_shape **find_slot(struct shape_cache *cache, const struct shaping *shaping,
                                     text word, uint32_t hash)
{
    size_t mask = cache->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct kept_shape *kept = cache->slots[i];
        if (!kept ||
            (kept->hash == hash && kept->length == word.length && kept->font == shaping->font &&
             kept->script == shaping->script && kept->language == shaping->language &&
             kept->right_to_left == shaping->right_to_left && kept->forms == shaping->forms &&
             memcmp(kept->word, word.bytes, word.length) == 0))
            return &cache->slots[i];
    }
}

static void double_slots(struct shape_cache *cache)
{
    struct kept_shape **old = cache->slots;
    size_t old_count = cache->slot_count;
    cache->slot_count *= 2;
    cache->slots = new_slots(cache->slot_count);
    for (size_t i = 0; i < old_count; i++) {
        if (!old[i])
            continue;
        size_t mask = cache->slot_count - 1, place = old[i]->hash & mask;
        while (cache->slots[place])
            place = (place + 1) & mask;
        cache->slots[place] = old[i];
    }
    free(old);
}

static void start_again(struct shape_cache *cache)
{
    arena_release(&cache->arena);
    cache->used = 0;
    for (size_t i = 0; i < cache->slot_count; i++)
        cache->slots[i] = NULL;
}

static struct kept_shape *keep(struct shape_cache *cache, const struct shaping *shaping, text word,
                               uint32_t hash, size_t count)
{
    if (cache->arena.used > CACHE_BYTES)
        start_again(cache);
    if (cache->used * 2 >= cache->slot_count)
        double_slots(cache);
    struct kept_shape *kept =
        arena_allocate(&cache->arena, sizeof(struct kept_shape) + word.length);
    struct shaped_glyph *glyphs = ARENA_NEW_ARRAY(&cache->arena, count, struct shaped_glyph);
    memcpy(glyphs, cache->scratch, count * sizeof *glyphs);
    *kept = (struct kept_shape){
        .font = shaping->font,
        .language = shaping->language,
        .script = shaping->script,
        .hash = hash,
        .count = (uint32_t)count,
        .length = (uint8_t)word.length,
        .forms = (uint8_t)shaping->forms,
        .right_to_left = shaping->right_to_left,
        .glyphs = glyphs,
    };
    memcpy(kept->word, word.bytes, word.length);
    *find_slot(cache, shaping, word, hash) = kept;
    cache->used++;
    return kept;
}

struct shape shape_word(struct shape_cache *cache, const struct shaping *shaping, text paragraph,
                        size_t from, size_t to)
{
    bool stands_alone = (from == 0 || byte_is_white(paragraph.bytes[from - 1])) &&
                        (to == paragraph.length || byte_is_white(paragraph.bytes[to]));
    text word = text_slice(paragraph, from, to);
    if (word.length > LONGEST_KEPT_WORD || (!stands_alone && script_joins(shaping->script))) {
        size_t count = shape_anew(cache, shaping, paragraph, from, to);
        return (struct shape){cache->scratch, count};
    }
    uint32_t hash = hash_of(shaping, word);
    struct kept_shape *kept = *find_slot(cache, shaping, word, hash);
    if (!kept)
        kept = keep(cache, shaping, word, hash, shape_anew(cache, shaping, word, 0, word.length));
    return (struct shape){kept->glyphs, kept->count};
}
