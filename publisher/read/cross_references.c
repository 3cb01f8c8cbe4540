/* Cross-references: @fig:x, @tbl:x, @sec:x (and Quarto's @fig-x, R Markdown's \@ref(fig:x)), which
   stand in the tree as citations until all ids are known. Each becomes a link in Lectern's words
   ("Figure 2"), followed by the place where print says the page. Where anything refers to figures,
   or lists them, all figures with captions are numbered; the same for tables. */
#include "document/language.h"
#include "document/list_labels.h"
#include "document/words.h"
#include "read/project.h"

enum target_kind {
    TARGET_FIGURE,
    TARGET_TABLE,
    TARGET_SECTION,
    TARGET_FORMULA,
    TARGET_EXAMPLE,
    TARGET_KINDS, /* none of them */
};

static const char *const kinds[] = {"a figure",  "a table",    "a heading",
                                    "a formula", "an example", "a figure, a table or a heading"};

static const struct {
    const char *prefix;
    enum target_kind kind;
} prefixes[] = {
    {"fig", TARGET_FIGURE},  {"tbl", TARGET_TABLE},  {"tab", TARGET_TABLE},
    {"sec", TARGET_SECTION}, {"eq", TARGET_FORMULA},
};

struct references {
    struct reader *reader;
    const struct node *place; /* where words are to stand: their language is that of the place */
    bool wanted[TARGET_KINDS];
    const char **ids; /* of possible targets, for hints; collected when one is wanted first */
    size_t id_count, id_capacity;
    unsigned hints;
};

/* recognising */

/* The kind that a key asks for; TARGET_KINDS: none. */
static enum target_kind kind_of_key(text key)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        text prefix = text_from_c(prefixes[i].prefix);
        if (text_starts_with(key, prefix) && key.length > prefix.length + 1 &&
            (key.bytes[prefix.length] == ':' || key.bytes[prefix.length] == '-'))
            return prefixes[i].kind;
    }
    return TARGET_KINDS;
}

bool reader_names_place(text key)
{
    return kind_of_key(key) != TARGET_KINDS;
}

bool reader_is_cross_reference(struct reader *reader, const struct citation_item *item)
{
    if (item->is_place || example_find(reader, item->key))
        return true;
    if (!reader_names_place(item->key))
        return false;
    /* With a hyphen it may be a reference's key as well. */
    return text_find_byte(text_slice(item->key, 0, 4), ':', 0) != SIZE_MAX ||
           reader->document->metadata.bibliography_count == 0 ||
           id_map_find(reader->ids, item->key) || project_find(reader, item->key);
}

static const struct node *figure_of(const struct node *node)
{
    if (node->kind == NODE_IMAGE && node->parent && node->parent->kind == NODE_FIGURE)
        return node->parent;
    return node->kind == NODE_FIGURE ? node : NULL;
}

/* The number of a figure or table; 0: it has none. */
static unsigned number_of(const struct node *node)
{
    return node->kind == NODE_DIV     ? node->div.number
           : node->kind == NODE_TABLE ? node->table.number
                                      : figure_of(node)->figure.number;
}

/* "2", or "2a" for a picture that is a part of a figure. */
static text number_words_of(const struct references *references, const struct node *node)
{
    struct arena *arena = references->reader->arena;
    const struct node *figure = figure_of(node);
    text number = reader_number(references->reader, number_of(node));
    if (!figure || figure->figure.part == 0)
        return number;
    text letter = list_number(arena, TEXT_EMPTY, LIST_LOWER_LETTERS, figure->figure.part);
    return arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(number), TEXT_ARGUMENTS(letter));
}

static bool is_of_kind(const struct node *node, enum target_kind kind)
{
    enum stands_for stands_for = node->kind == NODE_DIV ? node->div.stands_for : STANDS_FOR_NOTHING;
    switch (kind) {
    case TARGET_FIGURE:
        return figure_of(node) || stands_for == STANDS_FOR_FIGURE;
    case TARGET_TABLE:
        return node->kind == NODE_TABLE || stands_for == STANDS_FOR_TABLE;
    case TARGET_SECTION:
        return node->kind == NODE_HEADING;
    case TARGET_FORMULA:
        return formula_is_numbered(node);
    case TARGET_EXAMPLE:
        return node->kind == NODE_LIST_ITEM;
    default:
        return false;
    }
}

