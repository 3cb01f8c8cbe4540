#include "read/settings.h"

#include "base/limits.h"
#include "base/paths.h"

/* The name, and those that people give the file as well, by which it is not read. */
static const char *const names[] = {SETTINGS_NAME, "lectern.yml", "Lectern.yaml", "Lectern.yml",
                                    ".lectern.yaml"};
enum { NAME_COUNT = sizeof names / sizeof *names };

static void add_files(struct arena *arena, struct settings_files *settings, text folder,
                      struct file_log *log)
{
    struct folder *opened = ARENA_NEW(arena, struct folder);
    if (!folder_open(opened, arena, folder))
        return; /* who cannot read a folder above the article says nothing there */
    opened->log = log;
    size_t before = settings->count;
    /* where there is one of the right name, a disk may take capital letters for small ones */
    for (size_t i = 0; i < NAME_COUNT && settings->count == before; i++) {
        struct settings_file *file = &settings->files[settings->count];
        text name = text_from_c(names[i]);
        file->folder = opened;
        file->status = folder_read(opened, arena, name, LIMIT_SETTINGS_BYTES, &file->bytes);
        file->name = path_join(arena, folder, name);
        file->is_misnamed = i > 0;
        settings->count += file->status != FILE_NOT_FOUND;
    }
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
        add_files(arena, settings, folder, log);
        folder = path_above(arena, folder);
    }
    return settings;
}
