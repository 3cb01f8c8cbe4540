#include "pdf/cluster.h"

/* In units of the font's size. A glyph narrower than MARK_WIDTH is a mark; a gap wider than
   READ_AS_GAP is taken for a space by readers (they begin at a fifth); STEP keeps what stands on
   one point in order. */
static const float MARK_WIDTH = 0.1F, READ_AS_GAP = 0.15F, STEP = 0.002F;

struct division {
    const struct font_file *file;
    const struct glyph_run *run;
    struct cluster_part *parts;
    size_t count;
    text says;
    size_t at;          /* bytes of says that are given away */
    size_t last_spoken; /* the latest part that says something; SIZE_MAX: none */
};

static void add_part(struct division *d, uint16_t id, float x, float y, bool outlined, text says)
{
    if (!outlined)
        d->last_spoken = d->count;
    d->parts[d->count++] = (struct cluster_part){id, outlined, x, y, says};
}

/* The next character; a mark of direction where none is left. */
static text next_character(struct division *d)
{
    size_t from = d->at;
    if (from < d->says.length) {
        text_next(d->says, &d->at);
        return text_slice(d->says, from, d->at);
    }
    return d->run->right_to_left ? TEXT("\xE2\x80\x8F") : TEXT("\xE2\x80\x8E");
}

static bool is_mark(const struct division *d, const struct glyph *glyph)
{
    return font_file_advance(d->file, glyph->id) < MARK_WIDTH;
}

/* Would a reader by place tear the mark from what it stands on? `pen` is where the glyph before
 * ends. */
static bool is_far(const struct division *d, const struct glyph *glyph, float pen)
{
    float size = d->run->size;
    float end = glyph->x + font_file_advance(d->file, glyph->id) * size;
    return d->run->right_to_left || pen - end > READ_AS_GAP * size ||
           end - pen > READ_AS_GAP * size;
}

/* What no glyph has said yet. */
static void say_rest(struct division *d)
{
    float x = d->parts[d->last_spoken].x, y = d->parts[d->last_spoken].y;
    for (size_t nth = 0; d->run->right_to_left && d->at < d->says.length; nth++) {
        unsigned carrier = font_file_carrier(d->file, nth);
        if (!carrier)
            break;
        x -= STEP * d->run->size;
        add_part(d, (uint16_t)carrier, x, y, false, next_character(d));
    }
    /* The characters of the last part and the rest stand next to each other. */
    d->parts[d->last_spoken].says.length += d->says.length - d->at;
    d->at = d->says.length;
}

size_t cluster_divide(const struct font_file *file, const struct glyph_run *run,
                      const struct glyph *glyphs, uint32_t count, text says,
                      struct cluster_part *parts)
{
    struct division d = {
        .file = file, .run = run, .parts = parts, .says = says, .last_spoken = SIZE_MAX};
    float pen = glyphs[0].x;
    for (uint32_t i = 0; i < count; i++) {
        const struct glyph *glyph = &glyphs[i];
        bool outlined =
            i > 0 && is_mark(&d, glyph) && (d.at >= says.length || is_far(&d, glyph, pen));
        if (outlined) {
            add_part(&d, glyph->id, glyph->x, glyph->y, true, TEXT_EMPTY);
            continue;
        }
        add_part(&d, glyph->id, glyph->x, glyph->y, false, next_character(&d));
        pen = glyph->x + font_file_advance(file, glyph->id) * run->size;
    }
    say_rest(&d);
    return d.count;
}
