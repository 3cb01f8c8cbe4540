#include "read/directives.h"

#include "read/boxes.h"

#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

static const struct {
    const char *name;
    enum directive_form form;
} directives[] = {
#define DIRECTIVE(name, form) {name, DIRECTIVE_##form},
#include "read/directives.def"
#undef DIRECTIVE
};

static const struct {
    const char *key, *attribute;
} options[] = {
#define OPTION(key, attribute) {key, attribute},
#include "read/directive_options.def"
#undef OPTION
};

/* `exercise-start` and `exercise-end`: the name of the box; empty: neither. */
static text name_at_gate(text name, const char *end)
{
    text suffix = text_from_c(end);
    text stem = text_slice(name, 0, name.length - suffix.length);
    return text_ends_with(name, suffix) && box_find(stem) ? stem : TEXT_EMPTY;
}

enum directive_form directive_find(text name)
{
    if (name_at_gate(name, "-end").length)
        return DIRECTIVE_LEFT_OUT;
    if (name_at_gate(name, "-start").length)
        return DIRECTIVE_BOX;
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        if (text_equal_c(name, directives[i].name))
            return directives[i].form;
    }
    return box_find(name) ? DIRECTIVE_BOX : DIRECTIVE_UNKNOWN;
}

static bool is_name(char c)
{
    return text_is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == ':' || c == '+';
}

/* `{tip icon=false}`: options that say how a box is to look, up to the brace; the offset behind it,
   or 0. */
static size_t past_looks(text line, size_t at, text name)
{
    static const char *const looks[] = {"icon=", "open=", "style=", "width="};
    size_t close = text_find_byte(line, '}', at);
    if (close == SIZE_MAX || !box_find(name))
        return 0;
    for (size_t from = at; from < close;) {
        while (from < close && line.bytes[from] == ' ')
            from++;
        text option = text_slice(line, from, close);
        option = text_slice(option, 0, text_find_byte(option, ' ', 0));
        if (option.length && !TEXT_STARTS_WITH_ANY(option, looks))
            return 0;
        from += option.length;
    }
    return close + 1;
}

size_t directive_name(text line, size_t at, text *name)
{
    size_t end = at + 1;
    if (at >= line.length || line.bytes[at] != '{')
        return 0;
    while (end < line.length && is_name(line.bytes[end]))
        end++;
    *name = text_slice(line, at + 1, end);
    if (name->length == 0 || end >= line.length)
        return 0;
    if (line.bytes[end] == '}')
        return end + 1;
    bool is_block = text_equal_c(*name, "block") || text_equal_c(*name, "block2");
    if (line.bytes[end] == ' ' && !is_block)
        return past_looks(line, end, *name);
    if ((line.bytes[end] != ',' && line.bytes[end] != ' ') || !is_block)
        return 0;
    size_t close = text_find_byte(line, '}', end);
    size_t type = text_find(text_slice(line, 0, close), TEXT("type="), end);
    if (close == SIZE_MAX)
        return 0;
    /* its type is a class, and may be a kind of boxes */
    if (type != SIZE_MAX) {
        size_t from = type + strlen("type="), to = from + 1;
        while (to < close && is_name(line.bytes[to]))
            to++;
        if (box_find(text_slice(line, from + 1, to)))
            *name = text_slice(line, from + 1, to);
    }
    return close + 1;
}

/* options */

static bool is_quoted(text value)
{
    return value.length > 1 && (value.bytes[0] == '"' || value.bytes[0] == '\'') &&
           value.bytes[value.length - 1] == value.bytes[0];
}

text option_value(struct arena *arena, text value)
{
    bool is_plain = !is_quoted(value);
    value = is_plain ? value : text_slice(value, 1, value.length - 1);
    char *bytes = arena_copy_c(arena, value);
    size_t length = 0;
    for (size_t i = 0; i < value.length; i++) {
        bool is_escape =
            !is_plain && bytes[i] == '\\' && i + 1 < value.length && strchr("\"\\", bytes[i + 1]);
        i += is_escape;
        bytes[length++] = bytes[i];
    }
    return (text){bytes, length};
}

