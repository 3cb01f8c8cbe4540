/* The numbers of headings, where the front matter asks for them. They stand in the tree as words
   before those of the author, so every format, the contents, the outline and the running heads have
   the same; ids are made before, without them. */
#include "base/buffer.h"
#include "document/language.h"
#include "document/list_labels.h"
#include "read/passes.h"

#include <string.h>

enum { FIRST_LEVEL = 2, LAST_LEVEL = 6 };

/* Headings in quotations, cells and callouts order nothing. */
static bool is_of_text(const struct node *node)
{
    for (const struct node *parent = node->parent; parent; parent = parent->parent) {
        if (parent->kind != NODE_DOCUMENT && parent->kind != NODE_DIV)
            return false;
    }
    return true;
}

struct numbering {
    struct reader *reader;
    unsigned counts[LAST_LEVEL + 1];    /* of headings since the last of a higher level */
    unsigned divisions[DIVISION_COUNT]; /* of a book, all through it */
    text division;  /* the number of the chapter or appendix: "3", "A"; empty: it has none */
    int top;        /* the level of its heading */
    int unnumbered; /* the level of the heading under which none has a number */
};

/* The words stand before those of the heading, with what is between them. */
static void put_words(struct reader *reader, struct node *heading, text number, text between,
                      text language)
{
    struct node *words = node_new_text(
        reader->arena,
        arena_printf(reader->arena, "%.*s%.*s", TEXT_ARGUMENTS(number), TEXT_ARGUMENTS(between)),
        heading->span);
    words->generated = true;
    heading->heading.number = number;
    if (language.length) { /* Lectern does not speak the heading's */
        struct node *span = node_new(reader->arena, NODE_SPAN, heading->span);
        span->generated = true;
        span->language = language;
        node_append(span, words);
        words = span;
    }
    node_prepend(heading, words);
}

static void put_number(struct numbering *numbering, struct node *heading)
{
    enum { MOST_BYTES = 256 };
    struct reader *reader = numbering->reader;
    struct buffer number;
    buffer_init(&number, MOST_BYTES);
    buffer_add_text(&number, numbering->division);
    int first = numbering->division.length ? numbering->top + 1 : FIRST_LEVEL;
    for (int level = first; level <= heading->heading.level; level++) {
        if (number.length)
            buffer_add_byte(&number, '.');
        buffer_add_text(&number, reader_number(reader, numbering->counts[level]));
    }
    put_words(reader, heading, arena_copy(reader->arena, buffer_text(&number)), TEXT("\xC2\xA0"),
              TEXT_EMPTY);
    buffer_release(&number);
}

/* How a division of a book is counted. Appendices have letters in every language, or their sections
   would be called as those of chapters are. */
static const struct {
    enum book_division division;
    enum word word;
    enum list_style style;
    const char *scripts[3]; /* in which that is usual, but for appendices; in others: digits */
} counted[] = {
    {DIVISION_PART, WORD_PART_NUMBER, LIST_UPPER_ROMAN, {"Latn", "Grek", "Cyrl"}},
    {DIVISION_CHAPTER, WORD_CHAPTER_NUMBER, LIST_DIGITS, {NULL}},
    {DIVISION_APPENDIX, WORD_APPENDIX_NUMBER, LIST_UPPER_LETTERS, {NULL}},
};
enum { COUNTED_COUNT = sizeof counted / sizeof *counted };

/* The letters that count appendices where those of Latin are not usual, with spaces between them.
   Letters that could be taken for digits or for one another are left out, as is the custom. */
static const struct {
    const char *language, *letters;
} appendix_letters[] = {
    {"ar", "أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت"},
    {"bg", "А Б В Г Д Е Ж И К Л М Н П Р С Т У Ф Х Ц Ш Щ Ю Я"},
    {"bn", "ক খ গ ঘ ঙ চ ছ জ ঝ ঞ ট ঠ ড ঢ ণ ত থ দ ধ ন প ফ ব ভ ম য র ল শ ষ স হ"},
    {"el", "Α Β Γ Δ Ε Ζ Η Θ Ι Κ Λ Μ Ν Ξ Ο Π Ρ Σ Τ Υ Φ Χ Ψ Ω"},
    {"fa", "الف ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی"},
    {"he", "א ב ג ד ה ו ז ח ט י יא יב יג יד טו טז יז יח יט כ"},
    {"hi", "क ख ग घ ङ च छ ज झ ञ ट ठ ड ढ ण त थ द ध न प फ ब भ म य र ल व श ष स ह"},
    {"ru", "А Б В Г Д Е Ж И К Л М Н П Р С Т У Ф Х Ц Ш Щ Э Ю Я"},
    {"th", "ก ข ค ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ ฑ ฒ ณ ด ต ถ ท ธ น บ ป ผ ฝ พ ฟ ภ ม ย ร ล ว ศ ษ ส ห ฬ อ ฮ"},
    {"uk", "А Б В Г Д Е Ж И К Л М Н П Р С Т У Ф Х Ц Ш Щ Ю Я"},
    {"ur", "الف ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ی"},
};

