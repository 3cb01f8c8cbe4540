/* A book's files become one text. What begins a file, or a part, is a heading of its level: the
   file's own, else one that is made of the title in its front matter, whose place it keeps. That
   one is written for each title; what the file's own headings say is known when they are parsed.
   Where the file begins with one that says the same, the one of the title is taken out again; where
   they differ, the title is the heading, and the file's own are below it.

   Levels: a part is of the first, a file that stands in it of the second, with its own below that;
   where a file stands in no part, its headings stay as they are. In the tree all headings are seen,
   whether number signs, HTML, or TeX made them. */
#include "read/book.h"

#include "base/files.h"
#include "base/limits.h"
#include "base/paths.h"
#include "read/front.h"
#include "read/includes.h"

#include <string.h>

/* Levels of headings in the tree before titles are looked for; the last is one of six signs. */
enum { HIGHEST = 2, LOWEST = 7 };

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

/* A heading of the first level, for the place that has its words. */
static void add_heading(struct assembly *assembly, uint32_t file, struct span span, text words)
{
    struct arena *arena = assembly->reader->arena;
    const struct assembled_file *from = &includes_files(assembly->includes)->files[file];
    size_t at = offset_of(from->clean, span), end = text_find_byte(from->clean, '\n', at);
    if (text_ends_with(words, TEXT("#"))) /* which would close the heading */
        words =
            arena_printf(arena, "%.*s\\#", TEXT_ARGUMENTS(text_slice(words, 0, words.length - 1)));
    includes_add_words(assembly->includes, file, at, end == SIZE_MAX ? from->clean.length : end,
                       arena_printf(arena, "# %.*s\n\n", TEXT_ARGUMENTS(words)));
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
    bool is_named_so = !front.division && division == DIVISION_INDEX && matter != MATTER_BACK;
    if (!division || is_named_so || (!front.division && division == DIVISION_PART))
        division = DIVISION_PLAIN;
    if (!front.division && division == DIVISION_CHAPTER && matter != MATTER_BODY)
        division = DIVISION_PLAIN;
    includes_begin_part(assembly->includes,
                        (struct assembled_part){.file = found.file,
                                                .kind = (unsigned)division,
                                                .place = (unsigned)matter,
                                                .deeper = entry->is_in_part,
                                                .has_title = front.title.length > 0});
    assembly->count++;
    if (front.title.length)
        add_heading(assembly, found.file, front.title_span, front.title);
    includes_add_file(assembly->includes, found.file, file->first_byte);
}

static void add_part(struct assembly *assembly, const struct book_entry *entry)
{
    includes_begin_part(assembly->includes,
                        (struct assembled_part){.kind = DIVISION_PART, .place = MATTER_BODY});
    add_heading(assembly, 0, entry->span, entry->words);
}

/* files that no list names */

/* Folders of the book that are still to be looked into. */
struct folders {
    struct id_map *known; /* by their paths, with a slash at the end; the book's own is empty */
    text *paths;
    size_t count, capacity;
};

static void add_folder(struct assembly *assembly, struct folders *folders, text folder)
{
    struct arena *arena = assembly->reader->arena;
    if (text_starts_with(folder, TEXT("..")) || folders->count == LIMIT_BOOK_FOLDERS ||
        !id_map_add(folders->known, folder, assembly->reader->document->root, NULL))
        return;
    ARENA_GROW(arena, folders->paths, folders->count, folders->capacity);
    folders->paths[folders->count++] = folder;
}

/* Whether the files in it may be the book's: it holds no publication of its own, no catalogues, and
   nothing that only tools look at. Links to folders could go round in circles. */
static bool may_hold_files(struct arena *arena, text name, text place)
{
    static const char *const of_others[] = {"po", "node_modules"};
    static const char *const own[] = {"article.md", "lectern.yaml"};
    if (path_is_about_folder(name) || TEXT_IS_AMONG_IGNORING_CASE(name, of_others) ||
        file_is_link(place.bytes))
        return false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (file_kind(path_join(arena, place, text_from_c(own[i])).bytes) == 'f')
            return false;
    return true;
}

/* Of one folder; files that are included are of the book. */
static void tell_unlisted(struct assembly *assembly, struct folders *folders, text folder,
                          const struct id_map *known)
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
        text name = path_join(arena, reader->document->folder.name, path);
        if (file_kind(name.bytes) == 'd' && may_hold_files(arena, names[i], name))
            add_folder(assembly, folders, arena_printf(arena, "%.*s/", TEXT_ARGUMENTS(path)));
        if (!path_is_markdown(path) || path_is_about_folder(names[i]) || id_map_find(known, path) ||
            file_kind(name.bytes) != 'f')
            continue;
        struct span span = {.file = report_add_source(reader->report, name, TEXT_EMPTY)};
        report_rule(reader->report, "book-file-unlisted", span, NULL,
                    "the file lies in the folder of a book, and is not in its lists");
    }
}

/* Those of the book's own folder and of all below it and from which it takes files. */
static void tell_all_unlisted(struct assembly *assembly)
{
    struct reader *reader = assembly->reader;
    const struct assembled *assembled = includes_files(assembly->includes);
    struct id_map *known = id_map_new(reader->arena);
    struct folders folders = {.known = id_map_new(reader->arena)};
    if (reader->document->folder.descriptor < 0)
        return;
    for (size_t i = 0; i < assembled->file_count; i++)
        id_map_add(known, assembled->files[i].path, reader->document->root, NULL);
    for (size_t i = 0; i < assembled->file_count; i++)
        add_folder(
            assembly, &folders,
            text_slice(assembled->files[i].path, 0, text_folder(assembled->files[i].path).length));
    for (size_t i = 0; i < folders.count; i++)
        tell_unlisted(assembly, &folders, folders.paths[i], known);
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
    else if (book) /* else its lists could not be read */
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
                                            .matter = (enum matter)part->place,
                                            .assembled = &assembled->parts[i]};
        if (i)
            book->parts[i - 1].to = book->parts[i].from;
        if (part->file == 0) /* the title of a part */
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

