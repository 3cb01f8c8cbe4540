#include "pdf/compose.h"

#include "base/hash.h"

#include "pdf/sfnt.h"

#include <string.h>

/* Of a component (OpenType 1.9, glyf). */
enum { ARGUMENTS_ARE_WORDS = 0x1, ARGUMENTS_ARE_PLACES = 0x2, MORE_COMPONENTS = 0x20 };
enum { MOST_TABLES = 64 };

struct composed_glyph {
    size_t first_piece;
    uint16_t piece_count, advance;
    uint32_t hash;
};

struct composed {
    struct arena *arena;
    struct composed_glyph *glyphs;
    size_t count, capacity;
    struct composed_piece *pieces;
    size_t piece_count, piece_capacity;
    uint32_t *slots; /* number + 1; 0: free. A power of two of them, at most half of them taken */
    size_t slot_count;
};

struct composed *composed_new(struct arena *arena)
{
    struct composed *set = ARENA_NEW(arena, struct composed);
    *set = (struct composed){.arena = arena};
    return set;
}

size_t composed_count(const struct composed *set)
{
    return set->count;
}

static uint32_t hash_glyph(const struct composed_piece *pieces, size_t count, uint16_t advance)
{
    uint64_t hash = hash_number(HASH_START, advance);
    for (size_t i = 0; i < count; i++) {
        hash = hash_number(hash, pieces[i].id);
        hash = hash_number(hash, (uint16_t)pieces[i].x);
        hash = hash_number(hash, (uint16_t)pieces[i].y);
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static bool is_glyph(const struct composed *set, const struct composed_glyph *glyph,
                     const struct composed_piece *pieces, size_t count, uint16_t advance)
{
    if (glyph->piece_count != count || glyph->advance != advance)
        return false;
    const struct composed_piece *own = &set->pieces[glyph->first_piece];
    for (size_t i = 0; i < count; i++)
        if (own[i].id != pieces[i].id || own[i].x != pieces[i].x || own[i].y != pieces[i].y)
            return false;
    return true;
}

static void grow_slots(struct composed *set)
{
    if (set->count * 2 < set->slot_count)
        return;
    set->slot_count = set->slot_count ? set->slot_count * 2 : 64;
    set->slots = ARENA_NEW_ARRAY(set->arena, set->slot_count, uint32_t);
    for (size_t i = 0; i < set->count; i++) {
        size_t at = set->glyphs[i].hash & (set->slot_count - 1);
        while (set->slots[at])
            at = (at + 1) & (set->slot_count - 1);
        set->slots[at] = (uint32_t)i + 1;
    }
}

uint32_t composed_find(struct composed *set, const struct composed_piece *pieces, size_t count,
                       uint16_t advance, size_t limit)
{
    grow_slots(set);
    uint32_t hash = hash_glyph(pieces, count, advance);
    size_t at = hash & (set->slot_count - 1);
    for (; set->slots[at]; at = (at + 1) & (set->slot_count - 1)) {
        const struct composed_glyph *glyph = &set->glyphs[set->slots[at] - 1];
        if (glyph->hash == hash && is_glyph(set, glyph, pieces, count, advance))
            return set->slots[at] - 1;
    }
    if (set->count >= limit)
        return UINT32_MAX;
    ARENA_GROW(set->arena, set->glyphs, set->count, set->capacity);
    set->glyphs[set->count++] =
        (struct composed_glyph){set->piece_count, (uint16_t)count, advance, hash};
    for (size_t i = 0; i < count; i++) {
        ARENA_GROW(set->arena, set->pieces, set->piece_count, set->piece_capacity);
        set->pieces[set->piece_count++] = pieces[i];
    }
    set->slots[at] = (uint32_t)set->count;
    return (uint32_t)set->count - 1;
}

/* A font that is read, and the tables of it that grow. */
struct source {
    const struct composed *set;
    struct sfnt_table head, hhea, maxp, hmtx, loca, glyf;
    unsigned glyph_count, metric_count;
    bool long_offsets;
    struct buffer new_hmtx, new_loca, new_glyf;
    unsigned most_pieces;
};

static void add_number(struct buffer *out, uint32_t value, unsigned size)
{
    while (size--)
        buffer_add_byte(out, (char)(value >> 8 * size & 0xFF));
}

static void set_number(struct sfnt_table *table, size_t at, uint32_t value, unsigned size)
{
    for (unsigned i = 0; at + size <= table->length && i < size; i++)
        table->bytes[at + i] = (unsigned char)(value >> 8 * (size - 1 - i));
}

static size_t outline_offset(struct source *s, unsigned glyph)
{
    return s->long_offsets ? sfnt_number(&s->loca, (size_t)glyph * 4, 4)
                           : (size_t)sfnt_number(&s->loca, (size_t)glyph * 2, 2) * 2;
}

static unsigned advance_of(struct source *s, unsigned glyph)
{
    unsigned nth = glyph < s->metric_count ? glyph : s->metric_count - 1;
    return sfnt_number(&s->hmtx, (size_t)nth * 4, 2);
}

static int bearing_of(struct source *s, unsigned glyph)
{
    size_t at = glyph < s->metric_count
                    ? (size_t)glyph * 4 + 2
                    : (size_t)s->metric_count * 4 + (size_t)(glyph - s->metric_count) * 2;
    return sfnt_signed(&s->hmtx, at);
}

struct box {
    int left, bottom, right, top;
};

/* False where the glyph has no ink. */
static bool box_of(struct source *s, unsigned glyph, struct box *box)
{
    size_t from = outline_offset(s, glyph), to = outline_offset(s, glyph + 1);
    if (from >= to)
        return false;
    *box = (struct box){sfnt_signed(&s->glyf, from + 2), sfnt_signed(&s->glyf, from + 4),
                        sfnt_signed(&s->glyf, from + 6), sfnt_signed(&s->glyf, from + 8)};
    return true;
}

static void pad(struct buffer *out)
{
    while (out->length % 4)
        buffer_add_byte(out, 0);
}

static void add_composed(struct source *s, const struct composed_glyph *glyph)
{
    const struct composed_piece *pieces = &s->set->pieces[glyph->first_piece];
    struct box whole = {INT16_MAX, INT16_MAX, INT16_MIN, INT16_MIN}, boxes[COMPOSED_PIECES];
    struct composed_piece inked[COMPOSED_PIECES];
    unsigned count = 0;
    for (unsigned i = 0; i < glyph->piece_count; i++) {
        struct box box;
        if (!box_of(s, pieces[i].id, &box))
            continue;
        /* Alone, a glyph is moved to its bearing; as a component it is not. */
        int x = pieces[i].x + bearing_of(s, pieces[i].id) - box.left, y = pieces[i].y;
        inked[count] = (struct composed_piece){pieces[i].id, (int16_t)x, (int16_t)y};
        boxes[count++] = (struct box){box.left + x, box.bottom + y, box.right + x, box.top + y};
    }
    for (unsigned i = 0; i < count; i++) {
        whole.left = boxes[i].left < whole.left ? boxes[i].left : whole.left;
        whole.bottom = boxes[i].bottom < whole.bottom ? boxes[i].bottom : whole.bottom;
        whole.right = boxes[i].right > whole.right ? boxes[i].right : whole.right;
        whole.top = boxes[i].top > whole.top ? boxes[i].top : whole.top;
    }
    add_number(&s->new_hmtx, glyph->advance, 2);
    add_number(&s->new_hmtx, count ? (uint32_t)whole.left : 0, 2);
    if (count) {
        add_number(&s->new_glyf, 0xFFFF, 2);
        add_number(&s->new_glyf, (uint32_t)whole.left, 2);
        add_number(&s->new_glyf, (uint32_t)whole.bottom, 2);
        add_number(&s->new_glyf, (uint32_t)whole.right, 2);
        add_number(&s->new_glyf, (uint32_t)whole.top, 2);
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned flags = ARGUMENTS_ARE_WORDS | ARGUMENTS_ARE_PLACES;
        add_number(&s->new_glyf, i + 1 < count ? flags | MORE_COMPONENTS : flags, 2);
        add_number(&s->new_glyf, inked[i].id, 2);
        add_number(&s->new_glyf, (uint16_t)inked[i].x, 2);
        add_number(&s->new_glyf, (uint16_t)inked[i].y, 2);
    }
    pad(&s->new_glyf);
    add_number(&s->new_loca, (uint32_t)s->new_glyf.length, 4);
    s->most_pieces = count > s->most_pieces ? count : s->most_pieces;
}

/* The tables of outlines and of widths, with what is added. */
static void grow_tables(struct source *s)
{
    for (unsigned glyph = 0; glyph < s->glyph_count; glyph++) {
        add_number(&s->new_hmtx, advance_of(s, glyph), 2);
        add_number(&s->new_hmtx, (uint16_t)bearing_of(s, glyph), 2);
        add_number(&s->new_loca, (uint32_t)outline_offset(s, glyph), 4);
    }
    buffer_add(&s->new_glyf, s->glyf.bytes, s->glyf.length);
    pad(&s->new_glyf);
    add_number(&s->new_loca, (uint32_t)s->new_glyf.length, 4);
    for (size_t i = 0; i < s->set->count; i++)
        add_composed(s, &s->set->glyphs[i]);
}

/* In place: what says how large the others are. */
static void count_anew(struct source *s)
{
    enum { POINTS = 6, CONTOURS = 8, COMPOSED_POINTS = 10, COMPOSED_CONTOURS = 12 };
    enum { COMPONENTS = 28, DEPTH = 30, METRICS = 34, OFFSETS = 50 };
    unsigned count = s->glyph_count + (unsigned)s->set->count;
    for (unsigned i = 0; i < 2; i++) {
        unsigned simple = sfnt_number(&s->maxp, (i ? CONTOURS : POINTS), 2);
        unsigned composed = sfnt_number(&s->maxp, (i ? COMPOSED_CONTOURS : COMPOSED_POINTS), 2);
        unsigned most = (simple > composed ? simple : composed) * s->most_pieces;
        set_number(&s->maxp, i ? COMPOSED_CONTOURS : COMPOSED_POINTS,
                   most > UINT16_MAX ? UINT16_MAX : most, 2);
    }
    if (sfnt_number(&s->maxp, COMPONENTS, 2) < s->most_pieces)
        set_number(&s->maxp, COMPONENTS, s->most_pieces, 2);
    set_number(&s->maxp, DEPTH, sfnt_number(&s->maxp, DEPTH, 2) + 1, 2);
    set_number(&s->maxp, 4, count, 2);
    set_number(&s->hhea, METRICS, count, 2);
    set_number(&s->head, OFFSETS, 1, 2);
}

static uint32_t checksum(text table)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < table.length; i++)
        sum += (uint32_t)(unsigned char)table.bytes[i] << (24 - 8 * (i % 4));
    return sum;
}

