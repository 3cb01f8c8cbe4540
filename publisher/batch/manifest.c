#include "batch/manifest.h"

#include "base/limits.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static struct manifest_row *add_row(struct manifest *manifest)
{
    ARENA_GROW(manifest->arena, manifest->rows, manifest->count, manifest->capacity);
    struct manifest_row *row = &manifest->rows[manifest->count++];
    *row = (struct manifest_row){0};
    return row;
}

void manifest_add_job(struct manifest *manifest, const struct job *job)
{
    const struct publication *publication = &job->publication;
    if (publication->is_unwanted)
        return;
    struct manifest_row *row = add_row(manifest);
    row->article = job->article.name;
    row->language = job->article.language.length ? job->article.language : publication->language;
    row->title = publication->title;
    row->is_published = publication->outcome == OUTCOME_DONE;
    row->warnings = publication->warnings;
    row->why = job_failure(manifest->arena, job);
    row->files = publication->files;
    row->file_count = publication->file_count;
}

static int compare_rows(const void *a, const void *b)
{
    const struct manifest_row *first = a, *second = b;
    int order = text_compare(first->article, second->article);
    return order ? order : text_compare(first->language, second->language);
}

void manifest_sort(struct manifest *manifest)
{
    if (manifest->count)
        qsort(manifest->rows, manifest->count, sizeof *manifest->rows, compare_rows);
}

/* In the first `count` rows, which are sorted. */
static bool has_article(const struct manifest *manifest, size_t count, text article)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(manifest->rows[middle].article, article) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && text_equal(manifest->rows[low].article, article);
}

void manifest_keep_others(struct manifest *manifest, const struct manifest *earlier,
                          const char *folder)
{
    size_t count = manifest->count;
    manifest_sort(manifest);
    for (size_t i = 0; i < earlier->count; i++) {
        const struct manifest_row *row = &earlier->rows[i];
        bool is_whole = row->is_published && row->file_count;
        for (size_t f = 0; f < row->file_count && is_whole; f++) {
            text path = arena_printf(manifest->arena, "%s/%.*s", folder,
                                     TEXT_ARGUMENTS(row->files[f].name));
            is_whole = file_kind(path.bytes) == 'f';
        }
        if (is_whole && !has_article(manifest, count, row->article))
            *add_row(manifest) = *row;
    }
}

/* writing */

static void add_member(struct buffer *out, const char *name, text value)
{
    buffer_printf(out, "\"%s\": ", name);
    buffer_add_json(out, value);
}

static void write_row(const struct manifest_row *row, struct buffer *out)
{
    buffer_add_c(out, "    {");
    add_member(out, "article", row->article);
    buffer_add_c(out, ", ");
    add_member(out, "language", row->language);
    buffer_add_c(out, ", ");
    add_member(out, "title", row->title);
    buffer_add_c(out, ",\n     ");
    add_member(out, "status", row->is_published ? TEXT("published") : TEXT("failed"));
    if (!row->is_published) {
        buffer_add_c(out, ", ");
        add_member(out, "why", row->why);
    }
    buffer_printf(out, ", \"warnings\": %zu, \"files\": [", row->warnings);
    for (size_t i = 0; i < row->file_count; i++) {
        const struct published_file *file = &row->files[i];
        buffer_add_c(out, i ? ",\n      {" : "\n      {");
        add_member(out, "name", file->name);
        buffer_add_c(out, ", ");
        add_member(out, "format", file->format);
        if (file->profile.length) {
            buffer_add_c(out, ", ");
            add_member(out, "profile", file->profile);
        }
        buffer_printf(out, ", \"bytes\": %zu, \"pages\": %zu,\n       \"sha256\": \"%s\"}",
                      file->bytes, file->pages, file->digest);
    }
    buffer_add_c(out, "]}");
}

static void write_stale(const struct manifest *manifest, struct buffer *out)
{
    buffer_add_c(out, ",\n \"stale\": [");
    for (size_t i = 0; i < manifest->stale_count; i++) {
        const struct stale_file *stale = &manifest->stale[i];
        buffer_add_c(out, i ? ",\n    {" : "\n    {");
        add_member(out, "article", stale->article);
        buffer_add_c(out, ", ");
        add_member(out, "language", stale->language);
        buffer_add_c(out, ", ");
        add_member(out, "name", stale->file.name);
        buffer_add_c(out, ", ");
        add_member(out, "format", stale->file.format);
        buffer_printf(out, ",\n     \"sha256\": \"%s\"}", stale->file.digest);
    }
    buffer_add_c(out, "\n ]");
}

