/* A book's files become one text. What begins a file, or a part, is a heading of its level: the
   file's own, else one that is made of the title in its front matter, whose place it keeps; where
   a file has both, and they differ, the title is the heading, and the file's own are below it.

   Levels: a part is of the first, a file that stands in it of the second, with its own below that;
   where a file stands in no part, its headings stay as they are. */
#include "read/book.h"

#include "base/limits.h"
#include "base/paths.h"
#include "read/code_lines.h"
#include "read/front.h"
#include "read/includes.h"

#include <string.h>

/* assembling */

struct assembly {
    struct reader *reader;
    struct includes *includes;
    struct id_map *listed; /* path → where it is listed, in its span */
    size_t count;
};

/* The first byte of a place in a file. */
static size_t offset_of(text bytes, struct span span)
{
    size_t at = 0;
    for (uint32_t line = 1; line < span.line; line++)
        at = text_find_byte(bytes, '\n', at) + 1;
    return at + span.column - (span.column > 0);
}

/* A line of number signs and the words, for the place that has them. */
static void add_heading(struct assembly *assembly, uint32_t file, struct span span, long level,
                        text words)
{
    struct arena *arena = assembly->reader->arena;
    const struct assembled_file *from = &includes_files(assembly->includes)->files[file];
    size_t at = offset_of(from->clean, span), end = text_find_byte(from->clean, '\n', at);
    if (text_ends_with(words, TEXT("#"))) /* which would close the heading */
        words =
            arena_printf(arena, "%.*s\\#", TEXT_ARGUMENTS(text_slice(words, 0, words.length - 1)));
    includes_add_words(
        assembly->includes, file, at, end == SIZE_MAX ? from->clean.length : end,
        arena_printf(arena, "%s %.*s\n\n", level == 1 ? "#" : "##", TEXT_ARGUMENTS(words)));
}

/* The words of a line that is a heading of the first level; false: it is none. */
static bool is_heading(text bytes, const struct source_lines *lines, text *words)
{
    static const char *const commands[] = {"\\section{", "\\section*{", "\\chapter{",
                                           "\\chapter*{"};
    text line = text_trim(lines->line);
    *words = line;
    if (text_starts_with(lines->line, TEXT("    ")))
        return false;
    if (text_starts_with(line, TEXT("# ")) || text_starts_with(line, TEXT("#\t"))) {
        size_t end = line.length, attributes = text_find(line, TEXT(" {"), 0);
        if (attributes != SIZE_MAX && text_ends_with(line, TEXT("}")))
            end = attributes;
        while (end > 1 && strchr("# ", line.bytes[end - 1]))
            end--;
        *words = text_trim(text_slice(line, 1, end));
        return true;
    }
    return text_equal_c(line, "#") || text_starts_with(line, TEXT("<h1")) ||
           TEXT_STARTS_WITH_ANY(line, commands) ||
           (line.length && lines->next < bytes.length && bytes.bytes[lines->next] == '=' &&
            include_is_underline(bytes, lines->next));
}

/* A line that prints nothing: a target of MyST's, an anchor, a mark for the page. */
static bool is_no_words(text line)
{
    static const char *const begins[] = {
        "[]{", "<a ", "\\label{", "\\newpage", "\\clearpage", "\\cleardoublepage", "{:", "%"};
    line = text_trim(line);
    return line.length == 0 || TEXT_STARTS_WITH_ANY(line, begins) ||
           (line.bytes[0] == '(' && text_ends_with(line, TEXT(")=")));
}

/* How a file begins. */
enum beginning {
    BEGINS_WITH_HEADING,
    BEGINS_WITH_WORDS, /* and has a heading of the first level behind them */
    HAS_NO_HEADING,
};

/* heading: the words of the first heading of the first level; words: where the line of the first
   words begins, or `from`. */
static enum beginning read_beginning(text bytes, size_t from, text *heading, size_t *words)
{
    struct source_lines lines = SOURCE_LINES(bytes, from, CODE_AND_BLOCKS_BEGIN);
    bool has_words = false;
    *words = from;
    while (source_lines_next(&lines)) {
        if (lines.kind == LINE_WORDS && is_heading(bytes, &lines, heading))
            return has_words ? BEGINS_WITH_WORDS : BEGINS_WITH_HEADING;
        bool says =
            lines.kind == LINE_CODE || (lines.kind == LINE_WORDS && !is_no_words(lines.line));
        *words = says && !has_words ? lines.from : *words;
        has_words = has_words || says;
    }
    return HAS_NO_HEADING;
}

/* The lines between those that set the front matter off; empty: it has none. */
static text front_of(const struct assembled_file *file)
{
    text all = text_slice(file->clean, 0, file->first_byte);
    size_t from = text_find_byte(all, '\n', 0);
    size_t end = all.length;
    while (end && strchr(" \t\r\n", all.bytes[end - 1]))
        end--;
    while (end && all.bytes[end - 1] != '\n')
        end--;
    return from == SIZE_MAX || end <= from ? TEXT_EMPTY : text_slice(all, from + 1, end);
}

