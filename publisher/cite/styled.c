#include "cite/styled.h"

#include "base/budget.h"
#include "base/buffer.h"
#include "document/locators.h"
#include "document/numerals.h"

#include <string.h>

/* locators */

static text skip_spaces(text t)
{
    for (;;) {
        if (t.length && t.bytes[0] == ' ')
            t = text_slice(t, 1, t.length);
        else if (text_starts_with(t, TEXT("\u00A0")))
            t = text_slice(t, 2, t.length);
        else
            return t;
    }
}

/* "12--15" is a range, as TeX has it; with this sign for its hyphens. */
static text with_range_sign(struct arena *arena, text t, text sign)
{
    if (text_find(t, TEXT("--"), 0) == SIZE_MAX)
        return t;
    struct buffer out;
    buffer_init(&out, t.length + 1);
    for (size_t i = 0, end; i < t.length; i = end) {
        for (end = i; end < t.length && t.bytes[end] == '-';)
            end++;
        if (end - i > 1)
            buffer_add_text(&out, sign);
        else
            buffer_add_text(&out, text_slice(t, i, end = i + 1));
    }
    text made = arena_copy(arena, buffer_text(&out));
    buffer_release(&out);
    return made;
}

/* Letters before anything that could be a place: "passim", "tables". */
static bool begins_with_word(text t)
{
    size_t end = 0;
    bool is_roman = true;
    while (end < t.length && !strchr(" ,;.-", t.bytes[end])) {
        if (byte_is_digit(t.bytes[end]))
            return false;
        is_roman = is_roman && strchr("ivxlcdmIVXLCDM", t.bytes[end]);
        end++;
    }
    return end > 1 && !is_roman && (unsigned char)t.bytes[0] < 0x80;
}

/* "pp. 3–5" → "page", "3–5". False: the author's own words, which no label of the style is for;
   those of another language are left as they are: "s. 5" of an Act is no page. */
static bool read_locator(struct arena *arena, text language, text written, struct csl_cite *cite)
{
    const char *label;
    cite->locator = written = text_trim(written);
    size_t length = locator_words(written, language, &label);
    const char *foreign;
    bool is_words = begins_with_word(written) || locator_words(written, TEXT_EMPTY, &foreign);
    if (length ? !label : is_words)
        return false;
    if (label) {
        cite->label = text_from_c(label);
        cite->locator = skip_spaces(text_slice(written, length, written.length));
    }
    cite->locator = with_range_sign(arena, cite->locator, TEXT("-"));
    return true;
}

/* citations */

struct plan {
    struct arena *arena;
    text language;
    struct csl_citation *citations;
    size_t count;
    size_t *names, *first; /* of each of the document's: where its names and itself stand; SIZE_MAX:
                              it has none */
};

static void add_citation(struct plan *plan, const struct style_citation *citation, bool names_only)
{
    size_t count = names_only ? 1 : citation->item_count;
    struct csl_cite *cites = ARENA_NEW_ARRAY(plan->arena, count, struct csl_cite);
    for (size_t i = 0; i < count; i++) {
        const struct style_item *item = &citation->items[i];
        cites[i].reference = item->reference;
        cites[i].author_only = names_only;
        if (names_only)
            continue;
        cites[i].prefix = item->prefix;
        cites[i].suffix = item->suffix;
        cites[i].author_suppressed = item->author_suppressed || (citation->narrative && i == 0);
        text locator = text_trim(item->locator);
        if (read_locator(plan->arena, plan->language, locator, &cites[i]))
            continue;
        bool is_apart = item->suffix.length && !strchr(",.;:", item->suffix.bytes[0]);
        cites[i].locator = TEXT_EMPTY;
        locator = with_range_sign(plan->arena, locator, TEXT("\u2013"));
        cites[i].suffix = arena_printf(plan->arena, ", %.*s%s%.*s", TEXT_ARGUMENTS(locator),
                                       is_apart ? " " : "", TEXT_ARGUMENTS(item->suffix));
    }
    plan->citations[plan->count++] =
        (struct csl_citation){.cites = cites, .cite_count = count, .note = citation->note};
}

static void make_plan(struct plan *plan, const struct csl_style *style,
                      const struct style_input *input)
{
    size_t count = input->citation_count;
    plan->citations = ARENA_NEW_ARRAY(plan->arena, 2 * count, struct csl_citation);
    plan->names = ARENA_NEW_ARRAY(plan->arena, count, size_t);
    plan->first = ARENA_NEW_ARRAY(plan->arena, count, size_t);
    for (size_t i = 0; i < count; i++) {
        const struct style_citation *citation = &input->citations[i];
        plan->names[i] = plan->first[i] = SIZE_MAX;
        if (citation->item_count == 0)
            continue;
        if (citation->narrative) {
            plan->names[i] = plan->count;
            add_citation(plan, citation, true);
        }
        /* where a note follows with the rest, the names are all */
        if (citation->author_only ||
            (citation->narrative && csl_style_uses_notes(style) && citation->note == 0))
            continue;
        plan->first[i] = plan->count;
        add_citation(plan, citation, false);
    }
}

