#include "cite/fields.h"

#include "base/address.h"
#include "base/buffer.h"
#include "document/identifier.h"

#include <string.h>

struct style_run *style_add(struct arena *arena, struct style_runs *runs, text characters,
                            unsigned look)
{
    if (characters.length == 0)
        return NULL;
    struct style_run *run = ARENA_NEW(arena, struct style_run);
    run->characters = characters;
    run->look = look;
    run->reference = STYLE_NO_REFERENCE;
    if (runs->last)
        runs->last->next = run;
    else
        runs->first = run;
    runs->last = run;
    return run;
}

/* titles */

static const struct {
    const char *open, *close;
    unsigned look;
} title_tags[] = {
    {"<i>", "</i>", LOOK_ITALIC},
    {"<b>", "</b>", LOOK_BOLD},
    {"<sup>", "</sup>", LOOK_SUPERSCRIPT},
    {"<sub>", "</sub>", LOOK_SUBSCRIPT},
    {"<sc>", "</sc>", LOOK_SMALL_CAPITALS},
    {"<span style=\"font-variant:small-caps;\">", "</span>", LOOK_SMALL_CAPITALS},
    {"<span style=\"font-variant: small-caps;\">", "</span>", LOOK_SMALL_CAPITALS},
    {"<span class=\"nocase\">", "</span>", 0},
};
enum {
    TITLE_TAG_COUNT = sizeof title_tags / sizeof *title_tags,
    TITLE_DEPTH = 16,
    TITLE_REACH = 2000
};

/* Where a reader of a title stands. Tags deeper than TITLE_DEPTH are characters. */
struct title_state {
    text title;
    size_t open[TITLE_DEPTH]; /* in title_tags */
    size_t depth;
    unsigned look;
};

static bool stands_at(text t, size_t offset, const char *word)
{
    size_t length = strlen(word);
    return t.length - offset >= length && memcmp(t.bytes + offset, word, length) == 0;
}

static unsigned look_of_open(const struct title_state *state, unsigned outer)
{
    /* Italic within italic stands out by being upright. */
    unsigned look = outer;
    for (size_t i = 0; i < state->depth; i++)
        look ^= title_tags[state->open[i]].look;
    return look;
}

/* The length of the tag at the offset, after taking it into the state; 0: no tag. */
static size_t take_tag(struct title_state *state, size_t offset, unsigned outer)
{
    for (size_t i = 0; i < TITLE_TAG_COUNT; i++) {
        const char *open = title_tags[i].open;
        if (state->depth < TITLE_DEPTH && stands_at(state->title, offset, open)) {
            /* A tag that nothing closes is not one; the search is short so that a title full of
               such tags costs no more than its length. */
            size_t after = offset + strlen(open);
            text reach = text_slice(state->title, after, after + TITLE_REACH);
            if (text_find(reach, text_from_c(title_tags[i].close), 0) == SIZE_MAX)
                return 0;
            state->open[state->depth++] = i;
            state->look = look_of_open(state, outer);
            return strlen(open);
        }
    }
    if (state->depth == 0)
        return 0;
    const char *close = title_tags[state->open[state->depth - 1]].close;
    if (!stands_at(state->title, offset, close))
        return 0;
    state->depth--;
    state->look = look_of_open(state, outer);
    return strlen(close);
}

void fields_add_title(struct arena *arena, struct style_runs *runs, text title, unsigned look,
                      text language)
{
    struct title_state state = {.title = text_trim(title), .look = look};
    size_t start = 0, offset = 0;
    unsigned run_look = look;
    while (offset <= state.title.length) {
        size_t tag = 0;
        bool is_end = offset == state.title.length;
        if (!is_end && state.title.bytes[offset] == '<')
            tag = take_tag(&state, offset, look);
        if (!is_end && tag == 0) {
            offset++;
            continue;
        }
        struct style_run *run =
            style_add(arena, runs, text_slice(state.title, start, offset), run_look);
        if (run)
            run->language = language;
        if (is_end)
            break;
        offset += tag;
        start = offset;
        run_look = state.look;
    }
}

