#include "csl/locale.h"

#include "base/hash.h"

#include "csl/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

enum term_form term_form_of(text form)
{
    static const char *const names[] = {"long", "short", "verb", "verb-short", "symbol"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_c(form, names[i]))
            return (enum term_form)i;
    return TERM_LONG;
}

static enum gender gender_of(text gender)
{
    return text_equal_c(gender, "masculine")  ? GENDER_MASCULINE
           : text_equal_c(gender, "feminine") ? GENDER_FEMININE
                                              : GENDER_NEUTER;
}

static int8_t flag_of(struct arena *arena, const xmlNode *node, const char *name)
{
    if (!xml_has_attribute(node, name))
        return -1;
    return text_equal_c(xml_attribute(arena, node, name), "true");
}

static void add_term(struct arena *arena, struct locale_part *part, const xmlNode *node)
{
    struct term *term = ARENA_NEW(arena, struct term);
    term->name = xml_attribute(arena, node, "name");
    term->form = term_form_of(xml_attribute(arena, node, "form"));
    term->gender = gender_of(xml_attribute(arena, node, "gender"));
    term->gender_form = gender_of(xml_attribute(arena, node, "gender-form"));
    text match = xml_attribute(arena, node, "match");
    term->match = text_equal_c(match, "last-digit")        ? 1
                  : text_equal_c(match, "last-two-digits") ? 2
                  : text_equal_c(match, "whole-number")    ? 3
                                                           : 0;
    const xmlNode *single = xml_child(node, "single"), *multiple = xml_child(node, "multiple");
    if (single || multiple) {
        term->single = single ? xml_content(arena, single) : TEXT_EMPTY;
        term->multiple = multiple ? xml_content(arena, multiple) : TEXT_EMPTY;
    } else {
        term->single = term->multiple = xml_content(arena, node);
    }
    /* what only lays the file out says nothing */
    if (text_find_byte(term->single, '\n', 0) != SIZE_MAX)
        term->single = text_trim(term->single);
    if (text_find_byte(term->multiple, '\n', 0) != SIZE_MAX)
        term->multiple = text_trim(term->multiple);
    if (part->last_term)
        part->last_term->next = term;
    else
        part->terms = term;
    part->last_term = term;
    if (text_starts_with(term->name, TEXT("ordinal")))
        part->has_ordinals = true;
}

void locale_add_part(struct arena *arena, struct locale_part **list, const xmlNode *node)
{
    struct locale_part *part = ARENA_NEW(arena, struct locale_part);
    part->punctuation_in_quote = part->limit_day_ordinals = -1;
    part->language = xml_attribute(arena, node, "lang");
    for (const xmlNode *child = node->children; child; child = child->next) {
        const char *name = child->type == XML_ELEMENT_NODE ? (const char *)child->name : "";
        if (strcmp(name, "style-options") == 0) {
            part->punctuation_in_quote = flag_of(arena, child, "punctuation-in-quote");
            part->limit_day_ordinals = flag_of(arena, child, "limit-day-ordinals-to-day-1");
        } else if (strcmp(name, "date") == 0) {
            bool numeric = text_equal_c(xml_attribute(arena, child, "form"), "numeric");
            const xmlNode *too_deep = NULL; /* then the rest is left out */
            part->dates[numeric] = element_read(arena, child, &too_deep);
        } else if (strcmp(name, "terms") == 0) {
            for (const xmlNode *term = child->children; term; term = term->next)
                if (term->type == XML_ELEMENT_NODE && strcmp((const char *)term->name, "term") == 0)
                    add_term(arena, part, term);
        }
    }
    while (*list)
        list = &(*list)->next;
    *list = part;
}