/* tokens → runs */

enum { STACK_MOST = 256 };

struct converter {
    struct arena *arena;
    struct style_runs *runs;
    const struct style_citation *citation; /* NULL: an entry */
    bool is_note;                          /* long: only its first words lead to the entry */
    unsigned look;
    size_t reference;
    text url, language;
};

static unsigned look_with(unsigned look, enum csl_look change)
{
    switch (change) {
    case CSL_ITALIC:
    case CSL_OBLIQUE:
        return look | LOOK_ITALIC;
    case CSL_UPRIGHT:
        return look & ~(unsigned)LOOK_ITALIC;
    case CSL_BOLD:
        return look | LOOK_BOLD;
    case CSL_MEDIUM:
    case CSL_LIGHT:
        return look & ~(unsigned)LOOK_BOLD;
    case CSL_SMALL_CAPITALS:
        return look | LOOK_SMALL_CAPITALS;
    case CSL_PLAIN_CAPITALS:
        return look & ~(unsigned)LOOK_SMALL_CAPITALS;
    case CSL_SUPERSCRIPT:
        return look | LOOK_SUPERSCRIPT;
    case CSL_SUBSCRIPT:
        return look | LOOK_SUBSCRIPT;
    case CSL_ON_BASELINE:
        return look & ~(unsigned)(LOOK_SUPERSCRIPT | LOOK_SUBSCRIPT);
    default:
        return look;
    }
}

static void enter(struct converter *converter, const struct csl_token *token)
{
    converter->look = look_with(converter->look, token->look);
    if (token->look == CSL_LINK)
        converter->url = token->text;
    else if (token->look == CSL_LANGUAGE)
        converter->language = token->text;
    else if (token->look == CSL_CITE && converter->citation)
        converter->reference = converter->citation->items[token->item].reference;
}

static bool is_display(enum csl_look look)
{
    return look >= CSL_DISPLAY_BLOCK && look <= CSL_DISPLAY_INDENT;
}

static void add_space(struct converter *converter)
{
    const struct style_run *last = converter->runs->last;
    if (last && !text_ends_with(last->characters, TEXT(" ")))
        style_add(converter->arena, converter->runs, TEXT(" "), 0);
}

/* What follows of the cite is no link to the entry any more. */
static void leave_reference(struct converter *stack, size_t depth, struct converter *converter)
{
    converter->reference = STYLE_NO_REFERENCE;
    for (size_t i = depth; i-- > 0 && stack[i].reference != STYLE_NO_REFERENCE;)
        stack[i].reference = STYLE_NO_REFERENCE;
}

static bool goes_on(const struct converter *converter, const struct style_run *run)
{
    return run && run->look == converter->look && run->reference == converter->reference &&
           text_equal(run->url, converter->url) && text_equal(run->language, converter->language);
}

/* Characters of one look are one run, however many tokens they come in. */
static void add_text(struct converter *converter, struct converter *stack, size_t depth,
                     text characters)
{
    struct style_run *last = converter->runs->last;
    if (goes_on(converter, last)) {
        last->characters =
            arena_printf(converter->arena, "%.*s%.*s", TEXT_ARGUMENTS(last->characters),
                         TEXT_ARGUMENTS(characters));
        return;
    }
    bool has_led =
        last && last->reference != STYLE_NO_REFERENCE && last->reference == converter->reference;
    if (converter->is_note && has_led)
        leave_reference(stack, depth, converter);
    struct style_run *run =
        style_add(converter->arena, converter->runs, characters, converter->look);
    if (!run)
        return;
    run->reference = converter->reference;
    run->url = converter->url;
    run->language = converter->language;
}

static void convert(struct converter *converter, const struct csl_tokens *tokens)
{
    struct converter stack[STACK_MOST];
    size_t depth = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct csl_token *token = &tokens->tokens[i];
        if (token->kind == CSL_TEXT) {
            add_text(converter, stack, depth, token->text);
        } else if (token->kind == CSL_OPEN && depth < STACK_MOST) {
            if (is_display(token->look))
                add_space(converter);
            stack[depth++] = *converter;
            enter(converter, token);
        } else if (token->kind == CSL_CLOSE && depth > 0) {
            *converter = stack[--depth];
            if (is_display(token->look) && i + 1 < tokens->count)
                add_space(converter);
        }
    }
}

