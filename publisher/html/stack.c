/* Tables on narrow screens. Where a table finds less room than its words need, its rows stand as
   blocks, each cell in a line of its own after the words of its header; so nothing is cut off, and
   nothing has to be scrolled sideways, on a telephone or at four times the size (WCAG 2.2, 1.4.10).

   Whether there is room is a question to the box around the table (CSS Conditional Rules 5,
   @container), for reading systems lay a chapter out as one wide sheet of columns, and the width
   that a media query sees is the sheet's. How much the words need is reckoned here, for a style
   sheet cannot ask; the class says it in steps: stack-18 stacks where there are 18 em or fewer.

   The words before a cell are made by the style sheet of data-label, without a voice of their own:
   screen readers say the header of the table, as they do where nothing is stacked. Roles say what
   each element is, since some browsers take a table that is shown as blocks for none. What reaches
   down from a row above is shown in each row below: headers at its beginning (data-above), other
   cells at its end (data-also). */
#include "document/words.h"
#include "html/stylesheet.h"
#include "html/writer.h"

static const unsigned steps[] = {10, 14, 18, 22, 27, 33, 40, 50, 60};
enum { WIDE = 33, STEP_COUNT = sizeof steps / sizeof *steps, LIMIT_LABEL_BYTES = 64 * 1024 };

/* In em; narrower than most fonts' letters are none. */
static const float letter_width = 0.58F, wide_width = 1, padding_width = 1.1F;
/* A column of prose reads well from so many em on; longer words than the second are broken. */
static const float column_width = 7, longest_word = 11;

static float width_of(uint32_t c)
{
    bool is_mark = (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F);
    bool is_wide = (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0xD7FF) ||
                   (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFF60) ||
                   (c >= 0x1F300 && c <= 0x3FFFF);
    return is_mark ? 0 : is_wide ? wide_width : letter_width;
}

/* The longest word, and all of it. */
static void measure(text words, float *longest, float *all)
{
    float word = 0;
    size_t offset = 0;
    *longest = *all = 0;
    for (uint32_t c = text_next(words, &offset); c != UINT32_MAX; c = text_next(words, &offset)) {
        float width = width_of(c);
        *all += width;
        word += width;
        *longest = word > *longest ? word : *longest;
        if (text_is_space(c) || c == '-' || width >= wide_width)
            word = 0;
    }
}

static text word_of(const struct html_writer *writer, enum word word)
{
    return word_in(writer->document->metadata.language, word, NULL);
}

static text joined(struct html_writer *writer, text a, enum word between, text b)
{
    if (a.length == 0 || b.length == 0)
        return a.length ? a : b;
    return arena_printf(writer->arena, "%.*s%.*s%.*s", TEXT_ARGUMENTS(a),
                        TEXT_ARGUMENTS(word_of(writer, between)), TEXT_ARGUMENTS(b));
}

static unsigned end_of(const struct stack *stack, const struct node *cell)
{
    unsigned end = cell->cell.column + (cell->cell.column_span ? cell->cell.column_span : 1);
    return end < stack->column_count ? end : stack->column_count;
}

static void read_cell(struct html_writer *writer, const struct node *cell, bool is_head)
{
    struct stack *stack = &writer->stack;
    unsigned end = end_of(stack, cell);
    text words = node_words(writer->arena, cell, LIMIT_LABEL_BYTES);
    for (unsigned i = cell->cell.column; is_head && i < end; i++)
        stack->columns[i].label = joined(writer, stack->columns[i].label, WORD_COMMA, words);
    if (end != cell->cell.column + 1)
        return;
    float longest, all;
    measure(words, &longest, &all);
    longest = longest < longest_word ? longest : longest_word;
    float need = all < column_width ? all : column_width;
    need = padding_width + (need > longest ? need : longest);
    float *width = &stack->columns[cell->cell.column].width;
    *width = need > *width ? need : *width;
}

void stack_begin_table(struct html_writer *writer, const struct node *table)
{
    struct stack *stack = &writer->stack;
    unsigned count = table->table.columns;
    *stack = (struct stack){.column_count = count,
                            .columns = ARENA_NEW_ARRAY(writer->arena, count, struct stack_column)};
    float width = 0;
    size_t step = 0;
    for (const struct node *part = table->first_child; part; part = part->next) {
        if (part->kind == NODE_CAPTION)
            continue;
        for (const struct node *row = part->first_child; row; row = row->next) {
            for (const struct node *cell = row->first_child; cell; cell = cell->next)
                read_cell(writer, cell, part->kind == NODE_TABLE_HEAD);
        }
    }
    for (unsigned i = 0; i < count; i++)
        width += stack->columns[i].width;
    while (step < STEP_COUNT && (float)steps[step] < width)
        step++;
    stack->is_wide = width > WIDE;
    stack->class_name = step < STEP_COUNT
                            ? arena_printf(writer->arena, "stack stack-%u", steps[step]).bytes
                            : "stack stacked";
}

static text with_colon(struct html_writer *writer, text label)
{
    return label.length ? arena_printf(writer->arena, "%.*s%.*s", TEXT_ARGUMENTS(label),
                                       TEXT_ARGUMENTS(word_of(writer, WORD_COLON)))
                        : label;
}

/* "Dose: ", of all columns that the cell stands in, if there are others; for one column it is made
   once. */