/* The kind that an item asks for; where its key does not say, that of what has the id. */
static enum target_kind kind_of_item(struct reader *reader, const struct citation_item *item)
{
    if (!reader_is_cross_reference(reader, item))
        return TARGET_KINDS;
    enum target_kind kind =
        example_find(reader, item->key) ? TARGET_EXAMPLE : kind_of_key(item->key);
    const struct node *target = kind == TARGET_KINDS ? id_map_find(reader->ids, item->key) : NULL;
    for (kind = target ? 0 : kind; kind < TARGET_KINDS && target; kind++) {
        if (is_of_kind(target, kind))
            break;
    }
    return kind;
}

/* numbers */

static struct node *add_text(struct references *references, struct node *parent, text characters)
{
    struct node *node = node_new_text(references->reader->arena, characters, parent->span);
    node->generated = true;
    node_append(parent, node);
    return node;
}

static text language_here(const struct references *references)
{
    text language = node_language(references->place);
    return language.length ? language : references->reader->document->metadata.language;
}

static text fill(struct references *references, enum word word, text filling)
{
    return word_filled(references->reader->arena, language_here(references), word, filling,
                       TEXT_EMPTY);
}

/* A node for words of Lectern's, in English and marked so where it does not speak the language. */
static struct node *new_words(struct references *references, enum node_kind kind, enum word word,
                              text filling, struct span span)
{
    struct arena *arena = references->reader->arena;
    struct node *node = node_new(arena, kind, span);
    reader_word(references->reader, references->place, word, &node->language);
    node->generated = true;
    if (node->language.length)
        node->direction = language_direction(node->language);
    text words = fill(references, word, filling);
    if (kind == NODE_PAGE_REFERENCE)
        node->text = words;
    else
        add_text(references, node, words);
    return node;
}

size_t reader_label_length(const struct reader *reader, const struct node *place, text words,
                           enum word word)
{
    text language, own = reader_word(reader, place, word, &language);
    bool is_figure = word == WORD_FIGURE_NUMBER;
    const text heads[] = {text_trim(text_slice(own, 0, text_find(own, TEXT("%1"), 0))),
                          is_figure ? TEXT("Figure") : TEXT("Table"),
                          is_figure ? TEXT("Fig.") : TEXT("Tab.")};
    size_t longest = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (heads[i].length > longest &&
            text_equal_ignoring_case(text_slice(words, 0, heads[i].length), heads[i]))
            longest = heads[i].length;
    }
    return longest;
}

/* Whether the words begin with the number already, as the author typed it: "Fig. 2: ". */
static bool is_labelled(struct references *references, const struct node *caption, enum word word,
                        unsigned number)
{
    const struct node *first = caption->first_child;
    while (first && first->first_child)
        first = first->first_child;
    text words = first ? first->text : TEXT_EMPTY;
    size_t label = reader_label_length(references->reader, references->place, words, word);
    words = text_trim(text_slice(words, label, words.length));
    char digits[16];
    int length = snprintf(digits, sizeof digits, "%u", number);
    char after = (size_t)length < words.length ? words.bytes[length] : '.';
    return label && text_starts_with(words, text_from_c(digits)) && (after < '0' || after > '9');
}

/* "Figure 2. " before the words of the caption. */
static void label_caption(struct references *references, struct node *caption, enum word word,
                          unsigned number)
{
    references->place = caption;
    if (is_labelled(references, caption, word, number))
        return;
    struct node *label = new_words(references, NODE_STRONG, word,
                                   reader_number(references->reader, number), caption->span);
    struct node *gap =
        node_new_text(references->reader->arena,
                      word_in(language_here(references), WORD_AFTER_NUMBER, NULL), caption->span);
    gap->generated = true;
    if (caption->first_child) {
        node_insert_before(caption->first_child, label);
        node_insert_after(label, gap);
    } else {
        node_append(caption, label);
    }
}

