/* Names: lists of names, "et al.", labels, substitutes (CSL 1.0.2, "Names"). */
#include "csl/render.h"

#include <string.h>

struct names_style {
    const struct element *names, *name, *et_al, *label;
    bool label_is_first;
    text delimiter, and_word;
    text precedes_last, precedes_et_al;
    unsigned et_al_min, et_al_use_first;
    bool has_et_al; /* et-al-use-first is given; 0 shows nobody */
    bool et_al_use_last, counts;
    bool inverts_first, inverts_all;
    struct name_style one;
};

static unsigned number_of(text digits)
{
    unsigned long number;
    return text_to_number(text_trim(digits), 100000, &number) ? (unsigned)number : 0;
}

/* Children of cs:names; within cs:substitute those of the cs:names around it. */
static const struct element *child_of(const struct context *context, const struct element *names,
                                      enum element_kind kind)
{
    const struct element *own = element_child(names, kind);
    bool is_bare = !element_child(names, ELEMENT_NAME) && !element_child(names, ELEMENT_ET_AL) &&
                   !element_child(names, ELEMENT_LABEL);
    return own || !context->names || !is_bare ? own : element_child(context->names, kind);
}

static void read_et_al(const struct context *context, struct names_style *style)
{
    const struct element *name = style->name;
    text min = context_inherited(context, name, ATTRIBUTE_ET_AL_MIN, ATTRIBUTE_ET_AL_MIN);
    text first =
        context_inherited(context, name, ATTRIBUTE_ET_AL_USE_FIRST, ATTRIBUTE_ET_AL_USE_FIRST);
    text last =
        context_inherited(context, name, ATTRIBUTE_ET_AL_USE_LAST, ATTRIBUTE_ET_AL_USE_LAST);
    if (context->position != POSITION_FIRST && context->cite) {
        text later = context_inherited(context, name, ATTRIBUTE_ET_AL_SUBSEQUENT_MIN,
                                       ATTRIBUTE_ET_AL_SUBSEQUENT_MIN);
        min = later.length ? later : min;
        later = context_inherited(context, name, ATTRIBUTE_ET_AL_SUBSEQUENT_USE_FIRST,
                                  ATTRIBUTE_ET_AL_SUBSEQUENT_USE_FIRST);
        first = later.length ? later : first;
    }
    if (context->key) {
        text names_min = element_attribute(context->key, ATTRIBUTE_NAMES_MIN);
        text names_first = element_attribute(context->key, ATTRIBUTE_NAMES_USE_FIRST);
        text names_last = element_attribute(context->key, ATTRIBUTE_NAMES_USE_LAST);
        min = names_min.length ? names_min : min;
        first = names_first.length ? names_first : first;
        last = names_last.length ? names_last : last;
    }
    style->et_al_min = number_of(min);
    style->et_al_use_first = number_of(first);
    style->has_et_al = first.length > 0 && style->et_al_min > 0;
    style->et_al_use_last = text_equal_c(last, "true");
}

/* As context_inherited, but an empty value counts: it says that nothing is wanted. False: no
   element says anything, and *value stays. */
static bool find_inherited(const struct context *context, const struct element *name,
                           enum csl_attribute own, enum csl_attribute inherited, text *value)
{
    const text *found = element_find(name, own);
    if (!found)
        found = element_find(context->area, inherited);
    if (!found)
        found = element_find(context->run->style->root, inherited);
    if (found)
        *value = *found;
    return found != NULL;
}

static void read_one(const struct context *context, struct names_style *style)
{
    const struct element *name = style->name;
    struct name_style *one = &style->one;
    text form = context_inherited(context, name, ATTRIBUTE_FORM, ATTRIBUTE_NAME_FORM);
    one->name = name;
    one->is_short = text_equal_c(form, "short");
    style->counts = text_equal_c(form, "count");
    one->has_initials = find_inherited(context, name, ATTRIBUTE_INITIALIZE_WITH,
                                       ATTRIBUTE_INITIALIZE_WITH, &one->initials);
    one->initializes = !text_equal_c(
        context_inherited(context, name, ATTRIBUTE_INITIALIZE, ATTRIBUTE_INITIALIZE), "false");
    one->hyphenates = !text_equal_c(
        element_attribute(context->run->style->root, ATTRIBUTE_INITIALIZE_WITH_HYPHEN), "false");
    one->separator = TEXT(", ");
    find_inherited(context, name, ATTRIBUTE_SORT_SEPARATOR, ATTRIBUTE_SORT_SEPARATOR,
                   &one->separator);
    text demote =
        element_attribute(context->run->style->root, ATTRIBUTE_DEMOTE_NON_DROPPING_PARTICLE);
    one->demote = text_equal_c(demote, "never")       ? DEMOTE_NEVER
                  : text_equal_c(demote, "sort-only") ? DEMOTE_SORT_ONLY
                                                      : DEMOTE_ALWAYS;
    one->is_sort_key = context->key != NULL;
}

