/* Container and package document (EPUB 3.3, 4.2.6.3.1 and 5). */
#include "base/limits.h"
#include "inspect/epub/reader.h"
#include "inspect/epub/roles.h"

#include <libxml/tree.h>
#include <stdlib.h>

enum { DEEPEST_FALLBACK = 10 };

/* The ways of making fonts useless outside the book: not an encryption that shuts anyone out. */
static bool is_obfuscation(text algorithm)
{
    return text_equal_c(algorithm, "http://www.idpf.org/2008/embedding") ||
           text_equal_c(algorithm, "http://ns.adobe.com/pdf/enc#RC");
}

/* META-INF/encryption.xml, 4.2.6.3.2 */
static void read_encryption(struct epub_reader *reader)
{
    const text path = TEXT("META-INF/encryption.xml");
    if (!epub_archive_find(&reader->archive, path))
        return;
    xmlDoc *document = epub_read_xml(reader, path);
    text algorithm = TEXT_EMPTY;
    for (xmlNode *at = document ? xmlDocGetRootElement(document) : NULL; at;
         at = epub_next(at, xmlDocGetRootElement(document))) {
        text file, fragment;
        if (epub_is(at, "EncryptionMethod"))
            algorithm = epub_attribute(reader, at, "Algorithm");
        if (!epub_is(at, "CipherReference") || is_obfuscation(algorithm) ||
            epub_resolve(reader->inspection->arena, TEXT_EMPTY, epub_attribute(reader, at, "URI"),
                         &file, &fragment) != EPUB_INSIDE)
            continue;
        EPUB_FAULT(reader, ENCRYPTED, path, at, "%.*s", TEXT_ARGUMENTS(file));
        struct epub_entry *entry = epub_archive_find(&reader->archive, file);
        if (entry)
            entry->is_encrypted = true;
    }
    xmlFreeDoc(document);
}

static bool read_container(struct epub_reader *reader)
{
    const text path = TEXT("META-INF/container.xml");
    struct inspection *inspection = reader->inspection;
    if (!epub_archive_find(&reader->archive, path)) {
        inspection_fail(inspection, "it is no EPUB: %.*s is missing", TEXT_ARGUMENTS(path));
        return false;
    }
    xmlDoc *document = epub_read_xml(reader, path);
    const xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    for (xmlNode *at = xmlDocGetRootElement(document); at && !reader->package.length;
         at = epub_next(at, top)) {
        text fragment,
            url = epub_is(at, "rootfile") ? epub_attribute(reader, at, "full-path") : TEXT_EMPTY;
        text media = url.length ? epub_attribute(reader, at, "media-type") : TEXT_EMPTY;
        if (url.length && text_equal_ignoring_case(media, TEXT("application/oebps-package+xml")) &&
            epub_resolve(inspection->arena, TEXT_EMPTY, url, &reader->package, &fragment) !=
                EPUB_INSIDE)
            reader->package = TEXT_EMPTY;
    }
    xmlFreeDoc(document);
    if (!reader->package.length)
        inspection_fail(inspection, "%.*s names no package document", TEXT_ARGUMENTS(path));
    return reader->package.length;
}

static int compare_items(const void *left, const void *right)
{
    return text_compare(((const struct epub_item *)left)->path,
                        ((const struct epub_item *)right)->path);
}

const struct epub_item *epub_find_item(const struct epub_reader *reader, text path)
{
    struct epub_item key = {.path = path};
    return reader->item_count && path.length ? bsearch(&key, reader->items, reader->item_count,
                                                       sizeof *reader->items, compare_items)
                                             : NULL;
}

