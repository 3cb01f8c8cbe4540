/* Memory: what the articles of a project have translated already, by languages. */
#ifndef LECTERN_PUBLISH_MEMORY_H
#define LECTERN_PUBLISH_MEMORY_H

#include "publish/publish.h"
#include "translate/similar.h"

struct memory_language {
    text language;
    struct catalogue catalogue; /* each words once, sorted */
    struct similar similar;
};

struct translation_memory {
    struct memory_language *languages;
    size_t count, capacity;
};

/* Reads the catalogues of all the articles. Of the same words, the translation counts that was
   looked at most (enum standing), then that of the first article. A catalogue that cannot be read
   gives nothing: whoever works on its article tells of it. All of it lies in the arena. */
void memory_gather(struct arena *arena, const struct article *articles, size_t count,
                   struct translation_memory *memory);
/* That of a language, or NULL. */
struct memory_language *memory_find(const struct translation_memory *memory, text language);

#endif
