/* Pages of braille, after the guidance that English-speaking and many other countries share:
   headings of the first levels centred, others set in by four cells, paragraphs begun in the third
   cell, items of lists hanging by two cells, no hyphens at the ends of lines. */
#include "braille/braille.h"

#include "base/limits.h"
#include "braille/cells.h"

enum {
    STEP = 2,               /* cells of a paragraph's first line, and of each depth */
    DEEP_HEADING = 4,       /* cells before headings that are not centred */
    CENTRED_LEVELS = 2,     /* headings down to this level are centred */
    LINES_WITH_HEADING = 2, /* of what follows it, on the same page */
    USUAL_WIDTH = 40,
    USUAL_LENGTH = 25,
};

struct braille {
    struct cells cells;
    struct buffer *out;
    unsigned width, length;
    unsigned line; /* lines that the page has, the head included; 0: no page is open */
    unsigned page;
    bool is_spaced; /* the last line was empty */
    text title;     /* in braille */
};

/* How a block's lines stand. */
struct setting {
    unsigned first, rest; /* cells before its first line, and before its others */
    bool is_centred;
};

static void end_line(struct braille *b)
{
    buffer_add_c(b->out, "\r\n");
    b->line++;
}

static void add_spaces(struct braille *b, size_t count)
{
    while (count--)
        buffer_add_byte(b->out, ' ');
}

/* The head of a page: the title in the middle (not on the first, which begins with it), the number
   at the right. */
static void begin_page(struct braille *b)
{
    struct buffer number;
    buffer_init(&number, 256);
    text digits = arena_printf(b->cells.arena, "%u", ++b->page);
    cells_add(&b->cells, digits, b->cells.document->metadata.language, b->cells.document->root,
              &number);
    size_t room = b->width - number.length - 3, used = 0;
    if (b->page > 1 && b->title.length) {
        text title = text_slice(b->title, 0, room);
        if (title.length < b->title.length) { /* at the end of a word */
            while (title.length && title.bytes[title.length] != ' ')
                title.length--;
        }
        size_t before = (b->width - title.length) / 2;
        before = before + title.length > room ? room - title.length : before;
        add_spaces(b, before);
        buffer_add_text(b->out, title);
        used = before + title.length;
    }
    add_spaces(b, b->width - number.length - used);
    buffer_add_text(b->out, buffer_text(&number));
    buffer_release(&number);
    b->line = 0;
    end_line(b);
    b->is_spaced = true;
}

static void end_page(struct braille *b)
{
    if (b->line)
        buffer_add_byte(b->out, '\f');
    b->line = 0;
}

static void need_lines(struct braille *b, unsigned count)
{
    if (b->line && b->line + count > b->length)
        end_page(b);
    if (b->line == 0)
        begin_page(b);
}

static void add_blank_line(struct braille *b)
{
    if (b->line == 0 || b->is_spaced)
        return;
    if (b->line < b->length)
        end_line(b);
    b->is_spaced = true;
}

static void add_line(struct braille *b, text cells, unsigned before, bool is_centred)
{
    need_lines(b, 1);
    if (is_centred)
        before = (b->width - (unsigned)cells.length) / 2;
    if (cells.length) {
        add_spaces(b, before);
        buffer_add_text(b->out, cells);
    }
    end_line(b);
    b->is_spaced = cells.length == 0;
}

/* The length of what fits into the room: up to a space, or as much as there is room for. */
static size_t fit(text rest, size_t room)
{
    if (rest.length <= room)
        return rest.length;
    size_t end = room;
    while (end && rest.bytes[end] != ' ')
        end--;
    return end ? end : room;
}

/* One line of the source, as many as it takes; returns how many. Writes nothing where out is false.
 */
static unsigned set_lines(struct braille *b, text cells, const struct setting *setting,
                          bool is_first, bool is_written)
{
    unsigned lines = 0;
    do {
        unsigned before = is_first && lines == 0 ? setting->first : setting->rest;
        size_t length = fit(cells, b->width - before);
        text line = text_slice(cells, 0, length);
        while (line.length && line.bytes[line.length - 1] == ' ')
            line.length--;
        if (is_written)
            add_line(b, line, before, setting->is_centred);
        lines++;
        cells = text_slice(cells, length, cells.length);
        while (cells.length && cells.bytes[0] == ' ')
            cells = text_slice(cells, 1, cells.length);
    } while (cells.length);
    return lines;
}

