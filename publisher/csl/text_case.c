/* Text case (CSL 1.0.2, "Text-case"). Letters are mapped one by one, as Unicode has it. */
#include "csl/output.h"

#include <string.h>
#include <unicode/uchar.h>

enum casing {
    CASE_LOWER,
    CASE_UPPER,
    CASE_CAPITALIZE_FIRST,
    CASE_CAPITALIZE_ALL,
    CASE_SENTENCE,
    CASE_TITLE,
    CASE_COUNT,
};

static const char *const case_names[CASE_COUNT] = {
    "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title",
};

/* Words that stay small within an English title (CSL 1.0.2, "Title Case Conversion"). */
static const char *const small_words[] = {
    "a",          "about",      "above",
    "according",  "across",     "afore",
    "after",      "against",    "ahead",
    "al",         "along",      "alongside",
    "amid",       "amidst",     "among",
    "amongst",    "an",         "and",
    "anenst",     "anti",       "apropos",
    "apud",       "around",     "as",
    "aside",      "astride",    "at",
    "athwart",    "atop",       "barring",
    "before",     "behind",     "below",
    "beneath",    "beside",     "besides",
    "between",    "beyond",     "but",
    "by",         "c",          "ca",
    "circa",      "close",      "d'",
    "de",         "despite",    "down",
    "due",        "during",     "et",
    "except",     "far",        "for",
    "forenenst",  "forth",      "from",
    "given",      "in",         "inside",
    "instead",    "into",       "lest",
    "like",       "modulo",     "near",
    "next",       "nor",        "notwithstanding",
    "of",         "off",        "on",
    "onto",       "or",         "out",
    "outside",    "over",       "per",
    "plus",       "pro",        "qua",
    "regarding",  "sans",       "since",
    "so",         "than",       "the",
    "through",    "throughout", "thru",
    "thruout",    "till",       "to",
    "toward",     "towards",    "under",
    "underneath", "until",      "unto",
    "up",         "upon",       "v",
    "van",        "versus",     "via",
    "vis-à-vis",  "von",        "vs",
    "when",       "with",       "within",
    "without",    "yet",
};

struct caser {
    struct arena *arena;
    enum casing casing;
    bool whole_is_upper; /* every letter of it is a capital */
    bool is_first;       /* no word has come yet */
    bool in_word;        /* the word before goes on */
    bool after_stop;     /* a colon, question mark or the like stands before */
    bool is_turkic;      /* i and İ, ı and I belong together */
    uint32_t before;     /* the last character */
};

static bool is_letter(uint32_t c)
{
    return c != UINT32_MAX && u_isalpha((UChar32)c);
}

static uint32_t upper(const struct caser *caser, uint32_t c)
{
    return caser->is_turkic && c == 'i' ? 0x130 : (uint32_t)u_toupper((UChar32)c);
}

static uint32_t lower(const struct caser *caser, uint32_t c)
{
    if (caser->is_turkic && (c == 'I' || c == 0x130))
        return c == 'I' ? 0x131 : 'i';
    return (uint32_t)u_tolower((UChar32)c);
}

static bool is_joined(uint32_t c)
{
    return is_letter(c) || (c != UINT32_MAX && u_isdigit((UChar32)c)) || c == '\'' || c == 0x2019 ||
           (c != UINT32_MAX && u_charType((UChar32)c) == U_NON_SPACING_MARK);
}

static bool has_lower(text t)
{
    size_t at = 0;
    for (uint32_t c = text_next(t, &at); c != UINT32_MAX; c = text_next(t, &at))
        if (u_islower((UChar32)c))
            return true;
    return false;
}

static bool has_upper_from(text word, size_t at)
{
    for (uint32_t c = text_next(word, &at); c != UINT32_MAX; c = text_next(word, &at))
        if (u_isupper((UChar32)c))
            return true;
    return false;
}

static bool has_upper(text word)
{
    return has_upper_from(word, 0);
}

static bool has_upper_inside(text word)
{
    size_t at = 0;
    text_next(word, &at);
    return has_upper_from(word, at);
}

