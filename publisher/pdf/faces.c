/* clang-format off: the drawing */
/* How one font file becomes several fonts of the PDF, and why.

   A font of a PDF says of each glyph at most one text (ToUnicode). A page asks for more:

     what stands in the line        what is painted           what must be copied
     "co-op"                        c o hyphen o p            -
     "co|operate" at its division   c o hyphen                U+00AD
     a syllable of Hindi            three glyphs, reordered   four characters, in their order

   So glyphs are told apart by what they say. Each use of a glyph is a variant; variants of one
   glyph that say different things are painted from different levels:

     struct entry (a font file)
       levels   0: the face itself      1: first overflow        2: ...
                +---------------+       +---------------+
     glyph 17   | "-"           |       | U+00AD        |
     glyph 42   | "k"           |       | "kta"         |       "ktva"
                +---------------+       +---------------+
                Cairo makes a subset    and another one
                of it                   of the same file

   A level is a face object of its own over the same file, which Cairo takes for another font, and
   so writes another subset with another ToUnicode. Unlike ActualText every reader reads it.

   Cairo takes one character for a glyph. A longer text is told as a private code point, one for
   each text (set_code), and cairo_file.c puts the text in its place when it reads what Cairo wrote.

   On a page: faces_paint_run divides a run into its clusters (cluster.h says which glyph of a
   cluster says its text, and which say nothing). Glyphs without ink form a group with the inked one
   beside them (add_part), since Cairo leaves out a call that leaves no ink and its text with it. A
   group goes on one level: that of the glyphs before it where all of it can be said there, so that
   the font changes seldom; else the lowest that admits it (close_group). Glyphs of one font, size
   and level wait for faces_flush, since a call of Cairo costs as much as thirty glyphs.

   Rejected: ActualText around each such cluster. Half of the readers ignore it, and copying a part
   of a line then gives the whole of it. */
/* clang-format on */
#include "pdf/faces.h"

#include "pdf/cluster.h"
#include "pdf/font_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Private code points for texts longer than a character (Unicode 15, 23.5: planes 15 and 16). */
enum {
    FIRST_CODE = 0xF0000,
    CODE_COUNT = 0xFFFE + 0xFFFE,
    GLYPH_COUNT = 65536,
    LEVEL_COUNT = 4096,
    GROUP_COUNT =
        64 /* parts at most that are kept in one font for their reader: each looks at all */
};

/* What a glyph says when it is painted from a level: 0 is the face itself, the others are its
   overflow faces. */
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
    bool is_mixed;                    /* has text beside what Windows ANSI has */
    uint64_t *glyphs;                 /* those used: bits */
    const struct glyph_run **tangled; /* runs that composed glyphs may be made for */
    size_t tangled_count, tangled_capacity;
    struct variant **variants; /* by glyph; NULL until first painted */
    unsigned char *ink;        /* by glyph: see is_blank_glyph */
    size_t variant_count;
};

/* What waits to be shown by one call of Cairo: glyphs of one font, of many runs and lines. A call
   costs as much as thirty glyphs. */
struct shown {
    struct entry *entry;
    uint32_t level;
    float size;
    int count;
    size_t length; /* of what they say, UTF-8 */
    bool inked;
};

struct faces {
    struct arena *arena;
    struct entry *entries;
    size_t count, capacity;
    bool frozen;      /* every variant is known: threads share them */
    text *code_texts; /* by code point less FIRST_CODE */
    size_t code_count, code_capacity;
    const char *fault;
    cairo_font_options_t *options;
};

/* An entry as one brush paints it. */
struct opened {
    struct level *levels;
    size_t count, capacity;
};

struct brush {
    struct faces *faces;
    cairo_t *cr; /* NULL: it plans */
    struct arena arena;
    struct entry *latest;
    struct opened *opened; /* by entry */
    const char *fault;
    struct shown shown;
    /* Scratch for one call of Cairo. */
    cairo_glyph_t *glyphs, *outlines;
    cairo_text_cluster_t *clusters;
    uint32_t **owners; /* by glyph: who counts it; all of a call are counted or none */
    struct cluster_part *parts, *group;
    char *utf8;
    size_t scratch_capacity;
};

