#include "inspect/pdf/canvas.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OPERATIONS = 50 * 1000 * 1000 }; /* on one page, forms within it included */

struct matrix matrix_multiply(struct matrix m, struct matrix n)
{
    return (struct matrix){m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
                           m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
                           m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

struct pdf_token canvas_operand(const struct canvas *canvas, size_t from_last)
{
    return from_last < canvas->operand_count
               ? canvas->operands[canvas->operand_count - 1 - from_last]
               : (struct pdf_token){.kind = PDF_TOKEN_NUMBER};
}

double canvas_number(const struct canvas *canvas, size_t from_last)
{
    struct pdf_token token = canvas_operand(canvas, from_last);
    return token.kind == PDF_TOKEN_NUMBER ? token.number : 0;
}

text canvas_bytes(struct canvas *canvas, struct pdf_token token)
{
    return pdf_token_bytes(canvas->frames[canvas->depth].lexer.source, token, &canvas->decoded);
}

pdf_object canvas_resource(struct canvas *canvas, const char *category, text name)
{
    struct pdf_file *file = canvas->file;
    char key[256];
    snprintf(key, sizeof key, "/%.*s", TEXT_ARGUMENTS(name));
    return pdf_get(file, pdf_get(file, canvas->frames[canvas->depth].resources, category), key);
}

static struct matrix matrix_operands(const struct canvas *canvas)
{
    return (struct matrix){canvas_number(canvas, 5), canvas_number(canvas, 4),
                           canvas_number(canvas, 3), canvas_number(canvas, 2),
                           canvas_number(canvas, 1), canvas_number(canvas, 0)};
}

/* streams within streams */

bool canvas_push(struct canvas *canvas, uint32_t stream, pdf_object resources)
{
    if (canvas->depth + 1 == DEEPEST_FORM) {
        inspection_fail(canvas->inspection, "form objects on page %u are nested deeper than %d",
                        canvas->page, DEEPEST_FORM);
        return false;
    }
    struct stream_frame *frame = &canvas->frames[++canvas->depth];
    *frame = (struct stream_frame){
        .stream = stream,
        .resources = resources,
        .blends = (uint8_t)(canvas->depth > 0
                                ? canvas->state.blends | canvas->frames[canvas->depth - 1].blends
                                : 0),
        .marks = canvas->mark_count,
        .saved = canvas->saved_count,
        .unsaved = canvas->unsaved_count,
        .before = canvas->state};
    buffer_init(&frame->bytes, LIMIT_INSPECT_STREAM_BYTES);
    return true;
}

void canvas_take(struct canvas *canvas, pdf_object form)
{
    struct stream_frame *frame = &canvas->frames[canvas->depth];
    pdf_stream(canvas->file, form, &frame->bytes);
    frame->lexer = (struct pdf_lexer){.source = buffer_text(&frame->bytes)};
}

pdf_object canvas_page_resources(const struct canvas *canvas)
{
    uint32_t page = canvas->inspection->pages[canvas->page - 1].object;
    return pdf_inherited(canvas->reader, pdf_by_number(canvas->file, page), "/Resources");
}

static void pop_frame(struct canvas *canvas)
{
    while (canvas->mark_count > canvas->frames[canvas->depth].marks)
        canvas_end_mark(canvas);
    struct stream_frame *frame = &canvas->frames[canvas->depth--];
    canvas->saved_count = frame->saved;
    canvas->unsaved_count = frame->unsaved;
    canvas->state = frame->before;
    buffer_release(&frame->bytes);
}

static void paint_unit(struct canvas *canvas, bool is_image)
{
    struct matrix m = canvas->state.transform;
    double x[4] = {m.e, m.e + m.a, m.e + m.c, m.e + m.a + m.c};
    double y[4] = {m.f, m.f + m.b, m.f + m.d, m.f + m.b + m.d};
    struct box box = {(float)x[0], (float)y[0], (float)x[0], (float)y[0]};
    for (int i = 1; i < 4; i++) {
        box.x0 = (float)x[i] < box.x0 ? (float)x[i] : box.x0;
        box.x1 = (float)x[i] > box.x1 ? (float)x[i] : box.x1;
        box.y0 = (float)y[i] < box.y0 ? (float)y[i] : box.y0;
        box.y1 = (float)y[i] > box.y1 ? (float)y[i] : box.y1;
    }
    canvas_paint(canvas, box, is_image, false);
    contrast_picture(canvas, box);
}

static void note_form(struct canvas *canvas, uint32_t number, pdf_object form)
{
    uint8_t *state = &pdf_object_row(canvas->reader, number)->flags;
    if (*state & FORM_PAINTED && *state & FORM_MARKED && !(*state & FORM_REPORTED)) {
        inspection_find(canvas->inspection, CONDITION_M30_002, canvas->page, number, 0,
                        "it is painted again here");
        *state |= FORM_REPORTED;
    }
    if (!(*state & FORM_PAINTED) && pdf_has(canvas->file, form, "/Ref"))
        inspection_find(canvas->inspection, CONDITION_M30_001, canvas->page, number, 0,
                        "a form object has a Ref entry");
    *state |= FORM_PAINTED;
}

/* Its handles stay until the page is done. */
static void paint_form(struct canvas *canvas, pdf_object form)
{
    struct pdf_file *file = canvas->file;
    uint32_t number = pdf_number(file, form);
    if (!number)
        return;
    for (int i = 1; i <= canvas->depth; i++)
        if (canvas->frames[i].stream == number) {
            inspection_fail(canvas->inspection, "the form object %u on page %u paints itself",
                            number, canvas->page);
            return;
        }
    note_form(canvas, number, form);
    pdf_object resources = pdf_get(file, form, "/Resources");
    if (pdf_is_null(file, resources))
        resources = canvas->frames[canvas->depth].resources;
    pdf_object array = pdf_get(file, form, "/Matrix");
    if (!canvas_push(canvas, number, resources))
        return;
    if (pdf_count(file, array) == 6) {
        double v[6];
        for (int i = 0; i < 6; i++)
            v[i] = pdf_real(file, pdf_item(file, array, i), 0);
        canvas->state.transform = matrix_multiply(
            (struct matrix){v[0], v[1], v[2], v[3], v[4], v[5]}, canvas->state.transform);
    }
    canvas_take(canvas, form);
}

static void paint_object(struct canvas *canvas)
{
    struct pdf_file *file = canvas->file;
    struct pdf_token name = canvas_operand(canvas, 0);
    if (name.kind != PDF_TOKEN_NAME)
        return;
    pdf_object object = canvas_resource(canvas, "/XObject", canvas_bytes(canvas, name));
    pdf_object subtype = pdf_get(file, object, "/Subtype");
    if (pdf_name_is(file, subtype, "/Image"))
        paint_unit(canvas, true);
    else if (canvas->is_drawn)
        canvas_note_form(canvas, object);
    else if (pdf_name_is(file, subtype, "/Form") && pdf_is_stream(file, object))
        paint_form(canvas, object);
}

/* operators */

enum operation {
    DO_NOTHING,
    DO_SAVE,
    DO_RESTORE,
    DO_TRANSFORM,
    DO_BEGIN_TEXT,
    DO_FONT,
    DO_CHARACTER_SPACE,
    DO_WORD_SPACE,
    DO_SCALE,
    DO_LEADING,
    DO_RISE,
    DO_MODE,
    DO_MOVE,
    DO_MOVE_LEADING,
    DO_MATRIX,
    DO_LINE,
    DO_SHOW,
    DO_SHOW_ARRAY,
    DO_SHOW_LINE,
    DO_SHOW_SPACED,
    DO_MARK,
    DO_MARK_PROPERTIES,
    DO_END_MARK,
    DO_OBJECT,
    DO_PAINT,
    DO_SHADING,
    DO_IMAGE,
    DO_POINT,
    DO_CURVE,
    DO_RECTANGLE,
    DO_END_PATH,
    DO_FILL,
    DO_CLIP,
    DO_GREY,
    DO_RGB,
    DO_INK,
    DO_SPACE,
    DO_COLOUR,
    DO_STROKE_COLOUR,
    DO_STATE,
    DO_WIDTH,
};

static const struct {
    char name[4];
    enum operation operation;
} operators[] = {
    {"q", DO_SAVE},
    {"Q", DO_RESTORE},
    {"cm", DO_TRANSFORM},
    {"BT", DO_BEGIN_TEXT},
    {"Tf", DO_FONT},
    {"Tc", DO_CHARACTER_SPACE},
    {"Tw", DO_WORD_SPACE},
    {"Tz", DO_SCALE},
    {"TL", DO_LEADING},
    {"Ts", DO_RISE},
    {"Tr", DO_MODE},
    {"Td", DO_MOVE},
    {"TD", DO_MOVE_LEADING},
    {"Tm", DO_MATRIX},
    {"T*", DO_LINE},
    {"Tj", DO_SHOW},
    {"TJ", DO_SHOW_ARRAY},
    {"'", DO_SHOW_LINE},
    {"\"", DO_SHOW_SPACED},
    {"BMC", DO_MARK},
    {"BDC", DO_MARK_PROPERTIES},
    {"EMC", DO_END_MARK},
    {"Do", DO_OBJECT},
    {"S", DO_PAINT},
    {"s", DO_PAINT},
    {"f", DO_FILL},
    {"F", DO_FILL},
    {"f*", DO_FILL},
    {"B", DO_FILL},
    {"B*", DO_FILL},
    {"b", DO_FILL},
    {"b*", DO_FILL},
    {"sh", DO_SHADING},
    {"W", DO_CLIP},
    {"W*", DO_CLIP},
    {"g", DO_GREY},
    {"rg", DO_RGB},
    {"k", DO_INK},
    {"cs", DO_SPACE},
    {"sc", DO_COLOUR},
    {"scn", DO_COLOUR},
    {"gs", DO_STATE},
    {"SCN", DO_STROKE_COLOUR},
    {"w", DO_WIDTH},
    {"ID", DO_IMAGE},
    {"m", DO_POINT},
    {"l", DO_POINT},
    {"c", DO_CURVE},
    {"v", DO_CURVE},
    {"y", DO_CURVE},
    {"re", DO_RECTANGLE},
    {"n", DO_END_PATH},
};

static enum operation find_operation(text word)
{
    char name[4] = "";
    if (word.length >= sizeof name)
        return DO_NOTHING;
    memcpy(name, word.bytes, word.length);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (!memcmp(operators[i].name, name, sizeof name))
            return operators[i].operation;
    return DO_NOTHING;
}

static void move_line(struct canvas *canvas, double x, double y)
{
    canvas->line_matrix = matrix_multiply((struct matrix){1, 0, 0, 1, x, y}, canvas->line_matrix);
    canvas->text_matrix = canvas->line_matrix;
}

static void show_last(struct canvas *canvas)
{
    struct pdf_token string = canvas_operand(canvas, 0);
    if (string.kind == PDF_TOKEN_STRING)
        canvas_show(canvas, canvas_bytes(canvas, string));
}

static void save(struct canvas *canvas)
{
    if (canvas->saved_count == DEEPEST_SAVE)
        canvas->unsaved_count++; /* deeper ones are counted, so that Q still finds its q */
    else
        canvas->saved[canvas->saved_count++] = canvas->state;
}

static void restore(struct canvas *canvas)
{
    if (canvas->unsaved_count > canvas->frames[canvas->depth].unsaved)
        canvas->unsaved_count--;
    else if (canvas->saved_count > canvas->frames[canvas->depth].saved)
        canvas->state = canvas->saved[--canvas->saved_count];
}

/* The area of the path so far; canvas->operands are the operator's. */
struct path {
    double x0, y0, x1, y1;
    bool has_points, is_rectangle, is_clip;
};

static void add_point(struct canvas *canvas, struct path *path, double x, double y)
{
    struct matrix m = canvas->state.transform;
    double px = m.a * x + m.c * y + m.e, py = m.b * x + m.d * y + m.f;
    if (!path->has_points)
        *path = (struct path){px, py, px, py, true, false, path->is_clip};
    path->x0 = px < path->x0 ? px : path->x0;
    path->x1 = px > path->x1 ? px : path->x1;
    path->y0 = py < path->y0 ? py : path->y0;
    path->y1 = py > path->y1 ? py : path->y1;
}

static void paint_path(struct canvas *canvas, struct path *path, bool is_filled)
{
    struct box box = {(float)path->x0, (float)path->y0, (float)path->x1, (float)path->y1};
    canvas_paint(canvas, box, false, false);
    if (is_filled)
        contrast_fill(canvas, box, path->is_rectangle);
    else
        contrast_stroke(canvas, box);
}

static void end_path(struct canvas *canvas, struct path *path)
{
    struct box box = {(float)path->x0, (float)path->y0, (float)path->x1, (float)path->y1};
    if (path->is_clip && path->has_points)
        contrast_clip(canvas, box, path->is_rectangle);
    *path = (struct path){0};
}

/* False where the operation is none of paths. */
static bool run_path(struct canvas *canvas, enum operation operation, struct path *path)
{
    switch (operation) {
    case DO_CURVE: /* it lies within the points that it is drawn towards */
        for (size_t i = canvas->operand_count < 6 ? 2 : 3; i-- > 1;)
            add_point(canvas, path, canvas_number(canvas, 2 * i + 1), canvas_number(canvas, 2 * i));
        path->is_rectangle = false;
        add_point(canvas, path, canvas_number(canvas, 1), canvas_number(canvas, 0));
        return true;
    case DO_POINT:
        add_point(canvas, path, canvas_number(canvas, 1), canvas_number(canvas, 0));
        path->is_rectangle = false;
        return true;
    case DO_RECTANGLE: {
        bool is_first = !path->has_points;
        double x = canvas_number(canvas, 3), y = canvas_number(canvas, 2);
        for (int corner = 0; corner < 4; corner++)
            add_point(canvas, path, x + (corner & 1 ? canvas_number(canvas, 1) : 0),
                      y + (corner & 2 ? canvas_number(canvas, 0) : 0));
        path->is_rectangle = is_first;
        return true;
    }
    case DO_PAINT:
    case DO_FILL:
        if (path->has_points)
            paint_path(canvas, path, operation == DO_FILL);
        end_path(canvas, path);
        return true;
    case DO_END_PATH:
        end_path(canvas, path);
        return true;
    case DO_CLIP:
        path->is_clip = true;
        return true;
    default:
        return false;
    }
}

static bool run_text(struct canvas *canvas, enum operation operation)
{
    struct graphics *state = &canvas->state;
    double last = canvas_number(canvas, 0);
    switch (operation) {
    case DO_BEGIN_TEXT:
        canvas->text_matrix = canvas->line_matrix = (struct matrix){1, 0, 0, 1, 0, 0};
        return true;
    case DO_CHARACTER_SPACE:
        state->character_space = last;
        return true;
    case DO_WORD_SPACE:
        state->word_space = last;
        return true;
    case DO_SCALE:
        state->scale = last / 100;
        return true;
    case DO_LEADING:
        state->leading = last;
        return true;
    case DO_RISE:
        state->rise = last;
        return true;
    case DO_MODE:
        state->mode = last >= 0 && last < 8 ? (int)last : 0;
        return true;
    case DO_MOVE_LEADING:
        state->leading = -last;
        move_line(canvas, canvas_number(canvas, 1), last);
        return true;
    case DO_MOVE:
        move_line(canvas, canvas_number(canvas, 1), last);
        return true;
    case DO_MATRIX:
        canvas->text_matrix = canvas->line_matrix = matrix_operands(canvas);
        return true;
    case DO_LINE:
        move_line(canvas, 0, -state->leading);
        return true;
    case DO_SHOW_SPACED:
        state->word_space = canvas_number(canvas, 2);
        state->character_space = canvas_number(canvas, 1);
        move_line(canvas, 0, -state->leading);
        show_last(canvas);
        return true;
    case DO_SHOW_LINE:
        move_line(canvas, 0, -state->leading);
        show_last(canvas);
        return true;
    case DO_SHOW:
        show_last(canvas);
        return true;
    case DO_SHOW_ARRAY:
        canvas_show_array(canvas);
        return true;
    default:
        return false;
    }
}

static bool run_colour(struct canvas *canvas, enum operation operation)
{
    switch (operation) {
    case DO_GREY:
        canvas->state.components = 1;
        contrast_set_colour(canvas, 1);
        return true;
    case DO_RGB:
        canvas->state.components = 3;
        contrast_set_colour(canvas, 3);
        return true;
    case DO_INK:
        contrast_set_ink(canvas);
        return true;
    case DO_SPACE:
        contrast_set_space(canvas);
        return true;
    case DO_COLOUR:
        canvas_note_pattern(canvas);
        contrast_set_colour(canvas, canvas->state.components);
        return true;
    case DO_STROKE_COLOUR:
        canvas_note_pattern(canvas);
        return true;
    case DO_STATE:
        contrast_set_state(canvas);
        return true;
    case DO_WIDTH:
        canvas->state.line_width = canvas_number(canvas, 0);
        return true;
    default:
        return false;
    }
}

static void run(struct canvas *canvas, enum operation operation, struct path *path)
{
    if (run_text(canvas, operation) || run_path(canvas, operation, path) ||
        run_colour(canvas, operation))
        return;
    switch (operation) {
    case DO_SAVE:
        save(canvas);
        break;
    case DO_RESTORE:
        restore(canvas);
        break;
    case DO_TRANSFORM:
        canvas->state.transform = matrix_multiply(matrix_operands(canvas), canvas->state.transform);
        break;
    case DO_FONT:
        canvas_set_font(canvas);
        break;
    case DO_MARK:
        canvas_begin_mark(canvas, false);
        break;
    case DO_MARK_PROPERTIES:
        canvas_begin_mark(canvas, true);
        break;
    case DO_END_MARK:
        canvas_end_mark(canvas);
        break;
    case DO_OBJECT:
        paint_object(canvas);
        break;
    case DO_SHADING:
        paint_unit(canvas, false);
        break;
    case DO_IMAGE:
        paint_unit(canvas, true);
        pdf_lexer_skip_image(&canvas->frames[canvas->depth].lexer);
        break;
    default:
        break;
    }
}

void canvas_run(struct canvas *canvas)
{
    struct path path = {0};
    size_t most = canvas->is_drawn ? MOST_DRAWN_OPERATIONS - canvas->reader->drawn_operations
                                   : MOST_OPERATIONS;
    while (canvas->depth >= 0 && !canvas->inspection->failure.length) {
        struct pdf_lexer *lexer = &canvas->frames[canvas->depth].lexer;
        struct pdf_token token = pdf_lexer_next(lexer);
        if (token.kind == PDF_TOKEN_END) {
            pop_frame(canvas);
            canvas->operand_count = 0;
            continue;
        }
        if (token.kind != PDF_TOKEN_WORD) {
            if (canvas->operand_count == canvas->operand_capacity) {
                canvas->operand_capacity =
                    canvas->operand_capacity ? canvas->operand_capacity * 2 : 64;
                canvas->operands = memory_reallocate(
                    canvas->operands, canvas->operand_capacity * sizeof *canvas->operands);
            }
            if (canvas->operand_count < MOST_OPERANDS)
                canvas->operands[canvas->operand_count++] = token;
            continue;
        }
        if (++canvas->operations > most) {
            if (!canvas->is_drawn) /* of those it is said where they are read */
                inspection_fail(canvas->inspection, "page %u has more than %d operations",
                                canvas->page, MOST_OPERATIONS);
            break;
        }
        run(canvas, find_operation(canvas_bytes(canvas, token)), &path);
        canvas->operand_count = 0;
    }
    while (canvas->depth >= 0)
        pop_frame(canvas);
}

/* pages */

static int compare_keys(const void *left, const void *right)
{
    const struct content_key *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static void find_keys(struct canvas *canvas, const struct inspection_page *page)
{
    canvas->keys = memory_allocate((page->order_count + 1) * sizeof *canvas->keys);
    for (size_t i = 0; i < page->order_count; i++) {
        const struct inspection_node *node = &canvas->inspection->nodes[page->order[i]];
        canvas->keys[i] =
            (struct content_key){(uint64_t)node->object << 32 | node->number, page->order[i]};
    }
    canvas->key_count = page->order_count;
    qsort(canvas->keys, canvas->key_count, sizeof *canvas->keys, compare_keys);
}

/* Contents: one stream, or several that go on as one (7.8.2). */
static void read_streams(struct canvas *canvas, pdf_object page)
{
    struct pdf_file *file = canvas->file;
    pdf_object contents = pdf_get(file, page, "/Contents");
    struct buffer *bytes = &canvas->frames[0].bytes;
    if (pdf_is_stream(file, contents))
        pdf_stream(file, contents, bytes);
    for (int i = 0; i < pdf_count(file, contents); i++) {
        size_t mark = pdf_begin(file);
        pdf_stream(file, pdf_item(file, contents, i), bytes);
        buffer_add_byte(bytes, '\n');
        pdf_end(file, mark);
    }
    canvas->frames[0].lexer = (struct pdf_lexer){.source = buffer_text(bytes)};
}

/* A page's artifacts grow in the same room for every page, and are then kept at their size. */
static void lend_room(struct inspection_page *page, const struct inspection_page *scratch)
{
    page->artifacts = scratch->artifacts;
    page->artifact_capacity = scratch->artifact_capacity;
    page->pieces = scratch->pieces;
    page->piece_capacity = scratch->piece_capacity;
}

static struct artifact *kept(struct arena *arena, const struct artifact *artifacts, size_t count)
{
    struct artifact *copy = ARENA_NEW_ARRAY(arena, count, struct artifact);
    if (count)
        memcpy(copy, artifacts, count * sizeof *copy);
    return copy;
}

static void take_room_back(struct arena *arena, struct inspection_page *page,
                           struct inspection_page *scratch)
{
    lend_room(scratch, page);
    page->artifacts = kept(arena, page->artifacts, page->artifact_count);
    page->artifact_capacity = page->artifact_count;
    page->pieces = kept(arena, page->pieces, page->piece_count);
    page->piece_capacity = page->piece_count;
}

struct canvas *canvas_new(struct pdf_reader *reader, uint32_t page)
{
    struct canvas *canvas = memory_allocate(sizeof *canvas);
    *canvas = (struct canvas){.reader = reader,
                              .file = &reader->file,
                              .inspection = reader->inspection,
                              .page = page,
                              .depth = -1};
    canvas->state = (struct graphics){.transform = {1, 0, 0, 1, 0, 0},
                                      .scale = 1,
                                      .fill = {0, 0, 0, true},
                                      .components = 1,
                                      .line_width = 1};
    canvas->earlier = (struct box){1, 1, 0, 0};
    buffer_init(&canvas->words, LIMIT_INSPECT_STREAM_BYTES);
    buffer_init(&canvas->decoded, LIMIT_INSPECT_STREAM_BYTES);
    return canvas;
}

void canvas_free(struct canvas *canvas)
{
    free(canvas->operands);
    free(canvas->keys);
    buffer_release(&canvas->words);
    buffer_release(&canvas->decoded);
    free(canvas);
}

void pdf_read_content(struct pdf_reader *reader, uint32_t page)
{
    struct inspection_page *record = &reader->inspection->pages[page - 1];
    struct canvas *canvas = canvas_new(reader, page);
    find_keys(canvas, record);
    lend_room(record, &reader->scratch);
    pdf_object object = pdf_by_number(&reader->file, record->object);
    if (canvas_push(canvas, 0, pdf_inherited(reader, object, "/Resources"))) {
        read_streams(canvas, object);
        canvas_run(canvas);
    }
    take_room_back(reader->inspection->arena, record, &reader->scratch);
    if (!reader->inspection->is_tagged)
        record->untagged = arena_copy(reader->inspection->arena, buffer_text(&canvas->words));
    canvas_free(canvas);
    pdf_read_drawn(reader, page);
    pdf_refresh(&reader->file);
}

text pdf_read_appearance(struct pdf_reader *reader, pdf_object form, uint32_t page,
                         uint32_t annotation)
{
    struct pdf_file *file = &reader->file;
    struct canvas *canvas = canvas_new(reader, page);
    canvas->is_appearance = true;
    canvas->annotation = annotation;
    pdf_object resources = pdf_get(file, form, "/Resources");
    if (!pdf_is_dictionary(file, resources))
        resources = canvas_page_resources(canvas);
    if (canvas_push(canvas, pdf_number(file, form), resources)) {
        canvas_take(canvas, form);
        canvas_run(canvas);
    }
    text words = arena_copy(file->arena, text_trim(buffer_text(&canvas->words)));
    canvas_free(canvas);
    return words;
}
