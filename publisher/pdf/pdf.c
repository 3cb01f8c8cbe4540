/* PDF: Document and Pages → a tagged file, in four passes.

   1. Structure (structure.c): the tree of structure elements is made from the Document alone;
   marks.c divides the pages' items among its leaves. What was not painted is pruned.
   2. Emission (paint.c): Cairo paints the pages. Its own tags cannot say what we need (it tags only
   leaves, splits an element at each page, and knows neither Alt nor Lang), and which of them it
   writes depends on its version: none is used. Where a mark begins, a marker is painted
   (marker.h).
   3. Verification (verify.c, content.c): parents, kinds, nothing painted without an owner, no
   marker dropped.
   4. Serialisation: libqpdf reads what Cairo wrote; content.c puts our marked content in place of
   the markers; tree.c, links.c, outline.c and metadata.c write the rest through writer.c. */
#include "pdf/pdf.h"

#include "base/limits.h"
#include "document/language.h"
#include "pdf/cairo_file.h"
#include "pdf/content.h"
#include "pdf/output.h"
#include "pdf/paint.h"

static void write_pages_root(struct pdf_output *output, uint32_t number)
{
    struct buffer *out = writer_begin(&output->writer, number);
    buffer_printf(out, "<</Type/Pages/Count %zu/Kids[", output->pages->count);
    for (size_t i = 0; i < output->pages->count; i++)
        pdf_add_reference(out, output->page_numbers[i]);
    buffer_add_c(out, "]>>");
    writer_end(&output->writer);
}

static void add_numbers(struct buffer *out, const double numbers[4])
{
    for (size_t i = 0; i < 4; i++) {
        buffer_add_number(out, numbers[i], 3);
        buffer_add_byte(out, ' ');
    }
}

/* A boundary of the page (ISO 32000-1, 14.11.2), where it has one. PDF's y grows upwards. */
static void add_box(struct buffer *out, const char *key, const struct page_box *box, double height)
{
    if (box->width <= 0)
        return;
    buffer_add_c(out, key);
    buffer_add_byte(out, '[');
    add_numbers(out, (double[4]){box->x, height - box->y - box->height, box->x + box->width,
                                 height - box->y});
    buffer_add_byte(out, ']');
}

/* Scratch for one page after the other. */
struct page_buffers {
    struct buffer content, rewritten, entries;
};

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
    add_numbers(out,
                (double[4]){box->x, page->height - box->y - box->height, box->width, box->height});
    buffer_add_c(out, "re f Q EMC\n");
}

static const char *write_page(struct pdf_output *output, struct cairo_file *cairo, size_t page,
                              uint32_t parent, struct page_buffers *buffers)
{
    const struct marks *marks = output->marks;
    buffer_clear(&buffers->content);
    buffer_clear(&buffers->rewritten);
    buffer_clear(&buffers->entries);
    if (!cairo_file_page(cairo, page, &buffers->content, &buffers->entries))
        return "a page of Cairo's file cannot be read";
    add_ground(&buffers->rewritten, &output->pages->pages[page]);
    size_t first = marks->page_first[page];
    const struct content content = {
        .bytes = buffer_text(&buffers->content),
        .fonts = cairo->fonts,
        .font_count = cairo->font_count,
        .marks = &marks->marks[first],
        .mark_count = marks->page_first[page + 1] - first,
        .first_number = marks_first_number(marks, page),
        .standard = output->options->standard,
    };
    const char *why = content_rewrite(&content, &buffers->rewritten);
    if (why)
        return why;
    uint32_t stream = writer_number(&output->writer);
    writer_add_deflated(&output->writer, stream, TEXT_EMPTY, buffer_text(&buffers->rewritten));
    struct buffer *out = writer_begin(&output->writer, output->page_numbers[page]);
    buffer_add_c(out, "<<");
    buffer_add_text(out, buffer_text(&buffers->entries));
    buffer_printf(out, "/Parent %u 0 R/Contents %u 0 R/StructParents %zu/Tabs/S", parent, stream,
                  page);
    add_box(out, "/TrimBox", &output->pages->pages[page].trim, output->pages->pages[page].height);
    add_box(out, "/BleedBox", &output->pages->pages[page].bleed, output->pages->pages[page].height);
    if (output->page_annotations[page])
        buffer_printf(out, "/Annots %u 0 R", output->page_annotations[page]);
    buffer_add_c(out, ">>");
    writer_end(&output->writer);
    return NULL;
}

