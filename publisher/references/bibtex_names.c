/* Names as BibTeX writes them (BibTeX manual, "btxhak" 4; BibLaTeX manual, 2.3.3): "First von
   Last", "von Last, First", "von Last, Jr, First", and BibLaTeX's "family=Last, given=First,
   prefix=von". What stands whole in braces is one name. */
#include "references/bibtex.h"

#include "references/latex.h"

static text plain(struct arena *arena, text latex)
{
    text words = latex_read(arena, latex, &(struct latex_options){.plain = true});
    text tie = TEXT("\u00A0");
    if (text_find(words, tie, 0) == SIZE_MAX)
        return words;
    char *bytes = arena_copy_c(arena, words); /* "A.~B.": where a name may break is the reader's */
    size_t length = 0;
    for (size_t at = 0; at < words.length; at++) {
        bool is_tie = text_starts_with(text_slice(words, at, words.length), tie);
        bytes[length++] = is_tie ? ' ' : words.bytes[at];
        at += is_tie ? tie.length - 1 : 0;
    }
    return (text){bytes, length};
}

/* The offset of the next separator outside of braces, or the length. */
static size_t find_outside(text t, size_t from, bool (*is_here)(text t, size_t at))
{
    size_t depth = 0;
    for (size_t i = from; i < t.length; i++) {
        char c = t.bytes[i];
        if (c == '\\')
            i++;
        else if (c == '{')
            depth++;
        else if (c == '}')
            depth -= depth > 0;
        else if (depth == 0 && is_here(t, i))
            return i;
    }
    return t.length;
}

static bool is_and(text t, size_t at)
{
    return byte_is_white(t.bytes[at]) && at + 4 < t.length && byte_is_white(t.bytes[at + 4]) &&
           text_equal_ignoring_case(text_slice(t, at + 1, at + 4), TEXT("and"));
}

static bool is_comma(text t, size_t at)
{
    return t.bytes[at] == ',';
}

static bool is_gap(text t, size_t at)
{
    return byte_is_white(t.bytes[at]) || t.bytes[at] == '~';
}

/* A word of a name: does it begin with a small letter outside of braces? */
static bool is_small(struct arena *arena, text word)
{
    if (word.length && word.bytes[0] == '{' && (word.length < 2 || word.bytes[1] != '\\'))
        return false;
    text letters = plain(arena, word);
    size_t offset = 0;
    uint32_t c = text_next(letters, &offset);
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}

enum { MOST_WORDS = 32 };

static size_t split_words(text t, text words[MOST_WORDS])
{
    size_t count = 0;
    t = text_trim(t);
    for (size_t from = 0; from < t.length && count < MOST_WORDS;) {
        size_t end = count + 1 == MOST_WORDS ? t.length : find_outside(t, from, is_gap);
        if (end > from)
            words[count++] = text_slice(t, from, end);
        from = end + 1;
    }
    return count;
}

/* The words first..end-1 as they stand in the text. */
static text join(const text *words, size_t first, size_t end)
{
    if (first >= end)
        return TEXT_EMPTY;
    const char *start = words[first].bytes;
    return (text){start, (size_t)(words[end - 1].bytes - start) + words[end - 1].length};
}

/* A name in the making. */
struct name_maker {
    struct arena *arena;
    bool useprefix; /* the particle is of the family name */
    struct reference_name *name;
};

static void set_particle(const struct name_maker *maker, text particle)
{
    if (maker->useprefix)
        maker->name->non_dropping_particle = particle;
    else
        maker->name->dropping_particle = particle;
}

/* "von Last": the last word is always of the name itself. */
static void read_last(const struct name_maker *maker, const text *words, size_t count)
{
    size_t von = 0;
    while (von + 1 < count && is_small(maker->arena, words[von]))
        von++;
    if (von) /* "von und zu der Tann": to the last small word; "Brito da Silva" is a name */
        for (size_t i = von; i + 1 < count; i++)
            von = is_small(maker->arena, words[i]) ? i + 1 : von;
    set_particle(maker, plain(maker->arena, join(words, 0, von)));
    maker->name->family = plain(maker->arena, join(words, von, count));
}