static struct converter converter_for(struct arena *arena, struct style_runs *runs,
                                      const struct style_citation *citation)
{
    return (struct converter){
        .arena = arena, .runs = runs, .citation = citation, .reference = STYLE_NO_REFERENCE};
}

/* What stands in the margin is the entry's label, unless it is more than a number with signs around
   it, or has a look of its own. Returns the number of its tokens; 0: it has none. */
static size_t read_label(struct arena *arena, const struct csl_tokens *tokens, text *label)
{
    enum { LABEL_MOST = 16 };
    struct buffer words;
    buffer_init(&words, 256);
    size_t at = 0;
    bool is_label = tokens->count && tokens->tokens[0].kind == CSL_OPEN &&
                    tokens->tokens[0].look == CSL_DISPLAY_LEFT_MARGIN;
    for (at = 1; is_label && at < tokens->count; at++) {
        const struct csl_token *token = &tokens->tokens[at];
        if (token->kind == CSL_CLOSE && token->look == CSL_DISPLAY_LEFT_MARGIN)
            break;
        is_label = token->kind == CSL_TEXT;
        buffer_add_text(&words, token->text);
    }
    *label = arena_copy(arena, text_trim(buffer_text(&words)));
    buffer_release(&words);
    return is_label && label->length && label->length <= LABEL_MOST ? at + 1 : 0;
}

/* What a link to the work itself is called where it is read on its own. */
static void name_links(struct arena *arena, const struct reference *reference,
                       struct style_runs *runs)
{
    text title = reference_text(reference, "title");
    for (struct style_run *run = runs->first; run; run = run->next)
        if (run->url.length && title.length)
            run->name = arena_printf(arena, "%.*s, %.*s", TEXT_ARGUMENTS(title),
                                     TEXT_ARGUMENTS(run->characters));
}

static void convert_entry(struct arena *arena, const struct style_input *input,
                          const struct csl_entry *made, struct style_entry *entry)
{
    *entry = (struct style_entry){.reference = made->reference, .number = made->number};
    size_t skipped = read_label(arena, &made->tokens, &entry->label);
    entry->unnumbered = skipped == 0;
    /* The list numbers itself, in the same digits as the style. */
    bool is_usual = numerals_are_decimal(input->language) &&
                    text_equal(entry->label, arena_printf(arena, "%u.", made->number));
    if (!skipped || is_usual)
        entry->label = TEXT_EMPTY;
    struct csl_tokens rest = {made->tokens.tokens + skipped, made->tokens.count - skipped, 0};
    struct converter converter = converter_for(arena, &entry->runs, NULL);
    convert(&converter, &rest);
    name_links(arena, input->references[made->reference], &entry->runs);
}

void styled_format(struct arena *arena, const struct cite_wording *wording,
                   const struct style_input *input, struct style_output *output)
{
    struct plan plan = {
        .arena = arena,
        .language = input->language.length ? input->language : TEXT("en"),
    };
    make_plan(&plan, wording->style, input);
    struct csl_input csl = {
        .report = input->report,
        .style = wording->style,
        .language = input->language,
        .references = input->references,
        .reference_count = input->reference_count,
        .citations = plan.citations,
        .citation_count = plan.count,
        .load_locale = wording->load_locale,
        .locales = wording->locales,
    };
    struct csl_output made;
    csl_process(arena, &csl, &made);
    output->citations = ARENA_NEW_ARRAY(arena, input->citation_count, struct style_runs);
    for (size_t i = 0; i < input->citation_count && budget_is_left(input->report); i++) {
        struct converter converter =
            converter_for(arena, &output->citations[i], &input->citations[i]);
        converter.is_note = input->citations[i].note > 0;
        if (plan.names[i] != SIZE_MAX) {
            convert(&converter, &made.citations[plan.names[i]]);
            if (plan.first[i] != SIZE_MAX)
                add_space(&converter);
        }
        if (plan.first[i] != SIZE_MAX)
            convert(&converter, &made.citations[plan.first[i]]);
    }
    output->cut = made.cut;
    while (made.cut && output->cut_at + 1 < input->citation_count &&
           (plan.first[output->cut_at] == SIZE_MAX || plan.first[output->cut_at] < made.cut_at))
        output->cut_at++;
    output->entry_count = made.entry_count;
    output->entries = ARENA_NEW_ARRAY(arena, made.entry_count, struct style_entry);
    for (size_t i = 0; i < made.entry_count; i++)
        convert_entry(arena, input, &made.entries[i], &output->entries[i]);
}