static void release_faces(void *object)
{
    struct faces *faces = object;
    for (size_t i = 0; i < faces->count; i++)
        if (faces->entries[i].file)
            font_file_release(faces->entries[i].file);
    cairo_font_options_destroy(faces->options);
}

struct brush *brush_new(struct faces *faces, cairo_t *cr)
{
    struct brush *brush = memory_allocate(sizeof *brush);
    *brush = (struct brush){.faces = faces, .cr = cr};
    arena_init(&brush->arena);
    brush->opened = ARENA_NEW_ARRAY(&brush->arena, faces->count, struct opened);
    return brush;
}

void brush_free(struct brush *brush)
{
    for (size_t i = 0; i < brush->faces->count; i++) {
        struct opened *opened = &brush->opened[i];
        for (size_t level = 0; level < opened->count; level++) {
            for (struct sized_font *f = opened->levels[level].fonts; f; f = f->next)
                cairo_scaled_font_destroy(f->font);
            cairo_font_face_destroy(opened->levels[level].face);
        }
    }
    free(brush->glyphs);
    free(brush->outlines);
    free(brush->parts);
    free(brush->group);
    free(brush->clusters);
    free(brush->owners);
    free(brush->utf8);
    arena_release(&brush->arena);
    free(brush);
}

/* latest: what was found before, or NULL. */
static struct entry *find_entry(struct faces *faces, struct entry *latest, const struct face *face)
{
    if (latest && latest->face == face)
        return latest;
    for (size_t i = 0; i < faces->count; i++)
        if (faces->entries[i].face == face)
            return &faces->entries[i];
    return NULL;
}

static struct entry *need_entry(struct faces *faces, struct entry *latest, const struct face *face)
{
    struct entry *entry = find_entry(faces, latest, face);
    if (entry)
        return entry;
    ARENA_GROW(faces->arena, faces->entries, faces->count, faces->capacity);
    entry = &faces->entries[faces->count++];
    *entry = (struct entry){.face = face};
    return entry;
}

const char *brush_fault(const struct brush *brush)
{
    return brush->fault ? brush->fault : brush->faces->fault;
}

bool faces_text_of_code(const struct faces *faces, uint32_t code, text *says)
{
    if (code < FIRST_CODE || code - FIRST_CODE >= faces->code_count)
        return false;
    *says = faces->code_texts[code - FIRST_CODE];
    return true;
}

/* For as many glyphs, or parts of clusters. */
static void need_scratch(struct brush *brush, size_t glyphs)
{
    if (glyphs <= brush->scratch_capacity)
        return;
    size_t capacity = glyphs * 2;
    brush->glyphs = memory_reallocate(brush->glyphs, capacity * sizeof *brush->glyphs);
    brush->outlines = memory_reallocate(brush->outlines, capacity * sizeof *brush->outlines);
    brush->parts = memory_reallocate(brush->parts, capacity * sizeof *brush->parts);
    brush->group = memory_reallocate(brush->group, capacity * sizeof *brush->group);
    brush->clusters = memory_reallocate(brush->clusters, capacity * sizeof *brush->clusters);
    brush->owners = memory_reallocate(brush->owners, capacity * sizeof *brush->owners);
    brush->utf8 = memory_reallocate(brush->utf8, capacity * 4);
    brush->scratch_capacity = capacity;
}

