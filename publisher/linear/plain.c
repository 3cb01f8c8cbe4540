#include "linear/linear.h"

static void add_indent(struct buffer *out, unsigned indent)
{
    enum { MOST_INDENT = 8, STEP = 2 };
    for (unsigned i = 0; i < STEP * (indent < MOST_INDENT ? indent : MOST_INDENT); i++)
        buffer_add_byte(out, ' ');
}

static void add_lines(struct buffer *out, const struct linear_block *block)
{
    text label = block->label;
    unsigned indent = block->indent;
    indent -= indent && label.length; /* a label stands out */
    add_indent(out, indent);
    if (label.length) {
        buffer_add_text(out, label);
        buffer_add_byte(out, ' ');
    }
    for (size_t i = 0; i < block->words.length; i++) {
        buffer_add_byte(out, block->words.bytes[i]);
        if (block->words.bytes[i] == '\n')
            add_indent(out, block->indent);
    }
    buffer_add_byte(out, '\n');
}

void linear_write_text(const struct linear *linear, struct buffer *out)
{
    for (size_t i = 0; i < linear->count; i++) {
        const struct linear_block *block = &linear->blocks[i];
        bool is_close = block->kind == LINEAR_LINE && i && block[-1].kind == LINEAR_LINE;
        bool is_heading = block->kind == LINEAR_HEADING;
        if (i && !is_close)
            buffer_add_c(out, is_heading ? "\n\n" : "\n");
        if (block->kind == LINEAR_RULE)
            buffer_add_c(out, "* * *\n");
        else
            add_lines(out, block);
    }
}
