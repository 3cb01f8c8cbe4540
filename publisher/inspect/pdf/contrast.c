/* How far text stands out from its ground (WCAG 2.2, 1.4.3), where both are known for certain.

   The ground of a text is what was painted last below it: a plain rectangle of a known colour, or
   the white page where nothing was painted. Of all else (pictures, patterns, shadings, curves,
   clips that are no rectangles, blending, colours of a device or of an ink) the colour is not
   known: text above it is counted as not examined, and never accused. Only the last so many
   paintings of a page are kept; earlier ones become one area that is not known. */
#include "inspect/pdf/canvas.h"

#include <math.h>
#include <string.h>

static const struct colour unknown = {0};

static struct colour grey(double level)
{
    return (struct colour){(float)level, (float)level, (float)level, true};
}

/* colours */

static void note_space(struct stream_frame *frame, text name, uint8_t components)
{
    struct named_space *space = &frame->spaces[frame->space_count % NAMED_FONTS];
    if (name.length > sizeof space->name)
        return;
    memcpy(space->name, name.bytes, name.length);
    space->length = (uint8_t)name.length;
    space->components = components;
    frame->space_count++;
}

/* 1 or 3: its colours are those of grey or of sRGB, nearly; 0: they are not known. Names other than
   these four, "G" and "CalRGB" too, are what the resources say (ISO 32000-1, table 74). */
static uint8_t components_of(struct canvas *canvas, text name)
{
    if (text_equal_c(name, "DeviceGray"))
        return 1;
    if (text_equal_c(name, "DeviceRGB"))
        return 3;
    if (text_equal_c(name, "DeviceCMYK") || text_equal_c(name, "Pattern"))
        return 0;
    struct stream_frame *frame = &canvas->frames[canvas->depth];
    for (size_t i = 0; i < frame->space_count && i < NAMED_FONTS; i++)
        if (text_equal((text){frame->spaces[i].name, frame->spaces[i].length}, name))
            return frame->spaces[i].components;
    size_t mark = pdf_begin(canvas->file);
    pdf_object space = canvas_resource(canvas, "/ColorSpace", name);
    pdf_object kind = pdf_is_array(canvas->file, space) ? pdf_item(canvas->file, space, 0) : space;
    uint8_t components = 0;
    if (pdf_name_is(canvas->file, kind, "/DeviceGray") ||
        pdf_name_is(canvas->file, kind, "/CalGray"))
        components = 1;
    else if (pdf_name_is(canvas->file, kind, "/DeviceRGB") ||
             pdf_name_is(canvas->file, kind, "/CalRGB"))
        components = 3;
    else if (pdf_name_is(canvas->file, kind, "/ICCBased")) {
        pdf_object profile = pdf_item(canvas->file, space, 1);
        long long count = pdf_integer(canvas->file, pdf_get(canvas->file, profile, "/N"), 0);
        components = count == 1 || count == 3 ? (uint8_t)count : 0;
    }
    pdf_end(canvas->file, mark);
    note_space(frame, name, components);
    return components;
}

void contrast_set_space(struct canvas *canvas)
{
    struct pdf_token name = canvas_operand(canvas, 0);
    canvas->state.components = 0;
    if (name.kind == PDF_TOKEN_NAME)
        canvas->state.components = components_of(canvas, canvas_bytes(canvas, name));
    canvas->state.fill = canvas->state.components ? grey(0) : unknown;
}

void contrast_set_colour(struct canvas *canvas, uint8_t components)
{
    struct graphics *state = &canvas->state;
    bool is_as_it_says = canvas->operand_count == components;
    for (size_t i = 0; i < canvas->operand_count; i++)
        is_as_it_says = is_as_it_says && canvas_operand(canvas, i).kind == PDF_TOKEN_NUMBER;
    if (!is_as_it_says || (components != 1 && components != 3))
        state->fill = unknown;
    else if (components == 1)
        state->fill = grey(canvas_number(canvas, 0));
    else
        state->fill =
            (struct colour){(float)canvas_number(canvas, 2), (float)canvas_number(canvas, 1),
                            (float)canvas_number(canvas, 0), true};
}

