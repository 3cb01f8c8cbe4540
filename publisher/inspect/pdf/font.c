#include "inspect/pdf/font.h"

#include "base/limits.h"
#include "inspect/pdf/collection.h"
#include "inspect/pdf/font_rules.h"
#include "inspect/pdf/glyphs.h"
#include "inspect/pdf/program.h"

#include <stdlib.h>
#include <string.h>

enum { FLAG_SYMBOLIC = 4, MOST_CID_WIDTHS = 200000, HALF_WIDTH = 500 };

/* A stream's bytes in the arena; empty where it cannot be read. */
static text stream_text(struct pdf_file *file, pdf_object stream)
{
    struct buffer bytes;
    buffer_init(&bytes, LIMIT_INSPECT_STREAM_BYTES);
    bool is_read = pdf_stream(file, stream, &bytes);
    text result = is_read ? arena_copy(file->arena, buffer_text(&bytes)) : TEXT_EMPTY;
    buffer_release(&bytes);
    return result;
}

/* simple fonts */

static bool base_encoding(struct pdf_file *file, pdf_object name, enum simple_encoding *base)
{
    if (pdf_name_is(file, name, "/WinAnsiEncoding"))
        *base = ENCODING_WIN;
    else if (pdf_name_is(file, name, "/MacRomanEncoding"))
        *base = ENCODING_MAC;
    else if (pdf_name_is(file, name, "/StandardEncoding"))
        *base = ENCODING_STANDARD;
    else
        return false;
    return true;
}

/* 9.6.2.2: those whose encoding every reader has. */
static bool is_standard(text name)
{
    static const char *const names[] = {
        "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique",
        "Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
        "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
        "Symbol",      "ZapfDingbats"};
    return TEXT_IS_AMONG(name, names);
}

/* 9.6.5: the stream that draws a glyph, by the bytes of its name. */
static void read_procedure(struct pdf_file *file, struct pdf_font *font, pdf_object procedures,
                           unsigned code, text name)
{
    size_t mark = pdf_begin(file);
    text key = arena_printf(file->arena, "/%.*s", TEXT_ARGUMENTS(name));
    pdf_object procedure = pdf_get(file, procedures, key.bytes);
    font->procedures[code] = pdf_is_stream(file, procedure) ? pdf_number(file, procedure) : 0;
    pdf_end(file, mark);
}

/* 9.6.6: the base, then the differences. */
static void read_encoding(struct pdf_file *file, struct pdf_font *font, pdf_object dictionary)
{
    pdf_object encoding = pdf_get(file, dictionary, "/Encoding");
    pdf_object procedures = pdf_get(file, dictionary, "/CharProcs");
    enum simple_encoding base = ENCODING_STANDARD;
    bool has_own = font->kind == FONT_TYPE1 && (font->program || is_standard(font->name));
    font->is_unmapped = pdf_is_null(file, encoding) && !has_own;
    font->has_encoding = base_encoding(file, encoding, &base) ||
                         base_encoding(file, pdf_get(file, encoding, "/BaseEncoding"), &base);
    /* Its signs have names of their own: a check mark is no "4" (ISO 32000-1, annex D.6). */
    bool is_dingbats =
        !font->program && !font->has_encoding && text_ends_with(font->name, TEXT("ZapfDingbats"));
    bool is_bare = is_dingbats ||
                   (!font->has_encoding && (font->kind == FONT_TYPE3 ||
                                            (font->kind == FONT_TRUETYPE && font->is_symbolic)));
    for (unsigned code = 0; code < 256 && !is_bare; code++) {
        font->glyph_names[code] = glyph_name(base, code);
        if (!font->has_encoding && font->program && font->kind == FONT_TYPE1) {
            const char *own = program_built_in(font->program, file->arena, code);
            font->glyph_names[code] = *own ? own : NULL;
        }
        if (font->kind == FONT_TYPE3 && font->glyph_names[code])
            read_procedure(file, font, procedures, code, text_from_c(font->glyph_names[code]));
    }
    pdf_object differences = pdf_get(file, encoding, "/Differences");
    int count = pdf_count(file, differences);
    long long code = 0;
    for (int i = 0; i < count && i < 2000; i++) {
        size_t mark = pdf_begin(file);
        pdf_object item = pdf_item(file, differences, i);
        if (pdf_is_name(file, item)) {
            if (code >= 0 && code < 256)
                font->glyph_names[code] = arena_copy_c(file->arena, pdf_name(file, item));
            if (code >= 0 && code < 256 && font->kind == FONT_TYPE3)
                read_procedure(file, font, procedures, (unsigned)code, pdf_raw_name(file, item));
            code++;
        } else {
            code = pdf_integer(file, item, code);
        }
        pdf_end(file, mark);
    }
}