/* "Last, First von": the particle at the end, as library catalogues write it. */
static void read_given(const struct name_maker *maker, text written)
{
    text words[MOST_WORDS];
    size_t count = split_words(written, words), end = count;
    bool has_particle =
        maker->name->dropping_particle.length + maker->name->non_dropping_particle.length > 0;
    while (end > 1 && !has_particle && is_small(maker->arena, words[end - 1]))
        end--;
    if (end == count) {
        maker->name->given = plain(maker->arena, written);
        return;
    }
    maker->name->given = plain(maker->arena, join(words, 0, end));
    set_particle(maker, plain(maker->arena, join(words, end, count)));
}

static bool read_labelled(const struct name_maker *maker, text written)
{
    if (text_find(written, TEXT("family="), 0) == SIZE_MAX &&
        text_find(written, TEXT("given="), 0) == SIZE_MAX)
        return false;
    struct name_maker labelled = *maker; /* the name may say itself what its prefix is */
    text prefix = TEXT_EMPTY;
    for (size_t from = 0; from < written.length;) {
        size_t end = find_outside(written, from, is_comma);
        text part = text_trim(text_slice(written, from, end));
        size_t equals = text_find_byte(part, '=', 0);
        from = end + 1;
        if (equals == SIZE_MAX)
            continue;
        text label = text_trim(text_slice(part, 0, equals));
        text value = plain(maker->arena, text_slice(part, equals + 1, part.length));
        if (text_equal_c(label, "family"))
            maker->name->family = value;
        else if (text_equal_c(label, "given"))
            maker->name->given = value;
        else if (text_equal_c(label, "suffix"))
            maker->name->suffix = value;
        else if (text_equal_c(label, "prefix"))
            prefix = value;
        else if (text_equal_c(label, "useprefix"))
            labelled.useprefix = text_equal_c(value, "true");
    }
    set_particle(&labelled, prefix);
    return true;
}

static void read_name(const struct name_maker *maker, text written)
{
    bool is_whole = written.length > 1 && written.bytes[0] == '{' &&
                    written.bytes[written.length - 1] == '}' &&
                    find_outside(written, 0, is_gap) == written.length &&
                    find_outside(written, 0, is_comma) == written.length;
    if (is_whole) {
        maker->name->literal = plain(maker->arena, written);
        return;
    }
    if (read_labelled(maker, written))
        return;
    size_t first = find_outside(written, 0, is_comma);
    text words[MOST_WORDS];
    if (first == written.length) { /* First von Last */
        size_t count = split_words(written, words), von = 0, end = 0;
        while (von + 1 < count && !is_small(maker->arena, words[von]))
            von++;
        end = von;
        maker->name->given = plain(maker->arena, join(words, 0, von));
        read_last(maker, words + end, count - end);
        return;
    }
    size_t second = find_outside(written, first + 1, is_comma);
    size_t count = split_words(text_slice(written, 0, first), words);
    read_last(maker, words, count);
    if (second < written.length) {
        maker->name->suffix = plain(maker->arena, text_slice(written, first + 1, second));
        maker->name->given = plain(maker->arena, text_slice(written, second + 1, written.length));
    } else {
        read_given(maker, text_slice(written, first + 1, written.length));
    }
}

void bib_read_names(struct arena *arena, text value, bool useprefix, struct reference_field *field)
{
    size_t capacity = 0;
    for (size_t from = 0; from <= value.length;) {
        size_t end = from < value.length ? find_outside(value, from, is_and) : value.length;
        text written = text_trim(text_slice(value, from, end));
        if (text_equal_c(written, "others") && field->name_count && end == value.length) {
            field->has_others = true;
        } else if (written.length) {
            ARENA_GROW(arena, field->names, field->name_count, capacity);
            struct reference_name name = {0};
            read_name(&(struct name_maker){arena, useprefix, &name}, written);
            if (name.family.length == 0 && name.literal.length == 0) {
                name.literal = name.given;
                name.given = TEXT_EMPTY;
            }
            if (name.literal.length + name.family.length)
                field->names[field->name_count++] = name;
        }
        from = end + (end < value.length ? 4 : 1);
    }
}
