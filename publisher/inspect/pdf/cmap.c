#include "inspect/pdf/cmap.h"

#include "base/limits.h"
#include "base/pdf_lexer.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_RANGES = 200000 };

/* The bytes of a CMap as tokens. */
struct source {
    struct pdf_lexer lexer;
    struct buffer decoded;
};

static struct pdf_token next(struct source *source)
{
    return pdf_lexer_next(&source->lexer);
}

/* Valid until the next call. */
static text bytes_of(struct source *source, struct pdf_token token)
{
    return pdf_token_bytes(source->lexer.source, token, &source->decoded);
}

static bool is_word(const struct source *source, struct pdf_token token, const char *word)
{
    return pdf_token_is(source->lexer.source, token, word);
}

static uint32_t code_of(text bytes)
{
    uint32_t code = 0;
    for (size_t i = 0; i < bytes.length && i < 4; i++)
        code = code << 8 | (unsigned char)bytes.bytes[i];
    return code;
}

static void add_range(struct cmap *cmap, struct arena *arena, struct cmap_range range, text units)
{
    if (cmap->count >= MOST_RANGES || range.last < range.first)
        return;
    if (units.length) {
        size_t length = units.length < 64 ? units.length & ~(size_t)1 : 64;
        if (length == 0) /* one byte: some write <41> for U+0041 */
            length = 1;
        while (cmap->unit_count + 66 > cmap->unit_capacity) {
            size_t more = cmap->unit_capacity ? cmap->unit_capacity * 2 : 4096;
            char *grown = arena_allocate(arena, more);
            if (cmap->unit_count)
                memcpy(grown, cmap->units, cmap->unit_count);
            cmap->units = grown;
            cmap->unit_capacity = more;
        }
        range.value = (uint32_t)cmap->unit_count;
        if (length == 1)
            cmap->units[cmap->unit_count++] = '\0';
        memcpy(cmap->units + cmap->unit_count, units.bytes, length);
        cmap->unit_count += length;
        range.units = (uint16_t)(length == 1 ? 2 : length);
        const unsigned char *last = (unsigned char *)cmap->units + range.value + range.units - 2;
        for (int i = 0; i < range.units; i += 2) {
            unsigned unit = (unsigned)(last[-i] << 8 | last[1 - i]);
            cmap->has_zero = cmap->has_zero || unit == 0;
            cmap->has_mark = cmap->has_mark || unit == 0xFEFF || unit == 0xFFFE;
        }
    }
    ARENA_GROW(arena, cmap->ranges, cmap->count, cmap->capacity);
    cmap->ranges[cmap->count++] = range;
}

/* One row of a section: <code> value, or <first> <last> value, value an integer, a string or, of
   bfrange, an array of strings. */
static void read_row(struct cmap *cmap, struct arena *arena, struct source *source,
                     struct pdf_token first, bool is_range)
{
    struct pdf_token last = is_range ? next(source) : first;
    struct pdf_token value = next(source);
    text code = bytes_of(source, first);
    struct cmap_range range = {.first = code_of(code),
                               .bytes = (uint8_t)(code.length > 4 ? 4 : code.length)};
    range.last = code_of(bytes_of(source, last));
    if (value.kind == PDF_TOKEN_NUMBER) {
        range.value = value.number >= 0 && value.number < 1e7 ? (uint32_t)value.number : 0;
        add_range(cmap, arena, range, TEXT_EMPTY);
    } else if (value.kind == PDF_TOKEN_STRING) {
        add_range(cmap, arena, range, bytes_of(source, value));
    } else if (value.kind == PDF_TOKEN_ARRAY) {
        uint32_t at = range.first;
        for (struct pdf_token item = next(source);
             item.kind != PDF_TOKEN_ARRAY_END && item.kind != PDF_TOKEN_END; item = next(source)) {
            range.first = range.last = at++;
            if (item.kind == PDF_TOKEN_STRING)
                add_range(cmap, arena, range, bytes_of(source, item));
        }
    }
}

