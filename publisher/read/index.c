/* Index: words of the class `index` are entries of the section of that class. An entry is what its
   mark says, or else the words themselves; below others it stands behind a sign: "soap > making".
   Its places are links: by the names of their sections where there are no pages, by numbers in
   print.

   A mark without words leaves nothing in the text: no space either, and no paragraph. */
#include "base/limits.h"
#include "document/collation.h"
#include "document/glossary.h"
#include "document/only.h"
#include "document/sections.h"
#include "read/passes.h"

#include <stdlib.h>

enum { DEEPEST_ENTRY = 3, LONGEST_WORDS = 4096 };

struct place {
    struct node *node, *end; /* end: of a range */
    const struct node *section;
    bool is_main, is_open;
    struct span span;
};

struct reference {
    text target;
    bool is_also;
    struct span span;
};

struct entry {
    text words, letter, order, path;
    text language; /* of the words; empty: the article's */
    bool is_typed; /* its words stand in an `entry` */
    size_t parent; /* SIZE_MAX: none */
    unsigned depth;
    struct place *places;
    size_t place_count, place_capacity;
    struct reference *references;
    size_t reference_count, reference_capacity;
    struct node *paragraph; /* of the list */
};

struct index {
    struct reader *reader;
    struct collation *collation;
    struct id_map *paths; /* of entries: a node whose index is their number */
    struct entry *entries;
    size_t count, capacity;
    size_t *order;          /* of the entries, in which they are listed */
    struct node **headings; /* of the text, in its order */
    size_t heading_count, heading_capacity;
    size_t locators;
    struct section_name {
        const struct node *section;
        text words;
    } names[2]; /* of the last two sections that were asked for, that of the last one first */
};

struct index_mark *reader_add_index_mark(struct reader *reader, struct node *node, struct span span)
{
    struct index_mark *last =
        reader->index_mark_count ? &reader->index_marks[reader->index_mark_count - 1] : NULL;
    if (last && last->node == node)
        return last;
    ARENA_GROW(reader->arena, reader->index_marks, reader->index_mark_count,
               reader->index_mark_capacity);
    last = &reader->index_marks[reader->index_mark_count++];
    *last = (struct index_mark){.node = node, .span = span};
    return last;
}

/* entries */

/* The entry of these words below the other; made where there is none. */
static size_t entry_of(struct index *index, size_t parent, text words, text language, bool is_typed)
{
    struct arena *arena = index->reader->arena;
    text above = parent == SIZE_MAX ? TEXT_EMPTY : index->entries[parent].path;
    text path = arena_printf(arena, "%.*s\n%.*s", TEXT_ARGUMENTS(above),
                             TEXT_ARGUMENTS(glossary_key(arena, words)));
    struct node *named = id_map_find(index->paths, path);
    if (named) {
        struct entry *entry = &index->entries[named->index];
        /* What begins a sentence has a capital that the entry need not have. */
        bool is_better =
            is_typed ? !entry->is_typed : !entry->is_typed && text_compare(words, entry->words) > 0;
        if (is_better) {
            entry->words = words;
            entry->language = language;
        }
        entry->is_typed = entry->is_typed || is_typed;
        return named->index;
    }
    named = node_new(arena, NODE_DIV, (struct span){0});
    named->index = (uint32_t)index->count;
    id_map_add(index->paths, path, named, NULL);
    ARENA_GROW(arena, index->entries, index->count, index->capacity);
    index->entries[index->count] = (struct entry){
        .words = words,
        .language = language,
        .is_typed = is_typed,
        .path = path,
        .parent = parent,
        .depth = parent == SIZE_MAX ? 0 : index->entries[parent].depth + 1,
    };
    return index->count++;
}

/* The next words of "soap > making" from *at on, which moves behind them; depth: how many came
   before. The last level takes all that is left. False: there are no more. */
static bool next_level(text path, size_t *at, unsigned depth, text *words)
{
    if (*at >= path.length || depth == DEEPEST_ENTRY)
        return false;
    size_t end = depth + 1 < DEEPEST_ENTRY ? text_find(path, TEXT(" > "), *at) : SIZE_MAX;
    *words = text_trim(text_slice(path, *at, end));
    *at = end == SIZE_MAX ? path.length : end + 3;
    return true;
}

/* The language of the node where it is not the article's; else empty. */
static text own_language(const struct index *index, const struct node *node)
{
    text language = node_language(node);
    bool is_own = text_equal(language, index->reader->document->metadata.language);
    return is_own ? TEXT_EMPTY : language;
}

