/* Poppler works in a child for each question, with bounds for its time and memory: whatever a file
   does to it costs that answer alone, and nothing of it stays in a server that runs all day. */
#include "watch/view.h"

#include "base/address.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/process.h"
#include "screen/screen.h"

#include <signal.h>
#include <string.h>

static const double pixels_per_inch = 144; /* sharp at the width of the page in page.css */

struct question {
    text bytes;
    size_t page;
};

struct page_size {
    float width, height; /* points */
};

/* What a child does with the file, behind the number of its pages for their sizes: what it appends
 * is the answer; false: there is none. */
typedef bool (*view_work)(const struct screen *screen, const struct question *question,
                          struct buffer *out);

static bool work_sizes(const struct screen *screen, const struct question *question,
                       struct buffer *out)
{
    (void)question;
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

static bool work_picture(const struct screen *screen, const struct question *question,
                         struct buffer *out)
{
    return screen_draw(screen, question->page, pixels_per_inch, LIMIT_VIEW_PIXELS, out);
}

static bool work_words(const struct screen *screen, const struct question *question,
                       struct buffer *out)
{
    screen_write_words(screen, question->page, out);
    return true;
}

struct task {
    struct question question;
    view_work work;
};

static bool be_painter(const void *closure, int pipe)
{
    const struct task *task = closure;
    struct screen *screen = screen_open(task->question.bytes);
    struct buffer out;
    if (!screen)
        return false;
    buffer_init(&out, LIMIT_VIEW_BYTES);
    bool is_done = task->work(screen, &task->question, &out) && !out.overflowed &&
                   stream_write(pipe, buffer_text(&out));
    buffer_release(&out);
    screen_close(screen);
    return is_done;
}

/* Of the signals that end watch, which are blocked: nobody waits for a page then. */
static bool is_told_to_end(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 &&
           (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1);
}

/* Lets a child do it; false: it could not, *is_late: for it took too long. */
static bool let_work(const struct task *task, struct buffer *got, bool *is_late)
{
    enum { STEP_MILLISECONDS = 50 };
    struct process_child child;
    if (!process_begin(&child, be_painter, task, LIMIT_VIEW_MEMORY, LIMIT_VIEW_SECONDS))
        return false;
    uint64_t now = process_milliseconds(), start = now;
    /* a machine may be three times as busy as fast */
    uint64_t end = start + 3000u * LIMIT_VIEW_SECONDS;
    enum process_news news = PROCESS_WROTE;
    while ((news == PROCESS_WROTE || news == PROCESS_LATE) && now < end && !got->overflowed &&
           !is_told_to_end()) {
        news = process_hear(&child, now + STEP_MILLISECONDS, got);
        now = process_milliseconds();
    }
    bool is_done = process_end(&child, news == PROCESS_ENDED);
    *is_late = !is_done && now - start >= 1000u * LIMIT_VIEW_SECONDS;
    return is_done;
}

/* The answer, unless it took too long before. */
static bool work_once(struct view *view, const struct task *task, struct buffer *got)
{
    enum { MOST = sizeof view->failed / sizeof *view->failed };
    bool is_late = false;
    uint64_t kind = task->work == work_sizes ? 0 : task->work == work_picture ? 1 : 2;
    uint64_t hash = hash_number(hash_number(HASH_START, task->question.page), kind);
    hash = hash_text(hash, task->question.bytes);
    for (size_t i = 0; i < view->count && i < MOST; i++) {
        if (view->failed[i] == hash)
            return false;
    }
    bool is_done = let_work(task, got, &is_late);
    if (is_late)
        view->failed[view->count++ % MOST] = hash;
    return is_done;
}

/* Appends the answer to `got`; false: there is none. */
static bool ask(struct view *view, const struct folder *folder, text name, size_t page,
                view_work work, struct arena *arena, struct buffer *got)
{
    struct task task = {{TEXT_EMPTY, page}, work};
    if (!text_ends_with(name, TEXT(".pdf")) ||
        folder_read(folder, arena, name, LIMIT_OUTPUT_BYTES, &task.question.bytes) != FILE_OK)
        return false;
    return work_once(view, &task, got);
}

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

void view_answer(struct view *view, const struct folder *folder, text name, struct arena *arena,
                 struct answer *answer)
{
    struct buffer page, sizes;
    size_t count, offset = sizeof count;
    buffer_init(&sizes, offset + LIMIT_VIEW_PAGES * sizeof(struct page_size));
    if (!ask(view, folder, name, 0, work_sizes, arena, &sizes) || sizes.length < offset) {
        buffer_release(&sizes);
        answer_nothing(answer);
        return;
    }
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
    memcpy(&count, sizes.bytes, sizeof count);
    if (markup && count > LIMIT_VIEW_PAGES)
        markup_element(markup, "p",
                       arena_printf(arena, "The first %d of %zu pages are shown.",
                                    (int)LIMIT_VIEW_PAGES, count));
    struct page_size size;
    for (size_t i = 1; markup && offset + sizeof size <= sizes.length; i++) {
        memcpy(&size, sizes.bytes + offset, sizeof size);
        offset += sizeof size;
        if (size.width > 0)
            add_page(markup, arena, i, &size);
    }
    answer_end_page(markup, &page, answer);
    buffer_release(&sizes);
}

static void answer_with(struct view *view, const struct folder *folder, text name, size_t page,
                        view_work work, const char *type, struct arena *arena,
                        struct answer *answer)
{
    answer->type = type;
    if (page == 0 || !ask(view, folder, name, page - 1, work, arena, &answer->body))
        answer_nothing(answer);
}

void view_answer_picture(struct view *view, const struct folder *folder, text name, size_t page,
                         struct arena *arena, struct answer *answer)
{
    answer_with(view, folder, name, page, work_picture, "image/png", arena, answer);
}

void view_answer_words(struct view *view, const struct folder *folder, text name, size_t page,
                       struct arena *arena, struct answer *answer)
{
    answer_with(view, folder, name, page, work_words, "application/json", arena, answer);
}
