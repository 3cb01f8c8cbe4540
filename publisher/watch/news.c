/* A build is another process: what becomes of its jobs comes as records in a file without a name,
   one after the other, each a kind, its length and its bytes. Everything is kept in one arena,
   which is made anew for each build: what stays of the build before is copied. */
#include "watch/news.h"

#include "base/files.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/printers.h"
#include "batch/workers.h"

#include <assert.h>
#include <string.h>

enum {
    MOST_PROBLEMS = 200, /* shown of one publication */
    RECORD_WORDS = 1,
    RECORD_JOB = 2,
};

/* problems */

/* Cuts ":line:column" off the end of a place. */
static void read_place(struct problem *problem, text place)
{
    unsigned long numbers[2] = {0, 0};
    size_t end = place.length;
    for (size_t i = 2; i-- > 0;) {
        size_t colon = end;
        while (colon > 0 && place.bytes[colon - 1] != ':')
            colon--;
        if (colon == 0 || !text_to_number(text_slice(place, colon, end), 1u << 30, &numbers[i])) {
            problem->file = place;
            return;
        }
        end = colon - 1;
    }
    problem->file = text_slice(place, 0, end);
    problem->line = numbers[0];
    problem->column = numbers[1];
}

/* `file:line:column: error[rule]: message`, and indented lines; or a line of the system's. */
static struct problem read_problem(text whole)
{
    struct problem problem = {
        .severity = SEVERITY_ERROR, .whole = whole, .hash = hash_text(HASH_START, whole)};
    size_t end = text_find_byte(whole, '\n', 0), found = SIZE_MAX;
    text head = text_slice(whole, 0, end);
    problem.detail = end == SIZE_MAX ? TEXT_EMPTY : text_slice(whole, end + 1, whole.length);
    problem.words = head;
    for (enum severity severity = SEVERITY_NOTICE; severity <= SEVERITY_ERROR; severity++) {
        char sign[32];
        snprintf(sign, sizeof sign, ": %s[", severity_name(severity));
        size_t at = text_find(head, text_from_c(sign), 0);
        if (at >= found)
            continue;
        found = at;
        problem.severity = severity;
        problem.words = text_slice(head, at + 2, head.length);
    }
    if (found != SIZE_MAX)
        read_place(&problem, text_slice(head, 0, found));
    return problem;
}

static bool is_among(const struct problem *problems, size_t count, const struct problem *problem)
{
    size_t i = 0;
    while (i < count &&
           !(problems[i].hash == problem->hash && text_equal(problems[i].whole, problem->whole)))
        i++;
    return i < count;
}

/* Of what a build said; each once, in the arena. Past the most that are shown they are counted. */
static struct problems read_problems(struct arena *arena, text said)
{
    struct problems problems = {.list = NULL};
    size_t capacity = 0;
    for (size_t start = 0, end; start < said.length; start = end) {
        end = said_fault_end(said, start);
        text whole = text_slice(said, start, end);
        struct problem problem = read_problem(whole);
        if (text_is_blank(whole) || is_among(problems.list, problems.count, &problem))
            continue;
        if (problems.count == MOST_PROBLEMS) {
            problems.left++;
            problems.left_errors += problem.severity == SEVERITY_ERROR;
            problems.left_warnings += problem.severity == SEVERITY_WARNING;
            continue;
        }
        problem.is_folder =
            problem.file.length && file_kind(arena_copy_c(arena, problem.file)) == 'd';
        ARENA_GROW(arena, problems.list, problems.count, capacity);
        problems.list[problems.count++] = problem;
    }
    return problems;
}

/* records */

static void put(struct buffer *out, text bytes)
{
    buffer_add(out, &bytes.length, sizeof bytes.length);
    buffer_add_text(out, bytes);
}

static text get(text packed, size_t *offset)
{
    size_t length = 0;
    memcpy(&length, packed.bytes + *offset, sizeof length);
    *offset += sizeof length;
    text bytes = text_slice(packed, *offset, *offset + length);
    *offset += length;
    return bytes;
}

void news_pack_words(text words, struct buffer *out)
{
    buffer_add_byte(out, RECORD_WORDS);
    put(out, words);
}