text fields_plain_title(struct arena *arena, text title)
{
    struct style_runs runs = {NULL, NULL};
    fields_add_title(arena, &runs, title, 0, TEXT_EMPTY);
    struct buffer plain;
    buffer_init(&plain, title.length + 1);
    for (const struct style_run *run = runs.first; run; run = run->next)
        buffer_add_text(&plain, run->characters);
    text result = arena_copy(arena, buffer_text(&plain));
    buffer_release(&plain);
    return result;
}

/* names */

enum name_script { NAME_WITH_INITIALS, NAME_IN_FULL, NAME_UNSPACED };

/* Initials are a custom of the Latin, Greek and Cyrillic scripts (up to U+052F, and U+1E00 to
   U+1FFF); Chinese, Japanese and Korean names are written without a space. */
static enum name_script script_of(text name)
{
    size_t offset = 0;
    uint32_t first = text_next(name, &offset);
    if (first <= 0x52F || (first >= 0x1E00 && first <= 0x1FFF))
        return NAME_WITH_INITIALS;
    bool is_han = (first >= 0x3040 && first <= 0x30FF) || (first >= 0x3400 && first <= 0x9FFF) ||
                  (first >= 0xAC00 && first <= 0xD7A3) || (first >= 0xF900 && first <= 0xFAFF) ||
                  (first >= 0x20000 && first <= 0x3FFFF);
    return is_han ? NAME_UNSPACED : NAME_IN_FULL;
}

static bool parts_given_names(uint32_t c)
{
    return text_is_space(c) || c == '.' || c == '-' || c == 0x2010 || c == 0x2011;
}

/* "NH" stands for two names, "Jo" for one: capitals alone, four at most, are initials already. */
static bool is_initials(text part)
{
    for (size_t i = 0; i < part.length; i++) {
        if (part.bytes[i] < 'A' || part.bytes[i] > 'Z')
            return false;
    }
    return part.length > 0 && part.length <= 4;
}

static void add_initials(struct buffer *out, text given)
{
    size_t start = 0, offset = 0;
    while (start < given.length) {
        size_t end = given.length, after = given.length;
        while (offset < given.length) {
            size_t before = offset;
            if (parts_given_names(text_next(given, &offset))) {
                end = before;
                after = offset;
                break;
            }
        }
        text part = text_slice(given, start, end);
        size_t first = 0;
        if (is_initials(part))
            buffer_add_text(out, part);
        else if (part.length && text_next(part, &first) != UINT32_MAX)
            buffer_add_text(out, text_slice(part, 0, first));
        start = offset = after;
    }
}

static void add_spaced(struct buffer *out, text t)
{
    if (out->length && t.length)
        buffer_add_byte(out, ' ');
    buffer_add_text(out, t);
}

static void add_family(struct buffer *out, const struct reference_name *name)
{
    add_spaced(out, name->dropping_particle);
    add_spaced(out, name->non_dropping_particle);
    add_spaced(out, name->family);
}

static size_t name_maximum(const struct reference_name *name)
{
    return name->family.length + name->given.length + name->dropping_particle.length +
           name->non_dropping_particle.length + name->suffix.length + 16;
}

