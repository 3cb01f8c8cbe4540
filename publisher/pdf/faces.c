#include "pdf/faces.h"

#include "pdf/font_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Private code points for texts longer than a character (Unicode 15, 23.5: planes 15 and 16). */
enum { FIRST_CODE = 0xF0000, CODE_COUNT = 0xFFFE + 0xFFFE, GLYPH_COUNT = 65536 };

/* A text that a glyph stands for. The first variant of a glyph is painted from level 0, the second
   from the overflow face of level 1, and so on. */
struct variant {
    struct variant *next;
    text says;
    uint32_t level;
    uint8_t code_length; /* what Cairo is told, UTF-8 */
    char code[4];
};

struct sized_font {
    struct sized_font *next;
    float size;
    cairo_scaled_font_t *font;
};

struct level {
    cairo_font_face_t *face;
    struct sized_font *fonts;
};

struct entry {
    const struct face *face;
    struct font_file *file; /* NULL until first painted */
    bool broken;
    uint64_t *glyphs;          /* bits; CFF only */
    struct variant **variants; /* by glyph; NULL until first painted */
    struct level *levels;
    size_t level_count, level_capacity;
};

struct faces {
    struct arena *arena;
    struct entry *entries;
    size_t count, capacity;
    struct entry *latest;
    text *code_texts; /* by code point less FIRST_CODE */
    size_t code_count, code_capacity;
    const char *fault;
    cairo_font_options_t *options;
    /* Scratch for one call of Cairo. */
    cairo_glyph_t *glyphs;
    cairo_text_cluster_t *clusters;
    char *utf8;
    size_t scratch_capacity;
};

static void release_faces(void *object)
{
    struct faces *faces = object;
    for (size_t i = 0; i < faces->count; i++) {
        struct entry *entry = &faces->entries[i];
        for (size_t level = 0; level < entry->level_count; level++) {
            for (struct sized_font *f = entry->levels[level].fonts; f; f = f->next)
                cairo_scaled_font_destroy(f->font);
            cairo_font_face_destroy(entry->levels[level].face);
        }
        if (entry->file)
            font_file_release(entry->file);
    }
    cairo_font_options_destroy(faces->options);
    free(faces->glyphs);
    free(faces->clusters);
    free(faces->utf8);
}

static struct entry *find_entry(struct faces *faces, const struct face *face)
{
    if (faces->latest && faces->latest->face == face)
        return faces->latest;
    for (size_t i = 0; i < faces->count; i++) {
        if (faces->entries[i].face == face) {
            faces->latest = &faces->entries[i];
            return faces->latest;
        }
    }
    ARENA_GROW(faces->arena, faces->entries, faces->count, faces->capacity);
    struct entry *entry = &faces->entries[faces->count++];
    *entry = (struct entry){.face = face};
    faces->latest = entry;
    return entry;
}

static void collect_run(struct faces *faces, const struct glyph_run *run)
{
    struct entry *entry = find_entry(faces, run->face);
    if (!run->face->cff)
        return;
    if (!entry->glyphs)
        entry->glyphs = ARENA_NEW_ARRAY(faces->arena, GLYPH_COUNT / 64, uint64_t);
    for (uint32_t i = 0; i < run->glyph_count; i++)
        entry->glyphs[run->glyphs[i].id / 64] |= UINT64_C(1) << (run->glyphs[i].id % 64);
}

struct faces *faces_new(struct arena *arena, const struct pages *pages)
{
    struct faces *faces = ARENA_NEW(arena, struct faces);
    *faces = (struct faces){.arena = arena, .options = cairo_font_options_create()};
    cairo_font_options_set_hint_style(faces->options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(faces->options, CAIRO_HINT_METRICS_OFF);
    arena_on_release(arena, release_faces, faces);
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->pages[i];
        for (size_t k = 0; k < page->item_count; k++)
            if (page->items[k].kind == ITEM_RUN)
                collect_run(faces, page->items[k].run);
    }
    return faces;
}

const char *faces_fault(const struct faces *faces)
{
    return faces->fault;
}

bool faces_text_of_code(const struct faces *faces, uint32_t code, text *says)
{
    if (code < FIRST_CODE || code - FIRST_CODE >= faces->code_count)
        return false;
    *says = faces->code_texts[code - FIRST_CODE];
    return true;
}

static bool open_entry(struct faces *faces, struct entry *entry)
{
    if (entry->file || entry->broken)
        return !entry->broken;
    const char *why = NULL;
    entry->file = font_file_open(entry->face, entry->glyphs, &why);
    entry->variants = ARENA_NEW_ARRAY(faces->arena, GLYPH_COUNT, struct variant *);
    entry->broken = !entry->file;
    if (entry->broken)
        faces->fault = why;
    return !entry->broken;
}

