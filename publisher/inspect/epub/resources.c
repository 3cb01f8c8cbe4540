/* What an EPUB holds besides its documents: pictures, sound and film, narration, what stands for
   what not every reader can show, and documents that nothing leads to. */
#include "inspect/epub/reader.h"

#include "base/raster_files.h"

#include <libxml/tree.h>
#include <stdlib.h>

enum {
    PICTURE_BYTES = 8 * 1024 * 1024,    /* of one picture that are looked at; */
    PICTURES_BYTES = 128 * 1024 * 1024, /* of all; then, of each further one, */
    PICTURE_HEAD_BYTES = 4096,          /* its first bytes */
    FIRST_ITEMREF = 6,                  /* the spine's step in a CFI */
};

/* fallbacks */

/* Pictures that every reader shows (EPUB 3.3, 3.2). "image/jpg" is a slip that all take. */
static bool is_core_picture(text media)
{
    static const char *const core[] = {"image/gif", "image/jpeg", "image/jpg",
                                       "image/png", "image/webp", "image/svg+xml"};
    for (size_t i = 0; i < sizeof core / sizeof *core; i++)
        if (text_equal_c(media, core[i]))
            return true;
    return false;
}

static text name_of(const struct epub_item *item)
{
    return item->path.length ? item->path : item->url;
}

/* Each item is gone through once: a walk ends where an earlier one has been. */
void epub_check_fallbacks(struct epub_reader *reader)
{
    size_t count = reader->item_count;
    size_t *walks = memory_allocate((count + 1) * sizeof *walks);
    for (size_t i = 0; i < count; i++)
        walks[i] = 0;
    for (size_t i = 0; i < count; i++) {
        const struct epub_item *item = &reader->items[i];
        while (item && item->fallback.length) {
            size_t *walk = &walks[item - reader->items];
            if (*walk && *walk != i + 1)
                break;
            if (*walk) {
                inspection_find(reader->inspection, CONDITION_EPUB_FALLBACK, 0, item->line, 0,
                                "%.*s: what stands for %.*s leads back to it",
                                TEXT_ARGUMENTS(reader->package), TEXT_ARGUMENTS(name_of(item)));
                break;
            }
            *walk = i + 1;
            const struct epub_item *next = epub_find_id(reader, item->fallback);
            if (!next)
                inspection_find(reader->inspection, CONDITION_EPUB_FALLBACK, 0, item->line, 0,
                                "%.*s: %.*s, which stands for %.*s, is not in the manifest",
                                TEXT_ARGUMENTS(reader->package), TEXT_ARGUMENTS(item->fallback),
                                TEXT_ARGUMENTS(name_of(item)));
            item = next;
        }
    }
    free(walks);
}

/* Whether the item, or one that stands for it, is a picture that every reader shows. A chain longer
   than the manifest is a circle, which was found fault with. */
static bool has_core_picture(const struct epub_reader *reader, const struct epub_item *item)
{
    enum { LONGEST = 100 };
    for (int step = 0; item && step < LONGEST; step++) {
        if (is_core_picture(item->media) || epub_is_document(item))
            return true;
        item = epub_find_id(reader, item->fallback);
    }
    return false;
}

/* pictures */

static bool is_cut_png(text png)
{
    struct png_chunk chunk;
    for (size_t at = PNG_SIGNATURE; png_next_chunk(png, &at, &chunk);)
        if (png_chunk_is(&chunk, "IEND"))
            return false;
    return true;
}

/* Why the bytes are no picture; empty: they are one. is_whole: they are all that there are. SVG
   comes with and without a namespace's prefix, and in more than one encoding. */
static text picture_fault(text bytes, bool is_whole)
{
    if (!bytes.length)
        return TEXT("it is empty");
    enum raster_format format = raster_format_of(bytes);
    if (format == RASTER_PNG && is_whole && is_cut_png(bytes))
        return TEXT("it ends in its midst");
    if (format == RASTER_JPEG && is_whole && text_find(bytes, TEXT("\xFF\xDA"), 0) == SIZE_MAX)
        return TEXT("it ends before its pixels");
    bool is_wide = text_starts_with(bytes, TEXT("\xFF\xFE")) ||
                   text_starts_with(bytes, TEXT("\xFE\xFF")) || !bytes.bytes[0];
    text start = text_trim(
        text_slice(bytes, text_starts_with(bytes, TEXT("\xEF\xBB\xBF")) ? 3 : 0, bytes.length));
    bool is_long = !is_whole && text_starts_with(start, TEXT("<")); /* its svg may come yet */
    bool is_drawing = is_wide || is_long || text_find(bytes, TEXT("svg"), 0) != SIZE_MAX;
    return format == RASTER_NONE && !is_drawing ? TEXT("its bytes are none of a picture")
                                                : TEXT_EMPTY;
}