void manifest_write_json(const struct manifest *manifest, struct buffer *out)
{
    buffer_add_c(out, "{\"lectern\": \"" LECTERN_VERSION "\",\n");
    if (manifest->shards) {
        buffer_printf(out, " \"shard\": %u, \"shards\": %u, \"jobs\": %zu, ", manifest->shard,
                      manifest->shards, manifest->job_count);
        add_member(out, "jobs_sha256", manifest->jobs);
        buffer_add_c(out, ",\n");
    }
    buffer_add_c(out, " \"publications\": [");
    for (size_t i = 0; i < manifest->count; i++) {
        buffer_add_c(out, i ? ",\n" : "\n");
        write_row(&manifest->rows[i], out);
    }
    buffer_add_c(out, manifest->count ? "\n ]" : "]");
    if (manifest->stale_count)
        write_stale(manifest, out);
    buffer_add_c(out, "}\n");
}

/* reading */

static text get_text(const struct manifest *manifest, const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? arena_copy(manifest->arena, text_from_c(item->valuestring))
                                : TEXT_EMPTY;
}

static size_t get_number(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    bool is_good = cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble < 1e15;
    return is_good ? (size_t)item->valuedouble : 0;
}

/* A file's name is joined to a folder: it must be a name and no path. */
static bool is_plain_name(text name)
{
    return name.length && name.bytes[0] != '.' && text_find_byte(name, '/', 0) == SIZE_MAX &&
           text_find_byte(name, '\0', 0) == SIZE_MAX;
}

static bool read_file(const struct manifest *manifest, const cJSON *object,
                      struct published_file *file)
{
    *file = (struct published_file){.name = get_text(manifest, object, "name"),
                                    .format = get_text(manifest, object, "format"),
                                    .profile = get_text(manifest, object, "profile"),
                                    .bytes = get_number(object, "bytes"),
                                    .pages = get_number(object, "pages")};
    text digest = get_text(manifest, object, "sha256");
    if (!is_plain_name(file->name) || digest.length != sizeof file->digest - 1)
        return false;
    for (size_t i = 0; i < digest.length; i++)
        file->digest[i] = digest.bytes[i];
    return true;
}

static bool read_stale(struct manifest *manifest, const cJSON *object)
{
    struct stale_file stale = {.article = get_text(manifest, object, "article"),
                               .language = get_text(manifest, object, "language")};
    if (!read_file(manifest, object, &stale.file))
        return false;
    ARENA_GROW(manifest->arena, manifest->stale, manifest->stale_count, manifest->stale_capacity);
    manifest->stale[manifest->stale_count++] = stale;
    return true;
}

static bool read_row(struct manifest *manifest, const cJSON *object)
{
    struct manifest_row *row = add_row(manifest);
    row->article = get_text(manifest, object, "article");
    row->language = get_text(manifest, object, "language");
    row->title = get_text(manifest, object, "title");
    row->is_published = text_equal_c(get_text(manifest, object, "status"), "published");
    row->why = get_text(manifest, object, "why");
    row->warnings = get_number(object, "warnings");
    const cJSON *file;
    cJSON_ArrayForEach(file, cJSON_GetObjectItemCaseSensitive(object, "files"))
    {
        ARENA_GROW(manifest->arena, row->files, row->file_count, row->file_capacity);
        if (!read_file(manifest, file, &row->files[row->file_count++]))
            return false;
    }
    return row->article.length > 0;
}

bool manifest_read_json(struct manifest *manifest, text bytes, const char **why)
{
    cJSON *root = cJSON_ParseWithLength(bytes.bytes ? bytes.bytes : "", bytes.length);
    const cJSON *rows = cJSON_GetObjectItemCaseSensitive(root, "publications"), *row;
    bool is_good = cJSON_IsArray(rows);
    *why = is_good ? "it lists a file by something else than its name and digest"
                   : "it is no manifest of Lectern's";
    manifest->shard = (unsigned)get_number(root, "shard");
    manifest->shards = (unsigned)get_number(root, "shards");
    manifest->job_count = get_number(root, "jobs");
    manifest->jobs = get_text(manifest, root, "jobs_sha256");
    cJSON_ArrayForEach(row, rows)
    {
        is_good = is_good && read_row(manifest, row);
    }
    cJSON_ArrayForEach(row, cJSON_GetObjectItemCaseSensitive(root, "stale"))
    {
        is_good = is_good && read_stale(manifest, row);
    }
    cJSON_Delete(root);
    return is_good;
}

void manifest_read_earlier(struct manifest *manifest, const char *path)
{
    text bytes;
    const char *why;
    if (file_read(manifest->arena, path, LIMIT_MANIFEST_BYTES, &bytes) == FILE_OK &&
        !manifest_read_json(manifest, bytes, &why))
        *manifest = (struct manifest){.arena = manifest->arena};
}