enum option_line option_read(struct option_reader *reader, text line, struct attribute *attribute)
{
    text whole = line;
    bool begins = !reader->has_begun;
    line = text_trim(line);
    reader->has_begun = true;
    if (reader->is_over)
        return OPTION_NONE;
    if (text_equal_c(line, "---") && (begins || reader->is_yaml)) {
        reader->is_over = reader->is_yaml;
        reader->is_yaml = !reader->is_over;
        return OPTION_SKIP;
    }
    size_t from = !reader->is_yaml, colon = text_find_byte(line, ':', from);
    bool has_key = line.length > from && (from == 0 || line.bytes[0] == ':') && colon != SIZE_MAX &&
                   colon > from && (colon + 1 == line.length || line.bytes[colon + 1] == ' ');
    for (size_t i = from; i < colon && has_key; i++)
        has_key = is_name(line.bytes[i]);
    if (!has_key && reader->is_yaml)
        return OPTION_SKIP; /* more of a value that means nothing here */
    if (!has_key) {
        reader->is_over = true;
        return OPTION_NONE;
    }
    size_t start = (size_t)(line.bytes - whole.bytes);
    text key = text_slice(line, from, colon);
    text value = text_trim(text_slice(line, colon + 1, line.length));
    attribute->key = key;
    attribute->value = value;
    attribute->span.column = (uint32_t)(start + from);
    attribute->span.end_column = (uint32_t)(start + line.length);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!text_equal_c(key, options[i].key))
            continue;
        attribute->key = text_from_c(options[i].attribute);
        /* so that the value begins behind the key and one sign, as in key="value" */
        if (value.length && attribute->key.length)
            attribute->span.column =
                (uint32_t)(start + (size_t)(value.bytes - line.bytes) - attribute->key.length - 1);
        return attribute->key.length ? OPTION_FOUND : OPTION_SKIP;
    }
    return OPTION_UNKNOWN;
}

/* An option in this line; false: there is none, and the contents have begun. */
static bool take_option(struct dialect *dialect, cmark_parser *parser, struct mark *mark, text line)
{
    struct arena *arena = dialect->reader->arena;
    struct attribute found = {.next = NULL};
    enum option_line what = option_read(&mark->options, line, &found);
    if (what != OPTION_FOUND && what != OPTION_UNKNOWN)
        return what == OPTION_SKIP;
    text reach = {NULL, found.span.end_column - found.span.column};
    found.span = span_of_line(dialect, parser, found.span.column, reach);
    found.value = restore_words(arena, option_value(arena, found.value));
    found.key = arena_copy(arena, found.key);
    /* Only a box without a kind of its own gets one from a class. */
    bool is_class = text_equal_c(found.key, "class");
    const struct box_kind *kind = is_class ? box_find(found.value) : NULL;
    if (is_class && (!kind || kind->form != BOX_CALLOUT ||
                     !text_equal_c(attributes_value(mark->attributes, "class"), "admonition")))
        return true;
    struct attribute *attribute = ARENA_NEW(arena, struct attribute);
    *attribute = found;
    attribute->next = mark->attributes;
    mark->attributes = attribute;
    return true;
}

/* the lines of a directive */

static bool is_closing(text line, const struct mark *mark)
{
    size_t signs = 0;
    while (signs < line.length && line.bytes[signs] == mark->fence)
        signs++;
    return signs >= mark->fence_length && text_is_blank(text_slice(line, signs, line.length));
}

bool directive_passes_gate(cmark_node *directive)
{
    struct mark *mark = mark_of(directive);
    if (mark->gate == GATE_BEGINS) {
        mark->gate = GATE_OPEN;
        mark->fence = '\0';
        mark->fence_length = 0;
        mark->options.is_over = true;
        return true;
    }
    mark->closed = true;
    if (mark->gate != GATE_ENDS)
        return false;
    for (cmark_node *box = directive->parent; box; box = box->parent) {
        struct mark *begun = mark_of(box);
        if (!begun || begun->kind != MARK_DIV || begun->gate != GATE_OPEN)
            continue;
        begun->gate = GATE_OVER;
        begun->closed = true;
        break;
    }
    return false;
}

