#include "pdf/cluster.h"

#include <hb.h>
#include <math.h>

/* In units of the font's size. A gap wider than READ_AS_GAP is taken for a space (poppler begins at
   0.03 where the font changes); a glyph that advances less is a mark. STEP keeps what stands on one
   point in order. */
static const float READ_AS_GAP = 0.025F, STEP = 0.002F;

struct division {
    struct font_file *file;
    const struct glyph_run *run;
    struct cluster_part *parts;
    size_t count;
    text says;
    size_t at;          /* bytes of says that are given away */
    size_t letters;     /* characters left that are no nonspacing marks */
    size_t last_spoken; /* the latest part that says something */
    size_t carried;     /* characters said by carriers since the last inked part */
    float pen, y;       /* where the latest advancing glyph leaves off */
};

bool cluster_is_nonspacing(uint32_t character)
{
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), character);
    return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
           category == HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

static size_t count_letters(text says)
{
    size_t letters = 0, offset = 0;
    for (uint32_t c = text_next(says, &offset); c != UINT32_MAX; c = text_next(says, &offset))
        letters += !cluster_is_nonspacing(c);
    return letters;
}

static void add_part(struct division *d, uint16_t id, float x, float y, text says)
{
    d->last_spoken = d->count;
    d->parts[d->count++] = (struct cluster_part){.id = id, .x = x, .y = y, .says = says};
}

static void add_outline(struct division *d, const struct glyph *glyph)
{
    d->parts[d->count++] =
        (struct cluster_part){.id = glyph->id, .outlined = true, .x = glyph->x, .y = glyph->y};
}

/* Without taking it; UINT32_MAX: none is left. */
static uint32_t peek(const struct division *d)
{
    size_t offset = d->at;
    return text_next(d->says, &offset);
}

static text take(struct division *d)
{
    size_t from = d->at;
    if (!cluster_is_nonspacing(text_next(d->says, &d->at)))
        d->letters--;
    return text_slice(d->says, from, d->at);
}

/* Says the next character without a glyph of its own, before `next`: readers by place would sort it
   behind a glyph that overlaps the pen. */
static void carry(struct division *d, float next)
{
    /* From left to right a ligature of letters says them all. */
    bool joins = !d->run->right_to_left && d->carried == 0 && !cluster_is_nonspacing(peek(d));
    unsigned carrier = joins ? 0 : font_file_carrier(d->file, peek(d));
    text character = take(d);
    if (!carrier) {
        /* Characters stand next to each other in the text. */
        d->parts[d->last_spoken].says.length += character.length;
        return;
    }
    if (!d->run->right_to_left)
        d->pen = fminf(d->pen, next - STEP * d->run->size);
    d->carried++;
    add_part(d, (uint16_t)carrier, d->pen, d->y, character);
}

static void move_pen(struct division *d, const struct glyph *glyph)
{
    float width = font_file_advance(d->file, glyph->id) * d->run->size;
    d->pen = d->run->right_to_left ? glyph->x : glyph->x + width;
    d->y = glyph->y;
    d->carried = 0;
}

static void add_advancing(struct division *d, const struct glyph *glyph, bool is_first)
{
    while (!is_first && peek(d) != UINT32_MAX && cluster_is_nonspacing(peek(d)))
        carry(d, glyph->x);
    text says = d->run->right_to_left ? TEXT("\xE2\x80\x8F") : TEXT("\xE2\x80\x8E");
    if (peek(d) != UINT32_MAX)
        says = take(d);
    add_part(d, glyph->id, glyph->x, glyph->y, says);
    move_pen(d, glyph);
}

static bool is_mark(const struct division *d, const struct glyph *glyph)
{
    return font_file_advance(d->file, glyph->id) < READ_AS_GAP;
}

/* advancing: how many advancing glyphs are still to come, which need a letter each. */
static void add_mark(struct division *d, const struct glyph *glyph, size_t advancing)
{
    uint32_t next = peek(d);
    bool spared = next != UINT32_MAX && (cluster_is_nonspacing(next) || d->letters > advancing);
    /* Readers by place sort what begins before the pen behind what begins at it. */
    float before = (d->pen - glyph->x) / d->run->size;
    if (d->run->right_to_left || !spared || before < 0 || before > READ_AS_GAP) {
        add_outline(d, glyph);
        return;
    }
    add_part(d, glyph->id, glyph->x, glyph->y, take(d));
    d->carried = 0;
}

size_t cluster_divide(struct font_file *file, const struct glyph_run *run,
                      const struct glyph *glyphs, uint32_t count, float next, text says,
                      struct cluster_part *parts)
{
    struct division d = {
        .file = file, .run = run, .parts = parts, .says = says, .letters = count_letters(says)};
    size_t advancing = 0;
    for (uint32_t i = 1; i < count; i++)
        advancing += !is_mark(&d, &glyphs[i]);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || !is_mark(&d, &glyphs[i])) {
            add_advancing(&d, &glyphs[i], i == 0);
            advancing -= i > 0;
        } else {
            add_mark(&d, &glyphs[i], advancing);
        }
    }
    while (d.at < says.length)
        carry(&d, next);
    return d.count;
}