/* The entry that is named so, "soap > making"; SIZE_MAX: it names none. A language of the mark's
   own is that of its words, or of the last level where it has none. */
static size_t entry_of_path(struct index *index, text path, const struct node *mark)
{
    size_t entry = SIZE_MAX, at = 0;
    text words;
    for (unsigned depth = 0; next_level(path, &at, depth, &words); depth++) {
        bool is_last = at >= path.length && !mark->first_child;
        text language = own_language(index, is_last ? mark : mark->parent);
        if (!text_is_unseen(words))
            entry = entry_of(index, entry, words, language, true);
    }
    return entry;
}

/* The entry that is named so and stands there; NULL: none. */
static const struct entry *find_entry(const struct index *index, text path)
{
    struct arena *arena = index->reader->arena;
    text key = TEXT_EMPTY, words;
    size_t at = 0;
    for (unsigned depth = 0; next_level(path, &at, depth, &words); depth++) {
        words = glossary_key(arena, words);
        if (words.length)
            key = arena_printf(arena, "%.*s\n%.*s", TEXT_ARGUMENTS(key), TEXT_ARGUMENTS(words));
    }
    const struct node *named = id_map_find(index->paths, key);
    return named ? &index->entries[named->index] : NULL;
}

static const struct node *section_of(const struct index *index, const struct node *node)
{
    return heading_over(index->headings, index->heading_count, node);
}

static void report_range(const struct index *index, struct span span, const char *hint,
                         const struct entry *entry)
{
    report_rule(index->reader->report, "index-range-unmatched", span, hint,
                "a range of the entry \"%.*s\" has only one end", TEXT_ARGUMENTS(entry->words));
}

static void end_range(struct index *index, struct entry *entry, const struct index_mark *mark)
{
    for (size_t i = entry->place_count; i-- > 0;) {
        if (entry->places[i].is_open) {
            entry->places[i].end = mark->node;
            entry->places[i].is_open = false;
            return;
        }
    }
    report_range(index, mark->span, "begin it before: range=begin, with the same entry", entry);
}

static void add_mark(struct index *index, const struct index_mark *mark)
{
    struct reader *reader = index->reader;
    text words = node_words(reader->arena, mark->node, LONGEST_WORDS);
    bool is_typed = mark->entry.length > 0;
    text language = own_language(index, mark->node);
    size_t number = is_typed                 ? entry_of_path(index, mark->entry, mark->node)
                    : !text_is_unseen(words) ? entry_of(index, SIZE_MAX, words, language, false)
                                             : SIZE_MAX;
    if (number == SIZE_MAX) {
        report_error(reader->report, "attribute-value", mark->span,
                     "write the words, or name them: []{.index entry=\"soap\"}",
                     "an entry of the index without words");
        return;
    }
    struct entry *entry = &index->entries[number];
    if (mark->sort.length)
        entry->order = mark->sort;
    if (mark->see.length || mark->see_also.length) {
        ARENA_GROW(reader->arena, entry->references, entry->reference_count,
                   entry->reference_capacity);
        entry->references[entry->reference_count++] =
            (struct reference){.target = mark->see.length ? mark->see : mark->see_also,
                               .is_also = mark->see.length == 0,
                               .span = mark->span};
        if (!mark->range && words.length == 0) { /* it stands for no place */
            node_unlink(mark->node);
            return;
        }
    }
    if (mark->range == RANGE_ENDS) {
        end_range(index, entry, mark);
        return;
    }
    ARENA_GROW(reader->arena, entry->places, entry->place_count, entry->place_capacity);
    entry->places[entry->place_count++] = (struct place){.node = mark->node,
                                                         .section = section_of(index, mark->node),
                                                         .is_main = mark->is_main,
                                                         .is_open = mark->range == RANGE_BEGINS,
                                                         .span = mark->span};
}

static void report_open_ranges(const struct index *index)
{
    for (size_t i = 0; i < index->count; i++) {
        struct entry *entry = &index->entries[i];
        for (size_t k = 0; k < entry->place_count; k++) {
            if (entry->places[k].is_open)
                report_range(index, entry->places[k].span,
                             "end it: []{.index entry=\"…\" range=end}, with the same entry",
                             entry);
        }
    }
}

/* the order */

struct sorted {
    const struct index *index;
    size_t entry;
};