/* Writes the parts of a cluster in reading order; returns how many they are. */
static size_t divide(const struct entry *entry, const struct glyph_run *run, uint32_t first,
                     uint32_t count, text says, struct cluster_part *parts)
{
    uint32_t end = first + count;
    float next = end < run->glyph_count ? run->glyphs[end].x : run->width;
    size_t offset = 0;
    text_next(says, &offset);
    const struct glyph *glyph = &run->glyphs[first];
    bool is_plain = count == 1 && offset == says.length && says.length &&
                    glyph_y(run, glyph) == 0 && !run->right_to_left;
    if (is_plain) { /* nearly always */
        *parts = (struct cluster_part){
            .id = glyph->id, .x = glyph->x, .y = glyph_y(run, glyph), .says = says};
        return 1;
    }
    return cluster_divide(entry->file, run, &run->glyphs[first], count, next, says, parts);
}

/* The same for a run. */
static size_t divide_run(const struct entry *entry, const struct glyph_run *run,
                         struct cluster_part *parts)
{
    size_t offset = 0, count = 0;
    for (uint32_t i = 0, next; i < run->glyph_count; i = next) {
        size_t end = offset;
        next = cluster_end(run, i, &end);
        count += divide(entry, run, i, next - i, text_slice(run->text, offset, end), parts + count);
        offset = end;
    }
    return count;
}

/* Else it has a cluster of several glyphs or letters, or what stands above or below its line, or it
   may have gaps between letters. */
bool faces_is_plain(const struct glyph_run *run)
{
    enum { LETTER = 4 }; /* bytes */
    bool is_plain = !run->right_to_left;
    for (uint32_t i = 0; i < run->glyph_count; i++)
        is_plain = is_plain && run->glyphs[i].text_length && run->glyphs[i].text_length <= LETTER &&
                   glyph_y(run, &run->glyphs[i]) == 0;
    return is_plain;
}

static size_t scratch_of(const struct glyph_run *run)
{
    return run->glyph_count + run->text.length + 1;
}

static struct entry *collect_run(struct faces *faces, struct entry *latest,
                                 const struct glyph_run *run)
{
    struct entry *entry = need_entry(faces, latest, run->face);
    if (!entry->glyphs)
        entry->glyphs = ARENA_NEW_ARRAY(faces->arena, GLYPH_COUNT / 64, uint64_t);
    for (size_t i = 0; i < run->text.length && !entry->is_mixed; i++)
        entry->is_mixed = (unsigned char)run->text.bytes[i] > 0xCF; /* above U+03FF */
    for (uint32_t i = 0; i < run->glyph_count; i++)
        entry->glyphs[run->glyphs[i].id / 64] |= UINT64_C(1) << (run->glyphs[i].id % 64);
    if (!faces_is_plain(run)) {
        ARENA_GROW(faces->arena, entry->tangled, entry->tangled_count, entry->tangled_capacity);
        entry->tangled[entry->tangled_count++] = run;
    }
    return entry;
}

struct faces *faces_new(struct arena *arena, const struct pages *pages)
{
    struct faces *faces = ARENA_NEW(arena, struct faces);
    *faces = (struct faces){.arena = arena, .options = cairo_font_options_create()};
    cairo_font_options_set_hint_style(faces->options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(faces->options, CAIRO_HINT_METRICS_OFF);
    arena_on_release(arena, release_faces, faces);
    struct entry *latest = NULL;
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->pages[i];
        for (size_t k = 0; k < page->item_count; k++)
            if (page->items[k].kind == ITEM_RUN)
                latest = collect_run(faces, latest, page->items[k].run);
    }
    return faces;
}

/* Divides what will need composed glyphs once before it is painted: they are added to the file
   before Cairo sees it. */
static void compose_entry(struct brush *brush, struct entry *entry)
{
    for (size_t i = 0; i < entry->tangled_count; i++) {
        need_scratch(brush, scratch_of(entry->tangled[i]));
        divide_run(entry, entry->tangled[i], brush->parts);
    }
    if (font_file_finish(entry->file))
        return;
    brush->faces->fault = "a font file cannot be opened";
    entry->broken = true;
}

