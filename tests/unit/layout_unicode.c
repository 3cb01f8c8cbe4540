/* Unicode's own cases, run through Lectern's own steps: line breaking (UAX 14) and direction (UAX
   9), from Debian's package unicode-data. Where Lectern leaves the rules on purpose, the reason
   stands here and the number of cases is held, so that it cannot grow unseen. Needs no glyph of any
   font. */
#include "tests/unit/layout_sample.h"

#include "layout/direction.h"

#include <pango/pango-break.h>

#define UNICODE_DATA "/usr/share/unicode/"

static struct theme theme;
static struct paragraph paragraph;
static struct node *words;

static void fill(const uint32_t *code_points, size_t count, bool right_to_left)
{
    paragraph_begin(&paragraph, &theme.looks[LOOK_BODY], right_to_left, TEXT("en"));
    struct buffer bytes;
    buffer_init(&bytes, 1 << 16);
    for (size_t i = 0; i < count; i++)
        buffer_add_code_point(&bytes, code_points[i]);
    paragraph_add_text(&paragraph, buffer_text(&bytes), words, 0, PIECE_CONTENT);
    buffer_release(&bytes);
}

static FILE *open_data(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s%s", UNICODE_DATA, name);
    FILE *file = fopen(path, "r");
    CHECK(file != NULL);
    return file;
}

enum { MOST_CHARACTERS = 512 };

/* direction */

struct direction_case {
    uint32_t code_points[MOST_CHARACTERS];
    int levels[MOST_CHARACTERS]; /* -1: the algorithm removes the character */
    size_t order[MOST_CHARACTERS];
    size_t count, order_count;
    bool right_to_left;
};

static size_t wrong_cases, run_cases, tailored_cases;

/* UAX 9, L1, at a line's end, where lines.c lets the spaces hang: the whole case is one line. */
static void reset_end(int8_t *levels, const struct direction_case *one)
{
    for (size_t i = one->count; i > 0; i--) {
        uint32_t c = one->code_points[i - 1];
        bool is_white = c == ' ' || c == 0x2029 || c == 0x2003 || c == 0x1680 || c == 0x2028;
        bool has_none = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xAD ||
                        c == 0x200B || c == 0xFEFF || c == 0x2060;
        if (!is_white && !has_none)
            return;
        levels[i - 1] = one->right_to_left;
    }
}

static bool agrees(const struct direction_case *one)
{
    fill(one->code_points, one->count, one->right_to_left);
    paragraph_find_levels(&paragraph);
    int8_t levels[MOST_CHARACTERS], shown[MOST_CHARACTERS];
    size_t places[MOST_CHARACTERS], order[MOST_CHARACTERS], count = 0;
    bool holds = paragraph.character_count == one->count;
    for (size_t i = 0; holds && i < one->count; i++)
        levels[i] = paragraph.characters[i].bidi_level;
    reset_end(levels, one);
    for (size_t i = 0; holds && i < one->count; i++) {
        if (one->levels[i] < 0)
            continue;
        holds &= levels[i] == one->levels[i];
        shown[count] = levels[i];
        places[count++] = i;
    }
    if (!holds)
        return false;
    direction_order(shown, count, order);
    holds = count == one->order_count || one->order_count == SIZE_MAX;
    for (size_t i = 0; holds && i < count && one->order_count != SIZE_MAX; i++)
        holds &= places[order[i]] == one->order[i];
    return holds;
}

/* A paragraph separator inside a paragraph is only a space for Lectern: its paragraphs are the
   document's, and a forced line end must not begin a new one (UAX 9, 3.4, allows for a line
   separator, which it takes for white space). So cases with one may differ. */
static bool parts_paragraphs(const struct direction_case *one)
{
    for (size_t i = 0; i < one->count; i++) {
        if (one->code_points[i] == 0x2029)
            return true;
    }
    return false;
}

