#include "document/identifier.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/limits.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

/* Over the texts with their lengths, so that no two lists of texts run together.
 */
static uint64_t hash_of(uint64_t seed, const text *texts, size_t count)
{
    uint64_t hash = HASH_START ^ seed;
    for (size_t i = 0; i < count; i++) {
        size_t length = texts[i].length;
        for (size_t j = 0; j < sizeof length; j++)
            hash = hash_number(hash, length >> (8 * j) & 0xFF);
        hash = hash_text(hash, texts[i]);
    }
    return hash;
}

text identifier_make(struct arena *arena, const text *texts, size_t count)
{
    uint64_t high = hash_of(0, texts, count), low = hash_of(0x6C65637465726E, texts, count);
    high = (high & ~(uint64_t)0xF000) | 0x8000;
    low = (low & ~(uint64_t)0 >> 2) | (uint64_t)2 << 62;
    return arena_printf(arena, "urn:uuid:%08x-%04x-%04x-%04x-%04x%08x", (unsigned)(high >> 32),
                        (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFFF),
                        (unsigned)(low >> 48), (unsigned)(low >> 32 & 0xFFFF),
                        (unsigned)(low & 0xFFFFFFFF));
}

text doi_bare(struct arena *arena, text doi)
{
    static const char *const starts[] = {"https://doi.org/",
                                         "http://doi.org/",
                                         "https://dx.doi.org/",
                                         "http://dx.doi.org/",
                                         "https://www.doi.org/",
                                         "http://www.doi.org/",
                                         "dx.doi.org/",
                                         "doi.org/",
                                         "https://shortdoi.org/",
                                         "http://shortdoi.org/",
                                         "shortdoi.org/",
                                         "doi:",
                                         "doi "};
    text bare = text_trim(doi);
    bool has_resolver = false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        text start = text_from_c(starts[i]);
        if (text_equal_ignoring_case(text_slice(bare, 0, start.length), start)) {
            bare = text_trim(text_slice(bare, start.length, bare.length));
            has_resolver = has_resolver || text_ends_with(start, TEXT("/"));
        }
    }
    if (text_starts_with(bare, TEXT("10.")) || text_starts_with(bare, TEXT("10/")))
        return bare;
    text short_form = arena_printf(arena, "10/%.*s", TEXT_ARGUMENTS(bare));
    return has_resolver && doi_is_valid(short_form) ? short_form : text_trim(doi);
}

bool doi_is_valid(text doi)
{
    size_t slash = text_find_byte(doi, '/', 0), digits = 0;
    if (slash == SIZE_MAX || slash + 1 == doi.length || text_find_byte(doi, ' ', 0) != SIZE_MAX)
        return false;
    if (text_starts_with(doi, TEXT("10/"))) {
        for (size_t i = slash + 1; i < doi.length; i++)
            digits += text_is_ascii_alphanumeric(doi.bytes[i]);
        return digits == doi.length - slash - 1;
    }
    for (size_t i = 3; i < slash; i++) {
        bool is_digit = byte_is_digit(doi.bytes[i]);
        if (!is_digit && doi.bytes[i] != '.')
            return false;
        digits += is_digit;
    }
    return text_starts_with(doi, TEXT("10.")) && digits >= 4 && digits <= 9;
}

text isbn_digits(struct arena *arena, text isbn)
{
    char *digits = arena_allocate(arena, isbn.length + 1);
    size_t count = 0;
    for (size_t i = 0; i < isbn.length; i++) {
        char c = isbn.bytes[i];
        if (byte_is_digit(c) || c == 'X' || c == 'x')
            digits[count++] = c == 'x' ? 'X' : c;
        else if (c != '-' && c != ' ')
            return TEXT_EMPTY;
    }
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = digits[i] == 'X' ? 10 : (unsigned)(digits[i] - '0');
        if (digit == 10 && (i != 9 || count != 10))
            return TEXT_EMPTY;
        sum += digit * (count == 10 ? (unsigned)(10 - i) : i % 2 ? 3 : 1);
    }
    bool is_good = (count == 10 && sum % 11 == 0) || (count == 13 && sum % 10 == 0);
    return is_good ? (text){digits, count} : TEXT_EMPTY;
}

