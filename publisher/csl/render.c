#include "csl/render.h"

#include <string.h>

enum { RENDER_DEPTH = 120 };

/* text */

static bool is_short_form(const struct element *element)
{
    return element_is(element, ATTRIBUTE_FORM, "short");
}

static text text_variable(struct context *context, const struct element *element, text name)
{
    if (is_short_form(element)) {
        text shorter = arena_printf(context->arena, "%.*s-short", TEXT_ARGUMENTS(name));
        unsigned called = context->called;
        text value = context_variable(context, shorter);
        context->called = called;
        if (value.length) {
            context->called++;
            context_record(context, name);
            return context_is_suppressed(context, name) ? TEXT_EMPTY : value;
        }
    }
    return context_variable(context, name);
}

static struct output *link_of(struct context *context, struct output *output, text name, text value)
{
    static const struct {
        const char *variable, *base;
    } addresses[] = {
        {"DOI", "https://doi.org/"},
        {"PMID", "https://www.ncbi.nlm.nih.gov/pubmed/"},
        {"PMCID", "https://www.ncbi.nlm.nih.gov/pmc/articles/"},
        {"URL", ""},
    };
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++) {
        if (!text_equal_c(name, addresses[i].variable))
            continue;
        bool is_whole = text_starts_with(value, TEXT("http"));
        output->link = arena_printf(context->arena, "%s%.*s", is_whole ? "" : addresses[i].base,
                                    TEXT_ARGUMENTS(value));
    }
    return output;
}

static bool is_number_variable(text name)
{
    static const char *const names[] = {
        "volume",  "issue",           "chapter-number",   "collection-number",
        "edition", "number-of-pages", "number-of-volumes"}; /* "number" names a report, as written
                                                             */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal_c(name, names[i]))
            return true;
    return false;
}

static struct output *render_text_variable(struct context *context, const struct element *element)
{
    text name = element->variables[0];
    text value = text_variable(context, element, name);
    if (!value.length)
        return NULL;
    struct output *output;
    if (text_equal_c(name, "page") || text_equal_c(name, "page-first"))
        output = output_leaf(context->arena, number_page_range(context, value));
    else if (text_equal_c(name, "locator"))
        output =
            rich_read(context->arena, &context->run->locale, number_page_range(context, value));
    else if (is_number_variable(name) && number_is_numeric(value))
        output = output_leaf(context->arena, number_dashes(context, value));
    else if (text_equal_c(name, "URL") || text_equal_c(name, "DOI"))
        output = output_leaf(context->arena, arena_copy(context->arena, value));
    else
        output = rich_read(context->arena, &context->run->locale, value);
    if (text_equal_c(name, "citation-number"))
        output->role = ROLE_NUMBER;
    if (text_equal_c(name, "year-suffix"))
        output->role = ROLE_YEAR_SUFFIX;
    if (context->reference->language.length && text_starts_with(name, TEXT("title")))
        output->language = context->reference->language;
    return link_of(context, output, name, value);
}

static struct output *render_term(struct context *context, const struct element *element)
{
    text name = element_attribute(element, ATTRIBUTE_TERM);
    const struct term *term =
        locale_term(&context->run->locale, name,
                    term_form_of(element_attribute(element, ATTRIBUTE_FORM)), GENDER_NEUTER);
    if (!term)
        return NULL;
    bool plural = element_is(element, ATTRIBUTE_PLURAL, "true");
    struct output *output = context_term(context, plural ? term->multiple : term->single);
    /* the first word of a note or of an entry */
    bool in_text = context->cite && !context->run->style->uses_notes;
    if (!context->has_text && !in_text && !context->key)
        text_case_apply(context->arena, output, TEXT("capitalize-first"),
                        context->run->locale.language);
    return output;
}

static struct output *render_text(struct context *context, const struct element *element)
{
    struct output *output = NULL;
    if (element->macro) { /* a group of its own */
        unsigned called = context->called, filled = context->filled;
        struct output *inner = render_children(context, element->macro);
        if (inner && (context->called == called || context->filled > filled)) {
            context->called++;
            context->filled++;
            output = output_new(context->arena);
            output_append(output, inner);
        }
    } else if (element->variable_count) {
        output = render_text_variable(context, element);
    } else if (element_attribute(element, ATTRIBUTE_TERM).length) {
        output = render_term(context, element);
    } else if (element_attribute(element, ATTRIBUTE_VALUE).length) {
        output = rich_read(context->arena, &context->run->locale,
                           element_attribute(element, ATTRIBUTE_VALUE));
    }
    return context_dress(context, element, output);
}

/* groups */

static struct output *render_group(struct context *context, const struct element *element)
{
    unsigned called = context->called, filled = context->filled;
    struct output *inner = render_children(context, element);
    if (context->called > called && context->filled == filled)
        return NULL;
    if (!inner)
        return NULL;
    /* a group that says something counts as a variable that has a value */
    context->called++;
    context->filled++;
    return context_dress(context, element, inner);
}

