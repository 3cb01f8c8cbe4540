#include "watch/pages.h"

#include "base/files.h"
#include "base/limits.h"
#include "libraries/zip.h"
#include "watch/editor.h"
#include "watch/list.h"
#include "watch/parts.h"
#include "watch/view.h"

#include <string.h>

enum { LIMIT_PART_BYTES = 256 << 20 };

/* A name in the folder: no part of it leads anywhere else. */
static bool is_name(text name)
{
    return name.length && name.bytes[0] != '.' && text_find_byte(name, '/', 0) == SIZE_MAX &&
           text_find_byte(name, '\0', 0) == SIZE_MAX;
}

static void answer_file(const struct folder *folder, text name, struct arena *arena,
                        struct answer *answer)
{
    text bytes;
    if (folder_read(folder, arena, name, LIMIT_OUTPUT_BYTES, &bytes) == FILE_OK)
        answer_give(answer, name, bytes);
    else
        answer_nothing(answer);
}

/* A part of an EPUB, by its name in the archive. */
static void answer_part(const struct folder *folder, text book, text part, struct arena *arena,
                        struct answer *answer)
{
    text bytes;
    zip_error_t error;
    zip_stat_t stat;
    const char *name = arena_copy_c(arena, part);
    answer_nothing(answer);
    if (folder_read(folder, arena, book, LIMIT_OUTPUT_BYTES, &bytes) != FILE_OK)
        return;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.bytes, bytes.length, 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!archive) {
        zip_source_free(source);
        zip_error_fini(&error);
        return;
    }
    zip_file_t *file = NULL;
    if (zip_stat(archive, name, 0, &stat) == 0 && stat.size <= LIMIT_PART_BYTES)
        file = zip_fopen(archive, name, 0);
    if (file) {
        char *content = arena_allocate(arena, stat.size + 1);
        zip_int64_t length = zip_fread(file, content, stat.size);
        zip_fclose(file);
        if (length == (zip_int64_t)stat.size) {
            buffer_clear(&answer->body);
            answer->status = 200;
            answer_give(answer, part, (text){content, (size_t)length});
        }
    }
    zip_discard(archive);
    zip_error_fini(&error);
}

/* what is Lectern's own */

static void answer_part_of_ours(const char *type, const char *const *lines, struct answer *answer)
{
    answer->type = type;
    for (size_t i = 0; lines[i]; i++)
        buffer_add_c(&answer->body, lines[i]);
}

/* Cuts the beginning off a path. */
static bool take_prefix(text *path, const char *prefix)
{
    text start = text_from_c(prefix);
    if (!text_starts_with(*path, start))
        return false;
    *path = text_slice(*path, start.length, path->length);
    return true;
}

/* Cuts a number and a slash off the beginning. */
static bool take_number(text *path, size_t *number)
{
    unsigned long found;
    text digits;
    if (!text_cut(*path, '/', &digits, path) || !text_to_number(digits, 1000000000, &found))
        return false;
    *number = found;
    return true;
}

/* Behind a number, that of the build that the page knows, stands the name of its file. */
static void answer_state(const struct server_state *state, text file, struct answer *answer)
{
    size_t known = SIZE_MAX;
    answer->type = "application/json";
    if (!take_number(&file, &known))
        known = SIZE_MAX;
    news_write_state(state->news, file, known, editor_key(state->editor), &answer->body);
}

/* Whether it is an address of view.h: what is asked for, and of which page of which file. */
static bool is_view(text path, enum view_kind *kind, size_t *page, text *name)
{
    text picture = path, words = path;
    *page = 0;
    *name = path;
    *kind = VIEW_PAGE;
    if (take_prefix(&picture, "/.lectern/page/") && take_number(&picture, page)) {
        *kind = VIEW_PICTURE;
        *name = picture;
    } else if (take_prefix(&words, "/.lectern/words/") && take_number(&words, page)) {
        *kind = VIEW_WORDS;
        *name = words;
    } else if (!take_prefix(name, "/view/")) {
        return false;
    }
    return is_name(*name);
}

/* What needs the folder. */
static void answer_in_folder(const struct folder *folder, text path, struct arena *arena,
                             struct answer *answer)
{
    static const text book_end = {".epub/", 6};
    text name = text_slice(path, 1, path.length);
    size_t inner = text_find(path, book_end, 0);
    text book = inner == SIZE_MAX ? TEXT_EMPTY : text_slice(path, 1, inner + book_end.length - 1);
    if (is_name(name))
        answer_file(folder, name, arena, answer);
    else if (is_name(book))
        answer_part(folder, book, text_slice(path, inner + book_end.length, path.length), arena,
                    answer);
    else
        answer_nothing(answer);
}

/* The publication that a page is of, as page.js finds it too. */
static text file_of(text path)
{
    text file = text_slice(path, 1, path.length);
    take_prefix(&file, "view/");
    return text_slice(file, 0, text_find_byte(file, '/', 0));
}

void pages_answer(const char *folder_name, const struct server_state *state, text path,
                  struct answer *answer)
{
    struct arena arena;
    struct folder folder;
    enum view_kind kind;
    size_t page;
    text rest = path, name;
    arena_init(&arena);
    buffer_init(&answer->body, LIMIT_OUTPUT_BYTES);
    answer->status = 200;
    answer->question = NULL;
    answer->run = state->news->run;
    answer->version = news_version(state->news, file_of(path));
    if (take_prefix(&rest, "/.lectern/state/"))
        answer_state(state, rest, answer);
    else if (text_equal_c(path, "/.lectern/watch.js"))
        answer_part_of_ours("text/javascript; charset=utf-8", parts_js, answer);
    else if (text_equal_c(path, "/.lectern/watch.css"))
        answer_part_of_ours("text/css; charset=utf-8", parts_css, answer);
    else if (text_equal_c(path, "/"))
        list_answer(state->news, &arena, answer);
    else if (is_view(path, &kind, &page, &name))
        answer->question = view_ask(state->view, folder_name, name, kind, page);
    else if (folder_open(&folder, &arena, text_from_c(folder_name)))
        answer_in_folder(&folder, path, &arena, answer);
    else
        answer_nothing(answer);
    arena_release(&arena);
}

void pages_open(const struct server_state *state, text path, struct answer *answer)
{
    size_t build, number;
    unsigned long last;
    const struct problem *problem = NULL;
    *answer = (struct answer){.status = 404, .type = "text/plain; charset=utf-8"};
    buffer_init(&answer->body, LIMIT_OUTPUT_BYTES);
    if (take_prefix(&path, "/.lectern/open/") && take_number(&path, &build) &&
        text_to_number(path, 1000000000, &last)) {
        number = last;
        problem = news_problem(state->news, build, number);
    }
    if (!problem || problem->file.length == 0)
        buffer_add_c(&answer->body, "There is no such place any more.\n");
    else if (!editor_open(state->editor, problem->file, problem->line, problem->column))
        buffer_add_c(&answer->body, "The editor cannot be started.\n");
    else
        answer->status = 204;
}