void news_pack_job(const struct job *job, struct buffer *out)
{
    struct buffer packed;
    buffer_init(&packed, LIMIT_OUTPUT_BYTES);
    job_pack(job, &packed);
    buffer_add_byte(out, RECORD_JOB);
    put(out, job->article.name);
    put(out, job->article.language);
    put(out, job->why);
    put(out, buffer_text(&packed));
    buffer_release(&packed);
}

static struct news_row *add_row(struct news *news)
{
    ARENA_GROW(&news->arena, news->rows, news->count, news->capacity);
    struct news_row *row = &news->rows[news->count++];
    *row = (struct news_row){0};
    return row;
}

static void take_job(struct news *news, text packed, size_t *offset)
{
    struct job job = {0};
    struct arena *arena = &news->arena;
    text article = get(packed, offset), language = get(packed, offset), why = get(packed, offset);
    job_unpack(get(packed, offset), &job, arena);
    const struct publication *publication = &job.publication;
    struct news_row *row = add_row(news);
    row->article = arena_copy(arena, article);
    row->is_translation = language.length > 0;
    row->language = arena_copy(arena, row->is_translation ? language : publication->language);
    row->title = publication->title;
    row->is_known = true;
    row->failed = publication->outcome != OUTCOME_DONE || why.length;
    row->only_behind = row->failed && publication->only_behind && !why.length;
    row->behind = publication->behind;
    row->version = news->build;
    row->errors = publication->errors + (why.length > 0);
    row->warnings = publication->warnings;
    row->files = publication->files;
    row->file_count = publication->file_count;
    text said = publication->diagnostics;
    if (why.length)
        said = arena_printf(arena, "lectern: not published: %.*s\n%.*s", TEXT_ARGUMENTS(why),
                            TEXT_ARGUMENTS(said));
    row->problems = read_problems(arena, said);
}

/* what stays */

static struct published_file *copy_files(struct arena *arena, const struct news_row *row)
{
    struct published_file *files = ARENA_NEW_ARRAY(arena, row->file_count, struct published_file);
    for (size_t i = 0; i < row->file_count; i++) {
        files[i] = row->files[i];
        files[i].name = arena_copy(arena, files[i].name);
        files[i].format = arena_copy(arena, files[i].format);
        files[i].profile = arena_copy(arena, files[i].profile);
    }
    return files;
}

static bool has_language(const struct news *news, text article, text language)
{
    for (size_t i = 0; i < news->count; i++) {
        if (text_equal(news->rows[i].article, article) &&
            text_equal(news->rows[i].language, language))
            return true;
    }
    return false;
}

/* The same publication as an earlier build knew it. An article that cannot be read does not say its
   language: it has the one that no translation of it has. */
static const struct news_row *find_before(const struct news *before, const struct news *news,
                                          const struct news_row *row)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct news_row *one = &before->rows[i];
        if (!text_equal(one->article, row->article))
            continue;
        bool is_same = row->language.length ? text_equal(one->language, row->language)
                       : one->is_known      ? one->is_translation == row->is_translation
                                            : !has_language(news, row->article, one->language);
        if (is_same)
            return one;
    }
    return NULL;
}

/* Notes what an earlier row has said already: the languages of an article share its faults. */
static void mark_said(struct news *news)
{
    for (size_t i = 1; i < news->count; i++) {
        struct news_row *row = &news->rows[i];
        for (size_t other = i; other-- > 0 && text_equal(news->rows[other].article, row->article);)
            for (size_t p = 0; p < row->problems.count; p++)
                row->problems.list[p].was_said |=
                    is_among(news->rows[other].problems.list, news->rows[other].problems.count,
                             &row->problems.list[p]);
    }
}

static bool has_same_files(const struct news_row *a, const struct news_row *b)
{
    bool is_same = a->file_count == b->file_count;
    for (size_t i = 0; i < a->file_count && is_same; i++)
        is_same = text_equal(a->files[i].name, b->files[i].name) &&
                  strcmp(a->files[i].digest, b->files[i].digest) == 0;
    return is_same;
}

