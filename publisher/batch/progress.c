#include "batch/progress.h"

#include "base/limits.h"

#include <time.h>
#include <unistd.h>

static uint64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

void progress_start(struct progress *progress, size_t total, size_t work, bool is_shown)
{
    *progress = (struct progress){.total = total,
                                  .done = total - work,
                                  .work = work,
                                  .is_shown = is_shown && work > 1,
                                  .start = now_milliseconds()};
}

static void show(const struct progress *progress)
{
    enum { WIDTH = 24 };
    struct buffer out;
    uint64_t spent = now_milliseconds() - progress->start;
    uint64_t left =
        progress->worked ? spent * (progress->work - progress->worked) / progress->worked : 0;
    size_t filled = progress->total ? progress->done * WIDTH / progress->total : WIDTH;
    buffer_init(&out, 400);
    buffer_add_c(&out, "\r[");
    for (size_t i = 0; i < WIDTH; i++)
        buffer_add_byte(&out, i < filled ? '#' : ' ');
    buffer_printf(&out, "] %zu/%zu", progress->done, progress->total);
    if (progress->worked && spent) {
        buffer_add_c(&out, "  ");
        buffer_add_number(&out, (double)progress->worked * 1000.0 / (double)spent, 1);
        buffer_printf(&out, "/s  %u:%02u left", (unsigned)(left / 60000),
                      (unsigned)(left / 1000 % 60));
    }
    buffer_add_c(&out, "\x1b[K");
    stream_complain(buffer_text(&out));
    buffer_release(&out);
}

void progress_step(struct progress *progress)
{
    progress->done++;
    progress->worked++;
    if (progress->is_shown)
        show(progress);
}

void progress_hide(const struct progress *progress)
{
    if (progress->is_shown)
        stream_complain(TEXT("\r\x1b[K"));
}

static bool tell(struct buffer *out)
{
    buffer_add_c(out, "}\n");
    bool is_told = stream_print(buffer_text(out));
    buffer_release(out);
    return is_told;
}

bool progress_tell_start(size_t jobs, size_t work)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    buffer_printf(&out, "{\"event\": \"start\", \"jobs\": %zu, \"unchanged\": %zu", jobs,
                  jobs - work);
    return tell(&out);
}

bool progress_tell_event(const struct job *job, const char *output)
{
    const struct publication *publication = &job->publication;
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    buffer_add_c(&out, "{\"event\": \"job\", \"article\": ");
    buffer_add_json(&out, job->article.name);
    buffer_add_c(&out, ", \"language\": ");
    buffer_add_json(&out,
                    job->article.language.length ? job->article.language : publication->language);
    buffer_printf(&out, ", \"status\": \"%s\", \"errors\": %zu, \"warnings\": %zu",
                  job->state == JOB_UNCHANGED                                      ? "unchanged"
                  : publication->outcome == OUTCOME_DONE && job->state == JOB_DONE ? "published"
                                                                                   : "failed",
                  publication->errors, publication->warnings);
    if (job->why.length) {
        buffer_add_c(&out, ", \"why\": ");
        buffer_add_json(&out, job->why);
    }
    buffer_printf(&out, ", \"microseconds\": %llu, \"files\": [", (unsigned long long)job->cost);
    for (size_t i = 0; i < publication->file_count; i++) {
        buffer_add_c(&out, i ? ", " : "");
        struct buffer path;
        buffer_init(&path, LIMIT_OUTPUT_BYTES);
        buffer_printf(&path, "%s/%.*s", output, TEXT_ARGUMENTS(publication->files[i].name));
        buffer_add_json(&out, buffer_text(&path));
        buffer_release(&path);
    }
    buffer_add_c(&out, "], \"diagnostics\": ");
    buffer_add_json(&out, publication->diagnostics);
    return tell(&out);
}

bool progress_tell_removed(text path)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    buffer_add_c(&out, "{\"event\": \"removed\", \"file\": ");
    buffer_add_json(&out, path);
    return tell(&out);
}

bool progress_tell_summary(size_t jobs, size_t failed)
{
    struct buffer out;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    buffer_printf(&out, "{\"event\": \"end\", \"jobs\": %zu, \"failed\": %zu", jobs, failed);
    return tell(&out);
}