/* The tables in the order of the old file, which is that of their tags. False: one is cut off. */
static bool write_file(struct source *s, unsigned char *font, size_t length, struct buffer *out)
{
    struct sfnt_table file = {font, length, false};
    unsigned count = sfnt_number(&file, 4, 2);
    size_t at = 12 + 16 * (size_t)count;
    text tables[MOST_TABLES];
    bool whole = true;
    buffer_add(out, font, 12);
    for (unsigned i = 0; i < count; i++) {
        const char *tag = (const char *)font + 12 + 16 * (size_t)i;
        struct sfnt_table old = sfnt_find(font, length, tag);
        whole = whole && !old.is_unsound;
        tables[i] = !memcmp(tag, "glyf", 4)   ? buffer_text(&s->new_glyf)
                    : !memcmp(tag, "loca", 4) ? buffer_text(&s->new_loca)
                    : !memcmp(tag, "hmtx", 4) ? buffer_text(&s->new_hmtx)
                                              : (text){(const char *)old.bytes, old.length};
        buffer_add(out, tag, 4);
        add_number(out, checksum(tables[i]), 4);
        add_number(out, (uint32_t)at, 4);
        add_number(out, (uint32_t)tables[i].length, 4);
        at += (tables[i].length + 3) / 4 * 4;
    }
    for (unsigned i = 0; i < count; i++) {
        buffer_add_text(out, tables[i]);
        pad(out);
    }
    return whole;
}

