#include "layout/sequences.h"

#include "base/hash.h"

#include "layout/shape.h"

#include <hb-ot.h>
#include <string.h>

/* In units of the size: how far the middle of a mark may stand outside of the ink of its letter (a
   slanted one carries its marks to the right), and that of an overlay from the middle of its sign.
 */
static const float MARK_BESIDE = 0.15F, OVERLAY_BESIDE = 0.1F;

enum { DOTTED_CIRCLE = 0x25CC, KEPT_LENGTH = 8, KEPT_COUNT = 1024 };

/* What was found, by chain and characters: the same letters come again and again. */
struct kept_sequence {
    const struct font_chain *chain; /* NULL: empty */
    const struct font *font;
    bool is_whole;
    uint32_t count, code_points[KEPT_LENGTH];
};

struct sequence_cache {
    struct kept_sequence kept[KEPT_COUNT];
};

/* what the characters are */

static unsigned combining_class(uint32_t c)
{
    return (unsigned)hb_unicode_combining_class(hb_unicode_funcs_get_default(), c);
}

bool sequence_stands_alone(uint32_t first)
{
    switch (hb_unicode_script(hb_unicode_funcs_get_default(), first)) {
    case HB_SCRIPT_COMMON:
    case HB_SCRIPT_INHERITED:
    case HB_SCRIPT_LATIN:
    case HB_SCRIPT_GREEK:
    case HB_SCRIPT_CYRILLIC:
    case HB_SCRIPT_HAN:
    case HB_SCRIPT_HIRAGANA:
    case HB_SCRIPT_KATAKANA:
        return true;
    default:
        return false;
    }
}

static bool is_variation(uint32_t c)
{
    return (c >= 0xFE00 && c <= 0xFE0D) || (c >= 0xE0100 && c <= 0xE01EF);
}

static bool is_tag(uint32_t c)
{
    return c >= 0xE0020 && c <= 0xE007F;
}

bool sequence_has_hidden(uint32_t c)
{
    return is_variation(c) || is_tag(c);
}

/* A key, a flag, a skin tone, what joins pictures (UTS 51, 1.4.5 and 1.4.6). */
static bool makes_one(uint32_t c, uint32_t before)
{
    return (c >= 0x1F3FB && c <= 0x1F3FF) || is_tag(c) || (before == 0x200D && c >= 0x2190) ||
           (c >= 0x1F1E6 && c <= 0x1F1FF && before >= 0x1F1E6 && before <= 0x1F1FF) ||
           hb_unicode_general_category(hb_unicode_funcs_get_default(), c) ==
               HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK;
}

struct meant {
    bool is_one;               /* one glyph and no other way */
    bool has_overlay;          /* marks that lie on their letter (class 1) */
    bool has_mark, has_others; /* marks that stand above or below it; marks of another kind */
    bool holds_circle;
    uint32_t base, variation;
};

static void add_mark(struct meant *meant, uint32_t c)
{
    unsigned class = combining_class(c);
    meant->has_overlay |= class == 1;
    meant->has_mark |= class == 202 || class == 220 || class == 230;
    meant->has_others |= class != 0 && class != 1 && class != 202 && class != 220 && class != 230;
}

static struct meant what_is_meant(const uint32_t *code_points, size_t count)
{
    struct meant meant = {.base = code_points[0]};
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    hb_codepoint_t first = code_points[0], second;
    while (hb_unicode_decompose(unicode, first, &first, &second))
        add_mark(&meant, second);
    for (size_t i = 0; i < count; i++) {
        uint32_t c = code_points[i];
        meant.holds_circle |= c == DOTTED_CIRCLE;
        if (i == 0)
            continue;
        add_mark(&meant, c);
        meant.is_one |= makes_one(c, code_points[i - 1]);
        if (i == 1 && is_variation(c))
            meant.variation = c;
    }
    return meant;
}

/* how they are drawn */