/* It lists a file that was listed before. */
static bool is_repeated(struct assembly *assembly, const struct book_entry *entry, text path)
{
    struct reader *reader = assembly->reader;
    struct node *listed = node_new(reader->arena, NODE_DIV, entry->span), *before;
    if (id_map_add(assembly->listed, path, listed, &before))
        return false;
    text hint = arena_printf(reader->arena, "it is listed in %.*s",
                             TEXT_ARGUMENTS(report_where(reader->report, before->span)));
    report_error(reader->report, "book-file-repeated", entry->span, hint.bytes,
                 "the book lists the file %.*s twice", TEXT_ARGUMENTS(entry->words));
    return true;
}

/* The heading that the file lacks, from its title. By how many levels its own are deeper: a title
   beside a heading that says something else stands above that. */
static long add_own_heading(struct assembly *assembly, const struct book_entry *entry,
                            uint32_t number, const struct book_front *front)
{
    const struct assembled_file *file = &includes_files(assembly->includes)->files[number];
    text heading = TEXT_EMPTY;
    size_t words;
    long level = entry->is_in_part ? 2 : 1;
    enum beginning beginning = read_beginning(file->clean, file->first_byte, &heading, &words);
    bool says_same =
        beginning == BEGINS_WITH_HEADING && text_equal_ignoring_case(heading, front->title);
    if (front->title.length && !says_same) {
        add_heading(assembly, number, front->title_span, level, front->title);
        return beginning == HAS_NO_HEADING ? level - 1 : level;
    }
    if (beginning != BEGINS_WITH_HEADING)
        report_error(assembly->reader->report, "book-file-untitled",
                     report_span_of(assembly->reader->report, file->source, words, words), NULL,
                     "%s",
                     beginning == BEGINS_WITH_WORDS
                         ? "the file begins with words before its heading, and has no title"
                         : "the file has no heading of the first level, and no title");
    return level - 1;
}

static void add_file(struct assembly *assembly, const struct book_entry *entry, enum matter matter)
{
    struct reader *reader = assembly->reader;
    struct include_found found = includes_find(assembly->includes, entry->words);
    if (found.why) {
        report_error(reader->report, "book-file-missing", entry->span, NULL,
                     "the file %.*s of the book: %s", TEXT_ARGUMENTS(entry->words), found.why);
        return;
    }
    const struct assembled_file *file = &includes_files(assembly->includes)->files[found.file];
    if (is_repeated(assembly, entry, file->path))
        return;
    struct book_front front = {0};
    text yaml = front_of(file);
    if (yaml.length)
        front_read_part(reader, file->source, yaml, &front);
    enum book_division division = front.division ? front.division : division_of_file(file->path);
    if (!front.division && matter == MATTER_BODY)
        division = DIVISION_CHAPTER;
    if (!division || (!front.division && division == DIVISION_PART))
        division = DIVISION_PLAIN;
    if (!front.division && division == DIVISION_CHAPTER && matter != MATTER_BODY)
        division = DIVISION_PLAIN;
    includes_begin_part(assembly->includes, (struct assembled_part){.file = found.file,
                                                                    .kind = (unsigned)division,
                                                                    .place = (unsigned)matter});
    assembly->count++;
    includes_add_file(assembly->includes, found.file, file->first_byte,
                      add_own_heading(assembly, entry, found.file, &front));
}

static void add_part(struct assembly *assembly, const struct book_entry *entry)
{
    includes_begin_part(assembly->includes,
                        (struct assembled_part){.kind = DIVISION_PART, .place = MATTER_BODY});
    add_heading(assembly, 0, entry->span, 1, entry->words);
}

/* files that no list names */

/* Of one folder; files that are included are of the book. */
static void tell_unlisted(struct assembly *assembly, text folder, const struct id_map *known)
{
    struct reader *reader = assembly->reader;
    struct arena *arena = reader->arena;
    text *names, place = path_join(arena, reader->document->folder.name, folder);
    size_t count;
    if (!folder_list(arena, place.length ? place.bytes : ".", &names, &count))
        return;
    for (size_t i = 0; i < count; i++) {
        text path =
            arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(folder), TEXT_ARGUMENTS(names[i]));
        if (!path_is_markdown(path) || path_is_about_folder(names[i]) || id_map_find(known, path))
            continue;
        struct span span = {
            .file = report_add_source(
                reader->report, path_join(arena, reader->document->folder.name, path), TEXT_EMPTY)};
        report_rule(reader->report, "book-file-unlisted", span, NULL,
                    "the file lies in the folder of a book, and is not in its lists");
    }
}