static void keep_what_stands(struct news *news, const struct news *before)
{
    size_t told = news->count;
    for (size_t i = 0; i < told; i++) {
        struct news_row *row = &news->rows[i];
        const struct news_row *earlier = find_before(before, news, row);
        if (!earlier)
            continue;
        if (row->file_count == 0 && row->failed) {
            row->file_count = earlier->file_count;
            row->files = copy_files(&news->arena, earlier);
        }
        if (row->language.length == 0)
            row->language = arena_copy(&news->arena, earlier->language);
        if (row->title.length == 0)
            row->title = arena_copy(&news->arena, earlier->title);
        if (has_same_files(row, earlier))
            row->version = earlier->version;
    }
    for (size_t i = 0; i < before->count; i++) {
        const struct news_row *earlier = &before->rows[i];
        size_t other = 0;
        while (other < told && !text_equal(news->rows[other].article, earlier->article))
            other++;
        if (other < told || earlier->file_count == 0)
            continue;
        struct news_row *row = add_row(news);
        *row = (struct news_row){.article = arena_copy(&news->arena, earlier->article),
                                 .language = arena_copy(&news->arena, earlier->language),
                                 .title = arena_copy(&news->arena, earlier->title),
                                 .version = earlier->version,
                                 .file_count = earlier->file_count,
                                 .files = copy_files(&news->arena, earlier)};
    }
}

/* all */

void news_init(struct news *news, const char *folder)
{
    *news = (struct news){0};
    arena_init(&news->arena);
    struct manifest manifest = {.arena = &news->arena};
    const char *why;
    text bytes, path = arena_printf(&news->arena, "%s/manifest.json", folder);
    if (file_read(&news->arena, path.bytes, LIMIT_MANIFEST_BYTES, &bytes) != FILE_OK ||
        !manifest_read_json(&manifest, bytes, &why))
        return;
    for (size_t i = 0; i < manifest.count; i++) {
        const struct manifest_row *from = &manifest.rows[i];
        if (from->file_count == 0)
            continue;
        *add_row(news) = (struct news_row){.article = from->article,
                                           .language = from->language,
                                           .title = from->title,
                                           .files = from->files,
                                           .file_count = from->file_count};
    }
}

void news_release(struct news *news)
{
    arena_release(&news->arena);
    *news = (struct news){0};
}

void news_take(struct news *news, text packed, text said, bool failed, bool is_broken)
{
    struct news before = *news;
    *news = (struct news){.run = before.run, .build = before.build + 1, .failed = failed};
    arena_init(&news->arena);
    text words = TEXT_EMPTY;
    for (size_t offset = 0; offset < packed.length;) {
        char kind = packed.bytes[offset++];
        assert(kind == RECORD_JOB || kind == RECORD_WORDS);
        if (kind == RECORD_JOB)
            take_job(news, packed, &offset);
        else
            words = get(packed, &offset);
    }
    size_t problems = words.length;
    for (size_t i = 0; i < news->count; i++)
        problems += news->rows[i].problems.count;
    if (is_broken || (failed && problems == 0))
        words = said;
    news->problems = read_problems(&news->arena, arena_copy(&news->arena, words));
    mark_said(news);
    keep_what_stands(news, &before);
    news_release(&before);
}

/* A file that is not published yet is of the article with whose name it begins. */
const struct news_row *news_find(const struct news *news, text file)
{
    for (size_t i = 0; i < news->count; i++) {
        for (size_t f = 0; f < news->rows[i].file_count; f++) {
            if (text_equal(news->rows[i].files[f].name, file))
                return &news->rows[i];
        }
    }
    for (size_t i = 0; i < news->count; i++) {
        text article = news->rows[i].article;
        if (news->rows[i].file_count == 0 && text_starts_with(file, article) &&
            file.length > article.length && file.bytes[article.length] == '.')
            return &news->rows[i];
    }
    return NULL;
}

uint64_t news_version(const struct news *news, text file)
{
    const struct news_row *row = file.length ? news_find(news, file) : NULL;
    return row ? row->version : news->build;
}

/* Those of the whole are counted first, then those of each publication. */
const struct problem *news_problem(const struct news *news, uint64_t build, size_t number)
{
    if (build != news->build)
        return NULL;
    if (number < news->problems.count)
        return &news->problems.list[number];
    number -= news->problems.count;
    for (size_t i = 0; i < news->count; number -= news->rows[i++].problems.count) {
        if (number < news->rows[i].problems.count)
            return &news->rows[i].problems.list[number];
    }
    return NULL;
}

