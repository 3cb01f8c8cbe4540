/* An entry reads: authors. Title. Container. Place: publisher; year;volume(issue):pages. Addresses.
   Whatever the reference does not have is left out with its punctuation. */
#include "cite/numeric.h"

#include "base/budget.h"
#include "base/buffer.h"
#include "cite/fields.h"
#include "document/numerals.h"
#include "document/words.h"

/* citations */

static const struct reference_field *find_creators(const struct reference *reference)
{
    static const char *const roles[] = {"author", "editor", "translator"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const struct reference_field *field = reference_find(reference, roles[i]);
        if (field && field->kind == FIELD_NAMES && field->name_count)
            return field;
    }
    return NULL;
}

/* "Sun", "Sun & Song", "Sun et al."; without authors the title. */
static void add_authors_in_sentence(struct arena *arena, struct style_runs *runs,
                                    const struct reference *reference, text language)
{
    const struct reference_field *creators = find_creators(reference);
    if (!creators) {
        fields_add_title(arena, runs, reference_text(reference, "title"), LOOK_ITALIC,
                         reference->language);
        return;
    }
    text words = fields_family(arena, &creators->names[0]);
    if (creators->name_count == 2 && !creators->has_others)
        words = word_filled(arena, language, WORD_TWO_AUTHORS, words,
                            fields_family(arena, &creators->names[1]));
    else if (creators->name_count > 2 || creators->has_others)
        words = word_filled(arena, language, WORD_AND_OTHERS, words, TEXT_EMPTY);
    style_add(arena, runs, words, 0);
}

static bool begins_a_word(text t)
{
    size_t offset = 0;
    uint32_t first = text_next(t, &offset);
    return first >= 0x80 || (first >= '0' && first <= '9') ||
           ((first | 0x20) >= 'a' && (first | 0x20) <= 'z');
}

static bool is_bare(const struct style_item *item)
{
    return item->prefix.length == 0 && item->locator.length == 0 && item->suffix.length == 0;
}

static void add_item(struct arena *arena, const struct style_input *input, struct style_runs *runs,
                     const struct style_item *item)
{
    text prefix = item->prefix;
    if (prefix.length) {
        fields_add_title(arena, runs, prefix, 0, TEXT_EMPTY);
        if (!text_is_blank(text_slice(prefix, prefix.length - 1, prefix.length)))
            style_add(arena, runs, TEXT(" "), 0);
    }
    text number = numeral_in(arena, input->language, item->reference + 1);
    style_add(arena, runs, number, 0)->reference = item->reference;
    if (item->locator.length) {
        style_add(arena, runs, word_in(input->language, WORD_COMMA, NULL), 0);
        fields_add_title(arena, runs, item->locator, 0, TEXT_EMPTY);
    }
    if (item->suffix.length) {
        if (begins_a_word(item->suffix) || item->suffix.bytes[0] == '<')
            style_add(arena, runs, TEXT(" "), 0);
        fields_add_title(arena, runs, item->suffix, 0, TEXT_EMPTY);
    }
}

static void format_citation(struct arena *arena, const struct style_input *input,
                            const struct style_citation *citation, struct style_runs *runs)
{
    text language = input->language;
    if (citation->narrative && citation->item_count && !citation->items[0].author_suppressed) {
        add_authors_in_sentence(arena, runs, input->references[citation->items[0].reference],
                                language);
        if (citation->author_only)
            return;
        /* The number stays on the line of the name. */
        style_add(arena, runs, TEXT("\xC2\xA0"), 0);
    }
    style_add(arena, runs, TEXT("["), 0);
    bool all_bare = true;
    for (size_t i = 0; i < citation->item_count; i++)
        all_bare = all_bare && is_bare(&citation->items[i]);
    for (size_t i = 0; i < citation->item_count; i++) {
        if (i)
            style_add(arena, runs,
                      word_in(language, all_bare ? WORD_COMMA : WORD_BETWEEN_REFERENCES, NULL), 0);
        add_item(arena, input, runs, &citation->items[i]);
    }
    if (citation->item_count == 0)
        style_add(arena, runs, TEXT("?"), 0);
    style_add(arena, runs, TEXT("]"), 0);
}

/* entries */

static bool ends_a_sentence(text t)
{
    static const char *const ends[] = {".", "?", "!", "…", "。", "？", "！", "؟", "۔", "।"};
    return TEXT_ENDS_WITH_ANY(t, ends);
}

/* Ends what was added last with a full stop, and a space for what follows. */
static void end_part(struct arena *arena, struct style_runs *runs)
{
    if (!runs->last)
        return;
    style_add(arena, runs, ends_a_sentence(runs->last->characters) ? TEXT(" ") : TEXT(". "), 0);
}