static void read_widths(struct pdf_file *file, struct pdf_font *font, pdf_object dictionary)
{
    pdf_object widths = pdf_get(file, dictionary, "/Widths");
    pdf_object descriptor = pdf_get(file, dictionary, "/FontDescriptor");
    long long first = pdf_integer(file, pdf_get(file, dictionary, "/FirstChar"), 0);
    int count = pdf_count(file, widths);
    font->has_widths = count > 0;
    font->default_width = (float)pdf_real(file, pdf_get(file, descriptor, "/MissingWidth"), 0);
    for (int code = 0; code < 256; code++)
        font->widths[code] = -1;
    for (int i = 0; i < count && i < 256; i++) {
        size_t mark = pdf_begin(file);
        if (first + i >= 0 && first + i < 256)
            font->widths[first + i] = (float)pdf_real(file, pdf_item(file, widths, i), -1);
        pdf_end(file, mark);
    }
}

/* composite fonts */

static void add_width(struct pdf_file *file, struct pdf_font *font, double first, double last,
                      double width)
{
    if (first < 0 || last < first || last > 0xFFFFFF || font->cid_width_count >= MOST_CID_WIDTHS)
        return;
    ARENA_GROW(file->arena, font->cid_widths, font->cid_width_count, font->cid_width_capacity);
    font->cid_widths[font->cid_width_count++] =
        (struct cid_width){(uint32_t)first, (uint32_t)last, (float)width};
}

