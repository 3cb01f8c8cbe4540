/* What becomes of each character in a code: its own sign, or what says the same, or nothing. */
#include "braille/codes.h"

#include "document/language.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* The compatibility decomposition in characters of 32 bits; returns how many. */
static size_t decompose(uint32_t c, widechar *parts)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar units[CODE_ONE_CHARACTER];
    int32_t length = unorm2_getDecomposition(unorm2_getNFKDInstance(&error), (UChar32)c, units,
                                             CODE_ONE_CHARACTER, &error);
    size_t count = 0;
    for (int32_t i = 0; U_SUCCESS(error) && i < length; i++) {
        bool is_pair = U16_IS_LEAD(units[i]) && i + 1 < length && U16_IS_TRAIL(units[i + 1]);
        parts[count++] =
            is_pair ? (widechar)U16_GET_SUPPLEMENTARY(units[i], units[i + 1]) : units[i];
        i += is_pair;
    }
    return count;
}

/* The pattern one row of dots lower: digits of denominators and powers in many codes. */
static unsigned lowered(unsigned pattern)
{
    return (pattern & 033) << 1; /* dots 1, 2, 4, 5 */
}

/* Whether a cell is that of the digit, at its place in the cell or a row lower. */
static bool shows_digit(const struct braille_code *code, unsigned value, widechar cell)
{
    unsigned pattern = (unsigned)(code->digits[value] - BRAILLE_PATTERNS);
    return cell == code->digits[value] || cell == BRAILLE_PATTERNS + lowered(pattern);
}

/* Whether the cells of a fraction or a power have its digits: some tables have those of another
   country. */
static bool has_digits(const struct braille_code *code, widechar character, const widechar *cells,
                       size_t count)
{
    widechar parts[CODE_ONE_CHARACTER];
    size_t part_count = decompose(character, parts), at = 0;
    for (size_t i = 0; i < part_count; i++) {
        if (parts[i] < '0' || parts[i] > '9')
            continue;
        while (at < count && !shows_digit(code, parts[i] - '0', cells[at]))
            at++;
        if (at++ == count)
            return false;
    }
    return true;
}

/* A character beside each of two others, before or behind them. */
static bool stands_beside(const struct braille_code *code, widechar character, bool is_behind)
{
    widechar cells[CODE_ONE_CHARACTER], others[2] = {'5', code->letter};
    for (int i = 0; i < 2; i++) {
        widechar pair[2] = {is_behind ? others[i] : character, is_behind ? character : others[i]};
        size_t alone = code_cells_alone(code, &others[i], 1, cells);
        size_t made = code_cells_alone(code, pair, 2, cells);
        if (made == SIZE_MAX || made <= alone)
            return false;
    }
    return true;
}

/* Whether a letter of another script comes out as a Latin one does, in a language that is written
   in Latin letters: "µg" would be read as "mg". */
static bool passes_for_latin(const struct braille_code *code, widechar character,
                             const widechar *cells, size_t count)
{
    UErrorCode error = U_ZERO_ERROR;
    widechar latin[CODE_ONE_CHARACTER];
    bool is_foreign = character >= 0x80 && u_isalpha((UChar32)character) &&
                      (uscript_getScript((UChar32)character, &error) != USCRIPT_LATIN);
    if (!is_foreign || strcmp(language_script(text_from_c(code->language)), "Latn") != 0)
        return false;
    for (widechar letter = 'A'; letter <= 'z'; letter++) {
        if (u_isalpha((UChar32)letter) && code_cells_alone(code, &letter, 1, latin) == count &&
            memcmp(latin, cells, count * sizeof *cells) == 0)
            return true;
    }
    return false;
}

/* Whether the code has a sign for the character: some have one beside others only, such as a
   bracket that opens and closes in different cells. */
static bool is_own(const struct braille_code *code, widechar character)
{
    widechar cells[CODE_ONE_CHARACTER];
    size_t made = code_cells_alone(code, &character, 1, cells);
    if (made == SIZE_MAX)
        return stands_beside(code, character, false) || stands_beside(code, character, true);
    if (made && made == code->undefined_count && character >= 0x80 &&
        memcmp(cells, code->undefined, made * sizeof *cells) == 0)
        return false;
    if (passes_for_latin(code, character, cells, made))
        return false;
    bool is_number = u_charType((UChar32)character) == U_OTHER_NUMBER;
    return made && (!is_number || has_digits(code, character, cells, made));
}

/* plainer forms */

/* Characters that say the same in signs that every code has. Fractions, ligatures, the full width
   and the like are not here: Unicode's own compatibility tells them. */
static const struct {
    uint32_t character;
    const char
        *plainer; /* several: with a NUL between them, in the order in which they are tried */
} plainer_forms[] = {
#define PLAINER(character, forms) {character, forms "\0"},
#define BARE(character, letter)
#include "braille/plainer.def"
#undef BARE
#undef PLAINER
};

