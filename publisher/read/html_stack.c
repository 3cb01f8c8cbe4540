#include "read/html.h"

#include <cmark-gfm/node.h>

/* reporting */

struct span html_span(struct builder *builder, const struct html_token *token)
{
    return places_span(&builder->places, token->from, token->to);
}

static void report_unclosed(struct builder *builder, const struct html_open *open)
{
    report_error(
        builder->reader->report, "html-unclosed", open->span,
        arena_printf(builder->reader->arena, "end it with </%s>", open->element->name).bytes,
        "<%s> does not end in the part of the text in which it begins", open->element->name);
}

/* the stack */

static struct frame *top_frame(struct builder *builder)
{
    return builder->frame_count ? &builder->frames[builder->frame_count - 1] : NULL;
}

/* Elements of blocks that stand in a broken paragraph of the parser's outlive it. */
static unsigned level_of_blocks(struct builder *builder)
{
    const struct frame *frame = top_frame(builder);
    return (unsigned)builder->frame_count - (frame && frame->is_broken);
}

static struct html_open *find_top(struct builder *builder, unsigned level)
{
    struct html_open *top = builder->open_count ? &builder->open[builder->open_count - 1] : NULL;
    return top && top->frame_count >= level ? top : NULL;
}

struct html_open *html_top(struct builder *builder)
{
    return find_top(builder, level_of_blocks(builder));
}

static bool is_code(const struct html_element *element)
{
    return element->way == HTML_WAY_CODE || element->way == HTML_WAY_CODE_BLOCK;
}

bool html_push(struct builder *builder, const struct html_element *element, struct node *node,
               struct span span)
{
    bool is_block = html_element_is_block(element);
    unsigned depth = builder->block_depth + builder->inline_depth;
    if (builder->open_count >= MOST_OPEN_ELEMENTS || depth >= LIMIT_DEPTH) {
        builder->lost_count++;
        return build_report_depth(builder, span);
    }
    build_end_text(builder);
    struct html_open *open = &builder->open[builder->open_count++];
    *open = (struct html_open){.element = element,
                               .node = node,
                               .before = builder->into,
                               .last = builder->into->last_child,
                               .span = span,
                               .frame_count = is_block && element->way != HTML_WAY_PARAGRAPH
                                                  ? level_of_blocks(builder)
                                                  : (unsigned)builder->frame_count};
    if (is_block)
        builder->block_depth++;
    else
        builder->inline_depth++;
    builder->code_depth += is_code(element);
    builder->link_depth += node && node->kind == NODE_LINK;
    if (!node)
        return true;
    if (is_block)
        builder->last_character = 0;
    build_count(builder, span);
    node_append(builder->into, node);
    builder->into = node;
    if (node_is_block(node))
        html_give_anchors(builder, node);
    return true;
}

/* Lines and tags divide code that is one. */
static void join_code(struct builder *builder, struct node *code)
{
    while (code) {
        struct node *last = code;
        size_t length = code->text.length;
        while (code->kind == NODE_CODE && last->next && last->next->kind == NODE_CODE) {
            last = last->next;
            length += last->text.length;
        }
        if (last != code) {
            struct buffer words;
            buffer_init(&words, length);
            buffer_add_text(&words, code->text);
            while (code != last) {
                buffer_add_text(&words, code->next->text);
                code->span.end_line = code->next->span.end_line;
                code->span.end_column = code->next->span.end_column;
                bool is_last = code->next == last;
                node_unlink(code->next);
                if (is_last)
                    break;
            }
            code->text = arena_copy(builder->reader->arena, buffer_text(&words));
            buffer_release(&words);
        }
        code = code->next;
    }
}

/* A paragraph around blocks that says nothing but that it is one. */
static void unwrap(struct node *around)
{
    if (around->id.length || around->language.length || around->direction || around->attributes)
        return;
    node_move_children_before(around, around);
    node_unlink(around);
}