static int compare(const void *left, const void *right)
{
    const struct cmap_range *a = left, *b = right;
    if (a->bytes != b->bytes)
        return a->bytes < b->bytes ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

enum section { SECTION_NONE, SECTION_SPACES, SECTION_CHARACTERS, SECTION_RANGES };

static enum section section_of(struct source *source, struct pdf_token token, enum section section)
{
    if (is_word(source, token, "begincodespacerange"))
        return SECTION_SPACES;
    if (is_word(source, token, "beginbfchar") || is_word(source, token, "begincidchar"))
        return SECTION_CHARACTERS;
    if (is_word(source, token, "beginbfrange") || is_word(source, token, "begincidrange"))
        return SECTION_RANGES;
    return text_starts_with(bytes_of(source, token), TEXT("end")) ? SECTION_NONE : section;
}

/* /Registry (Adobe), /WMode 1, /Name usecmap. */
static void read_entry(struct cmap *cmap, struct arena *arena, struct source *source, text key)
{
    bool is_registry = text_equal_c(key, "Registry"), is_ordering = text_equal_c(key, "Ordering");
    bool is_supplement = text_equal_c(key, "Supplement"), is_mode = text_equal_c(key, "WMode");
    text name = arena_copy(arena, key);
    size_t before = source->lexer.at;
    struct pdf_token value = next(source);
    if (is_word(source, value, "usecmap"))
        cmap->uses = name;
    else if (is_registry && value.kind == PDF_TOKEN_STRING)
        cmap->registry = arena_copy(arena, bytes_of(source, value));
    else if (is_ordering && value.kind == PDF_TOKEN_STRING)
        cmap->ordering = arena_copy(arena, bytes_of(source, value));
    else if (is_supplement && value.kind == PDF_TOKEN_NUMBER)
        cmap->supplement = (int)value.number;
    else if (is_mode && value.kind == PDF_TOKEN_NUMBER)
        cmap->writing_mode = value.number > 0;
    else
        source->lexer.at = before;
}

void cmap_read(struct cmap *cmap, struct arena *arena, text bytes)
{
    struct source source = {.lexer = {.source = bytes}};
    buffer_init(&source.decoded, LIMIT_INSPECT_STREAM_BYTES);
    enum section section = SECTION_NONE;
    cmap->supplement = -1;
    for (struct pdf_token token = next(&source); token.kind != PDF_TOKEN_END;
         token = next(&source)) {
        if (token.kind == PDF_TOKEN_WORD) {
            section = section_of(&source, token, section);
        } else if (token.kind == PDF_TOKEN_NAME) {
            read_entry(cmap, arena, &source, arena_copy(arena, bytes_of(&source, token)));
        } else if (token.kind == PDF_TOKEN_STRING && section == SECTION_SPACES) {
            text low = bytes_of(&source, token);
            struct code_space space = {.low = code_of(low), .bytes = (uint8_t)low.length};
            struct pdf_token high = next(&source);
            space.high = code_of(bytes_of(&source, high));
            if (space.bytes >= 1 && space.bytes <= 4 && cmap->space_count < 1000) {
                ARENA_GROW(arena, cmap->spaces, cmap->space_count, cmap->space_capacity);
                cmap->spaces[cmap->space_count++] = space;
            }
        } else if (token.kind == PDF_TOKEN_STRING && section != SECTION_NONE) {
            read_row(cmap, arena, &source, token, section == SECTION_RANGES);
        }
    }
    buffer_release(&source.decoded);
    if (cmap->count)
        qsort(cmap->ranges, cmap->count, sizeof *cmap->ranges, compare);
}

int cmap_code_bytes(const struct cmap *cmap, text string)
{
    uint32_t code = 0;
    for (int bytes = 1; bytes <= 4 && (size_t)bytes <= string.length; bytes++) {
        code = code << 8 | (unsigned char)string.bytes[bytes - 1];
        for (size_t i = 0; i < cmap->space_count; i++) {
            const struct code_space *space = &cmap->spaces[i];
            bool is_in = space->bytes == bytes;
            for (int shift = 0; is_in && shift < bytes * 8; shift += 8)
                is_in = (code >> shift & 0xFF) >= (space->low >> shift & 0xFF) &&
                        (code >> shift & 0xFF) <= (space->high >> shift & 0xFF);
            if (is_in)
                return bytes;
        }
    }
    return 1;
}

const struct cmap_range *cmap_find(const struct cmap *cmap, uint32_t code, int bytes)
{
    size_t low = 0, high = cmap->count;
    while (low < high) { /* the last range that begins at or before the code */
        size_t middle = low + (high - low) / 2;
        const struct cmap_range *range = &cmap->ranges[middle];
        if (range->bytes < bytes || (range->bytes == bytes && range->first <= code))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const struct cmap_range *range = &cmap->ranges[low - 1];
    return range->bytes == bytes && range->last >= code ? range : NULL;
}

size_t cmap_unicode(const struct cmap *cmap, uint32_t code, int bytes, char *out, size_t room)
{
    const struct cmap_range *range = cmap_find(cmap, code, bytes);
    if (!range || !range->units)
        return 0;
    const unsigned char *units = (const unsigned char *)cmap->units + range->value;
    size_t length = 0;
    for (int i = 0; i < range->units && length + 4 <= room; i += 2) {
        uint32_t unit = (uint32_t)(units[i] << 8 | units[i + 1]);
        if (i + 2 >= range->units) /* of a range the last unit counts on */
            unit = (unit + (code - range->first)) & 0xFFFF;
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < range->units) {
            uint32_t low = (uint32_t)(units[i + 2] << 8 | units[i + 3]);
            if (i + 4 >= range->units)
                low += code - range->first;
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        length += text_encode(unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit, out + length);
    }
    return length;
}