static int match_block(cmark_syntax_extension *extension, cmark_parser *parser,
                       unsigned char *input, int length, cmark_node *container)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    struct mark *mark = mark_of(container);
    text line = line_rest(parser, input, length);
    if (mark->kind == MARK_TITLE || mark->gate == GATE_OVER)
        return 0;
    if (mark->fence_length && cmark_parser_get_indent(parser) < 4 && is_closing(line, mark)) {
        /* The rest is a blank line for the parser, which makes no list loose: see directives_take.
         */
        bool stays = directive_passes_gate(container);
        dialect->closed_directive = container;
        line_advance(parser, input, line.length);
        return stays;
    }
    if (container->type != CMARK_NODE_CODE_BLOCK && !mark->options.is_over &&
        take_option(dialect, parser, mark, line))
        line_advance(parser, input, line.length);
    return 1;
}

static int can_contain(cmark_syntax_extension *extension, cmark_node *node, cmark_node_type child)
{
    const struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    return dialect->closing_div != node && CMARK_NODE_TYPE_BLOCK_P(child) &&
           child != CMARK_NODE_ITEM;
}

cmark_syntax_extension *directives_extension(void)
{
    cmark_syntax_extension *extension = cmark_syntax_extension_new("directives");
    cmark_syntax_extension_set_match_block_func(extension, match_block);
    cmark_syntax_extension_set_can_contain_func(extension, can_contain);
    return extension;
}

/* the line that opens one */

/* How its argument is used: as the title, as a caption, as the name of a file, or as contents. */
static void take_argument(cmark_syntax_extension *extension, cmark_parser *parser, cmark_node *box,
                          size_t column, text argument)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(extension);
    struct mark *mark = mark_of(box);
    const struct box_kind *kind = box_find(attributes_value(mark->attributes, "class"));
    /* the label of the exercise that a solution is of */
    bool is_label =
        kind && kind->word == WORD_SOLUTION && text_find_byte(argument, ' ', 0) == SIZE_MAX;
    if (argument.length == 0 || is_label)
        return;
    if (text_equal_c(attributes_value(mark->attributes, "class"), "figure-md")) {
        struct attribute *id = ARENA_NEW(dialect->reader->arena, struct attribute);
        *id = (struct attribute){.next = mark->attributes,
                                 .key = TEXT("id"),
                                 .value = arena_copy(dialect->reader->arena, argument),
                                 .span = mark->attributes->span};
        mark->attributes = id;
    } else if (mark->form == DIRECTIVE_FIGURE || mark->form == DIRECTIVE_IMAGE)
        mark->label = arena_copy(dialect->reader->arena, argument);
    else if (mark->form == DIRECTIVE_TABLE || mark->form == DIRECTIVE_LIST_TABLE ||
             mark->form == DIRECTIVE_UNKNOWN ||
             (kind && kind->form != BOX_QUOTE && kind->form != BOX_PLAIN))
        box_add_title(extension, parser, box, (int)column, argument);
    else if (kind && kind->form == BOX_QUOTE)
        box_add_words(parser, box, (int)column, argument);
}

static struct mark *new_mark(struct dialect *dialect, enum directive_form form, text name)
{
    struct mark *mark = mark_new(dialect, MARK_DIV);
    text begun = name_at_gate(name, "-start");
    mark->form = form;
    mark->gate = begun.length                        ? GATE_BEGINS
                 : name_at_gate(name, "-end").length ? GATE_ENDS
                                                     : GATE_NONE;
    name = begun.length ? begun : name;
    mark->attributes = attribute_new_class(dialect->reader->arena, name, 0, NULL);
    mark->attributes->span.file = dialect->reader->file;
    mark->is_glossary = text_equal_c(name, "glossary");
    return mark;
}

