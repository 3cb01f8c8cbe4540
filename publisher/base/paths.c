#include "base/paths.h"

text path_join(struct arena *arena, text folder, text name)
{
    if (folder.length == 0 || text_equal_c(folder, "."))
        return arena_copy(arena, name);
    return arena_printf(arena, "%.*s%s%.*s", TEXT_ARGUMENTS(folder),
                        text_ends_with(folder, TEXT("/")) ? "" : "/", TEXT_ARGUMENTS(name));
}

text path_above(struct arena *arena, text folder)
{
    while (folder.length > 1 &&
           (text_ends_with(folder, TEXT("/")) || text_ends_with(folder, TEXT("/."))))
        folder.length--;
    if (text_equal_c(folder, "."))
        return TEXT("..");
    text before = text_folder(folder), last = text_slice(folder, before.length, folder.length);
    if (text_equal_c(last, ".."))
        return arena_printf(arena, "%.*s/..", TEXT_ARGUMENTS(folder));
    while (before.length > 1 && text_ends_with(before, TEXT("/")))
        before.length--;
    return before.length ? arena_copy(arena, before) : TEXT(".");
}

/* Takes the last part away, where there is one that is not ".." itself. */
static bool take_back(char *bytes, size_t *length, size_t least)
{
    size_t start = *length;
    while (start > least && bytes[start - 1] != '/')
        start--;
    text last = {bytes + start, *length - start};
    if (last.length == 0 || text_equal_c(last, ".."))
        return false;
    *length = start > least ? start - 1 : least;
    return true;
}

text path_normal(struct arena *arena, text path)
{
    char *bytes = arena_allocate(arena, path.length + 1);
    size_t least = path.length && path.bytes[0] == '/', length = 0;
    if (least)
        bytes[length++] = '/';
    for (size_t start = 0; start < path.length;) {
        size_t end = text_find_byte(path, '/', start);
        if (end == SIZE_MAX)
            end = path.length;
        text part = text_slice(path, start, end);
        bool is_above = text_equal_c(part, "..");
        start = end + 1;
        if (part.length == 0 || text_equal_c(part, ".") ||
            (is_above && (take_back(bytes, &length, least) || least)))
            continue;
        if (length > least)
            bytes[length++] = '/';
        for (size_t i = 0; i < part.length; i++)
            bytes[length++] = part.bytes[i];
    }
    return (text){bytes, length};
}

text path_between(struct arena *arena, text folder, text path)
{
    folder = path_normal(arena, folder);
    path = path_normal(arena, path);
    size_t same = 0;
    for (size_t at = 0; at <= folder.length && at <= path.length; at++) {
        bool ends = at == folder.length || folder.bytes[at] == '/';
        bool path_ends = at < path.length && path.bytes[at] == '/';
        if (ends && path_ends)
            same = at + 1;
        if (at == folder.length || at == path.length || folder.bytes[at] != path.bytes[at])
            break;
    }
    text rest = text_slice(folder, same, folder.length), way = TEXT_EMPTY;
    if (rest.length)
        way = TEXT("../");
    for (size_t i = 0; i < rest.length; i++) {
        if (rest.bytes[i] == '/')
            way = arena_printf(arena, "../%.*s", TEXT_ARGUMENTS(way));
    }
    return arena_printf(arena, "%.*s%.*s", TEXT_ARGUMENTS(way),
                        TEXT_ARGUMENTS(text_slice(path, same, path.length)));
}

bool path_is_markdown(text name)
{
    return text_ends_with(name, TEXT(".md")) || text_ends_with(name, TEXT(".markdown"));
}

bool path_is_about_folder(text name)
{
    static const char *const known[] = {"README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "_"};
    size_t i = 0;
    while (i < sizeof known / sizeof *known && !text_starts_with(name, text_from_c(known[i])))
        i++;
    return i < sizeof known / sizeof *known;
}