static const char *write_pages(struct pdf_output *output, struct cairo_file *cairo, uint32_t parent)
{
    struct page_buffers buffers;
    buffer_init(&buffers.content, LIMIT_OUTPUT_BYTES);
    buffer_init(&buffers.rewritten, LIMIT_OUTPUT_BYTES);
    buffer_init(&buffers.entries, LIMIT_OUTPUT_BYTES);
    const char *why = NULL;
    for (size_t i = 0; i < output->pages->count && !why; i++)
        why = write_page(output, cairo, i, parent, &buffers);
    if (!why && !cairo_file_copy(cairo, &output->writer))
        why = "a part of Cairo's file cannot be read";
    buffer_release(&buffers.content);
    buffer_release(&buffers.rewritten);
    buffer_release(&buffers.entries);
    return why;
}

static uint32_t write_catalog(struct pdf_output *output, uint32_t pages)
{
    text language = output->document->metadata.language;
    uint32_t metadata = metadata_write(output), intent = metadata_write_profile(output);
    uint32_t outline = outline_write(output), number = writer_number(&output->writer);
    struct buffer *out = writer_begin(&output->writer, number);
    buffer_printf(out,
                  "<</Type/Catalog/Pages %u 0 R/StructTreeRoot %u 0 R/Metadata %u 0 R"
                  "/OutputIntents[%u 0 R]/MarkInfo<</Marked true>>/Lang",
                  pages, output->tree_root, metadata, intent);
    pdf_add_string(out, language);
    buffer_add_c(out, "/ViewerPreferences<</DisplayDocTitle true");
    if (language_direction(language) == DIRECTION_RIGHT_TO_LEFT)
        buffer_add_c(out, "/Direction/R2L");
    buffer_add_c(out, ">>");
    if (outline)
        buffer_printf(out, "/Outlines %u 0 R", outline);
    outline_add_page_labels(output, out);
    buffer_add_c(out, ">>");
    writer_end(&output->writer);
    return number;
}

static const char *write_file(struct pdf_output *output, struct cairo_file *cairo)
{
    for (size_t i = 0; i < output->pages->count; i++)
        output->page_numbers[i] = cairo_file_page_number(cairo, i);
    output->tree_root = writer_number(&output->writer);
    uint32_t pages = writer_number(&output->writer);
    tree_number(output);
    links_write(output);
    const char *why = write_pages(output, cairo, pages);
    if (why)
        return why;
    write_pages_root(output, pages);
    tree_write(output);
    uint32_t information = metadata_write_information(output);
    uint32_t catalog = write_catalog(output, pages);
    writer_finish(&output->writer, catalog, information);
    return output->writer.out->overflowed ? "the file is larger than the limit" : NULL;
}

static const char *finish(struct pdf_output *output, text painted, const struct faces *faces,
                          struct buffer *out)
{
    struct cairo_file cairo;
    const char *why = cairo_file_open(&cairo, painted, output->pages->count, faces);
    if (!why) {
        writer_init(&output->writer, out, output->options->standard == PDF_UA1 ? "1.7" : "2.0",
                    cairo.object_count);
        why = write_file(output, &cairo);
        writer_release(&output->writer);
    }
    cairo_file_release(&cairo);
    return why;
}

static const char *make(struct pdf_output *output, struct buffer *out)
{
    struct arena *arena = output->arena;
    struct structure structure;
    struct marks marks;
    structure_build(&structure, arena, output->document, output->options->standard);
    marks_make(&marks, &structure, output->pages);
    if (marks.fault)
        return marks.fault;
    structure_prune(&structure);
    output->structure = &structure;
    output->marks = &marks;
    tables_find_headers(&structure);
    links_make_leaves(output);
    text why = verify_structure(output);
    if (!why.length)
        why = verify_presence(output);
    if (why.length)
        return why.bytes;
    struct buffer painted;
    buffer_init(&painted, LIMIT_OUTPUT_BYTES);
    struct faces *faces = faces_new(arena, output->pages);
    const char *fault = paint_pages(output->pages, &marks, faces, arena, &painted);
    if (!fault)
        fault = finish(output, buffer_text(&painted), faces, out);
    buffer_release(&painted);
    return fault;
}

bool pdf_write(const struct document *document, const struct pages *pages,
               const struct pdf_options *options, struct buffer *out)
{
    if (!pages->count) {
        report_error(document->report, "internal", document->root->span, NULL,
                     "the PDF has no pages");
        return false;
    }
    struct arena arena;
    arena_init(&arena);
    struct pdf_output output = {
        .arena = &arena,
        .document = document,
        .pages = pages,
        .options = options,
        .page_numbers = ARENA_NEW_ARRAY(&arena, pages->count, uint32_t),
        .page_annotations = ARENA_NEW_ARRAY(&arena, pages->count, uint32_t),
    };
    const char *why = make(&output, out);
    if (why) {
        report_error(document->report, "internal", document->root->span,
                     "this is a fault of Lectern: please report it with the article",
                     "the PDF cannot be made: %s", why);
        buffer_clear(out);
    }
    arena_release(&arena);
    return !why;
}