static void finish(struct builder *builder, const struct html_open *open)
{
    struct node *node = open->node;
    if (!node && !is_code(open->element))
        return;
    if (open->is_caption && node)
        html_take_caption(builder, node);
    if (open->words_to > open->words_from && node)
        units_add_html(builder, node, open->words_from, open->words_to);
    switch (open->element->way) {
    case HTML_WAY_INLINE:
        if (open->icon && !node->first_child)
            html_finish_icon(builder, open);
        break;
    case HTML_WAY_CODE:
    case HTML_WAY_CODE_BLOCK:
        if (builder->code_depth == 0)
            join_code(builder, open->last ? open->last->next : open->before->first_child);
        break;
    case HTML_WAY_PARAGRAPH:
        if (node && node->kind == NODE_PARAGRAPH)
            build_finish_paragraph(node);
        else if (node && node->kind == NODE_DIV)
            unwrap(node);
        break;
    case HTML_WAY_HEADING:
    case HTML_WAY_WORDS:
    case HTML_WAY_CELL:
    case HTML_WAY_CAPTION:
        html_flatten(builder, node);
        break;
    case HTML_WAY_SUMMARY:
        html_flatten(builder, node);
        if (!node->first_child) {
            node_set_kind(node->parent, NODE_DIV);
            node_unlink(node);
        }
        break;
    case HTML_WAY_RUBY:
        html_finish_ruby(builder, node);
        break;
    case HTML_WAY_TABLE:
        html_finish_table(builder, node);
        break;
    case HTML_WAY_FIGURE:
        html_finish_figure(builder, node);
        break;
    case HTML_WAY_LIST:
    case HTML_WAY_DEFINITIONS:
        if (!node->first_child)
            node_unlink(node);
        break;
    default:
        break;
    }
}

void html_add_quotation_mark(struct builder *builder, const struct html_open *open)
{
    if (open->element->way == HTML_WAY_QUOTATION &&
        node_kind_facts(builder->into->kind)->content == CONTENT_INLINES)
        build_add_characters(builder, TEXT("\""), open->span);
}

/* Spaces at the end of a block of words are none. */
static void trim_end(struct builder *builder)
{
    while (build_ends_with_space(builder))
        builder->characters.length--;
    bool has_more = builder->characters.length;
    build_end_text(builder);
    struct node *last = builder->into->last_child;
    if (has_more || !last || last->kind != NODE_TEXT)
        return;
    while (last->text.length && last->text.bytes[last->text.length - 1] == ' ')
        last->text.length--;
    if (last->text.length == 0)
        node_unlink(last);
}

void html_pop(struct builder *builder)
{
    struct html_open *open = &builder->open[builder->open_count - 1];
    if (open->node && node_is_block(open->node))
        trim_end(builder);
    html_add_quotation_mark(builder, open);
    build_end_text(builder);
    bool is_block = html_element_is_block(open->element);
    if (is_block)
        builder->block_depth--;
    else
        builder->inline_depth--;
    builder->code_depth -= is_code(open->element);
    builder->link_depth -= open->node && open->node->kind == NODE_LINK;
    if (is_block)
        builder->last_character = 0;
    if (open->node)
        builder->into = open->before;
    if (!open->node || open->node->parent)
        finish(builder, open);
    if (builder->anchors && open->node && open->node->parent && node_is_block(open->node) &&
        node_kind_facts(open->node->kind)->content != CONTENT_BLOCKS)
        html_give_anchors(builder, open->node);
    builder->open_count--;
}

/* Ends an element that is none of the tree's, whatever has begun in it. */
static void take_out(struct builder *builder, unsigned index)
{
    struct html_open open = builder->open[index];
    html_add_quotation_mark(builder, &open);
    build_end_text(builder);
    for (; index + 1 < builder->open_count; index++)
        builder->open[index] = builder->open[index + 1];
    builder->open_count--;
    builder->inline_depth--;
    builder->code_depth -= is_code(open.element);
    finish(builder, &open);
}

/* Ends elements down to that many; those whose end was not left out by right are reported. */
static void pop_to(struct builder *builder, unsigned count)
{
    while (builder->open_count > count) {
        const struct html_open *open = &builder->open[builder->open_count - 1];
        bool is_mark = open->element->way == HTML_WAY_ANCHOR && !open->node;
        if (is_mark) /* where links lead: it holds nothing that would go on */
            notation_report(builder->reader, NOTATION_HTML_MARK_OPEN, open->span);
        else if (!open->is_implied && !html_element_ends_itself(open->element))
            report_unclosed(builder, open);
        html_pop(builder);
    }
}

