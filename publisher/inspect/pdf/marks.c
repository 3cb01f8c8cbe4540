#include "inspect/pdf/canvas.h"

#include <math.h>
#include <stdlib.h>

/* what BDC and BMC open */

struct properties {
    text language, actual, alt, expansion;
    bool has_language, has_actual, has_alt, has_expansion;
    long long mcid;
};

static void take_string(struct properties *properties, text key, text value)
{
    if (text_equal_c(key, "Lang")) {
        properties->language = value;
        properties->has_language = true;
    } else if (text_equal_c(key, "ActualText")) {
        properties->actual = value;
        properties->has_actual = true;
    } else if (text_equal_c(key, "Alt")) {
        properties->alt = value;
        properties->has_alt = true;
    } else if (text_equal_c(key, "E")) {
        properties->expansion = value;
        properties->has_expansion = true;
    }
}

/* << /MCID 0 /Lang (de) >> among the operands; entries of inner dictionaries do not count. */
static void read_inline(struct canvas *canvas, struct properties *properties)
{
    int depth = 0;
    struct pdf_token key = {.kind = PDF_TOKEN_END};
    for (size_t i = 0; i < canvas->operand_count; i++) {
        struct pdf_token token = canvas->operands[i];
        depth += token.kind == PDF_TOKEN_DICTIONARY || token.kind == PDF_TOKEN_ARRAY;
        depth -= token.kind == PDF_TOKEN_DICTIONARY_END || token.kind == PDF_TOKEN_ARRAY_END;
        if (depth != 1)
            continue;
        if (token.kind == PDF_TOKEN_STRING) {
            text value = pdf_decode_text(canvas->file->arena, canvas_bytes(canvas, token));
            take_string(properties, canvas_bytes(canvas, key), value);
        } else if (token.kind == PDF_TOKEN_NUMBER &&
                   text_equal_c(canvas_bytes(canvas, key), "MCID")) {
            properties->mcid = (long long)token.number;
        }
        key = token.kind == PDF_TOKEN_NAME ? token : (struct pdf_token){.kind = PDF_TOKEN_END};
    }
}

static void read_named(struct canvas *canvas, text name, struct properties *properties)
{
    static const char *const keys[] = {"/Lang", "/ActualText", "/Alt", "/E"};
    struct pdf_file *file = canvas->file;
    size_t mark = pdf_begin(file);
    pdf_object dictionary = canvas_resource(canvas, "/Properties", name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pdf_object value = pdf_get(file, dictionary, keys[i]);
        if (pdf_is_string(file, value))
            take_string(properties, text_from_c(keys[i] + 1), pdf_text(file, value));
    }
    properties->mcid = pdf_integer(file, pdf_get(file, dictionary, "/MCID"), -1);
    pdf_end(file, mark);
}

