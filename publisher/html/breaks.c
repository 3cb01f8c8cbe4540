/* Page markers: <span role="doc-pagebreak"> where a page of the printed edition begins (EPUB
   Accessibility Techniques 1.1, page navigation).

   Inside text a marker stands at its very byte. Where a page begins with a block, the marker stands
   before the outermost block that begins there, so that it is no part of a heading's name; where
   the parent cannot hold a span (list, table, row) it waits for the next place that can. Markers
   keep their order, whatever waits. */
#include "html/writer.h"

static void write_marker(struct html_writer *writer)
{
    const struct page_start *start = &writer->options->page_starts[writer->next_page];
    text id = survey_take_id(
        &writer->survey, arena_printf(writer->arena, "page-%.*s", TEXT_ARGUMENTS(start->label)));
    struct html_place *place = &writer->book->pages[writer->next_page++];
    place->label = start->label;
    place->href =
        survey_fragment(writer->arena, writer->survey.chapters[writer->chapter].file_name, id);
    markup_open(writer->markup, "span");
    markup_attribute(writer->markup, "id", id);
    markup_attribute_c(writer->markup, "role", "doc-pagebreak");
    markup_attribute_c(writer->markup, "epub:type", "pagebreak");
    /* Full stops keep a screen reader from running the number into the sentence. */
    markup_attribute(writer->markup, "aria-label",
                     arena_printf(writer->arena, " %.*s. ", TEXT_ARGUMENTS(start->label)));
    markup_close(writer->markup);
}

static const struct page_start *find_next(const struct html_writer *writer)
{
    return writer->next_page < writer->options->page_count
               ? &writer->options->page_starts[writer->next_page]
               : NULL;
}

static bool holds_spans(const struct node *parent)
{
    enum node_content content = node_kind_facts(parent->kind)->content;
    if (parent->kind == NODE_RUBY || parent->kind == NODE_RUBY_BRACKET)
        return false; /* HTML, 4.5.10 and 4.5.12: between the parts of <ruby>, and in <rp> */
    return content == CONTENT_BLOCKS || content == CONTENT_INLINES || parent->kind == NODE_FIGURE;
}

void breaks_before(struct html_writer *writer, const struct node *node)
{
    const struct page_start *start = find_next(writer);
    if (!start || !holds_spans(node->parent))
        return;
    /* The last node that begins where this one begins: its first leaf. Nodes are numbered in
       document order, so that a first child's number is its parent's plus one. */
    const struct node *leaf = node;
    while (leaf->first_child && leaf->index < start->node->index)
        leaf = leaf->first_child;
    while (start && (start->node->index < leaf->index ||
                     (start->node->index == leaf->index && start->offset == 0))) {
        write_marker(writer);
        start = find_next(writer);
    }
}

static bool is_inside_character(text t, size_t offset)
{
    return offset < t.length && ((unsigned char)t.bytes[offset] & 0xC0) == 0x80;
}

static void write_part(struct html_writer *writer, const struct node *node, size_t from, size_t to)
{
    text part = text_slice(node->text, from, to);
    markup_characters(writer->markup, part);
    presence_note_characters(&writer->presence, node, part);
}

void breaks_in_characters(struct html_writer *writer, const struct node *node)
{
    size_t from = 0;
    bool may_stop = node->parent->kind != NODE_RUBY_BRACKET; /* <rp> has characters alone */
    const struct page_start *start = may_stop ? find_next(writer) : NULL;
    while (start && start->node->index <= node->index) {
        size_t to = start->node->index < node->index ? from : start->offset;
        if (to >= node->text.length && node->text.length)
            break; /* after the text: before what follows */
        while (is_inside_character(node->text, to))
            to++;
        if (to > from) {
            write_part(writer, node, from, to);
            from = to;
        }
        write_marker(writer);
        start = find_next(writer);
    }
    write_part(writer, node, from, node->text.length);
}

void breaks_at_end(struct html_writer *writer)
{
    while (find_next(writer))
        write_marker(writer);
}
