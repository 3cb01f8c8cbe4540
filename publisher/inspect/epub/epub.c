#include "inspect/epub/epub.h"

#include "base/limits.h"
#include "base/raster_files.h"
#include "inspect/epub/reader.h"

#include <string.h>

/* Which content nodes belong to which document: they are in reading order already. */
static void order_pages(struct inspection *inspection)
{
    uint32_t at = 1;
    for (uint32_t page = 1; page <= inspection->page_count; page++) {
        struct inspection_page *record = &inspection->pages[page - 1];
        uint32_t first = at;
        for (; at < inspection->node_count && inspection->nodes[at].page == page; at++)
            record->order_count += inspection->nodes[at].kind == NODE_CONTENT;
        record->order = ARENA_NEW_ARRAY(inspection->arena, record->order_count, uint32_t);
        for (size_t k = 0; first < at; first++)
            if (inspection->nodes[first].kind == NODE_CONTENT)
                record->order[k++] = first;
    }
}

void epub_inspect(struct inspection *inspection)
{
    struct epub_reader *reader = ARENA_NEW(inspection->arena, struct epub_reader);
    reader->inspection = inspection;
    inspection->is_epub = true;
    if (epub_archive_open(&reader->archive, inspection) && epub_read_package(reader)) {
        for (uint32_t page = 1; page <= inspection->page_count && !inspection->failure.length;
             page++)
            epub_read_document(reader, page, inspection->pages[page - 1].label);
        epub_sort_anchors(reader);
        epub_check_elements(reader);
        epub_read_navigation(reader);
        epub_check_links(reader);
        epub_check_overlays(reader);
        epub_check_resources(reader);
        order_pages(inspection);
    }
    epub_archive_close(&reader->archive);
}

static const char *media_type_of(text bytes)
{
    static const char *const types[] = {[RASTER_PNG] = "image/png",
                                        [RASTER_JPEG] = "image/jpeg",
                                        [RASTER_WEBP] = "image/webp",
                                        [RASTER_GIF] = "image/gif"};
    enum raster_format format = raster_format_of(bytes);
    if (format != RASTER_NONE)
        return types[format];
    text start = text_slice(bytes, 0, 4096);
    return text_find(start, TEXT("<svg"), 0) != SIZE_MAX ? "image/svg+xml" : NULL;
}

bool epub_picture(const struct inspection *inspection, text path, struct arena *arena, text *bytes,
                  const char **media_type)
{
    /* Faults of the archive were noted when it was read: these are not told again. */
    struct inspection again = {.arena = arena, .bytes = inspection->bytes, .is_epub = true};
    struct epub_archive archive;
    struct buffer out;
    buffer_init(&out, LIMIT_IMAGE_BYTES);
    bool is_read = epub_archive_open(&archive, &again) &&
                   !epub_archive_read(&archive, path, &out).length && out.length;
    if (is_read) {
        *bytes = arena_copy(arena, buffer_text(&out));
        *media_type = media_type_of(*bytes);
    }
    epub_archive_close(&archive);
    buffer_release(&out);
    return is_read && *media_type;
}