/* "(a) " before the words of a picture that is a part of a figure. */
static void label_part(struct references *references, struct node *caption, unsigned part)
{
    struct arena *arena = references->reader->arena;
    struct node *label = node_new(arena, NODE_STRONG, caption->span);
    text letter = list_number(arena, TEXT_EMPTY, LIST_LOWER_LETTERS, part);
    label->generated = true;
    add_text(references, label, arena_printf(arena, "(%.*s)", TEXT_ARGUMENTS(letter)));
    node_prepend(caption, label);
    struct node *gap = node_new_text(arena, TEXT(" "), caption->span);
    gap->generated = true;
    node_insert_after(label, gap);
}

/* The figure of several pictures around one of them; NULL: it stands for itself. */
static struct node *whole_of(const struct node *figure)
{
    struct node *parent = figure->kind == NODE_FIGURE ? figure->parent : NULL;
    while (parent && parent->kind == NODE_DIV && parent->div.stands_for != STANDS_FOR_FIGURE)
        parent = parent->parent;
    return parent && parent->kind == NODE_DIV && parent->div.number ? parent : NULL;
}

static void name_picture(struct references *references, struct node *figure)
{
    struct node *image = node_find_child(figure, NODE_IMAGE);
    if (image && image->image.is_captioned)
        image->image.alt =
            fill(references, WORD_FIGURE_NUMBER, number_words_of(references, figure));
}

static void number_part(struct references *references, struct node *figure, struct node *whole,
                        unsigned part)
{
    figure->figure.number = whole->div.number;
    figure->figure.part = part;
    label_part(references, node_find_child(figure, NODE_CAPTION), part);
    name_picture(references, figure);
}

static void number_targets(struct references *references)
{
    unsigned figures = 0, tables = 0, parts = 0;
    struct node *last_whole = NULL;
    struct walk walk;
    walk_init(&walk, references->reader->document->root);
    while (walk_next(&walk)) {
        struct node *node = walk.node;
        bool is_div = node->kind == NODE_DIV && node->div.stands_for != STANDS_FOR_NOTHING;
        if (!walk.entering || (node->kind != NODE_FIGURE && node->kind != NODE_TABLE && !is_div))
            continue;
        struct node *caption = is_div ? node->last_child : node_find_child(node, NODE_CAPTION);
        if (!caption)
            continue;
        bool is_figure = is_of_kind(node, TARGET_FIGURE);
        if (!references->wanted[is_figure ? TARGET_FIGURE : TARGET_TABLE])
            continue;
        struct node *whole = whole_of(node);
        if (whole) {
            parts = whole == last_whole ? parts + 1 : 1;
            last_whole = whole;
            number_part(references, node, whole, parts);
            continue;
        }
        unsigned number = is_figure ? ++figures : ++tables;
        if (is_div)
            node->div.number = number;
        else if (is_figure)
            node->figure.number = number;
        else
            node->table.number = number;
        label_caption(references, caption, is_figure ? WORD_FIGURE_NUMBER : WORD_TABLE_NUMBER,
                      number);
        if (is_figure)
            name_picture(references, node);
    }
}

/* words */

static const char *nearest_id(struct references *references, text key)
{
    enum { MOST_HINTS = 16, MOST_IDS = 4096 };
    if (references->hints++ >= MOST_HINTS)
        return NULL;
    struct walk walk;
    walk_init(&walk, references->reader->document->root);
    while (references->hints == 1 && references->id_count < MOST_IDS && walk_next(&walk)) {
        if (!walk.entering || walk.node->id.length == 0 || !reader_names_place(walk.node->id))
            continue;
        ARENA_GROW(references->reader->arena, references->ids, references->id_count,
                   references->id_capacity);
        references->ids[references->id_count++] =
            arena_copy_c(references->reader->arena, walk.node->id);
    }
    return reader_nearest(references->reader, key, references->ids, references->id_count);
}

