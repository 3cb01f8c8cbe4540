#include "inspect/pdf/font_rules.h"

#include "base/limits.h"
#include "inspect/pdf/glyphs.h"
#include "inspect/pdf/program.h"

#define FAULT(condition, ...)                                                                      \
    inspection_find(file->inspection, CONDITION_##condition, page, font->number, 0, __VA_ARGS__)

static text called(const struct pdf_font *font)
{
    return font->name.length          ? font->name
           : font->kind == FONT_TYPE3 ? TEXT("a Type 3 font")
                                      : TEXT("a font without a name");
}

/* 7.21.3.1: what the encoding says of its collection against what the font says. */
static void compare_collections(struct pdf_file *file, const struct pdf_font *font,
                                pdf_object encoding, pdf_object descendant, uint32_t page)
{
    pdf_object information = pdf_get(file, descendant, "/CIDSystemInfo");
    text registry = pdf_string(file, pdf_get(file, information, "/Registry"));
    text ordering = pdf_string(file, pdf_get(file, information, "/Ordering"));
    long long supplement = pdf_integer(file, pdf_get(file, information, "/Supplement"), -1);
    text wanted_registry, wanted_ordering;
    long long wanted = -1;
    const struct predefined_cmap *known = predefined_cmap_find(pdf_name(file, encoding));
    if (known) {
        wanted_registry = TEXT("Adobe");
        wanted_ordering = text_from_c(known->ordering);
        wanted = known->supplement;
    } else if (pdf_is_stream(file, encoding)) {
        pdf_object own = pdf_get(file, encoding, "/CIDSystemInfo");
        if (pdf_is_array(file, own))
            own = pdf_item(file, own, 0);
        wanted_registry = pdf_string(file, pdf_get(file, own, "/Registry"));
        wanted_ordering = pdf_string(file, pdf_get(file, own, "/Ordering"));
        wanted = pdf_integer(file, pdf_get(file, own, "/Supplement"), -1);
    } else {
        return;
    }
    if (!text_equal(registry, wanted_registry))
        FAULT(M31_001, "the font is of %.*s, its encoding of %.*s", TEXT_ARGUMENTS(registry),
              TEXT_ARGUMENTS(wanted_registry));
    if (!text_equal(ordering, wanted_ordering))
        FAULT(M31_002, "the font is ordered as %.*s, its encoding as %.*s",
              TEXT_ARGUMENTS(ordering), TEXT_ARGUMENTS(wanted_ordering));
    if (supplement > wanted || supplement < 0)
        FAULT(M31_003, "the font has supplement %lld, its encoding %lld", supplement, wanted);
}

static bool is_listed(text name)
{
    return text_equal_c(name, "Identity-H") || text_equal_c(name, "Identity-V") ||
           predefined_cmap_find(name);
}

/* 7.21.3.3 */
static void check_encoding(struct pdf_file *file, const struct pdf_font *font, pdf_object encoding,
                           uint32_t page)
{
    if (!pdf_is_stream(file, encoding)) {
        text name = pdf_name(file, encoding);
        if (!is_listed(name))
            FAULT(M31_006, "the encoding %.*s is neither predefined nor embedded",
                  TEXT_ARGUMENTS(name));
        return;
    }
    long long mode = pdf_integer(file, pdf_get(file, encoding, "/WMode"), 0);
    if (mode != font->encoding.writing_mode)
        FAULT(M31_007, "the encoding's dictionary says writing mode %lld, its stream %d", mode,
              font->encoding.writing_mode);
    pdf_object uses = pdf_get(file, encoding, "/UseCMap");
    text name = pdf_name(file, uses);
    if (pdf_is_stream(file, uses))
        name = pdf_name(file, pdf_get(file, uses, "/CMapName"));
    if (name.length == 0)
        name = font->encoding.uses;
    if (name.length && !is_listed(name))
        FAULT(M31_008, "the encoding builds on %.*s", TEXT_ARGUMENTS(name));
}

/* 7.21.3.2 */
static void check_glyph_map(struct pdf_file *file, const struct pdf_font *font,
                            pdf_object descendant, uint32_t page)
{
    pdf_object map = pdf_get(file, descendant, "/CIDToGIDMap");
    if (font->kind != FONT_CID2 || !font->is_embedded)
        return;
    if (pdf_is_null(file, map))
        FAULT(M31_005, "%.*s", TEXT_ARGUMENTS(called(font)));
    else if (!pdf_is_stream(file, map) && !pdf_name_is(file, map, "/Identity"))
        FAULT(M31_004, "%.*s", TEXT_ARGUMENTS(called(font)));
}

/* "ABCDEF+Name" */
static bool is_subset(text name)
{
    for (size_t i = 0; i < 6; i++)
        if (i >= name.length || name.bytes[i] < 'A' || name.bytes[i] > 'Z')
            return false;
    return name.length > 6 && name.bytes[6] == '+';
}

/* Whether "/a/b/c" has the name between its slashes. */
static bool lists(text set, text name)
{
    for (size_t at = text_find(set, name, 0); name.length && at != SIZE_MAX;
         at = text_find(set, name, at + 1)) {
        size_t end = at + name.length;
        char after = end < set.length ? set.bytes[end] : '/';
        if (at > 0 && set.bytes[at - 1] == '/' &&
            (after == '/' || after == ' ' || after == '\n' || after == '\r'))
            return true;
    }
    return false;
}

enum { MOST_LISTED = 5000 }; /* glyphs of a Type 1 subset */

/* 7.21.4.2 for Type 1 */
static void check_character_set(struct pdf_file *file, const struct pdf_font *font,
                                pdf_object descriptor, uint32_t page)
{
    text set = pdf_string(file, pdf_get(file, descriptor, "/CharSet"));
    if (font->kind != FONT_TYPE1 || !font->program || set.length == 0 || !is_subset(font->name))
        return;
    long count = program_glyph_count(font->program);
    for (long glyph = 0; glyph < count && glyph < MOST_LISTED; glyph++) {
        text name = program_glyph_name(font->program, file->arena, (unsigned)glyph);
        if (name.length && !text_equal_c(name, ".notdef") && !lists(set, name)) {
            FAULT(M31_012, "%.*s: %.*s is not listed", TEXT_ARGUMENTS(called(font)),
                  TEXT_ARGUMENTS(name));
            break;
        }
    }
    size_t listed = 0;
    for (size_t at = text_find_byte(set, '/', 0); at != SIZE_MAX && listed++ < MOST_LISTED;) {
        size_t end = text_find_byte(set, '/', at + 1);
        text name = text_trim(text_slice(set, at + 1, end == SIZE_MAX ? set.length : end));
        at = end;
        if (!name.length || text_equal_c(name, ".notdef"))
            continue;
        if (!program_by_name(font->program, arena_copy_c(file->arena, name)) &&
            !text_equal(program_glyph_name(font->program, file->arena, 0), name)) {
            FAULT(M31_013, "%.*s: the font has no %.*s", TEXT_ARGUMENTS(called(font)),
                  TEXT_ARGUMENTS(name));
            break;
        }
    }
}

/* 7.21.4.2 for CID fonts: a bit for each CID, from the highest on. */
static void check_cid_set(struct pdf_file *file, const struct pdf_font *font, pdf_object descriptor,
                          uint32_t page)
{
    pdf_object stream = pdf_get(file, descriptor, "/CIDSet");
    if (!font->is_composite || !font->program || !is_subset(font->name) ||
        !pdf_is_stream(file, stream))
        return;
    bool is_direct = font->kind == FONT_CID2 && !font->cid_to_gid;
    if (!is_direct) /* glyphs are not numbered by CIDs: what they are is not known here */
        return;
    struct buffer set;
    buffer_init(&set, LIMIT_INSPECT_STREAM_BYTES);
    long count = program_glyph_count(font->program);
    if (pdf_stream(file, stream, &set)) {
        for (long cid = 1; cid < count; cid++) {
            size_t byte = (size_t)cid / 8;
            bool is_set = byte < set.length &&
                          ((unsigned char)set.bytes[byte] & 0x80u >> (unsigned)(cid % 8));
            if (!is_set) {
                FAULT(M31_014, "%.*s: glyph %ld is not listed", TEXT_ARGUMENTS(called(font)), cid);
                break;
            }
        }
        for (size_t bit = (size_t)count; bit < set.length * 8; bit++)
            if ((unsigned char)set.bytes[bit / 8] & 0x80u >> (bit % 8)) {
                FAULT(M31_015, "%.*s: the font has no glyph %zu", TEXT_ARGUMENTS(called(font)),
                      bit);
                break;
            }
    }
    buffer_release(&set);
}

/* 7.21.6: the encoding of a TrueType font that is not symbolic. */
static void check_names(struct pdf_file *file, const struct pdf_font *font, pdf_object encoding,
                        uint32_t page)
{
    pdf_object base =
        pdf_is_name(file, encoding) ? encoding : pdf_get(file, encoding, "/BaseEncoding");
    if (pdf_is_null(file, encoding))
        FAULT(M31_019, "%.*s", TEXT_ARGUMENTS(called(font)));
    else if (pdf_is_null(file, base))
        FAULT(M31_020, "%.*s", TEXT_ARGUMENTS(called(font)));
    else if (!pdf_name_is(file, base, "/WinAnsiEncoding") &&
             !pdf_name_is(file, base, "/MacRomanEncoding"))
        FAULT(M31_021, "%.*s: %.*s", TEXT_ARGUMENTS(called(font)),
              TEXT_ARGUMENTS(pdf_name(file, base)));
    pdf_object differences = pdf_get(file, encoding, "/Differences");
    int count = pdf_count(file, differences);
    for (int i = 0; i < count && i < 2000; i++) {
        text name = pdf_name(file, pdf_item(file, differences, i));
        if (name.length && !text_equal_c(name, ".notdef") && !glyph_is_listed(name))
            FAULT(M31_022, "%.*s: %.*s", TEXT_ARGUMENTS(called(font)), TEXT_ARGUMENTS(name));
    }
    if (count && font->program && !program_has_unicode_cmap(font->program))
        FAULT(M31_023, "%.*s", TEXT_ARGUMENTS(called(font)));
}

static void check_truetype(struct pdf_file *file, const struct pdf_font *font,
                           pdf_object dictionary, uint32_t page)
{
    pdf_object encoding = pdf_get(file, dictionary, "/Encoding");
    const struct font_program *program = font->program;
    if (!font->is_symbolic) {
        check_names(file, font, encoding, page);
        if (program && !program_has_unicode_cmap(program) && !program_has_mac_cmap(program))
            FAULT(M31_017, "%.*s", TEXT_ARGUMENTS(called(font)));
        return;
    }
    if (!pdf_is_null(file, encoding))
        FAULT(M31_024, "%.*s", TEXT_ARGUMENTS(called(font)));
    if (program && program_cmaps(program) == 0)
        FAULT(M31_025, "%.*s", TEXT_ARGUMENTS(called(font)));
    else if (program && program_cmaps(program) > 1 && !program_has_symbol_cmap(program))
        FAULT(M31_026, "%.*s", TEXT_ARGUMENTS(called(font)));
}

void font_rules(struct pdf_file *file, struct pdf_font *font, pdf_object dictionary,
                pdf_object descendant, pdf_object descriptor, uint32_t page)
{
    if (font->is_composite) {
        pdf_object encoding = pdf_get(file, dictionary, "/Encoding");
        check_encoding(file, font, encoding, page);
        compare_collections(file, font, encoding, descendant, page);
        check_glyph_map(file, font, descendant, page);
        check_cid_set(file, font, descriptor, page);
    } else if (font->kind == FONT_TRUETYPE) {
        check_truetype(file, font, dictionary, page);
    } else {
        check_character_set(file, font, descriptor, page);
    }
    if (font->to_unicode.has_zero)
        FAULT(M31_028, "%.*s", TEXT_ARGUMENTS(called(font)));
    if (font->to_unicode.has_mark)
        FAULT(M31_029, "%.*s", TEXT_ARGUMENTS(called(font)));
}

/* of characters */

/* The glyph that shows the character; 0: none. known: whether that can be told. */
static unsigned glyph_of(const struct pdf_file *file, const struct pdf_font *font,
                         const struct font_character *character, bool *known)
{
    const struct font_program *program = font->program;
    const char *name = font->is_composite ? NULL : font->glyph_names[character->code];
    *known = program != NULL && font->is_embedded && !(font->is_composite && !character->has_cid);
    if (!*known)
        return 0;
    if (font->kind == FONT_CID2) {
        if (!font->cid_to_gid)
            return character->cid;
        return character->cid < font->cid_to_gid_count ? font->cid_to_gid[character->cid] : 0;
    }
    if (font->kind == FONT_CID0)
        return program_by_cid(font->program, file->arena, character->cid);
    if (font->kind == FONT_TYPE1) {
        if (!name)
            return 0;
        unsigned glyph = program_by_name(program, name);
        /* Of a program whose first glyph is not the missing one. */
        bool is_first = !glyph && text_equal_c(program_glyph_name(program, file->arena, 0), name);
        *known = !is_first;
        return glyph;
    }
    unsigned glyph = 0;
    if (name && !font->is_symbolic) {
        uint32_t unicode = glyph_listed(text_from_c(name));
        unsigned mac = program_has_unicode_cmap(program) ? 0 : glyph_mac_code(text_from_c(name));
        glyph = unicode ? program_by_unicode(program, unicode) : 0;
        if (!glyph && mac)
            glyph = program_by_mac(program, mac);
        if (!glyph)
            glyph = program_by_name(program, name);
        /* Such a name is looked for in the font's own alone (9.6.6.4). */
        if (glyph || !glyph_is_listed(text_from_c(name)))
            return glyph;
        /* A reader may take the code itself, or not. */
        *known = !program_by_symbol(program, character->code) &&
                 !program_by_mac(program, character->code);
        return 0;
    }
    if (!glyph)
        glyph = program_by_symbol(program, character->code);
    if (!glyph)
        glyph = program_by_mac(program, character->code);
    return glyph;
}

/* Whether no glyph of a font whose program is not here can be meant: codes that an encoding which
   the font names, or every reader has for it, leaves out. */
static bool is_outside(const struct pdf_font *font, const char *name)
{
    bool is_own = font->kind == FONT_TYPE1 && !font->is_unmapped &&
                  (!font->is_symbolic || font->has_encoding) &&
                  !text_ends_with(font->name, TEXT("Symbol")) &&
                  !text_ends_with(font->name, TEXT("ZapfDingbats"));
    return is_own && !name;
}

/* was_unseen: what holds in mode 3 too was said of it. */
static void check_glyph(struct pdf_file *file, const struct pdf_font *font,
                        const struct font_character *character, int mode, bool was_unseen,
                        uint32_t page)
{
    bool known;
    unsigned glyph = glyph_of(file, font, character, &known);
    const char *name = font->is_composite ? NULL : font->glyph_names[character->code];
    bool is_notdef = (name && text_equal_c(text_from_c(name), ".notdef")) ||
                     (font->is_composite && known && glyph == 0) ||
                     (!known && is_outside(font, name));
    bool is_lacking = (font->kind == FONT_TRUETYPE && known && glyph == 0 && !is_notdef) ||
                      (font->kind == FONT_TYPE1 && known && !name) ||
                      (font->kind == FONT_TYPE3 && !font->procedures[character->code]);
    if (is_notdef && !was_unseen)
        FAULT(M31_030, "%.*s: code %u", TEXT_ARGUMENTS(called(font)), character->code);
    if (mode == 3 || (!known && !is_lacking))
        return;
    double width = -1;
    if (!is_lacking && (font->kind != FONT_TYPE1 || glyph || is_notdef))
        width = program_width(font->program, glyph);
    if (is_lacking || (width < 0 && !is_notdef))
        FAULT(M31_011, "%.*s: code %u", TEXT_ARGUMENTS(called(font)), character->code);
    /* What stands for all that a font lacks is shown, and is as wide as it is; but the codes of a
       symbolic TrueType font are no names, and a reader may take another glyph. */
    bool is_replaced = known && !(font->kind == FONT_TRUETYPE && font->is_symbolic);
    if ((is_lacking || width < 0) && !is_notdef && !is_replaced)
        return;
    if (is_lacking)
        glyph = 0;
    if (width < 0)
        width = program_advance(font->program, glyph);
    double said = character->width * 1000;
    bool is_said = font->is_composite || font->has_widths;
    if (width >= 0 && is_said && (width - said > 1.001 || said - width > 1.001))
        FAULT(M31_016, "%.*s: code %u is %.1f wide in the file, %.1f in the font",
              TEXT_ARGUMENTS(called(font)), character->code, said, width);
}

void font_check(struct pdf_file *file, struct pdf_font *font,
                const struct font_character *character, int mode, uint32_t page)
{
    if (mode != 3 && !font->is_rendered) {
        font->is_rendered = true;
        if (!font->is_embedded && font->kind != FONT_TYPE3)
            FAULT(M31_009, font->unread ? "%.*s: %s" : "%.*s%s", TEXT_ARGUMENTS(called(font)),
                  font->unread ? font->unread : "");
    }
    uint32_t code = character->code & 0xFFFF;
    uint8_t bit = (uint8_t)(1u << (code % 8));
    bool was_unseen = font->unseen && font->unseen[code / 8] & bit;
    if (font->used[code / 8] & bit || (mode == 3 && was_unseen))
        return;
    if (mode == 3 && !font->unseen)
        font->unseen = ARENA_NEW_ARRAY(file->arena, sizeof font->used, uint8_t);
    uint8_t *shown = mode == 3 ? font->unseen : font->used;
    shown[code / 8] = (uint8_t)(shown[code / 8] | bit);
    check_glyph(file, font, character, mode, was_unseen, page);
    if (was_unseen)
        return;
    bool is_known = font->is_composite && (font->predefined || font->has_collection);
    if (character->is_guessed && character->length && !font->is_unmapped)
        FAULT(M31_027, "%.*s: code %u is %s, a name that is not listed",
              TEXT_ARGUMENTS(called(font)), character->code, font->glyph_names[code]);
    else if ((character->length == 0 && !is_known) || character->is_guessed)
        FAULT(M31_027, "%.*s: code %u has no Unicode value", TEXT_ARGUMENTS(called(font)),
              character->code);
}