static void read_style(const struct context *context, const struct element *names,
                       struct names_style *style)
{
    *style = (struct names_style){.names = names};
    style->name = child_of(context, names, ELEMENT_NAME);
    style->et_al = child_of(context, names, ELEMENT_ET_AL);
    style->label = child_of(context, names, ELEMENT_LABEL);
    const struct element *holder =
        element_child(names, ELEMENT_LABEL) || !context->names ? names : context->names;
    for (const struct element *child = holder->first; child; child = child->next) {
        if (child->kind == ELEMENT_NAME)
            break;
        style->label_is_first = style->label_is_first || (child->kind == ELEMENT_LABEL &&
                                                          element_child(holder, ELEMENT_NAME));
    }
    const struct element *name = style->name;
    style->delimiter = TEXT(", ");
    find_inherited(context, name, ATTRIBUTE_DELIMITER, ATTRIBUTE_NAME_DELIMITER, &style->delimiter);
    text and = context_inherited(context, name, ATTRIBUTE_AND, ATTRIBUTE_AND);
    if (context->key)
        and = TEXT_EMPTY;
    if (text_equal_c(and, "symbol"))
        style->and_word = TEXT("&");
    else if (text_equal_c(and, "text"))
        style->and_word = locale_word(&context->run->locale, "and", TERM_LONG, false);
    style->precedes_last = context_inherited(context, name, ATTRIBUTE_DELIMITER_PRECEDES_LAST,
                                             ATTRIBUTE_DELIMITER_PRECEDES_LAST);
    style->precedes_et_al = context_inherited(context, name, ATTRIBUTE_DELIMITER_PRECEDES_ET_AL,
                                              ATTRIBUTE_DELIMITER_PRECEDES_ET_AL);
    text order = context_inherited(context, name, ATTRIBUTE_NAME_AS_SORT_ORDER,
                                   ATTRIBUTE_NAME_AS_SORT_ORDER);
    style->inverts_all = text_equal_c(order, "all") || context->key;
    style->inverts_first = style->inverts_all || text_equal_c(order, "first");
    read_et_al(context, style);
    read_one(context, style);
}

/* a list */

static bool precedes(text rule, size_t shown, bool inverted_before)
{
    if (text_equal_c(rule, "always"))
        return true;
    if (text_equal_c(rule, "never"))
        return false;
    if (text_equal_c(rule, "after-inverted-name"))
        return inverted_before;
    return shown >= 2;
}

/* What cs:name says of looks and affixes is said of each name; an institution has no affixes. */
static struct output *dress_name(struct context *context, const struct names_style *style,
                                 const struct reference_name *name, struct output *output)
{
    const struct element *look = style->name;
    if (!output || !look || !(look->has_format || look->prefix.length || look->suffix.length))
        return output;
    struct output *dressed = output_new(context->arena);
    output_append(dressed, output);
    if (name->family.length || name->given.length) /* who has one name is no institution */
        return context_dress(context, look, dressed);
    dressed->format = look->format;
    return dressed;
}

static struct output *render_name(struct context *context, const struct names_style *style,
                                  const struct reference_name *names, size_t i, size_t slot)
{
    struct name_style one = style->one;
    one.is_inverted = i == 0 ? style->inverts_first : style->inverts_all;
    const struct names_choice *choice = context->choice;
    enum given_level level = choice && slot < CHOICE_NAMES && choice->given[slot]
                                 ? (enum given_level)choice->given[slot][i]
                                 : GIVEN_AS_STYLED;
    if (level != GIVEN_AS_STYLED && one.is_short) {
        one.is_short = false;
        if (level == GIVEN_INITIALS && !one.has_initials)
            level = GIVEN_FULL;
    }
    if (level == GIVEN_FULL) {
        one.has_initials = false;
        if (context->cite) /* the list spells the name out too */
            choice->given[slot][i] = GIVEN_FULL;
    }
    struct reference_name parsed = name_parse(&names[i]);
    struct output *output = name_render(context, &parsed, &one);
    if (output)
        output->person = &names[i];
    return dress_name(context, style, &parsed, output);
}

