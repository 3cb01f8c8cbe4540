#include "read/reader.h"

#include "base/characters.h"
#include "base/limits.h"
#include "base/paths.h"
#include "document/language.h"
#include "document/numerals.h"

#include <string.h>

void reader_find_lines(struct reader *reader)
{
    text source = reader_source(reader);
    uint32_t count = 1;
    for (size_t at = text_find_byte(source, '\n', 0); at != SIZE_MAX;
         at = text_find_byte(source, '\n', at + 1))
        count++;
    reader->line_starts = ARENA_NEW_ARRAY(reader->arena, (size_t)count + 1, uint32_t);
    uint32_t line = 1;
    for (size_t at = text_find_byte(source, '\n', 0); at != SIZE_MAX;
         at = text_find_byte(source, '\n', at + 1))
        reader->line_starts[line++] = (uint32_t)at + 1;
    reader->line_starts[count] = (uint32_t)reader->length;
    reader->line_count = count;
}

void reader_replace_source(struct reader *reader, text bytes, struct assembled *assembled)
{
    bytes = arena_copy(reader->arena, bytes);
    reader->source = arena_copy_c(reader->arena, bytes);
    reader->length = bytes.length;
    reader_find_lines(reader);
    report_set_assembled(reader->report, reader->file, assembled, bytes);
    reader->document->assembled = assembled;
    reader->document->root->span = reader_span(reader, 0, reader->length);
}

/* A carriage return that ends no line. */
static bool is_stray_return(text source, size_t offset)
{
    return source.bytes[offset] == '\r' &&
           (offset + 1 == source.length || source.bytes[offset + 1] != '\n');
}

void reader_replace_controls(struct report *report, uint32_t file, char *bytes, size_t length)
{
    text source = {bytes, length};
    struct span span = {.file = file, .line = 1, .end_line = 1};
    size_t line = 0; /* where it begins */
    for (size_t offset = 0, next = 0; offset < source.length; offset = next) {
        if (source.bytes[offset] >= ' ' && source.bytes[offset] < 0x7F) {
            next++;
            continue;
        }
        uint32_t c = text_next(source, &next);
        bool is_return = c == '\r' && is_stray_return(source, offset);
        if (c == '\n') {
            span.end_line = ++span.line;
            line = next;
        }
        if (!is_return && character_fault(c) != CHARACTER_CONTROL)
            continue;
        if (c == '\v' || c == '\f') { /* white space, that came along with words from elsewhere */
            bytes[offset] = ' ';
            continue;
        }
        const char *hint = is_return ? "end lines with a line feed" : "take the character out";
        span.column = (uint32_t)(offset - line) + 1;
        span.end_column = (uint32_t)(next - line);
        report_error(report, "control-character", span, hint, CHARACTER_CONTROL_MESSAGE,
                     (unsigned)c);
        memset(bytes + offset, ' ', next - offset);
    }
}

static text line_of_cell(const struct drawn_cell *cell, size_t number)
{
    if (number == 0 || number > cell->line_count)
        return TEXT_EMPTY;
    size_t from = cell->line_starts[number - 1];
    size_t end = text_find_byte(cell->words, '\n', from);
    return text_slice(cell->words, from, end);
}

void reader_begin_cell(struct reader *reader, struct drawn_cell *words)
{
    size_t count = 1;
    for (size_t i = 0; i < words->words.length; i++)
        count += words->words.bytes[i] == '\n';
    words->line_starts = ARENA_NEW_ARRAY(reader->arena, count, size_t);
    words->line_count = 1;
    for (size_t i = 0; i < words->words.length; i++) {
        if (words->words.bytes[i] == '\n')
            words->line_starts[words->line_count++] = i + 1;
    }
    reader->cell = words;
    reader->body_line = CELL_LINES;
}

