/* Context: what the element in hand may ask for: variables, terms, what is inherited; and how what
   it says is dressed. */
#include "csl/context.h"

#include <string.h>

void context_init(struct context *context, struct run *run, struct arena *arena,
                  struct cited_item *item, const struct element *area)
{
    *context = (struct context){
        .run = run,
        .arena = arena,
        .item = item,
        .reference = item->reference,
        .area = area,
    };
}

/* variables */

bool context_is_suppressed(const struct context *context, text name)
{
    for (size_t i = 0; i < context->suppressed_count; i++)
        if (text_equal(context->suppressed[i], name))
            return true;
    return false;
}

void context_record(struct context *context, text name)
{
    if (context->records && context->recorded_count < SUPPRESSED_MOST)
        context->recorded[context->recorded_count++] = name;
}

text context_locator_label(const struct context *context)
{
    if (!context->cite || !context->cite->locator.length)
        return TEXT_EMPTY;
    return context->cite->label.length ? context->cite->label : TEXT("page");
}

static text suffix_letters(struct arena *arena, unsigned number)
{
    char letters[8];
    size_t at = sizeof letters;
    while (number > 0 && at > 0) {
        letters[--at] = (char)('a' + (number - 1) % 26);
        number = (number - 1) / 26;
    }
    return arena_copy(arena, (text){letters + at, sizeof letters - at});
}

/* Variables that are no field of the reference. */
bool context_computes(const struct context *context, text name, text *value)
{
    struct arena *arena = context->arena;
    const struct cited_item *item = context->item;
    *value = TEXT_EMPTY;
    if (text_equal_c(name, "citation-number")) {
        *value = arena_printf(arena, "%u", item->number);
    } else if (text_equal_c(name, "year-suffix")) {
        if (item->year_suffix && !context->without_suffix)
            *value = suffix_letters(arena, item->year_suffix);
    } else if (text_equal_c(name, "locator")) {
        *value = context->cite ? context->cite->locator : TEXT_EMPTY;
    } else if (text_equal_c(name, "first-reference-note-number")) {
        if (item->first_note && context->cite && context->position != POSITION_FIRST)
            *value = arena_printf(arena, "%u", item->first_note);
    } else if (text_equal_c(name, "citation-label")) {
        *value = item->label;
        if (item->year_suffix && !context->without_suffix && item->label.length)
            *value = arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(item->label),
                                  TEXT_ARGUMENTS(suffix_letters(arena, item->year_suffix)));
    } else {
        return false;
    }
    return true;
}

static text first_page(text pages)
{
    size_t end = 0;
    while (end < pages.length && !strchr("-,& ", pages.bytes[end]) &&
           !((unsigned char)pages.bytes[end] == 0xE2))
        end++;
    return text_slice(pages, 0, end);
}

text context_field(const struct context *context, text name)
{
    const struct reference_field *field = reference_field_of(context->reference, name);
    text value = field && field->kind == FIELD_TEXT ? field->value : TEXT_EMPTY;
    if (!value.length && text_equal_c(name, "page-first"))
        value = first_page(reference_text(context->reference, "page"));
    if (!value.length && text_equal_c(name, "container-title-short"))
        value = reference_text(context->reference, "journalAbbreviation");
    if (!value.length && text_equal_c(name, "title-short"))
        value = reference_text(context->reference, "shortTitle");
    return value;
}

text context_variable(struct context *context, text name)
{
    text value;
    context->called++;
    if (context_is_suppressed(context, name))
        return TEXT_EMPTY;
    if (!context_computes(context, name, &value))
        value = context_field(context, name);
    /* A letter that is not needed is no reason to leave the group out that it stands in: styles
       write it beside "n.d." */
    if (value.length || text_equal_c(name, "year-suffix"))
        context->filled++;
    if (value.length)
        context_record(context, name);
    if (value.length && text_equal_c(name, "locator"))
        context->shows_locator = true;
    return value;
}

text context_inherited(const struct context *context, const struct element *element,
                       enum csl_attribute own, enum csl_attribute inherited)
{
    text value = element_attribute(element, own);
    if (!value.length)
        value = element_attribute(context->area, inherited);
    if (!value.length)
        value = element_attribute(context->run->style->root, inherited);
    return value;
}

/* dressing */

/* Terms may have apostrophes ("à l'adresse") and markup ("1<sup>er</sup>") in them. */
struct output *context_term(struct context *context, text words)
{
    bool is_plain =
        text_find_byte(words, '\'', 0) == SIZE_MAX && text_find_byte(words, '<', 0) == SIZE_MAX;
    return is_plain ? output_leaf(context->arena, words)
                    : rich_read(context->arena, &context->run->locale, words);
}

struct output *context_label(struct context *context, const struct element *label, text term_name,
                             bool is_many)
{
    text plural = element_attribute(label, ATTRIBUTE_PLURAL);
    bool is_plural = text_equal_c(plural, "always") || (!text_equal_c(plural, "never") && is_many);
    const struct term *term =
        locale_term(&context->run->locale, term_name,
                    term_form_of(element_attribute(label, ATTRIBUTE_FORM)), GENDER_NEUTER);
    if (!term)
        return NULL;
    text words = is_plural ? term->multiple : term->single;
    return context_dress(context, label, context_term(context, words));
}

struct output *context_dress(struct context *context, const struct element *element,
                             struct output *output)
{
    if (!output || output_is_empty(output))
        return NULL;
    text text_case = element_attribute(element, ATTRIBUTE_TEXT_CASE);
    if (text_case.length) {
        text language = reference_text(context->reference, "language");
        bool is_term = element->kind == ELEMENT_LABEL || element_find(element, ATTRIBUTE_TERM);
        if (is_term) /* the document's own words: a style that writes "Ed." means it */
            language = text_equal_c(text_case, "title") ? TEXT("en") : TEXT_EMPTY;
        text_case_apply(context->arena, output, text_case,
                        language.length ? language : context->run->locale.language);
    }
    if (element->strips_periods)
        output_strip_periods(context->arena, output);
    bool is_bare = !output->has_quotes && !output->link.length && !output->language.length &&
                   !output->prefix.length && !output->suffix.length && !output->markup &&
                   memcmp(&output->format, &(struct format){0}, sizeof output->format) == 0;
    bool says_nothing = !element->has_format && !element->has_quotes && !element->prefix.length &&
                        !element->suffix.length;
    if (says_nothing)
        return output;
    struct output *dressed = output;
    if (!is_bare) {
        dressed = output_new(context->arena);
        output_append(dressed, output);
    }
    dressed->format = element->format;
    dressed->has_quotes = element->has_quotes;
    dressed->prefix = element->prefix;
    dressed->suffix = element->suffix;
    return dressed;
}
