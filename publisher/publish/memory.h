/* Memory: what the articles of a project have translated already, by the language it is
   written in and the one it is translated into. */
#ifndef LECTERN_PUBLISH_MEMORY_H
#define LECTERN_PUBLISH_MEMORY_H

#include "publish/publish.h"
#include "translate/similar.h"

struct memory_language {
    text source, language;
    struct catalogue catalogue; /* each words once, sorted */
    struct similar similar;
};

struct translation_memory {
    struct memory_language *languages;
    size_t count, capacity;
};

/* Reads the catalogues of all the articles. Of the same words, the translation counts that was
   looked at most (enum standing), then that of the first article. A catalogue or an article that
   cannot be read gives nothing: whoever works on its article tells of it. All of it lies in the
   arena. */
void memory_gather(struct arena *arena, const struct article *articles, size_t count,
                   const struct publish_options *options, struct translation_memory *memory);
/* That from a language (of its regions and scripts all) into another, or NULL. */
struct memory_language *memory_find(const struct translation_memory *memory, text source,
                                    text language);

#endif