static int compare_uses(const void *left, const void *right)
{
    const struct epub_use *const *a = left, *const *b = right;
    int order = text_compare((*a)->path, (*b)->path);
    return order ? order : (*a > *b) - (*a < *b);
}

/* A picture whose type the manifest says to be another's is none of ours to read. */
static void check_picture(struct epub_reader *reader, const struct epub_use *use, size_t *budget,
                          struct buffer *bytes)
{
    const struct epub_item *item = epub_find_item(reader, use->path);
    if (item && !has_core_picture(reader, item)) {
        inspection_find(reader->inspection, CONDITION_EPUB_FALLBACK, use->page, use->line,
                        use->node, "%.*s, of the type %.*s", TEXT_ARGUMENTS(use->path),
                        TEXT_ARGUMENTS(item->media));
        return;
    }
    size_t most = *budget >= PICTURE_BYTES ? PICTURE_BYTES : PICTURE_HEAD_BYTES;
    text why = epub_archive_begin(&reader->archive, use->path, most, bytes);
    *budget -= *budget > bytes->length ? bytes->length : *budget;
    const struct epub_entry *entry = epub_archive_find(&reader->archive, use->path);
    bool is_checked = !why.length && (!item || is_core_picture(item->media));
    if (is_checked)
        why = picture_fault(buffer_text(bytes), entry && bytes->length == entry->size);
    if (why.length && !(entry && entry->is_encrypted)) /* that was told */
        inspection_find(reader->inspection, CONDITION_EPUB_PICTURE, use->page, use->line, use->node,
                        "%.*s: %.*s", TEXT_ARGUMENTS(use->path), TEXT_ARGUMENTS(why));
}

