/* Ids of headings, targets of links and long descriptions, and the direction of each language. */
#include "base/address.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "document/identifier.h"
#include "document/language.h"
#include "read/anchors.h"
#include "read/reader.h"

static void name_headings(struct reader *reader)
{
    struct buffer words;
    buffer_init(&words, LIMIT_WORDS_BYTES);
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering || walk.node->kind != NODE_HEADING || walk.node->id.length)
            continue;
        buffer_clear(&words);
        node_add_characters(walk.node, &words);
        text id = identifier_of_words(reader->arena, text_trim(buffer_text(&words)));
        reader_make_id(reader, walk.node, id);
    }
    buffer_release(&words);
}

/* targets */

struct links {
    struct reader *reader;
    const char *names[2048]; /* ids, for hints */
    size_t name_count;
    unsigned hints;          /* given: each costs a look at all names */
    struct anchors *anchors; /* made when one is wanted first */
};

enum { MOST_HINTS = 16 };

static void collect_names(struct links *links)
{
    struct walk walk;
    walk_init(&walk, links->reader->document->root);
    while (walk_next(&walk) && links->name_count < 2048) {
        text id = walk.node->id;
        if (walk.entering && id.length && walk.node->kind != NODE_NOTE_REFERENCE &&
            walk.node->kind != NODE_FOOTNOTE)
            links->names[links->name_count++] = arena_copy_c(links->reader->arena, id);
    }
}

static void report_broken(struct links *links, struct span span, text id)
{
    const char *hint = NULL;
    if (links->hints++ < MOST_HINTS) {
        if (links->name_count == 0)
            collect_names(links);
        const char *nearest = reader_nearest(links->reader, id, links->names, links->name_count);
        if (nearest)
            hint = arena_printf(links->reader->arena, "did you mean #%s?", nearest).bytes;
    }
    report_error(links->reader->report, "link-broken", span,
                 hint ? hint : "give the heading, picture, table or box that is meant the id",
                 "nothing here has the id #%.*s", TEXT_ARGUMENTS(id));
}

/* Ids in words that became an alternative text, or in notes that nobody calls, lead nowhere. */
static bool is_in_tree(const struct reader *reader, const struct node *node)
{
    while (node->parent)
        node = node->parent;
    return node == reader->document->root;
}

static struct node *find_target(struct links *links, text url, struct span span)
{
    text id = text_slice(url, 1, url.length);
    struct node *target = id_map_find(links->reader->ids, id);
    if (!target)
        target = id_map_find(links->reader->ids, address_decoded(links->reader->arena, id));
    if (!target && !links->anchors)
        links->anchors = anchors_collect(links->reader->arena, links->reader->document->root);
    if (!target)
        target = anchors_find(links->anchors, address_decoded(links->reader->arena, id));
    if (target && is_in_tree(links->reader, target))
        return target;
    report_broken(links, span, id);
    return NULL;
}

static void check_outside(struct links *links, struct node *link)
{
    static const char *const allowed[] = {"http", "https", "mailto", "tel"};
    text url = text_trim(link->link.url), scheme = address_scheme(url);
    struct report *report = links->reader->report;
    if (scheme.length == 0) {
        bool is_host = text_starts_with(url, TEXT("//"));
        report_error(report, "link-broken", link->span,
                     is_host ? "begin the address with https:"
                             : "an address begins with https://, a place in this article with #",
                     url.length ? "the link leads to a file, which readers will not have"
                                : "the link leads nowhere");
        return;
    }
    if (text_equal_ignoring_case(scheme, TEXT("doi"))) {
        text name = text_slice(url, scheme.length + 1, url.length);
        link->link.url = address_encoded(
            links->reader->arena, ADDRESS_WHOLE,
            arena_printf(links->reader->arena, "https://doi.org/%.*s", TEXT_ARGUMENTS(name)));
        return;
    }
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (text_equal_ignoring_case(scheme, text_from_c(allowed[i]))) {
            link->link.url = address_encoded(links->reader->arena, ADDRESS_WHOLE, url);
            return;
        }
    }
    report_error(report, "link-scheme", link->span,
                 "addresses begin with https:, http:, mailto: or tel:",
                 "links to %.*s: are not allowed", TEXT_ARGUMENTS(scheme));
}

static void complete_link(struct links *links, struct node *link)
{
    text url = link->link.url;
    if (link->link.target)
        return;
    if (url.length == 0 || url.bytes[0] != '#') {
        check_outside(links, link);
        return;
    }
    link->link.target = find_target(links, url, link->span);
    link->link.url = TEXT_EMPTY;
}

static void complete_description(struct links *links, struct node *image)
{
    const struct attribute *attribute = node_find_attribute(image, "longdesc");
    if (!attribute)
        return;
    if (attribute->value.length > 1 && attribute->value.bytes[0] == '#')
        image->image.description = find_target(links, attribute->value, attribute->span);
    else
        report_error(links->reader->report, "attribute-value", attribute->span,
                     "write longdesc=\"#id\", with the id of the box that describes the picture",
                     "a description stands in the article itself");
}

/* Where a part is in a language of the other direction. Top down, so that parts see what their
   parents got. */
static void set_direction(struct node *node)
{
    if (node->language.length == 0 || node->direction != DIRECTION_INHERITED || !node->parent)
        return;
    enum direction direction = language_direction(node->language);
    if (direction != node_direction(node->parent))
        node->direction = direction;
}

void read_links(struct reader *reader)
{
    name_headings(reader);
    struct links *links = ARENA_NEW(reader->arena, struct links);
    links->reader = reader;
    struct walk walk;
    walk_init(&walk, reader->document->root);
    while (walk_next(&walk)) {
        if (!walk.entering)
            continue;
        set_direction(walk.node);
        if (walk.node->kind == NODE_LINK)
            complete_link(links, walk.node);
        else if (walk.node->kind == NODE_IMAGE)
            complete_description(links, walk.node);
    }
}
