#include "pdf/ranges.h"

#include "base/budget.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/threads.h"
#include "layout/run_store.h"
#include "pdf/pictures.h"

/* A range costs what a surface and its fonts cost: some tenths of a millisecond for each ten
   glyphs, where a page takes half a millisecond. */
enum { LEAST_PAGES = 128, GLYPHS_OF_A_PAGE = 4 };

static const char no_time[] = "there is no time left"; /* which the budget tells */

struct work {
    const struct report *report;
    struct ranges *ranges;
    const struct pages *pages;
    struct marks *marks;
    enum pdf_standard standard;
    struct faces *faces;
    struct pictures *pictures;
    bool leaves_pages; /* pdf_options */
};

static bool has_picture(const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_PICTURE)
            return true;
    return false;
}

/* A page's ground is written here and not painted by Cairo, which may take it for a fresh start of
   the page. */
static void add_ground(struct buffer *out, const struct page *page)
{
    const struct page_box *box = &page->ground;
    if (box->width <= 0)
        return;
    buffer_add_c(out, "/Artifact<</Type/Layout>>BDC q ");
    for (int shift = 16; shift >= 0; shift -= 8) {
        buffer_add_number(out, (page->ground_colour >> shift & 0xFF) / 255.0, 4);
        buffer_add_byte(out, ' ');
    }
    buffer_add_c(out, "rg ");
    pdf_add_numbers(
        out, (double[4]){box->x, page->height - box->y - box->height, box->width, box->height});
    buffer_add_c(out, "re f Q EMC\n");
}

static bool make_page(const struct work *work, struct range *range, size_t nth,
                      struct libdeflate_compressor *compressor, struct buffer buffers[2])
{
    const struct marks *marks = work->marks;
    size_t page = range->pages.pages[nth], first = marks->page_first[page];
    struct buffer *content = &buffers[0], *rewritten = &buffers[1];
    buffer_clear(content);
    buffer_clear(rewritten);
    if (!cairo_file_content(&range->cairo, nth + range->pages.is_primed, content)) {
        range->fault = "a page of Cairo's file cannot be read";
        return false;
    }
    add_ground(rewritten, &work->pages->pages[page]);
    const struct content asked = {
        .bytes = buffer_text(content),
        .fonts = range->cairo.fonts,
        .font_count = range->cairo.font_count,
        .marks = &marks->marks[first],
        .mark_count = marks->page_first[page + 1] - first,
        .first_number = marks_first_number(marks, page),
        .standard = work->standard,
    };
    range->fault = content_rewrite(&asked, rewritten);
    if (range->fault)
        return false;
    range->made[nth].start = range->contents.length;
    if (!pdf_deflate(compressor, buffer_text(rewritten), &range->contents))
        range->fault = "the file is larger than the limit";
    range->made[nth].length = range->contents.length - range->made[nth].start;
    return !range->fault;
}

static void make_contents(const struct work *work, struct range *range)
{
    struct libdeflate_compressor *compressor = pdf_compressor_new();
    struct buffer buffers[2];
    buffer_init(&buffers[0], LIMIT_OUTPUT_BYTES);
    buffer_init(&buffers[1], LIMIT_OUTPUT_BYTES);
    /* The page that primes names all fonts. */
    if (range->pages.is_primed && !cairo_file_content(&range->cairo, 0, &buffers[0]))
        range->fault = "a page of Cairo's file cannot be read";
    for (size_t i = 0; i < range->pages.count && !range->fault; i++) {
        if (!budget_is_left(work->report))
            range->fault = no_time;
        else if (!make_page(work, range, i, compressor, buffers))
            break;
    }
    buffer_release(&buffers[0]);
    buffer_release(&buffers[1]);
    libdeflate_free_compressor(compressor);
}

static void leave_pages(const struct pages *pages, const struct page_range *range)
{
    for (size_t i = 0; i < range->count; i++)
        pages_leave(pages, range->pages[i]);
    memory_trim();
}

static void make_range(void *object, size_t nth)
{
    const struct work *work = object;
    struct range *range = &work->ranges->ranges[nth];
    bool is_long = work->pages->count >= 2 * LEAST_PAGES; /* giving memory back takes time, too */
    if (!budget_is_left(work->report)) {
        range->fault = no_time;
        return;
    }
    range->fault = paint_range(work->pages, work->marks, work->faces, nth ? NULL : work->pictures,
                               &range->pages, &range->painted);
    if (work->leaves_pages && is_long)
        leave_pages(work->pages, &range->pages);
    if (!range->fault)
        range->fault = cairo_file_open(&range->cairo, buffer_text(&range->painted),
                                       range->pages.count + range->pages.is_primed, work->faces);
    if (!range->fault) {
        make_contents(work, range);
        if (is_long)
            cairo_file_close(&range->cairo);
    }
}