static bool is_small_word(text word)
{
    for (size_t i = 0; i < sizeof small_words / sizeof *small_words; i++)
        if (text_equal_ignoring_case(word, text_from_c(small_words[i])))
            return true;
    return false;
}

/* The word that begins at `at`. */
static size_t end_of_word(text t, size_t at)
{
    size_t end = at, next = at;
    for (uint32_t c = text_next(t, &next); is_joined(c); c = text_next(t, &next))
        end = next;
    return end;
}

static void add_upper_first(const struct caser *caser, struct buffer *out, text word)
{
    size_t at = 0;
    uint32_t c = text_next(word, &at);
    if (c == UINT32_MAX)
        return;
    bool is_handle = caser->before == '@'; /* @somebody: a name in which case counts */
    buffer_add_code_point(out, is_handle ? c : upper(caser, c));
    buffer_add_text(out, text_slice(word, at, word.length));
}

static void add_mapped(const struct caser *caser, struct buffer *out, text word, bool to_upper)
{
    size_t at = 0;
    for (uint32_t c = text_next(word, &at); c != UINT32_MAX; c = text_next(word, &at)) {
        if (to_upper && c == 0xDF)
            buffer_add_c(out, "SS");
        else
            buffer_add_code_point(out, to_upper ? upper(caser, c) : lower(caser, c));
    }
}

static bool ends_clause(uint32_t c)
{
    return c == ':' || c == '?' || c == '!';
}

/* One word in title case. What has capitals stays as its author wrote it, and so do single letters:
   they are signs, articles that are elided ("l'école"), "v." between parties. */
static void add_title_word(struct caser *caser, struct buffer *out, text word, uint32_t after)
{
    size_t one = 0;
    text_next(word, &one);
    bool first = caser->is_first || caser->after_stop;
    bool is_single = one == word.length || word.bytes[one] == '\'' ||
                     text_starts_with(text_slice(word, one, word.length), TEXT("\u2019"));
    bool is_sign = one == word.length && (unsigned char)word.bytes[0] >= 0x80; /* α */
    bool is_small = is_single || (is_small_word(word) && (after != '-' || caser->before == '-'));
    if (has_upper(word) || is_sign || (is_small && !first))
        buffer_add_text(out, word);
    else
        add_upper_first(caser, out, word);
}

static void add_word(struct caser *caser, struct buffer *out, text word, uint32_t after)
{
    bool first = caser->is_first;
    switch (caser->casing) {
    case CASE_LOWER:
        add_mapped(caser, out, word, false);
        break;
    case CASE_UPPER:
        add_mapped(caser, out, word, true);
        break;
    case CASE_CAPITALIZE_FIRST:
        if (first && !has_upper_inside(word))
            add_upper_first(caser, out, word);
        else
            buffer_add_text(out, word);
        break;
    case CASE_CAPITALIZE_ALL:
        add_upper_first(caser, out, word);
        break;
    case CASE_SENTENCE:
        if (caser->whole_is_upper && !first)
            add_mapped(caser, out, word, false);
        else if (caser->whole_is_upper) {
            size_t at = 0;
            uint32_t c = text_next(word, &at);
            buffer_add_code_point(out, c);
            add_mapped(caser, out, text_slice(word, at, word.length), false);
        } else if (first)
            add_upper_first(caser, out, word);
        else if (!has_upper_inside(word))
            add_mapped(caser, out, word, false);
        else
            buffer_add_text(out, word);
        break;
    default:
        add_title_word(caser, out, word, after);
        break;
    }
}