static bool open_levels(struct faces *faces, struct entry *entry, size_t count)
{
    while (entry->level_count < count) {
        cairo_font_face_t *face = font_file_new_face(entry->file);
        if (!face) {
            faces->fault = "a font file cannot be opened";
            return false;
        }
        ARENA_GROW(faces->arena, entry->levels, entry->level_count, entry->level_capacity);
        entry->levels[entry->level_count++] = (struct level){face, NULL};
    }
    return true;
}

static cairo_scaled_font_t *find_font(struct faces *faces, struct level *level, float size)
{
    for (struct sized_font *f = level->fonts; f; f = f->next)
        if (f->size == size)
            return f->font;
    cairo_matrix_t matrix, identity;
    cairo_matrix_init_scale(&matrix, (double)size, (double)size);
    cairo_matrix_init_identity(&identity);
    struct sized_font *made = ARENA_NEW(faces->arena, struct sized_font);
    *made = (struct sized_font){
        .next = level->fonts,
        .size = size,
        .font = cairo_scaled_font_create(level->face, &matrix, &identity, faces->options),
    };
    level->fonts = made;
    return made->font;
}

/* Lam with an alef: readers swap the letters of a longer text in right-to-left lines, and read the
   ligature's own character right. */
static size_t ligature_of(text says, uint32_t *ligature)
{
    static const struct {
        uint32_t alef, ligature;
    } rows[] = {{0x0622, 0xFEF5}, {0x0623, 0xFEF7}, {0x0625, 0xFEF9}, {0x0627, 0xFEFB}};
    size_t offset = 0;
    if (text_next(says, &offset) != 0x0644)
        return 0;
    uint32_t alef = text_next(says, &offset);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].alef == alef) {
            *ligature = rows[i].ligature;
            return offset;
        }
    }
    return 0;
}

static text with_ligature(struct faces *faces, text says)
{
    uint32_t ligature;
    size_t used = ligature_of(says, &ligature);
    if (!used)
        return says;
    char bytes[4];
    size_t length = text_encode(ligature, bytes);
    text rest = text_slice(says, used, says.length);
    return arena_printf(faces->arena, "%.*s%.*s", (int)length, bytes, TEXT_ARGUMENTS(rest));
}

static void set_code(struct faces *faces, struct variant *variant)
{
    text says = with_ligature(faces, variant->says);
    size_t offset = 0;
    uint32_t code = text_next(says, &offset);
    if (offset < says.length) {
        if (faces->code_count >= CODE_COUNT) {
            faces->fault = "more ligatures than there are private code points";
            return;
        }
        ARENA_GROW(faces->arena, faces->code_texts, faces->code_count, faces->code_capacity);
        faces->code_texts[faces->code_count] = says;
        code = FIRST_CODE + (uint32_t)faces->code_count++;
    }
    variant->code_length = (uint8_t)text_encode(code, variant->code);
}

/* The variant of a glyph that says this; a new one gets the next level. */
static struct variant *find_variant(struct faces *faces, struct entry *entry, uint16_t glyph,
                                    text says)
{
    struct variant **place = &entry->variants[glyph];
    uint32_t level = 0;
    for (; *place; place = &(*place)->next, level++)
        if ((*place)->says.length == says.length &&
            memcmp((*place)->says.bytes, says.bytes, says.length) == 0)
            return *place;
    struct variant *variant = ARENA_NEW(faces->arena, struct variant);
    *variant = (struct variant){.says = says, .level = level};
    set_code(faces, variant);
    *place = variant;
    return open_levels(faces, entry, (size_t)level + 1) ? variant : NULL;
}

/* Do the glyphs of a cluster stand for its characters one by one? The first may be any shape of its
   character; the others must be what the font gives theirs by itself, in the same order. */
static bool pairs_off(const struct entry *entry, const struct glyph *glyphs, uint32_t count,
                      text cluster)
{
    size_t offset = 0;
    text_next(cluster, &offset);
    for (uint32_t i = 1; i < count; i++) {
        uint32_t character = text_next(cluster, &offset);
        if (character == UINT32_MAX ||
            font_file_nominal_glyph(entry->file, character) != glyphs[i].id)
            return false;
    }
    return offset == cluster.length;
}

static void need_scratch(struct faces *faces, size_t glyphs)
{
    if (glyphs <= faces->scratch_capacity)
        return;
    size_t capacity = glyphs * 2;
    faces->glyphs = memory_reallocate(faces->glyphs, capacity * sizeof *faces->glyphs);
    faces->clusters = memory_reallocate(faces->clusters, capacity * sizeof *faces->clusters);
    faces->utf8 = memory_reallocate(faces->utf8, capacity * 4);
    faces->scratch_capacity = capacity;
}

