/* Bibliography: entries in order, with what the styles do to lists: the second field aligned,
   authors who come again replaced. */
#include "csl/process.h"

#include "base/budget.h"

#include <string.h>

static struct output *wrap(struct run *run, struct output *inner, enum csl_look display)
{
    struct output *output = output_new(run->arena);
    output_append(output, inner);
    output->format.display = (uint8_t)display;
    return output;
}

/* The first field goes to the margin, all others follow in a block. */
static struct output *align(struct run *run, struct output *entry)
{
    if (!entry->first)
        return entry;
    struct output *first = entry->first, *rest = output_new(run->arena);
    rest->first = first->next;
    rest->last = entry->last;
    first->next = NULL;
    struct output *aligned = output_new(run->arena);
    output_append(aligned, wrap(run, first, CSL_DISPLAY_LEFT_MARGIN));
    if (rest->first)
        output_append(aligned, wrap(run, rest, CSL_DISPLAY_RIGHT_INLINE));
    return aligned;
}

static bool same_characters(const struct output *a, const struct output *b)
{
    struct buffer x, y;
    buffer_init(&x, 1 << 16);
    buffer_init(&y, 1 << 16);
    output_add_characters(a, &x);
    output_add_characters(b, &y);
    bool same = x.length > 0 && text_equal(buffer_text(&x), buffer_text(&y));
    buffer_release(&x);
    buffer_release(&y);
    return same;
}

enum { LIST_MOST = 256 };

static size_t collect(struct output *output, enum output_role role, struct output **found,
                      size_t count)
{
    if (output->role == role) {
        if (count < LIST_MOST)
            found[count++] = output;
        return count;
    }
    for (struct output *child = output->first; child; child = child->next)
        count = collect(child, role, found, count);
    return count;
}

/* Whether both name the same people, shown or not: "Doe, J. et al." may be others, and a sign in
   their place would say that they are the same. Editors and authors may be. */
static bool same_lists(struct output *a, struct output *b)
{
    struct output *now[LIST_MOST], *then[LIST_MOST];
    size_t count = collect(a, ROLE_LIST, now, 0), others = collect(b, ROLE_LIST, then, 0), same = 0;
    while (same < count && same < others && names_are_same(now[same]->people, then[same]->people))
        same++;
    return count ? same == count && same == others : same_characters(a, b);
}

static bool same_name(const struct output *a, const struct output *b)
{
    return a->person && b->person ? name_is_same(a->person, b->person) : same_characters(a, b);
}

static void replace(struct run *run, struct output *output, text substitute)
{
    struct output *leaf = rich_read(run->arena, &run->locale, substitute);
    output->first = output->last = leaf;
    output->characters = TEXT_EMPTY;
    output->delimiter = TEXT_EMPTY;
}

/* Lists of names go, and what labels them stays; the sign stands for all of them at the first. */
static bool replace_lists(struct run *run, struct output *output, text substitute)
{
    bool is_done = false;
    if (output->role == ROLE_LIST) {
        replace(run, output, substitute);
        return true;
    }
    for (struct output *child = output->first; child; child = child->next)
        is_done = replace_lists(run, child, is_done ? TEXT_EMPTY : substitute) || is_done;
    return is_done;
}

static void substitute_author(struct run *run, struct output *names, struct output *before,
                              text substitute, text rule)
{
    struct output *now[LIST_MOST], *then[LIST_MOST];
    size_t count = collect(names, ROLE_NAME, now, 0), same = 0;
    size_t others = collect(before, ROLE_NAME, then, 0);
    while (same < count && same < others && same_name(now[same], then[same]))
        same++;
    bool is_whole = same_lists(names, before);
    /* where there are no names, something else stands for them as a whole */
    if (!count || !rule.length || text_equal_c(rule, "complete-all")) {
        if (is_whole && !replace_lists(run, names, substitute))
            replace(run, names, substitute);
    } else if (text_equal_c(rule, "complete-each")) {
        for (size_t i = 0; is_whole && i < count; i++)
            replace(run, now[i], substitute);
    } else if (text_equal_c(rule, "partial-each")) {
        for (size_t i = 0; i < same; i++)
            replace(run, now[i], substitute);
    } else if (same) {
        replace(run, now[0], substitute);
    }
}

/* The end of an entry belongs to its last part, if that is set apart. False: it is not. */
static bool end_within_display(struct run *run, struct output *entry, text suffix)
{
    struct output *found = NULL;
    for (struct output *at = entry, *last; at; at = last) {
        found = at->format.display ? at : found;
        last = NULL;
        for (struct output *child = at->first; child; child = child->next)
            last = output_is_empty(child) ? last : child;
    }
    if (!found)
        return false;
    struct output *inner = output_new(run->arena), *next = found->next;
    *inner = *found;
    inner->next = NULL;
    inner->format.display = 0;
    *found = (struct output){.next = next, .format = {.display = found->format.display}};
    output_append(found, inner);
    found->suffix = suffix;
    return true;
}

/* A copy that later changes leave alone. */
static struct output *copy_of(struct run *run, const struct output *output)
{
    struct output *copy = output_new(run->arena);
    *copy = *output;
    copy->next = copy->first = copy->last = NULL;
    for (const struct output *child = output->first; child; child = child->next)
        output_append(copy, copy_of(run, child));
    return copy;
}

void bibliography_process(struct run *run, const size_t *order, size_t count,
                          struct csl_output *output)
{
    const struct element *area = run->style->bibliography,
                         *layout = run->style->bibliography_layout;
    const text *substitute = element_find(area, ATTRIBUTE_SUBSEQUENT_AUTHOR_SUBSTITUTE);
    text rule = element_attribute(area, ATTRIBUTE_SUBSEQUENT_AUTHOR_SUBSTITUTE_RULE);
    bool aligns = element_attribute(area, ATTRIBUTE_SECOND_FIELD_ALIGN).length > 0;
    struct output *before = NULL;
    output->entries = ARENA_NEW_ARRAY(run->arena, count, struct csl_entry);
    for (size_t i = 0; i < count; i++) {
        struct context context;
        struct cited_item *item = &run->items[order[i]];
        if (!budget_allows(run->input->report, run->input->references[order[i]]->span))
            break;
        context_init(&context, run, run->arena, item, area);
        context.choice = &item->choice;
        struct output *entry = render_children(&context, layout);
        if (output_is_empty(entry))
            continue;
        struct csl_entry *made = &output->entries[output->entry_count++];
        *made = (struct csl_entry){.reference = order[i], .number = item->number};
        entry->delimiter = layout->delimiter;
        struct output *names = output_find(entry, ROLE_NAMES);
        struct output *kept = names && substitute ? copy_of(run, names) : NULL;
        if (names && before && substitute)
            substitute_author(run, names, before, *substitute, rule);
        before = kept;
        if (aligns)
            entry = align(run, entry);
        struct output *outer = output_new(run->arena);
        output_append(outer, entry);
        outer->affixes_inside = true;
        outer->format = layout->format;
        outer->prefix = layout->prefix;
        outer->suffix = layout->suffix;
        if (aligns && entry->last && layout->suffix.length) { /* the end belongs to the block */
            entry->last->affixes_inside = true;
            entry->last->suffix = layout->suffix;
            outer->suffix = TEXT_EMPTY;
        } else if (layout->suffix.length && end_within_display(run, entry, layout->suffix)) {
            outer->suffix = TEXT_EMPTY;
        }
        output_join(run->arena, &run->locale, outer, &made->tokens);
    }
}
