#include "claims/facts.h"

static uint32_t big_endian_at(text bytes, size_t place)
{
    const unsigned char *b = (const unsigned char *)bytes.bytes + place;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* An animated PNG has an acTL chunk before its first IDAT (PNG 3, 11.3.6.1). */
static bool is_animated_png(text bytes)
{
    enum { SIGNATURE = 8, CHUNK_FRAME = 12 };
    size_t place = SIGNATURE;
    while (place < bytes.length && bytes.length - place >= CHUNK_FRAME) {
        text name = text_slice(bytes, place + 4, place + 8);
        if (text_equal_c(name, "acTL"))
            return true;
        if (text_equal_c(name, "IDAT"))
            return false;
        size_t length = big_endian_at(bytes, place);
        if (length > bytes.length - place - CHUNK_FRAME)
            return false;
        place += length + CHUNK_FRAME;
    }
    return false;
}

static bool is_animated_svg(text bytes)
{
    static const char *const signs[] = {"<animate",   "<set ",   ":animate", ":set ",
                                        "@keyframes", "<script", ":script"};
    return TEXT_HOLDS_ANY(bytes, signs);
}

void facts_find(struct facts *facts, const struct document *document)
{
    *facts = (struct facts){.all_have_alt = true};
    struct walk walk;
    walk_init(&walk, document->root);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        if (!walk.entering)
            continue;
        if (node->kind == NODE_HEADING && !node->heading.unlisted)
            facts->has_headings = true;
        if (node->kind != NODE_IMAGE || node->image.decorative)
            continue;
        facts->has_pictures = true;
        if (text_is_blank(node->image.alt) ||
            node->image.is_captioned) /* a number describes nothing */
            facts->all_have_alt = false;
        if (node->image.description)
            facts->has_descriptions = true;
    }
    for (size_t i = 0; i < document->image_count; i++) {
        const struct image *image = document->images[i];
        if ((image->format == IMAGE_PNG && is_animated_png(image->bytes)) ||
            (image->format == IMAGE_SVG && is_animated_svg(image->bytes)))
            facts->has_moving_picture = true;
    }
}