static struct node *find_target(struct references *references, const struct citation_item *item,
                                enum target_kind kind)
{
    struct report *report = references->reader->report;
    struct arena *arena = references->reader->arena;
    struct node *target = kind == TARGET_EXAMPLE ? example_find(references->reader, item->key)
                                                 : id_map_find(references->reader->ids, item->key);
    if (!target) {
        struct project_place *place = project_find(references->reader, item->key);
        const char *nearest = place ? NULL : nearest_id(references, item->key);
        text hint =
            nearest ? arena_printf(arena, "did you mean @%s?", nearest)
            : place
                ? arena_printf(arena,
                               "it stands in %.*s, without words to refer to it by: say "
                               "what it is, and where",
                               TEXT_ARGUMENTS(place->file))
                : arena_printf(
                      arena,
                      "give %s the id: {#%.*s}; or say where it is, if in no file of the project",
                      kinds[kind], TEXT_ARGUMENTS(item->key));
        report_error(report, "cross-reference-unknown", item->span, hint.bytes,
                     "nothing here has the id #%.*s", TEXT_ARGUMENTS(item->key));
        return NULL;
    }
    if (!is_of_kind(target, kind)) {
        report_error(
            report, "cross-reference-kind", item->span,
            "write @fig: for figures, @tbl: for tables, @sec: for headings, @eq: for formulas",
            "#%.*s is not %s", TEXT_ARGUMENTS(item->key), kinds[kind]);
        return NULL;
    }
    if (kind <= TARGET_TABLE && number_of(target) == 0) {
        report_error(report, "cross-reference-uncaptioned", item->span,
                     "give it a caption: a line that begins with a colon",
                     "#%.*s has no caption, so no number stands at it", TEXT_ARGUMENTS(item->key));
        return NULL;
    }
    return target;
}

/* What stands for the number in the words of a reference, and where it stands alone. */
static text number_words(const struct references *references, const struct citation_item *item,
                         const struct node *target, enum target_kind kind, bool is_alone)
{
    enum { LONGEST_HEADING = 4096 };
    struct reader *reader = references->reader;
    switch (kind) {
    case TARGET_SECTION:
        return is_alone && target->heading.number.length
                   ? target->heading.number
                   : node_words(reader->arena, target, LONGEST_HEADING);
    case TARGET_FORMULA: {
        text number = formula_number(target, item->key);
        return is_alone && !item->in_brackets ? number
                                              : formula_number_shown(reader->arena, number);
    }
    case TARGET_EXAMPLE:
        return reader_number(reader, target->list_item.number);
    default:
        return number_words_of(references, target);
    }
}

static struct node *new_link(struct references *references, const struct citation_item *item,
                             struct node *target, enum target_kind kind)
{
    static const enum word words[] = {WORD_FIGURE_NUMBER, WORD_TABLE_NUMBER, WORD_QUOTED,
                                      WORD_EQUATION_NUMBER, WORD_EXAMPLE_NUMBER};
    text number = number_words(references, item, target, kind, false);
    struct node *link;
    if (item->author_suppressed || kind == TARGET_EXAMPLE) { /* its name says of what */
        link = node_new(references->reader->arena, NODE_LINK, item->span);
        link->generated = true;
        add_text(references, link, number_words(references, item, target, kind, true));
        link->link.name = fill(references, words[kind], number);
    } else {
        link = new_words(references, NODE_LINK, words[kind], number, item->span);
    }
    if (target->id.length == 0)
        reader_make_id(
            references->reader, target,
            arena_printf(references->reader->arena, "example-%.*s", TEXT_ARGUMENTS(item->key)));
    link->link.target = target;
    return link;
}

/* A place in another file of the project, whose number nobody knows here: the words of its heading
   or caption, in quotation marks. False: it has none, or is nowhere. */
static bool add_elsewhere(struct references *references, struct node *span,
                          const struct citation_item *item)
{
    struct reader *reader = references->reader;
    struct project_place *place = project_find(reader, item->key);
    text language, words = place && place->kind != PROJECT_FORMULA
                               ? project_words(reader, place, &language)
                               : TEXT_EMPTY;
    if (words.length == 0)
        return false;
    struct node *link = node_new(reader->arena, NODE_LINK, item->span);
    link->language = language;
    if (language.length)
        link->direction = language_direction(language);
    words = word_filled(reader->arena, language.length ? language : language_here(references),
                        WORD_QUOTED, words, TEXT_EMPTY);
    add_text(references, link, words);
    node_append(span, link);
    reader_link_file(reader, link,
                     arena_printf(reader->arena, "%.*s#%.*s", TEXT_ARGUMENTS(place->file),
                                  TEXT_ARGUMENTS(item->key)));
    return true;
}

/* "Figure 2a": what goes on with the number. */
static bool is_glued(const struct node *span)
{
    const struct node *next = span->next;
    char c = next && next->kind == NODE_TEXT && next->text.length ? next->text.bytes[0] : ' ';
    return c == '-' || text_is_ascii_letter(c);
}