static unsigned set(struct braille *b, text cells, const struct setting *setting, bool is_written)
{
    unsigned lines = 0;
    for (size_t from = 0; from <= cells.length;) {
        size_t end = text_find_byte(cells, '\n', from);
        text line = text_slice(cells, from, end == SIZE_MAX ? cells.length : end);
        lines += set_lines(b, line, setting, from == 0, is_written);
        if (end == SIZE_MAX)
            break;
        from = end + 1;
    }
    return lines;
}

static struct setting setting_of(const struct braille *b, const struct linear_block *block)
{
    unsigned indent = STEP * block->indent, most = b->width / 3;
    indent = indent < most ? indent : most;
    if (block->kind == LINEAR_TITLE)
        return (struct setting){.is_centred = true};
    if (block->kind == LINEAR_HEADING)
        return block->level <= CENTRED_LEVELS
                   ? (struct setting){.is_centred = true}
                   : (struct setting){.first = DEEP_HEADING, .rest = DEEP_HEADING};
    if (block->label.length) /* a label stands out, also at the edge */
        return indent ? (struct setting){.first = indent - STEP, .rest = indent}
                      : (struct setting){.rest = STEP};
    if (block->node->kind == NODE_CODE_BLOCK)
        return (struct setting){.first = indent, .rest = indent};
    if (block->kind == LINEAR_PARAGRAPH && block->indent == 0)
        return (struct setting){.first = STEP};
    return (struct setting){.first = indent, .rest = indent};
}

static void add_rule(struct braille *b)
{
    static const text rule = {"333333333333", 12};
    add_blank_line(b);
    add_line(b, rule, 0, true);
    add_blank_line(b);
}

static void add_block(struct braille *b, const struct linear_block *block, bool is_close)
{
    if (block->kind == LINEAR_RULE) {
        add_rule(b);
        return;
    }
    struct buffer cells;
    buffer_init(&cells, LIMIT_OUTPUT_BYTES);
    if (block->label.length) {
        text language = b->cells.document->metadata.language, label = block->label;
        if (text_equal_c(label, "\u2022") && !cells_has(&b->cells, 0x2022, language))
            label = TEXT("-");
        cells_add(&b->cells, label, language, block->node, &cells);
        buffer_add_byte(&cells, ' ');
    }
    cells_add(&b->cells, block->words, block->language, block->node, &cells);
    struct setting setting = setting_of(b, block);
    bool is_heading = block->kind == LINEAR_TITLE || block->kind == LINEAR_HEADING;
    if (!is_close)
        add_blank_line(b);
    if (is_heading)
        need_lines(b, set(b, buffer_text(&cells), &setting, false) + LINES_WITH_HEADING);
    set(b, buffer_text(&cells), &setting, true);
    if (is_heading)
        add_blank_line(b);
    buffer_release(&cells);
}

/* Paragraphs follow one another without a gap, and so do lines; between the two there is one. */
static bool stands_close(const struct linear_block *block, const struct linear_block *previous)
{
    return previous && block->kind == previous->kind &&
           (block->kind == LINEAR_PARAGRAPH || block->kind == LINEAR_LINE);
}

bool braille_write(const struct document *document, const struct linear *linear,
                   const struct braille_options *options, struct buffer *out)
{
    struct arena arena;
    struct buffer title;
    arena_init(&arena);
    buffer_init(&title, LIMIT_OUTPUT_BYTES);
    struct braille b = {
        .cells = {.document = document, .arena = &arena, .contracted = options->contracted},
        .out = out,
        .width = options->width ? options->width : USUAL_WIDTH,
        .length = options->length ? options->length : USUAL_LENGTH,
    };
    cells_add(&b.cells, document->metadata.title, document->metadata.language, document->root,
              &title);
    b.title = buffer_text(&title);
    for (size_t i = 0; i < linear->count && !b.cells.failed; i++)
        add_block(&b, &linear->blocks[i],
                  stands_close(&linear->blocks[i], i ? &linear->blocks[i - 1] : NULL));
    end_page(&b);
    buffer_release(&title);
    arena_release(&arena);
    return !b.cells.failed && !out->overflowed;
}