static bool open_entry(struct brush *brush, struct entry *entry)
{
    struct faces *faces = brush->faces;
    if (entry->file || entry->broken)
        return !entry->broken;
    const char *why = NULL;
    entry->file = font_file_open(entry->face, entry->glyphs, &why);
    entry->variants = ARENA_NEW_ARRAY(faces->arena, GLYPH_COUNT, struct variant *);
    entry->ink = ARENA_NEW_ARRAY(faces->arena, GLYPH_COUNT, unsigned char);
    entry->broken = !entry->file;
    if (entry->broken)
        faces->fault = why;
    else
        compose_entry(brush, entry);
    return !entry->broken;
}

static struct opened *opened_of(const struct brush *brush, const struct entry *entry)
{
    return &brush->opened[entry - brush->faces->entries];
}

static bool open_levels(struct brush *brush, const struct entry *entry, size_t count)
{
    struct opened *opened = opened_of(brush, entry);
    while (brush->cr && opened->count < count) {
        cairo_font_face_t *face = font_file_new_face(entry->file);
        if (!face) {
            brush->fault = "a font file cannot be opened";
            return false;
        }
        ARENA_GROW(&brush->arena, opened->levels, opened->count, opened->capacity);
        opened->levels[opened->count++] = (struct level){face, NULL};
    }
    return true;
}

static cairo_scaled_font_t *find_font(struct brush *brush, struct level *level, float size)
{
    for (struct sized_font *f = level->fonts; f; f = f->next)
        if (f->size == size)
            return f->font;
    cairo_matrix_t matrix, identity;
    cairo_matrix_init_scale(&matrix, (double)size, (double)size);
    cairo_matrix_init_identity(&identity);
    struct sized_font *made = ARENA_NEW(&brush->arena, struct sized_font);
    *made = (struct sized_font){
        .next = level->fonts,
        .size = size,
        .font = cairo_scaled_font_create(level->face, &matrix, &identity, brush->faces->options),
    };
    level->fonts = made;
    return made->font;
}

/* Cairo puts what Windows ANSI has into a font of its own, the space among it. A reader takes words
   apart, or together, where the font changes: in a face that has more it gets a private code for
   every character, and all stays in one font. */
static void set_code(struct faces *faces, const struct entry *entry, struct variant *variant)
{
    text says = variant->says;
    size_t offset = 0;
    uint32_t code = text_next(says, &offset);
    if (offset < says.length || (entry->is_mixed && code < 0x3000)) {
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

static struct variant *find_variant(const struct entry *entry, uint16_t glyph, uint32_t level)
{
    struct variant *variant = entry->variants[glyph];
    while (variant && variant->level != level)
        variant = variant->next;
    return variant;
}

/* Can all these be painted from the level, each saying its own? */
static bool admits_group(const struct entry *entry, uint32_t level,
                         const struct cluster_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct variant *variant = find_variant(entry, parts[i].id, level);
        if (variant && !text_equal(variant->says, parts[i].says))
            return false;
    }
    return true;
}

/* The lowest level that admits the group; LEVEL_COUNT: none does. One look at each variant: a sign
   that stands for thousands of characters has as many. */
static uint32_t lowest_level(const struct entry *entry, const struct cluster_part *parts,
                             size_t count)
{
    uint64_t taken[LEVEL_COUNT / 64] = {0};
    for (size_t i = 0; i < count; i++) {
        const struct variant *variant = entry->variants[parts[i].id];
        for (; variant; variant = variant->next)
            if (!text_equal(variant->says, parts[i].says))
                taken[variant->level / 64] |= UINT64_C(1) << (variant->level % 64);
    }
    uint32_t level = 0;
    while (level < LEVEL_COUNT && taken[level / 64] >> (level % 64) & 1)
        level++;
    return level;
}

/* Does one of them say something else with the same glyph? */
static bool contradicts(const struct cluster_part *parts, size_t count,
                        const struct cluster_part *added)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].id == added->id && !text_equal(parts[i].says, added->says))
            return true;
    return false;
}

