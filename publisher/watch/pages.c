#include "watch/pages.h"

#include "base/address.h"
#include "base/files.h"
#include "base/limits.h"
#include "batch/manifest.h"
#include "html/markup.h"
#include "html/stylesheet.h"

#include <string.h>
#include <zip.h>

enum { LIMIT_PART_BYTES = 256 << 20 };

#define SCRIPT_PATH "/.lectern/reload.js"
#define STATE_PATH  "/.lectern/state"

/* Asks what became of the build, shows what it said, and loads the page again after another. */
static const char script[] =
    "'use strict';\n"
    "let version = null;\n"
    "const box = document.createElement('div');\n"
    "box.setAttribute('role', 'alert');\n"
    "const words = document.createElement('pre');\n"
    "box.style.cssText = 'position:fixed;inset:auto 0 0 0;max-height:60%;overflow:auto;margin:0;' "
    "+\n"
    "  'background:#fff;color:#8b0000;border-top:0.3em solid #8b0000;padding:0.5em "
    "1em;z-index:9';\n"
    "words.style.cssText = 'white-space:pre-wrap;border:0;margin:0';\n"
    "box.hidden = true;\n"
    "box.append(words);\n"
    "document.body.append(box);\n"
    "async function ask() {\n"
    "  try {\n"
    "    const state = await (await fetch('" STATE_PATH "')).json();\n"
    "    if (version !== null && state.version !== version) { location.reload(); return; }\n"
    "    version = state.version;\n"
    "    words.textContent = state.said;\n"
    "    box.hidden = !state.failed;\n"
    "  } catch (error) { /* the server has ended, or is about to answer */ }\n"
    "  setTimeout(ask, 300);\n"
    "}\n"
    "ask();\n";

/* Of the files within an EPUB, and beside what is published. */
static const struct {
    const char *extension, *type;
} types[] = {
    {".xhtml", "application/xhtml+xml"},
    {".css", "text/css"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".json", "application/json"},
    {".opf", "application/xml"},
};

static const char *type_of(text name)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (text_ends_with(name, text_from_c(types[i].extension)))
            return types[i].type;
    }
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        text end = text_from_c(format_at(i)->name);
        if (name.length > end.length && text_ends_with(name, end) &&
            name.bytes[name.length - end.length - 1] == '.')
            return format_at(i)->served_type;
    }
    return "application/octet-stream";
}

static void fail(struct answer *answer)
{
    buffer_clear(&answer->body);
    buffer_add_c(&answer->body, "There is nothing here.\n");
    answer->status = 404;
    answer->type = "text/plain; charset=utf-8";
}

/* A page that says so when it is out of date. */
static void give(struct answer *answer, text name, text bytes)
{
    answer->type = type_of(name);
    bool is_page = text_ends_with(name, TEXT(".html")) || text_ends_with(name, TEXT(".xhtml"));
    size_t end = is_page ? text_find(bytes, TEXT("</body>"), 0) : SIZE_MAX;
    if (end == SIZE_MAX) {
        buffer_add_text(&answer->body, bytes);
        return;
    }
    buffer_add_text(&answer->body, text_slice(bytes, 0, end));
    buffer_add_c(&answer->body, "<script src=\"" SCRIPT_PATH "\"></script>");
    buffer_add_text(&answer->body, text_slice(bytes, end, bytes.length));
}

/* the list of publications */

static void add_link(struct markup *markup, text href, text words)
{
    markup_open(markup, "li");
    markup_open(markup, "a");
    markup_attribute(markup, "href", href);
    markup_characters(markup, words);
    markup_close(markup);
    markup_close(markup);
    markup_newline(markup);
}

static void add_row(struct markup *markup, struct arena *arena, const struct manifest_row *row)
{
    markup_open(markup, "h2");
    markup_language(markup, row->language, NULL);
    markup_characters(markup, row->title.length ? row->title : row->article);
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "ul");
    markup_newline(markup);
    for (size_t i = 0; i < row->file_count; i++) {
        text name = row->files[i].name, path = address_encoded(arena, ADDRESS_PATH, name);
        bool is_book = text_equal_c(row->files[i].format, "epub");
        bool is_pdf = text_equal_c(row->files[i].format, "pdf");
        if (is_book)
            add_link(markup, arena_printf(arena, "/%.*s/EPUB/nav.xhtml", TEXT_ARGUMENTS(path)),
                     arena_printf(arena, "%.*s as pages", TEXT_ARGUMENTS(name)));
        add_link(markup, arena_printf(arena, is_pdf ? "/view/%.*s" : "/%.*s", TEXT_ARGUMENTS(path)),
                 name);
    }
    markup_close(markup);
    markup_newline(markup);
}

