/* Cites: positions, the text of each citation, and a run as a whole. */
#include "base/budget.h"
#include "base/limits.h"
#include "csl/process.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

/* positions */

static bool same_locator(const struct csl_cite *a, const struct csl_cite *b)
{
    text page = TEXT("page");
    return text_equal(a->locator, b->locator) &&
           text_equal(a->label.length ? a->label : page, b->label.length ? b->label : page);
}

/* The names of a narrative citation, which goes on with another one. */
static bool names_authors_only(const struct csl_citation *citation)
{
    return citation->cite_count > 0 && citation->cites[0].author_only;
}

/* The cite that this one may be "ibid." of; NULL: none. */
static const struct csl_cite *cite_before(const struct csl_input *input, size_t citation,
                                          size_t place)
{
    const struct csl_cite *cite = &input->citations[citation].cites[place];
    if (cite->author_only)
        return NULL;
    if (place > 0) {
        const struct csl_cite *before = cite - 1;
        return before->reference == cite->reference ? before : NULL;
    }
    unsigned note = input->citations[citation].note;
    size_t before = citation; /* those in the text and those in notes are two rows */
    while (before > 0 && ((input->citations[before - 1].note == 0) != (note == 0) ||
                          names_authors_only(&input->citations[before - 1])))
        before--;
    if (before == 0)
        return NULL;
    const struct csl_citation *previous = &input->citations[before - 1];
    /* after a note of several citations nobody knows which is meant */
    if (note != previous->note && before > 1 &&
        input->citations[before - 2].note == previous->note && note > 0 &&
        !names_authors_only(&input->citations[before - 2]))
        return NULL;
    if (previous->cite_count != 1 || previous->cites[0].reference != cite->reference)
        return NULL;
    bool is_next = note == previous->note || note == previous->note + 1;
    return is_next ? &previous->cites[0] : NULL;
}

static enum position position_of(const struct csl_cite *cite, const struct csl_cite *before)
{
    if (!before)
        return POSITION_SUBSEQUENT;
    if (!before->locator.length)
        return cite->locator.length ? POSITION_IBID_WITH_LOCATOR : POSITION_IBID;
    if (!cite->locator.length)
        return POSITION_SUBSEQUENT;
    return same_locator(cite, before) ? POSITION_IBID : POSITION_IBID_WITH_LOCATOR;
}

struct seen {
    bool is_cited;
    unsigned note; /* of the last citation */
};

static void find_position(struct run *run, struct seen *seen, size_t citation, size_t place,
                          struct cite_state *state)
{
    enum { NEAR = 5 };
    const struct csl_input *input = run->input;
    const struct csl_cite *cite = state->cite;
    if (input->has_positions) {
        state->position = (enum position)(cite->position <= 3 ? cite->position : 0);
        state->near_note = cite->near_note;
        return;
    }
    struct seen *last = &seen[cite->reference];
    if (cite->author_only) { /* it goes on: the place is that of the rest */
        state->position = last->is_cited ? POSITION_SUBSEQUENT : POSITION_FIRST;
        return;
    }
    unsigned note = input->citations[citation].note;
    if (last->is_cited) {
        state->position = position_of(cite, cite_before(input, citation, place));
        unsigned long distance;
        if (!text_to_number(element_attribute(run->style->citation, ATTRIBUTE_NEAR_NOTE_DISTANCE),
                            1000, &distance))
            distance = NEAR;
        state->near_note = note && last->note && note - last->note <= distance;
    }
    if (!last->is_cited)
        state->item->first_note = note;
    last->is_cited = true;
    last->note = note;
}

/* a citation */

