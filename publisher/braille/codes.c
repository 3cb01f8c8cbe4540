#include "braille/codes.h"

#include "document/language.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* Dots as bits of a Unicode braille pattern; nothing for what is unknown. */
enum { CELLS_MODE = dotsIO | ucBrl | noUndefined, ONE_CHARACTER = 64 };

static const struct row {
    const char *language, *plain, *contracted, *letter_sign, *apart, *additions;
} rows[] = {
#define CODE(language, plain, contracted, letter_sign, apart, additions)                           \
    {language, plain, contracted, letter_sign, apart, additions},
#include "braille/codes.def"
#undef CODE
};

static const struct row *find_row(text language)
{
    text primary = language_primary(language);
    const char *script = language_script(language);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text name = text_from_c(rows[i].language);
        size_t hyphen = text_find_byte(name, '-', 0);
        bool is_primary = text_equal(primary, text_slice(name, 0, hyphen));
        if (is_primary &&
            (hyphen == SIZE_MAX || text_equal_c(text_slice(name, hyphen + 1, SIZE_MAX), script)))
            return &rows[i];
    }
    return NULL;
}

static const struct braille_switch *find_switch(const char *language)
{
    static const struct braille_switch switches[] = {
#define SWITCH(language, word, word_end, begin, end, keeps)                                        \
    {language, word, word_end, begin, end, keeps},
#include "braille/switches.def"
#undef SWITCH
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        if (strcmp(switches[i].language, language) == 0)
            return &switches[i];
    }
    return NULL;
}

static const struct braille_level *find_levels(const char *language)
{
    static const struct braille_level levels[] = {
#define LEVEL(language, raised, lowered, open, close, letter)                                      \
    {language, raised, lowered, open, close, letter},
#include "braille/levels.def"
#undef LEVEL
    };
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (strcmp(levels[i].language, language) == 0)
            return &levels[i];
    }
    return NULL;
}

unsigned code_pattern(const char *dots)
{
    unsigned pattern = 0;
    for (const char *dot = dots; *dot && *dot != '0' && *dot != '-'; dot++)
        pattern |= 1U << (unsigned)(*dot - '1');
    return pattern;
}

/* Reads the tables and adds the rules to them; false where a table is missing. A rule that liblouis
   refuses leaves a code that is not the one that was meant: false, too. */
static bool read_tables(struct arena *arena, const char *tables, text additions)
{
    if (additions.length == 0)
        return lou_checkTable(tables) != 0;
    for (size_t from = 0; from < additions.length;) {
        size_t end = text_find_byte(additions, '\n', from);
        end = end == SIZE_MAX ? additions.length : end;
        if (!lou_compileString(tables, arena_copy_c(arena, text_slice(additions, from, end))))
            return false;
        from = end + 1;
    }
    return true;
}

static const char *choose_tables(struct arena *arena, const char *alternatives, text additions)
{
    text all = text_from_c(alternatives);
    for (size_t from = 0; from < all.length;) {
        size_t end = text_find_byte(all, '|', from);
        end = end == SIZE_MAX ? all.length : end;
        const char *tables = arena_copy_c(arena, text_slice(all, from, end));
        if (read_tables(arena, tables, additions))
            return tables;
        from = end + 1;
    }
    return NULL;
}

size_t code_translate(const struct braille_code *code, const widechar *characters, size_t count,
                      formtype *standing_out, widechar *cells, int *from, size_t room)
{
    int length = (int)count, made = (int)room;
    if (lou_translate(code->tables, characters, &length, cells, &made, standing_out, NULL, NULL,
                      from, NULL, CELLS_MODE) != 1 ||
        (size_t)length != count)
        return SIZE_MAX;
    for (int i = 0; i < made; i++) {
        if (cells[i] < BRAILLE_PATTERNS || cells[i] - BRAILLE_PATTERNS > BRAILLE_SIX_DOTS)
            return SIZE_MAX;
    }
    return (size_t)made;
}

/* The cells of some characters alone; 0: it has none; SIZE_MAX: it has not six dots. */
static size_t cells_alone(const struct braille_code *code, const widechar *characters, size_t count,
                          widechar *cells)
{
    int from[ONE_CHARACTER];
    size_t made = code_translate(code, characters, count, NULL, cells, from, ONE_CHARACTER);
    bool has_dots = false;
    for (size_t i = 0; i < made && made != SIZE_MAX; i++)
        has_dots |= cells[i] != BRAILLE_PATTERNS;
    return has_dots || made == SIZE_MAX ? made : 0;
}

/* Whether each digit has a sign of a number before it, and a cell of its own: what a table for
   eight dots or for a computer does not have. */
static bool read_digits(struct braille_code *code)
{
    for (unsigned digit = 0; digit < 10; digit++) {
        widechar character = '0' + digit, cells[ONE_CHARACTER];
        size_t made = cells_alone(code, &character, 1, cells);
        if (made < 2 || made == SIZE_MAX)
            return false;
        code->digits[digit] = cells[made - 1];
        for (unsigned other = 0; other < digit; other++) {
            if (code->digits[other] == code->digits[digit])
                return false;
        }
    }
    return true;
}