static void leave_level(struct builder *builder, unsigned level)
{
    unsigned count = builder->open_count;
    while (count && builder->open[count - 1].frame_count >= level)
        count--;
    pop_to(builder, count);
}

void html_end_before(struct builder *builder, enum html_way way, enum html_way first,
                     enum html_way second)
{
    unsigned level = level_of_blocks(builder), count = builder->open_count;
    for (; count && builder->open[count - 1].frame_count >= level; count--) {
        enum html_way found = builder->open[count - 1].element->way;
        if (found == way) {
            pop_to(builder, count - 1);
            return;
        }
        if (found == first || found == second)
            return;
    }
}

void html_leave(struct builder *builder)
{
    if (builder->open_count)
        leave_level(builder, (unsigned)builder->frame_count);
}

/* What began before the innermost span or sign of Markdown cannot end in it. */
static unsigned count_around(const struct builder *builder)
{
    return builder->open_end_count ? builder->open_elements[builder->open_end_count - 1] : 0;
}

void html_leave_between(struct builder *builder)
{
    pop_to(builder, count_around(builder));
}

void html_end(struct builder *builder)
{
    leave_level(builder, 0);
    if (builder->anchors && builder->reader->document->root->last_child)
        html_give_anchors(builder, builder->reader->document->root->last_child);
    html_end_icons(builder);
}

/* blocks in paragraphs */

static bool is_paragraph_of_words(const struct html_open *open)
{
    return open->element->way == HTML_WAY_PARAGRAPH && !open->holds_blocks;
}

/* A paragraph of the parser's that stands alone around what is open now. */
static bool can_break(struct builder *builder)
{
    const struct frame *frame = top_frame(builder);
    return frame && !frame->is_broken && frame->node->type == CMARK_NODE_PARAGRAPH &&
           frame->made->kind == NODE_PARAGRAPH && builder->into == frame->made &&
           node_kind_facts(frame->made->parent->kind)->content != CONTENT_ITEMS;
}

static void break_paragraph(struct builder *builder)
{
    struct frame *frame = top_frame(builder);
    trim_end(builder);
    builder->into = frame->before;
    builder->last_character = 0;
    frame->is_broken = true;
    build_finish_paragraph(frame->made);
}

/* Ends inline elements that stand in the way of a block: they cannot hold it. */
static void end_inlines(struct builder *builder, const struct html_element *element,
                        struct span span)
{
    unsigned level = (unsigned)builder->frame_count;
    for (struct html_open *top = find_top(builder, level);
         top && !html_element_is_block(top->element) && top->node; top = find_top(builder, level)) {
        html_report(builder, span, "end the one before the other begins",
                    "<%s> cannot stand in <%s>", element->name, top->element->name);
        html_pop(builder);
    }
}

bool html_begin_block(struct builder *builder, const struct html_element *element, struct span span)
{
    end_inlines(builder, element, span);
    for (struct html_open *top = html_top(builder); top && is_paragraph_of_words(top);
         top = html_top(builder))
        html_pop(builder);
    const struct frame *frame = top_frame(builder);
    if (frame && CMARK_NODE_TYPE_INLINE_P((cmark_node_type)frame->node->type)) {
        html_report(builder, span, "end the emphasis or the link before it",
                    "<%s> cannot stand within a line of words", element->name);
        return false;
    }
    if (can_break(builder))
        break_paragraph(builder);
    return true;
}

bool html_is_between_blocks(const struct builder *builder)
{
    return node_kind_facts(builder->into->kind)->content == CONTENT_BLOCKS;
}

bool html_begins_line(struct builder *builder)
{
    const struct html_open *top = html_top(builder);
    const struct node *last = builder->into->last_child;
    if (last && last->kind == NODE_LINE_BREAK && builder->characters.length == 0)
        return true;
    return top && top->node == builder->into && node_is_block(top->node) &&
           !top->node->first_child && builder->characters.length == 0;
}