/* The dialect that stands for a language where none is named (CSL's locales, primary dialects). */
static const struct {
    const char *primary, *dialect;
} dialects[] = {
    {"af", "af-ZA"}, {"bg", "bg-BG"}, {"ca", "ca-AD"}, {"cs", "cs-CZ"}, {"cy", "cy-GB"},
    {"da", "da-DK"}, {"de", "de-DE"}, {"el", "el-GR"}, {"en", "en-US"}, {"es", "es-ES"},
    {"et", "et-EE"}, {"fa", "fa-IR"}, {"fi", "fi-FI"}, {"fr", "fr-FR"}, {"he", "he-IL"},
    {"hi", "hi-IN"}, {"hr", "hr-HR"}, {"hu", "hu-HU"}, {"id", "id-ID"}, {"is", "is-IS"},
    {"it", "it-IT"}, {"ja", "ja-JP"}, {"km", "km-KH"}, {"ko", "ko-KR"}, {"lt", "lt-LT"},
    {"lv", "lv-LV"}, {"mn", "mn-MN"}, {"nb", "nb-NO"}, {"nl", "nl-NL"}, {"nn", "nn-NO"},
    {"no", "nb-NO"}, {"pl", "pl-PL"}, {"pt", "pt-PT"}, {"ro", "ro-RO"}, {"ru", "ru-RU"},
    {"sk", "sk-SK"}, {"sl", "sl-SI"}, {"sr", "sr-RS"}, {"sv", "sv-SE"}, {"th", "th-TH"},
    {"tr", "tr-TR"}, {"uk", "uk-UA"}, {"vi", "vi-VN"}, {"zh", "zh-CN"},
};

static text primary_of(text language)
{
    return text_slice(language, 0, text_find_byte(language, '-', 0));
}

static text dialect_of(text primary)
{
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (text_equal_ignoring_case(primary, text_from_c(dialects[i].primary)))
            return text_from_c(dialects[i].dialect);
    return primary;
}

static void add(struct locale *locale, const struct locale_part *part)
{
    if (locale->part_count < LOCALE_PARTS)
        locale->parts[locale->part_count++] = part;
}

static void add_of_style(struct locale *locale, const struct csl_style *style, text language)
{
    for (const struct locale_part *part = style->locales; part; part = part->next)
        if (text_equal_ignoring_case(part->language, language))
            add(locale, part);
}

static void add_file(struct locale *locale, text tag, csl_locale_loader load, void *object)
{
    text bytes = load ? load(object, tag) : TEXT_EMPTY;
    xmlDoc *document = bytes.length ? xml_read(bytes) : NULL;
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    struct locale_part *part = NULL;
    if (root)
        locale_add_part(locale->arena, &part, root);
    xmlFreeDoc(document);
    if (part)
        add(locale, part);
}

static size_t bucket_of(text name)
{
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < name.length; i++)
        hash = hash_number(hash, (unsigned char)(name.bytes[i] == ' ' ? '-' : name.bytes[i]));
    return hash % LOCALE_BUCKETS;
}

/* Locales and styles of different ages write "no date" and "no-date". */
static bool same_name(text a, text b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (a.bytes[i] != b.bytes[i] &&
            !((a.bytes[i] == ' ' || a.bytes[i] == '-') && (b.bytes[i] == ' ' || b.bytes[i] == '-')))
            return false;
    return true;
}

static struct term *find(const struct locale *locale, text name, enum term_form form,
                         enum gender gender_form)
{
    for (struct term *t = locale->buckets[bucket_of(name)]; t; t = t->next_in_bucket)
        if (t->form == form && t->gender_form == gender_form && same_name(t->name, name))
            return t;
    return NULL;
}

/* Whether a part of the language itself has the term, in whatever form. */
static bool is_known(const struct locale *locale, text name)
{
    for (const struct term *t = locale->buckets[bucket_of(name)]; t; t = t->next_in_bucket)
        if (!t->is_foreign && same_name(t->name, name))
            return true;
    return false;
}

/* Makes one table of all parts. A term that the language has in another form only is not taken from
   English: "تحقيق" stands for its short form too. */
static void join_parts(struct locale *locale)
{
    for (size_t i = 0; i < locale->part_count; i++) {
        const struct locale_part *part = locale->parts[i];
        bool is_foreign = i >= locale->own_part_count;
        for (const struct term *t = part->terms; t; t = t->next) {
            struct term *found = find(locale, t->name, t->form, t->gender_form);
            if (found && found->part == i) { /* twice in one part: the later one is meant */
                found->single = t->single;
                found->multiple = t->multiple;
            }
            if (found || (is_foreign && is_known(locale, t->name)))
                continue;
            struct term *copy = ARENA_NEW(locale->arena, struct term);
            *copy = *t;
            copy->is_foreign = is_foreign;
            copy->part = i;
            size_t bucket = bucket_of(t->name);
            copy->next_in_bucket = locale->buckets[bucket];
            locale->buckets[bucket] = copy;
        }
        if (part->has_ordinals && !locale->ordinals)
            locale->ordinals = part;
    }
}