static bool open_source(struct source *s, unsigned char *font, size_t length)
{
    enum { OFFSETS = 50, METRICS = 34 };
    struct sfnt_table file = {font, length, false};
    s->head = sfnt_find(font, length, "head");
    s->hhea = sfnt_find(font, length, "hhea");
    s->maxp = sfnt_find(font, length, "maxp");
    s->hmtx = sfnt_find(font, length, "hmtx");
    s->loca = sfnt_find(font, length, "loca");
    s->glyf = sfnt_find(font, length, "glyf");
    s->long_offsets = sfnt_number(&s->head, OFFSETS, 2);
    s->metric_count = sfnt_number(&s->hhea, METRICS, 2);
    s->glyph_count = sfnt_number(&s->maxp, 4, 2);
    unsigned tables = sfnt_number(&file, 4, 2);
    return tables <= MOST_TABLES && length >= 12 + 16 * (size_t)tables && s->metric_count &&
           s->glyf.length && s->maxp.length >= 32 && s->metric_count <= s->glyph_count;
}

bool composed_suits(unsigned char *font, size_t length)
{
    /* Vertical metrics count glyphs as well. */
    static const char others[][5] = {"CFF ", "CFF2", "gvar", "vhea"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (sfnt_find(font, length, others[i]).length)
            return false;
    struct source s = {0};
    return open_source(&s, font, length);
}

bool composed_append(const struct composed *set, unsigned char *font, size_t length,
                     struct buffer *out)
{
    struct source s = {.set = set};
    if (!open_source(&s, font, length))
        return false;
    buffer_init(&s.new_hmtx, out->maximum);
    buffer_init(&s.new_loca, out->maximum);
    buffer_init(&s.new_glyf, out->maximum);
    grow_tables(&s);
    count_anew(&s);
    bool sound = write_file(&s, font, length, out) && !s.head.is_unsound && !s.hhea.is_unsound &&
                 !s.maxp.is_unsound && !s.hmtx.is_unsound && !s.loca.is_unsound &&
                 !s.glyf.is_unsound && !s.new_glyf.overflowed && !out->overflowed;
    buffer_release(&s.new_hmtx);
    buffer_release(&s.new_loca);
    buffer_release(&s.new_glyf);
    return sound;
}
