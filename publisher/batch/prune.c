#include "batch/prune.h"

#include "base/limits.h"
#include "batch/progress.h"
#include "document/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* what is left behind */

static int compare_texts(const void *left, const void *right)
{
    return text_compare(*(const text *)left, *(const text *)right);
}

static text *sorted_names(const struct manifest *manifest, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < manifest->count; i++)
        *count += manifest->rows[i].file_count;
    text *names = ARENA_NEW_ARRAY(manifest->arena, *count, text);
    size_t filled = 0;
    for (size_t i = 0; i < manifest->count; i++) {
        for (size_t f = 0; f < manifest->rows[i].file_count; f++)
            names[filled++] = manifest->rows[i].files[f].name;
    }
    if (*count)
        qsort(names, *count, sizeof *names, compare_texts);
    return names;
}

static text path_of(const struct manifest *manifest, const char *folder, text name)
{
    return arena_printf(manifest->arena, "%s/%.*s", folder, TEXT_ARGUMENTS(name));
}

static int compare_stale(const void *left, const void *right)
{
    const struct stale_file *a = left, *b = right;
    return text_compare(a->file.name, b->file.name);
}

static void add_stale(struct manifest *manifest, struct stale_file stale)
{
    ARENA_GROW(manifest->arena, manifest->stale, manifest->stale_count, manifest->stale_capacity);
    manifest->stale[manifest->stale_count++] = stale;
}

/* Keeps of the noted files each once, those that no row names and that are there. */
static void keep_true_ones(struct manifest *manifest, const char *folder)
{
    size_t count, kept = 0;
    const text *names = sorted_names(manifest, &count);
    if (manifest->stale_count)
        qsort(manifest->stale, manifest->stale_count, sizeof *manifest->stale, compare_stale);
    for (size_t i = 0; i < manifest->stale_count; i++) {
        const struct stale_file *stale = &manifest->stale[i];
        const text *name = &stale->file.name;
        bool is_told = kept && text_equal(manifest->stale[kept - 1].file.name, *name);
        bool is_listed = count && bsearch(name, names, count, sizeof *names, compare_texts);
        if (!is_told && !is_listed && file_kind(path_of(manifest, folder, *name).bytes) == 'f')
            manifest->stale[kept++] = *stale;
    }
    manifest->stale_count = kept;
}

void prune_note(struct manifest *manifest, const struct manifest *earlier, const char *folder)
{
    for (size_t i = 0; i < earlier->count; i++) {
        const struct manifest_row *row = &earlier->rows[i];
        for (size_t f = 0; f < row->file_count; f++)
            add_stale(manifest, (struct stale_file){.article = row->article,
                                                    .language = row->language,
                                                    .file = row->files[f]});
    }
    for (size_t i = 0; i < earlier->stale_count; i++)
        add_stale(manifest, earlier->stale[i]);
    keep_true_ones(manifest, folder);
}

/* taking it away */

static bool has_failed(const struct manifest *manifest, text article)
{
    size_t i = 0;
    while (i < manifest->count &&
           (manifest->rows[i].is_published || !text_equal(manifest->rows[i].article, article)))
        i++;
    return i < manifest->count;
}

/* Lectern's files are named ARTICLE.LANGUAGE.ENDING and nothing else is ever touched, whatever a
   manifest says. */
static bool has_our_name(const struct manifest *manifest, const struct stale_file *stale)
{
    text name = stale->file.name;
    text start = arena_printf(manifest->arena, "%.*s.%.*s.", TEXT_ARGUMENTS(stale->article),
                              TEXT_ARGUMENTS(stale->language));
    return language_is_valid(stale->language) && text_starts_with(name, start) &&
           publish_has_ending(text_slice(name, start.length, name.length));
}

/* On a disk that takes two names for one, a file that a row names may lie there. */
static bool is_listed_file(const struct manifest *manifest, const char *folder, const char *path,
                           const char *digest)
{
    for (size_t i = 0; i < manifest->count; i++) {
        for (size_t f = 0; f < manifest->rows[i].file_count; f++) {
            const struct published_file *file = &manifest->rows[i].files[f];
            if (strcmp(file->digest, digest) == 0 &&
                file_is_same(path, path_of(manifest, folder, file->name).bytes))
                return true;
        }
    }
    return false;
}

static bool tell_removed(const struct manifest *manifest, text path, bool is_json)
{
    if (is_json)
        return progress_tell_removed(path);
    stream_complain(arena_printf(manifest->arena, "lectern: removed %.*s\n", TEXT_ARGUMENTS(path)));
    return true;
}

/* Whether it was taken away; *is_good false: the system failed. */
static bool remove_one(const struct manifest *manifest, const struct stale_file *stale,
                       const char *folder, bool is_json, bool *is_good)
{
    struct arena arena;
    text bytes, path = path_of(manifest, folder, stale->file.name);
    char digest[65] = "";
    if (has_failed(manifest, stale->article) || !has_our_name(manifest, stale))
        return false;
    arena_init(&arena);
    if (file_read(&arena, path.bytes, SIZE_MAX / 2, &bytes) == FILE_OK)
        bytes_digest(bytes, digest);
    arena_release(&arena);
    if (is_listed_file(manifest, folder, path.bytes, digest))
        return false;
    if (file_is_link(path.bytes) || strcmp(digest, stale->file.digest) != 0) {
        stream_complain(arena_printf(manifest->arena,
                                     "lectern: %.*s is not as it was published, and stays\n",
                                     TEXT_ARGUMENTS(path)));
        return false;
    }
    if (!file_remove(path.bytes)) {
        stream_complain(arena_printf(manifest->arena, "lectern: cannot remove %.*s: %s\n",
                                     TEXT_ARGUMENTS(path), strerror(errno)));
        *is_good = false;
        return false;
    }
    *is_good &= tell_removed(manifest, path, is_json);
    return true;
}

bool prune_remove(struct manifest *manifest, const char *folder, bool is_json)
{
    bool is_good = true;
    size_t kept = 0;
    for (size_t i = 0; i < manifest->stale_count; i++) {
        if (!remove_one(manifest, &manifest->stale[i], folder, is_json, &is_good))
            manifest->stale[kept++] = manifest->stale[i];
    }
    manifest->stale_count = kept;
    return is_good;
}