static struct output *et_al_of(struct context *context, const struct names_style *style)
{
    text term = element_attribute(style->et_al, ATTRIBUTE_TERM);
    const struct term *found = locale_term(
        &context->run->locale, term.length ? term : TEXT("et-al"), TERM_LONG, GENDER_NEUTER);
    if (!found || !found->single.length)
        return NULL;
    struct output *output = output_leaf(context->arena, found->single);
    return style->et_al ? context_dress(context, style->et_al, output) : output;
}

/* How many of count names are shown; *cut: the rest is "et al.". */
static size_t shown_of(const struct context *context, const struct names_style *style, size_t count,
                       size_t slot, bool *cut)
{
    size_t shown = count;
    *cut = false;
    if (style->has_et_al && count >= style->et_al_min && style->et_al_use_first < count) {
        shown = style->et_al_use_first;
        if (context->choice && slot < CHOICE_NAMES && context->choice->shown[slot] > shown)
            shown = context->choice->shown[slot];
        *cut = shown < count;
        if (!*cut)
            shown = count;
    }
    return shown;
}

static void add_between(struct context *context, struct output *list, text delimiter)
{
    output_append(list, output_leaf(context->arena, delimiter));
}

static bool ends_with_space(text t)
{
    size_t at = t.length;
    while (at > 0 && ((unsigned char)t.bytes[at - 1] & 0xC0) == 0x80)
        at--;
    if (at == 0)
        return false;
    at--;
    return text_is_space(text_next(t, &at));
}

/* What stands between the last two names. is_pair: there are no others. */
static text and_between(struct context *context, const struct names_style *style,
                        bool with_delimiter, bool is_pair)
{
    text delimiter = with_delimiter ? style->delimiter : TEXT(" ");
    bool spaced = text_ends_with(delimiter, TEXT(" "));
    bool is_cjk = style->and_word.length && (unsigned char)style->and_word.bytes[0] >= 0xE3;
    /* It brings the space that it wants; a delimiter stands before it only if the style says so. A
       list in Chinese or Japanese (甲、乙和丙) has no comma there: "always" was said of English. */
    bool is_wanted =
        is_cjk ? is_pair && text_equal_c(style->precedes_last, "always")
               : style->precedes_last.length && !text_equal_c(style->precedes_last, "contextual");
    if (is_cjk || ends_with_space(style->and_word))
        return with_delimiter && is_wanted
                   ? arena_printf(context->arena, "%.*s%.*s", TEXT_ARGUMENTS(delimiter),
                                  TEXT_ARGUMENTS(style->and_word))
                   : style->and_word;
    return arena_printf(context->arena, "%.*s%s%.*s ", TEXT_ARGUMENTS(delimiter), spaced ? "" : " ",
                        TEXT_ARGUMENTS(style->and_word));
}

static void add_et_al(struct context *context, const struct names_style *style, struct output *list,
                      size_t shown, const struct reference_name *last)
{
    if (style->et_al_use_last && last) {
        add_between(context, list,
                    arena_printf(context->arena, "%.*s\u2026 ",
                                 TEXT_ARGUMENTS(shown == 1 ? TEXT(" ") : style->delimiter)));
        output_append(list,
                      dress_name(context, style, last, name_render(context, last, &style->one)));
        return;
    }
    struct output *et_al = context->key ? NULL : et_al_of(context, style);
    if (!et_al)
        return;
    bool inverted = shown == 1 ? style->inverts_first : style->inverts_all;
    bool is_cjk = et_al->characters.length && (unsigned char)et_al->characters.bytes[0] >= 0xE3;
    add_between(context, list,
                precedes(style->precedes_et_al, shown, inverted) ? style->delimiter
                : is_cjk                                         ? TEXT_EMPTY
                                                                 : TEXT(" "));
    if (style->name && style->name->suffix.length) { /* "Roe J., 等." as "Roe J., et al." */
        struct output *ended = output_new(context->arena);
        output_append(ended, et_al);
        ended->suffix = style->name->suffix;
        et_al = ended;
    }
    output_append(list, et_al);
}