/* Of two entries the one above is compared with the one above, level by level. */
static int compare_entries(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    const struct entry *entries = x->index->entries;
    size_t one[DEEPEST_ENTRY], other[DEEPEST_ENTRY];
    unsigned one_depth = entries[x->entry].depth, other_depth = entries[y->entry].depth;
    for (size_t i = x->entry, depth = one_depth; i != SIZE_MAX; i = entries[i].parent)
        one[depth--] = i;
    for (size_t i = y->entry, depth = other_depth; i != SIZE_MAX; i = entries[i].parent)
        other[depth--] = i;
    for (unsigned i = 0; i <= one_depth && i <= other_depth; i++) {
        if (one[i] == other[i])
            continue;
        int order = text_compare(entries[one[i]].order, entries[other[i]].order);
        return order ? order : text_compare(entries[one[i]].path, entries[other[i]].path);
    }
    return (one_depth > other_depth) - (one_depth < other_depth);
}

static void sort_entries(struct index *index)
{
    struct arena *arena = index->reader->arena;
    struct sorted *sorted = ARENA_NEW_ARRAY(arena, index->count, struct sorted);
    for (size_t i = 0; i < index->count; i++) {
        struct entry *entry = &index->entries[i];
        text words = entry->order.length ? entry->order : entry->words;
        entry->letter = collation_letter(index->collation, words);
        entry->order = collation_key(index->collation, words);
        sorted[i] = (struct sorted){index, i};
    }
    qsort(sorted, index->count, sizeof *sorted, compare_entries);
    index->order = ARENA_NEW_ARRAY(arena, index->count, size_t);
    for (size_t i = 0; i < index->count; i++)
        index->order[i] = sorted[i].entry;
}

/* the list */

static struct node *add_words(struct index *index, struct node *parent, text words,
                              enum locator_words locator)
{
    struct node *node = node_add_generated(index->reader->arena, parent, NODE_TEXT);
    node->text = words;
    node->characters.locator = locator;
    return node;
}

/* The same in a language of their own; empty: none. */
static void add_words_in(struct index *index, struct node *parent, text words, text language,
                         enum locator_words locator)
{
    if (language.length) {
        parent = node_add_generated(index->reader->arena, parent, NODE_SPAN);
        parent->language = language;
    }
    add_words(index, parent, words, locator);
}

static text words_of(const struct index *index, enum word word)
{
    return word_in(index->reader->document->metadata.language, word, NULL);
}

/* The words of a link to a place of the entry. Where neither its section nor the article has a
   name, its own words are one. */
static text name_of_section(struct index *index, const struct entry *entry,
                            const struct node *section)
{
    struct section_name *names = index->names;
    if (!section || section != names[0].section) {
        struct section_name other = names[0];
        names[0] = names[1];
        names[1] = other;
    }
    if (section && section != names[0].section)
        names[0] = (struct section_name){section,
                                         node_words(index->reader->arena, section, LONGEST_WORDS)};
    text name = section ? names[0].words : index->reader->document->metadata.title;
    return text_is_blank(name) ? entry->words : name;
}

static const struct node *last_section(const struct index *index, const struct place *place)
{
    return place->end ? section_of(index, place->end) : place->section;
}

/* Whether another place, near it in the list, leads to the same section and is shown instead: the
   one that says most, or else the first. */
static bool is_told_by_other(const struct index *index, const struct entry *entry, size_t number)
{
    enum { FARTHEST = 16 };
    const struct place *place = &entry->places[number];
    if (last_section(index, place) != place->section)
        return false;
    for (size_t i = number > FARTHEST ? number - FARTHEST : 0;
         i < entry->place_count && i <= number + FARTHEST; i++) {
        const struct place *other = &entry->places[i];
        bool is_better = other->is_main == place->is_main ? i < number : other->is_main;
        if (other->section == place->section && is_better)
            return true;
    }
    return false;
}

