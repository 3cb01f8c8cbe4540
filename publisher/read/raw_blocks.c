/* Blocks for one format, as pandoc, Quarto, R Markdown and MyST have them: "```{=html}",
   "```{raw} html". HTML is read as it is elsewhere. Lines of LaTeX that hold nothing but commands
   for the look of pages say nothing to a reader; others, and other formats, are told. */
#include "read/build.h"
#include "read/tex.h"

#include <cmark-gfm/node.h>

static text line_at(text code, size_t from)
{
    return text_slice(code, from, text_find_byte(code, '\n', from));
}

/* Lines of layout, comments and blank ones. */
static bool is_layout(text code, bool *breaks_page)
{
    *breaks_page = false;
    for (size_t from = 0; from < code.length;) {
        text line = line_at(code, from), words = text_trim(line);
        enum tex_layout layout = tex_layout_of(words);
        bool is_nothing = words.length == 0 || words.bytes[0] == '%';
        if (!is_nothing && layout == TEX_LAYOUT_NONE)
            return false;
        *breaks_page = *breaks_page || layout == TEX_LAYOUT_BREAKS_PAGE;
        from += line.length + 1;
    }
    return true;
}

static bool is_html(text format)
{
    static const char *const names[] = {"html", "html5", "html4"};
    return TEXT_IS_AMONG(format, names);
}

bool build_raw_lines(struct builder *builder, const cmark_node *node, uint32_t behind, text format,
                     text code, struct span span)
{
    bool breaks_page = false;
    if (is_html(format)) {
        cmark_node lines = *node; /* behind the line of the fence */
        lines.start_line += (int)behind;
        lines.start_column = 1;
        build_html_lines(builder, &lines, code, true);
        return true;
    }
    bool is_tex = text_equal_c(format, "latex") || text_equal_c(format, "tex");
    if (!is_tex || !is_layout(code, &breaks_page))
        return false;
    const struct node *before = builder->into->last_child;
    if (breaks_page && (!before || before->kind != NODE_PAGE_BREAK))
        build_add(builder, NODE_PAGE_BREAK, span);
    return true;
}

/* The format of a block of pandoc's, and its lines. */
static bool is_raw_block(const cmark_node *node, text *format, text *code)
{
    text info = {(const char *)node->as.code.info.data, (size_t)node->as.code.info.len};
    *code = (text){(const char *)node->as.code.literal.data, (size_t)node->as.code.literal.len};
    info = text_trim(info);
    *format = text_slice(info, 2, info.length - (info.length > 0));
    return text_starts_with(info, TEXT("{=")) && info.bytes[info.length - 1] == '}';
}

bool build_raw_block(struct builder *builder, const cmark_node *node, struct span span)
{
    text format, code;
    return is_raw_block(node, &format, &code) &&
           build_raw_lines(builder, node, 1, format, code, span);
}

bool build_raw_html(struct builder *builder, const cmark_node *node, struct span span)
{
    text format, code;
    uint32_t skipped = 0;
    bool is_raw = (!mark_of(node) && is_raw_block(node, &format, &code)) ||
                  build_raw_directive(builder, node, span, &format, &code, &skipped);
    return is_raw && is_html(format) &&
           build_raw_lines(builder, node, skipped + 1, format, code, span);
}