static uint32_t find_node(const struct canvas *canvas, uint32_t stream, long long mcid)
{
    uint64_t key = (uint64_t)stream << 32 | (uint32_t)mcid;
    size_t low = 0, high = canvas->key_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (canvas->keys[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < canvas->key_count && canvas->keys[low].key == key ? canvas->keys[low].node : 0;
}

/* the open sequences */

static uint32_t open_node(const struct canvas *canvas)
{
    if (canvas->is_appearance)
        return canvas->annotation;
    for (size_t i = canvas->mark_count; i-- > 0;)
        if (canvas->marks[i].node)
            return canvas->marks[i].node;
    return 0;
}

static struct canvas_mark *open_artifact(struct canvas *canvas)
{
    for (size_t i = canvas->mark_count; i-- > 0;)
        if (canvas->marks[i].is_artifact)
            return &canvas->marks[i];
    return NULL;
}

static bool has_language(const struct canvas *canvas)
{
    if (canvas->reader->has_catalog_language)
        return true;
    for (size_t i = canvas->mark_count; i-- > 0;)
        if (canvas->marks[i].has_language)
            return true;
    uint32_t node = open_node(canvas);
    return node && inspection_language(canvas->inspection, node).length;
}

static size_t add_artifact(struct canvas *canvas, bool is_marked)
{
    struct inspection_page *page = &canvas->inspection->pages[canvas->page - 1];
    ARENA_GROW(canvas->inspection->arena, page->artifacts, page->artifact_count,
               page->artifact_capacity);
    page->artifacts[page->artifact_count++] =
        (struct artifact){.box = {1, 1, 0, 0}, .is_marked = is_marked};
    return page->artifact_count;
}

void canvas_begin_mark(struct canvas *canvas, bool has_properties)
{
    struct inspection *inspection = canvas->inspection;
    struct stream_frame *frame = &canvas->frames[canvas->depth];
    struct properties properties = {.mcid = -1};
    if (canvas->is_appearance) /* what is marked there belongs to the annotation's own element */
        return;
    if (canvas->mark_count == DEEPEST_MARK) {
        inspection_fail(inspection, "marked content on page %u is nested deeper than %d",
                        canvas->page, DEEPEST_MARK);
        return;
    }
    text tag = canvas->operand_count ? canvas_bytes(canvas, canvas->operands[0]) : TEXT_EMPTY;
    bool is_artifact = text_equal_c(tag, "Artifact"), is_span = text_equal_c(tag, "Span");
    struct pdf_token last = canvas_operand(canvas, 0);
    if (has_properties && last.kind == PDF_TOKEN_NAME)
        read_named(canvas, canvas_bytes(canvas, last), &properties);
    else if (has_properties)
        read_inline(canvas, &properties);
    struct canvas_mark mark = {.start = canvas->words.length,
                               .is_artifact = is_artifact,
                               .has_language = properties.has_language,
                               .has_alt = properties.has_alt,
                               .has_replacement = properties.has_actual || properties.has_expansion,
                               .replacement = properties.has_actual ? properties.actual
                                                                    : properties.expansion};
    if (properties.has_language)
        pdf_check_language(canvas->reader, properties.language, canvas->page, frame->stream);
    pdf_check_private(canvas->reader, properties.alt, "Alt", canvas->page, frame->stream);
    pdf_check_private(canvas->reader, properties.actual, "ActualText", canvas->page, frame->stream);
    if (properties.mcid >= 0) {
        mark.node = find_node(canvas, frame->stream, properties.mcid);
        if (frame->stream)
            pdf_object_row(canvas->reader, frame->stream)->flags |= FORM_MARKED;
    }
    if (mark.is_artifact && open_node(canvas))
        inspection_find(inspection, CONDITION_M01_003, canvas->page, 0, open_node(canvas),
                        "an artifact begins within tagged content");
    if (mark.node && open_artifact(canvas))
        inspection_find(inspection, CONDITION_M01_004, canvas->page, 0, mark.node,
                        "marked content %lld lies within an artifact", properties.mcid);
    if (mark.is_artifact)
        mark.artifact = add_artifact(canvas, true);
    if (mark.node)
        inspection->nodes[mark.node].is_painted = true;
    canvas->marks[canvas->mark_count++] = mark;
    bool needs = properties.has_actual || properties.has_alt || properties.has_expansion;
    if (needs && is_span && !has_language(canvas))
        inspection_find(inspection, CONDITION_M11_002, canvas->page, 0, mark.node,
                        "marked content has a replacement whose language is not known");
}

void canvas_end_mark(struct canvas *canvas)
{
    if (canvas->mark_count <= canvas->frames[canvas->depth].marks)
        return;
    struct canvas_mark mark = canvas->marks[--canvas->mark_count];
    if (mark.has_replacement) {
        canvas->words.length = mark.start;
        buffer_add_text(&canvas->words, mark.replacement);
    }
    if (!mark.node && !mark.is_artifact)
        return;
    if (mark.node) {
        struct inspection_node *node = &canvas->inspection->nodes[mark.node];
        text words = text_slice(buffer_text(&canvas->words), mark.start, canvas->words.length);
        if (node->words.length)
            node->words = arena_printf(canvas->inspection->arena, "%.*s %.*s",
                                       TEXT_ARGUMENTS(node->words), TEXT_ARGUMENTS(words));
        else
            node->words = arena_copy(canvas->inspection->arena, words);
    }
    canvas->words.length = mark.start;
}

static bool is_replaced(const struct canvas *canvas)
{
    for (size_t i = canvas->mark_count; i-- > 0;)
        if (canvas->marks[i].has_replacement || canvas->marks[i].has_alt)
            return true;
    for (uint32_t node = open_node(canvas); node; node = canvas->inspection->nodes[node].parent) {
        const struct details *details = canvas->inspection->nodes[node].details;
        if (details && (details->has_alt || details->has_actual))
            return true;
    }
    return false;
}

void canvas_check_private(struct canvas *canvas, const struct font_character *character,
                          int *excused)
{
    if (!canvas->inspection->is_ua2)
        return;
    text words = {character->utf8, character->length};
    if (canvas->is_appearance)
        return;
    for (size_t offset = 0; offset < words.length;) {
        uint32_t c = text_next(words, &offset);
        bool is_private = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
        if (is_private && *excused < 0)
            *excused = open_artifact(canvas) || is_replaced(canvas);
        if (!is_private || *excused)
            continue;
        inspection_find(canvas->inspection, CONDITION_UA2_PRIVATE_USE, canvas->page,
                        canvas->frames[canvas->depth].stream, open_node(canvas), "U+%04X", c);
    }
}

/* painting */

static double area_of(struct box box)
{
    return (double)(box.x1 - box.x0) * (double)(box.y1 - box.y0);
}

/* One artifact may be painted at both ends of the page: what lies together is kept together. */
static void add_piece(struct canvas *canvas, struct box box, bool is_marked)
{
    enum { MOST_PIECES = 1000, NEARLY = 50 /* square points */ };
    struct inspection_page *page = &canvas->inspection->pages[canvas->page - 1];
    if (page->piece_count) {
        struct artifact *last = &page->pieces[page->piece_count - 1];
        struct box both = last->box;
        box_extend(&both, box);
        if (page->piece_count == MOST_PIECES ||
            (last->is_marked == is_marked &&
             area_of(both) <= 1.3 * (area_of(last->box) + area_of(box)) + NEARLY)) {
            last->box = both;
            return;
        }
    }
    ARENA_GROW(canvas->inspection->arena, page->pieces, page->piece_count, page->piece_capacity);
    page->pieces[page->piece_count++] = (struct artifact){box, is_marked};
}

static bool is_apart(struct box box, struct box other)
{
    return box.x1 <= other.x0 || box.x0 >= other.x1 || box.y1 <= other.y0 || box.y0 >= other.y1;
}

/* What a page comes to as a whole. */
static void note_painted(struct canvas *canvas, struct box box, bool is_image, bool is_text)
{
    struct inspection_page *page = &canvas->inspection->pages[canvas->page - 1];
    bool is_outside = is_apart(box, page->box);
    if (canvas->is_appearance)
        return;
    page->has_text = page->has_text || is_text;
    page->has_picture = page->has_picture || is_image;
    if (is_text && is_outside)
        inspection_note(canvas->inspection, NOTE_TEXT_OUTSIDE, canvas->page, TEXT_EMPTY);
    else if (is_text && (canvas->state.mode == 3 || canvas->state.mode == 7 ||
                         (canvas->state.has_clip && is_apart(box, canvas->state.clip))))
        inspection_note(canvas->inspection, NOTE_TEXT_UNPAINTED, canvas->page, TEXT_EMPTY);
}

void canvas_paint(struct canvas *canvas, struct box box, bool is_image, bool is_text)
{
    struct inspection *inspection = canvas->inspection;
    struct inspection_page *page = &inspection->pages[canvas->page - 1];
    if (canvas->is_drawn)
        return;
    uint32_t node = open_node(canvas);
    struct canvas_mark *artifact = open_artifact(canvas);
    note_painted(canvas, box, is_image, is_text);
    if (canvas->is_appearance) {
        /* it lies where its annotation does, whose box is known */
    } else if (node) {
        box_extend(&inspection->nodes[node].box, box);
        inspection->nodes[node].has_image |= is_image;
    } else if (artifact) {
        box_extend(&page->artifacts[artifact->artifact - 1].box, box);
        add_piece(canvas, box, true);
    } else {
        if (!canvas->stray) {
            canvas->stray = add_artifact(canvas, false);
            inspection_find(inspection, CONDITION_M01_005, canvas->page,
                            canvas->frames[canvas->depth].stream, 0, "%s at %ld, %ld",
                            is_image  ? "a picture"
                            : is_text ? "text"
                                      : "a drawing",
                            lroundf(box.x0), lroundf(box.y0));
        }
        box_extend(&page->artifacts[canvas->stray - 1].box, box);
        add_piece(canvas, box, false);
    }
    bool is_told = canvas->has_told && canvas->told == node;
    if (is_text && !artifact && !is_told && !has_language(canvas)) {
        canvas->told = node;
        canvas->has_told = true;
        if (canvas->is_appearance)
            inspection_find(inspection, CONDITION_M11_001, canvas->page, 0, node,
                            "text in an annotation");
        else
            inspection_find(inspection, CONDITION_M11_001, canvas->page, 0, node,
                            "text at %ld, %ld", lroundf(box.x0), lroundf(box.y0));
    }
}
