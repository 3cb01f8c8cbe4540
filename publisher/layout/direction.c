/* Characters, each with its level of direction. Plain left-to-right text, which most text is, never
   meets the bidirectional algorithm. */
#include "layout/direction.h"

#include <fribidi/fribidi.h>

enum { ROOM_CODE_POINTS = 1, ROOM_TYPES, ROOM_BRACKETS, ROOM_LEVELS };

static bool needs_levels(uint32_t c)
{
    if (c < 0x590)
        return false;
    return c <= 0x8FF || (c >= 0x200E && c <= 0x202E && (c <= 0x200F || c >= 0x202A)) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

static hb_script_t script_of(uint32_t c)
{
    if (c < 0x80) {
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return is_letter ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    }
    return hb_unicode_script(hb_unicode_funcs_get_default(), c);
}

static bool read_characters(struct paragraph *paragraph)
{
    text t = paragraph_text(paragraph);
    bool levels = paragraph->right_to_left;
    size_t offset = 0;
    while (offset < t.length) {
        WORK_GROW(paragraph->characters, paragraph->character_count, paragraph->character_capacity);
        struct character *character = &paragraph->characters[paragraph->character_count++];
        unsigned char byte = (unsigned char)t.bytes[offset];
        character->offset = (uint32_t)offset;
        if (byte < 0x80) {
            character->code_point = byte;
            offset++;
        } else {
            character->code_point = text_next(t, &offset);
            levels |= needs_levels(character->code_point);
        }
        character->script = script_of(character->code_point);
        character->bidi_level = 0;
    }
    return levels;
}

/* UAX 9, L1, as far as it does not ask for lines: tabs, and the white space before them. */
static void reset_separators(const FriBidiCharType *types, FriBidiLevel *levels, size_t count,
                             FriBidiLevel base)
{
    bool is_before_tab = false;
    for (size_t i = count; i > 0; i--) {
        FriBidiCharType type = types[i - 1];
        bool is_tab = type == FRIBIDI_TYPE_SS;
        is_before_tab = is_tab || (is_before_tab && FRIBIDI_IS_EXPLICIT_OR_BN_OR_WS(type)) ||
                        (is_before_tab && FRIBIDI_IS_ISOLATE(type));
        if (is_before_tab)
            levels[i - 1] = base;
    }
}

/* UAX 9 up to rule I2. */
static void find_levels(struct paragraph *paragraph)
{
    size_t count = paragraph->character_count;
    FriBidiChar *code_points =
        paragraph_workspace(paragraph, ROOM_CODE_POINTS, count * sizeof(FriBidiChar));
    FriBidiCharType *types =
        paragraph_workspace(paragraph, ROOM_TYPES, count * sizeof(FriBidiCharType));
    FriBidiBracketType *brackets =
        paragraph_workspace(paragraph, ROOM_BRACKETS, count * sizeof(FriBidiBracketType));
    FriBidiLevel *levels =
        paragraph_workspace(paragraph, ROOM_LEVELS, count * sizeof(FriBidiLevel));
    for (size_t i = 0; i < count; i++) {
        uint32_t c = paragraph->characters[i].code_point;
        /* A forced line end is no paragraph separator here. */
        code_points[i] = c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 ? ' ' : c;
    }
    FriBidiStrIndex length = (FriBidiStrIndex)count;
    fribidi_get_bidi_types(code_points, length, types);
    fribidi_get_bracket_types(code_points, length, types, brackets);
    FriBidiParType base = paragraph->right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (!fribidi_get_par_embedding_levels_ex(types, brackets, length, &base, levels))
        return; /* out of memory inside the library: all stays at level 0 */
    reset_separators(types, levels, count, paragraph->right_to_left ? 1 : 0);
    for (size_t i = 0; i < count; i++)
        paragraph->characters[i].bidi_level = levels[i];
    paragraph->has_levels = true;
}

void paragraph_find_levels(struct paragraph *paragraph)
{
    if (read_characters(paragraph))
        find_levels(paragraph);
}

void direction_order(const int8_t *levels, size_t count, size_t *order)
{
    int highest = 0, lowest_odd = 127;
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
        highest = levels[i] > highest ? levels[i] : highest;
        if (levels[i] % 2 && levels[i] < lowest_odd)
            lowest_odd = levels[i];
    }
    for (int level = highest; level >= lowest_odd; level--) {
        for (size_t from = 0, to; from < count; from = to + 1) {
            for (to = from; to < count && levels[order[to]] >= level;)
                to++;
            for (size_t a = from, b = to; a + 1 < b; a++, b--) {
                size_t kept = order[a];
                order[a] = order[b - 1];
                order[b - 1] = kept;
            }
        }
    }
}