static bool ends_with_letter(text t)
{
    size_t at = t.length;
    while (at > 0 && ((unsigned char)t.bytes[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0)
        at--;
    uint32_t c = text_next(t, &at);
    return c != UINT32_MAX && (u_isalnum((UChar32)c) || (c < 0x80 && strchr(".,;:`!?)]", (int)c)));
}

/* A word, a tag, what opens a parenthesis or a quotation, a dash with a space behind it: no comma
   or stop, and nothing of scripts that write without spaces. */
static bool begins_apart(text t)
{
    size_t at = 0;
    uint32_t c = text_next(t, &at);
    if (c == UINT32_MAX)
        return false;
    int kind = u_charType((UChar32)c);
    bool opens = kind == U_START_PUNCTUATION || kind == U_INITIAL_PUNCTUATION || c == '"' ||
                 c == '<' || c == '&' ||
                 (kind == U_DASH_PUNCTUATION && at < t.length && t.bytes[at] == ' ');
    return u_isalnum((UChar32)c) || (opens && c < 0x3000);
}

/* The author's words before and after. */
static struct output *with_words(struct run *run, const struct csl_cite *cite, struct output *inner)
{
    struct output *output = output_new(run->arena);
    if (cite->prefix.length) {
        output_append(output, rich_read(run->arena, &run->locale, cite->prefix));
        if (ends_with_letter(rich_bare(cite->prefix)))
            output_append(output, output_leaf(run->arena, TEXT(" ")));
    }
    output_append(output, inner);
    if (cite->suffix.length) {
        text suffix = cite->suffix;
        if (begins_apart(rich_bare(suffix)))
            suffix = arena_printf(run->arena, " %.*s", TEXT_ARGUMENTS(suffix));
        struct output *words = rich_read(run->arena, &run->locale, suffix);
        output_mark_affix(words); /* its punctuation meets what stands before */
        output_append(output, words);
    }
    return output;
}

/* A term that comes first is written as at the start of a sentence: after nothing, and after a
   prefix of several words that ends one. */
static bool begins_sentence(text prefix, bool follows_cite)
{
    prefix = text_trim(rich_bare(prefix));
    if (!prefix.length)
        return !follows_cite;
    while (prefix.length &&
           (text_ends_with(prefix, TEXT("\"")) || text_ends_with(prefix, TEXT("\u201D"))))
        prefix.length -= text_ends_with(prefix, TEXT("\"")) ? 1 : 3;
    char last = prefix.length ? prefix.bytes[prefix.length - 1] : 0;
    return (last == '.' || last == '!' || last == '?') &&
           text_find_byte(prefix, ' ', 0) != SIZE_MAX;
}

static void sort_states(struct sorter *sorter, struct cite_state *states, size_t count)
{
    /* citations are short: insertion keeps the order of equals */
    for (size_t i = 1; sorter && i < count; i++) {
        struct cite_state moved = states[i];
        size_t k = i;
        for (; k > 0 && sorter_compare(sorter, states[k - 1].item->index, moved.item->index) > 0;
             k--)
            states[k] = states[k - 1];
        states[k] = moved;
    }
}

/* "Sun et al.": for a narrative citation in a style that names nobody in the text. */
static struct output *plain_names(struct run *run, const struct cite_state *state)
{
    static text variables[] = {{"author", 6}};
    static text others[] = {{"editor", 6}};
    struct attribute_value first = {NULL, ATTRIBUTE_ET_AL_USE_FIRST, TEXT("1")};
    struct attribute_value least = {&first, ATTRIBUTE_ET_AL_MIN, TEXT("3")};
    struct attribute_value and = {&least, ATTRIBUTE_AND, TEXT("text")};
    struct attribute_value form = {&and, ATTRIBUTE_FORM, TEXT("short")};
    struct attribute_value last = {&form, ATTRIBUTE_DELIMITER_PRECEDES_LAST, TEXT("never")};
    struct element name = {.kind = ELEMENT_NAME, .attributes = &last};
    struct element names = {
        .kind = ELEMENT_NAMES, .first = &name, .variables = variables, .variable_count = 1};
    struct context context;
    context_init(&context, run, run->arena, state->item, run->style->citation);
    context.cite = state->cite;
    struct output *output = names_render(&context, &names);
    if (!output) {
        names.variables = others;
        output = names_render(&context, &names);
    }
    if (!output)
        output =
            rich_read(run->arena, &run->locale, reference_text(state->item->reference, "title"));
    return output;
}

static struct output *names_only(struct run *run, const struct cite_state *state,
                                 struct output *output)
{
    struct output *names = output ? output_find(output, ROLE_NAMES) : NULL;
    if (!names)
        return run->input->has_positions ? output : plain_names(run, state);
    struct output *copy = output_new(run->arena);
    *copy = *names;
    copy->next = NULL;
    return copy;
}

static bool is_too_much(const struct run *run)
{
    return run->arena->used - run->used_before > LIMIT_CITED_MEMORY;
}

/* Does less than all where it comes to too much. */
static void render_citation(struct run *run, struct cite_state *states, size_t count,
                            struct csl_tokens *tokens)
{
    bool author_only = false;
    for (size_t i = 0; i < count && !is_too_much(run); i++) {
        states[i].has_text = !begins_sentence(states[i].cite->prefix, i > 0);
        struct output *inner = cite_render(run, run->arena, &states[i], false);
        if (states[i].cite->author_only) {
            inner = names_only(run, &states[i], inner);
            author_only = true;
        }
        states[i].output = inner;
    }
    const struct element *layout = run->style->citation_layout;
    for (size_t i = 0; i < count; i++) {
        if (!states[i].output)
            continue;
        struct output *marked = output_new(run->arena);
        output_append(marked, states[i].output);
        marked->is_cite = true;
        marked->item = states[i].place;
        states[i].output = with_words(run, states[i].cite, marked);
    }
    struct output *output = cites_collapse(run, states, count);
    if (output && !output_is_empty(output)) {
        struct output *outer = output_new(run->arena);
        output_append(outer, output);
        if (!author_only) {
            outer->affixes_inside = true;
            outer->format = layout->format;
            outer->prefix = layout->prefix;
            outer->suffix = layout->suffix;
        }
        output = outer;
    }
    if (output)
        output_join(run->arena, &run->locale, output, tokens);
}

void cites_process(struct run *run, struct csl_output *output)
{
    const struct csl_input *input = run->input;
    struct sorter *sorter = sorter_new(run, run->style->citation_sort, run->style->citation);
    struct seen *seen = ARENA_NEW_ARRAY(run->arena, input->reference_count, struct seen);
    output->citations = ARENA_NEW_ARRAY(run->arena, input->citation_count, struct csl_tokens);
    run->used_before = run->arena->used;
    size_t said = 0;
    for (size_t i = 0; i < input->citation_count && !output->cut; i++) {
        const struct csl_citation *citation = &input->citations[i];
        if (citation->cite_count &&
            !budget_allows(input->report, input->references[citation->cites[0].reference]->span))
            break;
        struct cite_state *states =
            ARENA_NEW_ARRAY(run->arena, citation->cite_count, struct cite_state);
        for (size_t k = 0; k < citation->cite_count; k++) {
            struct csl_cite *cite = ARENA_NEW(run->arena, struct csl_cite);
            *cite = locator_read(run->arena, &citation->cites[k], run->locale.language);
            states[k] = (struct cite_state){
                .cite = cite, .item = &run->items[citation->cites[k].reference], .place = k};
            find_position(run, seen, i, k, &states[k]);
        }
        sort_states(sorter, states, citation->cite_count);
        render_citation(run, states, citation->cite_count, &output->citations[i]);
        for (size_t k = 0; k < output->citations[i].count; k++)
            said += output->citations[i].tokens[k].text.length;
        output->cut = said > LIMIT_CITED_BYTES || is_too_much(run);
        output->cut_at = i;
    }
    sorter_release(sorter);
}

/* a run */

static bool uses(const struct element *top, const char *variable, unsigned depth)
{
    for (const struct element *e = top ? top->first : NULL; e; e = e->next) {
        if (e->kind == ELEMENT_TEXT && e->variable_count && text_equal_c(e->variables[0], variable))
            return true;
        if (depth &&
            ((e->macro && uses(e->macro, variable, depth - 1)) || uses(e, variable, depth - 1)))
            return true;
    }
    return false;
}

/* "Smi00": the first letters of names and the year. */
static text label_of(struct arena *arena, const struct reference *reference)
{
    text given = reference_text(reference, "citation-label");
    if (given.length)
        return given;
    const struct reference_field *author = reference_find(reference, "author");
    const struct reference_field *issued = reference_find(reference, "issued");
    size_t count = author && author->kind == FIELD_NAMES ? author->name_count : 0;
    struct buffer out;
    buffer_init(&out, 256);
    size_t letters = count == 1 ? 4 : count < 4 ? 2 : 1;
    for (size_t i = 0; i < count && i < 4; i++) {
        struct reference_name name = name_parse(&author->names[i]); /* particles do not count */
        text family = name.family.length ? name.family : name.literal;
        size_t at = 0;
        for (size_t k = 0; k < letters; k++) {
            uint32_t c = text_next(family, &at);
            if (c == UINT32_MAX)
                break;
            buffer_add_code_point(&out, k ? c : (uint32_t)u_toupper((UChar32)c));
        }
    }
    if (issued && issued->kind == FIELD_DATE && issued->date.year)
        buffer_printf(&out, "%02d", abs(issued->date.year) % 100);
    text label = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return label;
}

/* The notes that cite a work first: where a style points to them, they tell cites apart, unless
   names are to be told apart whatever they stand in. */
static void find_first_notes(struct run *run)
{
    text rule = element_attribute(run->style->citation, ATTRIBUTE_GIVENNAME_DISAMBIGUATION_RULE);
    if (run->input->has_positions || (rule.length && !text_equal_c(rule, "by-cite")))
        return;
    for (size_t i = run->input->citation_count; i-- > 0;) {
        const struct csl_citation *citation = &run->input->citations[i];
        for (size_t k = 0; k < citation->cite_count; k++)
            if (!citation->cites[k].author_only)
                run->items[citation->cites[k].reference].first_note = citation->note;
    }
}

/* As the bibliography has them, and numbered so. */
static void sort_items(struct run *run, size_t *order, size_t count)
{
    const struct csl_style *style = run->style;
    struct sorter *sorter = sorter_new(run, style->bibliography_sort, style->bibliography);
    sorter_sort(sorter, order, count);
    sorter_release(sorter);
    for (size_t i = 0; i < count; i++)
        run->items[order[i]].number = (unsigned)i + 1;
}

void csl_process(struct arena *arena, const struct csl_input *input, struct csl_output *output)
{
    enum { SUFFIX_DEPTH = 24 };
    struct run *run = ARENA_NEW(arena, struct run);
    const struct csl_style *style = input->style;
    *run = (struct run){.arena = arena, .input = input, .style = style};
    *output = (struct csl_output){0};
    text language = input->language.length ? input->language : style->default_locale;
    locale_open(&run->locale, arena, style, language.length ? language : TEXT("en-US"),
                input->load_locale, input->locales);
    run->citation_has_label = uses(style->citation, "citation-label", SUFFIX_DEPTH);
    run->citation_has_suffix =
        run->citation_has_label || uses(style->citation, "year-suffix", SUFFIX_DEPTH);
    run->bibliography_has_suffix = uses(style->bibliography, "citation-label", SUFFIX_DEPTH) ||
                                   uses(style->bibliography, "year-suffix", SUFFIX_DEPTH);
    size_t count = input->reference_count;
    run->items = ARENA_NEW_ARRAY(arena, count, struct cited_item);
    size_t *order = ARENA_NEW_ARRAY(arena, count, size_t);
    for (size_t i = 0; i < count; i++) {
        run->items[i] =
            (struct cited_item){.reference = note_fields_read(arena, input->references[i]),
                                .index = i,
                                .number = (unsigned)i + 1,
                                .label = label_of(arena, input->references[i])};
        order[i] = i;
    }
    sort_items(run, order, count);
    find_first_notes(run);
    disambiguate(run, order, count);
    sort_items(run, order, count); /* names may have grown */
    cites_process(run, output);
    if (style->bibliography)
        bibliography_process(run, order, count, output);
}