void reader_place(const struct reader *reader, uint32_t *line, uint32_t *column)
{
    const struct drawn_cell *cell = reader->cell;
    if (!cell || *line <= CELL_LINES || cell->place_count == 0)
        return;
    size_t number = *line - CELL_LINES;
    if (number > cell->line_count)
        number = cell->line_count;
    size_t offset = cell->line_starts[number - 1] + *column - (*column > 0);
    size_t low = 0, high = cell->place_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (cell->places[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    const struct cell_place *place = &cell->places[low];
    *line = place->line;
    *column = place->column + (uint32_t)(offset > place->offset ? offset - place->offset : 0);
}

text reader_line(const struct reader *reader, uint32_t number)
{
    if (reader->cell && number > CELL_LINES)
        return line_of_cell(reader->cell, number - CELL_LINES);
    if (number == 0 || number > reader->line_count)
        return TEXT_EMPTY;
    size_t from = reader->line_starts[number - 1], to = reader->line_starts[number];
    if (to > from && reader->source[to - 1] == '\n')
        to--;
    if (to > from && reader->source[to - 1] == '\r')
        to--;
    return (text){reader->source + from, to - from};
}

/* The line (from 1) that holds the byte. */
static uint32_t line_of(const struct reader *reader, size_t offset)
{
    uint32_t low = 0, high = reader->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

struct span reader_span(const struct reader *reader, size_t from, size_t to)
{
    size_t last = to > from ? to - 1 : from;
    uint32_t line = line_of(reader, from), end_line = line_of(reader, last);
    return (struct span){
        .file = reader->file,
        .line = line,
        .column = (uint32_t)(from - reader->line_starts[line - 1] + 1),
        .end_line = end_line,
        .end_column = (uint32_t)(last - reader->line_starts[end_line - 1] + 1),
    };
}

const char *reader_nearest(const struct reader *reader, text name, const char *const *names,
                           size_t count)
{
    if (reader->report->count >= LIMIT_DIAGNOSTICS)
        return NULL;
    size_t limit = name.length < 4 ? 1 : name.length < 8 ? 2 : 3;
    const char *nearest = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(name, text_from_c(names[i]), limit);
        if (distance <= limit) {
            nearest = names[i];
            limit = distance - (distance > 0);
        }
    }
    return nearest;
}

const char *reader_did_you_mean(struct reader *reader, const char *name)
{
    return name ? arena_printf(reader->arena, "did you mean %s?", name).bytes : NULL;
}

text reader_number(const struct reader *reader, unsigned number)
{
    return numeral_in(reader->arena, reader->document->metadata.language, number);
}

text reader_word(const struct reader *reader, const struct node *place, enum word word,
                 text *language)
{
    text wanted = node_language(place), used;
    if (wanted.length == 0)
        wanted = reader->document->metadata.language;
    text words = word_in(wanted, word, &used);
    *language = language_is_same(used, wanted) ? TEXT_EMPTY : used;
    return words;
}

void reader_set_id(struct reader *reader, struct node *node, text id, struct span span)
{
    bool is_free = id_map_find(reader->ids, id) == NULL;
    if (is_free)
        node->id = id;
    reader_add_name(reader, node, id, span);
    if (!is_free)
        reader->double_ids[reader->double_id_count - 1].lacks_id = true;
}

void reader_add_name(struct reader *reader, struct node *node, text id, struct span span)
{
    struct node *holder = NULL;
    if (id_map_add(reader->ids, id, node, &holder))
        return;
    ARENA_GROW(reader->arena, reader->double_ids, reader->double_id_count,
               reader->double_id_capacity);
    reader->double_ids[reader->double_id_count++] =
        (struct double_id){.node = node, .holder = holder, .id = id, .span = span};
}

/* Each holder of a name counts, in its index (which nobody uses before the tree is whole), how many
   names were made from its own; so the next free one is found without trying all. */
void reader_make_id(struct reader *reader, struct node *node, text base)
{
    struct node *holder = NULL;
    text id = base;
    if (id_map_add(reader->ids, id, node, &holder)) {
        node->id = id;
        return;
    }
    do {
        holder->index++;
        id = arena_printf(reader->arena, "%.*s-%u", TEXT_ARGUMENTS(base), holder->index);
    } while (!id_map_add(reader->ids, id, node, NULL));
    node->id = id;
}

void reader_drop_children(struct node *node)
{
    for (struct node *child = node->first_child; child; child = child->next)
        child->parent = NULL;
    node->first_child = node->last_child = NULL;
}

/* The included file that holds the place; NULL: it is the article's own. */
static const struct assembled_file *part_at(const struct reader *reader, struct span span)
{
    const struct document *document = reader->document;
    const struct assembled *assembled = document->assembled;
    reader_place(reader, &span.line, &span.column);
    if (!assembled || span.file != reader->file || span.line == 0 || span.line > reader->line_count)
        return NULL;
    size_t offset = reader->line_starts[span.line - 1] + span.column - (span.column > 0);
    if (document->find_original)
        offset = document->find_original(document->original_object, offset);
    return &assembled->files[assembled_find(assembled, offset)->file];
}

text reader_path_of_part(const struct reader *reader, text path, struct span span, bool *is_base)
{
    bool may_count = path.length && path.bytes[0] != '/';
    const struct assembled_file *part = may_count ? part_at(reader, span) : NULL;
    text folder = part ? text_folder(part->path) : TEXT_EMPTY;
    *is_base = part && part->is_base && folder.length;
    return folder.length ? path_normal(reader->arena, path_join(reader->arena, folder, path))
                         : path;
}
