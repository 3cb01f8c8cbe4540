/* CSL-YAML: a list of references, or one under the key `references`, as Pandoc writes it. The words
   may hold Pandoc's marks for emphasis; they are kept as they are written. */
#include "references/library.h"

#include "base/yaml.h"

enum { MOST_VALUES = 4 * 1000 * 1000 };

static size_t start_of_line(struct library *library, size_t line)
{
    if (library->line == 0 || line + 1 < library->line) {
        library->line = 1;
        library->line_start = 0;
    }
    while (library->line < line + 1) {
        size_t end = text_find_byte(library->bytes, '\n', library->line_start);
        if (end == SIZE_MAX)
            break;
        library->line_start = end + 1;
        library->line++;
    }
    library->counted = library->line_start;
    return library->line_start;
}

/* libyaml counts characters, spans count bytes. */
static struct span span_of(struct library *library, const struct yaml_place *place)
{
    size_t offset = start_of_line(library, place->line);
    size_t line_end = text_find_byte(library->bytes, '\n', offset);
    text line = text_slice(library->bytes, 0, line_end);
    for (size_t i = 0; i < place->column && offset < line.length; i++)
        text_next(line, &offset);
    size_t end = offset;
    for (size_t i = place->column;
         place->end_line == place->line && i < place->end_column && end < line.length; i++)
        text_next(line, &end);
    return library_span(library, offset, end);
}

static bool is_null(const struct yaml_value *value)
{
    return value->plain && (value->scalar.length == 0 || text_equal_c(value->scalar, "~") ||
                            text_equal_ignoring_case(value->scalar, TEXT("null")));
}

static struct item *convert(struct library *library, const struct yaml_value *value, unsigned depth)
{
    enum item_kind kind = value->kind == YAML_MAPPING    ? ITEM_MAP
                          : value->kind == YAML_SEQUENCE ? ITEM_LIST
                          : is_null(value)               ? ITEM_NULL
                                                         : ITEM_WORDS;
    struct item *item = item_new(library, kind, span_of(library, &value->place));
    if (kind == ITEM_WORDS)
        item->words = library_clean(library, value->scalar);
    for (const struct yaml_value *part = value->first; part && depth < ITEM_DEPTH;
         part = part->next) {
        struct item *child = convert(library, part, depth + 1);
        child->key = part->key;
        if (child->kind == ITEM_WORDS)
            child->words = library_clean_of(library, child->key, part->scalar);
        item_append(item, child);
    }
    return item;
}

/* A file may be a block between lines of hyphens, as in an article's head. */
static text without_fences(text bytes)
{
    text rest = text_trim(bytes);
    if (text_ends_with(rest, TEXT("\n---")) || text_ends_with(rest, TEXT("\n...")))
        rest.length -= 3;
    return (text){bytes.bytes, (size_t)(rest.bytes - bytes.bytes) + rest.length};
}

void yaml_references_read(struct library *library)
{
    const char *why = NULL;
    struct yaml_place place;
    text bytes = text_is_blank(library->bytes) ? TEXT("") : without_fences(library->bytes);
    const struct yaml_value *top = yaml_read_many(library->arena, bytes, MOST_VALUES, &why, &place);
    if (why) {
        library_report_syntax(
            library, span_of(library, &place),
            "put words with a colon, a quote or another sign in them between quotes",
            arena_printf(library->arena, "the file of references is not proper YAML: %s", why)
                .bytes);
        return;
    }
    const struct yaml_value *list = top;
    if (top && top->kind == YAML_MAPPING) {
        list = top->first;
        while (list && !text_equal_c(list->key, "references"))
            list = list->next;
    }
    if (list && list->kind == YAML_SEQUENCE)
        items_read(library, convert(library, list, 0));
    else
        library_report_syntax(library, library_span(library, 0, 1),
                              "begin the file with references: and write each one after a hyphen",
                              "the file of references is not a list of references");
}