static struct output *render_list(struct context *context, const struct names_style *style,
                                  const struct reference_field *field, size_t slot)
{
    bool cut;
    size_t count = field->name_count, shown = shown_of(context, style, count, slot, &cut);
    cut = cut || field->has_others;
    context->name_total += shown;
    if (style->counts || shown == 0)
        return NULL;
    struct output *list = output_new(context->arena);
    bool uses_last = cut && style->et_al_use_last && shown + 1 < count && !field->has_others;
    for (size_t i = 0; i < shown; i++) {
        if (i > 0) {
            bool is_last = i + 1 == shown && !cut && style->and_word.length;
            bool inverted_before = (i == 1 ? style->inverts_first : style->inverts_all) &&
                                   name_has_order(&field->names[i - 1]);
            add_between(context, list,
                        is_last ? and_between(context, style,
                                              precedes(style->precedes_last, i, inverted_before),
                                              i == 1)
                                : style->delimiter);
        }
        output_append(list, render_name(context, style, field->names, i, slot));
    }
    if (cut) {
        struct names_style plain = *style;
        plain.et_al_use_last = uses_last;
        plain.one.is_inverted = style->inverts_all;
        struct reference_name last = name_parse(&field->names[count - 1]);
        add_et_al(context, &plain, list, shown, &last);
    }
    struct output *holder = output_new(context->arena);
    output_append(holder, list);
    holder->role = ROLE_LIST;
    holder->people = field;
    return holder;
}

/* labels */

static struct output *label_of(struct context *context, const struct names_style *style,
                               text variable, size_t count)
{
    if (!style->label)
        return NULL;
    return context_label(context, style->label, variable, count > 1);
}

static struct output *with_label(struct context *context, const struct names_style *style,
                                 struct output *list, text variable, size_t count)
{
    struct output *label = list && !context->key ? label_of(context, style, variable, count) : NULL;
    if (!label)
        return list;
    struct output *output = output_new(context->arena);
    output_append(output, style->label_is_first ? label : list);
    output_append(output, style->label_is_first ? list : label);
    return output;
}

/* cs:names */

static const struct reference_field *names_of(struct context *context, text variable)
{
    context->called++;
    if (context_is_suppressed(context, variable))
        return NULL;
    for (size_t i = 0; i < context->recorded_count; i++) /* a substitute names nobody twice */
        if (text_equal(context->recorded[i], variable))
            return NULL;
    const struct reference_field *field = reference_field_of(context->reference, variable);
    return field && field->kind == FIELD_NAMES && field->name_count ? field : NULL;
}

bool names_are_same(const struct reference_field *a, const struct reference_field *b)
{
    if (!a || !b || a->name_count != b->name_count || a->has_others != b->has_others)
        return false;
    for (size_t i = 0; i < a->name_count; i++)
        if (!name_is_same(&a->names[i], &b->names[i]))
            return false;
    return true;
}

/* Editors who are the translators too are named once. */
static size_t merged_with(const struct context *context, const struct element *element, size_t i,
                          const struct reference_field **fields)
{
    text first = element->variables[i];
    for (size_t k = i + 1; k < element->variable_count; k++) {
        text second = element->variables[k];
        bool is_pair = (text_equal_c(first, "editor") && text_equal_c(second, "translator")) ||
                       (text_equal_c(first, "translator") && text_equal_c(second, "editor"));
        if (is_pair && names_are_same(fields[i], fields[k]) &&
            locale_term(&context->run->locale, TEXT("editortranslator"), TERM_LONG, GENDER_NEUTER))
            return k;
    }
    return SIZE_MAX;
}

static struct output *render_lists(struct context *context, const struct element *element,
                                   const struct names_style *style)
{
    enum { MOST = 16 };
    const struct reference_field *fields[MOST] = {NULL};
    struct output *lists = output_new(context->arena);
    lists->delimiter = element->delimiter;
    if (!lists->delimiter.length)
        lists->delimiter =
            context_inherited(context, element, ATTRIBUTE_DELIMITER, ATTRIBUTE_NAMES_DELIMITER);
    size_t count = element->variable_count < MOST ? element->variable_count : MOST;
    for (size_t i = 0; i < count; i++)
        fields[i] = names_of(context, element->variables[i]);
    context->name_total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!fields[i])
            continue;
        size_t slot = context->names_rendered++;
        size_t pair = merged_with(context, element, i, fields);
        context_record(context, element->variables[i]);
        if (pair != SIZE_MAX) {
            context_record(context, element->variables[pair]);
            fields[pair] = NULL;
        }
        struct output *list = render_list(context, style, fields[i], slot);
        context->filled++;
        output_append(
            lists, with_label(context, style, list,
                              pair != SIZE_MAX ? TEXT("editortranslator") : element->variables[i],
                              fields[i]->name_count + fields[i]->has_others));
    }
    if (style->counts && context->name_total)
        output_append(
            lists,
            output_leaf(context->arena, arena_printf(context->arena, context->key ? "%05zu" : "%zu",
                                                     context->name_total)));
    return lists;
}