/* Glyphs that wait to be shown together: of one level. */
struct pending {
    struct faces *faces;
    struct entry *entry;
    cairo_t *cr;
    const struct glyph_run *run;
    uint32_t level;
    int count;
    size_t length;
};

static void flush(struct pending *pending)
{
    if (!pending->count)
        return;
    struct faces *faces = pending->faces;
    struct level *level = &pending->entry->levels[pending->level];
    cairo_set_scaled_font(pending->cr, find_font(faces, level, pending->run->size));
    cairo_show_text_glyphs(pending->cr, faces->utf8, (int)pending->length, faces->glyphs,
                           pending->count, faces->clusters, pending->count,
                           (cairo_text_cluster_flags_t)0);
    pending->count = 0;
    pending->length = 0;
}

static void add_glyph(struct pending *pending, const struct glyph *glyph, text says)
{
    struct faces *faces = pending->faces;
    struct variant *variant = find_variant(faces, pending->entry, glyph->id, says);
    if (!variant)
        return;
    if (variant->level != pending->level)
        flush(pending);
    pending->level = variant->level;
    faces->glyphs[pending->count] = (cairo_glyph_t){
        .index = glyph->id,
        .x = (double)pending->run->x + (double)glyph->x,
        .y = (double)pending->run->baseline + (double)glyph->y,
    };
    faces->clusters[pending->count] = (cairo_text_cluster_t){variant->code_length, 1};
    memcpy(faces->utf8 + pending->length, variant->code, variant->code_length);
    pending->length += variant->code_length;
    pending->count++;
}

static void add_cluster(struct pending *pending, const struct glyph *glyphs, uint32_t count,
                        text cluster)
{
    /* Never an empty text: a reader would fall back on the glyph's number. */
    static const char nothing[] = "\xE2\x80\x8B";
    text none = {nothing, 3};
    if (cluster.length == 0)
        cluster = none;
    if (count > 1 && pairs_off(pending->entry, glyphs, count, cluster)) {
        size_t from = 0;
        for (uint32_t i = 0; i < count; i++) {
            size_t to = from;
            text_next(cluster, &to);
            add_glyph(pending, &glyphs[i], text_slice(cluster, from, to));
            from = to;
        }
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        add_glyph(pending, &glyphs[i], i == 0 ? cluster : none);
}

bool faces_is_blank(const struct page_item *item, const struct page_item *before)
{
    /* A raised number is on the same line too. */
    if (item->kind != ITEM_RUN || before->kind != ITEM_RUN ||
        fabsf(item->run->baseline - before->run->baseline) > before->run->size)
        return false;
    size_t offset = 0;
    text says = item->run->text;
    for (uint32_t c = text_next(says, &offset); c != UINT32_MAX; c = text_next(says, &offset))
        if (!text_is_space(c))
            return false;
    return true;
}

static void add_clusters(struct pending *pending, const struct glyph_run *run)
{
    size_t offset = 0;
    for (uint32_t i = 0; i < run->glyph_count;) {
        uint32_t next = i + 1;
        while (next < run->glyph_count && run->glyphs[next].text_length == 0)
            next++;
        size_t end = offset + run->glyphs[i].text_length;
        add_cluster(pending, &run->glyphs[i], next - i, text_slice(run->text, offset, end));
        offset = end;
        i = next;
    }
}

/* The spaces of another run, which may be of another face, in the face of the run before them. */
static void add_blank(struct pending *pending, const struct glyph_run *blank)
{
    unsigned space = font_file_nominal_glyph(pending->entry->file, ' ');
    size_t offset = 0;
    for (uint32_t i = 0; space && i < blank->glyph_count; i++) {
        if (!blank->glyphs[i].text_length)
            continue;
        struct glyph glyph = {
            .id = (uint16_t)space,
            .x = blank->x + blank->glyphs[i].x - pending->run->x,
            .y = blank->baseline - pending->run->baseline,
        };
        size_t end = offset + blank->glyphs[i].text_length;
        add_glyph(pending, &glyph, text_slice(blank->text, offset, end));
        offset = end;
    }
}

const struct page_item *faces_paint_run(struct faces *faces, cairo_t *cr,
                                        const struct page_item *item, const struct page_item *end)
{
    const struct glyph_run *run = item->run;
    const struct page_item *next = item + 1;
    struct entry *entry = find_entry(faces, run->face);
    if (!open_entry(faces, entry))
        return next;
    size_t count = run->glyph_count;
    while (next < end && faces_is_blank(next, item))
        count += (next++)->run->glyph_count;
    need_scratch(faces, count);
    struct pending pending = {.faces = faces, .entry = entry, .cr = cr, .run = run};
    add_clusters(&pending, run);
    for (const struct page_item *blank = item + 1; blank < next; blank++)
        add_blank(&pending, blank->run);
    flush(&pending);
    return next;
}