/* NameChar without the colon (XML 1.0, 2.3). */
static bool is_name_character(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {'-', '.'},       {'0', '9'},       {'A', 'Z'},         {'_', '_'},       {'a', 'z'},
        {0xB7, 0xB7},     {0xC0, 0xD6},     {0xD8, 0xF6},       {0xF8, 0x37D},    {0x37F, 0x1FFF},
        {0x200C, 0x200D}, {0x203F, 0x2040}, {0x2070, 0x218F},   {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
        {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/* Marks belong to their letters: without them words of many scripts would be mutilated. */
static bool is_word(uint32_t c)
{
    return (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) ||
           c == '_' || c == '-' || c == '.';
}

struct name {
    struct buffer *out;
    bool has_letter;
};

static void add_character(struct name *name, uint32_t c)
{
    bool is_letter = (U_MASK(u_charType((UChar32)c)) & U_GC_L_MASK) != 0;
    if (is_letter && !name->has_letter)
        buffer_clear(name->out); /* what stands before the first letter is no part of the name */
    name->has_letter = name->has_letter || is_letter;
    if (!is_word(c))
        return;
    uint32_t small = (uint32_t)u_tolower((UChar32)c);
    if (is_name_character(small))
        buffer_add_code_point(name->out, small);
}

/* Signs of old encodings (ª, ½) that are no name's are taken for what they stand for. */
static void add_decomposed(struct name *name, uint32_t c)
{
    enum { MOST_UNITS = 18 }; /* of the longest decomposition, U+FDFA */
    UErrorCode status = U_ZERO_ERROR;
    UChar units[MOST_UNITS];
    const UNormalizer2 *form = unorm2_getNFKCInstance(&status);
    int32_t count = U_SUCCESS(status)
                        ? unorm2_getRawDecomposition(form, (UChar32)c, units, MOST_UNITS, &status)
                        : 0;
    for (int32_t i = 0; U_SUCCESS(status) && i < count; i++)
        add_character(name, units[i]);
}

text identifier_of_words(struct arena *arena, text words)
{
    struct buffer out;
    buffer_init(&out, LIMIT_WORDS_BYTES);
    struct name name = {.out = &out};
    size_t offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        bool is_open = out.length && out.bytes[out.length - 1] != '-';
        if (text_is_space(c) && is_open)
            buffer_add_byte(&out, '-');
        else if (is_word(c) && !is_name_character(c))
            add_decomposed(&name, c);
        else
            add_character(&name, c);
    }
    text id = buffer_text(&out);
    bool has_digit = false;
    for (size_t i = 0; i < id.length; i++)
        has_digit = has_digit || (id.bytes[i] & 0x80) || byte_is_digit(id.bytes[i]);
    id = name.has_letter ? arena_copy(arena, id)
         : has_digit     ? arena_printf(arena, "section-%.*s", TEXT_ARGUMENTS(id))
                         : TEXT("section");
    buffer_release(&out);
    return id;
}

text identifier_github(struct arena *arena, text words)
{
    const uint32_t kept = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK | U_GC_PC_MASK;
    struct buffer out;
    buffer_init(&out, LIMIT_WORDS_BYTES);
    size_t offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        if (c == ' ' || c == '-')
            buffer_add_byte(&out, '-');
        else if (U_MASK(u_charType((UChar32)c)) & kept)
            buffer_add_code_point(&out, (uint32_t)u_tolower((UChar32)c));
    }
    text id = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return id;
}

static void add_folded(struct buffer *out, uint32_t c)
{
    if (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_MC_MASK | U_GC_N_MASK))
        buffer_add_code_point(out, (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
}

text identifier_folded(struct arena *arena, text words)
{
    enum { MOST_UNITS = 18 }; /* of the longest decomposition, U+FDFA */
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKDInstance(&status);
    struct buffer out;
    buffer_init(&out, LIMIT_WORDS_BYTES);
    size_t offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        UChar units[MOST_UNITS];
        status = U_ZERO_ERROR;
        int32_t count =
            c < 0x80 ? -1 : unorm2_getDecomposition(form, (UChar32)c, units, MOST_UNITS, &status);
        if (count < 0 || U_FAILURE(status)) {
            add_folded(&out, c);
            continue;
        }
        for (int32_t i = 0; i < count; i++) {
            bool is_pair = U16_IS_LEAD(units[i]) && i + 1 < count;
            add_folded(&out, is_pair ? (uint32_t)U16_GET_SUPPLEMENTARY(units[i], units[i + 1])
                                     : units[i]);
            i += is_pair;
        }
    }
    text folded = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return folded;
}
