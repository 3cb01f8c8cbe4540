/* Streams that are drawn within others, as often as others like: the glyphs of Type 3 fonts, the
   tiles of patterns, and annotations that are not shown now. What is painted, tagged and read
   there is no content of the page (ISO 32000-1, 8.7.3 and 9.6.5); but the fonts that they show text
   in are used, and must be embedded (ISO 14289-1, 7.21). Each is read once, one after the other and
   none within another: what refers to itself costs nothing. */
#include "inspect/pdf/canvas.h"

void pdf_note_drawn(struct pdf_reader *reader, uint32_t stream, uint32_t holder)
{
    if (!stream || !number_set_add(reader, &reader->drawn, stream))
        return;
    ARENA_GROW(reader->file.arena, reader->waiting, reader->waiting_count,
               reader->waiting_capacity);
    reader->waiting[reader->waiting_count++] = (struct drawn_stream){stream, holder};
}

void canvas_note_pattern(struct canvas *canvas)
{
    struct pdf_file *file = canvas->file;
    struct pdf_token name = canvas_operand(canvas, 0);
    if (name.kind != PDF_TOKEN_NAME)
        return;
    size_t mark = pdf_begin(file);
    pdf_object pattern = canvas_resource(canvas, "/Pattern", canvas_bytes(canvas, name));
    uint32_t number = pdf_number(file, pattern);
    if (pdf_is_stream(file, pattern))
        pdf_note_drawn(canvas->reader, number, number);
    pdf_end(file, mark);
}

void canvas_note_form(struct canvas *canvas, pdf_object form)
{
    struct pdf_file *file = canvas->file;
    uint32_t number = pdf_number(file, form);
    bool has_own = pdf_has(file, form, "/Resources");
    if (pdf_is_stream(file, form))
        pdf_note_drawn(canvas->reader, number, has_own ? number : canvas->holder);
}

static void read_one(struct canvas *canvas, struct drawn_stream drawn)
{
    struct pdf_file *file = canvas->file;
    size_t mark = pdf_begin(file);
    pdf_object resources = pdf_get(file, pdf_by_number(file, drawn.holder), "/Resources");
    if (!pdf_is_dictionary(file, resources))
        resources = canvas_page_resources(canvas);
    canvas->holder = drawn.holder;
    canvas->state = (struct graphics){.transform = {1, 0, 0, 1, 0, 0}, .scale = 1};
    if (canvas_push(canvas, drawn.stream, resources)) {
        canvas_take(canvas, pdf_by_number(file, drawn.stream));
        canvas_run(canvas);
    }
    pdf_end(file, mark);
}

void pdf_read_drawn(struct pdf_reader *reader, uint32_t page)
{
    if (!reader->waiting_count)
        return;
    struct canvas *canvas = canvas_new(reader, page);
    canvas->is_appearance = canvas->is_drawn = true;
    while (reader->waiting_count && !reader->inspection->failure.length) {
        canvas->operations = 0;
        read_one(canvas, reader->waiting[--reader->waiting_count]);
        reader->drawn_operations += canvas->operations;
        if (reader->drawn_operations > MOST_DRAWN_OPERATIONS)
            inspection_fail(reader->inspection,
                            "its glyphs, patterns and hidden annotations are drawn by more than "
                            "%d operations",
                            MOST_DRAWN_OPERATIONS);
    }
    canvas_free(canvas);
}
