/* Poppler works in a child for each question, with bounds for its time and memory: whatever a file
   does to it costs that answer alone, and nothing of it stays in a server that runs all day. The
   server goes on meanwhile: what the child writes is read as it comes. */
#include "watch/view.h"

#include "base/address.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/process.h"
#include "screen/screen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double pixels_per_inch = 144; /* sharp at the width of the page in page.css */

enum state {
    STATE_WAITS, /* for a place */
    STATE_AT_WORK,
    STATE_ENDED,
};

struct view_question {
    struct view_question *next;
    struct arena arena;
    const char *folder;
    text name;
    enum view_kind kind;
    size_t page;
    enum state state;
    struct process_child child; /* at work */
    uint64_t hash;              /* with the file's stamp */
    uint64_t start, end;        /* of the child, as process_milliseconds counts */
    bool is_done;               /* ended, and there is an answer: */
    struct buffer got;
};

struct page_size {
    float width, height; /* points */
};

/* in the child */

struct task {
    text bytes;
    const struct view_question *question;
    const struct view_limits *limits;
};

/* The number of the pages, and behind it their sizes. */
static bool write_sizes(const struct screen *screen, struct buffer *out)
{
    size_t count = screen_count(screen);
    buffer_add(out, &count, sizeof count);
    for (size_t i = 0; i < count && i < LIMIT_VIEW_PAGES; i++) {
        double width, height;
        struct page_size size = {0, 0};
        if (screen_size(screen, i, &width, &height))
            size = (struct page_size){(float)width, (float)height};
        buffer_add(out, &size, sizeof size);
    }
    return count > 0;
}

/* Appends the answer; false: there is none. */
static bool write_answer(const struct task *task, const struct screen *screen, struct buffer *out)
{
    size_t page = task->question->page;
    switch (task->question->kind) {
    case VIEW_PAGE:
        return write_sizes(screen, out);
    case VIEW_PICTURE:
        return page && screen_draw(screen, page - 1, pixels_per_inch, task->limits->pixels, out);
    case VIEW_WORDS:
        if (page)
            screen_write_words(screen, page - 1, out);
        return page > 0;
    }
    return false;
}

/* No connection of the server's outlives it in a child. */
static void close_others(int pipe)
{
    const unsigned first = STDERR_FILENO + 1, own = (unsigned)pipe;
    if (own > first)
        close_range(first, own - 1, 0);
    close_range(own + 1, ~0U, 0);
}

static bool be_painter(const void *closure, int pipe)
{
    const struct task *task = closure;
    close_others(pipe);
    struct screen *screen = screen_open(task->bytes);
    struct buffer out;
    if (!screen)
        return false;
    buffer_init(&out, task->limits->bytes);
    bool is_done = write_answer(task, screen, &out) && !out.overflowed &&
                   stream_write(pipe, buffer_text(&out));
    buffer_release(&out);
    screen_close(screen);
    return is_done;
}

/* questions */

/* A file that is published anew is another file: its bytes need not be gone through each time. */
static uint64_t hash_of(const struct view_question *question, struct arena *arena)
{
    struct file_stamp stamp = {0};
    text path = arena_printf(arena, "%s/%.*s", question->folder, TEXT_ARGUMENTS(question->name));
    bool is_there = file_stamp(path.bytes, &stamp);
    const uint64_t parts[] = {question->page, question->kind, is_there,      stamp.size,
                              stamp.inode,    stamp.changed,  stamp.modified};
    uint64_t hash = hash_text(HASH_START, path);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = hash_number(hash, parts[i]);
    return hash;
}

enum { MOST_FAILED = sizeof((struct view *)NULL)->failed / sizeof(uint64_t) };

/* Whether it took too long before. */
static bool has_failed(const struct view *view, uint64_t hash)
{
    for (size_t i = 0; i < view->failed_count && i < MOST_FAILED; i++) {
        if (view->failed[i] == hash)
            return true;
    }
    return false;
}

/* Lets a child do it; where it cannot be done, the question has ended. The child has the file's
   bytes for itself. */
static void begin(struct view *view, struct view_question *question)
{
    struct arena arena;
    struct folder folder;
    struct task task = {TEXT_EMPTY, question, &view->limits};
    arena_init(&arena);
    question->state = STATE_ENDED;
    question->hash = hash_of(question, &arena);
    if (!has_failed(view, question->hash) && text_ends_with(question->name, TEXT(".pdf")) &&
        folder_open(&folder, &arena, text_from_c(question->folder)) &&
        folder_read(&folder, &arena, question->name, LIMIT_OUTPUT_BYTES, &task.bytes) == FILE_OK) {
        if (process_begin(&question->child, be_painter, &task, view->limits.memory_bytes,
                          view->limits.seconds)) {
            question->state = STATE_AT_WORK;
            question->start = process_milliseconds();
            /* a machine may be three times as busy as fast, and the others are at work too */
            question->end =
                question->start + (uint64_t)3000 * LIMIT_VIEW_CHILDREN * view->limits.seconds;
            view->children++;
        }
    }
    arena_release(&arena);
}

/* is_done: false: the child is killed first. */
static void end(struct view *view, struct view_question *question, bool is_done)
{
    question->is_done = process_end(&question->child, is_done);
    question->state = STATE_ENDED;
    view->children--;
}

static void hear(struct view *view, struct view_question *question)
{
    uint64_t now = process_milliseconds();
    enum process_news news = process_hear(&question->child, now, &question->got);
    bool is_too_much = question->got.overflowed;
    if ((news == PROCESS_WROTE || news == PROCESS_LATE) && now < question->end && !is_too_much)
        return;
    end(view, question, news == PROCESS_ENDED && !is_too_much);
    if (!question->is_done && now - question->start >= (uint64_t)1000 * view->limits.seconds)
        view->failed[view->failed_count++ % MOST_FAILED] = question->hash;
}