text fields_name(struct arena *arena, const struct reference_name *name)
{
    if (name->literal.length)
        return text_trim(name->literal);
    struct buffer out;
    buffer_init(&out, name_maximum(name));
    text given = text_trim(name->given);
    add_family(&out, name);
    switch (script_of(name->family.length ? name->family : given)) {
    case NAME_WITH_INITIALS:
        if (given.length && name->family.length) {
            buffer_add_byte(&out, ' ');
            add_initials(&out, given);
        } else {
            buffer_add_text(&out, given);
        }
        break;
    case NAME_IN_FULL:
        /* The custom of these scripts: given name first. */
        buffer_clear(&out);
        buffer_add_text(&out, given);
        add_family(&out, name);
        break;
    case NAME_UNSPACED:
        buffer_add_text(&out, given);
        break;
    }
    add_spaced(&out, name->suffix);
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

text fields_family(struct arena *arena, const struct reference_name *name)
{
    if (name->family.length == 0)
        return text_trim(name->literal.length ? name->literal : name->given);
    struct buffer out;
    buffer_init(&out, name_maximum(name));
    add_spaced(&out, name->non_dropping_particle);
    add_spaced(&out, name->family);
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

/* numbers and dates */

text fields_pages(struct arena *arena, text pages)
{
    pages = text_trim(pages);
    struct buffer out;
    buffer_init(&out, pages.length * 3 + 1);
    for (size_t i = 0; i < pages.length; i++) {
        /* The dash of "e90-e95" and "S1-S9" too, but not that of "2071-a". */
        bool is_range = pages.bytes[i] == '-' && i > 0 && byte_is_digit(pages.bytes[i - 1]) &&
                        i + 1 < pages.length &&
                        (byte_is_digit(pages.bytes[i + 1]) ||
                         (i + 2 < pages.length && byte_is_digit(pages.bytes[i + 2])));
        if (is_range)
            buffer_add_c(&out, "–");
        else
            buffer_add_byte(&out, pages.bytes[i]);
    }
    text result = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

text fields_year(struct arena *arena, const struct reference *reference)
{
    const struct reference_field *issued = reference_find(reference, "issued");
    if (!issued)
        return TEXT_EMPTY;
    if (issued->kind != FIELD_DATE)
        return issued->kind == FIELD_TEXT ? text_trim(issued->value) : TEXT_EMPTY;
    const struct reference_date *date = &issued->date;
    if (date->year == 0)
        return text_trim(date->literal);
    if (date->has_end && date->end_year && date->end_year != date->year)
        return arena_printf(arena, "%d–%d", date->year, date->end_year);
    if (date->has_end && !date->end_year)
        return arena_printf(arena, "%d–", date->year);
    return arena_printf(arena, "%d", date->year);
}

/* addresses */

/* Without the first of the prefixes that it has; ASCII case does not matter. */
static text without_prefix(text t, const char *const *prefixes)
{
    t = text_trim(t);
    for (; *prefixes; prefixes++) {
        text prefix = text_from_c(*prefixes);
        if (text_equal_ignoring_case(text_slice(t, 0, prefix.length), prefix))
            return text_trim(text_slice(t, prefix.length, t.length));
    }
    return t;
}

text fields_doi_url(struct arena *arena, text doi)
{
    doi = doi_bare(arena, doi);
    /* ISO 26324: the prefix begins with 10 and ends at the slash. */
    if (!text_starts_with(doi, TEXT("10.")) && !text_starts_with(doi, TEXT("10/")))
        return TEXT_EMPTY;
    if (text_find_byte(doi, '/', 0) == SIZE_MAX)
        return TEXT_EMPTY;
    return arena_printf(arena, "https://doi.org/%.*s",
                        TEXT_ARGUMENTS(address_encoded(arena, ADDRESS_PATH, doi)));
}

text fields_pmcid_url(struct arena *arena, text pmcid)
{
    static const char *const prefixes[] = {"PMCID:", NULL};
    static const char *const letters[] = {"PMC", NULL};
    text number = without_prefix(without_prefix(pmcid, prefixes), letters);
    for (size_t i = 0; i < number.length; i++) {
        if (!byte_is_digit(number.bytes[i]))
            return TEXT_EMPTY;
    }
    if (number.length == 0)
        return TEXT_EMPTY;
    return arena_printf(arena, "https://pmc.ncbi.nlm.nih.gov/articles/PMC%.*s/",
                        TEXT_ARGUMENTS(number));
}

bool fields_is_web_address(text url)
{
    text http = TEXT("http://"), https = TEXT("https://");
    size_t scheme = 0;
    if (text_equal_ignoring_case(text_slice(url, 0, https.length), https))
        scheme = https.length;
    else if (text_equal_ignoring_case(text_slice(url, 0, http.length), http))
        scheme = http.length;
    for (size_t i = 0; i < url.length; i++) {
        if ((unsigned char)url.bytes[i] <= ' ' || url.bytes[i] == 0x7F)
            return false;
    }
    return scheme > 0 && url.length > scheme;
}