static void write_text(struct buffer *out, const char *name, text value)
{
    buffer_printf(out, "\"%s\": ", name);
    buffer_add_json(out, value);
    buffer_add_c(out, ", ");
}

struct state_writer {
    struct buffer *out;
    size_t written, errors, warnings;
    size_t more; /* that are not written */
};

static void leave_out(struct state_writer *writer, const struct problems *problems)
{
    writer->errors += problems->left_errors;
    writer->warnings += problems->left_warnings;
    writer->more += problems->left;
}

/* first: the number of the first of them. */
static void write_problems(struct state_writer *writer, const struct problem *problems,
                           size_t count, size_t first)
{
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = &problems[i];
        if (writer->written)
            buffer_add_c(writer->out, ",");
        writer->written++;
        writer->errors += problem->severity == SEVERITY_ERROR;
        writer->warnings += problem->severity == SEVERITY_WARNING;
        buffer_printf(writer->out, "\n {\"number\": %zu, \"severity\": \"%s\", ", first + i,
                      severity_name(problem->severity));
        if (problem->file.length)
            write_text(writer->out, "file", problem->file);
        if (problem->is_folder)
            buffer_add_c(writer->out, "\"folder\": true, ");
        buffer_printf(writer->out, "\"line\": %lu, \"column\": %lu, ", problem->line,
                      problem->column);
        write_text(writer->out, "detail", problem->detail);
        buffer_add_c(writer->out, "\"words\": ");
        buffer_add_json(writer->out, problem->words);
        buffer_add_c(writer->out, "}");
    }
}

/* What no row before has said; past the most that are shown they are counted. */
static void write_for_list(struct state_writer *writer, const struct problems *problems,
                           size_t first)
{
    bool is_new = false;
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->list[i];
        if (problem->was_said)
            continue;
        is_new = true;
        if (writer->written < MOST_PROBLEMS) {
            write_problems(writer, problem, 1, first + i);
            continue;
        }
        writer->more++;
        writer->errors += problem->severity == SEVERITY_ERROR;
        writer->warnings += problem->severity == SEVERITY_WARNING;
    }
    if (is_new) /* else they are those of another language, once more */
        leave_out(writer, problems);
}

/* The whole of what a page of the row must know; NULL: of a file of none. */
static void write_all(const struct news *news, const struct news_row *row, bool is_list,
                      struct buffer *out)
{
    struct state_writer writer = {.out = out};
    bool is_lost = false;
    size_t first = news->problems.count;
    for (size_t i = 0; i < news->problems.count; i++)
        is_lost |= news->problems.list[i].severity == SEVERITY_ERROR;
    buffer_add_c(out, ", \"problems\": [");
    if (is_list || is_lost) {
        write_problems(&writer, news->problems.list, news->problems.count, 0);
        leave_out(&writer, &news->problems);
    }
    for (size_t i = 0; i < news->count; first += news->rows[i++].problems.count) {
        const struct news_row *one = &news->rows[i];
        if (one == row) {
            write_problems(&writer, one->problems.list, one->problems.count, first);
            leave_out(&writer, &one->problems);
        }
        if (is_list && !one->only_behind)
            write_for_list(&writer, &one->problems, first);
    }
    buffer_printf(out,
                  "],\n \"more\": %zu, \"errors\": %zu, \"warnings\": %zu, \"behind\": %zu, "
                  "\"only_behind\": %s",
                  writer.more, writer.errors, writer.warnings, row ? row->behind : 0,
                  row && row->only_behind ? "true" : "false");
}

void news_write_state(const struct news *news, text file, uint64_t known, text key,
                      struct buffer *out)
{
    bool is_list = file.length == 0;
    const struct news_row *row = is_list ? NULL : news_find(news, file);
    /* hexadecimal: a script's numbers have no 64 bits */
    buffer_printf(out, "{\"run\": \"%llx\", \"build\": %llu, \"version\": %llu, \"key\": \"%.*s\"",
                  (unsigned long long)news->run, (unsigned long long)news->build,
                  (unsigned long long)news_version(news, file), TEXT_ARGUMENTS(key));
    if (known != news->build)
        write_all(news, row, is_list, out);
    buffer_add_c(out, "}\n");
}