/* Each file once, where it is used first. */
static void check_uses(struct epub_reader *reader)
{
    struct buffer bytes;
    size_t budget = PICTURES_BYTES, count = reader->use_count;
    struct epub_use **sorted = memory_allocate((count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &reader->uses[i];
    qsort(sorted, count, sizeof *sorted, compare_uses);
    buffer_init(&bytes, (size_t)PICTURE_BYTES + 65536);
    for (size_t i = 0; i < count; i++) {
        const struct epub_use *use = sorted[i];
        bool is_known = i && use->path.length && text_equal(use->path, sorted[i - 1]->path);
        if (use->kind == EPUB_FILM && !use->is_captioned)
            inspection_note(reader->inspection, NOTE_FILMS, use->page, TEXT_EMPTY);
        if (is_known || use->kind == EPUB_FILM)
            continue;
        epub_lead_to(reader, use->path);
        if (use->kind == EPUB_PICTURE)
            check_picture(reader, use, &budget, &bytes);
        else if (!epub_archive_find(&reader->archive, use->path))
            inspection_find(reader->inspection, CONDITION_EPUB_MEDIA, use->page, use->line,
                            use->node, "%.*s", TEXT_ARGUMENTS(use->path));
    }
    buffer_release(&bytes);
    free(sorted);
}

/* what leads where */

void epub_lead_to(struct epub_reader *reader, text path)
{
    const struct epub_item *item = epub_find_item(reader, path);
    if (item)
        reader->items[item - reader->items].is_led_to = true;
}

bool epub_is_cfi(struct epub_reader *reader, text path, text fragment, uint32_t *page)
{
    *page = 0;
    if (!text_starts_with(fragment, TEXT("epubcfi(/")) || !text_equal(path, reader->package))
        return false;
    text rest = text_slice(fragment, 9, fragment.length), part;
    unsigned long steps[2] = {0};
    for (int i = 0; i < 2; i++) {
        text_cut(rest, '/', &part, &rest);
        size_t digits = 0;
        while (digits < part.length && byte_is_digit(part.bytes[digits]))
            digits++;
        text_to_number(text_slice(part, 0, digits), 1000 * 1000, &steps[i]);
    }
    size_t place = steps[1] / 2;
    bool is_element = steps[0] == FIRST_ITEMREF && place && steps[1] % 2 == 0;
    *page = is_element && place <= reader->spine_count ? reader->spine[place - 1] : 0;
    return true;
}

/* Documents that a reader does not come to by reading on, and to which nothing leads either. What
   scripts do is not known, and EPUB 2 does not ask for it. */
static void check_reached(struct epub_reader *reader)
{
    bool is_scripted = false;
    for (size_t i = 0; i < reader->item_count; i++) {
        const struct epub_item *item = &reader->items[i];
        is_scripted = is_scripted || epub_has_word(item->properties, "scripted");
        const struct epub_item *other = epub_find_id(reader, item->fallback);
        if (other)
            reader->items[other - reader->items].is_led_to = true;
    }
    epub_share_items(reader);
    for (size_t i = 0; i < reader->item_count; i++) {
        const struct epub_item *item = &reader->items[i];
        if (i && item->path.length && text_equal(item->path, item[-1].path))
            continue; /* of the same file */
        if (item->is_led_to || !epub_is_document(item) ||
            text_equal(item->path, reader->navigation) || (item->page && !item->is_aside))
            continue;
        bool is_picture = text_equal_c(item->media, "image/svg+xml") && !item->page;
        if (item->page && !is_scripted && !reader->is_old && !reader->inspection->unread_count)
            inspection_find(reader->inspection, CONDITION_EPUB_UNREACHED, item->page, 0, 0, "%.*s",
                            TEXT_ARGUMENTS(item->path));
        else if (!is_picture)
            inspection_note(reader->inspection, NOTE_UNREACHED, 0, item->path);
    }
}

void epub_check_resources(struct epub_reader *reader)
{
    if (reader->inspection->failure.length)
        return;
    check_uses(reader);
    check_reached(reader);
}

/* media overlays */

/* Not a place by its path or its words: epubcfi(…), xpointer(…), ":~:text=…", "xywh=…". */
static bool is_id(text fragment)
{
    return text_find_byte(fragment, '(', 0) == SIZE_MAX &&
           text_find_byte(fragment, '=', 0) == SIZE_MAX && !text_starts_with(fragment, TEXT(":~:"));
}

static void check_narrated(struct epub_reader *reader, const xmlNode *at, text overlay)
{
    text path, fragment;
    bool is_text = epub_is(at, "text"), is_audio = epub_is(at, "audio");
    text url = is_text || is_audio ? epub_attribute(reader, at, "src") : TEXT_EMPTY;
    if (!url.length ||
        epub_resolve(reader->inspection->arena, overlay, url, &path, &fragment) == EPUB_REMOTE)
        return;
    const struct epub_item *item = epub_find_item(reader, path);
    bool is_there = epub_archive_find(&reader->archive, path) != NULL;
    if (is_text && item && item->page && fragment.length && is_id(fragment) &&
        !reader->inspection->unread_count)
        is_there = is_there && epub_find_anchor(reader, item->page, fragment);
    if (!is_there)
        EPUB_FAULT(reader, OVERLAY, overlay, at, "%s leads to %.*s", is_text ? "text" : "audio",
                   TEXT_ARGUMENTS(url));
}

static void read_overlay(struct epub_reader *reader, text path)
{
    xmlDoc *document = epub_read_xml(reader, path);
    xmlNode *top = document ? xmlDocGetRootElement(document) : NULL;
    for (xmlNode *at = top; at; at = epub_next(at, top))
        check_narrated(reader, at, path);
    xmlFreeDoc(document);
}

void epub_check_overlays(struct epub_reader *reader)
{
    for (size_t i = 0; i < reader->item_count && !reader->inspection->failure.length; i++) {
        const struct epub_item *item = &reader->items[i];
        if (!item->overlay.length)
            continue;
        struct epub_item *narration = epub_find_id(reader, item->overlay);
        if (!narration || !text_equal_c(narration->media, "application/smil+xml")) {
            inspection_find(reader->inspection, CONDITION_EPUB_OVERLAY, 0, item->line, 0,
                            "%.*s: %.*s, which is to narrate %.*s, is %s",
                            TEXT_ARGUMENTS(reader->package), TEXT_ARGUMENTS(item->overlay),
                            TEXT_ARGUMENTS(name_of(item)),
                            narration ? "no media overlay" : "not in the manifest");
            continue;
        }
        /* Many items may be of one file, which is read once. */
        const struct epub_item *file = epub_find_item(reader, narration->path);
        bool *is_read = &(file ? &reader->items[file - reader->items] : narration)->is_narration;
        if (!*is_read && epub_archive_find(&reader->archive, narration->path))
            read_overlay(reader, narration->path);
        *is_read = true;
    }
}