void view_init(struct view *view)
{
    *view = (struct view){.limits = {.pixels = LIMIT_VIEW_PIXELS,
                                     .bytes = LIMIT_VIEW_BYTES,
                                     .memory_bytes = LIMIT_VIEW_MEMORY,
                                     .seconds = LIMIT_VIEW_SECONDS}};
}

struct view_question *view_ask(struct view *view, const char *folder, text name,
                               enum view_kind kind, size_t page)
{
    struct view_question *question = memory_allocate(sizeof *question), **last = &view->first;
    *question = (struct view_question){.folder = folder, .kind = kind, .page = page};
    arena_init(&question->arena);
    question->name = arena_copy(&question->arena, name);
    buffer_init(&question->got, view->limits.bytes);
    while (*last)
        last = &(*last)->next;
    *last = question;
    if (view->children < LIMIT_VIEW_CHILDREN)
        begin(view, question);
    return question;
}

void view_run(struct view *view)
{
    for (struct view_question *one = view->first; one; one = one->next) {
        if (one->state == STATE_AT_WORK)
            hear(view, one);
    }
    for (struct view_question *one = view->first; one; one = one->next) {
        if (one->state == STATE_WAITS && view->children < LIMIT_VIEW_CHILDREN)
            begin(view, one);
    }
}

void view_waits(const struct view *view, struct pollfd waits[LIMIT_VIEW_CHILDREN])
{
    size_t count = 0;
    for (const struct view_question *one = view->first; one; one = one->next) {
        if (one->state == STATE_AT_WORK)
            waits[count++] = (struct pollfd){.fd = one->child.pipe, .events = POLLIN};
    }
    while (count < LIMIT_VIEW_CHILDREN)
        waits[count++] = (struct pollfd){.fd = -1};
}

bool view_is_ended(const struct view_question *question)
{
    return question->state == STATE_ENDED;
}

void view_forget(struct view *view, struct view_question *question)
{
    struct view_question **place = &view->first;
    if (question->state == STATE_AT_WORK)
        end(view, question, false);
    while (*place != question)
        place = &(*place)->next;
    *place = question->next;
    buffer_release(&question->got);
    arena_release(&question->arena);
    free(question);
}

/* the page */

/* Without the locale. */
static void add_number(struct markup *markup, const char *name, float number)
{
    struct buffer words;
    buffer_init(&words, 40);
    buffer_add_number(&words, (double)number, 3);
    markup_attribute(markup, name, buffer_text(&words));
    buffer_release(&words);
}

static void add_page(struct markup *markup, struct arena *arena, size_t number,
                     const struct page_size *size)
{
    struct buffer style;
    buffer_init(&style, 200);
    buffer_add_c(&style, "aspect-ratio:");
    buffer_add_number(&style, (double)size->width, 3);
    buffer_add_c(&style, "/");
    buffer_add_number(&style, (double)size->height, 3);
    buffer_add_c(&style, ";--lectern-width:");
    buffer_add_number(&style, (double)size->width, 3);
    markup_open(markup, "section");
    markup_attribute_c(markup, "class", "lectern-page");
    markup_attribute(markup, "id", arena_printf(arena, "page-%zu", number));
    markup_attribute(markup, "aria-label", arena_printf(arena, "Page %zu", number));
    markup_attribute(markup, "style", buffer_text(&style));
    add_number(markup, "data-width", size->width);
    add_number(markup, "data-height", size->height);
    markup_close(markup);
    markup_newline(markup);
    buffer_release(&style);
}

/* got: what write_sizes wrote. */
static void answer_page(text name, text got, struct arena *arena, struct answer *answer)
{
    struct buffer page;
    size_t count, offset = sizeof count;
    if (got.length < offset) {
        answer_nothing(answer);
        return;
    }
    memcpy(&count, got.bytes, sizeof count);
    buffer_init(&page, LIMIT_OUTPUT_BYTES);
    struct markup *markup = answer_begin_page(&page, name, "lectern-own lectern-view");
    if (markup) {
        markup_open(markup, "p");
        markup_open(markup, "a");
        markup_attribute(markup, "href",
                         arena_printf(arena, "/%.*s",
                                      TEXT_ARGUMENTS(address_encoded(arena, ADDRESS_PATH, name))));
        markup_characters_c(markup, "The file itself");
        markup_close(markup);
        markup_close(markup);
        markup_newline(markup);
    }
    if (markup && count > LIMIT_VIEW_PAGES)
        markup_element(markup, "p",
                       arena_printf(arena, "The first %d of %zu pages are shown.",
                                    (int)LIMIT_VIEW_PAGES, count));
    struct page_size size;
    for (size_t i = 1; markup && offset + sizeof size <= got.length; i++) {
        memcpy(&size, got.bytes + offset, sizeof size);
        offset += sizeof size;
        if (size.width > 0)
            add_page(markup, arena, i, &size);
    }
    answer_end_page(markup, &page, answer);
}

void view_take(struct view *view, struct view_question *question, struct answer *answer)
{
    text got = buffer_text(&question->got);
    answer->question = NULL;
    if (!question->is_done) {
        answer_nothing(answer);
    } else if (question->kind == VIEW_PAGE) {
        answer_page(question->name, got, &question->arena, answer);
    } else {
        answer->type = question->kind == VIEW_PICTURE ? "image/png" : "application/json";
        buffer_add_text(&answer->body, got);
    }
    view_forget(view, question);
}
