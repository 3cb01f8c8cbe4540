/* Pictures: images that stand alone, and QR codes. */
#include "layout/builder.h"

#include <qrencode.h>

/* A drawing whose words would be smaller than any other is drawn larger, as far as there is room.
 */
static double scale_for_words(const struct layout_builder *builder, const struct image *image)
{
    double smallest = (double)builder->theme->smallest_size;
    bool is_small = image->smallest_words > 0 && image->smallest_words < smallest;
    return is_small ? smallest / image->smallest_words : 1;
}

/* The size at which an image stands: as asked for or natural, never wider than the measure or
   higher than its share of a page. */
static bool picture_size(const struct layout_builder *builder, const struct node *node,
                         float measure, float *width, float *height)
{
    const struct image *image = node->image.image;
    if (!image || image->width_points <= 0 || image->height_points <= 0)
        return false; /* reported when it was read */
    double scale = 1;
    if (node->image.width_share > 0)
        scale = node->image.width_share * (double)measure / image->width_points;
    else if (node->image.width_points > 0)
        scale = node->image.width_points / image->width_points;
    else
        scale = scale_for_words(builder, image);
    double page = (double)builder_page_height(builder);
    double highest = page * (double)builder->theme->picture_height_share;
    if (image->width_points * scale > (double)measure)
        scale = (double)measure / image->width_points;
    if (image->height_points * scale > highest)
        scale = highest / image->height_points;
    *width = (float)(image->width_points * scale);
    *height = (float)(image->height_points * scale);
    return true;
}

/* A picture of pixels that the author asked to be set larger than it is, until they show in print.
 */
static void report_coarse(const struct layout_builder *builder, const struct node *node,
                          float width)
{
    enum { LEAST_DOTS = 100 }; /* an inch */
    const struct image *image = node->image.image;
    double dots = image->width_pixels * 72.0 / (double)width;
    if (image->format == IMAGE_SVG || (double)width <= image->width_points * 1.02 ||
        dots >= LEAST_DOTS)
        return;
    text hint = arena_printf(builder->document->arena,
                             "ask for at most width=%.0fmm, or take a picture with more pixels",
                             image->width_pixels * 25.4 / LEAST_DOTS - 0.5);
    report_warning(builder->document->report, "image-coarse", node->span, hint.bytes,
                   "this picture shows its pixels: %.0f dots an inch at a width of %.0f points",
                   dots, (double)width);
}

/* Words that are smaller than any other may be, with no room for larger ones. */
static void report_small_words(const struct layout_builder *builder, const struct node *node,
                               float width)
{
    const struct image *image = node->image.image;
    double size = image->smallest_words * (double)width / image->width_points;
    if (image->smallest_words <= 0 || size > (double)builder->theme->smallest_size - 0.05)
        return;
    report_rule(builder->document->report, "image-words-small", node->span, NULL,
                "words in the drawing %.*s are %.1f points high, where no other are less than %.1f",
                TEXT_ARGUMENTS(image->path), size, (double)builder->theme->smallest_size);
}

void builder_add_picture(struct layout_builder *builder, const struct node *node,
                         bool keep_with_next)
{
    const struct block_context *context = builder_context(builder);
    float width, height;
    if (!picture_size(builder, node, context->right - context->left, &width, &height))
        return;
    report_coarse(builder, node, width);
    report_small_words(builder, node, width);
    const struct look *look = &builder->theme->looks[context->look];
    struct flow_box *box = builder_add_box(builder, height);
    builder->lines_wanted = 0;
    box->after = keep_with_next ? builder->theme->caption_gap : look->after;
    box->start_node = node;
    if (keep_with_next)
        box->break_after = PAGE_BREAK_NEVER;
    float x = context->right_to_left ? context->right - width : context->left;
    builder_write_labels(builder, look->size, look->size, 0);
    struct page_item *item = flow_add_item(builder->flow, ITEM_PICTURE, PIECE_CONTENT, node);
    item->picture =
        (struct picture){.image = node->image.image, .x = x, .width = width, .height = height};
}

/* QR codes */

static const unsigned char *make_code(struct layout_builder *builder, const struct node *link,
                                      unsigned *side)
{
    text url = link->link.url;
    QRcode *code =
        url.length <= INT32_MAX
            ? QRcode_encodeData((int)url.length, (const unsigned char *)url.bytes, 0, QR_ECLEVEL_M)
            : NULL;
    if (!code) {
        report_warning(builder->document->report, "qr-too-long", link->span,
                       "link to a shorter address that leads to it",
                       "the address is too long for a QR code: %zu bytes", url.length);
        return NULL;
    }
    *side = (unsigned)code->width;
    size_t count = (size_t)code->width * (size_t)code->width;
    unsigned char *modules = arena_allocate(builder->arena, count);
    for (size_t i = 0; i < count; i++)
        modules[i] = code->data[i] & 1;
    QRcode_free(code);
    return modules;
}

size_t builder_make_codes(struct layout_builder *builder, const struct paragraph *paragraph,
                          struct code_picture *codes, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < paragraph->code_count && count < most; i++) {
        struct code_picture *code = &codes[count];
        code->link = paragraph->codes[i];
        code->modules = make_code(builder, code->link, &code->side);
        count += code->modules != NULL;
    }
    if (count == most && most < paragraph->code_count)
        report_warning(
            builder->document->report, "qr-too-many", paragraph->codes[most]->span,
            "divide the paragraph",
            "a paragraph has room for %zu QR codes; this link and those after it get none", most);
    return count;
}

void builder_put_code(struct layout_builder *builder, const struct code_picture *code, float x,
                      float y, float side)
{
    struct page_item *item = flow_add_item(builder->flow, ITEM_PICTURE, PIECE_QR, code->link);
    item->picture = (struct picture){
        .x = x,
        .y = y,
        .width = side,
        .height = side,
        .modules = code->modules,
        .side = code->side,
    };
}
