#include "read/places.h"
#include "read/html_tokens.h"

#include <cmark-gfm/node.h>

#include <string.h>

enum {
    MOST_SEARCHES = 16,
    COMPARED = 24, /* bytes of a text that are compared */
};

static text content_of(const cmark_node *node)
{
    return (text){(const char *)node->content.ptr, (size_t)node->content.size};
}

static size_t count_lines(text content)
{
    size_t count = 0;
    for (size_t i = 0; i < content.length; i++)
        count += content.bytes[i] == '\n';
    return count + (content.length && content.bytes[content.length - 1] != '\n');
}

static text line_at(text content, size_t start)
{
    size_t end = text_find_byte(content, '\n', start);
    return text_slice(content, start, end == SIZE_MAX ? content.length : end);
}

/* The line of the source in which the content begins. Definitions of links at the head of a
   paragraph are gone from its content, so the end is the better guess; setext headings end
   wherever. */
static uint32_t find_first_line(const struct places *places, const cmark_node *block)
{
    const cmark_node *holder = block;
    if (block->start_line == 0 && block->next) /* split off a table's head */
        holder = block->next;
    uint32_t before = places->reader->body_line;
    uint32_t start = (uint32_t)holder->start_line + before;
    uint32_t end = (uint32_t)holder->end_line + before;
    text first = line_at(places->content, 0);
    size_t count = count_lines(places->content);
    if (holder == block && block->type == CMARK_NODE_PARAGRAPH && end + 1 >= start + count) {
        uint32_t guess = end + 1 - (uint32_t)count;
        if (text_ends_with(reader_line(places->reader, guess), first))
            return guess;
    }
    for (uint32_t line = start; line <= end; line++) {
        if (text_ends_with(reader_line(places->reader, line), first))
            return line;
    }
    return start;
}

static void begin(struct places *places, const cmark_node *block)
{
    places->content = content_of(block);
    places->line_count = 0;
    places->shift = (long)block->start_column - 1 + block->internal_offset;
    places->base = places->cursor = 0;
    places->searches = 0;
    places->line_from = places->line_end = 0;
    places->is_cell = false;
}

static void add_line(struct places *places, struct place_line line)
{
    ARENA_GROW(places->reader->arena, places->lines, places->line_count, places->line_capacity);
    places->lines[places->line_count++] = line;
}

static void add_lines(struct places *places, const cmark_node *block, uint32_t number)
{
    size_t start = 0;
    do {
        text line = line_at(places->content, start), source = reader_line(places->reader, number);
        uint32_t column = 1;
        size_t spaces = 0;
        /* a lazy line keeps its indentation, and a tab may have become spaces in it */
        while (start && spaces < line.length &&
               (line.bytes[spaces] == ' ' || line.bytes[spaces] == '\t'))
            spaces++;
        text words = text_slice(line, spaces, line.length);
        if (text_ends_with(source, words))
            column = (uint32_t)(source.length - words.length) + 1;
        else if (start == 0 && mark_of(block) && mark_of(block)->kind == MARK_OPTION)
            column = mark_of(block)->column;
        else if (start == 0)
            column = (uint32_t)(block->start_column + block->internal_offset);
        add_line(places, (struct place_line){start + spaces, number++, column ? column : 1});
        start += line.length + 1;
    } while (start < places->content.length);
}

void places_begin(struct places *places, const cmark_node *block)
{
    begin(places, block);
    add_lines(places, block, find_first_line(places, block));
}

void places_begin_lines(struct places *places, const cmark_node *block, text lines)
{
    begin(places, block);
    places->content = lines;
    add_lines(places, block, (uint32_t)block->start_line + places->reader->body_line);
}

/* In a cell a pipe of the content is a backslash and a pipe in the source. */
static size_t step_in_cell(text source, size_t offset)
{
    bool is_escaped_pipe = offset + 1 < source.length && source.bytes[offset] == '\\' &&
                           source.bytes[offset + 1] == '|';
    return offset + (is_escaped_pipe ? 2 : 1);
}

