#include "inspect/pdf/canvas.h"

#include <math.h>
#include <string.h>

enum { MOST_DIRECT_FONTS = 10000 };

/* Streams change between a few fonts all the time. */
static struct pdf_font *find_named(const struct stream_frame *frame, text name)
{
    for (size_t i = 0; i < frame->font_count && i < NAMED_FONTS; i++) {
        const struct named_font *font = &frame->fonts[i];
        if (text_equal((text){font->name, font->length}, name))
            return font->font;
    }
    return NULL;
}

static void note_named(struct stream_frame *frame, text name, struct pdf_font *font)
{
    struct named_font *named = &frame->fonts[frame->font_count % NAMED_FONTS];
    if (name.length > sizeof named->name)
        return;
    memcpy(named->name, name.bytes, name.length);
    named->length = (uint8_t)name.length;
    named->font = font;
    frame->font_count++;
}

static void set_font(struct canvas *canvas, pdf_object dictionary)
{
    struct pdf_reader *reader = canvas->reader;
    uint32_t number = pdf_number(canvas->file, dictionary);
    canvas->state.font = NULL;
    if (!pdf_is_dictionary(canvas->file, dictionary))
        return;
    if (number && pdf_object_row(reader, number)->font) {
        canvas->state.font = pdf_object_row(reader, number)->font;
        return;
    }
    if (!number && ++reader->direct_fonts > MOST_DIRECT_FONTS) {
        inspection_fail(canvas->inspection,
                        "it chooses fonts without object numbers more than %d "
                        "times",
                        MOST_DIRECT_FONTS);
        return;
    }
    canvas->state.font = font_read(canvas->file, dictionary, canvas->page);
    inspection_add_font(canvas->inspection, canvas->state.font->name);
    if (number)
        pdf_object_row(reader, number)->font = canvas->state.font;
}

void canvas_set_font(struct canvas *canvas)
{
    struct pdf_token name = canvas_operand(canvas, 1);
    canvas->state.size = canvas_number(canvas, 0);
    if (name.kind != PDF_TOKEN_NAME)
        return;
    struct stream_frame *frame = &canvas->frames[canvas->depth];
    text key = canvas_bytes(canvas, name);
    struct pdf_font *font = find_named(frame, key);
    if (font) {
        canvas->state.font = font;
        return;
    }
    size_t mark = pdf_begin(canvas->file);
    pdf_object dictionary = canvas_resource(canvas, "/Font", key);
    set_font(canvas, dictionary);
    /* One that is no object of its own is read again each time, up to a limit. */
    if (canvas->state.font && pdf_number(canvas->file, dictionary))
        note_named(frame, key, canvas->state.font);
    pdf_end(canvas->file, mark);
}

/* Where the words begin that the new ones go on: at the innermost mark that takes its words away
   with it. Other marks only stand around some of them. */
static size_t start_of_words(const struct canvas *canvas)
{
    for (size_t i = canvas->mark_count; i-- > 0;)
        if (canvas->marks[i].node || canvas->marks[i].is_artifact)
            return canvas->marks[i].start;
    return 0;
}

/* Marks that hold nothing yet begin behind the gap: it stays where their words are replaced. */
static void move_starts(struct canvas *canvas, size_t before)
{
    for (size_t i = canvas->mark_count; i-- > 0 && canvas->marks[i].start == before;)
        canvas->marks[i].start = canvas->words.length;
}

/* A space where the text moved on further than glyphs do, and none is there. */
static void add_gap(struct canvas *canvas, double x, double y, double size)
{
    struct buffer *words = &canvas->words;
    size_t before = words->length;
    if (before <= start_of_words(canvas) || words->bytes[before - 1] == ' ' ||
        words->bytes[before - 1] == '\n')
        return;
    double along = fabs(x - canvas->last_x), across = fabs(y - canvas->last_y);
    /* Without tags the lines are kept; what is only raised or lowered goes on in its line. Solid
       lines are a size apart, and signs are raised by less than theirs. */
    bool is_line = across > size * 0.4 && (across > size * 0.95 || x < canvas->last_x - size);
    if (!canvas->inspection->is_tagged && is_line)
        buffer_add_byte(words, '\n');
    else if (along > size * 0.2 || (across > size * 0.4 && canvas->inspection->is_tagged))
        buffer_add_byte(words, ' ');
    move_starts(canvas, before);
}