static bool is_open_here(struct builder *builder)
{
    const struct html_open *top = html_top(builder);
    return top && top->node == builder->into;
}

/* Words that are marked do not go on around blocks of Markdown, nor does the paragraph that they
   stand in: no page can hold that. Ends that their authors wrote may come yet. */
void html_end_words(struct builder *builder)
{
    unsigned level = level_of_blocks(builder), kept = builder->open_count;
    for (unsigned i = builder->open_count; i-- > 0 && builder->open[i].frame_count >= level;) {
        const struct html_open *open = &builder->open[i];
        bool is_block = html_element_is_block(open->element);
        if (open->node && (!is_block || is_paragraph_of_words(open)))
            kept = i;
        if (is_block)
            break;
    }
    for (unsigned i = kept; i < builder->open_count; i++)
        builder->lost_count += !builder->open[i].is_implied;
    if (kept < builder->open_count)
        pop_to(builder, kept);
}

bool html_holds_items(struct builder *builder)
{
    return node_kind_facts(builder->into->kind)->content == CONTENT_ITEMS && is_open_here(builder);
}

bool html_takes_block(struct builder *builder, struct span span)
{
    html_end_words(builder);
    if (!html_holds_items(builder))
        return true;
    html_report(builder, span, "put it into an item or a cell",
                "a block of Markdown cannot stand in <%s> itself",
                html_top(builder)->element->name);
    return false;
}

bool html_takes_words(struct builder *builder, struct span span)
{
    static const struct html_element paragraph = {"p", HTML_WAY_PARAGRAPH, NODE_PARAGRAPH, NULL};
    enum node_content content = node_kind_facts(builder->into->kind)->content;
    if (content == CONTENT_INLINES || builder->image_depth || builder->into->kind == NODE_IMAGE)
        return true;
    if (content == CONTENT_BLOCKS) {
        struct node *node = node_new(builder->reader->arena, NODE_PARAGRAPH, span);
        if (!html_push(builder, &paragraph, node, span))
            return false;
        builder->open[builder->open_count - 1].is_implied = true;
        return true;
    }
    const struct html_open *top = html_top(builder);
    html_report(builder, span, "put them into an item or a cell",
                "words cannot stand in <%s> itself", top ? top->element->name : "this");
    return false;
}

/* ends */

static void read_end(struct builder *builder, const struct html_element *element,
                     const struct html_token *token)
{
    if (element->way == HTML_WAY_BREAK) { /* </br> breaks a line as <br> does (HTML, 13.2.6.4.7) */
        html_open(builder, element, token);
        return;
    }
    struct span span = html_span(builder, token);
    bool is_block = html_element_is_block(element);
    unsigned level =
        is_block ? level_of_blocks(builder) - can_break(builder) : (unsigned)builder->frame_count;
    unsigned count = builder->open_count, around = count_around(builder);
    while (count > around && builder->open[count - 1].frame_count >= level &&
           builder->open[count - 1].element != element)
        count--;
    bool is_found = count > around && builder->open[count - 1].frame_count >= level &&
                    !builder->open[count - 1].is_implied;
    if (!is_found && builder->lost_count) {
        builder->lost_count--;
        return;
    }
    /* An end that HTML lets stand alone, or of what has been told of already. */
    if (!is_found && (element->way == HTML_WAY_PARAGRAPH || html_element_is_void(element)))
        return;
    if (!is_found) {
        html_report(builder, span,
                    arena_printf(builder->reader->arena,
                                 "take it out, or put <%s> before it, in the same part of the text",
                                 element->name)
                        .bytes,
                    "</%s> ends nothing that is open here", element->name);
        return;
    }
    if (is_block && can_break(builder) &&
        builder->open[count - 1].frame_count < builder->frame_count)
        break_paragraph(builder);
    struct html_open *open = &builder->open[count - 1];
    if (!open->node && !is_block) {
        take_out(builder, count - 1);
        return;
    }
    pop_to(builder, count);
    if (open->node) {
        open->node->span.end_line = span.end_line;
        open->node->span.end_column = span.end_column;
    }
    html_pop(builder);
}