/* The variant that says this at the level, made where it is not there. */
static struct variant *need_variant(struct faces *faces, struct entry *entry, uint32_t level,
                                    const struct cluster_part *part)
{
    struct variant *variant = find_variant(entry, part->id, level);
    if (variant || faces->frozen)
        return variant;
    entry->variant_count++;
    variant = ARENA_NEW(faces->arena, struct variant);
    *variant =
        (struct variant){.next = entry->variants[part->id], .says = part->says, .level = level};
    set_code(faces, entry, variant);
    entry->variants[part->id] = variant;
    return variant;
}

/* Blank glyphs are looked up in every line: once for each glyph of a face is enough. */
static bool is_blank_glyph(struct entry *entry, uint16_t glyph)
{
    enum { UNKNOWN, INKED, BLANK };
    if (entry->ink[glyph] == UNKNOWN)
        entry->ink[glyph] = font_file_is_blank(entry->file, glyph) ? BLANK : INKED;
    return entry->ink[glyph] == BLANK;
}

/* A run on its way to what is shown. */
struct pending {
    struct brush *brush;
    struct entry *entry;
    const struct glyph_run *run;
    uint32_t *count;    /* of its glyphs that Cairo is asked to show; NULL: nobody counts */
    size_t group_count; /* blank glyphs and the inked one that they go with */
    bool group_inked;
    int outline_count;
};

/* Runs begin at hundredths of a point: short numbers in the file. */
static double to_hundredths(float points)
{
    return round((double)points * 100) / 100;
}

static cairo_glyph_t place_of(const struct pending *pending, const struct cluster_part *part)
{
    return (cairo_glyph_t){
        .index = part->id,
        .x = to_hundredths(pending->run->x) + (double)part->x,
        .y = to_hundredths(pending->run->baseline) + (double)part->y,
    };
}

void brush_flush(struct brush *brush)
{
    struct shown *shown = &brush->shown;
    if (shown->count && !shown->inked && brush->owners[0]) {
        /* Cairo may leave out a call that leaves no ink. */
        for (int i = 0; i < shown->count; i++)
            --*brush->owners[i];
    } else if (shown->count && brush->cr) {
        struct level *level = &opened_of(brush, shown->entry)->levels[shown->level];
        cairo_set_scaled_font(brush->cr, find_font(brush, level, shown->size));
        cairo_show_text_glyphs(brush->cr, brush->utf8, (int)shown->length, brush->glyphs,
                               shown->count, brush->clusters, shown->count,
                               (cairo_text_cluster_flags_t)0);
    }
    *shown = (struct shown){0};
}

static void push_glyph(struct brush *brush, const struct variant *variant, cairo_glyph_t glyph,
                       uint32_t *owner)
{
    struct shown *shown = &brush->shown;
    brush->glyphs[shown->count] = glyph;
    brush->clusters[shown->count] = (cairo_text_cluster_t){variant->code_length, 1};
    brush->owners[shown->count] = owner;
    memcpy(brush->utf8 + shown->length, variant->code, variant->code_length);
    shown->length += variant->code_length;
    shown->count++;
    if (owner)
        ++*owner;
}

static void push(struct pending *pending, const struct cluster_part *part, uint32_t level)
{
    struct brush *brush = pending->brush;
    const struct variant *variant = need_variant(brush->faces, pending->entry, level, part);
    if (!variant) {
        brush->fault = "pages are painted otherwise than they were planned";
        return;
    }
    push_glyph(brush, variant, place_of(pending, part), pending->count);
    brush->shown.inked = brush->shown.inked || !is_blank_glyph(pending->entry, part->id);
}

