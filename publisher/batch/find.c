#include "batch/jobs.h"

#include "base/files.h"

static text without_end_slashes(text path)
{
    while (path.length > 1 && path.bytes[path.length - 1] == '/')
        path.length--;
    return path;
}

static text last_component(text path)
{
    return text_slice(path, text_folder(path).length, path.length);
}

/* The name of an article in "." or ".." is that of the folder it stands in. */
static text folder_name(struct arena *arena, text folder)
{
    text name = last_component(folder);
    if (!text_equal_c(name, ".") && !text_equal_c(name, "..") && name.length)
        return name;
    char *real = realpath(arena_copy_c(arena, folder), NULL);
    text found = arena_copy(arena, last_component(text_from_c(real)));
    free(real);
    return found.length ? found : TEXT("article");
}

static void add_article(struct arena *arena, struct article **articles, size_t *count,
                        size_t *capacity, struct article article)
{
    ARENA_GROW(arena, *articles, *count, *capacity);
    (*articles)[(*count)++] = article;
}

static bool has_article(struct arena *arena, text folder)
{
    return file_kind(arena_printf(arena, "%.*s/article.md", TEXT_ARGUMENTS(folder)).bytes) == 'f';
}

bool jobs_find_articles(struct arena *arena, text source, struct article **articles, size_t *count,
                        size_t *capacity, const char **why)
{
    source = arena_copy(arena, without_end_slashes(source));
    char kind = file_kind(source.bytes);
    if (kind == 'f') {
        size_t slash = text_folder(source).length;
        text file = text_slice(source, slash, source.length);
        text folder = slash ? without_end_slashes(text_slice(source, 0, slash)) : TEXT(".");
        text name = text_ends_with(file, TEXT(".md")) ? text_slice(file, 0, file.length - 3) : file;
        if (text_equal_c(file, "article.md"))
            name = folder_name(arena, folder);
        add_article(arena, articles, count, capacity,
                    (struct article){.folder = folder, .file = file, .name = name});
        return true;
    }
    if (kind != 'd') {
        *why = "does not exist";
        return false;
    }
    if (has_article(arena, source)) {
        add_article(arena, articles, count, capacity,
                    (struct article){.folder = source,
                                     .file = TEXT("article.md"),
                                     .name = folder_name(arena, source)});
        return true;
    }
    text *names;
    size_t name_count, before = *count;
    if (!folder_list(arena, source.bytes, &names, &name_count)) {
        *why = "cannot be read";
        return false;
    }
    for (size_t i = 0; i < name_count; i++) {
        text folder =
            arena_printf(arena, "%.*s/%.*s", TEXT_ARGUMENTS(source), TEXT_ARGUMENTS(names[i]));
        if (has_article(arena, folder))
            add_article(
                arena, articles, count, capacity,
                (struct article){.folder = folder, .file = TEXT("article.md"), .name = names[i]});
    }
    *why = "holds no article.md, and no folder in it does";
    return *count > before;
}