struct output *render_children(struct context *context, const struct element *element)
{
    struct output *output = NULL;
    text around = context->delimiter;
    bool is_branch = element->kind == ELEMENT_IF || element->kind == ELEMENT_ELSE_IF ||
                     element->kind == ELEMENT_ELSE;
    if (!is_branch) /* a layout's stands between cites */
        context->delimiter = element->kind == ELEMENT_LAYOUT ? TEXT_EMPTY : element->delimiter;
    if (context->depth++ < RENDER_DEPTH) {
        for (const struct element *child = element->first; child; child = child->next) {
            struct output *made = render_element(context, child);
            if (!made || output_is_empty(made))
                continue;
            if (!output) {
                output = output_new(context->arena);
                output->delimiter = context->delimiter;
            }
            output_append(output, made);
            context->has_text = true;
        }
    }
    context->depth--;
    context->delimiter = around;
    return output;
}

/* conditions */

static bool has_variable(struct context *context, text name)
{
    text value;
    if (context_computes(context, name, &value))
        return value.length > 0;
    const struct reference_field *field = reference_field_of(context->reference, name);
    if (!field)
        return context_field(context, name).length > 0;
    switch (field->kind) {
    case FIELD_NAMES:
        return field->name_count > 0;
    case FIELD_DATE:
        return field->date.year || field->date.literal.length || field->date.season;
    default:
        return field->value.length > 0;
    }
}

static bool is_numeric(struct context *context, text name)
{
    text value;
    if (!context_computes(context, name, &value))
        value = context_field(context, name);
    return number_is_numeric(value);
}

static bool is_uncertain(struct context *context, text name)
{
    const struct reference_field *field = reference_field_of(context->reference, name);
    return field && field->kind == FIELD_DATE && field->date.circa;
}

static bool has_position(struct context *context, text wanted)
{
    enum position position = context->position;
    if (!context->cite)
        return false;
    if (text_equal_c(wanted, "first"))
        return position == POSITION_FIRST;
    if (text_equal_c(wanted, "subsequent"))
        return position != POSITION_FIRST;
    if (text_equal_c(wanted, "ibid"))
        return position >= POSITION_IBID;
    if (text_equal_c(wanted, "ibid-with-locator"))
        return position == POSITION_IBID_WITH_LOCATOR;
    return text_equal_c(wanted, "near-note") && context->near_note;
}

static bool has_type(struct context *context, text wanted)
{
    return text_equal(context->reference->type, wanted);
}

static bool has_locator(struct context *context, text wanted)
{
    text label = context_locator_label(context);
    if (text_equal_c(wanted, "sub-verbo") && text_equal_c(label, "sub verbo"))
        return true;
    return text_equal(label, wanted);
}

/* Several conditions hold one after the other, only as many as are needed. */
static bool is_disambiguated(struct context *context, text wanted)
{
    bool holds = context->conditions < context->item->conditions;
    if (!text_equal_c(wanted, "true"))
        return !holds;
    context->conditions += holds;
    return holds;
}

typedef bool (*test)(struct context *context, text value);
static const struct {
    enum csl_attribute attribute;
    test test;
} tests[] = {
    {ATTRIBUTE_VARIABLE, has_variable},
    {ATTRIBUTE_IS_NUMERIC, is_numeric},
    {ATTRIBUTE_IS_UNCERTAIN_DATE, is_uncertain},
    {ATTRIBUTE_POSITION, has_position},
    {ATTRIBUTE_TYPE, has_type},
    {ATTRIBUTE_LOCATOR, has_locator},
    {ATTRIBUTE_DISAMBIGUATE, is_disambiguated},
};

static bool holds(struct context *context, const struct element *condition)
{
    text match = element_attribute(condition, ATTRIBUTE_MATCH);
    bool any = text_equal_c(match, "any"), none = text_equal_c(match, "none");
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        text values = element_attribute(condition, tests[i].attribute);
        /* of several types an item has one: they are alternatives, whatever `match` says */
        bool one_is_true = false, alternatives = tests[i].attribute == ATTRIBUTE_TYPE;
        for (size_t from = 0, to; from < values.length; from = to + 1) {
            for (to = from; to < values.length && !strchr(" \t\r\n", values.bytes[to]);)
                to++;
            if (to == from)
                continue;
            bool is_true = tests[i].test(context, text_slice(values, from, to));
            one_is_true = one_is_true || is_true;
            if (any && is_true)
                return true;
            if (!any && !alternatives && is_true == none)
                return false;
        }
        if (!any && alternatives && values.length && one_is_true == none)
            return false;
    }
    return !any;
}

const struct element *render_branch(struct context *context, const struct element *choose)
{
    for (const struct element *branch = choose->first; branch; branch = branch->next) {
        if (branch->kind == ELEMENT_ELSE || holds(context, branch))
            return branch;
    }
    return NULL;
}

static struct output *render_choose(struct context *context, const struct element *element)
{
    const struct element *branch = render_branch(context, element);
    return branch ? render_children(context, branch) : NULL;
}

struct output *render_element(struct context *context, const struct element *element)
{
    switch (element->kind) {
    case ELEMENT_TEXT:
        return render_text(context, element);
    case ELEMENT_NUMBER:
        return number_render(context, element);
    case ELEMENT_LABEL:
        return label_render(context, element);
    case ELEMENT_DATE:
        return date_render(context, element);
    case ELEMENT_NAMES:
        return names_render(context, element);
    case ELEMENT_GROUP:
        return render_group(context, element);
    case ELEMENT_CHOOSE:
        return render_choose(context, element);
    default:
        return NULL;
    }
}
