#include "publish/memory.h"

#include "base/files.h"
#include "base/limits.h"
#include "base/report.h"
#include "document/language.h"
#include "publish/translations.h"

#include <stdlib.h>

struct memory_language *memory_find(const struct translation_memory *memory, text source,
                                    text language)
{
    for (size_t i = 0; memory && i < memory->count; i++) {
        if (text_equal(memory->languages[i].language, language) &&
            language_is_same(memory->languages[i].source, source))
            return &memory->languages[i];
    }
    return NULL;
}

static struct memory_language *find_or_add(struct arena *arena, struct translation_memory *memory,
                                           text source, text language)
{
    struct memory_language *found = memory_find(memory, source, language);
    if (found)
        return found;
    ARENA_GROW(arena, memory->languages, memory->count, memory->capacity);
    struct memory_language *one = &memory->languages[memory->count++];
    *one = (struct memory_language){.source = arena_copy(arena, source),
                                    .language = arena_copy(arena, language)};
    catalogue_init(&one->catalogue, arena);
    return one;
}

static void take_messages(struct memory_language *into, const struct catalogue *catalogue)
{
    struct arena *arena = into->catalogue.arena;
    enum standing standing = catalogue_standing(catalogue);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct message *message = &catalogue->messages[i];
        if (!message_is_translated(message) || into->catalogue.count >= LIMIT_MEMORY_MESSAGES)
            continue;
        struct message *kept = catalogue_add(&into->catalogue, arena_copy(arena, message->words));
        kept->translation = arena_copy(arena, message->translation);
        kept->standing = standing;
        kept->order = into->catalogue.count;
    }
}

static void take_catalogue(struct arena *arena, const struct article *article, text source,
                           text language, struct translation_memory *memory)
{
    struct arena read;
    struct report quiet;
    struct catalogue catalogue;
    text bytes;
    arena_init(&read);
    report_init(&quiet, &read);
    catalogue_init(&catalogue, &read);
    text path = article_path(&read, article, translation_path(&read, article, language, "po"));
    if (file_read(&read, path.bytes, LIMIT_CATALOGUE_BYTES, &bytes) == FILE_OK &&
        catalogue_read_po(&catalogue, &quiet, path, bytes))
        take_messages(find_or_add(arena, memory, source, language), &catalogue);
    arena_release(&read);
}

static int compare_messages(const void *left, const void *right)
{
    const struct message *a = left, *b = right;
    int order = text_compare(a->words, b->words);
    if (order == 0)
        order = (a->standing < b->standing) - (a->standing > b->standing);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* The same words once. */
static void settle(struct memory_language *language)
{
    struct catalogue *catalogue = &language->catalogue;
    size_t kept = 0;
    if (catalogue->count)
        qsort(catalogue->messages, catalogue->count, sizeof *catalogue->messages, compare_messages);
    for (size_t i = 0; i < catalogue->count; i++) {
        if (kept == 0 ||
            !text_equal(catalogue->messages[kept - 1].words, catalogue->messages[i].words))
            catalogue->messages[kept++] = catalogue->messages[i];
    }
    catalogue->count = kept;
    catalogue_index(catalogue);
    similar_init(&language->similar, catalogue);
}

void memory_gather(struct arena *arena, const struct article *articles, size_t count,
                   const struct publish_options *options, struct translation_memory *memory)
{
    *memory = (struct translation_memory){0};
    for (size_t i = 0; i < count; i++) {
        size_t language_count;
        const text *languages = translation_languages(arena, &articles[i], "po", &language_count);
        text source = language_count ? publish_language(arena, &articles[i], options) : TEXT_EMPTY;
        for (size_t l = 0; l < language_count && source.length; l++)
            take_catalogue(arena, &articles[i], source, languages[l], memory);
    }
    for (size_t i = 0; i < memory->count; i++)
        settle(&memory->languages[i]);
}