static void run_direction_case(const struct direction_case *one, const char *line)
{
    run_cases++;
    if (agrees(one))
        return;
    if (parts_paragraphs(one)) {
        tailored_cases++;
        return;
    }
    if (wrong_cases++ < 5)
        printf("# %.200s", line);
}

static size_t read_levels(char *from, int *levels)
{
    size_t count = 0;
    for (char *word = strtok_r(from, " \t\n", &from); word; word = strtok_r(NULL, " \t\n", &from))
        levels[count++] = *word == 'x' ? -1 : (int)strtol(word, NULL, 10);
    return count;
}

static size_t read_order(char *from, size_t *order)
{
    size_t count = 0;
    for (char *word = strtok_r(from, " \t\n", &from); word; word = strtok_r(NULL, " \t\n", &from))
        order[count++] = strtoul(word, NULL, 10);
    return count;
}

static void characters_stand_in_the_order_of_unicodes_cases(void)
{
    FILE *file = open_data("BidiCharacterTest.txt");
    if (!file)
        return;
    char line[16384];
    wrong_cases = run_cases = tailored_cases = 0;
    while (fgets(line, sizeof line, file)) {
        if (*line == '#' || *line == '\n')
            continue;
        char kept[16384], *fields[5], *rest = line;
        memcpy(kept, line, sizeof kept);
        for (size_t i = 0; i < 5; i++)
            fields[i] = strsep(&rest, ";");
        struct direction_case one = {.right_to_left = fields[2][0] == '1'};
        char *at = fields[0];
        while (*at)
            one.code_points[one.count++] = (uint32_t)strtoul(at, &at, 16);
        read_levels(fields[3], one.levels);
        one.order_count = read_order(fields[4], one.order);
        run_direction_case(&one, kept);
    }
    fclose(file);
    printf("# BidiCharacterTest: %zu cases, %zu differ, %zu of them tailored\n", run_cases,
           wrong_cases + tailored_cases, tailored_cases);
    CHECK(run_cases == 91707);
    CHECK(wrong_cases == 0);
    CHECK(tailored_cases == 0);
}

/* A character of each class (DerivedBidiClass.txt). */
static const struct {
    const char *class;
    uint32_t code_point;
} samples[] = {
    {"L", 'a'},      {"R", 0x5D0},    {"AL", 0x627},   {"EN", '1'},     {"ES", '+'},
    {"ET", '#'},     {"AN", 0x661},   {"CS", ','},     {"NSM", 0x300},  {"BN", 0xAD},
    {"B", 0x2029},   {"S", '\t'},     {"WS", ' '},     {"ON", '!'},     {"LRE", 0x202A},
    {"LRO", 0x202D}, {"RLE", 0x202B}, {"RLO", 0x202E}, {"PDF", 0x202C}, {"LRI", 0x2066},
    {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
};

static void read_classes(char *from, struct direction_case *one)
{
    one->count = 0;
    for (char *word = strtok_r(from, " \t\n", &from); word; word = strtok_r(NULL, " \t\n", &from)) {
        for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
            if (strcmp(samples[i].class, word) == 0)
                one->code_points[one->count++] = samples[i].code_point;
        }
    }
}

