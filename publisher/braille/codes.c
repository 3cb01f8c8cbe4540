#include "braille/codes.h"

#include "document/language.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* Dots as bits of a Unicode braille pattern; nothing for what is unknown. */
enum { CELLS_MODE = dotsIO | ucBrl | noUndefined };

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
        text name, subtag;
        bool has_script = text_cut(text_from_c(rows[i].language), '-', &name, &subtag);
        if (text_equal(primary, name) && (!has_script || text_equal_c(subtag, script)))
            return &rows[i];
    }
    return NULL;
}

/* Whether a language is written in the script: by its code of ISO 15924, which for some languages
   names several scripts. */
static bool is_script_of(UScriptCode script, text language)
{
    const char *written = language_script(language);
    switch (script) {
    case USCRIPT_LATIN:
        return text_equal_c(language, "en");
    case USCRIPT_HAN:
        return strcmp(written, "Hans") == 0;
    case USCRIPT_HANGUL:
        return strcmp(written, "Kore") == 0;
    default:
        return strcmp(written, uscript_getShortName(script)) == 0;
    }
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

size_t code_cells_alone(const struct braille_code *code, const widechar *characters, size_t count,
                        widechar *cells)
{
    int from[CODE_ONE_CHARACTER];
    size_t made = code_translate(code, characters, count, NULL, cells, from, CODE_ONE_CHARACTER);
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
        widechar character = '0' + digit, cells[CODE_ONE_CHARACTER];
        size_t made = code_cells_alone(code, &character, 1, cells);
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
    code->undefined_count = code_cells_alone(code, &unknown, 1, code->undefined);
    if (code->undefined_count > CODE_UNDEFINED_CELLS)
        code->undefined_count = 0;
}

/* A letter that the code has. */
static widechar letter_of(const struct braille_code *code)
{
    static const widechar letters[] = {'a', 0x3B1, 0x430, 0x5D0, 0x627, 0x905, 0x995, 0xAC00};
    widechar cells[CODE_ONE_CHARACTER];
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        size_t made = code_cells_alone(code, &letters[i], 1, cells);
        if (made && made != SIZE_MAX)
            return letters[i];
    }
    return 0;
}

static bool knows_apostrophe(const struct braille_code *code)
{
    widechar letter = code->letter, cells[CODE_ONE_CHARACTER], others[CODE_ONE_CHARACTER];
    const widechar curly[] = {letter, 0x2019, letter}, straight[] = {letter, '\'', letter};
    size_t count = code_cells_alone(code, curly, 3, cells);
    return count && count != SIZE_MAX && count == code_cells_alone(code, straight, 3, others) &&
           memcmp(cells, others, count * sizeof *cells) == 0;
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
    code->letter = letter_of(code);
    code->knows_apostrophe = knows_apostrophe(code);
    return code;
}

bool code_languages(struct arena *arena, struct braille_code **codes, uint32_t character,
                    struct buffer *out)
{
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)character, &error);
    const char *last = NULL;
    bool has_one = false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text language = text_from_c(rows[i].language);
        struct braille_code *code =
            is_script_of(script, language) ? code_open(arena, codes, language, false) : NULL;
        if (!code || code_sign(arena, code, character)->kind == SIGN_NONE)
            continue;
        if (last)
            buffer_printf(out, "%s{lang=%s}", has_one ? ", " : "", last);
        has_one |= last != NULL;
        last = rows[i].language;
    }
    if (last)
        buffer_printf(out, "%s{lang=%s}", has_one ? " or " : "", last);
    return last != NULL;
}