static void add_place(struct index *index, const struct entry *entry, size_t number)
{
    const struct place *place = &entry->places[number];
    struct arena *arena = index->reader->arena;
    enum locator_words locator =
        is_told_by_other(index, entry, number) ? LOCATOR_REPEATED : LOCATOR_WORDS;
    add_words(index, entry->paragraph, words_of(index, WORD_COMMA), locator);
    struct node *link = node_add_generated(index->reader->arena, entry->paragraph, NODE_LINK);
    link->link.target = place->node;
    link->link.end = place->end;
    link->link.locator = locator;
    link->link.is_main = place->is_main;
    link->link.ordinal = (unsigned)++index->locators;
    struct node *around =
        place->is_main ? node_add_generated(index->reader->arena, link, NODE_STRONG) : link;
    text name = name_of_section(index, entry, place->section);
    const struct node *last = last_section(index, place);
    if (last != place->section)
        name = arena_printf(arena, "%.*s – %.*s", TEXT_ARGUMENTS(name),
                            TEXT_ARGUMENTS(name_of_section(index, entry, last)));
    text language =
        place->section && last == place->section ? own_language(index, place->section) : TEXT_EMPTY;
    add_words_in(index, around, name, language, locator);
    struct node *page = node_add_generated(index->reader->arena, around, NODE_PAGE_REFERENCE);
    page->text = TEXT("%1");
}

/* ", see soap", whose name leads to that entry. */
static void add_reference(struct index *index, const struct entry *entry,
                          const struct reference *reference)
{
    struct reader *reader = index->reader;
    const struct entry *found = find_entry(index, reference->target);
    struct node *target = found ? found->paragraph : NULL;
    text form = words_of(index, reference->is_also ? WORD_SEE_ALSO_ENTRY : WORD_SEE);
    size_t gap = text_find(form, TEXT("%1"), 0);
    struct node *paragraph = entry->paragraph;
    add_words(index, paragraph, words_of(index, WORD_COMMA), LOCATOR_NONE);
    if (gap)
        add_words(index, paragraph, text_slice(form, 0, gap), LOCATOR_NONE);
    struct node *around =
        target ? node_add_generated(index->reader->arena, paragraph, NODE_LINK) : paragraph;
    if (target)
        around->link.target = target;
    add_words_in(index, around, text_trim(reference->target), found ? found->language : TEXT_EMPTY,
                 LOCATOR_NONE);
    if (gap + 2 < form.length)
        add_words(index, paragraph, text_slice(form, gap + 2, form.length), LOCATOR_NONE);
    if (!target)
        report_rule(reader->report, "index-reference-unknown", reference->span, NULL,
                    "the index has no entry \"%.*s\"", TEXT_ARGUMENTS(reference->target));
}

static struct node *new_list(struct index *index, struct node *parent)
{
    struct node *list = node_add_generated(index->reader->arena, parent, NODE_LIST);
    list->list.tight = true;
    list->list.is_index = true;
    return list;
}

/* Above the entries that begin with it. */
static struct node *new_heading(struct index *index, const struct node *section, text letter)
{
    struct node *heading = node_new(index->reader->arena, NODE_HEADING, section->span);
    heading->generated = true;
    heading->heading.level = section->heading.level + 1;
    heading->heading.unlisted = heading->heading.unnumbered = true;
    heading->heading.matter = section->heading.matter;
    add_words(index, heading, letter, LOCATOR_NONE);
    reader_make_id(index->reader, heading, TEXT("index-letter"));
    return heading;
}

/* The lists behind `last`, a group a letter. */
static void add_lists(struct index *index, const struct node *section, struct node *last)
{
    struct arena *arena = index->reader->arena;
    struct node *lists[DEEPEST_ENTRY] = {NULL}, *box = NULL;
    text letter = TEXT_EMPTY;
    for (size_t i = 0; i < index->count; i++) {
        struct entry *entry = &index->entries[index->order[i]];
        if (entry->depth == 0 && (!box || !text_equal(letter, entry->letter))) {
            letter = entry->letter;
            if (letter.length) {
                struct node *heading = new_heading(index, section, letter);
                node_insert_after(last, heading);
                last = heading;
            }
            box = node_new(arena, NODE_DIV, section->span);
            box->generated = true;
            box->div.is_index = true;
            node_insert_after(last, box);
            last = box;
            lists[0] = new_list(index, box);
        }
        if (entry->depth && !lists[entry->depth]) /* below the item of the entry above */
            lists[entry->depth] = new_list(index, index->entries[entry->parent].paragraph->parent);
        for (unsigned deeper = entry->depth + 1; deeper < DEEPEST_ENTRY; deeper++)
            lists[deeper] = NULL;
        struct node *item =
            node_add_generated(index->reader->arena, lists[entry->depth], NODE_LIST_ITEM);
        entry->paragraph = node_add_generated(index->reader->arena, item, NODE_PARAGRAPH);
        add_words_in(index, entry->paragraph, entry->words, entry->language, LOCATOR_NONE);
    }
}