/* Gives the group a level, that of the glyphs before it where it can, and adds it to them. */
static void close_group(struct pending *pending)
{
    enum { MOST_GLYPHS = 1024 }; /* in a call */
    struct brush *brush = pending->brush;
    struct entry *entry = pending->entry;
    struct shown *shown = &brush->shown;
    size_t count = pending->group_count;
    if (!count)
        return;
    bool joins = shown->entry == entry && shown->size == pending->run->size;
    uint32_t level = joins ? shown->level : 0;
    if (!admits_group(entry, level, brush->group, count))
        level = lowest_level(entry, brush->group, count);
    if (level >= LEVEL_COUNT || !open_levels(brush, entry, (size_t)level + 1)) {
        brush->fault = "a glyph has more texts than there are overflow faces";
        return;
    }
    if (!joins || level != shown->level || shown->count >= MOST_GLYPHS) {
        brush_flush(brush);
        shown->entry = entry;
        shown->size = pending->run->size;
        shown->level = level;
    }
    for (size_t i = 0; i < count; i++)
        push(pending, &brush->group[i], level);
    pending->group_count = 0;
    pending->group_inked = false;
}

/* Cairo leaves out a call that leaves no ink: blank glyphs form a group with the inked one before
   them (at a run's start, behind them), and the group is painted from one level. */
static void add_part(struct pending *pending, const struct cluster_part *part)
{
    struct brush *brush = pending->brush;
    if (part->outlined) {
        brush->outlines[pending->outline_count++] = place_of(pending, part);
        return;
    }
    bool blank = is_blank_glyph(pending->entry, part->id);
    if ((!blank && pending->group_inked) || pending->group_count == GROUP_COUNT ||
        contradicts(brush->group, pending->group_count, part))
        close_group(pending);
    brush->group[pending->group_count++] = *part;
    pending->group_inked = pending->group_inked || !blank;
}