/* k: of ink, only black and white are the same on every device. */
void contrast_set_ink(struct canvas *canvas)
{
    bool is_black = canvas->operand_count == 4 && canvas_number(canvas, 3) == 0 &&
                    canvas_number(canvas, 2) == 0 && canvas_number(canvas, 1) == 0;
    canvas->state.components = 0;
    canvas->state.fill = is_black ? grey(1 - canvas_number(canvas, 0)) : unknown;
}

void contrast_set_state(struct canvas *canvas)
{
    struct pdf_file *file = canvas->file;
    struct pdf_token name = canvas_operand(canvas, 0);
    if (name.kind != PDF_TOKEN_NAME)
        return;
    text key = canvas_bytes(canvas, name);
    struct stream_frame *frame = &canvas->frames[canvas->depth];
    const struct named_state *found = NULL;
    for (size_t i = 0; i < frame->state_count && i < NAMED_FONTS; i++)
        if (text_equal((text){frame->states[i].name, frame->states[i].length}, key))
            found = &frame->states[i];
    struct named_state read = {0};
    if (!found) {
        size_t mark = pdf_begin(file);
        pdf_object state = canvas_resource(canvas, "/ExtGState", key);
        pdf_object alpha = pdf_get(file, state, "/ca"), blend = pdf_get(file, state, "/BM"),
                   mask = pdf_get(file, state, "/SMask");
        read.sets = (uint8_t)((pdf_is_null(file, alpha) ? 0 : BLENDS_ALPHA) |
                              (pdf_is_null(file, blend) ? 0 : BLENDS_MODE) |
                              (pdf_is_null(file, mask) ? 0 : BLENDS_MASK));
        read.to = (uint8_t)((pdf_real(file, alpha, 1) < 1 ? BLENDS_ALPHA : 0) |
                            (pdf_name_is(file, blend, "/Normal") ? 0 : BLENDS_MODE) |
                            (pdf_name_is(file, mask, "/None") ? 0 : BLENDS_MASK));
        pdf_end(file, mark);
        if (key.length <= sizeof read.name) {
            memcpy(read.name, key.bytes, key.length);
            read.length = (uint8_t)key.length;
            frame->states[frame->state_count++ % NAMED_FONTS] = read;
        }
        found = &read;
    }
    canvas->state.blends =
        (uint8_t)((canvas->state.blends & ~found->sets) | (found->to & found->sets));
}

/* grounds */

static double overlap(struct box a, struct box b)
{
    double width = fmin((double)a.x1, (double)b.x1) - fmax((double)a.x0, (double)b.x0);
    double height = fmin((double)a.y1, (double)b.y1) - fmax((double)a.y0, (double)b.y0);
    return width > 0 && height > 0 ? width * height : 0;
}

static struct box common(struct box a, struct box b)
{
    return (struct box){fmaxf(a.x0, b.x0), fmaxf(a.y0, b.y0), fminf(a.x1, b.x1), fminf(a.y1, b.y1)};
}

static void add_ground(struct canvas *canvas, struct box box, struct colour colour, bool is_exact)
{
    struct graphics *state = &canvas->state;
    if (canvas->is_appearance)
        return;
    if (state->has_clip) {
        box = common(box, state->clip);
        is_exact = is_exact && state->is_clip_exact;
    }
    if (box.x0 >= box.x1 || box.y0 >= box.y1)
        return;
    struct ground *ground = &canvas->grounds[canvas->ground_count % MOST_GROUNDS];
    if (canvas->ground_count >= MOST_GROUNDS)
        box_extend(&canvas->earlier, ground->box);
    bool is_plain = is_exact && !state->blends && !canvas->frames[canvas->depth].blends;
    *ground = (struct ground){box, is_plain ? colour : unknown};
    canvas->ground_count++;
}

void contrast_fill(struct canvas *canvas, struct box box, bool is_rectangle)
{
    struct matrix m = canvas->state.transform;
    bool is_upright =
        (fabs(m.b) < 1e-9 && fabs(m.c) < 1e-9) || (fabs(m.a) < 1e-9 && fabs(m.d) < 1e-9);
    add_ground(canvas, box, canvas->state.fill, is_rectangle && is_upright);
}