/* Letters with a stroke and the like: Unicode does not take them apart. */
static const struct {
    uint32_t character;
    const char *bare;
} bare_letters[] = {
#define PLAINER(character, forms)
#define BARE(character, letter) {character, letter},
#include "braille/plainer.def"
#undef BARE
#undef PLAINER
};

static bool has_all(const struct braille_code *code, const widechar *characters, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (characters[i] != ' ' && !is_own(code, characters[i]))
            return false;
    }
    return count > 0;
}

static bool take(struct arena *arena, struct braille_sign *sign, enum sign_kind kind,
                 const widechar *characters, size_t count)
{
    widechar *instead = ARENA_NEW_ARRAY(arena, count, widechar);
    memcpy(instead, characters, count * sizeof *instead);
    *sign = (struct braille_sign){
        .character = sign->character, .kind = kind, .instead = instead, .count = count};
    return true;
}

static size_t widen(text words, widechar *wide, size_t room)
{
    size_t count = 0, offset = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX && count < room;
         c = text_next(words, &offset))
        wide[count++] = (widechar)c;
    return count;
}

static bool find_plainer(struct arena *arena, const struct braille_code *code,
                         struct braille_sign *sign)
{
    for (size_t i = 0; i < sizeof plainer_forms / sizeof *plainer_forms; i++) {
        if (plainer_forms[i].character != sign->character)
            continue;
        for (const char *form = plainer_forms[i].plainer; *form; form += strlen(form) + 1) {
            widechar wide[CODE_ONE_CHARACTER];
            size_t count = widen(text_from_c(form), wide, CODE_ONE_CHARACTER);
            if (has_all(code, wide, count))
                return take(arena, sign, SIGN_PLAINER, wide, count);
        }
    }
    return false;
}

static bool find_bare(struct arena *arena, const struct braille_code *code,
                      struct braille_sign *sign)
{
    for (size_t i = 0; i < sizeof bare_letters / sizeof *bare_letters; i++) {
        widechar letter = (widechar)bare_letters[i].bare[0];
        if (bare_letters[i].character == sign->character && has_all(code, &letter, 1))
            return take(arena, sign, SIGN_BARE, &letter, 1);
    }
    return false;
}

/* A flag is two letters of a country's code. */
static bool find_letter_of_flag(struct arena *arena, const struct braille_code *code,
                                struct braille_sign *sign)
{
    enum { REGIONAL_A = 0x1F1E6 };
    if (!u_hasBinaryProperty((UChar32)sign->character, UCHAR_REGIONAL_INDICATOR))
        return false;
    widechar letter = 'A' + (widechar)(sign->character - REGIONAL_A);
    return has_all(code, &letter, 1) && take(arena, sign, SIGN_PLAINER, &letter, 1);
}

/* A picture among the characters, such as an emoji, is its name in brackets. Unicode has the names
   in English, so English alone can have that. */
static bool find_name(struct arena *arena, const struct braille_code *code,
                      struct braille_sign *sign)
{
    enum { LIGHT_SKIN = 0x1F3FB };
    static const char *const skins[] = {"light", "medium-light", "medium", "medium-dark", "dark"};
    UErrorCode error = U_ZERO_ERROR;
    UChar32 c = (UChar32)sign->character;
    bool is_skin = u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
    char name[96];
    widechar wide[sizeof name];
    if (strcmp(code->language, "en") != 0 || (u_charType(c) != U_OTHER_SYMBOL && !is_skin))
        return false;
    if (is_skin)
        snprintf(name, sizeof name, "(%s skin tone)", skins[sign->character - LIGHT_SKIN]);
    else
        name[0] = '(', u_charName(c, U_UNICODE_CHAR_NAME, name + 1, sizeof name - 2, &error);
    if (U_FAILURE(error) || name[1] == '\0')
        return false;
    size_t count = strlen(name);
    for (size_t i = 1; i < count; i++)
        name[i] = (char)u_tolower((unsigned char)name[i]);
    if (!is_skin)
        name[count++] = ')';
    name[count] = '\0';
    count = widen(text_from_c(name), wide, sizeof name);
    return has_all(code, wide, count) && take(arena, sign, SIGN_PLAINER, wide, count);
}

/* A digit of another writing is the same number; and tables that have it as a letter set no sign
   of a number before it. */
static bool find_digit(struct arena *arena, struct braille_sign *sign)
{
    int32_t value = u_charDigitValue((UChar32)sign->character);
    widechar digit = '0' + (widechar)value;
    bool is_other = sign->character >= 0x80 && value >= 0 &&
                    u_charType((UChar32)sign->character) == U_DECIMAL_DIGIT_NUMBER;
    return is_other && take(arena, sign, SIGN_PLAINER, &digit, 1);
}

