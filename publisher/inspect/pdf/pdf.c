#include "inspect/pdf/pdf.h"

#include "inspect/pdf/reader.h"
#include "inspect/pdf/rules.h"

/* Which content nodes lie on which page, in reading order. */
static void order_pages(struct inspection *inspection)
{
    struct inspection_page *pages = inspection->pages;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; pass == 1 && i < inspection->page_count; i++) {
            pages[i].order = ARENA_NEW_ARRAY(inspection->arena, pages[i].order_count, uint32_t);
            pages[i].order_count = 0;
        }
        for (uint32_t i = 1; i < inspection->node_count; i++) {
            const struct inspection_node *node = &inspection->nodes[i];
            if (node->kind != NODE_CONTENT || !node->page)
                continue;
            struct inspection_page *page = &pages[node->page - 1];
            if (pass == 1)
                page->order[page->order_count] = i;
            page->order_count++;
        }
    }
}

/* Elements that do not say their page lie where their first content lies. */
static void place_elements(struct inspection *inspection)
{
    for (size_t i = inspection->node_count; i-- > 1;) {
        uint32_t parent = inspection->nodes[i].parent;
        if (inspection->nodes[i].page && parent)
            inspection->nodes[parent].page = inspection->nodes[i].page;
    }
}

void pdf_inspect(struct inspection *inspection)
{
    struct pdf_reader *reader = ARENA_NEW(inspection->arena, struct pdf_reader);
    reader->inspection = inspection;
    if (pdf_open(&reader->file, inspection)) {
        pdf_read_catalog(reader);
        pdf_read_pages(reader);
        pdf_read_outline(reader);
        pdf_read_tree(reader);
        order_pages(inspection);
        for (uint32_t page = 1; page <= inspection->page_count && !inspection->failure.length;
             page++) {
            pdf_read_annotations(reader, page);
            pdf_read_content(reader, page);
        }
        place_elements(inspection);
        if (inspection->is_ua2)
            pdf_check_tree_2(reader);
        else
            pdf_check_tree(reader);
    }
    pdf_close(&reader->file);
    pdf_release_rows(reader);
}
