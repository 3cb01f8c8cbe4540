#include "read/settings.h"

#include "base/limits.h"
#include "base/paths.h"

static void add_file(struct arena *arena, struct settings_files *settings, text folder,
                     struct file_log *log)
{
    struct folder *opened = ARENA_NEW(arena, struct folder);
    struct settings_file *file = &settings->files[settings->count];
    if (!folder_open(opened, arena, folder))
        return; /* who cannot read a folder above the article says nothing there */
    opened->log = log;
    file->folder = opened;
    file->status =
        folder_read(opened, arena, TEXT(SETTINGS_NAME), LIMIT_SETTINGS_BYTES, &file->bytes);
    file->name = path_join(arena, folder, TEXT(SETTINGS_NAME));
    settings->count += file->status != FILE_NOT_FOUND;
}

struct settings_files *settings_find(struct arena *arena, text folder, text top,
                                     struct file_log *log)
{
    struct settings_files *settings = ARENA_NEW(arena, struct settings_files);
    size_t depth = 1;
    for (text above = folder; !text_equal(above, top) && depth < LIMIT_FOLDERS_ABOVE; depth++)
        above = path_above(arena, above);
    settings->files = ARENA_NEW_ARRAY(arena, depth, struct settings_file);
    for (size_t i = 0; i < depth; i++) {
        add_file(arena, settings, folder, log);
        folder = path_above(arena, folder);
    }
    return settings;
}