/* The first node of what is added; NULL: nothing, which is told. */
static struct node *add_reference(struct references *references, struct node *span,
                                  const struct citation_item *item, enum target_kind kind)
{
    bool is_here = kind == TARGET_EXAMPLE || id_map_find(references->reader->ids, item->key);
    if (!is_here && add_elsewhere(references, span, item))
        return span->last_child;
    struct node *target = find_target(references, item, kind);
    if (!target)
        return NULL;
    struct node *link = new_link(references, item, target, kind);
    node_append(span, link);
    /* numbers that follow one another are found without it; a formula within words has no page */
    bool is_small = kind == TARGET_EXAMPLE || target->kind == NODE_CODE ||
                    (kind == TARGET_FORMULA && item->author_suppressed);
    if (!is_small && (item->next || !item->author_suppressed || !is_glued(span))) {
        node_append(
            span, new_words(references, NODE_PAGE_REFERENCE, WORD_ON_PAGE, TEXT("%1"), item->span));
        span->last_child->link.target = target;
    }
    return link;
}

static void add_item(struct references *references, struct node *span,
                     const struct citation_item *item)
{
    enum target_kind kind = kind_of_item(references->reader, item);
    struct arena *arena = references->reader->arena;
    if (kind == TARGET_KINDS && !item->is_place) {
        report_error(references->reader->report, "cross-reference-mixed", item->span,
                     "write them in brackets of their own",
                     "references to works and to parts of this article stand in one pair of "
                     "brackets");
        return;
    }
    struct node *first = add_reference(references, span, item, kind);
    if (!first)
        return;
    if (item->prefix.length) {
        struct node *prefix = node_new_text(
            arena, arena_printf(arena, "%.*s ", TEXT_ARGUMENTS(item->prefix)), span->span);
        prefix->generated = true;
        node_insert_before(first, prefix);
    }
    if (item->locator.length)
        add_text(references, span, arena_printf(arena, ", %.*s", TEXT_ARGUMENTS(item->locator)));
    if (item->suffix.length)
        add_text(references, span, arena_printf(arena, ", %.*s", TEXT_ARGUMENTS(item->suffix)));
}

static bool is_cross_reference(struct reader *reader, const struct node *citation)
{
    for (const struct citation_item *item = citation->citation.items; item; item = item->next) {
        if (reader_is_cross_reference(reader, item))
            return true;
    }
    return false;
}

static void convert(struct references *references, struct node *citation)
{
    const struct citation_item *items = citation->citation.items;
    references->place = citation;
    citation->kind = NODE_SPAN;
    citation->citation.items = NULL;
    for (const struct citation_item *item = items; item; item = item->next) {
        add_item(references, citation, item);
        if (item->next && citation->last_child)
            add_text(references, citation,
                     word_in(language_here(references), WORD_BETWEEN_REFERENCES, NULL));
    }
}

void read_cross_references(struct reader *reader)
{
    const struct metadata *metadata = &reader->document->metadata;
    struct references references = {.reader = reader, .place = reader->document->root};
    references.wanted[TARGET_FIGURE] = metadata->lists & LIST_OF_FIGURES;
    references.wanted[TARGET_TABLE] = metadata->lists & LIST_OF_TABLES;
    for (size_t i = 0; i < reader->image_count && !references.wanted[TARGET_FIGURE]; i++)
        references.wanted[TARGET_FIGURE] = reader->images[i]->image.is_captioned;
    bool has_any = false;
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering || walk.node->kind != NODE_CITATION)
            continue;
        for (const struct citation_item *i = walk.node->citation.items; i; i = i->next) {
            enum target_kind kind = kind_of_item(reader, i);
            has_any |= reader_is_cross_reference(reader, i);
            if (kind != TARGET_KINDS)
                references.wanted[kind] = true;
        }
    }
    if (references.wanted[TARGET_FIGURE] || references.wanted[TARGET_TABLE])
        number_targets(&references);
    walk_init(&walk, reader->document->root);
    while (has_any && walk_next(&walk)) {
        if (walk.entering && walk.node->kind == NODE_CITATION &&
            is_cross_reference(reader, walk.node))
            convert(&references, walk.node);
    }
}