/* The middle of each mark's ink is over the ink of the letter; of an overlay's, over its middle. */
static bool marks_are_placed(const struct font *font, hb_buffer_t *buffer, bool overlays)
{
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, NULL);
    hb_glyph_extents_t base = {0};
    float pen = 0, left = 0, right = 0,
          room = (overlays ? OVERLAY_BESIDE : MARK_BESIDE) / font->unit;
    for (unsigned i = 0; i < count; i++) {
        hb_glyph_extents_t ink;
        if (!hb_font_get_glyph_extents(font->shaper, infos[i].codepoint, &ink))
            return false;
        float start = pen + (float)(places[i].x_offset + ink.x_bearing);
        pen += (float)places[i].x_advance;
        if (i == 0) {
            base = ink;
            float half = overlays ? (float)ink.width / 2 : 0;
            left = start + half - room;
            right = start + (float)ink.width - half + room;
            continue;
        }
        float middle = start + (float)ink.width / 2;
        if (base.width && ink.width && (middle < left || middle > right))
            return false;
    }
    return true;
}

static bool is_well_drawn(const struct font *font, hb_buffer_t *buffer, const struct meant *meant)
{
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    hb_codepoint_t circle = 0;
    hb_font_get_nominal_glyph(font->shaper, DOTTED_CIRCLE, &circle);
    for (unsigned i = 0; i < count; i++) {
        if (infos[i].codepoint == 0 ||
            (circle && infos[i].codepoint == circle && !meant->holds_circle))
            return false;
    }
    /* What the font passes over leaves the plain sign: a black flag for England's. */
    hb_codepoint_t plain = 0;
    hb_font_get_nominal_glyph(font->shaper, meant->base, &plain);
    if (meant->is_one)
        return count == 1 && infos[0].codepoint != plain;
    if (count <= 1)
        return count == 1;
    if (meant->has_others || !(meant->has_overlay || meant->has_mark))
        return true;
    return marks_are_placed(font, buffer, meant->has_overlay && !meant->has_mark);
}

bool sequence_is_drawn(const struct font *font, const uint32_t *code_points, size_t count)
{
    struct meant meant = what_is_meant(code_points, count);
    hb_codepoint_t glyph;
    if (meant.variation &&
        !hb_font_get_variation_glyph(font->shaper, meant.base, meant.variation, &glyph))
        return false;
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf32(buffer, code_points, (int)count, 0, (int)count);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape(font->shaper, buffer, NULL, 0);
    bool is_drawn = is_well_drawn(font, buffer, &meant);
    hb_buffer_destroy(buffer);
    return is_drawn;
}

/* which font */

static const struct font *find(const struct font_chain *chain, const uint32_t *code_points,
                               size_t count, bool *is_whole)
{
    const struct font *first = NULL;
    *is_whole = true;
    for (size_t i = 0; i < chain->count; i++) {
        const struct font *font = fonts_at(chain, i);
        if (!font)
            continue;
        if (sequence_is_drawn(font, code_points, count))
            return font;
        size_t held = 0;
        while (!first && held < count &&
               (text_is_ignorable(code_points[held]) || font_has(font, code_points[held])))
            held++;
        if (held == count)
            first = font;
    }
    *is_whole = false;
    return first;
}

const struct font *fonts_find_sequence(const struct font_chain *chain, const uint32_t *code_points,
                                       size_t count, bool *is_whole)
{
    if (count > KEPT_LENGTH)
        return find(chain, code_points, count, is_whole);
    struct fonts *fonts = chain->owner;
    if (!fonts->sequences)
        fonts->sequences = ARENA_NEW(fonts->arena, struct sequence_cache);
    uint64_t hash = HASH_START ^ (uintptr_t)chain >> 4;
    for (size_t i = 0; i < count; i++)
        hash = hash_number(hash, code_points[i]);
    struct kept_sequence *kept = &fonts->sequences->kept[(hash ^ hash >> 32) % KEPT_COUNT];
    if (kept->chain != chain || kept->count != count ||
        memcmp(kept->code_points, code_points, count * sizeof *code_points) != 0) {
        kept->chain = chain;
        kept->count = (uint32_t)count;
        memcpy(kept->code_points, code_points, count * sizeof *code_points);
        kept->font = find(chain, code_points, count, &kept->is_whole);
    }
    *is_whole = kept->is_whole;
    return kept->font;
}