static void add_authors(struct arena *arena, struct style_runs *runs,
                        const struct reference *reference, text language)
{
    const struct reference_field *creators = find_creators(reference);
    if (!creators)
        return;
    struct buffer names;
    buffer_init(&names, SIZE_MAX / 2);
    for (size_t i = 0; i < creators->name_count; i++) {
        if (i)
            buffer_add_text(&names, word_in(language, WORD_COMMA, NULL));
        buffer_add_text(&names, fields_name(arena, &creators->names[i]));
    }
    text words = arena_copy(arena, buffer_text(&names));
    if (creators->has_others)
        words = word_filled(arena, language, WORD_AND_OTHERS, words, TEXT_EMPTY);
    style_add(arena, runs, words, 0);
    buffer_release(&names);
    end_part(arena, runs);
}

/* "2016;9(1):90–95", each part where it is known. */
static void add_place(struct arena *arena, struct style_runs *runs,
                      const struct reference *reference)
{
    text year = fields_year(arena, reference);
    text volume = text_trim(reference_text(reference, "volume"));
    text issue = text_trim(reference_text(reference, "issue"));
    text pages = fields_pages(arena, reference_text(reference, "page"));
    text publisher = text_trim(reference_text(reference, "publisher"));
    text city = text_trim(reference_text(reference, "publisher-place"));
    if (pages.length == 0)
        pages = text_trim(reference_text(reference, "number"));
    struct buffer out;
    buffer_init(&out, SIZE_MAX / 2);
    if (publisher.length) {
        if (city.length)
            buffer_printf(&out, "%.*s: ", TEXT_ARGUMENTS(city));
        buffer_add_text(&out, publisher);
        if (year.length)
            buffer_add_c(&out, "; ");
    }
    buffer_add_text(&out, year);
    if (volume.length || issue.length) {
        if (out.length)
            buffer_add_byte(&out, ';');
        buffer_add_text(&out, volume);
        if (issue.length)
            buffer_printf(&out, "(%.*s)", TEXT_ARGUMENTS(issue));
    }
    if (pages.length)
        buffer_printf(&out, "%s%.*s", out.length ? ":" : "", TEXT_ARGUMENTS(pages));
    style_add(arena, runs, arena_copy(arena, buffer_text(&out)), 0);
    bool has_place = out.length > 0;
    buffer_release(&out);
    if (has_place)
        end_part(arena, runs);
}

/* The address is what is printed; on its own a link also says which title it leads to. */
static void add_address(struct arena *arena, struct style_runs *runs, text url, text title)
{
    if (runs->last && runs->last->url.length)
        style_add(arena, runs, TEXT(" "), 0);
    struct style_run *run = style_add(arena, runs, url, 0);
    if (!fields_is_web_address(url))
        return;
    run->url = url;
    if (title.length)
        run->name = arena_printf(arena, "%.*s, %.*s", TEXT_ARGUMENTS(title), TEXT_ARGUMENTS(url));
}

static void add_addresses(struct arena *arena, struct style_runs *runs,
                          const struct reference *reference)
{
    text title = fields_plain_title(arena, reference_text(reference, "title"));
    text doi = fields_doi_url(arena, reference_text(reference, "DOI"));
    text pmcid = fields_pmcid_url(arena, reference_text(reference, "PMCID"));
    text url = text_trim(reference_text(reference, "URL"));
    if (doi.length)
        add_address(arena, runs, doi, title);
    if (pmcid.length)
        add_address(arena, runs, pmcid, title);
    if (url.length && doi.length == 0 && pmcid.length == 0)
        add_address(arena, runs, url, title);
}

static void format_entry(struct arena *arena, const struct reference *reference, text language,
                         struct style_runs *runs)
{
    text title = reference_text(reference, "title");
    text container = reference_text(reference, "container-title");
    add_authors(arena, runs, reference, language);
    if (!text_is_blank(title)) {
        fields_add_title(arena, runs, title, 0, reference->language);
        end_part(arena, runs);
    }
    if (!text_is_blank(container)) {
        fields_add_title(arena, runs, container, LOOK_ITALIC, reference->language);
        end_part(arena, runs);
    }
    add_place(arena, runs, reference);
    add_addresses(arena, runs, reference);
    /* A reference with nothing that this style prints is shown by its key. */
    if (!runs->first)
        style_add(arena, runs, reference->id, 0);
    /* No space after the last full stop. */
    if (runs->last && text_ends_with(runs->last->characters, TEXT(" ")))
        runs->last->characters.length--;
}

void numeric_format(struct arena *arena, const struct style_input *input,
                    struct style_output *output)
{
    output->citations = ARENA_NEW_ARRAY(arena, input->citation_count, struct style_runs);
    output->entry_count = input->reference_count;
    output->entries = ARENA_NEW_ARRAY(arena, input->reference_count, struct style_entry);
    for (size_t i = 0; i < input->citation_count && budget_is_left(input->report); i++)
        format_citation(arena, input, &input->citations[i], &output->citations[i]);
    for (size_t i = 0; i < input->reference_count; i++) {
        if (!budget_allows(input->report, input->references[i]->span))
            break;
        struct style_entry *entry = &output->entries[i];
        entry->reference = i;
        entry->number = (unsigned)(i + 1);
        format_entry(arena, input->references[i], input->language, &entry->runs);
    }
}