void places_begin_cell(struct places *places, const cmark_node *cell, uint32_t line,
                       uint32_t *column)
{
    begin(places, cell);
    text source = reader_line(places->reader, line);
    text needle = places->content;
    size_t pipe = text_find_byte(needle, '|', 0);
    needle = text_slice(needle, 0, pipe < COMPARED ? pipe : COMPARED);
    size_t start = *column - 1;
    while (start < source.length && (source.bytes[start] == ' ' || source.bytes[start] == '\t'))
        start++;
    size_t found = needle.length ? text_find(source, needle, start) : SIZE_MAX;
    if (found != SIZE_MAX)
        start = found;
    size_t end = start;
    for (size_t i = 0; i < places->content.length && end < source.length; i++)
        end = step_in_cell(source, end);
    while (end < source.length && source.bytes[end] != '|')
        end = step_in_cell(source, end);
    *column = (uint32_t)end + 2;
    if (start >= source.length)
        start = source.length ? source.length - 1 : 0;
    add_line(places, (struct place_line){0, line, (uint32_t)start + 1});
    places->is_cell = true;
    places->cell_offset = 0;
    places->cell_column = start + 1;
}

static bool stands_at(const struct places *places, text literal, size_t offset)
{
    if (offset >= places->content.length)
        return literal.length == 0;
    char first = places->content.bytes[offset];
    if (first == '\\' || first == '&')
        return true; /* an escape or an entity says something else than it is */
    size_t length = literal.length < COMPARED ? literal.length : COMPARED;
    size_t same = 0;
    while (same < length && offset + same < places->content.length &&
           literal.bytes[same] == places->content.bytes[offset + same])
        same++;
    if (same == length || same == 0)
        return same == length;
    /* what begins alike goes on otherwise only because of an escape or an entity */
    char last = literal.bytes[same - 1];
    char next =
        offset + same < places->content.length ? places->content.bytes[offset + same] : '\0';
    return next == '\\' || next == '&' || last == '&' || last == '\\';
}

static text literal_of(const cmark_node *node)
{
    if (node->type != CMARK_NODE_TEXT && node->type != CMARK_NODE_CODE)
        return TEXT_EMPTY;
    return (text){(const char *)node->as.literal.data, (size_t)node->as.literal.len};
}

static size_t offset_of(const struct places *places, long column)
{
    long offset = column - 1 - places->shift + (long)places->base;
    if (offset < 0)
        return SIZE_MAX;
    return (size_t)offset;
}

static size_t search(struct places *places, text literal)
{
    if (stands_at(places, literal, places->cursor) || places->searches >= MOST_SEARCHES)
        return places->cursor;
    places->searches++;
    size_t found = text_find(places->content, text_slice(literal, 0, COMPARED), places->cursor);
    return found == SIZE_MAX ? places->cursor : found;
}

/* The parser tells a run of backticks that begins no code by its end. */
static size_t before_backticks(const struct places *places, text literal, size_t offset)
{
    size_t ticks = 0;
    while (ticks < literal.length && literal.bytes[ticks] == '`')
        ticks++;
    bool is_behind = ticks && offset != SIZE_MAX && offset >= places->cursor + ticks &&
                     offset <= places->content.length;
    for (size_t i = 1; i <= ticks && is_behind; i++)
        is_behind = places->content.bytes[offset - i] == '`';
    return is_behind ? offset - ticks : offset;
}

size_t places_start(struct places *places, const cmark_node *node)
{
    size_t offset = node->start_line ? offset_of(places, node->start_column) : SIZE_MAX;
    text literal = literal_of(node);
    if (node->type == CMARK_NODE_TEXT)
        offset = before_backticks(places, literal, offset);
    if (node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE) {
        /* code made of spaces and line ends alone differs from its source */
        bool is_there = offset < places->content.length && offset >= places->cursor &&
                        (node->type == CMARK_NODE_CODE || stands_at(places, literal, offset));
        if (!is_there)
            offset = search(places, literal);
    } else if (offset >= places->content.length || offset < places->cursor ||
               (node->type == CMARK_NODE_LINK && places->content.bytes[offset] != '[' &&
                places->content.bytes[offset] != '<')) {
        offset = places->cursor; /* the parser's own links to bare addresses have no right place */
    }
    if (offset > places->content.length)
        offset = places->content.length;
    if (offset > places->cursor)
        places->cursor = offset;
    return offset;
}

/* The next line end, remembered: lines may be long and full of inlines. */
static size_t line_end_after(struct places *places, size_t offset)
{
    if (offset < places->line_from || offset >= places->line_end) {
        size_t end = text_find_byte(places->content, '\n', offset);
        places->line_from = offset;
        places->line_end = end == SIZE_MAX ? places->content.length + 1 : end;
    }
    return places->line_end;
}

/* Goes one character on in a text and in what it was made of, which has backslashes and entities
   that the text has not. False: the two part. *is_typed: such a sign was read. */