static void fill_entries(struct index *index)
{
    for (size_t i = 0; i < index->count; i++) {
        const struct entry *entry = &index->entries[index->order[i]];
        for (size_t k = 0; k < entry->place_count; k++)
            add_place(index, entry, k);
        for (size_t k = 0; k < entry->reference_count; k++)
            add_reference(index, entry, &entry->references[k]);
    }
}

/* the text around the marks */

static bool is_mark_alone(const struct node *node)
{
    return node->kind == NODE_SPAN && !node->first_child;
}

/* The block behind it, or else before it, that may begin or end with marks. What is not for all
   outputs neither gives a mark to what is around it nor takes one. */
static struct node *block_beside(const struct node *paragraph, bool behind)
{
    static const bool takes_none[NODE_KIND_COUNT] = {[NODE_CALLOUT_TITLE] = true,
                                                     [NODE_TITLE] = true,
                                                     [NODE_SUBTITLE] = true,
                                                     [NODE_BYLINE] = true};
    const struct node *up = paragraph;
    while (up && !only_is_limited(up) && !(behind ? up->next : up->previous))
        up = up->parent;
    struct node *block = !up || only_is_limited(up) ? NULL : behind ? up->next : up->previous;
    while (block && !only_is_limited(block) &&
           node_kind_facts(block->kind)->content != CONTENT_INLINES)
        block = behind ? block->first_child : block->last_child;
    bool may_take =
        block && node_is_block(block) && !only_is_limited(block) && !takes_none[block->kind];
    return may_take ? block : NULL;
}

/* Takes a paragraph out that has given its marks away, and the boxes that hold nothing else. */
static void take_out(struct node *block)
{
    while (block->kind != NODE_DOCUMENT && !block->first_child) {
        struct node *around = block->parent;
        node_unlink(block);
        block = around;
    }
}

static bool is_of_marks(const struct node *paragraph)
{
    for (const struct node *child = paragraph->first_child; child; child = child->next) {
        if (!is_mark_alone(child) && (child->kind != NODE_TEXT || !text_is_blank(child->text)))
            return false;
    }
    return paragraph->kind == NODE_PARAGRAPH;
}

/* A paragraph of marks alone: they go to the words behind it, or before it. What stands last in a
   section is of that section: only a range may begin with the heading behind it. */
static void give_to_neighbour(struct node *paragraph, enum index_range range)
{
    static const bool may_lose_it[NODE_KIND_COUNT] = {
        [NODE_DOCUMENT] = true, [NODE_DIV] = true, [NODE_BLOCK_QUOTE] = true};
    struct node *next = range == RANGE_ENDS ? NULL : block_beside(paragraph, true);
    struct node *before = block_beside(paragraph, false);
    if (next && next->kind == NODE_HEADING && range != RANGE_BEGINS && before)
        next = NULL;
    struct node *block = next ? next : before;
    if (!block || !may_lose_it[paragraph->parent->kind])
        return;
    for (struct node *child = next ? paragraph->last_child : paragraph->first_child, *other; child;
         child = other) {
        other = next ? child->previous : child->next;
        node_unlink(child);
        if (child->kind == NODE_TEXT)
            continue;
        if (next)
            node_prepend(block, child);
        else
            node_append(block, child);
    }
    take_out(paragraph);
}

/* What stands before a mark in its block, or behind it, but for marks; NULL: nothing. */
static struct node *text_beside(struct node *mark, bool behind)
{
    for (struct node *up = mark; !node_is_block(up); up = up->parent) {
        struct node *other = behind ? up->next : up->previous;
        while (other && is_mark_alone(other) && !behind)
            other = other->previous;
        if (other)
            return other;
    }
    return NULL;
}

/* Of the spaces on both sides of a mark without words one is enough, and none at a block's end.
   before: what stands before it but for marks, or NULL. */
static void close_up(struct node *mark, struct node *before)
{
    struct node *behind = mark->next;
    bool is_last = !text_beside(mark, true);
    bool has_space =
        !before || (before->kind == NODE_TEXT && text_ends_with(before->text, TEXT(" ")));
    if (behind && has_space && behind->kind == NODE_TEXT &&
        text_starts_with(behind->text, TEXT(" "))) {
        behind->text = text_slice(behind->text, 1, behind->text.length);
        for (uint32_t i = 0; i < behind->characters.typed_count; i++)
            ((uint32_t *)(uintptr_t)behind->characters.typed)[i]--;
        if (behind->text.length == 0)
            node_unlink(behind);
    }
    if (is_last && before && before->kind == NODE_TEXT && text_ends_with(before->text, TEXT(" ")))
        before->text.length--;
}