static int compare_widths(const void *left, const void *right)
{
    const struct cid_width *a = left, *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

/* 9.7.4.3: FIRST [W W W] or FIRST LAST W, again and again. */
static void read_cid_widths(struct pdf_file *file, struct pdf_font *font, pdf_object descendant)
{
    font->default_width = (float)pdf_real(file, pdf_get(file, descendant, "/DW"), 1000);
    pdf_object widths = pdf_get(file, descendant, "/W");
    int count = pdf_count(file, widths);
    for (int i = 0; i + 1 < count;) {
        size_t mark = pdf_begin(file);
        double first = pdf_real(file, pdf_item(file, widths, i), -1);
        pdf_object second = pdf_item(file, widths, i + 1);
        int inner = pdf_count(file, second);
        if (pdf_is_array(file, second)) {
            for (int k = 0; k < inner && k < 70000; k++) {
                size_t inner_mark = pdf_begin(file);
                add_width(file, font, first + k, first + k,
                          pdf_real(file, pdf_item(file, second, k), 0));
                pdf_end(file, inner_mark);
            }
            i += 2;
        } else {
            add_width(file, font, first, pdf_real(file, second, -1),
                      pdf_real(file, pdf_item(file, widths, i + 2), 0));
            i += 3;
        }
        pdf_end(file, mark);
    }
    if (font->cid_width_count)
        qsort(font->cid_widths, font->cid_width_count, sizeof *font->cid_widths, compare_widths);
}

static void read_glyph_map(struct pdf_file *file, struct pdf_font *font, pdf_object descendant)
{
    pdf_object map = pdf_get(file, descendant, "/CIDToGIDMap");
    if (!pdf_is_stream(file, map))
        return;
    text bytes = stream_text(file, map);
    font->cid_to_gid_count = bytes.length / 2;
    font->cid_to_gid = ARENA_NEW_ARRAY(file->arena, font->cid_to_gid_count, uint32_t);
    for (size_t i = 0; i < font->cid_to_gid_count; i++)
        font->cid_to_gid[i] = (uint32_t)((unsigned char)bytes.bytes[2 * i] << 8 |
                                         (unsigned char)bytes.bytes[2 * i + 1]);
}

static void read_composite(struct pdf_file *file, struct pdf_font *font, pdf_object dictionary,
                           pdf_object descendant)
{
    pdf_object encoding = pdf_get(file, dictionary, "/Encoding");
    text name = pdf_name(file, encoding);
    font->is_composite = true;
    if (font->kind != FONT_CID2)
        font->kind = FONT_CID0;
    font->has_identity = text_starts_with(name, TEXT("Identity-"));
    font->is_vertical = text_ends_with(name, TEXT("-V")) || text_equal_c(name, "V");
    font->predefined = predefined_cmap_find(name);
    if (font->predefined)
        font->collection = collection_open(file->arena, font->predefined);
    pdf_object information = pdf_get(file, descendant, "/CIDSystemInfo");
    font->has_collection =
        collection_is_known(pdf_string(file, pdf_get(file, information, "/Registry")),
                            pdf_string(file, pdf_get(file, information, "/Ordering")));
    font->is_japan =
        font->has_collection &&
        text_equal_c(pdf_string(file, pdf_get(file, information, "/Ordering")), "Japan1");
    if (pdf_is_stream(file, encoding)) {
        cmap_read(&font->encoding, file->arena, stream_text(file, encoding));
        font->is_vertical = font->encoding.writing_mode == 1;
    }
    read_cid_widths(file, font, descendant);
    read_glyph_map(file, font, descendant);
}

/* both */

/* 9.9, table 126: which programs fonts of a kind have. NULL: this is one. */
static const char *why_not(struct pdf_file *file, const struct pdf_font *font, size_t key,
                           pdf_object stream, text bytes)
{
    bool is_composite = font->kind == FONT_CID0 || font->kind == FONT_CID2;
    struct buffer again;
    buffer_init(&again, LIMIT_INSPECT_STREAM_BYTES);
    bool is_empty = bytes.length == 0 && pdf_stream(file, stream, &again);
    buffer_release(&again);
    if (is_empty)
        return "its program is empty";
    if (key == 0 && is_composite)
        return "its program is a FontFile, for fonts of one byte a code";
    pdf_object subtype = pdf_get(file, stream, "/Subtype");
    bool is_compact =
        pdf_name_is(file, subtype, "/Type1C") || pdf_name_is(file, subtype, "/CIDFontType0C");
    bool is_sfnt = text_starts_with(bytes, TEXT("OTTO")) || text_starts_with(bytes, TEXT("true")) ||
                   text_starts_with(bytes, (text){"\0\1\0\0", 4});
    if (key == 2 && is_compact && is_sfnt && font->kind != FONT_TRUETYPE)
        return "its program is OpenType, and said to be bare CFF";
    return font->program ? NULL : "its program cannot be read";
}

static void read_program(struct pdf_file *file, struct pdf_font *font, pdf_object descriptor)
{
    static const char *const keys[] = {"/FontFile", "/FontFile2", "/FontFile3"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pdf_object stream = pdf_get(file, descriptor, keys[i]);
        if (!pdf_is_stream(file, stream))
            continue;
        text bytes = stream_text(file, stream);
        font->program = program_open(file->arena, bytes);
        font->unread = why_not(file, font, i, stream, bytes);
        font->is_embedded = !font->unread;
        return;
    }
}

/* Before its program is looked at. */
static enum font_kind kind_of(struct pdf_file *file, pdf_object dictionary)
{
    pdf_object subtype = pdf_get(file, dictionary, "/Subtype");
    return pdf_name_is(file, subtype, "/CIDFontType2")   ? FONT_CID2
           : pdf_name_is(file, subtype, "/CIDFontType0") ? FONT_CID0
           : pdf_name_is(file, subtype, "/TrueType")     ? FONT_TRUETYPE
           : pdf_name_is(file, subtype, "/Type3")        ? FONT_TYPE3
                                                         : FONT_TYPE1;
}

struct pdf_font *font_read(struct pdf_file *file, pdf_object dictionary, uint32_t page)
{
    struct pdf_font *font = ARENA_NEW(file->arena, struct pdf_font);
    size_t mark = pdf_begin(file);
    font->number = pdf_number(file, dictionary);
    font->name = pdf_name(file, pdf_get(file, dictionary, "/BaseFont"));
    pdf_object subtype = pdf_get(file, dictionary, "/Subtype");
    bool is_composite = pdf_name_is(file, subtype, "/Type0");
    pdf_object inner = dictionary;
    if (is_composite)
        inner = pdf_item(file, pdf_get(file, dictionary, "/DescendantFonts"), 0);
    font->kind = kind_of(file, inner);
    pdf_object descriptor = pdf_get(file, inner, "/FontDescriptor");
    font->is_symbolic =
        (pdf_integer(file, pdf_get(file, descriptor, "/Flags"), 0) & FLAG_SYMBOLIC) != 0;
    read_program(file, font, descriptor);
    if (is_composite) {
        read_composite(file, font, dictionary, inner);
    } else {
        if (font->kind == FONT_TYPE3) {
            font->procedures = ARENA_NEW_ARRAY(file->arena, 256, uint32_t);
            font->lends_nothing = !font->number && pdf_has(file, dictionary, "/Resources");
        }
        read_encoding(file, font, dictionary);
        read_widths(file, font, dictionary);
    }
    pdf_object map = pdf_get(file, dictionary, "/ToUnicode");
    if (pdf_is_stream(file, map)) {
        cmap_read(&font->to_unicode, file->arena, stream_text(file, map));
        font->has_to_unicode = true;
    } else {
        font->is_identity_unicode = is_composite && (pdf_name_is(file, map, "/Identity-H") ||
                                                     pdf_name_is(file, map, "/Identity-V"));
    }
    font_rules(file, font, dictionary, inner, descriptor, page);
    pdf_end(file, mark);
    return font;
}

/* characters */

static double cid_width(const struct pdf_font *font, uint32_t cid)
{
    size_t low = 0, high = font->cid_width_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (font->cid_widths[middle].first <= cid)
            low = middle + 1;
        else
            high = middle;
    }
    if (low && font->cid_widths[low - 1].last >= cid)
        return (double)font->cid_widths[low - 1].width;
    return (double)font->default_width;
}