static double scale_of(struct matrix m)
{
    return sqrt(m.a * m.a + m.b * m.b);
}

static struct box box_of(struct matrix m, double width, double low, double high)
{
    double x[4] = {0, width, 0, width}, y[4] = {low, low, high, high};
    struct box box = {1, 1, 0, 0};
    for (int i = 0; i < 4; i++) {
        float px = (float)(m.a * x[i] + m.c * y[i] + m.e),
              py = (float)(m.b * x[i] + m.d * y[i] + m.f);
        if (i == 0) {
            box = (struct box){px, py, px, py};
            continue;
        }
        box.x0 = px < box.x0 ? px : box.x0;
        box.x1 = px > box.x1 ? px : box.x1;
        box.y0 = py < box.y0 ? py : box.y0;
        box.y1 = py > box.y1 ? py : box.y1;
    }
    return box;
}

static void move_text(struct canvas *canvas, double x, double y)
{
    canvas->text_matrix = matrix_multiply((struct matrix){1, 0, 0, 1, x, y}, canvas->text_matrix);
}

static void check_character(struct canvas *canvas, const struct font_character *character)
{
    struct pdf_font *font = canvas->state.font;
    font_check(canvas->file, font, character, canvas->state.mode, canvas->page);
    if (font->procedures && font->procedures[character->code] && !font->lends_nothing)
        pdf_note_drawn(canvas->reader, font->procedures[character->code], font->number);
}

static void check_glyphs(struct canvas *canvas, text string)
{
    struct font_character character;
    for (size_t offset = 0; font_next(canvas->state.font, string, &offset, &character);)
        check_character(canvas, &character);
}

void canvas_show(struct canvas *canvas, text string)
{
    struct graphics *state = &canvas->state;
    struct pdf_font *font = state->font;
    if (string.length == 0 || (canvas->is_drawn && !font))
        return;
    if (canvas->is_drawn) {
        check_glyphs(canvas, string);
        return;
    }
    struct matrix before = matrix_multiply(canvas->text_matrix, state->transform);
    if (!font) { /* its resources have no such font: readers take another, and text it is */
        double width = (double)string.length * 0.5 * state->size * state->scale;
        canvas_paint(canvas, box_of(before, width, state->rise, state->rise + state->size), false,
                     true);
        return;
    }
    double size = fabs(state->size) * scale_of(before), advance = 0;
    add_gap(canvas, before.e, before.f, size > 0 ? size : 1);
    struct font_character character;
    size_t start = canvas->words.length;
    int excused = -1;
    for (size_t offset = 0; font_next(font, string, &offset, &character);) {
        check_character(canvas, &character);
        canvas_check_private(canvas, &character, &excused);
        if (character.length)
            buffer_add(&canvas->words, character.utf8, character.length);
        else
            buffer_add_code_point(&canvas->words, 0xFFFD);
        advance += character.width * state->size + state->character_space;
        if (character.bytes == 1 && character.code == ' ')
            advance += state->word_space;
    }
    advance *= state->scale;
    if (font->is_vertical)
        move_text(canvas, 0, -(double)string.length / 2 * state->size);
    else
        move_text(canvas, advance, 0);
    struct matrix after = matrix_multiply(canvas->text_matrix, state->transform);
    canvas->last_x = after.e;
    canvas->last_y = after.f;
    canvas_paint(
        canvas,
        box_of(before, advance, state->rise - 0.2 * state->size, state->rise + 0.8 * state->size),
        false, true);
    /* what small letters cover */
    struct box letters = box_of(before, advance, state->rise, state->rise + 0.5 * state->size);
    bool is_upright = !font->is_vertical && fabs(before.b) < 1e-3 * fabs(before.a) &&
                      fabs(before.c) < 0.5 * fabs(before.d);
    contrast_text(canvas, letters, size,
                  text_slice(buffer_text(&canvas->words), start, canvas->words.length), is_upright);
}

void canvas_show_array(struct canvas *canvas)
{
    for (size_t i = 0; i < canvas->operand_count; i++) {
        struct pdf_token token = canvas->operands[i];
        if (token.kind == PDF_TOKEN_STRING)
            canvas_show(canvas, canvas_bytes(canvas, token));
        else if (token.kind == PDF_TOKEN_NUMBER)
            move_text(canvas, -token.number / 1000 * canvas->state.size * canvas->state.scale, 0);
    }
}