/* The letter of the nth; empty: the language has none of its own, or too few, which *is_own tells
   apart. */
static text own_letter(text language, unsigned number, bool *is_own)
{
    *is_own = false;
    text primary = language_primary(language);
    for (size_t i = 0; i < sizeof appendix_letters / sizeof *appendix_letters; i++) {
        if (!text_equal_c(primary, appendix_letters[i].language))
            continue;
        *is_own = true;
        text rest = text_from_c(appendix_letters[i].letters);
        for (unsigned n = 1; rest.length; n++) {
            size_t end = text_find_byte(rest, ' ', 0);
            if (n == number)
                return text_slice(rest, 0, end);
            rest = end == SIZE_MAX ? TEXT_EMPTY : text_slice(rest, end + 1, rest.length);
        }
    }
    return TEXT_EMPTY;
}

/* The nth of its kind. */
static text number_of(struct reader *reader, size_t row, unsigned number)
{
    text language = reader->document->metadata.language;
    bool is_appendix = counted[row].division == DIVISION_APPENDIX;
    bool has_own = false;
    text letter = is_appendix ? own_letter(language, number, &has_own) : TEXT_EMPTY;
    if (letter.length)
        return letter;
    bool is_usual = is_appendix && !has_own;
    for (size_t i = 0; i < sizeof counted[row].scripts / sizeof *counted[row].scripts; i++) {
        const char *script = counted[row].scripts[i];
        is_usual |= script && strcmp(script, language_script(language)) == 0;
    }
    return list_number(reader->arena, language, is_usual ? counted[row].style : LIST_DIGITS,
                       number);
}

/* "Chapter 3: " before its title. False: such a division has no number. */
static bool put_division(struct numbering *numbering, struct node *heading)
{
    struct reader *reader = numbering->reader;
    text language = reader->document->metadata.language, used, ignored;
    size_t row = 0;
    while (row < COUNTED_COUNT && counted[row].division != heading->heading.division)
        row++;
    if (row == COUNTED_COUNT)
        return false;
    text shown = number_of(reader, row, ++numbering->divisions[heading->heading.division]);
    numbering->division = counted[row].division == DIVISION_PART ? TEXT_EMPTY : shown;
    numbering->top = heading->heading.level;
    reader_word(reader, heading, counted[row].word, &used);
    put_words(reader, heading,
              word_filled(reader->arena, language, counted[row].word, shown, TEXT_EMPTY),
              reader_word(reader, heading, WORD_COLON, &ignored), used);
    return true;
}

static void number_heading(struct numbering *numbering, struct node *node)
{
    int level = node->heading.level;
    bool is_division = node->heading.division != DIVISION_NONE;
    if (level <= numbering->unnumbered)
        numbering->unnumbered = LAST_LEVEL + 1;
    if (is_division)
        numbering->division = TEXT_EMPTY;
    if (level >= numbering->unnumbered)
        return;
    bool has_none = node->heading.unnumbered;
    for (int below = level + 1; below <= LAST_LEVEL; below++)
        numbering->counts[below] = 0;
    if (!has_none && is_division)
        has_none = !put_division(numbering, node);
    else if (!has_none && numbering->reader->document->is_book && numbering->division.length == 0)
        has_none = true; /* directly below a part, which counts no sections */
    else if (!has_none) {
        numbering->counts[level]++;
        put_number(numbering, node);
    }
    if (has_none)
        numbering->unnumbered = level;
}

void read_section_numbers(struct reader *reader)
{
    if (!reader->document->metadata.number_sections)
        return;
    struct numbering numbering = {.reader = reader, .unnumbered = LAST_LEVEL + 1};
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        if (walk.entering && node->kind == NODE_HEADING && node->first_child && is_of_text(node))
            number_heading(&numbering, node);
    }
}