static void classes_stand_in_the_order_of_unicodes_cases(void)
{
    enum { AUTOMATIC = 1, LEFT_TO_RIGHT = 2, RIGHT_TO_LEFT = 4 };
    FILE *file = open_data("BidiTest.txt");
    if (!file)
        return;
    char line[16384];
    struct direction_case one = {0};
    wrong_cases = run_cases = tailored_cases = 0;
    while (fgets(line, sizeof line, file)) {
        if (*line == '#' || *line == '\n')
            continue;
        if (strncmp(line, "@Levels:", 8) == 0) {
            read_levels(line + 8, one.levels);
        } else if (strncmp(line, "@Reorder:", 9) == 0) {
            one.order_count = read_order(line + 9, one.order);
        } else if (*line != '@') {
            char kept[16384], *rest = line;
            memcpy(kept, line, sizeof kept);
            char *classes = strsep(&rest, ";");
            unsigned long directions = strtoul(rest, NULL, 16);
            read_classes(classes, &one);
            for (int rtl = 0; rtl < 2; rtl++) {
                one.right_to_left = rtl;
                if (directions & (rtl ? RIGHT_TO_LEFT : LEFT_TO_RIGHT))
                    run_direction_case(&one, kept);
            }
        }
    }
    fclose(file);
    printf("# BidiTest: %zu cases, %zu differ, %zu of them tailored\n", run_cases,
           wrong_cases + tailored_cases, tailored_cases);
    CHECK(run_cases == 513494);
    CHECK(wrong_cases == 0);
    CHECK(tailored_cases <= 32);
}

/* lines */

/* Not one boundary may differ: what Lectern adds (long addresses and code, a slash between words,
   syllables of Khmer, Lao and Burmese) and dictionaries for Thai add are not touched by the cases.
 */
/* What the cases of a version of Unicode come to. Pango 1.56, which Debian 13 has, follows Unicode
   16 already: no line ends behind a hyphen that begins a word, nor inside more kinds of numbers,
   and Brahmic letters have classes of their own; Debian 13's cases are those of 15.1. Guillemets
   that stand off by a space are held as from 15.1 on; a closing one behind a zero width space and
   a space, too. */
static const struct edition {
    const char *title;
    size_t cases, differing;
} editions[] = {
    {"# LineBreakTest-15.0.0.txt", 7654, 4},
    {"# LineBreakTest-15.1.0.txt", 10274, 35},
};

static const struct edition *find_edition(const char *title)
{
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        if (strncmp(title, editions[i].title, strlen(editions[i].title)) == 0)
            return &editions[i];
    return NULL;
}

static void lines_end_where_unicodes_cases_let_them(void)
{
    FILE *file = open_data("auxiliary/LineBreakTest.txt");
    if (!file)
        return;
    char line[16384];
    size_t cases = 0, boundaries = 0, wrong = 0;
    const struct edition *edition = fgets(line, sizeof line, file) ? find_edition(line) : NULL;
    while (fgets(line, sizeof line, file)) {
        if (*line == '#')
            continue;
        uint32_t code_points[MOST_CHARACTERS];
        bool may_break[MOST_CHARACTERS + 1];
        size_t count = 0;
        char *comment = strchr(line, '#'), *at = line;
        while (at < comment && *at != '\t') {
            may_break[count] = strncmp(at, "\xC3\xB7", 2) == 0;
            at += strcspn(at, " ") + 1;
            if (*at == '#' || at >= comment || *at == '\t')
                break;
            code_points[count++] = (uint32_t)strtoul(at, &at, 16);
            at++;
        }
        fill(code_points, count, false);
        paragraph_itemise(&paragraph);
        paragraph_find_opportunities(&paragraph);
        cases++;
        for (size_t i = 1; i < count; i++) {
            bool may = paragraph.opportunities[paragraph.characters[i].offset] != OPPORTUNITY_NONE;
            boundaries++;
            if (may == may_break[i])
                continue;
            if (wrong++ < 20)
                printf("# boundary %zu, %s: %.200s", i, may ? "may" : "may not", line);
        }
    }
    fclose(file);
    printf("# LineBreakTest: %zu cases, %zu boundaries, %zu differ\n", cases, boundaries, wrong);
    CHECK(edition && cases == edition->cases);
    CHECK(edition && wrong == edition->differing);
}

/* A paragraph of more than four thousand characters is asked about in parts: lines end where they
   do when the same words stand in a short one, in every script, wherever the parts meet. */

enum { MOST_BYTES = 3900, FILLERS = 60 };