void locale_open(struct locale *locale, struct arena *arena, const struct csl_style *style,
                 text language, csl_locale_loader load, void *object)
{
    *locale = (struct locale){.arena = arena, .language = language};
    text primary = primary_of(language), dialect = dialect_of(primary);
    if (text_starts_with(language, TEXT("zh-Hant")))
        dialect = TEXT("zh-TW");
    add_of_style(locale, style, language);
    if (!text_equal(primary, language))
        add_of_style(locale, style, primary);
    add_of_style(locale, style, TEXT_EMPTY);
    add_file(locale, language, load, object);
    if (!text_equal_ignoring_case(dialect, language))
        add_file(locale, dialect, load, object);
    locale->own_part_count = locale->part_count;
    if (!text_equal_c(language, "en-US") && !text_equal_c(dialect, "en-US"))
        add_file(locale, TEXT("en-US"), load, object);
    join_parts(locale);
    int in_quote = -1, limit = -1;
    for (size_t i = 0; i < locale->part_count; i++) {
        if (in_quote < 0)
            in_quote = locale->parts[i]->punctuation_in_quote;
        if (limit < 0)
            limit = locale->parts[i]->limit_day_ordinals;
    }
    locale->punctuation_in_quote = in_quote > 0;
    locale->limit_day_ordinals = limit > 0;
    locale->open_quote = locale_word(locale, "open-quote", TERM_LONG, false);
    locale->close_quote = locale_word(locale, "close-quote", TERM_LONG, false);
    locale->open_inner = locale_word(locale, "open-inner-quote", TERM_LONG, false);
    locale->close_inner = locale_word(locale, "close-inner-quote", TERM_LONG, false);
}

const struct term *locale_term(const struct locale *locale, text name, enum term_form form,
                               enum gender gender_form)
{
    static const enum term_form next[] = {[TERM_VERB_SHORT] = TERM_VERB,
                                          [TERM_SYMBOL] = TERM_SHORT,
                                          [TERM_VERB] = TERM_LONG,
                                          [TERM_SHORT] = TERM_LONG};
    for (;;) {
        const struct term *found = find(locale, name, form, gender_form);
        if (!found && gender_form != GENDER_NEUTER)
            found = find(locale, name, form, GENDER_NEUTER);
        if (found || form == TERM_LONG)
            return found;
        form = next[form];
    }
}

text locale_word(const struct locale *locale, const char *name, enum term_form form, bool plural)
{
    const struct term *term = locale_term(locale, text_from_c(name), form, GENDER_NEUTER);
    return !term ? TEXT_EMPTY : plural ? term->multiple : term->single;
}

/* ordinals */

/* The number after "ordinal-"; SIZE_MAX: none. */
static size_t digits_of(const struct term *term, const char *prefix)
{
    unsigned long number;
    text from = text_from_c(prefix);
    if (!text_starts_with(term->name, from) ||
        !text_to_number(text_slice(term->name, from.length, term->name.length), 99, &number))
        return SIZE_MAX;
    return number;
}

/* How closely the term fits: 3 the whole number, 2 two digits, 1 the last one, 0 not. */
static unsigned fit_of(const struct term *term, unsigned long number)
{
    size_t digits = digits_of(term, "ordinal-");
    if (digits == SIZE_MAX)
        return 0;
    unsigned match = term->match ? term->match : digits < 10 ? 1 : 2;
    bool fits = match == 1   ? number % 10 == digits
                : match == 2 ? number % 100 == digits
                             : number == digits;
    return fits ? match : 0;
}

text locale_ordinal(const struct locale *locale, unsigned long number, enum gender gender)
{
    const struct term *best = NULL;
    unsigned best_fit = 0;
    for (const struct term *t = locale->ordinals ? locale->ordinals->terms : NULL; t; t = t->next) {
        bool is_plain = text_equal_c(t->name, "ordinal");
        unsigned fit = is_plain ? 1 : 2 * fit_of(t, number) + 1;
        if ((!is_plain && fit == 1) ||
            (t->gender_form != gender && t->gender_form != GENDER_NEUTER))
            continue;
        fit = 2 * fit + (t->gender_form == gender);
        if (fit > best_fit) {
            best_fit = fit;
            best = t;
        }
    }
    return best ? best->single : TEXT_EMPTY;
}

const struct element *locale_date(const struct locale *locale, bool numeric)
{
    for (size_t i = 0; i < locale->part_count; i++)
        if (locale->parts[i]->dates[numeric])
            return locale->parts[i]->dates[numeric];
    return NULL;
}
