#include "layout/pages.h"

#include "base/buffer.h"

static const char *name_of_piece(enum piece piece)
{
    static const char *const names[] = {
        [PIECE_CONTENT] = "content",         [PIECE_LABEL] = "label",
        [PIECE_PAGE_NUMBER] = "page-number", [PIECE_QR] = "qr",
        [PIECE_DECORATION] = "decoration",   [PIECE_HEADER] = "header",
        [PIECE_FOOTER] = "footer",           [PIECE_REPEATED] = "repeated",
    };
    return names[piece];
}

static void add_number(struct buffer *out, float number)
{
    buffer_add_number(out, (double)number, 2);
}

static void add_box(struct buffer *out, float x, float y, float width, float height)
{
    const float numbers[] = {x, y, width, height};
    for (size_t i = 0; i < 4; i++) {
        buffer_add_byte(out, ' ');
        add_number(out, numbers[i]);
    }
}

static void dump_run(const struct page_item *item, struct buffer *out)
{
    const struct glyph_run *run = item->run;
    buffer_add_c(out, "  text ");
    add_number(out, run->x);
    buffer_add_byte(out, ' ');
    add_number(out, run->baseline);
    buffer_add_byte(out, ' ');
    add_number(out, run->width);
    buffer_add_byte(out, ' ');
    if (run->face)
        buffer_add_text(out, run->face->postscript_name);
    buffer_add_byte(out, ' ');
    add_number(out, run->size);
    if (run->colour)
        buffer_printf(out, " #%06x", (unsigned)run->colour);
    buffer_printf(out, " %s %s%s \"%.*s\"\n", name_of_piece(item->piece),
                  item->node ? node_kind_facts(item->node->kind)->name : "-",
                  run->right_to_left ? " right-to-left" : "", TEXT_ARGUMENTS(run->text));
}

static void dump_item(const struct page_item *item, struct buffer *out)
{
    const char *node = item->node ? node_kind_facts(item->node->kind)->name : "-";
    switch (item->kind) {
    case ITEM_RUN:
        dump_run(item, out);
        break;
    case ITEM_RULE:
        buffer_add_c(out, "  rule");
        add_box(out, item->rule.x, item->rule.y, item->rule.width, item->rule.height);
        if (item->rule.step > 0)
            buffer_printf(out, " every %g", (double)item->rule.step);
        buffer_printf(out, " #%06x %s %s\n", (unsigned)item->rule.colour,
                      name_of_piece(item->piece), node);
        break;
    case ITEM_PICTURE:
        buffer_add_c(out, item->picture.image ? "  picture" : "  code");
        add_box(out, item->picture.x, item->picture.y, item->picture.width, item->picture.height);
        buffer_printf(out, " %s %s", name_of_piece(item->piece), node);
        if (item->picture.image)
            buffer_printf(out, " \"%.*s\"", TEXT_ARGUMENTS(item->picture.image->path));
        buffer_add_byte(out, '\n');
        break;
    }
}

void pages_dump(const struct pages *pages, struct buffer *out)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->pages[i];
        buffer_printf(out, "page %.*s ", TEXT_ARGUMENTS(page->label));
        buffer_add_number(out, page->width, 1);
        buffer_add_byte(out, ' ');
        buffer_add_number(out, page->height, 1);
        if (page->start_node)
            buffer_printf(out, " starts in %s at %zu",
                          node_kind_facts(page->start_node->kind)->name, page->start_offset);
        buffer_add_byte(out, '\n');
        for (size_t k = 0; k < page->item_count; k++)
            dump_item(&page->items[k], out);
    }
}
