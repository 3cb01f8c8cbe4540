/* Keys of a book's lectern.yaml: the lists of its files. */
#include "read/book.h"
#include "read/front.h"

static struct book *book_of(struct front *front)
{
    struct reader *reader = front->reader;
    if (!reader->book)
        reader->book = ARENA_NEW(reader->arena, struct book);
    reader->book->file = front->file;
    return reader->book;
}

static void add(struct front *front, enum matter matter, const struct yaml_value *value,
                struct book_entry entry)
{
    struct book_list *list = &book_of(front)->lists[matter];
    entry.span = front_span(front, value->place);
    entry.words = value->kind == YAML_SCALAR ? front_words(front, value) : TEXT_EMPTY;
    if (entry.words.length == 0) {
        report_error(front->reader->report, front_rule(front), entry.span,
                     entry.is_part ? "write the title of the part"
                                   : "write the name of a file, such as rain.md",
                     "this is no %s", entry.is_part ? "title" : "file");
        return;
    }
    ARENA_GROW(front->reader->arena, list->entries, list->count, list->capacity);
    list->entries[list->count++] = entry;
}

/* `- part: Water` with `chapters:` below it. */
static void add_part(struct front *front, const struct yaml_value *value)
{
    static const char wanted[] = "write - part: with its title, and chapters: with its files below";
    const struct yaml_value *title = yaml_find(value, TEXT("part"));
    const struct yaml_value *chapters = yaml_find(value, TEXT("chapters"));
    bool is_whole = title && title->kind == YAML_SCALAR && chapters &&
                    chapters->kind == YAML_SEQUENCE && front_count(value) == 2;
    if (!is_whole) {
        report_error(front->reader->report, front_rule(front), front_span(front, value->place),
                     wanted, "this is neither a file nor a part with its chapters");
        return;
    }
    add(front, MATTER_BODY, title, (struct book_entry){.is_part = true});
    for (const struct yaml_value *file = chapters->first; file; file = file->next) {
        if (file->kind == YAML_SCALAR)
            add(front, MATTER_BODY, file, (struct book_entry){.is_in_part = true});
        else
            report_error(front->reader->report, front_rule(front), front_span(front, file->place),
                         "list files below a part; parts stand side by side",
                         "a part holds files alone");
    }
}

static void read_list(struct front *front, const struct yaml_value *value, enum matter matter)
{
    bool is_list = value->kind == YAML_SEQUENCE;
    if (front_is_null(value) || (value->plain && value->scalar.length == 0))
        return; /* its lines are remarks, say */
    for (const struct yaml_value *item = is_list ? value->first : value; item;
         item = is_list ? item->next : NULL) {
        if (item->kind == YAML_MAPPING && matter == MATTER_BODY)
            add_part(front, item);
        else
            add(front, matter, item, (struct book_entry){0});
    }
}

/* That the folder holds a book was seen before it was read. */
void front_read_book(struct front *front, const struct yaml_value *value)
{
    if (!front_is_true(value) && !front_is_false(value))
        front_report_kind(front, value, "write true");
    book_of(front);
}

void front_read_chapters(struct front *front, const struct yaml_value *value)
{
    read_list(front, value, MATTER_BODY);
}

void front_read_front_files(struct front *front, const struct yaml_value *value)
{
    read_list(front, value, MATTER_FRONT);
}

void front_read_back_files(struct front *front, const struct yaml_value *value)
{
    read_list(front, value, MATTER_BACK);
}

/* the front matter of a file of the book */

static void read_role(struct front *front, const struct yaml_value *value, struct book_front *found)
{
    text word = front_words(front, value);
    enum book_division division = division_of_name(word);
    if (division)
        found->division = division;
    else if (word.length)
        front_report_kind(front, value,
                          "write what it is: foreword, preface, appendix, glossary …; or plain");
}

static void read_part_key(struct front *front, const struct yaml_value *value,
                          struct book_front *found)
{
    bool is_own;
    if (text_equal_c(value->key, "title")) {
        found->title = front_words(front, value);
        found->title_span = front_span(front, value->place);
    } else if (text_equal_c(value->key, "role")) {
        read_role(front, value, found);
    } else if (text_equal_c(value->key, "lang")) {
        if (!text_equal_ignoring_case(front_words(front, value), front->metadata->language))
            front_report_unread(front, value, "mark its words with {lang=…} where they differ",
                                "a file of a book is in the language of the book");
    } else if (!front_knows_key(value->key, &is_own)) {
        const char *names[] = {"title", "role", "lang"};
        front_report_unknown(front, value, names, sizeof names / sizeof *names);
    } else if (is_own && (!text_equal_c(value->key, "links") || front_holds_links(value))) {
        front_report_unread(front, value, "write it into the book's lectern.yaml",
                            "%.*s is read of the whole book", TEXT_ARGUMENTS(value->key));
    }
}

void front_read_part(struct reader *reader, uint32_t file, text yaml, struct book_front *found)
{
    struct front front = {.reader = reader,
                          .metadata = &reader->document->metadata,
                          .file = file,
                          .first_line = 2,
                          .folder = &reader->document->folder,
                          .is_of_part = true};
    struct front_block block = {0};
    front_parse_yaml(reader->arena, yaml, &block);
    if (block.why) {
        report_error(reader->report, front_rule(&front), front_span(&front, block.place),
                     block.hint, "the front matter is not proper YAML: %s", block.why);
        found->title = TEXT("?"); /* it may well be there */
        return;
    }
    for (const struct yaml_value *value =
             block.top && block.top->kind == YAML_MAPPING ? block.top->first : NULL;
         value; value = value->next)
        read_part_key(&front, value, found);
}
