#include "batch/plan.h"

#include "base/limits.h"
#include "base/paths.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* words of Ninja's language (its manual, "Ninja file reference") */

/* In a command: as the shell and then Ninja read it. */
static void add_argument(struct buffer *out, const char *argument)
{
    buffer_add_c(out, " '");
    for (const char *c = argument; *c; c++) {
        if (*c == '\'')
            buffer_add_c(out, "'\\''");
        else if (*c == '$')
            buffer_add_c(out, "$$");
        else
            buffer_add_byte(out, *c);
    }
    buffer_add_byte(out, '\'');
}

static void add_value(struct buffer *out, text value)
{
    for (size_t i = 0; i < value.length; i++) {
        if (value.bytes[i] == '$')
            buffer_add_byte(out, '$');
        buffer_add_byte(out, value.bytes[i] == '\n' ? ' ' : value.bytes[i]);
    }
}

static void add_path(struct buffer *out, text path)
{
    buffer_add_byte(out, ' ');
    for (size_t i = 0; i < path.length; i++) {
        if (strchr("$ :|", path.bytes[i]))
            buffer_add_byte(out, '$');
        buffer_add_byte(out, path.bytes[i]);
    }
}

/* edges */

struct plan {
    struct arena *arena;
    const struct jobs *jobs;
    text digest;
    const char *output;
    const struct plan_options *options;
    struct buffer out;
};

static text part_path(struct plan *plan, size_t number)
{
    return arena_printf(plan->arena, "%s/manifest.%zu-of-%zu.json", plan->output, number,
                        plan->jobs->count);
}

static void add_command(struct plan *plan, const char *rule)
{
    buffer_printf(&plan->out, "\nrule %s\n  command =", rule);
    for (size_t i = 0; i < plan->options->argument_count; i++)
        add_argument(&plan->out, plan->options->arguments[i]);
}

static void add_rules(struct plan *plan)
{
    struct buffer *out = &plan->out;
    add_command(plan, "publish");
    buffer_printf(out,
                  " --part $part --part-of %.*s --depfile $out.d\n  depfile = $out.d\n"
                  "  deps = gcc\n  restat = 1\n  description = $title\n",
                  TEXT_ARGUMENTS(plan->digest));
    add_command(plan, "plan");
    buffer_add_c(out, " --plan ninja\n  generator = 1\n  restat = 1\n"
                      "  description = planning\n");
    buffer_add_c(out, "\nrule merge\n  command =");
    add_argument(out, plan->options->arguments[0]);
    buffer_printf(out, " merge --of %zu -o", plan->jobs->count);
    add_argument(out, plan->output);
    add_argument(out, plan->output);
    buffer_add_c(out, "\n  restat = 1\n  description = joining\n");
}

static void add_job(struct plan *plan, size_t number)
{
    struct buffer *out = &plan->out;
    const struct job *job = &plan->jobs->items[number - 1];
    buffer_add_c(out, "\nbuild");
    add_path(out, part_path(plan, number));
    buffer_add_c(out, ": publish");
    add_path(out, article_path(plan->arena, &job->article, job->article.file));
    if (job->article.catalogue.length)
        add_path(out, article_path(plan->arena, &job->article, job->article.catalogue));
    buffer_printf(out, "\n  part = %zu/%zu\n  title = ", number, plan->jobs->count);
    add_value(out, job_name(plan->arena, job));
    buffer_add_byte(out, '\n');
}

/* The plan is made again when a folder has got or lost a name. */
static void add_plan(struct plan *plan)
{
    struct buffer *out = &plan->out;
    buffer_add_c(out, "\nbuild");
    add_path(out, arena_printf(plan->arena, "%s/build.ninja", plan->output));
    buffer_add_c(out, ": plan |");
    for (size_t i = 0; i < plan->options->source_count; i++) {
        size_t count;
        text *places =
            jobs_find_places(plan->arena, text_from_c(plan->options->sources[i]), &count);
        for (size_t k = 0; k < count; k++) {
            if (!file_is_same(places[k].bytes, plan->output)) /* each build changes that */
                add_path(out, places[k]);
        }
    }
    text last = TEXT_EMPTY;
    for (size_t i = 0; i < plan->jobs->count; i++) {
        const struct article *article = &plan->jobs->items[i].article;
        text catalogues = article_path(plan->arena, article, TEXT("po"));
        if (!text_equal(catalogues, last) && file_kind(catalogues.bytes) == 'd')
            add_path(out, catalogues);
        last = catalogues;
    }
    buffer_add_byte(out, '\n');
}

enum outcome plan_write_ninja(struct arena *arena, const struct jobs *jobs, text digest,
                              const char *output, const struct plan_options *options)
{
    struct plan plan = {
        .arena = arena, .jobs = jobs, .digest = digest, .output = output, .options = options};
    struct buffer *out = &plan.out;
    buffer_init(out, LIMIT_OUTPUT_BYTES);
    buffer_add_c(out, "# What lectern build would do, for Ninja: ninja -f");
    add_path(out, arena_printf(arena, "%s/build.ninja", output));
    buffer_add_c(out, "\nninja_required_version = 1.10\nbuilddir =");
    add_path(out, arena_printf(arena, "%s/.ninja", output));
    buffer_add_byte(out, '\n');
    add_rules(&plan);
    for (size_t i = 1; i <= jobs->count; i++)
        add_job(&plan, i);
    buffer_add_c(out, "\nbuild");
    add_path(out, arena_printf(arena, "%s/manifest.json", output));
    add_path(out, arena_printf(arena, "%s/index.html", output));
    buffer_add_c(out, ": merge");
    for (size_t i = 1; i <= jobs->count; i++)
        add_path(out, part_path(&plan, i));
    buffer_add_c(out, "\ndefault");
    add_path(out, arena_printf(arena, "%s/manifest.json", output));
    buffer_add_byte(out, '\n');
    add_plan(&plan);
    text path = arena_printf(arena, "%s/build.ninja", output);
    bool is_written = folder_make(output) && file_write_whole(path.bytes, buffer_text(out));
    buffer_release(out);
    if (is_written)
        is_written = stream_print(arena_printf(arena, "%.*s\n", TEXT_ARGUMENTS(path)));
    else
        stream_complain(arena_printf(arena, "lectern: cannot write %.*s: %s\n",
                                     TEXT_ARGUMENTS(path), strerror(errno)));
    return is_written ? OUTCOME_DONE : OUTCOME_SYSTEM;
}

/* depfiles */

static void add_dependency(struct buffer *out, text path)
{
    for (size_t i = 0; i < path.length; i++) {
        if (strchr(" #:\\", path.bytes[i]))
            buffer_add_byte(out, '\\');
        else if (path.bytes[i] == '$')
            buffer_add_byte(out, '$');
        buffer_add_byte(out, path.bytes[i]);
    }
}

bool plan_write_depfile(struct arena *arena, const struct job *job, const char *target,
                        const char *path)
{
    struct buffer out;
    const struct file_log *log = job->publication.log;
    buffer_init(&out, LIMIT_OUTPUT_BYTES);
    add_dependency(&out, text_from_c(target));
    buffer_add_byte(&out, ':');
    for (size_t i = 0; log && i < log->count; i++) {
        const struct file_record *record = &log->records[i];
        buffer_add_c(&out, " \\\n ");
        add_dependency(&out, record->is_there ? path_join(arena, record->folder, record->name)
                                              : record->folder);
    }
    buffer_add_byte(&out, '\n');
    bool is_written = file_write_whole(path, buffer_text(&out));
    buffer_release(&out);
    return is_written;
}
