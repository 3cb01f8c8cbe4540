#include "examples/examples.h"
#include "base/buffer.h"
#include "base/limits.h"
#include "document/language.h"

#include <string.h>

const char *example_list(struct arena *arena, const char *kind)
{
    struct buffer out;
    buffer_init(&out, LIMIT_WORDS_BYTES);
    const char *last = "";
    for (const struct example_file *file = example_files; file->kind; file++) {
        const char *word = kind ? file->language : file->kind;
        if ((kind && strcmp(file->kind, kind) != 0) || !*word || strcmp(word, last) == 0)
            continue;
        buffer_printf(&out, "%s%s", *last ? ", " : "", word);
        last = word;
    }
    const char *list = arena_copy_c(arena, buffer_text(&out));
    buffer_release(&out);
    return list;
}

bool example_is_main(const struct example_file *file)
{
    return strcmp(file->name, "article.md") == 0 || strcmp(file->name, "lectern.yaml") == 0;
}

bool example_has_kind(const char *kind)
{
    const struct example_file *file = example_files;
    while (file->kind && strcmp(file->kind, kind) != 0)
        file++;
    return file->kind;
}

const char *example_language(const char *kind, text asked)
{
    for (; asked.length; asked = language_shorter(asked)) {
        for (const struct example_file *file = example_files; file->kind; file++) {
            if (strcmp(file->kind, kind) == 0 && *file->language &&
                text_equal_ignoring_case(asked, text_from_c(file->language)))
                return file->language;
        }
    }
    return NULL;
}