static void fill_outlines(struct pending *pending)
{
    struct brush *brush = pending->brush;
    if (!pending->outline_count || !open_levels(brush, pending->entry, 1))
        return;
    brush_flush(brush);
    if (!brush->cr)
        return;
    struct level *level = &opened_of(brush, pending->entry)->levels[0];
    cairo_set_scaled_font(brush->cr, find_font(brush, level, pending->run->size));
    cairo_glyph_path(brush->cr, brush->outlines, pending->outline_count);
    cairo_fill(brush->cr);
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

static bool is_mark(const struct cluster_part *part)
{
    size_t offset = 0;
    return !part->outlined && cluster_is_nonspacing(text_next(part->says, &offset));
}

static void turn(struct cluster_part *parts, size_t from, size_t to)
{
    for (; from + 1 < to; from++, to--) {
        struct cluster_part kept = parts[from];
        parts[from] = parts[to - 1];
        parts[to - 1] = kept;
    }
}

/* The parts of a run from right to left as they are seen: see cluster.h. */
static void turn_run(struct cluster_part *parts, size_t count)
{
    turn(parts, 0, count);
    for (size_t from = 0, to; from < count; from = to) {
        to = from + 1;
        while (is_mark(&parts[from]) && to < count && is_mark(&parts[to]))
            to++;
        turn(parts, from, to);
    }
}

static void add_clusters(struct pending *pending, const struct glyph_run *run)
{
    struct cluster_part *parts = pending->brush->parts;
    size_t count = divide_run(pending->entry, run, parts);
    if (run->right_to_left)
        turn_run(parts, count);
    for (size_t i = 0; i < count; i++)
        add_part(pending, &parts[i]);
}

/* The spaces of another run, which may be of another face, in the face of the run before them: by
   their own glyphs where it is the same one, lest those beside them be said from an overflow face.
   Before the sign that leads back from a note, readers would put the stop that ends it behind that
   sign: a mark of direction keeps it. */
static void add_blank(struct pending *pending, const struct page_item *item)
{
    const struct glyph_run *blank = item->run;
    const struct node *next = item->node ? item->node->next : NULL;
    bool returns = blank->right_to_left && next && next->kind == NODE_BACK_LINK;
    bool is_own = blank->face == pending->run->face;
    unsigned space = font_file_space(pending->entry->file);
    size_t offset = 0;
    for (uint32_t i = 0; space && i < blank->glyph_count; i++) {
        if (!blank->glyphs[i].text_length)
            continue;
        size_t end = offset + blank->glyphs[i].text_length;
        struct cluster_part part = {
            .id = is_own ? blank->glyphs[i].id : (uint16_t)space,
            .x = blank->x + blank->glyphs[i].x - pending->run->x,
            .y = blank->baseline - pending->run->baseline,
            .says = returns ? TEXT("\xC2\xA0\xE2\x80\x8F") : text_slice(blank->text, offset, end),
        };
        add_part(pending, &part);
        offset = end;
    }
}

bool brush_leaves_ink(struct brush *brush, const struct glyph_run *run)
{
    struct entry *entry = find_entry(brush->faces, brush->latest, run->face);
    if (!entry || !open_entry(brush, entry))
        return false;
    for (uint32_t i = 0; i < run->glyph_count; i++)
        if (!is_blank_glyph(entry, run->glyphs[i].id))
            return true;
    return false;
}

const struct page_item *brush_paint_run(struct brush *brush, const struct page_item *item,
                                        const struct page_item *end, uint32_t *shown)
{
    const struct glyph_run *run = item->run;
    const struct page_item *next = item + 1;
    struct entry *entry = find_entry(brush->faces, brush->latest, run->face);
    brush->latest = entry;
    if (!entry || !open_entry(brush, entry))
        return next;
    size_t count = scratch_of(run);
    while (next < end && faces_is_blank(next, item))
        count += (next++)->run->glyph_count;
    need_scratch(brush, (size_t)brush->shown.count + count);
    struct pending pending = {.brush = brush, .entry = entry, .run = run, .count = shown};
    for (const struct page_item *blank = next - 1; blank > item; blank--)
        if (blank->run->x < run->x)
            add_blank(&pending, blank);
    add_clusters(&pending, run);
    for (const struct page_item *blank = item + 1; blank < next; blank++)
        if (blank->run->x >= run->x)
            add_blank(&pending, blank);
    close_group(&pending);
    fill_outlines(&pending);
    return next;
}

size_t faces_freeze(struct faces *faces)
{
    size_t count = 0;
    faces->frozen = true;
    for (size_t i = 0; i < faces->count; i++)
        count += faces->entries[i].variant_count;
    return count;
}

struct known {
    const struct variant *variant;
    uint16_t glyph;
};

static int compare_known(const void *left, const void *right)
{
    const struct known *a = left, *b = right;
    if (a->variant->level != b->variant->level)
        return a->variant->level < b->variant->level ? -1 : 1;
    return a->glyph < b->glyph ? -1 : a->glyph > b->glyph;
}

static void prime_entry(struct brush *brush, struct entry *entry)
{
    enum { SIZE = 1 };
    struct known *known = ARENA_NEW_ARRAY(&brush->arena, entry->variant_count, struct known);
    size_t count = 0;
    for (uint32_t glyph = 0; entry->variants && glyph < GLYPH_COUNT; glyph++)
        for (const struct variant *v = entry->variants[glyph]; v; v = v->next)
            known[count++] = (struct known){v, (uint16_t)glyph};
    if (count)
        qsort(known, count, sizeof *known, compare_known);
    need_scratch(brush, count);
    uint32_t shown = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t level = known[i].variant->level;
        if (!open_levels(brush, entry, (size_t)level + 1))
            return;
        brush->shown.entry = entry;
        brush->shown.size = SIZE;
        brush->shown.level = level;
        brush->shown.inked = true;
        push_glyph(brush, known[i].variant, (cairo_glyph_t){known[i].glyph, SIZE, SIZE}, &shown);
        if (i + 1 == count || known[i + 1].variant->level != level)
            brush_flush(brush);
    }
}

void brush_prime(struct brush *brush)
{
    for (size_t i = 0; i < brush->faces->count; i++)
        prime_entry(brush, &brush->faces->entries[i]);
}