static void read_item(struct epub_reader *reader, const xmlNode *node)
{
    struct epub_item item = {.id = epub_attribute(reader, node, "id"),
                             .media = epub_attribute(reader, node, "media-type"),
                             .properties = epub_attribute(reader, node, "properties"),
                             .fallback = epub_attribute(reader, node, "fallback"),
                             .overlay = epub_attribute(reader, node, "media-overlay"),
                             .line = epub_line(node)};
    text fragment, url = epub_attribute(reader, node, "href");
    enum epub_place place =
        epub_resolve(reader->inspection->arena, reader->package, url, &item.path, &fragment);
    item.url = url;
    char *media = arena_copy_c(reader->inspection->arena, item.media);
    for (size_t i = 0; i < item.media.length; i++) /* RFC 6838, 4.2: case is without meaning */
        media[i] = media[i] >= 'A' && media[i] <= 'Z' ? (char)(media[i] - 'A' + 'a') : media[i];
    item.media.bytes = media;
    if (place != EPUB_INSIDE) /* it has an id all the same */
        item.path = TEXT_EMPTY;
    if (place == EPUB_OUTSIDE)
        EPUB_FAULT(reader, NAME, reader->package, node, "%.*s: it leads out of the archive",
                   TEXT_ARGUMENTS(url));
    else if (place == EPUB_INSIDE && !epub_archive_find(&reader->archive, item.path))
        EPUB_FAULT(reader, MISSING, reader->package, node, "%.*s", TEXT_ARGUMENTS(url));
    else if (epub_has_word(item.properties, "nav"))
        reader->navigation = item.path;
    else if (text_equal_c(item.media, "application/x-dtbncx+xml"))
        reader->ncx = item.path;
    ARENA_GROW(reader->inspection->arena, reader->items, reader->item_count, reader->item_capacity);
    reader->items[reader->item_count++] = item;
}

static int compare_ids(const void *left, const void *right)
{
    const struct epub_item *const *a = left, *const *b = right;
    return text_compare((*a)->id, (*b)->id);
}

struct epub_item *epub_find_id(const struct epub_reader *reader, text id)
{
    struct epub_item key = {.id = id}, *place = &key;
    struct epub_item **found =
        reader->item_count
            ? bsearch(&place, reader->by_id, reader->item_count, sizeof *reader->by_id, compare_ids)
            : NULL;
    return found ? *found : NULL;
}

static void sort_ids(struct epub_reader *reader)
{
    reader->by_id =
        ARENA_NEW_ARRAY(reader->inspection->arena, reader->item_count, struct epub_item *);
    for (size_t i = 0; i < reader->item_count; i++)
        reader->by_id[i] = &reader->items[i];
    if (reader->item_count)
        qsort(reader->by_id, reader->item_count, sizeof *reader->by_id, compare_ids);
}

bool epub_is_document(const struct epub_item *item)
{
    return item->path.length && (text_equal_c(item->media, "application/xhtml+xml") ||
                                 text_equal_c(item->media, "image/svg+xml"));
}

static void add_page(struct epub_reader *reader, struct epub_item *item, const xmlNode *node)
{
    struct inspection *inspection = reader->inspection;
    if (item->page) {
        EPUB_FAULT(reader, SPINE, reader->package, node, "%.*s stands there twice",
                   TEXT_ARGUMENTS(item->path));
        return;
    }
    if (inspection->page_count >= LIMIT_INSPECT_PAGES) {
        inspection_fail(inspection, "it has more than %d documents", LIMIT_INSPECT_PAGES);
        return;
    }
    *inspection_add_page(inspection) =
        (struct inspection_page){.label = item->path, .box = {1, 1, 0, 0}};
    item->page = (uint32_t)inspection->page_count;
}

static void read_spine(struct epub_reader *reader, xmlNode *spine)
{
    for (xmlNode *at = spine->children; at && !reader->inspection->failure.length; at = at->next) {
        if (!epub_is(at, "itemref"))
            continue;
        text id = epub_attribute(reader, at, "idref");
        struct epub_item *named = epub_find_id(reader, id), *item = named;
        for (int depth = 0; item && !epub_is_document(item) && depth < DEEPEST_FALLBACK; depth++)
            item = epub_find_id(reader, item->fallback);
        if (item && epub_is_document(item)) {
            item->is_aside = text_equal_c(epub_attribute(reader, at, "linear"), "no");
            add_page(reader, item, at);
            named->page = item->page; /* what leads to it is led to what stands for it */
        } else
            EPUB_FAULT(reader, SPINE, reader->package, at, "%.*s %s", TEXT_ARGUMENTS(id),
                       epub_find_id(reader, id)
                           ? "is neither XHTML nor SVG, and nothing else stands for it"
                           : "is not in the manifest");
        ARENA_GROW(reader->inspection->arena, reader->spine, reader->spine_count,
                   reader->spine_capacity);
        reader->spine[reader->spine_count++] = item ? item->page : 0;
    }
}