static bool follow_character(text content, text literal, size_t *offset, size_t *at, bool *is_typed)
{
    char c = content.bytes[*offset];
    size_t entity = c == '&' ? html_entity_length(content, *offset) : 0;
    *is_typed = false;
    if (entity) {
        bool is_plain =
            literal.bytes[*at] == '&' && *at + 1 < literal.length &&
            literal.bytes[*at + 1] == content.bytes[*offset + 1] &&
            !text_starts_with(text_slice(content, *offset, content.length), TEXT("&amp;"));
        *offset += is_plain ? 1 : entity;
        *is_typed = !is_plain;
        text_next(literal, at);
        return true;
    }
    if (c == literal.bytes[*at]) {
        ++*at;
        *offset +=
            c == '\\' && *offset + 1 < content.length && content.bytes[*offset + 1] == c ? 2 : 1;
        return true;
    }
    *is_typed = c == '\\' && *offset + 1 < content.length &&
                content.bytes[*offset + 1] == literal.bytes[*at];
    *offset += 2;
    ++*at;
    return *is_typed;
}

/* The offset where the text ends, or SIZE_MAX. */
/* Whether one of eight bytes is that byte: its difference, and nothing else, borrows from bit 7. */
static bool has_byte(uint64_t eight, char byte)
{
    uint64_t ones = 0x0101010101010101, zero = eight ^ ones * (unsigned char)byte;
    return (zero - ones) & ~zero & ones << 7;
}

/* Past what is written as it is. */
static void skip_same(text content, text literal, size_t *offset, size_t *at)
{
    size_t left = literal.length - *at, room = content.length - *offset;
    const char *written = content.bytes + *offset, *said = literal.bytes + *at;
    size_t same = 0, most = left < room ? left : room;
    /* eight bytes at a time, while none of them is one of the two signs */
    for (uint64_t w, s; most - same >= sizeof w; same += sizeof w) {
        memcpy(&w, written + same, sizeof w);
        memcpy(&s, said + same, sizeof s);
        if (w != s || has_byte(w, '\\') || has_byte(w, '&'))
            break;
    }
    while (same < most && written[same] == said[same] && written[same] != '\\' &&
           written[same] != '&')
        same++;
    *offset += same;
    *at += same;
}

static size_t follow_text(text content, text literal, size_t offset)
{
    size_t at = 0;
    bool is_typed;
    skip_same(content, literal, &offset, &at);
    while (at < literal.length && offset < content.length) {
        if (!follow_character(content, literal, &offset, &at, &is_typed))
            return SIZE_MAX;
        skip_same(content, literal, &offset, &at);
    }
    return at == literal.length ? offset : SIZE_MAX;
}

size_t places_split(const struct places *places, text literal, size_t start, size_t offset)
{
    size_t at = 0;
    bool is_typed;
    while (at < literal.length && start < offset) {
        if (!follow_character(places->content, literal, &start, &at, &is_typed))
            break;
    }
    return at;
}

bool places_find_typed(const struct places *places, text literal, size_t *offset, size_t *at)
{
    bool is_typed;
    skip_same(places->content, literal, offset, at);
    while (*at < literal.length && *offset < places->content.length) {
        if (!follow_character(places->content, literal, offset, at, &is_typed))
            return false;
        if (is_typed && strchr("\"'-.:;!?", literal.bytes[*at - 1]))
            return true;
        skip_same(places->content, literal, offset, at);
    }
    return false;
}

/* Of the parser's links only those with brackets have the right end. */
static size_t end_of_link(const struct places *places, const cmark_node *node, size_t start)
{
    size_t end = places->cursor;
    char first = start < places->content.length ? places->content.bytes[start] : '\0';
    if (first == '<')
        return end + (end < places->content.length && places->content.bytes[end] == '>');
    size_t given = offset_of(places, node->end_column + 1L);
    bool has_end = (first == '[' || first == '!') && given != SIZE_MAX && given > end;
    return has_end ? given : end;
}

size_t places_mark_length(const struct places *places, const cmark_node *node, size_t offset)
{
    char first = offset < places->content.length ? places->content.bytes[offset] : '\0';
    switch ((unsigned)node->type) {
    case CMARK_NODE_EMPH:
        return first == '*' || first == '_' ? 1 : 0;
    case CMARK_NODE_STRONG:
        return first == '*' || first == '_' ? 2 : 0;
    case CMARK_NODE_LINK:
        return first == '[' || first == '<' ? 1 : 0;
    case CMARK_NODE_IMAGE:
        return first == '!' ? 2 : 0;
    default:
        return first == '~' ? 2 : 0;
    }
}