/* A term that is there, and empty, is what the style wants. */
static bool ends_substitutes(const struct context *context, const struct element *element)
{
    text name = element_attribute(element, ATTRIBUTE_TERM);
    const struct term *term =
        name.length ? locale_term(&context->run->locale, name, TERM_LONG, GENDER_NEUTER) : NULL;
    return term && !term->single.length;
}

static struct output *try_substitute(struct context *context, const struct element *element)
{
    size_t recorded = context->recorded_count;
    unsigned filled = context->filled;
    struct output *output = render_element(context, element);
    if (output && !output_is_empty(output) && context->filled > filled)
        return output;
    bool is_literal =
        element->kind == ELEMENT_TEXT && (element_attribute(element, ATTRIBUTE_VALUE).length ||
                                          element_attribute(element, ATTRIBUTE_TERM).length);
    if (output && context->filled == filled && is_literal)
        context->filled++;
    else if (output_is_empty(output))
        output = NULL;
    if (!output)
        context->recorded_count = recorded;
    return output;
}

static struct output *substitute(struct context *context, const struct element *element)
{
    enum { CHOICES_MOST = 16 };
    const struct element *substitutes = element_child(element, ELEMENT_SUBSTITUTE);
    if (!substitutes)
        return NULL;
    const struct element *outer = context->names;
    bool recorded_before = context->records;
    context->names = element;
    context->records = true;
    struct output *output = NULL;
    const struct element *stack[CHOICES_MOST]; /* what follows a cs:choose */
    size_t depth = 0;
    for (const struct element *child = substitutes->first; child && !output;) {
        const struct element *branch = child->kind == ELEMENT_CHOOSE && depth < CHOICES_MOST
                                           ? render_branch(context, child)
                                           : NULL;
        if (branch) { /* what stands in it are substitutes too, one after the other */
            stack[depth++] = child->next;
            child = branch->first;
        } else {
            if (child->kind != ELEMENT_CHOOSE && ends_substitutes(context, child))
                break;
            output = try_substitute(context, child);
            child = child->next;
        }
        while (!child && depth)
            child = stack[--depth];
    }
    context->names = outer;
    context->records = recorded_before;
    if (!recorded_before) {
        for (size_t i = 0;
             i < context->recorded_count && context->suppressed_count < SUPPRESSED_MOST; i++)
            context->suppressed[context->suppressed_count++] = context->recorded[i];
        context->recorded_count = 0;
    }
    return output;
}

static bool says_something(const struct element *element)
{
    return element->has_format || element->prefix.length || element->suffix.length;
}

/* Looks and affixes of cs:names are those of names, whichever of the substitutes they come from. A
   title that stands for them has its own. */
static struct output *dress_lists(struct context *context, const struct element *element,
                                  struct output *output)
{
    const struct element *outer = context->names;
    return context_dress(context, outer && says_something(outer) ? outer : element, output);
}

struct output *names_render(struct context *context, const struct element *element)
{
    struct names_style style;
    read_style(context, element, &style);
    bool is_first = !context->has_names;
    struct output *output = render_lists(context, element, &style);
    bool is_substituted = output_is_empty(output);
    if (is_substituted) {
        output = style.counts && context->name_total ? NULL : substitute(context, element);
        if (output && !context->has_names && is_first) {
            struct output *holder = output_new(context->arena);
            output_append(holder, output);
            holder->role = ROLE_NAMES;
            context->has_names = true;
            output = holder;
        }
    } else if (is_first) {
        output->role = ROLE_NAMES;
        context->has_names = true;
    }
    if (!output || output_is_empty(output)) /* nobody is a number too, to sort by */
        return style.counts && context->key && !context->names
                   ? output_leaf(context->arena, TEXT("00000"))
                   : NULL;
    if (is_first && context->author_suppressed)
        return NULL;
    return is_substituted ? output : dress_lists(context, element, output);
}