static void next_composite(const struct pdf_font *font, text rest, struct font_character *character)
{
    int bytes = 2;
    if (font->encoding.space_count)
        bytes = cmap_code_bytes(&font->encoding, rest);
    else if (font->predefined)
        bytes = collection_code_bytes(font->predefined, rest);
    if ((size_t)bytes > rest.length)
        bytes = (int)rest.length;
    for (int i = 0; i < bytes; i++)
        character->code = character->code << 8 | (unsigned char)rest.bytes[i];
    character->bytes = bytes;
    character->cid = character->code;
    if (font->encoding.count) {
        const struct cmap_range *range = cmap_find(&font->encoding, character->code, bytes);
        character->cid = range ? range->value + (character->code - range->first) : 0;
    }
    character->has_cid = !font->predefined;
    double width =
        character->has_cid ? cid_width(font, character->cid) : (double)font->default_width;
    /* Which CID it has is not known; codes of one byte are letters half as wide as the others. */
    if (!character->has_cid && bytes == 1 && width > HALF_WIDTH)
        width = HALF_WIDTH;
    character->width = width / 1000;
}

/* Without a ToUnicode map: by the collection of the font's characters. */
static void read_collection(const struct pdf_font *font, text code,
                            struct font_character *character)
{
    uint32_t letter = 0;
    if (font->collection)
        character->length =
            collection_unicode(font->collection, code, character->utf8, sizeof character->utf8);
    else if (font->has_collection && character->has_cid)
        letter = collection_letter(font->is_japan, character->cid);
    if (letter)
        character->length = text_encode(letter, character->utf8);
}

bool font_next(const struct pdf_font *font, text string, size_t *offset,
               struct font_character *character)
{
    if (*offset >= string.length)
        return false;
    text rest = text_slice(string, *offset, string.length);
    *character = (struct font_character){.bytes = 1};
    if (font->is_composite) {
        next_composite(font, rest, character);
    } else {
        character->code = character->cid = (unsigned char)rest.bytes[0];
        float width = font->widths[character->code];
        character->width = (double)(width < 0 ? font->default_width : width) / 1000;
    }
    *offset += (size_t)character->bytes;
    if (font->has_to_unicode)
        character->length = cmap_unicode(&font->to_unicode, character->code, character->bytes,
                                         character->utf8, sizeof character->utf8);
    if (character->length == 0 && font->is_composite)
        read_collection(font, text_slice(rest, 0, (size_t)character->bytes), character);
    bool is_letter = character->code > 0 && (character->code < 0xD800 || character->code > 0xDFFF);
    if (character->length == 0 && font->is_identity_unicode && character->bytes == 2 && is_letter)
        character->length = text_encode(character->code, character->utf8);
    if (character->length == 0 && !font->is_composite && font->glyph_names[character->code]) {
        text name = text_from_c(font->glyph_names[character->code]);
        uint32_t letters[GLYPH_LETTERS];
        size_t count = glyph_unicode(name, letters);
        for (size_t i = 0; i < count; i++)
            character->length += text_encode(letters[i], character->utf8 + character->length);
        character->is_guessed = font->is_unmapped || !glyph_is_listed(name);
    }
    return true;
}