size_t places_end(struct places *places, const cmark_node *node, size_t start)
{
    text literal = literal_of(node);
    size_t end = start + literal.length;
    if (node->type == CMARK_NODE_LINK || node->type == CMARK_NODE_IMAGE) {
        end = end_of_link(places, node, start);
    } else if (node->type != CMARK_NODE_TEXT && node->type != CMARK_NODE_CODE &&
               node->type != CMARK_NODE_HTML_INLINE) {
        end = places->cursor + places_mark_length(places, node, places->cursor);
    } else {
        size_t followed =
            node->type == CMARK_NODE_TEXT ? follow_text(places->content, literal, start) : SIZE_MAX;
        size_t given = node->end_line && node->start_line && node->end_column
                           ? offset_of(places, node->end_column + 1L)
                           : SIZE_MAX;
        if (followed != SIZE_MAX)
            end = followed;
        else if (given != SIZE_MAX && given > end && given <= line_end_after(places, end))
            end = given;
    }
    if (end < places->cursor)
        end = places->cursor;
    if (end > places->content.length)
        end = places->content.length;
    places->cursor = end;
    return end;
}

size_t places_break(struct places *places, const cmark_node *line_break)
{
    size_t at = text_find_byte(places->content, '\n', places->cursor);
    if (at == SIZE_MAX)
        return places->cursor;
    bool is_escaped =
        line_break->type == CMARK_NODE_LINEBREAK && at > 0 && places->content.bytes[at - 1] == '\\';
    places->cursor = at + 1;
    if (!is_escaped)
        places->base = at + 1;
    return at;
}

/* A backslash right before a pipe is always one of such a pair. */
static size_t step_back_in_cell(text source, size_t offset)
{
    bool is_escaped_pipe = offset > 1 && offset <= source.length &&
                           source.bytes[offset - 1] == '|' && source.bytes[offset - 2] == '\\';
    return offset - (is_escaped_pipe ? 2 : 1);
}

/* The source column of an offset in a cell; the last pair is remembered, as each offset is near the
   one before. */
static uint32_t column_in_cell(struct places *places, size_t offset)
{
    text source = reader_line(places->reader, places->lines[0].line);
    while (places->cell_offset > offset && places->cell_column > places->lines[0].column) {
        places->cell_column = step_back_in_cell(source, places->cell_column - 1) + 1;
        places->cell_offset--;
    }
    if (places->cell_offset > offset)
        places->cell_offset = offset;
    while (places->cell_offset < offset && places->cell_column <= source.length) {
        places->cell_column = step_in_cell(source, places->cell_column - 1) + 1;
        places->cell_offset++;
    }
    return (uint32_t)places->cell_column;
}

static void place_of(struct places *places, size_t offset, uint32_t *line, uint32_t *column)
{
    if (places->line_count == 0) {
        *line = *column = 1;
        return;
    }
    size_t low = 0, high = places->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (places->lines[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    const struct place_line *found = &places->lines[low];
    if (offset < found->start)
        offset = found->start;
    *line = found->line;
    *column = places->is_cell ? column_in_cell(places, offset)
                              : found->column + (uint32_t)(offset - found->start);
    reader_place(places->reader, line, column);
}

struct span places_span(struct places *places, size_t from, size_t to)
{
    struct span span = {.file = places->reader->file};
    place_of(places, from, &span.line, &span.column);
    place_of(places, to > from ? to - 1 : from, &span.end_line, &span.end_column);
    return span;
}

struct span places_of_block(const struct reader *reader, const cmark_node *block)
{
    struct span span = {
        .file = reader->file,
        .line = (uint32_t)block->start_line + reader->body_line,
        .column = (uint32_t)(block->start_column > 0 ? block->start_column : 1),
        .end_line = (uint32_t)block->end_line + reader->body_line,
        .end_column = (uint32_t)(block->end_column > 0 ? block->end_column : 1),
    };
    if (span.end_line < span.line ||
        (span.end_line == span.line && span.end_column < span.column)) {
        span.end_line = span.line;
        span.end_column = span.column;
    }
    reader_place(reader, &span.line, &span.column);
    reader_place(reader, &span.end_line, &span.end_column);
    return span;
}