/* Those of the book's own folder and of all from which it takes files. */
static void tell_all_unlisted(struct assembly *assembly)
{
    struct reader *reader = assembly->reader;
    const struct assembled *assembled = includes_files(assembly->includes);
    struct id_map *known = id_map_new(reader->arena), *folders = id_map_new(reader->arena);
    if (reader->document->folder.descriptor < 0)
        return;
    for (size_t i = 0; i < assembled->file_count; i++)
        id_map_add(known, assembled->files[i].path, reader->document->root, NULL);
    for (size_t i = 0; i < assembled->file_count; i++) {
        text folder =
            text_slice(assembled->files[i].path, 0, text_folder(assembled->files[i].path).length);
        if (!text_starts_with(folder, TEXT("..")) &&
            id_map_add(folders, folder, reader->document->root, NULL))
            tell_unlisted(assembly, folder, known);
    }
}

void read_book(struct reader *reader)
{
    static const enum matter order[] = {MATTER_FRONT, MATTER_BODY, MATTER_BACK};
    struct book *book = reader->book;
    if (reader->document->find_original) { /* a translation, which is put together already */
        reader->body = 0;
        reader->body_line = 0;
        return;
    }
    struct assembly assembly = {
        .reader = reader, .includes = includes_begin(reader), .listed = id_map_new(reader->arena)};
    for (size_t i = 0; i < sizeof order / sizeof *order && book; i++) {
        const struct book_list *list = &book->lists[order[i]];
        for (size_t k = 0; k < list->count; k++) {
            if (list->entries[k].is_part)
                add_part(&assembly, &list->entries[k]);
            else
                add_file(&assembly, &list->entries[k], order[i]);
        }
    }
    if (assembly.count == 0 && reader->report->errors == 0)
        report_error(reader->report, "book-empty",
                     ((struct span){.file = book ? book->file : reader->file,
                                    .line = 1,
                                    .column = 1,
                                    .end_line = 1,
                                    .end_column = 1}),
                     NULL, "the book lists no file");
    else
        tell_all_unlisted(&assembly);
    includes_finish(assembly.includes);
}

/* parts */

/* The first line that stands at or behind the byte of the original. */
static uint32_t find_line(const struct reader *reader, size_t start, uint32_t low)
{
    const struct document *document = reader->document;
    uint32_t high = reader->line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        size_t at = reader->line_starts[middle];
        if (document->find_original)
            at = document->find_original(document->original_object, at);
        if (at < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void book_find_parts(struct reader *reader)
{
    const struct assembled *assembled = reader->document->assembled;
    struct book *book = reader->book;
    if (!book || !assembled)
        return;
    book->parts = ARENA_NEW_ARRAY(reader->arena, assembled->part_count, struct book_part);
    book->part_count = assembled->part_count;
    book->paths = id_map_new(reader->arena);
    uint32_t line = 0;
    for (size_t i = 0; i < book->part_count; i++) {
        const struct assembled_part *part = &assembled->parts[i];
        line = i ? find_line(reader, part->start, line) : 0;
        book->parts[i] = (struct book_part){.from = reader->line_starts[line],
                                            .to = reader->length,
                                            .line = line + 1,
                                            .path = assembled->files[part->file].path,
                                            .division = (enum book_division)part->kind,
                                            .matter = (enum matter)part->place};
        if (i)
            book->parts[i - 1].to = book->parts[i].from;
        if (part->kind == DIVISION_PART)
            continue;
        struct node *named = node_new(reader->arena, NODE_DIV, (struct span){0});
        named->index = (uint32_t)i;
        id_map_add(book->paths, book->parts[i].path, named, NULL);
    }
}

struct book_part *book_part_at(const struct reader *reader, struct span span)
{
    struct book *book = reader->book;
    if (!book || book->part_count == 0 || span.file != reader->file)
        return NULL;
    size_t low = 0, high = book->part_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (book->parts[middle].line <= span.line)
            low = middle;
        else
            high = middle;
    }
    return &book->parts[low];
}

struct book_part *book_part_of_file(const struct reader *reader, text path)
{
    const struct node *found =
        reader->book && reader->book->paths ? id_map_find(reader->book->paths, path) : NULL;
    return found ? &reader->book->parts[found->index] : NULL;
}

void book_mark_headings(struct reader *reader, struct book_part *part, struct node *before)
{
    struct node *node = before ? before->next : reader->document->root->first_child;
    int level = 0;
    for (; node; node = node->next) {
        if (node->kind != NODE_HEADING || (level && node->heading.level > level))
            continue;
        if (part->first && node->heading.level != part->first->heading.level)
            continue;
        level = node->heading.level;
        node->heading.division = part->division;
        node->heading.matter = part->matter;
        part->first = part->first ? part->first : node;
    }
}