static void add_range(struct ranges *ranges, const uint32_t *pages, size_t count, bool is_primed,
                      struct arena *arena)
{
    struct range *range = &ranges->ranges[ranges->count];
    *range = (struct range){.pages = {pages, count, is_primed}};
    buffer_init(&range->painted, LIMIT_OUTPUT_BYTES);
    buffer_init(&range->contents, LIMIT_OUTPUT_BYTES);
    range->made = ARENA_NEW_ARRAY(arena, count, struct made_page);
    for (size_t i = 0; i < count; i++) {
        ranges->range_of[pages[i]] = (uint32_t)ranges->count;
        ranges->nth[pages[i]] = (uint32_t)i;
    }
    ranges->count++;
}

/* Pages with pictures first, as one range; the others in ranges of `most`. */
static void divide(struct ranges *ranges, const uint32_t *order, size_t with_pictures, size_t count,
                   size_t most, struct arena *arena)
{
    if (with_pictures)
        add_range(ranges, order, with_pictures, true, arena);
    for (size_t from = with_pictures; from < count; from += most)
        add_range(ranges, order + from, count - from < most ? count - from : most, true, arena);
}

const char *ranges_make(struct ranges *ranges, const struct pages *pages, struct marks *marks,
                        const struct pdf_options *options, const struct report *report,
                        struct arena *arena)
{
    uint32_t *order = ARENA_NEW_ARRAY(arena, pages->count, uint32_t);
    *ranges = (struct ranges){
        .ranges = ARENA_NEW_ARRAY(arena, pages->count / LEAST_PAGES + 2, struct range),
        .range_of = ARENA_NEW_ARRAY(arena, pages->count, uint32_t),
        .nth = ARENA_NEW_ARRAY(arena, pages->count, uint32_t),
    };
    struct work work = {
        .report = report,
        .ranges = ranges,
        .pages = pages,
        .marks = marks,
        .standard = options->standard,
        .leaves_pages = options->leaves_pages,
        .faces = faces_new(arena, pages),
        .pictures = pictures_new(arena, pages),
    };
    size_t with_pictures = 0, plain = 0;
    for (size_t i = 0; i < pages->count; i++)
        if (has_picture(&pages->pages[i]))
            order[with_pictures++] = (uint32_t)i;
    for (size_t i = 0; i < pages->count; i++)
        if (!has_picture(&pages->pages[i]))
            order[with_pictures + plain++] = (uint32_t)i;
    if (plain < 2 * LEAST_PAGES) {
        for (size_t i = 0; i < pages->count; i++)
            order[i] = (uint32_t)i;
        add_range(ranges, order, pages->count, false, arena);
    } else {
        const char *why =
            paint_plan(pages, marks, work.faces, &(struct page_range){order, pages->count, true});
        if (why)
            return why;
        size_t most = faces_freeze(work.faces) / GLYPHS_OF_A_PAGE;
        divide(ranges, order, with_pictures, pages->count, most > LEAST_PAGES ? most : LEAST_PAGES,
               arena);
    }
    if (work.leaves_pages)
        pages_count_runs(pages);
    threads_run(options->threads, ranges->count, make_range, &work);
    for (size_t i = 0; i < ranges->count; i++)
        if (ranges->ranges[i].fault)
            return ranges->ranges[i].fault;
    return NULL;
}

static void release_file(struct range *range)
{
    cairo_file_release(&range->cairo);
    buffer_release(&range->painted);
}

void ranges_release(struct ranges *ranges)
{
    for (size_t i = 0; i < ranges->count; i++) {
        release_file(&ranges->ranges[i]);
        buffer_release(&ranges->ranges[i].contents);
    }
}

uint32_t ranges_number(struct ranges *ranges)
{
    uint32_t next = 0;
    for (size_t i = 0; i < ranges->count; i++) {
        struct cairo_file *cairo = &ranges->ranges[i].cairo;
        cairo->base = next;
        next += cairo->object_count;
        if (i)
            cairo_file_share_fonts(cairo, &ranges->ranges[0].cairo);
    }
    return next;
}

uint32_t ranges_page_number(struct ranges *ranges, size_t page)
{
    struct range *range = &ranges->ranges[ranges->range_of[page]];
    return cairo_file_page_number(&range->cairo, ranges->nth[page] + range->pages.is_primed);
}

text ranges_page(struct ranges *ranges, size_t page, struct buffer *entries)
{
    struct range *range = &ranges->ranges[ranges->range_of[page]];
    uint32_t nth = ranges->nth[page];
    if (ranges->finished)
        buffer_release(&ranges->finished->contents);
    ranges->finished = nth + 1 == range->pages.count ? range : NULL;
    cairo_file_entries(&range->cairo, nth + range->pages.is_primed, entries);
    size_t start = range->made[nth].start;
    return text_slice(buffer_text(&range->contents), start, start + range->made[nth].length);
}

bool ranges_copy(struct ranges *ranges, struct writer *writer)
{
    bool is_read = true;
    for (size_t i = 0; i < ranges->count && is_read; i++) {
        is_read = cairo_file_copy(&ranges->ranges[i].cairo, writer);
        release_file(&ranges->ranges[i]);
    }
    memory_trim(); /* what was painted makes place for the tags */
    return is_read;
}