void contrast_stroke(struct canvas *canvas, struct box box)
{
    enum { THIN = 2 }; /* points: a frame or a line, which is no ground */
    struct matrix m = canvas->state.transform;
    double width = canvas->state.line_width * sqrt(m.a * m.a + m.b * m.b);
    if (width <= THIN)
        return;
    float half = (float)(width / 2);
    add_ground(canvas, (struct box){box.x0 - half, box.y0 - half, box.x1 + half, box.y1 + half},
               unknown, false);
}

void contrast_picture(struct canvas *canvas, struct box box)
{
    add_ground(canvas, box, unknown, false);
}

void contrast_clip(struct canvas *canvas, struct box box, bool is_rectangle)
{
    struct graphics *state = &canvas->state;
    struct matrix m = state->transform;
    bool is_upright =
        (fabs(m.b) < 1e-9 && fabs(m.c) < 1e-9) || (fabs(m.a) < 1e-9 && fabs(m.d) < 1e-9);
    bool is_exact = is_rectangle && is_upright;
    state->clip = state->has_clip ? common(state->clip, box) : box;
    state->is_clip_exact = is_exact && (!state->has_clip || state->is_clip_exact);
    state->has_clip = true;
}

/* text */

/* WCAG 2.2, "relative luminance" */
static double luminance(struct colour colour)
{
    const float parts[3] = {colour.red, colour.green, colour.blue};
    static const double weights[3] = {0.2126, 0.7152, 0.0722};
    double all = 0;
    for (int i = 0; i < 3; i++) {
        double value = fmin(fmax((double)parts[i], 0), 1);
        if (value == 1) /* as of most grounds */
            all += weights[i];
        else
            all +=
                weights[i] * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return all;
}

static double contrast_of(struct colour one, struct colour other)
{
    double a = luminance(one), b = luminance(other);
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

/* What touches a small part of the text only is a line beside it; many of them are a ground that
   is painted in strips. */
static struct colour ground_of(const struct canvas *canvas, struct box box)
{
    const double area = (double)(box.x1 - box.x0) * (double)(box.y1 - box.y0);
    const double whole = 0.98, little = 0.15;
    if (!(area > 0))
        return unknown;
    size_t kept = canvas->ground_count < MOST_GROUNDS ? canvas->ground_count : MOST_GROUNDS;
    double touched = 0;
    for (size_t i = 0; i < kept; i++) {
        const struct ground *ground =
            &canvas->grounds[(canvas->ground_count - 1 - i) % MOST_GROUNDS];
        double part = overlap(box, ground->box);
        if (part >= whole * area)
            return ground->colour;
        touched += part;
        if (touched > little * area)
            return unknown;
    }
    return overlap(box, canvas->earlier) > 0 ? unknown : grey(1);
}

/* WCAG 2.2, "large scale": 18 points, or 14 and bold. */
static bool is_large(const struct canvas *canvas, double size)
{
    text name = canvas->state.font->name;
    bool is_bold = text_find(name, TEXT("Bold"), 0) != SIZE_MAX ||
                   text_find(name, TEXT("bold"), 0) != SIZE_MAX ||
                   text_find(name, TEXT("Black"), 0) != SIZE_MAX ||
                   text_find(name, TEXT("Heavy"), 0) != SIZE_MAX;
    return size >= 18 || (is_bold && size >= 14);
}

void contrast_text(struct canvas *canvas, struct box box, double size, text words, bool is_upright)
{
    const struct graphics *state = &canvas->state;
    const double tolerance = 0.01; /* colours are rounded when they are written */
    if (canvas->is_appearance || text_is_blank(words) || state->mode == 3 || state->mode == 7)
        return;
    for (size_t i = 0; i < canvas->mark_count; i++)
        if (canvas->marks[i].is_artifact)
            return;
    struct colour ground = is_upright ? ground_of(canvas, box) : unknown;
    bool is_known = ground.is_known && state->fill.is_known && !state->blends &&
                    !canvas->frames[canvas->depth].blends && state->font->kind != FONT_TYPE3 &&
                    (state->mode == 0 || state->mode == 4);
    if (!is_known) {
        inspection_note(canvas->inspection, NOTE_CONTRAST_UNKNOWN, canvas->page, TEXT_EMPTY);
        return;
    }
    double contrast = contrast_of(state->fill, ground), least = is_large(canvas, size) ? 3 : 4.5;
    if (contrast < least - tolerance)
        inspection_note(canvas->inspection, NOTE_CONTRAST, canvas->page, words);
}