/* Paragraphs of marks before that of marks[last], which would go the same way, become one with it.
 */
static void join_paragraphs(const struct index_mark *marks, size_t last)
{
    struct node *paragraph = marks[last].node->parent;
    for (size_t i = last; i-- > 0;) {
        struct node *mark = marks[i].node, *before = mark->parent;
        if (before == paragraph)
            continue;
        if (before != paragraph->previous || marks[i].range != marks[last].range ||
            before->first_child != mark || mark->next || !is_of_marks(before))
            return;
        node_unlink(before);
        node_unlink(mark);
        node_prepend(paragraph, mark);
    }
}

/* Paragraphs from the last mark on, so that of those side by side each finds its own way over a
   heading. Of many marks in a row the first alone looks around. */
static void take_out_of_text(const struct index_mark *marks, size_t count)
{
    struct node *before = NULL;
    for (size_t i = 0; i < count; i++) {
        struct node *mark = marks[i].node;
        if (!is_mark_alone(mark))
            continue;
        bool follows = i && mark->previous == marks[i - 1].node && is_mark_alone(mark->previous);
        before = follows ? before : text_beside(mark, false);
        close_up(mark, before);
    }
    const struct node *seen = NULL;
    for (size_t i = count; i-- > 0;) {
        struct node *mark = marks[i].node, *paragraph = mark->parent;
        if (!is_mark_alone(mark) || paragraph->kind != NODE_PARAGRAPH || paragraph == seen)
            continue;
        if (is_of_marks(paragraph)) {
            join_paragraphs(marks, i);
            give_to_neighbour(paragraph, marks[i].range);
        }
        if (mark->parent == paragraph)
            seen = paragraph;
    }
}

/* the pass */

static int compare_marks(const void *a, const void *b)
{
    const struct index_mark *x = a, *y = b;
    return (x->node->index > y->node->index) - (x->node->index < y->node->index);
}

static size_t collect_marks(struct reader *reader)
{
    size_t kept = 0;
    for (size_t i = 0; i < reader->index_mark_count; i++) {
        struct index_mark *mark = &reader->index_marks[i];
        if (node_is_in(mark->node, reader->document->root))
            reader->index_marks[kept++] = *mark;
    }
    take_out_of_text(reader->index_marks, kept);
    document_number_nodes(reader->document);
    qsort(reader->index_marks, kept, sizeof *reader->index_marks, compare_marks);
    return kept;
}

/* The first section that is one, and what stands last in it; NULL: there is none. */
static struct node *find_section(struct index *index, struct node **last)
{
    struct reader *reader = index->reader;
    struct node *section = NULL;
    bool is_open = false;
    for (struct node *node = reader->document->root->first_child;
         node && node != reader->document->closing; node = node->next) {
        bool is_heading = node->kind == NODE_HEADING;
        if (is_heading) {
            ARENA_GROW(reader->arena, index->headings, index->heading_count,
                       index->heading_capacity);
            index->headings[index->heading_count++] = node;
        }
        if (is_heading && !section && heading_begins(node, SECTION_INDEX)) {
            section = node;
            is_open = true;
        } else if (is_heading && is_open &&
                   (node->heading.level <= section->heading.level || node->heading.division)) {
            is_open = false;
        }
        if (is_open)
            *last = node;
    }
    return section;
}

void read_index(struct reader *reader)
{
    struct index index = {.reader = reader, .paths = id_map_new(reader->arena)};
    struct node *last = NULL;
    if (reader->document->is_fragment)
        return;
    size_t count = reader->index_mark_count ? collect_marks(reader) : 0;
    struct node *section = find_section(&index, &last);
    if (!section && count)
        report_rule(reader->report, "index-missing", reader->index_marks[0].span,
                    "write a section for it behind the text: # Index {.index}",
                    "words are marked for an index, and there is none");
    if (section && !count)
        report_rule(reader->report, "index-missing", section->span,
                    "mark words for it: [soap]{.index}", "nothing is marked for the index");
    index.collation =
        section && count ? collation_new(reader->arena, reader->document->metadata.language) : NULL;
    if (!index.collation)
        return;
    for (size_t i = 0; i < count; i++)
        add_mark(&index, &reader->index_marks[i]);
    report_open_ranges(&index);
    sort_entries(&index);
    add_lists(&index, section, last);
    fill_entries(&index);
    reader->document->locator_count = index.locators;
    collation_free(index.collation);
}
