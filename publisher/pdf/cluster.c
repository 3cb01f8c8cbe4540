#include "pdf/cluster.h"

#include <hb.h>
#include <math.h>

/* In units of the font's size. A gap wider than READ_AS_GAP is taken for a space (poppler begins at
   0.03 where the font changes); a glyph that advances less is a mark. STEP keeps what stands on one
   point in order; Cairo writes moves from 0.003 on. */
static const float READ_AS_GAP = 0.025F, STEP = 0.002F, ASIDE = 0.005F;
/* poppler from 24 on takes the same letter for a heavier one where it begins nearer than some 0.08
   behind the first. */
static const float APART = 0.1F;
/* Wider gaps are meant, and so are overlaps that cover a letter. */
static const float MOST_GAP = 1, MOST_OVERLAP = 0.25F;

struct division {
    struct font_file *file;
    const struct glyph_run *run;
    const struct glyph *glyphs;
    size_t glyph_count;
    struct cluster_part *parts;
    size_t count;
    size_t whole, first; /* the latest advancing part, and the glyph that it begins with */
    text says;
    size_t at;          /* bytes of says that are given away */
    size_t letters;     /* characters left that are no nonspacing marks */
    size_t last_spoken; /* the latest part that says something */
    size_t carried;     /* characters said by carriers since the last inked part */
    bool spoken;        /* a mark behind that part says something of its own */
    float left, right;  /* of that part */
    float pen, y;       /* where it leaves off */
    float next;         /* where the next cluster begins */
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

/* Adds a glyph of the font, whose text begins `behind` its place. One that stands above or below
   the line, or is narrower, is composed anew: PDFium and pdf.js take its text for a line of its
   own, and all readers the gap for a space. width: in units of the font's size. */
static void add_glyph(struct division *d, const struct glyph *glyph, float width, float behind,
                      text says)
{
    struct composed_piece piece;
    float size = d->run->size, own = font_file_advance(d->file, glyph->id);
    float y = glyph_y(d->run, glyph);
    if ((y != 0 || width != own || behind > 0) &&
        font_file_place(d->file, -behind / size, -y / size, glyph->id, &piece)) {
        unsigned id = font_file_compose(d->file, &piece, 1, width - behind / size);
        if (id) {
            add_part(d, (uint16_t)id, glyph->x + behind, 0, says);
            return;
        }
    }
    add_part(d, glyph->id, glyph->x, y, says);
}

static void add_outline(struct division *d, const struct glyph *glyph)
{
    d->parts[d->count++] = (struct cluster_part){
        .id = glyph->id, .outlined = true, .x = glyph->x, .y = glyph_y(d->run, glyph)};
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

static bool is_joiner(uint32_t character)
{
    return character == 0x200C || character == 0x200D;
}

uint32_t cluster_end(const struct glyph_run *run, uint32_t first, size_t *offset)
{
    uint32_t end = first;
    bool goes_on = true;
    while (goes_on) {
        *offset += run->glyphs[end++].text_length;
        while (end < run->glyph_count && run->glyphs[end].text_length == 0)
            end++;
        size_t at = *offset;
        goes_on = end < run->glyph_count && !run->right_to_left &&
                  is_joiner(text_next(run->text, &at)) &&
                  at - *offset == run->glyphs[end].text_length;
    }
    return end;
}

/* Does the latest part say a mark, and may it say a joiner behind it? Alone, pdf.js drops one. */
static bool takes_joiner(const struct division *d)
{
    size_t offset = 0;
    uint32_t said = text_next(d->parts[d->last_spoken].says, &offset);
    return !d->run->right_to_left && is_joiner(peek(d)) && !is_joiner(said) &&
           cluster_is_nonspacing(said);
}

enum { LOOKS_BACK = 7 }; /* parts: readers look for the same no further */

/* How many of the latest parts say the same. */
static unsigned count_same(const struct division *d, text says)
{
    unsigned same = 0;
    for (size_t i = d->count; i > 0 && i + LOOKS_BACK > d->count; i--)
        same += !d->parts[i - 1].outlined && text_equal(d->parts[i - 1].says, says);
    return same;
}

/* What says the same and stands where the pen does goes a step to the left, with the carriers
   before it: poppler leaves out the second of two at one place. */
static void step_aside(struct division *d, text says)
{
    size_t first = d->count > LOOKS_BACK ? d->count - LOOKS_BACK : 0, last = d->count;
    first = first > d->whole ? first : d->whole + 1;
    while (last > first && !text_equal(d->parts[last - 1].says, says))
        last--;
    for (size_t i = first; i < last; i++)
        if (!d->parts[i].carried)
            return;
    for (size_t i = first; i < last; i++)
        d->parts[i].x -= ASIDE * d->run->size;
}

/* The same glyph with the least width: pdf.js takes one without for none, and reads the space
   before it twice. */
static unsigned widen(const struct division *d, unsigned carrier)
{
    struct composed_piece piece = {(uint16_t)carrier, 0, 0};
    unsigned wide = font_file_compose(d->file, &piece, 1, STEP / 2);
    return wide ? wide : carrier;
}

/* Says the next character without a glyph of its own, before `next`: readers by place would sort it
   behind a glyph that overlaps the pen. */
static void carry(struct division *d, float next)
{
    /* A carrier for each mark, with each joiner behind it. The second of the same has another:
       PDFium leaves out a glyph that was shown at the same place before. */
    enum { REPEATED = 0x1000000, JOINED = 0x10000000 };
    /* From left to right a ligature of letters says them all. */
    bool joins = (!d->run->right_to_left && d->carried == 0 && !cluster_is_nonspacing(peek(d))) ||
                 takes_joiner(d);
    uint32_t peeked = peek(d), first = peeked;
    text says = take(d);
    uint32_t after = peek(d);
    if (!d->run->right_to_left && !joins && !is_joiner(first) && after != UINT32_MAX &&
        is_joiner(after)) {
        says.length += take(d).length;
        first += JOINED * (after - 0x200B);
    }
    unsigned same = count_same(d, says);
    if (same && !d->run->right_to_left)
        step_aside(d, says);
    first += REPEATED * same;
    unsigned carrier = joins ? 0 : font_file_carrier(d->file, first);
    if (carrier && d->run->right_to_left && !cluster_is_nonspacing(peeked)) {
        carrier = widen(d, carrier);
        d->pen -= STEP * d->run->size;
    }
    if (!carrier) {
        /* Characters stand next to each other in the text. */
        d->parts[d->last_spoken].says.length += says.length;
        return;
    }
    if (!d->run->right_to_left)
        d->pen = fminf(d->pen, next - STEP * d->run->size);
    d->carried++;
    add_part(d, (uint16_t)carrier, d->pen, d->y, says);
    d->parts[d->count - 1].carried = true;
}

/* The glyph's width in units of the font's size: to the next one to its right, if a gap is between
   them. */
static float width_of(const struct division *d, const struct glyph *glyph)
{
    float width = font_file_advance(d->file, glyph->id),
          reach = (d->left - glyph->x) / d->run->size;
    bool is_gap = d->run->right_to_left && reach > width + READ_AS_GAP && reach < width + 1;
    return is_gap && peek(d) != UINT32_MAX && !text_is_space(peek(d)) ? reach : width;
}

static void move_pen(struct division *d, const struct glyph *glyph, float width, float behind)
{
    d->left = glyph->x + behind;
    d->right = glyph->x + width * d->run->size;
    d->pen = d->run->right_to_left ? d->left : d->right;
    d->y = d->parts[d->whole].y;
    d->carried = 0;
}

/* What stands between a composed glyph and the one that joins it: marks are pieces of it, and
   carriers go with the pen. */
static void move_carriers(struct division *d, float pen)
{
    size_t kept = d->whole + 1;
    for (size_t i = kept; i < d->count; i++) {
        if (d->parts[i].outlined)
            continue;
        d->parts[kept] = d->parts[i];
        d->parts[kept++].x += pen - d->pen;
    }
    d->count = kept;
    d->last_spoken = kept - 1;
    d->pen = pen;
}

/* Makes one glyph of the latest advancing one and all behind it up to `glyph`, which reaches from
   left to right. False where the font takes none, or one of them says something. */
static bool compose(struct division *d, size_t glyph, float left, float right)
{
    size_t count = glyph + 1 - d->first;
    struct composed_piece pieces[COMPOSED_PIECES];
    if (d->spoken || count > COMPOSED_PIECES)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct glyph *piece = &d->glyphs[d->first + i];
        if (!font_file_place(d->file, (piece->x - left) / d->run->size,
                             (d->y - glyph_y(d->run, piece)) / d->run->size, piece->id, &pieces[i]))
            return false;
    }
    unsigned id = font_file_compose(d->file, pieces, count, (right - left) / d->run->size);
    if (!id)
        return false;
    d->parts[d->whole].id = (uint16_t)id;
    d->parts[d->whole].x = left;
    d->left = left;
    d->right = right;
    return true;
}

/* No letter is left for the glyph: it becomes one with the advancing one before it. */
static bool join(struct division *d, size_t nth)
{
    const struct glyph *glyph = &d->glyphs[nth];
    float width = font_file_advance(d->file, glyph->id) * d->run->size;
    if (!compose(d, nth, fminf(d->left, glyph->x), fmaxf(d->right, glyph->x + width)))
        return false;
    move_carriers(d, d->run->right_to_left ? d->left : d->right);
    return true;
}

static bool is_mark(const struct division *d, const struct glyph *glyph)
{
    return font_file_advance(d->file, glyph->id) < READ_AS_GAP;
}

/* From left to right: how far behind the latest advancing glyph's end the glyph `nth` begins, or
   the next cluster, in units of the font's size. 0 before a mark. */
static float gap_before(const struct division *d, size_t nth)
{
    if (d->run->right_to_left || (nth < d->glyph_count && is_mark(d, &d->glyphs[nth])))
        return 0;
    float x = nth < d->glyph_count ? d->glyphs[nth].x : d->next;
    return x > d->left ? (x - d->right) / d->run->size : 0;
}

/* The latest advancing glyph reaches as far as `behind` the place of the glyph `nth`: readers take
   a gap for a space, and some an overlap as well. */
static void close_gap(struct division *d, size_t nth, float behind)
{
    float gap = gap_before(d, nth) + behind / d->run->size;
    if (fabsf(gap) < READ_AS_GAP || gap < -MOST_OVERLAP || gap > MOST_GAP ||
        !compose(d, nth - 1, d->left, d->right + gap * d->run->size))
        return;
    move_carriers(d, d->right);
}

/* How far behind its place the text of a glyph begins, lest it be left out: it says the same as the
   letter before it, which it covers. */
static float step_behind(const struct division *d, const struct glyph *glyph, float width)
{
    const struct cluster_part *before = &d->parts[d->whole];
    size_t end = d->at;
    float behind = before->x + APART * d->run->size - glyph->x;
    bool is_same = !d->run->right_to_left && text_next(d->says, &end) != UINT32_MAX &&
                   text_equal(before->says, text_slice(d->says, d->at, end));
    return is_same && behind > 0 && behind < width * d->run->size ? behind : 0;
}

static void add_advancing(struct division *d, size_t nth)
{
    const struct glyph *glyph = &d->glyphs[nth];
    while (nth && peek(d) != UINT32_MAX && cluster_is_nonspacing(peek(d)))
        carry(d, glyph->x);
    if (nth && peek(d) == UINT32_MAX && join(d, nth))
        return;
    float width = width_of(d, glyph), behind = nth ? step_behind(d, glyph, width) : 0;
    if (nth)
        close_gap(d, nth, behind);
    d->whole = d->count;
    d->first = nth;
    d->spoken = false;
    text says = d->run->right_to_left ? TEXT("\xE2\x80\x8F") : TEXT("\xE2\x80\x8E");
    if (peek(d) != UINT32_MAX)
        says = take(d);
    add_glyph(d, glyph, width, behind, says);
    move_pen(d, glyph, width, behind);
}

/* Is the next character said before or again? Then carriers say it, which can step aside. */
static bool is_repeated(const struct division *d)
{
    size_t end = d->at;
    uint32_t next = text_next(d->says, &end), c = 0;
    if (next != UINT32_MAX && count_same(d, text_slice(d->says, d->at, end)))
        return true;
    for (unsigned i = 0; i < LOOKS_BACK && c != UINT32_MAX; i++) {
        c = text_next(d->says, &end);
        if (c == next)
            return next != UINT32_MAX;
    }
    return false;
}

/* advancing: how many advancing glyphs are still to come, which need a letter each. */
static void add_mark(struct division *d, size_t nth, size_t advancing)
{
    const struct glyph *glyph = &d->glyphs[nth];
    uint32_t next = peek(d);
    /* It may become a piece of what takes no letter, or reaches over a gap. */
    float gap = gap_before(d, nth + 1);
    bool composed = d->letters < advancing || gap > READ_AS_GAP || gap < -STEP || is_repeated(d);
    bool spared =
        !composed && next != UINT32_MAX && (cluster_is_nonspacing(next) || d->letters > advancing);
    /* Readers by place sort what begins before the pen behind what begins at it. */
    float before = (d->pen - glyph->x) / d->run->size;
    if (d->run->right_to_left || !spared || before < 0 || before > READ_AS_GAP) {
        if (!compose(d, nth, d->left, d->right))
            add_outline(d, glyph);
        return;
    }
    d->spoken = true;
    add_glyph(d, glyph, font_file_advance(d->file, glyph->id), 0, take(d));
    d->carried = 0;
}

/* Where the advancing glyph before the cluster begins; looks at few, lest a run of marks cost the
   square of its length. */
static float find_left(const struct division *d)
{
    const struct glyph *before = d->glyphs;
    for (unsigned i = 0; i < COMPOSED_PIECES && before > d->run->glyphs; i++)
        if (!is_mark(d, --before))
            return before->x;
    return d->glyphs->x;
}

size_t cluster_divide(struct font_file *file, const struct glyph_run *run,
                      const struct glyph *glyphs, uint32_t count, float next, text says,
                      struct cluster_part *parts)
{
    struct division d = {.file = file,
                         .run = run,
                         .glyphs = glyphs,
                         .glyph_count = count,
                         .next = next,
                         .parts = parts,
                         .says = says,
                         .letters = count_letters(says)};
    d.left = find_left(&d);
    size_t advancing = 0;
    for (uint32_t i = 1; i < count; i++)
        advancing += !is_mark(&d, &glyphs[i]);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || !is_mark(&d, &glyphs[i])) {
            add_advancing(&d, i);
            advancing -= i > 0;
        } else {
            add_mark(&d, i, advancing);
        }
    }
    while (d.at < says.length)
        carry(&d, next);
    close_gap(&d, count, 0);
    return d.count;
}