static text label_of(struct html_writer *writer, const struct node *cell)
{
    const struct stack *stack = &writer->stack;
    text label = TEXT_EMPTY;
    bool is_over_all = cell->cell.column == 0 && end_of(stack, cell) == stack->column_count;
    if (is_over_all && stack->column_count > 1)
        return label; /* a note, which is of no column */
    if (end_of(stack, cell) == cell->cell.column + 1) {
        struct stack_column *column = &stack->columns[cell->cell.column];
        if (column->said.length == 0)
            column->said = with_colon(writer, column->label);
        return column->said;
    }
    for (unsigned i = cell->cell.column; i < end_of(stack, cell); i++) {
        bool is_same = i > cell->cell.column &&
                       text_equal(stack->columns[i].label, stack->columns[i - 1].label);
        if (!is_same)
            label = joined(writer, label, WORD_COMMA, stack->columns[i].label);
    }
    return with_colon(writer, label);
}

bool stack_is_long(struct html_writer *writer, const struct node *cell)
{
    float longest, all;
    measure(node_words(writer->arena, cell, LIMIT_LABEL_BYTES), &longest, &all);
    return longest > longest_word;
}

void stack_add_label(struct html_writer *writer, const struct node *cell)
{
    struct stack *stack = &writer->stack;
    bool is_head = cell->parent->parent->kind == NODE_TABLE_HEAD;
    if (is_head || cell->cell.column >= stack->column_count)
        return;
    bool is_row_header = cell->cell.header && cell->cell.row_scope;
    text label = is_row_header ? TEXT_EMPTY : label_of(writer, cell);
    if (label.length)
        markup_attribute(writer->markup, "data-label", label);
    if (cell->cell.row_span > 1) {
        struct stack_column *column = &stack->columns[cell->cell.column];
        text words = node_words(writer->arena, cell, LIMIT_LABEL_BYTES);
        column->above =
            arena_printf(writer->arena, "%.*s%.*s", TEXT_ARGUMENTS(label), TEXT_ARGUMENTS(words));
        column->is_header = is_row_header;
        column->rows_left = cell->cell.row_span; /* this one is counted at its end */
    }
}

void stack_add_above(struct html_writer *writer, const struct node *row)
{
    struct stack *stack = &writer->stack;
    text above = TEXT_EMPTY, also = TEXT_EMPTY;
    for (unsigned i = 0; i < stack->column_count && row->parent->kind != NODE_TABLE_HEAD; i++) {
        struct stack_column *column = &stack->columns[i];
        if (column->rows_left && --column->rows_left)
            *(column->is_header ? &above : &also) = joined(writer, column->is_header ? above : also,
                                                           WORD_BETWEEN_REFERENCES, column->above);
    }
    if (above.length)
        markup_attribute(writer->markup, "data-above", above);
    if (also.length)
        markup_attribute(writer->markup, "data-also", also);
}

/* One switch for all that differs, so that the rules stand once; what knows no variables of CSS
   shows a plain table. */
void stack_write_rules(struct buffer *out)
{
    static const char switches[] =
        " {\n    --stack: block;\n    --stack-label: inline;\n    --stack-head: absolute;\n"
        "    --stack-clip: inset(50%);\n    --stack-rule: 0;\n    --stack-align: start;\n"
        "    --stack-breaks: anywhere;\n    --stack-padding: 0.15em 0;\n    --stack-room: 0;\n"
        "    --stack-row: 0.5em 0;\n";
    static const char rules[] =
        ".table {\n  container-type: inline-size;\n  margin: 1.5em 0;\n}\n"
        ".stack {\n  display: var(--stack, table);\n  margin: 0;\n}\n"
        ".stack caption {\n  display: var(--stack, table-caption);\n}\n"
        ".stack thead {\n  display: var(--stack, table-header-group);\n"
        "  position: var(--stack-head, static);\n  clip-path: var(--stack-clip, none);\n}\n"
        ".stack tbody {\n  display: var(--stack, table-row-group);\n}\n"
        ".stack tr {\n  display: var(--stack, table-row);\n  padding: var(--stack-row, 0);\n"
        "  border-bottom: 1px solid currentColor;\n}\n"
        ".stack th, .stack td {\n  display: var(--stack, table-cell);\n"
        "  overflow-wrap: var(--stack-breaks, break-word);\n}\n"
        ".stack tbody th, .stack td {\n  padding: var(--stack-padding, 0.35em 0.5em);\n"
        "  border-width: var(--stack-rule, 1px);\n}\n"
        ".stack .long-word {\n  overflow-wrap: anywhere;\n  min-width: var(--stack-room, 8em);\n}\n"
        ".stack td::before, .stack tr[data-above]::before, .stack tr[data-also]::after {\n"
        "  display: var(--stack-label, none);\n}\n"
        ".stack td::before, .stack tr[data-above]::before {\n  font-weight: bold;\n}\n"
        ".stack td::before {\n  content: attr(data-label);\n  content: attr(data-label) / "
        "\"\";\n}\n"
        ".stack tr[data-above]::before {\n  content: attr(data-above);\n"
        "  content: attr(data-above) / \"\";\n}\n"
        ".stack tr[data-also]::after {\n  content: attr(data-also);\n"
        "  content: attr(data-also) / \"\";\n}\n";
    buffer_add_c(out, rules);
    buffer_printf(out, ".stacked%s}\n", switches);
    for (size_t i = 0; i < STEP_COUNT; i++)
        buffer_printf(out, "@container (max-width: %uem) {\n  .stack-%u%s  }\n}\n", steps[i],
                      steps[i], switches);
}