/* headings, when a part is parsed */

static struct node *first_behind(const struct reader *reader, const struct node *before)
{
    return before ? before->next : reader->document->root->first_child;
}

/* Nothing of it is seen or heard: an anchor, a place for the page to end. */
static bool prints_nothing(struct node *block)
{
    struct walk walk;
    walk_init(&walk, block);
    while (walk_next(&walk)) {
        const struct node *node = walk.node;
        bool is_empty = node->kind == NODE_PAGE_BREAK || node->kind == NODE_PARAGRAPH ||
                        node->kind == NODE_DIV || node->kind == NODE_SPAN ||
                        (node->kind == NODE_TEXT && text_is_blank(node->text));
        if (!is_empty)
            return false;
    }
    return true;
}

/* What the file begins with; NULL: it is empty. */
static struct node *find_opening(struct node *node)
{
    while (node && prints_nothing(node))
        node = node->next;
    return node;
}

/* Words alone, however they are set. */
static bool holds_words_alone(struct node *heading)
{
    struct walk walk;
    walk_init(&walk, heading);
    while (walk_next(&walk)) {
        enum node_kind kind = walk.node->kind;
        if (kind == NODE_IMAGE || kind == NODE_NOTE_REFERENCE || kind == NODE_CITATION)
            return false;
    }
    return true;
}

static bool says_same(const struct reader *reader, struct node *title, struct node *heading)
{
    return title->id.length == 0 && holds_words_alone(title) && heading->kind == NODE_HEADING &&
           heading->heading.level == HIGHEST &&
           text_equal_ignoring_case(
               text_trim(node_words(reader->arena, title, LIMIT_WORDS_BYTES)),
               text_trim(node_words(reader->arena, heading, LIMIT_WORDS_BYTES)));
}

/* The heading of the title, which says what the file's own does, with its words for translators. */
static void drop_title(struct reader *reader, struct book_part *part, struct node *title)
{
    struct document *document = reader->document;
    size_t at = document->unit_count;
    while (at > 0 && document->units[at - 1].node != title)
        at--;
    if (at > 0)
        memmove(&document->units[at - 1], &document->units[at],
                (document->unit_count-- - at) * sizeof *document->units);
    part->dropped_line = title->span.line;
    node_unlink(title);
}

/* Whether some heading that orders the text is of the highest level. */
static bool has_highest(struct node *first)
{
    for (; first; first = first->next) {
        struct walk walk;
        walk_init(&walk, first);
        while (walk_next(&walk)) {
            const struct node *node = walk.node;
            if (node->kind == NODE_HEADING && node->heading.level == HIGHEST)
                return true;
            if (walk.entering && node->kind != NODE_DIV)
                walk_skip(&walk);
        }
    }
    return false;
}

static void deepen(struct node *first, int levels)
{
    for (; first && levels; first = first->next) {
        struct walk walk;
        walk_init(&walk, first);
        while (walk_next(&walk)) {
            struct node *node = walk.node;
            if (walk.entering && node->kind == NODE_HEADING)
                node->heading.level =
                    node->heading.level + levels < LOWEST ? node->heading.level + levels : LOWEST;
        }
    }
}

/* It has neither a heading of the highest level at its beginning nor a title. */
static void report_untitled(const struct reader *reader, const struct book_part *part,
                            const struct node *opening, bool has_words_before)
{
    const struct assembled_file *file = &reader->document->assembled->files[part->assembled->file];
    struct span span =
        opening ? opening->span
                : report_span_of(reader->report, file->source, file->first_byte, file->first_byte);
    report_error(reader->report, "book-file-untitled", span, NULL, "%s",
                 has_words_before
                     ? "the file begins with words before its heading, and has no title"
                     : "the file has no heading of the first level, and no title");
}

static void mark_headings(struct book_part *part, struct node *node)
{
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

void book_finish_part(struct reader *reader, struct book_part *part, struct node *before)
{
    struct assembled_part *assembled = part->assembled;
    bool is_translation = reader->document->find_original, is_file = assembled->file > 0;
    struct node *title = assembled->has_title ? first_behind(reader, before) : NULL;
    if (title && (title->kind != NODE_HEADING || title->span.line != part->line))
        title = NULL;
    struct node *own = title ? title->next : first_behind(reader, before);
    struct node *opening = find_opening(own);
    if (title && !is_translation)
        assembled->drops_title = opening && says_same(reader, title, opening);
    if (title && assembled->drops_title) {
        drop_title(reader, part, title);
        title = NULL;
    }
    bool begins_with_heading =
        opening && opening->kind == NODE_HEADING && opening->heading.level == HIGHEST;
    bool has_heading = has_highest(own);
    if (is_file && !title && !begins_with_heading && !is_translation)
        report_untitled(reader, part, opening, has_heading);
    deepen(own, (int)assembled->deeper + (title && has_heading));
    if (title)
        title->heading.level += (int)assembled->deeper;
    mark_headings(part, title ? title : own);
}
