/* The navigation document (EPUB 3.3, 7) or the NCX of EPUB 2, and where links lead. */
#include "inspect/epub/reader.h"

#include <libxml/tree.h>
#include <stdlib.h>

struct list {
    struct outline_entry **entries;
    size_t *count, *capacity;
};

static int compare_anchors(const void *left, const void *right)
{
    const struct epub_anchor *a = left, *b = right;
    if (a->page != b->page)
        return a->page < b->page ? -1 : 1;
    int order = text_compare(a->id, b->id);
    return order ? order : (a->node > b->node) - (a->node < b->node);
}

void epub_sort_anchors(struct epub_reader *reader)
{
    if (reader->anchor_count)
        qsort(reader->anchors, reader->anchor_count, sizeof *reader->anchors, compare_anchors);
    for (size_t i = 1; i < reader->anchor_count; i++) {
        const struct epub_anchor *anchor = &reader->anchors[i], *before = anchor - 1;
        if (anchor->page == before->page && anchor->id.length && text_equal(anchor->id, before->id))
            inspection_find(reader->inspection, CONDITION_EPUB_ID, anchor->page, anchor->line,
                            anchor->node, "%.*s", TEXT_ARGUMENTS(anchor->id));
    }
}

struct epub_anchor *epub_find_anchor(struct epub_reader *reader, uint32_t page, text id)
{
    size_t low = 0, high = reader->anchor_count;
    struct epub_anchor key = {.page = page, .id = id};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_anchors(&reader->anchors[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == reader->anchor_count)
        return NULL;
    struct epub_anchor *found = &reader->anchors[low];
    return found->page == page && text_equal(found->id, id) ? found : NULL;
}

/* An entry of a list. Returns the place where it leads, as a number that grows in reading order. */
static uint64_t add_entry(struct epub_reader *reader, struct list list, text file,
                          const xmlNode *node, text title, text url, uint32_t depth, bool is_break)
{
    struct inspection *inspection = reader->inspection;
    text path, fragment;
    bool is_exact = true;
    enum epub_place place = epub_resolve(inspection->arena, file, url, &path, &fragment);
    uint32_t page;
    if (place == EPUB_INSIDE && epub_is_cfi(reader, path, fragment, &page) && page) {
        path = inspection->pages[page - 1].label;
        fragment = TEXT_EMPTY; /* where in the document is not followed */
        is_exact = false;
    }
    const struct epub_item *item =
        url.length && place == EPUB_INSIDE ? epub_find_item(reader, path) : NULL;
    struct epub_anchor *anchor =
        item && fragment.length ? epub_find_anchor(reader, item->page, fragment) : NULL;
    if (url.length && (!item || !item->page || (fragment.length && !anchor)))
        EPUB_FAULT(reader, NAVIGATION_TARGET, file, node, "\"%.*s\" leads to %.*s",
                   TEXT_ARGUMENTS(title), TEXT_ARGUMENTS(url));
    if (!title.length)
        EPUB_FAULT(reader, NAVIGATION_NAME, file, node, "it leads to %.*s", TEXT_ARGUMENTS(url));
    if (anchor && is_break)
        anchor->is_listed = true;
    ARENA_GROW(inspection->arena, *list.entries, *list.count, *list.capacity);
    (*list.entries)[(*list.count)++] = (struct outline_entry){title, depth, item ? item->page : 0};
    bool is_place = item && is_exact && (anchor || !fragment.length);
    return is_place ? (uint64_t)item->page << 32 | (anchor ? anchor->node : 0) : 0;
}

struct order {
    uint64_t last;
    bool is_broken;
};

static void follow(struct epub_reader *reader, struct order *order, uint64_t place, text file,
                   const xmlNode *node, bool is_page_list)
{
    if (place && place < order->last && !order->is_broken) {
        order->is_broken = true;
        EPUB_FAULT(reader, NAVIGATION_ORDER, file, node, "an entry of the %s leads back",
                   is_page_list ? "page list" : "table of contents");
    }
    order->last = place > order->last ? place : order->last;
}

/* A nav element: entries are links in lists within lists. */
static void read_nav(struct epub_reader *reader, xmlNode *nav, struct list list, bool is_page_list)
{
    struct order order = {0};
    uint32_t depth = 0;
    for (xmlNode *at = nav->children; at;) {
        bool is_list = epub_is(at, "ol");
        if (epub_is(at, "a") || (epub_is(at, "span") && !is_page_list)) {
            text title = epub_content(reader, at);
            if (!title.length)
                title = epub_attribute(reader, at, "title");
            uint64_t place = add_entry(reader, list, reader->navigation, at, title,
                                       epub_attribute(reader, at, "href"), depth, is_page_list);
            follow(reader, &order, place, reader->navigation, at, is_page_list);
        } else if (at->type == XML_ELEMENT_NODE && at->children) {
            depth += is_list;
            at = at->children;
            continue;
        }
        while (at && !at->next && at != nav) {
            at = at->parent;
            depth -= epub_is(at, "ol") && depth;
        }
        at = at == nav ? NULL : at->next;
    }
}

static void read_navigation_document(struct epub_reader *reader, struct list contents,
                                     struct list pages)
{
    xmlDoc *document = epub_read_xml(reader, reader->navigation);
    xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    for (xmlNode *at = top; at; at = epub_next(at, top)) {
        text path, fragment,
            type = epub_is(at, "nav") ? epub_attribute(reader, at, "type") : TEXT_EMPTY;
        if (epub_is(at, "a") &&
            epub_resolve(reader->inspection->arena, reader->navigation,
                         epub_attribute(reader, at, "href"), &path, &fragment) == EPUB_INSIDE)
            epub_lead_to(reader, path);
        if (epub_has_word(type, "toc") && !*contents.count)
            read_nav(reader, at, contents, false);
        else if (epub_has_word(type, "page-list") && !*pages.count)
            read_nav(reader, at, pages, true);
    }
    xmlFreeDoc(document);
}

static text label_of(struct epub_reader *reader, const xmlNode *point)
{
    for (const xmlNode *kid = point->children; kid; kid = kid->next)
        if (epub_is(kid, "navLabel"))
            return epub_content(reader, kid);
    return TEXT_EMPTY;
}

static text source_of(struct epub_reader *reader, const xmlNode *point)
{
    for (const xmlNode *kid = point->children; kid; kid = kid->next)
        if (epub_is(kid, "content"))
            return epub_attribute(reader, kid, "src");
    return TEXT_EMPTY;
}

static void read_ncx(struct epub_reader *reader, struct list contents, struct list pages)
{
    xmlDoc *document = epub_read_xml(reader, reader->ncx);
    xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    struct order order = {0};
    for (xmlNode *at = top; at; at = epub_next(at, top)) {
        bool is_page = epub_is(at, "pageTarget");
        uint32_t depth = 0;
        if (!is_page && !epub_is(at, "navPoint"))
            continue;
        text path, fragment;
        if (epub_resolve(reader->inspection->arena, reader->ncx, source_of(reader, at), &path,
                         &fragment) == EPUB_INSIDE)
            epub_lead_to(reader, path);
        for (const xmlNode *above = at; above; above = above->parent)
            depth += epub_is(above, "navPoint");
        uint64_t place =
            add_entry(reader, is_page ? pages : contents, reader->ncx, at, label_of(reader, at),
                      source_of(reader, at), is_page ? 1 : depth, is_page);
        if (!is_page)
            follow(reader, &order, place, reader->ncx, at, false);
    }
    xmlFreeDoc(document);
}

/* EPUB Accessibility 1.1, 3.4.1 */
static void check_pages(struct epub_reader *reader)
{
    struct inspection *inspection = reader->inspection;
    if (reader->breaks && !inspection->page_list_count)
        EPUB_FAULT(reader, PAGE_LIST, reader->package, NULL, "%zu page breaks", reader->breaks);
    for (size_t i = 0; inspection->page_list_count && i < reader->anchor_count; i++) {
        const struct epub_anchor *anchor = &reader->anchors[i];
        if (anchor->is_break && !anchor->is_listed)
            inspection_find(inspection, CONDITION_EPUB_PAGE_UNLISTED, anchor->page, anchor->line,
                            anchor->node, "%.*s", TEXT_ARGUMENTS(anchor->id));
    }
}

void epub_read_navigation(struct epub_reader *reader)
{
    struct inspection *inspection = reader->inspection;
    struct list contents = {&inspection->outline, &inspection->outline_count,
                            &inspection->outline_capacity};
    struct list pages = {&inspection->page_list, &inspection->page_list_count,
                         &inspection->page_list_capacity};
    if (inspection->failure.length)
        return;
    if (reader->navigation.length)
        read_navigation_document(reader, contents, pages);
    else if (reader->ncx.length && reader->is_old)
        read_ncx(reader, contents, pages);
    if (!inspection->outline_count)
        EPUB_FAULT(reader, CONTENTS, reader->package, NULL, "%s",
                   reader->navigation.length ? "the navigation document has no entries"
                                             : "the package names no navigation document");
    check_pages(reader);
}

void epub_check_links(struct epub_reader *reader)
{
    for (size_t i = 0; i < reader->link_count; i++) {
        const struct epub_link *link = &reader->links[i];
        const struct epub_item *item = epub_find_item(reader, link->path);
        uint32_t page;
        bool is_cfi = epub_is_cfi(reader, link->path, link->fragment, &page);
        epub_lead_to(reader,
                     is_cfi && page ? reader->inspection->pages[page - 1].label : link->path);
        bool is_there = is_cfi ? page > 0
                               : item && (!link->fragment.length || !item->page ||
                                          epub_find_anchor(reader, item->page, link->fragment));
        if (!is_there && link->is_judged)
            inspection_find(reader->inspection, CONDITION_EPUB_LINK_TARGET, link->page, link->line,
                            link->node, "%.*s%s%.*s",
                            TEXT_ARGUMENTS(link->path.length ? link->path : TEXT("the archive")),
                            link->fragment.length ? "#" : "", TEXT_ARGUMENTS(link->fragment));
    }
}