cmark_node *directive_open(cmark_syntax_extension *divs, cmark_parser *parser,
                           cmark_node *container, const unsigned char *input, text line,
                           size_t signs, size_t brace)
{
    struct dialect *dialect = cmark_syntax_extension_get_private(divs);
    cmark_syntax_extension *extension = dialect->directives;
    text name = TEXT_EMPTY;
    size_t end = directive_name(line, brace, &name);
    size_t column = (size_t)cmark_parser_get_first_nonspace(parser) + 1;
    text argument = text_trim(text_slice(line, end, line.length));
    enum directive_form form = directive_find(name);
    struct mark *mark = new_mark(dialect, form, name);
    mark->fence = ':';
    if (form == DIRECTIVE_UNKNOWN) {
        mark->is_told = true;
        notation_report(dialect->reader, NOTATION_DIRECTIVE_COLON,
                        span_of_line(dialect, parser, 0, text_trim(line)));
    }
    cmark_node *box;
    if (form == DIRECTIVE_CODE || form == DIRECTIVE_FORMULA || form == DIRECTIVE_SOURCE) {
        mark->kind = MARK_DIRECTIVE;
        mark->fence_length = (unsigned)signs;
        mark->label = arena_copy(dialect->reader->arena, text_slice(line, brace, line.length));
        box = cmark_parser_add_child(parser, container, CMARK_NODE_CODE_BLOCK, (int)column);
        cmark_node_set_user_data(box, mark);
        cmark_node_set_syntax_extension(box, extension);
    } else {
        box = mark_open_block(extension, parser, container, mark);
        take_argument(extension, parser, box, column + (size_t)(argument.bytes - line.bytes),
                      argument);
    }
    line_advance(parser, input, line.length);
    return box;
}

static bool is_too_deep(struct dialect *dialect, cmark_parser *parser, const cmark_node *node)
{
    text sign = TEXT("{");
    return dialect_is_full(dialect, parser, node->parent, sign);
}

void directives_take(struct dialect *dialect, cmark_parser *parser)
{
    cmark_node *closed = dialect->closed_directive, *node = parser->current;
    dialect->closed_directive = NULL;
    for (int i = 0; i < 2 && closed; i++, closed = closed->parent)
        closed->flags &= (uint16_t)~CMARK_NODE__LAST_LINE_BLANK;
    if (!node || node->type != CMARK_NODE_CODE_BLOCK || !node->as.code.fenced || node->extension ||
        node->start_line != parser->line_number)
        return;
    text info = {(const char *)node->content.ptr, (size_t)node->content.size}, name = TEXT_EMPTY;
    size_t end = directive_name(info, 0, &name);
    enum directive_form form = end ? directive_find(name) : DIRECTIVE_UNKNOWN;
    if (form == DIRECTIVE_UNKNOWN || form == DIRECTIVE_CODE || form == DIRECTIVE_FORMULA ||
        form == DIRECTIVE_SOURCE || is_too_deep(dialect, parser, node))
        return;
    struct mark *mark = new_mark(dialect, form, name);
    mark->fence = (char)node->as.code.fence_char;
    mark->fence_length = node->as.code.fence_length;
    mark->line = (uint32_t)node->start_line;
    mark->column = (uint32_t)node->start_column;
    info = arena_copy(dialect->reader->arena, info);
    cmark_strbuf_clear(&node->content);
    memset(&node->as, 0, sizeof node->as);
    node->type = CMARK_NODE_CUSTOM_BLOCK;
    cmark_node_set_user_data(node, mark);
    cmark_node_set_syntax_extension(node, dialect->directives);
    text argument = text_trim(text_slice(info, end, info.length));
    size_t column = (size_t)node->start_column + mark->fence_length;
    take_argument(dialect->directives, parser, node,
                  column + (argument.length ? (size_t)(argument.bytes - info.bytes) : 0), argument);
}