/* What a table gives for all that it does not know: some have a sign for that. */
static void read_undefined(struct braille_code *code)
{
    widechar unknown = 0xE123; /* for private use */
    code->undefined_count = cells_alone(code, &unknown, 1, code->undefined);
    if (code->undefined_count > CODE_UNDEFINED_CELLS)
        code->undefined_count = 0;
}

struct braille_code *code_open(struct arena *arena, struct braille_code **codes, text language,
                               bool contracted)
{
    const struct row *row = find_row(language);
    if (!row)
        return NULL;
    contracted &= strcmp(row->plain, row->contracted) != 0; /* one grade: opened once */
    for (struct braille_code *code = *codes; code; code = code->next) {
        if (code->language == row->language && code->contracted == contracted)
            return code->tables ? code : NULL;
    }
    struct braille_code *code = ARENA_NEW_ARRAY(arena, 1, struct braille_code);
    *code = (struct braille_code){.language = row->language,
                                  .contracted = contracted,
                                  .has_letter_sign = row->letter_sign[0] != '\0',
                                  .apart = row->apart,
                                  .letter_sign = code_pattern(row->letter_sign),
                                  .switches = find_switch(row->language),
                                  .levels = find_levels(row->language),
                                  .next = *codes};
    *codes = code;
    lou_setLogLevel(LOU_LOG_OFF);
    code->tables = choose_tables(arena, contracted ? row->contracted : row->plain,
                                 text_from_c(row->additions));
    if (code->tables && !read_digits(code))
        code->tables = NULL;
    if (!code->tables)
        return NULL;
    code->emphasised = lou_getTypeformForEmphClass(code->tables, "italic");
    code->strong = lou_getTypeformForEmphClass(code->tables, "strong");
    if (!code->strong)
        code->strong = lou_getTypeformForEmphClass(code->tables, "bold");
    read_undefined(code);
    return code;
}

/* The compatibility decomposition in characters of 32 bits; returns how many. */
static size_t decompose(uint32_t c, widechar *parts)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar units[ONE_CHARACTER];
    int32_t length = unorm2_getDecomposition(unorm2_getNFKDInstance(&error), (UChar32)c, units,
                                             ONE_CHARACTER, &error);
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
    widechar parts[ONE_CHARACTER];
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
    static const widechar letters[] = {'a', 0x3B1, 0x430, 0x5D0, 0x627, 0x905, 0x995, 0xAC00};
    widechar cells[ONE_CHARACTER], others[2] = {'5', 0};
    for (size_t i = 0; !others[1] && i < sizeof letters / sizeof *letters; i++) {
        size_t made = cells_alone(code, &letters[i], 1, cells);
        others[1] = made && made != SIZE_MAX ? letters[i] : 0;
    }
    for (int i = 0; i < 2; i++) {
        widechar pair[2] = {is_behind ? others[i] : character, is_behind ? character : others[i]};
        size_t alone = cells_alone(code, &others[i], 1, cells);
        size_t made = cells_alone(code, pair, 2, cells);
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
    widechar latin[ONE_CHARACTER];
    bool is_foreign = character >= 0x80 && u_isalpha((UChar32)character) &&
                      (uscript_getScript((UChar32)character, &error) != USCRIPT_LATIN);
    if (!is_foreign || strcmp(language_script(text_from_c(code->language)), "Latn") != 0)
        return false;
    for (widechar letter = 'a'; letter <= 'z'; letter++) {
        if (cells_alone(code, &letter, 1, latin) == count &&
            memcmp(latin, cells, count * sizeof *cells) == 0)
            return true;
    }
    return false;
}

/* Whether the code has a sign for the character: some have one beside others only, such as a
   bracket that opens and closes in different cells. */
static bool is_own(const struct braille_code *code, widechar character)
{
    widechar cells[ONE_CHARACTER];
    size_t made = cells_alone(code, &character, 1, cells);
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
#include "braille/plainer.def"
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
            widechar wide[ONE_CHARACTER];
            size_t count = widen(text_from_c(form), wide, ONE_CHARACTER);
            if (has_all(code, wide, count))
                return take(arena, sign, SIGN_PLAINER, wide, count);
        }
    }
    return false;
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
    widechar wide[ONE_CHARACTER], bare[ONE_CHARACTER];
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
    widechar cells[ONE_CHARACTER];
    int from[ONE_CHARACTER];
    size_t made = code_translate(code, &character, 1, NULL, cells, from, ONE_CHARACTER);
    return made && made != SIZE_MAX;
}

static void find_sign(struct arena *arena, const struct braille_code *code,
                      struct braille_sign *sign)
{
    UChar32 c = (UChar32)sign->character;
    if (find_digit(arena, sign))
        return;
    if (is_own(code, sign->character)) {
        sign->kind = SIGN_OWN;
        return;
    }
    if (find_plainer(arena, code, sign) || find_decomposed(arena, code, sign))
        return;
    if (is_optional_mark(sign->character)) {
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