/* Whether the element that begins there ends in the same block, not far from it. */
static bool ends_near(const struct builder *builder, const struct html_token *token)
{
    enum { REACH = 4096 /* bytes in which its end is looked for */ };
    text near = text_slice(builder->places.content, 0, token->to + REACH);
    for (size_t at = text_find(near, TEXT("</"), token->to); at != SIZE_MAX;
         at = text_find(near, TEXT("</"), at + 2)) {
        text name = text_slice(near, at + 2, at + 2 + token->name.length);
        if (text_equal_ignoring_case(name, token->name) && at + 2 + name.length < near.length &&
            near.bytes[at + 2 + name.length] == '>')
            return true;
    }
    return false;
}

/* An element that HTML does not have, with attributes or a hyphen in its name and with its end
   near: browsers show its words, and so are they read. */
static bool is_around_words(const struct builder *builder, const struct html_token *token)
{
    bool has_more = token->attributes < token->attributes_end ||
                    text_find_byte(token->name, '-', 0) != SIZE_MAX;
    for (size_t i = 0; i < token->name.length; i++) {
        if (token->name.bytes[i] >= 'A' && token->name.bytes[i] <= 'Z')
            return false;
    }
    return token->kind == HTML_OPENING && !token->is_closed && has_more &&
           ends_near(builder, token);
}

static bool read_unknown(struct builder *builder, const struct html_token *token)
{
    const struct html_element *element = html_element_find(TEXT("span"));
    if (is_around_words(builder, token)) {
        unsigned open = builder->open_count;
        notation_report(builder->reader, NOTATION_HTML_UNKNOWN, html_span(builder, token));
        html_open(builder, element, token);
        if (builder->open_count > open)
            html_top(builder)->unknown = token->name;
        return true;
    }
    for (unsigned i = builder->open_count; token->kind == HTML_CLOSING && i-- > 0;) {
        if (text_equal(builder->open[i].unknown, token->name)) {
            read_end(builder, element, token);
            return true;
        }
    }
    return false;
}

void html_read_token(struct builder *builder, const struct html_token *token)
{
    struct span span = html_span(builder, token);
    if (token->kind == HTML_COMMENT)
        return;
    if (token->kind == HTML_BROKEN || token->kind == HTML_DECLARATION) {
        text from = text_slice(builder->places.content, token->from, SIZE_MAX);
        bool is_comment = token->kind == HTML_BROKEN && text_starts_with(from, TEXT("<!--"));
        html_report(
            builder, span,
            is_comment ? "end it with -->" : "write it in Markdown, or \\< for the sign itself",
            "%s",
            is_comment                   ? "a comment that does not end"
            : token->kind == HTML_BROKEN ? "a tag that does not end"
                                         : "a declaration of HTML or XML says nothing here");
        return;
    }
    text tag = text_slice(builder->places.content, token->from, token->to);
    const struct html_element *element = html_element_find(token->name);
    if (!element) {
        if (read_unknown(builder, token))
            return;
        if (!notations_in_tag(builder->reader, tag, span))
            html_report(builder, span, "write it in Markdown, or \\< for the sign itself",
                        "<%.*s> is no element of HTML", (int)token->name.length, token->name.bytes);
        return;
    }
    if (token->kind == HTML_CLOSING) {
        read_end(builder, element, token);
        return;
    }
    unsigned open = builder->open_count;
    html_open(builder, element, token);
    /* <a name="x"/> has ended, as people mean it and XML has it; not where its end follows, for
       which HTML has left it open. */
    if (token->is_closed && builder->open_count > open && !html_element_is_block(element) &&
        !ends_near(builder, token))
        read_end(builder, element, token);
}

void html_read_inline(struct builder *builder, size_t from, size_t to)
{
    struct html_token token;
    text source = text_slice(builder->places.content, 0, to);
    while (html_next(source, &from, &token)) {
        if (token.kind != HTML_WORDS && token.from >= builder->skip_end)
            html_read_token(builder, &token);
    }
}
