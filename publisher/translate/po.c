/* PO files through libgettextpo. It opens paths by itself, so it gets the bytes in a file that is
   in memory only; it knows no lines of messages, so they are found by counting. */
#include "base/characters.h"
#include "translate/catalogue.h"

#include <gettext-po.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LONGEST_PATH = 64 };

/* faults */

struct reading {
    struct report *report;
    uint32_t file;
    size_t errors;
    jmp_buf leave; /* a fatal error must not come back to the library */
};

/* The library's handler is given no object of ours. It is not reentrant either. */
static struct reading *current;

static void handle(int severity, po_message_t message, const char *filename, size_t line,
                   size_t column, int is_many, const char *words)
{
    (void)message, (void)filename, (void)column, (void)is_many;
    if (!current)
        return;
    if (severity != PO_SEVERITY_WARNING) {
        text first = text_trim(text_from_c(words));
        size_t end = text_find_byte(first, '\n', 0);
        first = text_slice(first, 0, end == SIZE_MAX ? first.length : end);
        struct span span = {.file = current->file};
        if (line != (size_t)-1 && line > 0) {
            span.line = span.end_line = (uint32_t)line;
            span.column = span.end_column = 1;
        }
        report_error(current->report, "catalogue-syntax", span, NULL,
                     "the catalogue is not a proper PO file: %.*s", TEXT_ARGUMENTS(first));
        current->errors++;
    }
    if (severity == PO_SEVERITY_FATAL_ERROR)
        longjmp(current->leave, 1);
}

static void handle_two(int severity, po_message_t message, const char *filename, size_t line,
                       size_t column, int is_many, const char *words, po_message_t message2,
                       const char *filename2, size_t line2, size_t column2, int is_many2,
                       const char *words2)
{
    (void)message2, (void)filename2, (void)line2, (void)column2, (void)is_many2, (void)words2;
    handle(severity, message, filename, line, column, is_many, words);
}

static const struct po_xerror_handler handler = {handle, handle_two};

/* files in memory */

/* A descriptor of a file with these bytes, and the path by which the library can open it. */
static int open_memory(text bytes, char path[LONGEST_PATH])
{
    int descriptor = memfd_create("catalogue", MFD_CLOEXEC);
    if (descriptor < 0)
        return -1;
    for (size_t done = 0; done < bytes.length;) {
        ssize_t written = write(descriptor, bytes.bytes + done, bytes.length - done);
        if (written <= 0) {
            close(descriptor);
            return -1;
        }
        done += (size_t)written;
    }
    snprintf(path, LONGEST_PATH, "/proc/self/fd/%d", descriptor);
    return descriptor;
}

/* reading */

/* The lines of msgstr of the messages, in the order of the file; those that are obsolete have
   another beginning and count too. */
static uint32_t next_line(text bytes, size_t *offset, uint32_t *line)
{
    bool in_message = false;
    while (*offset < bytes.length) {
        size_t end = text_find_byte(bytes, '\n', *offset);
        text words = text_slice(bytes, *offset, end == SIZE_MAX ? bytes.length : end);
        *offset = end == SIZE_MAX ? bytes.length : end + 1;
        uint32_t number = ++*line;
        words = text_trim(words);
        if (text_starts_with(words, TEXT("#~")))
            words = text_trim(text_slice(words, 2, words.length));
        if (text_starts_with(words, TEXT("msgid")) &&
            !text_starts_with(words, TEXT("msgid_plural")))
            in_message = true;
        else if (text_starts_with(words, TEXT("msgstr")) && in_message)
            return number;
    }
    return 0;
}

static text line_of(text bytes, size_t line_end)
{
    size_t start = line_end;
    while (start && bytes.bytes[start - 1] != '\n')
        start--;
    return text_trim(text_slice(bytes, start, line_end));
}

static text copy(struct arena *arena, const char *string)
{
    return string ? characters_clean(arena, arena_copy(arena, text_from_c(string))) : TEXT_EMPTY;
}

static void take_places(struct catalogue *catalogue, struct message *message, po_message_t from)
{
    po_filepos_t place;
    for (int i = 0; (place = po_message_filepos(from, i)); i++) {
        size_t line = po_filepos_start_line(place);
        ARENA_GROW(catalogue->arena, message->places, message->place_count,
                   message->place_capacity);
        message->places[message->place_count++] =
            (struct message_place){copy(catalogue->arena, po_filepos_file(place)),
                                   line == (size_t)-1 ? 0 : (uint32_t)line};
    }
}

static void take_message(struct catalogue *catalogue, po_message_t from, struct span span)
{
    struct arena *arena = catalogue->arena;
    text words = copy(arena, po_message_msgid(from));
    if (words.length == 0) {
        if (!po_message_is_obsolete(from) && catalogue->header.length == 0)
            catalogue->header = copy(arena, po_message_msgstr(from));
        return;
    }
    struct message *message = catalogue_add(catalogue, words);
    message->translation = copy(arena, po_message_msgstr(from));
    message->previous = copy(arena, po_message_prev_msgid(from));
    message->comments = copy(arena, po_message_comments(from));
    message->note = text_trim(copy(arena, po_message_extracted_comments(from)));
    message->is_fuzzy = po_message_is_fuzzy(from);
    message->is_obsolete = po_message_is_obsolete(from);
    message->span = span;
    take_places(catalogue, message, from);
}