static void begin_page(struct markup *markup, const char *title)
{
    markup_html_doctype(markup);
    markup_open(markup, "html");
    markup_language(markup, TEXT("en"), NULL);
    markup_open(markup, "head");
    markup_open(markup, "meta");
    markup_attribute_c(markup, "charset", "utf-8");
    markup_close(markup);
    markup_element(markup, "title", text_from_c(title));
    markup_close(markup);
    markup_newline(markup);
    markup_open(markup, "body");
    markup_open(markup, "main");
    markup_open(markup, "h1");
    markup_characters_c(markup, title);
    markup_close(markup);
    markup_newline(markup);
}

/* Gives what was written as a page. */
static void end_page(struct markup *markup, struct buffer *page, struct answer *answer)
{
    if (markup_finish(markup))
        give(answer, TEXT("page.html"), buffer_text(page));
    else
        fail(answer);
}

static void answer_list(const char *folder, struct arena *arena, struct answer *answer)
{
    struct manifest manifest = {.arena = arena};
    struct buffer page;
    const char *why;
    text bytes, path = arena_printf(arena, "%s/manifest.json", folder);
    buffer_init(&page, LIMIT_OUTPUT_BYTES);
    struct markup *markup = markup_new_page(&page);
    if (file_read(arena, path.bytes, LIMIT_MANIFEST_BYTES, &bytes) != FILE_OK ||
        !manifest_read_json(&manifest, bytes, &why))
        manifest.count = 0;
    if (!markup) {
        fail(answer);
        return;
    }
    begin_page(markup, "Publications");
    for (size_t i = 0; i < manifest.count; i++)
        add_row(markup, arena, &manifest.rows[i]);
    if (manifest.count == 0)
        markup_element(markup, "p", TEXT("Nothing has been published yet."));
    end_page(markup, &page, answer);
    buffer_release(&page);
}

/* A frame around a PDF, which cannot tell that it is out of date. */
static void answer_view(text name, const struct server_state *state, struct arena *arena,
                        struct answer *answer)
{
    struct buffer page;
    buffer_init(&page, LIMIT_OUTPUT_BYTES);
    struct markup *markup = markup_new_page(&page);
    if (!markup) {
        fail(answer);
        return;
    }
    begin_page(markup, arena_copy_c(arena, name));
    markup_open(markup, "iframe");
    markup_attribute(markup, "title", name);
    markup_attribute_c(markup, "style", "width:100%;height:90vh;border:0");
    markup_attribute(markup, "src",
                     arena_printf(arena, "/%.*s?%llu",
                                  TEXT_ARGUMENTS(address_encoded(arena, ADDRESS_PATH, name)),
                                  (unsigned long long)state->version));
    markup_close(markup);
    end_page(markup, &page, answer);
    buffer_release(&page);
}

/* files */

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
        give(answer, name, bytes);
    else
        fail(answer);
}

/* A part of an EPUB, by its name in the archive. */
static void answer_part(const struct folder *folder, text book, text part, struct arena *arena,
                        struct answer *answer)
{
    text bytes;
    zip_error_t error;
    zip_stat_t stat;
    const char *name = arena_copy_c(arena, part);
    fail(answer);
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
            give(answer, part, (text){content, (size_t)length});
        }
    }
    zip_discard(archive);
    zip_error_fini(&error);
}

static void answer_state(const struct server_state *state, struct answer *answer)
{
    answer->type = "application/json";
    buffer_printf(&answer->body, "{\"version\": %llu, \"failed\": %s, \"said\": ",
                  (unsigned long long)state->version, state->failed ? "true" : "false");
    buffer_add_json(&answer->body, state->said);
    buffer_add_c(&answer->body, "}\n");
}

void pages_answer(const char *folder_name, const struct server_state *state, text path,
                  struct answer *answer)
{
    static const text view = {"/view/", 6}, book_end = {".epub/", 6};
    struct arena arena;
    struct folder folder;
    arena_init(&arena);
    buffer_init(&answer->body, LIMIT_OUTPUT_BYTES);
    answer->status = 200;
    text name = path.length ? text_slice(path, 1, path.length) : TEXT_EMPTY;
    size_t inner = text_find(path, book_end, 0);
    text book = inner == SIZE_MAX ? TEXT_EMPTY : text_slice(path, 1, inner + book_end.length - 1);
    bool is_view = text_starts_with(path, view);
    if (text_equal_c(path, STATE_PATH)) {
        answer_state(state, answer);
    } else if (text_equal_c(path, SCRIPT_PATH)) {
        answer->type = "text/javascript";
        buffer_add_c(&answer->body, script);
    } else if (text_equal_c(path, "/")) {
        answer_list(folder_name, &arena, answer);
    } else if (is_view && is_name(text_slice(path, view.length, path.length))) {
        answer_view(text_slice(path, view.length, path.length), state, &arena, answer);
    } else if (!folder_open(&folder, &arena, text_from_c(folder_name))) {
        fail(answer);
    } else if (is_name(name)) {
        answer_file(&folder, name, &arena, answer);
    } else if (is_name(book)) {
        answer_part(&folder, book, text_slice(path, inner + book_end.length, path.length), &arena,
                    answer);
    } else {
        fail(answer);
    }
    arena_release(&arena);
}