static void set_behind(const char *language, size_t filler, text sentences)
{
    paragraph_begin(&paragraph, &theme.looks[LOOK_BODY], false, text_from_c(language));
    struct buffer bytes;
    buffer_init(&bytes, 1 << 16);
    for (size_t i = 0; i < filler; i++)
        buffer_add_c(&bytes, i % 6 == 5 || i + 1 == filler ? " " : "x");
    buffer_add_text(&bytes, sentences);
    paragraph_add_text(&paragraph, buffer_text(&bytes), words, 0, PIECE_CONTENT);
    buffer_release(&bytes);
    paragraph_itemise(&paragraph);
    paragraph_find_opportunities(&paragraph);
}

static size_t differing_behind(const char *language, text sentences)
{
    static uint8_t expected[MOST_BYTES];
    size_t differing = 0;
    set_behind(language, 6, sentences);
    CHECK(paragraph.character_count < 4000);
    memcpy(expected, paragraph.opportunities + 6, sentences.length);
    for (size_t i = 0; i < FILLERS; i++) {
        size_t filler = 3990 - i * 31;
        set_behind(language, filler, sentences);
        for (size_t k = 1; k < sentences.length; k++)
            differing += paragraph.opportunities[filler + k] != expected[k];
    }
    return differing;
}

static void long_paragraphs_end_their_lines_as_short_ones(void)
{
    static const char *const languages[] = {
        "am", "ar", "bn", "bo", "el", "en", "fa", "fr", "he", "hi", "hy", "ja",     "ka",
        "km", "ko", "lo", "ml", "my", "ru", "si", "ta", "th", "ur", "vi", "zh-Hans"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        char path[64], bytes[MOST_BYTES];
        snprintf(path, sizeof path, "tests/data/readers/%s.txt", languages[i]);
        FILE *file = fopen(path, "r");
        CHECK(file != NULL);
        size_t length = file ? fread(bytes, 1, sizeof bytes, file) : 0;
        while (length && bytes[length - 1] != '\n') /* whole lines */
            length--;
        for (size_t k = 0; k < length; k++)
            bytes[k] = bytes[k] == '\n' ? ' ' : bytes[k];
        for (size_t once = length; once && length + once <= sizeof bytes; length += once)
            memcpy(bytes + length, bytes, once);
        size_t differing = differing_behind(languages[i], (text){bytes, length});
        if (differing)
            printf("# %s: %zu places differ\n", languages[i], differing);
        CHECK(length > MOST_BYTES / 2 && differing == 0);
        if (file)
            fclose(file);
    }
}

/* Pango is not asked about plain words in Latin letters. What it would say of the whole paragraph
   is what is taken, whatever stands between them, in whatever order. */

static const char *const tokens[] = {
    "word",
    "a",
    "Étude",
    "naïve",
    "x7",
    "1984",
    "well,",
    "end.",
    "why?",
    "no!",
    "so:",
    "and;",
    "don't",
    "l’été",
    "’s",
    "rock’",
    "'tis",
    "n'",
    "",
    "(",
    ")",
    "(see",
    "page)",
    "[1]",
    "[",
    "]",
    "{",
    "-",
    "-x",
    "a-b",
    "—",
    "–",
    "x—y",
    "“so”",
    "\"so\"",
    "\"",
    "«",
    "»",
    "‹x›",
    "5%",
    "%",
    "$5",
    "$",
    "§",
    "€",
    "€5",
    "3.5",
    "1,000",
    ".5",
    "...",
    "…",
    "a.b",
    "a,b",
    "x..",
    "x!?",
    ".",
    ",",
    "!",
    "@",
    "#",
    "*",
    "+1",
    "=",
    "a\xC2\xA0z",
    "\xC2\xA0",
    "\xC2\xAD",
    "co\xC2\xADop",
    "\xE2\x80\x8B",
    "x\xE2\x80\xA8y",
    "\t",
    "x\ty",
    "\n",
    "\xEF\xBF\xBC",
    "(\xEF\xBF\xBC",
    "e\xCC\x81",
    "×",
    "÷",
    "²",
    "ª",
    "°C",
    "½",
    "¿que",
    "¡",
    "‰",
    "\xE2\x81\xA0",
    "‑",
    "x‑y",
    "·",
    "pal·lel",
    "日",
    "Ж",
    "ж.",

    "א",
    "µ",
    "\\",
    "|",
    "a&b",
    "&",
};