/* dc:title, dc:language (5.5.3.1): those of the publication come first. */
static void read_dublin_core(struct epub_reader *reader, xmlNode *metadata)
{
    struct inspection *inspection = reader->inspection;
    for (xmlNode *at = metadata->children; at; at = at->next) {
        if (epub_is(at, "title") && !inspection->title.length)
            inspection->title = epub_content(reader, at);
        if (!epub_is(at, "language"))
            continue;
        text language = epub_content(reader, at);
        if (language.length && !epub_language_is_valid(language))
            EPUB_FAULT(reader, LANGUAGE_TAG, reader->package, at, "%.*s", TEXT_ARGUMENTS(language));
        if (!inspection->language.length)
            inspection->language = language;
    }
    if (!inspection->title.length)
        EPUB_FAULT(reader, TITLE, reader->package, metadata, "%s", "dc:title");
    if (!inspection->language.length)
        EPUB_FAULT(reader, LANGUAGE, reader->package, metadata, "%s", "dc:language");
}

void epub_share_items(struct epub_reader *reader)
{
    for (size_t i = 0, end = 0; i < reader->item_count; i = end) {
        struct epub_item all = reader->items[i];
        for (end = i;
             end < reader->item_count && text_equal(reader->items[end].path, reader->items[i].path);
             end++) {
            const struct epub_item *item = &reader->items[end];
            if (!all.page && item->page)
                all.page = item->page, all.is_aside = item->is_aside;
            all.is_led_to = all.is_led_to || item->is_led_to;
        }
        for (size_t k = i; k < end && all.path.length; k++) {
            struct epub_item *item = &reader->items[k];
            if (!item->page)
                item->page = all.page, item->is_aside = all.is_aside;
            item->is_led_to = all.is_led_to;
        }
    }
}

/* What EPUB 2 calls the cover, the beginning and so on (OPF 2.0.1, 2.6): a way to them. */
static void read_guide(struct epub_reader *reader, xmlNode *package)
{
    for (xmlNode *at = package; at; at = epub_next(at, package)) {
        text path, fragment;
        if (epub_is(at, "reference") && epub_is(at->parent, "guide") &&
            epub_resolve(reader->inspection->arena, reader->package,
                         epub_attribute(reader, at, "href"), &path, &fragment) == EPUB_INSIDE)
            epub_lead_to(reader, path);
    }
}

static void read_parts(struct epub_reader *reader, xmlNode *package)
{
    xmlNode *parts[3] = {NULL};
    static const char *const names[3] = {"metadata", "manifest", "spine"};
    for (xmlNode *at = package->children; at; at = at->next)
        for (int i = 0; i < 3; i++)
            if (epub_is(at, names[i]) && !parts[i])
                parts[i] = at;
    if (!parts[0] || !parts[1] || !parts[2]) {
        inspection_fail(reader->inspection, "the package document has no %s",
                        names[!parts[0]   ? 0
                              : !parts[1] ? 1
                                          : 2]);
        return;
    }
    read_dublin_core(reader, parts[0]);
    epub_read_metadata(reader, parts[0]);
    for (xmlNode *at = parts[1]->children; at; at = at->next)
        if (epub_is(at, "item"))
            read_item(reader, at);
    if (reader->item_count)
        qsort(reader->items, reader->item_count, sizeof *reader->items, compare_items);
    sort_ids(reader);
    if (reader->is_old)
        read_guide(reader, package);
    epub_check_fallbacks(reader);
    read_spine(reader, parts[2]);
    epub_share_items(reader);
}

bool epub_read_package(struct epub_reader *reader)
{
    struct inspection *inspection = reader->inspection;
    read_encryption(reader);
    if (!read_container(reader))
        return false;
    xmlDoc *document = epub_read_xml(reader, reader->package);
    xmlNode *package = document ? xmlDocGetRootElement(document) : NULL;
    if (!epub_is(package, "package")) {
        inspection_fail(inspection, "its package document %.*s cannot be read",
                        TEXT_ARGUMENTS(reader->package));
        xmlFreeDoc(document);
        return false;
    }
    text version = epub_attribute(reader, package, "version");
    inspection->version = arena_printf(inspection->arena, "EPUB %.*s", TEXT_ARGUMENTS(version));
    reader->is_old = text_starts_with(version, TEXT("2"));
    read_parts(reader, package);
    if (!inspection->page_count)
        inspection_fail(inspection, "its spine names no document that can be read");
    xmlFreeDoc(document);
    return !inspection->failure.length;
}