static void apply_to_leaf(struct caser *caser, struct output *leaf, bool keeps)
{
    struct buffer out;
    buffer_init(&out, 8 * leaf->characters.length + 64);
    text t = leaf->characters;
    for (size_t at = 0, next = 0; at < t.length; at = next) {
        uint32_t c = text_next(t, &next);
        if (!is_joined(c) || (!is_letter(c) && !caser->in_word && !u_isdigit((UChar32)c))) {
            buffer_add_text(&out, text_slice(t, at, next));
            if (ends_clause(c))
                caser->after_stop = true;
            caser->before = c;
            caser->in_word = false;
            continue;
        }
        next = end_of_word(t, at);
        text word = text_slice(t, at, next);
        size_t peek = next;
        uint32_t after = text_next(t, &peek);
        /* a leading apostrophe is part of its word: 't Hooft */
        bool goes_on = caser->in_word || caser->before == 0x2019 || caser->before == '\'';
        /* ". a" only after a space: "U.S." is one word's worth of stops */
        if (caser->after_stop && !text_is_space(caser->before) && caser->before != UINT32_MAX)
            caser->after_stop = false;
        if (keeps || (goes_on && caser->casing >= CASE_CAPITALIZE_FIRST && !caser->whole_is_upper))
            buffer_add_text(&out, word);
        else
            add_word(caser, &out, word, after);
        caser->is_first = caser->after_stop = false;
        caser->in_word = true;
        caser->before = 'a';
    }
    leaf->characters = arena_copy(caser->arena, buffer_text(&out));
    buffer_release(&out);
}

static void apply(struct caser *caser, struct output *output, bool keeps)
{
    keeps = keeps || output->keeps_case || output->markup == CSL_SUPERSCRIPT ||
            output->markup == CSL_SUBSCRIPT || output->markup == CSL_SMALL_CAPITALS;
    if (output->has_quotes && caser->casing == CASE_TITLE)
        caser->after_stop = true;
    if (output->characters.length)
        apply_to_leaf(caser, output, keeps);
    for (struct output *child = output->first; child; child = child->next)
        apply(caser, child, keeps);
}

/* The last word of a title is not small. */
static void raise_last_word(struct caser *caser, struct output *output)
{
    struct output *last = output;
    while (last->last)
        last = last->last;
    text t = last->characters;
    size_t end = t.length;
    while (end > 0 && !is_joined((unsigned char)t.bytes[end - 1]) &&
           (unsigned char)t.bytes[end - 1] < 0x80)
        end--;
    size_t at = end;
    while (at > 0 &&
           (is_joined((unsigned char)t.bytes[at - 1]) || (unsigned char)t.bytes[at - 1] >= 0x80))
        at--;
    text word = text_slice(t, at, end);
    if (at == 0 || t.bytes[at - 1] != ' ' || !is_small_word(word) || last->keeps_case)
        return;
    struct buffer out;
    buffer_init(&out, 2 * t.length + 16);
    buffer_add_text(&out, text_slice(t, 0, at));
    add_upper_first(caser, &out, word);
    buffer_add_text(&out, text_slice(t, end, t.length));
    last->characters = arena_copy(caser->arena, buffer_text(&out));
    buffer_release(&out);
}

static bool is_of_language(text language, const char *primary)
{
    return language.length >= 2 &&
           text_equal_ignoring_case(text_slice(language, 0, 2), text_from_c(primary)) &&
           (language.length == 2 || language.bytes[2] == '-' || language.bytes[2] == '_');
}

void text_case_apply(struct arena *arena, struct output *output, text text_case, text language)
{
    size_t casing = 0;
    while (casing < CASE_COUNT && !text_equal_c(text_case, case_names[casing]))
        casing++;
    bool is_english = is_of_language(language, "en");
    if (casing == CASE_COUNT || (casing == CASE_TITLE && !is_english))
        return;
    struct buffer whole;
    buffer_init(&whole, 1 << 20);
    output_add_characters(output, &whole);
    bool whole_is_upper = !has_lower(buffer_text(&whole));
    buffer_release(&whole);
    struct caser caser = {
        .arena = arena,
        .casing = (enum casing)casing,
        .whole_is_upper = whole_is_upper,
        .is_first = true,
        .is_turkic = is_of_language(language, "tr") || is_of_language(language, "az"),
        .before = UINT32_MAX,
    };
    apply(&caser, output, false);
    if (casing == CASE_TITLE)
        raise_last_word(&caser, output);
}