static void take_messages(struct catalogue *catalogue, po_file_t file, text bytes)
{
    po_message_iterator_t iterator = po_message_iterator(file, NULL);
    po_message_t message;
    size_t offset = 0;
    uint32_t line = 0;
    while ((message = po_next_message(iterator))) {
        uint32_t found = next_line(bytes, &offset, &line);
        struct span span = {.file = catalogue->file};
        if (found) {
            size_t end = offset && offset <= bytes.length && bytes.bytes[offset - 1] == '\n'
                             ? offset - 1
                             : offset;
            span.line = span.end_line = found;
            span.column = 1;
            span.end_column = (uint32_t)line_of(bytes, end).length;
            span.end_column += span.end_column == 0;
        }
        take_message(catalogue, message, span);
    }
    po_message_iterator_free(iterator);
}

bool catalogue_read_po(struct catalogue *catalogue, struct report *report, text name, text bytes)
{
    bytes = characters_of_file(catalogue->arena, bytes);
    catalogue->file = report_add_source(report, name, bytes);
    struct span whole = {.file = catalogue->file};
    size_t invalid = text_find_invalid_utf8(bytes);
    if (invalid != SIZE_MAX) {
        report_error(report, "utf8-invalid",
                     report_span_of(report, catalogue->file, invalid, invalid + 1),
                     "save the catalogue as UTF-8", "the byte 0x%02X is not UTF-8",
                     (unsigned char)bytes.bytes[invalid]);
        return false;
    }
    char path[LONGEST_PATH];
    int descriptor = open_memory(bytes, path);
    if (descriptor < 0) {
        report_error(report, "catalogue-unreadable", whole, NULL,
                     "the catalogue cannot be held in memory");
        return false;
    }
    struct reading reading = {.report = report, .file = catalogue->file};
    volatile po_file_t file = NULL;
    current = &reading;
    if (setjmp(reading.leave) == 0) {
        file = po_file_read(path, &handler);
        if (file && reading.errors == 0)
            take_messages(catalogue, file, bytes);
    }
    current = NULL;
    if (file)
        po_file_free(file);
    close(descriptor);
    if (!file && reading.errors == 0)
        report_error(report, "catalogue-unreadable", whole, NULL, "the catalogue cannot be read");
    if (!file || reading.errors)
        return false;
    catalogue_read_header(catalogue);
    return true;
}

/* writing */

static void put_message(po_message_iterator_t into, const struct message *message,
                        struct arena *arena)
{
    po_message_t made = po_message_create();
    po_message_set_msgid(made, arena_copy_c(arena, message->words));
    po_message_set_msgstr(made, arena_copy_c(arena, message->translation));
    if (message->comments.length)
        po_message_set_comments(made, arena_copy_c(arena, message->comments));
    if (message->note.length)
        po_message_set_extracted_comments(made, arena_copy_c(arena, message->note));
    if (message->previous.length)
        po_message_set_prev_msgid(made, arena_copy_c(arena, message->previous));
    for (size_t i = 0; i < message->place_count; i++)
        po_message_add_filepos(made, arena_copy_c(arena, message->places[i].file),
                               message->places[i].line);
    po_message_set_fuzzy(made, message->is_fuzzy && message->translation.length);
    po_message_set_obsolete(made, message->is_obsolete);
    po_message_insert(into, made);
}

static bool read_back(int descriptor, struct buffer *out)
{
    char bytes[16384];
    ssize_t got;
    if (lseek(descriptor, 0, SEEK_SET) < 0)
        return false;
    while ((got = read(descriptor, bytes, sizeof bytes)) > 0)
        buffer_add(out, bytes, (size_t)got);
    return got == 0 && !out->overflowed;
}

bool catalogue_write_po(const struct catalogue *catalogue, struct buffer *out)
{
    struct arena arena;
    char path[LONGEST_PATH];
    int descriptor = open_memory(TEXT_EMPTY, path);
    if (descriptor < 0)
        return false;
    arena_init(&arena);
    po_file_t file = po_file_create();
    po_message_iterator_t into = po_message_iterator(file, NULL);
    po_message_t header = po_message_create();
    po_message_set_msgid(header, "");
    po_message_set_msgstr(header, arena_copy_c(&arena, catalogue->header));
    po_message_insert(into, header);
    for (size_t i = 0; i < catalogue->count; i++)
        put_message(into, &catalogue->messages[i], &arena);
    struct report unused;
    report_init(&unused, &arena);
    struct reading reading = {.report = &unused};
    volatile bool made = false;
    current = &reading;
    if (setjmp(reading.leave) == 0)
        made = po_file_write(file, path, &handler) != NULL;
    current = NULL;
    po_message_iterator_free(into);
    po_file_free(file);
    made = made && reading.errors == 0 && read_back(descriptor, out);
    close(descriptor);
    arena_release(&arena);
    return made;
}