static bool stands_at_quote(const struct paragraph *one, size_t i)
{
    for (size_t k = i > 1 ? i - 2 : 0; k <= i; k++) {
        uint32_t c = one->characters[k].code_point;
        if (c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x203A && c != 0x2028))
            return true; /* quotes.c says there more than Pango */
    }
    return false;
}

/* Differences, where the places that other rules of Lectern's decide are left out. */
static size_t differing_from_pango(const char *language, size_t *places)
{
    static PangoLogAttr attributes[4096];
    text t = paragraph_text(&paragraph);
    size_t count = paragraph.character_count, differing = 0;
    pango_get_log_attrs(t.bytes, (int)t.length, -1, pango_language_from_string(language),
                        attributes, (int)count + 1);
    for (size_t i = 1; i < count; i++) {
        if (paragraph.characters[i].code_point >= 0xE00 ||
            paragraph.characters[i - 1].code_point >= 0xE00 || stands_at_quote(&paragraph, i))
            continue;
        bool may = paragraph.opportunities[paragraph.characters[i].offset] != OPPORTUNITY_NONE;
        ++*places;
        differing += may != attributes[i].is_line_break;
    }
    return differing;
}

static void plain_words_end_lines_where_pango_lets_them(void)
{
    static const char *const languages[] = {"en", "fr", "ca", "de", "tr", "vi", ""};
    uint64_t state = 20260131;
    size_t places = 0, wrong = 0, all = sizeof tokens / sizeof *tokens;
    for (size_t round = 0; round < 20000; round++) {
        const char *language = languages[round % 7];
        struct buffer bytes;
        buffer_init(&bytes, 1 << 16);
        paragraph_begin(&paragraph, &theme.looks[LOOK_BODY], false, text_from_c(language));
        /* The later the round, the more words are plain. */
        for (size_t count = 1 + round % 40; count > 0; count--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t token = (state >> 33) % all;
            buffer_add_c(&bytes, tokens[(state >> 20) % 20000 < round ? token % 13 : token]);
            if (count > 1 || round % 5 == 0)
                buffer_add_byte(&bytes, ' ');
        }
        paragraph_add_text(&paragraph, buffer_text(&bytes), words, 0, PIECE_CONTENT);
        paragraph_itemise(&paragraph);
        paragraph_find_opportunities(&paragraph);
        size_t differing = differing_from_pango(language, &places);
        if (differing && wrong < 20)
            printf("# %s: %zu differ: %.*s\n", language, differing,
                   TEXT_ARGUMENTS(buffer_text(&bytes)));
        wrong += differing;
        buffer_release(&bytes);
    }
    printf("# %zu places\n", places);
    CHECK(places > 1000000 && wrong == 0);
}

int main(void)
{
    begin("en");
    struct theme_options wishes = {0};
    theme_resolve(&document, &wishes, &theme);
    words = add_words(add(document.root, NODE_PARAGRAPH), "");
    paragraph_init(&paragraph, fonts, &theme);
    RUN(lines_end_where_unicodes_cases_let_them);
    RUN(plain_words_end_lines_where_pango_lets_them);
    RUN(long_paragraphs_end_their_lines_as_short_ones);
    RUN(characters_stand_in_the_order_of_unicodes_cases);
    RUN(classes_stand_in_the_order_of_unicodes_cases);
    paragraph_release(&paragraph);
    end();
    UNIT_EXIT();
}