/* What raises or lowers or encircles says more than the bare character: 10² is not 102. */
static bool changes_meaning(uint32_t c)
{
    switch (u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE)) {
    case U_DT_SUPER:
    case U_DT_SUB:
    case U_DT_CIRCLE:
    case U_DT_SQUARE:
        return true;
    default:
        return false;
    }
}

static bool find_decomposed(struct arena *arena, const struct braille_code *code,
                            struct braille_sign *sign)
{
    widechar wide[CODE_ONE_CHARACTER], bare[CODE_ONE_CHARACTER];
    size_t count = decompose(sign->character, wide), bare_count = 0;
    if (count == 0 || changes_meaning(sign->character))
        return false;
    for (size_t i = 0; i < count; i++) {
        wide[i] = wide[i] == 0x2044 ? '/' : wide[i]; /* of a fraction */
        if (u_charType((UChar32)wide[i]) != U_NON_SPACING_MARK)
            bare[bare_count++] = wide[i];
    }
    if (has_all(code, wide, count))
        return take(arena, sign, SIGN_PLAINER, wide, count);
    return bare_count < count && u_isalpha((UChar32)sign->character) &&
           has_all(code, bare, bare_count) && take(arena, sign, SIGN_BARE, bare, bare_count);
}

/* Vowels and points that Hebrew and Arabic are read without. */
static bool is_optional_mark(uint32_t c)
{
    UBlockCode block = ublock_getCode((UChar32)c);
    return u_charType((UChar32)c) == U_NON_SPACING_MARK &&
           (block == UBLOCK_HEBREW || block == UBLOCK_ARABIC);
}

/* A joiner that keeps letters apart is a blank in some codes. */
static bool is_blank_in(const struct braille_code *code, widechar character)
{
    widechar cells[CODE_ONE_CHARACTER];
    int from[CODE_ONE_CHARACTER];
    size_t made = code_translate(code, &character, 1, NULL, cells, from, CODE_ONE_CHARACTER);
    return made && made != SIZE_MAX;
}

static void find_sign(struct arena *arena, const struct braille_code *code,
                      struct braille_sign *sign)
{
    enum { KEYCAP = 0x20E3 }; /* a frame around a digit */
    UChar32 c = (UChar32)sign->character;
    if (find_digit(arena, sign))
        return;
    if (is_own(code, sign->character)) {
        sign->kind = SIGN_OWN;
        return;
    }
    if (find_plainer(arena, code, sign) || find_decomposed(arena, code, sign) ||
        find_bare(arena, code, sign) || find_letter_of_flag(arena, code, sign) ||
        find_name(arena, code, sign))
        return;
    if (is_optional_mark(sign->character) || sign->character == KEYCAP) {
        sign->kind = SIGN_BARE;
        return;
    }
    bool has_shape = !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) &&
                     u_charType(c) != U_FORMAT_CHAR;
    sign->kind = has_shape                            ? SIGN_NONE
                 : is_blank_in(code, sign->character) ? SIGN_OWN
                                                      : SIGN_NOTHING;
}

struct braille_sign *code_sign(struct arena *arena, struct braille_code *code, uint32_t character)
{
    size_t low = 0, high = code->sign_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code->signs[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < code->sign_count && code->signs[low].character == character)
        return &code->signs[low];
    ARENA_GROW(arena, code->signs, code->sign_count, code->sign_capacity);
    memmove(code->signs + low + 1, code->signs + low,
            (code->sign_count++ - low) * sizeof *code->signs);
    code->signs[low] = (struct braille_sign){.character = character};
    find_sign(arena, code, &code->signs[low]);
    return &code->signs[low];
}

/* Unicode takes some Indic and Hebrew letters apart for good. */
int32_t code_whole_letter(widechar letter, uint32_t mark)
{
    static const widechar letters[] = {0x958, 0x959, 0x95A, 0x95B, 0x95C, 0x95D, 0x95E, 0x95F,
                                       0x9DC, 0x9DD, 0x9DF,
                                       /* shin, sin; bet, kaf, pe with a dot */
                                       0xFB2A, 0xFB2B, 0xFB31, 0xFB3B, 0xFB44};
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *forms = unorm2_getNFCInstance(&error);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        UChar parts[4];
        int32_t count = unorm2_getRawDecomposition(forms, (UChar32)letters[i], parts, 4, &error);
        if (count == 2 && parts[0] == letter && parts[1] == mark)
            return (UChar32)letters[i];
    }
    UChar parts[4];
    UChar32 whole = unorm2_composePair(forms, (UChar32)letter, (UChar32)mark);
    if (whole >= 0)
        return whole;
    /* Two marks in the other order: the letter with the second one is taken apart for that. */
    int32_t count = unorm2_getRawDecomposition(forms, (UChar32)letter, parts, 4, &error);
    whole = count == 2 ? unorm2_composePair(forms, parts[0], (UChar32)mark) : U_SENTINEL;
    return whole >= 0 ? unorm2_composePair(forms, whole, parts[1]) : U_SENTINEL;
}
